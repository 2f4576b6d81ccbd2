//! Signatures, the row's bounds, what is told of events, and the settings.

use std::{sync::Arc, time::Duration};

use wire::webhook::{WebhookData, WebhookKind};

use super::{
    Receiver, WAITING_MAX,
    line::{Line, Outcome, Place, Waiting, now_secs},
    sign, told,
};
use crate::{
    config::Settings,
    testing::{self, MemoryJournal, issue, ticket_of},
};

fn receiver(name: &str, kinds: &[&str]) -> Receiver {
    Receiver {
        name: name.to_owned(),
        url: "http://127.0.0.1:9/".to_owned(),
        kinds: kinds.iter().map(ToString::to_string).collect(),
        secrets: Vec::new(),
        authority: None,
    }
}

fn body(place: u64, kind: WebhookKind) -> Waiting {
    let (id, body) = (format!("msg_{place}"), "{}".to_owned());
    Waiting { place, id, at_secs: now_secs(), kind, to: None, body }
}

fn line(receivers: &[Receiver]) -> Line {
    let line = Line::new(receivers);
    let place = Place { next: 1, ..Place::default() };
    line.take_up(Vec::new(), receivers.iter().map(|_| place.clone()).collect());
    line
}

#[test]
fn a_body_is_signed_as_the_standard_says() {
    // The example of the standard's own libraries.
    let secrets = sign::secrets("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").unwrap();
    let (id, body) = ("msg_p5jXN8AQM9LWM0D4loKWxJek", "{\"test\": 2432232314}");
    let signed = sign::signature(&secrets, id, 1_614_265_330, body);
    assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    let both =
        sign::secrets("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\nwhsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD\n");
    let signed = sign::signature(&both.unwrap(), id, 1_614_265_330, body);
    assert_eq!(signed.split(' ').count(), 2, "the old secret still fits: {signed}");
    for bad in ["", "whsec_c2hvcnQ=", "not base64 at all, and longer than that"] {
        assert!(sign::secrets(bad).is_none(), "{bad}");
    }
}

#[test]
fn each_receiver_gets_what_it_wants_in_order_and_the_next_only_after_the_one_before() {
    let line = line(&[receiver("all", &["*"]), receiver("alerts", &["alert"])]);
    line.add([
        body(1, WebhookKind::TicketIssued),
        body(2, WebhookKind::AlertRaised),
        body(3, WebhookKind::TicketCalled),
    ]);
    assert_eq!(line.next(0).unwrap().place, 1);
    assert_eq!(line.next(0).unwrap().place, 1, "until it is taken");
    assert_eq!(line.next(1).unwrap().place, 2, "one does not wait for the other");
    line.settle(0, 1, Outcome::Answered(204));
    assert_eq!(line.next(0).unwrap().place, 2);
    assert_eq!(line.let_go(), Some(2));
    line.settle(1, 2, Outcome::Answered(200));
    let standing = line.standing();
    assert_eq!((standing[0].waiting, standing[1].waiting), (2, 0));
    assert_eq!((standing[0].delivered, standing[1].delivered), (1, 1));
}

#[test]
fn who_is_away_is_tried_again_later_and_who_says_no_five_times_lets_the_next_through() {
    let line = Arc::new(line(&[receiver("one", &["*"])]));
    line.add([body(1, WebhookKind::AlertRaised), body(2, WebhookKind::AlertClosed)]);
    assert_eq!(line.next(0).unwrap().place, 1);
    for _ in 0..20 {
        line.settle(0, 1, Outcome::Away("connection refused".to_owned()));
        line.settle(0, 1, Outcome::Answered(500));
        line.settle(0, 1, Outcome::Answered(429));
    }
    let standing = &line.standing()[0];
    assert_eq!(standing.trouble.as_ref().unwrap().0, 60);
    assert_eq!((standing.waiting, standing.aside.len()), (2, 0), "nothing is lost by it");
    // It rests meanwhile; the end of the row wakes whoever waits for it.
    let waits = std::thread::spawn({
        let line = line.clone();
        move || line.next(0)
    });
    std::thread::sleep(Duration::from_millis(50));
    assert!(!waits.is_finished());
    for _ in 0..5 {
        line.settle(0, 1, Outcome::Answered(400));
    }
    let standing = &line.standing()[0];
    assert_eq!(standing.aside[0].waiting.id, "msg_1");
    assert_eq!(standing.aside[0].why, "HTTP 400");
    // Whoever waited sleeps on what was before it.
    line.add([]);
    assert_eq!(waits.join().unwrap().unwrap().place, 2);
    let again = line.take_aside("one", "msg_1").unwrap();
    assert_eq!(again.body, "{}");
    assert!(line.take_aside("one", "msg_1").is_none(), "once");
    line.end();
    assert!(line.next(0).is_none());
}

#[test]
fn a_week_old_body_is_put_aside_after_one_more_try() {
    let line = line(&[receiver("one", &["*"])]);
    let old = Waiting { at_secs: now_secs() - 8 * 24 * 3600, ..body(1, WebhookKind::DayClosed) };
    line.add([old, body(2, WebhookKind::DayOpened)]);
    line.settle(0, 1, Outcome::Away("no route".to_owned()));
    assert_eq!(line.next(0).unwrap().place, 2);
    assert_eq!(line.standing()[0].aside.len(), 1);
}

