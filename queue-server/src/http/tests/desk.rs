//! What a clerk notes of a case, and what a manager changes at a window.

use axum::http::StatusCode;
use serde_json::{Value, json};
use wire::{
    device::{DeviceState, Health},
    papers::SlipOutcome,
};

use super::{Hall, clerk_of};
use crate::{access::Role, printroom::SlipNews};

/// Serves a ticket of an item at a window; the desk's token.
async fn served(hall: &Hall, window: &str, item: &str) -> String {
    let kiosk = hall.token(Role::Kiosk, None);
    let body = json!({ "item": item, "request_id": "tap" });
    let (status, taken) = hall.post(&kiosk, "/tickets", body).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    let desk = hall.desk(window, &clerk_of(hall, window)).await;
    for (what, body) in
        [("call-next", json!({ "request_id": "c" })), ("start", json!({ "request_id": "s" }))]
    {
        let (status, answer) = hall.post(&desk, &format!("/windows/{window}/{what}"), body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    desk
}

async fn at(hall: &Hall, token: &str, path: &str, body: Value) -> (StatusCode, Value) {
    hall.post(token, &format!("/windows/{path}"), body).await
}

#[tokio::test]
async fn a_case_is_accepted_until_a_working_day() {
    let hall = Hall::open();
    let desk = served(&hall, "20", "M01").await;
    let named = json!({ "request_id": "n", "case": "M2026112300001" });
    assert_eq!(at(&hall, &desk, "20/case", named).await.0, StatusCode::OK);
    let (status, accepted) = at(&hall, &desk, "20/accept", json!({ "request_id": "a" })).await;
    assert_eq!(status, StatusCode::OK, "{accepted}");
    assert_eq!(accepted["due"], "2026-12-02", "seven working days from a Monday");
    let post = json!({ "request_id": "d", "delivery": "post" });
    assert_eq!(at(&hall, &desk, "20/deliver", post).await.0, StatusCode::OK);
}

#[tokio::test]
async fn missing_papers_are_told_at_once_and_only_real_ones() {
    let hall = Hall::open();
    let desk = served(&hall, "20", "M01").await;
    let notice =
        |request: &str, missing: Value| json!({ "request_id": request, "missing": missing });
    let (status, no) = at(&hall, &desk, "20/notice", notice("1", json!([]))).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("material_needed")), "{no}");
    let (status, no) = at(&hall, &desk, "20/notice", notice("2", json!([{ "no": 99 }]))).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("no_such_material")), "{no}");
    let both = json!([{ "no": 1 }, { "name": "监护人同意书" }]);
    assert_eq!(at(&hall, &desk, "20/notice", notice("3", both)).await.0, StatusCode::OK);
    let decline = json!({ "request_id": "4", "reasons": ["not_ours"] });
    assert_eq!(at(&hall, &desk, "20/decline", decline).await.0, StatusCode::OK);
}

#[tokio::test]
async fn only_a_manager_opens_a_tide_or_lends_a_queue() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let desk = hall.desk("18", &clerk_of(&hall, "18")).await;
    let lend = json!({ "request_id": "l", "queue": "M", "minutes": 60 });
    let (status, no) = at(&hall, &desk, "18/lend", lend.clone()).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")), "{no}");
    let (status, lent) = at(&hall, &office, "18/lend", lend).await;
    assert_eq!(status, StatusCode::OK, "{lent}");
    let kiosk = hall.token(Role::Kiosk, None);
    let taken = json!({ "queue": "M", "request_id": "tap" });
    assert_eq!(hall.post(&kiosk, "/tickets", taken).await.0, StatusCode::CREATED);
    let (status, called) = at(&hall, &desk, "18/call-next", json!({ "request_id": "c" })).await;
    assert_eq!(status, StatusCode::OK, "the lent queue is called here: {called}");
    let back = json!({ "request_id": "e", "queue": "M" });
    assert_eq!(at(&hall, &office, "18/end-lend", back).await.0, StatusCode::OK);

    let tide = json!({ "request_id": "t", "queues": ["F", "H"], "minutes": 60 });
    assert_eq!(at(&hall, &office, "24/tide", tide).await.0, StatusCode::OK);
    let end = json!({ "request_id": "te" });
    assert_eq!(at(&hall, &office, "24/end-tide", end.clone()).await.0, StatusCode::OK);
    let (status, no) = at(&hall, &office, "24/end-tide", json!({ "request_id": "te2" })).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("no_tide")), "{no}");
}

