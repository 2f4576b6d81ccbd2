//! 工作日: what promised limits are reckoned in.

use jiff::{Span, civil::Date};

use super::Calendar;

/// The longest limit that is reckoned; a promise of years is a mistake in the catalogue.
const LIMIT_MAX: u16 = 400;

impl Calendar {
    /// 法定工作日: by the week, the public holidays and the swapped days. A Saturday with some
    /// windows open (双休日服务) is none.
    #[must_use]
    pub fn is_working_day(&self, date: Date) -> bool {
        let by_week = date.weekday().to_monday_zero_offset() < 5;
        !self.holidays.contains(&date) && (by_week || self.swapped.contains(&date))
    }

    /// The working day that comes so many after a date, which itself does not count; none if the
    /// limit is beyond reckoning.
    #[must_use]
    pub fn working_day(&self, from: Date, limit: u16) -> Option<Date> {
        if limit == 0 {
            return Some(from);
        }
        let later =
            from.series(Span::new().days(1)).skip(1).filter(|date| self.is_working_day(*date));
        later.take(usize::from(limit.min(LIMIT_MAX))).nth(usize::from(limit) - 1)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_limit_skips_weekends_and_does_not_count_today() {
        let calendar = Calendar::default();
        let monday = date(2026, 11, 23);
        let due = |limit| calendar.working_day(monday, limit);
        assert_eq!(due(0), Some(monday));
        assert_eq!(due(1), Some(date(2026, 11, 24)));
        assert_eq!(due(5), Some(date(2026, 11, 30)));
        assert_eq!(due(22), Some(date(2026, 12, 23)));
        assert_eq!(due(LIMIT_MAX + 1), None);
    }

    #[test]
    fn holidays_do_not_count_and_swapped_days_do() {
        let mut calendar = Calendar::default();
        calendar.holidays.extend((1..=7).map(|day| date(2026, 10, day)));
        calendar.swapped.insert(date(2026, 10, 10));
        let due = |limit| calendar.working_day(date(2026, 9, 30), limit);
        assert_eq!(due(1), Some(date(2026, 10, 8)));
        assert_eq!(due(3), Some(date(2026, 10, 10)));
        assert_eq!(due(4), Some(date(2026, 10, 12)));
    }
}
