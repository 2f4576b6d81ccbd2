//! 台账 of a time: 一次性告知, 过号与清号, 延时, 双休日, 帮办代办, 顶岗; as a page to print, and as files.

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::time::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use wire::texts::Texts;

use super::{
    csv,
    report::period::{Length, Period},
    sheet::About,
    tasks, visits,
};
use crate::{
    app::App,
    clock::{date_of, day_of},
    pages::{Shared, guard::HallReader, html, named::Names, shell::Shell},
    store::ledgers::{self, LedgerKind, LedgerLine},
};

/// Lines of one page; the files have all of them.
const LINES_SHOWN: usize = 500;

/// Which is wanted.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    day: Option<String>,
}

#[derive(Clone, Copy)]
struct Wanted {
    kind: LedgerKind,
    period: Period,
}

struct Way {
    href: String,
    name: String,
    here: bool,
}

struct View {
    title: String,
    base: String,
    kinds: Vec<Way>,
    lengths: Vec<Way>,
    around: Vec<Way>,
    heads: Vec<String>,
    rows: csv::Rows,
    more: Option<String>,
    csv: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_ledgers.html")]
struct Page {
    s: Shell,
    v: View,
}

fn wanted(app: &App, asked: &Asked) -> Wanted {
    let length = asked.period.as_deref().and_then(Length::parse).unwrap_or(Length::Day);
    let day = asked.day.as_deref().and_then(|text| text.parse::<Date>().ok());
    let last = || app.read(hall::Hall::last_day).and_then(date_of);
    let day = day.or_else(last).unwrap_or_else(|| app.clock.date(app.now()));
    let kind = asked.kind.as_deref().and_then(LedgerKind::parse).unwrap_or(LedgerKind::Notices);
    Wanted { kind, period: Period::around(length, day) }
}

impl Wanted {
    fn href(self, path: &str) -> String {
        let Period { length, from, .. } = self.period;
        format!("{path}?kind={}&period={}&day={from}", self.kind.word(), length.word())
    }

    fn way(self, to: Self, name: &str) -> Way {
        let here = (to.kind, to.period) == (self.kind, self.period);
        Way { href: to.href("/office/ledgers"), name: name.to_owned(), here }
    }
}

/// `GET /office/ledgers?kind=notices&period=month&day=2026-11-23`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let wanted = wanted(&app, &asked);
    let texts = s.t;
    let lines = lines(&app, wanted);
    let About { title, base } = about(wanted, lines.len(), texts);
    let more = lines.len().saturating_sub(LINES_SHOWN);
    let shown = lines.iter().take(LINES_SHOWN);
    let end = wanted.period.until.min(app.clock.date(app.now())).max(wanted.period.from);
    let kind = |kind: LedgerKind| {
        wanted.way(Wanted { kind, ..wanted }, texts.get(&format!("ledger.{}", kind.word())))
    };
    let length = |length: Length| {
        let to = Wanted { period: Period::around(length, end), ..wanted };
        wanted.way(to, texts.get(&format!("report.{}", length.word())))
    };
    let around = [(wanted.period.before(), "before"), (wanted.period.after(), "after")];
    let around = around.map(|(period, key)| {
        wanted.way(Wanted { period, ..wanted }, texts.get(&format!("report.{key}")))
    });
    let v = View {
        title,
        base,
        kinds: LedgerKind::ALL.into_iter().map(kind).collect(),
        lengths: Length::ALL.into_iter().map(length).collect(),
        around: around.into_iter().collect(),
        heads: heads(wanted.kind, texts),
        rows: shown.map(|line| cells(&app, line, texts)).collect(),
        more: (more > 0).then(|| texts.fill("evaluations.more", &[("n", &more)])),
        csv: wanted.href("/office/ledgers.csv"),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    };
    html(&Page { s, v })
}

/// `GET /office/ledgers.csv?kind=notices&period=month&day=2026-11-23`.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let (texts, wanted) = (reader.texts, wanted(&app, &asked));
    let lines = lines(&app, wanted);
    let mut rows = vec![heads(wanted.kind, texts)];
    rows.extend(lines.iter().map(|line| cells(&app, line, texts)));
    let Period { length, from, .. } = wanted.period;
    let name = format!("paihao-{}-{from}-{}", length.word(), wanted.kind.word());
    csv::answer(&name, about(wanted, lines.len(), texts), rows)
}

fn about(wanted: Wanted, lines: usize, texts: &Texts) -> About {
    let period = wanted.period;
    let span = if period.from == period.until {
        period.from.to_string()
    } else {
        texts.fill("report.to", &[("from", &period.from), ("until", &period.until)])
    };
    let name = texts.get(&format!("ledger.{}", wanted.kind.word())).to_owned();
    About {
        title: texts.fill("ledger.title", &[("name", &name), ("span", &span)]),
        base: texts.fill("ledger.base", &[("n", &lines)]),
    }
}

/// The lines of a period: closed days from the store, the open one from the hall.
fn lines(app: &App, wanted: Wanted) -> Vec<LedgerLine> {
    of_period(app, wanted.kind, wanted.period)
}

