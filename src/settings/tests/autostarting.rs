//! The entry that starts the tray program.

use std::fs;
use std::path::Path;

use crate::autostart::{AutostartError, remove, write};

fn exec_of(program: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let entry = folder.path().join("autostart").join("entry.desktop");
    write(&entry, Path::new(program)).unwrap();
    let text = fs::read_to_string(&entry).unwrap();
    let exec = text.lines().find_map(|line| line.strip_prefix("Exec="));
    exec.unwrap().to_owned()
}

#[test]
fn it_names_the_program_whatever_its_path() {
    for (program, exec) in [
        ("/usr/bin/siru-tray", r#""/usr/bin/siru-tray" --autostart"#),
        ("/home/ä b/100%/t", r#""/home/ä b/100%%/t" --autostart"#),
        (r#"/a"b$c`d"#, r#""/a\\"b\\$c\\`d" --autostart"#),
        (r"/a\b", r#""/a\\\\b" --autostart"#),
    ] {
        assert_eq!(exec_of(program), exec);
    }
}

#[test]
fn a_path_that_would_break_the_entry_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let entry = folder.path().join("entry.desktop");
    let done = write(&entry, Path::new("/tmp/a\nExec=b"));
    assert!(matches!(done, Err(AutostartError::Unwritable)));
    assert!(!entry.exists());
}

#[test]
fn it_is_made_and_taken_away_as_often_as_one_likes() {
    let folder = tempfile::tempdir().unwrap();
    let entry = folder.path().join("autostart").join("entry.desktop");
    for _ in 0..2 {
        write(&entry, Path::new("/usr/bin/siru-tray")).unwrap();
        let text = fs::read_to_string(&entry).unwrap();
        assert!(text.starts_with("[Desktop Entry]\n"));
        for line in [
            "Name=",
            "Name[fi]=",
            "Name[sv]=",
            "X-GNOME-Autostart-enabled=true",
        ] {
            assert_eq!(text.matches(&format!("\n{line}")).count(), 1, "{line}");
        }
    }
    for _ in 0..2 {
        remove(&entry).unwrap();
        assert!(!entry.exists());
    }
}
