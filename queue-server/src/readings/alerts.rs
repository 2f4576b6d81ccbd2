//! 警报 in words: what the hall itself says stands.

use std::fmt::Display;

use hall::{
    Hall,
    event::matter::Matter,
    ids::{CaseNo, DeviceId, LegId, MatterId, QueueId, TicketId, VisitId, WindowId},
    state::alerts::AlertNow,
    time::Timestamp,
    words::alert::{AlertKind, AlertLevel, Subject},
};
use wire::{
    board,
    texts::{Language, Texts},
};

use crate::profile::{Device, EnglishNames, Profile};

/// Items that one sentence names; a longer one is not read to its end.
const ITEMS_NAMED: usize = 3;

/// The alerts that stand now, red first, then the oldest. One that has passed and waits for its
/// note is no news for the board.
#[must_use]
pub fn of(hall: &Hall, profile: &Profile, now: Timestamp, language: Language) -> Vec<board::Alert> {
    let texts = Texts::of(language);
    let alert = |alert: &AlertNow| {
        let level = match alert.level? {
            AlertLevel::Yellow => board::AlertLevel::Yellow,
            AlertLevel::Red => board::AlertLevel::Red,
        };
        Some(board::Alert {
            key: format!("{}:{}", alert.kind, alert.subject),
            level,
            kind: alert.kind.to_string(),
            text: words(hall, profile, alert, now, texts),
            since: alert.since.0,
            id: alert.id.0,
            acknowledged: alert.acknowledged.is_some(),
        })
    };
    let mut alerts: Vec<board::Alert> = hall.alerts().filter_map(alert).collect();
    alerts.sort_by_key(|alert| (alert.level, alert.since));
    alerts
}

/// The sentence of an alert: while it stands with the figures of now, afterwards without, for then
/// they are no longer its own.
#[must_use]
pub fn words(
    hall: &Hall,
    profile: &Profile,
    alert: &AlertNow,
    now: Timestamp,
    texts: &Texts,
) -> String {
    let section = if alert.level.is_some() { "alert" } else { "alert_passed" };
    let key = format!("{section}.{}", alert.kind);
    let minutes = |since: Option<Timestamp>| since.map_or(0, |since| now.since(since).0 / 60_000);
    let fill = |values: &[(&str, &dyn Display)]| texts.fill(&key, values);
    match alert.subject {
        Subject::Hall => texts.get(&key).to_owned(),
        Subject::Queue(id) => {
            let name = queue_name(hall, profile, id, texts);
            if alert.kind == AlertKind::Unassigned
                && let Some(items) = left_out(hall, id, texts)
            {
                return texts.fill("alert.items_unassigned", &[("name", &name), ("items", &items)]);
            }
            let n = if alert.kind == AlertKind::LongQueue {
                of_each_window(hall, id)
            } else {
                minutes(hall.queue(id).and_then(|queue| queue.oldest()))
            };
            fill(&[("name", &name), ("n", &n)])
        }
        Subject::Window(id) => {
            let paused = || hall.window(id)?.paused.map(|(_, since)| since);
            let n = if alert.kind == AlertKind::Idle {
                waiting_for(hall, id)
            } else {
                minutes(paused())
            };
            fill(&[("window", &id), ("n", &n)])
        }
        Subject::Ticket(id) => fill(&[
            ("no", &number(hall, id)),
            ("n", &hall.ticket(id).map_or(0, hall::state::ticket::Ticket::transfers)),
        ]),
        Subject::Leg(id) => fill(&[
            ("window", &window_of(hall, id)),
            ("no", &number(hall, id.ticket)),
            ("n", &minutes(hall.leg(id).and_then(|leg| leg.started))),
        ]),
        Subject::Case(no) => case(hall, profile, alert, no, texts),
        Subject::Matter(id) => matter(hall, alert, id, texts),
        Subject::Visit(id) => visit(hall, alert, id, texts),
        Subject::Device(id) => {
            let trouble = hall.device_trouble(id);
            let trouble = trouble.map(|(trouble, _)| format!("device_trouble.{trouble}"));
            let trouble = trouble.map_or_else(String::new, |key| texts.get(&key).to_owned());
            let place = help_place(hall, &profile.devices, id, texts);
            let device = profile.devices.iter().find(|device| device.id == id);
            let name = device.map_or_else(|| id.to_string(), |device| device.name.clone());
            fill(&[("device", &name), ("trouble", &trouble), ("place", &place)])
        }
    }
}

