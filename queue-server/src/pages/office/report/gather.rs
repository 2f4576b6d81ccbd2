//! Adds up what a report needs: closed days from the store, the open one from the hall.

use std::collections::BTreeMap;

use hall::{time::Day, views::indicators::figures::Figures, words::indicator::Grouping};
use jiff::civil::Date;

use super::period::{Length, Period};
use crate::{
    app::App,
    clock::{date_of, day_of},
    readings::tally,
    store::sums::GroupSums,
};

/// A period, added up by hall and by one grouping more.
pub struct Gathered {
    /// 开放日.
    pub days: u32,
    pub hall: GroupSums,
    pub groups: GroupSums,
    /// The course: by the first day of each step.
    pub steps: BTreeMap<Date, (Period, GroupSums)>,
    /// The hall's days, for the heat map; as many as it shows one by one.
    pub by_day: BTreeMap<Date, GroupSums>,
}

/// The figures of the hall in a period.
pub fn of_hall(app: &App, period: Period) -> Figures {
    total(app, period, Grouping::Hall).hall()
}

/// The same of a period to compare with; none of one in which the hall was never open.
pub fn of_hall_if_open(app: &App, period: Period) -> Option<Figures> {
    let was_open = app.store.sums(Grouping::Hall, span(period)).next().is_some()
        || open_day(app, period, Grouping::Hall).is_some();
    was_open.then(|| of_hall(app, period))
}

/// What a period is compared with: a day with the last one that was open, for on a closed one there
/// is nothing; anything longer with what is as long before it.
pub fn before(app: &App, period: Period) -> Period {
    if period.length != Length::Day {
        return period.before();
    }
    let open = app.store.day_before(day_of(period.from)).and_then(date_of);
    open.map_or_else(|| period.before(), |date| Period::around(Length::Day, date))
}

/// Adds up a period.
pub fn gather(app: &App, period: Period, grouping: Grouping) -> Gathered {
    let mut all = Gathered {
        days: 0,
        hall: GroupSums::default(),
        groups: GroupSums::default(),
        steps: BTreeMap::new(),
        by_day: BTreeMap::new(),
    };
    let closed = app.store.sums(Grouping::Hall, span(period));
    let closed = closed.filter_map(|(day, sums)| Some((date_of(day)?, sums)));
    for (date, sums) in closed.chain(open_day(app, period, Grouping::Hall)) {
        all.days += 1;
        all.hall.merge(&sums);
        if let Some(step) = period.step(date) {
            let (_, of_step) = all.steps.entry(step.from).or_insert((step, GroupSums::default()));
            of_step.merge(&sums);
        }
        all.by_day.insert(date, sums);
    }
    if grouping != Grouping::Hall {
        all.groups = total(app, period, grouping);
    }
    all
}

fn total(app: &App, period: Period, grouping: Grouping) -> GroupSums {
    let mut total = app.store.total(grouping, span(period));
    if let Some((_, sums)) = open_day(app, period, grouping) {
        total.merge(&sums);
    }
    total
}

fn span(period: Period) -> (Day, Day) {
    (day_of(period.from), day_of(period.until))
}

/// The day that is open, up to now, if it is of the period: no store has it yet.
fn open_day(app: &App, period: Period, grouping: Grouping) -> Option<(Date, GroupSums)> {
    let date = app.read(hall::Hall::day).and_then(date_of).filter(|date| period.has(*date))?;
    let sums = tally::sums(&app.engine.hall(), &app.clock, app.now(), &[grouping]);
    Some((date, GroupSums::of(&sums, grouping)))
}
