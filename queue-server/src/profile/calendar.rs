//! `calendar.toml`: on which days and between which moments the hall is open.
//!
//! `[[session]]` is the week; `[[year]]` the public holidays and swapped days (调休) of a year's
//! official plan; `[market]`, `[[tide]]` and `[[early]]` what is special about some days.

mod days;
mod special;
mod working;

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use hall::{
    ids::{ItemId, QueueId, WindowId},
    setup::Item,
};
use jiff::civil::Date;

use super::{
    index::{Index, Kind},
    problem::Problem,
    reader::{Source, Table},
};

/// The file's name.
pub const FILE: &str = "calendar.toml";

/// When the hall is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// Sessions, by time of day.
    pub sessions: Vec<SessionRule>,
    /// 清号时刻.
    pub sweep_at: Vec<Minute>,
    /// Years whose official plan stands there.
    pub years: BTreeSet<i16>,
    /// 法定节假日.
    pub holidays: BTreeSet<Date>,
    /// 调休上班日.
    pub swapped: BTreeSet<Date>,
    /// 集中办公日, 赶集日: these dates …
    pub market_dates: BTreeSet<Date>,
    /// … and these days of each month.
    pub market_month_days: BTreeSet<u8>,
    /// 潮汐窗口.
    pub tides: Vec<Tide>,
    /// 提前闭厅 that was planned: issuing ends, windows close.
    pub early: BTreeMap<Date, (Minute, Minute)>,
}

/// A session of certain weekdays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRule {
    /// Monday first.
    pub days: [bool; 7],
    /// 节假日服务: held on public holidays, and only then unless weekdays stand beside.
    pub holidays: bool,
    /// Issuing begins.
    pub issue_from: Minute,
    /// Windows open.
    pub opens: Minute,
    /// Issuing ends.
    pub issue_until: Minute,
    /// Windows close.
    pub closes: Minute,
    /// 当日事项: only these; none: every item.
    pub items: Option<BTreeSet<ItemId>>,
    /// 排班: windows that should be staffed.
    pub windows: Vec<WindowId>,
    /// The file names them; else they are those that are somebody's own.
    pub windows_said: bool,
    /// 取号时段 of some queues.
    pub segments: Vec<SegmentRule>,
}

/// 取号时段 of a queue, and how many numbers it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SegmentRule {
    /// The queue.
    pub queue: QueueId,
    /// Issuing begins.
    pub from: Minute,
    /// Issuing ends.
    pub until: Minute,
    /// 限号.
    pub cap: Option<u32>,
}

/// 潮汐窗口: a window serves more queues for a time of some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tide {
    /// The window.
    pub window: WindowId,
    /// What it serves then.
    pub queues: Vec<QueueId>,
    /// It begins.
    pub from: Minute,
    /// It ends.
    pub until: Minute,
    /// On these weekdays, Monday first …
    pub days: [bool; 7],
    /// … these days of a month …
    pub month_days: BTreeSet<u8>,
    /// … and these dates.
    pub dates: BTreeSet<Date>,
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

/// The words of the weekdays, Monday first.
pub const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The word of public holidays among the days of a session.
const HOLIDAY: &str = "holiday";

/// Reads `calendar.toml`.
pub fn read(text: &str, items: &[Item], index: &Index, problems: &mut Vec<Problem>) -> Calendar {
    let source = Source::new(FILE, text);
    let mut calendar = Calendar::default();
    let Some(parsed) = source.parse(problems) else { return calendar };
    let mut top = Table::top(&source, &parsed);
    for table in top.tables("session", problems) {
        session(table, items, &mut calendar.sessions, index, problems);
    }
    calendar.sweep_at =
        top.list("sweep_at", problems).into_iter().map(|found| found.value).collect();
    if !parsed.get_ref().contains_key("session") {
        problems.push(source.problem(None, "none_of").with("what", "[[session]]"));
    }
    calendar.sessions.sort_by_key(|session| session.opens);
    special::read(&mut top, &mut calendar, index, problems);
    top.finish(problems);
    calendar
}

