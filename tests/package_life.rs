//! Does a clean Debian 12 take the packages, do the installed programs work there and nowhere else's, and
//! does everything go again? Installed, used, upgraded, removed and purged by apt.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use siru_tests::debian::{Debian, printed, with_debian};
use siru_tests::login::V4;
use siru_tests::rig::{run, support, wait_until};
use siru_tests::site::{Offer, Site, Verify};

/// A program in the background, ended with the test.
struct Background(Child);

impl Background {
    fn start(command: &mut Command) -> Self {
        let quiet = command.stdin(Stdio::piped()).stdout(Stdio::null());
        Self(quiet.spawn().expect("the program starts"))
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn listed(debian: &Debian) -> Value {
    let mut siru = debian.command("siru");
    let output = siru.args(["list", "--json"]).output().expect("siru starts");
    serde_json::from_slice(&output.stdout).unwrap_or_default()
}

/// What the window loads when it starts must come with the package, and be there without anything else.
fn expect_libraries(debian: &Debian) {
    let program = fs::read(debian.path("/usr/bin/siru-desktop")).expect("the program");
    let cache = debian.run("ldconfig", &["--print-cache"]);
    let mut names = BTreeSet::new();
    for start in memchr::memmem::find_iter(&program, b"lib") {
        let rest = &program[start..program.len().min(start + 40)];
        let end = rest
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && !b"-_.".contains(byte));
        let name = String::from_utf8_lossy(&rest[..end.unwrap_or(rest.len())]);
        // Names without a version are asked for only where those with one are missing.
        if let Some((_, version)) = name.split_once(".so.")
            && let Some(digits) = version.chars().next().filter(char::is_ascii_digit)
        {
            let (library, _) = name.split_once(".so.").expect("split before");
            names.insert(format!("{library}.so.{digits}"));
        }
    }
    assert!(names.contains("libxkbcommon.so.0"), "{names:?}");
    for name in &names {
        assert!(cache.contains(name), "{name} is missing of {names:?}");
    }
}

fn show_window(debian: &Debian) {
    let mut display = Command::new(support("with-display.sh"));
    display
        .arg(support("show-window.sh"))
        .arg("chroot")
        .arg(debian.path("/"))
        .args(["siru-desktop", "--demo"]);
    let seen = printed(&mut display);
    assert!(seen.contains("colours"), "{seen}");
}

/// By p11-kit's configuration alone: nobody tells wget about a module.
fn log_in(debian: &Debian) {
    let folder = debian.path("/site");
    fs::create_dir_all(&folder).expect("a folder");
    let site = Site::start(&folder);
    for offer in Offer::ALL {
        let said = debian.run(
            "wget",
            &[
                "--quiet",
                "--output-document=-",
                "--tries=1",
                "--ca-certificate=/site/authority.pem",
                "--certificate=pkcs11:id=%45;type=cert",
                "--private-key=pkcs11:id=%45;type=private?pin-value=1234",
                &site.url(offer, "/"),
            ],
        );
        assert!(said.contains("verify=SUCCESS"), "{offer:?}: {said}");
        let seen = site.log.wait_for("a log-in", |seen| {
            seen.port == site.port(offer) && seen.verify == Verify::Success
        });
        assert!(seen.subject.contains(V4.subject), "{seen:?}");
        assert_eq!(seen.serial, V4.serial.to_string());
    }
}

/// What the session of a person would start, as the file says it.
fn started(debian: &Debian, entry: &str) -> Output {
    let path = debian.path(&format!("/etc/xdg/autostart/fi.siru.Siru.{entry}.desktop"));
    let text = fs::read_to_string(path).expect("the entry");
    let line = text.lines().find_map(|line| line.strip_prefix("Exec="));
    let mut session = debian.command("runuser");
    session.args(["--login", "anna", "--command"]);
    let output = run(session.arg(line.expect("a command")), "");
    assert!(output.status.success(), "{entry}: {output:?}");
    output
}

/// The entries for sessions do nothing until somebody decides: both end at once. Turned on by the
/// machine, the one of the browsers registers the module with the person's browsers.
fn begin_session(debian: &Debian) {
    debian.run("useradd", &["--create-home", "anna"]);
    let home = debian.path("/home/anna");
    let said = started(debian, "Tray");
    assert!(said.stdout.is_empty() && said.stderr.is_empty(), "{said:?}");
    assert!(!home.join(".config").exists(), "settings nobody made");

    // Enough of a browser for who looks where its program lies.
    let browser = debian.path("/usr/lib/chromium/chromium");
    fs::create_dir_all(browser.parent().expect("a folder")).expect("a folder");
    fs::write(browser, "").expect("a file");
    started(debian, "Browsers");
    assert!(!home.join(".pki").exists(), "registered unasked");
    let decided = settings(debian).replace("#register = false", "register = true");
    fs::write(debian.path(SETTINGS), decided).expect("settings");
    for _twice in 0..2 {
        started(debian, "Browsers");
        let modules = fs::read_to_string(home.join(".pki/nssdb/pkcs11.txt")).expect("modules");
        let ours = "library=/usr/lib/siru/libsiru_pkcs11.so\n";
        assert_eq!(modules.matches(ours).count(), 1, "{modules}");
    }
}

/// As administrators install who want no more than must be.
fn install_alone(debian: &Debian, name: &str) {
    let package = debian.packaged(name);
    let install = ["--yes", "--no-install-recommends", "install", &package];
    debian.run("apt-get", &install);
}

#[test]
fn what_must_be_there_is_enough_for_the_window() {
    with_debian(|debian| {
        install_alone(debian, "siru");
        expect_libraries(debian);
        show_window(debian);
    });
}

#[test]
fn installed_programs_work() {
    with_debian(|debian| {
        debian.apt("install", &[&debian.packaged("siru")]);
        assert!(debian.has("siru") && debian.has("pcscd"));
        assert!(!debian.has("siru-sim"), "the simulator was pulled in");
        assert_eq!(
            debian.run("siru", &["--version"]).trim(),
            format!("siru {}", env!("CARGO_PKG_VERSION"))
        );

        begin_session(debian);

        debian.apt(
            "install",
            &[&debian.packaged("siru-sim"), "vsmartcard-vpcd"],
        );
        let _service = Background::start(debian.command("pcscd").arg("--foreground"));
        wait_until("the service", || {
            debian.path("/run/pcscd/pcscd.comm").exists()
        });
        let _card = Background::start(debian.command("siru-sim").args(["--image", "v4"]));
        wait_until("the card", || {
            listed(debian)["readers"][0]["state"] == "card"
        });
        let list = listed(debian);
        let card = &list["readers"][0]["card"];
        assert_eq!(list["version"], 1);
        assert_eq!(card["profile"], "fineid-v4");
        assert_eq!(card["objects"][0]["tries_left"], 5);
        assert_eq!(card["certificates"][0]["key"], "P-384");
        log_in(debian);

        let status = debian.run("siru", &["--lang", "en", "browser", "status"]);
        assert!(
            status.contains("/usr/lib/siru/libsiru_pkcs11.so"),
            "{status}"
        );
    });
}

/// The package of a version before, with the same programs: another file of settings, and a file that
/// later versions do not have.
fn make_older(debian: &Debian) {
    debian.run(
        "dpkg-deb",
        &["-R", &debian.packaged("siru"), "/packages/old"],
    );
    let control = debian.path("/packages/old/DEBIAN/control");
    let text = fs::read_to_string(&control).expect("a control file");
    let version = text
        .lines()
        .find(|line| line.starts_with("Version: "))
        .expect("a version");
    fs::write(&control, text.replace(version, "Version: 0.0.9-1")).expect("a control file");
    let settings = debian.path("/packages/old/etc/siru/config.toml");
    fs::write(settings, "# As 0.0.9 had it.\n").expect("settings");
    let obsolete = debian.path(&format!("/packages/old{OBSOLETE}"));
    fs::create_dir_all(obsolete.parent().expect("a folder")).expect("a folder");
    fs::write(obsolete, "gone with 0.1.0\n").expect("a file");
    let build = ["--root-owner-group", "--build", "/packages/old", OLDER];
    debian.run("dpkg-deb", &build);
}

fn settings(debian: &Debian) -> String {
    fs::read_to_string(debian.path(SETTINGS)).expect("settings")
}

fn version(debian: &Debian) -> String {
    debian.run("dpkg-query", &["--show", "--showformat=${Version}", "siru"])
}

/// What the command line says of the machine's settings.
fn remarks(debian: &Debian, settings: &str) -> String {
    fs::write(debian.path(SETTINGS), settings).expect("settings");
    let mut siru = debian.command("siru");
    let output = run(siru.args(["-v", "--lang", "en", "--demo=v4", "list"]), "");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Each line of the file of settings is one that the programs understand once it is uncommented.
#[test]
fn the_settings_that_come_are_understood() {
    with_debian(|debian| {
        install_alone(debian, "siru");
        let shipped = settings(debian);
        let nothing = remarks(debian, "");
        assert_eq!(remarks(debian, &shipped), nothing);
        assert_ne!(remarks(debian, "language = \"xx\"\n"), nothing);
        let mut set = 0;
        let all: String = shipped
            .lines()
            .map(|line| {
                let decided = line
                    .strip_prefix('#')
                    .filter(|rest| rest.starts_with(char::is_alphabetic) && rest.contains(" = "));
                set += usize::from(decided.is_some());
                format!("{}\n", decided.unwrap_or(line))
            })
            .collect();
        assert!(set >= 9, "{all}");
        assert_eq!(remarks(debian, &all), nothing, "{all}");
    });
}

#[test]
fn everything_goes_that_came() {
    with_debian(|debian| {
        let siru = debian.packaged("siru");
        let before = debian.files();
        debian.apt("install", &[&siru]);
        debian.apt("purge", &["siru"]);
        // What is left are the packages it depends on, and nothing of ours.
        let clean = debian.files();
        let ours: Vec<_> = clean
            .keys()
            .filter(|path| !before.contains_key(*path) && path.to_lowercase().contains("siru"))
            .collect();
        assert!(ours.is_empty(), "left behind: {ours:?}");

        make_older(debian);
        debian.apt("install", &[OLDER]);
        assert_eq!(version(debian), "0.0.9-1");
        debian.apt("install", &[&siru]);
        assert_ne!(version(debian), "0.0.9-1");
        // Settings that nobody changed are the new ones; what is obsolete is gone.
        let shipped = fs::read_to_string(Path::new(CONFIG)).expect("the file that ships");
        assert_eq!(settings(debian), shipped);
        assert!(!debian.path(OBSOLETE).exists());
        // What the package brought is not taken away with what was registered by hand.
        debian.run("siru", &["browser", "register", "--system"]);
        debian.run("siru", &["browser", "unregister", "--system"]);
        // Folders that register made for Firefox are the machine's.
        fs::remove_dir(debian.path("/etc/firefox/policies")).expect("an empty folder");
        fs::remove_dir(debian.path("/etc/firefox")).expect("an empty folder");
        assert_eq!(debian.run("dpkg", &["--verify", "siru"]), "");
        let installed = debian.files();
        let came: BTreeSet<String> = installed
            .iter()
            .filter(|(path, entry)| clean.get(*path) != Some(*entry))
            .map(|(path, _)| path.clone())
            .collect();
        let listed = debian.run("dpkg", &["--listfiles", "siru"]);
        let listed: BTreeSet<String> = listed.lines().map(str::to_owned).collect();
        let unlisted: Vec<_> = came.difference(&listed).collect();
        assert!(unlisted.is_empty(), "not of the package: {unlisted:?}");

        // Removed, the settings stay for the next time; purged, nothing does.
        debian.apt("remove", &["siru"]);
        let left: Vec<_> = debian
            .files()
            .into_iter()
            .filter(|(path, entry)| {
                clean.get(path) != Some(entry) && entry.mode & 0o170_000 == FILE
            })
            .map(|(path, _)| path)
            .collect();
        assert_eq!(left, CONFFILES);
        debian.apt("purge", &["siru"]);
        assert_eq!(debian.files(), clean);

        // An administrator's settings survive an upgrade, with the new file beside them.
        debian.apt("install", &[OLDER]);
        fs::write(debian.path(SETTINGS), "language = \"sv\"\n").expect("settings");
        debian.apt("install", &[&siru]);
        assert_eq!(settings(debian), "language = \"sv\"\n");
        let beside = debian.path(&format!("{SETTINGS}.dpkg-dist"));
        assert_eq!(fs::read_to_string(beside).expect("the new file"), shipped);
        debian.apt("purge", &["siru"]);
        assert_eq!(debian.files(), clean);

        install_alone(debian, "siru-sim");
        assert!(!debian.has("siru"), "the simulator pulled siru in");
        debian.apt("purge", &["siru-sim"]);
        assert_eq!(debian.files(), clean);
    });
}

/// The kind of a plain file among the bits of its mode.
const FILE: u32 = 0o100_000;

const CONFFILES: [&str; 3] = [
    SETTINGS,
    "/etc/xdg/autostart/fi.siru.Siru.Browsers.desktop",
    "/etc/xdg/autostart/fi.siru.Siru.Tray.desktop",
];
const SETTINGS: &str = "/etc/siru/config.toml";
const OBSOLETE: &str = "/usr/share/siru/obsolete";
const OLDER: &str = "/packages/siru_0.0.9-1_amd64.deb";
const CONFIG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../packaging/deb/config.toml");
