//! 统计期间: a day, a week from Monday on, a month, a quarter, a year.

use jiff::{ToSpan, civil::Date};

/// How long a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// 日报.
    Day,
    /// 周报.
    Week,
    /// 月小结.
    Month,
    /// 季通报.
    Quarter,
    /// 年考核.
    Year,
}

impl Length {
    /// All of them, the shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// Its word in addresses and texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The length of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|length| length.word() == word)
    }
}

/// A time from the one day to the other, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub length: Length,
    pub from: Date,
    pub until: Date,
}

impl Period {
    /// The one in which a day lies.
    pub fn around(length: Length, date: Date) -> Self {
        let month = |month: i8| Date::new(date.year(), month, 1).unwrap_or(date);
        let from = match length {
            Length::Day => date,
            Length::Week => {
                let since = i64::from(date.weekday().to_monday_zero_offset());
                date.saturating_sub(since.days())
            }
            Length::Month => date.first_of_month(),
            Length::Quarter => month((date.month() - 1) / 3 * 3 + 1),
            Length::Year => month(1),
        };
        let next = match length {
            Length::Day => from.saturating_add(1.day()),
            Length::Week => from.saturating_add(7.days()),
            Length::Month => from.saturating_add(1.month()),
            Length::Quarter => from.saturating_add(3.months()),
            Length::Year => from.saturating_add(1.year()),
        };
        Self { length, from, until: next.saturating_sub(1.day()) }
    }

    /// The one before it.
    pub fn before(self) -> Self {
        Self::around(self.length, self.from.saturating_sub(1.day()))
    }

    /// The one after it.
    pub fn after(self) -> Self {
        Self::around(self.length, self.until.saturating_add(1.day()))
    }

    pub fn has(self, date: Date) -> bool {
        (self.from..=self.until).contains(&date)
    }

    /// The step of its course in which a day lies, by its first day; none of a single day.
    pub fn step(self, date: Date) -> Option<Self> {
        let step = match self.length {
            Length::Day => return None,
            Length::Week | Length::Month => Length::Day,
            Length::Quarter => Length::Week,
            Length::Year => Length::Month,
        };
        Some(Self::around(step, date))
    }

    /// How a step of a course is written: "11-23", "11-23~29" of a week, "2026-11" of a month.
    pub fn written(self) -> String {
        let date = |date: Date| format!("{:02}-{:02}", date.month(), date.day());
        match self.length {
            Length::Day => date(self.from),
            Length::Week => format!("{}~{}", date(self.from), date(self.until)),
            Length::Month => format!("{}-{:02}", self.from.year(), self.from.month()),
            Length::Quarter | Length::Year => format!("{}~{}", self.from, self.until),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_and_ends_where_the_calendar_says() {
        for (length, day, from, until) in [
            (Length::Day, "2026-11-23", "2026-11-23", "2026-11-23"),
            (Length::Week, "2027-01-01", "2026-12-28", "2027-01-03"),
            (Length::Month, "2028-02-29", "2028-02-01", "2028-02-29"),
            (Length::Quarter, "2026-12-31", "2026-10-01", "2026-12-31"),
            (Length::Quarter, "2026-02-01", "2026-01-01", "2026-03-31"),
            (Length::Year, "2026-07-01", "2026-01-01", "2026-12-31"),
        ] {
            let period = Period::around(length, day.parse().unwrap());
            let written = (period.from.to_string(), period.until.to_string());
            assert_eq!(written, (from.to_owned(), until.to_owned()), "{day}");
            assert!(period.has(day.parse().unwrap()));
            assert_eq!(period.before().after(), period, "{day}");
            assert_eq!(period.before().until.saturating_add(1.day()), period.from);
        }
    }

    #[test]
    fn every_day_of_a_course_lies_in_one_of_its_steps() {
        let year = Period::around(Length::Year, "2026-07-01".parse().unwrap());
        let step = year.step("2026-11-30".parse().unwrap()).unwrap();
        assert_eq!(step.written(), "2026-11");
        let quarter = Period::around(Length::Quarter, "2026-11-01".parse().unwrap());
        assert_eq!(quarter.step("2026-11-25".parse().unwrap()).unwrap().written(), "11-23~11-29");
        assert_eq!(Period::around(Length::Day, year.from).step(year.from), None);
    }
}
