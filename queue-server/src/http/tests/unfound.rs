//! 没有找到要办的事项 over HTTP: taken down once, also at night, and never with a number of anybody.

use axum::http::StatusCode;
use hall::command::Command;
use serde_json::{Value, json};

use super::Hall;
use crate::{access::Role, testing};

impl Hall {
    async fn unfound(&self, token: &str, body: Value) -> (StatusCode, String) {
        let (status, answer) = self.post(token, "/unfound", body).await;
        (status, answer["code"].as_str().unwrap_or_default().to_owned())
    }
}

#[tokio::test]
async fn what_somebody_did_not_find_is_taken_down_once_and_also_at_night() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let department = hall.app.profile.setup.departments()[0].name.clone();
    let said = json!({ "request_id": "1", "department": department, "words": "补贴", "said": 5 });
    for _ in 0..2 {
        assert_eq!(hall.unfound(&kiosk, said.clone()).await.0, StatusCode::CREATED);
    }
    hall.app.engine.ask(testing::wish("hall", "night", Command::CloseDay)).await.unwrap();
    let gone = json!({ "request_id": "2", "department": "撤销了的部门" });
    assert_eq!(hall.unfound(&kiosk, gone).await.0, StatusCode::CREATED);
    let kept = hall.app.read(|hall| hall.unfound().to_vec());
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert_eq!((kept[0].at.0, &kept[0].department), (5, &Some(department)));
    assert_eq!((&kept[1].department, &kept[1].words), (&None, &None));
}

#[tokio::test]
async fn no_number_of_anybody_is_taken_down_and_no_screen_takes_anything_down() {
    let hall = Hall::open();
    let (kiosk, screen) = (hall.token(Role::Kiosk, None), hall.token(Role::Display, None));
    let number = json!({ "request_id": "1", "words": "110101199003070000" });
    let (status, code) = hall.unfound(&kiosk, number).await;
    assert_eq!((status, &*code), (StatusCode::UNPROCESSABLE_ENTITY, "unfound_unfit"));
    let (status, code) = hall.unfound(&screen, json!({ "request_id": "2" })).await;
    assert_eq!((status, &*code), (StatusCode::FORBIDDEN, "not_allowed"));
    assert_eq!(hall.app.read(|hall| hall.unfound().len()), 0);
}
