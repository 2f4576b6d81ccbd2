//! What a date is, and which sessions and tides it has.

use hall::words::people::DayKind;
use jiff::civil::Date;

use super::{Calendar, Minute, SessionRule, Tide};

const MONDAY: usize = 0;
const SATURDAY: usize = 5;

impl Calendar {
    /// 日期类型 of a date.
    #[must_use]
    pub fn kind(&self, date: Date) -> DayKind {
        if self.holidays.contains(&date) {
            DayKind::Holiday
        } else if self.swapped.contains(&date) {
            DayKind::Swapped
        } else if self.is_market_day(date) {
            DayKind::Market
        } else if weekday(date) >= SATURDAY {
            DayKind::Weekend
        } else {
            DayKind::Ordinary
        }
    }

    /// The sessions of a date, by time: a swapped day is as a Monday, a holiday has only those held
    /// on holidays, and an early end cuts.
    pub fn sessions_of(&self, date: Date) -> impl Iterator<Item = SessionRule> {
        let holiday = self.holidays.contains(&date);
        let swapped = self.swapped.contains(&date);
        let day = if swapped { MONDAY } else { weekday(date) };
        let held = move |rule: &&SessionRule| if holiday { rule.holidays } else { rule.days[day] };
        let early = self.early.get(&date).copied();
        self.sessions.iter().filter(held).cloned().filter_map(move |rule| cut(rule, early))
    }

    /// Tides of a date at a minute.
    pub fn tides_at(&self, date: Date, minute: Minute) -> impl Iterator<Item = &Tide> {
        let runs =
            move |tide: &Tide| tide.is_of(date) && tide.from <= minute && minute < tide.until;
        self.tides.iter().filter(move |tide| runs(tide))
    }

    fn is_market_day(&self, date: Date) -> bool {
        self.market_dates.contains(&date)
            || self.market_month_days.contains(&date.day().unsigned_abs())
    }
}

impl Tide {
    /// True if it runs on a date.
    #[must_use]
    pub fn is_of(&self, date: Date) -> bool {
        self.days[weekday(date)]
            || self.month_days.contains(&date.day().unsigned_abs())
            || self.dates.contains(&date)
    }
}

impl Tide {
    /// True if both bring queues to one window at one time, on a day that both name.
    pub(super) fn meets(&self, other: &Self) -> bool {
        let weekday = (0..7).any(|day| self.days[day] && other.days[day]);
        let one_day = weekday
            || !self.month_days.is_disjoint(&other.month_days)
            || !self.dates.is_disjoint(&other.dates);
        let at_once = self.from < other.until && other.from < self.until;
        self.window == other.window && one_day && at_once
    }
}

fn weekday(date: Date) -> usize {
    usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())
}

fn cut(mut rule: SessionRule, early: Option<(Minute, Minute)>) -> Option<SessionRule> {
    let Some((issue_until, closes)) = early else { return Some(rule) };
    rule.issue_until = rule.issue_until.min(issue_until);
    rule.closes = rule.closes.min(closes);
    rule.segments.retain(|each| each.from < issue_until);
    for each in &mut rule.segments {
        each.until = each.until.min(issue_until);
    }
    (rule.opens < rule.issue_until).then_some(rule)
}
