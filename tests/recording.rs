//! Does the middleware still say to the virtual cards what the scripts have? Every script with a
//! scenario, recorded anew, is the file to the last byte.

use siru_tests::recording::{outdated, record};
use siru_tests::scenarios;

#[test]
fn every_script_is_recorded_again_as_it_is() {
    let mut other = Vec::new();
    for (folder, scenario) in scenarios::all() {
        let recording = record(folder, scenario);
        other.extend(outdated(folder, scenario, &recording));
    }
    assert!(
        other.is_empty(),
        "recorded differently: {other:#?}\n\
         see \"Recording the virtual cards again\" in apdu-scripts/README.md"
    );
}
