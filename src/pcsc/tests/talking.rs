//! Commands, transactions, and what becomes of the card.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use pcsc::{Context, Protocols, Scope, ShareMode};
use siru_apdu::{
    CardChannel, ChannelError, CommandApdu, Disposition, ExpectedLength, Instruction, Readers,
    StatusWord,
};
use siru_pcsc::PcscReaders;

use crate::card::{ATR, Card, Reaction};
use crate::rig::{port, wait_for_card, wait_until, with_readers};

fn read() -> CommandApdu {
    CommandApdu::new(Instruction::READ_BINARY, 0, 0).expect(ExpectedLength::MAX)
}

fn verify() -> CommandApdu {
    CommandApdu::new(Instruction::VERIFY, 0, 0x11).secret("PIN1", b"1234\0\0\0\0\0\0\0\0")
}

/// A connection to the card in the first reader, once it is there.
fn connect() -> Box<dyn CardChannel> {
    wait_for_card(0);
    let mut readers = PcscReaders::new();
    let name = readers.list().expect("readers")[0].name.clone();
    readers.connect(&name).expect("a connection")
}

/// Another program's connection to the same card.
fn other_program() -> pcsc::Card {
    wait_for_card(0);
    Context::establish(Scope::User)
        .expect("context")
        .connect(c"V0 00 00", ShareMode::Shared, Protocols::ANY)
        .expect("a connection")
}

fn transmit(channel: &mut dyn CardChannel) -> Result<StatusWord, ChannelError> {
    let mut transaction = channel.transaction()?;
    Ok(transaction.transmit(&read())?.status)
}

#[test]
fn a_command_goes_out_once_and_its_answer_comes_back() {
    with_readers(1, || {
        let card = Card::insert_with(port(0), ATR.to_vec(), |command| match command[1] {
            0xB0 => Reaction::Long(258),
            _ => Reaction::Answer(&[0x63, 0xC4]),
        });
        let mut channel = connect();
        assert_eq!(channel.atr(), ATR);
        assert!(card.seen().commands.is_empty(), "connecting sends nothing");
        let mut transaction = channel.transaction().expect("a transaction");
        assert!(card.seen().commands.is_empty(), "nor does beginning");
        let response = transaction.transmit(&read()).expect("a response");
        assert_eq!(
            (response.data.len(), response.status),
            (256, StatusWord::OK)
        );
        let response = transaction.transmit(&verify()).expect("a response");
        assert_eq!(response.status, StatusWord(0x63C4));
        transaction.end(Disposition::Leave).expect("the end");
        assert_eq!(card.seen().commands.len(), 2);

        let start = Instant::now();
        let mut transaction = channel.transaction().expect("a transaction");
        for _ in 0..200 {
            transaction.transmit(&read()).expect("a response");
        }
        println!("MEASURED command of 256 bytes: {:?}", start.elapsed() / 200);
    });
}

#[test]
fn an_answer_that_is_too_long_is_refused() {
    with_readers(1, || {
        let _card = Card::insert_with(port(0), ATR.to_vec(), |_| Reaction::Long(65_535));
        let result = transmit(&mut *connect());
        println!("MEASURED answer of 65535 bytes: {result:?}");
        assert!(
            matches!(result, Err(ChannelError::LongAnswer { .. })),
            "{result:?}"
        );
    });
}

#[test]
fn a_card_pulled_in_mid_command_is_gone_and_nothing_is_sent_again() {
    with_readers(1, || {
        let one_byte = Reaction::Answer(&[0x90]);
        for reaction in [Reaction::Leave, Reaction::LeaveHalfway, one_byte] {
            let card = Card::insert_with(port(0), ATR.to_vec(), move |_| reaction);
            let mut channel = connect();
            let error = channel
                .transaction()
                .expect("a transaction")
                .transmit(&verify())
                .expect_err("no answer");
            println!("MEASURED {reaction:?}: {error:?}");
            assert!(error.is_gone(), "{error:?}");
            assert_eq!(card.seen().commands.len(), 1);
            drop(card);
            wait_until("the removal", || {
                matches!(channel.transaction().err(), Some(ChannelError::CardRemoved))
            });
        }
    });
}

#[test]
fn a_connection_does_not_pass_to_the_next_card() {
    with_readers(1, || {
        let first = Card::insert(port(0));
        let mut channel = connect();
        transmit(&mut *channel).expect("a response");
        drop(first);
        wait_until("the removal", || channel.transaction().is_err());
        let second = Card::insert(port(0));
        wait_for_card(0);
        for _ in 0..3 {
            let error = transmit(&mut *channel).expect_err("another card");
            assert!(matches!(error, ChannelError::CardRemoved), "{error:?}");
        }
        assert!(second.seen().commands.is_empty());
        transmit(&mut *connect()).expect("a new connection reaches the new card");
    });
}

