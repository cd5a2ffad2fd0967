//! From what a module answers to the link that is broken.

use std::fmt;

use cryptoki::error::{Error, RvError};

use crate::verdict::BrokenLink;

/// What a module answered, by its name in PKCS #11.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModuleAnswer(RvError);

impl fmt::Display for ModuleAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// What the module was doing: one answer means different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doing {
    /// C_Initialize.
    Beginning,
    /// Looking at slots, tokens and objects.
    Looking,
    /// C_Login.
    LoggingIn,
    /// C_SignInit and C_Sign.
    Signing,
}

/// The link that `error` says is broken.
pub(super) fn broken(doing: Doing, error: &Error) -> BrokenLink {
    log::info!("the module, {doing:?}: {error}");
    let Error::Pkcs11(answer, _) = error else {
        return BrokenLink::ModuleUnusable;
    };
    match (doing, answer) {
        (Doing::LoggingIn, RvError::PinIncorrect) => BrokenLink::WrongPin { tries_left: None },
        (Doing::LoggingIn, RvError::PinLocked) => BrokenLink::PinLocked,
        (Doing::LoggingIn, RvError::PinExpired | RvError::UserPinNotInitialized) => {
            BrokenLink::NotActivated
        }
        (Doing::LoggingIn, RvError::FunctionRejected) => BrokenLink::LastTry,
        // The card may or may not have compared what it was given before it fell silent.
        (
            Doing::LoggingIn,
            RvError::DeviceError
            | RvError::DeviceRemoved
            | RvError::FunctionFailed
            | RvError::GeneralError,
        ) => BrokenLink::PinUnknown,
        (Doing::Signing, RvError::UserNotLoggedIn) => BrokenLink::PinDropped,
        (_, RvError::TokenNotRecognized) => BrokenLink::UnknownCard,
        (Doing::Looking, RvError::TokenNotPresent) => BrokenLink::NoCard,
        (_, RvError::DeviceRemoved | RvError::TokenNotPresent) => BrokenLink::CardRemoved,
        _ => BrokenLink::ModuleRefused(ModuleAnswer(*answer)),
    }
}

/// Whether C_Login took the PIN. That somebody is logged in already says nothing of this one: any
/// would seem to be right.
pub(super) fn accepted(answer: Result<(), Error>) -> Result<(), BrokenLink> {
    answer.map_err(|error| broken(Doing::LoggingIn, &error))
}

#[cfg(test)]
mod tests {
    use cryptoki::context::Function;

    use super::*;

    #[test]
    fn every_answer_of_the_contract_names_its_link() {
        let refused = |answer: RvError| BrokenLink::ModuleRefused(ModuleAnswer(answer));
        let cases = [
            (
                Doing::LoggingIn,
                RvError::PinIncorrect,
                BrokenLink::WrongPin { tries_left: None },
            ),
            (Doing::LoggingIn, RvError::PinLocked, BrokenLink::PinLocked),
            (
                Doing::LoggingIn,
                RvError::FunctionRejected,
                BrokenLink::LastTry,
            ),
            (
                Doing::LoggingIn,
                RvError::UserPinNotInitialized,
                BrokenLink::NotActivated,
            ),
            (
                Doing::LoggingIn,
                RvError::DeviceRemoved,
                BrokenLink::PinUnknown,
            ),
            (
                Doing::LoggingIn,
                RvError::DeviceError,
                BrokenLink::PinUnknown,
            ),
            (
                Doing::LoggingIn,
                RvError::TokenNotPresent,
                BrokenLink::CardRemoved,
            ),
            (
                Doing::Looking,
                RvError::TokenNotRecognized,
                BrokenLink::UnknownCard,
            ),
            (Doing::Looking, RvError::TokenNotPresent, BrokenLink::NoCard),
            (
                Doing::Signing,
                RvError::UserNotLoggedIn,
                BrokenLink::PinDropped,
            ),
            (
                Doing::Signing,
                RvError::TokenNotPresent,
                BrokenLink::CardRemoved,
            ),
            // Only C_Login can say that a PIN was wrong.
            (
                Doing::Signing,
                RvError::PinIncorrect,
                refused(RvError::PinIncorrect),
            ),
            (
                Doing::Beginning,
                RvError::GeneralError,
                refused(RvError::GeneralError),
            ),
        ];
        for (doing, answer, expected) in cases {
            let error = Error::Pkcs11(answer, Function::Login);
            assert_eq!(broken(doing, &error), expected, "{doing:?} {answer:?}");
        }
    }

    #[test]
    fn a_log_in_that_was_there_before_proves_no_pin() {
        let error = Error::Pkcs11(RvError::UserAlreadyLoggedIn, Function::Login);
        let refused = BrokenLink::ModuleRefused(ModuleAnswer(RvError::UserAlreadyLoggedIn));
        assert_eq!(accepted(Err(error)), Err(refused));
        assert_eq!(accepted(Ok(())), Ok(()));
    }
}
