//! Do the arrows between the crates run one way, and does `unsafe` stay in its folder?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What each crate may use of ours. Whoever adds an arrow adds it here, and says why in its commit.
const ARROWS: &[(&str, &[&str])] = &[
    ("siru-apdu", &[]),
    ("siru-card", &["siru-apdu"]),
    ("siru-pcsc", &["siru-apdu"]),
    ("siru-script", &["siru-apdu"]),
    ("siru-sim", &["siru-apdu", "siru-script"]),
    ("siru-policy", &[]),
    ("siru-process", &[]),
    ("siru-resources", &[]),
    (
        "siru-pkcs11",
        &[
            "siru-apdu",
            "siru-card",
            "siru-pcsc",
            "siru-policy",
            "siru-resources",
        ],
    ),
    (
        "siru-minidriver",
        &["siru-apdu", "siru-card", "siru-policy", "siru-resources"],
    ),
    ("siru-browser", &[]),
    ("siru-login", &["siru-browser", "siru-card"]),
    ("siru-rasteriser", &[]),
    (
        "siru-text",
        &["siru-apdu", "siru-browser", "siru-card", "siru-login"],
    ),
    ("siru-settings", &["siru-apdu", "siru-policy", "siru-text"]),
    (
        "siru-tray",
        &[
            "siru-apdu",
            "siru-card",
            "siru-pcsc",
            "siru-process",
            "siru-resources",
            "siru-settings",
            "siru-text",
        ],
    ),
    (
        "siru-desktop",
        &[
            "siru-apdu",
            "siru-browser",
            "siru-card",
            "siru-login",
            "siru-pcsc",
            "siru-process",
            "siru-resources",
            "siru-settings",
            "siru-sim",
            "siru-text",
        ],
    ),
    (
        "siru-cli",
        &[
            "siru-apdu",
            "siru-browser",
            "siru-card",
            "siru-login",
            "siru-pcsc",
            "siru-process",
            "siru-resources",
            "siru-script",
            "siru-settings",
            "siru-sim",
            "siru-text",
        ],
    ),
];

/// The folders in which `unsafe` may stand.
const UNSAFE_FOLDERS: &[&str] = &[
    "src/pkcs11/abi",
    "src/minidriver/abi",
    "src/process/abi",
    "src/tray/windows/abi",
];

/// Crates that stay in a small tree: nothing of these names may be in it, however deep.
const KEPT_OUT: &[(&str, &[&str])] = &[
    ("siru-apdu", &["eframe", "tokio", "openssl", "pcsc"]),
    (
        "siru-card",
        &["eframe", "tokio", "openssl", "pcsc", "siru-sim"],
    ),
    (
        "siru-pkcs11",
        &[
            "eframe",
            "tokio",
            "openssl",
            "serde",
            "regex",
            "rustls",
            "siru-sim",
            "siru-text",
        ],
    ),
    (
        "siru-minidriver",
        &["eframe", "tokio", "openssl", "serde", "pcsc", "siru-sim"],
    ),
    ("siru-tray", &["eframe", "gtk", "siru-sim", "tokio"]),
];

#[test]
fn every_arrow_is_one_of_the_design() {
    let allowed: BTreeMap<_, BTreeSet<_>> = ARROWS
        .iter()
        .map(|(name, uses)| (*name, uses.iter().copied().collect()))
        .collect();
    for package in packages() {
        let name = text(&package, "name");
        if ["siru-tests", "siru-windows-tests"].contains(&name) {
            continue;
        }
        let allowed = allowed
            .get(name)
            .unwrap_or_else(|| panic!("{name} has no place in ARROWS"));
        let normal = dependencies(&package, None);
        for dependency in normal
            .into_iter()
            .chain(dependencies(&package, Some("build")))
        {
            assert!(
                allowed.contains(dependency.as_str()),
                "{name} must not use {dependency}"
            );
        }
    }
}

#[test]
fn the_simulator_never_meets_the_code_it_judges() {
    let tree = dependency_tree("siru-sim");
    assert!(!tree.contains("siru-card"), "siru-sim reaches siru-card");
}

#[test]
fn small_trees_stay_small() {
    for (name, kept_out) in KEPT_OUT {
        let tree = dependency_tree(name);
        for other in *kept_out {
            assert!(!tree.contains(*other), "{name} reaches {other}");
        }
    }
}

#[test]
fn unsafe_stands_in_the_abi_folder_only() {
    let root = root();
    let mut files = Vec::new();
    for folder in ["src", "tests"] {
        rust_files(&root.join(folder), &mut files);
    }
    assert!(files.len() > 50, "the files were not found");
    for file in files {
        let relative = file.strip_prefix(&root).expect("below the root");
        if UNSAFE_FOLDERS
            .iter()
            .any(|folder| relative.starts_with(folder))
            || relative == Path::new("tests/layers.rs")
        {
            continue;
        }
        let source = fs::read_to_string(&file).expect("UTF-8");
        for (number, line) in source.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let names_lint = ["unsafe_code", "unsafe_op"]
                .iter()
                .any(|lint| code.contains(lint));
            assert!(
                names_lint
                    || !code
                        .split(|c: char| !c.is_alphanumeric() && c != '_')
                        .any(|w| w == "unsafe"),
                "{}:{} holds unsafe",
                relative.display(),
                number + 1
            );
        }
    }
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    for package in packages() {
        let manifest = fs::read_to_string(text(&package, "manifest_path")).expect("a manifest");
        assert!(
            manifest.contains("[lints]\nworkspace = true"),
            "{}",
            text(&package, "name")
        );
    }
}

#[test]
fn no_profile_aborts_on_a_panic() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest");
    assert!(
        !manifest.contains("panic = \"abort\""),
        "a panic must stay catchable"
    );
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the workspace")
        .to_path_buf()
}

fn packages() -> Vec<serde_json::Value> {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--no-deps",
            "--offline",
            "--locked",
        ])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

fn text<'a>(package: &'a serde_json::Value, key: &str) -> &'a str {
    package[key].as_str().expect("a text")
}

/// Our crates among the dependencies; tests of a crate may use the simulator and the scripts.
fn dependencies(package: &serde_json::Value, kind: Option<&str>) -> Vec<String> {
    let all = package["dependencies"].as_array().expect("dependencies");
    all.iter()
        .filter(|dependency| dependency["kind"].as_str() == kind)
        .map(|dependency| text(dependency, "name").to_owned())
        .filter(|name| name.starts_with("siru-"))
        .collect()
}

fn dependency_tree(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            package,
            "--edges",
            "normal,build",
            "--prefix",
            "none",
        ])
        .args(["--format", "{p}", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo tree");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines()
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}
