//! What does the PKCS #11 module do when the card goes away, is another one, is reset by others, or
//! the service ends: does the log-in end cleanly, and does it all work again without a new start?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use cryptoki::context::Pkcs11;
use cryptoki::error::RvError;
use cryptoki::object::{Attribute, ObjectClass};
use cryptoki::session::Session;
use rustix::process::{Pid, Signal, kill_process};
use siru_tests::application::{exchanges, first_slot, log_in, module, open, refusal, sign};
use siru_tests::rig::{Simulator, port, program, run, wait_for_card, wait_until, with_readers};

fn card(image: &str) -> Simulator {
    let simulator = Simulator::with(&[image]);
    wait_for_card(0, true);
    simulator
}

/// Whether the module sees a card in the first reader.
fn sees_card(module: &Pkcs11) -> bool {
    let slot = module.get_slot_info(first_slot(module));
    slot.expect("C_GetSlotInfo").token_present()
}

/// A session that has signed.
fn at_work(module: &Pkcs11) -> Session {
    let session = open(module);
    log_in(&session, "1234").expect("a log-in");
    sign(&session).expect("a signature");
    session
}

/// Whatever is asked of a session that lost its card, it is gone. Only to a PIN something else is
/// said: browsers present it once more in a new session when theirs is invalid.
fn is_gone(session: &Session) {
    let refused = refusal(log_in(session, "1234"));
    assert!(matches!(refused, RvError::DeviceRemoved), "{refused}");
    for refused in [
        refusal(session.get_session_info()),
        refusal(session.find_objects(&[])),
        refusal(session.logout()),
    ] {
        assert!(
            matches!(refused, RvError::SessionHandleInvalid),
            "{refused}"
        );
    }
}

#[test]
fn a_card_that_was_out_has_to_be_logged_in_to_again() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        let slot = first_slot(&module);
        for round in 1..=3 {
            let session = at_work(&module);
            simulator.take_out(0);
            assert!(!sees_card(&module));
            let refused = refusal(module.get_token_info(slot));
            assert!(matches!(refused, RvError::TokenNotPresent), "{refused}");
            is_gone(&session);
            simulator.put_in("reinsert", 0);
            assert!(sees_card(&module));
            is_gone(&session);
            let fresh = open(&module);
            assert!(fresh.find_objects(&[]).is_ok_and(|found| found.len() >= 2));
            assert_eq!(simulator.attempts().len(), round);
        }
        at_work(&module);
        assert_eq!(simulator.tries(0), [5; 3]);
    });
}

#[test]
fn a_card_pulled_before_the_module_looks_again_ends_the_log_in() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        for fault in ["drop-before@2A", "drop-after@2A", "drop-before@#1"] {
            let session = at_work(&module);
            simulator.tell(&format!("fault {} {fault}", port(0)));
            let refused = refusal(sign(&session));
            assert!(
                matches!(refused, RvError::DeviceRemoved),
                "{fault}: {refused}"
            );
            is_gone(&session);
            // The module learnt it from the card; the service takes a moment longer.
            wait_until("the reader to be empty", || !sees_card(&module));
            simulator.put_in("reinsert", 0);
        }
        at_work(&module);
        assert_eq!(simulator.tries(0), [5; 3]);
    });
}

#[test]
fn a_swapped_card_gets_no_pin_of_the_one_before() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        let slot = first_slot(&module);
        let session = at_work(&module);
        let serial = simulator.counters(0)["serial"].clone();
        simulator.take_out(0);
        simulator.put_in("insert organisation", 0);
        is_gone(&session);
        let token = module.get_token_info(slot).expect("a token");
        assert!(!token.model().contains("v4"), "{}", token.model());
        let fresh = open(&module);
        let objects = fresh.find_objects(&[]).expect("a search");
        assert!(objects.len() >= 2);
        let keys = fresh.find_objects(&[Attribute::Class(ObjectClass::PRIVATE_KEY)]);
        assert!(keys.expect("a search").is_empty(), "nobody is logged in");
        for attempt in simulator.attempts() {
            assert_eq!(attempt["card"], serial, "{attempt}");
        }
        log_in(&fresh, "1234").expect("a log-in");
        sign(&fresh).expect("a signature");
    });
}

#[test]
fn a_reset_by_another_program_ends_the_log_in_and_no_more() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        let session = at_work(&module);
        for round in 1..=3 {
            reset();
            let refused = refusal(sign(&session));
            assert!(matches!(refused, RvError::UserNotLoggedIn), "{refused}");
            assert_eq!(simulator.attempts().len(), round);
            log_in(&session, "1234").expect("a log-in in the same session");
            sign(&session).expect("a signature");
        }
        assert_eq!(simulator.tries(0), [5; 3]);
    });
}

