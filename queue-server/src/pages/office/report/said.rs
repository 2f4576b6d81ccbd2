//! How an indicator is written: value, base, change against the period before, target.

use hall::{
    setup::Rules,
    views::indicators::{
        define::{Share, Value},
        figures::Figures,
    },
    words::indicator::{Grouping, Indicator, Unit},
};
use wire::texts::Texts;

use super::super::stats::{BASE_ENOUGH, EVALUATED_ENOUGH, wanted};
use crate::pages::written::NOBODY;

/// An indicator in its row.
pub struct Said {
    pub name: String,
    pub value: String,
    pub base: String,
    pub before: String,
    pub change: String,
    pub target: String,
    /// `good`, `yellow`, `few` or nothing.
    pub level: &'static str,
    pub word: String,
}

/// The indicators of a report, in its sections.
pub const SECTIONS: [(&str, &[Indicator]); 7] = [
    (
        "volume",
        &[
            Indicator::Issued,
            Indicator::Called,
            Indicator::CalledTickets,
            Indicator::Served,
            Indicator::ServedTickets,
            Indicator::Copies,
            Indicator::Extended,
            Indicator::Overtime,
            Indicator::DaysOff,
            Indicator::ByAgent,
            Indicator::Assisted,
            Indicator::VisitsAsked,
            Indicator::Visits,
            Indicator::VisitsNotDone,
            Indicator::VisitsInTime,
        ],
    ),
    (
        "waiting",
        &[
            Indicator::Wait,
            Indicator::WaitOnTarget,
            Indicator::LaterWait,
            Indicator::WaitingMost,
            Indicator::Crowding,
            Indicator::Response,
            Indicator::Service,
            Indicator::ServiceToCheck,
            Indicator::ServiceOver,
        ],
    ),
    (
        "leaving",
        &[
            Indicator::Abandoned,
            Indicator::NoShowFinal,
            Indicator::Swept,
            Indicator::Cancelled,
            Indicator::NotPrinted,
            Indicator::NoShow,
            Indicator::Reactivated,
            Indicator::Recalls,
            Indicator::Transfers,
            Indicator::OftenTransferred,
            Indicator::Priority,
            Indicator::Booked,
            Indicator::BookingsKept,
            Indicator::BookingsMissed,
            Indicator::SelfService,
        ],
    ),
    (
        "windows",
        &[
            Indicator::Utilisation,
            Indicator::OpenRate,
            Indicator::Attendance,
            Indicator::IdleWhileWaiting,
            Indicator::Pauses,
            Indicator::Paused,
            Indicator::PerWindowDay,
            Indicator::PerHour,
        ],
    ),
    (
        "cases",
        &[
            Indicator::OnTheSpot,
            Indicator::ClosedAtWindow,
            Indicator::AtOnce,
            Indicator::Notices,
            Indicator::Unnoticed,
            Indicator::Returned,
            Indicator::Declined,
            Indicator::CasesInTime,
        ],
    ),
    (
        "quality",
        &[
            Indicator::Evaluated,
            Indicator::Satisfied,
            Indicator::Praised,
            Indicator::Negative,
            Indicator::Score,
            Indicator::FewLevels,
            Indicator::MattersClosed,
            Indicator::MattersInTime,
            Indicator::MattersCalledBack,
            Indicator::MattersTold,
            Indicator::ToldClosed,
            Indicator::ToldInTime,
        ],
    ),
    (
        "watch",
        &[
            Indicator::YellowAlerts,
            Indicator::RedAlerts,
            Indicator::CallsArrived,
            Indicator::Faults,
            Indicator::Down,
            Indicator::Repair,
        ],
    ),
];

/// What is told of single groups: of people where they wait, of windows and clerks what they did.
pub const fn columns(grouping: Grouping) -> &'static [Indicator] {
    match grouping {
        Grouping::Hall
        | Grouping::Zone
        | Grouping::Department
        | Grouping::Queue
        | Grouping::Item => &[
            Indicator::Issued,
            Indicator::Served,
            Indicator::Wait,
            Indicator::WaitOnTarget,
            Indicator::Service,
            Indicator::ServiceOver,
            Indicator::Abandoned,
            Indicator::Evaluated,
            Indicator::Satisfied,
        ],
        Grouping::Clerk => &[
            Indicator::Served,
            Indicator::Assisted,
            Indicator::Service,
            Indicator::ServiceOver,
            Indicator::Utilisation,
            Indicator::PerHour,
            Indicator::IdleWhileWaiting,
            Indicator::Evaluated,
            Indicator::Satisfied,
            Indicator::Score,
        ],
        Grouping::Window => &[
            Indicator::Served,
            Indicator::Service,
            Indicator::ServiceOver,
            Indicator::Utilisation,
            Indicator::PerHour,
            Indicator::IdleWhileWaiting,
            Indicator::Evaluated,
            Indicator::Satisfied,
            Indicator::Score,
        ],
        Grouping::Device => &[
            Indicator::Issued,
            Indicator::Faults,
            Indicator::Down,
            Indicator::DeviceOnline,
            Indicator::Repair,
        ],
    }
}

