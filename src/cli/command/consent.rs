//! What a person accepts before a code is asked for: nothing beyond the ordinary, unless a wrong
//! entry would bring about more.

use i18n_embed_fl::fl;
use siru_card::{Consent, PinRole, PinStates, Refusal, Risk};

use super::secrets::Source;
use crate::output::layout;
use crate::prompt::{EntryError, Terminal};
use crate::trouble::Trouble;
use crate::words::Words;

/// Why there is no consent.
pub(super) enum Denied {
    /// There is nobody to ask.
    Unasked(Refusal),
    /// The person did not go on, or could not be asked.
    Trouble(Trouble),
}

impl<T: Into<Trouble>> From<T> for Denied {
    fn from(trouble: T) -> Self {
        Self::Trouble(trouble.into())
    }
}

/// Asks for the consent to `risk` of presenting `code`, where it takes one. `last_try`: every risk
/// was accepted beforehand.
pub(super) fn consent(
    words: &Words,
    last_try: bool,
    (code, risk): (PinRole, Risk),
    states: &PinStates,
    source: &mut Source<'_>,
) -> Result<Consent, Denied> {
    let tries_left = states.of(code).tries_left();
    if last_try {
        return Ok(Consent::All);
    }
    if risk == Risk::None {
        return Ok(Consent::Ordinary);
    }
    let Source::Person(terminal) = source else {
        return Err(Denied::Unasked(Refusal::ConsentNeeded {
            code,
            risk,
            tries_left,
        }));
    };
    let told = if states.of(code).is_activation_pin() {
        words.cards.risk_of_activation_pin(code, risk, tries_left)
    } else {
        words.cards.risk(code, risk, tries_left)
    };
    terminal.say(&layout(&told))?;
    if accepts(words, *terminal, risk.wants_word(code))? {
        Ok(Consent::Accepted(risk))
    } else {
        Err(Trouble::NotConfirmed.into())
    }
}

fn accepts(words: &Words, terminal: &mut dyn Terminal, for_good: bool) -> Result<bool, EntryError> {
    let own = words.own();
    if for_good {
        let typed = terminal.answer(&fl!(own, "ask-word"))?;
        return Ok(typed.to_uppercase() == words.cards.typed_word());
    }
    let typed = terminal.answer(&fl!(own, "ask-go-on"))?.to_lowercase();
    // Only the letter that was offered, or its word. Words of refusal begin with the same letter:
    // the Finnish "keskeytä" is no "kyllä".
    Ok(typed == fl!(own, "answer-yes") || typed == fl!(own, "answer-yes-word"))
}
