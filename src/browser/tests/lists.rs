//! `pkcs11.txt`: only our lines are touched.

use proptest::prelude::*;

use super::*;
use crate::nss::ModuleList;

fn module() -> Module {
    World::new().module()
}

fn list(text: &str) -> ModuleList {
    ModuleList::new(text.to_owned())
}

const OTHERS: [&str; 8] = [
    "",
    INTERNAL,
    "library=/usr/lib/opensc-pkcs11.so\nname=OpenSC",
    "library=/usr/lib/opensc-pkcs11.so\nname=OpenSC\n",
    "library=/usr/lib/opensc-pkcs11.so\nname=OpenSC\n\n",
    "library=/usr/lib/opensc-pkcs11.so\nname=OpenSC\n\n\n\n",
    "# by hand\n\n\nname=OpenSC\nlibrary=/usr/lib/opensc-pkcs11.so\n\n",
    "\n",
];

#[test]
fn a_list_is_as_before_after_registering_and_unregistering() {
    let module = module();
    for text in OTHERS {
        let mut list = list(text);
        list.register(&module);
        assert_eq!(list.ours(), [module.path()], "{text:?}");
        let once = list.clone();
        list.register(&module);
        assert_eq!(list, once, "{text:?}");
        list.unregister();
        assert_eq!(list.text(), text);
    }
}

#[test]
fn a_new_entry_is_what_nss_would_write() {
    let (module, mut list) = (module(), list(INTERNAL));
    list.register(&module);
    let path = module.path().display();
    let ours = format!("library={path}\nname=Siru\nNSS=trustOrder=100\n\n");
    assert_eq!(list.text(), format!("{INTERNAL}{ours}"));
}

#[test]
fn another_copy_of_ours_gives_way_where_it_stands() {
    let module = module();
    let path = module.path().display();
    let cases = [
        // An earlier folder, with a parameter that somebody added.
        (
            "library=/old/libsiru_pkcs11.so\nname=Siru\nparameters=x\n\n",
            format!("library={path}\nname=Siru\nparameters=x\n\n"),
        ),
        // Added by hand under another name.
        (
            "name=My card\nlibrary=/old/libsiru_pkcs11.so\n\n",
            format!("name=My card\nlibrary={path}\n\n"),
        ),
        // Another library under our name.
        (
            "library=/old/siru.so\nname=Siru\n\n",
            format!("library={path}\nname=Siru\n\n"),
        ),
        // No library at all.
        ("name=Siru\n\n", format!("library={path}\nname=Siru\n\n")),
        // Twice.
        (
            "library=/a/libsiru_pkcs11.so\nname=Siru\n\nlibrary=/b/libsiru_pkcs11.so\nname=Other\n\n",
            format!("library={path}\nname=Siru\n\n"),
        ),
    ];
    for (before, after) in cases {
        let mut list = list(&format!("{INTERNAL}{before}{PROXY}"));
        list.register(&module);
        assert_eq!(list.text(), format!("{INTERNAL}{after}{PROXY}"));
    }
}

#[test]
fn proxies_and_neighbours_are_known_by_their_file_names() {
    let text = format!("{PROXY}library=/usr/lib/pkcs11/onepin-opensc-pkcs11.so\nname=x\n");
    assert!(list(&text).has_p11_kit_proxy());
    let neighbours = list(&text).neighbours();
    assert_eq!(
        neighbours,
        [Path::new("/usr/lib/pkcs11/onepin-opensc-pkcs11.so")]
    );
    assert!(!list(INTERNAL).has_p11_kit_proxy());
}

#[test]
fn an_entry_of_ours_that_nss_would_pass_over_is_ended() {
    let module = module();
    let path = module.path().display();
    for end in ["", "\n", "\n\n"] {
        let mut list = list(&format!("{INTERNAL}library={path}\nname=Siru{end}"));
        list.register(&module);
        let expected = format!("{INTERNAL}library={path}\nname=Siru\n\n");
        assert_eq!(list.text(), expected, "{end:?}");
    }
}

fn any_list() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("library=/usr/lib/other.so".to_owned()),
        Just("name=Other".to_owned()),
        Just("NSS=trustOrder=100".to_owned()),
        Just(String::new()),
        "[ -~äö#=]{0,20}",
    ];
    (prop::collection::vec(line, 0..20), any::<bool>()).prop_map(|(lines, ended)| {
        let end = if ended { "\n" } else { "" };
        lines.join("\n") + end
    })
}

