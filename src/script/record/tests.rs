//! What a recording holds, and what it must never hold.

use siru_apdu::hex::{Hex, parse};
use siru_apdu::{
    CardChannel, CommandApdu, Disposition, ExpectedLength, Instruction, ReaderError, ReaderName,
    ReaderState, ReaderWatch, Readers,
};

use super::{Labels, Recorder, Recording, RecordingReaders, Tape};
use crate::model::{Script, Source, SourceKind, Start, StartState};
use crate::replay::ReplayCard;

/// Digits that occur nowhere else.
const CANARY: &str = "73519408";
const OTHER: &str = "60248159";

fn header(protocol: &str) -> String {
    format!("format: 1\ncard: c\natr: 3B 00\nprotocol: {protocol}\nsource: written here\n== a\n")
}

fn labels() -> Labels {
    Labels {
        about: vec!["A recording # made\nin a test.".into()],
        card: "fineid-v4".into(),
        source: Source {
            kind: SourceKind::Simulated,
            detail: "by a script".into(),
        },
        start: vec![Start {
            secret: "PIN1".into(),
            state: StartState::Tries(5),
        }],
    }
}

/// A card that answers as `steps` say, recorded.
fn recorder(protocol: &str, steps: &str) -> Recorder {
    let script = Script::parse(&format!("{}{steps}", header(protocol))).expect("a script");
    Recorder::new(Box::new(ReplayCard::new(&script).expect("a card")))
}

fn send(recorder: &mut Recorder, commands: &[CommandApdu]) {
    let mut transaction = recorder.transaction().expect("a transaction");
    for command in commands {
        let _ = transaction.transmit(command);
    }
}

fn finished(recorder: &Recorder) -> Recording {
    let recording = recorder.tape().finish(labels()).expect("a recording");
    // Whatever is recorded can be played, written and, without references to files, read again.
    ReplayCard::new(&recording.script).expect("playable");
    if recording.bodies.is_empty() {
        let text = recording.script.to_string();
        assert_eq!(
            Script::parse(&text).expect(&text),
            recording.script,
            "{text}"
        );
    }
    recording
}

fn block(digits: &str) -> Vec<u8> {
    let mut bytes = digits.as_bytes().to_vec();
    bytes.resize(12, 0);
    bytes
}

fn verify(digits: &str) -> CommandApdu {
    CommandApdu::new(Instruction::VERIFY, 0x00, 0x11).secret("PIN1", &block(digits))
}

fn select(path: &[u8]) -> CommandApdu {
    CommandApdu::new(Instruction::SELECT, 0x08, 0x0C).data(path)
}

fn read(offset: u8) -> CommandApdu {
    CommandApdu::new(Instruction::READ_BINARY, 0x00, offset).expect(ExpectedLength::MAX)
}

/// Every form in which digits could be written.
fn shows(text: &str, digits: &str) -> bool {
    let hex = Hex(digits.as_bytes()).to_string();
    let padded = Hex(&block(digits)).to_string();
    [
        digits.to_owned(),
        hex.clone(),
        hex.replace(' ', ""),
        padded.clone(),
        padded.replace(' ', ""),
    ]
    .iter()
    .any(|form| text.to_ascii_uppercase().contains(form.as_str()))
}

const PIN_STORY: &str = "\
> 00 20 00 11 0C {a:12}
< 63 C4
> 00 20 00 11 0C {b:12}
< 90 00
> 00 24 00 11 18 {b:12} {n:12}
< 90 00
> 00 20 00 11 0C {n:12}
< 90 00
> 00 2C 00 11 18 {x:12} {m:12}
< 63 C4
> 00 2C 00 11 18 {p:12} {m:12}
< 90 00
";

#[test]
fn secrets_are_named_by_what_the_card_made_of_them() {
    let mut recorder = recorder("T=0", PIN_STORY);
    let change = CommandApdu::new(Instruction::CHANGE_REFERENCE_DATA, 0, 0x11)
        .secret("PIN1", &block(CANARY))
        .secret("PIN1.new", &block(OTHER));
    let unlock = |puk: &str| {
        CommandApdu::new(Instruction::RESET_RETRY_COUNTER, 0, 0x11)
            .secret("PUK", &block(puk))
            .secret("PIN1", &block("5512"))
    };
    send(
        &mut recorder,
        &[
            verify("9999"),
            verify(CANARY),
            change,
            verify(OTHER),
            unlock("11111111"),
            unlock("22222222"),
        ],
    );
    let recording = finished(&recorder);
    let text = recording.script.to_string();
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with('>')).collect();
    assert_eq!(
        commands,
        [
            "> 00 20 00 11 0C {PIN1.wrong:12}",
            "> 00 20 00 11 0C {PIN1:12}",
            "> 00 24 00 11 18 {PIN1:12} {PIN1.new:12}",
            "> 00 20 00 11 0C {PIN1.new:12}",
            "> 00 2C 00 11 18 {PUK.wrong:12} {PIN1.new.2:12}",
            "> 00 2C 00 11 18 {PUK:12} {PIN1.new.2:12}",
        ]
    );
    assert!(text.contains("spends:   PIN1 1, PUK 1\n"), "{text}");
    assert!(text.contains("== VERIFY 00 11, PIN1.wrong\n"), "{text}");
    assert!(
        text.starts_with("# A recording made in a test.\n"),
        "{text}"
    );
    for digits in [CANARY, OTHER, "9999", "5512", "11111111", "22222222"] {
        assert!(!shows(&text, digits), "{digits}: {text}");
    }
    assert!(!recording.private);
}

