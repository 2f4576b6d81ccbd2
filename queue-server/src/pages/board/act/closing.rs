//! 提前闭厅 from the board: what an earlier end would mean for those who wait and those who come, and
//! then, with a reason, the end.

use hall::{
    Hall,
    time::{Millis, Timestamp},
    words::people::EarlyReason,
};

use super::{Asked, Found};
use crate::{
    app::App,
    pages::{shell::Shell, written},
};

/// When numbers end and windows close, in minutes from now.
const FROM_NOW: [u16; 6] = [0, 15, 30, 60, 90, 120];

/// The card of 提前闭厅.
pub(super) struct Closing {
    /// A session is open.
    pub open: bool,
    /// "今天 17:30 停止取号，18:00 关门".
    pub now: String,
    pub issue: Vec<(u16, bool)>,
    pub close: Vec<(u16, bool)>,
    /// What it would mean; empty until it is asked.
    pub effect: String,
    /// It cannot be done so.
    pub wrong: String,
    pub issue_until: i64,
    pub closes: i64,
    pub reasons: Vec<(&'static str, String)>,
    pub button: String,
}

/// The ends that somebody asks about; none if nothing is asked or there is no session.
pub(super) fn ends(app: &App, asked: &Asked) -> Option<(Timestamp, Timestamp)> {
    let (now, session) = (app.now(), app.read(Hall::session)?);
    let at = |minutes: u16| now + Millis::from_minutes(minutes.into());
    let closes = at(asked.close?).min(session.closes);
    let issue_until = at(asked.issue.unwrap_or(0)).min(session.issue_until).min(closes);
    Some((issue_until, closes))
}

pub(super) fn of(app: &App, hall: &Hall, asked: &Asked, found: &Found, s: &Shell) -> Closing {
    let time = |at: Timestamp| written::time(&app.clock, at);
    let session = hall.session();
    let told = |key: &str, (issue, closes): (Timestamp, Timestamp)| {
        s.t.fill(key, &[("issue", &time(issue)), ("closes", &time(closes))])
    };
    let ends = ends(app, asked);
    let effect = ends.zip(found.closing).map_or(String::new(), |(ends, closing)| {
        let (left, many) = (closing.left.round(), closing.left_many);
        let away = closing.turned_away.round();
        let numbers: [(&str, &dyn std::fmt::Display); 4] =
            [("left", &left), ("many", &many), ("n", &away), ("runs", &closing.runs)];
        format!("{} {}", told("act.close_then", ends), s.t.fill("act.close_effect", &numbers))
    });
    let earlier = |(issue_until, closes): (Timestamp, Timestamp)| {
        session.is_some_and(|open| issue_until < open.issue_until || closes < open.closes)
    };
    let wrong = match (ends, effect.is_empty()) {
        (Some(ends), _) if !earlier(ends) => "act.close_not_earlier",
        (Some(_), true) if found.busy => "act.busy",
        (Some(_), true) => "act.unknown",
        (Some(_), false) | (None, _) => "",
    };
    let chosen = |list: [u16; 6], minutes: u16| list.map(|each| (each, each == minutes)).into();
    let (issue_until, closes) = ends.unwrap_or((app.now(), app.now()));
    Closing {
        open: session.is_some(),
        now: session.map_or_else(
            || s.t.get("act.close_none").to_owned(),
            |open| told("act.close_now", (open.issue_until, open.closes)),
        ),
        issue: chosen(FROM_NOW, asked.issue.unwrap_or(0)),
        close: chosen(FROM_NOW, asked.close.unwrap_or(30)),
        effect: if wrong.is_empty() { effect } else { String::new() },
        wrong: if wrong.is_empty() { String::new() } else { s.t.get(wrong).to_owned() },
        issue_until: issue_until.0,
        closes: closes.0,
        reasons: EarlyReason::ALL
            .iter()
            .map(|reason| (reason.as_str(), s.t.get(&format!("early.{reason}")).to_owned()))
            .collect(),
        button: told("act.close_do", (issue_until, closes)),
    }
}
