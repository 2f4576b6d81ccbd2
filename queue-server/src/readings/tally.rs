//! The day's figures, each with its base, filled from the one definition of every indicator.

use hall::{
    Hall,
    setup::Rules,
    state::posts::StandIn,
    time::{Millis, Timestamp},
    views::{
        self,
        indicators::{
            Sums,
            define::{self, Value},
            figures::Figures,
            group::Group,
            spans::Spans,
        },
    },
    words::{
        CaseKind, PauseReason, Reason,
        indicator::{Grouping, Indicator},
    },
};
use wire::tally::{
    CaseTally, HalfHour, Indicated, PauseTally, QueueTally, ReasonTally, Share, Spread, StaffTally,
    StandInTally, Tally, WindowTally,
};

use crate::clock::{HallClock, date_of};

/// Classes of the waiting-time distribution: twelve of 5 minutes, and one for more than 60.
pub const WAIT_CLASSES: usize = 13;

/// How wide a class is.
pub const WAIT_CLASS_SECS: u32 = 300;

/// Half hours that a day's curve shows at most.
const HALF_HOURS_MAX: usize = 48;

/// The figures of the hall's day.
#[must_use]
pub fn of(hall: &Hall, clock: &HallClock, now: Timestamp, sequence: u64) -> Tally {
    let wanted = [Grouping::Hall, Grouping::Queue, Grouping::Window, Grouping::Clerk];
    of_sums(hall, &sums(hall, clock, now, &wanted), sequence)
}

/// What is counted of the hall's day up to now.
#[must_use]
pub fn sums(hall: &Hall, clock: &HallClock, now: Timestamp, wanted: &[Grouping]) -> Sums {
    let date = hall.last_day().and_then(date_of).unwrap_or_else(|| clock.date(now));
    views::indicators::of_day(hall, now, clock.moment(date, 0), wanted)
}

/// The figures of what was counted.
#[must_use]
pub fn of_sums(hall: &Hall, sums: &Sums, sequence: u64) -> Tally {
    let (figures, rules) = (&sums.of(Group::Hall), hall.setup().rules());
    Tally {
        day: hall.last_day().map_or_else(String::new, |day| day.to_string()),
        sequence,
        issued: figures.issued,
        served: figures.served,
        waiting: views::board::waiting(hall),
        at_windows: figures.at_windows,
        wait: spread(&figures.waits),
        wait_within_target: share(figures.waits_on_target(rules)),
        wait_target_minutes: rules.wait_target_minutes,
        service: spread(&figures.services),
        service_to_check: figures.services_to_check + figures.services_endless,
        response: spread(&figures.responses),
        no_shows: figures.no_shows,
        no_show_rate: share(figures.no_show_rate()),
        reactivated: figures.reactivated,
        swept: figures.swept,
        cancelled: figures.cancelled,
        not_printed: figures.not_printed,
        abandoned: share(figures.abandoned()),
        recalls: share(figures.recall_rate()),
        later_wait: spread(&figures.later_waits),
        transfers: share(figures.transfer_rate()),
        to_cashier: figures.to_cashier,
        often_transferred: figures.often_transferred,
        booked: share(figures.booked_share()),
        by_agent: figures.by_agent,
        days_off: figures.days_off,
        notices: share(figures.notices()),
        priority: share(figures.priority_share()),
        utilisation: share_of_times(figures.utilisation()),
        evaluations: figures.given(),
        evaluated: share(figures.evaluated()),
        satisfied: share(figures.satisfied()),
        negative: share(figures.negative()),
        praised: share(figures.praised()),
        negative_reasons: negative_reasons(figures),
        reactivation: share(figures.reactivation()),
        cases: cases(figures),
        cases_in_time: share(figures.in_time()),
        on_the_spot: share(figures.on_the_spot()),
        pauses: pauses(figures),
        staff: staff(sums),
        self_service: share(figures.self_service_share()),
        extended: figures.extended,
        overtime_secs: figures.overtime.as_secs(),
        copies: figures.copies,
        accepted: figures.accepted,
        declined: figures.declined,
        posted: figures.posted,
        unnoticed: figures.unnoticed,
        stand_ins: hall.stand_ins().map(stand_in).collect(),
        wait_histogram: figures.waits.classes::<WAIT_CLASSES>(WAIT_CLASS_SECS).to_vec(),
        half_hours: half_hours(sums),
        queues: queues(hall, sums),
        windows: windows(hall, sums),
        indicators: indicators(figures, rules),
    }
}

/// Every indicator of some figures.
#[must_use]
pub fn indicators(figures: &Figures, rules: &Rules) -> Vec<Indicated> {
    let of = |indicator: &Indicator| indicated(*indicator, indicator.of(figures, rules), rules);
    Indicator::ALL.iter().map(of).collect()
}

