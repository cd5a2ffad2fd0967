//! Questions to Windows, or to Wine in its place.

use std::env;
use std::fs;
use std::os::windows::ffi::OsStrExt as _;

use windows_sys::Win32::Foundation::FreeLibrary;
use windows_sys::Win32::System::LibraryLoader::LoadLibraryW;

use super::{load_from_system_only, report_no_memory, session};

/// Whether a library of this name is found, from wherever it comes.
fn loads(name: &str) -> bool {
    let name: Vec<u16> = std::ffi::OsStr::new(name)
        .encode_wide()
        .chain([0])
        .collect();
    // SAFETY: the name ends with a zero and outlives the call. What is loaded is a copy of this
    // program, whose code is not run for it, or a part of Windows.
    let library = unsafe { LoadLibraryW(name.as_ptr()) };
    if library.is_null() {
        return false;
    }
    // SAFETY: it was loaded just now, and nothing of it is used.
    unsafe { FreeLibrary(library) };
    true
}

#[test]
fn a_library_in_the_current_folder_or_beside_the_program_is_not_loaded() {
    let program = env::current_exe().unwrap();
    let current = tempfile::tempdir().unwrap();
    let here = "siru-planted-here.dll";
    fs::copy(&program, current.path().join(here)).unwrap();
    let beside = format!("siru-planted-beside-{}.dll", std::process::id());
    let file_beside = program.with_file_name(&beside);
    fs::copy(&program, &file_beside).unwrap();
    let before = env::current_dir().unwrap();
    env::set_current_dir(current.path()).unwrap();

    let planted = [here, &beside];
    let found_before = planted.map(loads);
    load_from_system_only().unwrap();
    let found = planted.map(loads);
    let system = loads("version.dll");

    env::set_current_dir(before).unwrap();
    fs::remove_file(file_beside).unwrap();
    assert_eq!(found_before, [true, true], "what is planted can be loaded");
    assert_eq!(found, [false, false]);
    assert!(system, "the system's own libraries are loaded as ever");
}

#[test]
fn windows_takes_what_it_is_asked_for() {
    report_no_memory().unwrap();
    assert_eq!(session().unwrap(), session().unwrap());
}
