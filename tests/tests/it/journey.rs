//! 一张号的全程: paper, call, strip, evaluation, office; with the embedded broker and with mosquitto.

use std::time::Duration;

use paper::job::{self, Outcome};
use serde_json::json;
use tests::{
    api::Api,
    bridge::Bridge,
    kiosk::{Kiosk, Places},
    mosquitto::Mosquitto,
    printer::Printer,
    server::Server,
    wait_until,
};
use wire::{
    http::SlipBody,
    texts::{Language, Texts},
};

/// What takes a second or two on a quiet machine; a hall allows ten.
const SOON: Duration = Duration::from_secs(30);

#[test]
fn a_ticket_taken_by_touch_goes_its_whole_way_over_the_embedded_broker() {
    let (server, bridge) = with_embedded_broker();
    let Some(no) = take_by_touch(&server) else { return };
    rest_of_the_way(&server, &bridge, &no);
}

#[test]
fn a_ticket_taken_by_touch_goes_its_whole_way_over_mosquitto() {
    let Some((server, _broker, bridge)) = with_mosquitto() else { return };
    let Some(no) = take_by_touch(&server) else { return };
    rest_of_the_way(&server, &bridge, &no);
}

#[test]
fn a_ticket_goes_its_whole_way_without_a_screen() {
    let (server, bridge) = with_embedded_broker();
    let no = take_without_screen(&server.api("kiosk", "kiosk-1"));
    rest_of_the_way(&server, &bridge, &no);
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

fn with_embedded_broker() -> (Server, Bridge) {
    let server = Server::county();
    let password = server.token("bridge", "bridge-1");
    let bridge = Bridge::start(server.folder(), &server.mqtt, &password);
    (server, bridge)
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

/// Call, start and finish at the pad, the evaluator's question and answer, and the office's figures.
fn rest_of_the_way(server: &Server, bridge: &Bridge, no: &str) {
    let (desk, office) = (server.api("desk", "desks"), server.api("office", "office-1"));
    desk.sign_on("1");
    bridge.strip_shows("热情为您服务", SOON);
    bridge.press("pad-1", "call");
    bridge.strip_shows(no, SOON);
    bridge.press("pad-1", "start");
    bridge.strip_shows("正在办理", SOON);
    bridge.press("pad-1", "finish");
    bridge.evaluator_asks(SOON);
    bridge.press("evaluator-1", "5");
    wait_until("the office knows", SOON, || {
        let (_, tally) = office.get("/tally")?;
        let known = tally["served"] == 1
            && tally["evaluations"] == json!([0, 0, 0, 0, 1])
            && tally["wait"]["count"] == 1;
        if known { Ok(()) } else { Err(tally.to_string()) }
    });
}

/// A finger walks through the real kiosk's pages; the number as the paper has it.
fn take_by_touch(server: &Server) -> Option<String> {
    let printer = Printer::start();
    let credential = server.token("kiosk", "kiosk-1");
    let places = Places {
        folder: server.folder(),
        server: &server.http,
        credential: &credential,
        printer: &printer,
    };
    let mut kiosk = Kiosk::start(&places)?;
    kiosk.touch("现场取号");
    kiosk.touch("A区");
    kiosk.touch("企业开办");
    kiosk.touch("个体工商户登记");
    let said = kiosk.touch_and_hear("材料已齐，取号", "取号成功");
    assert!(said.contains("A 零 零 一") && said.contains("没有人"), "{said}");
    let piece = printer.piece(1, SOON);
    assert!(piece.whole && printer.has_number(&piece, "A001"), "{}", piece.text);
    assert!(!printer.has_number(&piece, "A002"), "one number is told from another");
    kiosk.is_at_rest();
    assert_eq!(printer.paper().len(), 1, "one slip came out");
    Some("A001".to_owned())
}

/// The same with the kiosk's own slip and printing, where there is no screen: reserves, prints on a
/// virtual printer over TCP, and confirms; the number as the paper has it.
fn take_without_screen(kiosk: &Api) -> String {
    let body = json!({ "queue": "A", "request_id": "tap", "paper": true });
    let (status, answer) = kiosk.post("/tickets", &body).unwrap();
    assert_eq!((status, answer["ticket"]["state"].as_str()), (201, Some("reserved")), "{answer}");
    let printer = Printer::start();
    let slip: SlipBody = serde_json::from_value(answer["slip"].clone()).unwrap();
    let slip = kiosk::slip::set(&slip, Texts::of(Language::Chinese));
    let (profile, faces) = (&printer.profile, &printer.faces);
    let bytes = paper::encode::encode(&slip, profile, faces).unwrap();
    let place = printer.place().parse().unwrap();
    let mut way = paper::transport::transport(&place, profile, faces);
    let outcome = job::print(&mut *way, profile, &bytes, &job::Patience::default());
    assert!(matches!(outcome, Outcome::Printed { .. }), "{outcome:?}");
    let id = answer["ticket"]["id"].as_u64().unwrap();
    let printed = json!({ "request_id": "printed" });
    let (status, answer) = kiosk.post(&format!("/tickets/{id}/printed"), &printed).unwrap();
    assert_eq!((status, answer["ticket"]["state"].as_str()), (200, Some("waiting")), "{answer}");
    let no = answer["ticket"]["no"].as_str().unwrap().to_owned();
    let piece = printer.piece(1, SOON);
    assert!(piece.whole && printer.has_number(&piece, &no), "{}", piece.text);
    no
}
