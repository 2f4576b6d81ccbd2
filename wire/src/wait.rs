//! 预计等候 as it is told, by paper, page and screen alike.

use crate::board::Wait;

/// From an hour on a range promises more than anybody knows.
const HOUR_MINUTES: u16 = 60;

/// What is told of a wait; each place has its own words for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nobody knows: no window serves, or the forecast has been wrong too often.
    Nothing,
    /// 1 小时以上: no minutes are told, and coming at another time is better.
    OverAnHour,
    /// Between so many minutes and so many.
    Between(u16, u16),
}

impl Told {
    /// What is told of a range.
    #[must_use]
    pub const fn of(wait: Option<Wait>) -> Self {
        match wait {
            None => Self::Nothing,
            Some(wait) if wait.low_minutes >= HOUR_MINUTES => Self::OverAnHour,
            Some(wait) => Self::Between(wait.low_minutes, wait.high_minutes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Told;
    use crate::board::Wait;

    #[test]
    fn from_an_hour_on_no_minutes_are_told() {
        let told = |low_minutes, high_minutes| Told::of(Some(Wait { low_minutes, high_minutes }));
        assert_eq!(told(55, 110), Told::Between(55, 110));
        assert_eq!(told(60, 110), Told::OverAnHour);
        assert_eq!(Told::of(None), Told::Nothing);
    }
}
