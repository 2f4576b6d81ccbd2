//! The profile and the catalogue are changed through the interface.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Hall;
use crate::access::Role;

fn change(request: &str, item: &str, kind: &str, to: Value) -> Value {
    json!({
        "request_id": request, "item": item, "kind": kind, "effective": "2026-11-23",
        "approver": "9001", "to": to,
    })
}

fn listed<'v>(catalogue: &'v Value, item: &str) -> Option<&'v Value> {
    let items = catalogue["items"].as_array().unwrap();
    items.iter().find(|each| each["id"] == item)
}

#[tokio::test]
async fn the_catalogue_says_what_things_are_called_in_english() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let (_, told) = hall.get(&kiosk, "/catalogue").await;
    assert_eq!(told["hall_english_name"], "Yunxi Government Services");
    let (zone, queue) = (&told["zones"][0], &told["queues"][0]);
    assert_eq!(zone["english_label"], "Area A");
    assert_eq!(zone["english_name"], "Business");
    assert_eq!(zone["english_place"], "Area A, floor 1");
    assert_eq!(queue["english_name"], "Starting a business");
    assert_eq!(queue["english_department"], "Market Regulation");
}

#[tokio::test]
async fn a_cancelled_item_needs_no_doing_from_its_day_on() {
    let hall = Hall::open();
    let (office, kiosk) = (hall.token(Role::Office, None), hall.token(Role::Kiosk, None));
    let (_, before) = hall.get(&kiosk, "/catalogue").await;
    assert!(listed(&before, "K02").is_some());
    let body = change("c-1", "K02", "cancelled", Value::Null);
    let (status, told) = hall.post(&office, "/catalogue/changes", body.clone()).await;
    assert_eq!((status, &told["done"]), (StatusCode::OK, &json!(true)), "{told}");
    // Asked twice, changed once.
    assert_eq!(hall.post(&office, "/catalogue/changes", body).await.0, StatusCode::OK);
    let (_, after) = hall.get(&kiosk, "/catalogue").await;
    assert!(listed(&after, "K02").is_none());
    assert_ne!(before["version"], after["version"], "a kiosk sees that it must look again");
    let wish = json!({ "item": "K02", "request_id": "tap-1", "paper": false });
    let (status, no) = hall.post(&kiosk, "/tickets", wish).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("item_cancelled")), "{no}");
    assert!(no["title"].as_str().unwrap().contains("无需办理"), "{no}");
    let (status, no) = hall.get(&kiosk, "/catalogue/items/K02").await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("item_cancelled")), "{no}");
    let (_, changes) = hall.get(&office, "/catalogue/changes").await;
    assert_eq!(changes["version"], 1);
    let first = &changes["changes"][0];
    assert_eq!((&first["name"], &first["kind"]), (&json!("老年优待证"), &json!("cancelled")));
    assert_eq!((&first["approver"], &first["effective"]), (&json!("9001"), &json!("2026-11-23")));
}

#[tokio::test]
async fn an_item_is_taken_over_adjusted_and_handed_down() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let to =
        json!({ "name": "犬只登记", "queue": "K", "kind": "on_the_spot", "mean_minutes": 7.5 });
    let whole = change("c-1", "K90", "taken_over", to);
    assert_eq!(hall.post(&office, "/catalogue/changes", whole).await.0, StatusCode::OK);
    let to = json!({ "name": "养犬登记", "bring": ["身份证原件", "免疫证"] });
    let adjusted = change("c-2", "K90", "adjusted", to);
    assert_eq!(hall.post(&office, "/catalogue/changes", adjusted).await.0, StatusCode::OK);
    let (_, catalogue) = hall.get(&office, "/catalogue").await;
    let item = listed(&catalogue, "K90").unwrap();
    assert_eq!((&item["name"], &item["queue"]), (&json!("养犬登记"), &json!("K")));
    assert_eq!((&item["mean_minutes"], &item["bring"][1]), (&json!(8), &json!("免疫证")));
    let down = change("c-3", "K90", "handed_down", Value::Null);
    assert_eq!(hall.post(&office, "/catalogue/changes", down).await.0, StatusCode::OK);
    let wish = json!({ "item": "K90", "request_id": "tap-1", "paper": false });
    let (_, no) = hall.post(&hall.token(Role::Kiosk, None), "/tickets", wish).await;
    assert_eq!(no["code"], "item_handed_down");
}

