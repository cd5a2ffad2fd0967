//! Files: their names, what is in them, and what came of writing them.

use siru_text::Language;

use super::*;

fn offer(model: &mut Model, index: usize, format: Format) {
    let reader = reader(1);
    let button = SaveButton {
        reader,
        index,
        format,
    };
    certificates(model, CertificateMessage::Offer(button));
}

fn only_order(commands: Vec<Command>) -> SaveOrder {
    assert_eq!(commands.len(), 1, "{commands:?}");
    let Some(Command::Save(order)) = commands.into_iter().next() else {
        panic!("a file to save");
    };
    *order
}

#[test]
fn a_file_is_named_after_what_is_in_it_and_written_once() {
    let mut model = read_model(&["v4"]);
    model.certificates.folder = Some(PathBuf::from("/somewhere"));
    let (_, all) = dated_card("v4");
    let name = |index: usize| plain(all[index].certificate.common_name.as_deref().unwrap());
    let digits = model.readers[0]
        .card()
        .unwrap()
        .identity
        .serial()
        .unwrap()
        .last_digits(4);
    let chain = chains(&all).swap_remove(0);
    let above = chain.above(0).into_iter().map(|index| all[index].to_pem());
    let root = *chain.authorities.last().unwrap();
    let cases = [
        (
            0,
            Format::Pem,
            format!("log-in-certificate-{digits}.pem"),
            all[0].to_pem().into_bytes(),
        ),
        (
            1,
            Format::Der,
            format!("signature-certificate-{digits}.der"),
            all[1].der.clone(),
        ),
        (
            0,
            Format::Chain,
            format!("log-in-certificate-{digits}-chain.pem"),
            above.collect::<String>().into_bytes(),
        ),
        (
            root,
            Format::Pem,
            format!("{}.pem", name(root)),
            all[root].to_pem().into_bytes(),
        ),
    ];
    for (index, format, name, bytes) in cases {
        offer(&mut model, index, format);
        let save = model.certificates.save.as_ref().unwrap();
        assert!(save.wants_focus && save.is_editable());
        let order = only_order(certificates(&mut model, CertificateMessage::Save));
        assert_eq!((order.folder.as_str(), order.name), ("/somewhere", name));
        assert_eq!(order.bytes, bytes);
        assert!(
            certificates(&mut model, CertificateMessage::Save).is_empty(),
            "twice"
        );
    }
}

/// What stands in a name instead of spaces.
fn plain(name: &str) -> String {
    name.split(|character: char| !character.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[test]
fn what_came_of_writing_is_told_and_the_folder_is_remembered() {
    let mut model = read_model(&["v4"]);
    offer(&mut model, 0, Format::Pem);
    let first = only_order(certificates(&mut model, CertificateMessage::Save));
    let failed = CertificateMessage::Saved {
        ticket: first.ticket,
        written: Err(ExportError::NoFolder),
    };
    certificates(&mut model, failed);
    let phase = |model: &Model| format!("{:?}", model.certificates.save.as_ref().unwrap().phase);
    assert_eq!(phase(&model), "Failed(NoFolder)");
    let second = only_order(certificates(&mut model, CertificateMessage::Save));
    assert_ne!(first.ticket, second.ticket);
    let written = Written {
        path: PathBuf::from("/there/a.pem"),
        is_renamed: false,
    };
    let saved = |ticket| CertificateMessage::Saved {
        ticket,
        written: Ok(written.clone()),
    };
    certificates(&mut model, saved(first.ticket));
    assert!(
        phase(&model).starts_with("Writing"),
        "an answer to another order"
    );
    certificates(&mut model, saved(second.ticket));
    assert!(phase(&model).starts_with("Written"));
    send(&mut model, Message::Close);
    assert!(model.certificates.save.is_none());
    let back = model.certificates.back_to.clone().unwrap();
    assert_eq!((back.index, back.format), (0, Format::Pem));
    offer(&mut model, 1, Format::Der);
    assert_eq!(model.certificates.save.as_ref().unwrap().folder, "/there");
}

#[test]
fn an_unconfirmed_file_goes_with_the_card_and_a_confirmed_one_is_still_told() {
    let mut model = read_model(&["v4"]);
    offer(&mut model, 0, Format::Pem);
    send(&mut model, report(&[false], 2));
    assert!(model.certificates.save.is_none());

    let mut model = read_model(&["v4"]);
    offer(&mut model, 0, Format::Pem);
    certificates(&mut model, CertificateMessage::Save);
    send(&mut model, report(&[false], 2));
    assert!(model.certificates.save.is_some());
}

#[test]
fn the_calendar_has_the_last_day_in_the_language_of_the_window() {
    let cases = [
        (Language::Finnish, "Kirjautumisvarmenne vanhenee"),
        (Language::Swedish, "Inloggningscertifikatet upphör"),
        (Language::English, "The log-in certificate expires"),
    ];
    for (language, words) in cases {
        let mut model = read_model(&["v4"]);
        model.language = language;
        offer(&mut model, 0, Format::Calendar);
        let order = only_order(certificates(&mut model, CertificateMessage::Save));
        let text = String::from_utf8(order.bytes).unwrap().replace("\r\n ", "");
        assert!(order.name.ends_with(".ics"), "{}", order.name);
        let tag = language.tag();
        assert!(
            text.contains(&format!("SUMMARY;LANGUAGE={tag}:{words}")),
            "{text}"
        );
        // The card was used for the first time on the 3rd of May 2026, 400 days into its 1825.
        assert!(text.contains("DTSTAMP:20260503T120000Z"), "{text}");
        assert!(text.contains("DTSTART;VALUE=DATE:20300328"), "{text}");
    }
    let mut model = read_model(&["v4"]);
    model.clock = None;
    offer(&mut model, 0, Format::Calendar);
    assert!(model.certificates.save.is_none(), "no entry without a date");
}
