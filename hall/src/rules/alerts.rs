//! 电子监察: what is told before and past a limit. Everything follows from how the hall stands and
//! from the time, so nothing is asked again and again: each alert knows the moment of its next change.

pub(super) mod answered;
mod due;
mod queues;
mod watch;
mod windows;

use alloc::collections::BTreeSet;

use self::watch::{ALWAYS, Watch};
use crate::{
    event::{Fact, open_evaluation::OpenEvaluation},
    hall::Hall,
    ids::{AlertId, LegId},
    setup::{Setup, alerts::AlertRules},
    state::{State, ledger::Raised, ticket::Ticket},
    time::{Millis, Timestamp},
    words::alert::{AlertKind, AlertLevel, DeviceTrouble, Subject},
};

/// What an alert is judged by, and the counts that many of them need.
struct Look<'a> {
    hall: &'a Hall,
    rules: &'a AlertRules,
    counts: queues::Counts,
    /// The last event: since then nothing has happened.
    from: Timestamp,
}

/// Every alert that changes by now, one step each.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    let look = Look::at(hall);
    let all: BTreeSet<(AlertKind, Subject)> = look.iter().flat_map(Look::everything).collect();
    let mut next = hall.state.alerts.next_id().0;
    let mut facts = alloc::vec::Vec::new();
    for (kind, subject) in all {
        let Some(look) = &look else { break };
        let alert = hall.state.alerts.get(kind, subject);
        let standing = alert.and_then(|alert| alert.level);
        let watch = look.watch(kind, subject);
        let change = watch.change(standing, look.from).filter(|(due, _)| *due <= at);
        let Some((_, level)) = change else { continue };
        facts.push(match level {
            Some(level) if Some(level) > standing => {
                // A late tick tells what holds now, not what held on the way.
                let level = watch.becomes(Some(level), at).map_or(level, |now| now.max(level));
                let alert = alert.map_or_else(
                    || {
                        next += 1;
                        AlertId(next - 1)
                    },
                    |alert| alert.id,
                );
                Fact::AlertRaised { alert, kind, level, subject }
            }
            level => {
                let alert = alert.expect("what becomes less has stood").id;
                Fact::AlertEased { alert, level }
            }
        });
    }
    facts.into_iter()
}

/// The moment of the next change.
pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    let look = Look::at(hall)?;
    let due = |(kind, subject)| {
        let standing = hall.state.alerts.get(kind, subject).and_then(|alert| alert.level);
        look.watch(kind, subject).change(standing, look.from).map(|(due, _)| due)
    };
    look.everything().filter_map(due).min()
}

impl<'a> Look<'a> {
    /// None while the hall is closed, or if it tells nothing of itself.
    fn at(hall: &'a Hall) -> Option<Self> {
        hall.day()?;
        let rules = Some(&hall.setup().rules().alerts).filter(|rules| rules.on)?;
        Some(Self { hall, rules, counts: queues::Counts::of(hall), from: hall.state.last_at? })
    }

    /// Everything that an alert may be about now, and what one stands about besides.
    fn everything(&self) -> impl Iterator<Item = (AlertKind, Subject)> {
        let alerts = &self.hall.state.alerts;
        let standing = alerts.standing().map(|alert| (alert.kind, alert.subject));
        let standing = standing.filter(|(kind, subject)| match kind {
            AlertKind::LongWait
            | AlertKind::LongQueue
            | AlertKind::Unassigned
            | AlertKind::NoShows => false,
            AlertKind::Unstaffed
            | AlertKind::LongPause
            | AlertKind::Idle
            | AlertKind::LongService => !windows::is_listed(self.hall, *kind, *subject),
            AlertKind::Transfers
            | AlertKind::Negative
            | AlertKind::CaseDue
            | AlertKind::MatterDue
            | AlertKind::Device
            | AlertKind::Help => true,
        });
        let devices = alerts.devices().map(|(id, ..)| (AlertKind::Device, Subject::Device(id)));
        let helps = alerts.helps().map(|(id, _)| (AlertKind::Help, Subject::Device(id)));
        queues::subjects(self.hall)
            .chain(windows::subjects(self.hall))
            .chain([(AlertKind::NoShows, Subject::Hall)])
            .chain(alerts.happened())
            .chain(due::cases(self.hall))
            .chain(due::matters(self.hall))
            .chain(due::visits(self.hall))
            .chain(devices)
            .chain(helps)
            .chain(standing)
    }

