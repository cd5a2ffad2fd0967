//! SELECT, READ BINARY, GET RESPONSE, and what stands in the files.

use std::time::Instant;

use der::Decode;
use siru_apdu::Protocol::{T0, T1};
use siru_apdu::hex;
use x509_cert::Certificate;

use super::{SELECT_APPLICATION, card, expect, personalised, send, send_over};
use crate::file_system::EndOfFile;
use crate::{Image, Personalisation, SimulatedCard};

fn size(card: &SimulatedCard, path: &[u16]) -> usize {
    card.file(path).unwrap().len()
}

/// Reads a file whole, as the traced clients do.
fn read(card: &mut SimulatedCard, select: &str) -> Vec<u8> {
    assert_eq!(send(card, select), "9000");
    let mut content = Vec::new();
    loop {
        let answer = hex::parse(&send(card, &format!("00B0{:04X}00", content.len()))).unwrap();
        match answer.split_last_chunk::<2>().unwrap() {
            (data, [0x90, 0x00]) => content.extend_from_slice(data),
            (_, status) => {
                assert_eq!(status, &[0x6B, 0x00]);
                return content;
            }
        }
    }
}

#[test]
fn files_are_selected_in_every_way_clients_know() {
    let mut card = card("v4");
    let length = size(&card, &[0x4331]);
    let fcp = format!("62048102{length:04X}9000");
    expect(
        &mut card,
        T0,
        &[
            ("00A4080C024331", "9000"),
            ("00A4080C0450164332", "9000"),
            ("00A4080402433100", "6700"),
            ("00A40804024331", "6106"),
            ("00C0000006", &fcp),
            ("00A4000C023F00", "9000"),
            ("00A4010C025016", "9000"),
            ("00A4020C024332", "9000"),
            ("00A4020C024331", "6A82"),
            ("00A4080C0450154401", "9000"),
            ("00A4080C025015", "9000"),
            ("00A4000C024331", "9000"),
            ("00A4040C", "9000"),
            ("00A4080C043F004331", "6A82"),
            ("00A4080C029999", "6A82"),
            ("00A4080F024331", "6A86"),
            ("00A4080C0143", "6700"),
            ("00A4040C06452E5349474E", "6A82"),
        ],
    );
    expect(
        &mut card,
        T1,
        &[("00A4080402433100", &fcp), ("00A40804024331", "6700")],
    );
}

#[test]
fn nothing_of_the_application_is_there_before_it_is_selected() {
    let mut card = card("v4");
    card.reset();
    expect(
        &mut card,
        T0,
        &[
            ("00A4000C023F00", "9000"),
            ("00A4080C022F00", "9000"),
            ("00A4080C02011C", "9000"),
            ("00A4080C024331", "6A82"),
            ("00200011", "6D00"),
            ("00CB00FF05A003830111", "6D00"),
            ("00240011", "6D00"),
            ("002241B60680015484010100", "6700"),
            ("002241B606800154840101", "6985"),
            (SELECT_APPLICATION, "9000"),
            ("00200011", "63C5"),
        ],
    );
}

#[test]
fn the_application_is_also_found_by_the_path_in_its_directory_record() {
    let mut card = card("v4");
    card.reset();
    expect(
        &mut card,
        T0,
        &[("00A40800045015440 1".replace(' ', "").as_str(), "610D")],
    );
    expect(&mut card, T0, &[("00200011", "63C5")]);
}

#[test]
fn get_response_takes_no_wrong_length_and_loses_nothing_by_one() {
    let mut card = card("v4");
    expect(
        &mut card,
        T0,
        &[
            ("00CB00FF05A003830111", "6125"),
            ("00C0000000", "6C25"),
            ("00C0000030", "6C25"),
            ("00C0000005", "A0238301116120"),
            ("00C000", "6700"),
            ("00C0000020", "6985"),
        ],
    );
}

