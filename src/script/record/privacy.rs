//! Does a recording keep test certificates, and nobody's name or number?

use siru_apdu::hex::{Hex, parse};
use siru_apdu::{CommandApdu, ExpectedLength, Instruction};

use super::Recording;
use super::tests::{finished, read, recorder, select, send};
use crate::model::Script;

/// A certificate in miniature, as far as anyone looks into it.
fn certificate(issuer: &str, subject: &str) -> Vec<u8> {
    let tlv = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).expect("short").to_be_bytes();
        [&[tag, 0x82, length[0], length[1]][..], content].concat()
    };
    let name = |value: &str| {
        let attribute = [tlv(0x06, &[0x55, 0x04, 0x03]), tlv(0x0C, value.as_bytes())].concat();
        // The identifier in its short form, as certificates have it.
        let attribute = [&[0x06, 0x03, 0x55, 0x04, 0x03][..], &attribute[7..]].concat();
        tlv(0x30, &tlv(0x31, &tlv(0x30, &attribute)))
    };
    let body = [
        vec![0xA0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x01, 0x07, 0x30, 0x00],
        name(issuer),
        vec![0x30, 0x00],
        name(subject),
    ]
    .concat();
    tlv(0x30, &tlv(0x30, &body))
}

/// Reads a certificate in two parts, then signs with the key that belongs to it.
fn record_certificate(bytes: &[u8]) -> Recording {
    let (one, two) = bytes.split_at(60);
    let steps = format!(
        "> 00 A4 08 0C 02 43 31\n< 90 00\n> 00 B0 00 00 00\n< {} 90 00\n> 00 B0 00 3C 00\n< {} 90 00\n\
         > 00 2A 90 A0 04 90 02 0D 0E\n< 90 00\n> 00 2A 9E 9A 03\n< 51 52 53 90 00\n",
        Hex(one),
        Hex(two)
    );
    let mut recorder = recorder("T=0", &steps);
    let hash = CommandApdu::new(Instruction::PERFORM_SECURITY_OPERATION, 0x90, 0xA0)
        .data([0x90, 2, 0x0D, 0x0E]);
    let sign = CommandApdu::new(Instruction::PERFORM_SECURITY_OPERATION, 0x9E, 0x9A)
        .expect(ExpectedLength::from_le(3));
    send(
        &mut recorder,
        &[select(&[0x43, 0x31]), read(0), read(60), hash, sign],
    );
    finished(&recorder)
}

#[test]
fn a_test_certificate_is_kept_as_a_file_of_its_own() {
    let bytes = certificate(
        "DVV TEST Certificates - G5E",
        "SPECIMEN-POTTER ANNA 99900000A",
    );
    let recording = record_certificate(&bytes);
    assert!(!recording.private);
    let [body] = recording.bodies.as_slice() else {
        panic!("one certificate");
    };
    assert_eq!(body.bytes, bytes);
    let text = recording.script.to_string();
    assert!(
        text.contains(&format!("< {{@{} 0000+3C}} 90 00", body.path)),
        "{text}"
    );
    assert!(!text.contains(&Hex(b"SPECIMEN").to_string()), "{text}");
    assert!(
        text.contains("{digest=0D 0E}") && text.contains("{signature=51 52 53}"),
        "{text}"
    );

    let folder = std::env::temp_dir().join(format!("siru-record-{}", std::process::id()));
    let path = recording.save(&folder.join("read.apdu")).expect("saved");
    assert_eq!(path, folder.join("read.apdu"));
    assert_eq!(Script::load(&path).expect("loaded"), recording.script);
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn nobody_is_named_by_a_recording_of_an_issued_card() {
    let bytes = certificate("DVV Citizen Certificates - G4E", "VIRTANEN MAIJA 123456789");
    let recording = record_certificate(&bytes);
    assert!(recording.private && recording.bodies.is_empty());
    let text = recording.script.to_string();
    assert!(
        text.contains("< 30 82"),
        "the length stays readable: {text}"
    );
    for trace in [b"VIRTANEN", b"Citizen "] {
        assert!(!text.contains(&Hex(trace).to_string()), "{text}");
    }
    assert!(
        text.contains("{digest=00 00}") && text.contains("{signature=00 00 00}"),
        "{text}"
    );

    let folder = std::env::temp_dir().join(format!("siru-private-{}", std::process::id()));
    for name in ["read.apdu", "read.private.apdu", "read"] {
        let path = recording.save(&folder.join(name)).expect("saved");
        assert_eq!(path, folder.join("read.private.apdu"));
    }
    std::fs::remove_dir_all(folder).expect("removed");
}

#[test]
fn half_a_certificate_and_a_name_elsewhere_are_not_kept() {
    let bytes = certificate("DVV Citizen Certificates - G4E", "VIRTANEN MAIJA 123456789");
    let shown = Hex(b"VIRTANEN").to_string();
    let at = bytes
        .windows(8)
        .position(|window| window == b"VIRTANEN")
        .expect("the name");
    // Only the end was read; or a directory and an answer to another command name the holder.
    let end = &bytes[at - 9..];
    let cases = [
        (
            vec![select(&[0x43, 0x31]), read(60)],
            "00 A4 08 0C 02 43 31",
            "00 B0 00 3C 00",
        ),
        (
            vec![select(&[0x44, 0x03]), read(0)],
            "00 A4 08 0C 02 44 03",
            "00 B0 00 00 00",
        ),
        (
            vec![
                select(&[0x44, 0x03]),
                CommandApdu::new(Instruction::GET_DATA, 0, 0xFF)
                    .data([0xA0, 0])
                    .expect(ExpectedLength::MAX),
            ],
            "00 A4 08 0C 02 44 03",
            "00 CB 00 FF 02 A0 00",
        ),
    ];
    for (commands, one, two) in cases {
        let steps = format!("> {one}\n< 90 00\n> {two}\n< {} 90 00\n", Hex(end));
        let mut recorder = recorder("T=0", &steps);
        send(&mut recorder, &commands);
        let text = finished(&recorder).script.to_string();
        assert!(!text.contains(&shown), "{text}");
    }
}

#[test]
fn the_serial_number_is_replaced_wherever_it_is() {
    let serial = Hex(b"FI00AB1234567").to_string();
    let info = format!("30 12 02 01 01 04 0D {serial}");
    let steps = format!(
        "> 00 A4 08 0C 02 50 32\n< 90 00\n> 00 B0 00 00 00\n< {info} 90 00\n> 00 A4 08 00 02 2F 01\n< 5A 0D {serial} 90 00\n"
    );
    let mut recorder = recorder("T=0", &steps);
    let other = CommandApdu::new(Instruction::SELECT, 0x08, 0x00).data([0x2F, 0x01]);
    send(&mut recorder, &[select(&[0x50, 0x32]), read(0), other]);
    let text = finished(&recorder).script.to_string();
    assert!(!text.contains(&serial), "{text}");
    let neutral = format!("{{serial={}}}", Hex(b"0000AA0000000"));
    assert_eq!(text.matches(&neutral).count(), 2, "{text}");
    assert_eq!(parse(&serial).expect("hex").len(), 13);
}
