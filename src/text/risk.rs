//! What a wrong entry would bring about, told before it is typed.

use i18n_embed_fl::fl;
use siru_apdu::TriesLeft;
use siru_card::{PinRole, Risk};

use crate::catalogue::Texts;
use crate::codes::selector;
use crate::message::{Message, Tone};

impl Texts {
    /// What a person must accept before `code` is presented with `tries` left.
    pub fn risk(&self, code: PinRole, risk: Risk, tries: Option<TriesLeft>) -> Message {
        let loader = self.loader();
        let name = selector(code);
        match risk {
            Risk::None => match tries {
                Some(tries) => Message::new(
                    Tone::Neutral,
                    fl!(loader, "risk-none", code = name, tries = tries.0),
                ),
                None => Message::new(Tone::Neutral, fl!(loader, "state-tries-unknown")),
            },
            Risk::LocksPin => Message::new(Tone::Warning, fl!(loader, "risk-last-try"))
                .say(fl!(loader, "risk-last-try-detail", code = name))
                .next(fl!(loader, "risk-last-try-next")),
            Risk::LocksPinForGood => Message::new(Tone::Bad, fl!(loader, "risk-last-try"))
                .say(fl!(loader, "risk-for-good-detail", code = name))
                .next(fl!(loader, "risk-puk-last-next")),
            Risk::PukNearlySpent => Message::new(Tone::Warning, fl!(loader, "risk-puk-low"))
                .say(fl!(loader, "risk-puk-low-detail"))
                .next(fl!(loader, "risk-puk-low-next")),
            Risk::DestroysPuk => Message::new(Tone::Bad, fl!(loader, "risk-puk-last"))
                .say(fl!(loader, "risk-puk-last-detail"))
                .next(fl!(loader, "risk-puk-last-next")),
            Risk::Unknown => {
                let message = Message::new(Tone::Bad, fl!(loader, "risk-unknown")).say(fl!(
                    loader,
                    "risk-unknown-detail",
                    code = name
                ));
                if code == PinRole::Unblocking {
                    message
                        .say(fl!(loader, "risk-puk-last-detail"))
                        .next(fl!(loader, "risk-puk-last-next"))
                } else {
                    message
                        .say(fl!(loader, "risk-last-try-detail", code = name))
                        .next(fl!(loader, "risk-last-try-next"))
                }
            }
        }
    }

    /// The same where the PIN still is the activation PIN of its letter
    /// ([`PinState::is_activation_pin`](siru_card::PinState::is_activation_pin)): the PUK that would
    /// open it is in no such letter, so it is not the safer way.
    pub fn risk_of_activation_pin(
        &self,
        code: PinRole,
        risk: Risk,
        tries: Option<TriesLeft>,
    ) -> Message {
        let loader = self.loader();
        match risk {
            Risk::LocksPin => Message::new(Tone::Warning, fl!(loader, "risk-last-try"))
                .say(fl!(
                    loader,
                    "risk-activation-pin-detail",
                    code = selector(code)
                ))
                .next(fl!(loader, "risk-activation-pin-next")),
            _ => self.risk(code, risk, tries),
        }
    }

    /// That the activation PIN of the letter is not the PUK, told before the PUK is asked for on a
    /// card whose PIN still is that activation PIN.
    pub fn activation_pin_is_not_puk(&self) -> String {
        fl!(self.loader(), "activation-pin-is-not-puk")
    }

    /// The word a person types before something could be lost for good.
    pub fn typed_word(&self) -> String {
        fl!(self.loader(), "typed-word")
    }
}
