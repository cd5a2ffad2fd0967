//! The certificates of the cards in the window: found by name and role, opened and saved with the
//! keyboard alone, and read by the whole program on virtual cards.

use std::time::Instant;

use egui::accesskit::{Role, Toggled};
use egui::{Key, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotOptions};
use siru_apdu::ReaderError;
use siru_card::Purpose;
use siru_text::Language;

use super::dated::{DAY, dated_card, dated_model, found, open_tab, read_model};
use super::support::{Still, reader, report, still, window};
use super::window::{has_text, type_text};
use crate::export::{ExportError, Written};
use crate::model::certificates::{CertificateError, Format, SaveButton};
use crate::model::{CertificateMessage, LookError, Message, Model, Tab, update};
use crate::theme::{Look, dress};

fn snapshot(name: &str, model: Model, size: [f32; 2], look: Theme) {
    let mut window = window(Still::new(model), size, look, Still::show);
    window.run_steps(4);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
    window.snapshot_options(name, &SnapshotOptions::new().output_path(folder));
}

fn certificates(model: &mut Model, message: CertificateMessage) {
    update(model, Message::Certificates(message), Instant::now());
}

fn offer(model: &mut Model, index: usize, format: Format) {
    let reader = reader(1);
    let button = SaveButton {
        reader,
        index,
        format,
    };
    certificates(model, CertificateMessage::Offer(button));
}

/// What a screen reader says of the button: word, certificate, person, key, reader.
fn named(window: &Harness<'static, Still>, beginning: &str) -> usize {
    let begins = |label: Option<String>| label.is_some_and(|label| label.starts_with(beginning));
    window
        .get_all_by_role(Role::Button)
        .filter(|node| begins(node.accesskit_node().label()))
        .count()
}

/// Presses Tab until the button that begins so has the keyboard.
fn tab_to(window: &mut Harness<'static, Still>, beginning: &str) {
    for _ in 0..60 {
        window.key_press(Key::Tab);
        window.run();
        let label = window
            .get_all_by_role(Role::Button)
            .find(|node| node.is_focused())
            .and_then(|node| node.accesskit_node().label());
        if label.is_some_and(|label| label.starts_with(beginning)) {
            return;
        }
    }
    panic!("the keyboard does not reach {beginning}");
}

#[test]
fn every_certificate_has_a_heading_and_named_buttons_in_every_language() {
    let cases = [
        (
            Language::English,
            [
                "Log-in certificate",
                "Signature certificate",
                "Certificate authority",
                "Root authority",
            ],
            [
                "Details",
                "Save as PEM",
                "Save as DER",
                "Save the chain as PEM",
                "Add to calendar",
            ],
        ),
        (
            Language::Finnish,
            [
                "Kirjautumisvarmenne",
                "Allekirjoitusvarmenne",
                "Varmentaja",
                "Juurivarmentaja",
            ],
            [
                "Tiedot",
                "Tallenna PEM-muodossa",
                "Tallenna DER-muodossa",
                "Tallenna ketju PEM-muodossa",
                "Lisää kalenteriin",
            ],
        ),
        (
            Language::Swedish,
            [
                "Inloggningscertifikat",
                "Signaturcertifikat",
                "Certifikatutfärdare",
                "Rotutfärdare",
            ],
            [
                "Detaljer",
                "Spara som PEM",
                "Spara som DER",
                "Spara kedjan som PEM",
                "Lägg till i kalendern",
            ],
        ),
    ];
    for (language, headings, buttons) in cases {
        let mut model = read_model(&["v4"]);
        model.language = language;
        let mut window = still(model);
        window.run();
        for heading in headings {
            window.get_by_role_and_label(Role::Heading, heading);
        }
        // The root has none above it, and only what ends for the person goes into a calendar.
        for (button, count) in buttons.into_iter().zip([4, 4, 4, 3, 2]) {
            assert_eq!(named(&window, &format!("{button}: ")), count, "{button}");
        }
        let first = format!(
            "{}: {}, BJÖRN SPECIMEN-ÅSTRÖM, P-384, Demo reader 1",
            buttons[0], headings[0]
        );
        let details = window.get_by_role_and_label(Role::Button, &first);
        assert_eq!(details.accesskit_node().data().is_expanded(), Some(false));
        assert_eq!(
            details.accesskit_node().data().toggled(),
            Some(Toggled::from(false))
        );
        details.click_accesskit();
        window.run();
        let details = window.get_by_role_and_label(Role::Button, &first);
        assert_eq!(details.accesskit_node().data().is_expanded(), Some(true));
        assert_eq!(
            details.accesskit_node().data().toggled(),
            Some(Toggled::from(true))
        );
        let until = match language {
            Language::Finnish => "28.3.2030 klo 12.00.00 UTC",
            Language::Swedish => "28.3.2030 kl. 12.00.00 UTC",
            Language::English => "28 March 2030, 12:00:00 UTC",
        };
        for shown in ["1.2.246.517.99.10.352.1", until] {
            assert!(has_text(&window, shown), "{shown}");
        }
    }
}

