//! Does a person log in with a card in Firefox and in Chromium? Through the module, from real PC/SC
//! readers, the PIN typed into the browser's own prompt.

use siru_tests::browser::{Browser, Habits, Product, Registered, Reply, go_until_noticed};
use siru_tests::login::{CARDS, Login, V4, V4_RENEWED, Work};
use siru_tests::rig::with_readers;
use siru_tests::site::{Offer, Site};

fn log_in(product: Product) {
    for card in &CARDS {
        let login = Login::with(&[card.image]);
        let mut browser = product.start(&login, &[Reply::Pin("1234")]);
        for (signatures, offer) in (1..).zip(Offer::ALL) {
            let page = browser.go(&login.site.url(offer, "/"));
            page.says("verify=SUCCESS");
            page.says(card.subject);
            page.says(offer.agreed());
            login.expect_success(offer, card);
            let about = format!("{product:?} {offer:?} {}", card.image);
            login.expect_work(Work::NONE, 1, signatures, &about);
            login.expect_calls(1, &about);
            assert_eq!(browser.prompts(), 1, "{about}");
        }
    }
}

/// Without a card, an account is used by user name.
fn begin(browser: &mut dyn Browser, site: &Site) {
    let url = |path| site.url(Offer::Tls12, path);
    browser.go(&url("/")).says("verify=NONE");
    browser.go(&url("/card")).says("No certificate was sent");
    browser.go(&url("/query")).says("You are not logged in");
    log_in_by_name(browser, &url("/login"), "first");
    browser.go(&url("/logout"));
    assert_eq!(browser.prompts(), 0);
}

/// The card is linked, used, and cut off by a new password.
fn link_and_unlink(browser: &mut dyn Browser, site: &Site) {
    let url = |path| site.url(Offer::Both, path);
    browser.go(&url("/card")).says("This card is not linked");
    log_in_by_name(browser, &url("/login"), "first");
    browser.go(&url("/link"));
    browser.submit(&[]).says("The card is linked");
    browser.go(&url("/logout"));
    browser.go(&url("/query")).says("You are not logged in");

    let page = browser.go(&url("/card"));
    page.says("bjorn has no records here");
    assert!(page.url.ends_with("/query"), "{page:?}");
    browser.go(&url("/password"));
    let page = browser.submit(&[("password", "second")]);
    page.says("The password is changed");
    browser.go(&url("/logout"));
    browser.go(&url("/card")).says("This card is not linked");
}

/// A renewed card is another certificate of the same person, and must be linked, too.
fn renew(browser: &mut dyn Browser, login: &Login) {
    let url = |path| login.site.url(Offer::Tls13, path);
    browser.go(&url("/card")).says("This card is not linked");
    login.expect_success(Offer::Tls13, &V4_RENEWED);
    log_in_by_name(browser, &url("/login"), "second");
    browser.go(&url("/link"));
    browser.submit(&[]).says("The card is linked");
    browser.go(&url("/logout"));
    browser.go(&url("/card")).says("bjorn has no records here");
}

fn log_in_by_name(browser: &mut dyn Browser, url: &str, password: &str) {
    browser.go(url);
    let fields = [("name", "bjorn"), ("password", password)];
    browser.submit(&fields).says("bjorn has no records here");
}

/// Each card is at a port of its own: Chromium remembers for each what it sent there.
fn use_the_service(product: Product) {
    let mut login = Login::with(&[V4.image]);
    login.simulator.take_out(0);
    login.site.enrol("bjorn", "first");
    let mut browser = product.start(&login, &[Reply::Pin("1234")]);
    begin(&mut *browser, &login.site);

    login.simulator.put_in("reinsert", 0);
    go_until_noticed(&mut *browser, &login.site, Offer::Both);
    link_and_unlink(&mut *browser, &login.site);
    assert_eq!(browser.prompts(), 1);

    login.simulator.take_out(0);
    let insert = format!("insert {}", V4_RENEWED.image);
    login.simulator.put_in(&insert, 0);
    browser.reply_with(&[Reply::Pin("1234")]);
    go_until_noticed(&mut *browser, &login.site, Offer::Tls13);
    renew(&mut *browser, &login);
    assert_eq!(browser.prompts(), 2);
    login.expect_pins(2);
}

#[test]
fn firefox_logs_in() {
    with_readers(1, || log_in(Product::Firefox));
}

#[test]
fn chromium_logs_in() {
    with_readers(1, || log_in(Product::Chromium));
}

/// Chromium has no list for everyone.
#[test]
fn firefox_logs_in_with_what_an_administrator_registered() {
    with_readers(1, || {
        let login = Login::with(&[V4.image]);
        let right = [Reply::Pin("1234")];
        let everyone = Habits {
            registered: Registered::ForEveryone,
            ..Habits::default()
        };
        let mut browser = Product::Firefox.start_as(everyone, &login, &right);
        let page = browser.go(&login.site.url(Offer::Tls13, "/"));
        page.says("verify=SUCCESS");
        page.says(V4.subject);
        login.expect_work(Work::NONE, 1, 1, "by policy");
    });
}

#[test]
fn the_service_is_used_with_firefox() {
    with_readers(1, || use_the_service(Product::Firefox));
}

#[test]
fn the_service_is_used_with_chromium() {
    with_readers(1, || use_the_service(Product::Chromium));
}
