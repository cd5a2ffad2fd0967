//! Names in braces: `PIN1`, `PIN1.wrong`, `PUK`, `serial`, `signature.2`.

/// The longest name, in characters.
const MAX_NAME: usize = 40;

/// Whether a text can be a name: a letter, then letters, digits, `.` and `-`.
pub(crate) fn is_name(text: &str) -> bool {
    text.len() <= MAX_NAME
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
}

/// What a secret's name says after the PIN or PUK it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Variant {
    /// `PIN1`: the value the card holds at the start.
    Current,
    /// `PIN1.new`: a value it is given.
    New,
    /// `PIN1.wrong`: a value it never held.
    Wrong,
}

/// Takes a name apart: `PIN1.wrong.2` is the second wrong value of `PIN1`.
pub(crate) fn split(name: &str) -> (&str, Variant, u8) {
    let (head, number) = match name.rsplit_once('.') {
        Some((head, digits)) => match digits.parse() {
            Ok(number) => (head, number),
            Err(_) => (name, 1),
        },
        None => (name, 1),
    };
    if let Some(base) = head.strip_suffix(".new") {
        (base, Variant::New, number)
    } else if let Some(base) = head.strip_suffix(".wrong") {
        (base, Variant::Wrong, number)
    } else {
        (head, Variant::Current, number)
    }
}

/// The inverse of [`split`].
pub(crate) fn join(base: &str, variant: Variant, number: u8) -> String {
    let suffix = match variant {
        Variant::Current => "",
        Variant::New => ".new",
        Variant::Wrong => ".wrong",
    };
    match number {
        0 | 1 => format!("{base}{suffix}"),
        _ => format!("{base}{suffix}.{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart_and_together_again() {
        let cases = [
            ("PIN1", ("PIN1", Variant::Current, 1)),
            ("PIN1.new", ("PIN1", Variant::New, 1)),
            ("PUK.wrong.2", ("PUK", Variant::Wrong, 2)),
            ("secret.3", ("secret", Variant::Current, 3)),
        ];
        for (name, parts) in cases {
            assert_eq!(split(name), parts);
            assert_eq!(join(parts.0, parts.1, parts.2), name);
        }
    }

    #[test]
    fn a_name_is_short_and_plain() {
        for name in ["", "1", "a b", "a=b", "PIN1:", "{", &"x".repeat(41)] {
            assert!(!is_name(name), "{name}");
        }
    }
}