#[test]
fn a_pin_is_in_no_text_however_it_was_sent() {
    let bytes = block(CANARY);
    let wire = |ins: u8, data: &[u8]| {
        let head = [
            0x00,
            ins,
            0x00,
            0x11,
            u8::try_from(data.len()).expect("short"),
        ];
        CommandApdu::from_bytes(&[&head, data].concat()).expect("a command")
    };
    let twice = [bytes.clone(), bytes.clone()].concat();
    let cases = [
        ("00 20 00 11 0C {a:12}", verify(CANARY)),
        (
            "00 20 00 11 08 {a:8}",
            CommandApdu::new(Instruction::VERIFY, 0, 0x11).data(CANARY.as_bytes()),
        ),
        ("00 20 00 11 0C {a:12}", wire(0x20, &bytes)),
        ("00 24 00 11 18 {a:24}", wire(0x24, &twice)),
        (
            "00 2C 00 11 18 {a:24}",
            CommandApdu::new(Instruction::RESET_RETRY_COUNTER, 0, 0x11).data(twice.clone()),
        ),
        (
            "00 DA 00 11 0C {a=00 00 00 00 00 00 00 00 00 00 00 00}",
            CommandApdu::new(Instruction(0xDA), 0, 0x11).data(bytes.clone()),
        ),
        (
            "00 A4 04 00 08 {a:8}",
            CommandApdu::new(Instruction::SELECT, 4, 0).secret("not a { name", CANARY.as_bytes()),
        ),
    ];
    for (steps, command) in cases {
        let mut recorder = recorder("T=1", &format!("> {steps}\n< 90 00\n"));
        send(&mut recorder, &[command]);
        let recording = finished(&recorder);
        let text = recording.script.to_string();
        assert!(!shows(&text, CANARY), "{text}");
        assert!(!shows(&format!("{recording:?}"), CANARY));
        assert!(
            text.contains("{secret:") || text.contains("{PIN1:12}") || text.contains("{data=00"),
            "{text}"
        );
    }
}

#[test]
fn what_is_recorded_plays_again_step_by_step() {
    let steps = "\
> 00 CB 00 FF 05 A0 03 83 01 11
< 61 0E
> 00 C0 00 00 0E
< A0 0C 83 01 11 DF 21 04 05 FE 11 22 83 00 90 00
! reset
> 00 20 00 11
> 00 20 00 11
< 63 C5
";
    let mut recorder = recorder("T=0", steps);
    let tape = recorder.tape();
    let commands = || {
        [
            CommandApdu::new(Instruction::GET_DATA, 0, 0xFF)
                .data([0xA0, 3, 0x83, 1, 0x11])
                .expect(ExpectedLength::MAX),
            CommandApdu::new(Instruction::GET_RESPONSE, 0, 0).expect(ExpectedLength::from_le(0x0E)),
            CommandApdu::new(Instruction::VERIFY, 0, 0x11),
        ]
    };
    let probe = || [CommandApdu::new(Instruction::VERIFY, 0, 0x11)];
    tape.step("How many tries\nhas PIN1? #");
    send(&mut recorder, &commands());
    recorder.step("after the reset");
    send(&mut recorder, &probe());
    let transaction = recorder.transaction().expect("a transaction");
    transaction.end(Disposition::Reset).expect("reset");
    let recording = finished(&recorder);
    let text = recording.script.to_string();
    assert!(
        text.contains(
            "== How many tries has PIN1?\n\
             > 00 CB 00 FF 05 A0 03 83 01 11\n\
             < 61 0E\n\
             > 00 C0 00 00 0E\n\
             < A0 0C 83 01 11 DF 21 04 05 {counters=FF A5 03} 83 00 90 00\n\
             ! reset\n\
             > 00 20 00 11\n\
             \n\
             == after the reset\n\
             > 00 20 00 11\n\
             < 63 C5\n\
             ! end reset\n"
        ),
        "{text}"
    );
    let card = ReplayCard::new(&recording.script).expect("a card");
    let mut again = Recorder::new(Box::new(card.clone()));
    send(&mut again, &commands());
    send(&mut again, &probe());
    again
        .transaction()
        .expect("open")
        .end(Disposition::Reset)
        .expect("reset");
    card.finish().expect("all used");
}

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

/// One reader with one card.
struct OneReader(ReplayCard);

impl Readers for OneReader {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        Ok(Vec::new())
    }

    fn connect(&mut self, _reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        Ok(Box::new(self.0.clone()))
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        unimplemented!("nobody watches")
    }
}

#[test]
fn connections_to_other_readers_are_not_recorded() {
    let script = Script::parse(&format!(
        "{}> 00 20 00 11\n< 63 C5\n> 00 20 00 11\n< 63 C5\n",
        header("T=0")
    ));
    let card = ReplayCard::new(&script.expect("a script")).expect("a card");
    let tape = Tape::new();
    assert!(tape.finish(labels()).is_none(), "there is no card yet");
    let name = |text: &str| ReaderName::new(text.as_bytes().to_vec());
    let mut readers = RecordingReaders::new(Box::new(OneReader(card)), name("one"), tape.clone());
    for reader in ["one", "two"] {
        let mut channel = readers.connect(&name(reader)).expect("a channel");
        let probe = CommandApdu::new(Instruction::VERIFY, 0, 0x11);
        channel
            .transaction()
            .expect("open")
            .transmit(&probe)
            .expect("an answer");
    }
    let recording = tape.finish(labels()).expect("a recording");
    assert_eq!(recording.script.exchange_count(), 1);
}
