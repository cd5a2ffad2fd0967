//! `siru login-test`: which link between the card and a service is broken?
//!
//! The card is chosen as every command chooses it, and the module gets PIN1 for that card only: it
//! has to show the same certificate. What can be known without a PIN is found out first.

use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use i18n_embed_fl::fl;
use siru_card::{Operation, Pin, PinRole, PinState, Purpose};
use siru_login::{
    Anchors, BrokenLink, BrowserTest, Plan, Registration, Verdict, attempt, look, module_path,
};
use siru_text::Texts;

use super::Session;
use super::pin::introduction;
use super::secrets::{Broken, Questions, Source, WeakPins};
use crate::args::{Choice, LoginTestAction};
use crate::choose::{Chosen, choose};
use crate::exit::Exit;
use crate::login_report::{LoginReport, link_of, name_of};
use crate::output::{columns, layout};
use crate::survey::{self, CardView, Depth};
use crate::trouble::Trouble;

pub(super) fn login_test(
    session: &mut Session<'_, '_>,
    action: &LoginTestAction,
) -> Result<Exit, Trouble> {
    tested(session, action).or_else(|trouble| {
        if let Some(name) = name_of(&trouble).filter(|_| action.json) {
            let module = action.module.clone();
            let module = module.unwrap_or_else(|| module_path(session.machine));
            let registration = Registration::of(session.machine, &module);
            write(session, &LoginReport::without(name, &registration))?;
        }
        Err(trouble)
    })
}

fn tested(session: &mut Session<'_, '_>, action: &LoginTestAction) -> Result<Exit, Trouble> {
    let anchors = anchors(&action.trust)?;
    let named = action.module.clone();
    let module = named.unwrap_or_else(|| module_path(session.machine));
    let registration = Registration::of(session.machine, &module);
    if action.browser {
        return in_browser(session, action, &module, anchors, &registration);
    }
    let verdict = by_module(session, action, &module, &anchors)?;
    tell(
        session,
        action,
        &registration.applied_to(verdict),
        &registration,
    )
}

/// The log-in by this process, through the module.
fn by_module(
    session: &mut Session<'_, '_>,
    action: &LoginTestAction,
    module: &Path,
    anchors: &Anchors,
) -> Result<Verdict, Trouble> {
    if !module.is_file() {
        return Ok(broken(BrokenLink::NoModule));
    }
    let chosen = choose(session.readers, &action.choice, Depth::Holder)?;
    session.worked_on = Some(chosen.reader.clone());
    let pin1 = chosen.card.states.of(PinRole::Authentication);
    if let Some(link) = BrokenLink::foreseen(chosen.card.access, pin1) {
        return Ok(broken(link));
    }
    // Whose card it is can be said by its certificate alone; without one PIN1 might go astray.
    let Some(leaf) = chosen.card.leaf() else {
        return Ok(broken(BrokenLink::NoCertificate));
    };
    if session.demo {
        return Err(Trouble::OnlyRealCards);
    }
    let plan = Plan {
        module,
        seen: Some(&leaf.der),
        anchors,
        now: SystemTime::now(),
    };
    if let Err(verdict) = look(&plan) {
        return Ok(*verdict);
    }
    let pin = ask(session, action, &chosen)?;
    let verdict = attempt(&plan, pin);
    Ok(counted(session, &chosen, verdict))
}

fn ask(
    session: &mut Session<'_, '_>,
    action: &LoginTestAction,
    chosen: &Chosen,
) -> Result<Pin, Trouble> {
    let words = session.words;
    let role = PinRole::Authentication;
    let mut source = Source::open(
        action.pin_file.as_ref(),
        &mut *session.terminal,
        &mut *session.standard_input,
    )?;
    if let Source::Person(terminal) = &mut source {
        terminal.say(&introduction(words, Operation::Check, role, chosen))?;
    }
    let rules = chosen.card.rules(role).ok_or(Trouble::NoCertificate)?;
    let questions = Questions {
        words,
        operation: Operation::Check,
        role,
        rules,
        puk_rules: chosen.card.puk_rules,
        weak: &WeakPins::default(),
    };
    questions
        .ask_current(&mut source)
        .map_err(|broken| match broken {
            Broken::Entry { code, problem } => Trouble::Rule { code, problem },
            Broken::Trouble(trouble) => trouble,
        })
}

