//! What is said about cards, in each language.

use siru_apdu::{ReaderError, Readers as _};
use siru_text::Language;

use super::{DAY, known, now, readers};
use crate::look::look;
use crate::state::Readers;
use crate::words::Words;

fn title(language: Language, known: &Readers) -> String {
    Words::new(language).title(known, now())
}

#[test]
fn the_title_says_what_matters_most() {
    for (images, finnish, swedish, english) in [
        (
            &["v4"][..],
            "Siru: Kortti on käyttövalmis",
            "Siru: Kortet är klart att användas",
            "Siru: The card is ready",
        ),
        (
            &["v4", "v3-fresh"],
            "Siru: Korttia ei ole vielä aktivoitu",
            "Siru: Kortet är inte aktiverat ännu",
            "Siru: The card is not activated yet",
        ),
        (
            &["v4-locked"],
            "Siru: Perustunnusluku (PIN1) on lukittu",
            "Siru: Baskoden (PIN1) är låst",
            "Siru: The basic PIN (PIN1) is locked",
        ),
        (
            &["organisation-pin2-locked"],
            "Siru: Allekirjoitustunnusluku (PIN2) on lukittu",
            "Siru: Signaturkoden (PIN2) är låst",
            "Siru: The signature PIN (PIN2) is locked",
        ),
        (
            &["mute"],
            "Siru: Kortti ei vastaa",
            "Siru: Kortet svarar inte",
            "Siru: The card does not answer",
        ),
        (
            &[],
            "Siru: Ei kortinlukijaa",
            "Siru: Ingen kortläsare",
            "Siru: No card reader",
        ),
    ] {
        let known = known(images);
        assert_eq!(title(Language::Finnish, &known), finnish);
        assert_eq!(title(Language::Swedish, &known), swedish);
        assert_eq!(title(Language::English, &known), english);
    }
}

#[test]
fn without_a_service_it_says_so() {
    let mut known = Readers::default();
    known.watched(Err(ReaderError::NoService));
    assert_eq!(
        title(Language::English, &known),
        "Siru: The smart card service is not running"
    );
}

#[test]
fn every_reader_has_its_lines() {
    let known = known(&["v4", "v3-locked"]);
    let names: Vec<String> = readers(&["v4", "v3-locked"])
        .list()
        .unwrap()
        .into_iter()
        .map(|reader| reader.name.to_text().into_owned())
        .collect();
    let lines = Words::new(Language::English).lines(&known, now());
    assert_eq!(
        lines,
        [
            format!("{}: The basic PIN (PIN1) is locked", names[1]),
            format!("{}: The card is ready", names[0]),
        ]
    );
}

#[test]
fn days_are_counted_in_words_and_dates_are_plain() {
    let readers = readers(&["v4"]);
    let name = readers.clone().list().unwrap().remove(0).name;
    let facts = look(&mut readers.clone(), &name).unwrap();
    let stamp = facts.valid_until.unwrap().unwrap();
    let (until, (year, month, day)) = (stamp.to_system_time(), stamp.date());
    let known = known(&["v4"]);
    let date = format!("{day:02}.{month:02}.{year}");
    for (days, finnish) in [
        (0, "vanhenee tänään".to_owned()),
        (1, format!("vanhenee huomenna, {date}")),
        (45, format!("vanhenee 45 päivän kuluttua, {date}")),
    ] {
        let title = Words::new(Language::Finnish).title(&known, until - days * DAY);
        assert_eq!(title, format!("Siru: Kortin varmenne {finnish}"));
    }
    let title = Words::new(Language::Swedish).title(&known, until + DAY);
    let expected = format!("Siru: Kortets certifikat upphörde att gälla {date}");
    assert_eq!(title, expected);
}

#[test]
fn the_language_changes_at_once() {
    let mut words = Words::new(Language::English);
    assert_eq!(words.labels().show_devices, "Show devices");
    words.speak(Language::Finnish);
    assert_eq!(words.labels().show_devices, "Näytä laitteet");
    words.speak(Language::Swedish);
    assert_eq!(words.labels().show_devices, "Visa enheter");
    let known = known(&["v4-locked"]);
    assert_eq!(words.title(&known, now()), "Siru: Baskoden (PIN1) är låst");
}
