//! `calendar.toml`: on which days and between which moments the hall is open.

mod working;

use std::str::FromStr;

use super::{
    problem::Problem,
    reader::{Source, Table},
};

/// When the hall is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// Sessions, by time of day.
    pub sessions: Vec<SessionRule>,
    /// 清号时刻.
    pub sweep_at: Vec<Minute>,
}

/// A session of certain weekdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRule {
    /// Monday first.
    pub days: [bool; 7],
    /// Issuing begins.
    pub issue_from: Minute,
    /// Windows open.
    pub opens: Minute,
    /// Issuing ends.
    pub issue_until: Minute,
    /// Windows close.
    pub closes: Minute,
}

/// A minute of the day, written `08:30`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minute(pub u16);

impl FromStr for Minute {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "hh:mm, 00:00–23:59";
        let (hour, minute) = text.split_once(':').ok_or(FORM)?;
        let (hour, minute) = match (hour.len(), minute.len()) {
            (2, 2) => (hour.parse::<u16>(), minute.parse::<u16>()),
            _ => return Err(FORM),
        };
        match (hour, minute) {
            (Ok(hour @ 0..=23), Ok(minute @ 0..=59)) => Ok(Self(hour * 60 + minute)),
            _ => Err(FORM),
        }
    }
}

impl std::fmt::Display for Minute {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Reads `calendar.toml`.
pub fn read(text: &str, problems: &mut Vec<Problem>) -> Calendar {
    let source = Source::new("calendar.toml", text);
    let mut calendar = Calendar::default();
    let Some(parsed) = source.parse(problems) else { return calendar };
    let mut top = Table::top(&source, &parsed);
    for table in top.tables("session", problems) {
        session(table, &mut calendar.sessions, problems);
    }
    calendar.sweep_at =
        top.list("sweep_at", problems).into_iter().map(|found| found.value).collect();
    if !parsed.get_ref().contains_key("session") {
        problems.push(source.problem(None, "none_of").with("what", "[[session]]"));
    }
    calendar.sessions.sort_by_key(|session| session.opens);
    top.finish(problems);
    calendar
}

fn session(mut table: Table, sessions: &mut Vec<SessionRule>, problems: &mut Vec<Problem>) {
    let mut days = [false; 7];
    for day in table.list::<String>("days", problems) {
        match DAYS.iter().position(|known| *known == day.value) {
            Some(place) => days[place] = true,
            None => problems.push(table.not_one_of(&day, DAYS.into_iter())),
        }
    }
    let opens = table.must::<Minute>("opens", problems);
    let closes = table.must::<Minute>("closes", problems);
    let from = table.must::<Minute>("issue_from", problems);
    let until = table.must::<Minute>("issue_until", problems);
    if let (Some(opens), Some(closes), Some(from), Some(until)) = (opens, closes, from, until) {
        let session = SessionRule {
            days,
            issue_from: from.value,
            opens: opens.value,
            issue_until: until.value,
            closes: closes.value,
        };
        let in_order = session.issue_from <= session.opens
            && session.opens < session.issue_until
            && session.issue_until <= session.closes;
        if !in_order {
            problems.push(table.problem(opens.line, "session_order"));
        }
        if !days.contains(&true) {
            problems.push(table.problem(opens.line, "session_without_day"));
        }
        let clash = sessions.iter().find(|other| {
            (0..7).any(|day| other.days[day] && days[day])
                && other.issue_from < session.closes
                && session.issue_from < other.closes
        });
        if let Some(other) = clash {
            let problem = table.problem(opens.line, "sessions_overlap");
            problems.push(problem.with("opens", session.opens).with("other", other.opens));
        }
        sessions.push(session);
    }
    table.finish(problems);
}
