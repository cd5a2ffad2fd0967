//! The module over virtual cards, without C in between: what each call does to a card.

mod events;
mod logins;
mod pins;
mod searches;
mod signature_slot;

use std::sync::Arc;

use cryptoki_sys as ck;
use cryptoki_sys::{CK_OBJECT_HANDLE, CK_SESSION_HANDLE};
use siru_apdu::{ReaderName, Readers};
use siru_card::{FineidCard, Hash};
use siru_sim::{Control, Image, Ledger, Personalisation, SimulatedCard, VirtualReaders};

use crate::attribute::{Value, Wanted};
use crate::error::Error;
use crate::mechanism::Mechanism;
use crate::module::Module;
use crate::settings::Settings;
use crate::signing::Signing;

/// Virtual cards, the module over them, and the book of what reached the cards.
struct Desk {
    module: Module,
    virtual_readers: VirtualReaders,
    control: Control,
    readers: Vec<ReaderName>,
    ledger: Ledger,
}

impl Desk {
    /// A reader for each image.
    fn with(images: &[&str]) -> Self {
        Self::set(images, Settings::default(), |_| {})
    }

    /// The same with settings of the machine, and other habits of the cards.
    fn set(images: &[&str], settings: Settings, change: impl Fn(&mut Personalisation)) -> Self {
        let virtual_readers = VirtualReaders::new();
        let control = virtual_readers.control();
        let ledger = Ledger::default();
        let mut readers = Vec::new();
        for (number, image) in images.iter().enumerate() {
            let reader = ReaderName::new(format!("Desk {number}"));
            control.add_reader(reader.clone());
            if !image.is_empty() {
                let mut card = made(image, &change);
                card.use_ledger(&ledger);
                control.insert(&reader, card).expect("the reader is there");
            }
            readers.push(reader);
        }
        let own = virtual_readers.clone();
        let source = move || -> Box<dyn Readers> { Box::new(own.clone()) };
        Self {
            virtual_readers,
            module: Module::new(Arc::new(source), settings),
            control,
            readers,
            ledger,
        }
    }

    /// A session with the card in the first reader.
    fn session(&self) -> CK_SESSION_HANDLE {
        self.module.open_session(0, false).expect("a session")
    }

    /// Searches and returns the handles.
    fn find(&self, session: CK_SESSION_HANDLE, template: &[Wanted]) -> Vec<CK_OBJECT_HANDLE> {
        let session = self.module.fresh_session(session).expect("a session");
        session
            .slot
            .find(&self.module, session.insertion, template)
            .expect("a search")
    }

    /// The private key of whoever is logged in.
    fn key(&self, session: CK_SESSION_HANDLE) -> Option<CK_OBJECT_HANDLE> {
        self.find(session, &[class(ck::CKO_PRIVATE_KEY)]).pop()
    }

    fn log_in(&self, session: CK_SESSION_HANDLE, pin: &str) -> Result<(), Error> {
        let session = self.module.session_for_pin(session)?;
        let slot = &session.slot;
        slot.log_in(&self.module, session.insertion, pin.as_bytes())
    }

    /// Presents the PIN for a signature that was begun.
    fn enter(&self, session: CK_SESSION_HANDLE, signing: &Signing, pin: &str) -> Result<(), Error> {
        let session = self.module.session_for_pin(session)?;
        let (module, insertion) = (&self.module, session.insertion);
        let slot = &session.slot;
        slot.log_in_for_signature(module, insertion, signing.number, pin.as_bytes())
    }

    fn log_out(&self) -> Result<(), Error> {
        let slot = self.module.slot(0).expect("a slot");
        slot.log_out(&self.module)
    }

    /// Begins and makes a signature over a digest of zeros.
    fn sign(&self, session: CK_SESSION_HANDLE, key: CK_OBJECT_HANDLE) -> Result<Vec<u8>, Error> {
        let signing = self.begin(session, key)?;
        self.finish(session, &signing)
    }

    /// The same, with the PIN presented for this signature.
    fn sign_with(
        &self,
        session: CK_SESSION_HANDLE,
        key: CK_OBJECT_HANDLE,
        pin: &str,
    ) -> Result<Vec<u8>, Error> {
        let signing = self.begin(session, key)?;
        self.enter(session, &signing, pin)?;
        self.finish(session, &signing)
    }

    fn begin(&self, session: CK_SESSION_HANDLE, key: CK_OBJECT_HANDLE) -> Result<Signing, Error> {
        let session = self.module.session(session)?;
        let (module, insertion, slot) = (&self.module, session.insertion, &session.slot);
        let rsa = Mechanism::RsaPss(Hash::Sha256);
        slot.begin_signing(module, insertion, key, Mechanism::Ecdsa)
            .or_else(|_| slot.begin_signing(module, insertion, key, rsa))
    }

    fn finish(&self, session: CK_SESSION_HANDLE, signing: &Signing) -> Result<Vec<u8>, Error> {
        let request = signing.request(&[0; 32])?;
        let session = self.module.session(session)?;
        let slot = &session.slot;
        let signature = slot.sign(&self.module, session.insertion, signing, &request)?;
        assert!(signing.identity.public.confirms(&request, &signature));
        Ok(signature)
    }

    /// A truth value of an object.
    fn truth(
        &self,
        session: CK_SESSION_HANDLE,
        object: CK_OBJECT_HANDLE,
        kind: ck::CK_ATTRIBUTE_TYPE,
    ) -> bool {
        let session = self.module.session(session).expect("a session");
        let attribute = session.slot.attributes(object).expect("an object");
        attribute(kind) == Value::truth(true)
    }

    /// The card in the first reader, as another program opens it.
    fn other_program(&self) -> FineidCard {
        let mut readers = self.virtual_readers.clone();
        let channel = readers.connect(&self.readers[0]).expect("a card");
        FineidCard::open(channel).expect("a FINEID card")
    }

    /// Commands that have reached a card so far.
    fn exchanges(&self) -> u64 {
        self.ledger.totals().exchanges
    }

    /// Which of PIN1, PIN2 and PUK the first card holds verified.
    fn verified(&self) -> [bool; 3] {
        self.control
            .card(&self.readers[0], |troubled| troubled.card.verified())
            .expect("a card")
    }

    /// Presentations of a PIN or PUK so far.
    fn attempts(&self) -> usize {
        self.ledger.entries().len()
    }
}

fn made(image: &str, change: impl Fn(&mut Personalisation)) -> SimulatedCard {
    let mut wanted = Personalisation::new(Image::parse(image).expect("an image of that name"));
    change(&mut wanted);
    wanted.build().expect("sound keys")
}

/// A search for a class of objects.
fn class(class: ck::CK_OBJECT_CLASS) -> Wanted {
    Wanted {
        kind: ck::CKA_CLASS,
        value: class.to_ne_bytes().to_vec(),
    }
}
