//! Bookings over HTTP, and the one live ticket of a person.

use axum::http::StatusCode;
use hall::{
    command::{
        Command,
        people::{Book, BookableDay},
    },
    ids::person::{Booker, BookingNo},
    words::{Actor, Channel},
};
use serde_json::{Value, json};

use super::Hall;
use crate::{
    access::Role,
    engine::{Wish, request_id},
    person::Document,
};

const WANG: &str = "331023 19500101 1234";
const LI: &str = "33102319550202432x";

/// Books over the interface for the next working day.
async fn book(hall: &Hall, token: &str, request: &str, from: &str) -> (StatusCode, Value) {
    let body = json!({
        "request_id": request, "queue": "H", "day": "2026-11-24", "from": from,
        "document": WANG, "channel": "phone",
    });
    hall.post(token, "/bookings", body).await
}

/// A booking for today, as if it had been made some days ago.
pub(super) async fn booked_for_today(hall: &Hall, from: &str, document: &str) -> BookingNo {
    let app = &hall.app;
    let (now, today) = (app.now(), app.clock.date(app.now()));
    let open = app.daybook.sessions(today).map(|session| (session.opens, session.closes));
    let (day, begins) = (app.clock.day(now), app.clock.moment(today, 0));
    let day = BookableDay { day, begins, open: open.collect(), items: None };
    let booker: Booker = app.persons.booker(&Document::read(document).unwrap(), day.day).unwrap();
    let command = Command::Book(Book {
        booker: Some(booker),
        agent: None,
        queue: "H".parse().unwrap(),
        item: None,
        day: day.day,
        from: from.parse().unwrap(),
        channel: Channel::Phone,
        days: vec![day],
    });
    let request = Some(request_id("phone", from));
    let wish = Wish { by: Actor::System("phone".parse().unwrap()), request, command };
    let told = app.engine.ask(wish).await.unwrap();
    let hall::answer::Answer::Booking(no) = told.answer else { panic!("{told:?}") };
    no
}

async fn check_in(hall: &Hall, token: &str, body: Value) -> (StatusCode, Value) {
    let mut body = body;
    body["channel"] = json!("kiosk");
    hall.post(token, "/check-ins", body).await
}

#[tokio::test]
async fn a_place_is_booked_seen_and_given_back() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let (status, slots) = hall.get(&office, "/slots?queue=H").await;
    assert_eq!(status, StatusCode::OK, "{slots}");
    let days: Vec<_> = slots["days"].as_array().unwrap().iter().map(|day| &day["day"]).collect();
    assert_eq!(days.len(), 5, "one to five working days ahead: {slots}");
    assert_eq!((days[0], days[4]), (&json!("2026-11-24"), &json!("2026-11-30")));
    let first = json!({ "from": "09:00", "until": "09:30", "capacity": 2, "left": 2 });
    assert_eq!(slots["days"][0]["slots"][0], first);

    let (status, booked) = book(&hall, &office, "b1", "09:30").await;
    assert_eq!(status, StatusCode::CREATED, "{booked}");
    let no = booked["booking"]["no"].as_str().unwrap();
    let said = booked["said"].as_str().unwrap();
    assert!(said.contains("医疗保障 2026-11-24 09:30—10:00") && said.contains(no), "{said}");
    assert_eq!(book(&hall, &office, "b1", "09:30").await.1, booked, "asked twice, booked once");
    let (status, other) = book(&hall, &office, "b1", "10:00").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "the same id for another slot: {other}");
    let (status, again) = book(&hall, &office, "b2", "10:00").await;
    assert_eq!((status, &again["code"]), (StatusCode::CONFLICT, &json!("booked_already")));
    let (_, slots) = hall.get(&office, "/slots?queue=H").await;
    assert_eq!(slots["days"][0]["slots"][1]["left"], 1, "{slots}");

    let path = format!("/bookings/{no}");
    let (_, seen) = hall.get(&office, &path).await;
    assert_eq!(seen["booking"]["state"], "booked", "{seen}");
    let (status, gone) =
        hall.post(&office, &format!("{path}/cancel"), json!({ "request_id": "c" })).await;
    assert_eq!((status, &gone["booking"]["state"]), (StatusCode::OK, &json!("cancelled")));
    let (_, slots) = hall.get(&office, "/slots?queue=H").await;
    assert_eq!(slots["days"][0]["slots"][1]["left"], 2, "{slots}");
}

#[tokio::test]
async fn who_has_booked_gets_a_ticket_by_number_or_document() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let no = booked_for_today(&hall, "09:30", WANG).await;
    let (status, other) =
        check_in(&hall, &kiosk, json!({ "request_id": "1", "booking": no, "document": LI })).await;
    assert_eq!((status, &other["code"]), (StatusCode::CONFLICT, &json!("not_your_booking")));
    let (status, taken) =
        check_in(&hall, &kiosk, json!({ "request_id": "2", "document": WANG })).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    assert_eq!(taken["said"], "您预约的 医疗保障 09:30—10:00 时段，取号成功。");
    assert_eq!((&taken["time"], &taken["ticket"]["class"]), (&json!("in_time"), &json!("booked")));
    assert!(taken["slip"]["no"].as_str().unwrap().starts_with('H'), "{taken}");
    let (status, twice) =
        check_in(&hall, &kiosk, json!({ "request_id": "3", "booking": no })).await;
    assert_eq!((status, &twice["title"]), (StatusCode::CONFLICT, &json!("这个预约已签到。")));
}

