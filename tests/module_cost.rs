//! How many exchanges with the card does a log-in through the module take, beside OpenSC's module
//! on the same virtual card in the same run?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks, and prints what it measured"
)]

use std::env;
use std::path::Path;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use siru_tests::rig::{Simulator, program, run, support, wait_until, with_readers};

/// OpenSC's module, as Debian installs it.
const OPENSC: &str = "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so";

/// What a log-in costs, in exchanges with the card.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    initialize: u64,
    leaf: u64,
    all: u64,
    first: Option<u64>,
    further: Option<u64>,
}

/// Counts what reached the card in the first reader.
struct Meter<'a> {
    simulator: &'a mut Simulator,
    last: u64,
}

impl<'a> Meter<'a> {
    fn new(simulator: &'a mut Simulator) -> Self {
        let mut meter = Self { simulator, last: 0 };
        meter.since();
        meter
    }

    /// Exchanges since the last call.
    fn since(&mut self) -> u64 {
        let counters = self.simulator.counters(0);
        let now = counters["totals"]["exchanges"].as_u64().expect("a number");
        let taken = now - self.last;
        self.last = now;
        taken
    }
}

fn load(module: &Path) -> Pkcs11 {
    Pkcs11::new(module).expect("a module")
}

fn initialize(module: &Pkcs11) {
    let arguments = CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK);
    module.initialize(arguments).expect("initialised");
}

fn session(module: &Pkcs11) -> Session {
    let mut slots = Vec::new();
    wait_until("the service to see the card", || {
        slots = module.get_slots_with_token().expect("slots");
        !slots.is_empty()
    });
    let slot = *slots.first().expect("a card");
    module.get_token_info(slot).expect("a token");
    module.open_ro_session(slot).expect("a session")
}

/// Finds certificates and fetches them whole; how many there are.
fn certificates(session: &Session, mut template: Vec<Attribute>) -> usize {
    template.push(Attribute::Class(ObjectClass::CERTIFICATE));
    let found = session.find_objects(&template).expect("a search");
    for object in &found {
        let values = session.get_attributes(*object, &[AttributeType::Value]);
        assert!(!values.expect("a value").is_empty());
    }
    found.len()
}

/// A log-in with two signatures: what the first and the second take.
fn sign(meter: &mut Meter<'_>, session: &Session, mechanism: &Mechanism<'_>) -> [u64; 2] {
    meter.since();
    let data = match mechanism.mechanism_type() {
        MechanismType::RSA_PKCS => [SHA256_PREFIX, &[7; 32]].concat(),
        _ => vec![7; 32],
    };
    let pin = AuthPin::new("1234".into());
    session.login(UserType::User, Some(&pin)).expect("a log-in");
    let own = [
        Attribute::Class(ObjectClass::PRIVATE_KEY),
        Attribute::Id(vec![0x45]),
    ];
    let key = *session
        .find_objects(&own)
        .expect("a search")
        .first()
        .expect("a key");
    session.sign(mechanism, key, &data).expect("a signature");
    let first = meter.since();
    session.sign(mechanism, key, &data).expect("a signature");
    let further = meter.since();
    session.logout().expect("a log-out");
    meter.since();
    [first, further]
}

fn measure(meter: &mut Meter<'_>, module: &Path, mechanism: Option<&Mechanism<'_>>) -> Cost {
    meter.since();
    let client = load(module);
    initialize(&client);
    let mut cost = Cost {
        initialize: meter.since(),
        ..Cost::default()
    };
    let leaf = session(&client);
    assert_eq!(certificates(&leaf, vec![Attribute::Id(vec![0x45])]), 1);
    cost.leaf = cost.initialize + meter.since();
    drop(leaf);
    client.finalize().expect("finalised");
    meter.since();

    let client = load(module);
    initialize(&client);
    let all = session(&client);
    assert!(certificates(&all, Vec::new()) >= 3);
    cost.all = meter.since();
    if let Some(mechanism) = mechanism {
        let [first, further] = sign(meter, &all, mechanism);
        cost.first = Some(first);
        cost.further = Some(further);
    }
    drop(all);
    client.finalize().expect("finalised");
    cost
}

fn pss() -> Mechanism<'static> {
    Mechanism::RsaPkcsPss(PkcsPssParams {
        hash_alg: MechanismType::SHA256,
        mgf: PkcsMgfType::MGF1_SHA256,
        s_len: 32_u64.into(),
    })
}

