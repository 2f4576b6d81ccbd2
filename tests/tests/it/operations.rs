//! `docs/OPERATIONS.md`: whoever types the steps has a hall that works over mosquitto, and a
//! credential that is taken back is out.

use std::time::Duration;

use tests::{bridge::Bridge, client::Client, operations::Installed, server::Server, wait_until};

/// What takes a second or two on a quiet machine.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn the_steps_for_mosquitto_work_as_they_stand() {
    let mut server = Server::prepared(&[]);
    let Some(mosquitto) = Installed::prepare(server.folder()) else { return };
    for step in ["**第一步", "**第二步", "**第三步", "**第四步"] {
        mosquitto.follow(step);
    }
    mosquitto.listens();
    server.configure(&mosquitto.lines("**第五步"));
    server.start();
    let secret = std::fs::read_to_string(server.folder().join("bridge-1.secret")).unwrap();
    let lines = mosquitto.lines("**第六步");
    let more: String = lines
        .lines()
        .filter(|line| line.starts_with("authority"))
        .map(|line| format!("{line}\n"))
        .collect();
    let bridge = Bridge::start_with(server.folder(), &server.mqtt, secret.trim(), &more);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);
    let (_, issued) = kiosk.issue("A", "a").unwrap();
    bridge.press("pad-1", "call");
    bridge.strip_shows(issued["ticket"]["no"].as_str().unwrap(), SOON);
    mosquitto.follow("**第七步");

    let _ = server.command(&["token", "revoke", "bridge-1"]);
    mosquitto.follow("**以后");
    wait_until("the bridge is thrown out and told why", SOON, || {
        let log = bridge.log();
        if log.contains("look at user and password") { Ok(()) } else { Err(log) }
    });
}

#[test]
fn certificates_take_the_place_of_passwords() {
    let mut server = Server::prepared(&[]);
    let Some(mosquitto) = Installed::prepare(server.folder()) else { return };
    for step in ["**第二步", "**第三步", "**第四步", "**证书代替密码"] {
        mosquitto.follow(step);
    }
    mosquitto.listens();
    server.configure(&mosquitto.lines("**证书代替密码"));
    server.start();
    let files = |name: &str| {
        let tls = server.folder().join("tls");
        let file = |name: String| tls.join(name).display().to_string();
        (file("ca.pem".into()), file(format!("{name}.pem")), file(format!("{name}.key")))
    };
    let (authority, certificate, key) = files("bridge-1");
    let only_authority = format!("authority_file = \"{authority}\"\n");
    let nobody = Bridge::start_with(server.folder(), &server.mqtt, "", &only_authority);
    wait_until("it is told that a certificate is wanted", SOON, || {
        let log = nobody.log();
        let told = log.contains("要求有证书") && log.contains("certificate_file");
        if told { Ok(()) } else { Err(log) }
    });
    drop(nobody);
    let (_, foreign, _) = files("display-1");
    let mismatch =
        format!("{only_authority}certificate_file = \"{foreign}\"\nkey_file = \"{key}\"\n");
    let muddled = Bridge::start_with(server.folder(), &server.mqtt, "", &mismatch);
    wait_until("it is told that the key is another's", SOON, || {
        let log = muddled.log();
        let told = log.contains("key_file is not the key of certificate_file");
        if told { Ok(()) } else { Err(log) }
    });
    drop(muddled);

    let own =
        format!("{only_authority}certificate_file = \"{certificate}\"\nkey_file = \"{key}\"\n");
    let bridge = Bridge::start_with(server.folder(), &server.mqtt, "", &own);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);
    let (_, issued) = kiosk.issue("A", "a").unwrap();
    bridge.press("pad-1", "call");
    bridge.strip_shows(issued["ticket"]["no"].as_str().unwrap(), SOON);
    drop(bridge);

    // Without its credential the certificate still connects, and says nothing that anybody hears.
    let listen = |name: &str| {
        let (authority, certificate, key) = files(name);
        Client::new(&server.mqtt, "mqttv311", name, "").with(&[
            "--cafile",
            &authority,
            "--cert",
            &certificate,
            "--key",
            &key,
        ])
    };
    let witness = listen("server").listen(server.folder(), "witness", &["hall/#"]);
    wait_until("the witness hears the hall", SOON, || has(&witness.heard(), "hall/yunxi/board"));
    let place = "hall/yunxi/device/strip-1/report";
    let say = |words: &str| listen("bridge-1").publish(place, words, false);
    assert!(say("before"));
    wait_until("it is heard", SOON, || has(&witness.heard(), "before"));
    let _ = server.command(&["token", "revoke", "bridge-1"]);
    mosquitto.follow_with("**以后", "--client-authority-file /etc/mosquitto/paihao/ca.pem");
    wait_until("it is not heard any more", SOON, || {
        say("afterwards");
        let heard = witness.heard();
        let count = heard.matches("afterwards").count();
        say("afterwards");
        wait_for_board(&server, &witness);
        let now = witness.heard().matches("afterwards").count();
        if count == now { Ok(()) } else { Err(heard) }
    });
}

/// Waits until the witness has heard something that was said after now.
fn wait_for_board(server: &Server, witness: &tests::client::Listener) {
    let marks = |heard: &str| heard.matches("hall/yunxi/metrics").count();
    let before = marks(&witness.heard());
    wait_until("the server says something", SOON, || {
        let now = marks(&witness.heard());
        if now > before { Ok(()) } else { Err(server.log()) }
    });
}

fn has(heard: &str, words: &str) -> Result<(), String> {
    if heard.contains(words) { Ok(()) } else { Err(heard.to_owned()) }
}

#[test]
fn what_would_go_in_the_clear_is_told_in_both_languages() {
    let server = Server::county();
    let out = server.folder().join("mosquitto");
    let output = std::process::Command::new(tests::program("queue-server"))
        .args(["mqtt-access", "--listen", "0.0.0.0:1883", "--hall"])
        .arg(tests::county())
        .arg("--data")
        .arg(server.data())
        .arg("--out")
        .arg(&out)
        .output()
        .unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}");
    assert!(error.contains("明文") && error.contains("in the clear"), "{error}");
    use std::os::unix::fs::PermissionsExt;
    let mode = |name: &str| std::fs::metadata(out.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("server.secret"), mode("passwords"), mode("acl")), (0o600, 0o640, 0o640));
}
