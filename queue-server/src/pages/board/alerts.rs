//! 警报 on the board: who sees to it, what came of it, and the forms that say so.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    Hall,
    command::Command,
    ids::{AlertId, CaseNo, MatterId},
    state::alerts::AlertNow,
    words::alert::{AlertKind, AlertLevel, DeviceTrouble, Subject},
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{ask, level_word};
use crate::{
    access::Role,
    app::App,
    http::problem,
    pages::{Shared, guard::Reader, written},
    readings::alerts::words,
};

/// Alerts that are shown; the others are counted. A wall of old news hides what happens now.
const SHOWN: usize = 6;

/// So many of what is due by the day are shown however much happens now: here they are closed.
const DUE_SHOWN: usize = 2;

/// What can be done about an alert now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Todo {
    /// 知道了 at one press: a yellow one, or a call for help that somebody goes to.
    Press,
    /// 知道了 with a note: a red one.
    Note,
    /// It has passed, or it is a fact: what came of it is written down and it is gone.
    Close,
    /// 承诺件到期: it stands until the case is done, and that is said here.
    Case,
    /// 差评限期: it stands until its 处理单 is closed, one touch away.
    Matter,
    /// Somebody sees to it, and it still stands.
    Nothing,
}

/// An alert as the board shows it.
pub struct AlertRow {
    pub id: u32,
    /// `yellow`, `red`, or nothing once it has passed.
    pub level: &'static str,
    pub word: String,
    pub text: String,
    pub since: String,
    /// "已确认 工号 0108：…"
    pub acknowledged: String,
    /// `acknowledge`, `close`, `case` or nothing.
    pub does: &'static str,
    pub asks_note: bool,
    /// The matter whose 处理单 is one touch away: what comes of it is said there, step by step.
    pub task: Option<u32>,
    /// The queue whose measures are one touch away; empty for what no measure of the board helps.
    pub queue: String,
    /// The window whose stand-in is one touch away; empty for what none helps.
    pub away: String,
    /// It has a digit: a press by mistake does no harm.
    pub has_digit: bool,
    pub button: String,
}

impl AlertRow {
    /// True for one grey line: somebody sees to it.
    pub fn is_quiet(&self) -> bool {
        self.does.is_empty() && self.task.is_none()
    }
}

/// Every alert that stands or waits for its note: who asks for help first, then red before yellow,
/// people before devices and silent devices last, oldest first; then what is due by the day, and what somebody sees to. The most urgent, and how many more there are.
pub fn rows(app: &App, hall: &Hall, texts: &'static Texts) -> (Vec<AlertRow>, usize) {
    // A bridge that fails silences a hundred devices at once.
    let device = |alert: &AlertNow| match alert.subject {
        Subject::Device(id) if alert.kind == AlertKind::Device => match hall.device_trouble(id) {
            Some((DeviceTrouble::Silent, _)) | None => 2,
            Some(_) => 1,
        },
        Subject::Device(_)
        | Subject::Hall
        | Subject::Queue(_)
        | Subject::Window(_)
        | Subject::Ticket(_)
        | Subject::Leg(_)
        | Subject::Case(_)
        | Subject::Matter(_)
        | Subject::Visit(_) => 0,
    };
    let rank = |alert: &AlertNow| match (todo(alert), alert.kind, alert.level) {
        (Todo::Nothing, _, _) => (4, 0),
        (_, AlertKind::Help, Some(_)) => (0, 0),
        (_, _, Some(AlertLevel::Red)) => (1, device(alert)),
        (_, _, Some(AlertLevel::Yellow)) => (2, device(alert)),
        (_, _, None) => (3, 0),
    };
    // 超时办理 is told to the clerk alone, silently.
    let mut alerts: Vec<&AlertNow> =
        hall.alerts().filter(|alert| alert.kind != AlertKind::LongService).collect();
    alerts.sort_by_key(|alert| (rank(alert), alert.since, alert.id));
    let all = alerts.len();
    // Days hide no minutes, and minutes hide no days.
    let is_due = |alert: &&AlertNow| matches!(todo(alert), Todo::Case | Todo::Matter);
    let (due, now): (Vec<&AlertNow>, Vec<&AlertNow>) = alerts.into_iter().partition(is_due);
    let room = SHOWN.saturating_sub(now.len()).max(DUE_SHOWN);
    let shown = now.into_iter().take(SHOWN).chain(due.into_iter().take(room));
    let shown: Vec<AlertRow> = shown.map(|alert| row(app, hall, alert, texts)).collect();
    let more = all - shown.len();
    (shown, more)
}

fn todo(alert: &AlertNow) -> Todo {
    match (alert.level, alert.kind) {
        (None, _) | (_, AlertKind::Negative) => Todo::Close,
        (_, AlertKind::CaseDue) => Todo::Case,
        (_, AlertKind::MatterDue) => Todo::Matter,
        (_, AlertKind::Help) => Todo::Press,
        (Some(_), _) if alert.acknowledged.is_some() => Todo::Nothing,
        (Some(AlertLevel::Yellow), _) => Todo::Press,
        (Some(AlertLevel::Red), _) => Todo::Note,
    }
}

