//! A stolen credential can neither call nor read at another window: on both brokers, over both
//! versions of MQTT, with clients that are not ours. A message that is not allowed is acknowledged
//! as success over 3.1.1, so what arrives is looked at and not what the client is told.

use std::time::Duration;

use serde_json::{Value, json};
use tests::{
    client::{Client, VERSIONS},
    operations::Installed,
    server::Server,
    wait_until,
};

const SOON: Duration = Duration::from_secs(30);

/// Stands in everything that the thief says, so that it is known again. (A boot, a revision.)
const MARK: u64 = 660_066;

/// What the thief tries to say with the credential of window 1's bridge.
fn lies() -> Vec<(String, Value)> {
    let device = |rest: &str| format!("hall/yunxi/device/{rest}");
    let report = |what: Value| json!({ "boot": MARK, "count": 1, "what": what });
    let strip = json!({ "revision": MARK, "face": { "strip": { "text": "X", "tone": "steady" } } });
    let job = json!({ "id": MARK, "boot": MARK, "expires_in_millis": 60_000, "work": "beep" });
    let state =
        json!({ "health": "ill", "why": "rubbish", "shown": MARK, "about": "", "counters": {} });
    let bridge = json!({ "online": false, "boot": MARK, "devices": ["strip-2", "pad-2"] });
    vec![
        (device("pad-2/report"), report(json!({ "pressed": "call_next" }))),
        (
            device("evaluator-2/report"),
            report(json!({ "graded": { "level": 1, "scale": 5, "leg": null } })),
        ),
        (device("strip-2/state"), state),
        (device("strip-2/picture"), json!({ "strip": { "text": "X", "colour": MARK % 200 } })),
        (device("strip-2/wanted"), strip.clone()),
        (device("pad-2/job"), job.clone()),
        (device("pad-2/press"), json!({ "key": "call", "id": MARK })),
        // Its own devices, but the server's words.
        (device("strip-1/wanted"), strip),
        (device("pad-1/job"), job),
        (device("pad-1/press"), json!({ "key": "call", "id": MARK })),
        ("hall/yunxi/bridge/bridge-2/state".to_owned(), bridge),
        ("hall/yunxi/board".to_owned(), json!({ "boot": MARK })),
        ("hall/yunxi/metrics".to_owned(), json!({ "boot": MARK })),
        ("hall/other/device/pad-2/report".to_owned(), report(json!({ "pressed": "call_next" }))),
        ("$SYS/broker/x".to_owned(), json!(MARK)),
    ]
}

/// What the thief tries to hear.
const EARS: [&str; 9] = [
    "#",
    "$SYS/#",
    "hall/yunxi/#",
    "hall/+/device/+/wanted",
    "hall/yunxi/device/strip-2/wanted",
    "hall/yunxi/device/pad-2/report",
    "hall/yunxi/bridge/bridge-2/state",
    "hall/yunxi/board",
    "hall/yunxi/metrics",
];

const OWN: &str = "hall/yunxi/device/strip-1/wanted";

#[test]
fn on_the_embedded_broker_a_stolen_credential_is_good_for_its_own_window_only() {
    let server = Server::county();
    let secrets = secrets(&server);
    drill(&server, &server.mqtt, [&secrets[0], &secrets[1]], None);
}

#[test]
fn on_mosquitto_a_stolen_credential_is_good_for_its_own_window_only() {
    let mut server = Server::prepared(&[]);
    let Some(mosquitto) = Installed::prepare(server.folder()) else { return };
    let secrets = secrets(&server);
    for step in ["**第二步", "**第四步"] {
        mosquitto.follow(step);
    }
    mosquitto.listens();
    server.configure(&mosquitto.lines("**第五步"));
    server.start();
    let all = std::fs::read_to_string(server.folder().join("mosquitto/server.secret")).unwrap();
    drill(&server, &server.mqtt, [&secrets[0], &secrets[1]], Some(all.trim()));
}

fn secrets(server: &Server) -> [String; 2] {
    ["1", "2"].map(|window| {
        let name = format!("bridge-{window}");
        server.command(&["token", "add", "--role", "bridge", "--name", &name, "--window", window])
    })
}

