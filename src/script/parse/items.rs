//! The bytes of a command or answer: pairs of digits and the three forms in braces.

use std::path::Path;

use siru_apdu::hex;

use super::error::{ParseError, Problem};
use super::lines::Placed;
use crate::library::{Library, is_plain_path};
use crate::model::{Item, Place};
use crate::name::is_name;

/// The longest item, in bytes: what a short response can hold.
const MAX_ITEM: usize = 258;

/// Reads the items of a command or answer that may stretch over several lines.
pub(super) fn read(lines: &[Placed], library: &dyn Library) -> Result<Vec<Item>, ParseError> {
    let mut items: Vec<Item> = Vec::new();
    for (place, token) in tokens(lines)? {
        let item = match token {
            Token::Digits(digits) => hex::parse(&digits)
                .map(Item::Bytes)
                .ok_or(Problem::NotBytes),
            Token::Braces(content) => braces(&content, &place, library),
        }
        .map_err(|problem| ParseError { place, problem })?;
        match (items.last_mut(), item) {
            (Some(Item::Bytes(before)), Item::Bytes(more)) => before.extend(more),
            (_, item) => items.push(item),
        }
    }
    Ok(items)
}

enum Token {
    Digits(String),
    Braces(String),
}

fn tokens(lines: &[Placed]) -> Result<Vec<(Place, Token)>, ParseError> {
    let mut tokens = Vec::new();
    let mut open: Option<(Place, String)> = None;
    for (place, line) in lines {
        let mut digits = String::new();
        for character in line.chars().chain([' ']) {
            match (&mut open, character) {
                (Some(_), '}') => {
                    if let Some((place, content)) = open.take() {
                        tokens.push((place, Token::Braces(content)));
                    }
                }
                (Some((place, _)), '{') => {
                    return Err(ParseError {
                        place: place.clone(),
                        problem: Problem::Braces,
                    });
                }
                (Some((_, content)), other) => content.push(other),
                (None, '{') => {
                    finish(&mut tokens, place, &mut digits);
                    open = Some((place.clone(), String::new()));
                }
                (None, other) if other.is_whitespace() => finish(&mut tokens, place, &mut digits),
                (None, other) => digits.push(other),
            }
        }
    }
    match open {
        Some((place, _)) => Err(ParseError {
            place,
            problem: Problem::Braces,
        }),
        None => Ok(tokens),
    }
}

fn finish(tokens: &mut Vec<(Place, Token)>, place: &Place, digits: &mut String) {
    if !digits.is_empty() {
        tokens.push((place.clone(), Token::Digits(std::mem::take(digits))));
    }
}

fn braces(content: &str, place: &Place, library: &dyn Library) -> Result<Item, Problem> {
    if let Some(reference) = content.strip_prefix('@') {
        return file_part(reference, place, library);
    }
    if let Some((name, sample)) = content.split_once('=') {
        let name = named(name)?;
        let sample = hex::parse(sample).ok_or(Problem::NotBytes)?;
        if !(1..=MAX_ITEM).contains(&sample.len()) {
            return Err(Problem::Braces);
        }
        return Ok(Item::Varying { name, sample });
    }
    let (name, length) = content.split_once(':').ok_or(Problem::Braces)?;
    let length: u8 = length.trim().parse().map_err(|_| Problem::Braces)?;
    if length == 0 {
        return Err(Problem::Braces);
    }
    Ok(Item::Secret {
        name: named(name)?,
        length: usize::from(length),
    })
}

fn named(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    is_name(name)
        .then(|| name.to_owned())
        .ok_or(Problem::Braces)
}

fn file_part(reference: &str, place: &Place, library: &dyn Library) -> Result<Item, Problem> {
    let words: Vec<&str> = reference.split_whitespace().collect();
    let [path, part] = words.as_slice() else {
        return Err(Problem::Braces);
    };
    if !is_plain_path(path) {
        return Err(Problem::Path);
    }
    let (offset, length) = part.split_once('+').ok_or(Problem::Braces)?;
    let offset = usize::from_str_radix(offset, 16).map_err(|_| Problem::Braces)?;
    let length = usize::from_str_radix(length, 16).map_err(|_| Problem::Braces)?;
    if !(1..=MAX_ITEM).contains(&length) {
        return Err(Problem::Braces);
    }
    let from = place.file.as_deref().unwrap_or(Path::new(""));
    let (_, whole) = library
        .read(from, path)
        .map_err(|source| Problem::Unreadable {
            path: (*path).into(),
            source,
        })?;
    let bytes = offset
        .checked_add(length)
        .and_then(|end| whole.get(offset..end))
        .ok_or(Problem::FilePart)?
        .to_vec();
    Ok(Item::File {
        path: (*path).to_owned(),
        offset,
        bytes,
    })
}
