//! The module through its own C interface, over virtual cards: versions, short structures, nulls,
//! panics, and nothing of the caller's memory kept.

use std::alloc::{Layout, alloc, dealloc};
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::ptr;
use std::sync::Arc;

use windows_sys::Win32::Foundation as win;
use windows_sys::Win32::Security::Cryptography as crypto;
use windows_sys::Win32::Security::Cryptography::{CARD_DATA, CARD_SIGNING_INFO, CONTAINER_INFO};

use super::CardAcquireContext;
use super::acquire::length;
use super::entry::PANIC;
use crate::service::Service;
use crate::tests::{FakeService, HANDLE};

thread_local! {
    /// The service of the test that runs in this thread.
    pub(super) static SERVICE: RefCell<Option<Arc<dyn Service>>> = const { RefCell::new(None) };
    /// How much was allocated and not freed.
    static GIVEN: Cell<usize> = const { Cell::new(0) };
}

const CANARY: u8 = 0xC5;
const HEADER: usize = 16;

unsafe extern "system" fn allocate(size: usize) -> *mut c_void {
    GIVEN.set(GIVEN.get() + 1);
    let layout = Layout::from_size_align(size + HEADER, HEADER).expect("a layout");
    // SAFETY: the size is not zero, and the header has room for a number.
    unsafe {
        let block = alloc(layout);
        block.cast::<usize>().write(size);
        block.add(HEADER).cast()
    }
}

unsafe extern "system" fn reallocate(_: *const c_void, _: usize) -> *mut c_void {
    ptr::null_mut()
}

unsafe extern "system" fn free(place: *const c_void) {
    GIVEN.set(GIVEN.get() - 1);
    // SAFETY: `allocate` gave this block, with its size in front.
    unsafe {
        let block = place.cast_mut().cast::<u8>().sub(HEADER);
        let size = block.cast::<usize>().read();
        dealloc(
            block,
            Layout::from_size_align(size + HEADER, HEADER).expect("a layout"),
        );
    }
}

/// A CARD_DATA that is exactly as long as its version says, with canaries behind it.
struct Caller {
    memory: Vec<u64>,
    length: usize,
    _atr: Box<[u8]>,
    _name: Box<[u16]>,
}

impl Caller {
    fn new(image: &str, version: u32) -> (Self, FakeService) {
        let service = FakeService::with(image);
        SERVICE.set(Some(Arc::new(service.clone())));
        let mut atr: Box<[u8]> = Box::new([0x3B, 0x00]);
        let mut name: Box<[u16]> = Box::new([u16::from(b'x'), 0]);
        let data = CARD_DATA {
            dwVersion: version,
            pbAtr: atr.as_mut_ptr(),
            cbAtr: 2,
            pwszCardName: name.as_mut_ptr(),
            pfnCspAlloc: Some(allocate),
            pfnCspReAlloc: Some(reallocate),
            pfnCspFree: Some(free),
            hSCardCtx: 1,
            hScard: HANDLE,
            ..CARD_DATA::default()
        };
        let length = length(version);
        let mut memory = vec![u64::from_ne_bytes([CANARY; 8]); length / 8 + 64];
        // SAFETY: the memory is longer than what is copied.
        unsafe {
            let from = (&raw const data).cast::<u8>();
            ptr::copy_nonoverlapping(from, memory.as_mut_ptr().cast(), length);
        }
        let caller = Self {
            memory,
            length,
            _atr: atr,
            _name: name,
        };
        (caller, service)
    }

    fn data(&mut self) -> *mut CARD_DATA {
        self.memory.as_mut_ptr().cast()
    }

    fn acquire(&mut self) -> u32 {
        // SAFETY: as long as its version says.
        unsafe { CardAcquireContext(self.data(), 0) }
    }

    fn delete(&mut self) -> u32 {
        let data = self.data();
        // SAFETY: every version has this field, and it was filled in.
        unsafe { (*data).pfnCardDeleteContext.expect("a function")(data) }
    }

    fn canaries_live(&self) -> bool {
        let behind = &self.memory[self.length / 8..];
        behind.iter().all(|word| word.to_ne_bytes() == [CANARY; 8])
    }
}

#[test]
fn every_version_gets_the_functions_it_has_room_for_and_no_more() {
    for (version, size) in [
        (4, 328),
        (5, 352),
        (6, 416),
        (7, 504),
        (9, 504),
        (u32::MAX, 504),
    ] {
        let (mut caller, _service) = Caller::new("v4", version);
        assert_eq!(caller.length, size);
        assert_eq!(caller.acquire(), 0, "{version}");
        assert!(caller.canaries_live(), "{version}");
        let data = caller.data();
        // SAFETY: a field of every version.
        assert_eq!(unsafe { (*data).dwVersion }, version.min(7));
        assert_eq!(caller.delete(), 0);
        assert_eq!(caller.delete(), win::SCARD_E_INVALID_HANDLE.cast_unsigned());
    }
    for version in [0, 1, 3] {
        let (mut caller, _service) = Caller::new("v4", version);
        assert_eq!(caller.acquire(), win::ERROR_REVISION_MISMATCH);
    }
    // SAFETY: null is what it has to put up with.
    let refused = unsafe { CardAcquireContext(ptr::null_mut(), 0) };
    assert_eq!(refused, win::SCARD_E_INVALID_PARAMETER.cast_unsigned());
}

