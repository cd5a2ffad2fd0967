//! The end of a certificate as an entry for a calendar (RFC 5545, *iCalendar*).

use std::fmt::Write as _;
use std::time::Duration;

use siru_apdu::hex::Hex;
use siru_card::Timestamp;

/// A day on which a certificate ends.
#[derive(Clone, Copy, Debug)]
pub struct Reminder<'a> {
    /// The fingerprint of the certificate: whoever takes the entry in twice has it once.
    pub fingerprint: [u8; 32],
    /// When the entry is made.
    pub stamp: Timestamp,
    /// The last day on which the certificate is valid.
    pub last_day: Timestamp,
    /// The language of the words, as a tag.
    pub language: &'static str,
    /// What the day is called.
    pub summary: &'a str,
    /// What to do about it.
    pub description: &'a str,
}

/// The file: an event on the whole last day, with alarms 90, 30 and 7 days before. `None` for a day
/// after which there is none.
pub fn file(reminder: &Reminder<'_>) -> Option<String> {
    let next_day = Timestamp::of(reminder.last_day.to_system_time() + DAY)?;
    let uid: String = Hex(&reminder.fingerprint).to_string().replace(' ', "");
    let language = reminder.language;
    let summary = escaped(reminder.summary);
    let mut file = Lines::default();
    file.line("BEGIN:VCALENDAR");
    file.line("VERSION:2.0");
    file.line(concat!(
        "PRODID:-//Siru//Siru ",
        env!("CARGO_PKG_VERSION"),
        "//EN"
    ));
    file.line("BEGIN:VEVENT");
    file.line(&format!("UID:{uid}@fi.siru.Siru"));
    file.line(&format!("DTSTAMP:{}", moment(reminder.stamp)));
    file.line(&format!("DTSTART;VALUE=DATE:{}", date(reminder.last_day)));
    file.line(&format!("DTEND;VALUE=DATE:{}", date(next_day)));
    file.line(&format!("SUMMARY;LANGUAGE={language}:{summary}"));
    let description = escaped(reminder.description);
    file.line(&format!("DESCRIPTION;LANGUAGE={language}:{description}"));
    let alarm = escaped(&format!("{}\n{}", reminder.summary, reminder.description));
    // The person is not busy on that day.
    file.line("TRANSP:TRANSPARENT");
    for days in ALARMS {
        file.line("BEGIN:VALARM");
        file.line("ACTION:DISPLAY");
        file.line(&format!("TRIGGER:-P{days}D"));
        // Many programs show nothing else of the entry when it rings.
        file.line(&format!("DESCRIPTION;LANGUAGE={language}:{alarm}"));
        file.line("END:VALARM");
    }
    file.line("END:VEVENT");
    file.line("END:VCALENDAR");
    Some(file.text)
}

/// Content lines, folded.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a line, broken where it would be longer than 75 octets and never inside a character.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LONGEST {
                self.text.push_str("\r\n ");
                // The space counts as well.
                length = 1;
            }
            self.text.push(character);
            length += character.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// A text value.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '\n' => escaped.push_str("\\n"),
            control if control.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

fn date(time: Timestamp) -> String {
    let (year, month, day) = time.date();
    let mut text = String::new();
    // Writing into a String does not fail.
    let _written = write!(text, "{year:04}{month:02}{day:02}");
    text
}

/// A moment in universal time, without the signs that RFC 3339 puts between.
fn moment(time: Timestamp) -> String {
    time.to_string().replace(['-', ':'], "")
}

