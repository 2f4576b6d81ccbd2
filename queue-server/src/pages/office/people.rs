//! 人员变动: changes of posts that somebody asks for and another agrees to, and who stood in for whom in a
//! month. As a page to print, and as files.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    command::{
        Command,
        staffing::{AskChange, Staffing},
    },
    event::staffing::PostChange,
    ids::StaffNo,
    time::Day,
    words::{Actor, post::ChangeOutcome},
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{csv, ledgers, report::period::Period, sheet::About, tasks};
use crate::{
    access::Role,
    app::App,
    clock::day_of,
    engine::NotDone,
    http::problem,
    pages::{
        Shared, board,
        guard::{HallReader, Reader},
        guide, html,
        named::Names,
        shell::Shell,
        written,
    },
    store::ledgers::LedgerKind,
};

/// Which month of the log.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    month: Option<String>,
    /// What was done just now.
    #[serde(default)]
    said: Option<String>,
}

/// A 换岗申请.
struct Row {
    number: u32,
    staff: String,
    window: String,
    span: String,
    reason: String,
    asked: String,
    state: String,
    /// `yellow` while it waits, `good` while it counts, or nothing.
    level: &'static str,
    /// By whom and why.
    decided: String,
    waits: bool,
    /// The reader asked for it, or it is about them: somebody else agrees.
    is_own: bool,
    /// It counts, or will.
    holds: bool,
    /// 任职未满: until when the person stays at least; empty if the change is not early.
    early: String,
}

/// 任职期 of somebody.
struct Posting {
    staff: String,
    since: String,
    until: String,
    /// The least term is not over.
    runs: bool,
}

/// What somebody chooses from: number, words, chosen.
type Choices = Vec<(String, String, bool)>;

struct View {
    title: String,
    base: String,
    rows: Vec<Row>,
    /// 任职期, the latest that ends first; empty where nobody's beginning is known.
    postings: Vec<Posting>,
    postings_base: String,
    staff: Choices,
    windows: Choices,
    from: String,
    until: String,
    reason: String,
    refused: Option<String>,
    said: String,
    again: String,
    log_title: String,
    months: Vec<(String, String)>,
    heads: Vec<String>,
    lines: csv::Rows,
    csv: &'static str,
    log_csv: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_people.html")]
struct Page {
    s: Shell,
    v: View,
}

type Fields = BTreeMap<String, String>;

/// `GET /office/people?month=2026-11`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    shown(&app, &reader, &asked, &Fields::new(), None)
}

