//! What stands in `/api/openapi.json` and `/api/asyncapi.json`, against what really goes over the wire: a
//! day of a hall is asked through, a hall with its devices is listened to, and another's checker of JSON
//! schemas looks at every answer and every message.

use std::{fs, io::Write, process::Stdio, time::Duration};

use serde_json::{Value, json};
use tests::{
    api::{Api, Said},
    demo::Demo,
    oracles,
    server::Server,
    wait_until,
};
use wire::webhook::WebhookKind;

use crate::webhooks::{self, Receiver};

/// Routes that this day does not ask, or whose answer is no JSON.
const NOT_ASKED: [(&str, &str); 8] = [
    ("/api/v1/metrics", "text for Prometheus"),
    ("/api/v1/live", "a stream without an end; the browser tests listen to it"),
    ("/api/v1/photos/{mark}", "a picture; the sample hall has none"),
    ("/api/v1/windows/{window}/return", "asked by a cashier, whom this day has not"),
    ("/api/v1/pair", "with a code from the device room, as pairing.rs does"),
    ("/api/v1/kiosk/numbers", "by a kiosk with a record of its own, as alone.rs does"),
    ("/api/v1/tickets/handed-in", "by a kiosk that was alone, as alone.rs does"),
    ("/api/v1/check-ins", "the first day that can be booked is tomorrow: refused as too early"),
];

/// What does not happen in the hours that this day is lived.
const NOT_TOLD: [(WebhookKind, &str); 11] = [
    (WebhookKind::DayOpened, "it may be open before the receiver is known"),
    (WebhookKind::SessionOpened, "as the day"),
    (WebhookKind::TicketHoldExpired, "after half an hour"),
    (WebhookKind::TicketSwept, "when the hall is closed"),
    (WebhookKind::DayClosed, "at midnight"),
    (WebhookKind::SessionClosed, "when the session ends"),
    (WebhookKind::AlertEased, "when what it tells of has passed"),
    (WebhookKind::AlertClosed, "only those of what has happened or passed"),
    (WebhookKind::DeviceIll, "there is none, as webhooks of the demo have them"),
    (WebhookKind::DeviceWell, "there is none"),
    (WebhookKind::Test, "by a button of the administrator's page"),
];

#[test]
fn every_answer_of_a_day_is_as_described_and_every_route_was_asked() {
    let Some(python) = oracles::python() else { return };
    let mut receiver = Receiver::open();
    let mut server = Server::prepared(&["--speed", "60"]);
    fs::write(server.folder().join("secret"), webhooks::SECRET).unwrap();
    server.configure(&format!(
        "\n[[webhook]]\nname = \"office\"\nurl = \"http://127.0.0.1:{}/in\"\nkinds = [\"*\"]\n\
         secret_file = \"secret\"\n",
        receiver.port
    ));
    server.start();
    let heard = tests::api::Heard::default();
    let api = |role: &str, name: &str| server.api(role, name).heard_by(&heard);
    let [kiosk, desk, office, guide, admin] = [
        ("kiosk", "kiosk-1"),
        ("desk", "desks"),
        ("office", "office-1"),
        ("guide", "guide-1"),
        ("admin", "admin-1"),
    ]
    .map(|(role, name)| api(role, name));
    a_day(&kiosk, &desk, &office, &guide, &admin);
    let stranger = Api::new(&server.http, "nobody").heard_by(&heard);
    stranger.get("/board").unwrap();
    stranger.post("/tickets", &json!({ "queue": "A", "request_id": "x" })).unwrap();
    kiosk.get("/matters").unwrap();
    let (_, described) = admin.raw("/api/openapi.json").unwrap();
    let said: Vec<Said> = heard.lock().unwrap().drain(..).collect();
    let asked = json!({ "kind": "openapi", "document": described, "said": said.iter().map(|said| json!({
        "method": said.method, "path": said.path, "status": said.status, "type": said.kind, "body": said.body,
    })).collect::<Vec<_>>() });
    let found = ask(python, &asked);
    assert_eq!(found["wrong"], json!([]), "answers that are not as described");
    let lacking: Vec<&str> = found["unseen"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|route| route.as_str())
        .filter(|route| !NOT_ASKED.iter().any(|(known, _)| route.ends_with(known)))
        .collect();
    assert_eq!(lacking, Vec::<&str>::new(), "routes that were never answered well");
    every_webhook_is_as_described(&receiver, &admin);
    receiver.down();
}

