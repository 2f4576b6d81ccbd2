//! `queue-server reload` as an operator types it, beside a server that runs.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

const FILES: [&str; 5] = ["hall.toml", "items.csv", "calendar.toml", "staff.toml", "devices.toml"];

/// A server that ends with the test.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_queue-server"))
}

fn serve(hall: &Path, data: &Path) -> Server {
    let mut child = program()
        .args(["serve", "--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0"])
        .args(["--start", "2026-11-23 09:00", "--hall"])
        .arg(hall)
        .arg("--data")
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    assert!(ready.contains("http"), "{ready}");
    Server(child)
}

/// What `reload` says, and whether something was reloaded.
fn reload(data: &Path) -> (bool, String) {
    let told = program().args(["reload", "--data"]).arg(data).output().unwrap();
    let said = [told.stdout, told.stderr].concat();
    (told.status.success(), String::from_utf8(said).unwrap())
}

#[test]
fn an_operator_is_told_what_became_of_it_in_both_languages() {
    let (hall, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/township-6");
    for file in FILES {
        fs::copy(county.join(file), hall.path().join(file)).unwrap();
    }
    let (done, said) = reload(data.path());
    assert!(!done && said.contains("no queue-server runs on"), "{said}");
    let server = serve(hall.path(), data.path());
    let (done, said) = reload(data.path());
    assert!(done && said.contains("配置没有变化") && said.contains("has not changed"), "{said}");
    let path = hall.path().join("hall.toml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("name = \"医保社保\"", "name = \"医保\"")).unwrap();
    let (done, said) = reload(data.path());
    assert!(done && said.contains("新配置已生效") && said.contains("is in force"), "{said}");
    fs::write(&path, text.replace("recalls_max", "recall_max")).unwrap();
    let (done, said) = reload(data.path());
    assert!(!done && said.contains("没有载入") && said.contains("hall.toml:"), "{said}");
    assert!(said.contains("did you mean recalls_max?"), "{said}");
    drop(server);
    assert!(!reload(data.path()).0);
}
