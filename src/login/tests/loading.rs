//! Modules that are none. Real ones are loaded by the tests of the whole product.

use std::path::Path;

use siru_card::Pin;

use super::{anchors, today};
use crate::attempt::{Plan, attempt, look};
use crate::verdict::BrokenLink;

#[test]
fn a_missing_module_and_a_file_that_is_none_are_told_apart() {
    let anchors = anchors();
    let cases = [
        (Path::new("/nowhere/module.so"), BrokenLink::NoModule),
        (Path::new("/"), BrokenLink::NoModule),
        (Path::new("lib.rs"), BrokenLink::ModuleUnusable),
    ];
    for (module, expected) in cases {
        let plan = Plan {
            module,
            seen: None,
            anchors: &anchors,
            now: today(),
        };
        assert_eq!(look(&plan).unwrap_err().link(), Some(&expected));
        let pin = Pin::from_digits(b"1234").unwrap();
        assert_eq!(attempt(&plan, pin).link(), Some(&expected));
    }
}
