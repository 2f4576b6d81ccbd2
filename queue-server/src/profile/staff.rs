//! `staff.toml`: people, their posts and what they are authorised for. Sign-ins with passwords are
//! made by `queue-server staff add`.

use hall::{
    ids::{DepartmentId, ItemId, QueueId, StaffNo, WindowId},
    limits::STAFF_MAX,
    setup::staff::{Grant, Post as HallPost, Staff},
    time::Day,
    words::post::PostRole,
};

use jiff::Span;

use super::{
    index::{Index, Kind},
    problem::Problem,
    reader::{Found, Source, Table},
};
use crate::clock::{date_of, day_of};

pub const FILE: &str = "staff.toml";

/// A person's post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// 工号.
    pub no: StaffNo,
    /// The name on the plate.
    pub name: String,
    /// 岗位, as the plate says it.
    pub title: Option<String>,
    /// 部门.
    pub department: Option<DepartmentId>,
    /// 首席代表 of the department.
    pub chief: bool,
    /// A角: windows that are this person's.
    pub windows: Vec<WindowId>,
    /// B角: windows where this person stands in.
    pub stand_in: Vec<WindowId>,
    /// 任职起始: since when the person is posted here.
    pub posted_since: Option<Day>,
}

/// People as screens and as the hall know them.
#[derive(Default)]
pub struct StaffPart {
    pub posts: Vec<Post>,
    pub staff: Vec<Staff>,
    /// 最短任职期, in months; none: the hall knows none.
    pub posting_months_min: Option<u16>,
}

/// The longest 最短任职期.
const POSTING_MONTHS_MAX: u16 = 120;

impl Post {
    /// Until when a person stays at least: the first day on which a change is not early.
    #[must_use]
    pub fn stays_until(&self, months: Option<u16>) -> Option<Day> {
        let since = date_of(self.posted_since?)?;
        since.checked_add(Span::new().months(months?)).ok().map(day_of)
    }

    /// True if this person may sign on at a window.
    #[must_use]
    pub fn may_work_at(&self, window: WindowId) -> bool {
        self.windows.contains(&window) || self.stand_in.contains(&window)
    }
}

/// Reads `staff.toml`.
pub fn read(text: &str, index: &mut Index, problems: &mut Vec<Problem>) -> StaffPart {
    let source = Source::new(FILE, text);
    let mut part = StaffPart::default();
    let Some(parsed) = source.parse(problems) else { return part };
    let mut top = Table::top(&source, &parsed);
    if let Some(months) = top.maybe::<u16>("posting_months_min", problems) {
        if (1..=POSTING_MONTHS_MAX).contains(&months.value) {
            part.posting_months_min = Some(months.value);
        } else {
            let problem =
                top.problem(months.line, "out_of_range").with("key", "posting_months_min");
            problems.push(problem.with("low", 1).with("high", POSTING_MONTHS_MAX));
        }
    }
    for table in top.tables("staff", problems) {
        person(table, &mut part, index, problems);
    }
    if part.posts.len() > STAFF_MAX {
        let problem = source.problem(None, "too_many").with("what", "[[staff]]");
        problems.push(problem.with("most", STAFF_MAX));
    }
    top.finish(problems);
    part
}

