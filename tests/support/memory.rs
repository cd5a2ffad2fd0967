//! Whether a typed code can be found in the memory of a running program.
//!
//! Every mapping that can be read and written is searched, as an attacker with a memory image would:
//! for the digits as text of 8, 16 and 32 bits, whole and in parts, for two digits a byte, and for
//! the digits or the keycodes of X with a fixed distance between them, as a list of events holds
//! them. The program forbids others to read its memory, so only root can do this.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::os::unix::fs::FileExt as _;

use memchr::{memchr_iter, memmem};

/// How many consecutive digits count as a part, unless they stand within another number: the long
/// numbers of things on the accessibility bus hold any six digits sooner or later.
const PART: usize = 6;
/// The greatest distance between two digits, in bytes.
const FARTHEST: usize = 1024;

/// How often a code was found, in each form in which it was.
pub type Traces = BTreeMap<String, usize>;

/// Looks for `digits` in the memory of a program.
///
/// # Panics
///
/// When the memory cannot be read.
#[must_use]
pub fn traces(pid: u32, digits: &str) -> Traces {
    assert!(digits.len() >= PART, "{digits} would be found by chance");
    let forms = Forms::of(digits);
    let mut traces = Traces::new();
    let mut searched = 0;
    for bytes in mappings(pid) {
        searched += bytes.len();
        forms.search(&bytes, &mut traces);
    }
    assert!(searched > 1 << 20, "no memory to search");
    traces
}

/// The contents of everything the program can read and write.
fn mappings(pid: u32) -> impl Iterator<Item = Vec<u8>> {
    let list = fs::read_to_string(format!("/proc/{pid}/maps")).expect("the mappings");
    let memory = File::open(format!("/proc/{pid}/mem")).expect("the memory: run this as root");
    let ranges: Vec<(u64, u64)> = list
        .lines()
        .filter(|line| {
            line.split(' ')
                .nth(1)
                .is_some_and(|may| may.starts_with("rw"))
        })
        .map(|line| {
            let range = line.split(' ').next().expect("a range");
            let (from, to) = range.split_once('-').expect("two ends");
            let address = |text| u64::from_str_radix(text, 16).expect("an address");
            (address(from), address(to))
        })
        .collect();
    ranges.into_iter().filter_map(move |(from, to)| {
        let mut bytes = vec![0; usize::try_from(to - from).expect("a size")];
        // A mapping may go, and memory of a device cannot be read.
        memory.read_exact_at(&mut bytes, from).ok()?;
        Some(bytes)
    })
}

