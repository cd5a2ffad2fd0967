//! How a program finds the functions: the three names this library exports, and the two lists.

use cryptoki_sys::{
    CK_FLAGS, CK_FUNCTION_LIST, CK_FUNCTION_LIST_3_0, CK_INTERFACE, CK_RV, CK_ULONG, CK_UTF8CHAR,
    CK_VERSION,
};

use super::entry::entry;
use super::general::{C_Finalize, C_GetInfo, C_Initialize};
use super::object::{C_FindObjects, C_FindObjectsFinal, C_FindObjectsInit, C_GetAttributeValue};
use super::pointer::{OutSlice, read, write};
use super::session::{
    C_CloseAllSessions, C_CloseSession, C_GetSessionInfo, C_Login, C_Logout, C_OpenSession,
    C_SessionCancel,
};
use super::signing::{C_Sign, C_SignFinal, C_SignInit, C_SignUpdate};
use super::slot_token::{
    C_GetMechanismInfo, C_GetMechanismList, C_GetSlotInfo, C_GetSlotList, C_GetTokenInfo,
    C_InitPIN, C_SetPIN, C_WaitForSlotEvent,
};
use super::unsupported::*;
use crate::error::Error;

/// Gives out the list of functions of v2.40. The first thing a program calls.
///
/// # Safety
///
/// `list` is null or leads to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn C_GetFunctionList(list: *mut *mut CK_FUNCTION_LIST) -> CK_RV {
    entry("C_GetFunctionList", || {
        // SAFETY: the caller's promise above. Programs read the list and never write to it.
        unsafe { write(list, (&raw const FUNCTIONS).cast_mut()) }
    })
}

/// Gives out all interfaces: v3.0 and v2.40, under the one standard name.
///
/// # Safety
///
/// `count` is null or leads to a number; `list` is null or has room for so many interfaces.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn C_GetInterfaceList(
    list: *mut CK_INTERFACE,
    count: *mut CK_ULONG,
) -> CK_RV {
    entry("C_GetInterfaceList", || {
        // SAFETY: the caller's promise above.
        let out = unsafe { OutSlice::new(list, count) }?;
        out.fill(&[INTERFACES.0[0].0, INTERFACES.0[1].0])
    })
}

/// Gives out an interface by name, version and flags; null stands for any.
///
/// # Safety
///
/// `name` is null or ends with a zero byte; `version` is null or leads to a version; `interface`
/// is null or leads to room for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn C_GetInterface(
    name: *mut CK_UTF8CHAR,
    version: *mut CK_VERSION,
    interface: *mut *mut CK_INTERFACE,
    flags: CK_FLAGS,
) -> CK_RV {
    entry("C_GetInterface", || {
        // SAFETY: the caller's promise above.
        if !name.is_null() && !unsafe { is_standard_name(name) } {
            return Err(Error::ArgumentsBad);
        }
        // A child process has to initialise anew, which is less than "fork safe" promises.
        if flags != 0 {
            return Err(Error::ArgumentsBad);
        }
        let wanted = if version.is_null() {
            None
        } else {
            // SAFETY: the caller's promise above.
            let CK_VERSION { major, minor } = unsafe { read(version) }?;
            Some((major, minor))
        };
        let found = match wanted {
            None | Some((3, 0)) => &INTERFACES.0[0],
            Some((2, 40)) => &INTERFACES.0[1],
            Some(_) => return Err(Error::ArgumentsBad),
        };
        // SAFETY: the caller's promise above. Programs read the interface and never write to it.
        unsafe { write(interface, (&raw const found.0).cast_mut()) }
    })
}

/// Compares with the standard name, byte by byte and not beyond its end.
///
/// # Safety
///
/// `name` ends with a zero byte.
unsafe fn is_standard_name(name: *const CK_UTF8CHAR) -> bool {
    NAME.iter().enumerate().all(|(index, expected)| {
        // SAFETY: all bytes before this one were equal to the standard name's and thus not zero, so
        // the text of the caller reaches at least to here.
        let byte = unsafe { read(name.add(index)) };
        byte == Ok(*expected)
    })
}

/// The name of the interfaces that the standard defines.
static NAME: [CK_UTF8CHAR; 8] = *b"PKCS 11\0";

/// The interfaces, as the standard lays them out in memory.
struct Interfaces([Interface; 2]);

struct Interface(CK_INTERFACE);

// SAFETY: the pointers lead to statics of this library that nobody changes.
unsafe impl Sync for Interfaces {}

static INTERFACES: Interfaces = Interfaces([
    Interface(CK_INTERFACE {
        pInterfaceName: (&raw const NAME).cast_mut().cast(),
        pFunctionList: (&raw const FUNCTIONS_3_0).cast_mut().cast(),
        flags: 0,
    }),
    Interface(CK_INTERFACE {
        pInterfaceName: (&raw const NAME).cast_mut().cast(),
        pFunctionList: (&raw const FUNCTIONS).cast_mut().cast(),
        flags: 0,
    }),
]);

