//! Registration on machines made of temporary folders.
#![allow(clippy::panic, reason = "a test stops where it breaks")]
#![cfg_attr(
    not(unix),
    allow(dead_code, reason = "machines with Linux are made on one")
)]

#[cfg(unix)]
mod lists;
#[cfg(unix)]
mod p11_kit;
#[cfg(unix)]
mod places;
#[cfg(unix)]
mod policies;
#[cfg(unix)]
mod rounds;
mod windows;

use std::fs;
#[cfg(unix)]
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::*;

/// A machine in a temporary folder, with our module installed on it.
struct World {
    folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let world = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        world.install(INSTALLED_FOLDER);
        world
    }

    /// One with everything that can be registered: two profiles, Chromium and its database.
    fn full() -> Self {
        let world = Self::new();
        world.put("usr/lib/firefox-esr/firefox-esr", "");
        world.put("usr/lib/chromium/chromium", "");
        world.put("home/.mozilla/firefox/profiles.ini", PROFILES);
        world.put("home/.mozilla/firefox/a.default-esr/pkcs11.txt", INTERNAL);
        world.put("home/.mozilla/firefox/b.work/prefs.js", "");
        world.put("home/.pki/nssdb/pkcs11.txt", INTERNAL);
        world
    }

    fn machine(&self) -> Machine {
        Machine::at(self.root(), self.root().join("home"))
    }

    fn module(&self) -> Module {
        Module::of(&self.machine()).unwrap()
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("root")
    }

    fn install(&self, folder: &str) -> Module {
        let path = Path::new(folder).join(FILE_NAME);
        let path = path.strip_prefix("/").unwrap();
        self.put(path.to_str().unwrap(), "");
        Module::at(&self.root().join(path)).unwrap()
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn text(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.root().join(path)).ok()
    }

    fn register(&self, scope: Scope) -> Vec<Changed> {
        register(&self.machine(), &self.module(), scope)
    }

    fn unregister(&self, scope: Scope) -> Vec<Changed> {
        unregister(&self.machine(), &self.module(), scope)
    }

    /// How our module stands in the file `path`.
    fn state(&self, path: &str) -> State {
        self.at(path).state
    }

    fn at(&self, path: &str) -> Registration {
        let found = survey(&self.machine(), &self.module());
        let place = self.root().join(path);
        let mut here = found.into_iter().filter(|found| found.place == place);
        here.next().unwrap_or_else(|| panic!("{path} is no place"))
    }

    /// Every file of the world with its text.
    fn everything(&self) -> Vec<(PathBuf, Option<String>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.root()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !path.is_symlink() {
                    folders.push(path);
                } else {
                    let text = fs::read_to_string(&path).ok();
                    files.push((path, text));
                }
            }
        }
        files.sort();
        files
    }

    /// Runs Firefox with a profile, as far as its lock tells.
    #[cfg(unix)]
    fn lock(&self, profile: &str) {
        fs::create_dir_all(self.root().join("proc/4711")).unwrap();
        let lock = self.root().join(profile).join("lock");
        symlink("127.0.0.1:+4711", lock).unwrap();
    }
}

/// What was done, in order.
fn changes(changed: &[Changed]) -> Vec<Change> {
    changed
        .iter()
        .map(|one| *one.change.as_ref().expect("no failure"))
        .collect()
}

const PROFILES: &str = "[Profile1]\nName=work\nIsRelative=1\nPath=b.work\n\n\
     [Profile0]\nName=default-esr\nIsRelative=1\nPath=a.default-esr\nDefault=1\n";

const PROFILE_A: &str = "home/.mozilla/firefox/a.default-esr/pkcs11.txt";
const PROFILE_B: &str = "home/.mozilla/firefox/b.work/pkcs11.txt";
const DATABASE: &str = "home/.pki/nssdb/pkcs11.txt";
const USER_MODULE: &str = "home/.config/pkcs11/modules/siru.module";
const SYSTEM_MODULE: &str = "usr/share/p11-kit/modules/siru.module";
const POLICY: &str = "etc/firefox/policies/policies.json";

/// What NSS writes into a database of its own.
const INTERNAL: &str = "library=\nname=NSS Internal PKCS #11 Module\n\
     parameters=configdir='sql:/home/a/.pki/nssdb' certPrefix='' keyPrefix='' \
     secmod='secmod.db' flags= updatedir='' updateCertPrefix='' updateKeyPrefix='' \
     updateid='' updateTokenDescription='' \n\
     NSS=Flags=internal,critical trustOrder=75 cipherOrder=100 \
     slotParams=(1={slotFlags=[ECC,RSA,DSA,DH] askpw=any timeout=30})\n\n";

const PROXY: &str = "library=/usr/lib/x86_64-linux-gnu/p11-kit-proxy.so\nname=p11-kit-proxy\n\n";
