//! Whether every language says everything, and says it whole.

mod activations;
mod certificates;
mod files;
mod half_activated;
mod logins;
mod outcomes;
mod registrations;
mod sentences;

use crate::{Language, Message, Texts};

/// Asks `question` of all three languages.
fn in_every_language(mut question: impl FnMut(&Texts)) {
    for language in Language::ALL {
        question(&Texts::new(language));
    }
}

/// Every sentence of a message, in the order it is shown.
fn sentences(message: &Message) -> Vec<&str> {
    let mut all = vec![message.headline.as_str()];
    all.extend(message.detail.iter().map(String::as_str));
    all.extend(message.next_step.as_deref());
    all
}

fn assert_whole(sentence: &str) {
    assert!(!sentence.trim().is_empty(), "an empty sentence");
    assert!(
        !sentence.contains(['{', '}', '\u{2068}', '\u{2069}']),
        "{sentence}"
    );
    assert!(!sentence.contains("No localization"), "{sentence}");
    assert!(!sentence.contains("  "), "{sentence}");
}

fn assert_message_is_whole(message: &Message) {
    for sentence in sentences(message) {
        assert_whole(sentence);
    }
    assert!(!message.headline.ends_with('.'), "{}", message.headline);
}
