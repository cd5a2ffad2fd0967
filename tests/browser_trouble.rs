//! What becomes of a log-in in a browser when the PIN is wrong, locked or not told, and when cards
//! come, go and are two?

use siru_tests::browser::{Product, Reply, go_until_noticed};
use siru_tests::login::{Login, V3, V4, Work};
use siru_tests::rig::with_readers;
use siru_tests::site::Offer;

const RIGHT: Reply = Reply::Pin("1234");
const WRONG: Reply = Reply::Pin("7391");

/// The person is asked again, and each answer is one try.
fn wrong_then_right(product: Product) {
    let mut login = Login::with(&[V4.image]);
    let mut browser = product.start(&login, &[WRONG, WRONG, RIGHT]);
    browser
        .go(&login.site.url(Offer::Tls13, "/"))
        .says("verify=SUCCESS");
    assert_eq!(browser.prompts(), 3, "{product:?}");
    login.expect_work(Work::NONE, 3, 1, "two wrong PINs and the right one");
    login.expect_calls(1, "two wrong PINs and the right one");
    assert_eq!(login.simulator.tries(0), [5, 5, 5]);
}

/// One try is gone, and the site says that it saw no certificate.
fn wrong_then_cancelled(product: Product) {
    let mut login = Login::with(&[V3.image]);
    let mut browser = product.start(&login, &[WRONG, Reply::Cancel]);
    browser
        .go(&login.site.url(Offer::Tls12, "/card"))
        .says("No certificate was sent");
    assert_eq!(browser.prompts(), 1 + product.vain_prompts(), "{product:?}");
    login.expect_work(Work::NONE, 1, 0, "a wrong PIN, then none");
    login.expect_calls(0, "a wrong PIN, then none");
    assert_eq!(login.simulator.tries(0), [4, 5, 5]);
}

/// Nothing reaches the card, and the next page asks anew. The next is at another port: Chromium
/// remembers for each that there was no certificate.
fn cancelled(product: Product) {
    let mut login = Login::with(&[V4.image]);
    let mut browser = product.start(&login, &[]);
    browser
        .go(&login.site.url(Offer::Tls13, "/"))
        .says("verify=NONE");
    let cancelled = browser.prompts();
    assert_eq!(cancelled, product.vain_prompts(), "{product:?}");
    login.expect_work(Work::NONE, 0, 0, "a cancelled prompt");
    assert_eq!(login.simulator.tries(0), [5, 5, 5]);
    browser.reply_with(&[RIGHT]);
    browser
        .go(&login.site.url(Offer::Tls12, "/"))
        .says("verify=SUCCESS");
    assert_eq!(browser.prompts(), cancelled + 1, "{product:?}");
    login.expect_work(Work::NONE, 1, 1, "the page after");
}

/// The right PIN does not help, and is not sent to a card that would refuse it.
fn locked(product: Product) {
    for image in ["v3-locked", "v4-locked"] {
        let mut login = Login::with(&[image]);
        let mut browser = product.start(&login, &[RIGHT, RIGHT]);
        browser
            .go(&login.site.url(Offer::Both, "/"))
            .says("verify=NONE");
        assert_eq!(browser.prompts(), product.vain_prompts(), "{product:?}");
        login.expect_work(Work::NONE, 0, 0, image);
        login.expect_calls(0, image);
        assert_eq!(login.simulator.tries(0), [0, 5, 5]);
    }
}

/// PKCS #11 cannot ask the person whether they accept that the PIN may lock: with one try left,
/// nothing is sent, right or wrong.
fn last_try(product: Product) {
    let mut login = Login::with(&["v4-last-try"]);
    let mut browser = product.start(&login, &[WRONG, RIGHT]);
    browser
        .go(&login.site.url(Offer::Both, "/"))
        .says("verify=NONE");
    assert_eq!(browser.prompts(), product.vain_prompts(), "{product:?}");
    login.expect_work(Work::NONE, 0, 0, "the last try");
    login.expect_calls(0, "the last try");
    assert_eq!(login.simulator.tries(0), [1, 5, 5]);
}

/// A card that went took the log-in with it: back in the reader, it wants its PIN again. Each page is
/// at another port, as for [`cancelled`].
fn pulled_and_put_back(product: Product) {
    let mut login = Login::with(&[V4.image]);
    let mut browser = product.start(&login, &[RIGHT, RIGHT]);
    let [first, second] = [Offer::Tls12, Offer::Both].map(|offer| login.site.url(offer, "/"));
    browser.go(&first).says("verify=SUCCESS");
    login.simulator.take_out(0);
    browser.go(&second).says("verify=NONE");
    assert_eq!(browser.prompts(), 1, "{product:?}");
    login.simulator.put_in("reinsert", 0);
    go_until_noticed(&mut *browser, &login.site, Offer::Tls13);
    assert_eq!(browser.prompts(), 2, "{product:?}");
    login.expect_work(Work::NONE, 2, 2, "two insertions");
    login.expect_calls(2, "two insertions");
    assert_eq!(login.simulator.tries(0), [5, 5, 5]);
}

/// Browsers log in to every token there is before they choose a certificate: one prompt for each
/// card, and one card signs.
fn two_cards(product: Product) {
    let mut login = Login::with(&[V3.image, V4.image]);
    let mut browser = product.start(&login, &[RIGHT, RIGHT]);
    let page = browser.go(&login.site.url(Offer::Tls13, "/"));
    page.says("verify=SUCCESS");
    assert!(
        [V3, V4].iter().any(|card| page.text.contains(card.subject)),
        "{page:?}"
    );
    assert_eq!(browser.prompts(), 2, "{product:?}");
    login.expect_work(Work::NONE, 2, 1, "two cards");
    login.expect_calls(2, "two cards");
    assert_eq!(login.simulator.tries(0), [5, 5, 5]);
    assert_eq!(login.simulator.tries(1), [5, 5, 5]);
}

#[test]
fn a_wrong_pin_is_asked_for_again() {
    with_readers(1, || Product::ALL.into_iter().for_each(wrong_then_right));
}

#[test]
fn a_wrong_pin_costs_one_try() {
    with_readers(1, || {
        Product::ALL.into_iter().for_each(wrong_then_cancelled)
    });
}

#[test]
fn a_cancelled_prompt_costs_nothing() {
    with_readers(1, || Product::ALL.into_iter().for_each(cancelled));
}

#[test]
fn a_locked_pin_ends_the_log_in() {
    with_readers(1, || Product::ALL.into_iter().for_each(locked));
}

#[test]
fn the_last_try_is_left_alone() {
    with_readers(1, || Product::ALL.into_iter().for_each(last_try));
}

#[test]
fn a_card_is_pulled_between_pages_and_put_back() {
    with_readers(1, || Product::ALL.into_iter().for_each(pulled_and_put_back));
}

#[test]
fn two_cards_are_in_two_readers() {
    with_readers(1, || Product::ALL.into_iter().for_each(two_cards));
}
