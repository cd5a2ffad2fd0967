//! What the window knows of one reader, and since which insertion.

use std::time::Instant;

use siru_apdu::{CardPresence, ReaderError, ReaderName, ReaderState};
use siru_card::{Access, OpenError, PinStates, SafeText};

use super::card::{Card, Holder};

/// A reader and what is in it.
#[derive(Debug)]
pub struct Reader {
    /// The name to connect with.
    pub name: ReaderName,
    /// The name to show.
    pub label: String,
    /// Its number, counted from one, as long as the window is open: "card reader 2".
    pub number: usize,
    /// Counts what happened to this reader; an answer about an earlier card carries a lower one.
    pub generation: u64,
    /// What is in it.
    pub content: Content,
    /// Whether the activation of its card was offered since it was put in.
    pub(super) offered: bool,
    /// PIN1 was presented rightly by the module: its counter rises by our own doing.
    pub(super) success_elsewhere: bool,
    presence: CardPresence,
    events: u32,
}

/// What a reader holds, as far as it has been found out.
#[derive(Debug)]
pub enum Content {
    /// No card.
    Empty,
    /// A card that does not answer.
    Mute,
    /// The reader does not answer.
    Unreachable,
    /// A card that is being looked at, since then.
    Looking(Instant),
    /// A supported card.
    Card(Box<Card>),
    /// A card that cannot be used.
    Failed(LookError),
}

/// Why a card could not be looked at.
#[derive(Debug)]
pub enum LookError {
    /// It could not be connected to.
    Reader(ReaderError),
    /// It could not be opened.
    Open(OpenError),
}

impl Reader {
    /// A reader as the watch reports it for the first time.
    pub(super) fn new(state: ReaderState, number: usize, generation: u64, now: Instant) -> Self {
        let label = SafeText::new(&state.name.to_text()).map(|name| name.to_string());
        Self {
            label: label.unwrap_or_default(),
            name: state.name,
            number,
            generation,
            content: Content::of(&state.presence, now),
            offered: false,
            success_elsewhere: false,
            presence: state.presence,
            events: state.events,
        }
    }

    /// Whether it holds a new card whose activation was not offered yet. Which letter came with it is
    /// told by its certificate.
    pub(super) fn wants_activation(&self) -> bool {
        let new = |card: &Card| {
            !matches!(card.holder, Holder::Reading(_))
                && card.access == Access::Full
                && card.activation().is_some()
        };
        !self.offered && self.card().is_some_and(new)
    }

    /// What leaves this reader out, and all of its model: the service numbers them anew.
    pub fn pattern(&self) -> String {
        format!("{}*", super::order::model_of(&self.name))
    }

    /// Whether the watch reports something else than before.
    pub(super) fn differs(&self, state: &ReaderState) -> bool {
        self.presence != state.presence || self.events != state.events
    }

    /// Forgets what was known and begins anew with what the watch reports.
    pub(super) fn begin(&mut self, state: ReaderState, generation: u64, now: Instant) {
        self.generation = generation;
        self.offered = false;
        self.success_elsewhere = false;
        self.content = Content::of(&state.presence, now);
        self.presence = state.presence;
        self.events = state.events;
    }

    /// Whether there is something in it that can be looked at.
    pub(super) const fn holds_card(&self) -> bool {
        matches!(self.presence, CardPresence::Card { .. })
    }

    /// Whether something about its card is still on its way.
    pub const fn is_being_read(&self) -> bool {
        match &self.content {
            Content::Looking(_) => true,
            Content::Card(card) => matches!(card.holder, Holder::Reading(_)),
            Content::Empty | Content::Mute | Content::Unreachable | Content::Failed(_) => false,
        }
    }

    /// The card, when it is a supported one.
    pub fn card(&self) -> Option<&Card> {
        match &self.content {
            Content::Card(card) => Some(card),
            _ => None,
        }
    }

    /// Shows `states` from now on, or that they are not known.
    pub(super) fn set_states(&mut self, states: Option<PinStates>) {
        if let Content::Card(card) = &mut self.content {
            card.states = states.unwrap_or(PinStates::UNKNOWN);
        }
    }
}

impl Content {
    fn of(presence: &CardPresence, now: Instant) -> Self {
        match presence {
            CardPresence::Empty => Self::Empty,
            CardPresence::Card { .. } => Self::Looking(now),
            CardPresence::Mute => Self::Mute,
            _ => Self::Unreachable,
        }
    }
}
