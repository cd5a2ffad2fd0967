//! The card's directories in PKCS #15 DER: EF.DIR, EF.OD, EF.CIAInfo, EF.AOD, EF.PrKD, EF.CD.
//!
//! Follows ISO/IEC 7816-15 as FINEID S1 and S4 use it.

use crate::encoding::{
    boolean, constructed, enumerated, integer, integer_content, named_bits, null, object, octets,
    oid, printable, sequence, utf8,
};

/// A path as directories write it.
pub type Path = &'static [u8];

/// How a reference with the top bit set is written as an INTEGER.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferenceEncoding {
    /// `02 02 00 82`: the number 130.
    #[default]
    Unsigned,
    /// `02 01 82`: one byte, which strictly reads as −126.
    SignExtended,
}

impl ReferenceEncoding {
    fn content(self, reference: u8) -> Vec<u8> {
        match self {
            Self::Unsigned => integer_content(u32::from(reference)),
            Self::SignExtended => vec![reference],
        }
    }
}

/// EF.DIR: the one application of the card.
pub fn application_template(aid: &[u8], label: &str, profile: &[u8]) -> Vec<u8> {
    constructed(
        0x61,
        &[
            object(&[0x4F], aid),
            object(&[0x50], label.as_bytes()),
            object(&[0x51], APPLICATION_PATH),
            constructed(0x73, &[oid(profile)]),
        ],
    )
}

/// EF.OD: where the other directories are.
pub fn object_directory() -> Vec<u8> {
    [
        constructed(0xA8, &[path(&[0x44, 0x01])]),
        constructed(0xA0, &[path(&[0x44, 0x02])]),
        constructed(0xA4, &[path(&[0x44, 0x03])]),
        constructed(0xA4, &[path(&[0x44, 0x04])]),
        constructed(0xA5, &[path(&[0x44, 0x05])]),
    ]
    .concat()
}

/// EF.CIAInfo: serial, manufacturer, label and the algorithms the card knows.
pub fn card_information(
    serial: &str,
    manufacturer: &str,
    label: &str,
    algorithms: &[Algorithm],
) -> Vec<u8> {
    let supported: Vec<Vec<u8>> = (1_u32..)
        .zip(algorithms)
        .map(|(reference, algorithm)| {
            sequence(&[
                integer(reference),
                integer(algorithm.mechanism),
                null(),
                named_bits(&[algorithm.operation]),
                oid(algorithm.identifier),
                integer(u32::from(algorithm.reference)),
            ])
        })
        .collect();
    sequence(&[
        integer(1),
        octets(serial.as_bytes()),
        utf8(manufacturer),
        object(&[0x80], label.as_bytes()),
        // loginRequired
        named_bits(&[1]),
        constructed(0xA2, &supported),
        printable("fi"),
    ])
}

/// An algorithm of EF.CIAInfo.
#[derive(Debug, Clone, Copy)]
pub struct Algorithm {
    /// The PKCS #11 mechanism number.
    pub mechanism: u32,
    /// The operation's bit: 1 is computing a signature.
    pub operation: u8,
    /// Object identifier, content bytes.
    pub identifier: &'static [u8],
    /// What MSE calls it.
    pub reference: u8,
}

/// A PIN or PUK of EF.AOD.
#[derive(Debug, Clone)]
pub struct PinObject {
    /// Label.
    pub label: &'static str,
    /// Identifier by which other objects name it.
    pub identifier: u8,
    /// Identifier of the PUK that unblocks it.
    pub unblocked_by: Option<u8>,
    /// Bits of PinFlags.
    pub flags: &'static [u8],
    /// Shortest value, in digits.
    pub min_length: u32,
    /// Bytes the card stores.
    pub stored_length: u32,
    /// Longest value, in digits.
    pub max_length: u32,
    /// P2 of the PIN commands.
    pub reference: u8,
    /// The padding byte, where the card pads.
    pub pad: Option<u8>,
    /// Where it lies.
    pub path: Path,
}

impl PinObject {
    /// The object as EF.AOD holds it.
    pub fn encode(&self, references: ReferenceEncoding) -> Vec<u8> {
        let mut common = vec![utf8(self.label)];
        if let Some(puk) = self.unblocked_by {
            // modifiable
            common.push(named_bits(&[1]));
            common.push(octets(&[puk]));
        }
        let mut attributes = vec![
            named_bits(self.flags),
            // ascii-numeric
            enumerated(1),
            integer(self.min_length),
            integer(self.stored_length),
            integer(self.max_length),
            object(&[0x80], &references.content(self.reference)),
        ];
        attributes.extend(self.pad.map(|pad| octets(&[pad])));
        attributes.push(path(self.path));
        sequence(&[
            sequence(&common),
            sequence(&[octets(&[self.identifier])]),
            constructed(0xA1, &[sequence(&attributes)]),
        ])
    }
}

/// A private key of EF.PrKD.
#[derive(Debug, Clone)]
pub struct KeyObject {
    /// Label.
    pub label: &'static str,
    /// Identifier, shared with the certificate.
    pub identifier: u8,
    /// Identifier of the PIN that opens it.
    pub opened_by: u8,
    /// Whether every use wants the PIN anew.
    pub user_consent: bool,
    /// Bits of KeyUsageFlags.
    pub usage: &'static [u8],
    /// The reference MSE names it by.
    pub reference: u8,
    /// Modulus length in bits for RSA; `None` on an elliptic curve.
    pub modulus_length: Option<u32>,
    /// Where it lies.
    pub path: Path,
}

impl KeyObject {
    /// The object as EF.PrKD holds it.
    pub fn encode(&self, references: ReferenceEncoding) -> Vec<u8> {
        // private
        let mut common = vec![
            utf8(self.label),
            named_bits(&[0]),
            octets(&[self.opened_by]),
        ];
        if self.user_consent {
            common.push(integer(1));
        }
        let class = [
            octets(&[self.identifier]),
            named_bits(self.usage),
            // native
            boolean(true),
            // sensitive, alwaysSensitive, neverExtractable, local
            named_bits(&[0, 2, 3, 4]),
            object(&[0x02], &references.content(self.reference)),
        ];
        let mut attributes = vec![path(self.path)];
        attributes.extend(self.modulus_length.map(integer));
        let parts = [
            sequence(&common),
            sequence(&class),
            constructed(0xA1, &[sequence(&attributes)]),
        ];
        match self.modulus_length {
            Some(_) => sequence(&parts),
            None => constructed(0xA0, &parts),
        }
    }
}

/// A certificate of an EF.CD.
#[derive(Debug, Clone)]
pub struct CertificateObject {
    /// Label.
    pub label: &'static str,
    /// Identifier, shared with the key.
    pub identifier: u8,
    /// Whether it belongs to an authority.
    pub authority: bool,
    /// Where the certificate lies.
    pub path: Path,
}

impl CertificateObject {
    /// The object as EF.CD holds it.
    pub fn encode(&self) -> Vec<u8> {
        let mut class = vec![octets(&[self.identifier])];
        if self.authority {
            class.push(boolean(true));
        }
        sequence(&[
            sequence(&[utf8(self.label)]),
            sequence(&class),
            constructed(0xA1, &[sequence(&[path(self.path)])]),
        ])
    }
}

fn path(bytes: &[u8]) -> Vec<u8> {
    sequence(&[octets(bytes)])
}

/// Where EF.DIR says the application lies. Clients that follow the path instead of the AID ask for
/// DF 5015, and the card opens the application for them.
const APPLICATION_PATH: Path = &[0x3F, 0x00, 0x50, 0x15];
