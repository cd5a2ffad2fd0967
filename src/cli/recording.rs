//! `siru record`: what is said to each card goes onto a tape of its own.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use siru_apdu::{CardChannel, ReaderError, ReaderName, ReaderState, ReaderWatch, Readers};
use siru_card::profile::{Recognition, recognise};
use siru_script::{Labels, Recorder, SaveError, Source, SourceKind, Tape};

/// What was said to the card in one reader.
struct Noted {
    reader: ReaderName,
    /// Its generation, as far as the answer to reset tells.
    card: &'static str,
    tape: Tape,
}

/// What was said to each card.
#[derive(Clone, Default)]
pub(crate) struct Tapes(Arc<Mutex<Vec<Noted>>>);

impl Tapes {
    /// Writes the tapes: that of `reader`, or of every reader with a card when none is named. The
    /// first goes to `path`, further ones to the same name with a number. Gives the paths.
    pub fn save(
        &self,
        path: &Path,
        reader: Option<&ReaderName>,
        demo: bool,
        about: &str,
    ) -> Result<Vec<PathBuf>, SaveError> {
        let tapes = self.lock();
        let wanted = tapes
            .iter()
            .filter(|noted| reader.is_none_or(|one| *one == noted.reader));
        let mut written = Vec::new();
        for noted in wanted {
            let labels = labels(noted.card, demo, about);
            let Some(recording) = noted.tape.finish(labels) else {
                continue;
            };
            written.push(recording.save(&numbered(path, written.len()))?);
        }
        Ok(written)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Noted>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tape(&self, reader: &ReaderName, atr: &[u8]) -> Tape {
        let mut tapes = self.lock();
        if let Some(noted) = tapes.iter().find(|noted| noted.reader == *reader) {
            return noted.tape.clone();
        }
        let card = match recognise(atr) {
            Recognition::Known(profile) => profile.id,
            Recognition::Unknown => "unknown",
        };
        let tape = Tape::new();
        tapes.push(Noted {
            reader: reader.clone(),
            card,
            tape: tape.clone(),
        });
        tape
    }
}

fn labels(card: &str, demo: bool, about: &str) -> Labels {
    let version = env!("CARGO_PKG_VERSION");
    Labels {
        about: vec![format!("siru {version}, {about}")],
        card: card.to_owned(),
        source: Source {
            kind: if demo {
                SourceKind::Simulated
            } else {
                SourceKind::Recorded
            },
            detail: format!("siru {version}"),
        },
        start: Vec::new(),
    }
}

/// `card.apdu`, `card-2.apdu`, `card-3.apdu`, …
fn numbered(path: &Path, earlier: usize) -> PathBuf {
    if earlier == 0 {
        return path.to_path_buf();
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (stem, ending) = name.split_once('.').unwrap_or((&name, "apdu"));
    path.with_file_name(format!("{stem}-{}.{ending}", earlier + 1))
}

/// Readers that note what passes through them.
pub(crate) struct NotingReaders {
    readers: Box<dyn Readers>,
    tapes: Tapes,
}

impl NotingReaders {
    /// Notes what is said through `readers` on `tapes`.
    pub const fn new(readers: Box<dyn Readers>, tapes: Tapes) -> Self {
        Self { readers, tapes }
    }
}

impl Readers for NotingReaders {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        self.readers.list()
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        let channel = self.readers.connect(reader)?;
        let tape = self.tapes.tape(reader, channel.atr());
        Ok(Box::new(Recorder::on(channel, tape)))
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        self.readers.watch()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_transcripts_are_numbered_before_the_ending() {
        assert_eq!(
            numbered(Path::new("/a/card.apdu"), 0),
            Path::new("/a/card.apdu")
        );
        assert_eq!(
            numbered(Path::new("/a/card.apdu"), 1),
            Path::new("/a/card-2.apdu")
        );
        assert_eq!(numbered(Path::new("card"), 2), Path::new("card-3.apdu"));
    }
}
