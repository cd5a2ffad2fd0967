//! What the window knows, and how every message changes it. No drawing, no card, no clock but the
//! one that is handed in: all of it can be tested by calling [`update`].

pub mod card;
pub mod certificates;
pub mod field;
pub mod form;
pub mod help;
pub mod login;
mod login_update;
pub mod reader;
pub mod running;
pub mod tab;
#[cfg(test)]
mod tests;
mod update;

use std::time::{Instant, SystemTime};

use siru_apdu::{ReaderError, ReaderName, ReaderState};
use siru_card::{
    CardIdentity, CardKind, Consent, Operation, PinOutcome, PinRequest, PinRole, PinStates,
};
use siru_login::{BrokenLink, Registration};
use siru_text::Language;

pub use card::{Card, Holder, Object};
pub use certificates::{CertificateMessage, Certificates, SaveOrder};
pub use field::{Field, Verdict};
pub use form::{Block, Check, Finished, Form, Phase};
pub use help::{Help, Topic};
pub use login::{LoginOrder, LoginPhase, LoginTest, Tested, Told};
pub use reader::{Content, LookError, Reader};
pub use running::{About, Notice, PATIENCE, Running};
pub use tab::Tab;
pub use update::update;

/// Everything the window shows.
#[derive(Debug)]
pub struct Model {
    /// The language of all words.
    pub language: Language,
    /// Whether the cards are virtual ones.
    pub demo: bool,
    /// What the window shows at the moment.
    pub tab: Tab,
    /// What the clock of the computer showed last; not known before somebody has looked.
    pub clock: Option<SystemTime>,
    /// The certificates, as far as somebody wanted to see them.
    pub certificates: Certificates,
    /// What of the help is shown.
    pub help: Help,
    /// How the smart card service is.
    pub service: Service,
    /// All readers, in the order of the service.
    pub readers: Vec<Reader>,
    /// The selected identification object.
    pub form: Option<Form>,
    /// The open log-in test; it stands where the form would.
    pub login: Option<LoginTest>,
    /// Requests on their way, whether a form shows them or not.
    pub running: Vec<Running>,
    /// Results that no form was open for, until the person has seen them.
    pub notices: Vec<Notice>,
    /// The person wanted to leave while a request was on its way.
    pub leaving: bool,
    /// Where the keyboard goes back to from what was closed; the view takes this when it has seen to
    /// it.
    pub back_to: Option<BackTo>,
    last_generation: u64,
    last_ticket: u64,
}

/// From where a person opened what they have closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackTo {
    /// The row of an identification object.
    Object(ReaderName, PinRole),
    /// The button for the log-in test without a card.
    LoginTest,
}

/// How the smart card service is.
#[derive(Debug)]
pub enum Service {
    /// It has not answered yet.
    Starting,
    /// It runs.
    Running,
    /// It cannot be asked. The watch waits for it and reports when it is back.
    Failed(ReaderError),
}

/// Something happened.
#[derive(Debug)]
pub enum Message {
    /// The person went to another tab.
    Open(Tab),
    /// The watch reported all readers, or that it cannot.
    Readers(Result<Vec<ReaderState>, ReaderError>),
    /// A card was looked at: first its counters, then once more with its holder.
    Looked {
        /// In which reader.
        reader: ReaderName,
        /// The generation it was asked for.
        generation: u64,
        /// What was seen.
        look: Result<Box<Card>, LookError>,
    },
    /// A request was carried out, or not.
    Performed {
        /// In which reader.
        reader: ReaderName,
        /// The generation it was asked for.
        generation: u64,
        /// The number of the request.
        ticket: u64,
        /// What came of it, or why the card could not be reached; nothing was sent then.
        outcome: Result<Box<PinOutcome>, LookError>,
        /// All counters, read after it; `None` when they could not be read.
        states: Option<PinStates>,
    },
    /// The person selected an identification object.
    Select {
        /// The reader of its card.
        reader: ReaderName,
        /// PIN1 or PIN2.
        role: PinRole,
        /// Whether the keyboard should go to the form at once.
        enter: bool,
    },
    /// The person chose what to do with the selected object.
    Operate(Operation),
    /// The person accepted what a wrong entry would bring about, or took that back.
    Accept(bool),
    /// The person confirmed the form.
    Submit,
    /// The person wants to test the log-in with the card in this reader, or without a card.
    TestLogin(Option<ReaderName>),
    /// The person typed PIN1 for the module.
    LogInByModule,
    /// The person wants their browser to log in.
    LogInByBrowser,
    /// The person does not wait for the browser any more.
    EndBrowserTest,
    /// A server waits for the browser.
    BrowserAwaited {
        /// The number of the test.
        ticket: u64,
        /// Where it waits.
        address: String,
    },
    /// What came of a log-in test.
    LoggedIn {
        /// The number of the test.
        ticket: u64,
        /// Who logged in, or the broken link.
        verdict: Box<siru_login::Verdict>,
        /// Whether the browsers know the module.
        registration: Registration,
    },
    /// The person opened a subject of the help, or closed it.
    Topic(Topic),
    /// Something happened to certificates.
    Certificates(CertificateMessage),
    /// The person is done with the selected object.
    Close,
    /// The person has seen the result of the request with this number.
    Dismiss(u64),
    /// The person wants to leave while a request is on its way.
    Leave,
    /// The person wants all cards read again.
    ReadAgain,
    /// The person chose another language.
    Speak(Language),
    /// The person takes a virtual card out or puts it back.
    SwitchCard(ReaderName),
}

