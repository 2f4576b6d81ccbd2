//! 排班建议: how many windows each queue needs in each half hour of a day so that people wait no
//! longer than wanted, from the demand that days before have taught. Each queue is played for itself,
//! many days of it, with whole windows: windows that share queues can do with fewer, which the work
//! told beside it shows.

mod line;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

use super::{
    chance::{Chance, Whose},
    learned::{Counts, HALF_HOURS, Learned, Occasion},
};
use crate::{
    ids::QueueId,
    setup::Setup,
    time::{Day, Millis, TimeOfDay},
};

use self::line::{Law, Line};

/// Days that are played for each queue.
const DAYS: usize = 80;

/// Windows of one queue at most.
const WINDOWS_MAX: u32 = 60;

/// So long fewer windows must do before one is closed.
const STEADY_MINUTES: u16 = 120;

/// A half hour in which fewer people come, in the mean, needs nobody for them.
const PEOPLE_LEAST: f64 = 0.01;

/// A day that is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDay {
    /// Which; none: any of its kind.
    pub day: Option<Day>,
    /// What is special about it.
    pub occasion: Occasion,
    /// Its sessions, in order.
    pub sessions: Vec<Hours>,
}

/// A session of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Numbers are given from …
    pub issue_from: TimeOfDay,
    /// … until.
    pub issue_until: TimeOfDay,
    /// Windows are open from …
    pub opens: TimeOfDay,
    /// … until, and until nobody waits any more.
    pub closes: TimeOfDay,
}

/// What is wanted of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// People of a half hour wait no longer in the mean; at least a second.
    pub wait: Millis,
    /// Of the days that are played.
    pub seed: u64,
}

/// A day's plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The day.
    pub day: PlannedDay,
    /// The wait that was wanted.
    pub wait: Millis,
    /// What the demand rests on: no days at all means the profile's own numbers.
    pub rests_on: Counts,
    /// The last day that went in.
    pub through: Option<Day>,
    /// The queues to which anybody comes, in the order of the profile.
    pub queues: Vec<QueuePlan>,
}

/// A queue of a day's plan.
#[derive(Debug, Clone, PartialEq)]
pub struct QueuePlan {
    /// The queue.
    pub queue: QueueId,
    /// Windows of the profile that serve it first.
    pub windows: u32,
    /// The mean service, with what lies between two.
    pub service: Millis,
    /// Its half hours, in order.
    pub half_hours: Vec<HalfHour>,
}

/// A half hour of a queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HalfHour {
    /// When it begins.
    pub from: TimeOfDay,
    /// People who come, in the mean; before the windows open they belong to the first.
    pub people: f64,
    /// Windows that are busy all the time with them.
    pub work: f64,
    /// Windows that are needed.
    pub windows: u32,
    /// With these, people of this half hour wait so long in the mean …
    pub wait: Millis,
    /// … and nine in ten of them no longer than this.
    pub wait_ninth: Millis,
}

impl Plan {
    /// Windows of all queues in a half hour, and the work of all of them.
    #[must_use]
    pub fn all(&self, from: TimeOfDay) -> (u32, f64) {
        let half_hours = self.queues.iter().flat_map(|queue| &queue.half_hours);
        let at = half_hours.filter(|it| it.from == from);
        at.fold((0, 0.0), |sum, it| (sum.0 + it.windows, sum.1 + it.work))
    }

    /// The half hours of the day, in order.
    #[must_use]
    pub fn half_hours(&self) -> Vec<TimeOfDay> {
        let sessions = self.day.sessions.iter().flat_map(|hours| half_hours(*hours));
        sessions.map(|(from, _)| TimeOfDay(from)).collect()
    }
}

/// Plans a day: pure, and the same from the same seed.
#[must_use]
pub fn plan(setup: &Setup, learned: &Learned, day: PlannedDay, wanted: Wanted) -> Plan {
    let of = |(at, id): (usize, QueueId)| plan_queue(setup, learned, &day, wanted, (at, id));
    let queues = setup.queues().iter().enumerate().map(|(at, queue)| (at, queue.id));
    Plan {
        wait: wanted.wait,
        rests_on: learned.counts,
        through: learned.through,
        queues: queues.filter_map(of).collect(),
        day,
    }
}

fn plan_queue(
    setup: &Setup,
    learned: &Learned,
    day: &PlannedDay,
    wanted: Wanted,
    (at, queue): (usize, QueueId),
) -> Option<QueuePlan> {
    let demand = demand(setup, learned, day, queue);
    if demand.iter().sum::<f64>() < PEOPLE_LEAST {
        return None;
    }
    let law = Law::of(setup, learned, queue);
    let mut planned = Vec::new();
    for hours in &day.sessions {
        let play = |number| {
            let mut luck = Chance::of(wanted.seed, Whose::Comers, at << 16 | number);
            Line::of(&law, &demand, *hours, &mut luck)
        };
        let lines: Vec<Line> = (0..DAYS).map(play).collect();
        planned.extend(plan_session(&law, &demand, *hours, lines, wanted.wait));
    }
    let first = |window: &&crate::setup::Window| window.primary.contains(&queue);
    Some(QueuePlan {
        queue,
        windows: setup.windows().iter().filter(first).count() as u32,
        service: Millis(law.mean as u64),
        half_hours: planned,
    })
}

