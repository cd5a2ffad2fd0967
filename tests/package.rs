//! Do the Debian packages hold what they should and no more: modes, hardened programs, whose work is in
//! them, and files for the desktop that its own tools accept?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use siru_tests::debian::{package, printed};
use tempfile::TempDir;

const PACKAGES: [&str; 2] = ["siru", "siru-sim"];

/// The crates of ours whose programs a package holds.
fn crates(name: &str) -> &'static [&'static str] {
    match name {
        "siru" => &["siru-cli", "siru-desktop", "siru-tray", "siru-pkcs11"],
        _ => &["siru-sim"],
    }
}

fn unpacked(name: &str) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    printed(
        Command::new("dpkg-deb")
            .arg("--raw-extract")
            .arg(package(name))
            .arg(folder.path()),
    );
    folder
}

fn field(name: &str, field: &str) -> String {
    let mut command = Command::new("dpkg-deb");
    printed(command.arg("--field").arg(package(name)).arg(field))
        .trim()
        .to_owned()
}

fn text(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("the source")
}

/// The programs and the module in an unpacked package.
fn elf_files(name: &str, folder: &Path) -> Vec<PathBuf> {
    let names: &[&str] = match name {
        "siru" => &[
            "usr/bin/siru",
            "usr/bin/siru-desktop",
            "usr/bin/siru-tray",
            "usr/lib/siru/libsiru_pkcs11.so",
        ],
        _ => &["usr/bin/siru-sim"],
    };
    names.iter().map(|name| folder.join(name)).collect()
}