#[tokio::test]
async fn only_a_manager_says_who_stands_in_at_a_window() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    let comes = clerk_of(&hall, "18");
    let wish = json!({ "request_id": "a", "staff": comes, "minutes": 30, "reason": "ill" });
    let (status, no) = at(&hall, &desk, "20/stand-in", wish.clone()).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")), "{no}");
    assert_eq!(at(&hall, &office, "20/stand-in", wish).await.0, StatusCode::OK);
    let (_, people) = hall.get(&office, "/staff").await;
    let decided = &people["stand_ins_decided"][0];
    assert_eq!((&decided["window"], &decided["staff"]), (&json!("20"), &json!(comes)), "{people}");
    let plain = |request: &str| json!({ "request_id": request });
    assert_eq!(at(&hall, &office, "20/end-stand-in", plain("e")).await.0, StatusCode::OK);
    let (_, people) = hall.get(&office, "/staff").await;
    assert_eq!(people["stand_ins_decided"], json!([]));
    let no_reason = json!({ "request_id": "d", "reason": " " });
    assert_eq!(
        at(&hall, &desk, "20/pause", json!({ "request_id": "p", "reason": "meal" })).await.0,
        StatusCode::OK
    );
    let (status, no) = at(&hall, &office, "20/decline-stand-in", no_reason).await;
    assert_eq!(&no["code"], &json!("reason_needed"), "{status} {no}");
    let quiet = json!({ "request_id": "d2", "reason": "quiet" });
    assert_eq!(at(&hall, &office, "20/decline-stand-in", quiet).await.0, StatusCode::OK);
}