/// What a program does that leaves the card as it found it, in its own opinion.
fn reset() {
    let context = pcsc::Context::establish(pcsc::Scope::User).expect("a context");
    let reader = context.list_readers_owned().expect("readers").remove(0);
    let card = context
        .connect(&reader, pcsc::ShareMode::Shared, pcsc::Protocols::ANY)
        .expect("a connection");
    card.disconnect(pcsc::Disposition::ResetCard)
        .map_err(|(_, error)| error)
        .expect("a reset");
}

#[test]
fn a_service_that_ends_and_comes_back_is_found_again() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        let session = at_work(&module);
        end_service();
        assert!(!sees_card(&module));
        is_gone(&session);
        let refused = refusal(module.open_ro_session(first_slot(&module)));
        assert!(matches!(refused, RvError::TokenNotPresent), "{refused}");
        let mut service = Service::start();
        wait_until("the card to be seen again", || sees_card(&module));
        at_work(&module);
        assert_eq!(simulator.tries(0), [5; 3]);
        service.end();
    });
}

const SOCKET: &str = "/run/pcscd/pcscd.comm";

fn end_service() {
    let pid = env::var("PCSCD_PID").expect("the daemon").parse();
    let pid = Pid::from_raw(pid.expect("a number")).expect("a pid");
    kill_process(pid, Signal::TERM).expect("a process");
    wait_until("the service's end", || !Path::new(SOCKET).exists());
}

/// A service in the place of the one that was ended.
struct Service(Child);

impl Service {
    fn start() -> Self {
        // The one before may have left it; the new one would think that it still runs.
        let _none = fs::remove_file("/run/pcscd/pcscd.pid");
        let child = Command::new("pcscd")
            .args(["--foreground", "-c"])
            .arg(env::var_os("PCSCD_CONF").expect("its configuration"))
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pcscd starts");
        Self(child)
    }

    fn end(&mut self) {
        let _gone = self.0.kill();
        let _status = self.0.wait();
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.end();
    }
}

#[test]
fn a_card_that_is_not_ours_is_left_alone() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        let slot = first_slot(&module);
        for image in ["foreign", "lookalike", "setcos"] {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            let before = exchanges(&mut simulator);
            let mut open = 0;
            for _ in 0..1_000 {
                assert!(sees_card(&module), "{image}");
                match module.get_token_info(slot) {
                    Ok(_) => open += 1,
                    Err(error) => {
                        let refused = refusal::<()>(Err(error));
                        assert!(matches!(refused, RvError::TokenNotRecognized), "{refused}");
                    }
                }
                if let Ok(session) = module.open_ro_session(slot) {
                    let refused = refusal(session.find_objects(&[]));
                    assert!(matches!(refused, RvError::TokenNotRecognized), "{refused}");
                }
            }
            let asked = exchanges(&mut simulator) - before;
            assert!(asked <= 1, "{image}: {asked} exchanges");
            assert!(open <= 1, "{image}: recognised {open} times");
        }
        simulator.take_out(0);
        simulator.put_in("insert v4", 0);
        at_work(&module);
    });
}

/// NSS, which is in both browsers, asks for the PIN of one card; the person swaps the cards, and then
/// types.
#[test]
fn a_pin_typed_for_one_card_is_not_presented_to_the_next() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let folder = env::temp_dir().join(format!("swapped-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let database = format!("sql:{}", folder.display());
        let tool = |program: &str, arguments: &[&str]| {
            let mut command = Command::new(program);
            command.args(arguments).args(["-d", &database]);
            command
        };
        let done = run(&mut tool("certutil", &["-N", "--empty-password"]), "");
        assert!(done.status.success(), "{done:?}");
        let module = program("libsiru_pkcs11.so");
        let module = module.to_str().expect("a path");
        let mut add = Command::new("modutil");
        add.args([
            "-force", "-dbdir", &database, "-add", "Siru", "-libfile", module,
        ]);
        let done = run(&mut add, "");
        assert!(done.status.success(), "{done:?}");
        let pipe = folder.join("pin");
        let done = run(Command::new("mkfifo").arg(&pipe), "");
        assert!(done.status.success(), "{done:?}");
        let log = folder.join("calls");
        let mut lister = tool("certutil", &["-K", "-h", "PIN1 - login"])
            .arg("-f")
            .arg(&pipe)
            .env("SIRU_PKCS11_LOG", &log)
            .spawn()
            .expect("certutil");
        // Opens when NSS asks for the PIN.
        let mut answer = fs::File::options()
            .write(true)
            .open(&pipe)
            .expect("a prompt");
        simulator.take_out(0);
        simulator.put_in("insert v3", 0);
        answer.write_all(b"1234\n").expect("typed");
        drop(answer);
        wait_until("certutil to end", || {
            lister.try_wait().expect("a child").is_some()
        });
        let calls = fs::read_to_string(&log).expect("a log of calls");
        assert!(calls.contains("C_Login"), "{calls}");
        assert!(
            simulator.attempts().is_empty(),
            "{:?}\n{calls}",
            simulator.attempts()
        );
        fs::remove_dir_all(&folder).expect("a folder");
    });
}