/// `POST /office/people`.
pub async fn act(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<Fields>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let refused = match said(&fields) {
        None => Some(reader.texts.get("people.incomplete").to_owned()),
        Some((_, Staffing::AskChange(wish))) if wish.until < wish.from => {
            Some(reader.texts.get("people.ends_before").to_owned())
        }
        Some((said, wish)) => {
            let again = format!("people {} {said}", field(&fields, "again"));
            match board::ask(&app, &reader, &again, Command::Staffing(wish)).await {
                Ok(()) => {
                    let to = format!("/office/people?said={said}");
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(why) => Some(told(&why, &app, &reader)),
            }
        }
    };
    let page = shown(&app, &reader, &Asked::default(), &fields, refused);
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn told(why: &NotDone, app: &App, reader: &Reader) -> String {
    problem::why(why, reader.texts, &app.clock)
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", |text| text.trim())
}

/// What a form of the page asks for; none if it is told by halves.
fn said(fields: &Fields) -> Option<(String, Staffing)> {
    let does = field(fields, "does");
    if does == "ask" {
        let wish = AskChange {
            staff: field(fields, "staff").parse().ok()?,
            window: field(fields, "window").parse().ok()?,
            from: field(fields, "from").parse().ok()?,
            until: field(fields, "until").parse().ok()?,
            reason: field(fields, "reason").to_owned(),
        };
        return Some((does.to_owned(), Staffing::AskChange(wish)));
    }
    let outcome = ChangeOutcome::parse(does)?;
    let (number, note) = (field(fields, "number").parse().ok()?, field(fields, "note").to_owned());
    Some((does.to_owned(), Staffing::DecideChange { number, outcome, note }))
}

fn shown(
    app: &App,
    reader: &Reader,
    asked: &Asked,
    kept: &Fields,
    refused: Option<String>,
) -> Response {
    let s = Shell::of(app, reader, "/office");
    let v = fill(app, reader, asked, kept, refused);
    html(&Page { s, v })
}

fn fill(app: &App, reader: &Reader, asked: &Asked, kept: &Fields, refused: Option<String>) -> View {
    let (texts, names) = (reader.texts, Names::of(app, reader.language));
    let period = tasks::month_of(app, asked.month.as_deref());
    let today = day_of(app.clock.date(app.now()));
    let changes = app.read(|hall| hall.post_changes().to_vec());
    let waiting = changes.iter().filter(|change| change.decided.is_none()).count();
    let around = [(period.before(), "report.before"), (period.after(), "report.after")];
    let month = |(period, key): (Period, &str)| {
        (format!("/office/people?month={}", period.written()), texts.get(key).to_owned())
    };
    let month_words = period.written();
    let or_today = |name: &str| match field(kept, name) {
        "" => today.to_string(),
        given => given.to_owned(),
    };
    let lines = ledgers::of_period(app, LedgerKind::StandIns, period);
    View {
        title: texts.get("people.title").to_owned(),
        base: texts.fill("people.base", &[("n", &changes.len()), ("waiting", &waiting)]),
        rows: changes.iter().rev().map(|each| row(app, reader, today, each)).collect(),
        postings: postings(app, today),
        postings_base: app
            .profile
            .posting_months_min
            .map_or(String::new(), |months| texts.fill("people.postings_base", &[("n", &months)])),
        staff: people(app, field(kept, "staff")),
        windows: app
            .profile
            .setup
            .windows()
            .iter()
            .map(|window| {
                let id = window.id.to_string();
                let (words, chosen) =
                    (format!("{id} {}", names.window(window.id)), id == field(kept, "window"));
                (id, words, chosen)
            })
            .collect(),
        from: or_today("from"),
        until: or_today("until"),
        reason: field(kept, "reason").to_owned(),
        refused,
        said: asked.said.as_deref().map_or(String::new(), |said| {
            let key = format!("people.said_{said}");
            if texts.has(&key) { texts.get(&key).to_owned() } else { String::new() }
        }),
        again: guide::order::name(),
        log_title: texts.fill("people.log", &[("month", &month_words)]),
        months: around.into_iter().map(month).collect(),
        heads: ledgers::heads(LedgerKind::StandIns, texts),
        lines: lines.iter().rev().map(|line| ledgers::cells(app, line, texts)).collect(),
        csv: "/office/people.csv",
        log_csv: format!(
            "/office/ledgers.csv?kind={}&period=month&day={}",
            LedgerKind::StandIns.word(),
            period.from
        ),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

fn postings(app: &App, today: Day) -> Vec<Posting> {
    let (profile, months) = (&app.profile, app.profile.posting_months_min);
    let mut known: Vec<(Day, Option<Day>, StaffNo)> = profile
        .posts
        .iter()
        .filter_map(|post| Some((post.posted_since?, post.stays_until(months), post.no)))
        .collect();
    known.sort_by_key(|(since, ..)| std::cmp::Reverse(*since));
    let posting = |(since, until, no): (Day, Option<Day>, StaffNo)| Posting {
        staff: named(app, no),
        since: since.to_string(),
        until: until.map_or_else(|| written::NOBODY.to_owned(), |until| until.to_string()),
        runs: until.is_some_and(|until| today < until),
    };
    known.into_iter().map(posting).collect()
}

/// 任职未满: a warning beside whoever is to change early; it forbids nothing.
fn early(app: &App, change: &PostChange, texts: &Texts) -> String {
    let post = app.profile.posts.iter().find(|post| post.no == change.staff);
    let is_new = post.is_some_and(|post| !post.windows.contains(&change.window));
    let until = post.and_then(|post| post.stays_until(app.profile.posting_months_min));
    match until.filter(|until| is_new && change.from < *until) {
        Some(until) => texts.fill("people.early", &[("until", &until)]),
        None => String::new(),
    }
}

/// Everybody of the profile by number and name.
fn people(app: &App, chosen: &str) -> Choices {
    let posts = app.profile.posts.iter();
    posts
        .map(|post| {
            let no = post.no.to_string();
            let (words, is_chosen) = (format!("{no} {}", post.name), no == chosen);
            (no, words, is_chosen)
        })
        .collect()
}

fn named(app: &App, staff: StaffNo) -> String {
    let post = app.profile.posts.iter().find(|post| post.no == staff);
    post.map_or_else(|| staff.to_string(), |post| format!("{staff} {}", post.name))
}

fn by(actor: &Actor) -> String {
    match actor {
        Actor::Staff(staff) => staff.to_string(),
        Actor::Device(name) | Actor::System(name) => name.to_string(),
        Actor::Hall | Actor::Citizen => written::NOBODY.to_owned(),
    }
}

fn row(app: &App, reader: &Reader, today: Day, change: &PostChange) -> Row {
    let texts = reader.texts;
    let outcome = change.decided.as_ref().map(|decided| decided.outcome);
    let is_over = change.until < today;
    let (state, level) = match outcome {
        None => ("waits", "yellow"),
        Some(ChangeOutcome::Granted) if is_over => ("over", ""),
        Some(ChangeOutcome::Granted) => ("granted", "good"),
        Some(ChangeOutcome::Declined) => ("declined", ""),
        Some(ChangeOutcome::Withdrawn) => ("withdrawn", ""),
    };
    let me = reader.identity.staff;
    let mine = me.is_some_and(|me| Actor::Staff(me) == change.by || me == change.staff);
    let decided = change.decided.as_ref().map_or(String::new(), |decided| {
        let (who, at) = (by(&decided.by), tasks::moment(&app.clock, decided.at));
        let note = decided.note.clone().unwrap_or_default();
        format!("{who} {at} {note}").trim_end().to_owned()
    });
    Row {
        number: change.number,
        staff: named(app, change.staff),
        window: texts.fill("pages.window_no", &[("no", &change.window)]),
        span: texts.fill("report.to", &[("from", &change.from), ("until", &change.until)]),
        reason: change.reason.clone(),
        asked: format!("{} {}", by(&change.by), tasks::moment(&app.clock, change.at)),
        state: texts.get(&format!("people.is_{state}")).to_owned(),
        level,
        decided,
        waits: outcome.is_none(),
        is_own: mine,
        early: early(app, change, texts),
        holds: outcome == Some(ChangeOutcome::Granted) && !is_over,
    }
}

/// `GET /office/people.csv`: every request that is kept.
pub async fn file(State(app): Shared, HallReader(reader): HallReader) -> Response {
    let texts: &Texts = reader.texts;
    let today = day_of(app.clock.date(app.now()));
    let changes = app.read(|hall| hall.post_changes().to_vec());
    let heads = ["number", "staff", "window", "span", "reason", "asked", "state", "decided"];
    let heads = heads.map(|head| texts.get(&format!("people.th_{head}")).to_owned());
    let mut rows = vec![heads.to_vec()];
    rows.extend(changes.iter().map(|each| row(&app, &reader, today, each)).map(|row| {
        let number = row.number.to_string();
        vec![number, row.staff, row.window, row.span, row.reason, row.asked, row.state, row.decided]
    }));
    let waiting = changes.iter().filter(|change| change.decided.is_none()).count();
    let about = About {
        title: texts.get("people.title").to_owned(),
        base: texts.fill("people.base", &[("n", &changes.len()), ("waiting", &waiting)]),
    };
    csv::answer(&format!("paihao-{today}-people"), about, rows)
}
