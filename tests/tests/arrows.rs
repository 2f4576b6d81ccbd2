//! Keeps the arrows: who may know whom, who may use which library, and no library twice.
//!
//! The arrows are drawn in `docs/ARCHITECTURE.md`; these tables are the same in words.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{Metadata, MetadataCommand, Package};

/// A room, and the rooms it may know.
const ROOMS: &[(&str, &[&str])] = &[
    ("hall", &[]),
    ("wire", &["hall"]),
    ("journal", &[]),
    ("paper", &[]),
    ("look", &[]),
    ("queue-server", &["hall", "wire", "journal"]),
    ("kiosk", &["hall", "wire", "journal", "paper", "look"]),
    ("display", &["hall", "wire", "journal", "look"]),
    ("firmware-bridge", &["hall", "wire", "journal", "paper"]),
    (
        "paihao",
        &[
            "hall",
            "wire",
            "journal",
            "paper",
            "look",
            "queue-server",
            "kiosk",
            "display",
            "firmware-bridge",
        ],
    ),
];

/// The rooms that may know every other, and that nobody knows.
const TESTS: &[&str] = &["tests", "sim", "sheets", "waits"];

/// A library that does something only some rooms may do, those rooms, and why.
const LIBRARIES: &[(&str, &[&str], &str)] = &[
    ("sled", &["queue-server"], "only the server keeps a store"),
    ("mqtt5", &["queue-server"], "only the server holds the broker"),
    ("axum", &["queue-server"], "only the server answers HTTP"),
    ("serialport", &["firmware-bridge", "paper"], "only they open serial lines"),
    ("escpos", &["paper"], "bytes for printers are made by paper alone"),
    ("zstd", &["journal"], "only the journal keeps compressed segments"),
    ("egui", &["look", "kiosk", "display", "paihao"], "only screens draw"),
    ("eframe", &["look", "kiosk", "display", "paihao"], "only screens open windows"),
    (
        "rumqttc",
        &["queue-server", "display", "firmware-bridge", "kiosk"],
        "only they speak with the broker",
    ),
];

/// What the pure core may use: values and their spelling, nothing that reaches the world.
const HALL_USES: &[&str] = &["serde", "thiserror"];

/// Libraries of which there must be one version: two would not fit together, or bloat a program.
const ONCE: &[&str] = &[
    "axum",
    "clap",
    "eframe",
    "egui",
    "epaint",
    "hyper",
    "jiff",
    "mqtt5",
    "rumqttc",
    "rustls",
    "serde",
    "serde_json",
    "serialport",
    "sled",
    "tokio",
    "toml",
    "tracing",
    "ureq",
    "zstd",
];

#[test]
fn every_arrow_points_the_allowed_way() {
    let house = house();
    let mut wrong = Vec::new();
    for package in house.workspace_packages() {
        let name = package.name.as_str();
        if TESTS.contains(&name) {
            continue;
        }
        let Some((_, may_know)) = ROOMS.iter().find(|(room, _)| *room == name) else {
            wrong.push(format!("{name} is a new room: say in ROOMS of tests/tests/arrows.rs what it may know, and draw it in docs/ARCHITECTURE.md"));
            continue;
        };
        for known in uses(package).filter(|used| is_room(used) || TESTS.contains(&used.as_str())) {
            if !may_know.contains(&known.as_str()) {
                wrong.push(format!("{name} must not know {known}: move what it needs to a room that both may know ({}), or pass it in as a value", list(may_know)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_library_is_used_only_where_it_may_be() {
    let house = house();
    let mut wrong = Vec::new();
    for package in house.workspace_packages() {
        let name = package.name.as_str();
        for (library, rooms, why) in LIBRARIES {
            let is_used = uses(package).any(|used| used == *library);
            if is_used && !TESTS.contains(&name) && !rooms.contains(&name) {
                wrong.push(format!("{name} must not use {library}: {why}; take it out of {name}/Cargo.toml and ask {} for what you need", list(rooms)));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_hall_touches_nothing_of_the_world() {
    let house = house();
    let hall = package(&house, "hall");
    for used in hall.dependencies.iter().filter(|used| is_shipped(used.kind)) {
        assert!(
            HALL_USES.contains(&used.name.as_str()),
            "hall must not use {}: it is a pure value; let a shell do it and hand the hall a value",
            used.name
        );
    }
    let text = fs::read_to_string(root().join("hall/src/lib.rs")).unwrap();
    assert!(
        text.lines().any(|line| line.starts_with("#![") && line.contains("no_std")),
        "hall/src/lib.rs must say #![no_std]: without it a clock or a file could come in unseen"
    );
}

#[test]
fn no_large_library_is_there_twice() {
    let mut versions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap();
    let lock: toml::Table = lock.parse().unwrap();
    for package in lock["package"].as_array().unwrap() {
        let word = |key: &str| package[key].as_str().unwrap().to_owned();
        versions.entry(word("name")).or_default().push(word("version"));
    }
    let twice = |name: &&&str| versions.get(**name).is_some_and(|found| found.len() > 1);
    let wrong: Vec<String> = ONCE
        .iter()
        .filter(twice)
        .map(|name| format!("{name} is in Cargo.lock as {}: bring them to one version in the root Cargo.toml; `cargo tree -d -i {name}` shows who asks for which", versions[*name].join(" and ")))
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_version_is_chosen_once_for_the_whole_house() {
    let mut wrong = Vec::new();
    let tests = ["tests", "tests/sim", "tests/sheets", "tests/waits"];
    for room in ROOMS.iter().map(|(room, _)| *room).chain(tests) {
        let path = root().join(room).join("Cargo.toml");
        let manifest: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(table) = manifest.get(section).and_then(toml::Value::as_table) else {
                continue;
            };
            for (name, wanted) in table {
                if wanted.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
                    wrong.push(format!("{room}/Cargo.toml chooses its own {name}: put the version into [workspace.dependencies] of the root Cargo.toml and write `{name}.workspace = true`"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn house() -> Metadata {
    let manifest = root().join("Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).no_deps().exec().unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn package<'h>(house: &'h Metadata, name: &str) -> &'h Package {
    house.packages.iter().find(|package| package.name.as_str() == name).unwrap()
}

/// Everything a room asks for, for its tests too.
fn uses(package: &Package) -> impl Iterator<Item = String> + '_ {
    package.dependencies.iter().map(|used| used.name.to_string())
}

fn is_room(name: &str) -> bool {
    ROOMS.iter().any(|(room, _)| *room == name)
}

fn is_shipped(kind: cargo_metadata::DependencyKind) -> bool {
    kind == cargo_metadata::DependencyKind::Normal
}

fn list(rooms: &[&str]) -> String {
    if rooms.is_empty() { "there is none".to_owned() } else { rooms.join(", ") }
}
