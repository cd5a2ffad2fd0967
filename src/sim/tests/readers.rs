//! Readers inside the process: watching, sharing, losing.

use std::time::{Duration, Instant};

use siru_apdu::{
    CardPresence, ChannelError, CommandApdu, Disposition, Instruction, ReaderError, ReaderName,
    Readers, StatusWord,
};

use crate::{Control, Fault, FaultKind, Image, Personalisation, VirtualReaders};

fn reader() -> ReaderName {
    ReaderName::new("Demo reader 1")
}

fn one_card() -> (VirtualReaders, Control) {
    let readers = VirtualReaders::demo(&[Image::parse("v4").unwrap()]).unwrap();
    let control = readers.control();
    (readers, control)
}

fn select() -> CommandApdu {
    CommandApdu::new(Instruction::SELECT, 0x04, 0x0C).data(*b"\xA0\x00\x00\x00\x63PKCS-15")
}

fn verify(digits: &[u8; 4]) -> CommandApdu {
    let block = [&digits[..], &[0; 8]].concat();
    CommandApdu::new(Instruction::VERIFY, 0x00, 0x11).secret("PIN1", &block)
}

fn probe() -> CommandApdu {
    CommandApdu::new(Instruction::VERIFY, 0x00, 0x11)
}

#[test]
fn the_demo_lists_its_cards() {
    let mut readers = VirtualReaders::demo(&VirtualReaders::DEMO).unwrap();
    let list = readers.list().unwrap();
    assert_eq!(list.len(), 4);
    assert_eq!(list[3].name.to_text(), "Demo reader 4");
    assert!(
        list.iter()
            .all(|state| matches!(state.presence, CardPresence::Card { .. }))
    );
}

#[test]
fn a_transaction_leaves_the_card_as_it_is_unless_it_ends_with_a_reset() {
    let (mut readers, _control) = one_card();
    let mut channel = readers.connect(&reader()).unwrap();
    let mut transaction = channel.transaction().unwrap();
    assert_eq!(
        transaction.transmit(&select()).unwrap().status,
        StatusWord(0x9000)
    );
    assert_eq!(
        transaction.transmit(&verify(b"1234")).unwrap().status,
        StatusWord(0x9000)
    );
    drop(transaction);
    let mut transaction = channel.transaction().unwrap();
    assert_eq!(
        transaction.transmit(&probe()).unwrap().status,
        StatusWord(0x9000)
    );
    transaction.end(Disposition::Reset).unwrap();
    let mut transaction = channel.transaction().unwrap();
    assert_eq!(
        transaction.transmit(&probe()).unwrap().status,
        StatusWord(0x6D00)
    );
}

#[test]
fn another_channel_hears_of_a_reset_once() {
    let (mut readers, control) = one_card();
    let mut mine = readers.connect(&reader()).unwrap();
    let mut theirs = readers.connect(&reader()).unwrap();
    theirs
        .transaction()
        .unwrap()
        .end(Disposition::Reset)
        .unwrap();
    assert!(matches!(
        mine.transaction().err(),
        Some(ChannelError::CardReset)
    ));
    let mut transaction = mine.transaction().unwrap();
    control.reset_card(&reader()).unwrap();
    assert!(matches!(
        transaction.transmit(&select()),
        Err(ChannelError::CardReset)
    ));
    assert!(transaction.transmit(&select()).is_ok());
}

#[test]
fn transactions_exclude_each_other() {
    let (mut readers, _control) = one_card();
    let mut mine = readers.connect(&reader()).unwrap();
    let mut theirs = readers.connect(&reader()).unwrap();
    let held = mine.transaction().unwrap();
    let waiter = std::thread::spawn(move || {
        theirs.transaction().unwrap();
        Instant::now()
    });
    let released = Instant::now();
    drop(held);
    assert!(waiter.join().unwrap() >= released);
}