#[tokio::test]
async fn only_a_manager_limits_the_numbers_of_a_queue_and_ends_it() {
    let hall = Hall::open();
    let (office, desk) = (hall.token(Role::Office, None), hall.token(Role::Desk, None));
    let limit =
        |more: u32| json!({ "request_id": format!("l{more}"), "more": more, "reason": "系统故障" });
    assert_eq!(hall.post(&desk, "/queues/M/limit", limit(1)).await.0, StatusCode::FORBIDDEN);
    let (status, no) = hall.post(&office, "/queues/QQQQQQ/limit", limit(1)).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("no_such_queue")),
        "{no}"
    );
    let (status, now) = hall.post(&office, "/queues/M/limit", limit(1)).await;
    assert_eq!((status, &now["left"]), (StatusCode::OK, &json!(1)), "{now}");
    let kiosk = hall.token(Role::Kiosk, None);
    let take = |request: &str| json!({ "queue": "M", "request_id": request });
    assert_eq!(hall.post(&kiosk, "/tickets", take("one")).await.0, StatusCode::CREATED);
    let (status, no) = hall.post(&kiosk, "/tickets", take("two")).await;
    assert_eq!(status, StatusCode::CONFLICT, "the limit is reached: {no}");
    let end = json!({ "request_id": "e" });
    let (status, now) = hall.post(&office, "/queues/M/end-limit", end).await;
    assert_eq!((status, &now["left"]), (StatusCode::OK, &Value::Null), "{now}");
    assert_eq!(hall.post(&kiosk, "/tickets", take("three")).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn a_clerk_says_where_they_are_and_a_manager_says_it_of_anybody() {
    let hall = Hall::open();
    let (office, desk) = (hall.token(Role::Office, None), hall.token(Role::Desk, None));
    let who = clerk_of(&hall, "20");
    let body = |request: &str| json!({ "request_id": request, "whereabouts": "meeting" });
    let path = format!("/staff/{who}/whereabouts");
    assert_eq!(hall.post(&desk, &path, body("1")).await.0, StatusCode::FORBIDDEN);
    assert_eq!(hall.post(&office, &path, body("2")).await.0, StatusCode::OK);
    let (status, no) = hall.post(&office, "/staff/x%20y/whereabouts", body("3")).await;
    assert_eq!((status, &no["code"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("no_such_staff")));
}

#[tokio::test]
async fn somebody_goes_to_pay_and_comes_back_and_may_go_away_for_a_moment() {
    let hall = Hall::open();
    let desk = served(&hall, "20", "M01").await;
    let bank = hall.desk("26", &clerk_of(&hall, "26")).await;
    let plain = |request: &str| json!({ "request_id": request });
    assert_eq!(at(&hall, &desk, "20/to-cashier", plain("p")).await.0, StatusCode::OK);
    let (status, called) = at(&hall, &bank, "26/call-next", plain("c1")).await;
    assert_eq!((status, &called["ticket"]["no"]), (StatusCode::OK, &json!("M001")), "{called}");
    assert_eq!(at(&hall, &bank, "26/return", plain("r")).await.0, StatusCode::OK);
    let (status, called) = at(&hall, &desk, "20/call-next", plain("c2")).await;
    assert_eq!((status, &called["ticket"]["class"]), (StatusCode::OK, &json!("transferred")));

    assert_eq!(at(&hall, &desk, "20/hold", plain("h")).await.0, StatusCode::OK);
    let back = |no: &str, request: &str| json!({ "request_id": request, "no": no });
    let (status, no) = at(&hall, &desk, "20/call-back", back("M999", "b1")).await;
    assert_eq!((status, &no["code"]), (StatusCode::NOT_FOUND, &json!("no_such_ticket")), "{no}");
    let (status, window) = at(&hall, &desk, "20/call-back", back("M001", "b2")).await;
    assert_eq!(status, StatusCode::OK, "{window}");

    let send = |body: Value| at(&hall, &desk, "20/transfer", body);
    let nowhere = json!({ "request_id": "t1", "reason": "other" });
    let (status, no) = send(nowhere).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("no_destination")),
        "{no}"
    );
    let closed = json!({ "request_id": "t2", "to_window": "18", "reason": "other" });
    let (status, no) = send(closed).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("target_closed")), "{no}");
    let wrong = json!({ "request_id": "t3", "queue": "L", "reason": "wrong_queue" });
    assert_eq!(send(wrong).await.0, StatusCode::OK);
    let other = hall.desk("18", &clerk_of(&hall, "18")).await;
    let (status, called) = at(&hall, &other, "18/call-next", plain("c3")).await;
    assert_eq!((status, &called["ticket"]["queue"]), (StatusCode::OK, &json!("L")), "{called}");
}

#[tokio::test]
async fn one_number_goes_through_the_legs_of_a_pipeline() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let wish = json!({ "pipeline": "company", "request_id": "tap" });
    let (status, taken) = hall.post(&kiosk, "/tickets", wish).await;
    assert_eq!((status, &taken["ticket"]["no"]), (StatusCode::CREATED, &json!("A001")), "{taken}");
    let stops: Vec<&Value> =
        taken["slip"]["stops"].as_array().unwrap().iter().map(|stop| &stop["queue_name"]).collect();
    assert_eq!(stops, [&json!("税务办理"), &json!("住房公积金")]);
    let first = hall.desk("1", &clerk_of(&hall, "1")).await;
    let plain = |request: &str| json!({ "request_id": request });
    assert_eq!(at(&hall, &first, "1/call-next", plain("c1")).await.0, StatusCode::OK);
    assert_eq!(at(&hall, &first, "1/next-leg", plain("n1")).await.0, StatusCode::OK);
    let second = hall.desk("4", &clerk_of(&hall, "4")).await;
    let (status, called) = at(&hall, &second, "4/call-next", plain("c2")).await;
    assert_eq!((status, &called["ticket"]["no"]), (StatusCode::OK, &json!("A001")), "{called}");
    assert_eq!(at(&hall, &second, "4/drop-stops", plain("d")).await.0, StatusCode::OK);
    let (status, no) = at(&hall, &second, "4/next-leg", plain("n2")).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("no_next_leg")), "{no}");
    let again = json!({ "request_id": "n3", "pipeline": "company" });
    assert_eq!(at(&hall, &second, "4/next-leg", again).await.0, StatusCode::OK);
    let unknown = json!({ "pipeline": "none", "request_id": "tap2" });
    let (status, no) = hall.post(&kiosk, "/tickets", unknown).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("no_such_pipeline")),
        "{no}"
    );
}

