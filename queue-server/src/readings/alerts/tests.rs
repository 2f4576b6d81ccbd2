use std::sync::Arc;

use hall::{
    Hall,
    command::{SessionTimes, plan::SessionPlan},
    event::{Event, Fact},
    ids::{AlertId, QueueId},
    setup::{
        Setup,
        staff::{Grant, Staff},
    },
    time::{Day, Timestamp},
    words::{
        Actor,
        alert::{AlertKind, AlertLevel, Subject},
    },
};
use wire::texts::Language;

use crate::testing;

#[test]
fn every_alert_has_its_sentence_in_both_languages() {
    let profile = testing::county();
    let mut hall = Hall::new(Arc::clone(&profile.setup));
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
            AlertKind::MatterDue => Subject::Matter(hall::ids::MatterId(1)),
            AlertKind::CaseDue => Subject::Case("X-1".parse().unwrap()),
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
        let alerts = super::of(&hall, &profile, Timestamp(60_000), language);
        assert_eq!(alerts.len(), AlertKind::ALL.len());
        for alert in &alerts {
            assert!(!alert.text.contains("alert.") && !alert.text.contains('{'), "{}", alert.text);
        }
        assert!(alerts.is_sorted_by_key(|alert| (alert.level, alert.since)), "red first");
        let name = match language {
            Language::Chinese => "出入境证件",
            Language::English => "Passports & visas",
        };
        let of_queue = alerts.iter().find(|alert| alert.kind == "long_wait").unwrap();
        assert!(of_queue.text.contains(name), "{}", of_queue.text);
    }
    let trouble = hall::words::alert::DeviceTrouble::ALL;
    for language in [Language::Chinese, Language::English] {
        let texts = wire::texts::Texts::of(language);
        assert!(trouble.iter().all(|each| texts.has(&format!("device_trouble.{each}"))));
    }
}

#[test]
fn items_that_nobody_at_a_window_may_handle_are_named() {
    let profile = testing::county();
    let mut parts = profile.setup.parts().clone();
    let queue: QueueId = "A".parse().unwrap();
    let items = parts.items.iter().filter(|item| item.queue == queue);
    let granted: Vec<_> = items.clone().skip(1).map(|item| item.id).collect();
    let left_out = items.map(|item| item.name.clone()).next().unwrap();
    let clerk = "7777".parse().unwrap();
    let grant = |items| Vec::from([Grant { queues: Vec::new(), items, from: None, until: None }]);
    parts.staff.push(Staff {
        no: clerk,
        agent: false,
        posts: Vec::new(),
        grants: grant(granted.clone()),
    });
    let mut hall = Hall::new(Arc::new(Setup::new(parts.clone()).unwrap()));
    let told = |hall: &mut Hall| {
        let session = SessionTimes {
            issue_from: Timestamp(0),
            opens: Timestamp(0),
            issue_until: Timestamp(1_000_000),
            closes: Timestamp(1_000_000),
        };
        let subject = Subject::Queue(queue);
        let (alert, kind, level) = (AlertId(0), AlertKind::Unassigned, AlertLevel::Yellow);
        for fact in [
            Fact::DayOpened {
                day: Day { year: 2026, month: 11, day: 23 },
                next_ticket: hall::ids::TicketId(1),
                open_evaluations: Vec::new(),
                cases: Vec::new(),
                carried: Box::default(),
                setup: None,
                working_days: Vec::new(),
            },
            Fact::SessionOpened { session, plan: SessionPlan::default() },
            Fact::SignedOn { window: "1".parse().unwrap(), staff: clerk },
            Fact::AlertRaised { alert, kind, level, subject },
        ] {
            hall.apply(&Event { at: Timestamp(0), by: Actor::Hall, request: None, fact });
        }
        super::of(hall, &profile, Timestamp(60_000), Language::Chinese).remove(0).text
    };
    let text = told(&mut hall);
    assert!(text.ends_with(&format!("{left_out}没有窗口可办")), "{text}");
    let few = grant(granted[..1].to_vec());
    parts.staff.iter_mut().filter(|staff| staff.no == clerk).for_each(|it| it.grants = few.clone());
    let text = told(&mut Hall::new(Arc::new(Setup::new(parts).unwrap())));
    assert!(text.contains(&format!("{left_out}、")), "{text}");
    assert!(text.ends_with(&format!("等 {} 项没有窗口可办", granted.len())), "{text}");
}
