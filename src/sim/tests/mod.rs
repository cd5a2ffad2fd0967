//! What the virtual card promises, asked in bytes.

mod faults;
mod files;
mod pins;
mod readers;
mod robustness;
mod signatures;
// Virtual readers are made on Linux; Wine does not always wake a thread whose connection was shut down.
#[cfg(unix)]
mod vpcd;

use siru_apdu::{Protocol, hex};

use crate::{Image, Ledger, Personalisation, SimulatedCard};

/// A card of an image, with its application selected and a fresh ledger.
fn card(image: &str) -> SimulatedCard {
    personalised(Personalisation::new(Image::parse(image).unwrap()))
}

fn personalised(personalisation: Personalisation) -> SimulatedCard {
    let mut card = personalisation.build().unwrap();
    assert_eq!(send(&mut card, SELECT_APPLICATION), "9000");
    card.use_ledger(&Ledger::default());
    card
}

/// Sends a command over T=0 and gives the whole answer in hex.
fn send(card: &mut SimulatedCard, command: &str) -> String {
    send_over(card, Protocol::T0, command)
}

fn send_over(card: &mut SimulatedCard, protocol: Protocol, command: &str) -> String {
    let command = hex::parse(command).unwrap();
    hex::Hex(&card.handle(&command, protocol))
        .to_string()
        .replace(' ', "")
}

/// Sends commands one after the other and compares the answers.
fn expect(card: &mut SimulatedCard, protocol: Protocol, exchanges: &[(&str, &str)]) {
    for (command, answer) in exchanges {
        assert_eq!(send_over(card, protocol, command), *answer, "{command}");
    }
}

const SELECT_APPLICATION: &str = "00A4040C0CA000000063504B43532D3135";
