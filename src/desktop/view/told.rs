//! What came of a request and what stands in the way of one, as sentences and counters.

use siru_card::{PinRole, PinState, PinStates, TryUse};
use siru_text::{Message as Told, Tone};

use super::Scene;
use crate::model::{Block, Finished, LookError, Outcome};
use crate::say;

/// The sentences on what came of a request, and the counters before and after it.
pub(super) fn told(finished: &Finished, scene: &Scene<'_>) -> (Told, Vec<String>) {
    let texts = &scene.speech.texts;
    match &finished.outcome {
        Ok(outcome) => {
            let told = match outcome.as_ref() {
                Outcome::One(outcome) => texts.outcome(outcome, finished.kind),
                Outcome::Both(pair) => texts.pair(pair, finished.kind),
            };
            let mut facts: Vec<_> = outcome
                .each()
                .flat_map(|one| receipt(one.before.as_ref(), one.after.as_ref(), scene))
                .collect();
            facts.dedup();
            // Of what did not succeed the sentences say it already.
            if outcome.is_done() && outcome.each().all(|one| one.try_use == TryUse::NotUsed) {
                facts.push(say!(scene.speech, "no-try-used"));
            }
            if told.tone != Tone::Good {
                facts.extend(scene.contact_line());
            }
            (told, facts)
        }
        Err(error) => {
            let mut told = match error {
                LookError::Reader(error) => texts.reader_error(error),
                LookError::Open(error) => texts.open_error(error),
            };
            told.detail.push(say!(scene.speech, "nothing-sent"));
            (told, Vec::new())
        }
    }
}

/// One line for every code whose counter was read before and after; when some of them changed,
/// only for those.
fn receipt(
    before: Option<&PinStates>,
    after: Option<&PinStates>,
    scene: &Scene<'_>,
) -> Vec<String> {
    let (Some(before), Some(after)) = (before, after) else {
        return Vec::new();
    };
    let count = |states: &PinStates, role| states.of(role).tries_left();
    let known: Vec<_> = PinRole::ALL
        .into_iter()
        .filter_map(|role| Some((role, count(before, role)?.0, count(after, role)?.0)))
        .collect();
    let changed = known.iter().any(|(_, before, after)| before != after);
    known
        .into_iter()
        .filter(|(_, before, after)| !changed || before != after)
        .map(|(role, before, after)| {
            let code = scene.speech.texts.role(role);
            say!(
                scene.speech,
                "tries-change",
                code = code,
                before = before,
                after = after
            )
        })
        .collect()
}

/// Why the task cannot be done, and what can be done instead.
pub(super) fn blocked(block: Block, scene: &Scene<'_>) -> Told {
    let (headline, hint) = match block {
        Block::ReadOnly(reason) => (
            say!(scene.speech, "look-only"),
            scene.speech.texts.read_only(reason),
        ),
        Block::NotActivated => (
            scene.speech.texts.state(
                PinRole::Signature,
                PinState::NotActivated { tries_left: None },
                None,
            ),
            say!(scene.speech, "not-activated-block"),
        ),
        Block::PinLocked => (
            scene
                .speech
                .texts
                .state(PinRole::Signature, PinState::Locked, None),
            say!(scene.speech, "pin-locked-hint"),
        ),
        Block::PukLocked => (
            scene
                .speech
                .texts
                .state(PinRole::Unblocking, PinState::Locked, None),
            say!(scene.speech, "puk-locked-hint"),
        ),
    };
    let tone = match block {
        Block::ReadOnly(_) | Block::NotActivated => Tone::Neutral,
        Block::PinLocked | Block::PukLocked => Tone::Bad,
    };
    Told {
        headline,
        detail: vec![hint],
        next_step: None,
        tone,
    }
}