fn person(mut table: Table, part: &mut StaffPart, index: &mut Index, problems: &mut Vec<Problem>) {
    let no = table.id::<StaffNo>("no", &[Kind::Staff.no_such()], problems);
    let name = table.name("name", problems);
    let title = table.maybe::<String>("title", problems).map(|found| found.value);
    let department = table.maybe::<DepartmentId>("department", problems);
    let chief = table.maybe::<bool>("chief", problems);
    let agent = table.maybe::<bool>("agent", problems).is_some_and(|found| found.value);
    let windows = windows(&mut table, "windows", index, problems);
    let stand_in = windows_of_others(&mut table, &windows, index, problems);
    let posted_since = table.maybe::<Day>("posted_since", problems).map(|found| found.value);
    let grants: Vec<Grant> = table
        .tables("grant", problems)
        .into_iter()
        .map(|each| grant(each, index, problems))
        .collect();
    if let Some(department) = &department {
        let place = (FILE, department.line);
        index.require(Kind::Department, department.value, place, problems);
    }
    if let Some(chief) = chief.as_ref().filter(|chief| chief.value) {
        one_chief(&table, chief.line, department.as_ref(), part, problems);
    }
    if let Some(no) = no {
        index.note(Kind::Staff, no.value, (FILE, no.line), problems);
        let post = |window: &WindowId, role| HallPost { window: *window, role };
        let of_a = windows.iter().map(|window| post(window, PostRole::Primary));
        let posts = of_a.chain(stand_in.iter().map(|window| post(window, PostRole::StandIn)));
        part.staff.push(Staff { no: no.value, posts: posts.collect(), agent, grants });
        part.posts.push(Post {
            no: no.value,
            name: name.map_or_else(String::new, |found| found.value),
            title,
            department: department.map(|found| found.value),
            chief: chief.is_some_and(|found| found.value),
            windows,
            stand_in,
            posted_since,
        });
    }
    table.finish(problems);
}

fn windows(
    table: &mut Table,
    key: &str,
    index: &Index,
    problems: &mut Vec<Problem>,
) -> Vec<WindowId> {
    let found = table.list::<WindowId>(key, problems);
    for window in &found {
        index.require(Kind::Window, window.value, (FILE, window.line), problems);
    }
    found.into_iter().map(|found| found.value).collect()
}

/// Nobody stands in for themselves.
fn windows_of_others(
    table: &mut Table,
    own: &[WindowId],
    index: &Index,
    problems: &mut Vec<Problem>,
) -> Vec<WindowId> {
    let found = windows(table, "stand_in", index, problems);
    for window in found.iter().filter(|window| own.contains(window)) {
        problems.push(table.problem(table.line(), "stands_in_for_self").with("what", window));
    }
    found
}

/// 首席代表: one for each department.
fn one_chief(
    table: &Table,
    line: usize,
    department: Option<&Found<DepartmentId>>,
    part: &StaffPart,
    problems: &mut Vec<Problem>,
) {
    let Some(department) = department else {
        problems.push(table.problem(line, "chief_of_none"));
        return;
    };
    let same = |post: &&Post| post.chief && post.department == Some(department.value);
    if let Some(other) = part.posts.iter().find(same) {
        let problem = table.problem(line, "chief_twice").with("department", department.value);
        problems.push(problem.with("other", &other.name));
    }
}

/// `[[staff.grant]]`: 授权 for some queues or items, from a day to a day.
fn grant(mut table: Table, index: &Index, problems: &mut Vec<Problem>) -> Grant {
    let queues = table.list::<QueueId>("queues", problems);
    let items = table.list::<ItemId>("items", problems);
    let from = table.maybe::<Day>("from", problems);
    let until = table.maybe::<Day>("until", problems);
    for queue in &queues {
        index.require(Kind::Queue, queue.value, (FILE, queue.line), problems);
    }
    for item in &items {
        index.require(Kind::Item, item.value, (FILE, item.line), problems);
    }
    if !table.has("queues") && !table.has("items") {
        problems.push(table.problem(table.line(), "empty_grant"));
    }
    if let (Some(from), Some(until)) = (&from, &until)
        && until.value < from.value
    {
        let problem = table.problem(until.line, "grant_ends_before").with("from", from.value);
        problems.push(problem.with("until", until.value));
    }
    table.finish(problems);
    Grant {
        queues: queues.into_iter().map(|found| found.value).collect(),
        items: items.into_iter().map(|found| found.value).collect(),
        from: from.map(|found| found.value),
        until: until.map(|found| found.value),
    }
}