fn every_webhook_is_as_described(receiver: &Receiver, admin: &Api) {
    let Some(python) = oracles::python() else { return };
    wait_until("everything was told", Duration::from_secs(60), || {
        let bodies = receiver.bodies();
        let is_told = |kind: &&WebhookKind| bodies.iter().any(|it| it["type"] == kind.as_str());
        let all = WebhookKind::ALL.iter();
        let wanted = all.filter(|kind| !NOT_TOLD.iter().any(|(not, _)| not == *kind));
        let lacking: Vec<_> = wanted.filter(|kind| !is_told(kind)).collect();
        if lacking.is_empty() { Ok(()) } else { Err(format!("{lacking:?}")) }
    });
    let (_, document) = admin.raw("/api/asyncapi.json").unwrap();
    let said = receiver.bodies().into_iter().map(|body| json!(["webhook", body]));
    let said = said.collect::<Vec<_>>();
    let found = ask(python, &json!({ "kind": "asyncapi", "document": document, "said": said }));
    assert_eq!(found["wrong"], json!([]), "webhooks that are not as described");
}

#[test]
fn every_message_of_a_hall_with_its_devices_is_as_described_and_every_topic_was_heard() {
    let Some(python) = oracles::python() else { return };
    let noted = tempfile::NamedTempFile::new().unwrap();
    let demo = Demo::open_noting(
        noted.path(),
        "wire=trace",
        &["--speed", "60", "--start", "2026-11-23 08:50"],
    );
    let document = Api::new(&demo.http, "nobody").raw("/api/asyncapi.json").unwrap().1;
    let topics = document["channels"].as_object().unwrap();
    let suffixes: Vec<String> = topics
        .values()
        .filter_map(|channel| channel["address"].as_str())
        .filter(|address| address.starts_with("hall/"))
        .map(|address| address.rsplit('/').next().unwrap().to_owned())
        .collect();
    // A key in the device room is the only thing that nobody presses by himself.
    let (admin, password) = demo.sign_in("room");
    demo.press(&admin, &password, "pad-1", "call_next");
    let said = || -> Vec<(String, Value)> {
        let text = fs::read_to_string(noted.path()).unwrap_or_default();
        text.lines().filter_map(message).collect()
    };
    wait_until("every topic was heard", Duration::from_secs(90), || {
        let said = said();
        let heard =
            |suffix: &&String| said.iter().any(|(topic, _)| topic.ends_with(suffix.as_str()));
        let lacking: Vec<&String> = suffixes.iter().filter(|suffix| !heard(suffix)).collect();
        if lacking.is_empty() { Ok(()) } else { Err(format!("{lacking:?}")) }
    });
    let said = said();
    demo.close();
    let asked = json!({ "kind": "asyncapi", "document": document, "said": said });
    let found = ask(python, &asked);
    assert_eq!(found["wrong"], json!([]), "messages that are not as described");
    assert!(said.len() > 500, "a hall says more: {}", said.len());
}

/// `… TRACE wire: topic=hall/… payload={…}`.
fn message(line: &str) -> Option<(String, Value)> {
    let (_, told) = line.split_once("wire: ")?;
    let (topic, payload) = told.strip_prefix("topic=")?.split_once(" payload=")?;
    Some((topic.to_owned(), serde_json::from_str(payload).ok()?))
}

fn ask(mut python: std::process::Command, asked: &Value) -> Value {
    let python =
        python.arg(oracles::script("ask_schemas.py")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut running = python.spawn().unwrap();
    let mut into = running.stdin.take().unwrap();
    let text = asked.to_string();
    let writing = std::thread::spawn(move || into.write_all(text.as_bytes()));
    let answer = running.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    serde_json::from_slice(&answer.stdout).unwrap()
}

/// Somebody who asks: with a name for each asking, or without, or until it is done.
struct Asker<'a> {
    number: u32,
    kiosk: &'a Api,
    desk: &'a Api,
    office: &'a Api,
    guide: &'a Api,
    admin: &'a Api,
}

