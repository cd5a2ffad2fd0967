//! `siru record`: another command, and a transcript of it without PINs.

use std::path::Path;

use i18n_embed_fl::fl;

use super::{Session, run};
use crate::args::Action;
use crate::exit::Exit;
use crate::recording::{NotingReaders, Tapes};
use crate::trouble::Trouble;

/// The exit code is that of the command; a transcript that cannot be written is told, and only
/// then changes it, because the transcript was what was asked for.
pub(super) fn record(
    session: &mut Session<'_, '_>,
    out: &Path,
    title: &str,
    action: Action,
) -> Exit {
    let tapes = Tapes::default();
    let noting = session.readers.wrapped({
        let tapes = tapes.clone();
        move |readers| Box::new(NotingReaders::new(readers, tapes.clone()))
    });
    let mut inner = Session {
        words: session.words,
        readers: &noting,
        machine: session.machine,
        terminal: session.terminal,
        standard_input: session.standard_input,
        output: session.output,
        browser: session.browser,
        demo: session.demo,
        forbids_weak_pins: session.forbids_weak_pins,
        decided: session.decided,
        worked_on: None,
    };
    let exit = run(action, &mut inner);
    let worked_on = inner.worked_on;
    match tapes.save(out, worked_on.as_ref(), session.demo, title) {
        Ok(written) => {
            for path in written {
                let file = path.display().to_string();
                session
                    .output
                    .remark(fl!(session.words.own(), "wrote-file", file = file));
            }
            exit
        }
        Err(error) => {
            let trouble = Trouble::Write(error.source);
            session
                .output
                .warned(&trouble.message(session.words, false));
            if exit == Exit::Done {
                Exit::Failure
            } else {
                exit
            }
        }
    }
}
