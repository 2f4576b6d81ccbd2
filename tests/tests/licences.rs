//! Every library that is built in has a licence that `deny.toml` allows; `cargo deny` says the same.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::{collections::BTreeSet, fs, path::Path};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, Package};
use spdx::{Expression, ParseMode};

/// What `deny.toml` says.
struct Rules {
    allowed: BTreeSet<String>,
    targets: Vec<String>,
}

#[test]
fn every_library_has_a_licence_that_is_allowed() {
    let rules = rules();
    let mut wrong = Vec::new();
    let mut seen = 0;
    for target in &rules.targets {
        let house = house(target);
        for package in &house.packages {
            seen += 1;
            wrong.extend(complaint(package, &rules.allowed));
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(seen > 100, "only {seen} libraries were looked at: the list of them is wrong");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn no_licence_is_allowed_that_nobody_has() {
    let rules = rules();
    let mut named = BTreeSet::new();
    for package in rules.targets.iter().flat_map(|target| house(target).packages) {
        let Some(Ok(licence)) = package.license.as_deref().map(parsed) else { continue };
        named.extend(licence.requirements().map(|wanted| wanted.req.to_string()));
    }
    let unused: Vec<&String> = rules.allowed.difference(&named).collect();
    assert!(unused.is_empty(), "take {unused:?} out of deny.toml: no library has these licences");
}

#[test]
fn or_needs_one_and_needs_all_and_an_exception_is_part_of_the_name() {
    let allowed = ["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
    let allowed = BTreeSet::from(allowed);
    for (licence, expected) in [
        ("MIT", true),
        ("MIT OR GPL-3.0-only", true),
        ("GPL-3.0-only OR Apache-2.0", true),
        ("MIT AND GPL-3.0-only", false),
        ("(MIT OR GPL-3.0-only) AND Apache-2.0", true),
        ("(MIT OR GPL-3.0-only) AND ISC", false),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("MIT WITH LLVM-exception", false),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0-only", false),
    ] {
        assert_eq!(is_allowed(&parsed(licence).unwrap(), &allowed), expected, "{licence}");
    }
    assert!(parsed("no such licence").is_err());
}

fn complaint(package: &Package, allowed: &BTreeSet<String>) -> Option<String> {
    let name = format!("{} {}", package.name, package.version);
    let Some(licence) = &package.license else {
        return Some(format!(
            "{name} names no licence: read what it comes with, and take another library if in doubt"
        ));
    };
    match parsed(licence) {
        Err(fault) => {
            Some(format!("{name} has the licence \"{licence}\", which is no expression: {fault}"))
        }
        Ok(parsed) if is_allowed(&parsed, allowed) => None,
        Ok(_) => Some(format!(
            "{name} has the licence \"{licence}\": take another library (`cargo tree -i {}` shows \
             who asks for it), or, if we may give it away with our programs, add the licence to \
             `allow` in deny.toml",
            package.name
        )),
    }
}

/// Some libraries still write a slash where they mean OR.
fn parsed(licence: &str) -> Result<Expression, spdx::ParseError> {
    Expression::parse_mode(licence, ParseMode::LAX)
}

fn is_allowed(licence: &Expression, allowed: &BTreeSet<String>) -> bool {
    licence.evaluate(|wanted| allowed.contains(&wanted.to_string()))
}

fn rules() -> Rules {
    let text = fs::read_to_string(root().join("deny.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let words = |section: &str, key: &str| -> Vec<String> {
        let list = table[section][key].as_array().unwrap();
        list.iter().map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let allowed = words("licenses", "allow").into_iter().collect();
    Rules { allowed, targets: words("graph", "targets") }
}

/// Everything that is built for a system, from the lock file as it is.
fn house(target: &str) -> Metadata {
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(["--locked", "--filter-platform", target].map(str::to_owned))
        .exec()
        .unwrap_or_else(|fault| panic!("run `cargo build` once with a network: {fault}"))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}
