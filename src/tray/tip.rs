//! The text beside the icon on Windows, which has room for little: the `szTip` of a `NOTIFYICONDATA`
//! holds 127 units of UTF-16 and an end.

/// The title, and below it what there is to say about each reader, as far as it fits.
pub(crate) fn tip(title: &str, lines: &[String]) -> String {
    let text = match lines {
        // What is to be said about the only reader is the title already.
        [] | [_] => title.to_owned(),
        lines => format!("{title}\n{}", lines.join("\n")),
    };
    if text.encode_utf16().count() <= ROOM {
        return text;
    }
    let mut left = ROOM - MORE.len_utf16();
    let fits = |character: &char| {
        let rest = left.checked_sub(character.len_utf16());
        left = rest.unwrap_or_default();
        rest.is_some()
    };
    let mut cut: String = text.chars().take_while(fits).collect();
    cut.truncate(cut.trim_end().len());
    cut.push(MORE);
    cut
}

/// In units of UTF-16, without the end.
const ROOM: usize = 127;

const MORE: char = '…';

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn one_reader_is_told_by_the_title_and_several_by_a_line_each() {
        assert_eq!(tip("Siru: a", &[]), "Siru: a");
        assert_eq!(tip("Siru: a", &lines(&["Reader: a"])), "Siru: a");
        assert_eq!(
            tip("Siru: a", &lines(&["One: a", "Two: b"])),
            "Siru: a\nOne: a\nTwo: b"
        );
    }

    #[test]
    fn what_does_not_fit_is_cut_between_characters() {
        for (reader, units) in [
            ("r".repeat(59), 127),
            ("r".repeat(60), 127),
            ("ä".repeat(200), 127),
            // Two units each, so that one of them stays free.
            (format!("r{}", "\u{1F4B3}".repeat(100)), 126),
        ] {
            let long = tip("Siru: a", &lines(&[&reader, &reader]));
            assert_eq!(long.encode_utf16().count(), units, "{long}");
            assert_eq!(long.ends_with(MORE), reader.len() > 59, "{long}");
        }
        let broken = tip(&"t".repeat(125), &lines(&["a", "b"]));
        assert_eq!(broken, format!("{}{MORE}", "t".repeat(125)));
    }
}