#[tokio::test]
async fn a_change_that_cannot_be_is_told_with_its_reason() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let mut past = change("c-1", "K02", "cancelled", Value::Null);
    past["effective"] = json!("2026-11-20");
    let half = change("c-2", "K90", "taken_over", json!({ "name": "犬只登记" }));
    let long = change("c-3", "K02", "adjusted", json!({ "mean_minutes": 900.0 }));
    let there = change(
        "c-4",
        "K02",
        "taken_over",
        json!({ "name": "老年优待证", "queue": "K", "kind": "on_the_spot", "mean_minutes": 6.0 }),
    );
    for (body, code) in [
        (past, "effective_past"),
        (half, "item_incomplete"),
        (long, "item_incomplete"),
        (there, "item_exists"),
        (change("c-5", "K99", "cancelled", Value::Null), "no_such_item"),
    ] {
        let (_, no) = hall.post(&office, "/catalogue/changes", body).await;
        assert_eq!(no["code"], code, "{no}");
    }
    let desk = hall.token(Role::Desk, None);
    let body = change("c-6", "K02", "cancelled", Value::Null);
    assert_eq!(hall.post(&desk, "/catalogue/changes", body).await.0, StatusCode::FORBIDDEN);
    assert_eq!(hall.get(&desk, "/catalogue/changes").await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn only_an_administrator_reloads_the_profile() {
    let hall = Hall::open();
    let body = json!({ "request_id": "r-1" });
    let (status, _) = hall.post(&hall.token(Role::Office, None), "/reload", body.clone()).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, told) = hall.post(&hall.token(Role::Admin, None), "/reload", body).await;
    assert_eq!((status, &told["takes_effect"]), (StatusCode::OK, &json!("unchanged")), "{told}");
    assert_eq!(told["version"].as_str().unwrap(), hall.app.profile.version.as_str());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_closes_the_hall_early_and_says_why() {
    let hall = Hall::open();
    let (office, desk) = (hall.token(Role::Office, None), hall.token(Role::Desk, None));
    let body = |id: &str, closes: &str| {
        let (until, why) = ("10:30", "weather");
        json!({ "request_id": id, "issue_until": until, "closes": closes, "reason": why })
    };
    let path = "/session/close-early";
    let (status, no) = hall.post(&desk, path, body("e-1", "11:00")).await;
    assert_eq!((status, &no["code"]), (StatusCode::FORBIDDEN, &json!("not_allowed")));
    let past = json!({ "request_id": "e-0", "closes": "08:00", "reason": "weather" });
    let (status, no) = hall.post(&office, path, past).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("in_the_past")), "{no}");
    let (status, told) = hall.post(&office, path, body("e-1", "11:00")).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let minutes = |what: &str| told[what].as_i64().unwrap() / 60_000 % (24 * 60);
    assert_eq!((minutes("issue_until"), minutes("closes")), (2 * 60 + 30, 3 * 60), "in UTC");
    assert_eq!(told["for_the_day"], json!(false));
    let (status, no) = hall.post(&office, path, body("e-2", "12:00")).await;
    assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("not_earlier")), "{no}");
    let (_, board) = hall.get(&office, "/board").await;
    assert_eq!(board["opening"]["until"], told["issue_until"]);
    assert_eq!(board["opening"]["hours"], "上午 8:15—10:30，下午 13:45—17:15");
    let spans = json!([
        { "from_minute": 495, "until_minute": 630 }, { "from_minute": 825, "until_minute": 1035 },
    ]);
    assert_eq!(board["opening"]["spans"], spans);
    let for_the_day = json!({
        "request_id": "e-3", "closes": "10:00", "reason": "power", "for_the_day": true,
    });
    let (status, told) = hall.post(&office, path, for_the_day).await;
    assert_eq!(status, StatusCode::OK, "{told}");
    assert_eq!(
        told["issue_until"], told["closes"],
        "numbers are taken as long as before, or so long"
    );
    let (_, board) = hall.get(&office, "/board").await;
    assert_eq!(
        board["opening"]["hours"], "上午 8:15—10:00",
        "nothing of the afternoon is promised"
    );
    let tomorrow = hall.app.clock.date(hall.app.now()).tomorrow().unwrap();
    let next = board["opening"]["next"].as_i64().unwrap();
    assert_eq!(hall.app.clock.date(hall::time::Timestamp(next)), tomorrow);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_published_of_an_item_can_be_asked() {
    let hall = Hall::open();
    let (office, kiosk) = (hall.token(Role::Office, None), hall.token(Role::Kiosk, None));
    let to = json!({
        "name": "犬只登记", "queue": "K", "kind": "promised", "mean_minutes": 7.5,
        "limit_working_days": 5, "tiers": ["county", "township"], "tags": ["at_once"],
        "content": "犬只登记办理", "basis": "养犬管理办法", "conditions": "犬龄满三个月",
        "materials": ["免疫证"], "procedure": "受理、核验、发证", "limit": "5 个工作日",
        "fees": "不收费", "result": "养犬登记证",
    });
    let changed = hall.post(&office, "/catalogue/changes", change("c-1", "K90", "taken_over", to));
    let (status, told) = changed.await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let (status, guide) = hall.get(&kiosk, "/catalogue/items/K90").await;
    assert_eq!(status, StatusCode::OK, "{guide}");
    let eight =
        ["content", "basis", "conditions", "materials", "procedure", "limit", "fees", "result"];
    for field in eight {
        assert!(!guide[field].is_null() && guide[field] != "", "{field}: {guide}");
    }
    assert_eq!((&guide["tiers"][1], &guide["limit_working_days"]), (&json!("township"), &json!(5)));
    let (_, changes) = hall.get(&office, "/catalogue/changes").await;
    assert_eq!(changes["changes"][0]["to"], guide);
    let (status, no) = hall.get(&kiosk, "/catalogue/items/Z99").await;
    assert_eq!(no["code"], "no_such_item", "{status} {no}");
}