#[test]
fn the_keyboard_alone_opens_details_and_saves_a_file() {
    let mut model = read_model(&["v4"]);
    model.certificates.folder = Some("/somewhere".into());
    let mut window = still(model);
    window.run();
    tab_to(&mut window, "Details: Log-in certificate");
    window.key_press(Key::Enter);
    window.run();
    assert!(has_text(&window, "SHA-256 fingerprint"));
    tab_to(&mut window, "Save as DER: Log-in certificate");
    window.key_press(Key::Space);
    window.run();
    let name = window.get_by_role_and_label(Role::TextInput, "File name");
    assert!(name.is_focused());
    type_text(&mut window, "x");
    window.get_by_role_and_label(Role::TextInput, "Folder");
    let heading = window.query_by_role_and_label(Role::Heading, "Folder");
    assert!(heading.is_none(), "it names a field");
    window.key_press(Key::Enter);
    window.run_steps(4);
    let saves = |window: &Harness<'static, Still>| {
        let saves = |message: &&String| message.as_str() == "Certificates(Save)";
        window.state().messages.iter().filter(saves).count()
    };
    assert_eq!(saves(&window), 1);
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert_eq!(saves(&window), 1, "it is on its way");
    let model = &mut window.state_mut().model;
    let save = model.certificates.save.as_ref().unwrap();
    assert!(save.name.ends_with(".derx"));
    let written = Ok(Written {
        path: "/somewhere/log-in-certificate-5670 (2).derx".into(),
        is_renamed: true,
    });
    certificates(model, CertificateMessage::Saved { ticket: 1, written });
    window.run();
    window.get_by_role_and_label(Role::Heading, "Saved");
    let is_said = |words| window.query_all_by_label_contains(words).count() > 0;
    assert!(is_said("/somewhere/log-in-certificate-5670 (2).derx"));
    assert!(is_said(
        "There was a file of that name already. It is unchanged."
    ));
    let close = window.get_by_role_and_label(Role::Button, "Close");
    assert!(close.is_focused());
    window.key_press(Key::Enter);
    window.run();
    let back = window
        .get_all_by_role(Role::Button)
        .find(|node| node.is_focused())
        .and_then(|node| node.accesskit_node().label());
    assert!(back.is_some_and(|label| label.starts_with("Save as DER: Log-in certificate")));
}

#[test]
fn a_file_that_was_not_saved_says_why_and_can_be_saved_elsewhere() {
    let cases = [
        (ExportError::Name, "A file cannot have this name."),
        (ExportError::NoFolder, "There is no such folder."),
        (ExportError::NotAllowed, "You may not write to this folder."),
        (ExportError::Full, "There is no room on the disk."),
        (ExportError::TooMany, "There are too many files"),
        (
            ExportError::System(std::io::ErrorKind::TimedOut),
            "The system says: ",
        ),
    ];
    let mut model = read_model(&["v4"]);
    offer(&mut model, 0, Format::Pem);
    let mut window = still(model);
    window.run();
    for (ticket, (error, words)) in (1..).zip(cases) {
        window
            .get_by_role_and_label(Role::Button, "Save")
            .click_accesskit();
        window.run_steps(4);
        let written = Err(error);
        certificates(
            &mut window.state_mut().model,
            CertificateMessage::Saved { ticket, written },
        );
        window.run();
        window.get_by_role_and_label(Role::Heading, "The file was not saved");
        assert!(window.query_all_by_label_contains(words).count() > 0);
    }
    window.key_press(Key::Escape);
    window.run();
    assert!(window.state().model.certificates.save.is_none());
    window.get_by_role_and_label(Role::Heading, "Log-in certificate");
}

