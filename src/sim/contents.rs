//! What stands in each model's directories (FINEID S4-1 and S4-2; labels as on the real cards).

use crate::directory::{
    self, Algorithm, CertificateObject, KeyObject, Path, PinObject, ReferenceEncoding,
};
use crate::encoding::{integer, oid, sequence, set_of_one};
use crate::file_system::FileSystem;
use crate::image::Model;

/// Writes the directories of `model`; nothing for a card without the application.
pub fn write_directories(
    files: &mut FileSystem,
    model: Model,
    serial: &str,
    references: ReferenceEncoding,
) {
    let (label, profile, manufacturer, algorithms): (_, &[u8], _, Vec<Algorithm>) = match model {
        Model::V3 => (
            "FINEID S4-1",
            CITIZEN_PROFILE,
            "VRK-FINEID (Gemalto)",
            v3_algorithms(),
        ),
        Model::V4 => (
            "FINEID S4-1",
            CITIZEN_PROFILE,
            "DVV-FINEID (Thales)",
            v4_algorithms(),
        ),
        Model::Organisation => (
            "FINEID S4-2",
            ORGANISATION_PROFILE,
            "DVV-FINEID (Idemia)",
            v4_algorithms(),
        ),
        Model::SetCos => ("FINEID S4-1", CITIZEN_PROFILE, "VRK-FINEID", Vec::new()),
        Model::Foreign | Model::Lookalike | Model::Mute => return,
    };
    files.application = APPLICATION.to_vec();
    let token_label = if model == Model::Organisation {
        "ORGANISAATIOKORTTI"
    } else {
        "HENKILOKORTTI"
    };
    files.add(
        0x2F00,
        directory::application_template(APPLICATION, label, profile),
    );
    files.add(0x2F01, vec![0x80, 0x01, 0x00]);
    files.add(
        0x5032,
        directory::card_information(serial, manufacturer, token_label, &algorithms),
    );
    if model == Model::SetCos {
        return;
    }
    if model == Model::Organisation {
        files.signature_name = Some(b"E.SIGN".to_vec());
    }
    files.add(0x011C, contactless_access());
    files.add(0x5031, directory::object_directory());
    files.add(
        0x4401,
        concatenate(pins(model), |pin| pin.encode(references)),
    );
    files.add(
        0x4402,
        concatenate(keys(model), |key| key.encode(references)),
    );
    files.add(
        0x4403,
        concatenate(certificates(model), |object| object.encode()),
    );
    let issuing: Path = if model == Model::Organisation {
        &[0x3F, 0x00, 0x43, 0x33]
    } else {
        &[0x3F, 0x00, 0x43, 0x36]
    };
    let authority = |label, identifier, path| {
        CertificateObject {
            label,
            identifier,
            authority: true,
            path,
        }
        .encode()
    };
    files.add(0x4404, authority("varmentaja", 0x49, issuing));
    files.add(
        0x4405,
        authority("juurivarmentaja", 0x48, &[0x3F, 0x00, 0x43, 0x34]),
    );
}

/// Gives the log-in key a file of its own, as OpenSC's driver for SetCOS cards wants to select one.
pub fn add_key_file(files: &mut FileSystem, model: Model, references: ReferenceEncoding) {
    let mut keys = keys(model);
    if let Some(key) = keys.first_mut() {
        key.path = &[0x3F, 0x00, 0x4B, 0x01];
    }
    files.add(0x4B01, vec![0x00]);
    files.set_content(
        &[0x4402],
        Some(concatenate(keys, |key| key.encode(references))),
    );
}

fn concatenate<T>(objects: Vec<T>, encode: impl Fn(&T) -> Vec<u8>) -> Vec<u8> {
    objects.iter().flat_map(encode).collect()
}

fn pins(model: Model) -> Vec<PinObject> {
    let pin1 = PinObject {
        label: "perustunnusluku",
        identifier: 0x01,
        unblocked_by: Some(0x03),
        // initialized, needs-padding
        flags: &[4, 5],
        min_length: 4,
        stored_length: 12,
        max_length: 12,
        reference: 0x11,
        pad: Some(0x00),
        path: ROOT,
    };
    let pin2 = PinObject {
        label: "allekirjoitustunnusluku",
        identifier: 0x02,
        // local, initialized, needs-padding
        flags: &[1, 4, 5],
        min_length: 6,
        reference: 0x82,
        path: SIGNATURE,
        ..pin1.clone()
    };
    let puk = PinObject {
        label: "PUK",
        identifier: 0x03,
        unblocked_by: None,
        // initialized, needs-padding, unblockingPin
        flags: &[4, 5, 6],
        min_length: 8,
        reference: 0x83,
        ..pin1.clone()
    };
    if model != Model::Organisation {
        return vec![pin1, pin2, puk];
    }
    let plain = |pin: PinObject, flags, reference| PinObject {
        flags,
        min_length: 4,
        stored_length: 8,
        max_length: 8,
        reference,
        pad: None,
        ..pin
    };
    let code = PinObject {
        label: "aktivointitunnusluku",
        ..puk
    };
    vec![
        plain(pin1, &[4], 0x03),
        plain(pin2, &[1, 4], 0x04),
        plain(code, &[4, 6], 0x12),
    ]
}