/// The forms in which a code is looked for.
struct Forms {
    texts: Vec<Text>,
    values: Vec<u8>,
    /// With the smallest distance between two of them: digits next to each other are text.
    spread: [(&'static str, usize, Vec<u8>); 2],
}

/// The digits as text, with so many bytes for each.
struct Text {
    name: &'static str,
    width: usize,
    parts: Vec<Vec<u8>>,
}

impl Forms {
    fn of(digits: &str) -> Self {
        let wide = |width: usize| -> Vec<u8> {
            let padded = |byte| std::iter::once(byte).chain(std::iter::repeat_n(0, width - 1));
            digits.bytes().flat_map(padded).collect()
        };
        let text = |(name, width)| {
            let whole = wide(width);
            let parts = whole.windows(PART * width).step_by(width);
            Text {
                name,
                width,
                parts: parts.map(<[u8]>::to_vec).collect(),
            }
        };
        let values: Vec<u8> = digits.bytes().map(|digit| digit - b'0').collect();
        let keycode = |value: &u8| if *value == 0 { 19 } else { value + 9 };
        Self {
            texts: [("ASCII", 1), ("UTF-16", 2), ("UTF-32", 4)]
                .map(text)
                .into(),
            spread: [
                ("digits", 2, digits.bytes().collect()),
                ("keycodes", 1, values.iter().map(keycode).collect()),
            ],
            values,
        }
    }

    fn search(&self, bytes: &[u8], traces: &mut Traces) {
        let mut found = |form: String, times: usize| {
            if times > 0 {
                *traces.entry(form).or_default() += times;
            }
        };
        for text in &self.texts {
            found(format!("{} text", text.name), text.runs(bytes));
        }
        found("packed".to_owned(), packed(bytes, &self.values));
        for (name, nearest, pattern) in &self.spread {
            for distance in spread(bytes, pattern, *nearest) {
                found(format!("{name}, {distance} bytes apart"), 1);
            }
        }
    }
}

impl Text {
    /// How many stretches of the code there are: parts that overlap belong to the same one.
    fn runs(&self, bytes: &[u8]) -> usize {
        // Where the last part of the same code would begin, and which of its parts are there.
        let mut stretches: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, part) in self.parts.iter().rev().enumerate() {
            for at in memmem::find_iter(bytes, part) {
                let stretch = stretches.entry(at + number * self.width).or_default();
                stretch.push(at);
            }
        }
        let found = stretches.values().filter(|stretch| {
            stretch.len() == self.parts.len() || !self.is_within_a_number(bytes, stretch)
        });
        found.count()
    }

    /// Whether these parts of the code, the last of them first, go on with a digit of something else.
    fn is_within_a_number(&self, bytes: &[u8], stretch: &[usize]) -> bool {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let first = stretch.last().expect("a part was found");
        let before = first.checked_sub(self.width);
        before.is_some_and(is_digit) || is_digit(stretch[0] + PART * self.width)
    }
}

/// How often the values of digits are found as halves of bytes, from either half on.
fn packed(bytes: &[u8], values: &[u8]) -> usize {
    let pairs = |values: &[u8]| -> Vec<u8> {
        let pairs = values.chunks_exact(2);
        pairs.map(|pair| pair[0] << 4 | pair[1]).collect()
    };
    let even = pairs(values);
    // One digit is the end of the byte before, and another may be left over for the byte after.
    let odd = pairs(&values[1..]);
    let left_over = values.len().is_multiple_of(2);
    let surrounded = |at: &usize| {
        let before = at
            .checked_sub(1)
            .is_some_and(|at| bytes[at] & 0x0F == values[0]);
        let after = || bytes.get(at + odd.len()).map(|byte| byte >> 4);
        before && (!left_over || after() == values.last().copied())
    };
    memmem::find_iter(bytes, &even).count()
        + memmem::find_iter(bytes, &odd).filter(surrounded).count()
}

/// The distances from `nearest` on at which all of `pattern` is found.
fn spread(bytes: &[u8], pattern: &[u8], nearest: usize) -> Vec<usize> {
    let [first, second, rest @ ..] = pattern else {
        return Vec::new();
    };
    let mut distances = Vec::new();
    for at in memchr_iter(*first, bytes) {
        let near = bytes.get(at + nearest..bytes.len().min(at + FARTHEST + 1));
        for next in memchr_iter(*second, near.unwrap_or_default()) {
            let distance = next + nearest;
            let mut rest = rest.iter().zip(2..);
            if rest.all(|(byte, number)| bytes.get(at + number * distance) == Some(byte)) {
                distances.push(distance);
            }
        }
    }
    distances
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "91827364";

    fn found(bytes: &[u8]) -> Vec<String> {
        let mut traces = Traces::new();
        Forms::of(CODE).search(bytes, &mut traces);
        traces
            .into_iter()
            .map(|(form, times)| format!("{form}: {times}"))
            .collect()
    }

    fn apart(distance: usize, codes: &[u8]) -> Vec<u8> {
        let mut bytes = vec![0xAA; 7];
        for code in codes {
            bytes.push(*code);
            bytes.resize(bytes.len() + distance - 1, 0xAA);
        }
        bytes
    }

    #[test]
    fn every_form_is_found_and_nothing_else() {
        assert_eq!(found(&[0; 100]), [""; 0]);
        assert_eq!(found(b"xx91827364xx"), ["ASCII text: 1"]);
        assert_eq!(found(b"x918273x"), ["ASCII text: 1"]);
        assert_eq!(found(b"x827364x"), ["ASCII text: 1"]);
        assert_eq!(found(b"x91827x"), [""; 0]);
        assert_eq!(found(b"91827364 91827364"), ["ASCII text: 2"]);
        assert_eq!(found(b"x5918273x"), [""; 0]);
        assert_eq!(found(b"x8273645x"), [""; 0]);
        assert_eq!(found(b"x5918273645x"), ["ASCII text: 1"]);
        assert_eq!(found(&[0x2C, 0x91, 0x82, 0x73, 0x64, 0xFF]), ["packed: 1"]);
        assert_eq!(found(&[0xF9, 0x18, 0x27, 0x36, 0x4F]), ["packed: 1"]);
        assert_eq!(found(&[0xF9, 0x18, 0x27, 0x36, 0x5F]), [""; 0]);
        let keycodes = [18, 10, 17, 11, 16, 12, 15, 13];
        assert_eq!(
            found(&apart(24, &keycodes)),
            ["keycodes, 24 bytes apart: 1"]
        );
        assert_eq!(found(&apart(1, &keycodes)), ["keycodes, 1 bytes apart: 1"]);
        assert_eq!(
            found(&apart(1024, &keycodes)),
            ["keycodes, 1024 bytes apart: 1"]
        );
        assert_eq!(
            found(&apart(3, CODE.as_bytes())),
            ["digits, 3 bytes apart: 1"]
        );
        // Wide text is text with a fixed distance as well.
        for (width, name) in [(2, "UTF-16"), (4, "UTF-32")] {
            let wide: Vec<u8> = CODE
                .bytes()
                .flat_map(|digit| std::iter::once(digit).chain(std::iter::repeat_n(0, width - 1)))
                .collect();
            let both = [
                format!("{name} text: 1"),
                format!("digits, {width} bytes apart: 1"),
            ];
            assert_eq!(found(&wide), both);
        }
    }
}
