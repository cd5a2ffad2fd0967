//! Does the middleware understand every script? Each one plays the card for it, in strict order
//! and to the last exchange.
#![expect(
    clippy::expect_used,
    reason = "a script that cannot be played should stop the test where it is"
)]

use siru_apdu::CardChannel;
use siru_script::{Action, Item, Outcome, ReplayCard, ReplayError, Script, Step};
use siru_tests::acts::{Scenario, Stage};
use siru_tests::cards::Folder;
use siru_tests::scenarios;
use siru_tests::scripts::{self, KeptScript};

/// Scripts to which cards are held and the middleware is not, and why.
const ONLY_DRIVEN: &[(&str, &str)] = &[
    ("fineid-v3/before-select", NOT_SENT),
    ("fineid-v3/pin-commands", NOT_SENT),
    ("fineid-v3/verify-when-blocked", NOT_SENT),
    ("fineid-v3/sign-auth-rsa-pss", RANDOM),
    ("fineid-v4/before-select", NOT_SENT),
    ("fineid-v4/pin-commands", NOT_SENT),
    ("fineid-v4/verify-when-blocked", NOT_SENT),
    ("organisation/hash-refused", NOT_SENT),
    ("organisation/pin-commands", NOT_SENT),
    ("organisation/verify-when-blocked", NOT_SENT),
];
const NOT_SENT: &str = "written from the documents; the middleware sends no such sequence";
const RANDOM: &str = "its signature has a random salt: it cannot be recorded twice the same";