/// The same, of one 台账.
pub(super) fn of_period(app: &App, kind: LedgerKind, period: Period) -> Vec<LedgerLine> {
    let mut all: Vec<LedgerLine> =
        app.store.ledgers((day_of(period.from), day_of(period.until))).collect();
    let today = app.read(hall::Hall::day).and_then(date_of).filter(|date| period.has(*date));
    if today.is_some() {
        all.extend(app.read(ledgers::lines));
    }
    all.retain(|line| line.kind == kind);
    all
}

/// What a column says.
#[derive(Clone, Copy)]
enum Column {
    At,
    Until,
    No,
    Queue,
    Item,
    Window,
    Staff,
    Other,
    By,
    State,
    Missing,
    Visit,
    VisitReason,
    VisitOutcome,
    VisitCase,
    VisitDue,
}

const fn columns(kind: LedgerKind) -> &'static [(Column, &'static str)] {
    use Column::{
        At, By, Item, Missing, No, Other, Queue, Staff, State, Until, Visit, VisitCase, VisitDue,
        VisitOutcome, VisitReason, Window,
    };
    match kind {
        LedgerKind::Notices => &[
            (At, "ledger.at"),
            (No, "task.th_ticket"),
            (Window, "office.th_window"),
            (Staff, "office.th_clerk"),
            (Item, "task.th_item"),
            (Missing, "ledger.missing"),
        ],
        LedgerKind::Gone => &[
            (At, "ledger.taken"),
            (Until, "ledger.ended"),
            (No, "task.th_ticket"),
            (Queue, "board.th_queue"),
            (Item, "task.th_item"),
            (Window, "office.th_window"),
            (State, "ledger.state"),
        ],
        LedgerKind::Extended => &[
            (At, "ledger.begun"),
            (Until, "ledger.ended"),
            (No, "task.th_ticket"),
            (Window, "office.th_window"),
            (Staff, "office.th_clerk"),
            (Item, "task.th_item"),
        ],
        LedgerKind::DaysOff => &[
            (At, "ledger.taken"),
            (No, "task.th_ticket"),
            (Queue, "board.th_queue"),
            (Item, "task.th_item"),
        ],
        LedgerKind::Assisted => &[
            (At, "ledger.taken"),
            (No, "task.th_ticket"),
            (Queue, "board.th_queue"),
            (Item, "task.th_item"),
            (Other, "ledger.helper"),
        ],
        LedgerKind::Agents => &[
            (At, "ledger.taken"),
            (No, "task.th_ticket"),
            (Queue, "board.th_queue"),
            (Item, "task.th_item"),
            (Other, "ledger.agent"),
        ],
        LedgerKind::Visits => &[
            (Visit, "visit.th_no"),
            (At, "visit.th_asked"),
            (VisitReason, "visit.th_reason"),
            (Item, "task.th_item"),
            (Staff, "visit.th_staff"),
            (Until, "visit.th_over"),
            (VisitOutcome, "visit.th_outcome"),
            (VisitCase, "visit.th_case"),
            (VisitDue, "visit.th_due"),
        ],
        LedgerKind::StandIns => &[
            (At, "office.th_since"),
            (Until, "office.th_until"),
            (Window, "office.th_window"),
            (Other, "office.th_absent"),
            (Staff, "office.th_stand_in"),
            (By, "ledger.approved_by"),
        ],
    }
}

pub(super) fn heads(kind: LedgerKind, texts: &Texts) -> Vec<String> {
    columns(kind).iter().map(|(_, key)| texts.get(key).to_owned()).collect()
}

pub(super) fn cells(app: &App, line: &LedgerLine, texts: &Texts) -> Vec<String> {
    let moment = |at: i64| tasks::moment(&app.clock, Timestamp(at));
    let names = Names::by(app, texts);
    let visit = line.visit.as_ref();
    let cell = |column: Column| match column {
        Column::At => Some(moment(line.at)),
        Column::Until => line.until.map(moment),
        Column::No => line.no.map(|no| no.to_string()),
        Column::Queue => line.queue.map(|queue| {
            let known = app.profile.setup.queue(queue);
            known.map_or_else(|| queue.to_string(), |queue| names.queue(queue.id))
        }),
        Column::Item => line.item.map(|item| {
            let known = app.read(|hall| names.item_of(hall, item));
            known.unwrap_or_else(|| item.to_string())
        }),
        Column::Window => line.window.map(|window| window.to_string()),
        Column::Staff => line.staff.map(|staff| staff.to_string()),
        Column::Other => line.other.map(|staff| staff.to_string()),
        Column::By => line.by.map(|staff| staff.to_string()),
        Column::State => {
            line.state.map(|state| texts.get(&format!("ticket_state.{state}")).to_owned())
        }
        Column::Visit => visit.map(|visit| texts.fill("visit.no", &[("no", &visit.no.0)])),
        Column::VisitReason => visit.map(|visit| visits::reason(visit.reason, texts)),
        Column::VisitOutcome => visit.map(|visit| visits::came_of_it(visit, texts)),
        Column::VisitCase => visit
            .and_then(|visit| visit.case)
            .map(|case| texts.get(&format!("case.{case}")).to_owned()),
        Column::VisitDue => visit.map(|visit| visits::by_when(visit, texts)),
        Column::Missing => Some(line.missing.join(texts.get("pages.join"))),
    };
    columns(line.kind).iter().map(|(column, _)| cell(*column).unwrap_or_default()).collect()
}
