//! What can be said about the fields of a form while they are typed into: nothing of it costs a
//! try, and what it catches is never sent.

use siru_card::{
    CardIdentity, Caught, EntryProblem, PUK_BESIDE_ACTIVATION_PIN, PinRole, PinRules, TypoShield,
    Weakness,
};

use super::card::{Card, Holder};
use super::field::{Field, Verdict};
use super::form::Form;
use super::task::Task;

/// What can be said about the fields of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// About the PIN to check, the current PIN, the PUK, or the code of the letter.
    pub entered: Verdict,
    /// About the new PIN; good when none is asked for.
    pub pin: NewCheck,
    /// About the new PIN of the other identification object; good when none is asked for.
    pub other: NewCheck,
}

/// What can be said about a new PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewCheck {
    /// About the new PIN.
    pub new: Verdict,
    /// About its repetition.
    pub repeated: Verdict,
    /// Why somebody might guess it.
    pub weakness: Option<Weakness>,
}

/// What the session knows beside the card.
#[derive(Clone, Copy, Debug)]
pub struct Knowledge<'a> {
    /// What this card refused and accepted since it was put in.
    pub shield: &'a TypoShield,
    /// Whether weak PINs are only pointed out or refused.
    pub weak_pins_forbidden: bool,
}

impl Check {
    /// Whether all fields can be sent as they are.
    pub fn is_good(self) -> bool {
        [
            self.entered,
            self.pin.new,
            self.pin.repeated,
            self.other.new,
            self.other.repeated,
        ]
        .into_iter()
        .all(|verdict| verdict == Verdict::Good)
    }
}

impl NewCheck {
    const NOT_ASKED: Self = Self {
        new: Verdict::Good,
        repeated: Verdict::Good,
        weakness: None,
    };
}

impl Form {
    /// What can be said about the fields. `None` when the card has no such code.
    pub fn check(&self, card: &Card, knows: Knowledge<'_>) -> Option<Check> {
        let mut check = Check {
            entered: self.check_entered(card, knows.shield)?,
            pin: NewCheck::NOT_ASKED,
            other: NewCheck::NOT_ASKED,
        };
        if !self.task.sets_pin() {
            return Some(check);
        }
        let second = self.sets_both(card).then(|| other(self.role));
        check.pin = self.check_new(card, self.role, [&self.new, &self.repeated], knows)?;
        if let Some(role) = second {
            let fields = [&self.other_new, &self.other_repeated];
            check.other = self.check_new(card, role, fields, knows)?;
            if check.other.weakness.is_none()
                && check.other.new == Verdict::Good
                && self.new.pin().same_as(self.other_new.pin())
            {
                check.other.weakness = Some(Weakness::SameAsOther { role: self.role });
            }
        }
        if knows.weak_pins_forbidden {
            for new in [&mut check.pin, &mut check.other] {
                if let (Verdict::Good, Some(weakness)) = (new.new, new.weakness) {
                    new.new = Verdict::Weak(weakness);
                }
            }
        }
        Some(check)
    }

    fn check_entered(&self, card: &Card, shield: &TypoShield) -> Option<Verdict> {
        let verdict = self.entered.entered(&self.entered_rules(card)?);
        if verdict != Verdict::Good {
            return Some(verdict);
        }
        let caught = self
            .codes_at_stake(card)
            .into_iter()
            .find_map(|code| shield.look(&self.identity, code, self.entered.pin()));
        Some(match caught {
            None => Verdict::Good,
            Some(Caught::BelongsTo { .. }) if self.insists => Verdict::Good,
            Some(caught) => Verdict::Caught(caught),
        })
    }

    /// The lengths of the code that is typed first.
    pub fn entered_rules(&self, card: &Card) -> Option<PinRules> {
        let rules = card.rules(self.at_stake())?;
        Some(match self.task {
            Task::Activate(_) => self
                .activation(card)
                .and_then(|activation| activation.letter_rules(card.puk_rules))
                .unwrap_or(rules),
            // An activation PIN of seven digits must never go out as the PUK.
            Task::Unlock if card.state(self.role).is_activation_pin() => PinRules {
                min_entered: rules.min_entered.max(PUK_BESIDE_ACTIVATION_PIN),
                ..rules
            },
            _ => rules,
        })
    }

    fn check_new(
        &self,
        card: &Card,
        role: PinRole,
        [new, repeated]: [&Field; 2],
        knows: Knowledge<'_>,
    ) -> Option<NewCheck> {
        let same = match self.at_stake() {
            PinRole::Unblocking => EntryProblem::SameAsPuk,
            PinRole::Authentication | PinRole::Signature => EntryProblem::SameAsCurrent,
        };
        let verdict = new.new_pin(&card.rules(role)?, Some((&self.entered, same)));
        // What makes a bad PIN for this person is not known before the certificate was read.
        let verdict = match (verdict, &card.holder) {
            (Verdict::Good, Holder::Reading(_)) if knows.weak_pins_forbidden => Verdict::Incomplete,
            (verdict, _) => verdict,
        };
        let weakness = (verdict == Verdict::Good)
            .then(|| weakness(card, &self.identity, role, new, knows.shield))
            .flatten();
        Some(NewCheck {
            new: verdict,
            repeated: repeated.repetition(new),
            weakness,
        })
    }
}

fn weakness(
    card: &Card,
    identity: &CardIdentity,
    role: PinRole,
    new: &Field,
    shield: &TypoShield,
) -> Option<Weakness> {
    card.personal.weakness(new.pin()).or_else(|| {
        let role = shield.other_pin(identity, role, new.pin())?;
        Some(Weakness::SameAsOther { role })
    })
}

/// The identification object beside this one.
pub const fn other(role: PinRole) -> PinRole {
    match role {
        PinRole::Signature => PinRole::Authentication,
        PinRole::Authentication | PinRole::Unblocking => PinRole::Signature,
    }
}
