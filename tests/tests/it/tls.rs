//! The broker outside with TLS: user and password over a line that only the hall's authority vouches
//! for, and a line that is not right is refused in words.

use std::{path::Path, time::Duration};

use tests::{
    authority::{Certificate, authority, signed},
    bridge::Bridge,
    mosquitto::Mosquitto,
    server::Server,
    wait_until,
};

/// What takes a second or two on a quiet machine.
const SOON: Duration = Duration::from_secs(30);

const SECRET: &str = "server secret";

#[test]
fn a_call_reaches_the_strip_over_a_broker_with_tls() {
    let mut server = Server::prepared(&[]);
    let ours = authority(server.folder(), "authority");
    let Some(broker) = broker(server.folder(), &ours, "IP:127.0.0.1") else { return };
    point(&server, &broker, &ours.file, SECRET);
    server.start();
    let bridge = bridge(&server, &ours.file);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);
    let (_, issued) = kiosk.issue("A", "a").unwrap();
    bridge.press("pad-1", "call");
    bridge.strip_shows(issued["ticket"]["no"].as_str().unwrap(), SOON);
}

#[test]
fn a_broker_that_another_authority_vouches_for_is_refused_in_words() {
    let mut server = Server::prepared(&[]);
    let (ours, theirs) =
        (authority(server.folder(), "authority"), authority(server.folder(), "stranger"));
    let Some(broker) = broker(server.folder(), &theirs, "IP:127.0.0.1") else { return };
    point(&server, &broker, &ours.file, SECRET);
    server.start();
    let bridge = bridge(&server, &ours.file);
    both_say(&server, &bridge, "the broker's certificate is not trusted: authority_file");
    nobody_came(&server, &bridge);
}

#[test]
fn a_broker_with_the_certificate_of_another_machine_is_refused_in_words() {
    let mut server = Server::prepared(&[]);
    let ours = authority(server.folder(), "authority");
    let Some(broker) = broker(server.folder(), &ours, "DNS:broker.example") else { return };
    point(&server, &broker, &ours.file, SECRET);
    server.start();
    let bridge = bridge(&server, &ours.file);
    both_say(&server, &bridge, "host must be a name in it");
    nobody_came(&server, &bridge);
}

#[test]
fn a_wrong_password_is_refused_in_words() {
    let mut server = Server::prepared(&[]);
    let ours = authority(server.folder(), "authority");
    let Some(broker) = broker(server.folder(), &ours, "IP:127.0.0.1") else { return };
    point(&server, &broker, &ours.file, "another secret");
    server.start();
    let more = format!("authority_file = \"{}\"\n", ours.file.display());
    let bridge = Bridge::start_with(server.folder(), &server.mqtt, "another secret", &more);
    both_say(&server, &bridge, "the broker refuses us: look at user and password");
    nobody_came(&server, &bridge);
}

#[test]
fn an_authority_file_without_a_certificate_is_told_at_once() {
    let server = Server::county();
    let wrong = server.folder().join("wrong.pem");
    std::fs::write(&wrong, "no certificate").unwrap();
    let bridge = bridge(&server, &wrong);
    wait_until("the bridge says so", SOON, || {
        let log = bridge.log();
        if log.contains("holds no certificate") && log.contains("没有证书") {
            Ok(())
        } else {
            Err(log)
        }
    });
}

/// Mosquitto with a certificate for some names, signed by an authority.
fn broker(folder: &Path, by: &Certificate, names: &str) -> Option<Mosquitto> {
    let users = [("server", SECRET), ("bridge-1", "bridge secret")];
    Mosquitto::start_with(folder, &users, Some(&signed(folder, "broker", names, by)))
}

fn point(server: &Server, broker: &Mosquitto, authority: &Path, password: &str) {
    std::fs::write(server.folder().join("server.password"), password).unwrap();
    server.configure(&format!(
        "[broker]\nhost = \"127.0.0.1\"\nport = {}\nuser = \"server\"\npassword_file = \
         \"server.password\"\nauthority_file = \"{}\"\n",
        broker.port,
        authority.display()
    ));
}

fn bridge(server: &Server, authority: &Path) -> Bridge {
    let more = format!("authority_file = \"{}\"\n", authority.display());
    Bridge::start_with(server.folder(), &server.mqtt, "bridge secret", &more)
}

/// Waits until both programs have said it, as a warning.
fn both_say(server: &Server, bridge: &Bridge, words: &str) {
    for log in [&|| server.log(), &|| bridge.log()] as [&dyn Fn() -> String; 2] {
        wait_until(&format!("it is said that {words}"), SOON, || {
            let log = log();
            let said = log.lines().any(|line| line.contains("WARN") && line.contains(words));
            if said { Ok(()) } else { Err(log) }
        });
    }
}

/// Nothing was said to a broker that is not right, and the hall goes on without it.
fn nobody_came(server: &Server, bridge: &Bridge) {
    assert!(!bridge.log().contains("connected to the broker"), "{}", bridge.log());
    let (status, answer) = server.api("kiosk", "kiosk-1").issue("A", "a").unwrap();
    assert_eq!(status, 201, "{answer}");
}