/// The crates of others that end up in a package's programs, as `NAME-VERSION`.
fn linked(name: &str) -> BTreeSet<String> {
    let mut tree = Command::new(env!("CARGO"));
    tree.current_dir(root())
        .args(["tree", "--locked", "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "none", "--format", "{p}"])
        .args(["--target", "x86_64-unknown-linux-gnu"]);
    for member in crates(name) {
        tree.args(["--package", member]);
    }
    let listed = printed(&mut tree);
    let others = listed.lines().filter(|line| !line.contains(" (/"));
    others
        .filter_map(|line| {
            let mut words = line.split(' ');
            let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
            Some(format!("{name}-{version}"))
        })
        .collect()
}

#[test]
fn lintian_finds_nothing() {
    let mut lintian = Command::new("lintian");
    lintian.args(["--allow-root", "--fail-on", "error,warning"]);
    let said = printed(lintian.args(PACKAGES.map(package)));
    assert_eq!(said, "");
}

#[test]
fn nothing_in_them_surprises() {
    for name in PACKAGES {
        let listed = printed(
            Command::new("dpkg-deb")
                .arg("--contents")
                .arg(package(name)),
        );
        let mut files = 0;
        for line in listed.lines() {
            let words: Vec<_> = line.split_whitespace().collect();
            let (mode, owner, path) = (words[0], words[1], words[5]);
            assert_eq!(owner, "0/0", "{line}");
            let expected = match path {
                _ if path.ends_with('/') => "drwxr-xr-x",
                _ if path.starts_with("./usr/bin/") => "-rwxr-xr-x",
                _ => "-rw-r--r--",
            };
            assert_eq!(mode, expected, "{line}");
            files += usize::from(!path.ends_with('/'));
        }
        assert!(files > 5, "{listed}");
        // No script of ours runs when packages come and go.
        let folder = unpacked(name);
        let control: BTreeSet<_> = fs::read_dir(folder.path().join("DEBIAN"))
            .expect("control files")
            .map(|file| file.expect("a file").file_name())
            .collect();
        for file in &control {
            assert!(file == "control" || file == "conffiles", "{file:?}");
        }
        assert_eq!(control.len(), if name == "siru" { 2 } else { 1 });
    }
}

#[test]
fn versions_agree() {
    let version = env!("CARGO_PKG_VERSION");
    for name in PACKAGES {
        assert_eq!(field(name, "Version"), format!("{version}-1"));
        for list in ["Depends", "Recommends"] {
            assert!(!field(name, list).contains("siru"), "{name}: {list}");
        }
    }
    let changelog = text(root().join("packaging/deb/changelog"));
    assert!(changelog.starts_with(&format!("siru ({version}-1) ")));
    let metainfo = text(root().join("assets/fi.siru.Siru.metainfo.xml"));
    let (_, releases) = metainfo.split_once("<releases>").expect("releases");
    let newest = format!("<release version=\"{version}\"");
    assert!(releases.trim_start().starts_with(&newest), "{releases}");
}

/// Position-independent, read-only after linking, no code on the stack, no places of its own for
/// libraries; and the C in it watches its stack.
#[test]
fn programs_are_hardened() {
    for name in PACKAGES {
        let folder = unpacked(name);
        for file in elf_files(name, folder.path()) {
            let about = file.display();
            let read = |what| printed(Command::new("readelf").args(["--wide", what]).arg(&file));
            assert!(read("--file-header").contains("DYN ("), "{about}");
            let segments = read("--program-headers");
            assert!(segments.contains("GNU_RELRO"), "{about}");
            let stack = segments.lines().find(|line| line.contains("GNU_STACK"));
            let stack = stack.unwrap_or_else(|| panic!("{about}: {segments}"));
            assert!(
                stack.contains(" RW ") && !stack.contains("RWE"),
                "{about}: {stack}"
            );
            let dynamic = read("--dynamic");
            assert!(dynamic.contains("BIND_NOW"), "{about}: {dynamic}");
            for word in ["RPATH", "RUNPATH", "TEXTREL"] {
                assert!(!dynamic.contains(word), "{about}: {dynamic}");
            }
            assert!(
                read("--section-headers").contains(".dep-v0"),
                "{about}: no list of crates"
            );
            let has_c = ["siru", "siru-desktop"]
                .iter()
                .any(|name| file.ends_with(name));
            if has_c {
                let symbols = read("--dyn-syms");
                assert!(symbols.contains("__stack_chk_fail"), "{about}");
            }
        }
    }
}

#[test]
fn no_path_of_this_machine_is_in_them() {
    let home = env::var("HOME").expect("a home folder");
    let cargo = env::var("CARGO_HOME").unwrap_or_else(|_| format!("{home}/.cargo"));
    let source = root().display().to_string();
    for name in PACKAGES {
        let folder = unpacked(name);
        let mut files = elf_files(name, folder.path());
        files.extend(bills(name, folder.path()));
        for file in files {
            let bytes = fs::read(&file).expect("a file");
            for path in [&cargo, &source] {
                let found = memchr::memmem::find(&bytes, path.as_bytes());
                assert_eq!(found, None, "{path} in {}", file.display());
            }
        }
    }
}

fn bills(name: &str, folder: &Path) -> Vec<PathBuf> {
    let bills = folder.join("usr/share/doc").join(name).join("sbom");
    let files = fs::read_dir(bills).expect("bills of materials");
    files.map(|file| file.expect("a file").path()).collect()
}

/// Every crate that is linked is named: under its terms in the copyright, with its licence files, and in a
/// bill of materials. Nothing of ours is taken for somebody else's.
#[test]
fn everybody_is_named() {
    for (name, least) in [("siru", 250), ("siru-sim", 40)] {
        let wanted = linked(name);
        assert!(wanted.len() > least, "{wanted:?}");
        let folder = unpacked(name);
        let doc = folder.path().join("usr/share/doc").join(name);
        let copyright = text(doc.join("copyright"));
        let named: BTreeSet<String> = copyright
            .lines()
            .filter_map(|line| line.strip_prefix("Files: crates/")?.strip_suffix("/*"))
            .map(str::to_owned)
            .collect();
        assert_eq!(named, wanted, "{name}: copyright");
        let licences = doc.join("third-party-licences.txt.gz");
        let licences = printed(Command::new("zcat").arg(licences));
        let mut billed = BTreeSet::new();
        for bill in bills(name, folder.path()) {
            let bill: Value = serde_json::from_str(&text(bill)).expect("JSON");
            assert_eq!(bill["bomFormat"], "CycloneDX");
            for component in bill["components"].as_array().expect("components") {
                let part = |key: &str| component[key].as_str().expect("text").to_owned();
                billed.insert(format!("{}-{}", part("name"), part("version")));
            }
        }
        for component in &wanted {
            assert!(
                licences.contains(&format!("\n{component}: ")),
                "{component}"
            );
            assert!(billed.contains(component), "{component} is on no bill");
        }
    }
}

#[test]
fn the_desktop_takes_its_files() {
    let folder = unpacked("siru");
    let share = folder.path().join("usr/share");
    let etc = folder.path().join("etc/xdg/autostart");
    let entries = [
        share.join("applications/fi.siru.Siru.desktop"),
        etc.join("fi.siru.Siru.Browsers.desktop"),
        etc.join("fi.siru.Siru.Tray.desktop"),
    ];
    for entry in &entries {
        let said = printed(Command::new("desktop-file-validate").arg(entry));
        assert_eq!(said, "", "{}", entry.display());
        let text = text(entry);
        for key in ["Name[fi]=", "Name[sv]=", "Comment[fi]=", "Comment[sv]="] {
            assert!(text.contains(key), "{key} in {}", entry.display());
        }
        let command = text.lines().find_map(|line| line.strip_prefix("Exec="));
        let program = command.and_then(|command| command.split(' ').next());
        let program = folder
            .path()
            .join("usr/bin")
            .join(program.expect("a program"));
        assert!(program.is_file(), "{}", program.display());
    }
    let metainfo = share.join("metainfo/fi.siru.Siru.metainfo.xml");
    let mut appstream = Command::new("appstreamcli");
    printed(
        appstream
            .args(["validate", "--no-net", "--pedantic"])
            .arg(metainfo),
    );
    for size in ["16x16", "32x32", "48x48", "64x64", "128x128", "256x256"] {
        let icon = share.join(format!("icons/hicolor/{size}/apps/fi.siru.Siru.png"));
        let kind = fs::read(&icon).expect("an icon");
        // The width stands big-endian in the first chunk.
        let width = u32::from_be_bytes([kind[16], kind[17], kind[18], kind[19]]);
        assert!(size.starts_with(&format!("{width}x")), "{}", icon.display());
    }
    let module = text(share.join("p11-kit/modules/siru.module"));
    assert!(
        module.contains("\nmodule: /usr/lib/siru/libsiru_pkcs11.so\n"),
        "{module}"
    );
}

/// The files below a folder, by their names from there.
fn below(folder: &Path) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                found.insert(path.strip_prefix(folder).expect("below it").to_owned());
            }
        }
    }
    found
}

