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
fn call_all(before: impl Fn()) -> Vec<(&'static str, CK_RV)> {
    let list = functions();
    /// One argument: `p` is a null pointer, `z` is zero, `n` is no callback.
    macro_rules! argument {
        (p) => {
            ptr::null_mut()
        };
        (z) => {
            0
        };
        (n) => {
            None
        };
    }
    macro_rules! calls {
        ($($name:ident($($argument:ident)*))*) => {
            vec![$({
                before();
                let function = list.$name.expect("a function");
                // SAFETY: null is what every function has to put up with.
                let result = unsafe { function($(argument!($argument)),*) };
                (stringify!($name), result)
            }),*]
        };
    }
    calls! {
        C_Initialize(p) C_Finalize(p) C_GetInfo(p) C_GetFunctionList(p) C_GetSlotList(z p p)
        C_GetSlotInfo(z p) C_GetTokenInfo(z p) C_GetMechanismList(z p p) C_GetMechanismInfo(z z p)
        C_InitToken(z p z p) C_InitPIN(z p z) C_SetPIN(z p z p z) C_OpenSession(z z p n p)
        C_CloseSession(z) C_CloseAllSessions(z) C_GetSessionInfo(z p) C_GetOperationState(z p p)
        C_SetOperationState(z p z z z) C_Login(z z p z) C_Logout(z) C_CreateObject(z p z p)
        C_CopyObject(z z p z p) C_DestroyObject(z z) C_GetObjectSize(z z p)
        C_GetAttributeValue(z z p z) C_SetAttributeValue(z z p z) C_FindObjectsInit(z p z)
        C_FindObjects(z p z p) C_FindObjectsFinal(z) C_EncryptInit(z p z) C_Encrypt(z p z p p)
        C_EncryptUpdate(z p z p p) C_EncryptFinal(z p p) C_DecryptInit(z p z) C_Decrypt(z p z p p)
        C_DecryptUpdate(z p z p p) C_DecryptFinal(z p p) C_DigestInit(z p) C_Digest(z p z p p)
        C_DigestUpdate(z p z) C_DigestKey(z z) C_DigestFinal(z p p) C_SignInit(z p z)
        C_Sign(z p z p p) C_SignUpdate(z p z) C_SignFinal(z p p) C_SignRecoverInit(z p z)
        C_SignRecover(z p z p p) C_VerifyInit(z p z) C_Verify(z p z p z) C_VerifyUpdate(z p z)
        C_VerifyFinal(z p z) C_VerifyRecoverInit(z p z) C_VerifyRecover(z p z p p)
        C_DigestEncryptUpdate(z p z p p) C_DecryptDigestUpdate(z p z p p)
        C_SignEncryptUpdate(z p z p p) C_DecryptVerifyUpdate(z p z p p) C_GenerateKey(z p p z p)
        C_GenerateKeyPair(z p p z p z p p) C_WrapKey(z p z z p p) C_UnwrapKey(z p z p z p z p)
        C_DeriveKey(z p z p z p) C_SeedRandom(z p z) C_GenerateRandom(z p z)
        C_GetFunctionStatus(z) C_CancelFunction(z) C_WaitForSlotEvent(z p p)
        C_GetInterfaceList(p p) C_GetInterface(p p p z) C_LoginUser(z z p z p z)
        C_SessionCancel(z z) C_MessageEncryptInit(z p z) C_EncryptMessage(z p z p z p z p p)
        C_EncryptMessageBegin(z p z p z) C_EncryptMessageNext(z p z p z p p z)
        C_MessageEncryptFinal(z) C_MessageDecryptInit(z p z) C_DecryptMessage(z p z p z p z p p)
        C_DecryptMessageBegin(z p z p z) C_DecryptMessageNext(z p z p z p p z)
        C_MessageDecryptFinal(z) C_MessageSignInit(z p z) C_SignMessage(z p z p z p p)
        C_SignMessageBegin(z p z) C_SignMessageNext(z p z p z p p) C_MessageSignFinal(z)
        C_MessageVerifyInit(z p z) C_VerifyMessage(z p z p z p z) C_VerifyMessageBegin(z p z)
        C_VerifyMessageNext(z p z p z p z) C_MessageVerifyFinal(z)
    }
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
    assert_eq!(get(name.as_mut_ptr(), Some((3, 0)), 0), Ok((3, 0)));
    assert_eq!(get(name.as_mut_ptr(), Some((2, 40)), 0), Ok((2, 40)));
    for refused in [
        get(name.as_mut_ptr(), Some((2, 20)), 0),
        get(name.as_mut_ptr(), None, 1),
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
