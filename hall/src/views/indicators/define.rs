//! What each indicator is of the sums: formula, unit, denominator and trap, as `domain.md` 5 has
//! them. Of nothing there is no value: an empty time is neither 0 nor 100 %.

mod cases;
mod people;
mod quality;
mod windows;

use super::{
    figures::Figures,
    spans::{Spans, Spread},
};
use crate::{
    setup::Rules,
    time::Millis,
    words::{
        alert::AlertLevel,
        indicator::{Indicator, Unit},
    },
};

/// A part of a whole; with no whole there is no share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// 基数: the whole.
    pub whole: u64,
}

impl Share {
    /// A share of counts.
    #[must_use]
    pub fn of(part: impl Into<u64>, whole: impl Into<u64>) -> Self {
        Self { part: part.into(), whole: whole.into() }
    }

    /// A share of times, in milliseconds.
    #[must_use]
    pub const fn of_times(part: Millis, whole: Millis) -> Self {
        Self { part: part.0, whole: whole.0 }
    }

    /// The part over the whole; none without a whole.
    #[must_use]
    pub fn ratio(self) -> Option<f64> {
        (self.whole > 0).then(|| self.part as f64 / self.whole as f64)
    }

    /// In per cent; none without a whole.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        self.ratio().map(|ratio| 100.0 * ratio)
    }
}

/// What an indicator says, with its base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// How many; a count is its own base.
    Count(u32),
    /// Per cent of counts.
    Share(Share),
    /// Per cent of times; both in milliseconds.
    ShareOfTime(Share),
    /// How many for each; the whole in units of the indicator.
    Rate {
        /// How many.
        part: u32,
        /// For how many, never below 0.
        whole: f64,
    },
    /// A mean with its tail; none of nothing.
    Spread(Option<Spread>),
    /// A time, and of how many; none of nothing.
    Time {
        /// Together.
        span: Millis,
        /// Of how many.
        count: u32,
    },
    /// A mean time; none of nothing.
    MeanTime {
        /// Together.
        span: Millis,
        /// Of how many.
        count: u32,
    },
    /// 分, of 100, and of how many evaluations.
    Points {
        /// The sum of levels 1 to 5.
        levels: u64,
        /// How many evaluations.
        count: u32,
    },
}

/// 目标值.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// No more than this.
    AtMost(f64),
    /// Less than this.
    Below(f64),
    /// No less than this.
    AtLeast(f64),
    /// From the one to the other.
    Between(f64, f64),
}

impl Target {
    /// 达标.
    #[must_use]
    pub fn is_met(self, number: f64) -> bool {
        match self {
            Self::AtMost(most) => number <= most,
            Self::Below(limit) => number < limit,
            Self::AtLeast(least) => number >= least,
            Self::Between(least, most) => (least..=most).contains(&number),
        }
    }
}

impl Value {
    /// As a plain number in its unit; none where there is no base.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        match self {
            Self::Count(count) => Some(count.into()),
            Self::Share(share) | Self::ShareOfTime(share) => share.percent(),
            Self::Rate { part, whole } => (whole > 0.0).then(|| f64::from(part) / whole),
            Self::Spread(spread) => spread.map(|spread| spread.mean_secs / 60.0),
            Self::Time { span, count } => (count > 0).then(|| minutes(span)),
            Self::MeanTime { span, count } => (count > 0).then(|| minutes(span) / f64::from(count)),
            Self::Points { levels, count } => {
                (count > 0).then(|| 20.0 * levels as f64 / f64::from(count))
            }
        }
    }

    /// 单位 of the number; every time is in minutes.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Count(_) => Unit::Count,
            Self::Share(_) | Self::ShareOfTime(_) => Unit::Percent,
            Self::Rate { .. } => Unit::Each,
            Self::Spread(_) | Self::Time { .. } | Self::MeanTime { .. } => Unit::Minutes,
            Self::Points { .. } => Unit::Points,
        }
    }

    /// 基数: how many it rests on, in its own unit; times in minutes. None of a plain count.
    #[must_use]
    pub fn base(self) -> Option<f64> {
        match self {
            Self::Count(_) => None,
            Self::Share(share) => Some(share.whole as f64),
            Self::ShareOfTime(share) => Some(minutes(Millis(share.whole))),
            Self::Rate { whole, .. } => Some(whole),
            Self::Spread(spread) => Some(spread.map_or(0.0, |spread| spread.count.into())),
            Self::Time { count, .. }
            | Self::MeanTime { count, .. }
            | Self::Points { count, .. } => Some(count.into()),
        }
    }
}