/// One run for one kind of card; each in a process of its own, where OpenSC's settings hold.
fn compare(image: &str, options: &[&str], settings: &str, own: &[(&str, Mechanism<'_>)]) {
    let mut simulator = Simulator::with_options(&[image], options);
    let mut meter = Meter::new(&mut simulator);
    let siru = program("libsiru_pkcs11.so");
    let (name, mechanism) = own.first().expect("a mechanism");
    let ours = measure(&mut meter, &siru, Some(mechanism));
    let others: Vec<_> = own
        .iter()
        .skip(1)
        .map(|(name, mechanism)| (name, measure(&mut meter, &siru, Some(mechanism))))
        .collect();
    let theirs = opensc(&mut meter, settings, !options.is_empty());
    let share = |ours: u64, theirs: u64| {
        let hundredths = ours * 100 / theirs.max(1);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let both = |ours: u64, theirs: u64| format!("{ours} | {theirs} | {}", share(ours, theirs));
    let or_none = |ours: Option<u64>, theirs: Option<u64>| match (ours, theirs) {
        (Some(ours), Some(theirs)) => both(ours, theirs),
        (Some(ours), None) => format!("{ours} | cannot sign | "),
        _ => panic!("{image}: no signature"),
    };
    println!(
        "cost: | {image} | C_Initialize | {} | {} | |",
        ours.initialize, theirs.initialize
    );
    println!(
        "cost: | | first search, the certificate for log-in | {} |",
        both(ours.leaf, theirs.leaf)
    );
    println!(
        "cost: | | first search, all certificates | {} |",
        both(ours.all, theirs.all)
    );
    println!(
        "cost: | | log-in and first signature ({name}) | {} |",
        or_none(ours.first, theirs.first)
    );
    println!(
        "cost: | | each further signature | {} |",
        or_none(ours.further, theirs.further)
    );
    for (name, cost) in others {
        println!(
            "cost: | | log-in and first signature ({name}), further | {}, {} | | |",
            cost.first.expect("signed"),
            cost.further.expect("signed")
        );
    }
    assert_eq!(ours.initialize, 0, "{image}");
    assert!(
        ours.all * 100 <= theirs.all * 70,
        "{image}: {ours:?} {theirs:?}"
    );
    assert!(
        ours.leaf * 100 <= theirs.leaf * 50,
        "{image}: {ours:?} {theirs:?}"
    );
    assert!(ours.first <= Some(4), "{image}: {ours:?}");
    assert!(ours.further <= Some(3), "{image}: {ours:?}");
}

/// The same with OpenSC's module, which reads its settings from the environment: in a process of
/// its own, this test once more.
fn opensc(meter: &mut Meter<'_>, settings: &str, signs: bool) -> Cost {
    let mut cost = Cost::default();
    let step = |meter: &mut Meter<'_>, step: &str| {
        meter.since();
        let mut command = std::process::Command::new(env::current_exe().expect("this program"));
        command
            .args(["opensc_takes_a_step", "--exact", "--nocapture"])
            .env("OPENSC_CONF", support(settings))
            .env("SIRU_STEP", step);
        let output = run(&mut command, "");
        assert!(output.status.success(), "{step}: {output:?}");
        meter.since()
    };
    cost.initialize = step(meter, "initialize");
    cost.leaf = step(meter, "leaf");
    cost.all = step(meter, "all");
    if signs {
        let logged_in = step(meter, "log-in");
        let once = step(meter, "sign 1");
        let twice = step(meter, "sign 2");
        assert!(logged_in < once);
        cost.first = Some(once - cost.all);
        cost.further = Some(twice - once);
    }
    cost
}

/// What OpenSC's module is asked to do when this program runs for it. Otherwise there is nothing
/// to do.
#[test]
fn opensc_takes_a_step() {
    let Ok(step) = env::var("SIRU_STEP") else {
        return;
    };
    let client = load(Path::new(OPENSC));
    initialize(&client);
    if step == "initialize" {
        return;
    }
    let session = session(&client);
    if step == "leaf" {
        assert_eq!(certificates(&session, vec![Attribute::Id(vec![0x45])]), 1);
        return;
    }
    assert!(certificates(&session, Vec::new()) >= 3);
    let signatures = match step.as_str() {
        "sign 1" => 1,
        "sign 2" => 2,
        "log-in" => 0,
        _ => return,
    };
    let pin = AuthPin::new("1234".into());
    session.login(UserType::User, Some(&pin)).expect("a log-in");
    let own = [
        Attribute::Class(ObjectClass::PRIVATE_KEY),
        Attribute::Id(vec![0x45]),
    ];
    let keys = session.find_objects(&own).expect("a search");
    for _ in 0..signatures {
        let data = [SHA256_PREFIX, &[7; 32]].concat();
        let key = *keys.first().expect("a key");
        let signature = session.sign(&Mechanism::RsaPkcs, key, &data);
        assert_eq!(signature.expect("a signature").len(), 256);
    }
    // Without a log-out and a goodbye, as browsers leave.
    std::process::exit(0);
}

#[test]
fn the_rsa_card_takes_less_than_with_opensc() {
    let own = [("PSS", pss()), ("PKCS #1 v1.5", Mechanism::RsaPkcs)];
    with_readers(1, || {
        compare("v3", &["--also-setcos"], "opensc-setcos.conf", &own)
    });
}

#[test]
fn the_p_384_card_takes_less_than_with_opensc() {
    let own = [("ECDSA", Mechanism::Ecdsa)];
    with_readers(1, || compare("v4", &[], "opensc.conf", &own));
}

/// What stands before a SHA-256 digest in a DigestInfo (RFC 8017 §9.2, note 1).
const SHA256_PREFIX: &[u8] =
    b"\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
