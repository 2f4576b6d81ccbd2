//! `docs/OPERATIONS.md`: whoever types the steps has a hall that works over mosquitto, and a
//! credential that is taken back is out.

use std::time::Duration;

use tests::{bridge::Bridge, operations::Installed, server::Server, wait_until};

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
