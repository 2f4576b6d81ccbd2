//! `cargo mutations`: breaks a rule in a copy of the house, runs the tests nearest to it and the
//! simulator, and says which of them saw it. Nothing in the checkout is touched but the table.
#![allow(clippy::print_stdout, reason = "a command speaks to who called it")]

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::Context as _;
use clap::Parser;
use sim::{
    mutations::{self, Mutation},
    report,
};

/// Folders that no program is made of.
const LEFT_OUT: [&str; 4] = ["target", ".git", "docs", "data"];

/// Shows that scripts or the simulator see each rule that is broken on purpose.
#[derive(Debug, Parser)]
struct Arguments {
    /// Only those with this in their name.
    #[arg(long)]
    only: Option<String>,
    /// Asks the simulator also about those that the nearest tests see; it takes hours.
    #[arg(long)]
    simulate: bool,
    /// Seeds that the simulator may need for each.
    #[arg(long, default_value_t = 12)]
    seeds: u64,
    /// Writes the table into docs/SIMULATION.md.
    #[arg(long)]
    write: bool,
}

fn main() -> anyhow::Result<ExitCode> {
    let arguments = Arguments::parse();
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize()?;
    let copy = house.join("target/mutations");
    // Its own: what is built of a broken rule must never be taken for the house's.
    let target = copy.join("target");
    let (mut rows, mut unseen) = (Vec::new(), 0);
    let chosen =
        |each: &Mutation| arguments.only.as_ref().is_none_or(|only| each.name.contains(only));
    for mutation in mutations::all().into_iter().filter(chosen) {
        take_over(&house, &copy)?;
        for edit in &mutation.edit {
            let text = edit.made(&house).map_err(anyhow::Error::msg)?;
            fs::write(copy.join(&edit.file), text).context(edit.file.clone())?;
        }
        let proof = proof(&copy, &target, &mutation)?;
        let asked = arguments.simulate || !proof;
        let found = asked.then(|| simulate(&copy, &target, arguments.seeds)).transpose()?.flatten();
        unseen += u32::from(!proof && found.is_none());
        let row = format!(
            "| {} | {} | {} |",
            mutation.name,
            if proof { "seen" } else { "–" },
            found.as_deref().unwrap_or(if asked { "–" } else { "not asked" })
        );
        println!("{row}");
        rows.push(row);
    }
    if arguments.write {
        let head = "| what is wrong | tests nearest to it | simulator |\n| --- | --- | --- |\n";
        report::put(&house, "mutations", &format!("{head}{}\n", rows.join("\n")))?;
    }
    println!("{} rules broken, {unseen} unseen", rows.len());
    Ok(if unseen == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// True if the tests nearest to the rule fail.
fn proof(copy: &Path, target: &Path, mutation: &Mutation) -> anyhow::Result<bool> {
    let words = mutation.proof.split(' ');
    let output = cargo(copy, target).arg("test").arg("--quiet").args(words).output()?;
    Ok(!output.status.success())
}

/// What the simulator says, if it sees it.
fn simulate(copy: &Path, target: &Path, seeds: u64) -> anyhow::Result<Option<String>> {
    let built =
        cargo(copy, target).args(["build", "--quiet", "-p", "sim", "--bin", "sim"]).output()?;
    anyhow::ensure!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let run = Command::new(target.join("debug/sim"))
        .args(["--seed", "1", "--days", "1", "--seeds", &seeds.to_string()])
        .output()?;
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    let line = said.lines().find(|line| line.contains(" failed on day "));
    let short = |line: &str| {
        let (seed, what) = line.split_once(" failed on day ").unwrap_or((line, ""));
        let what = what.split_once(": ").map_or(what, |(_, what)| what);
        let what: String = what.chars().take(90).collect();
        format!("{seed}: {}", what.replace('|', "/"))
    };
    Ok(line.map(short))
}

fn cargo(copy: &Path, target: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(copy).env("CARGO_TARGET_DIR", target);
    cargo
}

/// Copies the house; what is the same keeps its time, so that little is built again.
fn take_over(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, name) = (entry.path(), entry.file_name());
        if LEFT_OUT.iter().any(|left| name.to_str() == Some(left)) {
            continue;
        }
        let goal: PathBuf = to.join(&name);
        if source.is_dir() {
            take_over(&source, &goal)?;
        } else if fs::read(&goal).ok() != Some(fs::read(&source)?) {
            fs::copy(&source, &goal)?;
        }
    }
    Ok(())
}
