//! Do NSS and p11-kit read what `siru browser register` writes, and is it gone afterwards?
//!
//! The module is p11-kit's trust module under our name: what counts is that it is loaded. Every
//! test has `/etc` and p11-kit's folder to itself, in a namespace, and a home of its own.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use siru_tests::rig::{program, run};

/// A machine of its own, as far as registrations go.
struct Machine {
    folder: tempfile::TempDir,
}

/// Who runs a program on it.
#[derive(Clone, Copy)]
enum Who {
    Person,
    Administrator,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        for folder in ["etc", "modules", "home/.pki/nssdb"] {
            fs::create_dir_all(machine.path(folder)).expect("a folder");
        }
        let profile = machine.path("home/.mozilla/firefox/a.default");
        fs::create_dir_all(profile).expect("a folder");
        fs::write(
            machine.path("home/.mozilla/firefox/profiles.ini"),
            "[Profile0]\nName=default\nIsRelative=1\nPath=a.default\n",
        )
        .expect("profiles");
        machine
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Puts a module that NSS can load into a folder.
    fn install(&self, folder: &str) -> PathBuf {
        let trust = fs::read_dir("/usr/lib")
            .expect("/usr/lib")
            .map(|entry| {
                let folder = entry.expect("an entry").path();
                folder.join("pkcs11/p11-kit-trust.so")
            })
            .find(|module| module.is_file())
            .expect("p11-kit-modules is installed");
        fs::create_dir_all(self.path(folder)).expect("a folder");
        let module = self.path(folder).join("libsiru_pkcs11.so");
        fs::copy(trust, &module).expect("a copy");
        module
    }

    /// Runs a program that succeeds, and gives what it printed.
    fn run(&self, who: Who, words: &[&str]) -> String {
        let (code, text) = self.try_run(who, words);
        assert_eq!(code, Some(0), "{words:?}: {text}");
        text
    }

    fn try_run(&self, who: Who, words: &[&str]) -> (Option<i32>, String) {
        let user = match who {
            Who::Person => "exec unshare --map-user=1000 --map-group=1000",
            Who::Administrator => "exec",
        };
        let script = format!(
            "mount --bind \"$1/etc\" /etc &&
             mount --bind \"$1/modules\" /usr/share/p11-kit/modules &&
             shift && {user} \"$@\""
        );
        let mut command = Command::new("unshare");
        command
            .args(["--map-root-user", "--mount", "sh", "-c", &script, "sh"])
            .arg(self.folder.path())
            .args(words)
            .env("HOME", self.path("home"))
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_DATA_HOME");
        let output = run(&mut command, "");
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8_lossy(&text).into_owned();
        (output.status.code(), text)
    }

    fn siru(&self, who: Who, words: &[&str]) -> String {
        let (code, text) = self.try_siru(who, words);
        assert_eq!(code, Some(0), "{words:?}: {text}");
        text
    }

    fn try_siru(&self, who: Who, words: &[&str]) -> (Option<i32>, String) {
        let siru = program("siru").display().to_string();
        let line = [&[&*siru, "--lang", "en", "browser"], words].concat();
        self.try_run(who, &line)
    }

    fn register(&self, module: &Path) {
        let module = module.display().to_string();
        self.siru(Who::Person, &["register", "--module", &module]);
    }

    /// How the module stands for a program of the person.
    fn state(&self, program: &str, module: &Path) -> String {
        let module = module.display().to_string();
        let json = self.siru(Who::Person, &["status", "--json", "--module", &module]);
        let status: Value = serde_json::from_str(&json).expect("JSON");
        let mut places = status["programs"].as_array().expect("programs").iter();
        let place = places
            .find(|place| place["program"] == program && place["scope"] == "user")
            .expect("the program");
        place["state"].as_str().expect("a state").to_owned()
    }

    /// The modules that NSS reports, each as `name=library`, after loading them.
    fn nss_modules(&self, database: &str) -> Vec<String> {
        let folder = format!("sql:{}", self.path(database).display());
        let list = self.run(Who::Person, &["modutil", "-dbdir", &folder, "-list"]);
        let mut modules = Vec::new();
        let mut name = "";
        for line in list.lines().map(str::trim) {
            if let Some((_, title)) = line.split_once(". ") {
                name = title;
            }
            if let Some(library) = line.strip_prefix("library name: ") {
                modules.push(format!("{name}={library}"));
            }
            assert!(!line.contains("There are no slots"), "{list}");
        }
        modules
    }

