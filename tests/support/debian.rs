//! The Debian packages, and a clean Debian 12 in which to install them.

use std::any::type_name;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::rig::support;

/// The folder with what `make deb` made.
///
/// # Panics
///
/// When it was not made.
#[must_use]
pub fn packages() -> PathBuf {
    let folder = target().join("deb/debian");
    assert!(
        folder.is_dir(),
        "{} is missing: run `make deb`",
        folder.display()
    );
    folder
}

/// One of the packages.
///
/// # Panics
///
/// When it was not made, or is there in several versions.
#[must_use]
pub fn package(name: &str) -> PathBuf {
    let files = fs::read_dir(packages()).expect("a folder");
    let paths = files.map(|file| file.expect("a file").path());
    let ours: Vec<_> = paths
        .filter(|path| file_name(path).starts_with(&format!("{name}_")))
        .collect();
    let [package] = ours.as_slice() else {
        panic!("{name}: {ours:?}");
    };
    package.clone()
}

/// The folder of everything that is built.
///
/// # Panics
///
/// When this program lies elsewhere.
#[must_use]
pub fn target() -> PathBuf {
    let test = env::current_exe().expect("this program");
    test.ancestors().nth(3).expect("target").to_owned()
}

/// What a program prints that must succeed.
///
/// # Panics
///
/// When it does not.
pub fn printed(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {text}{error}");
    text
}

/// A clean Debian, for one test.
pub struct Debian {
    root: PathBuf,
}

/// A file as the comparison of two moments sees it: kind and mode, owner, contents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Kind and permissions, as `stat` has them.
    pub mode: u32,
    /// User and group.
    pub owner: (u32, u32),
    contents: String,
}

impl Debian {
    /// A path in it, as seen from here.
    #[must_use]
    pub fn path(&self, absolute: &str) -> PathBuf {
        self.root.join(absolute.trim_start_matches('/'))
    }

    /// A program in it, run by its administrator.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("chroot");
        command
            .arg(&self.root)
            .arg(program)
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("HOME", "/root")
            .env("LC_ALL", "C.UTF-8")
            .env("DEBIAN_FRONTEND", "noninteractive");
        command
    }

    /// What a program in it prints that must succeed.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn run(&self, program: &str, arguments: &[&str]) -> String {
        printed(self.command(program).args(arguments))
    }

    /// Has apt do something without asking; there is no network, so it cannot fetch either.
    ///
    /// # Panics
    ///
    /// When it fails.
    pub fn apt(&self, action: &str, what: &[&str]) -> String {
        let mut arguments = vec!["--yes", "--option=Dpkg::Options::=--force-confold", action];
        arguments.extend(what);
        self.run("apt-get", &arguments)
    }

    /// Where a package lies in it, as apt wants it.
    ///
    /// # Panics
    ///
    /// When it was not made.
    #[must_use]
    pub fn packaged(&self, name: &str) -> String {
        format!("/packages/{}", file_name(&package(name)))
    }

    /// Whether a package is installed.
    #[must_use]
    pub fn has(&self, package: &str) -> bool {
        let mut query = self.command("dpkg-query");
        query.args(["--show", "--showformat=${db:Status-Status}", package]);
        let output = query.output().expect("dpkg-query starts");
        output.stdout == b"installed"
    }

    /// Every file in it, but what the package manager and its programs note for themselves.
    ///
    /// # Panics
    ///
    /// When one cannot be read.
    #[must_use]
    pub fn files(&self) -> BTreeMap<String, Entry> {
        let mut files = BTreeMap::new();
        self.collect("", &mut files);
        files
    }

    fn collect(&self, folder: &str, files: &mut BTreeMap<String, Entry>) {
        for entry in fs::read_dir(self.path(folder)).expect("a folder") {
            let entry = entry.expect("a file");
            let name = entry.file_name().into_string().expect("UTF-8");
            let path = format!("{folder}/{name}");
            if NOTES.contains(&path.as_str()) {
                continue;
            }
            let metadata = entry.metadata().expect("a file");
            let contents = if metadata.is_symlink() {
                let target = fs::read_link(entry.path()).expect("a link");
                target.display().to_string()
            } else if metadata.is_file() {
                let bytes = fs::read(entry.path()).expect("a file");
                format!("{:x?}", Sha256::digest(bytes))
            } else {
                String::new()
            };
            let mode = metadata.permissions().mode();
            let owner = (metadata.uid(), metadata.gid());
            let is_folder = metadata.is_dir();
            files.insert(
                path.clone(),
                Entry {
                    mode,
                    owner,
                    contents,
                },
            );
            if is_folder {
                self.collect(&path, files);
            }
        }
    }
}

/// Runs `test` beside a clean Debian with the packages in `/packages`: in a process of its own, or right
/// here if this is that process.
///
/// # Panics
///
/// When the test fails, or no Debian can be made.
pub fn with_debian<Test: FnOnce(&Debian)>(test: Test) {
    if let Some(root) = env::var_os("SIRU_DEBIAN") {
        return test(&Debian { root: root.into() });
    }
    let (_, name) = type_name::<Test>().split_once("::").expect("a path");
    let name = name.trim_end_matches("::{{closure}}");
    let output = Command::new(support("with-debian.sh"))
        .arg(target().join("debian"))
        .arg(packages())
        .arg(env::current_exe().expect("this program"))
        .args([name, "--exact", "--nocapture"])
        .output()
        .expect("with-debian.sh starts");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}", output.status);
    assert!(text.contains("1 passed"), "{name} was not run");
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().expect("a file");
    name.to_string_lossy().into_owned()
}

/// What is there without any package, or kept by apt and dpkg about all of them.
const NOTES: [&str; 12] = [
    "/dev",
    "/etc/ld.so.cache",
    "/packages",
    "/proc",
    "/run",
    "/site",
    "/sys",
    "/tmp",
    "/var/cache",
    "/var/lib/apt",
    "/var/lib/dpkg",
    "/var/log",
];
