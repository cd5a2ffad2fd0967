//! What if Windows stops the smart card service, as it does when the last reader is unplugged?
#![allow(clippy::expect_used, reason = "a test stops where it breaks")]

use siru_tests::command_line::{listed, wait_for_cards};
use siru_tests::rig::{Simulator, wait_until, with_readers};
use siru_windows_tests::host::Host;
use siru_windows_tests::wine::Wine;

#[test]
fn the_command_says_that_there_is_no_reader_and_works_when_there_is_one_again() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let mut wine = Wine::start();
        wine.stop_service();
        let stopped = wine.pin_command("check", "1", &["1234"]);
        assert_eq!(stopped.code, 4, "{}{}", stopped.out, stopped.error);
        assert!(stopped.error.contains("reader"), "{}", stopped.error);
        assert!(!stopped.error.contains("SCardSvr"), "{}", stopped.error);
        assert!(simulator.attempts().is_empty());
        wine.start_service();
        assert_eq!(wine.listed(), listed());
    });
}

#[test]
fn a_browser_gets_its_card_back_without_a_new_start() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let mut wine = Wine::start();
        let mut host = Host::start(&wine);
        assert_eq!(host.succeed("slots"), [1]);
        host.succeed("open");
        host.succeed("login 1234");
        wine.stop_service();
        assert_ne!(
            host.order("sign 1041 aabb").0,
            0,
            "signed without a service"
        );
        assert_eq!(host.succeed("slots"), [0]);
        wine.start_service();
        wait_until("the card to be seen again", || {
            host.order("slots") == (0, vec![1])
        });
        host.succeed("open");
        assert_ne!(host.order("sign 1041 aabb").0, 0, "signed without a log-in");
        host.succeed("login 1234");
        let digest = "ab".repeat(48);
        assert_eq!(host.succeed(&format!("sign 1041 {digest}")).len(), 96);
        assert_eq!(simulator.attempts().len(), 2);
        host.finish();
    });
}