/// The weekdays of a list; the second is true if public holidays are among them.
fn weekdays(table: &mut Table, problems: &mut Vec<Problem>) -> ([bool; 7], bool) {
    let (mut days, mut holidays) = ([false; 7], false);
    for day in table.list::<String>("days", problems) {
        match DAYS.iter().position(|known| *known == day.value) {
            Some(place) => days[place] = true,
            None if day.value == HOLIDAY => holidays = true,
            None => {
                let known = DAYS.into_iter().chain([HOLIDAY]);
                problems.push(table.not_one_of(&day, known));
            }
        }
    }
    (days, holidays)
}

fn session(
    mut table: Table,
    items: &[Item],
    sessions: &mut Vec<SessionRule>,
    index: &Index,
    problems: &mut Vec<Problem>,
) {
    let (days, holidays) = weekdays(&mut table, problems);
    let opens = table.must::<Minute>("opens", problems);
    let closes = table.must::<Minute>("closes", problems);
    let from = table.must::<Minute>("issue_from", problems);
    let until = table.must::<Minute>("issue_until", problems);
    let items = listed(&mut table, items, index, problems);
    let windows_said = table.has("windows");
    let windows = special::windows(&mut table, "windows", index, problems);
    let segments = table.tables("segment", problems);
    let segments: Vec<SegmentRule> =
        segments.into_iter().filter_map(|each| segment(each, index, problems)).collect();
    if let (Some(opens), Some(closes), Some(from), Some(until)) = (opens, closes, from, until) {
        let line = opens.line;
        let session = SessionRule {
            days,
            holidays,
            issue_from: from.value,
            opens: opens.value,
            issue_until: until.value,
            closes: closes.value,
            items,
            windows,
            windows_said,
            segments,
        };
        if !session.is_in_order() {
            problems.push(table.problem(line, "session_order"));
        }
        if !days.contains(&true) && !holidays {
            problems.push(table.problem(line, "session_without_day"));
        }
        let inside = |each: &SegmentRule| {
            each.from < each.until
                && session.issue_from <= each.from
                && each.until <= session.issue_until
        };
        if let Some(outside) = session.segments.iter().find(|each| !inside(each)) {
            let problem = table.problem(line, "segment_outside").with("queue", outside.queue);
            problems.push(problem.with("from", outside.from).with("until", outside.until));
        }
        if let Some(other) = sessions.iter().find(|other| session.meets(other)) {
            let problem = table.problem(line, "sessions_overlap").with("opens", session.opens);
            problems.push(problem.with("other", other.opens));
        }
        sessions.push(session);
    }
    table.finish(problems);
}

impl SessionRule {
    fn is_in_order(&self) -> bool {
        self.issue_from <= self.opens
            && self.opens < self.issue_until
            && self.issue_until <= self.closes
    }

    fn meets(&self, other: &Self) -> bool {
        let one_day = (0..7).any(|day| other.days[day] && self.days[day]);
        (one_day || (self.holidays && other.holidays))
            && other.issue_from < self.closes
            && self.issue_from < other.closes
    }
}

/// The items of a session: those of some queues, and some by name.
fn listed(
    table: &mut Table,
    items: &[Item],
    index: &Index,
    problems: &mut Vec<Problem>,
) -> Option<BTreeSet<ItemId>> {
    let queues = special::queues(table, "queues", index, problems);
    let named = table.list::<ItemId>("items", problems);
    for item in &named {
        index.require(Kind::Item, item.value, (FILE, item.line), problems);
    }
    if !table.has("queues") && !table.has("items") {
        return None;
    }
    let of_queues = items.iter().filter(|item| queues.contains(&item.queue)).map(|item| item.id);
    Some(of_queues.chain(named.into_iter().map(|found| found.value)).collect())
}

fn segment(mut table: Table, index: &Index, problems: &mut Vec<Problem>) -> Option<SegmentRule> {
    let queue = table.must::<QueueId>("queue", problems);
    let from = table.must::<Minute>("from", problems);
    let until = table.must::<Minute>("until", problems);
    let cap = table.number::<u32>("cap", 1..=9_999, problems);
    if let Some(queue) = &queue {
        index.require(Kind::Queue, queue.value, (FILE, queue.line), problems);
    }
    table.finish(problems);
    Some(SegmentRule { queue: queue?.value, from: from?.value, until: until?.value, cap })
}