fn indicated(indicator: Indicator, value: Value, rules: &Rules) -> Indicated {
    let (number, target) = (value.number(), indicator.target(rules));
    Indicated {
        indicator,
        unit: value.unit(),
        value: number,
        base: value.base(),
        on_target: number.zip(target).map(|(number, target)| target.is_met(number)),
    }
}

fn queues(hall: &Hall, sums: &Sums) -> Vec<QueueTally> {
    let of = |queue: &hall::setup::Queue| {
        let figures = sums.of(Group::Queue(queue.id));
        QueueTally {
            id: queue.id,
            name: queue.name.clone(),
            issued: figures.issued,
            served: figures.served,
            wait: spread(&figures.waits),
            wait_within_target: share(figures.waits_on_target(hall.setup().rules())),
            service: spread(&figures.services),
            no_shows: figures.no_shows,
        }
    };
    hall.setup().queues().iter().map(of).collect()
}

fn windows(hall: &Hall, sums: &Sums) -> Vec<WindowTally> {
    let of = |window: &hall::setup::Window| {
        let figures = sums.of(Group::Window(window.id));
        WindowTally {
            id: window.id,
            name: window.name.clone(),
            served: figures.served,
            service: spread(&figures.services),
            utilisation: share_of_times(figures.utilisation()),
            pauses: figures.pauses,
            paused_secs: figures.paused.as_secs(),
            evaluations: figures.given(),
        }
    };
    hall.setup().windows().iter().map(of).collect()
}

fn staff(sums: &Sums) -> Vec<StaffTally> {
    let of = |(group, figures): (&Group, &Figures)| {
        let Group::Clerk(staff) = *group else { return None };
        Some(StaffTally {
            staff,
            served: figures.served,
            service: spread(&figures.services),
            no_show_events: figures.no_show_events,
            evaluations: figures.given(),
        })
    };
    sums.groups.iter().filter_map(of).collect()
}

fn stand_in(each: &StandIn) -> StandInTally {
    StandInTally {
        window: each.window,
        absent: each.absent,
        staff: each.staff,
        since: each.since.0,
        until: each.until.map(|until| until.0),
    }
}

fn negative_reasons(figures: &Figures) -> Vec<ReasonTally> {
    let all = Reason::ALL.iter().copied().zip(figures.negative_reasons);
    all.filter(|(_, count)| *count > 0)
        .map(|(reason, count)| ReasonTally { reason, count })
        .collect()
}

fn cases(figures: &Figures) -> Vec<CaseTally> {
    let all = CaseKind::ALL.iter().copied().zip(figures.cases);
    all.filter(|(_, count)| *count > 0).map(|(kind, count)| CaseTally { kind, count }).collect()
}

fn pauses(figures: &Figures) -> Vec<PauseTally> {
    let all = PauseReason::ALL.iter().copied().zip(figures.pauses_by_reason);
    let told = all.filter(|(_, (count, _))| *count > 0);
    told.map(|(reason, (count, span))| PauseTally { reason, count, secs: span.as_secs() }).collect()
}

fn share(share: define::Share) -> Share {
    Share { part: share.part as f64, whole: share.whole as f64 }
}

/// In seconds.
fn share_of_times(share: define::Share) -> Share {
    let secs = |millis: u64| millis as f64 / 1_000.0;
    Share { part: secs(share.part), whole: secs(share.whole) }
}

fn spread(spans: &Spans) -> Spread {
    let Some(spread) = spans.spread() else { return Spread::default() };
    Spread {
        count: spread.count,
        mean_secs: spread.mean_secs,
        median_secs: spread.median_secs,
        p90_secs: spread.p90_secs,
        max_secs: spread.max_secs,
    }
}

/// From the first half hour with a ticket to the last one with a ticket or a call.
fn half_hours(sums: &Sums) -> Vec<HalfHour> {
    let called = |half: &hall::views::indicators::half_hours::HalfHour| half.issued + half.called;
    let busy: Vec<u8> =
        sums.half_hours.iter().filter(|(_, half)| called(half) > 0).map(|(at, _)| *at).collect();
    let (Some(first), Some(last)) = (busy.first(), busy.last()) else { return Vec::new() };
    let half_hour = |at: u8| {
        let half = sums.half_hours.get(&at).copied().unwrap_or_default();
        let minutes = u32::from(at) * 30;
        HalfHour {
            from: format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60),
            issued: half.issued,
            called: half.called,
            wait_mean_secs: (half.called > 0).then(|| secs(half.waited) / f64::from(half.called)),
        }
    };
    (*first..=*last).take(HALF_HOURS_MAX).map(half_hour).collect()
}

fn secs(span: Millis) -> f64 {
    span.0 as f64 / 1_000.0
}
