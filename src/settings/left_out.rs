//! Readers without the ones that are left out, for window, command line and tray alike.

use std::sync::Arc;

use siru_apdu::{
    Canceller, CardChannel, ReaderError, ReaderName, ReaderState, ReaderWatch, Readers,
};

use crate::pattern::Pattern;
use crate::settings::Settings;

/// Readers of which some are not there: they are neither listed nor watched nor connected to.
pub struct LeftOut<R> {
    readers: R,
    patterns: Arc<[Pattern]>,
}

impl<R: Readers> LeftOut<R> {
    /// `readers` without those whose names fit one of the patterns, which
    /// [`Settings::left_out`](crate::Settings::left_out) holds.
    pub fn new(readers: R, patterns: impl Into<Arc<[Pattern]>>) -> Self {
        Self {
            readers,
            patterns: patterns.into(),
        }
    }
}

impl Settings {
    /// Wraps `make`, so that whatever readers it makes lack the ones that these settings leave out.
    pub fn readers<R: Readers + 'static>(
        &self,
        make: impl Fn() -> R + Send + Sync + 'static,
    ) -> impl Fn() -> Box<dyn Readers> + Send + Sync + 'static {
        let patterns: Arc<[Pattern]> = self.left_out.value.as_slice().into();
        move || Box::new(LeftOut::new(make(), Arc::clone(&patterns)))
    }
}

impl<R: Readers> Readers for LeftOut<R> {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        let all = self.readers.list()?;
        Ok(shown(all, &self.patterns))
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        if is_left_out(reader, &self.patterns) {
            return Err(ReaderError::ReaderGone);
        }
        self.readers.connect(reader)
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        Box::new(Watch {
            watch: self.readers.watch(),
            patterns: Arc::clone(&self.patterns),
            reported: None,
        })
    }
}

/// Waits until a reader that is shown changes.
struct Watch {
    watch: Box<dyn ReaderWatch>,
    patterns: Arc<[Pattern]>,
    /// What was returned last; nothing after an error.
    reported: Option<Vec<ReaderState>>,
}

impl ReaderWatch for Watch {
    fn next(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        loop {
            let all = self.watch.next().inspect_err(|_| self.reported = None)?;
            let shown = shown(all, &self.patterns);
            if self.reported.as_ref() != Some(&shown) {
                self.reported = Some(shown.clone());
                return Ok(shown);
            }
        }
    }

    fn canceller(&self) -> Canceller {
        self.watch.canceller()
    }
}

fn shown(mut readers: Vec<ReaderState>, patterns: &[Pattern]) -> Vec<ReaderState> {
    readers.retain(|reader| !is_left_out(&reader.name, patterns));
    readers
}

fn is_left_out(reader: &ReaderName, patterns: &[Pattern]) -> bool {
    patterns.iter().any(|pattern| pattern.fits(reader))
}
