//! How many exchanges with the card does each job take? Over a slow reader each costs a person
//! 10 to 100 ms, so a job that takes more than before should not go unnoticed.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks, and prints what it measured"
)]

use siru_card::{Consent, Operation, PinRole, Purpose};
use siru_tests::bench::{Bench, request};

/// The most each job may take: opening with all counters, holder and kind, check, change, unlock.
const LIMITS: [(&str, [u64; 5]); 3] = [
    ("v3", [17, 12, 10, 8, 13]),
    ("v4", [17, 12, 10, 8, 13]),
    ("organisation", [13, 12, 8, 6, 12]),
];

#[test]
fn no_job_takes_more_exchanges_than_it_did() {
    for (image, limits) in LIMITS {
        let mut bench = Bench::new(image);
        let ledger = bench.ledger.clone();
        let mut last = 0;
        let mut since = || {
            let now = ledger.totals().exchanges;
            let taken = now - last;
            last = now;
            taken
        };
        let mut card = bench.open();
        let mut taken = vec![since()];
        card.certificate(Purpose::Authentication)
            .expect("readable")
            .expect("there");
        taken.push(since());
        let seen = card.identity().clone();
        for operation in [Operation::Check, Operation::Change] {
            let asked = request(operation, PinRole::Signature, false);
            card.perform(asked, &seen, Consent::Ordinary);
            taken.push(since());
        }
        let asked = request(Operation::Unlock, PinRole::Authentication, false);
        card.perform(asked, &seen, Consent::Ordinary);
        taken.push(since());
        println!(
            "exchanges: {image}: PIN list with all counters {}, holder and kind {}, check {}, \
             change {}, unlock {}",
            taken[0], taken[1], taken[2], taken[3], taken[4]
        );
        for (taken, limit) in taken.into_iter().zip(limits) {
            assert!(taken <= limit, "{image}: {taken} instead of {limit}");
        }
    }
}