#[tokio::test]
async fn a_booking_is_found_first_and_its_ticket_is_asked_for_like_any_other() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let no = booked_for_today(&hall, "09:30", WANG).await;
    let find = async |body: Value| hall.post(&kiosk, "/bookings/find", body).await;
    for shown in [json!({ "booking": no }), json!({ "document": WANG })] {
        let (status, found) = find(shown).await;
        assert_eq!(status, StatusCode::OK, "{found}");
        assert_eq!((&found["when"], &found["booking"]["queue"]), (&json!("in_time"), &json!("H")));
        assert_eq!(found["booking"]["no"], json!(no));
    }
    for (body, code) in [
        (json!({ "booking": "000000000001" }), "no_such_booking"),
        (json!({ "document": LI }), "no_such_booking"),
        (json!({}), "incomplete"),
        (json!({ "booking": no, "document": WANG }), "incomplete"),
    ] {
        assert_eq!(find(body.clone()).await.1["code"], code, "{body}");
    }
    let take = json!({ "request_id": "t", "booking": no, "paper": true });
    let (status, taken) = hall.post(&kiosk, "/tickets", take.clone()).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    assert_eq!(
        (&taken["ticket"]["class"], &taken["ticket"]["state"]),
        (&json!("booked"), &json!("reserved"))
    );
    let (_, again) = hall.post(&kiosk, "/tickets", take).await;
    assert_eq!(again["ticket"]["id"], taken["ticket"]["id"], "asked twice, taken once");
    let (_, found) = find(json!({ "booking": no })).await;
    assert_eq!((&found["when"], &found["said"]), (&json!("over"), &json!("这个预约已签到。")));
    let two = json!({ "request_id": "u", "booking": no, "then": ["M01"] });
    assert_eq!(hall.post(&kiosk, "/tickets", two).await.1["code"], "bad_body");
}

#[tokio::test]
async fn who_comes_too_early_is_told_when_to_come() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    booked_for_today(&hall, "14:00", WANG).await;
    let (status, early) =
        check_in(&hall, &kiosk, json!({ "request_id": "1", "document": WANG })).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(early["title"], "您的预约时段为 14:00—14:30，请于 13:30 后取号。");
    let (_, found) = hall.post(&kiosk, "/bookings/find", json!({ "document": WANG })).await;
    assert_eq!((&found["when"], &found["said"]), (&json!("early"), &early["title"]));
    let (status, none) =
        check_in(&hall, &kiosk, json!({ "request_id": "2", "document": LI })).await;
    assert_eq!((status, &none["code"]), (StatusCode::NOT_FOUND, &json!("no_such_booking")));
    let (status, bad) =
        check_in(&hall, &kiosk, json!({ "request_id": "3", "document": "#" })).await;
    assert_eq!((status, &bad["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("bad_document")));
}

#[tokio::test]
async fn one_person_holds_one_ticket_of_a_queue_and_may_have_it_printed_again() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let take = |request: &str, document: &str| json!({ "queue": "H", "request_id": request, "document": document });
    let (_, first) = hall.post(&kiosk, "/tickets", take("1", WANG)).await;
    let (status, no) = hall.post(&kiosk, "/tickets", take("2", WANG)).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("has_ticket")), "{no}");
    assert_eq!(no["ticket"], first["ticket"]["id"], "the ticket that can be printed again");
    let id = first["ticket"]["id"].as_u64().unwrap();
    let path = format!("/tickets/{id}/reprint");
    let another = json!({ "request_id": "r0", "document": LI });
    let (status, no) = hall.post(&kiosk, &path, another).await;
    assert_eq!((status, &no["code"]), (StatusCode::NOT_FOUND, &json!("no_such_ticket")), "{no}");
    let own = json!({ "request_id": "r", "document": WANG });
    let (status, again) = hall.post(&kiosk, &path, own).await;
    assert_eq!((status, &again["slip"]["no"]), (StatusCode::OK, &first["slip"]["no"]), "{again}");
    assert_eq!(hall.post(&kiosk, "/tickets", take("3", LI)).await.0, StatusCode::CREATED);

    let office = hall.token(Role::Office, None);
    let erase = json!({ "request_id": "e", "document": WANG });
    assert_eq!(hall.post(&kiosk, "/erasures", erase.clone()).await.0, StatusCode::FORBIDDEN);
    assert_eq!(hall.post(&office, "/erasures", erase).await.0, StatusCode::OK);
    let forgotten = hall.post(&kiosk, "/tickets", take("4", WANG)).await;
    assert_eq!(forgotten.0, StatusCode::CREATED, "nobody knows any more: {forgotten:?}");
    let both = json!({ "request_id": "e2", "document": WANG, "ticket": id });
    let (status, no) = hall.post(&office, "/erasures", both).await;
    assert_eq!((status, &no["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("incomplete")));
}

#[tokio::test]
async fn who_comes_on_another_day_is_told_the_day() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let (status, booked) = book(&hall, &office, "b", "14:00").await;
    assert_eq!(status, StatusCode::CREATED, "{booked}");
    let kiosk = hall.token(Role::Kiosk, None);
    let no = json!({ "booking": booked["booking"]["no"] });
    let (_, found) = hall.post(&kiosk, "/bookings/find", no).await;
    let said = "您的预约在11月24日 14:00—14:30，请于当天 13:30 后取号。";
    assert_eq!((&found["when"], &found["said"]), (&json!("early"), &json!(said)));
}
