//! What a recording holds, and what it must never hold.

use siru_apdu::hex::Hex;
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

pub(super) fn header(protocol: &str) -> String {
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
pub(super) fn recorder(protocol: &str, steps: &str) -> Recorder {
    let script = Script::parse(&format!("{}{steps}", header(protocol))).expect("a script");
    Recorder::new(Box::new(ReplayCard::new(&script).expect("a card")))
}

pub(super) fn send(recorder: &mut Recorder, commands: &[CommandApdu]) {
    let mut transaction = recorder.transaction().expect("a transaction");
    for command in commands {
        let _ = transaction.transmit(command);
    }
}

pub(super) fn finished(recorder: &Recorder) -> Recording {
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

pub(super) fn select(path: &[u8]) -> CommandApdu {
    CommandApdu::new(Instruction::SELECT, 0x08, 0x0C).data(path)
}

pub(super) fn read(offset: u8) -> CommandApdu {
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
