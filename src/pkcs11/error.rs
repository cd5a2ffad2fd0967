//! What a call could not do, and the one table that says so in PKCS #11's return values.

use cryptoki_sys as ck;
use cryptoki_sys::CK_RV;

/// Why a call did nothing. Each is one return value of *PKCS #11 v2.40*, §5.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "the names are those of the return values")]
pub enum Error {
    #[error("an argument is null or makes no sense")]
    ArgumentsBad,
    #[error("the attribute's value is secret")]
    AttributeSensitive,
    #[error("the object has no such attribute")]
    AttributeTypeInvalid,
    #[error("the output buffer is too small")]
    BufferTooSmall,
    #[error("the host's locks cannot be used")]
    CantLock,
    #[error("the module was initialised already")]
    AlreadyInitialized,
    #[error("the module is not initialised in this process")]
    NotInitialized,
    #[error("the data is not what the mechanism signs")]
    DataInvalid,
    #[error("the data has the wrong length")]
    DataLengthRange,
    #[error("the card or its reader failed")]
    DeviceError,
    #[error("the card was removed")]
    DeviceRemoved,
    #[error("the card refused")]
    FunctionFailed,
    #[error("calls do not run in parallel")]
    FunctionNotParallel,
    #[error("the function is not supported")]
    FunctionNotSupported,
    #[error("the rules that protect the card forbid it")]
    FunctionRejected,
    #[error("something is wrong in the module")]
    General,
    #[error("there is no such key")]
    KeyHandleInvalid,
    #[error("the key does not do this")]
    KeyFunctionNotPermitted,
    #[error("the key is of another kind than the mechanism")]
    KeyTypeInconsistent,
    #[error("the mechanism is not supported")]
    MechanismInvalid,
    #[error("the mechanism's parameters are not supported")]
    MechanismParameterInvalid,
    #[error("nothing happened")]
    NoEvent,
    #[error("there is no such object")]
    ObjectHandleInvalid,
    #[error("another operation is going on in the session")]
    OperationActive,
    #[error("no operation is going on in the session")]
    OperationNotInitialized,
    #[error("the PIN has to be set first")]
    PinExpired,
    #[error("the PIN is wrong or malformed")]
    PinIncorrect,
    #[error("the new PIN has characters that are not digits")]
    PinInvalid,
    #[error("the new PIN has too few or too many digits")]
    PinLengthRange,
    #[error("the PIN is locked")]
    PinLocked,
    #[error("there is no random number generator")]
    RandomNoRng,
    #[error("there are too many sessions")]
    SessionCount,
    #[error("there is no such session")]
    SessionHandleInvalid,
    #[error("sessions have to be serial")]
    SessionParallelNotSupported,
    #[error("the session is read-only")]
    SessionReadOnly,
    #[error("a read-only session exists")]
    SessionReadOnlyExists,
    #[error("the security officer's session is read-write")]
    SessionReadWriteSoExists,
    #[error("there is no such slot")]
    SlotIdInvalid,
    #[error("the search asks for contradictory things")]
    TemplateInconsistent,
    #[error("there is no card in the reader")]
    TokenNotPresent,
    #[error("the card is not a supported one")]
    TokenNotRecognized,
    #[error("the card's contents cannot be changed")]
    TokenWriteProtected,
    #[error("the user is logged in already")]
    UserAlreadyLoggedIn,
    #[error("another user is logged in")]
    UserAnotherAlreadyLoggedIn,
    #[error("the user is not logged in")]
    UserNotLoggedIn,
    #[error("there is no such kind of user")]
    UserTypeInvalid,
}

