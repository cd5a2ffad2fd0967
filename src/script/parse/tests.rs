//! What the parser takes and refuses.

use super::Problem;
use crate::model::{Action, Event, Item, Outcome, Script, SourceKind};

const HEADER: &str =
    "format: 1\ncard: fineid-v4\natr: 3B 00\nprotocol: T=1\nsource: written from S1\n";

fn parse(steps: &str) -> Result<Script, super::ParseError> {
    Script::parse(&format!("{HEADER}{steps}"))
}

#[test]
fn a_script_says_what_it_says() {
    let text = "\
# PIN1 entered wrong once.
# Then right.

format:   1
card:     fineid-v4
atr:      3B 7F 96 00
protocol: T=1
source:   recorded 2026-01-01, test card
start:    PIN1 has 5 tries, PIN2 is not activated
spends:   PIN1 1

== GET DATA: how many tries has PIN1?   # not part of the title
> 00 CB 00 FF 05 A0 03 83 01 11 00
< A0 0E 83 01 11       # template

  DF 21 04 05 {counters=FF
  A5 03}               # in braces over two lines
  90 00

== VERIFY
! remove
> 00 20 00 11 0C {PIN1.wrong:12}
! end reset
";
    let script = Script::parse(text).expect("a script");
    assert_eq!(script.about, ["PIN1 entered wrong once.", "Then right."]);
    assert_eq!(script.header.source.kind, SourceKind::Recorded);
    assert_eq!(script.header.start.len(), 2);
    assert_eq!(script.spends("PIN1"), 1);
    assert_eq!(script.spends("PIN2"), 0);
    let [first, second] = script.steps.as_slice() else {
        panic!("two steps");
    };
    assert_eq!(first.title, "GET DATA: how many tries has PIN1?");
    let exchange = first.actions[0].exchange().expect("an exchange");
    assert_eq!(exchange.place.line, 13);
    let Outcome::Response(items) = &exchange.outcome else {
        panic!("a response");
    };
    assert_eq!(items.len(), 3);
    assert_eq!(
        items[1],
        Item::Varying {
            name: "counters".into(),
            sample: vec![0xFF, 0xA5, 0x03]
        }
    );
    assert_eq!(
        second.actions[0].exchange().expect("an exchange").outcome,
        Outcome::Event(Event::Remove)
    );
    assert!(matches!(second.actions[1], Action::EndWithReset(_)));
    assert_eq!(Script::parse(&script.to_string()).expect("printed"), script);
}