proptest! {
    #[test]
    fn no_list_loses_a_byte(text in any_list()) {
        let module = module();
        let mut list = list(&text);
        prop_assume!(list.ours().is_empty());
        list.register(&module);
        prop_assert_eq!(list.ours(), [module.path()]);
        list.unregister();
        prop_assert_eq!(list.text(), text);
    }

    #[test]
    fn what_others_wrote_around_ours_stays(before in any_list(), after in any_list()) {
        let module = module();
        let ours = "library=/old/libsiru_pkcs11.so\nname=Siru\n";
        let mut list = list(&format!("{before}\n\n{ours}\n{after}"));
        list.register(&module);
        let moved = format!("library={}\nname=Siru\n", module.path().display());
        prop_assert_eq!(list.text(), format!("{before}\n\n{moved}\n{after}"));
    }
}

/// Entries of the old copy that NSS reads, with other line ends, cases and quotes than its own.
const READ_BY_NSS: [&str; 5] = [
    "library=/old/libsiru_pkcs11.so\r\nname=My card\r\n\r\n",
    "Library=/old/libsiru_pkcs11.so\nName=My card\n\n",
    "LIBRARY=\"/old/libsiru_pkcs11.so\"\nname=\"My card\"\n\n",
    "library=/b/other.so\r\nname=\"Siru\"\r\nlibrary=\"/old/libsiru_pkcs11.so\"\r\n\r\n",
    " library=/old/libsiru_pkcs11.so\n NSS=x\n\n",
];

#[test]
fn an_entry_is_known_however_nss_lets_it_be_written() {
    let module = module();
    let path = module.path().display().to_string();
    for entry in READ_BY_NSS {
        for end in ["\n", "\r\n"] {
            let internal = INTERNAL.replace('\n', end);
            let proxy = PROXY.replace('\n', end);
            let mut list = list(&format!("{internal}{entry}{proxy}"));
            list.register(&module);
            let moved = entry.replace("/old/libsiru_pkcs11.so", &path);
            assert_eq!(list.text(), format!("{internal}{moved}{proxy}"));
            assert!(list.has_p11_kit_proxy(), "{proxy:?}");
            list.unregister();
            assert_eq!(list.text(), format!("{internal}{proxy}"));
        }
    }
}

#[test]
fn a_list_with_carriage_returns_is_as_before_after_registering_and_unregistering() {
    let module = module();
    for text in OTHERS {
        let text = text.replace('\n', "\r\n");
        let mut list = list(&text);
        list.register(&module);
        assert_eq!(list.ours(), [module.path()], "{text:?}");
        list.unregister();
        assert_eq!(list.text(), text);
    }
}

#[test]
fn neighbours_and_the_proxy_are_known_in_every_spelling() {
    let text = "Library=\"/usr/lib/opensc-pkcs11.so\"\r\nName=x\r\n\r\n\
                LIBRARY=/usr/lib/p11-kit-proxy.so\r\nname=y\r\n";
    let opensc = Path::new("/usr/lib/opensc-pkcs11.so");
    assert_eq!(list(text).neighbours(), [opensc]);
    assert!(list(text).has_p11_kit_proxy());
}

/// Seen with modutil of NSS 3.87: it takes a backslash in quotes for a sign before the next character,
/// and one outside for itself.
#[test]
fn a_backslash_is_read_and_written_as_nss_does() {
    let ours = r"C:\Program Files\Siru\siru_pkcs11.dll";
    for text in [
        "library=C:\\Program Files\\Siru\\siru_pkcs11.dll\nname=Siru\n\n",
        "library=\"C:\\\\Program Files\\\\Siru\\\\siru_pkcs11.dll\"\nname=Siru\n\n",
        "library=\"C:\\\\Program Files\\\\Siru\\\\SIRU_PKCS11.DLL\"\nname=another\n\n",
    ] {
        let found = list(text).ours();
        assert_eq!(found.len(), 1, "{text}");
        let found = found[0].to_str().unwrap();
        assert!(found.eq_ignore_ascii_case(ours), "{found}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a\\b\"c").join(FILE_NAME);
    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::write(&path, "").unwrap();
    let module = Module::at(&path).unwrap();
    let mut quoted = list("library=\"/old/libsiru_pkcs11.so\"\nname=Siru\n\n");
    quoted.register(&module);
    assert!(quoted.text().contains("a\\\\b\\\"c/"), "{}", quoted.text());
    assert_eq!(quoted.ours(), [module.path()]);
    let mut plain = list("");
    plain.register(&module);
    assert!(plain.text().contains("a\\b\"c/"), "{}", plain.text());
    assert_eq!(plain.ours(), [module.path()]);
}
