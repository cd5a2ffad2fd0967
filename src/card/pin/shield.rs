//! The typo shield: what was typed before on this card, remembered as digests for as long as the
//! card stays in its reader, so that the same slip does not cost a second try.
//!
//! No digits are kept and none can be had from it: HMAC-SHA-256 (RFC 2104) under a key that was
//! drawn for this shield and never leaves it. It sends nothing and refuses nothing; whoever asks it
//! tells the person, and [`FineidCard::perform`](crate::FineidCard::perform) knows nothing of it.

use std::collections::HashMap;
use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::outcome::{Answer, PinOutcome};
use super::pair::{PairOutcome, PinPair};
use super::request::{Operation, PinRequest, PinRole, Secrets, at_stake};
use super::secret::Pin;
use crate::identity::CardIdentity;

/// What a shield noticed about typed digits. Nothing was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Caught {
    /// The card refused these digits for this code before.
    RefusedBefore,
    /// These digits are another code of the same card.
    BelongsTo {
        /// The code they are right for.
        code: PinRole,
    },
}

/// Remembers, as digests, which digits a card took and which it refused. Printing it shows nothing.
pub struct TypoShield {
    /// The key of the digests, then the mask of the digits; `None` when the system had no randomness
    /// to give.
    key: Option<Zeroizing<Vec<u8>>>,
    cards: HashMap<CardIdentity, Codes>,
}

/// The digests of what a request presents and sets, kept while it is on its way to the card.
pub struct Marks {
    card: CardIdentity,
    operation: Operation,
    role: PinRole,
    /// `None` from a shield that remembers nothing.
    presented: Option<Digest>,
    new: Option<Digest>,
}

/// The same for a pair of new PINs.
#[derive(Debug)]
pub struct PairMarks {
    pin1: Marks,
    pin2: Marks,
}

/// Wiped on drop, and on the heap, so that moving it leaves no copy behind.
type Digest = Zeroizing<Vec<u8>>;

/// What is known of one card.
#[derive(Default)]
struct Codes {
    pin1: Known,
    pin2: Known,
    puk: Known,
}

#[derive(Default)]
struct Known {
    right: Option<Digest>,
    refused: Vec<Digest>,
}

impl TypoShield {
    /// An empty one with a key of its own. When the system gives no randomness it remembers nothing
    /// and catches nothing: a digest under a key that can be guessed would be the PIN itself.
    pub fn new() -> Self {
        let mut key = Zeroizing::new(vec![0; KEY_LENGTH + Pin::CAPACITY]);
        let drawn = getrandom::fill(&mut key);
        if let Err(error) = &drawn {
            log::warn!("no randomness, so repeated slips go unnoticed: {error}");
        }
        Self {
            key: drawn.is_ok().then_some(key),
            cards: HashMap::new(),
        }
    }

    /// The marks of a request, taken before it is performed.
    pub fn mark(&self, card: &CardIdentity, request: &PinRequest) -> Marks {
        let (presented, new) = match &request.secrets {
            Secrets::Check { pin } => (pin, None),
            Secrets::Change { current, new } => (current, Some(new)),
            Secrets::Unlock { puk, new } => (puk, Some(new)),
        };
        self.marks(card, request.operation(), request.role, presented, new)
    }

    /// The marks of a code that is presented by other means than a request: a log-in by a module.
    pub fn mark_presented(&self, card: &CardIdentity, code: PinRole, pin: &Pin) -> Marks {
        self.marks(card, Operation::Check, code, pin, None)
    }

    /// Takes note of whether the card took the code that the marks were made of.
    pub fn learn_presented(&mut self, marks: Marks, is_right: bool) {
        let Some(presented) = marks.presented else {
            return;
        };
        let codes = self.cards.entry(marks.card).or_default();
        let known = codes.of(marks.role);
        if is_right {
            known.accept(presented);
        } else {
            known.refuse(presented);
        }
    }

    /// The marks of a pair, taken before it is performed.
    pub fn mark_both(&self, card: &CardIdentity, pair: &PinPair) -> PairMarks {
        let of = |role, new| self.marks(card, pair.operation(), role, &pair.code, Some(new));
        PairMarks {
            pin1: of(PinRole::Authentication, pair.pin1.pin()),
            pin2: of(PinRole::Signature, pair.pin2.pin()),
        }
    }

    /// Takes note of what the card did with the request that the marks were made of.
    ///
    /// Where a change or an unlock ended otherwise than done or wrong, nothing is known of that PIN
    /// any more: it may have a new value.
    pub fn learn(&mut self, marks: Marks, outcome: &PinOutcome) {
        let Some(presented) = marks.presented else {
            return;
        };
        let (operation, role) = (marks.operation, marks.role);
        let presented_as = at_stake(operation, role);
        let codes = self.cards.entry(marks.card).or_default();
        match &outcome.answer {
            Answer::NotSent(_) => {}
            Answer::Wrong { code, .. } | Answer::WrongAndLocked { code }
                if *code == presented_as =>
            {
                codes.of(presented_as).refuse(presented);
            }
            Answer::Done => {
                codes.of(presented_as).accept(presented);
                if let Some(new) = marks.new {
                    *codes.of(role) = Known::default();
                    codes.of(role).accept(new);
                }
            }
            _ if operation == Operation::Check => {}
            _ => *codes.of(role) = Known::default(),
        }
    }

