//! Who comes when: by queue and half hour, by weekday, in which class and for what.

use alloc::{collections::BTreeMap, vec::Vec};

use super::{Arrivals, Learned};
use crate::{
    forecast::log::DayLog,
    ids::{ItemId, QueueId},
    setup::Setup,
    time::{Day, Millis, Timestamp},
    words::{PriorityClass, people::DayKind},
};

/// Half hours of a day.
pub(crate) const HALF_HOURS: usize = 48;

/// Days that weigh as much as the hall's own course of the day, for one queue's.
const COURSE_WEIGHT: f64 = 2.0;

/// People that weigh as much as the mean of all days, for one weekday of the hall …
const WEEKDAY_WEIGHT: f64 = 150.0;

/// … and of a queue beside the hall's.
const QUEUE_WEEKDAY_WEIGHT: f64 = 40.0;

/// People that weigh as much as a day like every other, for the first days of a month and for market
/// days of a queue beside the hall's.
const OCCASION_WEIGHT: f64 = 60.0;

/// 月初: the days of a month on which more come for some matters.
const MONTH_START_DAYS: u8 = 5;

/// What is special about a day for those who come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// Its place in the week; 0 is Monday.
    pub weekday: u8,
    /// 月初: one of the first five days of a month.
    pub month_start: bool,
    /// 集中办公日, 赶集日.
    pub market: bool,
}

impl Occasion {
    /// A day of no month and no market.
    #[must_use]
    pub const fn plain(weekday: u8) -> Self {
        Self { weekday, month_start: false, market: false }
    }

    /// What is special about a day of the calendar.
    #[must_use]
    pub fn of(day: Day, weekday: u8, kind: DayKind) -> Self {
        let month_start = day.day <= MONTH_START_DAYS;
        Self { weekday, month_start, market: kind == DayKind::Market }
    }
}

/// People that weigh as much as what is usual, for the shares of the classes.
const CLASS_WEIGHT: f64 = 50.0;

/// The shares before anything was seen.
const CLASSES: [f64; PriorityClass::ALL.len()] = [0.0, 0.01, 0.08, 0.0, 0.0, 0.91];

impl Arrivals {
    /// People of a queue who come in a half hour of a day, without a booking.
    #[must_use]
    pub fn in_half_hour(&self, queue: QueueId, occasion: Occasion, half_hour: usize) -> f64 {
        let course = self.by_half_hour.get(&queue).and_then(|course| course.get(half_hour));
        course.copied().unwrap_or(0.0) * self.busier(queue, occasion)
    }

    /// Legs of a queue that begin in a half hour of a day otherwise: with a booking, or sent on.
    #[must_use]
    pub fn others_in_half_hour(&self, queue: QueueId, occasion: Occasion, half_hour: usize) -> f64 {
        let course = self.others.get(&queue).and_then(|course| course.get(half_hour));
        course.copied().unwrap_or(0.0) * self.busier(queue, occasion)
    }

    /// How many come to a queue on such a day for one who comes in the mean of all days.
    fn busier(&self, queue: QueueId, occasion: Occasion) -> f64 {
        let weekday = usize::from(occasion.weekday.min(6));
        let of = |parts: &BTreeMap<QueueId, f64>, is: bool| {
            if is { parts.get(&queue).copied().unwrap_or(1.0) } else { 1.0 }
        };
        self.weekdays.get(&queue).map_or(1.0, |of| of[weekday])
            * of(&self.month_start, occasion.month_start)
            * of(&self.market, occasion.market)
    }
}

/// The half hour of a moment.
pub(crate) fn half_hour(midnight: Timestamp, at: Timestamp) -> usize {
    let half_hours = at.since(midnight).0 / Millis::from_minutes(30).0;
    usize::try_from(half_hours).map_or(HALF_HOURS - 1, |place| place.min(HALF_HOURS - 1))
}