/// After a wrong PIN the module says little of the counter; the card says it exactly.
fn counted(session: &Session<'_, '_>, chosen: &Chosen, verdict: Verdict) -> Verdict {
    let Verdict::Broken {
        link: BrokenLink::WrongPin { .. },
        presented,
    } = verdict
    else {
        return verdict;
    };
    let reader = Choice::Reader(chosen.reader.to_text().into_owned());
    let states = choose(session.readers, &reader, Depth::Holder)
        .ok()
        .filter(|again| again.card.identity == chosen.card.identity)
        .map(|again| again.card.states.of(PinRole::Authentication));
    let link = match states {
        Some(PinState::Locked) => BrokenLink::PinLocked,
        Some(state) => BrokenLink::WrongPin {
            tries_left: state.tries_left().map(|tries| tries.0),
        },
        None => BrokenLink::WrongPin { tries_left: None },
    };
    Verdict::Broken { link, presented }
}

/// The log-in by the person's browser.
fn in_browser(
    session: &mut Session<'_, '_>,
    action: &LoginTestAction,
    module: &Path,
    anchors: Anchors,
    registration: &Registration,
) -> Result<Exit, Trouble> {
    let texts = Texts::new(session.words.cards.language());
    let known = registration.clone();
    let page = move |verdict: &Verdict| texts.login_page(verdict, &known.clone().after(verdict));
    if !module.is_file() {
        return tell(session, action, &broken(BrokenLink::NoModule), registration);
    }
    // It would look at real cards.
    let module = (!session.demo).then(|| module.to_path_buf());
    let test = match BrowserTest::start(anchors, authorities(session), module, page) {
        Ok(test) => test,
        Err(link) => return tell(session, action, &broken(link), registration),
    };
    let words = session.words;
    let introduction = words.cards.login_in_browser();
    session.output.warned(&introduction);
    session.output.remark(format_args!("  {}", test.address()));
    if let Err(link) = session.browser.open(&test) {
        let message = words.cards.login(&broken(link), registration);
        session.output.warned(&message);
    }
    if session.browser.end_on_enter(test.ender()) {
        session.output.remark(fl!(words.own(), "login-enter"));
    }
    let output = &mut session.output;
    let verdict = test.wait(BrowserTest::PATIENCE, |verdict| {
        output.warned(&words.cards.login(verdict, registration));
    });
    drop(test);
    let verdict = with_service(session, verdict);
    let registration = registration.clone().after(&verdict);
    tell(session, action, &verdict, &registration)
}

/// A module sees no reader where there is no service either; whether there is one is known here.
fn with_service(session: &Session<'_, '_>, verdict: Verdict) -> Verdict {
    if verdict.link() != Some(&BrokenLink::NoReader) {
        return verdict;
    }
    let readers = session.readers.readers().list();
    let link = readers.err().and_then(|error| link_of(&error.into()));
    link.map_or(verdict, broken)
}

/// The certificates of authorities on all cards: browsers leave out what the card holds. Without
/// them the test goes on; what is missing then is part of the verdict.
fn authorities(session: &Session<'_, '_>) -> Vec<Vec<u8>> {
    let seen = match survey::everything(session.readers, Depth::Everything) {
        Ok(seen) => seen,
        Err(error) => {
            log::info!("no readers: {error}");
            return Vec::new();
        }
    };
    seen.iter()
        .filter_map(survey::Seen::card)
        .flat_map(CardView::certificates)
        .filter(|one| one.purpose == Purpose::CertificateAuthority)
        .map(|one| one.der.clone())
        .collect()
}

fn anchors(files: &[PathBuf]) -> Result<Anchors, Trouble> {
    Anchors::with_files(files).map_err(|unusable| Trouble::Roots {
        file: unusable.file.display().to_string(),
    })
}

const fn broken(link: BrokenLink) -> Verdict {
    Verdict::Broken {
        link,
        presented: None,
    }
}

fn tell(
    session: &mut Session<'_, '_>,
    action: &LoginTestAction,
    verdict: &Verdict,
    registration: &Registration,
) -> Result<Exit, Trouble> {
    let exit = Exit::of_login(verdict);
    if action.json {
        write(session, &LoginReport::of(verdict, registration))?;
        return Ok(exit);
    }
    let cards = &session.words.cards;
    let mut text = layout(&cards.login(verdict, registration));
    if let Some(presented) = verdict.presented() {
        text.push_str(&columns(&cards.login_rows(presented), 2));
    }
    if exit == Exit::Done {
        session.output.bytes(text.as_bytes())?;
    } else {
        session.output.remark(text.trim_end());
    }
    Ok(exit)
}

fn write(session: &mut Session<'_, '_>, report: &LoginReport) -> Result<(), Trouble> {
    // The report holds nothing that could fail to be written as JSON.
    let report = serde_json::to_string_pretty(report).map_err(io::Error::from)?;
    session.output.line(report)?;
    Ok(())
}
