//! The day's figures, each with its base.

use hall::{
    Hall,
    time::{Millis, Timestamp},
    views::{self, tally::Figures},
    words::{CaseKind, PauseReason, Reason},
};
use wire::tally::{
    CaseTally, HalfHour, PauseTally, QueueTally, ReasonTally, Share, Spread, StaffTally,
    StandInTally, Tally, WindowTally,
};

use crate::clock::HallClock;

/// Classes of the waiting-time distribution: twelve of 5 minutes, and one for 60 and more.
const WAIT_CLASSES: usize = 13;
const WAIT_CLASS: Millis = Millis::from_minutes(5);
const HALF_HOUR: i64 = 30;

/// The figures of the hall's day.
#[must_use]
pub fn of(hall: &Hall, clock: &HallClock, now: Timestamp, sequence: u64) -> Tally {
    let all = views::tally::tally(hall, now);
    let target = hall.setup().rules().wait_target_minutes;
    let figures = &all.hall;
    let abandoned = figures.no_shows + figures.swept + figures.cancelled;
    let given = figures.evaluated();
    let [very_bad, bad, fair, good, very_good] = figures.evaluations;
    Tally {
        day: hall.last_day().map_or_else(String::new, |day| day.to_string()),
        sequence,
        issued: figures.issued,
        served: figures.served,
        waiting: views::board::waiting(hall),
        at_windows: figures.at_windows,
        wait: spread(&figures.waits),
        wait_within_target: within(figures, target),
        wait_target_minutes: target,
        service: spread(&figures.services),
        service_to_check: figures.services_to_check,
        response: spread(&figures.responses),
        no_shows: figures.no_shows,
        no_show_rate: share(figures.no_show_events, figures.called),
        reactivated: figures.reactivated,
        swept: figures.swept,
        cancelled: figures.cancelled,
        not_printed: figures.not_printed,
        abandoned: share(abandoned, figures.issued),
        recalls: share(figures.recalls, figures.called),
        later_wait: spread(&figures.later_waits),
        transfers: share(figures.transferred, figures.served),
        to_cashier: figures.to_cashier,
        often_transferred: figures.often_transferred,
        booked: share(figures.booked, figures.issued),
        by_agent: figures.by_agent,
        days_off: figures.days_off,
        notices: notices(figures),
        priority: share(figures.priority, figures.issued),
        utilisation: utilisation(figures),
        evaluations: figures.evaluations,
        evaluated: share(given, figures.served),
        satisfied: share(fair + good + very_good, given),
        negative: share(very_bad + bad, given),
        praised: share(good + very_good, given),
        negative_reasons: negative_reasons(figures),
        reactivation: share(figures.reactivated, figures.no_show_events),
        cases: cases(figures),
        cases_in_time: share(figures.cases_in_time, figures.cases_closed),
        on_the_spot: share(figures.cases[CaseKind::OnTheSpot as usize], figures.cases.iter().sum()),
        pauses: pauses(figures),
        staff: staff(&all),
        self_service: share(figures.self_service, figures.issued),
        extended: figures.extended,
        overtime_secs: figures.overtime.as_secs(),
        copies: figures.copies,
        accepted: figures.accepted,
        declined: figures.declined,
        posted: figures.posted,
        unnoticed: figures.unnoticed,
        stand_ins: hall.stand_ins().map(stand_in).collect(),
        wait_histogram: histogram(&figures.waits),
        half_hours: half_hours(&all, clock),
        queues: queues(hall, &all, target),
        windows: windows(hall, &all),
    }
}

fn queues(hall: &Hall, all: &views::tally::Tally, target: u32) -> Vec<QueueTally> {
    let none = Figures::default();
    let of = |queue: &hall::setup::Queue| {
        let figures = all.queues.get(&queue.id).unwrap_or(&none);
        QueueTally {
            id: queue.id,
            name: queue.name.clone(),
            issued: figures.issued,
            served: figures.served,
            wait: spread(&figures.waits),
            wait_within_target: within(figures, target),
            service: spread(&figures.services),
            no_shows: figures.no_shows,
        }
    };
    hall.setup().queues().iter().map(of).collect()
}

fn windows(hall: &Hall, all: &views::tally::Tally) -> Vec<WindowTally> {
    let none = Figures::default();
    let of = |window: &hall::setup::Window| {
        let figures = all.windows.get(&window.id).unwrap_or(&none);
        WindowTally {
            id: window.id,
            name: window.name.clone(),
            served: figures.served,
            service: spread(&figures.services),
            utilisation: utilisation(figures),
            pauses: figures.pauses,
            paused_secs: figures.paused.as_secs(),
            evaluations: figures.evaluations,
        }
    };
    hall.setup().windows().iter().map(of).collect()
}

