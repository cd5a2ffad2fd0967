//! What the window knows, and how every message changes it. No drawing, no card, no clock but the
//! one that is handed in: all of it can be tested by calling [`update`].

pub mod attention;
pub mod card;
pub mod certificates;
pub mod check;
pub mod field;
pub mod form;
pub mod help;
pub mod login;
mod login_update;
pub mod looks;
mod order;
mod pin_update;
pub mod reader;
mod reader_update;
pub mod request;
pub mod running;
pub mod tab;
pub mod task;
#[cfg(test)]
mod tests;
mod update;

use std::time::{Instant, SystemTime};

use siru_apdu::{ReaderError, ReaderName, ReaderState};
use siru_card::{CardIdentity, CardKind, Consent, PinRole, PinStates, TypoShield};
use siru_login::{BrokenLink, Registration};
use siru_settings::{Problem, Settings, WeakPins};
use siru_text::Language;

use crate::store::{Edit, SaveError};
use crate::theme::Look;
use order::ReaderOrder;

pub use card::{Card, Holder, Object};
pub use certificates::{CertificateMessage, Certificates, SaveOrder};
pub use check::{Check, Knowledge, NewCheck, other};
pub use field::{Field, Verdict};
pub use form::{Block, Finished, Form, Phase, Stake};
pub use help::{Help, Topic};
pub use login::{LoginOrder, LoginPhase, LoginTest, Tested, Told};
pub use looks::SystemLook;
pub use reader::{Content, LookError, Reader};
pub use request::{Outcome, Request};
pub use running::{About, Notice, PATIENCE, Running};
pub use tab::Tab;
pub use task::Task;
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
    /// What the machine's administrator and the person decided.
    pub settings: Settings,
    /// What is wrong in the files of settings.
    pub problems: Vec<Problem>,
    /// Why the last change of a setting did not take effect.
    pub unsaved: Option<SaveError>,
    /// What the desktop around the window asks for.
    pub system: SystemLook,
    /// What the clock of the computer showed last; not known before somebody has looked.
    pub clock: Option<SystemTime>,
    /// The certificates, as far as somebody wanted to see them.
    pub certificates: Certificates,
    /// What of the help is shown.
    pub help: Help,
    /// How the smart card service is.
    pub service: Service,
    /// All readers, in the order in which they were first seen.
    pub readers: Vec<Reader>,
    /// Of many cards, only those that need attention are in sight.
    pub only_attention: bool,
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
    /// What the cards refused and accepted since they were put in, known by digests only.
    pub shield: TypoShield,
    /// Where the keyboard goes back to from what was closed; the view takes this when it has seen to
    /// it.
    pub back_to: Option<BackTo>,
    order: ReaderOrder,
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
    /// The person wants to see only the cards that need attention, or all.
    OnlyAttention(bool),
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
        outcome: Result<Box<Outcome>, LookError>,
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
    Begin(Task),
    /// The person wants to activate the card in this reader.
    Activate(ReaderName),
    /// The person wants the PUK to set both PINs, or only the selected one.
    SetBoth(bool),
    /// The person says that a code known as another one is right here as well, or takes it back.
    Insist(bool),
    /// The person wants to see where the code is found, or no longer.
    ShowLetter(bool),
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
    /// The person decided about a setting.
    Decide(Edit),
    /// The person wants everything larger, or smaller.
    Zoom {
        /// Larger, or smaller.
        larger: bool,
    },
    /// The settings as they are now.
    Settings {
        /// All of them.
        settings: Box<Settings>,
        /// What is wrong in their files.
        problems: Vec<Problem>,
        /// Why the last change did not take effect.
        unsaved: Option<SaveError>,
    },
    /// What the desktop around the window asks for.
    System(SystemLook),
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
    /// Have a decision about a setting take effect, and report with [`Message::Settings`].
    Decide(Edit),
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
    pub request: Request,
    /// The card the person saw.
    pub seen: CardIdentity,
    /// What the person accepted.
    pub consent: Consent,
    /// The kind of the card the person saw.
    pub kind: CardKind,
}

impl Model {
    /// Nothing is known yet.
    pub fn new(language: Language, demo: bool) -> Self {
        Self {
            language,
            demo,
            tab: Tab::Identification,
            settings: Settings::defaults(),
            problems: Vec::new(),
            unsaved: None,
            system: SystemLook::default(),
            clock: None,
            certificates: Certificates::new(),
            help: Help::new(),
            service: Service::Starting,
            readers: Vec::new(),
            only_attention: false,
            form: None,
            login: None,
            running: Vec::new(),
            notices: Vec::new(),
            leaving: false,
            shield: TypoShield::new(),
            back_to: None,
            order: ReaderOrder::default(),
            last_generation: 0,
            last_ticket: 0,
        }
    }

    /// The reader of that name.
    pub fn reader(&self, name: &ReaderName) -> Option<&Reader> {
        self.readers.iter().find(|reader| reader.name == *name)
    }

    /// What the session knows beside the card of a form.
    pub fn knowledge(&self) -> Knowledge<'_> {
        Knowledge {
            shield: &self.shield,
            weak_pins_forbidden: self.settings.weak_pins.value == WeakPins::Forbid,
        }
    }

    /// Whom the organisation wants to be asked, in the language of the window.
    pub fn contact(&self) -> Option<String> {
        let contact = &self.settings.contact.value;
        contact.line(self.language).map(str::to_owned)
    }

    /// How the window is to look.
    pub const fn look(&self) -> Look {
        looks::look(self.settings.appearance.value, self.system)
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