pub(super) fn learn(learned: &mut Learned, setup: &Setup, days: &[DayLog]) {
    let all: Vec<_> =
        days.iter().flat_map(|log| log.arrivals.iter().map(move |it| (log, it))).collect();
    learned.counts.arrivals = all.len() as u64;
    let mut courses: BTreeMap<QueueId, [f64; HALF_HOURS]> = BTreeMap::new();
    let mut on_weekday: BTreeMap<QueueId, [f64; 7]> = BTreeMap::new();
    let mut classes = [0.0; PriorityClass::ALL.len()];
    let mut items: BTreeMap<(QueueId, Option<ItemId>), u64> = BTreeMap::new();
    let mut hall = ([0.0; HALF_HOURS], [0.0; 7]);
    for (log, arrival) in &all {
        let (place, weekday) =
            (half_hour(log.midnight, arrival.at), usize::from(log.weekday.min(6)));
        courses.entry(arrival.queue).or_insert([0.0; HALF_HOURS])[place] += 1.0;
        on_weekday.entry(arrival.queue).or_default()[weekday] += 1.0;
        hall.0[place] += 1.0;
        hall.1[weekday] += 1.0;
        classes[arrival.class as usize] += 1.0;
        *items.entry((arrival.queue, arrival.item)).or_default() += 1;
    }
    let count = days.len() as f64;
    let everybody = (all.len() as f64).max(1.0);
    let mut of_weekday = [0.0_f64; 7];
    days.iter().for_each(|log| of_weekday[usize::from(log.weekday.min(6))] += 1.0);
    let mean_day = everybody / count.max(1.0);
    let factor = |weekday: usize| {
        (hall.1[weekday] + WEEKDAY_WEIGHT) / (of_weekday[weekday] * mean_day + WEEKDAY_WEIGHT)
    };
    let mut arrivals = Arrivals::default();
    for (queue, course) in &courses {
        let total: f64 = course.iter().sum();
        let drawn = |place: usize| {
            let by_hall = total / count * hall.0[place] / everybody;
            (course[place] + by_hall * COURSE_WEIGHT) / (count + COURSE_WEIGHT)
        };
        arrivals.by_half_hour.insert(*queue, (0..HALF_HOURS).map(drawn).collect());
        let seen = on_weekday.get(queue).copied().unwrap_or_default();
        let mut weekdays = [1.0; 7];
        for (weekday, part) in weekdays.iter_mut().enumerate() {
            let expected = of_weekday[weekday] * total / count;
            *part = (seen[weekday] + QUEUE_WEEKDAY_WEIGHT * factor(weekday))
                / (expected + QUEUE_WEEKDAY_WEIGHT);
        }
        arrivals.weekdays.insert(*queue, weekdays);
    }
    arrivals.others = others(setup, days);
    arrivals.month_start = special(&arrivals, days, |it| it.month_start);
    arrivals.market = special(&arrivals, days, |it| it.market);
    for (place, share) in arrivals.classes.iter_mut().enumerate() {
        *share =
            (classes[place] + CLASSES[place] * CLASS_WEIGHT) / (all.len() as f64 + CLASS_WEIGHT);
    }
    if days.is_empty() {
        for item in setup.items() {
            items.insert((item.queue, Some(item.id)), u64::from(item.per_day));
        }
    }
    arrivals.items = items.into_iter().map(|((queue, item), seen)| (queue, item, seen)).collect();
    learned.arrivals = arrivals;
}

/// Legs that began in each half hour of a day for which nobody took a ticket without a booking.
fn others(setup: &Setup, days: &[DayLog]) -> BTreeMap<QueueId, Vec<f64>> {
    let mut courses: BTreeMap<QueueId, Vec<f64>> = BTreeMap::new();
    let known = |queue: QueueId| setup.queue(queue).is_some();
    for log in days {
        for leg in log.legs.iter().filter(|leg| !leg.walked_in && known(leg.queue)) {
            let course = courses.entry(leg.queue).or_insert_with(|| alloc::vec![0.0; HALF_HOURS]);
            course[half_hour(log.midnight, leg.entered)] += 1.0;
        }
    }
    let count = (days.len() as f64).max(1.0);
    courses.values_mut().flatten().for_each(|people| *people /= count);
    courses
}

/// How many more come to each queue on the days of a kind, beside what their weekdays alone say;
/// drawn to the whole hall's, and that to nothing.
fn special(
    arrivals: &Arrivals,
    days: &[DayLog],
    is: impl Fn(Occasion) -> bool,
) -> BTreeMap<QueueId, f64> {
    let (mut seen, mut due) = (BTreeMap::<QueueId, f64>::new(), BTreeMap::<QueueId, f64>::new());
    for log in days.iter().filter(|log| is(log.occasion())) {
        for arrival in &log.arrivals {
            *seen.entry(arrival.queue).or_default() += 1.0;
        }
        let weekday = Occasion::plain(log.weekday);
        for queue in arrivals.by_half_hour.keys() {
            let day = (0..HALF_HOURS).map(|at| arrivals.in_half_hour(*queue, weekday, at));
            *due.entry(*queue).or_default() += day.sum::<f64>();
        }
    }
    let sum = |of: &BTreeMap<QueueId, f64>| of.values().sum::<f64>();
    let hall = (sum(&seen) + OCCASION_WEIGHT) / (sum(&due) + OCCASION_WEIGHT);
    let part = |(queue, due): (&QueueId, &f64)| {
        let seen = seen.get(queue).copied().unwrap_or(0.0);
        (*queue, (seen + OCCASION_WEIGHT * hall) / (due + OCCASION_WEIGHT))
    };
    due.iter().map(part).collect()
}
