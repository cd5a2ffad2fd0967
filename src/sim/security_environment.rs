//! Signing: MANAGE SECURITY ENVIRONMENT and PERFORM SECURITY OPERATION.
//!
//! Follows FINEID S1 v4.2 (3.8). A signature consumes the loaded hash, and a wrong Le does too.

use siru_apdu::Protocol;

use crate::frame::Frame;
use crate::software_key::{Hash, Scheme, SoftwareKey};
use crate::status;

/// Which PIN opens a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPurpose {
    /// PIN1.
    Authentication,
    /// PIN2.
    Signature,
}

/// A private key of the card and when it may be used.
#[derive(Debug, Clone)]
pub struct CardKey {
    /// The reference MSE names it by.
    pub reference: u8,
    /// Which PIN opens it.
    pub purpose: KeyPurpose,
    /// The key.
    pub key: SoftwareKey,
}

/// How a platform wants digests and where its keys are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigningStyle {
    /// Citizen: PSO:HASH loads the digest, PSO:CDS has no data.
    LoadedHash,
    /// Organisation: PSO:CDS carries the digest; the signature key is local to DF.ESIGN.
    InlineDigest,
}

/// What stands between a request and a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Circumstances {
    /// PIN1 is verified.
    pub authentication_verified: bool,
    /// PIN2 is verified.
    pub signature_verified: bool,
    /// DF.ESIGN is current.
    pub in_signature: bool,
}

/// A signature and the key it came from.
#[derive(Debug)]
pub struct Signed {
    /// The signature.
    pub signature: Vec<u8>,
    /// Reference of the key.
    pub reference: u8,
    /// Which PIN it used up, where it does.
    pub purpose: KeyPurpose,
}

/// Keys, and what MSE and PSO:HASH have set up.
#[derive(Debug, Clone)]
pub struct SecurityEnvironment {
    /// The card's way of signing.
    pub style: SigningStyle,
    /// The card's keys.
    pub keys: Vec<CardKey>,
    /// Whether MSE and PSO:CDS also come as OpenSC's SetCOS driver sends them.
    pub also_setcos: bool,
    template: Option<Template>,
    digest: Option<Vec<u8>>,
}

#[derive(Debug, Clone, Copy)]
struct Template {
    reference: u8,
    scheme: Scheme,
    hash: Hash,
    /// The digest comes with the command that signs, wrapped in a DigestInfo.
    wrapped: bool,
}

impl SecurityEnvironment {
    /// An environment with nothing set up.
    pub fn new(style: SigningStyle, keys: Vec<CardKey>) -> Self {
        Self {
            style,
            keys,
            also_setcos: false,
            template: None,
            digest: None,
        }
    }

    /// Forgets what was set up.
    pub fn reset(&mut self) {
        self.template = None;
        self.digest = None;
    }

    /// MSE:SET for a digital signature template: `80 01 alg 84 01 key`.
    pub fn set(&mut self, p1: u8, p2: u8, data: &[u8], in_signature: bool) -> Result<(), u16> {
        if (p1, p2) != (0x41, 0xB6) {
            return Err(status::WRONG_PARAMETERS);
        }
        self.reset();
        if let Some(reference) = self.setcos_key(data) {
            self.template = Some(Template {
                reference,
                scheme: Scheme::Pkcs1,
                hash: Hash::Sha256,
                wrapped: true,
            });
            return Ok(());
        }
        let &[0x80, 0x01, algorithm, 0x84, 0x01, reference] = data else {
            return Err(if data.len() == 6 {
                status::WRONG_DATA
            } else {
                status::WRONG_LENGTH
            });
        };
        let key = self
            .key(reference, in_signature)
            .ok_or(status::REFERENCE_NOT_FOUND)?;
        let hash = hash(algorithm >> 4).ok_or(status::WRONG_DATA)?;
        let scheme = scheme(algorithm & 0x0F).ok_or(status::WRONG_DATA)?;
        if !key.key.supports(scheme, hash) {
            return Err(status::WRONG_DATA);
        }
        self.template = Some(Template {
            reference,
            scheme,
            hash,
            wrapped: false,
        });
        Ok(())
    }

    /// The key an MSE of the SetCOS EID applet names: algorithm 02 is PKCS #1 padding by the card
    /// (OpenSC 0.23, `setcos_set_security_env2`; a file reference may stand in between).
    fn setcos_key(&self, data: &[u8]) -> Option<u8> {
        let reference = match data {
            [0x80, 0x01, 0x02, 0x84, 0x01, reference]
            | [0x80, 0x01, 0x02, 0x81, 0x02, _, _, 0x84, 0x01, reference] => *reference,
            _ => return None,
        };
        let key = self.keys.iter().find(|key| key.reference == reference)?;
        (self.also_setcos && matches!(key.key, SoftwareKey::Rsa(_))).then_some(reference)
    }

