//! Does a caller like Windows' key storage provider log in and sign with `siru_minidriver.dll`, so that
//! the certificate that it read from the card verifies, and is it told what the card is?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it breaks"
)]

use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256, SHA384, SHA512, digest};
use ring::signature::{
    ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1, RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512,
    UnparsedPublicKey, VerificationAlgorithm,
};
use siru_tests::rig::with_readers;
use siru_windows_tests::card_module::{is_authenticated, on_card, presented};
use siru_windows_tests::certificate::{hexadecimal, public_key, signature_value};

const MESSAGE: &[u8] = b"what a server asks a browser to sign";

const INVALID_PARAMETER: u32 = 0x8010_0004;
const UNSUPPORTED_FEATURE: u32 = 0x8010_0022;
const SECURITY_VIOLATION: u32 = 0x8010_006A;
const WRONG_PIN: u32 = 0x8010_006B;

/// DigestInfo of SHA-256 (RFC 8017, section 9.2), without the digest.
const INFO_SHA256: &str = "3031300d060960864801650304020105000420";

/// How an order reads ("VERSION FLAGS ALGORITHM PADDING HASH SALT"), what stands before the digest, of
/// which hash function it is, and what verifies the signature.
type Order = (
    &'static str,
    &'static str,
    &'static Algorithm,
    &'static dyn VerificationAlgorithm,
);

const RSA_ORDERS: [Order; 13] = [
    (
        "1 0 8004 0 - 0",
        "",
        &SHA1_FOR_LEGACY_USE_ONLY,
        &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
    ),
    ("1 0 800c 0 - 0", "", &SHA256, &RSA_PKCS1_2048_8192_SHA256),
    ("1 0 800d 0 - 0", "", &SHA384, &RSA_PKCS1_2048_8192_SHA384),
    ("1 0 800e 0 - 0", "", &SHA512, &RSA_PKCS1_2048_8192_SHA512),
    (
        "1 0 0 0 - 0",
        INFO_SHA256,
        &SHA256,
        &RSA_PKCS1_2048_8192_SHA256,
    ),
    (
        "2 40000000 0 2 - 0",
        INFO_SHA256,
        &SHA256,
        &RSA_PKCS1_2048_8192_SHA256,
    ),
    (
        "2 40000000 0 2 SHA1 0",
        "",
        &SHA1_FOR_LEGACY_USE_ONLY,
        &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
    ),
    (
        "2 40000000 0 2 SHA256 0",
        "",
        &SHA256,
        &RSA_PKCS1_2048_8192_SHA256,
    ),
    (
        "2 40000000 0 2 SHA384 0",
        "",
        &SHA384,
        &RSA_PKCS1_2048_8192_SHA384,
    ),
    (
        "2 40000000 0 2 SHA512 0",
        "",
        &SHA512,
        &RSA_PKCS1_2048_8192_SHA512,
    ),
    (
        "2 40000000 0 4 SHA256 20",
        "",
        &SHA256,
        &RSA_PSS_2048_8192_SHA256,
    ),
    (
        "2 40000000 0 4 SHA384 30",
        "",
        &SHA384,
        &RSA_PSS_2048_8192_SHA384,
    ),
    (
        "2 40000000 0 4 SHA512 40",
        "",
        &SHA512,
        &RSA_PSS_2048_8192_SHA512,
    ),
];

const CURVE_ORDERS: [Order; 4] = [
    ("1 0 800d 0 - 0", "", &SHA384, &ECDSA_P384_SHA384_ASN1),
    ("1 0 0 0 - 0", "", &SHA384, &ECDSA_P384_SHA384_ASN1),
    ("2 40000000 0 1 - 0", "", &SHA384, &ECDSA_P384_SHA384_ASN1),
    ("2 40000000 0 1 - 0", "", &SHA256, &ECDSA_P384_SHA256_ASN1),
];

