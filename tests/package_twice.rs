//! Are the packages the same, byte for byte, when they are made in another folder from the same source?
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use siru_tests::debian::{package, packages, printed, target};

/// A copy of what belongs to the source, as a fresh check-out has it.
fn copy_source(to: &Path) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut git = Command::new("git");
    git.current_dir(&root)
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"]);
    let listed = printed(&mut git);
    for file in listed.split_terminator('\0') {
        let (from, to) = (root.join(file), to.join(file));
        // Deleted, and not committed yet.
        if !from.exists() {
            continue;
        }
        fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        // What did not change keeps its time, so that another run compiles nothing twice.
        if fs::read(&to).ok() != fs::read(&from).ok() {
            fs::copy(&from, &to).expect("a copy");
        }
        let permissions = fs::metadata(&from).expect("a file").permissions();
        fs::set_permissions(&to, permissions).expect("a copy");
    }
}

/// The second build shares nothing with the first but the compiler and the crates' sources: other folders
/// for the source and for what is made of it, at another depth.
#[test]
fn two_builds_in_two_folders_are_the_same() {
    let start = Instant::now();
    let folder = target().join("deb-again");
    let source = folder.join("some where/else/siru");
    copy_source(&source);
    let made = folder.join("what was made");
    let mut build = Command::new(source.join("packaging/deb/build"));
    build
        .arg(&made)
        .current_dir("/")
        // Only the tools come from here.
        .env("CARGO_TARGET_DIR", target())
        .env("TZ", "Pacific/Auckland")
        .env("LC_ALL", "C");
    printed(&mut build);
    println!("the second build: {:?}", start.elapsed());
    let folder = fs::read_dir(packages()).expect("the packages");
    assert_eq!(folder.count(), 2);
    for name in ["siru", "siru-sim"] {
        let first = package(name);
        let second = made.join("debian").join(first.file_name().expect("a name"));
        let same = fs::read(&first).expect("it") == fs::read(&second).expect("the other");
        assert!(
            same,
            "{} differs from {}",
            second.display(),
            first.display()
        );
    }
}
