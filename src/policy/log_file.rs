//! The log that `log.level` turns on: one file for each person, for all programs and modules.
//!
//! A line has the moment, the program and its process, the level and a sentence; never a PIN, never what
//! goes to and from a card. Each line is opened, appended and closed, so that nothing is held which a
//! forked child or an unloaded module could find or lose.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::OnceLock;
use std::time::SystemTime;

use directories::ProjectDirs;
use log::{Level, Log, Metadata, Record};

use crate::log_level::LogLevel;

/// Writes the log of this person.
#[derive(Clone, Debug)]
pub struct LogFile {
    program: &'static str,
    level: LogLevel,
    path: PathBuf,
}

impl LogFile {
    /// How long the file may become, in bytes. Then it becomes `siru.log.old`, in the place of the one
    /// before, and another is begun.
    pub const LONGEST: u64 = 1024 * 1024;

    /// The log of this person, for the program of that name. `None` when nothing is to be written, or
    /// there is nowhere to write it: for an account without a home, or in a program with another user's
    /// rights than those of whoever started it (`su` and the like load modules too).
    pub fn of_this_user(program: &'static str, level: LogLevel) -> Option<Self> {
        if level == LogLevel::Off || !is_own_user() {
            return None;
        }
        Some(Self::at(Self::place()?, program, level))
    }

    /// A log in another file.
    pub fn at(path: impl Into<PathBuf>, program: &'static str, level: LogLevel) -> Self {
        let path = path.into();
        Self {
            program,
            level,
            path,
        }
    }

    /// Where the log of this person lies: `~/.local/state/siru/siru.log`, on Windows
    /// `%LOCALAPPDATA%\siru\Siru\data\siru.log`.
    pub fn place() -> Option<PathBuf> {
        let folders = ProjectDirs::from("fi", "siru", "Siru")?;
        let folder = folders
            .state_dir()
            .unwrap_or_else(|| folders.data_local_dir());
        Some(folder.join(NAME))
    }

    /// Makes it the log of this process (of this library, in one that others load). Once begun it
    /// stays until the process ends.
    pub fn start(self) {
        static LOG: OnceLock<LogFile> = OnceLock::new();
        let log = LOG.get_or_init(|| self);
        if log::set_logger(log).is_ok() {
            log::set_max_level(log.level.filter());
        }
    }

    fn write(&self, level: Level, sentence: &str) -> io::Result<()> {
        self.make_room();
        let line = format!(
            "{} {}[{}] {}: {}\n",
            humantime::format_rfc3339_millis(SystemTime::now()),
            self.program,
            process::id(),
            level.as_str().to_ascii_lowercase(),
            one_line(sentence),
        );
        // One write, appended: lines of several programs do not mix.
        self.open()?.write_all(line.as_bytes())
    }

    fn make_room(&self) {
        let length = fs::symlink_metadata(&self.path).map(|file| file.len());
        if length.is_ok_and(|length| length >= Self::LONGEST) {
            // If another program was faster, its new file is short.
            let _moved = fs::rename(&self.path, self.path.with_extension("log.old"));
        }
    }

    /// Opens the file; a link is not followed, and only its owner may read it.
    fn open(&self) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            let no_follow = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits());
            options.mode(0o600);
            options.custom_flags(no_follow.unwrap_or_default());
        }
        match options.open(&self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_folder(self.path.parent().ok_or(error)?)?;
                options.open(&self.path)
            }
            opened => opened,
        }
    }
}

impl Log for LogFile {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Other crates log file names and what they draw, which nobody asked for.
        metadata.target().starts_with("siru") && metadata.level() <= self.level.filter()
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // A full disk must not stop a log-in.
            let _written = self.write(record.level(), &record.args().to_string());
        }
    }

    fn flush(&self) {}
}

/// What somebody else named must not pass for a line of ours.
fn one_line(sentence: &str) -> String {
    let visible = |letter: char| if letter.is_control() { ' ' } else { letter };
    sentence.chars().map(visible).collect()
}

fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

#[cfg(unix)]
fn is_own_user() -> bool {
    use rustix::process::{getegid, geteuid, getgid, getuid};
    geteuid() == getuid() && getegid() == getgid()
}

#[cfg(not(unix))]
const fn is_own_user() -> bool {
    true
}

const NAME: &str = "siru.log";
