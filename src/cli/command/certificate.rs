//! `siru certificate`: what anyone may read from the card. No PIN is asked for.

use std::time::SystemTime;

use i18n_embed_fl::fl;
use siru_card::{CardCertificate, Purpose, ReadError};

use super::Session;
use crate::args::{CertificateAction, CertificateView, Export, Format};
use crate::certificates::{chain, purpose, validity};
use crate::choose::choose;
use crate::exit::Exit;
use crate::output::columns;
use crate::survey::Depth;
use crate::trouble::Trouble;
use crate::words::Words;

pub(super) fn certificate(
    session: &mut Session<'_, '_>,
    action: &CertificateAction,
) -> Result<Exit, Trouble> {
    let chosen = choose(session.readers, &action.choice, Depth::Everything)?;
    session.worked_on = Some(chosen.reader);
    let certificates = chosen.card.certificates?;
    match &action.view {
        CertificateView::List => list(session, &certificates),
        CertificateView::Show { purpose } => show(session, &certificates, *purpose),
        CertificateView::Export(export) => write(session, &certificates, export),
    }
}

fn list(session: &mut Session<'_, '_>, all: &[CardCertificate]) -> Result<Exit, Trouble> {
    let words = session.words;
    let rows: Vec<_> = all
        .iter()
        .map(|found| {
            let says = &found.certificate;
            let name = says.common_name.as_ref().unwrap_or(&says.subject);
            let validity = validity(words, says, SystemTime::now());
            (
                purpose(words, found.purpose),
                format!("{name}, {}, {validity}", says.key),
            )
        })
        .collect();
    session.output.bytes(columns(&rows, 0).as_bytes())?;
    Ok(Exit::Done)
}

fn show(
    session: &mut Session<'_, '_>,
    all: &[CardCertificate],
    wanted: Option<Purpose>,
) -> Result<Exit, Trouble> {
    let mut shown = false;
    for found in all
        .iter()
        .filter(|found| wanted.is_none_or(|only| only == found.purpose))
    {
        if shown {
            session.output.line("")?;
        }
        session.output.line(purpose(session.words, found.purpose))?;
        session
            .output
            .bytes(columns(&fields(session.words, found), 2).as_bytes())?;
        shown = true;
    }
    if shown {
        Ok(Exit::Done)
    } else {
        Err(Trouble::NoCertificate)
    }
}

fn fields(words: &Words, found: &CardCertificate) -> Vec<(String, String)> {
    let own = words.own();
    let says = &found.certificate;
    let mut rows = vec![
        (fl!(own, "field-subject"), says.subject.to_string()),
        (fl!(own, "field-issuer"), says.issuer.to_string()),
        (fl!(own, "field-serial"), says.serial.to_string()),
        (fl!(own, "field-valid-from"), words.date(&says.not_before)),
        (fl!(own, "field-valid-until"), words.date(&says.not_after)),
        (
            fl!(own, "label-certificate"),
            validity(words, says, SystemTime::now()),
        ),
        (fl!(own, "field-key"), says.key.to_string()),
    ];
    if says.is_test {
        rows.push((fl!(own, "label-note"), fl!(own, "test-card")));
    }
    rows
}

fn write(
    session: &mut Session<'_, '_>,
    all: &[CardCertificate],
    export: &Export,
) -> Result<Exit, Trouble> {
    let found = all.iter().find(|found| found.purpose == export.purpose);
    let found = found.ok_or(Trouble::NoCertificate)?;
    let bytes = match export.format {
        Format::Der => found.der.clone(),
        Format::Pem => {
            let written = if export.chain {
                chain(found, all)
            } else {
                vec![found]
            };
            let pem: String = written.into_iter().map(CardCertificate::to_pem).collect();
            if pem.is_empty() {
                return Err(ReadError::Unreadable.into());
            }
            pem.into_bytes()
        }
    };
    match &export.out {
        None => session.output.bytes(&bytes)?,
        Some(path) => {
            std::fs::write(path, &bytes)?;
            let file = path.display().to_string();
            session
                .output
                .remark(fl!(session.words.own(), "wrote-file", file = file));
        }
    }
    Ok(Exit::Done)
}
