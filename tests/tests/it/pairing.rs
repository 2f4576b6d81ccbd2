//! 配对: the office makes a code on its page, and each program of a new machine gets its credential.

use std::{path::Path, process::Command, time::Duration};

use tests::{api::Api, bridge::Bridge, program, server::Server};

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
    let output = Command::new(program(name))
        .args(["pair", "--server", &server.http, "--code", code, "--out"])
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