#[test]
fn a_reset_by_another_program_is_told_once() {
    with_readers(1, || {
        let card = Card::insert(port(0));
        let mut channel = connect();
        transmit(&mut *channel).expect("a response");
        other_program()
            .disconnect(pcsc::Disposition::ResetCard)
            .map_err(|(_, error)| error)
            .expect("a reset");
        assert_eq!(card.seen().resets, 1);
        let error = transmit(&mut *channel).expect_err("the state is void");
        assert!(matches!(error, ChannelError::CardReset), "{error:?}");
        assert_eq!(card.seen().commands.len(), 1, "nothing was sent on");
        transmit(&mut *channel).expect("the caller's decision");
    });
}

#[test]
fn a_card_is_left_when_a_connection_ends_in_whatever_way() {
    with_readers(1, || {
        let card = Card::insert(port(0));
        // Holds the card, so that the daemon does not power it off in between.
        let _other = other_program();
        drop(connect());

        let mut channel = connect();
        transmit(&mut *channel).expect("a response");
        drop(channel);

        let mut channel = connect();
        let mut transaction = channel.transaction().expect("a transaction");
        transaction.transmit(&read()).expect("a response");
        transaction.end(Disposition::Leave).expect("the end");
        drop(channel);

        let mut channel = connect();
        catch_unwind(AssertUnwindSafe(|| {
            let mut transaction = channel.transaction().expect("a transaction");
            transaction.transmit(&read()).expect("a response");
            panic!("a bug");
        }))
        .expect_err("the panic");
        drop(channel);

        // Each of these has passed through the daemon by the time another command is answered.
        transmit(&mut *connect()).expect("a response");
        assert_eq!(card.seen().resets, 0);
    });
}

#[test]
fn a_transaction_can_end_with_a_reset_and_the_next_one_is_not_surprised() {
    with_readers(1, || {
        let card = Card::insert(port(0));
        let mut channel = connect();
        for round in 1..=3 {
            let mut transaction = channel.transaction().expect("a transaction");
            transaction.transmit(&verify()).expect("a response");
            transaction.end(Disposition::Reset).expect("the end");
            assert_eq!(card.seen().resets, round);
        }
        let mut other = other_program();
        let held = other.transaction().expect("the lock was let go of");
        drop(held);
    });
}

#[test]
fn a_program_that_is_killed_inside_a_transaction_leaves_no_verified_pin() {
    with_readers(1, || {
        if env::var_os("SIRU_KILLED").is_some() {
            let mut channel = connect();
            let mut transaction = channel.transaction().expect("a transaction");
            transaction.transmit(&verify()).expect("a response");
            loop {
                thread::park();
            }
        }
        let card = Card::insert(port(0));
        let _idle = other_program();
        let mut killed = Command::new(env::current_exe().expect("this program"))
            .args(env::args().skip(1))
            .env("SIRU_KILLED", "1")
            .spawn()
            .expect("another process");
        wait_until("the PIN", || card.seen().commands.len() == 1);
        assert_eq!(card.seen().resets, 0);
        killed.kill().expect("kill");
        killed.wait().expect("wait");
        wait_until("the reset", || card.seen().resets == 1);
        transmit(&mut *connect()).expect("a response");
    });
}

#[test]
fn another_program_is_served_between_transactions_and_not_inside() {
    with_readers(1, || {
        let _card = Card::insert(port(0));
        let mut channel = connect();
        let transaction = channel.transaction().expect("a transaction");
        thread::scope(|scope| {
            let other = scope.spawn(|| {
                let mut other = connect();
                transmit(&mut *other).expect("a response");
                Instant::now()
            });
            thread::sleep(Duration::from_millis(300));
            let ended = Instant::now();
            drop(transaction);
            assert!(other.join().expect("the other") > ended);
        });
    });
}

#[test]
fn two_programs_share_a_card_for_a_thousand_transactions() {
    with_readers(1, || {
        let card = Card::insert(port(0));
        let work = || {
            let mut channel = connect();
            for _ in 0..500 {
                transmit(&mut *channel).expect("a response");
            }
        };
        thread::scope(|scope| {
            scope.spawn(work);
            scope.spawn(work);
        });
        let seen = card.seen();
        assert_eq!((seen.commands.len(), seen.resets), (1000, 0));
    });
}
