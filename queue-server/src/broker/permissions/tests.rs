//! A stolen credential can neither call nor read for another device.

use wire::device::DeviceKind;

use super::{Permissions, ServerSecret};
use crate::{
    access::{Access, Role},
    profile::Device,
};

struct Hall {
    _data: tempfile::TempDir,
    permissions: Permissions,
    access: Access,
}

fn hall() -> Hall {
    let data = tempfile::tempdir().unwrap();
    let access = Access::open(data.path()).unwrap();
    let device = |id: &str, kind, window: Option<&str>| Device {
        id: id.parse().unwrap(),
        kind,
        profile: String::new(),
        line: None,
        address: None,
        window: window.map(|window| window.parse().unwrap()),
        name: id.to_owned(),
        zone: None,
        kiosk: None,
        carrier: (id == "strip-2").then(|| "bridge-2".parse().unwrap()),
    };
    let devices = [
        device("strip-1", DeviceKind::Strip, Some("1")),
        device("evaluator-1", DeviceKind::Evaluator, Some("1")),
        device("pad-2", DeviceKind::Pad, Some("2")),
        device("strip-2", DeviceKind::Strip, Some("2")),
        device("kiosk-1", DeviceKind::Kiosk, None),
        device("screen-1", DeviceKind::HallScreen, None),
        device("window-screen-1", DeviceKind::WindowScreen, Some("1")),
        device("tablet-1", DeviceKind::Tablet, Some("1")),
        device("reader-1", DeviceKind::Reader, None),
        Device {
            line: Some("line-6".to_owned()),
            address: Some(0),
            ..device("led-1", DeviceKind::HallScreen, None)
        },
    ];
    let server = ServerSecret::fresh().unwrap();
    let permissions = Permissions::new("yunxi".parse().unwrap(), access.clone(), server, &devices);
    Hall { _data: data, permissions, access }
}

fn connect(hall: &Hall, name: &str, role: Role) {
    let name_id = Some(name.parse().unwrap());
    let (_, secret) = hall.access.add_credential(role, name_id, None).unwrap();
    assert!(hall.permissions.may_connect(name, &secret, name, None));
}

#[test]
fn each_role_says_and_hears_only_its_own() {
    let hall = hall();
    connect(&hall, "bridge-1", Role::Bridge);
    connect(&hall, "screen-1", Role::Display);
    connect(&hall, "kiosk-1", Role::Kiosk);
    connect(&hall, "office-1", Role::Office);
    connect(&hall, "desk-1", Role::Desk);
    let clients = ["bridge-1", "screen-1", "kiosk-1", "office-1", "desk-1", "stranger"];
    let rows = [
        ("device/strip-1/wanted", "......", "b....."),
        ("device/strip-1/job", "......", "b....."),
        ("device/strip-1/report", "b.....", "......"),
        ("device/strip-1/state", "b.....", "......"),
        ("device/evaluator-1/press", "......", "b....."),
        ("device/evaluator-1/picture", "b.....", "......"),
        ("device/screen-1/wanted", "......", ".s...."),
        ("device/screen-1/report", ".s....", "......"),
        ("device/window-screen-1/wanted", "......", ".s...."),
        ("device/tablet-1/wanted", "......", ".s...."),
        ("device/tablet-1/report", ".s....", "......"),
        ("device/led-1/wanted", "......", "b....."),
        ("device/led-1/report", "b.....", "......"),
        ("device/kiosk-1/state", "..k...", "......"),
        ("device/reader-1/state", "b.....", "......"),
        ("device/reader-1/job", "......", "b....."),
        ("device/unknown/report", "......", "......"),
        ("bridge/bridge-1/state", "b.....", "......"),
        ("bridge/bridge-2/state", "......", "......"),
        ("board", "......", ".s.o.."),
        ("metrics", "......", ".s.o.."),
        ("screens", "......", ".s...."),
        ("#", "......", "......"),
        ("device/+/report", "......", "......"),
    ];
    for (place, publish, read) in rows {
        let topic = format!(
            "{}{place}",
            wire::topics::everything("yunxi".parse().unwrap()).trim_end_matches('#')
        );
        for (client, (publish, read)) in clients.iter().zip(publish.chars().zip(read.chars())) {
            let (may_publish, may_read) = (publish != '.', read != '.');
            assert_eq!(
                hall.permissions.may_publish(client, &topic),
                may_publish,
                "{client} {topic}"
            );
            assert_eq!(hall.permissions.may_read(client, &topic), may_read, "{client} {topic}");
        }
        let other = topic.replace("yunxi", "elsewhere");
        assert!(!hall.permissions.may_publish("bridge-1", &other));
    }
}