#[tokio::test]
async fn several_items_share_a_number_and_a_result_has_one() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let take = |body: Value| hall.post(&kiosk, "/tickets", body);
    let many = json!({ "item": "A01", "then": ["C01", "N01", "E01"], "request_id": "t1" });
    let (status, no) = take(many).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("too_many_items")),
        "{no}"
    );
    let two = json!({ "item": "A01", "then": ["C01"], "request_id": "t2" });
    let (status, taken) = take(two).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    assert_eq!(taken["slip"]["stops"][0]["windows"], json!(["4", "5"]));
    let fetch = |request: &str| json!({ "case": "X2026000001", "request_id": request });
    let (status, taken) = take(fetch("t3")).await;
    assert_eq!((status, &taken["ticket"]["no"]), (StatusCode::CREATED, &json!("R001")), "{taken}");
    let (status, no) = take(fetch("t4")).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("case_queued")), "{no}");
    assert!(no["title"].as_str().unwrap().contains("R001"), "{no}");
}

#[tokio::test]
async fn who_does_not_fit_waits_again_and_a_manager_puts_somebody_in_front() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let take = async |request: &str, class: &str| {
        let body = json!({ "item": "M01", "request_id": request, "priority": class });
        let (status, taken) = hall.post(&kiosk, "/tickets", body).await;
        assert_eq!(status, StatusCode::CREATED, "{taken}");
        taken["ticket"]["id"].as_u64().unwrap()
    };
    take("t1", "ordinary").await;
    take("t2", "military").await;
    let last = take("t3", "ordinary").await;
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    let plain = |request: &str| json!({ "request_id": request });
    let (_, called) = at(&hall, &desk, "20/call-next", plain("c1")).await;
    assert_eq!(called["ticket"]["no"], "M002", "{called}");
    let unfit = json!({ "request_id": "v1", "fits": false });
    assert_eq!(at(&hall, &desk, "20/verify", unfit).await.0, StatusCode::OK);
    let wish = |request: &str, reason: &str| json!({ "request_id": request, "reason": reason });
    let path = format!("/tickets/{last}/expedite");
    let (status, no) = hall.post(&desk, &path, wish("e0", "急")).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")), "{no}");
    let office = hall.token(Role::Office, None);
    let (status, no) = hall.post(&office, &path, wish("e1", " ")).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("reason_needed")),
        "{no}"
    );
    let (status, done) = hall.post(&office, &path, wish("e2", "当日手术")).await;
    assert_eq!((status, &done["ticket"]["class"]), (StatusCode::OK, &json!("special")), "{done}");
    let (_, called) = at(&hall, &desk, "20/call-next", plain("c2")).await;
    assert_eq!(called["ticket"]["no"], "M003", "{called}");
    let fits = json!({ "request_id": "v2", "fits": true });
    let (status, no) = at(&hall, &desk, "20/verify", fits).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("nothing_to_verify")), "{no}");
}

