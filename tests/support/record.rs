//! Records the scripts of `apdu-scripts` anew: the middleware against the virtual cards.
//!
//! Run it when the middleware sends something else on purpose, and read the difference.
#![expect(
    clippy::print_stdout,
    reason = "whoever runs it wants to know what was written"
)]

use std::error::Error;

use siru_tests::recording::{outdated, record};
use siru_tests::scenarios;
use siru_tests::scripts::file;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut recorded, mut changed) = (0, 0);
    for (folder, scenario) in scenarios::all() {
        let recording = record(folder, scenario);
        recorded += 1;
        if !outdated(folder, scenario, &recording).is_empty() {
            let written = recording.save(&file(folder.name, scenario.script))?;
            println!("{}", written.display());
            changed += 1;
        }
    }
    println!("{changed} of {recorded} scripts changed");
    Ok(())
}