/// The name of an indicator.
pub fn name(indicator: Indicator, texts: &Texts) -> String {
    texts.get(&format!("indicator.{indicator}")).to_owned()
}

/// An indicator of a period beside the period before, if the hall was open then.
pub fn said(
    indicator: Indicator,
    now: &Figures,
    before: Option<&Figures>,
    rules: &Rules,
    texts: &Texts,
) -> Said {
    let (value, was) = (indicator.of(now, rules), before.map(|before| indicator.of(before, rules)));
    let target = indicator.target(rules);
    let (level, word) = match (value.number(), target) {
        (Some(_), _) if is_of_few(indicator, now, rules) => ("few", "report.few"),
        (Some(number), Some(target)) if target.is_met(number) => ("good", "report.met"),
        (Some(_), Some(_)) => ("yellow", "report.missed"),
        (_, _) => ("", ""),
    };
    Said {
        name: name(indicator, texts),
        value: with_unit(value, texts),
        base: base(value, texts),
        before: was.map_or_else(|| NOBODY.to_owned(), |was| with_unit(was, texts)),
        change: was.map_or_else(String::new, |was| change(value, was)),
        target: target.map_or(String::new(), wanted),
        level,
        word: if word.is_empty() { String::new() } else { texts.get(word).to_owned() },
    }
}

/// The name of an indicator with its unit, for the head of a column.
pub fn with_its_unit(indicator: Indicator, rules: &Rules, texts: &Texts) -> String {
    let name = name(indicator, texts);
    let unit = match indicator.of(&Figures::default(), rules).unit() {
        Unit::Count | Unit::Each => return name,
        Unit::Percent => "%",
        Unit::Minutes => texts.get("report.unit_minutes"),
        Unit::Points => texts.get("report.unit_points"),
    };
    texts.fill("report.with_unit", &[("name", &name), ("unit", &unit)])
}

/// 基数小: a share of few, or what is said of services of which few people said anything.
pub fn is_of_few(indicator: Indicator, figures: &Figures, rules: &Rules) -> bool {
    let value = indicator.of(figures, rules);
    let of_evaluations =
        [Indicator::Satisfied, Indicator::Praised, Indicator::Negative, Indicator::Score];
    let spoke = figures.evaluated().percent().unwrap_or(0.0);
    let is_silent = of_evaluations.contains(&indicator) && spoke < EVALUATED_ENOUGH;
    let is_small = matches!(value, Value::Share(share) if share.whole < BASE_ENOUGH);
    value.number().is_some() && (is_silent || is_small)
}

/// A number as people read it: one decimal, counts without; none is a dash.
pub fn number(value: Value) -> String {
    let Some(number) = value.number() else { return NOBODY.to_owned() };
    if value.unit() == Unit::Count { format!("{number:.0}") } else { format!("{number:.1}") }
}

fn with_unit(value: Value, texts: &Texts) -> String {
    let written = number(value);
    match value.unit() {
        Unit::Count | Unit::Each => written,
        _ if value.number().is_none() => written,
        Unit::Percent => format!("{written}%"),
        Unit::Minutes => format!("{written} {}", texts.word("pages.minutes", &written)),
        Unit::Points => format!("{written} {}", texts.word("office.points", &written)),
    }
}

/// 基数 and, of a mean, its tail.
fn base(value: Value, texts: &Texts) -> String {
    let tenths = |secs: f64| format!("{:.1}", secs / 60.0);
    let count = |n: u32| texts.fill("report.people", &[("n", &n)]);
    match value {
        Value::Count(_) => String::new(),
        Value::Share(Share { part, whole }) => format!("{part}/{whole}"),
        Value::ShareOfTime(Share { part, whole }) => {
            let minutes = format!("{}/{}", part / 60_000, whole / 60_000);
            texts.fill("report.minutes_base", &[("n", &minutes)])
        }
        Value::Rate { part, whole } => format!("{part}/{whole:.1}"),
        Value::Spread(None) => count(0),
        Value::Spread(Some(spread)) => {
            let tail = [
                ("median", &tenths(spread.median_secs) as &dyn std::fmt::Display),
                ("p90", &tenths(spread.p90_secs)),
                ("max", &tenths(spread.max_secs)),
            ];
            format!("{} · {}", count(spread.count), texts.fill("report.tail", &tail))
        }
        Value::Time { count: n, .. } | Value::MeanTime { count: n, .. } => n.to_string(),
        Value::Points { count: n, .. } => count(n),
    }
}

/// "+1.2": against the period before, in the indicator's unit; nothing where one of them says nothing.
fn change(now: Value, before: Value) -> String {
    let (Some(now_is), Some(was)) = (now.number(), before.number()) else { return String::new() };
    let change = now_is - was;
    if now.unit() == Unit::Count { format!("{change:+.0}") } else { format!("{change:+.1}") }
}
