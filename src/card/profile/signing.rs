//! How the keys of a generation are named, and how a digest reaches them (*FINEID S1 v4.2* §3.8;
//! *S4-2 v4.0*).

use siru_apdu::select::ApplicationId;

/// The reference by which MSE SET names a private key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyReference(pub u8);

/// How a digest gets into a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DigestLoading {
    /// By PSO: HASH, and the signature is asked for without data.
    Loaded,
    /// In the command that asks for the signature.
    Inline,
}

/// How the keys of a generation sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SigningFacts {
    /// How the digest gets into the card.
    pub digest: DigestLoading,
    /// The key that PIN1 opens.
    pub authentication_key: KeyReference,
    /// The key that PIN2 opens.
    pub signature_key: KeyReference,
    /// What has to be selected for the key that PIN2 opens, where it is local to an application.
    pub signature_application: Option<ApplicationId>,
    /// The keys of all its cards, where the answer to reset tells; else the certificate does.
    pub keys: Option<KeyFamily>,
}

/// A kind of key, without its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFamily {
    /// RSA.
    Rsa,
    /// On a curve.
    EllipticCurve,
}
