//! Browsers that log in to the [`Site`](crate::site::Site), driven as a person would.
//!
//! Each has a home and a profile of its own, in which the site's authority is trusted, and the module
//! registered as people do it, with `siru browser register`, unless a test is about that. PIN prompts
//! are answered from a list; one that is not on it is cancelled.

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
use crate::namespace::{cover, own_etc};
use crate::rig::{program, run};
use crate::site::{Offer, Site};

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
            Self::Firefox => folder.join("firefox"),
            Self::Chromium => folder.join("chromium"),
        }
    }
}

/// What is otherwise than usual with a browser and its person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Habits {
    /// For whom the module is registered.
    pub registered: Registered,
    /// Told that a page's certificate is not to be trusted, the person goes on.
    pub goes_on: bool,
}

/// For whom the module is registered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Registered {
    /// The person at the browser, by themselves.
    #[default]
    ForThePerson,
    /// Everyone, and for nobody besides.
    ForEveryone,
    /// Nobody.
    ForNobody,
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

/// Goes to pages until one is logged in to with the card that came: NSS, the certificate store of
/// both browsers, goes on believing what it saw in the reader for a second. Each page is at a port of
/// its own, as Chromium remembers for each that there was no certificate.
///
/// # Panics
///
/// When the browser never notices the card.
pub fn go_until_noticed(browser: &mut dyn Browser, site: &Site, offer: Offer) -> Page {
    let deadline = Instant::now() + PAGE_PATIENCE;
    loop {
        let page = browser.go(&site.further_url(offer, "/"));
        if page.text.contains("verify=SUCCESS") {
            return page;
        }
        assert!(
            Instant::now() < deadline,
            "the card is not noticed: {page:?}"
        );
    }
}

/// Registers the module as people do, with `home` as theirs.
fn register(home: &Path, login: &Login, registered: Registered) {
    if registered == Registered::ForNobody {
        return;
    }
    let mut command = Command::new(program("siru"));
    command.args(["browser", "register", "--module"]);
    command.arg(&login.module).env("HOME", home);
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env_remove(variable);
    }
    if registered == Registered::ForEveryone {
        own_etc();
        cover(Path::new("/usr/share/p11-kit/modules"));
        command.arg("--system");
    }
    let output = run(&mut command, "");
    assert!(output.status.success(), "{command:?}: {output:?}");
}

/// Makes a certificate database in `folder` that trusts the site's authority.
fn database(folder: &Path, login: &Login) {
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
}

/// Marks the page that is to go.
const MARK: &str = "document.documentElement.dataset.old = '1';";

/// What a page shows, as JSON; null while it loads, and while it is the one before.
const LOOK: &str = "document.readyState != 'complete' || !document.body \
    || document.documentElement.dataset.old || document.documentURI == 'about:blank' \
    ? null : JSON.stringify([document.documentURI, document.body.innerText])";

/// A page with a few handshakes and prompts in it, on a machine that does other things.
const PAGE_PATIENCE: Duration = Duration::from_secs(60);

/// The address and text of [`LOOK`].
fn page(found: &str) -> Option<Page> {
    let (url, text) = serde_json::from_str(found).ok()?;
    Some(Page { url, text })
}