impl Asker<'_> {
    fn named(&mut self, body: Value) -> Value {
        self.number += 1;
        let mut body = body;
        body["request_id"] = json!(format!("r{}", self.number));
        body
    }

    fn ask(&mut self, api: &Api, path: &str, body: Value) -> Value {
        let body = self.named(body);
        api.post(path, &body).unwrap().1
    }

    /// A key of window 1, pressed until the hall allows it.
    fn press(&mut self, order: &str, body: &Value) -> Value {
        wait_until(&format!("{order} is allowed"), Duration::from_secs(20), || {
            let body = self.named(body.clone());
            match self.desk.post(&format!("/windows/1/{order}"), &body)? {
                (200, answer) => Ok(answer),
                (_, refused) => Err(refused.to_string()),
            }
        })
    }

    fn serve_next(&mut self) -> Value {
        let called = self.press("call-next", &json!({}));
        self.press("start", &json!({}));
        called["ticket"].clone()
    }

    fn tickets(&mut self, api: &Api, bodies: &[Value]) -> Vec<Value> {
        let issue = |body: &Value| {
            let answer = self.ask(api, "/tickets", body.clone());
            answer["ticket"].clone()
        };
        bodies.iter().map(issue).collect()
    }
}

/// A day in which everything is asked; the hall's clock runs fast, so that what is too soon is allowed
/// soon.
fn a_day(kiosk: &Api, desk: &Api, office: &Api, guide: &Api, admin: &Api) {
    desk.sign_on("1");
    desk.sign_on("2");
    let mut asker = Asker { number: 0, kiosk, desk, office, guide, admin };
    let item = asker.what_is_read();
    asker.what_the_office_does(&item);
    asker.bookings();
    asker.tickets_and_keys(&item);
    asker.matters_and_alerts();
    let end = json!({ "reason": "weather", "closes": "11:50", "issue_until": "11:30" });
    asker.ask(office, "/session/close-early", end);
}

