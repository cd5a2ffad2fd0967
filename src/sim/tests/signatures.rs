//! Signatures: the order of commands, what is refused, and that the certificate verifies them.

use der::{Decode, Encode};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs8::DecodePublicKey;
use sha2::{Digest, Sha256, Sha384, Sha512};
use siru_apdu::Protocol::{T0, T1};
use siru_apdu::hex;
use x509_cert::Certificate;

use super::{card, expect, personalised, send, send_over};
use crate::{Image, Personalisation, SimulatedCard, trust_anchors};

const VERIFY1: &str = "002000110C313233340000000000000000";
const VERIFY2: &str = "002000820C313233343536000000000000";

fn public_key(card: &SimulatedCard, path: &[u16]) -> Vec<u8> {
    let certificate = Certificate::from_der(card.file(path).unwrap()).unwrap();
    certificate
        .tbs_certificate()
        .subject_public_key_info()
        .to_der()
        .unwrap()
}

fn load(digest: &[u8]) -> String {
    let digest = hex::Hex(digest).to_string().replace(' ', "");
    let length = digest.len() / 2;
    format!("002A90A0{:02X}90{length:02X}{digest}", length + 2)
}

fn signature(answer: &str) -> Vec<u8> {
    hex::parse(answer.strip_suffix("9000").unwrap()).unwrap()
}

fn verify_p384(key: &[u8], digest: &[u8], signature: &[u8]) {
    let key = p384::ecdsa::VerifyingKey::from_public_key_der(key).unwrap();
    let signature = p384::ecdsa::Signature::from_slice(signature).unwrap();
    key.verify_prehash(digest, &signature).unwrap();
}

#[test]
fn a_v4_card_signs_with_both_keys() {
    let digest = Sha384::digest(b"tbs");
    let mut card = card("v4");
    expect(
        &mut card,
        T0,
        &[("002241B606800154840101", "9000"), (&load(&digest), "9000")],
    );
    expect(&mut card, T0, &[("002A9E9A60", "6982"), (VERIFY1, "9000")]);
    let answer = send(&mut card, "002A9E9A60");
    verify_p384(&public_key(&card, &[0x4331]), &digest, &signature(&answer));
    // SHA-256 on P-384, as some servers want it.
    let short = Sha256::digest(b"tbs");
    expect(
        &mut card,
        T0,
        &[("002241B606800144840101", "9000"), (&load(&short), "9000")],
    );
    let answer = send(&mut card, "002A9E9A60");
    let widened = [&[0; 16][..], &short].concat();
    verify_p384(&public_key(&card, &[0x4331]), &widened, &signature(&answer));

    expect(
        &mut card,
        T0,
        &[(VERIFY2, "9000"), ("002241B606800154840102", "9000")],
    );
    expect(&mut card, T0, &[(&load(&digest), "9000")]);
    let answer = send(&mut card, "002A9E9A60");
    verify_p384(
        &public_key(&card, &[0x5016, 0x4332]),
        &digest,
        &signature(&answer),
    );
    // One signature per PIN2; PIN1 stays good.
    expect(&mut card, T0, &[("00200082", "63C5"), ("00200011", "9000")]);
    expect(
        &mut card,
        T0,
        &[(&load(&digest), "9000"), ("002A9E9A60", "6982")],
    );
    assert_eq!(card.ledger().totals().signatures, 3);
}

#[test]
fn a_v3_card_signs_by_pkcs1_pss_and_on_the_curve() {
    let mut card = card("v3");
    let key = rsa::RsaPublicKey::from_public_key_der(&public_key(&card, &[0x4331])).unwrap();
    assert_eq!(send(&mut card, VERIFY1), "9000");
    let (short, middle, long) = (
        Sha256::digest(b"tbs"),
        Sha384::digest(b"tbs"),
        Sha512::digest(b"tbs"),
    );
    let mut sign = |algorithm: &str, digest: &[u8]| {
        let set = format!("002241B6068001{algorithm}840101");
        expect(&mut card, T0, &[(&set, "9000"), (&load(digest), "9000")]);
        signature(&send(&mut card, "002A9E9A00"))
    };
    use rsa::{Pkcs1v15Sign, Pss};
    key.verify(Pkcs1v15Sign::new::<Sha256>(), &short, &sign("42", &short))
        .unwrap();
    key.verify(Pkcs1v15Sign::new::<Sha384>(), &middle, &sign("52", &middle))
        .unwrap();
    key.verify(Pkcs1v15Sign::new::<Sha512>(), &long, &sign("62", &long))
        .unwrap();
    key.verify(Pss::<Sha256>::new(), &short, &sign("45", &short))
        .unwrap();
    key.verify(Pss::<Sha384>::new(), &middle, &sign("55", &middle))
        .unwrap();
    key.verify(Pss::<Sha512>::new(), &long, &sign("65", &long))
        .unwrap();

    expect(
        &mut card,
        T0,
        &[(VERIFY2, "9000"), ("002241B606800144840103", "9000")],
    );
    expect(&mut card, T0, &[(&load(&short), "9000")]);
    let answer = signature(&send(&mut card, "002A9E9A40"));
    let key = public_key(&card, &[0x5016, 0x4335]);
    let key = p256::ecdsa::VerifyingKey::from_public_key_der(&key).unwrap();
    key.verify_prehash(
        &short,
        &p256::ecdsa::Signature::from_slice(&answer).unwrap(),
    )
    .unwrap();
}

