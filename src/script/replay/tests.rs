//! A played card accepts its script and nothing else.

use siru_apdu::{
    CardChannel, ChannelError, CommandApdu, Disposition, ExpectedLength, Instruction, ResponseApdu,
    StatusWord,
};

use super::{ReplayCard, ReplayError};
use crate::binding::Difference;
use crate::model::Script;

const SCRIPT: &str = "\
format:   1
card:     fineid-v4
atr:      3B 7F 96 00
protocol: T=1
source:   written from S1

== SELECT
> 00 A4 04 0C 02 3F 00
< 90 00

== VERIFY, wrong
> 00 20 00 11 0C {PIN1.wrong:12}
< 63 C4

== VERIFY, right
> 00 20 00 11 0C {PIN1:12}
< 90 00

== CHANGE
> 00 24 00 11 18 {PIN1:12} {PIN1.new:12}
< 90 00

== sign
> 00 2A 90 A0 06 90 04 {digest=DE AD BE EF}
< 90 00
> 00 2A 9E 9A 02
< {signature=AA BB} {digest=DE AD BE EF} 90 00

== pulled
! remove
> 00 20 00 11
";

fn card() -> ReplayCard {
    ReplayCard::new(&Script::parse(SCRIPT).expect("a script")).expect("a card")
}

fn send(card: &mut ReplayCard, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
    card.transaction()?.transmit(command)
}

fn select() -> CommandApdu {
    CommandApdu::new(Instruction::SELECT, 0x04, 0x0C).data([0x3F, 0x00])
}

fn block(digits: &str) -> Vec<u8> {
    let mut bytes = digits.as_bytes().to_vec();
    bytes.resize(12, 0);
    bytes
}

fn verify(digits: &str) -> CommandApdu {
    CommandApdu::new(Instruction::VERIFY, 0x00, 0x11).secret("PIN1", &block(digits))
}

fn mismatch(card: &ReplayCard) -> (String, Difference) {
    match card.finish() {
        Err(ReplayError::Mismatch(mismatch)) => (mismatch.to_string(), mismatch.difference),
        other => panic!("a mismatch, not {other:?}"),
    }
}

#[test]
fn a_script_played_to_the_end_is_finished() {
    let mut card = card();
    let kept = card.clone();
    assert_eq!(card.atr(), [0x3B, 0x7F, 0x96, 0x00]);
    assert_eq!(
        send(&mut card, &select()).expect("an answer").status,
        StatusWord::OK
    );
    assert_eq!(
        send(&mut card, &verify("9999")).expect("an answer").status,
        StatusWord(0x63C4)
    );
    assert_eq!(
        send(&mut card, &verify("7351")).expect("an answer").status,
        StatusWord::OK
    );
    let change = CommandApdu::new(Instruction::CHANGE_REFERENCE_DATA, 0x00, 0x11)
        .secret("PIN1", &block("7351"))
        .secret("PIN1.new", &block("8462"));
    assert_eq!(
        send(&mut card, &change).expect("an answer").status,
        StatusWord::OK
    );
    let hash = CommandApdu::new(Instruction::PERFORM_SECURITY_OPERATION, 0x90, 0xA0)
        .data([0x90, 0x04, 1, 2, 3, 4]);
    send(&mut card, &hash).expect("an answer");
    let sign = CommandApdu::new(Instruction::PERFORM_SECURITY_OPERATION, 0x9E, 0x9A)
        .expect(ExpectedLength::from_le(2));
    // What varied in a command comes back as it was sent.
    let signed = send(&mut card, &sign).expect("an answer");
    assert_eq!(signed.data, [0xAA, 0xBB, 1, 2, 3, 4]);
    assert!(matches!(
        send(&mut card, &CommandApdu::new(Instruction::VERIFY, 0, 0x11)),
        Err(ChannelError::CardRemoved)
    ));
    assert!(matches!(
        card.transaction().err(),
        Some(ChannelError::CardRemoved)
    ));
    kept.finish().expect("every exchange was used");
}

#[test]
fn a_leftover_step_fails() {
    let mut card = card();
    send(&mut card, &select()).expect("an answer");
    match card.finish() {
        Err(ReplayError::Leftover { place, step, left }) => {
            assert_eq!((place.line, &*step, left), (12, "VERIFY, wrong", 6));
        }
        other => panic!("a leftover, not {other:?}"),
    }
}

#[test]
fn a_repeated_pin_where_another_was_expected_fails() {
    let mut card = card();
    send(&mut card, &select()).expect("an answer");
    send(&mut card, &verify("7351")).expect("the wrong one");
    assert!(matches!(
        send(&mut card, &verify("7351")),
        Err(ChannelError::Driver(_))
    ));
    let (text, difference) = mismatch(&card);
    assert_eq!(
        difference,
        Difference::Repeated {
            name: "PIN1".into(),
            earlier: "PIN1.wrong".into()
        }
    );
    assert!(
        text.starts_with("line 16, step \"VERIFY, right\""),
        "{text}"
    );
}

