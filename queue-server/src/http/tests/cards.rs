//! A card laid on a reader, and the same number typed: one person, and no number on the way.

use std::{
    io,
    sync::{Arc, Mutex},
};

use axum::http::StatusCode;
use hmac::{Hmac, Mac};
use serde_json::{Value, json};

use super::{Hall, bookings::booked_for_today};
use crate::access::Role;

const WANG: &str = "331023195001011234";
const LI: &str = "33102319550202432X";

/// What a kiosk's reader makes of a number: it has nothing but what the server gave the kiosk.
async fn card(hall: &Hall, kiosk: &str, number: &str) -> String {
    let (status, given) = hall.get(kiosk, "/reader-key").await;
    assert_eq!(status, StatusCode::OK, "{given}");
    let key = given["key"].as_str().unwrap();
    let key: [u8; 32] = wire::reader::bytes_of_hex(key).unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    mac.update(number.as_bytes());
    format!("card:{}", wire::reader::hex(&mac.finalize().into_bytes()[..16]))
}

fn take(request: &str, document: &str) -> Value {
    json!({ "queue": "H", "request_id": request, "document": document })
}

#[tokio::test]
async fn a_number_typed_after_its_card_was_laid_down_is_the_same_persons() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let (wang, li) = (card(&hall, &kiosk, WANG).await, card(&hall, &kiosk, LI).await);
    let (status, first) = hall.post(&kiosk, "/tickets", take("1", &wang)).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    let other_hand = wang.to_uppercase().replace("CARD:", "card:");
    for (request, document) in [("2", WANG), ("3", "331023 19500101 1234"), ("4", &other_hand)] {
        let (status, no) = hall.post(&kiosk, "/tickets", take(request, document)).await;
        assert_eq!((status, &no["code"]), (StatusCode::CONFLICT, &json!("has_ticket")), "{no}");
        assert_eq!(no["ticket"], first["ticket"]["id"]);
    }
    assert_eq!(hall.post(&kiosk, "/tickets", take("5", &li)).await.0, StatusCode::CREATED);
    let path = format!("/tickets/{}/reprint", first["ticket"]["id"]);
    for (request, document, expected) in
        [("r1", &li, StatusCode::NOT_FOUND), ("r2", &wang, StatusCode::OK)]
    {
        let body = json!({ "request_id": request, "document": document });
        let (status, answer) = hall.post(&kiosk, &path, body).await;
        assert_eq!(status, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_booking_made_by_typed_number_is_found_by_its_card() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    booked_for_today(&hall, "09:30", WANG).await;
    let check_in = |request: &str, document: String| json!({ "request_id": request, "document": document, "channel": "kiosk" });
    let li = check_in("1", card(&hall, &kiosk, LI).await);
    let (status, none) = hall.post(&kiosk, "/check-ins", li).await;
    assert_eq!((status, &none["code"]), (StatusCode::NOT_FOUND, &json!("no_such_booking")));
    let wang = check_in("2", card(&hall, &kiosk, WANG).await);
    let (status, taken) = hall.post(&kiosk, "/check-ins", wang).await;
    assert_eq!((status, &taken["time"]), (StatusCode::CREATED, &json!("in_time")), "{taken}");
}

#[tokio::test]
async fn what_is_no_readers_mark_is_no_document() {
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let good = card(&hall, &kiosk, WANG).await;
    let bad = [
        "card:".to_owned(),
        good[..good.len() - 1].to_owned(),
        format!("{good}0"),
        good.replace("card:", "Card:"),
        good.replace("card:", "card: "),
        format!("card:{}", "g".repeat(32)),
        format!("card:{}", "é".repeat(16)),
        format!("card:{WANG}"),
    ];
    for document in bad {
        let (status, no) = hall.post(&kiosk, "/tickets", take("1", &document)).await;
        let expected = (StatusCode::UNPROCESSABLE_ENTITY, &json!("bad_document"));
        assert_eq!((status, &no["code"]), expected, "{document}");
    }
}

#[tokio::test]
async fn only_a_kiosk_is_given_the_readers_key() {
    let hall = Hall::open();
    for role in Role::ALL {
        let (status, given) = hall.get(&hall.token(role, None), "/reader-key").await;
        let expected = if role == Role::Kiosk { StatusCode::OK } else { StatusCode::FORBIDDEN };
        assert_eq!(status, expected, "{role:?}: {given}");
    }
    assert_eq!(hall.get("nobody", "/reader-key").await.0, StatusCode::UNAUTHORIZED);
    let (_, given) = hall.get(&hall.token(Role::Kiosk, None), "/reader-key").await;
    assert_eq!(given["elderly_from_years"], 60);
    assert_eq!(given["key"].as_str().unwrap().len(), 64);
}

/// Every line that this thread logs.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_readers_key_and_its_marks_are_in_no_log_and_in_no_other_answer() {
    let (lines, sink) = (Lines::default(), Lines::default());
    let writer = {
        let lines = lines.clone();
        move || lines.clone()
    };
    let logs = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(writer);
    let _logged = tracing::subscriber::set_default(logs.finish());
    tracing::trace!("a line that is seen");
    let hall = Hall::open();
    let kiosk = hall.token(Role::Kiosk, None);
    let key = hall.get(&kiosk, "/reader-key").await.1["key"].as_str().unwrap().to_owned();
    let mark = card(&hall, &kiosk, WANG).await.trim_start_matches("card:").to_owned();
    for request in ["1", "2"] {
        let answer = hall.post(&kiosk, "/tickets", take(request, &format!("card:{mark}"))).await.1;
        io::Write::write_all(&mut sink.clone(), answer.to_string().as_bytes()).unwrap();
    }
    let office = hall.token(Role::Office, None);
    for path in ["/board", "/tally", "/health", "/catalogue", "/metrics"] {
        let answer = hall.get(&office, path).await.1;
        io::Write::write_all(&mut sink.clone(), answer.to_string().as_bytes()).unwrap();
    }
    let texts =
        [&lines, &sink].map(|each| String::from_utf8(each.0.lock().unwrap().clone()).unwrap());
    assert!(texts[0].contains("a line that is seen") && texts[1].contains("has_ticket"));
    for text in texts {
        for secret in [&*key, &*mark, WANG] {
            assert!(!text.contains(secret), "{text}");
        }
    }
}
