//! Virtual cards in virtual readers of this process, and the ledger that says what reached them.

use std::collections::BTreeMap;
use std::sync::Mutex;

use siru_apdu::{ReaderName, Readers};
use siru_card::{Consent, FineidCard, Operation, Pin, PinOutcome, PinRequest, PinRole, PinStates};
use siru_sim::{Control, Entry, Image, Ledger, Personalisation, SimulatedCard, VirtualReaders};

/// One reader with one card.
pub struct Bench {
    /// The readers, for connecting.
    pub readers: VirtualReaders,
    /// The hand that pulls cards.
    pub control: Control,
    /// The reader.
    pub reader: ReaderName,
    /// What the card was asked to compare.
    pub ledger: Ledger,
}

impl Bench {
    /// A reader that holds a card made after `image`, named as on the command line.
    pub fn new(image: &str) -> Self {
        Self::holding(card(image))
    }

    /// The same, with the card's habits changed first.
    pub fn changed(image: &str, change: impl FnOnce(&mut Personalisation)) -> Self {
        Self::holding(changed_card(image, change))
    }

    /// A reader that holds this card.
    pub fn holding(card: SimulatedCard) -> Self {
        let readers = VirtualReaders::new();
        let control = readers.control();
        let reader = ReaderName::new("Bench 00");
        control.add_reader(reader.clone());
        let ledger = card.ledger().clone();
        control.insert(&reader, card).expect("the reader is there");
        Self {
            readers,
            control,
            reader,
            ledger,
        }
    }

    /// Connects and opens.
    pub fn open(&mut self) -> FineidCard {
        let channel = self
            .readers
            .connect(&self.reader)
            .expect("a card to connect to");
        FineidCard::open(channel).expect("a FINEID card")
    }

    /// Performs a request on the card in the reader, as seen now.
    pub fn perform(&mut self, request: PinRequest, consent: Consent) -> PinOutcome {
        let mut card = self.open();
        let seen = card.identity().clone();
        card.perform(request, &seen, consent)
    }

    /// What the ledger has seen since the last call.
    pub fn taken(&self) -> Vec<Entry> {
        let entries = self.ledger.entries();
        self.ledger.clear();
        entries
    }

    /// Tries left of PIN1, PIN2 and PUK, as the simulator keeps them.
    pub fn tries(&self) -> [u8; 3] {
        let counters = self.control.counters(&self.reader).expect("a card");
        [counters.pin1, counters.pin2, counters.puk]
    }

    /// Which of PIN1, PIN2 and PUK the card holds verified.
    pub fn verified(&self) -> [bool; 3] {
        self.verified_if_there().expect("a card")
    }

    /// The same; `None` when the card was taken out.
    pub fn verified_if_there(&self) -> Option<[bool; 3]> {
        self.control
            .card(&self.reader, |troubled| troubled.card.verified())
            .ok()
    }
}

/// A card made after an image, named as on the command line, with a ledger of its own.
///
/// Cards are made once and copied: thousands of tests use the same few.
pub fn card(image: &str) -> SimulatedCard {
    static MADE: Mutex<BTreeMap<String, SimulatedCard>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().expect("no test fails while it makes a card");
    let mut card = made
        .entry(image.to_owned())
        .or_insert_with(|| changed_card(image, |_| {}))
        .clone();
    card.use_ledger(&Ledger::default());
    card
}

/// A card with other habits.
pub fn changed_card(image: &str, change: impl FnOnce(&mut Personalisation)) -> SimulatedCard {
    let mut wanted = Personalisation::new(Image::parse(image).expect("an image of that name"));
    change(&mut wanted);
    wanted.build().expect("the keys are sound")
}

/// Digits as a person types them.
pub fn pin(digits: &str) -> Pin {
    Pin::from_digits(digits.as_bytes()).expect("digits")
}

/// The specimen digits of a code.
pub const fn right(role: PinRole) -> &'static str {
    match role {
        PinRole::Authentication => "1234",
        PinRole::Signature => "123456",
        PinRole::Unblocking => "12345678",
    }
}

/// A request with specimen digits; `wrong` makes the code at stake a wrong one.
pub fn request(operation: Operation, role: PinRole, wrong: bool) -> PinRequest {
    let current = if wrong { "999999" } else { right(role) };
    let new = || pin("246802");
    match operation {
        Operation::Check => PinRequest::check(role, pin(current)),
        Operation::Change => {
            PinRequest::change(role, pin(current), new(), &new()).expect("two equal new PINs")
        }
        Operation::Unlock => {
            let puk = if wrong {
                "87654321"
            } else {
                right(PinRole::Unblocking)
            };
            PinRequest::unlock(role, pin(puk), new(), &new()).expect("two equal new PINs")
        }
    }
}

/// Tries left as stated, `None` where not known.
pub fn stated(states: &PinStates) -> [Option<u8>; 3] {
    [states.pin1, states.pin2, states.puk].map(|state| state.tries_left().map(|tries| tries.0))
}