#[test]
fn a_client_id_of_another_and_a_foreign_will_are_refused() {
    let hall = hall();
    let (_, secret) =
        hall.access.add_credential(Role::Display, Some("screen-1".parse().unwrap()), None).unwrap();
    let may = |client: &str, will: Option<&str>| {
        hall.permissions.may_connect("screen-1", &secret, client, will)
    };
    assert!(may("screen-1", None));
    assert!(may("screen-1.voice", None));
    assert!(!may("bridge-1", None));
    assert!(!may("screen-10", None));
    let topic = |device: &str| {
        let hall = "yunxi".parse().unwrap();
        let state = wire::topics::DeviceTopic::State;
        wire::topics::Topic::device(hall, device.parse().unwrap(), state).to_string()
    };
    assert!(may("screen-1", Some(&topic("screen-1"))));
    assert!(!may("screen-1", Some(&topic("strip-1"))));
    assert!(!hall.permissions.may_connect("screen-1", "wrong", "screen-1", None));
    assert!(!hall.permissions.may_connect("server", "", "server", None));
}

fn report_of(device: &str) -> String {
    let hall = "yunxi".parse().unwrap();
    let report = wire::topics::DeviceTopic::Report;
    wire::topics::Topic::device(hall, device.parse().unwrap(), report).to_string()
}

#[test]
fn a_bridge_that_is_bound_to_windows_speaks_for_their_devices_only() {
    let hall = hall();
    let bound = |name: &str, window: &str| {
        let (_, secret) = hall
            .access
            .add_credential(
                Role::Bridge,
                Some(name.parse().unwrap()),
                Some(window.parse().unwrap()),
            )
            .unwrap();
        assert!(hall.permissions.may_connect(name, &secret, name, None));
    };
    bound("bridge-1", "1");
    bound("bridge-2", "2");
    let may = |bridge: &str, device: &str| hall.permissions.may_publish(bridge, &report_of(device));
    assert!(may("bridge-1", "strip-1") && may("bridge-1", "evaluator-1"));
    assert!(may("bridge-2", "pad-2"));
    assert!(!may("bridge-1", "pad-2") && !may("bridge-2", "evaluator-1"));
    let wanted = report_of("strip-1").replace("report", "wanted");
    assert!(hall.permissions.may_read("bridge-1", &wanted));
    assert!(!hall.permissions.may_read("bridge-2", &wanted));
}

#[test]
fn a_revoked_credential_may_nothing_more_and_its_client_is_named_once() {
    let hall = hall();
    connect(&hall, "bridge-1", Role::Bridge);
    connect(&hall, "screen-1", Role::Display);
    assert!(hall.permissions.revoked().is_empty());
    assert!(hall.permissions.may_publish("bridge-1", &report_of("strip-1")));
    hall.access.revoke("bridge-1".parse().unwrap()).unwrap();
    assert!(!hall.permissions.may_publish("bridge-1", &report_of("strip-1")));
    assert_eq!(hall.permissions.revoked(), ["bridge-1"]);
    assert!(hall.permissions.revoked().is_empty());
}

#[test]
fn a_replaced_credential_is_another_one_and_who_held_the_old_is_sent_away() {
    let hall = hall();
    connect(&hall, "bridge-1", Role::Bridge);
    let name = "bridge-1".parse().unwrap();
    let secret = hall.access.replace_credential(Role::Bridge, name, Vec::new()).unwrap();
    assert_eq!(hall.permissions.revoked(), ["bridge-1"]);
    assert!(hall.permissions.may_connect("bridge-1", &secret, "bridge-1", None));
    assert!(hall.permissions.revoked().is_empty(), "the new one stays");
    assert!(hall.permissions.may_publish("bridge-1", &report_of("strip-1")));
}

#[test]
fn a_device_with_a_carrier_listens_to_no_other() {
    let hall = hall();
    connect(&hall, "bridge-1", Role::Bridge);
    connect(&hall, "bridge-2", Role::Bridge);
    for (bridge, may) in [("bridge-1", false), ("bridge-2", true)] {
        assert_eq!(hall.permissions.may_publish(bridge, "hall/yunxi/device/strip-2/report"), may);
        assert_eq!(hall.permissions.may_read(bridge, "hall/yunxi/device/strip-2/wanted"), may);
        assert!(hall.permissions.may_publish(bridge, "hall/yunxi/device/strip-1/report"));
    }
}