/// A salt of another length, a hash function without PSS, one that the card does not know, the digests
/// of TLS before 1.2, and what is as long as no digest.
const RSA_REFUSALS: [(&str, usize, u32); 9] = [
    ("2 40000000 0 4 SHA256 14", 32, UNSUPPORTED_FEATURE),
    ("2 40000000 0 4 SHA1 14", 20, UNSUPPORTED_FEATURE),
    ("2 40000000 0 4 MD5 10", 16, UNSUPPORTED_FEATURE),
    ("2 40000000 0 1 - 0", 32, UNSUPPORTED_FEATURE),
    ("1 0 8003 0 - 0", 16, UNSUPPORTED_FEATURE),
    ("1 0 8008 0 - 0", 36, UNSUPPORTED_FEATURE),
    ("1 0 0 0 - 0", 36, UNSUPPORTED_FEATURE),
    ("1 0 800c 0 - 0", 31, INVALID_PARAMETER),
    ("2 40000000 0 4 SHA256 20", 33, INVALID_PARAMETER),
];

const CURVE_REFUSALS: [(&str, usize, u32); 4] = [
    ("2 40000000 0 2 SHA384 0", 48, INVALID_PARAMETER),
    ("2 40000000 0 4 SHA384 30", 48, INVALID_PARAMETER),
    ("2 40000000 0 1 - 0", 0, INVALID_PARAMETER),
    ("2 40000000 0 1 - 0", 65, INVALID_PARAMETER),
];

/// The public key as Windows gets it must be that of the certificate.
fn assert_key_of(certificate: &[u8], blob: &[u8]) {
    let key = public_key(certificate);
    match blob {
        // PUBLICKEYBLOB: its modulus has its last byte first.
        [6, 2, 0, 0, ..] => {
            let modulus: Vec<u8> = blob[20..].iter().rev().copied().collect();
            assert_eq!(modulus.len(), 256);
            assert!(key.windows(256).any(|window| window == modulus));
            assert_eq!(blob[16..20], [1, 0, 1, 0]);
        }
        // BCRYPT_ECCKEY_BLOB of P-384, for signatures: both coordinates.
        _ => {
            assert_eq!(blob[..8], *b"ECS3\x30\0\0\0");
            assert_eq!(key[1..], blob[8..]);
        }
    }
}

fn sign_everything(image: &str, orders: &[Order], refusals: &[(&str, usize, u32)]) {
    on_card(image, 7, |simulator, host| {
        let certificate = host.succeed("file mscp ksc00");
        let key = public_key(&certificate);
        assert_key_of(&certificate, &host.succeed("key"));
        let line = |(order, before, hash, _): &Order| {
            let digest = digest(hash, MESSAGE);
            format!("sign {order} {before}{}", hexadecimal(digest.as_ref()))
        };
        for order in orders {
            assert_eq!(
                host.order(&line(order)).0,
                SECURITY_VIOLATION,
                "{}",
                order.0
            );
        }
        host.succeed("pin 1234");
        assert!(is_authenticated(host));
        for order in orders {
            let mut signature = host.succeed(&line(order));
            let sizes = line(order).replacen(" 0 ", " 20000000 ", 1).replacen(
                " 40000000 ",
                " 60000000 ",
                1,
            );
            let size = host.succeed(&sizes);
            assert_eq!(
                size,
                u32::try_from(signature.len())
                    .expect("a length")
                    .to_le_bytes()
            );
            if orders.len() == RSA_ORDERS.len() {
                signature.reverse();
            } else {
                signature = signature_value(&signature);
            }
            let verified = UnparsedPublicKey::new(order.3, &key).verify(MESSAGE, &signature);
            assert!(verified.is_ok(), "{image}: {}", order.0);
        }
        for (order, length, code) in refusals {
            let bytes = match length {
                0 => "-".to_owned(),
                length => "5a".repeat(*length),
            };
            assert_eq!(
                host.order(&format!("sign {order} {bytes}")).0,
                *code,
                "{order}"
            );
        }
        assert_eq!(simulator.signatures(), orders.len());
        host.succeed("deauthenticate");
        assert!(!is_authenticated(host));
        assert_eq!(host.order(&line(&orders[0])).0, SECURITY_VIOLATION);
        assert_eq!(simulator.attempts().len(), 1);
    });
}

#[test]
fn an_rsa_key_signs_in_every_form_and_the_certificate_verifies() {
    with_readers(1, || sign_everything("v3", &RSA_ORDERS, &RSA_REFUSALS));
}

#[test]
fn a_key_on_a_curve_signs_in_every_form_and_the_certificate_verifies() {
    with_readers(1, || sign_everything("v4", &CURVE_ORDERS, &CURVE_REFUSALS));
}

