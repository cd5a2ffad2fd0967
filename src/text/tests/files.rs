//! The three files hold the same messages with the same variables, and none in vain.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use fluent_syntax::ast;

type Messages = BTreeMap<String, BTreeSet<String>>;

fn messages(language: &str) -> Messages {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/i18n");
    let text = fs::read_to_string(folder.join(language).join("siru_text.ftl")).unwrap();
    let resource = fluent_syntax::parser::parse(text).expect("a file without errors");
    let mut messages = Messages::new();
    for entry in resource.body {
        let ast::Entry::Message(message) = entry else {
            continue;
        };
        let mut variables = BTreeSet::new();
        pattern(&message.value.expect("a value"), &mut variables);
        let name = message.id.name;
        assert!(
            messages.insert(name.clone(), variables).is_none(),
            "{language}: {name} twice"
        );
    }
    messages
}

/// Variables are collected by name; references to other messages count as `@name`.
fn pattern(pattern: &ast::Pattern<String>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let ast::PatternElement::Placeable { expression } = element {
            expression_in(expression, found);
        }
    }
}

fn expression_in(expression: &ast::Expression<String>, found: &mut BTreeSet<String>) {
    match expression {
        ast::Expression::Inline(inline) => inline_in(inline, found),
        ast::Expression::Select { selector, variants } => {
            inline_in(selector, found);
            assert!(variants.iter().any(|variant| variant.default));
            for variant in variants {
                pattern(&variant.value, found);
            }
        }
    }
}

fn inline_in(inline: &ast::InlineExpression<String>, found: &mut BTreeSet<String>) {
    match inline {
        ast::InlineExpression::VariableReference { id } => {
            found.insert(id.name.clone());
        }
        ast::InlineExpression::MessageReference { id, .. } => {
            found.insert(format!("@{}", id.name));
        }
        ast::InlineExpression::Placeable { expression } => expression_in(expression, found),
        _ => {}
    }
}

/// The variables a message needs, through all the messages it refers to.
fn needed(messages: &Messages, name: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for variable in messages
        .get(name)
        .unwrap_or_else(|| panic!("no message {name}"))
    {
        match variable.strip_prefix('@') {
            Some(other) => all.extend(needed(messages, other)),
            None => {
                all.insert(variable.clone());
            }
        }
    }
    all
}

#[test]
fn the_three_files_hold_the_same_messages_with_the_same_variables() {
    let english = messages("en");
    for language in ["fi", "sv"] {
        let other = messages(language);
        let names = |messages: &Messages| messages.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&english), names(&other), "{language}");
        for name in english.keys() {
            assert_eq!(
                needed(&english, name),
                needed(&other, name),
                "{language}: {name}"
            );
        }
    }
}

#[test]
fn no_message_lies_there_unused() {
    let mut code = String::new();
    for entry in fs::read_dir(env!("CARGO_MANIFEST_DIR")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    let all = ["en", "fi", "sv"].map(messages);
    for name in all[0].keys() {
        let referred = all
            .iter()
            .flat_map(BTreeMap::values)
            .any(|v| v.contains(&format!("@{name}")));
        assert!(
            referred || code.contains(&format!("\"{name}\"")),
            "{name} is said nowhere"
        );
    }
}