    /// PSO:HASH with a digest computed outside: `90 len digest`.
    pub fn load_hash(&mut self, data: &[u8]) -> Result<(), u16> {
        self.digest = None;
        if self.style == SigningStyle::InlineDigest {
            return Err(status::WRONG_DATA);
        }
        let template = self.template.ok_or(status::CONDITIONS_NOT_SATISFIED)?;
        match data {
            [0x90, length, digest @ ..]
                if usize::from(*length) == digest.len()
                    && digest.len() == template.hash.length() =>
            {
                self.digest = Some(digest.to_vec());
                Ok(())
            }
            _ => Err(status::WRONG_DATA),
        }
    }

    /// PSO:COMPUTE DIGITAL SIGNATURE.
    pub fn sign(&mut self, frame: &Frame<'_>, around: Circumstances) -> Result<Signed, u16> {
        let loaded = self.digest.take();
        let mut template = self.template.ok_or(status::CONDITIONS_NOT_SATISFIED)?;
        let digest = match (self.style, frame.data) {
            (_, wrapped) if template.wrapped => {
                let (hash, digest) = Hash::unwrap(wrapped).ok_or(status::WRONG_DATA)?;
                template.hash = hash;
                digest
            }
            (SigningStyle::LoadedHash, []) => loaded.ok_or(status::CONDITIONS_NOT_SATISFIED)?,
            (SigningStyle::InlineDigest, digest) if !digest.is_empty() => {
                if digest.len() != template.hash.length() {
                    return Err(status::WRONG_DATA);
                }
                digest.to_vec()
            }
            _ => return Err(status::CONDITIONS_NOT_SATISFIED),
        };
        let key = self
            .key(template.reference, around.in_signature)
            .ok_or(status::REFERENCE_NOT_FOUND)?;
        let verified = match key.purpose {
            KeyPurpose::Authentication => around.authentication_verified,
            KeyPurpose::Signature => around.signature_verified,
        };
        if !verified {
            // The hash survives a missing PIN: nothing was computed.
            let refusal = Err(status::SECURITY_STATUS_NOT_SATISFIED);
            self.digest = (self.style == SigningStyle::LoadedHash).then_some(digest);
            return refusal;
        }
        if !template.wrapped {
            self.check_expected_length(frame, key.key.signature_length())?;
        }
        let signature = key
            .key
            .sign(template.scheme, template.hash, &digest)
            .map_err(|_| status::CONDITIONS_NOT_SATISFIED)?;
        Ok(Signed {
            signature,
            reference: key.reference,
            purpose: key.purpose,
        })
    }

    fn check_expected_length(&self, frame: &Frame<'_>, length: usize) -> Result<(), u16> {
        let fits = match (self.style, frame.expected, frame.protocol) {
            (SigningStyle::LoadedHash, Some(expected), _) => expected == length,
            (SigningStyle::InlineDigest, Some(expected), _) => expected >= length,
            // T=0 fetches the answer to a command with data by GET RESPONSE.
            (SigningStyle::InlineDigest, None, Protocol::T0) => true,
            (_, None, _) => return Err(status::WRONG_LENGTH),
        };
        if fits {
            Ok(())
        } else {
            Err(status::wrong_expected_length(length))
        }
    }

    /// A key as MSE finds it: a local reference needs DF.ESIGN, a global one the root.
    fn key(&self, reference: u8, in_signature: bool) -> Option<&CardKey> {
        let key = self.keys.iter().find(|key| key.reference == reference)?;
        let local = reference & 0x80 != 0;
        match self.style {
            SigningStyle::LoadedHash => Some(key),
            SigningStyle::InlineDigest => (local == in_signature).then_some(key),
        }
    }
}

fn hash(nibble: u8) -> Option<Hash> {
    match nibble {
        1 => Some(Hash::Sha1),
        3 => Some(Hash::Sha224),
        4 => Some(Hash::Sha256),
        5 => Some(Hash::Sha384),
        6 => Some(Hash::Sha512),
        _ => None,
    }
}

fn scheme(nibble: u8) -> Option<Scheme> {
    match nibble {
        2 => Some(Scheme::Pkcs1),
        4 => Some(Scheme::Ecdsa),
        5 => Some(Scheme::Pss),
        _ => None,
    }
}
