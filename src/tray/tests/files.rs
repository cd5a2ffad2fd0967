//! Whether every sentence of the tray is there in every language, and none in vain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast;

/// The names of the messages of a file, each with the variables in it.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/i18n");
    let text = fs::read_to_string(folder.join(language).join("siru_tray.ftl")).unwrap();
    let resource = fluent_syntax::parser::parse(text).expect("a file without errors");
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        if let ast::Entry::Message(message) = entry {
            let mut found = BTreeSet::new();
            variables(&message.value.expect("a value"), &mut found);
            let earlier = messages.insert(message.id.name, found);
            assert!(earlier.is_none(), "{language}: a name twice");
        }
    }
    messages
}

fn variables(pattern: &ast::Pattern<String>, found: &mut BTreeSet<String>) {
    let mut note = |inline: &ast::InlineExpression<String>| {
        if let ast::InlineExpression::VariableReference { id } = inline {
            found.insert(id.name.clone());
        }
    };
    let mut within = Vec::new();
    for element in &pattern.elements {
        match element {
            ast::PatternElement::Placeable {
                expression: ast::Expression::Inline(inline),
            } => note(inline),
            ast::PatternElement::Placeable {
                expression: ast::Expression::Select { selector, variants },
            } => {
                note(selector);
                within.extend(variants.iter().map(|variant| &variant.value));
            }
            ast::PatternElement::TextElement { .. } => {}
        }
    }
    for pattern in within {
        variables(pattern, found);
    }
}

#[test]
fn the_three_files_hold_the_same_messages_with_the_same_variables() {
    let english = messages("en");
    assert!(english.len() > 15);
    assert_eq!(english["expires"].len(), 2);
    for language in ["fi", "sv"] {
        assert_eq!(messages(language), english, "{language}");
    }
}

#[test]
fn no_message_lies_there_unused() {
    let words = include_str!("../words.rs");
    for name in messages("en").keys() {
        assert!(
            words.contains(&format!("\"{name}\"")),
            "{name} is said nowhere"
        );
    }
}
