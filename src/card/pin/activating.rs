//! What only a PIN that was never set may be sent, and what a PIN of the letter may not.
//!
//! Between the look at a card and the confirmation another program may set its PINs. The code of the
//! letter would then cost a try, or replace a PIN that its holder has just chosen.

use super::entry::{EntryProblem, PUK_BESIDE_ACTIVATION_PIN};
use super::outcome::{PinState, PinStates, Refusal};
use super::pair::PinPair;
use super::request::{PinRequest, PinRole, Secrets};

impl PinRequest {
    /// Only while the PIN was never set: the state is read in the transaction that sends, and a PIN
    /// that is set by then is refused as [`Refusal::AlreadySet`], with nothing sent. A locked PIN is
    /// still set by an unlock, because a card that was never activated may look like that.
    #[must_use]
    pub const fn activating(mut self) -> Self {
        self.only_unset = true;
        self
    }
}

impl PinPair {
    /// Only while each PIN was never set, as [`PinRequest::activating`] has it for one.
    ///
    /// With PIN1 set meanwhile nothing is sent for either. With only PIN2 set meanwhile PIN1 is set,
    /// as was asked, and PIN2 keeps the value that somebody gave it, unless the card was read after
    /// that: then nothing is sent for either.
    #[must_use]
    pub const fn activating(mut self) -> Self {
        self.only_unset = true;
        self
    }
}

/// Whether the state of the PIN lets this activation be sent to it.
///
/// A PIN that still is the activation PIN of the letter, of seven digits, is not set by presenting
/// those digits as the PUK: they would cost a try of it.
pub(super) fn check_activation(request: &PinRequest, before: &PinStates) -> Result<(), Refusal> {
    let state = before.of(request.role);
    if request.only_unset && !may_be_unset(state) {
        return Err(Refusal::AlreadySet { code: request.role });
    }
    match &request.secrets {
        Secrets::Unlock { puk, .. }
            if state.is_activation_pin() && puk.len() < PUK_BESIDE_ACTIVATION_PIN =>
        {
            Err(Refusal::Entry {
                code: PinRole::Unblocking,
                problem: EntryProblem::TooShort {
                    min: PUK_BESIDE_ACTIVATION_PIN,
                },
            })
        }
        _ => Ok(()),
    }
}

/// A locked PIN is left to [`Refusal::Locked`], which keeps back whatever would present it.
const fn may_be_unset(state: PinState) -> bool {
    matches!(state, PinState::NotActivated { .. } | PinState::Locked)
}
