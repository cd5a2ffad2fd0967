//! The log-in test, of one card or without any: what is typed, how far it is, what came of it.

use std::time::Instant;

use siru_apdu::{ReaderName, TriesLeft};
use siru_card::{CardIdentity, Marks, Pin, PinRole, TypoShield};
use siru_login::{BrokenLink, Registration, Verdict as LoginVerdict};

use super::card::{Card, Holder};
use super::field::{Field, Verdict};

/// The open log-in test.
#[derive(Debug)]
pub struct LoginTest {
    /// The card that is tested; `None` while there is none, and only a browser can be tried.
    pub about: Option<Tested>,
    /// PIN1.
    pub entered: Field,
    /// How far it is.
    pub phase: LoginPhase,
    /// What came of the last one.
    pub told: Option<Told>,
    /// Tries left before PIN1 was handed over.
    pub(super) before: Option<TriesLeft>,
    /// What the typo shield will know PIN1 by, while it is on its way.
    pub(super) marks: Option<Marks>,
    /// The keyboard should be in the field; the view takes this when it has seen to it.
    pub wants_focus: bool,
}

/// The card of a log-in test.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Its reader.
    pub reader: ReaderName,
    /// Whose it is.
    pub holder: Holder,
    /// The card that was seen.
    pub(super) identity: CardIdentity,
}

/// How far a log-in test is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoginPhase {
    /// It can be started.
    Ready,
    /// The module is at work, since then.
    Module {
        /// The number its verdict will carry.
        ticket: u64,
        /// Since when.
        since: Instant,
    },
    /// A browser is waited for.
    Browser {
        /// The number its verdict will carry.
        ticket: u64,
        /// The address to open, as soon as it is known.
        address: Option<String>,
    },
}

/// What came of a log-in test.
#[derive(Debug)]
pub struct Told {
    /// Who logged in, or the broken link.
    pub verdict: Box<LoginVerdict>,
    /// Which browsers know the module.
    pub registration: Registration,
    /// Tries left of PIN1 before and after, once the card was read again.
    pub tries: Option<(TriesLeft, TriesLeft)>,
}

/// A log-in by the module that a person confirmed. It is consumed by carrying it out.
#[derive(Debug)]
pub struct LoginOrder {
    /// To be given back.
    pub ticket: u64,
    /// PIN1.
    pub pin: Pin,
    /// The certificate, DER, of the card the person saw.
    pub seen: Vec<u8>,
}

impl Tested {
    /// The card in `reader`.
    pub(super) fn new(reader: ReaderName, card: &Card) -> Self {
        Self {
            reader,
            holder: card.holder.clone(),
            identity: card.identity.clone(),
        }
    }
}

impl LoginTest {
    pub(super) fn open(about: Option<Tested>) -> Self {
        Self {
            about,
            entered: Field::default(),
            phase: LoginPhase::Ready,
            told: None,
            before: None,
            marks: None,
            wants_focus: true,
        }
    }

    /// Whether `card` is the one that is tested.
    pub fn is_about(&self, card: &Card) -> bool {
        let about = self.about.as_ref();
        about.is_some_and(|about| about.identity == card.identity)
    }

    /// Whether the card that is tested was seen in `reader`.
    pub fn is_at(&self, reader: &ReaderName) -> bool {
        let about = self.about.as_ref();
        about.is_some_and(|about| about.reader == *reader)
    }

    /// Whether PIN1 is on its way, so that the answer must be waited for.
    pub const fn is_held(&self) -> bool {
        matches!(self.phase, LoginPhase::Module { .. })
    }

    /// Whether the verdict with this number is waited for.
    pub(super) const fn waits_for(&self, number: u64) -> bool {
        match self.phase {
            LoginPhase::Ready => false,
            LoginPhase::Module { ticket, .. } | LoginPhase::Browser { ticket, .. } => {
                ticket == number
            }
        }
    }

    /// What stands in the way before anything is typed.
    pub fn hopeless(&self, card: &Card) -> Option<BrokenLink> {
        let pin1 = card.state(PinRole::Authentication);
        let broken = BrokenLink::foreseen(card.access, pin1);
        // While the certificate is being read it is not missing.
        let reading = matches!(card.holder, Holder::Reading(_));
        broken.or((card.leaf.is_none() && !reading).then_some(BrokenLink::NoCertificate))
    }

    /// What can be said about the field.
    pub fn check(&self, card: &Card, shield: &TypoShield) -> Option<Verdict> {
        let verdict = self.entered.entered(&card.rules(PinRole::Authentication)?);
        if verdict != Verdict::Good {
            return Some(verdict);
        }
        let caught = shield.look(&card.identity, PinRole::Authentication, self.entered.pin());
        Some(caught.map_or(Verdict::Good, Verdict::Caught))
    }

    /// Whether everything is there that the module needs.
    pub fn can_submit(&self, card: &Card, shield: &TypoShield) -> bool {
        self.phase == LoginPhase::Ready
            && self.is_about(card)
            && card.leaf.is_some()
            && self.hopeless(card).is_none()
            && self.check(card, shield) == Some(Verdict::Good)
    }
}
