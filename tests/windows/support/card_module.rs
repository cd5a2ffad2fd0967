//! Cards through the card module, as Windows' key storage provider uses it.

use siru_tests::rig::{Simulator, wait_for_card};

use crate::host::Host;
use crate::wine::Wine;

/// Runs a test on a card, with a caller of this version that acquired it. In the end no code is verified.
///
/// # Panics
///
/// When it does not come to that.
pub fn on_card(image: &str, version: u32, test: impl FnOnce(&mut Simulator, &mut Host)) {
    let mut simulator = Simulator::with(&[image]);
    wait_for_card(0, true);
    let wine = Wine::start();
    let mut host = acquired(&wine, version);
    test(&mut simulator, &mut host);
    host.succeed("delete");
    host.finish();
    assert_nothing_verified(&mut simulator, 0);
    simulator.take_out(0);
}

/// A caller of this version that acquired the card in the first reader.
///
/// # Panics
///
/// When it does not come to that.
#[must_use]
pub fn acquired(wine: &Wine, version: u32) -> Host {
    let mut host = Host::start_card_module(wine);
    host.succeed("connect 0");
    host.succeed(&format!("acquire {version}"));
    host
}

/// The card in a reader must hold no code as verified, which another program could use.
///
/// # Panics
///
/// When it does.
pub fn assert_nothing_verified(simulator: &mut Simulator, reader: u16) {
    let verified = simulator.counters(reader)["verified"].to_string();
    assert!(!verified.contains("true"), "{verified}");
}

/// Presents codes: what came of it, and how many tries are said to be left.
///
/// # Panics
///
/// When the host is gone.
pub fn presented(host: &mut Host, order: &str) -> (u32, u32) {
    let (code, left) = host.order(order);
    (code, u32::from_le_bytes(left.try_into().expect("a number")))
}

/// Whether the caller is told that PIN1 is verified.
///
/// # Panics
///
/// When it is not told.
pub fn is_authenticated(host: &mut Host) -> bool {
    host.succeed("property 0 Authenticated State") == [2, 0, 0, 0]
}
