//! 差评整改: every 差评 with who sees to it, how far it is and by when; and the 差评台账 of a month.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::{
    Hall,
    event::matter::{ClosedMatter, Matter},
    ids::ItemId,
    words::{
        alert::AlertLevel,
        matter::{MatterKind, MatterOutcome},
    },
};
use jiff::civil::Date;
use serde::Deserialize;
use wire::texts::Texts;

use super::{
    csv,
    report::period::{Length, Period},
    sheet::About,
};
use crate::{
    app::App,
    clock::{HallClock, date_of, day_of},
    http::matters,
    pages::{Shared, guard::HallReader, html, named::Names, shell::Shell, written},
};

/// Which are shown; without anything those that are not closed.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: Option<String>,
    #[serde(default)]
    month: Option<String>,
    #[serde(default)]
    department: Option<String>,
}

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    /// 未办结.
    Open,
    /// 将到期和逾期.
    Due,
    /// 已办结, of a month.
    Closed,
}

impl Show {
    const ALL: [Self; 3] = [Self::Open, Self::Due, Self::Closed];

    const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Due => "due",
            Self::Closed => "closed",
        }
    }

    fn parse(word: Option<&str>) -> Self {
        let found = Self::ALL.into_iter().find(|each| Some(each.word()) == word);
        found.unwrap_or(Self::Open)
    }
}

/// A matter of a ledger, open or closed.
pub struct Entry {
    pub matter: Matter,
    /// When, with what and in which words it was closed.
    pub closed: Option<(ClosedAt, MatterOutcome, String)>,
    pub level: Option<AlertLevel>,
    pub department: String,
}

/// When a matter was closed, and whether by its day.
#[derive(Debug, Clone, Copy)]
pub struct ClosedAt {
    pub at: hall::time::Timestamp,
    pub in_time: bool,
}

impl Entry {
    /// One that is open.
    pub fn open(hall: &Hall, matter: &Matter) -> Self {
        Self {
            matter: matter.clone(),
            closed: None,
            level: hall.matter_level(matter),
            department: matters::department(hall, matter).unwrap_or_default(),
        }
    }

    /// One that is closed.
    pub fn closed(hall: &Hall, closed: &ClosedMatter) -> Self {
        let at = ClosedAt { at: closed.at, in_time: closed.in_time() };
        Self {
            matter: closed.matter.clone(),
            closed: Some((at, closed.outcome, closed.note.clone())),
            level: None,
            department: matters::department(hall, &closed.matter).unwrap_or_default(),
        }
    }
}

/// Matters of a kind: those that are open, and those closed in a period, today's included.
pub fn entries(app: &App, kind: MatterKind, period: Period) -> (Vec<Entry>, Vec<Entry>) {
    let span = (day_of(period.from), day_of(period.until));
    let kept: Vec<ClosedMatter> = app.store.matters(span).collect();
    app.read(|hall| {
        let open = hall.matters().filter(|matter| matter.kind == kind);
        let open = open.map(|matter| Entry::open(hall, matter)).collect();
        // What was closed since the day began, or after it ended, no store has yet.
        let is_kept = |each: &&ClosedMatter| {
            let is_of_period =
                date_of_closing(each, &app.clock).is_some_and(|date| period.has(date));
            let known = kept.iter().any(|kept| kept.matter.id == each.matter.id);
            is_of_period && !known
        };
        let closed = kept.iter().chain(hall.matters_closed().iter().filter(is_kept));
        let closed = closed.filter(|closed| closed.matter.kind == kind);
        (open, closed.map(|closed| Entry::closed(hall, closed)).collect())
    })
}

fn date_of_closing(closed: &ClosedMatter, clock: &HallClock) -> Option<Date> {
    closed.day.and_then(date_of).or_else(|| Some(clock.date(closed.at)))
}

/// A row of the page.
struct Row {
    id: u32,
    given: String,
    about: String,
    level_word: String,
    reasons: String,
    owner: String,
    state: String,
    due: String,
    /// `yellow`, `red` or nothing.
    level: &'static str,
    outcome: String,
}

struct Way {
    href: String,
    name: String,
    here: bool,
}

struct View {
    title: String,
    base: String,
    ways: Vec<Way>,
    months: Vec<Way>,
    departments: Vec<(String, bool)>,
    show: &'static str,
    month: String,
    rows: Vec<Row>,
    is_closed: bool,
    csv: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_tasks.html")]
struct Page {
    s: Shell,
    v: View,
}

/// The month that is asked for; that of today if it is none.
fn month(app: &App, asked: &Asked) -> Period {
    month_of(app, asked.month.as_deref())
}

/// "2026-11", or the month of today.
pub fn month_of(app: &App, asked: Option<&str>) -> Period {
    let day = asked.and_then(|text| format!("{text}-01").parse::<Date>().ok());
    Period::around(Length::Month, day.unwrap_or_else(|| app.clock.date(app.now())))
}

/// `GET /office/tasks?show=open|due|closed&month=2026-11&department=…`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let v = fill(&app, &asked, s.t);
    html(&Page { s, v })
}