fn minutes(span: Millis) -> f64 {
    span.0 as f64 / 60_000.0
}

fn spread(spans: &Spans) -> Value {
    Value::Spread(spans.spread())
}

impl Indicator {
    /// What it says of these figures, under these rules.
    #[must_use]
    pub fn of(self, figures: &Figures, rules: &Rules) -> Value {
        let f = figures;
        match self {
            Self::Issued => Value::Count(f.issued),
            Self::Called => Value::Count(f.called),
            Self::CalledTickets => Value::Count(f.called_tickets),
            Self::Served => Value::Count(f.served),
            Self::ServedTickets => Value::Count(f.served_tickets),
            Self::Copies => Value::Count(f.copies),
            Self::Wait => spread(&f.waits),
            Self::WaitOnTarget => Value::Share(f.waits_on_target(rules)),
            Self::LaterWait => spread(&f.later_waits),
            Self::WaitingMost => Value::Count(f.waiting_most.0),
            Self::Crowding => Value::Share(f.crowding()),
            Self::Response => spread(&f.responses),
            Self::Service => spread(&f.services),
            Self::ServiceToCheck => Value::Share(f.to_check()),
            Self::ServiceOver => Value::Share(f.service_over()),
            Self::Abandoned => Value::Share(f.abandoned()),
            Self::NoShowFinal => Value::Count(f.no_shows),
            Self::Swept => Value::Count(f.swept),
            Self::Cancelled => Value::Count(f.cancelled),
            Self::NotPrinted => Value::Count(f.not_printed),
            Self::NoShow => Value::Share(f.no_show_rate()),
            Self::Reactivated => Value::Share(f.reactivation()),
            Self::Recalls => Value::Share(f.recall_rate()),
            Self::Transfers => Value::Share(f.transfer_rate()),
            Self::OftenTransferred => Value::Count(f.often_transferred),
            Self::Priority => Value::Share(f.priority_share()),
            Self::Booked => Value::Share(f.booked_share()),
            Self::BookingsKept => Value::Share(f.kept()),
            Self::BookingsMissed => Value::Share(f.missed()),
            Self::SelfService => Value::Share(f.self_service_share()),
            Self::Extended => Value::Count(f.extended),
            Self::Overtime => Value::Time { span: f.overtime, count: f.past_end },
            Self::DaysOff => Value::Count(f.days_off),
            Self::ByAgent => Value::Count(f.by_agent),
            Self::Assisted => Value::Count(f.assisted()),
            Self::VisitsAsked => Value::Count(f.visits_asked),
            Self::Visits => Value::Count(f.visits_done),
            Self::VisitsNotDone => Value::Count(f.visits_not_done),
            Self::VisitsInTime => Value::Share(f.visits_on_time()),
            Self::Utilisation => Value::ShareOfTime(f.utilisation()),
            Self::OpenRate => Value::ShareOfTime(f.open_rate()),
            Self::Attendance => Value::ShareOfTime(f.attendance()),
            Self::IdleWhileWaiting => {
                Value::Time { span: f.idle_while_waiting, count: f.window_days }
            }
            Self::Pauses => Value::Count(f.pauses),
            Self::Paused => Value::Time { span: f.paused, count: f.pauses },
            Self::PerWindowDay => Value::Rate { part: f.served, whole: f.window_days.into() },
            Self::PerHour => Value::Rate { part: f.served, whole: f.signed_hours() },
            Self::OnTheSpot => Value::Share(f.on_the_spot()),
            Self::ClosedAtWindow => Value::Share(f.closed_at_window()),
            Self::AtOnce => Value::Share(f.at_once()),
            Self::Notices => Value::Share(f.notices()),
            Self::Unnoticed => Value::Count(f.unnoticed),
            Self::Returned => Value::Share(f.returned()),
            Self::Declined => Value::Share(f.declined_share()),
            Self::CasesInTime => Value::Share(f.in_time()),
            Self::Satisfied => Value::Share(f.satisfied()),
            Self::Praised => Value::Share(f.praised()),
            Self::Evaluated => Value::Share(f.evaluated()),
            Self::Negative => Value::Share(f.negative()),
            Self::Score => f.score(),
            Self::FewLevels => Value::Count(f.few_levels),
            Self::MattersClosed => Value::Share(f.rectified()),
            Self::MattersInTime => Value::Share(f.rectified_in_time()),
            Self::MattersCalledBack => Value::Share(f.called_back()),
            Self::MattersTold => Value::Count(f.matters_told),
            Self::ToldClosed => Value::Share(f.told_settled()),
            Self::ToldInTime => Value::Share(f.told_settled_in_time()),
            Self::YellowAlerts => Value::Count(f.alerts_of(AlertLevel::Yellow)),
            Self::RedAlerts => Value::Count(f.alerts_of(AlertLevel::Red)),
            Self::CallsArrived => Value::Share(f.calls_in_time()),
            Self::DeviceOnline => Value::ShareOfTime(f.device_online()),
            Self::Faults => Value::Count(f.faults),
            Self::Down => Value::Time { span: f.down, count: f.faults },
            Self::Repair => Value::MeanTime { span: f.repair, count: f.faults_over },
        }
    }

