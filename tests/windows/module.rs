//! Does a Windows program log in and sign with `siru_pkcs11.dll`, and does the certificate agree?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it breaks"
)]

use ring::signature::{ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use sha2::{Digest, Sha256, Sha384};
use siru_tests::rig::{Simulator, wait_for_card, with_readers};
use siru_windows_tests::certificate::{hexadecimal, public_key};
use siru_windows_tests::host::Host;
use siru_windows_tests::wine::Wine;

const MESSAGE: &[u8] = b"what a server asks a browser to sign";
const CKR_PIN_INCORRECT: u32 = 0xA0;
/// The host found no such object.
const NOTHING_FOUND: u32 = 0x8000_0001;

/// The log-in of a browser: certificate, wrong PIN, right PIN, signature; its certificate's key.
fn sign(image: &str, order: &str) -> (Vec<u8>, Vec<u8>) {
    let mut simulator = Simulator::with(&[image]);
    wait_for_card(0, true);
    let wine = Wine::start();
    let mut host = Host::start(&wine);
    assert_eq!(host.succeed("slots"), [1]);
    host.succeed("open");
    let key = public_key(&host.succeed("certificate"));
    assert_eq!(host.order(order).0, NOTHING_FOUND, "a key without a log-in");
    assert!(simulator.attempts().is_empty());
    assert_eq!(host.order("login 9999").0, CKR_PIN_INCORRECT);
    assert_eq!(simulator.attempts().len(), 1);
    assert_eq!(simulator.tries(0)[0], 4);
    host.succeed("login 1234");
    let signature = host.succeed(order);
    assert_eq!(simulator.attempts().len(), 2);
    host.succeed("close");
    host.finish();
    let verified = &simulator.counters(0)["verified"];
    assert!(!verified.to_string().contains("true"), "{verified}");
    simulator.take_out(0);
    (key, signature)
}

#[test]
fn a_key_on_a_curve_signs_and_the_certificate_verifies() {
    with_readers(1, || {
        let order = format!("sign 1041 {}", hexadecimal(&Sha384::digest(MESSAGE)));
        let (key, signature) = sign("v4", &order);
        UnparsedPublicKey::new(&ECDSA_P384_SHA384_FIXED, key)
            .verify(MESSAGE, &signature)
            .expect("the signature of the card");
    });
}

#[test]
fn an_rsa_key_signs_and_the_certificate_verifies() {
    with_readers(1, || {
        // DigestInfo of SHA-256 (RFC 8017, section 9.2).
        let info = "3031300d060960864801650304020105000420";
        let order = format!("sign 1 {info}{}", hexadecimal(&Sha256::digest(MESSAGE)));
        let (key, signature) = sign("v3", &order);
        UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key)
            .verify(MESSAGE, &signature)
            .expect("the signature of the card");
    });
}

#[test]
fn a_wait_ends_when_a_card_comes_and_when_it_goes() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        let mut host = Host::start(&wine);
        assert_eq!(host.succeed("slots"), [1]);
        host.succeed("open");
        host.succeed("login 1234");
        host.begin("wait");
        simulator.take_out(0);
        assert_eq!(host.answer().0, 0, "C_WaitForSlotEvent");
        assert_eq!(host.succeed("slots"), [0]);
        host.begin("wait");
        simulator.put_in("insert v4", 0);
        assert_eq!(host.answer().0, 0, "C_WaitForSlotEvent");
        host.succeed("open");
        let digest = "ab".repeat(48);
        // The key of a person who is not logged in is not there.
        let refused = host.order(&format!("sign 1041 {digest}")).0;
        assert_eq!(refused, NOTHING_FOUND, "{refused:#x}");
        assert_eq!(simulator.attempts().len(), 1);
        host.finish();
    });
}
