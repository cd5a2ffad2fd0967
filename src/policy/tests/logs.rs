//! What stands in the log, and who may read it.

use std::fs;

use log::{Level, Log, Record};

use crate::{LogFile, LogLevel};

fn write(log: &LogFile, target: &str, level: Level, sentence: &str) {
    let arguments = format_args!("{sentence}");
    let record = Record::builder()
        .target(target)
        .level(level)
        .args(arguments)
        .build();
    log.log(&record);
}

#[test]
fn a_line_has_the_moment_the_program_the_level_and_the_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state").join("siru.log");
    let log = LogFile::at(&path, "siru-test", LogLevel::Warn);
    write(
        &log,
        "siru_card::card",
        Level::Error,
        "a reader\nsiru: error: forged",
    );
    write(&log, "siru", Level::Warn, "gone on");
    write(&log, "siru", Level::Info, "not asked for");
    write(&log, "other", Level::Error, "not ours");
    let text = fs::read_to_string(&path).unwrap();
    let process = std::process::id();
    let lines: Vec<_> = text
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .collect();
    let sentences: Vec<_> = lines.iter().map(|(_, rest)| *rest).collect();
    let expected = [
        format!("siru-test[{process}] error: a reader siru: error: forged"),
        format!("siru-test[{process}] warn: gone on"),
    ];
    assert_eq!(sentences, expected);
    for (moment, _) in lines {
        assert!(humantime::parse_rfc3339(moment).is_ok(), "{moment}");
    }
}

#[test]
fn each_level_has_all_of_the_one_before() {
    let all = [
        Level::Error,
        Level::Warn,
        Level::Info,
        Level::Debug,
        Level::Trace,
    ];
    for (place, level) in LogLevel::ALL.into_iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("siru.log");
        let log = LogFile::at(&path, "siru-test", level);
        for level in all {
            write(&log, "siru", level, "said");
        }
        let lines = fs::read_to_string(&path).map_or(0, |text| text.lines().count());
        assert_eq!(lines, place, "{level:?}");
        assert_eq!(LogLevel::from_word(level.word()), Some(level));
    }
}

#[test]
fn a_long_file_makes_room_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("siru.log");
    let log = LogFile::at(&path, "siru-test", LogLevel::Info);
    let length = usize::try_from(LogFile::LONGEST).unwrap();
    for round in ["first", "second"] {
        write(&log, "siru", Level::Info, round);
        let mut text = fs::read_to_string(&path).unwrap();
        text.push_str(&"x".repeat(length));
        fs::write(&path, text).unwrap();
    }
    write(&log, "siru", Level::Info, "third");
    assert!(fs::read_to_string(&path).unwrap().ends_with("third\n"));
    let old = fs::read_to_string(folder.path().join("siru.log.old")).unwrap();
    assert!(old.contains("second") && !old.contains("first"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn only_its_owner_reads_it_and_no_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state").join("siru.log");
    let log = LogFile::at(&path, "siru-test", LogLevel::Error);
    write(&log, "siru", Level::Error, "said");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    let victim = folder.path().join("victim");
    fs::write(&victim, "mine").unwrap();
    fs::remove_file(&path).unwrap();
    symlink(&victim, &path).unwrap();
    write(&log, "siru", Level::Error, "said");
    assert_eq!(fs::read_to_string(&victim).unwrap(), "mine");
}
