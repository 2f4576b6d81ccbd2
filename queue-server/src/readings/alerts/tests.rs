use std::sync::Arc;

use hall::{
    Hall,
    event::{Event, Fact},
    ids::AlertId,
    time::Timestamp,
    words::{
        Actor,
        alert::{AlertKind, AlertLevel, Subject},
    },
};
use wire::texts::Language;

use crate::testing;

#[test]
fn every_alert_has_its_sentence_in_both_languages() {
    let setup = Arc::clone(&testing::county().setup);
    let mut hall = Hall::new(setup);
    let leg = hall::ids::LegId { ticket: hall::ids::TicketId(1), leg: hall::ids::LegNo(0) };
    for (number, kind) in AlertKind::ALL.iter().enumerate() {
        let subject = match kind {
            AlertKind::LongWait | AlertKind::LongQueue | AlertKind::Unassigned => {
                Subject::Queue("M".parse().unwrap())
            }
            AlertKind::Unstaffed | AlertKind::LongPause | AlertKind::Idle => {
                Subject::Window("20".parse().unwrap())
            }
            AlertKind::LongService | AlertKind::Negative => Subject::Leg(leg),
            AlertKind::Transfers => Subject::Ticket(leg.ticket),
            AlertKind::NoShows => Subject::Hall,
            AlertKind::Device | AlertKind::Help => Subject::Device("kiosk-1".parse().unwrap()),
        };
        let level = if number % 2 == 0 { AlertLevel::Red } else { AlertLevel::Yellow };
        let alert = AlertId(number as u32);
        let fact = Fact::AlertRaised { alert, kind: *kind, level, subject };
        hall.apply(&Event { at: Timestamp(number as i64), by: Actor::Hall, request: None, fact });
    }
    for language in [Language::Chinese, Language::English] {
        let alerts = super::of(&hall, &[], Timestamp(60_000), language);
        assert_eq!(alerts.len(), AlertKind::ALL.len());
        for alert in &alerts {
            assert!(!alert.text.contains("alert.") && !alert.text.contains('{'), "{}", alert.text);
        }
        assert!(alerts.is_sorted_by_key(|alert| (alert.level, alert.since)), "red first");
    }
    let trouble = hall::words::alert::DeviceTrouble::ALL;
    for language in [Language::Chinese, Language::English] {
        let texts = wire::texts::Texts::of(language);
        assert!(trouble.iter().all(|each| texts.has(&format!("device_trouble.{each}"))));
    }
}
