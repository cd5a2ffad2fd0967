//! Certificates, their dates and what their end means, in every language.

use std::time::{Duration, SystemTime};

use siru_card::{KeyType, Purpose, Timestamp, Validity};

use super::sentences::KINDS;
use super::{assert_message_is_whole, assert_whole, in_every_language, sentences};
use crate::{Language, Texts, Tone};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const PURPOSES: [Purpose; 3] = [
    Purpose::Authentication,
    Purpose::Signature,
    Purpose::CertificateAuthority,
];

/// Noon of the 3rd of May 2026.
fn end() -> SystemTime {
    SystemTime::UNIX_EPOCH + DAY * 20_576 + DAY / 2
}

fn told(texts: &Texts, now: SystemTime) -> String {
    let stamp = |time| Timestamp::of(time).unwrap();
    texts.validity(stamp(end() - DAY * 1825), stamp(end()), now)
}

#[test]
fn a_certificate_is_named_with_the_pin_that_opens_its_key() {
    in_every_language(|texts| {
        for purpose in PURPOSES {
            assert_whole(&texts.certificate(purpose));
            assert_whole(&texts.certificate_use(purpose));
        }
        assert!(
            texts
                .certificate_use(Purpose::Authentication)
                .contains("PIN1")
        );
        assert!(texts.certificate_use(Purpose::Signature).contains("PIN2"));
        assert!(texts.key(KeyType::Rsa { bits: 2048 }).contains("2048"));
        assert_whole(&texts.root_certificate());
        assert_eq!(texts.key(KeyType::P384), "P-384");
        assert_whole(&texts.key(KeyType::Unknown));
    });
}

#[test]
fn a_day_is_written_as_the_language_writes_it() {
    let cases = [
        (Language::English, "3 May 2026"),
        (Language::Finnish, "3.5.2026"),
        (Language::Swedish, "3.5.2026"),
    ];
    for (language, expected) in cases {
        let day = Texts::new(language).day(Timestamp::of(end()).unwrap());
        assert_eq!(day, expected);
    }
}

#[test]
fn validity_is_told_in_years_and_months_then_in_days_then_as_past() {
    let cases = [
        (end() - DAY * 1825, "valid, 4 years 11 months left"),
        (end() - DAY * 1461, "valid, 4 years left"),
        (end() - DAY * 100, "valid, 3 months left"),
        (end() - DAY * 90, "expires in 90 days"),
        (end() - DAY * 29, "expires in 29 days"),
        (end() - DAY, "expires in 1 day"),
        (end(), "expires today"),
        (end() + DAY / 4, "expired today"),
        (end() + DAY, "expired on 3 May 2026 (1 day ago)"),
        (end() + DAY * 12, "expired on 3 May 2026 (12 days ago)"),
        (end() - DAY * 1826, "valid from 4 May 2021, not yet"),
    ];
    let texts = Texts::new(Language::English);
    for (now, expected) in cases {
        assert_eq!(told(&texts, now), expected);
        in_every_language(|texts| assert_whole(&told(texts, now)));
    }
    let finnish = Texts::new(Language::Finnish);
    assert_eq!(
        told(&finnish, end() - DAY * 800),
        "voimassa, 2 vuotta 2 kuukautta jäljellä"
    );
    assert_eq!(
        told(&finnish, end() + DAY * 12),
        "vanhentunut 3.5.2026 (12 päivää sitten)"
    );
    let swedish = Texts::new(Language::Swedish);
    assert_eq!(
        told(&swedish, end() - DAY * 29),
        "upphör att gälla om 29 dagar"
    );
}

#[test]
fn whoever_hears_of_the_end_hears_what_still_works_and_who_gives_a_new_card() {
    let ends = [
        Validity::NotYet,
        Validity::Valid { days_left: 29 },
        Validity::Valid { days_left: 0 },
        Validity::Expired { days_ago: 12 },
    ];
    in_every_language(|texts| {
        for validity in ends {
            for kind in KINDS {
                for purpose in PURPOSES {
                    let message = texts.expiry(purpose, validity, kind, Tone::Warning);
                    assert_message_is_whole(&message);
                    assert!(message.next_step.is_some());
                }
            }
        }
        let past = Validity::Expired { days_ago: 1 };
        let message = texts.expiry(Purpose::Signature, past, KINDS[0], Tone::Bad);
        let all = sentences(&message).join(" ");
        assert!(all.contains("PIN1") && all.contains("PUK"), "{all}");
        assert_eq!(message.detail, [texts.expired_pins()]);
    });
    let english = Texts::new(Language::English);
    let soon = Validity::Valid { days_left: 29 };
    let message = english.expiry(Purpose::Authentication, soon, KINDS[0], Tone::Warning);
    assert_eq!(
        sentences(&message),
        [
            "The log-in certificate expires in 29 days",
            "Apply to the police for a new card."
        ]
    );
}

#[test]
fn an_entry_for_a_calendar_names_the_holder_and_who_gives_a_new_card() {
    in_every_language(|texts| {
        for purpose in [Purpose::Authentication, Purpose::Signature] {
            for kind in KINDS {
                let words = texts.calendar(purpose, "BJÖRN SPECIMEN", kind);
                assert_whole(&words.summary);
                assert_whole(&words.description);
                assert!(words.summary.ends_with("BJÖRN SPECIMEN"), "{words:?}");
                // What is to be done comes first, what still works last.
                assert!(words.description.ends_with(&texts.expired_pins()));
                assert!(words.description.len() > texts.expired_pins().len() + 40);
            }
        }
    });
}

#[test]
fn the_names_of_files_hold_letters_and_hyphens_only() {
    in_every_language(|texts| {
        for purpose in PURPOSES {
            let file = texts.certificate_file(purpose);
            for name in [texts.chain_file(&file), file] {
                let fits = |character: char| character.is_alphabetic() || character == '-';
                assert!(!name.is_empty() && name.chars().all(fits), "{name}");
            }
        }
    });
}
