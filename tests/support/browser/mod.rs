//! Browsers that log in to the [`Site`](crate::site::Site), driven as a person would.
//!
//! Each has a home and a profile of its own, in which the site's authority is trusted and, unless a
//! test is about that, the module registered. PIN prompts are answered from a list; one that is not on it is cancelled.

mod chromium;
mod debugging;
mod display;
mod firefox;
mod marionette;
mod opener;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use chromium::Chromium;
use firefox::Firefox;
pub use opener::Opener;

use crate::login::{FOLDER, Login};
use crate::rig::{run, wait_until};

/// A browser as Debian has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// Firefox ESR.
    Firefox,
    /// Chromium.
    Chromium,
}

impl Product {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Firefox, Self::Chromium];

    /// How often it asks for a PIN, for one page, before it goes on without a log-in: Chromium asks
    /// every token when it looks for certificates, and does that twice.
    #[must_use]
    pub const fn vain_prompts(self) -> usize {
        match self {
            Self::Firefox => 1,
            Self::Chromium => 2,
        }
    }

    /// Starts it for a person who has just these replies to PIN prompts.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[must_use]
    pub fn start(self, login: &Login, replies: &[Reply]) -> Box<dyn Browser> {
        self.start_as(Habits::default(), login, replies)
    }

    /// Starts it with other habits.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[must_use]
    pub fn start_as(self, habits: Habits, login: &Login, replies: &[Reply]) -> Box<dyn Browser> {
        let mut browser: Box<dyn Browser> = match self {
            Self::Firefox => Box::new(Firefox::start(habits, login)),
            Self::Chromium => Box::new(Chromium::start(habits, login)),
        };
        browser.reply_with(replies);
        browser
    }

    /// The home folder of the person who uses it.
    #[must_use]
    pub fn home(self) -> PathBuf {
        let folder = Path::new(FOLDER);
        match self {
            Self::Firefox => folder.to_owned(),
            Self::Chromium => folder.join("chromium"),
        }
    }
}

/// What is otherwise than usual with a browser and its person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// The module is not registered.
    pub without_module: bool,
    /// Told that a page's certificate is not to be trusted, the person goes on.
    pub goes_on: bool,
}

/// What is done about a PIN prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// These digits are typed, and it is confirmed.
    Pin(&'static str),
    /// It is cancelled.
    Cancel,
}

/// A browser with one page open.
pub trait Browser {
    /// Starts something on the page, by a script.
    fn script(&mut self, script: &str);

    /// Goes to an address, without waiting.
    fn navigate(&mut self, url: &str);

    /// What the page shows: its address and text, once it is loaded. Answers prompts meanwhile.
    fn shown(&mut self) -> Option<Page>;

    /// What to do about the prompts to come.
    fn reply_with(&mut self, replies: &[Reply]);

    /// How many PIN prompts there were so far.
    fn prompts(&mut self) -> usize;

    /// Keeps a picture of what is on the screen, in a file of this name and the ending that fits.
    fn picture(&mut self, name: &Path) -> PathBuf;

    /// Goes to an address; the page that comes.
    fn go(&mut self, url: &str) -> Page {
        self.script(MARK);
        self.navigate(url);
        self.wait(url)
    }

    /// Fills the page's form in and sends it; the page that comes.
    fn submit(&mut self, fields: &[(&str, &str)]) -> Page {
        let mut script = String::from(MARK);
        for (name, value) in fields {
            script += &format!("document.forms[0].elements['{name}'].value = '{value}';");
        }
        script += "document.forms[0].querySelector('button').click();";
        self.script(&script);
        self.wait(&format!("the form with {fields:?}"))
    }

    /// Waits for a page that was not there before.
    fn wait(&mut self, what: &str) -> Page {
        let deadline = Instant::now() + PAGE_PATIENCE;
        while Instant::now() < deadline {
            if let Some(page) = self.shown() {
                return page;
            }
            thread::sleep(Duration::from_millis(20));
        }
        // Beside the test's program, as everything in the private /run goes with the test.
        let program = env::current_exe().expect("this program");
        let file = self.picture(&program);
        panic!(
            "{what}: no page after {} prompts; see {}",
            self.prompts(),
            file.display()
        );
    }
}

/// A loaded page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// What a person reads.
    pub text: String,
}

impl Page {
    /// Checks that it says something.
    ///
    /// # Panics
    ///
    /// When it does not.
    #[track_caller]
    pub fn says(&self, what: &str) {
        assert!(self.text.contains(what), "no {what:?} on {self:?}");
    }
}

/// Waits until a browser asks the reader anew what is in it: NSS, the certificate store of both, goes
/// on believing what it saw when it last asked, for a second.
pub fn wait_for_another_look() {
    let since = Instant::now();
    wait_until("another look", || since.elapsed() > NSS_MEMORY);
}

/// Makes a certificate database in `folder` that trusts the site's authority and, as a rule, knows
/// the module.
fn database(folder: &Path, habits: Habits, login: &Login) {
    fs::create_dir_all(folder).expect("a private folder");
    let database = format!("sql:{}", folder.display());
    let tool = |program: &str, arguments: &[&str]| {
        let mut command = Command::new(program);
        command.args(["-d", &database]).args(arguments);
        let output = run(&mut command, "");
        assert!(output.status.success(), "{command:?}: {output:?}");
    };
    tool("certutil", &["-N", "--empty-password"]);
    let path = login.site.authority().to_string_lossy();
    tool("certutil", &["-A", "-n", "site", "-t", "C,,", "-i", &path]);
    if habits.without_module {
        return;
    }
    let mut command = Command::new("modutil");
    command.args(["-force", "-dbdir", &database, "-add", "Siru", "-libfile"]);
    let output = run(command.arg(&login.module), "");
    assert!(output.status.success(), "{command:?}: {output:?}");
}

/// Marks the page that is to go.
const MARK: &str = "document.documentElement.dataset.old = '1';";

/// What a page shows, as JSON; null while it loads, and while it is the one before.
const LOOK: &str = "document.readyState != 'complete' || !document.body \
    || document.documentElement.dataset.old || document.documentURI == 'about:blank' \
    ? null : JSON.stringify([document.documentURI, document.body.innerText])";

/// `delay` in `nssSlot_IsTokenPresent` of NSS, and some more.
const NSS_MEMORY: Duration = Duration::from_millis(1200);

/// A page with a few handshakes and prompts in it, on a machine that does other things.
const PAGE_PATIENCE: Duration = Duration::from_secs(60);

/// The address and text of [`LOOK`].
fn page(found: &str) -> Option<Page> {
    let (url, text) = serde_json::from_str(found).ok()?;
    Some(Page { url, text })
}
