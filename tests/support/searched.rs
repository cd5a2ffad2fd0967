//! A window whose memory is searched for what was typed into it, and everything else where that might
//! have gone.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::bus::Bus;
use crate::desk::literally;
use crate::memory::{Traces, traces};
use crate::rig::Simulator;
use crate::window::Window;
use crate::words::Words;

/// One way through a form.
pub struct Flow {
    /// The row of the list.
    pub row: &'static str,
    /// The key of the word on the tab.
    pub tab: &'static str,
    /// The keys of the fields' labels, and what is typed into them; with nothing to type, that of a
    /// box to tick.
    pub fields: &'static [(&'static str, &'static str)],
    /// What ends it.
    pub end: End,
}

/// How a form ends.
pub enum End {
    /// It is confirmed with Enter; the key of the headline that comes then.
    Said(&'static str),
    /// It is left with Escape.
    Escape,
    /// The card is pulled from this reader and put in again.
    Pulled(u16),
}

/// A window that is searched.
pub struct Searched {
    /// The window.
    pub window: Window,
    /// What it says.
    pub words: Words,
    /// What is said on the accessibility bus.
    pub bus: Bus,
    /// The process that is searched.
    pub pid: u32,
    /// What was found before anything was typed.
    before: Vec<(&'static str, Traces)>,
    _folder: TempDir,
}

impl Searched {
    /// Opens a window with everything on that could make it talk, and looks for the codes before any
    /// of them is typed.
    ///
    /// # Panics
    ///
    /// When there is no card, or the memory cannot be read.
    #[must_use]
    pub fn start(options: &[&str], secrets: &[&'static str]) -> Self {
        let environment = [
            ("RUST_LOG", "trace"),
            ("RUST_BACKTRACE", "full"),
            ("SIRU_PKCS11_LOG", MODULE_LOG),
        ];
        let mut window = Window::open_in("en", options, &environment);
        window.find("list item", ".*");
        let folder = tempfile::tempdir().expect("a folder");
        let bus = Bus::listen(&mut window, folder.path());
        let pid = window.pid();
        let before = secrets.iter().map(|secret| (*secret, traces(pid, secret)));
        Self {
            before: before.collect(),
            words: Words::of("en"),
            bus,
            pid,
            window,
            _folder: folder,
        }
    }

    /// What there is of a code now that was not there before it was typed.
    ///
    /// # Panics
    ///
    /// When it was not looked for at the start.
    #[must_use]
    pub fn found(&self, secret: &str) -> Traces {
        let before = self.before.iter().find(|(known, _)| *known == secret);
        let (_, before) = before.expect("searched for from the start");
        let mut now = traces(self.pid, secret);
        for (form, times) in before {
            if let Some(left) = now.get_mut(form) {
                *left = left.saturating_sub(*times);
            }
        }
        now.retain(|_, times| *times > 0);
        now
    }

    /// The fields hold the code so often, and nothing else does.
    ///
    /// # Panics
    ///
    /// When something else holds it, or the search does not find it where it is.
    pub fn assert_only_in_fields(&self, secret: &str, fields: usize) {
        let expected = Traces::from([("ASCII text".to_owned(), fields)]);
        assert_eq!(self.found(secret), expected, "{secret} while it is typed");
    }

    /// Nothing holds the code any more.
    ///
    /// # Panics
    ///
    /// When something does.
    pub fn assert_gone(&self, secret: &str, after: &str) {
        assert_eq!(self.found(secret), Traces::new(), "{secret} after {after}");
    }

    /// Goes through a form. Its codes are searched for while they are in it and when it has ended.
    ///
    /// # Panics
    ///
    /// When one is where it should not be.
    pub fn go_through(&mut self, flow: &Flow, simulator: &mut Simulator) {
        let (tab, name) = (
            self.words.say(flow.tab),
            format!("{}: {:?}", flow.tab, flow.fields),
        );
        self.window.select(flow.row);
        self.window.press("page tab", &tab);
        for (number, (label, digits)) in flow.fields.iter().enumerate() {
            let label = self.words.say(label);
            if digits.is_empty() {
                self.window.press("check box", &literally(&label));
                continue;
            }
            if number > 0 {
                self.window.find("password text", &label);
                self.window.tab_to("password text", &label, 0);
            }
            self.window.fill(&label, digits);
        }
        let mut secrets: Vec<&str> = flow.fields.iter().map(|(_, digits)| *digits).collect();
        secrets.dedup();
        // A code that may be met by chance was not asked about.
        secrets.retain(|digits| self.before.iter().any(|(known, _)| known == digits));
        for secret in &secrets {
            let fields = flow.fields.iter().filter(|(_, digits)| digits == secret);
            self.assert_only_in_fields(secret, fields.count());
        }
        match flow.end {
            End::Said(headline) => {
                self.window.keys(&["Return"]);
                self.window.find("heading", &self.words.say(headline));
            }
            End::Escape => {
                self.window.keys(&["Escape"]);
                self.window.absent("password text", ".*");
            }
            End::Pulled(reader) => {
                simulator.take_out(reader);
                self.window.find("heading", &self.words.say("card-gone"));
            }
        }
        for secret in &secrets {
            self.assert_gone(secret, &name);
        }
        if let End::Pulled(reader) = flow.end {
            simulator.put_in("reinsert", reader);
            self.window.find("password text", ".*");
            for secret in &secrets {
                self.assert_gone(secret, &name);
            }
            self.window.keys(&["Escape"]);
        }
    }

    /// None of the codes is left in the memory.
    ///
    /// # Panics
    ///
    /// When one is.
    pub fn assert_nothing_left(&self) {
        for (secret, _) in &self.before {
            self.assert_gone(secret, "everything");
        }
    }

    /// None of the codes is where others may look: in a file of the person, in what was printed or
    /// logged, on the accessibility bus.
    ///
    /// # Panics
    ///
    /// When one is.
    pub fn assert_nothing_outside(&mut self) {
        let secrets: Vec<&str> = self.before.iter().map(|(secret, _)| *secret).collect();
        assert_eq!(
            self.window.ask(&json!({ "do": "printed" })),
            "",
            "it printed something"
        );
        let folders = self.window.ask(&json!({ "do": "folders" }));
        let folders = folders.as_array().expect("folders").iter();
        for folder in folders.filter_map(Value::as_str).chain([MODULE_LOG]) {
            assert_not_in_files(Path::new(folder), &secrets);
        }
        self.bus.assert_silent_about(&secrets);
    }
}

const MODULE_LOG: &str = "/run/module.log";

fn assert_not_in_files(path: &Path, secrets: &[&str]) {
    let Ok(kind) = fs::symlink_metadata(path).map(|metadata| metadata.file_type()) else {
        return;
    };
    if kind.is_dir() {
        for entry in fs::read_dir(path).expect("a folder") {
            assert_not_in_files(&entry.expect("an entry").path(), secrets);
        }
    } else if kind.is_file() {
        let bytes = fs::read(path).expect("a file");
        for secret in secrets {
            let found = memchr::memmem::find(&bytes, secret.as_bytes());
            assert_eq!(found, None, "{secret} is in {}", path.display());
        }
    }
}
