//! What one file says and another must fit: slots of bookings and the calendar, items and people.

use std::collections::{BTreeMap, BTreeSet};

use hall::{
    ids::{ItemId, QueueId},
    setup::{Item, Parts, Window, booking::Slots, staff::Staff},
    words::{WindowKind, post::PostRole},
};

use super::{
    calendar::{self, Calendar, Minute, SessionRule},
    hall_file,
    index::{Index, Kind},
    problem::{Problem, Severity},
    staff,
};

/// Tells what fits another file badly; what is wrong in that file itself is mended first.
pub fn check(
    catalogue: &'static str,
    parts: &Parts,
    calendar: &Calendar,
    index: &Index,
    problems: &mut Vec<Problem>,
) {
    let is_right = |file: &str, problems: &[Problem]| {
        let wrong = |each: &Problem| each.file == file && each.severity == Severity::Error;
        !problems.iter().any(wrong)
    };
    let (hours, people) = (is_right(calendar::FILE, problems), is_right(staff::FILE, problems));
    rules_name_queues(parts, index, problems);
    if hours {
        slots_are_open(parts, calendar, index, problems);
    }
    if hours && people {
        items_are_handled(catalogue, parts, calendar, index, problems);
    }
}

/// Where people pay and fetch results is a queue of the hall.
fn rules_name_queues(parts: &Parts, index: &Index, problems: &mut Vec<Problem>) {
    let legs = &parts.rules.legs;
    for (rule, queue) in [("legs.cashier", legs.cashier), ("legs.pick_up", legs.pick_up)] {
        let Some((queue, place)) = queue.zip(index.place(Kind::Rule, rule)) else { continue };
        let mut found = Vec::new();
        index.require(Kind::Queue, queue, place, &mut found);
        // A record that lived with it goes on: the first queue without tickets is taken instead.
        problems.extend(found.into_iter().map(|each| each.with("key", rule).at_the_door()));
    }
}

/// 排班 of sessions that name no windows: every window that is somebody's own (A角) and, where the
/// session offers some items only, has something of it to do. A temporary window is staffed when its
/// tide comes, and nobody is missed there before.
pub fn staffed_by_default(
    windows: &[Window],
    items: &[Item],
    people: &[Staff],
    calendar: &mut Calendar,
) {
    let has_own = |window: &Window| {
        let own = |person: &Staff| person.role_at(window.id) == Some(PostRole::Primary);
        window.kind != WindowKind::Temporary && people.iter().any(own)
    };
    let posts: Vec<&Window> = windows.iter().filter(|window| has_own(window)).collect();
    for session in calendar.sessions.iter_mut().filter(|session| !session.windows_said) {
        let has_work = |window: &&&Window| {
            let offered = |list: &BTreeSet<ItemId>| {
                let here = |item: &&Item| window.serves(item.queue) && list.contains(&item.id);
                items.iter().any(|item| here(&item))
            };
            session.items.as_ref().is_none_or(offered)
        };
        session.windows = posts.iter().filter(has_work).map(|window| window.id).collect();
    }
}

/// 预约时段 outside the hours: nobody could come in it. Bookings are for working days, so a session
/// of a weekend alone holds none.
fn slots_are_open(parts: &Parts, calendar: &Calendar, index: &Index, problems: &mut Vec<Problem>) {
    for (at, line) in parts.rules.booking.slots.iter().enumerate() {
        let offered =
            |session: &&SessionRule| is_of_weekdays(session) && offers(session, line, parts);
        let hours: Vec<&SessionRule> = calendar.sessions.iter().filter(offered).collect();
        let is_open = |from, until| {
            hours.iter().any(|session| session.opens <= from && until <= session.closes)
        };
        let mut slots = line.each().map(|(from, until)| (Minute(from.0), Minute(until.0)));
        let Some((from, until)) = slots.find(|(from, until)| !is_open(*from, *until)) else {
            continue;
        };
        let place = index.place(Kind::Rule, format!("booking.slots.{at}"));
        let problem = Problem::new(hall_file::FILE, place.map(|(_, line)| line), "slots_outside");
        let problem = problem.with("queue", line.queue).with("from", from).with("until", until);
        problems.push(problem.at_the_door());
    }
}

/// Monday to Friday; a swapped day has the sessions of a Monday.
fn is_of_weekdays(session: &SessionRule) -> bool {
    session.days.iter().take(5).any(|held| *held)
}

/// True if what the slots are for can be done in the session.
fn offers(session: &SessionRule, line: &Slots, parts: &Parts) -> bool {
    let Some(items) = &session.items else { return true };
    match line.item {
        Some(item) => items.contains(&item),
        None => parts.items.iter().any(|item| item.queue == line.queue && items.contains(&item.id)),
    }
}

/// Who works where an item comes to: each has authorisations, and none of them holds it. With
/// `known_staff_only` nobody else can come to help, and nobody would ever be called for it.
fn items_are_handled(
    catalogue: &'static str,
    parts: &Parts,
    calendar: &Calendar,
    index: &Index,
    problems: &mut Vec<Problem>,
) {
    let mut at_queue: BTreeMap<QueueId, Vec<&Staff>> = BTreeMap::new();
    for person in &parts.staff {
        let has_post = |window| person.role_at(window).is_some();
        let own = parts.windows.iter().filter(|window| has_post(window.id));
        let own = own.flat_map(|window| window.queues());
        let tides = calendar.tides.iter().filter(|tide| has_post(tide.window));
        for queue in own.chain(tides.flat_map(|tide| tide.queues.iter().copied())) {
            at_queue.entry(queue).or_default().push(person);
        }
    }
    for item in &parts.items {
        let people = at_queue.get(&item.queue).map_or(&[][..], Vec::as_slice);
        if people.is_empty() || people.iter().any(|person| may_ever_handle(person, item)) {
            continue;
        }
        let line = index.place(Kind::Item, item.id).map(|(_, line)| line);
        let problem = Problem::new(catalogue, line, "item_without_clerk").with("what", item.id);
        let problem = problem.with("name", &item.name).with("queue", item.queue);
        let is_certain = parts.rules.windows.known_staff_only;
        problems.push(if is_certain { problem.at_the_door() } else { problem.warning() });
    }
}

/// On some day at least: an authorisation that has run out is renewed.
fn may_ever_handle(person: &Staff, item: &Item) -> bool {
    let holds = |items: &[ItemId]| items.contains(&item.id);
    person.grants.is_empty()
        || person
            .grants
            .iter()
            .any(|grant| grant.queues.contains(&item.queue) || holds(&grant.items))
}
