//! A certificate as a file: what goes into it, how it is called, and what came of writing it.

use std::time::Instant;

use siru_apdu::ReaderName;
use siru_card::{CardCertificate, Purpose, Timestamp};
use siru_text::Texts;

use super::{Certificates, Held, chains};
use crate::calendar::{self, Reminder};
use crate::export::{self, ExportError, Written};
use crate::model::{Card, Command, Holder, Model};

/// What a certificate can be saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// As text (RFC 7468).
    Pem,
    /// As it lies on the card.
    Der,
    /// As text, with those of the authorities above it.
    Chain,
    /// Its end, as an entry for a calendar (RFC 5545).
    Calendar,
}

/// The button that saves one certificate of the card in a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveButton {
    /// The reader.
    pub reader: ReaderName,
    /// The place of the certificate among those of the card.
    pub index: usize,
    /// As what.
    pub format: Format,
}

/// A file that is being saved.
#[derive(Debug)]
pub struct Save {
    /// Where it was asked for.
    pub button: SaveButton,
    /// What the certificate is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub subject: String,
    /// The folder, as the person types it.
    pub folder: String,
    /// The name of the file, as the person types it.
    pub name: String,
    /// What it is doing.
    pub phase: SavePhase,
    /// Whether the keyboard should go to the name.
    pub wants_focus: bool,
    bytes: Vec<u8>,
}

/// What a file that is being saved is doing.
#[derive(Debug)]
pub enum SavePhase {
    /// The person says where.
    Editing,
    /// It is being written.
    Writing {
        /// The number of the order.
        ticket: u64,
        /// Since when.
        since: Instant,
    },
    /// It is written.
    Written(Written),
    /// It could not be written; the person may say another place.
    Failed(ExportError),
}

/// A file to be written, once.
#[derive(Debug)]
pub struct SaveOrder {
    /// To be given back.
    pub ticket: u64,
    /// The folder, as it was typed.
    pub folder: String,
    /// The name, as it was typed.
    pub name: String,
    /// What goes into it.
    pub bytes: Vec<u8>,
}

impl Save {
    /// Whether the person may change where it goes.
    pub const fn is_editable(&self) -> bool {
        matches!(self.phase, SavePhase::Editing | SavePhase::Failed(_))
    }
}

pub(super) fn offer(model: &mut Model, button: SaveButton) {
    let Some(card) = model
        .reader(&button.reader)
        .and_then(|reader| reader.card())
    else {
        return;
    };
    let held = model.certificates.held.iter();
    let mut held = held.filter(|held| held.reader == button.reader);
    let Some(all) = held.next().and_then(Held::all) else {
        return;
    };
    let Some(one) = all.get(button.index) else {
        return;
    };
    let texts = Texts::new(model.language);
    let stamp = model.clock.and_then(Timestamp::of);
    let Some(bytes) = contents(&texts, card, all, one, &button, stamp) else {
        return;
    };
    let folder = model.certificates.folder.as_deref();
    let folder = folder.and_then(std::path::Path::to_str).unwrap_or_default();
    let subject = one.certificate.common_name.as_ref();
    model.certificates.save = Some(Save {
        purpose: one.purpose,
        subject: subject.unwrap_or(&one.certificate.subject).to_string(),
        folder: folder.to_owned(),
        name: file_name(&texts, card, one, button.format),
        phase: SavePhase::Editing,
        wants_focus: true,
        bytes,
        button,
    });
}

pub(super) fn submit(model: &mut Model, now: Instant) -> Option<Command> {
    let ticket = model.last_ticket + 1;
    let save = model.certificates.save.as_mut()?;
    if !save.is_editable() {
        return None;
    }
    save.phase = SavePhase::Writing { ticket, since: now };
    model.last_ticket = ticket;
    Some(Command::Save(Box::new(SaveOrder {
        ticket,
        folder: save.folder.clone(),
        name: save.name.clone(),
        bytes: save.bytes.clone(),
    })))
}

pub(super) fn saved(model: &mut Model, ticket: u64, written: Result<Written, ExportError>) {
    if let Ok(written) = &written {
        // The next file is likely to go there as well.
        model.certificates.folder = written.path.parent().map(ToOwned::to_owned);
    }
    let this = |save: &&mut Save| matches!(save.phase, SavePhase::Writing { ticket: known, .. } if known == ticket);
    if let Some(save) = model.certificates.save.as_mut().filter(this) {
        save.wants_focus = true;
        save.phase = match written {
            Ok(written) => SavePhase::Written(written),
            Err(error) => SavePhase::Failed(error),
        };
    }
}

/// Whether there was something to close.
pub(super) fn close(certificates: &mut Certificates) -> bool {
    let save = certificates.save.take();
    let button = save.map(|save| save.button);
    let closed = button.is_some();
    certificates.back_to = button.or(certificates.back_to.take());
    closed
}

/// Without its card a file that nobody has confirmed yet is not offered any more.
pub(super) fn follow(certificates: &mut Certificates) {
    let held = &certificates.held;
    let is_gone = |save: &mut Save| {
        let of = |held: &Held| held.reader == save.button.reader && held.all().is_some();
        save.is_editable() && !held.iter().any(of)
    };
    certificates.save.take_if(is_gone);
}

fn contents(
    texts: &Texts,
    card: &Card,
    all: &[CardCertificate],
    one: &CardCertificate,
    button: &SaveButton,
    stamp: Option<Timestamp>,
) -> Option<Vec<u8>> {
    match button.format {
        Format::Pem => Some(one.to_pem().into_bytes()),
        Format::Der => Some(one.der.clone()),
        Format::Chain => {
            let of = |chain: &super::Chain| {
                chain.leaves.contains(&button.index) || chain.authorities.contains(&button.index)
            };
            let chain = chains(all).into_iter().find(of)?;
            let above = chain.above(button.index);
            let pem = above.into_iter().filter_map(|index| all.get(index));
            Some(
                pem.map(CardCertificate::to_pem)
                    .collect::<String>()
                    .into_bytes(),
            )
        }
        Format::Calendar => {
            let holder = match &card.holder {
                Holder::Known(name) => name.to_string(),
                Holder::Reading(_) | Holder::NotKnown => texts.kind(card.kind),
            };
            let words = texts.calendar(one.purpose, &holder, card.kind);
            let file = calendar::file(&Reminder {
                fingerprint: one.fingerprint(),
                stamp: stamp?,
                last_day: one.certificate.not_after,
                language: texts.language().tag(),
                summary: &words.summary,
                description: &words.description,
            })?;
            Some(file.into_bytes())
        }
    }
}

/// A name that says what is inside without naming the person: such files are passed on.
fn file_name(texts: &Texts, card: &Card, one: &CardCertificate, format: Format) -> String {
    let stem = match one.purpose {
        Purpose::CertificateAuthority => one.certificate.common_name.as_deref().map(str::to_owned),
        purpose => {
            let digits = card.identity.serial().map(|serial| serial.last_digits(4));
            let name = texts.certificate_file(purpose);
            Some(match digits {
                Some(digits) => format!("{name}-{digits}"),
                None => name,
            })
        }
    };
    let stem = export::plain_name(&stem.unwrap_or_default());
    match format {
        Format::Pem => format!("{stem}.pem"),
        Format::Der => format!("{stem}.der"),
        Format::Chain => format!("{}.pem", texts.chain_file(&stem)),
        Format::Calendar => format!("{stem}.ics"),
    }
}