impl From<Error> for CK_RV {
    fn from(error: Error) -> Self {
        match error {
            Error::ArgumentsBad => ck::CKR_ARGUMENTS_BAD,
            Error::AttributeSensitive => ck::CKR_ATTRIBUTE_SENSITIVE,
            Error::AttributeTypeInvalid => ck::CKR_ATTRIBUTE_TYPE_INVALID,
            Error::BufferTooSmall => ck::CKR_BUFFER_TOO_SMALL,
            Error::CantLock => ck::CKR_CANT_LOCK,
            Error::AlreadyInitialized => ck::CKR_CRYPTOKI_ALREADY_INITIALIZED,
            Error::NotInitialized => ck::CKR_CRYPTOKI_NOT_INITIALIZED,
            Error::DataInvalid => ck::CKR_DATA_INVALID,
            Error::DataLengthRange => ck::CKR_DATA_LEN_RANGE,
            Error::DeviceError => ck::CKR_DEVICE_ERROR,
            Error::DeviceRemoved => ck::CKR_DEVICE_REMOVED,
            Error::FunctionFailed => ck::CKR_FUNCTION_FAILED,
            Error::FunctionNotParallel => ck::CKR_FUNCTION_NOT_PARALLEL,
            Error::FunctionNotSupported => ck::CKR_FUNCTION_NOT_SUPPORTED,
            Error::FunctionRejected => ck::CKR_FUNCTION_REJECTED,
            Error::General => ck::CKR_GENERAL_ERROR,
            Error::KeyHandleInvalid => ck::CKR_KEY_HANDLE_INVALID,
            Error::KeyFunctionNotPermitted => ck::CKR_KEY_FUNCTION_NOT_PERMITTED,
            Error::KeyTypeInconsistent => ck::CKR_KEY_TYPE_INCONSISTENT,
            Error::MechanismInvalid => ck::CKR_MECHANISM_INVALID,
            Error::MechanismParameterInvalid => ck::CKR_MECHANISM_PARAM_INVALID,
            Error::NoEvent => ck::CKR_NO_EVENT,
            Error::ObjectHandleInvalid => ck::CKR_OBJECT_HANDLE_INVALID,
            Error::OperationActive => ck::CKR_OPERATION_ACTIVE,
            Error::OperationNotInitialized => ck::CKR_OPERATION_NOT_INITIALIZED,
            Error::PinExpired => ck::CKR_PIN_EXPIRED,
            Error::PinIncorrect => ck::CKR_PIN_INCORRECT,
            Error::PinInvalid => ck::CKR_PIN_INVALID,
            Error::PinLengthRange => ck::CKR_PIN_LEN_RANGE,
            Error::PinLocked => ck::CKR_PIN_LOCKED,
            Error::RandomNoRng => ck::CKR_RANDOM_NO_RNG,
            Error::SessionCount => ck::CKR_SESSION_COUNT,
            Error::SessionHandleInvalid => ck::CKR_SESSION_HANDLE_INVALID,
            Error::SessionParallelNotSupported => ck::CKR_SESSION_PARALLEL_NOT_SUPPORTED,
            Error::SessionReadOnly => ck::CKR_SESSION_READ_ONLY,
            Error::SessionReadOnlyExists => ck::CKR_SESSION_READ_ONLY_EXISTS,
            Error::SessionReadWriteSoExists => ck::CKR_SESSION_READ_WRITE_SO_EXISTS,
            Error::SlotIdInvalid => ck::CKR_SLOT_ID_INVALID,
            Error::TemplateInconsistent => ck::CKR_TEMPLATE_INCONSISTENT,
            Error::TokenNotPresent => ck::CKR_TOKEN_NOT_PRESENT,
            Error::TokenNotRecognized => ck::CKR_TOKEN_NOT_RECOGNIZED,
            Error::TokenWriteProtected => ck::CKR_TOKEN_WRITE_PROTECTED,
            Error::UserAlreadyLoggedIn => ck::CKR_USER_ALREADY_LOGGED_IN,
            Error::UserAnotherAlreadyLoggedIn => ck::CKR_USER_ANOTHER_ALREADY_LOGGED_IN,
            Error::UserNotLoggedIn => ck::CKR_USER_NOT_LOGGED_IN,
            Error::UserTypeInvalid => ck::CKR_USER_TYPE_INVALID,
        }
    }
}