#[test]
fn the_key_of_an_organisation_card_signs_and_the_certificate_verifies() {
    with_readers(1, || {
        sign_everything("organisation", &CURVE_ORDERS, &CURVE_REFUSALS)
    });
}

#[test]
fn callers_of_every_version_log_in_and_sign() {
    with_readers(1, || {
        for (version, present, forget) in [
            (4, "pin", "deauthenticate"),
            (5, "pin", "deauthenticate"),
            (6, "pinex", "deauthenticateex"),
            (9, "pinex", "deauthenticateex"),
        ] {
            on_card("v4", version, |simulator, host| {
                let certificate = host.succeed("file mscp ksc00");
                let order = format!(
                    "sign 1 0 0 0 - 0 {}",
                    hexadecimal(digest(&SHA384, MESSAGE).as_ref())
                );
                assert_eq!(presented(host, &format!("{present} 4321")), (WRONG_PIN, 4));
                host.succeed(&format!("{present} 1234"));
                let signature = signature_value(&host.succeed(&order));
                UnparsedPublicKey::new(&ECDSA_P384_SHA384_ASN1, public_key(&certificate))
                    .verify(MESSAGE, &signature)
                    .expect("the signature of the card");
                host.succeed(forget);
                assert_eq!(host.order(&order).0, SECURITY_VIOLATION);
                assert_eq!(simulator.attempts().len(), 2);
            });
        }
    });
}

#[test]
fn windows_is_told_what_the_card_is() {
    with_readers(1, || {
        // The words for a key of RSA and for one on the curve P-384.
        for (image, bits, (own, other)) in [
            ("v3", 2048_u32, ("2", "4")),
            ("v4", 384, ("4", "2")),
            ("organisation", 384, ("4", "1")),
        ] {
            on_card(image, 7, |simulator, host| {
                let numbers = |bytes: Vec<u8>| -> Vec<u32> {
                    let parts = bytes.chunks(4).map(|part| part.try_into().expect("four"));
                    parts.map(u32::from_le_bytes).collect()
                };
                for (property, expected) in [
                    ("0 Capabilities", vec![1, 1, 0]),
                    ("0 Free Space", vec![1, 0, 0, 1]),
                    (&format!("{own} Key Sizes"), vec![1, bits, bits, bits, 0]),
                    // Three: nothing is cached.
                    ("0 Cache Mode", vec![3]),
                    ("0 Read Only Mode", vec![1]),
                    ("0 Supports Windows x.509 Enrollment", vec![0]),
                    ("0 PIN List", vec![0b1010]),
                    // Letters and digits; for log-ins, or for unblocking alone; who may change it, and
                    // who unblock it; two: nobody keeps it.
                    ("1 PIN Information", vec![6, 0, 0, 0b10, 0b1000, 6, 2, 0, 0]),
                    ("3 PIN Information", vec![6, 0, 6, 0, 0, 6, 2, 0, 0]),
                    ("1 PIN Strength Verify", vec![1]),
                    ("1 PIN Strength Change", vec![1]),
                    ("3 PIN Strength Unblock", vec![1]),
                ] {
                    let found = host.succeed(&format!("property {property}"));
                    assert_eq!(numbers(found), expected, "{image}: {property}");
                }
                let (refusal, _) = host.order(&format!("property {other} Key Sizes"));
                assert_eq!(refusal, UNSUPPORTED_FEATURE, "{image}");
                let identifier = host.succeed("property 0 Card Identifier");
                assert_eq!(host.succeed("file . cardid"), identifier);
                assert_eq!(identifier.len(), 16);
                assert!(!host.succeed("property 0 Card Serial Number").is_empty());
                assert_eq!(host.succeed("names ."), b"cardid\0cardcf\0cardapps\0\0");
                let names = host.succeed("names mscp");
                for (directory, listed) in
                    [(".", &b"cardid\0cardcf\0cardapps"[..]), ("mscp", &names)]
                {
                    for name in listed
                        .split(|byte| *byte == 0)
                        .filter(|name| !name.is_empty())
                    {
                        let name = String::from_utf8_lossy(name);
                        let contents = host.succeed(&format!("file {directory} {name}"));
                        let size = u32::try_from(contents.len()).expect("a length");
                        let told = host.succeed(&format!("size {directory} {name}"));
                        assert_eq!(numbers(told), [1, size, 3], "{name}");
                    }
                }
                assert!(simulator.attempts().is_empty());
            });
        }
    });
}