/// Something to be done outside the model.
#[derive(Debug)]
pub enum Command {
    /// Look at the card in a reader and report with [`Message::Looked`].
    Look {
        /// The reader.
        reader: ReaderName,
        /// To be given back.
        generation: u64,
    },
    /// Carry out one request, once, and report with [`Message::Performed`].
    Perform(Box<Order>),
    /// Have the module log in, once, and report with [`Message::LoggedIn`].
    LogInByModule(Box<LoginOrder>),
    /// Wait for the person's browser, and report with [`Message::LoggedIn`].
    LogInByBrowser {
        /// To be given back.
        ticket: u64,
        /// What the page is written in.
        language: Language,
    },
    /// Do not wait for the browser any more.
    EndBrowserTest,
    /// Read all certificates of a card, and report with [`CertificateMessage::Found`].
    ReadCertificates {
        /// The reader.
        reader: ReaderName,
        /// To be given back.
        generation: u64,
        /// The card the person saw.
        seen: CardIdentity,
    },
    /// Write a file, and report with [`CertificateMessage::Saved`].
    Save(Box<SaveOrder>),
    /// The reader is gone; nothing will be asked of it any more.
    Forget(ReaderName),
    /// Take a virtual card out or put it back.
    SwitchCard(ReaderName),
}

/// A confirmed request and what it is bound to. It is consumed by carrying it out.
#[derive(Debug)]
pub struct Order {
    /// The reader.
    pub reader: ReaderName,
    /// To be given back.
    pub generation: u64,
    /// To be given back.
    pub ticket: u64,
    /// What the person confirmed.
    pub request: PinRequest,
    /// The card the person saw.
    pub seen: CardIdentity,
    /// What the person accepted.
    pub consent: Consent,
    /// The kind of the card the person saw.
    pub kind: CardKind,
}

impl Model {
    /// Nothing is known yet.
    pub const fn new(language: Language, demo: bool) -> Self {
        Self {
            language,
            demo,
            tab: Tab::Identification,
            clock: None,
            certificates: Certificates::new(),
            help: Help::new(),
            service: Service::Starting,
            readers: Vec::new(),
            form: None,
            login: None,
            running: Vec::new(),
            notices: Vec::new(),
            leaving: false,
            back_to: None,
            last_generation: 0,
            last_ticket: 0,
        }
    }

    /// The reader of that name.
    pub fn reader(&self, name: &ReaderName) -> Option<&Reader> {
        self.readers.iter().find(|reader| reader.name == *name)
    }

    /// The card of the open form, while it is there.
    pub fn form_card(&self) -> Option<&Card> {
        let form = self.form.as_ref()?;
        self.reader(&form.reader)?.card()
    }

    /// Whether a request is on its way.
    pub fn is_running(&self) -> bool {
        !self.running.is_empty() || self.login.as_ref().is_some_and(LoginTest::is_held)
    }

    /// Why the open log-in test has no card, as far as that is known.
    pub fn missing(&self) -> Option<BrokenLink> {
        login_update::missing(self)
    }

    /// The request on its way to the card in this reader.
    pub fn running_at(&self, reader: &ReaderName) -> Option<&Running> {
        let here = |running: &&Running| running.about.reader == *reader;
        self.running.iter().find(here)
    }

    /// The readers whose cards can be read anew: those that no request is on its way to.
    pub fn readable(&self) -> impl Iterator<Item = &Reader> {
        let free = |reader: &&Reader| self.running_at(&reader.name).is_none();
        self.readers
            .iter()
            .filter(|reader| reader.holds_card())
            .filter(free)
    }

    /// Whether the open form waits for an answer that may come at any moment, so that it is not
    /// to be left yet.
    pub fn is_held(&self, now: Instant) -> bool {
        self.form.as_ref().is_some_and(|form| form.is_held(now))
            || self.login.as_ref().is_some_and(LoginTest::is_held)
    }

    fn reader_mut(&mut self, name: &ReaderName, generation: u64) -> Option<&mut Reader> {
        self.readers
            .iter_mut()
            .find(|reader| reader.name == *name && reader.generation == generation)
    }

    fn next_generation(&mut self) -> u64 {
        self.last_generation += 1;
        self.last_generation
    }
}
