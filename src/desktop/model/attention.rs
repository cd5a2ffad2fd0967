//! Which cards need a person's attention, so that whoever has many in sight finds them first.

use siru_apdu::{ReaderName, TriesLeft};
use siru_card::{Access, PinRole, PinState};

use super::Model;
use super::card::Card;
use super::reader::{Content, Reader};

/// From this many cards on they are counted, and those in order can be left out of sight.
pub const CROWD: usize = 5;

impl Reader {
    /// Whether there is a card in it, of whatever kind.
    const fn is_filled(&self) -> bool {
        !matches!(self.content, Content::Empty | Content::Unreachable)
    }

    /// Whether something about it asks for care: a code that is locked, nearly so or not activated,
    /// or a card or reader that cannot be used.
    pub fn needs_attention(&self) -> bool {
        match &self.content {
            Content::Empty | Content::Looking(_) => false,
            Content::Mute | Content::Unreachable | Content::Failed(_) => true,
            Content::Card(card) => card.needs_attention(),
        }
    }
}

impl Card {
    fn needs_attention(&self) -> bool {
        if self.access != Access::Full {
            return true;
        }
        let codes = self.objects.iter().map(|object| object.role);
        codes
            .chain([PinRole::Unblocking])
            .any(|code| match self.state(code) {
                PinState::Locked | PinState::NotActivated { .. } => true,
                PinState::Usable { tries_left } => tries_left.is_some_and(|tries| tries <= LOW),
                PinState::Unknown => false,
            })
    }
}

/// The tries at which a gauge changes its colour.
const LOW: TriesLeft = TriesLeft(2);

impl Model {
    /// How many cards there are, and how many of them need attention; `None` while all of them can
    /// be taken in at a glance.
    pub fn crowd(&self) -> Option<(usize, usize)> {
        let filled = self.readers.iter().filter(|reader| reader.is_filled());
        let count = filled.clone().count();
        (count >= CROWD).then(|| (count, filled.filter(|reader| self.concerns(reader)).count()))
    }

    /// Whether something about the reader, its card or its card's certificate asks for care.
    fn concerns(&self, reader: &Reader) -> bool {
        reader.needs_attention() || self.expiry_notice(reader).is_some()
    }

    /// Whether the reader is in sight: all are, unless the person wants to see only those that need
    /// attention. What is being worked on stays in sight.
    pub fn is_in_sight(&self, reader: &Reader) -> bool {
        let worked_on = |name: &ReaderName| *name == reader.name;
        !self.only_attention
            || self.crowd().is_none()
            || self.concerns(reader)
            || self
                .form
                .as_ref()
                .is_some_and(|form| worked_on(&form.reader))
    }
}
