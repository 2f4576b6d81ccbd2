//! 一张号的全程: paper, call, strip, evaluation, office; with the embedded broker and with mosquitto.

use std::time::Duration;

use paper::{
    faces::Faces,
    job::{self, Outcome},
    profile::Profile,
    twin::PrinterTwin,
};
use serde_json::json;
use tests::{api::Api, bridge::Bridge, mosquitto::Mosquitto, server::Server, wait_until};
use wire::{
    http::SlipBody,
    texts::{Language, Texts},
};

/// What takes a second or two on a quiet machine; a hall allows ten.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn a_ticket_goes_its_whole_way_over_the_embedded_broker() {
    let server = Server::county();
    let password = server.token("bridge", "bridge-1");
    let bridge = Bridge::start(server.folder(), &server.mqtt, &password);
    whole_way(&server, &bridge);
}

#[test]
fn a_ticket_goes_its_whole_way_over_mosquitto() {
    let Some((server, _broker, bridge)) = with_mosquitto() else { return };
    whole_way(&server, &bridge);
}

#[test]
fn after_a_broker_restart_the_strip_is_right_again() {
    let Some((server, mut broker, bridge)) = with_mosquitto() else { return };
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);
    kiosk.issue("A", "a").unwrap();
    broker.kill();
    let (_, called) = desk.window("1", "call-next", "call").unwrap();
    let no = called["ticket"]["no"].as_str().unwrap();
    broker.begin();
    bridge.strip_shows(no, SOON);
    // Nothing changes any more, the broker has forgotten everything, and a bridge comes anew.
    drop(bridge);
    broker.kill();
    broker.begin();
    let bridge = Bridge::start(server.folder(), &server.mqtt, "bridge secret");
    bridge.strip_shows(no, SOON);
}

#[test]
fn after_a_server_restart_the_strip_is_right_again() {
    let mut server = Server::prepared(&[]);
    server.keep_broker_at(tests::free_port());
    server.start();
    let password = server.token("bridge", "bridge-1");
    let bridge = Bridge::start(server.folder(), &server.mqtt, &password);
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);
    kiosk.issue("A", "a").unwrap();
    server.kill();
    server.start();
    let (_, called) = desk.moved(&server.http).window("1", "call-next", "call").unwrap();
    let no = called["ticket"]["no"].as_str().unwrap();
    bridge.strip_shows(no, SOON);
}

fn with_mosquitto() -> Option<(Server, Mosquitto, Bridge)> {
    let mut server = Server::prepared(&[]);
    let users = [("server", "server secret"), ("bridge-1", "bridge secret")];
    let broker = Mosquitto::start(server.folder(), &users)?;
    std::fs::write(server.folder().join("server.password"), "server secret").unwrap();
    server.configure(&format!(
        "[broker]\nhost = \"127.0.0.1\"\nport = {}\nuser = \"server\"\npassword_file = \
         \"server.password\"\n",
        broker.port
    ));
    server.start();
    let bridge = Bridge::start(server.folder(), &server.mqtt, "bridge secret");
    Some((server, broker, bridge))
}

fn whole_way(server: &Server, bridge: &Bridge) {
    let (kiosk, desk) = (server.api("kiosk", "kiosk-1"), server.api("desk", "desks"));
    let no = take_on_paper(&kiosk);
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);
    bridge.press("pad-1", "call");
    bridge.strip_shows(&no, SOON);
    bridge.press("pad-1", "start");
    bridge.strip_shows("正在办理", SOON);
    bridge.press("pad-1", "finish");
    bridge.evaluator_asks(SOON);
    bridge.press("evaluator-1", "5");
    wait_until("the office knows", SOON, || {
        let (_, tally) = desk.get("/tally")?;
        let known = tally["served"] == 1
            && tally["evaluations"] == json!([0, 0, 0, 0, 1])
            && tally["wait"]["count"] == 1;
        if known { Ok(()) } else { Err(tally.to_string()) }
    });
}

/// Reserves, prints on a virtual printer over TCP, and confirms; the number as the paper has it.
fn take_on_paper(kiosk: &Api) -> String {
    let body = json!({ "queue": "A", "request_id": "tap", "paper": true });
    let (status, answer) = kiosk.post("/tickets", &body).unwrap();
    assert_eq!((status, answer["ticket"]["state"].as_str()), (201, Some("reserved")), "{answer}");
    let faces = Faces::new(look::fonts::REGULAR, look::fonts::BOLD).unwrap();
    let profile = Profile::find("generic-80").unwrap();
    let twin = PrinterTwin::start(&profile, &faces, "127.0.0.1:0").unwrap();
    let slip: SlipBody = serde_json::from_value(answer["slip"].clone()).unwrap();
    let slip = kiosk::slip::set(&slip, Texts::of(Language::Chinese));
    let bytes = paper::encode::encode(&slip, &profile, &faces).unwrap();
    let place = format!("tcp:{}", twin.address()).parse().unwrap();
    let mut printer = paper::transport::transport(&place, &profile, &faces);
    let outcome = job::print(&mut *printer, &profile, &bytes, &job::Patience::default());
    assert!(matches!(outcome, Outcome::Printed { .. }), "{outcome:?}");
    assert!(twin.wait_for(1, SOON), "the paper came out");
    let id = answer["ticket"]["id"].as_u64().unwrap();
    let printed = json!({ "request_id": "printed" });
    let (status, answer) = kiosk.post(&format!("/tickets/{id}/printed"), &printed).unwrap();
    assert_eq!((status, answer["ticket"]["state"].as_str()), (200, Some("waiting")), "{answer}");
    answer["ticket"]["no"].as_str().unwrap().to_owned()
}