#[test]
fn reads_are_short_as_on_the_traced_cards_and_end_where_the_file_does() {
    let mut card = card("v4");
    let length = size(&card, &[0x4331]);
    assert_eq!(send(&mut card, "00A4080C024331"), "9000");
    assert_eq!(send(&mut card, "00B0000000").len(), 2 * (181 + 2));
    assert_eq!(send(&mut card, "00B00000B5").len(), 2 * (181 + 2));
    assert_eq!(send(&mut card, "00B00000E7").len(), 2 * (231 + 2));
    let rest = format!("00B0{:04X}00", length - 10);
    assert!(send(&mut card, &rest).ends_with("9000"));
    expect(
        &mut card,
        T0,
        &[
            (format!("00B0{:04X}0B", length - 10).as_str(), "6C0A"),
            (format!("00B0{length:04X}01").as_str(), "6B00"),
            ("00B00000", "6700"),
            ("00B0810001", "6A86"),
        ],
    );
    assert_eq!(
        read(&mut card, "00A4080C024331"),
        card.file(&[0x4331]).unwrap()
    );
}

#[test]
fn the_end_of_a_file_answers_as_configured() {
    for (end_of_file, ending) in [
        (EndOfFile::WrongLength, "6C02"),
        (EndOfFile::OutOfRange, "6B00"),
        (EndOfFile::Warning, "6282"),
    ] {
        let image = Image::parse("v3").unwrap();
        let mut card = personalised(Personalisation {
            end_of_file,
            ..Personalisation::new(image)
        });
        let length = size(&card, &[0x4331]);
        assert_eq!(send(&mut card, "00A4080C024331"), "9000");
        let answer = send(&mut card, &format!("00B0{:04X}03", length - 2));
        assert!(answer.ends_with(ending), "{end_of_file:?}: {answer}");
    }
}

#[test]
fn an_organisation_card_names_its_signature_directory() {
    let mut card = card("organisation");
    expect(
        &mut card,
        T1,
        &[
            ("00A4040C06452E5349474E", "9000"),
            ("00A4020C024332", "9000"),
            ("00A4080C024333", "9000"),
            ("00A4080C024336", "6A82"),
            (
                "00A40400 0CA000000063504B43532D3135 00"
                    .replace(' ', "")
                    .as_str(),
                "6F11820138840CA000000063504B43532D31359000",
            ),
        ],
    );
}

#[test]
fn other_cards_refuse_the_application() {
    for image in ["foreign", "lookalike"] {
        let mut card = Personalisation::new(Image::parse(image).unwrap())
            .build()
            .unwrap();
        assert_eq!(send(&mut card, SELECT_APPLICATION), "6A82", "{image}");
        assert_eq!(send(&mut card, "00200011"), "6D00", "{image}");
    }
}

#[test]
fn every_image_is_built_quickly_and_its_files_parse() {
    for image in Image::ALL {
        let begin = Instant::now();
        let card = Personalisation::new(image).build().unwrap();
        eprintln!("{image}: {} ms", begin.elapsed().as_millis());
        for path in [
            &[0x4331][..],
            &[0x5016, 0x4332],
            &[0x5016, 0x4335],
            &[0x4334],
            &[0x4336],
        ] {
            if let Some(content) = card.file(path) {
                let certificate = Certificate::from_der(content).unwrap();
                assert!(
                    certificate
                        .tbs_certificate()
                        .issuer()
                        .to_string()
                        .contains("TEST"),
                    "{image}"
                );
            }
        }
        for id in [
            0x2F00, 0x5031, 0x5032, 0x4401, 0x4402, 0x4403, 0x4404, 0x4405,
        ] {
            let mut rest = card.file(&[id]).unwrap_or_default();
            while !rest.is_empty() {
                let (_, after) = der::Any::from_der_partial(rest).unwrap();
                rest = after;
            }
        }
    }
}

#[test]
fn card_information_has_a_four_byte_header() {
    for image in ["v3", "v4", "organisation"] {
        assert_eq!(
            card(image).file(&[0x5032]).unwrap().get(..2),
            Some(&[0x30, 0x82][..]),
            "{image}"
        );
    }
}

#[test]
fn the_last_nine_characters_of_a_serial_are_the_printed_number() {
    for (image, serial) in [
        ("v3", "AB1234560"),
        ("v4-locked", "9246102411CD2345672"),
        ("organisation", "EF3456780"),
    ] {
        let mut card = card(image);
        assert_eq!(card.serial(), serial);
        let information = read(&mut card, "00A4080C025032");
        assert!(
            information
                .windows(serial.len())
                .any(|bytes| bytes == serial.as_bytes())
        );
    }
    assert_eq!(send_over(&mut card("v3"), T0, "80CA9F7F2D").len(), 2 * 47);
    assert_eq!(send_over(&mut card("v3"), T0, "80CA9F7F00"), "6C2D");
}
