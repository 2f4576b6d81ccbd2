//! What is written for mosquitto. That mosquitto heeds it is tested with a real one in `tests/it`.

use super::*;
use crate::{
    access::{Access, Role},
    broker::ServerSecret,
    testing::county,
};

struct Hall {
    _data: tempfile::TempDir,
    access: Access,
    permissions: Permissions,
}

fn hall() -> Hall {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    let county = county();
    let server = ServerSecret::fresh().unwrap();
    let permissions = Permissions::new(county.setup.id(), access.clone(), server, &county.devices);
    Hall { _data: data, access, permissions }
}

impl Hall {
    fn add(&self, role: Role, name: &str, window: Option<&str>) {
        let window = window.map(|window| window.parse().unwrap());
        self.access.add_credential(role, Some(name.parse().unwrap()), window).unwrap();
    }

    fn acl(&self) -> String {
        acl("yunxi".parse().unwrap(), &self.access.credentials().unwrap(), &self.permissions)
    }
}

/// The lines under a user.
fn of_user(acl: &str, user: &str) -> Vec<String> {
    let from = acl.lines().skip_while(|line| *line != format!("user {user}")).skip(1);
    from.take_while(|line| line.starts_with("topic ")).map(str::to_owned).collect()
}

#[test]
fn each_credential_gets_its_own_topics_and_no_wildcard() {
    let hall = hall();
    hall.add(Role::Bridge, "bridge-7", Some("7"));
    hall.add(Role::Display, "screen-1", None);
    hall.add(Role::Kiosk, "kiosk-1", None);
    hall.add(Role::Desk, "desk-1", None);
    let acl = hall.acl();
    assert_eq!(of_user(&acl, "server"), ["topic readwrite hall/yunxi/#"]);
    let bridge = of_user(&acl, "bridge-7");
    for line in [
        "topic read hall/yunxi/device/strip-7/wanted",
        "topic read hall/yunxi/device/pad-7/job",
        "topic write hall/yunxi/device/evaluator-7/report",
        "topic write hall/yunxi/bridge/bridge-7/state",
    ] {
        assert!(bridge.iter().any(|has| has == line), "{line} is not in {bridge:#?}");
    }
    let foreign = |line: &&String| !line.contains("-7/");
    assert_eq!(bridge.iter().find(foreign), None, "window 7 only");
    let kiosk = of_user(&acl, "kiosk-1");
    assert!(kiosk.contains(&"topic write hall/yunxi/device/kiosk-1/state".to_owned()));
    assert!(kiosk.iter().all(|line| line.contains("/kiosk-1/")), "{kiosk:?}");
    assert!(of_user(&acl, "screen-1").contains(&"topic read hall/yunxi/board".to_owned()));
    assert!(!acl.contains("desk-1"), "a desk has nothing to say here");
    let wild = |line: &&str| line.contains(['#', '+', '$']) && !line.starts_with("# ");
    assert_eq!(acl.lines().filter(wild).collect::<Vec<_>>(), ["topic readwrite hall/yunxi/#"]);
    let faces = |line: &&str| line.ends_with("/wanted") || line.ends_with("/job");
    assert!(acl.lines().filter(faces).all(|line| line.starts_with("topic read ")), "{acl}");
}

#[test]
fn passwords_hold_hashes_and_who_has_none_is_named() {
    let hall = hall();
    hall.add(Role::Bridge, "bridge-1", None);
    hall.add(Role::Desk, "desk-1", None);
    let credentials = hall.access.credentials().unwrap();
    let written = passwords("hash of the server's", &credentials, &hall.permissions);
    let lines: Vec<_> = written.lines().collect();
    assert_eq!(lines[0], "server:hash of the server's");
    assert!(lines[1].starts_with("bridge-1:$7$101$") && lines.len() == 2, "{written}");
    assert!(unknown_to_mosquitto(&credentials, &hall.permissions).is_empty());

    let file = hall._data.path().join("access/credentials/bridge-1.toml");
    let old = std::fs::read_to_string(&file).unwrap();
    let old: String = old
        .lines()
        .filter(|line| !line.starts_with("mosquitto"))
        .fold(String::new(), |text, line| text + line + "\n");
    std::fs::write(&file, old).unwrap();
    let credentials = hall.access.credentials().unwrap();
    let unknown = unknown_to_mosquitto(&credentials, &hall.permissions);
    assert_eq!(unknown[0].name.as_str(), "bridge-1");
    assert_eq!(passwords("x", &credentials, &hall.permissions), "server:x\n");
}

#[test]
fn without_tls_it_is_for_this_machine_alone_unless_it_is_told() {
    let plan = |listen: &str| Plan {
        listen: listen.parse().unwrap(),
        place: "/etc/mosquitto/paihao".into(),
        state: "/var/lib/mosquitto".into(),
        tls: None,
    };
    assert!(Plan::usual_address(false).ip().is_loopback());
    assert!(!plan("127.0.0.1:1883").is_in_the_clear() && !plan("[::1]:1883").is_in_the_clear());
    assert!(plan("0.0.0.0:1883").is_in_the_clear());
    let conf = plan("127.0.0.1:1883").conf();
    for line in ["allow_anonymous false", "acl_file /etc/mosquitto/paihao/acl"] {
        assert!(conf.lines().any(|has| has == line), "{line} is not in {conf}");
    }
}
