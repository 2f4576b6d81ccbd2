//! `queue-server reload` as an operator types it, beside a server that runs.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

const FILES: [&str; 5] = ["hall.toml", "items.csv", "calendar.toml", "staff.toml", "devices.toml"];

/// A server that ends with the test, and where it listens.
struct Server(Child, String);

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
    let (_, http) = ready.split_once("http://").unwrap();
    Server(child, http.split('"').next().unwrap().to_owned())
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

#[test]
fn the_hall_s_own_words_are_seen_as_soon_as_they_are_loaded() {
    let (hall, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/township-6");
    for file in FILES {
        fs::copy(county.join(file), hall.path().join(file)).unwrap();
    }
    let server = serve(hall.path(), data.path());
    // The page of a number that nobody has.
    let page = || {
        let mut stream = TcpStream::connect(&server.1).unwrap();
        let asking =
            "GET /t/AAAAAAAAAAAAAAAAAAAAAA HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n\r\n";
        stream.write_all(asking.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    assert!(page().contains("没有这张号"), "{}", page());
    fs::create_dir(hall.path().join("texts")).unwrap();
    let words = hall.path().join("texts/zh-CN.toml");
    fs::write(&words, "[phone]\nunknown = \"本中心没有这张号\"\n").unwrap();
    let (done, said) = reload(data.path());
    assert!(done && said.contains("新配置已生效"), "{said}");
    assert!(page().contains("本中心没有这张号"), "{}", page());
    fs::write(&words, "[phone]\nunkown = \"本中心没有这张号\"\n").unwrap();
    let (done, said) = reload(data.path());
    assert!(!done && said.contains("是不是 phone.unknown？"), "{said}");
}
