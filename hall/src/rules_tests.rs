//! The rules, shown by scripts (`tests/scripts/*.hall`) and hunted by chance against a naive model.

mod at_work;
mod bookings;
mod carried;
mod clock;
mod due;
mod evaluations;
mod full_queue;
mod golden;
mod handled;
mod inspected;
mod matters;
mod model;
mod offline;
pub(crate) mod policies;
mod script;
mod setups;
mod visits;
mod watched;

use alloc::{string::String, sync::Arc, vec::Vec};

use crate::{
    command::{Issue, Purpose},
    event::people::Grounds,
    ids::QueueId,
    setup::{
        Department, Item, Parts, Queue, Rules, Setup, Window, Zone, alerts::AlertRules,
        item::Published,
    },
    time::Millis,
    words::{CaseKind, Channel, PriorityClass, WindowKind},
};

/// A small hall: A served by 1 and 2, B by 2 and also by 1, S only by transfer.
pub(crate) fn parts() -> Parts {
    let queue = |id: &str, minutes, issued| Queue {
        id: id.parse().unwrap(),
        letter: id.chars().next().unwrap(),
        name: String::from(id),
        short_name: String::from(id),
        department: "d".parse().unwrap(),
        zone: "z".parse().unwrap(),
        mean_service: Millis::from_minutes(minutes),
        issued,
    };
    let window = |id: &str, primary: &[&str], secondary: &[&str]| {
        let ids = |list: &[&str]| list.iter().map(|id| id.parse().unwrap()).collect::<Vec<_>>();
        Window {
            id: id.parse().unwrap(),
            name: String::from(id),
            zone: "z".parse().unwrap(),
            kind: WindowKind::Dedicated,
            primary: ids(primary),
            secondary: ids(secondary),
            only: None,
        }
    };
    let item = |id: &str, queue: &str| Item {
        id: id.parse().unwrap(),
        name: String::from(id),
        queue: queue.parse().unwrap(),
        kind: CaseKind::OnTheSpot,
        limit_working_days: None,
        mean_service: Millis::from_minutes(10),
        sd_service: Millis::from_minutes(3),
        per_day: 10,
        bring: Vec::from([String::from("身份证"), String::from("户口簿")]),
        published: Published::default(),
    };
    Parts {
        id: "small".parse().unwrap(),
        name: String::from("小厅"),
        zones: Vec::from([Zone {
            id: "z".parse().unwrap(),
            name: String::from("z"),
            place: String::from("z"),
            seats: 10,
        }]),
        departments: Vec::from([Department { id: "d".parse().unwrap(), name: String::from("d") }]),
        queues: Vec::from([queue("A", 10, true), queue("B", 5, true), queue("S", 3, false)]),
        windows: Vec::from([window("1", &["A"], &["B"]), window("2", &["B", "S"], &["A"])]),
        items: Vec::from([item("A01", "A"), item("A02", "A"), item("B01", "B")]),
        // Scripts that are not about alerts need not tell them.
        rules: Rules {
            alerts: AlertRules { on: false, ..AlertRules::default() },
            ..Rules::default()
        },
        staff: Vec::new(),
        pipelines: Vec::new(),
    }
}

/// What the class asks for, and no more.
pub(crate) fn grounds_of(class: PriorityClass) -> Grounds {
    let note = (class == PriorityClass::Special).then(|| String::from("急"));
    Grounds { reason: None, note }
}

/// An ordinary ticket at a kiosk, by somebody who shows nothing.
pub(crate) fn issue_of(queue: QueueId) -> Issue {
    Issue {
        queue,
        item: None,
        channel: Channel::Kiosk,
        class: PriorityClass::Ordinary,
        grounds: Grounds::default(),
        paper: false,
        person: None,
        agent: None,
        purpose: Purpose::One,
        silent: false,
        estimate: None,
    }
}

pub(crate) fn small_hall(change: impl Fn(&mut Rules)) -> crate::Hall {
    let mut parts = parts();
    change(&mut parts.rules);
    hall_of(parts)
}

pub(crate) fn hall_of(parts: Parts) -> crate::Hall {
    crate::Hall::new(Arc::new(Setup::new(parts).unwrap()))
}
