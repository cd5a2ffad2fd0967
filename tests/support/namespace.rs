//! Other files in the place of the machine's, in the namespace that
//! [`with_readers`](crate::rig::with_readers) gives a test. Outside nobody sees them.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Puts an empty folder over one of the machine's.
///
/// # Panics
///
/// When this is no such namespace.
pub fn cover(folder: &Path) {
    mount(&["-t", "tmpfs", "tmpfs"], folder);
}

/// Puts a file into `/etc`.
///
/// # Panics
///
/// When this is no such namespace.
pub fn write_to_etc(path: &str, text: &str) {
    own_etc();
    let file = Path::new(ETC).join(path);
    let folder = file.parent().expect("below /etc");
    fs::create_dir_all(folder).expect("a private /etc");
    fs::write(&file, text).expect("a private /etc");
}

/// Makes `/etc` one that may be written: what is written goes with the test.
///
/// # Panics
///
/// When this is no such namespace.
pub fn own_etc() {
    fs::create_dir_all("/run/etc/upper").expect("a private /run");
    fs::create_dir_all("/run/etc/work").expect("a private /run");
    let layers = "lowerdir=/etc,upperdir=/run/etc/upper,workdir=/run/etc/work";
    mount(&["-t", "overlay", "overlay", "-o", layers], Path::new(ETC));
}

const ETC: &str = "/etc";

fn mount(arguments: &[&str], folder: &Path) {
    assert!(
        env::var_os("SIRU_PCSCD").is_some(),
        "not in a namespace of the test's own"
    );
    let mut command = Command::new("mount");
    let mounted = command.args(arguments).arg(folder).status();
    assert!(mounted.expect("mount starts").success(), "{command:?}");
}