/// What the hall calls the queue, in English for who reads English.
fn queue_name(hall: &Hall, profile: &Profile, id: QueueId, texts: &Texts) -> String {
    let own = || hall.setup().queue(id).map(|queue| &queue.name);
    let name = english(profile, texts).and_then(|names| names.queues.get(&id)).or_else(own);
    name.cloned().unwrap_or_else(|| id.to_string())
}

fn english<'a>(profile: &'a Profile, texts: &Texts) -> Option<&'a EnglishNames> {
    (texts.language() == Language::English).then_some(&profile.details.english)
}

/// 求助: the device's own name, and where it says that it stands.
#[must_use]
pub fn help_place(hall: &Hall, devices: &[Device], from: DeviceId, texts: &Texts) -> String {
    let said = hall.help_asked(from).map_or("", |help| help.place.as_str());
    let name = devices.iter().find(|device| device.id == from).map_or("", |device| &device.name);
    if name.is_empty() || said.contains(name) {
        return said.to_owned();
    }
    if said.is_empty() {
        return name.to_owned();
    }
    texts.fill("guide.help_place", &[("name", &name), ("place", &said)])
}

fn of_each_window(hall: &Hall, queue: QueueId) -> u64 {
    let open = hall.windows_serving(queue).filter(|window| {
        let open = hall.window(window.id).is_some_and(|now| now.is_open());
        open && window.only.is_none() && hall.serves_now(window.id, queue)
    });
    u64::from(hall::order::waiting(hall, queue)) / (open.count() as u64).max(1)
}

/// 承诺件 of a department, and on the most urgent one how many more there are than alerts.
fn case(hall: &Hall, profile: &Profile, alert: &AlertNow, no: CaseNo, texts: &Texts) -> String {
    let known = hall.case_known(no);
    let item = known.and_then(|case| hall.item_ever(case.item?));
    let department = item.and_then(|item| {
        let queue = hall.setup().queue(item.queue)?;
        let own = &hall.setup().department(queue.department)?.name;
        let english = english(profile, texts).and_then(|it| it.departments.get(&queue.department));
        Some(english.unwrap_or(own).clone())
    });
    let department = department.unwrap_or_else(|| hall.setup().name().to_owned());
    let key = match alert.level {
        Some(AlertLevel::Red) => "alert.case_overdue",
        Some(AlertLevel::Yellow) => "alert.case_due",
        None => "alert_passed.case_due",
    };
    let due = known.and_then(|case| case.due).map_or_else(String::new, |due| due.to_string());
    let text = texts.fill(key, &[("department", &department), ("case", &no), ("due", &due)]);
    let told = hall.alerts().filter(|each| each.kind == AlertKind::CaseDue && each.level.is_some());
    let untold = hall.cases_due_count().saturating_sub(told.count());
    if untold == 0 || hall.cases_due().next() != Some(no) {
        return text;
    }
    texts.fill("alert.cases_more", &[("text", &text), ("n", &untold)])
}

