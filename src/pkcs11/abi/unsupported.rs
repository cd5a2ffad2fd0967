//! The functions that a card for log-in has no use for: it makes no keys, holds no data of
//! applications, and hashes nothing. Each says so; the lists must not hold null.

use std::ffi::c_void;

use cryptoki_sys::{
    CK_ATTRIBUTE, CK_BYTE, CK_FLAGS, CK_MECHANISM, CK_OBJECT_HANDLE, CK_RV, CK_SESSION_HANDLE,
    CK_SLOT_ID, CK_ULONG, CK_USER_TYPE, CK_UTF8CHAR,
};

use super::entry::entry;
use super::instance::module;
use crate::error::Error;

/// Functions that answer with one error, once the module is initialised.
macro_rules! unsupported {
    ($($name:ident($($argument:ty),*) => $error:ident;)*) => {
        $(
            #[doc = concat!("`", stringify!($name), "`: not offered.")]
            ///
            /// # Safety
            ///
            /// No argument is looked at.
            pub(super) unsafe extern "C" fn $name($(_: $argument),*) -> CK_RV {
                entry(stringify!($name), || module().and(Err(Error::$error)))
            }
        )*
    };
}

unsupported! {
    C_GetFunctionStatus(CK_SESSION_HANDLE) => FunctionNotParallel;
    C_CancelFunction(CK_SESSION_HANDLE) => FunctionNotParallel;
    C_InitToken(CK_SLOT_ID, *mut CK_UTF8CHAR, CK_ULONG, *mut CK_UTF8CHAR) => TokenWriteProtected;
    C_GetOperationState(CK_SESSION_HANDLE, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_SetOperationState(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, CK_OBJECT_HANDLE, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_CreateObject(CK_SESSION_HANDLE, *mut CK_ATTRIBUTE, CK_ULONG, *mut CK_OBJECT_HANDLE) => TokenWriteProtected;
    C_CopyObject(CK_SESSION_HANDLE, CK_OBJECT_HANDLE, *mut CK_ATTRIBUTE, CK_ULONG, *mut CK_OBJECT_HANDLE) => TokenWriteProtected;
    C_DestroyObject(CK_SESSION_HANDLE, CK_OBJECT_HANDLE) => TokenWriteProtected;
    C_GetObjectSize(CK_SESSION_HANDLE, CK_OBJECT_HANDLE, *mut CK_ULONG) => FunctionNotSupported;
    C_SetAttributeValue(CK_SESSION_HANDLE, CK_OBJECT_HANDLE, *mut CK_ATTRIBUTE, CK_ULONG) => TokenWriteProtected;
    C_EncryptInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_Encrypt(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_EncryptUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_EncryptFinal(CK_SESSION_HANDLE, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DecryptInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_Decrypt(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DecryptUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DecryptFinal(CK_SESSION_HANDLE, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DigestInit(CK_SESSION_HANDLE, *mut CK_MECHANISM) => FunctionNotSupported;
    C_Digest(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DigestUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_DigestKey(CK_SESSION_HANDLE, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_DigestFinal(CK_SESSION_HANDLE, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_SignRecoverInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_SignRecover(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_VerifyInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_Verify(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_VerifyUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_VerifyFinal(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_VerifyRecoverInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_VerifyRecover(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DigestEncryptUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DecryptDigestUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_SignEncryptUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DecryptVerifyUpdate(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_GenerateKey(CK_SESSION_HANDLE, *mut CK_MECHANISM, *mut CK_ATTRIBUTE, CK_ULONG, *mut CK_OBJECT_HANDLE) => TokenWriteProtected;
    C_GenerateKeyPair(CK_SESSION_HANDLE, *mut CK_MECHANISM, *mut CK_ATTRIBUTE, CK_ULONG, *mut CK_ATTRIBUTE, CK_ULONG, *mut CK_OBJECT_HANDLE, *mut CK_OBJECT_HANDLE) => TokenWriteProtected;
    C_WrapKey(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE, CK_OBJECT_HANDLE, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_UnwrapKey(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE, *mut CK_BYTE, CK_ULONG, *mut CK_ATTRIBUTE, CK_ULONG, *mut CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_DeriveKey(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE, *mut CK_ATTRIBUTE, CK_ULONG, *mut CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_SeedRandom(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG) => RandomNoRng;
    C_GenerateRandom(CK_SESSION_HANDLE, *mut CK_BYTE, CK_ULONG) => RandomNoRng;
    C_LoginUser(CK_SESSION_HANDLE, CK_USER_TYPE, *mut CK_UTF8CHAR, CK_ULONG, *mut CK_UTF8CHAR, CK_ULONG) => FunctionNotSupported;
    C_MessageEncryptInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_EncryptMessage(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_EncryptMessageBegin(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_EncryptMessageNext(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG, CK_FLAGS) => FunctionNotSupported;
    C_MessageEncryptFinal(CK_SESSION_HANDLE) => FunctionNotSupported;
    C_MessageDecryptInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_DecryptMessage(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_DecryptMessageBegin(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_DecryptMessageNext(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG, CK_FLAGS) => FunctionNotSupported;
    C_MessageDecryptFinal(CK_SESSION_HANDLE) => FunctionNotSupported;
    C_MessageSignInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_SignMessage(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_SignMessageBegin(CK_SESSION_HANDLE, *mut c_void, CK_ULONG) => FunctionNotSupported;
    C_SignMessageNext(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, *mut CK_ULONG) => FunctionNotSupported;
    C_MessageSignFinal(CK_SESSION_HANDLE) => FunctionNotSupported;
    C_MessageVerifyInit(CK_SESSION_HANDLE, *mut CK_MECHANISM, CK_OBJECT_HANDLE) => FunctionNotSupported;
    C_VerifyMessage(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_VerifyMessageBegin(CK_SESSION_HANDLE, *mut c_void, CK_ULONG) => FunctionNotSupported;
    C_VerifyMessageNext(CK_SESSION_HANDLE, *mut c_void, CK_ULONG, *mut CK_BYTE, CK_ULONG, *mut CK_BYTE, CK_ULONG) => FunctionNotSupported;
    C_MessageVerifyFinal(CK_SESSION_HANDLE) => FunctionNotSupported;
}
