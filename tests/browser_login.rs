//! Does a person log in with a card in Firefox and in Chromium? Through the module, from real PC/SC
//! readers, the PIN typed into the browser's own prompt.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use siru_tests::browser::{Browser, Chromium, Firefox, Reply};
use siru_tests::login::{CARDS, FOLDER, Login, Work};
use siru_tests::rig::with_readers;
use siru_tests::site::Offer;

#[derive(Clone, Copy, Debug)]
enum Kind {
    Firefox,
    Chromium,
}

fn start(kind: Kind, login: &Login) -> Box<dyn Browser> {
    let (folder, authority) = (FOLDER.as_ref(), login.site.authority());
    match kind {
        Kind::Firefox => Box::new(Firefox::start(folder, authority, &login.module)),
        Kind::Chromium => Box::new(Chromium::start(folder, authority, &login.module)),
    }
}

fn every_card_at_every_version(kind: Kind) {
    for card in &CARDS {
        let login = Login::with(&[card.image]);
        let mut browser = start(kind, &login);
        browser.reply_with(&[Reply::Pin("1234")]);
        let before = login.work();
        for (signatures, offer) in (1..).zip(Offer::ALL) {
            let page = browser.go(&login.site.url(offer, "/"));
            page.says("verify=SUCCESS");
            page.says(card.subject);
            page.says(offer.agreed());
            login.expect_success(offer, card);
            let about = format!("{kind:?} {offer:?} {}", card.image);
            login.expect_work(
                before,
                Work {
                    pins: 1,
                    signatures,
                },
                &about,
            );
            assert_eq!(browser.prompts(), 1, "{about}");
        }
    }
}

#[test]
fn firefox_logs_in() {
    with_readers(1, || every_card_at_every_version(Kind::Firefox));
}

#[test]
fn chromium_logs_in() {
    with_readers(1, || every_card_at_every_version(Kind::Chromium));
}
