//! 配对: the office makes a code on its page, and each program of a new machine gets its credential.

use std::{path::Path, process::Command, time::Duration};

use kiosk::server::{Fault, HttpServer};
use tests::{api::Api, authority::authority, bridge::Bridge, program, server::Server};
use wire::server::Way;

const SOON: Duration = Duration::from_secs(30);

/// A session of the office.
struct Office<'a> {
    server: &'a Server,
    cookie: String,
}

impl<'a> Office<'a> {
    fn sign_in(server: &'a Server) -> Self {
        let password = server.command(&["staff", "add", "--no", "9001", "--role", "office"]);
        let office = Self { server, cookie: String::new() };
        let entered = office.post("/signin", &format!("no=9001&password={password}"));
        let cookie = entered.headers().get("set-cookie").unwrap().to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Self { server, cookie }
    }

    fn agent() -> ureq::Agent {
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false);
        config.build().into()
    }

    fn post(&self, path: &str, form: &str) -> ureq::http::Response<ureq::Body> {
        let request = Self::agent().post(format!("{}{path}", self.server.http));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("origin", &self.server.http).header("cookie", &self.cookie);
        request.send(form).unwrap()
    }

    /// Makes a code for something, and reads it from the page.
    fn code_for(&self, what: &str) -> String {
        let made = self.post("/room/pair", &format!("what={what}"));
        assert_eq!(made.status(), 303, "{what}");
        let url = format!("{}/room/pair", self.server.http);
        let page = Self::agent().get(url).header("cookie", &self.cookie).call();
        let page = page.unwrap().body_mut().read_to_string().unwrap();
        let name = what.split_once(':').unwrap().1;
        let command = page.split("<code>").find(|part| part.contains(&format!("{name}.secret")));
        let words: Vec<&str> = command.unwrap().split([' ', '<']).collect();
        let at = words.iter().position(|word| *word == "--code").unwrap();
        words[at + 1].to_owned()
    }
}

/// Runs a program's `pair`; true if it went well, and what it said.
fn pair(name: &str, server: &Server, code: &str, out: &Path) -> (bool, String) {
    pair_at(name, &["--server", &server.http], code, out)
}

fn pair_at(name: &str, way: &[&str], code: &str, out: &Path) -> (bool, String) {
    let output = Command::new(program(name))
        .arg("pair")
        .args(way)
        .args(["--code", code, "--out"])
        .arg(out)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[test]
fn a_new_machine_types_a_code_and_works_and_a_replaced_one_is_out() {
    let server = Server::county();
    let office = Office::sign_in(&server);
    let mut secrets = Vec::new();
    for (name, what) in [
        ("kiosk", "kiosk:kiosk-1"),
        ("display", "display:screen-1"),
        ("firmware-bridge", "bridge:bridge-1"),
    ] {
        let out = server.folder().join(format!("{name}.secret"));
        let (good, said) = pair(name, &server, &office.code_for(what), &out);
        assert!(good && said.contains("已配对") && said.contains("Paired"), "{name}: {said}");
        let secret = std::fs::read_to_string(&out).unwrap().trim().to_owned();
        let (status, _) = Api::new(&server.http, &secret).get("/catalogue").unwrap();
        assert_eq!(status, 200, "{name}");
        secrets.push(secret);
    }
    let bridge = Bridge::start(server.folder(), &server.mqtt, &secrets[2]);
    let desk = server.api("desk", "desks");
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);

    // A new bridge takes the place of this one, which is thrown out and stays out.
    let out = server.folder().join("new.secret");
    let code = office.code_for("bridge:bridge-1");
    assert!(pair("firmware-bridge", &server, &code, &out).0);
    tests::wait_until("the old one is out", SOON, || {
        let log = bridge.log();
        if log.contains("the broker refuses us") { Ok(()) } else { Err(log) }
    });
    drop(bridge);
    let secret = std::fs::read_to_string(&out).unwrap();
    let bridge = Bridge::start(server.folder(), &server.mqtt, secret.trim());
    bridge.strip_shows("热情为您服务", SOON);

    let before = std::fs::read_to_string(&out).unwrap();
    let (good, said) = pair("firmware-bridge", &server, &code, &out);
    assert!(!good && said.contains("没有这个配对码"), "a code is good once: {said}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), before);
}

#[test]
fn a_new_machine_may_come_by_the_door_with_tls_and_speaks_to_nobody_else() {
    let mut server = Server::prepared(&[]);
    server.configure("[https]\naddress = \"127.0.0.1:0\"\n");
    server.start();
    let office = Office::sign_in(&server);
    let url = server.https.clone();
    let trusted = server.data().join("tls/hall.pem");
    let stranger = authority(server.folder(), "stranger").file;
    let (out, code) = (server.folder().join("kiosk.secret"), office.code_for("kiosk:kiosk-1"));

    let pair = |file: &Path| {
        let way = ["--server", &url, "--authority-file", file.to_str().unwrap()];
        pair_at("kiosk", &way, &code, &out)
    };
    let (good, said) = pair_at("kiosk", &["--server", &url], &code, &out);
    assert!(!good && said.contains("authority_file"), "{said}");
    let (good, said) = pair(&stranger);
    assert!(!good, "a stranger's server is asked nothing: {said}");
    let (good, said) = pair(&trusted);
    assert!(good && said.contains("已配对"), "and the code was not used up: {said}");

    let secret = std::fs::read_to_string(&out).unwrap();
    let kiosk = |file: &Path| {
        let way = Way::to(&url, Some(file)).unwrap();
        HttpServer::new(&way, secret.trim(), "kiosk/test").catalogue()
    };
    assert!(!kiosk(&trusted).unwrap().queues.is_empty());
    assert!(
        matches!(kiosk(&stranger), Err(Fault::Silent { .. })),
        "a stranger hears no credential"
    );
}