#[test]
fn more_than_may_wait_go_from_the_front_and_are_counted() {
    let line = line(&[receiver("one", &["*"]), receiver("alerts", &["alert"])]);
    line.add((1..).map(|place| body(place, WebhookKind::TicketIssued)).take(WAITING_MAX + 7));
    let standing = line.standing();
    assert_eq!((standing[0].lost, standing[0].waiting), (7, WAITING_MAX));
    assert_eq!(standing[1].lost, 0, "it did not want them");
    assert_eq!(line.next(0).unwrap().place, 8);
}

#[test]
fn a_ticket_is_told_with_the_halls_words_and_without_anything_of_the_person() {
    let journal = MemoryJournal::default();
    let engine = testing::open_engine(journal.clone());
    let ticket = ticket_of(issue(&engine, "one").unwrap());
    let events: Vec<hall::event::Event> = journal
        .records()
        .iter()
        .flat_map(|page| crate::engine::events_of(1, page).unwrap())
        .collect();
    let hall = engine.hall();
    let told: Vec<_> = events.iter().flat_map(|event| told::of(&hall, event, &|_| true)).collect();
    let kinds: Vec<_> = told.iter().map(|body| body.kind.as_str()).collect();
    assert!(kinds.starts_with(&["day.opened", "session.opened"]), "{kinds:?}");
    let issued = told.iter().find(|body| body.kind == WebhookKind::TicketIssued).unwrap();
    let text = serde_json::to_string(issued).unwrap();
    assert_eq!(issued.data.ticket_id, Some(ticket.0));
    assert_eq!(issued.data.queue.as_deref(), Some("M"));
    let token = hall.ticket(ticket).unwrap().token.to_string();
    assert!(!text.contains(&token), "{text}");
    assert!(!text.contains("person") && issued.timestamp.starts_with("2026-11-23T01:00"), "{text}");
    let wanted = told::of(&hall, &events[0], &|kind| kind == WebhookKind::DayClosed);
    assert!(wanted.is_empty(), "only what somebody wants");
    engine.stop();
}

#[test]
fn nothing_that_somebody_wrote_goes_out() {
    use hall::{
        event::{Event, Fact, matter::Matter},
        ids::MatterId,
        time::Timestamp,
        words::{Actor, matter::MatterKind},
    };
    let engine = testing::open_engine(MemoryJournal::default());
    let matter = Matter {
        visit: None,
        id: MatterId(7),
        kind: MatterKind::Unresolved,
        leg: None,
        no: None,
        queue: None,
        window: None,
        staff: Some("2031".parse().unwrap()),
        item: None,
        rating: None,
        reasons: Vec::new(),
        text: "my words".to_owned(),
        opened: Timestamp(0),
        due: None,
        seen: false,
        receipt: "123456789012".parse().ok(),
        department: Some("D".to_owned()),
        verify_by: None,
        due_at_most: None,
        steps: Vec::new(),
    };
    assert!(matter.receipt.is_some());
    let fact = Fact::MatterOpened(matter);
    let event = Event { at: Timestamp(0), by: Actor::Hall, request: None, fact };
    let told = told::of(&engine.hall(), &event, &|_| true);
    let expected = WebhookData {
        matter: Some(7),
        matter_kind: Some("unresolved".to_owned()),
        department: Some("D".to_owned()),
        ..WebhookData::default()
    };
    assert_eq!(told[0].data, expected);
    engine.stop();
}

#[test]
fn receivers_are_read_and_every_problem_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("server.toml");
    std::fs::write(folder.path().join("office.secret"), "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n")
        .unwrap();
    let read = |text: &str| {
        std::fs::write(&file, text).unwrap();
        let told = |problems: Vec<crate::profile::Problem>| {
            problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
        };
        Settings::read(&file).map_err(told)
    };
    let good = "[[webhook]]\nname = \"office\"\nurl = \"http://127.0.0.1:9/in\"\n\
                kinds = [\"alert\", \"matter.opened\"]\nsecret_file = \"office.secret\"\n";
    let settings = read(good).unwrap_or_else(|told| panic!("{told}"));
    let receiver = &settings.webhooks[0];
    assert!(receiver.wants(WebhookKind::AlertClosed) && receiver.wants(WebhookKind::MatterOpened));
    assert!(receiver.wants(WebhookKind::Test) && !receiver.wants(WebhookKind::MatterClosed));
    for (from, to, told) in [
        ("\"office\"", "\"../office\"", "name"),
        ("http://", "https://", "authority_file"),
        ("http://", "ftp://", "http"),
        ("\"alert\"", "\"alarm\"", "alarm"),
        ("office.secret", "server.toml", "secret_file"),
        ("office.secret", "absent", "absent"),
        ("kinds", "kind", "kind"),
    ] {
        let said = read(&good.replacen(from, to, 1)).err().unwrap_or_default();
        assert!(said.contains(told), "{from} as {to}: {said}");
    }
    let twice = read(&format!("{good}{good}")).err().unwrap();
    assert!(twice.contains("office"), "{twice}");
}