impl Asker<'_> {
    fn what_is_read(&mut self) -> String {
        let (_, catalogue) = self.kiosk.get("/catalogue").unwrap();
        let items = catalogue["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["queue"] == "A").unwrap()["id"].clone();
        let item = item.as_str().unwrap().to_owned();
        let of_item = format!("/catalogue/items/{item}");
        for path in ["/board", "/forecast", "/health", "/reader-key", "/help", "/slots?queue=E"] {
            self.kiosk.get(path).unwrap();
        }
        for path in [&*of_item, "/catalogue/items?find=a"] {
            self.kiosk.get(path).unwrap();
        }
        for path in ["/tally", "/staff", "/matters", "/catalogue/changes"] {
            self.office.get(path).unwrap();
        }
        item
    }

    fn what_the_office_does(&mut self, item: &str) {
        let (office, kiosk) = (self.office, self.kiosk);
        let change = json!({ "item": item, "kind": "cancelled", "effective": "2026-12-31", "approver": "9001" });
        self.ask(office, "/catalogue/changes", change);
        self.ask(self.admin, "/reload", json!({}));
        self.ask(office, "/announcements", json!({ "text": "A", "urgent": false }));
        self.ask(office, "/windows/2/lend", json!({ "queue": "E", "minutes": 30 }));
        self.ask(office, "/windows/2/end-lend", json!({ "queue": "E" }));
        self.ask(office, "/windows/24/tide", json!({ "queues": ["A"], "minutes": 30 }));
        self.ask(office, "/windows/24/end-tide", json!({}));
        self.ask(office, "/queues/A/limit", json!({ "more": 500, "minutes": 30, "reason": "X" }));
        self.ask(office, "/queues/A/end-limit", json!({}));
        let wish = json!({ "staff": "1002", "minutes": 30, "reason": "X" });
        self.ask(office, "/windows/1/stand-in", wish);
        self.ask(office, "/windows/1/end-stand-in", json!({}));
        self.ask(office, "/staff/s3/whereabouts", json!({ "whereabouts": "study" }));
        office.post("/whatif", &json!({ "queue": "A", "span_minutes": 60 })).unwrap();
        self.post_changes();
        self.ask(kiosk, "/help", json!({ "place": "kiosk-1" }));
        self.ask(kiosk, "/unfound", json!({ "words": "x" }));
        kiosk.post("/kiosk/state", &json!({ "why": "" })).unwrap();
    }

    fn bookings(&mut self) {
        let guide = self.guide;
        let book = |from: &str, document: &str| {
            json!({ "queue": "E", "day": "2026-11-24", "from": from, "document": document,
                "channel": "guide_desk" })
        };
        let one = self.ask(guide, "/bookings", book("09:00", "11010119900101001X"));
        let other = self.ask(guide, "/bookings", book("09:30", "11010119900101002X"));
        let no = one["booking"]["no"].as_str().unwrap();
        guide.get(&format!("/bookings/{no}")).unwrap();
        guide.post("/bookings/find", &json!({ "booking": no })).unwrap();
        self.ask(
            guide,
            "/check-ins",
            json!({ "booking": no, "channel": "guide_desk", "paper": false }),
        );
        self.ask(guide, &format!("/bookings/{no}/cancel"), json!({}));
        self.ask(self.office, "/erasures", json!({ "booking": other["booking"]["no"] }));
    }

    fn tickets_and_keys(&mut self, item: &str) {
        let (kiosk, desk, guide, office) = (self.kiosk, self.desk, self.guide, self.office);
        let plain = json!({ "queue": "A", "channel": "kiosk" });
        let paper = json!({ "queue": "A", "channel": "kiosk", "paper": true });
        let first = self.tickets(kiosk, &[paper]).remove(0);
        let id = first["id"].as_u64().unwrap();
        self.ask(kiosk, &format!("/tickets/{id}/printed"), json!({ "outcome": "printed" }));
        kiosk.get(&format!("/tickets/{id}")).unwrap();
        kiosk.post("/tickets/find", &json!({ "no": first["no"] })).unwrap();
        self.ask(guide, &format!("/tickets/{id}/reprint"), json!({}));
        self.ask(guide, &format!("/tickets/{id}/silent"), json!({ "silent": true }));
        let helper = json!({ "helper": "1002" });
        self.ask(guide, &format!("/tickets/{id}/helper"), helper);
        self.ask(guide, &format!("/tickets/{id}/helper"), json!({ "helper": null }));
        self.press("call-next", &json!({}));
        self.press("helper", &json!({ "helped": true }));
        self.press("recall", &json!({}));
        self.press("recall", &json!({}));
        self.press("silent", &json!({}));
        self.press("no-show", &json!({}));
        self.ask(guide, &format!("/tickets/{id}/reactivate"), json!({}));
        let taken = self.tickets(kiosk, &[plain.clone(), plain.clone()]);
        self.ask(guide, &format!("/tickets/{}/cancel", taken[0]["id"]), json!({}));
        self.ask(
            office,
            &format!("/tickets/{}/expedite", taken[1]["id"]),
            json!({ "reason": "X" }),
        );
        self.press("call-next", &json!({}));
        self.ask(desk, "/windows/1/take-back", json!({}));
        self.serve_next();
        for (order, body) in [
            ("case", json!({ "case": "C-1" })),
            ("notice", json!({ "missing": [{ "name": "x" }], "item": item })),
            ("accept", json!({ "case": "C-1", "item": item })),
            ("deliver", json!({ "delivery": "post" })),
        ] {
            self.press(order, &body);
        }
        desk.post("/windows/1/print", &json!({ "paper": "notice" })).unwrap();
        self.press("hold", &json!({}));
        self.press("call-back", &json!({ "no": taken[1]["no"] }));
        self.press("finish", &json!({ "copies": 2 }));
        self.ask(desk, "/cases/C-1/close", json!({}));
        let said = json!({ "window": "1", "rating": "dissatisfied", "reasons": ["long_wait"] });
        self.ask(kiosk, "/evaluations", said);
        self.serve_next();
        self.press("decline", &json!({ "reasons": ["not_ours"], "item": item }));
        self.press("transfer", &json!({ "queue": "B", "reason": "wrong_queue" }));
        let soldier = json!({ "queue": "A", "channel": "kiosk", "priority": "military",
            "priority_reason": "veteran" });
        let of_two = json!({ "item": item, "then": ["B01"], "channel": "kiosk" });
        self.tickets(kiosk, &[soldier]);
        self.serve_next();
        self.press("verify", &json!({ "fits": true }));
        self.press("to-cashier", &json!({}));
        // Who was passed over and came back.
        self.serve_next();
        self.press("finish", &json!({}));
        self.ask(kiosk, "/evaluations", json!({ "window": "1", "rating": "satisfied" }));
        self.tickets(kiosk, &[of_two.clone(), of_two]);
        self.serve_next();
        self.press("next-leg", &json!({}));
        // Where this window takes the next stop too, the ticket has stayed.
        self.ask(desk, "/windows/1/finish", json!({}));
        self.serve_next();
        self.press("drop-stops", &json!({}));
        self.press("finish", &json!({}));
        let last = self.tickets(kiosk, &[plain]).remove(0);
        self.press("call", &json!({ "no": last["no"] }));
        self.press("finish", &json!({}));
        self.press("pause", &json!({ "reason": "meal" }));
        self.ask(office, "/windows/1/decline-stand-in", json!({ "reason": "X" }));
        self.press("resume", &json!({}));
        self.press("sign-off", &json!({}));
    }

    fn post_changes(&mut self) {
        let office = self.office;
        let wish = json!({ "staff": "1003", "window": "2", "from": "2026-11-23",
            "until": "2026-11-27", "reason": "leave" });
        self.ask(office, "/post-changes", wish);
        office.get("/post-changes").unwrap();
        let outcome = json!({ "outcome": "withdrawn" });
        self.ask(office, "/post-changes/1/decide", outcome);
    }

    fn matters_and_alerts(&mut self) {
        let (guide, office) = (self.guide, self.office);
        let told = self.ask(guide, "/matters", json!({ "reasons": ["other"] }));
        guide.post("/matters/find", &json!({ "receipt": told["receipt"] })).unwrap();
        let (_, matters) = office.get("/matters").unwrap();
        for matter in matters["open"].as_array().into_iter().flatten() {
            let id = &matter["id"];
            for step in [
                json!({ "verify": { "finding": "clear", "note": "x" } }),
                json!({ "grade": { "grade": "simple" } }),
                json!({ "answer": { "note": "x" } }),
                json!({ "call_back": { "result": "content", "note": "x" } }),
            ] {
                self.ask(office, &format!("/matters/{id}/steps"), json!({ "step": step }));
            }
            let end = json!({ "outcome": "rectified", "note": "x" });
            self.ask(office, &format!("/matters/{id}/close"), end);
        }
        self.visits();
        let (_, board) = office.get("/board").unwrap();
        for alert in board["alerts"].as_array().into_iter().flatten() {
            let id = &alert["id"];
            self.ask(office, &format!("/alerts/{id}/acknowledge"), json!({ "note": "x" }));
            self.ask(office, &format!("/alerts/{id}/close"), json!({ "note": "x" }));
        }
    }
    /// One that is done and one that is not wanted any more.
    fn visits(&mut self) {
        let (guide, office) = (self.guide, self.office);
        let contact = json!({ "who": "X", "place": "X" });
        let body = json!({ "reason": "ill", "contact": contact });
        let visit = self.ask(guide, "/visits", body);
        let steps = format!("/visits/{}/steps", visit["visit"]["id"]);
        for step in [
            json!({ "assign": { "staff": "1002", "day": "2026-11-24" } }),
            json!({ "begin": {} }),
            json!({ "finish": { "case": "on_the_spot" } }),
            json!({ "withdraw": { "note": "x" } }),
        ] {
            self.ask(office, &steps, json!({ "step": step }));
        }
        self.ask(guide, "/visits", json!({ "reason": "other" }));
        let rate = json!({ "token": visit["code"], "rating": "satisfied" });
        self.ask(guide, "/evaluations", rate);
        office.get("/visits").unwrap();
    }
}
