//! Do the virtual cards say what the scripts say? Every script is driven, in this process and, for
//! each generation, some of them once more through a real pcscd.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a card that cannot be driven should stop the test where it is"
)]

use siru_apdu::{CardChannel, CardPresence, Readers};
use siru_pcsc::PcscReaders;
use siru_script::{Bench as Hands, BenchError, Driver, Failure, Specimen};
use siru_sim::vpcd::VpcdSlot;
use siru_sim::{TroubledCard, Variant};
use siru_tests::bench::Bench;
use siru_tests::cards;
use siru_tests::rig::{port, wait_until, with_readers};
use siru_tests::scenarios;
use siru_tests::scripts::{self, KeptScript};

/// Scripts that are also driven through pcscd: reading, a wrong PIN, and the PUK.
const THROUGH_PCSCD: [&str; 3] = ["open", "pin1-wrong-then-right", "unlock-pin1"];

#[test]
fn the_virtual_cards_say_what_every_script_says() {
    let mut wrong = Vec::new();
    let mut driven = 0;
    for kept in scripts::all() {
        if kept.is_fragment() {
            continue;
        }
        driven += 1;
        if let Err(error) = drive(&kept) {
            wrong.push(format!("{}: {error}", kept.path()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(driven > 70, "{driven}");
}

#[test]
fn a_card_in_another_state_is_noticed() {
    let kept = kept("fineid-v4", "pin1-wrong-then-right");
    for variant in [
        Variant::Locked,
        Variant::LastTry,
        Variant::Pin2Locked,
        Variant::Fresh,
    ] {
        let mut image = kept.image();
        image.variant = variant;
        let mut table = Table(Bench::holding(cards::card(image)));
        assert!(table.drive(&kept).is_err(), "{image}");
    }
}

#[test]
fn scenarios_and_headers_agree_on_the_card() {
    for (folder, scenario) in scenarios::all() {
        let kept = kept(folder.name, scenario.script);
        assert_eq!(kept.image(), scenario.image(folder), "{}", kept.path());
    }
}

#[test]
fn the_v3_card_says_the_same_through_pcscd() {
    with_readers(2, || through_pcscd("fineid-v3"));
}

#[test]
fn the_v4_card_says_the_same_through_pcscd() {
    with_readers(2, || through_pcscd("fineid-v4"));
}

#[test]
fn the_organisation_card_says_the_same_through_pcscd() {
    with_readers(2, || through_pcscd("organisation"));
}

/// A virtual card on a table, with the hands that scripts want.
struct Table(Bench);

impl Table {
    fn connect(&mut self) -> Result<Box<dyn CardChannel>, BenchError> {
        Ok(self.0.readers.connect(&self.0.reader)?)
    }

    fn drive(&mut self, kept: &KeptScript) -> Result<usize, BenchError> {
        let mut channel = self.connect()?;
        let mut driver = Driver::new().bench(self).spend_tries();
        Ok(driver.run(&kept.script, channel.as_mut(), &mut Specimen)?)
    }
}

impl Hands for Table {
    fn reset(&mut self) -> Result<(), BenchError> {
        Ok(self.0.control.reset_card(&self.0.reader)?)
    }

    fn remove(&mut self) -> Result<(), BenchError> {
        Ok(self.0.control.remove(&self.0.reader)?)
    }

    fn fail(&mut self, failure: Failure) -> Result<(), BenchError> {
        Err(format!("no hand makes {} happen", failure.word()).into())
    }

    fn restore(&mut self) -> Result<Option<Box<dyn CardChannel>>, BenchError> {
        self.0.control.reinsert(&self.0.reader)?;
        self.connect().map(Some)
    }
}

/// Drives a script, to its last exchange, and to a card that is as the script wants it.
fn drive(kept: &KeptScript) -> Result<(), BenchError> {
    let mut table = Table(Bench::holding(cards::card(kept.image())));
    let exchanges = table.drive(kept)?;
    if exchanges == kept.script.exchange_count() {
        Ok(())
    } else {
        Err(format!("only {exchanges} exchanges").into())
    }
}

fn kept(folder: &str, name: &str) -> KeptScript {
    let mut all = scripts::all().into_iter();
    all.find(|kept| kept.folder == folder && kept.name == name)
        .unwrap_or_else(|| panic!("there is no {folder}/{name}"))
}

/// Each script with a card of its own, in a reader of its own. A fresh card per script keeps
/// one script's tries out of the next.
fn through_pcscd(folder: &str) {
    for (reader, name) in (0..).zip(THROUGH_PCSCD) {
        let kept = kept(folder, name);
        let slot = VpcdSlot::open("127.0.0.1", port(reader)).expect("a thread");
        slot.insert(TroubledCard::new(cards::card(kept.image())));
        let mut readers = PcscReaders::new();
        let mut found = None;
        wait_until("the card in its reader", || {
            let listed = readers.list().unwrap_or_default();
            let state = listed.into_iter().nth(usize::from(reader));
            found = state.filter(|state| matches!(state.presence, CardPresence::Card { .. }));
            found.is_some()
        });
        let state = found.expect("waited for");
        let mut channel = readers.connect(&state.name).expect("a connection");
        let exchanges = Driver::new()
            .spend_tries()
            .run(&kept.script, channel.as_mut(), &mut Specimen)
            .unwrap_or_else(|error| panic!("{}: {error}", kept.path()));
        assert_eq!(exchanges, kept.script.exchange_count(), "{}", kept.path());
    }
}