/// One half hour after another: the fewest windows with which its people wait no longer than wanted.
fn plan_session(
    law: &Law,
    demand: &[f64; HALF_HOURS],
    hours: Hours,
    mut lines: Vec<Line>,
    wait: Millis,
) -> Vec<HalfHour> {
    let (mut planned, mut before) = (Vec::new(), 0);
    for (at, (from, until)) in half_hours(hours).enumerate() {
        let begins = if at == 0 { hours.issue_from.0.min(from) } else { from };
        let people = people_between(demand, hours, (begins, until));
        let waiting = lines.iter().any(|line| line.is_waiting(from));
        let mut windows = u32::from(people >= PEOPLE_LEAST || waiting);
        // A window closes only if the others would still do after a while: else the line would grow,
        // and the window be opened again.
        let later = (from + STEADY_MINUTES).min(hours.closes.0);
        let enough = |windows: u32, since, until| {
            let waits = waits_of(&lines, windows, (from, since, until));
            mean_of(&waits) <= wait.0.max(1_000) as i64
        };
        while (1..WINDOWS_MAX).contains(&windows) {
            let stays = windows >= before || enough(windows, later.saturating_sub(30), later);
            if stays && enough(windows, 0, until) {
                break;
            }
            windows += 1;
        }
        before = windows;
        let mut waits = waits_of(&lines, windows, (from, 0, until));
        lines.iter_mut().for_each(|line| line.go_on(windows, (from, until)));
        waits.sort_unstable();
        let ninth = waits.get(waits.len() * 9 / 10).copied().unwrap_or(0);
        let long = f64::from(until - from) * 60_000.0;
        planned.push(HalfHour {
            from: TimeOfDay(from),
            people,
            work: people * law.mean / long,
            windows,
            wait: Millis(mean_of(&waits) as u64),
            wait_ninth: Millis(ninth as u64),
        });
    }
    planned
}

/// Waits on all days that are played: with so many windows from a minute on, of those who come since
/// another and before a third.
fn waits_of(lines: &[Line], windows: u32, span: (u16, u16, u16)) -> Vec<i64> {
    let mut waits = Vec::new();
    lines.iter().filter(|_| windows > 0).for_each(|line| line.waits(windows, span, &mut waits));
    waits
}

fn mean_of(waits: &[i64]) -> i64 {
    waits.iter().sum::<i64>() / waits.len().max(1) as i64
}

/// The half hours in which windows are open, in minutes from midnight.
fn half_hours(hours: Hours) -> impl Iterator<Item = (u16, u16)> {
    let (opens, closes) = (hours.opens.0, hours.closes.0);
    let first = opens / 30;
    let last = closes.div_ceil(30).max(first);
    (first..last).map(move |at| ((at * 30).max(opens), (at * 30 + 30).min(closes)))
}

/// People of each half hour of the day.
fn demand(setup: &Setup, learned: &Learned, day: &PlannedDay, queue: QueueId) -> [f64; HALF_HOURS] {
    let mut demand = [0.0; HALF_HOURS];
    if learned.counts.days > 0 {
        for (place, people) in demand.iter_mut().enumerate() {
            *people = learned.arrivals.in_half_hour(queue, day.occasion, place)
                + learned.arrivals.others_in_half_hour(queue, day.occasion, place);
        }
        return demand;
    }
    // Before anything was seen: what the profile expects of a day, as much in each half hour.
    let of_day: f64 = setup.items_of(queue).map(|item| f64::from(item.per_day)).sum();
    let minutes = |hours: &Hours| f64::from(hours.issue_until.0.saturating_sub(hours.issue_from.0));
    let all: f64 = day.sessions.iter().map(minutes).sum();
    for (place, people) in demand.iter_mut().enumerate() {
        let open = |hours: &Hours| overlap(*hours, (place as u16 * 30, place as u16 * 30 + 30));
        *people = of_day * day.sessions.iter().map(open).sum::<f64>() / all.max(1.0);
    }
    demand
}

/// Minutes of a span in which numbers are given.
fn overlap(hours: Hours, (from, until): (u16, u16)) -> f64 {
    let (from, until) = (from.max(hours.issue_from.0), until.min(hours.issue_until.0));
    f64::from(until.saturating_sub(from))
}

/// People who come in a span while numbers are given: of a half hour that is given only in part, all
/// of it.
fn people_between(demand: &[f64; HALF_HOURS], hours: Hours, (from, until): (u16, u16)) -> f64 {
    let of = |(place, people): (usize, &f64)| {
        let half_hour = (place as u16 * 30, place as u16 * 30 + 30);
        let open = overlap(hours, half_hour);
        let here = overlap(hours, (half_hour.0.max(from), half_hour.1.min(until)));
        if open > 0.0 { people * here / open } else { 0.0 }
    };
    demand.iter().enumerate().map(of).sum()
}