    fn make_database(&self, folder: &str) {
        let folder = format!("sql:{}", self.path(folder).display());
        self.run(
            Who::Person,
            &["certutil", "-N", "-d", &folder, "--empty-password"],
        );
    }

    fn p11_kit(&self) -> String {
        self.run(Who::Person, &["p11-kit", "list-modules"])
    }
}

const DATABASE: &str = "home/.pki/nssdb";
const PROFILE: &str = "home/.mozilla/firefox/a.default";

#[test]
fn nss_and_p11_kit_load_what_is_registered_and_the_upgrade_of_it_and_forget_it() {
    let machine = Machine::new();
    let lists = [DATABASE, PROFILE].map(|folder| {
        machine.make_database(folder);
        let list = machine.path(folder).join("pkcs11.txt");
        (folder, list.clone(), fs::read(list).expect("a list"))
    });
    let (old, new) = (machine.install("old"), machine.install("new"));
    for module in [&old, &old, &new] {
        machine.register(module);
        for (folder, _, _) in &lists {
            let expected = format!("Siru={}", module.display());
            assert_eq!(machine.nss_modules(folder), [expected], "{folder}");
        }
        let expected = format!("siru: {}\n", module.display());
        let known = machine.p11_kit();
        assert!(known.contains(&expected), "{known}");
    }
    machine.siru(Who::Person, &["unregister"]);
    for (folder, list, before) in &lists {
        assert_eq!(&fs::read(list).expect("a list"), before, "{folder}");
    }
    assert!(!machine.p11_kit().contains("siru"));
}

#[test]
fn nss_makes_its_database_around_a_registration_that_came_first() {
    let machine = Machine::new();
    let module = machine.install("new");
    machine.register(&module);
    for folder in [DATABASE, PROFILE] {
        machine.make_database(folder);
        let expected = format!("Siru={}", module.display());
        assert_eq!(machine.nss_modules(folder), [expected], "{folder}");
    }
}

#[test]
fn what_nss_itself_registered_is_known_and_moved() {
    let machine = Machine::new();
    let (old, new) = (machine.install("old"), machine.install("new"));
    machine.make_database(DATABASE);
    let folder = format!("sql:{}", machine.path(DATABASE).display());
    let library = old.display().to_string();
    let add = ["modutil", "-force", "-dbdir", &folder, "-add", "My card"];
    machine.run(
        Who::Person,
        &[add.as_slice(), &["-libfile", &library]].concat(),
    );
    assert_eq!(machine.state("chromium", &new), "outdated");
    machine.register(&new);
    assert_eq!(machine.state("chromium", &new), "registered");
    let expected = format!("My card={}", new.display());
    assert_eq!(machine.nss_modules(DATABASE), [expected]);
}

#[test]
fn nss_reads_the_registration_in_a_list_however_it_ends() {
    let machine = Machine::new();
    let (ours, other) = (machine.install("new"), machine.path("other.so"));
    fs::copy(&ours, &other).expect("a copy");
    machine.make_database(DATABASE);
    let list = machine.path(DATABASE).join("pkcs11.txt");
    let internal = fs::read_to_string(&list).expect("a list");
    for end in ["", "\n", "\n\n", "\n\n\n"] {
        let before = format!("{internal}library={}\nname=Other{end}", other.display());
        fs::write(&list, &before).expect("a list");
        let others = machine.nss_modules(DATABASE);
        machine.register(&ours);
        let mut loaded = machine.nss_modules(DATABASE);
        loaded.retain(|module| *module != format!("Siru={}", ours.display()));
        assert_eq!(loaded, others, "{end:?}");
        assert_eq!(machine.nss_modules(DATABASE).len(), others.len() + 1);
        machine.siru(Who::Person, &["unregister"]);
        assert_eq!(fs::read_to_string(&list).expect("a list"), before);
    }
}

