//! From the words of a command line to what they ask for.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ArgMatches;
use clap::error::ErrorKind;
use siru_browser::Scope;
use siru_card::{ActivationRegime, Operation, PinRole, Purpose};
use siru_text::{Language, Message};

use super::definition::command_line;
use super::wrong::{self, Slip};
use super::{
    Action, ActivateAction, BrowserAction, CertificateAction, CertificateView, Choice,
    ConfigAction, Export, Format, Invocation, LoginTestAction, Options, PinAction, PinFile,
};
use crate::words::Words;

/// What a command line is.
#[derive(Debug)]
pub enum Parsed {
    /// Something to do.
    Run(Box<Invocation>),
    /// A text to show, and that is all.
    Show(String),
    /// Nothing that is understood; why, in the person's language.
    Wrong(Message),
}

/// Reads a command line, without the program's own name. `system` is the language of the system;
/// `--lang` also decides in which language the help is.
pub fn parse(arguments: &[OsString], system: Language) -> (Words, Parsed) {
    let words = Words::new(language_in(arguments).unwrap_or(system));
    let parsed = read(arguments, &words);
    (words, parsed)
}

fn read(arguments: &[OsString], words: &Words) -> Parsed {
    let matches = match matches(arguments, words) {
        Ok(matches) => matches,
        Err(error) => return not_matched(&error, words),
    };
    match invocation(&matches, words) {
        Ok(invocation) => Parsed::Run(Box::new(invocation)),
        Err(Stop::Slip(slip)) => Parsed::Wrong(wrong::slip(slip, words)),
        Err(Stop::Inner(error)) => not_matched(&error, words),
    }
}

/// Why an invocation could not be made of what clap matched.
enum Stop {
    Slip(Slip),
    Inner(Box<clap::Error>),
}

impl From<Slip> for Stop {
    fn from(slip: Slip) -> Self {
        Self::Slip(slip)
    }
}

fn matches(arguments: &[OsString], words: &Words) -> Result<ArgMatches, Box<clap::Error>> {
    let program = OsString::from("siru");
    let line = std::iter::once(&program).chain(arguments);
    command_line(words)
        .try_get_matches_from(line)
        .map_err(Box::new)
}

fn not_matched(error: &clap::Error, words: &Words) -> Parsed {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Parsed::Show(error.to_string()),
        _ => Parsed::Wrong(wrong::message(error, words)),
    }
}

/// The language is needed before the command line can be read in it.
fn language_in(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    let mut found = None;
    while let Some(argument) = arguments.next() {
        let value = match argument {
            "--lang" => arguments.next(),
            other => other.strip_prefix("--lang="),
        };
        found = value.and_then(Language::from_tag).or(found);
    }
    found
}

fn invocation(matches: &ArgMatches, words: &Words) -> Result<Invocation, Stop> {
    let mut options = options(matches)?;
    let action = match matches.subcommand() {
        Some(("list", list)) => Action::List {
            json: list.get_flag("json"),
        },
        Some(("check", pin)) => Action::Pin(pin_action(pin, Operation::Check)?),
        Some(("change", pin)) => Action::Pin(pin_action(pin, Operation::Change)?),
        Some(("unlock", pin)) => Action::Pin(pin_action(pin, Operation::Unlock)?),
        Some(("activate", activate)) => Action::Activate(activate_action(activate)?),
        Some(("certificate", certificate)) => Action::Certificate(certificate_action(certificate)?),
        Some(("login-test", test)) => Action::LoginTest(login_test_action(test)?),
        Some(("browser", browser)) => Action::Browser(browser_action(browser)?),
        Some(("config", config)) => Action::Config(config_action(config)?),
        Some(("record", record)) => recorded(record, &mut options, words)?,
        _ => return Err(Slip::MissingCommand.into()),
    };
    Ok(Invocation { options, action })
}

fn options(matches: &ArgMatches) -> Result<Options, Slip> {
    let language = match matches.get_one::<String>("lang") {
        Some(tag) => Some(Language::from_tag(tag).ok_or(Slip::Value("--lang"))?),
        None => None,
    };
    let demo = if matches.contains_id("demo") {
        let names = matches
            .get_one::<String>("demo")
            .map(String::as_str)
            .unwrap_or_default();
        let named = names.split(',').filter(|name| !name.is_empty());
        Some(
            named
                .map(|name| name.parse().map_err(|_| Slip::Image))
                .collect::<Result<_, _>>()?,
        )
    } else {
        None
    };
    Ok(Options {
        language,
        demo,
        verbosity: matches.get_count("verbose"),
    })
}

fn choice(matches: &ArgMatches) -> Result<Choice, Slip> {
    let text = |name| matches.get_one::<String>(name).cloned();
    Ok(match (text("reader"), text("serial")) {
        (Some(reader), _) => Choice::Reader(reader),
        (None, Some(serial)) if serial.trim().chars().count() < SHORTEST_SERIAL => {
            return Err(Slip::ShortSerial);
        }
        (None, Some(serial)) => Choice::Serial(serial),
        (None, None) => Choice::Only,
    })
}

/// Fewer characters end too many serial numbers: one card in ten has the digit that was typed.
const SHORTEST_SERIAL: usize = 4;

fn pin_action(matches: &ArgMatches, operation: Operation) -> Result<PinAction, Slip> {
    let role = match matches.get_one::<String>("pin").map(String::as_str) {
        Some("1") => PinRole::Authentication,
        Some("2") => PinRole::Signature,
        _ => return Err(Slip::Value("--pin")),
    };
    let choice = choice(matches)?;
    Ok(PinAction {
        operation,
        role,
        choice,
        pin_file: pin_file(matches),
        last_try: matches.get_flag("last-try"),
    })
}