/// What the administrators' manual names lies beside it, and is what the source has.
#[test]
fn the_manual_leads_to_what_is_installed() {
    let folder = unpacked("siru");
    let doc = folder.path().join("usr/share/doc/siru");
    let mut links = 0;
    for name in [
        "README.administrators.md",
        "README.installer.md",
        "SECURITY.md",
    ] {
        for link in text(doc.join(name)).split("](").skip(1) {
            let (target, _) = link.split_once(')').expect("a closed link");
            assert!(
                target.contains("://") || doc.join(target).exists(),
                "{name}: {target}"
            );
            links += 1;
        }
    }
    assert!(links > 5, "{links}");
    for name in ["schema", "policy"] {
        let source = root().join("packaging").join(name);
        let files = below(&source);
        assert!(files.len() >= 4, "{files:?}");
        assert_eq!(below(&doc.join(name)), files);
        for file in files {
            let shipped = text(doc.join(name).join(&file));
            assert_eq!(shipped, text(source.join(&file)), "{}", file.display());
        }
    }
}

/// What administrators copy must be what the programs that read it understand.
#[test]
fn examples_are_json_with_our_module() {
    let folder = unpacked("siru");
    let examples = folder.path().join("usr/share/doc/siru/examples");
    let firefox = text(examples.join("firefox-policies.json"));
    let firefox: Value = serde_json::from_str(&firefox).expect("JSON");
    assert_eq!(
        firefox["policies"]["SecurityDevices"]["Add"]["Siru"],
        "/usr/lib/siru/libsiru_pkcs11.so"
    );
    let chromium = text(examples.join("chromium-policies.json"));
    let chromium: Value = serde_json::from_str(&chromium).expect("JSON");
    let rules = chromium["AutoSelectCertificateForUrls"].as_array();
    for rule in rules.expect("rules") {
        let rule: Value = serde_json::from_str(rule.as_str().expect("text")).expect("JSON");
        assert!(
            rule["pattern"].is_string() && rule["filter"].is_object(),
            "{rule}"
        );
    }
}
