//! 排班建议: the plan of a day of the calendar, from what the hall has learned, and as a table.

use hall::{
    forecast::{
        learned::{Learned, Occasion},
        plan::{self, Hours, Plan, PlannedDay, QueuePlan, Wanted},
    },
    setup::Setup,
    time::{Day, Millis, TimeOfDay},
};
use jiff::{ToSpan, civil::Date};
use wire::texts::Texts;

use crate::{
    clock::day_of,
    profile::{Calendar, Profile, SessionRule},
};

/// The wait that is aimed at if nobody says another, in minutes.
pub const WAIT_MINUTES: u16 = 10;

/// Waits that may be aimed at, in minutes.
pub const WAITS: std::ops::RangeInclusive<u16> = 1..=120;

/// Of the days that are played: the same plan whenever it is asked for.
const SEED: u64 = 0x1e1e_3c3c_0f0f_2d2d;

/// A table's rows of cells.
pub type Rows = Vec<Vec<String>>;

/// The plan of a date; none if the hall is closed then.
#[must_use]
pub fn of_date(profile: &Profile, learned: &Learned, date: Date, minutes: u16) -> Option<Plan> {
    let day = planned(&profile.calendar, date)?;
    let wait = Millis::from_minutes(minutes.clamp(*WAITS.start(), *WAITS.end()).into());
    Some(plan::plan(&profile.setup, learned, day, Wanted { wait, seed: SEED }))
}

/// The seven days from a date on.
pub fn week_from(date: Date) -> impl Iterator<Item = Date> {
    (0..7).filter_map(move |days| date.checked_add(days.days()).ok())
}

fn planned(calendar: &Calendar, date: Date) -> Option<PlannedDay> {
    let hours = |rule: SessionRule| Hours {
        issue_from: TimeOfDay(rule.issue_from.0),
        issue_until: TimeOfDay(rule.issue_until.0),
        opens: TimeOfDay(rule.opens.0),
        closes: TimeOfDay(rule.closes.0),
    };
    let sessions: Vec<Hours> = calendar.sessions_of(date).map(hours).collect();
    if sessions.is_empty() {
        return None;
    }
    let day: Day = day_of(date);
    let weekday = date.weekday().to_monday_zero_offset().unsigned_abs();
    let occasion = Occasion::of(day, weekday, calendar.kind(date));
    Some(PlannedDay { day: Some(day), occasion, sessions })
}

/// What the demand rests on, in words.
#[must_use]
pub fn rests_on(plan: &Plan, texts: &Texts) -> String {
    match plan.through {
        None => texts.get("plan.rests_on_profile").to_owned(),
        Some(day) => {
            let (days, people) = (plan.rests_on.days, plan.rests_on.arrivals);
            texts.fill("plan.rests_on", &[("days", &days), ("n", &people), ("day", &day)])
        }
    }
}

/// Every queue and half hour of some plans, for a spreadsheet.
#[must_use]
pub fn rows(setup: &Setup, plans: &[Plan], texts: &Texts) -> Rows {
    const HEADS: [&str; 10] = [
        "plan.th_day",
        "plan.th_from",
        "board.th_queue",
        "office.csv_name",
        "plan.th_people",
        "plan.th_work",
        "plan.th_windows",
        "plan.th_profile",
        "plan.th_wait",
        "plan.th_ninth",
    ];
    let mut rows = vec![HEADS.map(|key| texts.get(key).to_owned()).to_vec()];
    for plan in plans {
        let day = plan.day.day.map_or_else(String::new, |day| day.to_string());
        for queue in &plan.queues {
            rows.extend(of_queue(setup, queue, &day));
        }
    }
    rows
}

fn of_queue(setup: &Setup, queue: &QueuePlan, day: &str) -> Rows {
    let name = setup.queue(queue.queue).map_or_else(String::new, |it| it.name.clone());
    let row = |it: &plan::HalfHour| {
        vec![
            day.to_owned(),
            it.from.to_string(),
            queue.queue.to_string(),
            name.clone(),
            format!("{:.1}", it.people),
            format!("{:.2}", it.work),
            it.windows.to_string(),
            queue.windows.to_string(),
            minutes(it.wait),
            minutes(it.wait_ninth),
        ]
    };
    queue.half_hours.iter().map(row).collect()
}

fn minutes(span: Millis) -> String {
    format!("{:.1}", span.0 as f64 / 60_000.0)
}

/// A day as a table of one line a queue: windows of each half hour, for a terminal.
#[must_use]
pub fn table(plan: &Plan, texts: &Texts) -> Rows {
    let half_hours = plan.half_hours();
    let head = [texts.get("board.th_queue"), texts.get("plan.th_profile")].map(str::to_owned);
    let times = half_hours.iter().map(TimeOfDay::to_string);
    let mut rows = vec![head.into_iter().chain(times).collect()];
    for queue in &plan.queues {
        let cells = queue.half_hours.iter().map(|it| it.windows.to_string());
        let begin = [queue.queue.to_string(), queue.windows.to_string()];
        rows.push(begin.into_iter().chain(cells).collect());
    }
    let all = |of: fn((u32, f64)) -> String| half_hours.iter().map(move |at| of(plan.all(*at)));
    let begin = |key: &str| [texts.get(key).to_owned(), String::new()].into_iter();
    rows.push(begin("plan.all_windows").chain(all(|(windows, _)| windows.to_string())).collect());
    rows.push(begin("plan.all_work").chain(all(|(_, work)| format!("{work:.1}"))).collect());
    rows
}

#[cfg(test)]
mod tests;
