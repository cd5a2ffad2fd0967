//! Codes from a file or standard input, one per line.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use siru_card::Pin;
use zeroize::Zeroize;

use super::EntryError;
use super::typing::Typing;

/// Lines of digits, read byte by byte: nothing is read ahead, and nothing stays in a buffer.
pub(crate) struct Lines {
    source: Box<dyn Read>,
}

impl Lines {
    /// From `source`, which must not buffer.
    pub fn new(source: Box<dyn Read>) -> Self {
        Self { source }
    }

    /// The code on the next line.
    pub fn next(&mut self) -> Result<Pin, EntryError> {
        let mut typing = Typing::default();
        self.read_line(|byte| typing.push(byte))?;
        Ok(typing.finish()?)
    }

    /// The code on the next line and its repetition: a file holds a new code once, a request
    /// wants it twice, and a code cannot be copied.
    pub fn next_twice(&mut self) -> Result<(Pin, Pin), EntryError> {
        let (mut first, mut second) = (Typing::default(), Typing::default());
        self.read_line(|byte| {
            first.push(byte);
            second.push(byte);
        })?;
        Ok((first.finish()?, second.finish()?))
    }

    /// Hands over the bytes of one line, without what ends it.
    fn read_line(&mut self, mut push: impl FnMut(u8)) -> Result<(), EntryError> {
        let mut byte = [0];
        let mut any = false;
        // Only the end of a line may follow a carriage return.
        let mut returned = false;
        loop {
            match self.source.read(&mut byte) {
                Ok(0) if any => return Ok(()),
                Ok(0) => return Err(EntryError::Ended),
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(EntryError::File(error)),
            }
            any = true;
            let [typed] = byte;
            byte.zeroize();
            match typed {
                b'\n' => return Ok(()),
                _ if returned => push(b'\r'),
                b'\r' => returned = true,
                other => push(other),
            }
        }
    }
}

/// Opens the file with the codes, if nobody but its owner may read it.
pub(crate) fn open(path: &Path) -> Result<Lines, EntryError> {
    let file = File::open(path).map_err(EntryError::File)?;
    if is_open_to_others(&file).map_err(EntryError::File)? {
        return Err(EntryError::OpenToOthers);
    }
    Ok(Lines::new(Box::new(file)))
}

/// Asked of the open file, so that it cannot be exchanged in between.
#[cfg(unix)]
fn is_open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

/// Windows guards files by access lists, which a user's own folder has right from the start.
#[cfg(not(unix))]
fn is_open_to_others(_file: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests {
    use siru_card::EntryProblem;

    use super::*;

    fn lines(text: &'static str) -> Lines {
        Lines::new(Box::new(text.as_bytes()))
    }

    fn next_is(lines: &mut Lines, digits: &str) -> bool {
        lines
            .next()
            .is_ok_and(|pin| pin.same_as(&Pin::from_digits(digits.as_bytes()).unwrap()))
    }

    #[test]
    fn one_code_per_line_whatever_ends_the_line() {
        let mut all = lines("1234\r\n56789\n0000");
        assert!(next_is(&mut all, "1234"));
        assert!(next_is(&mut all, "56789"));
        assert!(next_is(&mut all, "0000"));
        assert!(matches!(all.next(), Err(EntryError::Ended)));
    }

    #[test]
    fn a_line_with_anything_but_digits_is_refused() {
        for text in [
            "12 34\n",
            "1234\r5\n",
            "PIN=1234\n",
            " 1234\n",
            "\u{FEFF}1234\n",
        ] {
            let refused = lines(text).next();
            assert!(
                matches!(refused, Err(EntryError::Digits(EntryProblem::NotDigits))),
                "{text}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let path = std::env::temp_dir().join(format!("siru-codes-{}", std::process::id()));
        std::fs::write(&path, "1234\n").unwrap();
        for (mode, refused) in [(0o644, true), (0o640, true), (0o604, true), (0o600, false)] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let opened = open(&path);
            assert_eq!(
                matches!(opened, Err(EntryError::OpenToOthers)),
                refused,
                "{mode:o}"
            );
            assert_eq!(opened.is_ok(), !refused);
        }
        std::fs::remove_file(&path).unwrap();
    }
}
