//! Do programs that none of us wrote log in with a card? Each through the module, from a real PC/SC
//! reader, at every version of TLS and with both kinds of key.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use siru_tests::clients::{Client, SIGNATURE};
use siru_tests::login::{CARDS, Login, Work};
use siru_tests::namespace::write_to_etc;
use siru_tests::rig::with_readers;
use siru_tests::site::Offer;

fn log_in(client: Client) {
    for card in &CARDS {
        let mut login = Login::with(&[card.image]);
        for (logins, offer) in (1..).zip(Offer::ALL) {
            let before = login.work();
            let said = client.visit(&login, offer, "/");
            let about = format!("{client:?} {offer:?} {}", card.image);
            assert!(said.contains("verify=SUCCESS"), "{about}: {said}");
            assert!(said.contains(card.subject), "{about}: {said}");
            login.expect_success(offer, card);
            login.expect_work(before, 1, client.signatures(), &about);
            login.expect_calls(logins, &about);
        }
        assert_eq!(login.simulator.tries(0), [5, 5, 5]);
    }
}

/// What a browser does not send at all: it is refused, and the page says why.
#[test]
fn an_expired_card_is_told_so() {
    with_readers(1, || {
        let login = Login::with(&["v4-expired"]);
        for offer in Offer::ALL {
            let said = Client::Curl.visit(&login, offer, "/");
            let expired = "verify=FAILED certificate expired";
            assert!(said.contains(expired), "{offer:?}: {said}");
            let said = Client::Curl.visit(&login, offer, "/card");
            let page = "The certificate has expired";
            assert!(said.contains(page), "{offer:?}: {said}");
        }
    });
}

/// Where the module shows the signature identity, somebody will choose it. With gnutls-cli, as the
/// engine of OpenSSL asks at the terminal when a key wants its PIN each time.
#[test]
fn the_signature_certificate_is_refused() {
    with_readers(1, || {
        write_to_etc("siru/config.toml", "[pkcs11]\nsignature-slot = true\n");
        for card in &CARDS {
            let mut login = Login::with(&[card.image]);
            let said = Client::GnutlsCli.visit_as(SIGNATURE, &login, Offer::Both, "/card");
            let page = "This is the signature certificate";
            assert!(said.contains(page), "{}: {said}", card.image);
            // PIN2 once to log in, and once for the signature.
            login.expect_work(Work::NONE, 2, 1, card.image);
            assert_eq!(login.simulator.tries(0), [5, 5, 5]);
        }
    });
}

#[test]
fn curl_logs_in() {
    with_readers(1, || log_in(Client::Curl));
}

#[test]
fn gnutls_cli_logs_in() {
    with_readers(1, || log_in(Client::GnutlsCli));
}

#[test]
fn wget_logs_in() {
    with_readers(1, || log_in(Client::Wget));
}

#[test]
fn openssl_logs_in() {
    with_readers(1, || log_in(Client::Openssl));
}