#[test]
fn another_pin_under_the_same_name_fails() {
    let mut card =
        ReplayCard::starting_at(&Script::parse(SCRIPT).expect("a script"), "VERIFY, right")
            .expect("a step");
    send(&mut card, &verify("7351")).expect("an answer");
    let change = CommandApdu::new(Instruction::CHANGE_REFERENCE_DATA, 0x00, 0x11)
        .secret("PIN1", &block("7352"))
        .secret("PIN1.new", &block("8462"));
    assert!(send(&mut card, &change).is_err());
    assert_eq!(
        mismatch(&card).1,
        Difference::Rebound {
            name: "PIN1".into()
        }
    );
}

#[test]
fn a_mismatch_shows_both_sides_and_masks_the_secret() {
    let pin = "73519408";
    let hidden =
        |text: &str| !text.contains(pin) && !text.contains("37 33 35") && !text.contains("373335");
    let plain = || CommandApdu::new(Instruction::VERIFY, 0x00, 0x11).data(block(pin));
    for command in [verify(pin), plain()] {
        let mut card = card();
        let error = send(&mut card, &command).expect_err("SELECT was expected");
        let (text, _) = mismatch(&card);
        assert!(text.contains("expected > 00 A4 04 0C 02 3F 00"), "{text}");
        assert!(text.contains("but got  > 00 20 00 11 0C {"), "{text}");
        let debug = format!("{:?} {error:?} {error}", card.finish());
        assert!(hidden(&text) && hidden(&debug), "{text} {debug}");
    }
    // A PIN sent as data that anyone may print is a mismatch of its own.
    let mut card = card();
    send(&mut card, &select()).expect("an answer");
    send(&mut card, &plain()).expect_err("not marked as secret");
    let (text, difference) = mismatch(&card);
    assert_eq!(
        difference,
        Difference::NotSecret {
            name: "PIN1.wrong".into()
        }
    );
    assert!(hidden(&text), "{text}");
}

#[test]
fn nothing_is_answered_after_a_mismatch_or_the_end() {
    let mut card = card();
    send(&mut card, &verify("1111")).expect_err("SELECT was expected");
    send(&mut card, &select()).expect_err("too late");
    let (text, _) = mismatch(&card);
    assert!(text.contains("00 20 00 11"), "the first one: {text}");

    let end = "format: 1\ncard: c\natr: 3B 00\nprotocol: T=0\nsource: written here\n== a\n> 00 A4 00 0C\n< 90 00\n";
    let mut card = ReplayCard::new(&Script::parse(end).expect("a script")).expect("a card");
    let command = CommandApdu::new(Instruction::SELECT, 0x00, 0x0C);
    send(&mut card, &command).expect("an answer");
    send(&mut card, &command).expect_err("the end");
    assert_eq!(mismatch(&card).1, Difference::Ended);
}

const EVENTS: &str = "\
format: 1
card: c
atr: 3B 00
protocol: T=0
source: written here
== a
! reset
> 00 A4 00 0C
> 00 A4 00 0C
< 90 00
! end reset
! fail reader-gone
> 00 A4 00 0C
> 00 A4 00 0C
< 90 00
";

#[test]
fn an_event_lasts_until_the_next_transaction() {
    let mut card = ReplayCard::new(&Script::parse(EVENTS).expect("a script")).expect("a card");
    let command = CommandApdu::new(Instruction::SELECT, 0x00, 0x0C);
    let mut transaction = card.transaction().expect("a transaction");
    for _ in 0..2 {
        assert!(matches!(
            transaction.transmit(&command),
            Err(ChannelError::CardReset)
        ));
    }
    drop(transaction);
    let mut transaction = card.transaction().expect("a transaction");
    transaction.transmit(&command).expect("an answer");
    transaction.end(Disposition::Reset).expect("ended");
    assert!(matches!(
        send(&mut card, &command),
        Err(ChannelError::ReaderGone)
    ));
    let error = card.transaction().err();
    assert!(
        matches!(error, Some(ChannelError::ReaderGone)),
        "the old connection is of no more use"
    );
    send(&mut card.clone(), &command).expect("a connection made anew");
    card.finish().expect("played");
}

#[test]
fn a_reset_the_script_has_may_not_be_left_out() {
    let mut card = ReplayCard::new(&Script::parse(EVENTS).expect("a script")).expect("a card");
    let command = CommandApdu::new(Instruction::SELECT, 0x00, 0x0C);
    send(&mut card, &command).expect_err("reset");
    send(&mut card, &command).expect("an answer");
    send(&mut card, &command).expect_err("no reset");
    assert_eq!(mismatch(&card).1, Difference::ResetExpected);
}

#[test]
fn there_is_no_card_without_a_header_and_no_start_without_a_step() {
    let fragment = Script::parse("format: 1\nsource: written here\n").expect("a fragment");
    assert!(matches!(
        ReplayCard::new(&fragment).err(),
        Some(ReplayError::Fragment)
    ));
    let script = Script::parse(SCRIPT).expect("a script");
    assert!(matches!(
        ReplayCard::starting_at(&script, "no such").err(),
        Some(ReplayError::NoSuchStep { .. })
    ));
}
