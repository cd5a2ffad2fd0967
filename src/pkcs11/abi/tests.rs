//! No panic crosses into C, from any function; and the lists are whole.

use std::ptr;

use cryptoki_sys::{
    CK_FUNCTION_LIST, CK_FUNCTION_LIST_3_0, CK_INTERFACE, CK_RV, CK_VERSION, CKR_ARGUMENTS_BAD,
    CKR_CRYPTOKI_NOT_INITIALIZED, CKR_GENERAL_ERROR, CKR_OK,
};

use super::entry::PANIC;
use super::{C_GetFunctionList, C_GetInterface, C_GetInterfaceList};

/// The list of v3.0, which has all functions of v2.40.
fn functions() -> &'static CK_FUNCTION_LIST_3_0 {
    let mut interface: *mut CK_INTERFACE = ptr::null_mut();
    // SAFETY: null stands for any name and version; the room is ours.
    let got = unsafe { C_GetInterface(ptr::null_mut(), ptr::null_mut(), &raw mut interface, 0) };
    assert_eq!(got, CKR_OK);
    // SAFETY: the interface and the list it leads to are statics of this library.
    unsafe { &*(*interface).pFunctionList.cast::<CK_FUNCTION_LIST_3_0>() }
}

/// Calls every function with null and zero, after `before`.
#[expect(clippy::too_many_lines, reason = "one line a function")]
fn call_all(before: impl Fn()) -> Vec<(&'static str, CK_RV)> {
    let list = functions();
    macro_rules! call {
        ($list:ident.$name:ident($($argument:expr),*)) => {{
            before();
            let function = $list.$name.expect("a function");
            // SAFETY: null is what every function has to put up with.
            unsafe { function($($argument),*) }
        }};
    }
    vec![
        ("C_Initialize", call!(list.C_Initialize(ptr::null_mut()))),
        ("C_Finalize", call!(list.C_Finalize(ptr::null_mut()))),
        ("C_GetInfo", call!(list.C_GetInfo(ptr::null_mut()))),
        (
            "C_GetFunctionList",
            call!(list.C_GetFunctionList(ptr::null_mut())),
        ),
        (
            "C_GetSlotList",
            call!(list.C_GetSlotList(0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_GetSlotInfo",
            call!(list.C_GetSlotInfo(0, ptr::null_mut())),
        ),
        (
            "C_GetTokenInfo",
            call!(list.C_GetTokenInfo(0, ptr::null_mut())),
        ),
        (
            "C_GetMechanismList",
            call!(list.C_GetMechanismList(0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_GetMechanismInfo",
            call!(list.C_GetMechanismInfo(0, 0, ptr::null_mut())),
        ),
        (
            "C_InitToken",
            call!(list.C_InitToken(0, ptr::null_mut(), 0, ptr::null_mut())),
        ),
        ("C_InitPIN", call!(list.C_InitPIN(0, ptr::null_mut(), 0))),
        (
            "C_SetPIN",
            call!(list.C_SetPIN(0, ptr::null_mut(), 0, ptr::null_mut(), 0)),
        ),
        (
            "C_OpenSession",
            call!(list.C_OpenSession(0, 0, ptr::null_mut(), None, ptr::null_mut())),
        ),
        ("C_CloseSession", call!(list.C_CloseSession(0))),
        ("C_CloseAllSessions", call!(list.C_CloseAllSessions(0))),
        (
            "C_GetSessionInfo",
            call!(list.C_GetSessionInfo(0, ptr::null_mut())),
        ),
        (
            "C_GetOperationState",
            call!(list.C_GetOperationState(0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_SetOperationState",
            call!(list.C_SetOperationState(0, ptr::null_mut(), 0, 0, 0)),
        ),
        ("C_Login", call!(list.C_Login(0, 0, ptr::null_mut(), 0))),
        ("C_Logout", call!(list.C_Logout(0))),
        (
            "C_CreateObject",
            call!(list.C_CreateObject(0, ptr::null_mut(), 0, ptr::null_mut())),
        ),
        (
            "C_CopyObject",
            call!(list.C_CopyObject(0, 0, ptr::null_mut(), 0, ptr::null_mut())),
        ),
        ("C_DestroyObject", call!(list.C_DestroyObject(0, 0))),
        (
            "C_GetObjectSize",
            call!(list.C_GetObjectSize(0, 0, ptr::null_mut())),
        ),
        (
            "C_GetAttributeValue",
            call!(list.C_GetAttributeValue(0, 0, ptr::null_mut(), 0)),
        ),
        (
            "C_SetAttributeValue",
            call!(list.C_SetAttributeValue(0, 0, ptr::null_mut(), 0)),
        ),
        (
            "C_FindObjectsInit",
            call!(list.C_FindObjectsInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_FindObjects",
            call!(list.C_FindObjects(0, ptr::null_mut(), 0, ptr::null_mut())),
        ),
        ("C_FindObjectsFinal", call!(list.C_FindObjectsFinal(0))),
        (
            "C_EncryptInit",
            call!(list.C_EncryptInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_Encrypt",
            call!(list.C_Encrypt(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_EncryptUpdate",
            call!(list.C_EncryptUpdate(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_EncryptFinal",
            call!(list.C_EncryptFinal(0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_DecryptInit",
            call!(list.C_DecryptInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_Decrypt",
            call!(list.C_Decrypt(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_DecryptUpdate",
            call!(list.C_DecryptUpdate(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_DecryptFinal",
            call!(list.C_DecryptFinal(0, ptr::null_mut(), ptr::null_mut())),
        ),
        ("C_DigestInit", call!(list.C_DigestInit(0, ptr::null_mut()))),
        (
            "C_Digest",
            call!(list.C_Digest(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_DigestUpdate",
            call!(list.C_DigestUpdate(0, ptr::null_mut(), 0)),
        ),
        ("C_DigestKey", call!(list.C_DigestKey(0, 0))),
        (
            "C_DigestFinal",
            call!(list.C_DigestFinal(0, ptr::null_mut(), ptr::null_mut())),
        ),
        ("C_SignInit", call!(list.C_SignInit(0, ptr::null_mut(), 0))),
        (
            "C_Sign",
            call!(list.C_Sign(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_SignUpdate",
            call!(list.C_SignUpdate(0, ptr::null_mut(), 0)),
        ),
        (
            "C_SignFinal",
            call!(list.C_SignFinal(0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_SignRecoverInit",
            call!(list.C_SignRecoverInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_SignRecover",
            call!(list.C_SignRecover(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_VerifyInit",
            call!(list.C_VerifyInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_Verify",
            call!(list.C_Verify(0, ptr::null_mut(), 0, ptr::null_mut(), 0)),
        ),
        (
            "C_VerifyUpdate",
            call!(list.C_VerifyUpdate(0, ptr::null_mut(), 0)),
        ),
        (
            "C_VerifyFinal",
            call!(list.C_VerifyFinal(0, ptr::null_mut(), 0)),
        ),
        (
            "C_VerifyRecoverInit",
            call!(list.C_VerifyRecoverInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_VerifyRecover",
            call!(list.C_VerifyRecover(0, ptr::null_mut(), 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_DigestEncryptUpdate",
            call!(list.C_DigestEncryptUpdate(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_DecryptDigestUpdate",
            call!(list.C_DecryptDigestUpdate(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_SignEncryptUpdate",
            call!(list.C_SignEncryptUpdate(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_DecryptVerifyUpdate",
            call!(list.C_DecryptVerifyUpdate(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_GenerateKey",
            call!(list.C_GenerateKey(0, ptr::null_mut(), ptr::null_mut(), 0, ptr::null_mut())),
        ),
        (
            "C_GenerateKeyPair",
            call!(list.C_GenerateKeyPair(
                0,
                ptr::null_mut(),
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_WrapKey",
            call!(list.C_WrapKey(0, ptr::null_mut(), 0, 0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_UnwrapKey",
            call!(list.C_UnwrapKey(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut()
            )),
        ),
        (
            "C_DeriveKey",
            call!(list.C_DeriveKey(0, ptr::null_mut(), 0, ptr::null_mut(), 0, ptr::null_mut())),
        ),
        (
            "C_SeedRandom",
            call!(list.C_SeedRandom(0, ptr::null_mut(), 0)),
        ),
        (
            "C_GenerateRandom",
            call!(list.C_GenerateRandom(0, ptr::null_mut(), 0)),
        ),
        ("C_GetFunctionStatus", call!(list.C_GetFunctionStatus(0))),
        ("C_CancelFunction", call!(list.C_CancelFunction(0))),
        (
            "C_WaitForSlotEvent",
            call!(list.C_WaitForSlotEvent(0, ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_GetInterfaceList",
            call!(list.C_GetInterfaceList(ptr::null_mut(), ptr::null_mut())),
        ),
        (
            "C_GetInterface",
            call!(list.C_GetInterface(ptr::null_mut(), ptr::null_mut(), ptr::null_mut(), 0)),
        ),
        (
            "C_LoginUser",
            call!(list.C_LoginUser(0, 0, ptr::null_mut(), 0, ptr::null_mut(), 0)),
        ),
        ("C_SessionCancel", call!(list.C_SessionCancel(0, 0))),
        (
            "C_MessageEncryptInit",
            call!(list.C_MessageEncryptInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_EncryptMessage",
            call!(list.C_EncryptMessage(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_EncryptMessageBegin",
            call!(list.C_EncryptMessageBegin(0, ptr::null_mut(), 0, ptr::null_mut(), 0)),
        ),
        (
            "C_EncryptMessageNext",
            call!(list.C_EncryptMessageNext(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut(),
                0
            )),
        ),
        (
            "C_MessageEncryptFinal",
            call!(list.C_MessageEncryptFinal(0)),
        ),
        (
            "C_MessageDecryptInit",
            call!(list.C_MessageDecryptInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_DecryptMessage",
            call!(list.C_DecryptMessage(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_DecryptMessageBegin",
            call!(list.C_DecryptMessageBegin(0, ptr::null_mut(), 0, ptr::null_mut(), 0)),
        ),
        (
            "C_DecryptMessageNext",
            call!(list.C_DecryptMessageNext(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut(),
                0
            )),
        ),
        (
            "C_MessageDecryptFinal",
            call!(list.C_MessageDecryptFinal(0)),
        ),
        (
            "C_MessageSignInit",
            call!(list.C_MessageSignInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_SignMessage",
            call!(list.C_SignMessage(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        (
            "C_SignMessageBegin",
            call!(list.C_SignMessageBegin(0, ptr::null_mut(), 0)),
        ),
        (
            "C_SignMessageNext",
            call!(list.C_SignMessageNext(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                ptr::null_mut()
            )),
        ),
        ("C_MessageSignFinal", call!(list.C_MessageSignFinal(0))),
        (
            "C_MessageVerifyInit",
            call!(list.C_MessageVerifyInit(0, ptr::null_mut(), 0)),
        ),
        (
            "C_VerifyMessage",
            call!(list.C_VerifyMessage(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0
            )),
        ),
        (
            "C_VerifyMessageBegin",
            call!(list.C_VerifyMessageBegin(0, ptr::null_mut(), 0)),
        ),
        (
            "C_VerifyMessageNext",
            call!(list.C_VerifyMessageNext(
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0,
                ptr::null_mut(),
                0
            )),
        ),
        ("C_MessageVerifyFinal", call!(list.C_MessageVerifyFinal(0))),
    ]
}

#[test]
fn a_panic_in_any_function_is_an_error_to_c() {
    let results = call_all(|| PANIC.set(true));
    assert_eq!(results.len(), 92);
    for (name, result) in results {
        assert_eq!(result, CKR_GENERAL_ERROR, "{name}");
    }
}

#[test]
fn before_it_is_initialised_the_module_does_nothing() {
    let exempt = [
        "C_Initialize",
        "C_GetFunctionList",
        "C_GetInterface",
        "C_GetInterfaceList",
    ];
    // Whether another test has initialised the module is not known here; this one calls only what
    // must not need it, and a process of its own is made by the tests of the library from outside.
    for (name, result) in call_all(|| ()) {
        if exempt.contains(&name) {
            assert!(
                matches!(result, CKR_OK | CKR_ARGUMENTS_BAD),
                "{name}: {result:#x}"
            );
        } else {
            assert_ne!(result, CKR_GENERAL_ERROR, "{name}");
        }
    }
}

#[test]
fn both_interfaces_are_found_by_name_and_version() {
    let mut name = *b"PKCS 11\0";
    let mut other = *b"PKCS 12\0";
    let mut short = *b"P\0";
    let mut long = *b"PKCS 11 and more\0";
    let get = |name: *mut u8, version: Option<(u8, u8)>, flags| {
        let mut version = version.map(|(major, minor)| CK_VERSION { major, minor });
        let version = version.as_mut().map_or(ptr::null_mut(), ptr::from_mut);
        let mut interface: *mut CK_INTERFACE = ptr::null_mut();
        // SAFETY: the names end with zero, and the rest is ours or null.
        let got = unsafe { C_GetInterface(name, version, &raw mut interface, flags) };
        if got != CKR_OK {
            return Err(got);
        }
        // SAFETY: a static of the library; both lists begin with a version.
        let found = unsafe { (*interface).pFunctionList.cast::<CK_VERSION>().read() };
        Ok((found.major, found.minor))
    };
    let null = ptr::null_mut();
    assert_eq!(get(null, None, 0), Ok((3, 0)));
    assert_eq!(get(name.as_mut_ptr(), None, 0), Ok((3, 0)));
    assert_eq!(get(name.as_mut_ptr(), Some((3, 0)), 1), Ok((3, 0)));
    assert_eq!(get(name.as_mut_ptr(), Some((2, 40)), 0), Ok((2, 40)));
    for refused in [
        get(name.as_mut_ptr(), Some((2, 20)), 0),
        get(name.as_mut_ptr(), None, 2),
        get(other.as_mut_ptr(), None, 0),
        get(short.as_mut_ptr(), None, 0),
        get(long.as_mut_ptr(), None, 0),
    ] {
        assert_eq!(refused, Err(CKR_ARGUMENTS_BAD));
    }
    let mut count = 0;
    // SAFETY: a null list asks for the count.
    let told = unsafe { C_GetInterfaceList(ptr::null_mut(), &raw mut count) };
    assert_eq!((told, count), (CKR_OK, 2));
}

#[test]
fn the_list_of_2_40_begins_with_its_version() {
    let mut list: *mut CK_FUNCTION_LIST = ptr::null_mut();
    // SAFETY: the room is ours.
    assert_eq!(unsafe { C_GetFunctionList(&raw mut list) }, CKR_OK);
    // SAFETY: a static of the library.
    let list = unsafe { &*list };
    assert_eq!((list.version.major, list.version.minor), (2, 40));
    let finalize = list.C_Finalize.expect("a function");
    // SAFETY: null is the right argument.
    let ended = unsafe { finalize(ptr::null_mut()) };
    assert_eq!(ended, CKR_CRYPTOKI_NOT_INITIALIZED);
}