    /// The same for a pair: of the PIN that was not sent nothing is learned.
    pub fn learn_both(&mut self, marks: PairMarks, outcome: &PairOutcome) {
        self.learn(marks.pin1, &outcome.pin1);
        if let Some(second) = &outcome.pin2 {
            self.learn(marks.pin2, second);
        }
    }

    /// What speaks against presenting `typed` as `code` of this card.
    pub fn look(&self, card: &CardIdentity, code: PinRole, typed: &Pin) -> Option<Caught> {
        let codes = self.cards.get(card)?;
        let digest = self.digest(card, typed)?;
        if codes.get(code).is_right(&digest) {
            return None;
        }
        let mut others = PinRole::ALL.into_iter().filter(|other| *other != code);
        match others.find(|other| codes.get(*other).is_right(&digest)) {
            Some(other) => Some(Caught::BelongsTo { code: other }),
            None => codes
                .get(code)
                .refused
                .contains(&digest)
                .then_some(Caught::RefusedBefore),
        }
    }

    /// The other PIN of the card, if `new` for the PIN `role` equals it as far as is known.
    pub fn other_pin(&self, card: &CardIdentity, role: PinRole, new: &Pin) -> Option<PinRole> {
        let other = match role {
            PinRole::Authentication => PinRole::Signature,
            PinRole::Signature => PinRole::Authentication,
            PinRole::Unblocking => return None,
        };
        let digest = self.digest(card, new)?;
        self.cards
            .get(card)?
            .get(other)
            .is_right(&digest)
            .then_some(other)
    }

    /// Wipes what is known of a card. To be called when the card leaves its reader: it may come back
    /// with other PINs.
    pub fn forget(&mut self, card: &CardIdentity) {
        self.cards.remove(card);
    }

    /// Wipes what is known of one code of a card: another program may have set it anew.
    pub fn forget_code(&mut self, card: &CardIdentity, code: PinRole) {
        if let Some(codes) = self.cards.get_mut(card) {
            *codes.of(code) = Known::default();
        }
    }

    fn marks(
        &self,
        card: &CardIdentity,
        operation: Operation,
        role: PinRole,
        presented: &Pin,
        new: Option<&Pin>,
    ) -> Marks {
        Marks {
            card: card.clone(),
            operation,
            role,
            presented: self.digest(card, presented),
            new: new.and_then(|new| self.digest(card, new)),
        }
    }

    /// The same digits have the same digest in all boxes of one card, and another on every other.
    ///
    /// The digits are masked before they are hashed: the state of a hash function moves over the
    /// stack, and must not carry them there.
    fn digest(&self, card: &CardIdentity, pin: &Pin) -> Option<Digest> {
        let (key, mask) = self.key.as_ref()?.split_at_checked(KEY_LENGTH)?;
        let digits = pin.digits().iter().zip(mask);
        let masked = Zeroizing::new(digits.map(|(digit, mask)| digit ^ mask).collect::<Vec<_>>());
        let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
        let serial = card.serial().map(ToString::to_string).unwrap_or_default();
        for part in [card.atr(), serial.as_bytes(), masked.as_slice()] {
            mac.update(&u64::try_from(part.len()).ok()?.to_be_bytes());
            mac.update(part);
        }
        Some(Zeroizing::new(mac.finalize().into_bytes().to_vec()))
    }
}

impl Default for TypoShield {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for TypoShield {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypoShield(…)")
    }
}

impl fmt::Debug for Marks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Marks(…)")
    }
}

impl Codes {
    const fn get(&self, code: PinRole) -> &Known {
        match code {
            PinRole::Authentication => &self.pin1,
            PinRole::Signature => &self.pin2,
            PinRole::Unblocking => &self.puk,
        }
    }

    const fn of(&mut self, code: PinRole) -> &mut Known {
        match code {
            PinRole::Authentication => &mut self.pin1,
            PinRole::Signature => &mut self.pin2,
            PinRole::Unblocking => &mut self.puk,
        }
    }
}

impl Known {
    fn is_right(&self, digest: &Digest) -> bool {
        self.right.as_ref() == Some(digest)
    }

    fn accept(&mut self, digest: Digest) {
        self.refused.retain(|refused| *refused != digest);
        self.right = Some(digest);
    }

    fn refuse(&mut self, digest: Digest) {
        if self.is_right(&digest) {
            self.right = None;
        }
        if !self.refused.contains(&digest) {
            self.refused.push(digest);
        }
    }
}

/// In bytes; as long as the digest, as RFC 2104 recommends.
const KEY_LENGTH: usize = 32;
