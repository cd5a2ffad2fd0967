//! `siru config`: what was decided, by whom, and what is wrong in a file. No card is touched.

use std::io;
use std::path::Path;

use i18n_embed_fl::fl;
use siru_settings::{Key, Origin, Plain, Problem, Settings, Sources, What};

use super::Session;
use crate::args::ConfigAction;
use crate::exit::Exit;
use crate::output::columns;
use crate::settings_report::SettingsReport;
use crate::trouble::Trouble;
use crate::words::Words;

/// The settings a command works under, and where they come from.
#[derive(Debug)]
pub struct Decided {
    /// The places.
    pub sources: Sources,
    /// What holds.
    pub settings: Settings,
    /// What is wrong in the places.
    pub problems: Vec<Problem>,
}

impl Decided {
    /// What was decided in these places.
    pub fn load(sources: Sources) -> Self {
        let (settings, problems) = sources.load();
        Self {
            sources,
            settings,
            problems,
        }
    }
}

pub(super) fn config(
    session: &mut Session<'_, '_>,
    action: &ConfigAction,
) -> Result<Exit, Trouble> {
    match action {
        ConfigAction::Show { json } => show(session, *json),
        ConfigAction::Check { file } => check(session, file),
    }
}

/// Ends with 0 whatever is wrong: everything is shown as it holds.
fn show(session: &mut Session<'_, '_>, json: bool) -> Result<Exit, Trouble> {
    let (words, decided) = (session.words, session.decided);
    if json {
        let report = SettingsReport::of(decided);
        let report = serde_json::to_string_pretty(&report).map_err(io::Error::from)?;
        session.output.line(report)?;
        return Ok(Exit::Done);
    }
    let values = Key::ALL.map(|key| (key, value(words, &decided.settings.plain(key))));
    let width = values.iter().map(|(_, value)| value.chars().count());
    let width = width.filter(|width| *width <= WIDEST).max();
    let width = width.unwrap_or_default();
    let rows = values.map(|(key, value)| {
        let source = source(words, decided, key);
        (key.name().to_owned(), format!("{value:width$}  {source}"))
    });
    session.output.bytes(columns(&rows, 0).as_bytes())?;
    if !decided.problems.is_empty() {
        session.output.line("")?;
        session.output.line(fl!(words.own(), "config-problems"))?;
        tell(session, &decided.problems)?;
    }
    Ok(Exit::Done)
}

/// Values beyond this many characters do not push the origins of the others aside.
const WIDEST: usize = 24;

/// What is wrong with a file, were it the machine's; 1 if anything is.
fn check(session: &mut Session<'_, '_>, file: &Path) -> Result<Exit, Trouble> {
    let words = session.words;
    let problems = if file.try_exists().is_ok_and(|there| !there) {
        vec![Problem {
            file: file.to_owned(),
            key: None,
            what: What::Unreadable(io::ErrorKind::NotFound),
        }]
    } else {
        Sources::of_machine_file(file).load().1
    };
    if problems.is_empty() {
        let path = file.display().to_string();
        session
            .output
            .line(fl!(words.own(), "config-good", file = path))?;
        return Ok(Exit::Done);
    }
    tell(session, &problems)?;
    Ok(Exit::Failure)
}

fn tell(session: &mut Session<'_, '_>, problems: &[Problem]) -> Result<(), Trouble> {
    for problem in problems {
        let line = session.words.settings.problem(problem);
        session.output.line(line)?;
    }
    Ok(())
}

/// As it would stand in a file.
fn value(words: &Words, plain: &Plain) -> String {
    let quoted = |text: &str| format!("{text:?}");
    match plain {
        Plain::Nothing => fl!(words.own(), "config-nothing"),
        Plain::Word(word) => quoted(word),
        Plain::Switch(on) => on.to_string(),
        Plain::Number(number) => number.to_string(),
        Plain::List(all) => {
            let all: Vec<_> = all.iter().map(|text| quoted(text)).collect();
            format!("[{}]", all.join(", "))
        }
        Plain::Lines(lines) if lines.is_empty() => fl!(words.own(), "config-none"),
        Plain::Lines(lines) => {
            let lines = lines.iter();
            let lines: Vec<_> = lines
                .map(|(language, line)| format!("{language} = {}", quoted(line)))
                .collect();
            format!("{{ {} }}", lines.join(", "))
        }
    }
}

fn source(words: &Words, decided: &Decided, key: Key) -> String {
    let (own, origin) = (words.own(), decided.settings.origin(key));
    let mut source = match origin {
        Origin::Default => fl!(own, "config-default"),
        Origin::Machine => fl!(own, "config-machine"),
        Origin::User => fl!(own, "config-user"),
        Origin::UserPolicy => fl!(own, "config-user-policy"),
        Origin::MachinePolicy => fl!(own, "config-machine-policy"),
    };
    if let Some(place) = decided.sources.place(origin) {
        source.push_str(&format!(" ({})", place.display()));
    }
    if decided.settings.is_locked(key) {
        source.push_str(&format!(", {}", fl!(own, "config-locked")));
    }
    source
}