fn activate_action(matches: &ArgMatches) -> Result<ActivateAction, Slip> {
    let letter = match matches.get_one::<String>("letter").map(String::as_str) {
        None => None,
        Some("code") => Some(ActivationRegime::Code),
        Some("activation-pin") => Some(ActivationRegime::ActivationPin),
        Some(_) => return Err(Slip::Value("--letter")),
    };
    Ok(ActivateAction {
        choice: choice(matches)?,
        pin_file: pin_file(matches),
        last_try: matches.get_flag("last-try"),
        letter,
    })
}

fn pin_file(matches: &ArgMatches) -> Option<PinFile> {
    let name = matches.get_one::<String>("pin-file")?;
    Some(match name.as_str() {
        "-" => PinFile::Standard,
        path => PinFile::Path(PathBuf::from(path)),
    })
}

fn login_test_action(matches: &ArgMatches) -> Result<LoginTestAction, Slip> {
    let trust = matches.get_many::<String>("trust").unwrap_or_default();
    Ok(LoginTestAction {
        choice: choice(matches)?,
        browser: matches.get_flag("browser"),
        json: matches.get_flag("json"),
        module: matches.get_one::<String>("module").map(PathBuf::from),
        trust: trust.map(PathBuf::from).collect(),
        pin_file: pin_file(matches),
    })
}

fn certificate_action(matches: &ArgMatches) -> Result<CertificateAction, Slip> {
    let (view, matches) = match matches.subcommand() {
        Some(("list", list)) => (CertificateView::List, list),
        Some(("show", show)) => (
            CertificateView::Show {
                purpose: purpose(show)?,
            },
            show,
        ),
        Some(("export", export)) => {
            let view = CertificateView::Export(Export {
                purpose: purpose(export)?.unwrap_or(Purpose::Authentication),
                format: format(export)?,
                out: export.get_one::<String>("out").map(PathBuf::from),
                chain: export.get_flag("chain"),
            });
            (view, export)
        }
        _ => return Err(Slip::MissingCommand),
    };
    if let CertificateView::Export(Export {
        format: Format::Der,
        chain: true,
        ..
    }) = view
    {
        return Err(Slip::DerChain);
    }
    Ok(CertificateAction {
        choice: choice(matches)?,
        view,
    })
}

fn purpose(matches: &ArgMatches) -> Result<Option<Purpose>, Slip> {
    Ok(
        match matches.get_one::<String>("purpose").map(String::as_str) {
            None => None,
            Some("authentication") => Some(Purpose::Authentication),
            Some("signature") => Some(Purpose::Signature),
            Some("ca") => Some(Purpose::CertificateAuthority),
            Some(_) => return Err(Slip::Value("--purpose")),
        },
    )
}

fn format(matches: &ArgMatches) -> Result<Format, Slip> {
    match matches.get_one::<String>("format").map(String::as_str) {
        None | Some("pem") => Ok(Format::Pem),
        Some("der") => Ok(Format::Der),
        Some(_) => Err(Slip::Value("--format")),
    }
}

fn browser_action(matches: &ArgMatches) -> Result<BrowserAction, Slip> {
    let scope = |matches: &ArgMatches| {
        if matches.get_flag("system") {
            Scope::System
        } else {
            Scope::User
        }
    };
    let module = |matches: &ArgMatches| matches.get_one::<String>("module").map(PathBuf::from);
    Ok(match matches.subcommand() {
        Some(("status", status)) => BrowserAction::Status {
            json: status.get_flag("json"),
            module: module(status),
        },
        Some(("register", register)) => BrowserAction::Register {
            scope: scope(register),
            module: module(register),
            if_allowed: register.get_flag("if-allowed"),
        },
        Some(("unregister", unregister)) => BrowserAction::Unregister {
            scope: scope(unregister),
        },
        _ => return Err(Slip::MissingCommand),
    })
}

fn config_action(matches: &ArgMatches) -> Result<ConfigAction, Slip> {
    Ok(match matches.subcommand() {
        Some(("show", show)) => ConfigAction::Show {
            json: show.get_flag("json"),
        },
        Some(("check", check)) => ConfigAction::Check {
            file: check
                .get_one::<String>("file")
                .map(PathBuf::from)
                .ok_or(Slip::MissingCommand)?,
        },
        _ => return Err(Slip::MissingCommand),
    })
}

/// The command after `record` is a command line of its own; its options add to those before it.
fn recorded(record: &ArgMatches, options: &mut Options, words: &Words) -> Result<Action, Stop> {
    let out = record
        .get_one::<String>("out")
        .map(PathBuf::from)
        .ok_or(Slip::Value("--out"))?;
    let command = record.get_many::<String>("command").unwrap_or_default();
    let arguments: Vec<OsString> = command.map(OsString::from).collect();
    let inner = matches(&arguments, words).map_err(Stop::Inner)?;
    let inner = invocation(&inner, words)?;
    match inner.action {
        Action::Record { .. } => return Err(Slip::NestedRecord.into()),
        // What the module says to the card does not pass by here.
        Action::Browser(_) | Action::LoginTest(_) | Action::Config(_) => {
            return Err(Slip::NothingToRecord.into());
        }
        Action::List { .. } | Action::Pin(_) | Action::Activate(_) | Action::Certificate(_) => {}
    }
    options.demo = inner.options.demo.or(options.demo.take());
    options.language = inner.options.language.or(options.language);
    options.verbosity = options.verbosity.max(inner.options.verbosity);
    let title = inner.action.name().to_owned();
    Ok(Action::Record {
        out,
        title,
        action: Box::new(inner.action),
    })
}
