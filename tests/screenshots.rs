//! Do the pictures in the README show the window as it is? Each is taken of the real window on
//! virtual cards, after the steps that stand here; the test takes them to see that the steps still
//! lead there, and `make screenshots` (`SIRU_SCREENSHOTS=1`) keeps them.
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
use std::thread;

use serde_json::json;
use siru_tests::window::Window;

/// One picture.
struct Picture {
    file: &'static str,
    /// The options of the program: cards, and whatever else it should look like.
    options: &'static [&'static str],
    steps: &'static [Step],
    /// The role and the name of what must be there in the end.
    shows: (&'static str, &'static str),
}

/// What leads to it.
enum Step {
    /// Press what has this role and a name that fits.
    Press(&'static str, &'static str),
    /// Type digits into the field of this name, and go on to the next control.
    Fill(&'static str, &'static str),
    /// Type a text into the field of this name.
    Word(&'static str, &'static str),
}

const PICTURES: &[Picture] = &[
    Picture {
        file: "identification.png",
        options: &["--demo"],
        steps: &[Step::Press("list item", ".*ÅSTRÖM, basic PIN.*")],
        shows: ("password text", "PIN1"),
    },
    Picture {
        file: "change.png",
        options: &["--demo"],
        steps: &[
            Step::Press("list item", ".*ÅSTRÖM, basic PIN.*"),
            Step::Press("page tab", "Change PIN"),
            Step::Fill("Current PIN", "1234"),
            Step::Fill("New PIN", "2580"),
            Step::Fill("New PIN again", "2580"),
        ],
        shows: ("push button", "Change"),
    },
    Picture {
        file: "last-puk-try.png",
        options: &["--demo=v4-puk-low"],
        steps: &[
            Step::Press("list item", ".*ÅSTRÖM, basic PIN.*, Locked"),
            Step::Fill("PUK/Activation code", "12345678"),
            Step::Fill("New PIN", "2580"),
            Step::Fill("New PIN again", "2580"),
            Step::Word("Type LAST to go on", "LAST"),
        ],
        shows: ("heading", "Last PUK try!"),
    },
    Picture {
        file: "activation.png",
        options: &["--demo=v4-fresh"],
        steps: &[Step::Press("list item", ".*HYVÖNEN, basic PIN.*")],
        shows: ("password text", "Activation PIN"),
    },
    Picture {
        file: "dark.png",
        options: &["--demo"],
        steps: &[
            Step::Press("page tab", "Settings"),
            Step::Press("radio button", "Dark"),
            Step::Press("page tab", "Identification"),
            Step::Press("list item", ".*MÄKELÄ, basic PIN.*, Locked"),
        ],
        shows: ("password text", "PUK/Activation code"),
    },
    Picture {
        file: "certificates.png",
        options: &["--demo"],
        steps: &[
            Step::Press("list item", ".*ÅSTRÖM, basic PIN.*"),
            Step::Press("page tab", "Certificates"),
        ],
        shows: ("label", "Siru TEST Root CA.*"),
    },
    Picture {
        file: "settings.png",
        options: &["--demo"],
        steps: &[Step::Press("page tab", "Settings")],
        shows: ("radio button", "High contrast"),
    },
    Picture {
        file: "high-contrast.png",
        options: &["--demo"],
        steps: &[
            Step::Press("page tab", "Settings"),
            Step::Press("radio button", "High contrast"),
            Step::Press("page tab", "Identification"),
            Step::Press("list item", ".*ÅSTRÖM, basic PIN.*"),
        ],
        shows: ("password text", "PIN1"),
    },
];

impl Picture {
    fn take(&self, file: &Path) {
        let mut window = Window::open(self.options);
        for step in self.steps {
            match step {
                Step::Press("list item", name) => window.select(name),
                Step::Press(role, name) => window.press(role, name),
                Step::Fill(label, digits) => {
                    window.focused("password text", label);
                    window.type_text(digits);
                    window.shows("password text", label, &"•".repeat(digits.len()));
                    window.keys(&["Tab"]);
                }
                Step::Word(label, word) => {
                    window.tab_to("entry", label, 0);
                    window.type_text(word);
                    window.shows("entry", label, word);
                }
            }
        }
        let (role, name) = self.shows;
        window.enabled(role, name, true);
        window.ask(&json!({ "do": "picture", "file": file }));
    }
}

#[test]
fn the_pictures_of_the_readme_can_be_taken_again() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/screenshots");
    let folder = tempfile::tempdir().expect("a folder");
    let keep = env::var_os("SIRU_SCREENSHOTS").is_some();
    let taken = if keep { &kept } else { folder.path() };
    for some in PICTURES.chunks(AT_ONCE) {
        thread::scope(|scope| {
            for picture in some {
                scope.spawn(|| picture.take(&taken.join(picture.file)));
            }
        });
    }

    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let readme = fs::read_to_string(readme).expect("the README");
    for Picture { file, .. } in PICTURES {
        assert!(
            readme.contains(&format!("](assets/screenshots/{file})")),
            "the README does not show {file}"
        );
        let (now, kept) = (size(taken.join(file)), size(kept.join(file)));
        assert_eq!(now, kept, "{file} is out of date: make screenshots");
    }
    let files = fs::read_dir(&kept).expect("pictures");
    let files = files.map(|file| {
        file.expect("a file")
            .file_name()
            .into_string()
            .expect("a name")
    });
    let names = PICTURES.iter().map(|picture| picture.file.to_owned());
    assert_eq!(
        files.collect::<BTreeSet<_>>(),
        names.collect(),
        "others are taken by nobody"
    );
}

/// More would only wait for each other.
const AT_ONCE: usize = 2;

/// Width and height of a PNG.
fn size(file: PathBuf) -> [u32; 2] {
    let png = fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    assert_eq!(png[12..16], *b"IHDR", "{}", file.display());
    [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes")))
}