/// A scenario of a generation.
type Scene = (Folder, &'static Scenario);

/// The card is played by a script.
struct Played(ReplayCard);

impl Stage for Played {
    fn connect(&mut self) -> Box<dyn CardChannel> {
        Box::new(self.0.clone())
    }
}

#[test]
fn every_script_plays_the_card_for_the_middleware_or_there_is_a_reason() {
    let mut wrong = Vec::new();
    let mut played = 0;
    for kept in scripts::all() {
        let path = kept.path();
        let scenario = scenarios::of(&kept.folder, &kept.name);
        match (scenario, only_driven(&path)) {
            (Some(scene), None) => {
                played += 1;
                if let Err(error) = play(scene, &kept.script) {
                    wrong.push(format!("{path}: {error}"));
                }
            }
            (Some(_), Some(reason)) => {
                wrong.push(format!("{path}: a scenario, and yet a reason: {reason}"));
            }
            (None, Some(_)) => {}
            (None, None) if kept.is_fragment() => {}
            (None, None) => wrong.push(format!("{path}: neither a scenario nor a reason")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(played, scenarios::all().count());
}

#[test]
fn every_name_in_the_lists_has_its_file() {
    let driven = ONLY_DRIVEN.iter().map(|(path, _)| (*path).to_owned());
    let played =
        scenarios::all().map(|(folder, scenario)| format!("{}/{}", folder.name, scenario.script));
    let mut names: Vec<String> = driven.chain(played).collect();
    for name in &names {
        let (folder, script) = name.split_once('/').expect("folder and name");
        let file = scripts::file(folder, script);
        assert!(file.is_file(), "{name} has no file");
    }
    names.sort();
    let listed = names.len();
    names.dedup();
    assert_eq!(names.len(), listed, "a name is in the lists twice");
}

#[test]
fn every_fragment_is_included_and_every_certificate_referred_to() {
    let kept = scripts::all();
    for fragment in kept.iter().filter(|kept| kept.is_fragment()) {
        let file = format!("{}.apdu", fragment.path());
        let included = kept
            .iter()
            .any(|kept| kept.script.header.include.contains(&file));
        assert!(included, "{file}");
    }
    for (folder, certificate) in scripts::certificates() {
        let used = kept
            .iter()
            .filter(|kept| kept.folder == folder)
            .flat_map(|kept| answers(&kept.script))
            .any(|item| matches!(item, Item::File { path, .. } if *path == certificate));
        assert!(used, "{folder}/{certificate}");
    }
}

#[test]
fn a_step_too_many_is_noticed_in_every_script() {
    for (scene, kept) in played() {
        let mut script = kept.script.clone();
        script.steps.push(last_step(&script));
        assert!(
            matches!(
                play(scene, &script),
                Err(Unlike {
                    middleware: Ok(()),
                    script: Err(ReplayError::Leftover { .. }),
                })
            ),
            "{}",
            kept.path()
        );
    }
}

#[test]
fn a_missing_step_is_noticed_in_every_script() {
    for (scene, kept) in played() {
        let mut script = kept.script.clone();
        script.steps.pop();
        if script.steps.is_empty() {
            script.included.clear();
        }
        assert!(play(scene, &script).is_err(), "{}", kept.path());
    }
}

/// Whatever a card says about a PIN is looked at: another verdict or counter is another outcome.
#[test]
fn a_changed_verdict_or_counter_is_noticed_in_every_script() {
    let mut changed = 0;
    let mut missed = Vec::new();
    for (scene, kept) in played() {
        let original = whole(&kept.script);
        play(scene, &original).unwrap_or_else(|error| panic!("{}: {error}", kept.path()));
        let mut number = 0;
        loop {
            let mut script = original.clone();
            let Some(title) = spoil(&mut script, number) else {
                break;
            };
            if play(scene, &script).is_ok() {
                missed.push(format!("{}, number {number}, in \"{title}\"", kept.path()));
            }
            number += 1;
        }
        changed += number;
    }
    println!("{changed} bytes changed");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(changed > 200, "{changed}");
}

/// How a play went: what the middleware made of it, and whether the script was used up.
#[derive(Debug)]
struct Unlike {
    middleware: Result<(), String>,
    script: Result<(), ReplayError>,
}

impl std::fmt::Display for Unlike {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Err(error) = &self.script {
            write!(f, "{error}; ")?;
        }
        write!(f, "{:?}", self.middleware)
    }
}

fn play((folder, scenario): Scene, script: &Script) -> Result<(), Unlike> {
    let card = ReplayCard::new(script).expect("a script with a card");
    let middleware = scenario.play(folder, &mut Played(card.clone())).map(drop);
    let script = card.finish();
    if middleware.is_ok() && script.is_ok() {
        Ok(())
    } else {
        Err(Unlike { middleware, script })
    }
}

fn only_driven(path: &str) -> Option<&'static str> {
    let mut found = ONLY_DRIVEN.iter().filter(|(driven, _)| *driven == path);
    found.next().map(|(_, reason)| *reason)
}

/// The scripts that play the card.
fn played() -> impl Iterator<Item = (Scene, KeptScript)> {
    scripts::all().into_iter().filter_map(|kept| {
        let scene = scenarios::of(&kept.folder, &kept.name)?;
        Some((scene, kept))
    })
}

/// The script with everything it includes written out.
fn whole(script: &Script) -> Script {
    let steps: Vec<Step> = script.all_steps().into_iter().cloned().collect();
    Script {
        steps,
        included: Vec::new(),
        ..script.clone()
    }
}

fn last_step(script: &Script) -> Step {
    script.steps.last().expect("a step").clone()
}

fn answers(script: &Script) -> impl Iterator<Item = &Item> {
    let actions = script.steps.iter().flat_map(|step| &step.actions);
    actions
        .filter_map(Action::exchange)
        .filter_map(|exchange| match &exchange.outcome {
            Outcome::Response(items) => Some(items),
            Outcome::Event(_) => None,
        })
        .flatten()
}

/// Changes a bit in one of the bytes that say how a PIN stands: the last one of the status word
/// after a code was presented, or the tries left in an answer to GET DATA. Gives the step's title.
fn spoil(script: &mut Script, number: usize) -> Option<String> {
    let mut left = number;
    for step in &mut script.steps {
        for action in &mut step.actions {
            let Action::Exchange(exchange) = action else {
                continue;
            };
            let presented = exchange
                .command
                .iter()
                .any(|item| matches!(item, Item::Secret { .. }));
            let Outcome::Response(items) = &mut exchange.outcome else {
                continue;
            };
            let counted = items
                .iter()
                .position(|item| matches!(item, Item::Varying { name, .. } if name == "counters"));
            let place = match counted {
                Some(place) => place.checked_sub(1)?,
                None if presented => items.len().checked_sub(1)?,
                None => continue,
            };
            if left > 0 {
                left -= 1;
                continue;
            }
            let Some(Item::Bytes(bytes)) = items.get_mut(place) else {
                return None;
            };
            *bytes.last_mut()? ^= 0x01;
            return Some(step.title.clone());
        }
    }
    None
}
