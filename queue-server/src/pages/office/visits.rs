//! 上门服务: who waits for somebody to come, who goes there and when, and what came of it in the last days.

use askama::Template;
use axum::{extract::State, response::Response};
use hall::{
    Hall,
    event::visit::Visit,
    words::{alert::AlertLevel, visit::VisitReason},
};
use wire::{http::visits::VisitContact, texts::Texts};

use super::tasks;
use crate::{
    access::Role,
    app::App,
    pages::{
        Shared,
        guard::{HallReader, Reader},
        html,
        named::Names,
        shell::Shell,
        written,
    },
    store::ledgers::VisitLine,
};

/// Rows that are over; the ledger has all of them.
const OVER_SHOWN: usize = 100;

/// Digits of a telephone that stay at its beginning and its end.
const SHOWN_FIRST: usize = 3;
const SHOWN_LAST: usize = 4;

struct Row {
    id: u32,
    no: String,
    asked: String,
    what: String,
    reason: String,
    who: String,
    /// The telephone, of which only the ends are shown.
    phone: String,
    place: String,
    wished: String,
    due: String,
    goes: String,
    /// 上门日期.
    day: String,
    stage: String,
    /// `yellow`, `red` or nothing.
    level: &'static str,
    rating: String,
}

struct View {
    base: String,
    open: Vec<Row>,
    over: Vec<Row>,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_visits.html")]
struct Page {
    s: Shell,
    v: View,
}

/// `GET /office/visits`.
pub async fn page(State(app): Shared, HallReader(reader): HallReader) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let v = fill(&app, &reader);
    html(&Page { s, v })
}

fn fill(app: &App, reader: &Reader) -> View {
    let texts = reader.texts;
    let visits: Vec<(Visit, Option<AlertLevel>)> = app
        .read(|hall| hall.visits().map(|visit| (visit.clone(), hall.visit_level(visit))).collect());
    let overdue = visits.iter().filter(|(_, level)| *level == Some(AlertLevel::Red)).count();
    let (open, mut over): (Vec<_>, Vec<_>) =
        visits.into_iter().partition(|(visit, _)| visit.over.is_none());
    over.reverse();
    let sees = sees_contacts(reader);
    let row = |(visit, level): &(Visit, Option<AlertLevel>)| {
        // Of what is over nobody needs to be found any more.
        let contact = Some(visit.id).filter(|_| sees && visit.over.is_none());
        row(app, visit, (*level, contact.and_then(|id| app.contacts.of(id))), texts)
    };
    let waits = open.iter().filter(|(visit, _)| visit.staff.is_none()).count();
    View {
        base: texts
            .fill("visit.base", &[("open", &open.len()), ("waits", &waits), ("overdue", &overdue)]),
        open: open.iter().map(row).collect(),
        over: over.iter().take(OVER_SHOWN).map(row).collect(),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

/// 监察 reads how the hall does, and needs to find nobody.
pub fn sees_contacts(reader: &Reader) -> bool {
    matches!(reader.identity.role, Role::Office | Role::Admin)
}

fn row(
    app: &App,
    visit: &Visit,
    (level, contact): (Option<AlertLevel>, Option<VisitContact>),
    texts: &Texts,
) -> Row {
    let contact = contact.unwrap_or_default();
    let staff = visit.staff.map(|staff| texts.fill("pages.staff", &[("no", &staff)]));
    let over = visit.over.as_ref();
    let rating = visit.given.as_ref().map(|given| tasks::rating_word(given.rating, texts));
    Row {
        id: visit.id.0,
        no: texts.fill("visit.no", &[("no", &visit.id.0)]),
        asked: tasks::moment(&app.clock, visit.asked),
        what: app.read(|hall| what(app, hall, visit, texts)),
        reason: reason(visit.reason, texts),
        who: contact.who,
        phone: masked(&contact.phone),
        place: contact.place,
        wished: visit.wished.map_or_else(String::new, |day| day.to_string()),
        due: visit.due.map_or_else(String::new, |day| day.to_string()),
        goes: staff.unwrap_or_default(),
        day: visit.day.map_or_else(String::new, |day| day.to_string()),
        stage: match over {
            Some(over) => joined([stage(visit, texts), written::date(&app.clock, over.at)]),
            None => stage(visit, texts),
        },
        level: level.map_or("", tasks::level_word),
        rating: rating.unwrap_or_default(),
    }
}

fn joined(parts: [String; 2]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// 事项, or that nobody said which.
pub fn what(app: &App, hall: &Hall, visit: &Visit, texts: &Texts) -> String {
    let name = |item| Names::by(app, texts).item_of(hall, item);
    let item = visit.item.map(|item| name(item).unwrap_or_else(|| item.to_string()));
    item.unwrap_or_else(|| texts.get("visit.no_item").to_owned())
}

pub fn reason(reason: VisitReason, texts: &Texts) -> String {
    texts.get(&format!("visit_reason.{reason}")).to_owned()
}

pub fn stage(visit: &Visit, texts: &Texts) -> String {
    texts.get(&format!("visit_stage.{}", visit.stage())).to_owned()
}

/// What came of a visit, with why if it was not done.
pub fn came_of_it(visit: &VisitLine, texts: &Texts) -> String {
    let outcome = texts.get(&format!("visit_stage.{}", visit.outcome)).to_owned();
    let obstacle = visit.obstacle.map(|it| texts.get(&format!("visit_obstacle.{it}")).to_owned());
    let all = [Some(outcome), obstacle, Some(visit.note.clone())];
    let all: Vec<String> = all.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    all.join(" · ")
}

/// Its limit, and that it was not kept.
pub fn by_when(visit: &VisitLine, texts: &Texts) -> String {
    use hall::words::visit::VisitOutcome;
    let due = visit.due.map_or_else(String::new, |day| day.to_string());
    let is_late = visit.outcome == VisitOutcome::Done && !visit.in_time;
    if is_late { joined([due, texts.get("visit.late").to_owned()]) } else { due }
}

/// "138****1234"; a short one shows its end alone.
pub fn masked(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    if digits.is_empty() {
        return String::new();
    }
    let first = if digits.len() > SHOWN_FIRST + SHOWN_LAST { SHOWN_FIRST } else { 0 };
    let last = digits.len().saturating_sub(SHOWN_LAST).max(first);
    let ends = |part: &[char]| part.iter().collect::<String>();
    format!("{}****{}", ends(&digits[..first]), ends(&digits[last..]))
}