/// A list of functions: those of v2.40, and what a later version adds.
macro_rules! function_list {
    ($list:ident, $major:literal, $minor:literal $(, $further:ident)*) => {
        $list {
            version: CK_VERSION {
                major: $major,
                minor: $minor,
            },
            C_Initialize: Some(C_Initialize),
            C_Finalize: Some(C_Finalize),
            C_GetInfo: Some(C_GetInfo),
            C_GetFunctionList: Some(C_GetFunctionList),
            C_GetSlotList: Some(C_GetSlotList),
            C_GetSlotInfo: Some(C_GetSlotInfo),
            C_GetTokenInfo: Some(C_GetTokenInfo),
            C_GetMechanismList: Some(C_GetMechanismList),
            C_GetMechanismInfo: Some(C_GetMechanismInfo),
            C_InitToken: Some(C_InitToken),
            C_InitPIN: Some(C_InitPIN),
            C_SetPIN: Some(C_SetPIN),
            C_OpenSession: Some(C_OpenSession),
            C_CloseSession: Some(C_CloseSession),
            C_CloseAllSessions: Some(C_CloseAllSessions),
            C_GetSessionInfo: Some(C_GetSessionInfo),
            C_GetOperationState: Some(C_GetOperationState),
            C_SetOperationState: Some(C_SetOperationState),
            C_Login: Some(C_Login),
            C_Logout: Some(C_Logout),
            C_CreateObject: Some(C_CreateObject),
            C_CopyObject: Some(C_CopyObject),
            C_DestroyObject: Some(C_DestroyObject),
            C_GetObjectSize: Some(C_GetObjectSize),
            C_GetAttributeValue: Some(C_GetAttributeValue),
            C_SetAttributeValue: Some(C_SetAttributeValue),
            C_FindObjectsInit: Some(C_FindObjectsInit),
            C_FindObjects: Some(C_FindObjects),
            C_FindObjectsFinal: Some(C_FindObjectsFinal),
            C_EncryptInit: Some(C_EncryptInit),
            C_Encrypt: Some(C_Encrypt),
            C_EncryptUpdate: Some(C_EncryptUpdate),
            C_EncryptFinal: Some(C_EncryptFinal),
            C_DecryptInit: Some(C_DecryptInit),
            C_Decrypt: Some(C_Decrypt),
            C_DecryptUpdate: Some(C_DecryptUpdate),
            C_DecryptFinal: Some(C_DecryptFinal),
            C_DigestInit: Some(C_DigestInit),
            C_Digest: Some(C_Digest),
            C_DigestUpdate: Some(C_DigestUpdate),
            C_DigestKey: Some(C_DigestKey),
            C_DigestFinal: Some(C_DigestFinal),
            C_SignInit: Some(C_SignInit),
            C_Sign: Some(C_Sign),
            C_SignUpdate: Some(C_SignUpdate),
            C_SignFinal: Some(C_SignFinal),
            C_SignRecoverInit: Some(C_SignRecoverInit),
            C_SignRecover: Some(C_SignRecover),
            C_VerifyInit: Some(C_VerifyInit),
            C_Verify: Some(C_Verify),
            C_VerifyUpdate: Some(C_VerifyUpdate),
            C_VerifyFinal: Some(C_VerifyFinal),
            C_VerifyRecoverInit: Some(C_VerifyRecoverInit),
            C_VerifyRecover: Some(C_VerifyRecover),
            C_DigestEncryptUpdate: Some(C_DigestEncryptUpdate),
            C_DecryptDigestUpdate: Some(C_DecryptDigestUpdate),
            C_SignEncryptUpdate: Some(C_SignEncryptUpdate),
            C_DecryptVerifyUpdate: Some(C_DecryptVerifyUpdate),
            C_GenerateKey: Some(C_GenerateKey),
            C_GenerateKeyPair: Some(C_GenerateKeyPair),
            C_WrapKey: Some(C_WrapKey),
            C_UnwrapKey: Some(C_UnwrapKey),
            C_DeriveKey: Some(C_DeriveKey),
            C_SeedRandom: Some(C_SeedRandom),
            C_GenerateRandom: Some(C_GenerateRandom),
            C_GetFunctionStatus: Some(C_GetFunctionStatus),
            C_CancelFunction: Some(C_CancelFunction),
            C_WaitForSlotEvent: Some(C_WaitForSlotEvent),
            $($further: Some($further),)*
        }
    };
}

static FUNCTIONS: CK_FUNCTION_LIST = function_list!(CK_FUNCTION_LIST, 2, 40);

static FUNCTIONS_3_0: CK_FUNCTION_LIST_3_0 = function_list!(
    CK_FUNCTION_LIST_3_0,
    3,
    0,
    C_GetInterfaceList,
    C_GetInterface,
    C_LoginUser,
    C_SessionCancel,
    C_MessageEncryptInit,
    C_EncryptMessage,
    C_EncryptMessageBegin,
    C_EncryptMessageNext,
    C_MessageEncryptFinal,
    C_MessageDecryptInit,
    C_DecryptMessage,
    C_DecryptMessageBegin,
    C_DecryptMessageNext,
    C_MessageDecryptFinal,
    C_MessageSignInit,
    C_SignMessage,
    C_SignMessageBegin,
    C_SignMessageNext,
    C_MessageSignFinal,
    C_MessageVerifyInit,
    C_VerifyMessage,
    C_VerifyMessageBegin,
    C_VerifyMessageNext,
    C_MessageVerifyFinal
);