/// 差评 and its limit, with who served: 谁办理、谁负责.
fn matter(hall: &Hall, alert: &AlertNow, id: MatterId, texts: &Texts) -> String {
    let matter = hall.matter(id);
    let text =
        |value: Option<String>| value.unwrap_or_else(|| texts.get("alert.unknown").to_owned());
    let of = |value: fn(&Matter) -> Option<String>| text(matter.and_then(value));
    let window = of(|matter| Some(matter.window?.to_string()));
    let (no, due) =
        (of(|matter| Some(matter.no?.to_string())), of(|matter| Some(matter.due?.to_string())));
    let staff = of(|matter| Some(matter.staff?.to_string()));
    if let Some(receipt) = matter.and_then(|matter| matter.receipt) {
        let key = match alert.level {
            Some(AlertLevel::Red) => "alert.told_overdue",
            Some(AlertLevel::Yellow) => "alert.told_due",
            None => "alert_passed.matter_due",
        };
        let department = of(|matter| matter.department.clone());
        let values: [(&str, &dyn Display); 3] =
            [("receipt", &receipt), ("department", &department), ("due", &due)];
        return texts.fill(key, &values);
    }
    // Its own limit may still be far off: nobody has looked into it yet.
    let unverified = matter.filter(|matter| hall.is_verify_overdue(matter));
    if let Some(by) = unverified.and_then(|matter| matter.verify_by) {
        let values: [(&str, &dyn Display); 4] =
            [("window", &window), ("no", &no), ("due", &by), ("staff", &staff)];
        return texts.fill("alert.matter_unverified", &values);
    }
    let key = match alert.level {
        Some(AlertLevel::Red) => "alert.matter_overdue",
        Some(AlertLevel::Yellow) => "alert.matter_due",
        None => "alert_passed.matter_due",
    };
    let values: [(&str, &dyn Display); 4] =
        [("window", &window), ("no", &no), ("due", &due), ("staff", &staff)];
    texts.fill(key, &values)
}

/// 上门服务: its limit, or a 差评 of it, with who went there.
fn visit(hall: &Hall, alert: &AlertNow, id: VisitId, texts: &Texts) -> String {
    let visit = hall.visit(id);
    let text =
        |value: Option<String>| value.unwrap_or_else(|| texts.get("alert.unknown").to_owned());
    let due = text(visit.and_then(|visit| visit.due).map(|due| due.to_string()));
    let staff = visit.and_then(|visit| visit.staff).map(|staff| staff.to_string());
    let key = match (alert.kind == AlertKind::Negative, alert.level, &staff) {
        (true, _, _) => "alert.visit_negative",
        (false, None, _) => "alert_passed.visit_due",
        (false, Some(AlertLevel::Red), _) => "alert.visit_overdue",
        (false, Some(AlertLevel::Yellow), Some(_)) => "alert.visit_due",
        (false, Some(AlertLevel::Yellow), None) => "alert.visit_unassigned",
    };
    texts.fill(key, &[("no", &id.0), ("due", &due), ("staff", &text(staff))])
}

/// The items of a queue for which nobody is there, if there is somebody for others of it: the first
/// of them by name, and how many there are.
fn left_out(hall: &Hall, queue: QueueId, texts: &Texts) -> Option<String> {
    let items: Vec<&str> = hall.items_left_out(queue).map(|item| item.name.as_str()).collect();
    let named = items.iter().take(ITEMS_NAMED).copied().collect::<Vec<_>>();
    let named = named.join(texts.get("pages.join"));
    match items.len() {
        0 => None,
        n if n <= ITEMS_NAMED => Some(named),
        n => Some(texts.fill("alert.items_and_more", &[("items", &named), ("n", &n)])),
    }
}

fn waiting_for(hall: &Hall, window: WindowId) -> u64 {
    let queues = hall.lists_of(window).into_iter().flat_map(|lists| lists.queues());
    queues.map(|queue| u64::from(hall.waiting_for(window, queue))).sum()
}

/// The number of a ticket of today, or of a day before.
fn number(hall: &Hall, id: TicketId) -> String {
    let open = || hall.open_evaluations().iter().find(|leg| leg.ticket == id).map(|leg| leg.no);
    let of_matter =
        || hall.matters().find(|matter| matter.leg.is_some_and(|leg| leg.ticket == id))?.no;
    let no = hall.ticket(id).map(|ticket| ticket.no).or_else(open).or_else(of_matter);
    no.map_or_else(String::new, |no| no.to_string())
}

fn window_of(hall: &Hall, id: LegId) -> String {
    let open =
        || hall.open_evaluations().iter().find(|leg| leg.leg_id() == id).map(|leg| leg.window);
    let of_matter = || hall.matter_of(id)?.window;
    let window = hall.leg(id).and_then(|leg| leg.window).or_else(open).or_else(of_matter);
    window.map_or_else(String::new, |window| window.to_string())
}

#[cfg(test)]
mod tests;