fn fill(app: &App, asked: &Asked, texts: &Texts) -> View {
    let (show, period) = (Show::parse(asked.show.as_deref()), month(app, asked));
    let (open, closed) = entries(app, MatterKind::Negative, period);
    let department = asked.department.as_deref().filter(|name| !name.is_empty());
    let overdue = open.iter().filter(|each| each.level == Some(AlertLevel::Red)).count();
    let base = texts.fill(
        "task.base",
        &[("open", &open.len()), ("overdue", &overdue), ("closed", &closed.len())],
    );
    let shown: Vec<Entry> = match show {
        Show::Open => open,
        Show::Due => open.into_iter().filter(|each| each.level.is_some()).collect(),
        Show::Closed => closed,
    };
    let of_department =
        |each: &&Entry| department.is_none_or(|department| each.department == department);
    let rows = shown.iter().filter(of_department).map(|each| row(app, each, texts)).collect();
    let month = period.written();
    let href = |show: Show, month: &str| {
        let department =
            department.map_or(String::new(), |name| format!("&department={}", encoded(name)));
        format!("/office/tasks?show={}&month={month}{department}", show.word())
    };
    let way = |each: Show| Way {
        href: href(each, &month),
        name: texts.get(&format!("task.show_{}", each.word())).to_owned(),
        here: each == show,
    };
    let around = [(period.before(), "report.before"), (period.after(), "report.after")];
    let months = around.map(|(period, key)| Way {
        href: href(show, &period.written()),
        name: texts.get(key).to_owned(),
        here: false,
    });
    let names = app.profile.setup.departments().iter();
    View {
        title: texts.fill("task.title", &[("month", &month)]),
        base,
        ways: Show::ALL.into_iter().map(way).collect(),
        months: months.into_iter().filter(|_| show == Show::Closed).collect(),
        departments: names
            .map(|each| (each.name.clone(), Some(each.name.as_str()) == department))
            .collect(),
        show: show.word(),
        csv: format!("/office/tasks.csv?month={month}"),
        month,
        rows,
        is_closed: show == Show::Closed,
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

/// For an address.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    text.bytes().fold(String::new(), |mut all, byte| {
        if plain(byte) {
            all.push(char::from(byte));
        } else {
            all.push_str(&format!("%{byte:02X}"));
        }
        all
    })
}

fn row(app: &App, entry: &Entry, texts: &Texts) -> Row {
    let Entry { matter, closed, level, .. } = entry;
    Row {
        id: matter.id.0,
        given: moment(&app.clock, matter.opened),
        about: about(app, matter, texts),
        level_word: matter.rating.map_or(String::new(), |rating| rating_word(rating, texts)),
        reasons: reasons(matter, texts),
        owner: owner(entry),
        state: state(matter, texts),
        due: matter.due.map_or(String::new(), |due| due.to_string()),
        level: level.map_or("", level_word),
        outcome: closed.as_ref().map_or(String::new(), |(at, outcome, note)| {
            let outcome = texts.get(&format!("matter_outcome.{outcome}")).to_owned();
            format!("{} {outcome} · {note}", written::date(&app.clock, at.at))
        }),
    }
}

pub const fn level_word(level: AlertLevel) -> &'static str {
    match level {
        AlertLevel::Yellow => "yellow",
        AlertLevel::Red => "red",
    }
}

pub fn rating_word(rating: hall::words::Rating, texts: &Texts) -> String {
    texts.get(&format!("rating.{rating}")).to_owned()
}

/// "2026-11-23 09:15".
pub fn moment(clock: &HallClock, at: hall::time::Timestamp) -> String {
    clock.written(at).chars().take(16).collect()
}

fn item_name(app: &App, item: ItemId, texts: &Texts) -> Option<String> {
    app.read(|hall| Names::by(app, texts).item_of(hall, item))
}