#[tokio::test]
async fn a_kiosk_that_was_away_still_gets_the_ticket_that_has_gone_on_since() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let asking = json!({ "item": "M01", "request_id": "tap" });
    let (_, taken) = hall.post(&kiosk, "/tickets", asking.clone()).await;
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    let wrong = json!({ "request_id": "t", "queue": "L", "reason": "wrong_queue" });
    for (what, body) in [("call-next", json!({ "request_id": "c" })), ("transfer", wrong)] {
        let (status, answer) = at(&hall, &desk, &format!("20/{what}"), body).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    let (status, again) = hall.post(&kiosk, "/tickets", asking).await;
    assert_eq!(status, StatusCode::CREATED, "{again}");
    assert_eq!(again["ticket"]["id"], taken["ticket"]["id"]);
}

#[tokio::test]
async fn one_number_has_one_purpose() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let both = json!({
        "item": "M01", "then": ["L01"], "case": "M2026112300001", "request_id": "tap",
    });
    let (status, no) = hall.post(&kiosk, "/tickets", both).await;
    assert_eq!(
        (status, &no["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("bad_body")),
        "{no}"
    );
    assert_eq!(no["detail"], "case、pipeline、then 只能写一个。");
}

#[tokio::test]
async fn the_whereabouts_of_the_hall_s_people_follow_from_windows_and_from_what_they_say() {
    let hall = Hall::open();
    let clerk = clerk_of(&hall, "18");
    let desk = hall.desk("18", &clerk).await;
    let office = hall.token(Role::Office, None);
    let line = async |no: &str| {
        let (status, people) = hall.get(&office, "/staff").await;
        assert_eq!(status, StatusCode::OK, "{people}");
        assert_eq!(people["stand_ins_asked"], json!([]));
        let staff = people["staff"].as_array().unwrap().clone();
        staff.into_iter().find(|each| each["no"] == no).unwrap()
    };
    let here = line(&clerk).await;
    assert_eq!((&here["whereabouts"], &here["window"]), (&json!("on_duty"), &json!("18")));
    let pause = json!({ "request_id": "p", "reason": "meeting" });
    assert_eq!(at(&hall, &desk, "18/pause", pause).await.0, StatusCode::OK);
    let away = line(&clerk).await;
    assert_eq!((&away["whereabouts"], &away["window"]), (&json!("meeting"), &json!("18")));
    let other = clerk_of(&hall, "20");
    assert_eq!(line(&other).await["since"], Value::Null, "nothing was said of this person");
    let leave = json!({ "request_id": "w", "whereabouts": "leave" });
    let path = format!("/staff/{other}/whereabouts");
    assert_eq!(hall.post(&office, &path, leave).await.0, StatusCode::OK);
    assert_eq!(line(&other).await["whereabouts"], "leave");
    let kiosk = hall.token(Role::Kiosk, None);
    assert_eq!(hall.get(&kiosk, "/staff").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn why_somebody_goes_first_is_kept_and_told_to_the_staff_alone() {
    let hall = Hall::open();
    let (kiosk, office) = (hall.token(Role::Kiosk, None), hall.token(Role::Office, None));
    let desk = hall.desk("20", &clerk_of(&hall, "20")).await;
    let body = json!({
        "item": "M01", "request_id": "t1", "priority": "vulnerable", "priority_reason": "pregnant",
    });
    let (status, taken) = hall.post(&kiosk, "/tickets", body).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    let path = format!("/tickets/{}", taken["ticket"]["id"]);
    let (_, told) = hall.get(&kiosk, &path).await;
    assert_eq!(told["granted"], Value::Null, "{told}");
    let (_, told) = hall.get(&desk, &path).await;
    let granted = json!({
        "class": "vulnerable", "reason": "pregnant", "note": null, "channel": "kiosk",
        "staff": null, "fits": null,
    });
    assert_eq!(told["granted"], granted, "{told}");
    let special = |request: &str, note: &str| {
        json!({
            "item": "M01", "request_id": request, "priority": "special", "channel": "guide_desk",
            "priority_reason": "key_project", "priority_note": note,
        })
    };
    for (body, code) in [
        (special("s1", " "), "reason_needed"),
        (
            json!({ "item": "M01", "request_id": "s2", "priority": "military", "priority_reason": "elderly" }),
            "reason_not_of_class",
        ),
    ] {
        let (status, no) = hall.post(&office, "/tickets", body).await;
        let expected = StatusCode::UNPROCESSABLE_ENTITY;
        assert_eq!((status, &no["code"]), (expected, &json!(code)), "{no}");
    }
    let (status, taken) = hall.post(&office, "/tickets", special("s3", "市重点项目")).await;
    assert_eq!(status, StatusCode::CREATED, "{taken}");
    let (_, told) = hall.get(&office, &format!("/tickets/{}", taken["ticket"]["id"])).await;
    let granted = &told["granted"];
    assert_eq!((&granted["class"], &granted["note"]), (&json!("special"), &json!("市重点项目")));
    assert_eq!(granted["channel"], "guide_desk", "{told}");
}

/// A printer at the far end of the printroom that says this of every paper.
fn printer(hall: &Hall, outcome: SlipOutcome, why: &'static str) {
    let mut orders = hall.app.printroom.take_orders().unwrap();
    tokio::spawn(async move {
        while let Some(order) = orders.recv().await {
            let news = SlipNews { outcome, why: why.to_owned() };
            order.answer.send(news).unwrap();
        }
    });
}

fn is_well(hall: &Hall, id: &str) {
    let state = DeviceState {
        health: Health::Online,
        why: String::new(),
        shown: None,
        about: String::new(),
        counters: std::collections::BTreeMap::new(),
    };
    hall.app.fleet.note_state(id.parse().unwrap(), state, hall.app.now());
}

#[tokio::test]
async fn a_paper_is_printed_at_the_window_and_the_clerk_is_told_that_it_came_out() {
    let hall = Hall::open();
    printer(&hall, SlipOutcome::Printed, "");
    is_well(&hall, "printer-w1");
    let desk = served(&hall, "1", "A01").await;
    let (status, no) = at(&hall, &desk, "1/print", json!({ "paper": "notice" })).await;
    assert_eq!((status, &no["code"]), (StatusCode::NOT_FOUND, &json!("no_such_paper")), "{no}");
    let missing = json!({ "request_id": "n", "missing": [{ "no": 1 }] });
    assert_eq!(at(&hall, &desk, "1/notice", missing).await.0, StatusCode::OK);
    let (status, told) = at(&hall, &desk, "1/print", json!({ "paper": "notice" })).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(told["outcome"], "printed");
    assert_eq!(told["said"], "1号窗口小票打印机：一次性告知单已打出。");
    assert_eq!(told["page"], Value::Null);
    let (status, no) = at(&hall, &desk, "2/print", json!({ "paper": "notice" })).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_your_window")), "{no}");
}

#[tokio::test]
async fn a_paper_that_did_not_come_out_says_why_and_names_the_page() {
    let hall = Hall::open();
    printer(&hall, SlipOutcome::Failed, "paper_out");
    let desk = served(&hall, "1", "A01").await;
    let guide = json!({ "paper": "guide" });
    let (_, away) = at(&hall, &desk, "1/print", guide.clone()).await;
    assert_eq!(away["outcome"], "failed", "the printer was never heard: {away}");
    is_well(&hall, "printer-w1");
    let (_, told) = at(&hall, &desk, "1/print", guide).await;
    assert_eq!(told["said"], "1号窗口小票打印机：办事指南没有打出，没有纸，请装纸。");
    assert_eq!(told["page"], "/desk/paper?window=1&kind=guide");
}

#[tokio::test]
async fn a_window_without_a_printer_prints_from_the_page() {
    let hall = Hall::open();
    let desk = served(&hall, "18", "L01").await;
    let (status, told) = at(&hall, &desk, "18/print", json!({ "paper": "guide" })).await;
    assert_eq!((status, &told["printer"]), (StatusCode::OK, &Value::Null), "{told}");
    assert_eq!(told["page"], "/desk/paper?window=18&kind=guide");
}