fn staff(all: &views::tally::Tally) -> Vec<StaffTally> {
    let of = |(staff, figures): (&hall::ids::StaffNo, &Figures)| StaffTally {
        staff: *staff,
        served: figures.served,
        service: spread(&figures.services),
        no_show_events: figures.no_show_events,
        evaluations: figures.evaluations,
    };
    all.staff.iter().map(of).collect()
}

fn stand_in(each: &hall::state::posts::StandIn) -> StandInTally {
    StandInTally {
        window: each.window,
        absent: each.absent,
        staff: each.staff,
        since: each.since.0,
        until: each.until.map(|until| until.0),
    }
}

/// 一次性告知率: whoever is sent home was told everything at once.
fn notices(figures: &Figures) -> Share {
    let of = |kind: CaseKind| figures.cases[kind as usize];
    share(figures.returns_noticed, of(CaseKind::Returned) + of(CaseKind::Supplement))
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

fn share(part: u32, whole: u32) -> Share {
    Share { part: f64::from(part), whole: f64::from(whole) }
}

fn within(figures: &Figures, target_minutes: u32) -> Share {
    let part = figures.waits_within(Millis::from_minutes(target_minutes.into()));
    Share { part: f64::from(part), whole: figures.waits.len() as f64 }
}

fn utilisation(figures: &Figures) -> Share {
    Share { part: secs(figures.serving), whole: secs(figures.staffed) }
}

fn secs(span: Millis) -> f64 {
    span.0 as f64 / 1_000.0
}

/// An average with its tail; `sorted` is in order. Quantiles are values that occurred.
fn spread(sorted: &[Millis]) -> Spread {
    let count = sorted.len();
    let Some(greatest) = sorted.last() else { return Spread::default() };
    let at = |tenths: usize| secs(sorted[(count * tenths).div_ceil(10).clamp(1, count) - 1]);
    let sum: f64 = sorted.iter().map(|span| secs(*span)).sum();
    Spread {
        count: u32::try_from(count).unwrap_or(u32::MAX),
        mean_secs: sum / count as f64,
        median_secs: at(5),
        p90_secs: at(9),
        max_secs: secs(*greatest),
    }
}

fn histogram(waits: &[Millis]) -> Vec<u32> {
    let mut classes = vec![0; WAIT_CLASSES];
    for wait in waits {
        let class = usize::try_from(wait.0 / WAIT_CLASS.0).unwrap_or(WAIT_CLASSES);
        classes[class.min(WAIT_CLASSES - 1)] += 1;
    }
    classes
}

/// From the first half hour with a ticket to the last one with a ticket or a call.
fn half_hours(all: &views::tally::Tally, clock: &HallClock) -> Vec<HalfHour> {
    let Some(first) = all.issues.first() else { return Vec::new() };
    let midnight = clock.moment(clock.date(*first), 0);
    let place = |at: Timestamp| (at.0 - midnight.0).div_euclid(HALF_HOUR * 60_000);
    let begin = place(*first);
    let called = all.first_calls.iter().map(|(_, called)| *called);
    let end = called.chain(all.issues.iter().copied()).map(place).max().unwrap_or(begin);
    let last = end.min(begin + 2 * 24 - 1);
    let half_hour = |at: i64| {
        let issued = all.issues.iter().filter(|issued| place(**issued) == at).count();
        let waits: Vec<f64> = all
            .first_calls
            .iter()
            .filter(|(_, called)| place(*called) == at)
            .map(|(issued, called)| secs(called.since(*issued)))
            .collect();
        let minutes = at * HALF_HOUR;
        HalfHour {
            from: format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60),
            issued: u32::try_from(issued).unwrap_or(u32::MAX),
            called: u32::try_from(waits.len()).unwrap_or(u32::MAX),
            wait_mean_secs: (!waits.is_empty())
                .then(|| waits.iter().sum::<f64>() / waits.len() as f64),
        }
    };
    (begin..=last).map(half_hour).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: five returned and three supplementary cases, six of them with a notice.
    #[test]
    fn notices_are_counted_over_whoever_was_sent_home() {
        let mut figures = Figures { returns_noticed: 6, noticed: 9, ..Figures::default() };
        figures.cases[CaseKind::Returned as usize] = 5;
        figures.cases[CaseKind::Supplement as usize] = 3;
        figures.cases[CaseKind::OnTheSpot as usize] = 40;
        assert_eq!(notices(&figures).percent(), Some(75.0));
        assert_eq!(notices(&Figures::default()).percent(), None);
    }
}