    fn watch(&self, kind: AlertKind, subject: Subject) -> Watch {
        let watch = match (kind, subject) {
            (AlertKind::LongWait, Subject::Queue(id)) => queues::long_wait(self, id),
            (AlertKind::LongQueue, Subject::Queue(id)) => queues::long_queue(self, id),
            (AlertKind::Unassigned, Subject::Queue(id)) => queues::unassigned(self, id),
            (AlertKind::Unstaffed, Subject::Window(id)) => windows::unstaffed(self, id),
            (AlertKind::LongPause, Subject::Window(id)) => windows::long_pause(self, id),
            (AlertKind::Idle, Subject::Window(id)) => windows::idle(self, id),
            (AlertKind::LongService, Subject::Leg(id)) => windows::long_service(self, id),
            (AlertKind::Transfers, Subject::Ticket(id)) => windows::transfers(self, id),
            (AlertKind::NoShows, Subject::Hall) => self.no_shows(),
            // It has happened, and stays until somebody closes it.
            (AlertKind::Negative, Subject::Leg(_) | Subject::Visit(_)) => {
                Some(Watch::new(None, Some(ALWAYS)))
            }
            (AlertKind::CaseDue, Subject::Case(no)) => due::case(self.hall, no),
            (AlertKind::MatterDue, Subject::Matter(id)) => due::matter(self.hall, id),
            (AlertKind::MatterDue, Subject::Visit(id)) => due::visit(self.hall, id),
            (AlertKind::Device, Subject::Device(id)) => self
                .hall
                .state
                .alerts
                .device(id)
                .map(|(trouble, since)| self.device(trouble, since)),
            (AlertKind::Help, Subject::Device(id)) => self.hall.state.alerts.help(id).map(|help| {
                let until = help.at + minutes(self.rules.help_minutes);
                Watch::new(None, Some(help.at)).until(until)
            }),
            (
                AlertKind::LongWait
                | AlertKind::LongQueue
                | AlertKind::Unassigned
                | AlertKind::Unstaffed
                | AlertKind::LongPause
                | AlertKind::Idle
                | AlertKind::LongService
                | AlertKind::Transfers
                | AlertKind::NoShows
                | AlertKind::Negative
                | AlertKind::CaseDue
                | AlertKind::MatterDue
                | AlertKind::Device
                | AlertKind::Help,
                _,
            ) => None,
        };
        watch.unwrap_or_default()
    }

    /// 弃号异常: judged at the last call that ended, over the hour before it.
    fn no_shows(&self) -> Option<Watch> {
        let (outcomes, rules) = (self.hall.state.alerts.outcomes(), self.rules);
        let (all, none) = outcomes.count();
        let above = |percent: u32| {
            let percent = u64::from(percent) * u64::from(all);
            (all >= rules.no_shows_least && u64::from(none) * 100 > percent).then_some(ALWAYS)
        };
        let eased = |percent: u32| above(percent.saturating_sub(rules.no_shows_ease_percent));
        let (yellow, red) = (rules.no_shows_yellow_percent, rules.no_shows_red_percent);
        let watch = Watch::new(above(yellow), above(red)).keeping(eased(yellow), eased(red));
        Some(watch.until(outcomes.last? + minutes(60)))
    }

    fn device(&self, trouble: DeviceTrouble, since: Timestamp) -> Watch {
        let secs = |secs: u32| Millis::from_secs(secs.into());
        let (yellow, red) = (secs(self.rules.device_yellow_secs), secs(self.rules.device_red_secs));
        match trouble {
            DeviceTrouble::Silent => Watch::after(since, yellow, red),
            DeviceTrouble::PaperLow => Watch::new(Some(since), None),
            DeviceTrouble::PaperOut | DeviceTrouble::Jam => Watch::new(None, Some(since)),
            DeviceTrouble::CoverOpen | DeviceTrouble::Fault => Watch::after(since, Millis(0), red),
        }
    }
}

fn minutes(minutes: u32) -> Millis {
    Millis::from_minutes(minutes.into())
}

/// 差评 given while the hall was closed is told when it opens.
pub(super) fn note_carried(state: &mut State, carried: &[OpenEvaluation]) {
    let negative =
        |leg: &&OpenEvaluation| leg.given.as_ref().is_some_and(|given| given.rating.is_negative());
    for leg in carried.iter().filter(negative) {
        state.alerts.note_happened(AlertKind::Negative, Subject::Leg(leg.leg_id()));
    }
}

/// 台账: an alert was raised; one about a leg is counted at its queue and window.
pub(super) fn note_raised(state: &mut State, kind: AlertKind, subject: Subject, level: AlertLevel) {
    let (queue, window) = match subject {
        Subject::Queue(queue) => (Some(queue), None),
        Subject::Window(window) => (None, Some(window)),
        Subject::Leg(id) => {
            let leg = state.ticket(id.ticket).and_then(|ticket| ticket.leg_at(id.leg));
            (leg.map(|leg| leg.queue), leg.and_then(|leg| leg.window))
        }
        Subject::Hall
        | Subject::Ticket(_)
        | Subject::Case(_)
        | Subject::Matter(_)
        | Subject::Visit(_)
        | Subject::Device(_) => (None, None),
    };
    state.ledger.note_raised(Raised { kind, queue, window }, level);
}

/// A ticket that was sent on often enough is told with the next tick.
pub(super) fn note_transfers(state: &mut State, setup: &Setup, leg: LegId) {
    let transfers = state.ticket(leg.ticket).map_or(0, Ticket::transfers);
    if transfers >= setup.rules().alerts.transfers_yellow {
        state.alerts.note_happened(AlertKind::Transfers, Subject::Ticket(leg.ticket));
    }
}