/// The thief has the first secret; window 2 has the second. `everything` is the server's own, where
/// the broker lets somebody hear all.
fn drill(server: &Server, broker: &str, [stolen, other]: [&str; 2], everything: Option<&str>) {
    let authority = server.folder().join("tls/ca.pem");
    let tls = ["--cafile", authority.to_str().unwrap()];
    let client = |version, user: &str, secret: &str| {
        let client = Client::new(broker, version, user, secret);
        if authority.exists() { client.with(&tls) } else { client }
    };
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("2");
    let (status, issued) = kiosk.issue("A", "a").unwrap();
    assert_eq!(status, 201, "{issued}");
    let before = board(&desk);
    for version in VERSIONS {
        let victim = client(version, "bridge-2", other).listen(
            server.folder(),
            &format!("victim-{version}"),
            &["hall/yunxi/device/strip-2/wanted", "hall/yunxi/device/pad-2/job"],
        );
        let witness = everything.map(|all| {
            client(version, "server", all).listen(
                server.folder(),
                &format!("witness-{version}"),
                &["hall/#"],
            )
        });
        wait_until("the victim hears its face", SOON, || has(&victim.heard(), "strip-2/wanted"));
        let thief = client(version, "bridge-1", stolen);

        for (topic, payload) in lies() {
            thief.publish(&topic, &payload.to_string(), false);
            thief.publish(&topic, &payload.to_string(), true);
        }
        // Also as a last will, when its plug is pulled.
        for (topic, payload) in &lies()[..3] {
            let will =
                ["--will-qos", "1", "--will-topic", topic, "--will-payload", &payload.to_string()]
                    .map(str::to_owned);
            let words: Vec<&str> = will.iter().map(String::as_str).collect();
            drop(thief.with(&words).listen(server.folder(), &format!("will-{version}"), &[OWN]));
        }
        // After its lies it says something it may, so that whoever listens has heard all before.
        let mine = json!({ "health": "ill", "why": "rubbish", "shown": null, "about": "", "counters": {} });
        assert!(thief.publish("hall/yunxi/device/strip-1/state", &mine.to_string(), false));
        if let Some(witness) = &witness {
            wait_until("the witness hears it", SOON, || has(&witness.heard(), "strip-1/state"));
            assert!(!witness.heard().contains(&MARK.to_string()), "{}", witness.heard());
        }

        let ears: Vec<&str> = EARS.into_iter().chain([OWN]).collect();
        let spy = thief.listen(server.folder(), &format!("spy-{version}"), &ears);
        // Window 2 changes while the thief listens, until window 1 has changed too.
        desk.window("2", "pause", &format!("p-{version}")).unwrap();
        desk.window("2", "resume", &format!("r-{version}")).unwrap();
        wait_until("the thief hears its own face", SOON, || has(&spy.heard(), OWN));
        let foreign = |line: &&str| line.starts_with("hall/") || line.starts_with('$');
        let heard = spy.heard();
        let heard: Vec<&str> = heard.lines().filter(foreign).collect();
        // A wildcard that mosquitto takes gives what the list gives: faces of window 1.
        let own = |line: &&str| {
            let mut kinds = ["strip", "pad", "evaluator"].iter();
            kinds.any(|kind| line.starts_with(&format!("hall/yunxi/device/{kind}-1/wanted ")))
        };
        assert!(heard.iter().all(own), "{version}: {heard:#?}");
        assert!(!victim.heard().contains(&MARK.to_string()), "{version}: {}", victim.heard());
        assert_eq!(board(&desk), before, "{version}: nobody was called");
    }
    // The same words of the right one do call: nothing else held them back.
    let (topic, call) = &lies()[0];
    assert!(client("mqttv5", "bridge-2", other).publish(topic, &call.to_string(), false));
    wait_until("the right credential calls", SOON, || {
        let now = board(&desk);
        if now == before { Err(format!("{now:?}")) } else { Ok(()) }
    });
}

/// Who stands at window 2, and how its devices are.
fn board(desk: &tests::api::Api) -> (Value, Value) {
    let (_, board) = desk.get("/board").unwrap();
    let window = board["windows"].as_array().unwrap().iter().find(|window| window["id"] == "2");
    (window.unwrap()["no"].clone(), board["waiting"].clone())
}

fn has(heard: &str, words: &str) -> Result<(), String> {
    if heard.contains(words) { Ok(()) } else { Err(heard.to_owned()) }
}