#[test]
fn an_organisation_card_takes_the_digest_with_the_command() {
    let digest = Sha384::digest(b"tbs");
    let inline = format!(
        "002A9E9A30{}00",
        hex::Hex(&digest).to_string().replace(' ', "")
    );
    let mut card = card("organisation");
    expect(
        &mut card,
        T1,
        &[
            ("002241B606800154840101", "9000"),
            (&load(&digest), "6A80"),
            ("002A9E9A60", "6985"),
            (&inline, "6982"),
            ("002000030431323334", "9000"),
        ],
    );
    let answer = send_over(&mut card, T1, &inline);
    verify_p384(&public_key(&card, &[0x4331]), &digest, &signature(&answer));
    // Over T=0 the same answer waits for GET RESPONSE.
    let without = inline.strip_suffix("00").unwrap();
    expect(&mut card, T0, &[(without, "6160")]);
    let answer = send(&mut card, "00C0000060");
    verify_p384(&public_key(&card, &[0x4331]), &digest, &signature(&answer));
    expect(
        &mut card,
        T1,
        &[
            (without, "6700"),
            ("002241B606800154840102", "6A88"),
            ("002241B606800154840182", "6A88"),
            ("00A4040C06452E5349474E", "9000"),
            ("002241B606800154840101", "6A88"),
            ("002241B606800154840182", "9000"),
            ("00200004063132333435 36".replace(' ', "").as_str(), "9000"),
        ],
    );
    let answer = send_over(&mut card, T1, &inline);
    verify_p384(
        &public_key(&card, &[0x5016, 0x4332]),
        &digest,
        &signature(&answer),
    );
    expect(&mut card, T1, &[(&inline, "6982")]);
}

#[test]
fn a_wrong_length_costs_the_loaded_hash() {
    let digest = load(&Sha384::digest(b"tbs"));
    let mut card = card("v4");
    expect(
        &mut card,
        T0,
        &[
            (VERIFY1, "9000"),
            ("002A9E9A60", "6985"),
            (&digest, "6985"),
            ("002241B606800154840101", "9000"),
            (&digest, "9000"),
            ("002A9E9A00", "6C60"),
            ("002A9E9A60", "6985"),
            (&digest, "9000"),
            ("002A9E9A", "6700"),
            (&digest, "9000"),
        ],
    );
    assert!(send(&mut card, "002A9E9A60").ends_with("9000"));
}

#[test]
fn what_the_card_cannot_do_is_refused() {
    let mut card = card("v4");
    let inline = format!("002A9E9A30{}", "11".repeat(48));
    expect(
        &mut card,
        T0,
        &[
            (VERIFY1, "9000"),
            ("002241B606800154840105", "6A88"),
            ("002241B606800142840101", "6A80"),
            ("002241B606800174840101", "6A80"),
            ("002241B606800154850101", "6A80"),
            ("002241B60480015484", "6700"),
            ("002241B806800154840101", "6A86"),
            ("002241B606800154840101", "9000"),
            (&inline, "6985"),
            (&load(&[0; 32]), "6A80"),
            ("002A90A0", "6A80"),
            ("102A9E9A60", "6884"),
            ("0C2A9E9A60", "6882"),
            ("FF2A9E9A60", "6882"),
            ("E02A9E9A60", "6E00"),
            ("0088000000", "6D00"),
        ],
    );
}

#[test]
fn pin1_can_be_good_for_one_signature_only() {
    let image = Image::parse("v4").unwrap();
    let mut card = personalised(Personalisation {
        authentication_user_consent: true,
        ..Personalisation::new(image)
    });
    let digest = load(&Sha384::digest(b"tbs"));
    expect(
        &mut card,
        T0,
        &[
            (VERIFY1, "9000"),
            ("002241B606800154840101", "9000"),
            (&digest, "9000"),
        ],
    );
    assert!(send(&mut card, "002A9E9A60").ends_with("9000"));
    expect(&mut card, T0, &[(&digest, "9000"), ("002A9E9A60", "6982")]);
}

#[test]
fn certificates_chain_to_the_test_roots() {
    let anchors = trust_anchors().unwrap();
    for (image, issuing) in [("v3", 0x4336), ("v4", 0x4336), ("organisation", 0x4333)] {
        let card = card(image);
        let root = card.file(&[0x4334]).unwrap();
        assert!(anchors.iter().any(|anchor| anchor == root), "{image}");
        let file = |path: &[u16]| Certificate::from_der(card.file(path).unwrap()).unwrap();
        let (root, issuing) = (file(&[0x4334]), file(&[issuing]));
        for (issuer, certificate) in [
            (&root, &root),
            (&root, &issuing),
            (&issuing, &file(&[0x4331])),
            (&issuing, &file(&[0x5016, 0x4332])),
        ] {
            assert_eq!(
                issuer.tbs_certificate().subject(),
                certificate.tbs_certificate().issuer()
            );
            let key = issuer
                .tbs_certificate()
                .subject_public_key_info()
                .to_der()
                .unwrap();
            let body = certificate.tbs_certificate().to_der().unwrap();
            let signature = certificate.signature().raw_bytes();
            if let Ok(key) = rsa::RsaPublicKey::from_public_key_der(&key) {
                let digest = Sha256::digest(&body);
                key.verify(rsa::Pkcs1v15Sign::new::<Sha256>(), &digest, signature)
                    .unwrap();
            } else {
                let key = p384::ecdsa::VerifyingKey::from_public_key_der(&key).unwrap();
                let signature = p384::ecdsa::Signature::from_der(signature).unwrap();
                key.verify_prehash(&Sha384::digest(&body), &signature)
                    .unwrap();
            }
        }
    }
}
