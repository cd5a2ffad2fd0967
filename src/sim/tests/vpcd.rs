//! The vpcd protocol, with a listener in the driver's place.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};

use super::card;
use crate::TroubledCard;
use crate::vpcd::VpcdSlot;

struct Driver(TcpStream);

impl Driver {
    fn send(&mut self, message: &[u8]) {
        let length = u16::try_from(message.len()).unwrap().to_be_bytes();
        // In two writes, as the real one does.
        self.0.write_all(&length).unwrap();
        self.0.write_all(message).unwrap();
    }

    fn receive(&mut self) -> Vec<u8> {
        let mut length = [0; 2];
        self.0.read_exact(&mut length).unwrap();
        let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
        self.0.read_exact(&mut message).unwrap();
        message
    }

    fn ask(&mut self, message: &[u8]) -> Vec<u8> {
        self.send(message);
        self.receive()
    }

    fn is_closed(&mut self) -> bool {
        matches!(self.0.read(&mut [0]), Ok(0))
    }
}

const PROBE: [u8; 4] = [0x00, 0x20, 0x00, 0x11];

#[test]
fn a_card_connects_answers_and_leaves() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let accept = || Driver(listener.accept().unwrap().0);
    let slot = VpcdSlot::open("127.0.0.1", listener.local_addr().unwrap().port()).unwrap();
    slot.insert(TroubledCard::new(card("v4")));
    let mut driver = accept();
    assert_eq!(driver.ask(&[4])[..2], [0x3B, 0x7F]);
    driver.send(&[1]);
    assert_eq!(driver.ask(&PROBE), [0x63, 0xC5]);
    // A reset takes the selected application.
    driver.send(&[2]);
    assert_eq!(driver.ask(&PROBE), [0x6D, 0x00]);

    slot.card(|troubled| troubled.plan("drop-after@20".parse().unwrap()))
        .unwrap();
    driver.send(&PROBE);
    assert!(driver.is_closed());
    assert!(slot.remove().is_err());
    slot.reinsert().unwrap();
    let mut driver = accept();
    assert_eq!(driver.ask(&PROBE), [0x6D, 0x00]);

    // The driver goes away and comes back: the card finds it again.
    drop(driver);
    let mut driver = accept();
    assert_eq!(driver.ask(&PROBE), [0x6D, 0x00]);
    slot.remove().unwrap();
    assert!(driver.is_closed());
    assert!(!slot.is_connected());
}

#[test]
fn a_hanging_card_can_be_pulled() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let slot = VpcdSlot::open("127.0.0.1", listener.local_addr().unwrap().port()).unwrap();
    let mut troubled = TroubledCard::new(card("v4"));
    troubled.plan("hang@20".parse().unwrap());
    slot.insert(troubled);
    let mut driver = Driver(listener.accept().unwrap().0);
    driver.send(&PROBE);
    // The answer to the next message tells that the card has seen the one before.
    assert_eq!(driver.ask(&[4])[..2], [0x3B, 0x7F]);
    slot.remove().unwrap();
    assert!(driver.is_closed());
}

#[test]
fn a_card_of_both_protocols_is_understood_in_either() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let slot = VpcdSlot::open("127.0.0.1", listener.local_addr().unwrap().port()).unwrap();
    slot.insert(TroubledCard::new(card("organisation")));
    let mut driver = Driver(listener.accept().unwrap().0);
    let over_t0 = [0x00, 0xA4, 0x08, 0x04, 0x02, 0x2F, 0x00];
    assert_eq!(driver.ask(&over_t0), [0x61, 0x06]);
    let over_t1 = [&over_t0[..], &[0x00]].concat();
    assert!(driver.ask(&over_t1).ends_with(&[0x90, 0x00]));
}
