//! Finds every problem of a profile at once.

mod booking;
mod pipelines;

use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::ToString,
    vec::Vec,
};

use super::{
    Parts, Rules, Window,
    problem::{Name, Part, SetupProblem},
};
use crate::{
    ids::{QueueId, ZoneId},
    limits::{
        ITEM_TEXT_BYTES_MAX, ITEMS_MAX, NUMBER_MAX, QUEUES_MAX, SHORT_NAME_CHARS, STAFF_MAX,
        WINDOWS_MAX,
    },
    time::Millis,
    words::WindowKind,
};

/// A setting: its name, its value, the least and the greatest allowed.
pub type Range = (&'static str, u32, u32, u32);

/// Letters that are taken for others on paper and on strips.
const LOOK_ALIKES: [char; 4] = ['I', 'O', 'Q', 'U'];

/// Everything wrong or unwise, in the order of the profile.
pub(super) fn problems(parts: &Parts) -> Vec<SetupProblem> {
    let mut problems = Vec::new();
    whole(parts, &mut problems);
    names(parts, &mut problems);
    letters(parts, &mut problems);
    queues(parts, &mut problems);
    let queue_ids: BTreeSet<QueueId> = parts.queues.iter().map(|queue| queue.id).collect();
    for window in &parts.windows {
        check_window(window, &queue_ids, &mut problems);
        zone(parts, Name::Window(window.id), window.zone, &mut problems);
    }
    for item in &parts.items {
        let at = Name::Item(item.id);
        if !queue_ids.contains(&item.queue) {
            problems.push(SetupProblem::UnknownQueue { at, queue: item.queue });
        }
        if item.mean_service == Millis(0) {
            problems.push(SetupProblem::NoServiceTime { name: at });
        }
        if item.text_bytes() > ITEM_TEXT_BYTES_MAX {
            problems.push(SetupProblem::ItemTooLong { item: item.id, most: ITEM_TEXT_BYTES_MAX });
        }
    }
    people(parts, &queue_ids, &mut problems);
    rules(&parts.rules, &mut problems);
    booking::slots(parts, &mut problems);
    pipelines::check(parts, &queue_ids, &mut problems);
    problems
}

fn whole(parts: &Parts, problems: &mut Vec<SetupProblem>) {
    if parts.name.trim().is_empty() {
        problems.push(SetupProblem::NoName);
    }
    if parts.queues.is_empty() {
        problems.push(SetupProblem::NoQueues);
    }
    if parts.windows.is_empty() {
        problems.push(SetupProblem::NoWindows);
    }
    for (part, count, most) in [
        (Part::Queues, parts.queues.len(), QUEUES_MAX),
        (Part::Windows, parts.windows.len(), WINDOWS_MAX),
        (Part::Items, parts.items.len(), ITEMS_MAX),
        (Part::Staff, parts.staff.len(), STAFF_MAX),
    ] {
        if count > most {
            problems.push(SetupProblem::TooMany { part, count, most });
        }
    }
}

fn names(parts: &Parts, problems: &mut Vec<SetupProblem>) {
    let zones = parts.zones.iter().map(|zone| (Name::Zone(zone.id), &zone.name));
    let departments = parts.departments.iter();
    let departments = departments.map(|each| (Name::Department(each.id), &each.name));
    let queues = parts.queues.iter().map(|queue| (Name::Queue(queue.id), &queue.name));
    let windows = parts.windows.iter().map(|window| (Name::Window(window.id), &window.name));
    let items = parts.items.iter().map(|item| (Name::Item(item.id), &item.name));
    let mut seen = BTreeSet::new();
    let pipelines = parts.pipelines.iter().map(|each| (Name::Pipeline(each.id), &each.name));
    let all = zones.chain(departments).chain(queues).chain(windows).chain(items);
    for (name, text) in all.chain(pipelines) {
        if !seen.insert(name.to_string()) {
            problems.push(SetupProblem::Duplicate { name });
        }
        if text.trim().is_empty() {
            problems.push(SetupProblem::Unnamed { name });
        }
    }
}

fn letters(parts: &Parts, problems: &mut Vec<SetupProblem>) {
    let mut by_letter: BTreeMap<char, BTreeSet<QueueId>> = BTreeMap::new();
    for queue in &parts.queues {
        let (queue, letter) = (queue.id, queue.letter);
        by_letter.entry(letter).or_default().insert(queue);
        if !letter.is_ascii_uppercase() {
            problems.push(SetupProblem::BadLetter { queue, letter });
        } else if !queue.as_str().starts_with(letter) {
            problems.push(SetupProblem::LetterNotOfId { queue, letter });
        }
        if LOOK_ALIKES.contains(&letter) {
            problems.push(SetupProblem::LookAlikeLetter { queue, letter });
        }
    }
    for (letter, queues) in by_letter {
        if queues.len() > 1 {
            let queues = queues.into_iter().collect();
            problems.push(SetupProblem::LetterTwice { letter, queues });
        }
    }
}

fn queues(parts: &Parts, problems: &mut Vec<SetupProblem>) {
    for queue in &parts.queues {
        let (id, at) = (queue.id, Name::Queue(queue.id));
        if queue.short_name.chars().count() > SHORT_NAME_CHARS {
            problems.push(SetupProblem::ShortNameTooLong { queue: id, most: SHORT_NAME_CHARS });
        }
        if queue.mean_service == Millis(0) {
            problems.push(SetupProblem::NoServiceTime { name: at });
        }
        if !parts.departments.iter().any(|each| each.id == queue.department) {
            problems.push(SetupProblem::UnknownDepartment { at, department: queue.department });
        }
        zone(parts, at, queue.zone, problems);
        let serves_all = |window: &&Window| window.only.is_none();
        if !parts.windows.iter().filter(serves_all).any(|window| window.primary.contains(&id)) {
            problems.push(SetupProblem::QueueWithoutWindow { queue: id });
        }
    }
}

fn zone(parts: &Parts, at: Name, zone: ZoneId, problems: &mut Vec<SetupProblem>) {
    if !parts.zones.iter().any(|each| each.id == zone) {
        problems.push(SetupProblem::UnknownZone { at, zone });
    }
}

fn check_window(window: &Window, known: &BTreeSet<QueueId>, problems: &mut Vec<SetupProblem>) {
    let (id, mut seen) = (window.id, BTreeSet::new());
    for queue in window.queues() {
        if !known.contains(&queue) {
            problems.push(SetupProblem::UnknownQueue { at: Name::Window(id), queue });
        }
        if !seen.insert(queue) {
            problems.push(SetupProblem::QueueTwice { window: id, queue });
        }
    }
    // A temporary window may serve by the calendar's tide alone.
    if seen.is_empty() && window.kind != WindowKind::Temporary {
        problems.push(SetupProblem::WindowWithoutQueue { window: id });
    }
}

/// Posts and authorisations name what exists; an authorisation ends after it begins.
fn people(parts: &Parts, queues: &BTreeSet<QueueId>, problems: &mut Vec<SetupProblem>) {
    let mut before = None;
    for staff in &parts.staff {
        let at = Name::Staff(staff.no);
        if before.replace(staff.no) == Some(staff.no) {
            problems.push(SetupProblem::Duplicate { name: at });
        }
        for post in &staff.posts {
            if !parts.windows.iter().any(|window| window.id == post.window) {
                problems.push(SetupProblem::UnknownWindow { at, window: post.window });
            }
        }
        for grant in &staff.grants {
            let unknown = grant.queues.iter().filter(|queue| !queues.contains(queue));
            problems.extend(unknown.map(|queue| SetupProblem::UnknownQueue { at, queue: *queue }));
            for item in &grant.items {
                if !parts.items.iter().any(|known| known.id == *item) {
                    problems.push(SetupProblem::UnknownItem { at, item: *item });
                }
            }
            if grant.queues.is_empty() && grant.items.is_empty() {
                problems.push(SetupProblem::EmptyGrant { staff: staff.no });
            }
            if let (Some(from), Some(until)) = (grant.from, grant.until)
                && until < from
            {
                problems.push(SetupProblem::GrantEndsBefore { staff: staff.no, from, until });
            }
        }
    }
}

/// Every rule that has a range.
pub(super) fn ranges(rules: &Rules) -> impl Iterator<Item = Range> {
    const HOUR: u32 = 3_600;
    const DAY_MINUTES: u32 = 24 * 60;
    let ranges = [
        ("recalls_max", u32::from(rules.recalls_max), 0, 20),
        ("recall_after_secs", rules.recall_after_secs, 0, HOUR),
        ("no_show_after_secs", rules.no_show_after_secs, 0, HOUR),
        ("reactivate_within_minutes", rules.reactivate_within_minutes, 1, DAY_MINUTES),
        ("reactivate_behind", u32::from(rules.reactivate_behind), 0, 50),
        ("guard_after_calls", u32::from(rules.guard_after_calls), 1, 50),
        ("promote_after_minutes", rules.promote_after_minutes, 1, DAY_MINUTES),
        ("presume_start_after_secs", rules.presume_start_after_secs, 0, HOUR),
        ("start_after_secs", rules.start_after_secs, 0, 600),
        ("same_press_within_millis", rules.same_press_within_millis, 0, 10_000),
        ("take_back_within_secs", rules.take_back_within_secs, 0, 600),
        ("device_evaluation_secs", rules.device_evaluation_secs, 1, HOUR),
        ("confirm_within_secs", rules.confirm_within_secs, 10, HOUR),
        ("numbers_per_day", u32::from(rules.numbers_per_day), 1, u32::from(NUMBER_MAX)),
        ("wait_yellow_minutes", rules.wait_yellow_minutes, 1, DAY_MINUTES),
        ("wait_red_minutes", rules.wait_red_minutes, rules.wait_yellow_minutes, DAY_MINUTES),
        ("wait_target_minutes", rules.wait_target_minutes, 1, DAY_MINUTES),
    ];
    let ranges = ranges.into_iter().chain(rules.windows.ranges());
    let ranges = ranges.chain(rules.evaluation.ranges()).chain(rules.cases.ranges());
    let ranges = ranges.chain(rules.booking.ranges()).chain(rules.people.ranges());
    ranges
        .chain(rules.legs.ranges())
        .chain(rules.offline.ranges())
        .chain(rules.order.ranges())
        .chain(rules.alerts.ranges())
}

fn rules(rules: &Rules, problems: &mut Vec<SetupProblem>) {
    for (rule, value, least, most) in ranges(rules) {
        if !(least..=most).contains(&value) {
            problems.push(SetupProblem::RuleOutOfRange { rule, value, least, most });
        }
    }
}
