//! 查找事项 over the interface.

use axum::http::StatusCode;
use serde_json::Value;

use super::Hall;
use crate::access::Role;

fn ids(found: &Value) -> Vec<&str> {
    let items = found["items"].as_array().unwrap().iter();
    items.map(|item| item["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn items_are_found_by_initials_characters_other_names_and_english() {
    let hall = Hall::open();
    let desk = hall.token(Role::Desk, None);
    for (typed, first) in [
        ("JMSFZ", "L01"),
        ("juminshen", "L01"),
        ("%E6%8A%A4%E7%85%A7", "M01"),
        // 公司注册 is what people call 企业设立登记.
        ("gszc", "A01"),
        ("passport", "M01"),
        ("driving", ""),
        ("", ""),
    ] {
        let (status, found) = hall.get(&desk, &format!("/catalogue/items?find={typed}")).await;
        assert_eq!(status, StatusCode::OK, "{found}");
        assert_eq!(ids(&found).first().copied().unwrap_or_default(), first, "typed {typed}");
        assert!(ids(&found).len() <= wire::find::FOUND_MAX);
    }
    let long = "s".repeat(4_000);
    let (status, found) = hall.get(&desk, &format!("/catalogue/items?find={long}")).await;
    assert_eq!((status, ids(&found).len()), (StatusCode::OK, 0), "{found}");
}

#[tokio::test]
async fn an_item_is_found_by_the_names_that_a_change_gives_it() {
    let hall = Hall::open();
    let office = hall.token(Role::Office, None);
    let body = serde_json::json!({
        "request_id": "c-1", "item": "K02", "kind": "adjusted", "effective": "2026-11-23",
        "approver": "9001", "to": { "aliases": ["老人免票证"], "english_name": "Senior pass" },
    });
    assert_eq!(hall.post(&office, "/catalogue/changes", body).await.0, StatusCode::OK);
    for typed in ["lrmp", "senior"] {
        let (_, found) = hall.get(&office, &format!("/catalogue/items?find={typed}")).await;
        assert_eq!(ids(&found).first(), Some(&"K02"), "{found}");
    }
}

#[tokio::test]
async fn each_kiosk_is_told_where_it_stands_and_a_desk_is_told_the_floor() {
    let hall = Hall::open();
    let named = |role, name: &str| {
        let name = name.parse().unwrap();
        hall.app.access.add_credential(role, Some(name), None).unwrap().1
    };
    let here = async |token: String| {
        let (_, catalogue) = hall.get(&token, "/catalogue").await;
        assert_eq!(catalogue["map"]["width_m"], 48.0, "{catalogue}");
        assert_eq!(catalogue["items_max"], 3);
        catalogue["map"]["here"].clone()
    };
    assert_eq!(here(named(Role::Kiosk, "kiosk-1")).await["at"]["x_m"], 32.0);
    assert_eq!(here(named(Role::Kiosk, "kiosk-2")).await["at"]["x_m"], 37.0);
    assert_eq!(here(hall.token(Role::Desk, None)).await, Value::Null);
}

#[tokio::test]
async fn before_anybody_came_the_profile_says_what_is_done_often() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let (_, catalogue) = hall.get(&kiosk, "/catalogue").await;
    let popular = catalogue["popular"].as_array().unwrap();
    assert_eq!(popular.len(), wire::catalogue::POPULAR_MAX);
    assert_eq!((&popular[0], &popular[1]), (&"R01".into(), &"L01".into()));
}