/// Steps, the line that is refused, and why.
type Refused = (&'static str, u32, fn(&Problem) -> bool);

#[test]
fn what_is_not_in_the_format_is_refused_with_its_line() {
    let cases: &[Refused] = &[
        ("== a\n> 00 20 00 11\n", 7, |p| {
            matches!(p, Problem::Unanswered)
        }),
        ("== a\n< 90 00\n", 7, |p| matches!(p, Problem::StrayAnswer)),
        ("==\n", 6, |p| matches!(p, Problem::Title)),
        ("== a\n! remove\n", 7, |p| matches!(p, Problem::Event)),
        ("== a\n! remove\n> 00 20 00 11\n< 90 00\n", 9, |p| {
            matches!(p, Problem::StrayAnswer)
        }),
        ("== a\n! explode\n> 00 20 00 11\n", 7, |p| {
            matches!(p, Problem::Event)
        }),
        ("== a\n! fail\n> 00 20 00 11\n", 7, |p| {
            matches!(p, Problem::Event)
        }),
        ("== a\nstart: PIN1 has 5 tries\n", 7, |p| {
            matches!(p, Problem::Header)
        }),
        ("== a\nwhat\n", 7, |p| matches!(p, Problem::UnknownLine)),
        ("  90 00\n", 6, |p| matches!(p, Problem::StrayContinuation)),
        ("colour: red\n", 6, |p| matches!(p, Problem::Header)),
        ("card: again\n", 6, |p| matches!(p, Problem::Header)),
        ("spends: PIN1\n", 6, |p| {
            matches!(p, Problem::HeaderValue { key: "spends" })
        }),
        ("start: PIN1 has many tries\n", 6, |p| {
            matches!(p, Problem::HeaderValue { key: "start" })
        }),
        ("== a\n> 00 2G 00 11\n< 90 00\n", 7, |p| {
            matches!(p, Problem::NotBytes)
        }),
        ("== a\n> 00 2 0 00 11\n< 90 00\n", 7, |p| {
            matches!(p, Problem::NotBytes)
        }),
        ("== a\n> 00 20 00\n< 90 00\n", 7, |p| {
            matches!(p, Problem::NotACommand)
        }),
        ("== a\n> 00 A4 04 00 05 3F 00\n< 90 00\n", 7, |p| {
            matches!(p, Problem::NotACommand)
        }),
        ("== a\n> 00 A4 {p2=04} 00\n< 90 00\n", 7, |p| {
            matches!(p, Problem::NotACommand)
        }),
        ("== a\n> 00 20 00 11 04 31 32 33 34\n< 90 00\n", 7, |p| {
            matches!(p, Problem::SecretInClear)
        }),
        ("== a\n> 00 2C 00 11 04 31 32 {PIN1:2}\n< 90 00\n", 7, |p| {
            matches!(p, Problem::SecretInClear)
        }),
        (
            "== a\n> 00 20 00 11 04 {pin=31 32 33 34}\n< 90 00\n",
            7,
            |p| matches!(p, Problem::SecretInClear),
        ),
        ("== a\n> 00 20 00 11 04 {PIN1:4\n< 90 00\n", 7, |p| {
            matches!(p, Problem::Braces)
        }),
        ("== a\n> 00 20 00 11 00 {PIN1:0}\n< 90 00\n", 7, |p| {
            matches!(p, Problem::Braces)
        }),
        ("== a\n> 00 20 00 11\n< 90\n", 7, |p| {
            matches!(p, Problem::NotAResponse)
        }),
        ("== a\n> 00 20 00 11\n< {status=90 00}\n", 7, |p| {
            matches!(p, Problem::NotAResponse)
        }),
        ("== a\n> 00 20 00 11\n< {PIN1:2} 90 00\n", 7, |p| {
            matches!(p, Problem::NotAResponse)
        }),
        (
            "== a\n> 00 B0 00 00 02\n< {@certs/auth.der 0000+02} 90 00\n",
            8,
            |p| matches!(p, Problem::Unreadable { .. }),
        ),
        (
            "== a\n> 00 B0 00 00 02\n< {@../auth.der 0000+02} 90 00\n",
            8,
            |p| matches!(p, Problem::Path),
        ),
        (
            "== a\n> 00 B0 00 00 01\n< {x=01} 90 00\n> 00 B0 00 00 01\n< {x=02} 90 00\n",
            9,
            |p| matches!(p, Problem::NameReused),
        ),
        (
            "== a\n> 00 20 00 03 04 {PIN1:4}\n< 90 00\n> 00 20 00 03 05 {PIN1:5}\n< 90 00\n",
            9,
            |p| matches!(p, Problem::NameReused),
        ),
        ("include: ../x.apdu\n", 6, |p| matches!(p, Problem::Path)),
        ("include: x.apdu\n", 6, |p| {
            matches!(p, Problem::Unreadable { .. })
        }),
    ];
    for (steps, line, is_expected) in cases {
        let error = parse(steps).expect_err(steps);
        assert!(is_expected(&error.problem), "{steps}: {error}");
        assert_eq!(error.place.line, *line, "{steps}: {error}");
    }
}

#[test]
fn a_header_must_be_whole() {
    for key in ["format", "card", "atr", "protocol", "source"] {
        let text: String = HEADER
            .lines()
            .filter(|line| !line.starts_with(key))
            .map(|line| format!("{line}\n"))
            .collect();
        let error = Script::parse(&text).expect_err(key);
        assert!(
            matches!(error.problem, Problem::MissingHeader { key: k } if k == key),
            "{error}"
        );
    }
}

#[test]
fn under_t0_a_command_with_data_has_no_le() {
    let text = format!(
        "{}== a\n> 00 A4 04 00 02 3F 00 00\n< 90 00\n",
        HEADER.replace("T=1", "T=0")
    );
    let error = Script::parse(&text).expect_err("case 4");
    assert!(
        matches!(error.problem, Problem::ExpectedLengthUnderT0),
        "{error}"
    );
}

#[test]
fn includes_and_file_parts_are_read_from_the_folder() {
    let folder = std::env::temp_dir().join(format!("siru-script-{}", std::process::id()));
    let scripts = folder.join("apdu-scripts");
    let write = |path: &str, text: &str| {
        let path = scripts.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("created");
        std::fs::write(path, text).expect("written");
    };
    write(
        "common/open.apdu",
        "format: 1\nsource: written from S1\n== SELECT\n> 00 A4 00 0C\n< 90 00\n",
    );
    write("v4/certs/auth.der", "ABCDEF");
    write(
        "v4/read.apdu",
        &format!(
            "{HEADER}include: common/open.apdu\n== read\n> 00 B0 00 00 02\n< {{@certs/auth.der 2+2}} 90 00\n"
        ),
    );
    write(
        "v4/far.apdu",
        &format!("{HEADER}== read\n> 00 B0 00 00 02\n< {{@certs/auth.der 5+2}} 90 00\n"),
    );
    write("v4/loop.apdu", &format!("{HEADER}include: v4/loop.apdu\n"));
    write(
        "v4/other.apdu",
        &format!(
            "{}include: v4/read.apdu\n",
            HEADER.replace("3B 00", "3B 01")
        ),
    );
    let load = |path: &str| Script::load(&scripts.join(path));
    let script = load("v4/read.apdu").expect("a script");
    let titles: Vec<_> = script
        .all_steps()
        .iter()
        .map(|step| step.title.clone())
        .collect();
    assert_eq!(titles, ["SELECT", "read"]);
    assert!(
        script
            .to_string()
            .contains("{@certs/auth.der 0002+02} 90 00")
    );
    let error = load("v4/far.apdu").expect_err("behind the end");
    assert!(matches!(error.problem, Problem::FilePart), "{error}");
    assert!(error.to_string().contains("far.apdu:8"), "{error}");
    assert!(matches!(
        load("v4/loop.apdu").expect_err("a loop").problem,
        Problem::TooManyIncludes
    ));
    assert!(matches!(
        load("v4/other.apdu").expect_err("another card").problem,
        Problem::OtherCard
    ));
    std::fs::remove_dir_all(folder).expect("removed");
}