#[test]
fn a_pulled_card_is_gone_and_keeps_its_counters() {
    let (mut readers, control) = one_card();
    control
        .plan(
            &reader(),
            Fault::at_instruction(FaultKind::DropAfter, 0x20, 1),
        )
        .unwrap();
    let mut channel = readers.connect(&reader()).unwrap();
    let mut transaction = channel.transaction().unwrap();
    transaction.transmit(&select()).unwrap();
    assert!(matches!(
        transaction.transmit(&verify(b"9999")),
        Err(ChannelError::CardRemoved)
    ));
    assert!(matches!(
        transaction.transmit(&probe()),
        Err(ChannelError::CardRemoved)
    ));
    drop(transaction);
    assert_eq!(readers.list().unwrap()[0].presence, CardPresence::Empty);
    assert!(matches!(
        readers.connect(&reader()).err(),
        Some(ReaderError::NoCard)
    ));
    control.reinsert(&reader()).unwrap();
    assert_eq!(control.counters(&reader()).unwrap().pin1, 4);
    assert!(matches!(
        channel.transaction().err(),
        Some(ChannelError::CardRemoved)
    ));
    assert!(readers.connect(&reader()).is_ok());
}

#[test]
fn short_and_long_answers_become_errors_and_a_hang_ends_with_the_card() {
    let (mut readers, control) = one_card();
    let mut channel = readers.connect(&reader()).unwrap();
    for kind in [FaultKind::OneByte, FaultKind::Long, FaultKind::Hang] {
        control
            .plan(&reader(), Fault::at_instruction(kind, 0xA4, 1))
            .unwrap();
    }
    let mut transaction = channel.transaction().unwrap();
    let short = transaction.transmit(&select());
    assert!(matches!(
        short,
        Err(ChannelError::ShortAnswer { length: 1 })
    ));
    let long = transaction.transmit(&select());
    assert!(matches!(
        long,
        Err(ChannelError::LongAnswer { length: 300 })
    ));
    let puller = std::thread::spawn({
        let control = control.clone();
        move || {
            std::thread::sleep(Duration::from_millis(20));
            control.remove(&reader()).unwrap();
        }
    });
    assert!(matches!(
        transaction.transmit(&select()),
        Err(ChannelError::CardRemoved)
    ));
    puller.join().unwrap();
}

#[test]
fn the_service_can_stop_and_another_program_can_hold_a_card() {
    let (mut readers, control) = one_card();
    let mut channel = readers.connect(&reader()).unwrap();
    control.hold(&reader(), true).unwrap();
    assert!(matches!(
        readers.connect(&reader()).err(),
        Some(ReaderError::Busy)
    ));
    control.hold(&reader(), false).unwrap();
    control.stop_service();
    assert!(matches!(readers.list(), Err(ReaderError::NoService)));
    assert!(matches!(
        channel.transaction().err(),
        Some(ChannelError::ServiceStopped)
    ));
    control.start_service();
    assert!(channel.transaction().is_err());
    assert!(readers.connect(&reader()).is_ok());
    control.remove_reader(&reader()).unwrap();
    assert!(matches!(
        readers.connect(&reader()).err(),
        Some(ReaderError::ReaderGone)
    ));
}

#[test]
fn a_watch_wakes_for_every_change_and_for_its_canceller() {
    let (readers, control) = one_card();
    let mut watch = readers.watch();
    let canceller = watch.canceller();
    assert_eq!(watch.next().unwrap()[0].events, 1);
    // Pulled and put back between two looks: only the count of events tells.
    control.remove(&reader()).unwrap();
    control.reinsert(&reader()).unwrap();
    assert_eq!(watch.next().unwrap()[0].events, 3);
    control.stop_service();
    assert!(matches!(watch.next(), Err(ReaderError::NoService)));
    let starter = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(20));
        control.start_service();
    });
    assert_eq!(watch.next().unwrap().len(), 1);
    starter.join().unwrap();
    let waiter = std::thread::spawn(move || watch.next());
    canceller.cancel();
    assert!(matches!(
        waiter.join().unwrap(),
        Err(ReaderError::Cancelled)
    ));
}

#[test]
fn a_mute_card_is_shown_as_mute() {
    let (mut readers, control) = one_card();
    let mute = Personalisation::new(Image::parse("mute").unwrap())
        .build()
        .unwrap();
    control.insert(&reader(), mute).unwrap();
    assert_eq!(readers.list().unwrap()[0].presence, CardPresence::Mute);
    assert!(matches!(
        readers.connect(&reader()).err(),
        Some(ReaderError::Mute)
    ));
}