#[test]
fn the_end_is_told_beside_the_card_in_every_language_and_on_both_tabs() {
    let cases = [
        (
            Language::English,
            "The log-in certificate expires in 29 days",
            "The log-in certificate has expired",
        ),
        (
            Language::Finnish,
            "Kirjautumisvarmenne vanhenee 29 päivän kuluttua",
            "Kirjautumisvarmenne on vanhentunut",
        ),
        (
            Language::Swedish,
            "Inloggningscertifikatet upphör att gälla om 29 dagar",
            "Inloggningscertifikatet har upphört att gälla",
        ),
    ];
    for (language, soon, past) in cases {
        for tab in [Tab::Identification, Tab::Certificates] {
            let mut model = read_model(&["v4"]);
            model.language = language;
            model.tab = tab;
            let (_, end) = model.readers[0].card().unwrap().validity.unwrap();
            let end = end.to_system_time();
            for (clock, words) in [(end - DAY * 29, soon), (end + DAY, past)] {
                model.clock = Some(clock);
                let mut window = still(std::mem::replace(&mut model, Model::new(language, false)));
                window.run();
                window.get_by_role_and_label(Role::Heading, words);
                model =
                    std::mem::replace(&mut window.state_mut().model, Model::new(language, false));
            }
            model.clock = Some(end - DAY * 91);
            let mut window = still(model);
            window.run();
            assert!(!has_text(&window, soon) && !has_text(&window, past));
        }
    }
}

#[test]
fn what_a_card_lacks_and_what_is_not_read_is_said_in_words() {
    let mut model = dated_model(&["v4", "v3"]);
    open_tab(&mut model);
    let (_, mut all) = dated_card("v4");
    let root = all.len() - 1;
    all.retain(|one| one.purpose != Purpose::Signature);
    let issuer = all.iter().position(|one| {
        let says = &one.certificate;
        one.purpose == Purpose::CertificateAuthority && says.issuer != says.subject
    });
    assert!(root > 1);
    all.remove(issuer.unwrap());
    found(&mut model, 1, Ok(all));
    let error = CertificateError::Look(LookError::Reader(ReaderError::Busy));
    found(&mut model, 2, Err(error));
    let mut window = still(model);
    window.run();
    window.get_by_role_and_label(Role::Heading, "Signature certificate");
    assert!(has_text(&window, "The card has no such certificate."));
    window.get_by_label_contains("Siru TEST Citizen Certificates - G4E is not on the card.");
    window.get_by_role_and_label(Role::Heading, "Another program is using the card");
    window
        .get_by_role_and_label(Role::Button, "Read again")
        .click_accesskit();
    window.run();
    assert!(has_text(&window, "Reading the certificates…"));
}

#[test]
fn without_a_card_the_tab_says_what_to_do() {
    let mut model = Model::new(Language::English, false);
    update(&mut model, report(&[false], 1), Instant::now());
    open_tab(&mut model);
    let mut window = still(model);
    window.run();
    window.get_by_role_and_label(Role::Heading, "Insert a card");
}

#[test]
fn chain_with_details() {
    let mut model = read_model(&["v4"]);
    certificates(&mut model, CertificateMessage::Details(reader(1), 0));
    snapshot("certificates", model, [860.0, 860.0], Theme::Light);
}

#[test]
fn expired_card_dark_and_finnish() {
    let mut model = read_model(&["v3-expired"]);
    model.language = Language::Finnish;
    snapshot(
        "certificates_expired_fi_dark",
        model,
        [760.0, 760.0],
        Theme::Dark,
    );
}

#[test]
fn loading_beside_failed_in_swedish() {
    let mut model = dated_model(&["v4", "organisation"]);
    model.language = Language::Swedish;
    open_tab(&mut model);
    let error = CertificateError::Look(LookError::Reader(ReaderError::Busy));
    found(&mut model, 2, Err(error));
    snapshot(
        "certificates_waiting_sv",
        model,
        [760.0, 480.0],
        Theme::Light,
    );
}

#[test]
fn naming_a_file() {
    let mut model = read_model(&["v4"]);
    model.certificates.folder = Some("/home/bjorn/Downloads".into());
    offer(&mut model, 0, Format::Chain);
    model.certificates.save.as_mut().unwrap().wants_focus = false;
    snapshot("certificates_save", model, [760.0, 420.0], Theme::Light);
}

/// As wide as half of a window is at 200 %, and soon to end.
#[test]
fn narrow_in_high_contrast() {
    let mut model = read_model(&["v4"]);
    let (_, end) = model.readers[0].card().unwrap().validity.unwrap();
    model.clock = Some(end.to_system_time() - DAY * 29);
    certificates(&mut model, CertificateMessage::Details(reader(1), 0));
    let size = [420.0, 900.0];
    let mut window = window(Still::new(model), size, Theme::Dark, Still::show);
    let look = Look {
        theme: Some(Theme::Dark),
        high_contrast: true,
    };
    dress(&window.ctx, look);
    window.run_steps(4);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
    let options = SnapshotOptions::new().output_path(folder);
    window.snapshot_options("certificates_narrow_high_contrast", &options);
}