#[test]
fn an_entry_that_nss_reads_is_known_in_every_spelling() {
    let machine = Machine::new();
    let (old, new) = (machine.install("old"), machine.install("new"));
    machine.make_database(DATABASE);
    let list = machine.path(DATABASE).join("pkcs11.txt");
    let internal = fs::read_to_string(&list).expect("a list");
    for entry in [
        "library=OLD\r\nname=My card\r\n\r\n",
        "Library=OLD\nName=My card\n\n",
        "library=\"OLD\"\nname=\"My card\"\n\n",
        "LIBRARY=\"OLD\"\r\n NAME=My card\r\n\r\n",
    ] {
        let entry = entry.replace("OLD", &old.display().to_string());
        fs::write(&list, format!("{internal}{entry}")).expect("a list");
        let expected = format!("My card={}", old.display());
        assert_eq!(machine.nss_modules(DATABASE), [expected], "{entry:?}");
        machine.register(&new);
        let expected = format!("My card={}", new.display());
        assert_eq!(machine.nss_modules(DATABASE), [expected], "{entry:?}");
        machine.siru(Who::Person, &["unregister"]);
        assert_eq!(fs::read_to_string(&list).expect("a list"), internal);
    }
}

#[test]
fn p11_kit_and_status_agree_on_who_does_not_want_the_module() {
    let machine = Machine::new();
    let module = machine.install("new");
    let path = module.display().to_string();
    let line = ["register", "--system", "--module", &path];
    machine.siru(Who::Administrator, &line);
    let person = "home/.config/pkcs11/modules/siru.module";
    for file in [person, "etc/pkcs11/modules/siru.module"] {
        let file = machine.path(file);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        for (text, expected) in [
            ("enable-in: nobody\n", false),
            ("disable-in: p11-kit\n", false),
            ("enable-in: wget, p11-kit\n", true),
            ("module:\n", false),
        ] {
            fs::write(&file, text).expect("a file");
            machine.register(&module);
            assert_eq!(fs::read_to_string(&file).expect("a file"), text);
            assert_eq!(machine.p11_kit().contains("siru"), expected, "{text}");
            assert_eq!(machine.state("p11-kit", &module), "limited", "{text}");
        }
        fs::remove_file(&file).expect("a file");
    }
    assert_eq!(machine.state("p11-kit", &module), "for-everyone");
}

#[test]
fn what_an_administrator_registers_reaches_everyone_once() {
    let machine = Machine::new();
    let module = machine.install("new");
    machine.register(&module);
    let path = module.display().to_string();
    machine.siru(
        Who::Administrator,
        &["register", "--system", "--module", &path],
    );
    assert_eq!(machine.state("p11-kit", &module), "registered");
    machine.register(&module);
    assert_eq!(machine.state("p11-kit", &module), "for-everyone");
    assert_eq!(machine.state("firefox", &module), "by-policy");
    let known = machine.p11_kit();
    assert_eq!(known.matches("libsiru_pkcs11.so").count(), 1, "{known}");
    let policy = machine.path("etc/firefox/policies/policies.json");
    let policy = fs::read_to_string(policy).expect("a policy");
    let policy: Value = serde_json::from_str(&policy).expect("JSON");
    assert_eq!(policy["policies"]["SecurityDevices"]["Add"]["Siru"], *path);
    machine.siru(Who::Administrator, &["unregister", "--system"]);
    assert!(!machine.path("modules/siru.module").exists());
    assert!(!machine.path("etc/firefox/policies/policies.json").exists());
}

#[test]
fn who_may_not_register_for_everyone_is_told_so_and_nothing_is_left_behind() {
    let machine = Machine::new();
    let module = machine.install("new").display().to_string();
    for folder in ["etc", "modules"] {
        let read_only = fs::Permissions::from_mode(0o555);
        fs::set_permissions(machine.path(folder), read_only).expect("a mode");
    }
    let line = ["register", "--system", "--module", &module];
    let (code, told) = machine.try_siru(Who::Person, &line);
    assert_eq!(code, Some(1), "{told}");
    assert_eq!(
        told.matches("You may not write this file.").count(),
        2,
        "{told}"
    );
    for folder in ["etc", "modules"] {
        let left = fs::read_dir(machine.path(folder)).expect("a folder");
        assert_eq!(left.count(), 0, "{folder}");
    }
}
