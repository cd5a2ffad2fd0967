//! Logging in with a virtual card: the [`Site`], the simulator, the module, and what they saw.

use std::fs;
use std::path::{Path, PathBuf};

use siru_card::{CardCertificate, Certificate, Purpose};

use crate::rig::{Simulator, program, wait_for_card};
use crate::site::{Offer, Site, Verify};

/// The service, and cards in readers.
pub struct Login {
    /// Where one logs in.
    pub site: Site,
    /// The cards.
    pub simulator: Simulator,
    /// The module through which programs see them.
    pub module: PathBuf,
}

/// What cards did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    /// Commands with a PIN.
    pub pins: usize,
    /// Signatures.
    pub signatures: usize,
}

impl Work {
    /// Nothing yet.
    pub const NONE: Self = Self {
        pins: 0,
        signatures: 0,
    };
}

impl Login {
    /// Starts the service, with a card in each reader, `images[0]` in the first.
    ///
    /// # Panics
    ///
    /// Outside [`with_readers`](crate::rig::with_readers), or when the module was not built.
    #[must_use]
    pub fn with(images: &[&str]) -> Self {
        let folder = Path::new(FOLDER);
        fs::create_dir_all(folder).expect("a private /run");
        let _ = fs::remove_file(folder.join(CALLS));
        let readers = (0..).zip(images).map(|(reader, _)| reader);
        // The cards of a log-in before this one may still be on their way out.
        readers
            .clone()
            .for_each(|reader| wait_for_card(reader, false));
        let simulator = Simulator::with(images);
        readers.for_each(|reader| wait_for_card(reader, true));
        Self {
            site: Site::start(folder),
            simulator,
            module: module(),
        }
    }

    /// Everything the cards did so far.
    pub fn work(&self) -> Work {
        Work {
            pins: self.simulator.attempts().len(),
            signatures: self.simulator.signatures(),
        }
    }

    /// Checks how many PINs reached the cards since, and how many signatures they made.
    ///
    /// # Panics
    ///
    /// When it was another number.
    pub fn expect_work(&self, before: Work, pins: usize, signatures: usize, about: &str) {
        let after = self.work();
        let done = (
            after.pins - before.pins,
            after.signatures - before.signatures,
        );
        assert_eq!(done, (pins, signatures), "PINs and signatures: {about}");
    }

    /// Checks how many PINs ever reached the cards.
    ///
    /// # Panics
    ///
    /// When it was another number.
    pub fn expect_pins(&self, pins: usize) {
        assert_eq!(self.work().pins, pins, "PINs");
    }

    /// Where the module writes which of its functions are called.
    pub fn call_log(&self) -> PathBuf {
        Path::new(FOLDER).join(CALLS)
    }

    /// Checks that the module's log has so many log-ins that succeeded, and that no line of it has
    /// room for a PIN: time, process, thread, function and result.
    ///
    /// # Panics
    ///
    /// When it has not.
    pub fn expect_calls(&self, logins: usize, about: &str) {
        let text = fs::read_to_string(self.call_log()).expect("the module's log");
        let mut succeeded = 0;
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let [time, process, thread, function, result] = words[..] else {
                panic!("{about}: more than a call: {line}");
            };
            assert!(
                time.parse::<f64>().is_ok()
                    && process.parse::<u32>().is_ok()
                    && thread.parse::<u32>().is_ok()
                    && function.starts_with("C_")
                    && result.starts_with("0x"),
                "{about}: more than a call: {line}"
            );
            succeeded += usize::from((function, result) == ("C_Login", "0x0"));
        }
        assert_eq!(succeeded, logins, "{about}: log-ins");
    }

    /// Checks what the server saw last: a handshake of this offer, with the certificate of the card's
    /// holder.
    ///
    /// # Panics
    ///
    /// When it saw something else.
    pub fn expect_success(&self, offer: Offer, card: &Card) {
        let port = self.site.port(offer);
        let seen = self
            .site
            .log
            .wait_for("a handshake with a certificate", |seen| {
                seen.port == port && seen.verify == Verify::Success
            });
        assert_eq!(seen.version, offer.agreed());
        assert!(seen.subject.contains(card.subject), "{seen:?}");
        assert_eq!(seen.serial, card.serial.to_string(), "{seen:?}");
    }
}

/// The roots of the virtual cards, in a file of the private /run.
///
/// # Panics
///
/// When there is no such folder.
#[must_use]
pub fn roots() -> String {
    let file = format!("/run/roots-{}.pem", std::process::id());
    let anchors = siru_sim::trust_anchors().expect("keys that ship");
    let pem = anchors.into_iter().map(|der| {
        let certificate = Certificate::parse(&der).expect("a certificate");
        let purpose = Purpose::CertificateAuthority;
        let root = CardCertificate {
            purpose,
            der,
            certificate,
        };
        root.to_pem()
    });
    fs::write(&file, pem.collect::<String>()).expect("a private /run");
    file
}

/// A virtual card to log in with.
#[derive(Clone, Copy, Debug)]
pub struct Card {
    /// Its image.
    pub image: &'static str,
    /// What the subject of its certificate contains.
    pub subject: &'static str,
    /// The serial number of that certificate.
    pub serial: u32,
}

/// RSA-2048.
pub const V3: Card = Card {
    image: "v3",
    subject: "SPECIMEN-MÄKELÄ AINO 99910017S",
    serial: 99_910_017,
};

/// P-384.
pub const V4: Card = Card {
    image: "v4",
    subject: "SPECIMEN-ÅSTRÖM BJÖRN 999100251",
    serial: 99_910_025,
};

/// The same person with another card, as after a renewal.
pub const V4_RENEWED: Card = Card {
    image: "v4-pin2-locked",
    serial: 99_910_055,
    ..V4
};

/// A card for each kind of key.
pub const CARDS: [Card; 2] = [V3, V4];

/// The PKCS #11 module.
fn module() -> PathBuf {
    program("libsiru_pkcs11.so")
}

/// The variable that tells the module where to write.
pub const CALL_LOG: &str = "SIRU_PKCS11_LOG";

const CALLS: &str = "calls";

/// Where tests keep files, in the private /run.
pub const FOLDER: &str = "/run/login";