/// Window, number, item and who served.
pub fn about(app: &App, matter: &Matter, texts: &Texts) -> String {
    let window = matter.window.map(|window| texts.fill("pages.window_no", &[("no", &window)]));
    let no = matter.no.map(|no| no.to_string());
    let item = matter.item.and_then(|item| item_name(app, item, texts));
    let staff = matter.staff.map(|staff| texts.fill("pages.staff", &[("no", &staff)]));
    [window, no, item, staff].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

pub fn reasons(matter: &Matter, texts: &Texts) -> String {
    let words = matter.reasons.iter().map(|each| texts.get(&format!("reason.{each}")).to_owned());
    words.collect::<Vec<_>>().join(texts.get("pages.join"))
}

/// Who sees to it: the department, and the person to whom it was given or who served.
fn owner(entry: &Entry) -> String {
    let given = entry.matter.assigned().and_then(|(_, staff)| staff).map(|staff| staff.to_string());
    let department = Some(entry.department.clone()).filter(|name| !name.is_empty());
    [department, given].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// How far it is, in the words of its steps.
pub fn state(matter: &Matter, texts: &Texts) -> String {
    use hall::state::handled::Asked as Waiting;
    let word = |under: &str, each: &str| texts.get(&format!("{under}.{each}")).to_owned();
    let found = match matter.kind {
        MatterKind::Negative => matter.finding().map(|each| word("matter_finding", each.as_str())),
        MatterKind::Unresolved => matter.grade().map(|each| word("matter_grade", each.as_str())),
    };
    let not_yet = match matter.kind {
        MatterKind::Negative => "not_verified",
        MatterKind::Unresolved => "not_graded",
    };
    let call_back = matter.call_back().map(|each| word("call_back", each.as_str()));
    let waits = [(matter.extension(), "extension_waits"), (matter.appeal(), "appeal_waits")];
    let waits = waits.into_iter().filter(|(asked, _)| matches!(asked, Waiting::Waits(_)));
    let words = [Some(found.unwrap_or_else(|| word("task", not_yet))), call_back];
    let all = words.into_iter().flatten().chain(waits.map(|(_, key)| word("task", key)));
    all.collect::<Vec<_>>().join(" · ")
}

/// `GET /office/tasks.csv?month=2026-11`: 差评台账, those that are open and those closed in the month.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let period = month(&app, &asked);
    let (open, closed) = entries(&app, MatterKind::Negative, period);
    let rows = ledger(&app, open.iter().chain(&closed), reader.texts);
    let texts = reader.texts;
    let overdue = open.iter().filter(|each| each.level == Some(AlertLevel::Red)).count();
    let about = About {
        title: texts.fill("task.title", &[("month", &period.written())]),
        base: texts.fill(
            "task.base",
            &[("open", &open.len()), ("overdue", &overdue), ("closed", &closed.len())],
        ),
    };
    csv::answer(&format!("paihao-{}-negatives", period.written()), about, rows)
}

/// The heads of the 差评台账.
const HEADS: [&str; 18] = [
    "task.th_no",
    "task.th_given",
    "task.th_ticket",
    "office.th_window",
    "office.th_clerk",
    "office.th_department",
    "task.th_item",
    "task.th_rating",
    "office.th_reason",
    "task.th_text",
    "task.th_owner",
    "task.th_finding",
    "task.th_call_back",
    "office.th_due",
    "task.th_closed",
    "office.th_outcome",
    "office.note",
    "task.th_in_time",
];

fn ledger<'e>(app: &App, entries: impl Iterator<Item = &'e Entry>, texts: &Texts) -> csv::Rows {
    let mut rows = vec![HEADS.iter().map(|key| texts.get(key).to_owned()).collect()];
    let yes = |is: bool| texts.get(if is { "task.yes" } else { "task.no" }).to_owned();
    rows.extend(entries.map(|entry| {
        let matter = &entry.matter;
        let item = matter.item.and_then(|item| item_name(app, item, texts));
        let owner = matter.assigned().and_then(|(_, staff)| staff);
        let (closed, outcome, note, in_time) = entry.closed.as_ref().map_or_else(
            || (String::new(), String::new(), String::new(), String::new()),
            |(at, outcome, note)| {
                let outcome = texts.get(&format!("matter_outcome.{outcome}")).to_owned();
                (written::date(&app.clock, at.at), outcome, note.clone(), yes(at.in_time))
            },
        );
        vec![
            matter.id.0.to_string(),
            moment(&app.clock, matter.opened),
            matter.no.map_or(String::new(), |no| no.to_string()),
            matter.window.map_or(String::new(), |window| window.to_string()),
            matter.staff.map_or(String::new(), |staff| staff.to_string()),
            entry.department.clone(),
            item.unwrap_or_default(),
            matter.rating.map_or(String::new(), |rating| rating_word(rating, texts)),
            reasons(matter, texts),
            matter.text.clone(),
            owner.map_or(String::new(), |staff| staff.to_string()),
            matter.finding().map_or(String::new(), |each| {
                texts.get(&format!("matter_finding.{each}")).to_owned()
            }),
            matter
                .call_back()
                .map_or(String::new(), |each| texts.get(&format!("call_back.{each}")).to_owned()),
            matter.due.map_or(String::new(), |due| due.to_string()),
            closed,
            outcome,
            note,
            in_time,
        ]
    }));
    rows
}
