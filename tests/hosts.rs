//! Does the module stand up to a program written in C: to calls as they should be, to calls as bad
//! as can be made, to many threads, forks, waits, and being loaded and unloaded a thousand times?
//!
//! The host is in `hosts/`. It is built plainly, to be run under valgrind too, and with the
//! sanitizers, which see what the module does to the host's memory.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::time::Instant;

use siru_tests::rig::{Simulator, port, program, run, wait_for_card, with_readers};

/// How much a thousand rounds may leave behind: less than a page for every ten of them, so that
/// whatever one round keeps is seen, and what the allocator scatters is not.
const ROUNDS_MAY_KEEP: usize = 256 * 1024;

const IMAGES: [&str; 3] = ["v3", "v4", "organisation"];

/// Builds the host with these options. Each test builds its own: they run side by side.
fn host(options: &[&str]) -> PathBuf {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("hosts");
    let files = fs::read_dir(sources).expect("the sources of the host");
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "c"));
    let host = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("host-{}", process::id()));
    let mut compiler = Command::new("cc");
    compiler
        .args(["-std=c11", "-D_GNU_SOURCE", "-g", "-O1", "-pthread"])
        .args(["-Wall", "-Wextra", "-Werror"])
        .args(options)
        .args(files)
        .arg("-o")
        .arg(&host);
    let output = run(&mut compiler, "");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the host is not sound C: {said}");
    host
}

const SANITIZED: [&str; 2] = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];

/// Runs a sub-command to its good end; what it printed.
fn call(mut command: Command, arguments: &[&str]) -> String {
    let start = Instant::now();
    // Where nothing is freed, nothing is lost: the leaks are counted by valgrind.
    command
        .env("ASAN_OPTIONS", "detect_leaks=0")
        .args(arguments);
    let output = run(&mut command, "");
    let [out, error] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(
        output.status.success(),
        "{arguments:?}: {}\n{out}{error}",
        output.status
    );
    println!("{arguments:?}: {:.1?}", start.elapsed());
    out
}

fn plain(host: &Path) -> Command {
    let mut command = Command::new(host);
    command.arg(program("libsiru_pkcs11.so"));
    command
}

/// Any access beyond what is allocated, any use of what is not initialised, and any memory that
/// nobody can free any more, ends the host with an error.
fn under_valgrind(host: &Path) -> Command {
    let mut command = Command::new("valgrind");
    command
        .args(["--quiet", "--error-exitcode=9", "--leak-check=full"])
        .args([
            "--errors-for-leak-kinds=definite",
            "--show-leak-kinds=definite",
        ])
        .args(["--keep-debuginfo=yes", "--fair-sched=yes"])
        .arg(host)
        .arg(program("libsiru_pkcs11.so"));
    command
}

/// A card that the service sees.
fn card() -> Simulator {
    let simulator = Simulator::with(&["v4"]);
    wait_for_card(0, true);
    simulator
}

/// Every PIN entered was the right one, and the card has all its tries.
fn nothing_was_spent(simulator: &mut Simulator) {
    for attempt in simulator.attempts() {
        assert_eq!(attempt["status"], 0x9000, "{attempt}");
    }
    assert_eq!(simulator.tries(0), [5; 3]);
}

#[test]
fn every_function_answers_good_calls_and_bad_ones() {
    with_readers(1, || {
        let host = host(&SANITIZED);
        let mut simulator = card();
        for image in IMAGES {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            for command in ["good", "hostile", "initialize"] {
                call(plain(&host), &[command]);
            }
            nothing_was_spent(&mut simulator);
        }
    });
}

#[test]
fn no_call_touches_or_loses_memory() {
    with_readers(1, || {
        let host = host(&[]);
        let mut simulator = card();
        for arguments in [
            &["good"][..],
            &["hostile"],
            &["initialize"],
            &["threads", "40"],
        ] {
            call(under_valgrind(&host), arguments);
        }
        nothing_was_spent(&mut simulator);
    });
}

#[test]
fn sixteen_threads_and_one_that_finalises_get_along() {
    with_readers(1, || {
        let mut simulator = card();
        call(plain(&host(&SANITIZED)), &["threads", "200"]);
        call(plain(&host(&[])), &["threads", "1000"]);
        nothing_was_spent(&mut simulator);
    });
}

#[test]
fn a_fork_has_a_module_of_its_own_and_the_parent_keeps_the_old_one() {
    with_readers(1, || {
        let mut simulator = card();
        call(plain(&host(&[])), &["fork"]);
        nothing_was_spent(&mut simulator);
    });
}

#[test]
fn waiting_for_a_card_ends_with_the_card_and_with_the_module() {
    with_readers(1, || {
        let mut simulator = card();
        let mut waiting = plain(&host(&[]))
            .arg("wait")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the host starts");
        let said = BufReader::new(waiting.stdout.take().expect("a pipe"));
        for line in said.lines() {
            match line.expect("text").as_str() {
                "take out" => simulator.take_out(0),
                "put in" => simulator.put_in("reinsert", 0),
                descriptors => println!("descriptors before and after: {descriptors}"),
            }
        }
        assert!(waiting.wait().expect("an end").success());
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn a_card_that_wants_the_pin_for_each_signature_is_given_it_as_the_standard_has_it() {
    with_readers(1, || {
        let host = host(&[]);
        let mut simulator = Simulator::with_options(&["v4"], &["--pin1-once"]);
        wait_for_card(0, true);
        for image in IMAGES {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            call(plain(&host), &["once"]);
        }
        // One log-in and three signatures after it, each.
        assert_eq!(simulator.attempts().len(), 12);
        nothing_was_spent(&mut simulator);
    });
}

#[test]
fn a_log_in_that_is_overtaken_by_its_end_leaves_no_pin_behind() {
    with_readers(1, || {
        let mut simulator = card();
        simulator.tell(&format!("latency {} 1", port(0)));
        let mut closing = plain(&host(&[]))
            .arg("close")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the host starts");
        let mut go_on = closing.stdin.take().expect("a pipe");
        let said = BufReader::new(closing.stdout.take().expect("a pipe"));
        for line in said.lines() {
            assert_eq!(line.expect("text"), "finalized");
            assert_eq!(simulator.counters(0)["verified"]["pin1"], false);
            writeln!(go_on).expect("the host listens");
        }
        assert!(closing.wait().expect("an end").success());
        nothing_was_spent(&mut simulator);
    });
}

#[test]
fn a_thousand_rounds_leave_nothing_behind() {
    with_readers(1, || {
        let simulator = card();
        let said = call(plain(&host(&[])), &["rounds", "1000"]);
        println!("threads, descriptors and bytes, before and after:\n{said}");
        let numbers: Vec<usize> = said
            .split_whitespace()
            .map(|number| number.parse().expect("a number"))
            .collect();
        let (before, after) = numbers.split_at(3);
        assert_eq!(before[..2], after[..2], "threads and descriptors");
        assert!(after[2] < before[2] + ROUNDS_MAY_KEEP, "{said}");
        assert!(simulator.attempts().is_empty());
    });
}
