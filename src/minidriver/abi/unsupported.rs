//! What a read-only card with a key for log-in does not do.

use std::ffi::c_void;

use windows_sys::Win32::Security::Cryptography as crypto;
use windows_sys::Win32::Security::Cryptography::CARD_DATA;

use super::entry::entry;
use crate::error::Error;

/// Functions that look at none of their arguments.
macro_rules! unsupported {
    ($($name:ident($($argument:ty),*);)*) => {$(
        pub unsafe extern "system" fn $name(_: *const CARD_DATA $(, _: $argument)*) -> u32 {
            entry(stringify!($name), || Err(Error::UnsupportedFeature))
        }
    )*};
}

unsupported! {
    CardDeleteContainer(u8, u32);
    CardCreateContainer(u8, u32, u32, u32, *const u8);
    CardGetChallenge(*mut *mut u8, *mut u32);
    CardAuthenticateChallenge(*const u8, u32, *mut u32);
    CardCreateDirectory(*const u8, i32);
    CardDeleteDirectory(*const u8);
    CardCreateFile(*const u8, *const u8, u32, i32);
    CardWriteFile(*const u8, *const u8, u32, *const u8, u32);
    CardDeleteFile(*const u8, *const u8, u32);
    CardRSADecrypt(*mut crypto::CARD_RSA_DECRYPT_INFO);
    CardConstructDHAgreement(*mut crypto::CARD_DH_AGREEMENT_INFO);
    CardDeriveKey(*mut crypto::CARD_DERIVE_KEY);
    CardDestroyDHAgreement(u8, u32);
    CardGetChallengeEx(u32, *mut *mut u8, *mut u32, u32);
    CardSetContainerProperty(u8, *const u16, *const u8, u32, u32);
    MDImportSessionKey(*const u16, *const u16, *mut usize, *const u8, u32);
    MDEncryptData(usize, *const u16, *const u8, u32, u32, *mut *mut crypto::CARD_ENCRYPTED_DATA,
        *mut u32);
    CardImportSessionKey(u8, *const c_void, *const u16, *const u16, *mut usize, *const u8, u32, u32);
    CardGetSharedKeyHandle(*const u8, u32, *mut *mut u8, *mut u32, *mut usize);
    CardGetAlgorithmProperty(*const u16, *const u16, *mut u8, u32, *mut u32, u32);
    CardGetKeyProperty(usize, *const u16, *mut u8, u32, *mut u32, u32);
    CardSetKeyProperty(usize, *const u16, *const u8, u32, u32);
    CardDestroyKey(usize);
    CardProcessEncryptedData(usize, *const u16, *const crypto::CARD_ENCRYPTED_DATA, u32, *mut u8,
        u32, *mut u32, u32);
    CardCreateContainerEx(u8, u32, u32, u32, *const u8, u32);
}