    /// 目标值 in its unit, if it has one; the wait's is a rule of the hall.
    #[must_use]
    pub fn target(self, rules: &Rules) -> Option<Target> {
        Some(match self {
            Self::Wait => Target::AtMost(rules.wait_target_minutes.into()),
            Self::WaitOnTarget | Self::OnTheSpot => Target::AtLeast(85.0),
            Self::Abandoned => Target::Below(8.0),
            Self::Utilisation => Target::Between(60.0, 85.0),
            Self::OpenRate => Target::AtLeast(95.0),
            Self::Notices | Self::MattersCalledBack => Target::AtLeast(100.0),
            Self::Satisfied => Target::AtLeast(99.0),
            Self::Issued
            | Self::Called
            | Self::CalledTickets
            | Self::Served
            | Self::ServedTickets
            | Self::Copies
            | Self::LaterWait
            | Self::WaitingMost
            | Self::Crowding
            | Self::Response
            | Self::Service
            | Self::ServiceToCheck
            | Self::ServiceOver
            | Self::NoShowFinal
            | Self::Swept
            | Self::Cancelled
            | Self::NotPrinted
            | Self::NoShow
            | Self::Reactivated
            | Self::Recalls
            | Self::Transfers
            | Self::OftenTransferred
            | Self::Priority
            | Self::Booked
            | Self::BookingsKept
            | Self::BookingsMissed
            | Self::SelfService
            | Self::Extended
            | Self::Overtime
            | Self::DaysOff
            | Self::ByAgent
            | Self::Assisted
            | Self::VisitsAsked
            | Self::Visits
            | Self::VisitsNotDone
            | Self::VisitsInTime
            | Self::Attendance
            | Self::IdleWhileWaiting
            | Self::Pauses
            | Self::Paused
            | Self::PerWindowDay
            | Self::PerHour
            | Self::ClosedAtWindow
            | Self::AtOnce
            | Self::Unnoticed
            | Self::Returned
            | Self::Declined
            | Self::CasesInTime
            | Self::Praised
            | Self::Evaluated
            | Self::Negative
            | Self::Score
            | Self::FewLevels
            | Self::MattersClosed
            | Self::MattersInTime
            | Self::MattersTold
            | Self::ToldClosed
            | Self::ToldInTime
            | Self::YellowAlerts
            | Self::RedAlerts
            | Self::CallsArrived
            | Self::DeviceOnline
            | Self::Faults
            | Self::Down
            | Self::Repair => return None,
        })
    }
}