fn row(app: &App, hall: &Hall, alert: &AlertNow, texts: &'static Texts) -> AlertRow {
    let (level, word) = match alert.level {
        Some(AlertLevel::Red) => ("red", level_word("red", texts)),
        Some(AlertLevel::Yellow) => ("yellow", level_word("yellow", texts)),
        None => ("", texts.get("board.passed").to_owned()),
    };
    let acknowledged = alert.acknowledged.map_or(String::new(), |(at, staff)| {
        let who = staff.map_or(String::new(), |staff| texts.fill("pages.staff", &[("no", &staff)]));
        let time = written::time(&app.clock, at);
        let note = alert.note.clone().unwrap_or_default();
        texts.fill("board.acknowledged", &[("time", &time), ("who", &who), ("note", &note)])
    });
    let (does, asks_note, button) = match todo(alert) {
        // A call for help is answered by going there: the press itself is the answer.
        Todo::Press if alert.kind == AlertKind::Help => ("close", false, "board.know"),
        Todo::Press => ("acknowledge", false, "board.know"),
        Todo::Note => ("acknowledge", true, "board.know"),
        Todo::Close => ("close", true, "board.close"),
        Todo::Case => ("case", false, "board.case_done"),
        Todo::Matter | Todo::Nothing => ("", false, "board.know"),
    };
    AlertRow {
        id: alert.id.0,
        level,
        word,
        text: words(hall, &app.profile, alert, app.now(), texts),
        since: written::time(&app.clock, alert.since),
        acknowledged: acknowledged.trim_end_matches(['：', ':', ' ']).to_owned(),
        does,
        asks_note,
        task: match meant(hall, alert) {
            Some(Meant::Matter(matter)) => Some(matter.0),
            Some(Meant::Case(_)) | None => None,
        },
        queue: match (alert.subject, alert.level, alert.kind) {
            (Subject::Queue(queue), Some(_), AlertKind::LongWait | AlertKind::LongQueue) => {
                queue.to_string()
            }
            (_, _, _) => String::new(),
        },
        away: match (alert.subject, alert.level, alert.kind) {
            (Subject::Window(window), Some(_), AlertKind::LongPause | AlertKind::Unstaffed) => {
                window.to_string()
            }
            (_, _, _) => String::new(),
        },
        has_digit: does != "case",
        button: texts.get(button).to_owned(),
    }
}

/// What a form of the board says of an alert.
#[derive(Deserialize)]
pub struct Answered {
    id: u32,
    does: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    again: String,
}

/// `POST /board/alert`.
pub async fn answer(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<Answered>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let told = |words: String| (StatusCode::CONFLICT, words).into_response();
    let note = form.note.trim().to_owned();
    let found = app.read(|hall| {
        let alert = hall.alert(AlertId(form.id))?;
        Some((todo(alert), alert.kind, meant(hall, alert)))
    });
    let Some((todo, kind, meant)) = found else {
        return Err(told(reader.texts.get("refusal.no_such_alert").to_owned()));
    };
    if todo == Todo::Note && note.is_empty() {
        return Err(told(reader.texts.get("refusal.note_needed").to_owned()));
    }
    let alert = AlertId(form.id);
    let command = match (form.does.as_str(), meant) {
        ("case", Some(Meant::Case(case))) => Command::CloseCase { case },
        ("close", _) => {
            let help = reader.texts.get("board.know");
            let is_help = kind == AlertKind::Help && note.is_empty();
            Command::CloseAlert { alert, note: if is_help { help.to_owned() } else { note } }
        }
        ("acknowledge", _) => {
            let note = Some(note).filter(|note| !note.is_empty());
            Command::AcknowledgeAlert { alert, note }
        }
        _ => return Err(told(reader.texts.get("refusal.no_such_alert").to_owned())),
    };
    ask(&app, &reader, &form.again, command)
        .await
        .map_err(|why| told(problem::why(&why, reader.texts, &app.clock)))?;
    Ok(Redirect::to("/board").into_response())
}

/// What a form about an alert closes.
enum Meant {
    Case(CaseNo),
    Matter(MatterId),
}

fn meant(hall: &Hall, alert: &AlertNow) -> Option<Meant> {
    match alert.subject {
        Subject::Case(case) => Some(Meant::Case(case)),
        Subject::Matter(matter) => Some(Meant::Matter(matter)),
        Subject::Leg(leg) if alert.kind == AlertKind::Negative => {
            hall.matter_of(leg).map(|matter| Meant::Matter(matter.id))
        }
        Subject::Visit(visit) if alert.kind == AlertKind::Negative => {
            hall.matter_of_visit(visit).map(|matter| Meant::Matter(matter.id))
        }
        Subject::Hall
        | Subject::Queue(_)
        | Subject::Window(_)
        | Subject::Ticket(_)
        | Subject::Leg(_)
        | Subject::Visit(_)
        | Subject::Device(_) => None,
    }
}
