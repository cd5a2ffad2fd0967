//! Everything that was said on the accessibility bus, as `dbus-monitor` wrote it down.

use std::fs::{self, File};
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde_json::json;

use crate::rig::wait_until;
use crate::window::Window;

/// A record of the bus that goes on while the window is used.
pub struct Bus {
    record: PathBuf,
}

/// One message of the bus.
#[derive(Debug)]
pub struct Said {
    /// What it is called, `TextChanged` for instance; empty for an answer.
    pub member: String,
    /// Its strings and numbers, one a line.
    pub body: String,
}

impl Bus {
    /// Listens from now on, and keeps the record in `folder`.
    #[must_use]
    pub fn listen(window: &mut Window, folder: &Path) -> Self {
        let record = folder.join("bus");
        window.ask(&json!({ "do": "listen", "file": record }));
        Self { record }
    }

    /// Everything said so far. The last message may still be on its way.
    ///
    /// # Panics
    ///
    /// When the record cannot be read.
    #[must_use]
    pub fn said(&self) -> Vec<Said> {
        Self::parse(&fs::read(&self.record).expect("the record"))
    }

    /// How far the record goes by now, in bytes.
    ///
    /// # Panics
    ///
    /// When there is no record.
    #[must_use]
    pub fn now(&self) -> u64 {
        fs::metadata(&self.record).expect("the record").len()
    }

    fn parse(record: &[u8]) -> Vec<Said> {
        let mut said: Vec<Said> = Vec::new();
        for line in String::from_utf8_lossy(record).lines() {
            if line.starts_with([' ', '\t']) {
                // The names of objects are long numbers, in which any digits may stand.
                if let Some(last) = said.last_mut().filter(|_| !line.contains("object path")) {
                    last.body.push_str(line.trim());
                    last.body.push('\n');
                }
            } else {
                let member = line
                    .rsplit_once("; member=")
                    .map_or("", |(_, member)| member);
                said.push(Said {
                    member: member.to_owned(),
                    body: String::new(),
                });
            }
        }
        said
    }

    /// The messages with this name.
    #[must_use]
    pub fn events(&self, member: &str) -> Vec<Said> {
        let mut said = self.said();
        said.retain(|said| said.member == member);
        said
    }

    /// Waits until a screen reader has been told to say something with these words in it.
    pub fn wait_announced(&self, words: &str) {
        wait_until(&format!("{words:?} to be announced"), || {
            let announcements = self.events("Announcement");
            announcements.iter().any(|said| said.body.contains(words))
        });
    }

    /// Waits until a screen reader has been told each of these since the record went to `since`.
    ///
    /// # Panics
    ///
    /// When it is not told, or there is no record.
    pub fn wait_announced_since(&self, since: u64, words: &[&str]) {
        wait_until(&format!("{words:?} to be announced"), || {
            let mut record = File::open(&self.record).expect("the record");
            record.seek(SeekFrom::Start(since)).expect("a file");
            let mut new = Vec::new();
            record.read_to_end(&mut new).expect("a file");
            // What was half written then is older.
            let whole = memchr::memchr(b'\n', &new).unwrap_or(new.len());
            let mut said = Self::parse(&new[whole..]);
            said.retain(|said| said.member == "Announcement");
            let told = |words: &&str| said.iter().any(|said| said.body.contains(words));
            words.iter().all(told)
        });
    }

    /// Whatever was typed is on the bus as bullets, and none of `secrets` is on it anywhere.
    ///
    /// # Panics
    ///
    /// When a digit or a secret is there, or nothing was typed.
    pub fn assert_silent_about(&self, secrets: &[&str]) {
        let typed = self.events("TextChanged");
        assert!(
            typed.iter().any(|said| said.body.contains('•')),
            "nothing was typed"
        );
        for said in self.said() {
            for secret in secrets {
                assert!(
                    !said.body.contains(secret),
                    "{secret} is on the bus: {said:?}"
                );
            }
        }
        for said in typed {
            let text = said.body.lines().find(|line| line.starts_with("variant"));
            let text = text.unwrap_or_default();
            assert!(!text.contains(|c: char| c.is_ascii_digit()), "{said:?}");
        }
    }
}