#[test]
fn nothing_that_is_handed_out_is_lost_and_nulls_are_noticed() {
    let (mut caller, _service) = Caller::new("v4", 7);
    assert_eq!(caller.acquire(), 0);
    let data = caller.data();
    let invalid = win::SCARD_E_INVALID_PARAMETER.cast_unsigned();
    // SAFETY: the structure is whole and the functions were filled in; null is to be noticed.
    unsafe {
        let read = (*data).pfnCardReadFile.expect("a function");
        let (mut file, mut size) = (ptr::null_mut(), 0);
        let name = c"cardid".as_ptr().cast();
        assert_eq!(
            read(data, ptr::null(), name, 0, &raw mut file, &raw mut size),
            0
        );
        assert_eq!((size, GIVEN.get()), (16, 1));
        free(file.cast());
        for refused in [
            read(
                ptr::null(),
                ptr::null(),
                name,
                0,
                &raw mut file,
                &raw mut size,
            ),
            read(
                data,
                ptr::null(),
                ptr::null(),
                0,
                &raw mut file,
                &raw mut size,
            ),
            read(data, ptr::null(), name, 0, ptr::null_mut(), &raw mut size),
            read(data, ptr::null(), name, 0, &raw mut file, ptr::null_mut()),
            read(data, ptr::null(), name, 1, &raw mut file, &raw mut size),
            (*data).pfnCardSignData.expect("a function")(data, ptr::null_mut()),
            (*data).pfnCardGetContainerInfo.expect("a function")(data, 0, 0, ptr::null_mut()),
            (*data).pfnCardQueryCapabilities.expect("a function")(data, ptr::null_mut()),
            (*data).pfnCardAuthenticateEx.expect("a function")(
                data,
                1,
                0,
                ptr::null(),
                4,
                ptr::null_mut(),
                ptr::null_mut(),
                ptr::null_mut(),
            ),
        ] {
            assert_eq!(refused, invalid);
        }
        let mut info = CONTAINER_INFO::default();
        let get = (*data).pfnCardGetContainerInfo.expect("a function");
        assert_eq!(get(data, 0, 0, &raw mut info), 0);
        assert_eq!((info.cbSigPublicKey, info.cbKeyExPublicKey), (8 + 96, 0));
        free(info.pbSigPublicKey.cast());
        let none = win::SCARD_E_NO_KEY_CONTAINER.cast_unsigned();
        assert_eq!(get(data, 1, 0, &raw mut info), none);
    }
    assert_eq!(GIVEN.get(), 0);
    assert_eq!(caller.delete(), 0);
    assert!(caller.canaries_live());
}

#[test]
fn a_log_in_through_the_interface_signs_and_a_wrong_pin_is_one_command() {
    let (mut caller, service) = Caller::new("v3", 7);
    assert_eq!(caller.acquire(), 0);
    let data = caller.data();
    let mut digest = [7_u8; 32];
    let mut info = CARD_SIGNING_INFO {
        dwVersion: 1,
        dwKeySpec: crypto::AT_SIGNATURE,
        aiHashAlg: crypto::CALG_SHA_256,
        pbData: digest.as_mut_ptr(),
        cbData: 32,
        ..CARD_SIGNING_INFO::default()
    };
    // SAFETY: the structure is whole, the functions were filled in and the digits are ours.
    unsafe {
        let authenticate = (*data).pfnCardAuthenticateEx.expect("a function");
        let present = |digits: &[u8], left: &mut u32| {
            let (none, no_length) = (ptr::null_mut(), ptr::null_mut());
            authenticate(data, 1, 0, digits.as_ptr(), 4, none, no_length, left)
        };
        let mut left = 0;
        let wrong = win::SCARD_W_WRONG_CHV.cast_unsigned();
        assert_eq!(present(b"4321", &mut left), wrong);
        assert_eq!((left, service.ledger.entries().len()), (4, 1));
        let sign = (*data).pfnCardSignData.expect("a function");
        let refused = win::SCARD_W_SECURITY_VIOLATION.cast_unsigned();
        assert_eq!(sign(data, &raw mut info), refused);
        assert_eq!(present(b"1234", &mut left), 0);
        info.dwSigningFlags = crypto::CARD_BUFFER_SIZE_ONLY;
        assert_eq!(sign(data, &raw mut info), 0);
        assert_eq!(
            (info.cbSignedData, info.pbSignedData.is_null()),
            (256, true)
        );
        // Nobody needs a digest for that.
        info.pbData = ptr::null_mut();
        assert_eq!(sign(data, &raw mut info), 0);
        info.dwSigningFlags = 0;
        let invalid = win::SCARD_E_INVALID_PARAMETER.cast_unsigned();
        assert_eq!(sign(data, &raw mut info), invalid);
        info.pbData = digest.as_mut_ptr();
        assert_eq!(sign(data, &raw mut info), 0);
        assert_eq!((info.cbSignedData, GIVEN.get()), (256, 1));
        free(info.pbSignedData.cast());
    }
    assert_eq!(caller.delete(), 0);
    assert!(!service.verified());
    assert_eq!(service.ledger.entries().len(), 2);
}

#[test]
fn a_panic_is_an_error_to_c() {
    let (mut caller, _service) = Caller::new("v4", 7);
    PANIC.set(true);
    assert_eq!(
        caller.acquire(),
        win::SCARD_F_INTERNAL_ERROR.cast_unsigned()
    );
    assert_eq!(caller.acquire(), 0);
    PANIC.set(true);
    assert_eq!(caller.delete(), win::SCARD_F_INTERNAL_ERROR.cast_unsigned());
    assert_eq!(caller.delete(), 0);
}
