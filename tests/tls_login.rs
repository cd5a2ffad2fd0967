//! Do programs that none of us wrote log in with a card? Each through the module, from a real PC/SC
//! reader, at every version of TLS and with both kinds of key.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use siru_tests::clients::Client;
use siru_tests::login::{CARDS, Login};
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