const ALARMS: [u32; 3] = [90, 30, 7];
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// In octets, without the line break.
const LONGEST: usize = 75;

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    /// The properties of a file with what they belong to, read as RFC 5545 has it: unfolded, then
    /// name, parameters and value apart.
    fn parsed(file: &str) -> Vec<(String, String, String)> {
        assert!(file.ends_with("\r\n"));
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
        }
        let unfolded = file.replace("\r\n ", "");
        let mut within: Vec<String> = Vec::new();
        let mut found = Vec::new();
        for line in unfolded.trim_end().split("\r\n") {
            let (head, value) = line.split_once(':').unwrap();
            let (name, _parameters) = head.split_once(';').unwrap_or((head, ""));
            match name {
                "BEGIN" => within.push(value.to_owned()),
                "END" => assert_eq!(within.pop().as_deref(), Some(value)),
                _ => found.push((within.join("/"), head.to_owned(), value.to_owned())),
            }
        }
        assert!(within.is_empty());
        found
    }

    /// The text that an escaped value stands for.
    fn unescaped(value: &str) -> String {
        let mut text = String::new();
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => match characters.next().unwrap() {
                    'n' | 'N' => text.push('\n'),
                    other => text.push(other),
                },
                ',' | ';' => panic!("not escaped: {value}"),
                other => text.push(other),
            }
        }
        text
    }

    fn reminder<'a>(summary: &'a str, description: &'a str) -> Reminder<'a> {
        let at = |seconds| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            Timestamp::of(time).unwrap()
        };
        Reminder {
            fingerprint: [0xA5; 32],
            // 2024-02-28T12:34:56Z and 2024-02-29T21:59:59Z
            stamp: at(1_709_123_696),
            last_day: at(1_709_243_999),
            language: "fi",
            summary,
            description,
        }
    }

    #[test]
    fn the_entry_is_a_whole_day_with_three_alarms() {
        let (summary, description) = ("Kirjautumisvarmenne vanhenee", "Hae uutta korttia.");
        let all = parsed(&file(&reminder(summary, description)).unwrap());
        let values = |place: &str, head: &str| -> Vec<String> {
            let of = |(found, name, _): &&(String, String, String)| found == place && name == head;
            all.iter()
                .filter(of)
                .map(|(.., value)| value.clone())
                .collect()
        };
        let uid = format!("{}@fi.siru.Siru", "A5".repeat(32));
        let event = "VCALENDAR/VEVENT";
        for (head, value) in [
            ("UID", uid.as_str()),
            ("DTSTAMP", "20240228T123456Z"),
            ("DTSTART;VALUE=DATE", "20240229"),
            ("DTEND;VALUE=DATE", "20240301"),
            ("SUMMARY;LANGUAGE=fi", summary),
            ("DESCRIPTION;LANGUAGE=fi", description),
        ] {
            assert_eq!(values(event, head), [value], "{head}");
        }
        assert_eq!(values("VCALENDAR", "VERSION"), ["2.0"]);
        assert_eq!(values("VCALENDAR", "PRODID").len(), 1);
        let alarm = "VCALENDAR/VEVENT/VALARM";
        assert_eq!(values(alarm, "TRIGGER"), ["-P90D", "-P30D", "-P7D"]);
        assert_eq!(values(alarm, "ACTION"), ["DISPLAY"; 3]);
        let rings = format!("{summary}\\n{description}");
        assert_eq!(
            values(alarm, "DESCRIPTION;LANGUAGE=fi"),
            [rings.as_str(); 3]
        );
    }

    #[test]
    fn any_text_comes_back_as_it_was() {
        let long = "ääkkösiä, puolipisteitä; \\ ja rivejä\n".repeat(9);
        let all = parsed(&file(&reminder(&long, "BEGIN:VALARM\r\nEND:VEVENT")).unwrap());
        let value = |head: &str| {
            let found = all.iter().find(|(_, name, _)| name == head).unwrap();
            unescaped(&found.2)
        };
        assert_eq!(value("SUMMARY;LANGUAGE=fi"), long);
        assert_eq!(value("DESCRIPTION;LANGUAGE=fi"), "BEGIN:VALARM\nEND:VEVENT");
    }

    #[test]
    fn the_same_certificate_keeps_its_entry() {
        let uid = |summary| {
            let all = parsed(&file(&reminder(summary, "")).unwrap());
            all.into_iter()
                .find(|(_, name, _)| name == "UID")
                .unwrap()
                .2
        };
        assert_eq!(uid("one"), uid("another"));
    }
}