fn keys(model: Model) -> Vec<KeyObject> {
    let rsa = model == Model::V3;
    let authentication = KeyObject {
        label: "todentamis- ja salausavain",
        identifier: 0x45,
        opened_by: 0x01,
        user_consent: !rsa,
        // decrypt, sign, unwrap for RSA; sign, derive on a curve
        usage: if rsa { &[1, 2, 5] } else { &[2, 8] },
        reference: 0x01,
        modulus_length: rsa.then_some(2048),
        path: ROOT,
    };
    let signature = KeyObject {
        label: "allekirjoitusavain",
        identifier: 0x46,
        opened_by: 0x02,
        user_consent: true,
        // nonRepudiation
        usage: &[9],
        reference: if model == Model::Organisation {
            0x82
        } else {
            0x02
        },
        modulus_length: rsa.then_some(2048),
        path: SIGNATURE,
    };
    let second = KeyObject {
        label: "allekirjoitusavain 2",
        identifier: 0x47,
        reference: 0x03,
        modulus_length: None,
        ..signature.clone()
    };
    if rsa {
        vec![authentication, signature, second]
    } else {
        vec![authentication, signature]
    }
}

fn certificates(model: Model) -> Vec<CertificateObject> {
    let own = |label, identifier, path| CertificateObject {
        label,
        identifier,
        authority: false,
        path,
    };
    let mut certificates = vec![
        own(
            "todentamis- ja salausvarmenne",
            0x45,
            &[0x3F, 0x00, 0x43, 0x31][..],
        ),
        own(
            "allekirjoitusvarmenne",
            0x46,
            &[0x3F, 0x00, 0x50, 0x16, 0x43, 0x32],
        ),
    ];
    if model == Model::V3 {
        let path = &[0x3F, 0x00, 0x50, 0x16, 0x43, 0x35];
        certificates.push(own("allekirjoitusvarmenne 2", 0x47, path));
    }
    certificates
}

/// EF.CardAccess: PACE with ECDH on brainpoolP384r1, for the antenna this card does not have.
fn contactless_access() -> Vec<u8> {
    let pace = [0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x04, 0x02, 0x04];
    set_of_one(sequence(&[oid(&pace), integer(2), integer(16)]))
}

/// Real cards list enough algorithms to push EF.CIAInfo beyond 255 bytes, and some clients count on
/// its four-byte header.
fn v3_algorithms() -> Vec<Algorithm> {
    let rsa = |mechanism, last, reference| Algorithm {
        mechanism,
        operation: 1,
        identifier: rsa_identifier(last),
        reference,
    };
    vec![
        rsa(0x0001, 1, 0x02),
        rsa(0x0006, 5, 0x12),
        rsa(0x0046, 14, 0x32),
        rsa(0x0040, 11, 0x42),
        rsa(0x0041, 12, 0x52),
        rsa(0x0042, 13, 0x62),
        rsa(0x000D, 10, 0x45),
        rsa(0x0043, 10, 0x45),
        rsa(0x0044, 10, 0x55),
        rsa(0x0045, 10, 0x65),
        Algorithm {
            mechanism: 0x1044,
            operation: 1,
            identifier: ECDSA_SHA256,
            reference: 0x44,
        },
    ]
}

fn v4_algorithms() -> Vec<Algorithm> {
    let curve = |mechanism, identifier, reference| Algorithm {
        mechanism,
        operation: 1,
        identifier,
        reference,
    };
    vec![
        curve(0x1041, EC_PUBLIC_KEY, 0x04),
        curve(0x1042, ECDSA_SHA1, 0x14),
        curve(0x1043, ECDSA_SHA224, 0x34),
        curve(0x1044, ECDSA_SHA256, 0x44),
        curve(0x1045, ECDSA_SHA384, 0x54),
        curve(0x1046, ECDSA_SHA512, 0x64),
        curve(0x1041, ECDSA_SHA224, 0x34),
        curve(0x1041, ECDSA_SHA256, 0x44),
        curve(0x1041, ECDSA_SHA384, 0x54),
        curve(0x1041, ECDSA_SHA512, 0x64),
        curve(0x1050, EC_PUBLIC_KEY, 0x0B),
    ]
}

/// 1.2.840.113549.1.1.x, the family of PKCS #1.
fn rsa_identifier(last: u8) -> &'static [u8] {
    match last {
        5 => &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x05],
        10 => &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0A],
        11 => &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B],
        12 => &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0C],
        13 => &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0D],
        14 => &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0E],
        _ => &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01],
    }
}

/// A000000063 "PKCS-15".
const APPLICATION: &[u8] = &[
    0xA0, 0x00, 0x00, 0x00, 0x63, 0x50, 0x4B, 0x43, 0x53, 0x2D, 0x31, 0x35,
];

const ROOT: Path = &[0x3F, 0x00];
const SIGNATURE: Path = &[0x3F, 0x00, 0x50, 0x16];

const CITIZEN_PROFILE: &[u8] = &[0x2A, 0x81, 0x76, 0x84, 0x05, 0x04, 0x01, 0x01];
const ORGANISATION_PROFILE: &[u8] = &[0x2A, 0x81, 0x76, 0x84, 0x05, 0x03, 0x01];
const EC_PUBLIC_KEY: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
const ECDSA_SHA1: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01];
const ECDSA_SHA224: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x01];
const ECDSA_SHA256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];
const ECDSA_SHA384: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];
const ECDSA_SHA512: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04];
