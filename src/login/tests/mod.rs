//! The test without a card: certificates of the virtual cards, and their keys in software.

mod handshakes;
mod judging;
mod loading;
mod registering;
mod visitors;

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use siru_apdu::{ReaderName, Readers as _};
use siru_card::{CardCertificate, FineidCard, KeyType, Purpose};
use siru_sim::software_key::{self, Scheme, SoftwareKey};
use siru_sim::{VirtualReaders, trust_anchors};

use crate::anchors::Anchors;
use crate::key::{CardKey, Hash, Mechanism};
use crate::verdict::BrokenLink;

/// What a virtual card holds.
struct Specimen {
    leaf: Vec<u8>,
    authorities: Vec<Vec<u8>>,
    signature: Vec<u8>,
}

impl Specimen {
    /// Reads the certificates of a virtual card as the product does.
    fn of(image: &str) -> Self {
        let mut readers = VirtualReaders::demo(&[image.parse().unwrap()]).unwrap();
        let channel = readers.connect(&ReaderName::new("Demo reader 1")).unwrap();
        let all = FineidCard::open(channel).unwrap().certificates().unwrap();
        let of = |purpose| {
            let some = all.iter().filter(move |one| one.purpose == purpose);
            some.map(|one: &CardCertificate| one.der.clone())
        };
        Self {
            leaf: of(Purpose::Authentication).next().unwrap(),
            signature: of(Purpose::Signature).next().unwrap(),
            authorities: of(Purpose::CertificateAuthority).collect(),
        }
    }
}

/// The roots of the virtual cards beside the real ones.
fn anchors() -> Anchors {
    let mut anchors = Anchors::built_in();
    for root in trust_anchors().unwrap() {
        anchors.trust(root);
    }
    anchors
}

/// A day on which the virtual cards are valid, or some days after it.
fn today() -> SystemTime {
    SystemTime::now()
}

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A key of a virtual card; it remembers how it signed.
#[derive(Debug)]
struct KeyInSoftware {
    key: SoftwareKey,
    kind: KeyType,
    signed: Mutex<Vec<Mechanism>>,
    broken: Option<BrokenLink>,
    /// How often it signs before it is broken.
    healthy: usize,
}

impl KeyInSoftware {
    fn new(key: SoftwareKey) -> Self {
        let kind = match &key {
            SoftwareKey::Rsa(_) => KeyType::Rsa { bits: 2048 },
            SoftwareKey::P256(_) => KeyType::P256,
            SoftwareKey::P384(_) => KeyType::P384,
        };
        Self {
            key,
            kind,
            signed: Mutex::default(),
            broken: None,
            healthy: 0,
        }
    }

    /// The key for log-in of the card with this image.
    fn of(image: &str) -> Self {
        Self::new(
            match image {
                "v3" => SoftwareKey::rsa(include_bytes!("../../sim/keys/v3-authentication.der")),
                "v4" => SoftwareKey::p384(include_bytes!("../../sim/keys/v4-authentication.der")),
                _ => SoftwareKey::p384(include_bytes!(
                    "../../sim/keys/organisation-authentication.der"
                )),
            }
            .unwrap(),
        )
    }

    fn signatures(self: &Arc<Self>) -> Vec<Mechanism> {
        self.signed.lock().unwrap().clone()
    }
}

impl CardKey for KeyInSoftware {
    fn kind(&self) -> KeyType {
        self.kind
    }

    fn sign(&self, mechanism: Mechanism, digest: &[u8]) -> Result<Vec<u8>, BrokenLink> {
        let mut signed = self.signed.lock().unwrap();
        signed.push(mechanism);
        if let Some(link) = &self.broken
            && signed.len() > self.healthy
        {
            return Err(link.clone());
        }
        let scheme = match mechanism {
            Mechanism::Pkcs1(_) => Scheme::Pkcs1,
            Mechanism::Pss(_) => Scheme::Pss,
            Mechanism::Ecdsa => Scheme::Ecdsa,
        };
        let hash = match mechanism {
            Mechanism::Pkcs1(Hash::Sha256) | Mechanism::Pss(Hash::Sha256) => {
                software_key::Hash::Sha256
            }
            Mechanism::Ecdsa if self.kind == KeyType::P256 => software_key::Hash::Sha256,
            _ => software_key::Hash::Sha384,
        };
        Ok(self.key.sign(scheme, hash, digest).unwrap())
    }
}
