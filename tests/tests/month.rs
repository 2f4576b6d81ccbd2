//! 月小结 is the sum of its 台账: a month of a hall is lived from several seeds, every event of it is counted
//! one by one, and what the month's report says must be the same, to the last ticket and the last second.
#![allow(clippy::unwrap_used, reason = "all of this is a test")]
#![allow(clippy::wildcard_enum_match_arm, reason = "it counts a few of many facts and indicators")]

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use hall::{
    Hall,
    event::{Event, Fact},
    setup::Rules,
    state::ticket::{Leg, Ticket},
    time::{Day, Millis},
    views::indicators::{define::Value, figures::Figures},
    words::{
        CaseKind, Channel, TicketState,
        alert::{AlertKind, AlertLevel},
        indicator::{Grouping, Indicator},
        legs::Via,
        matter::MatterKind,
    },
};
use queue_server::{
    clock::HallClock,
    engine::ClosedDay,
    profile::Profile,
    readings::tally,
    store::{
        Store, TicketRow,
        ledgers::{LedgerKind, LedgerLine},
        sums::GroupSums,
    },
};
use tests::lived::{Keeper, Shape, World};

const SEEDS: [u64; 3] = [7, 2026, 31_415];

/// November has neither a holiday nor a swapped day; the days before it are there to be left out, and
/// those behind it so that the month is over.
const BEGINS: &str = "2026-10-29 00:00";
const ENDS: &str = "2026-12-02 12:00";
const FIRST: Day = Day { year: 2026, month: 11, day: 1 };
const LAST: Day = Day { year: 2026, month: 11, day: 30 };

/// What was counted, event by event.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counted {
    issued: u32,
    channels: [u32; Channel::ALL.len()],
    reprints: u32,
    recalls: u32,
    holds: u32,
    no_show_events: u32,
    transferred: u32,
    to_cashier: u32,
    served: u32,
    copies: u32,
    cases: [u32; CaseKind::ALL.len()],
    noticed: u32,
    accepted: u32,
    declined: u32,
    given: [u32; 5],
    few_levels: u32,
    cancelled: u32,
    alerts: [[u32; AlertLevel::ALL.len()]; AlertKind::ALL.len()],
    pauses: u32,
    told: u32,
    matters_closed: u32,
    told_closed: u32,
}

/// Keeps the closed days in a store, and counts for itself.
struct Book {
    store: Store,
    clock: HallClock,
    sequence: u64,
    open: Option<Day>,
    counted: BTreeMap<Day, Counted>,
    overnight: Counted,
    /// Legs told of, so that what is told twice counts once.
    told_of: BTreeSet<(&'static str, hall::ids::LegId)>,
    kinds: BTreeMap<hall::ids::MatterId, MatterKind>,
    days: BTreeMap<Day, Hall>,
}

impl Book {
    fn first(&mut self, what: &'static str, leg: hall::ids::LegId) -> u32 {
        u32::from(self.told_of.insert((what, leg)))
    }

    fn count(&mut self, hall: &Hall, fact: &Fact) {
        let day = self.open;
        let legs = match fact {
            Fact::Noticed { leg, .. } => self.first("notice", *leg),
            Fact::Accepted { leg, .. } => self.first("accept", *leg),
            Fact::Declined { leg, .. } => self.first("decline", *leg),
            _other => 0,
        };
        let kind = match fact {
            Fact::MatterClosed(closed) => self.kinds.get(&closed.matter).copied(),
            _other => None,
        };
        // What happens while the hall is closed is of the day that opens next.
        let counted = match day {
            Some(day) => self.counted.entry(day).or_default(),
            None => &mut self.overnight,
        };
        match fact {
            Fact::Issued(issued) => {
                counted.issued += 1;
                counted.channels[issued.channel as usize] += 1;
            }
            Fact::Reprinted { .. } => counted.reprints += 1,
            Fact::Recalled { .. } => counted.recalls += 1,
            Fact::Held { .. } => counted.holds += 1,
            // Who went for a copy and did not come back had come: that is no call in vain.
            Fact::NoShowed { .. } => counted.no_show_events += 1,
            Fact::SentOn { via: Via::Transferred, .. } => counted.transferred += 1,
            Fact::SentOn { via: Via::Cashier, .. } => counted.to_cashier += 1,
            Fact::Finished { case, copies, .. } => {
                counted.served += 1;
                counted.copies += u32::from(*copies);
                if let Some(case) = case {
                    counted.cases[*case as usize] += 1;
                }
            }
            Fact::Noticed { .. } => counted.noticed += legs,
            Fact::Accepted { .. } => counted.accepted += legs,
            Fact::Declined { .. } => counted.declined += legs,
            Fact::Evaluated(said) => {
                counted.given[said.rating as usize] += 1;
                counted.few_levels += u32::from(said.scale < 5);
            }
            Fact::Cancelled { .. } => counted.cancelled += 1,
            Fact::AlertRaised { kind, level, .. } => {
                counted.alerts[*kind as usize][*level as usize] += 1;
            }
            Fact::Paused { .. } => counted.pauses += 1,
            Fact::MatterOpened(matter) => {
                self.kinds.insert(matter.id, matter.kind);
                counted.told += u32::from(matter.kind == MatterKind::Unresolved);
            }
            Fact::MatterClosed(_) => match kind {
                Some(MatterKind::Negative) => counted.matters_closed += 1,
                Some(MatterKind::Unresolved) => counted.told_closed += 1,
                None => panic!("{:?}: a matter that nobody opened", hall.last_day()),
            },
            _other => {}
        }
    }
}

impl Keeper for Book {
    fn keep(&mut self, hall: &Hall, events: &[Event]) {
        for event in events {
            self.sequence += 1;
            if let Fact::DayOpened { day, .. } = &event.fact {
                self.open = Some(*day);
                let overnight = std::mem::take(&mut self.overnight);
                self.counted.insert(*day, overnight);
            }
            self.count(hall, &event.fact);
            if let Fact::DayClosed { day } = event.fact {
                let closed = ClosedDay { day, sequence: self.sequence, hall: hall.clone() };
                self.store.keep(&closed, &self.clock).unwrap();
                self.days.insert(day, closed.hall);
                self.open = None;
            }
        }
    }
}

/// A month that was lived.
struct Month {
    _folder: tempfile::TempDir,
    profile: Profile,
    book: Book,
    /// The days of the month, one by one.
    days: Vec<Day>,
}

impl Month {
    fn live(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let profile = Profile::read(&tests::county()).unwrap();
        let book = Book {
            store: Store::open(folder.path()).unwrap(),
            clock: HallClock::real(profile.details.utc_offset_minutes),
            sequence: 0,
            open: None,
            counted: BTreeMap::new(),
            overnight: Counted::default(),
            told_of: BTreeSet::new(),
            kinds: BTreeMap::new(),
            days: BTreeMap::new(),
        };
        let shape = Shape { seed, tickets: (60, 130), staffed: 300 };
        let mut world = World::new(&profile, BEGINS, shape, book);
        let lived = world.live_until(ENDS);
        assert!(lived.tickets > 1_500, "{lived:?}");
        let (_, book) = world.end();
        let days = book.days.keys().copied().filter(|day| (FIRST..=LAST).contains(day)).collect();
        Self { _folder: folder, profile, book, days }
    }

    fn rules(&self) -> &Rules {
        self.profile.setup.rules()
    }

    /// What the report of the month says.
    fn report(&self, grouping: Grouping) -> GroupSums {
        self.book.store.total(grouping, (FIRST, LAST))
    }

    fn hall(&self) -> Figures {
        self.report(Grouping::Hall).hall()
    }

    fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.days.iter().flat_map(|day| self.book.days[day].tickets())
    }

    fn legs(&self) -> impl Iterator<Item = (&Ticket, usize, &Leg)> {
        self.tickets().flat_map(|ticket| {
            ticket.legs.iter().enumerate().map(move |(place, leg)| (ticket, place, leg))
        })
    }

    fn lines(&self, kind: LedgerKind) -> Vec<LedgerLine> {
        let lines = self.book.store.ledgers((FIRST, LAST));
        lines.filter(|line| line.kind == kind).collect()
    }

    fn rows(&self) -> Vec<TicketRow> {
        self.days.iter().flat_map(|day| self.book.store.tickets(*day)).collect()
    }
}

/// Each month is lived once for all tests.
fn each_month(check: impl Fn(u64, &Month)) {
    static MONTHS: [OnceLock<Month>; SEEDS.len()] = [const { OnceLock::new() }; SEEDS.len()];
    for (seed, month) in SEEDS.into_iter().zip(&MONTHS) {
        check(seed, month.get_or_init(|| Month::live(seed)));
    }
}

#[test]
fn a_month_says_what_was_counted_event_by_event() {
    each_month(|seed, month| {
        let mut counted = Counted::default();
        for (_, day) in month.book.counted.range(FIRST..=LAST) {
            add(&mut counted, day);
        }
        let figures = month.hall();
        let said = Counted {
            issued: figures.issued,
            channels: figures.channels,
            reprints: figures.reprints,
            recalls: figures.recalls,
            holds: figures.holds,
            no_show_events: figures.no_show_events,
            transferred: figures.transferred,
            to_cashier: figures.to_cashier,
            served: figures.served,
            copies: figures.copies,
            cases: figures.cases,
            noticed: figures.noticed,
            accepted: figures.accepted,
            declined: figures.declined,
            given: figures.given(),
            few_levels: figures.few_levels,
            cancelled: figures.cancelled,
            alerts: figures.alerts,
            pauses: figures.pauses,
            told: figures.matters_told,
            matters_closed: figures.matters_closed,
            told_closed: figures.told_closed,
        };
        assert_eq!(said, counted, "seed {seed}");
        let nothing = Counted::default();
        for (what, count) in [
            ("no-shows", counted.no_show_events),
            ("transfers", counted.transferred),
            ("payments", counted.to_cashier),
            ("holds", counted.holds),
            ("notices", counted.noticed),
            ("refusals", counted.declined),
            ("told", counted.told),
            ("closed", counted.matters_closed),
            ("late evaluations", figures.late_evaluations.iter().sum()),
            ("alerts", counted.alerts.iter().flatten().sum()),
        ] {
            assert!(count > 0, "seed {seed}: a month without {what} proves nothing");
        }
        assert!(counted.cases.iter().all(|count| *count > 0), "seed {seed}: {:?}", counted.cases);
        assert_ne!(counted, nothing);
    });
}

#[test]
fn a_month_is_the_sum_of_its_days_in_every_cut() {
    each_month(|seed, month| {
        for grouping in Grouping::ALL {
            let mut sum = GroupSums::default();
            for day in &month.days {
                let hall = &month.book.days[day];
                let clock = &month.book.clock;
                let sums = tally::sums(hall, clock, clock.end_of(*day), &[*grouping]);
                sum.merge(&GroupSums::of(&sums, *grouping));
            }
            assert_eq!(month.report(*grouping), sum, "seed {seed}, by {grouping}");
        }
    });
}

#[test]
fn a_month_says_what_stands_in_its_ledgers() {
    each_month(|seed, month| {
        let figures = month.hall();
        let rows = month.rows();
        let ended = |state| rows.iter().filter(|row| row.state == state).count() as u32;
        let lines = |kind| month.lines(kind).len() as u32;
        for (what, said, stands) in [
            ("tickets", figures.issued, rows.len() as u32),
            ("passed over", figures.no_shows, ended(TicketState::NoShow)),
            ("swept", figures.swept, ended(TicketState::Swept)),
            ("cancelled", figures.cancelled, ended(TicketState::Cancelled)),
            ("not printed", figures.not_printed, ended(TicketState::NotPrinted)),
            ("nobody is left at a window", figures.at_windows + figures.held, 0),
            (
                "who left",
                figures.no_shows + figures.swept + figures.cancelled,
                lines(LedgerKind::Gone),
            ),
            ("extended", figures.extended, lines(LedgerKind::Extended)),
            ("days off", figures.days_off, lines(LedgerKind::DaysOff)),
            ("agents", figures.by_agent, lines(LedgerKind::Agents)),
            ("guide desk", figures.assisted(), lines(LedgerKind::Assisted)),
            ("evaluations", figures.given().iter().sum(), {
                month.book.store.evaluations((FIRST, LAST)).count() as u32
            }),
            ("matters", figures.matters_closed + figures.told_closed, {
                month.book.store.matters((FIRST, LAST)).count() as u32
            }),
        ] {
            assert_eq!(said, stands, "seed {seed}: {what}");
        }
        // A leg that was sent on and had been told what is missing stands in the ledger too.
        let told = month.legs().filter(|(_, _, leg)| leg.desk.notices > 0).count() as u32;
        assert_eq!(told, lines(LedgerKind::Notices), "seed {seed}: notices");
        assert!(figures.days_off > 0, "seed {seed}: nobody came on a Saturday");
        assert!(figures.extended > 0, "seed {seed}: nobody was served late");
    });
}

#[test]
fn means_and_shares_are_weighted_by_what_they_rest_on() {
    each_month(|seed, month| {
        let figures = month.hall();
        let days: Vec<Figures> = month
            .days
            .iter()
            .map(|day| month.book.store.total(Grouping::Hall, (*day, *day)).hall())
            .collect();
        for indicator in Indicator::ALL {
            let of_month = indicator.of(&figures, month.rules());
            let of_days = || days.iter().map(|day| indicator.of(day, month.rules()));
            // A peak is the worst of its days; a stock is the last day's, and belongs to no sum.
            let worst = || of_days().filter_map(Value::number).fold(0.0, f64::max);
            let sum: f64 = match indicator {
                Indicator::WaitingMost | Indicator::Crowding => {
                    assert_eq!(of_month.number(), Some(worst()), "seed {seed}: {indicator}");
                    continue;
                }
                Indicator::MattersClosed | Indicator::ToldClosed => continue,
                _summed => of_days().filter_map(weight).sum(),
            };
            let said = weight(of_month).unwrap_or(0.0);
            assert!(
                (said - sum).abs() <= 1e-6 * sum.abs().max(1.0),
                "seed {seed}: {indicator} of the month is {said}, of its days {sum}"
            );
        }
        let mean = |spans: Vec<Millis>| {
            let sum: u64 = spans.iter().map(|span| span.0).sum();
            sum as f64 / spans.len() as f64 / 60_000.0
        };
        let is_over = |leg: &Leg| leg.finished.is_some() || leg.sent.is_some();
        let waits = month.legs().filter(|(_, place, leg)| *place == 0 && is_over(leg));
        let waits = waits.map(|(_, _, leg)| leg.called_first.unwrap().since(leg.entered)).collect();
        let said = Indicator::Wait.of(&figures, month.rules()).number().unwrap();
        assert!((mean(waits) - said).abs() < 1e-9, "seed {seed}: the mean wait is {said}");
        let answered = month.legs().filter(|(_, _, leg)| leg.finished.is_some() && !leg.presumed);
        let answered = answered.filter_map(|(_, _, leg)| Some(leg.started?.since(leg.summoned?)));
        let said = Indicator::Response.of(&figures, month.rules()).number().unwrap();
        assert!((mean(answered.collect()) - said).abs() < 1e-9, "seed {seed}: response {said}");
    });
}

#[test]
fn the_hall_is_the_sum_of_its_cuts_where_a_cut_leaves_nobody_out() {
    each_month(|seed, month| {
        let hall = month.hall();
        type Part = (&'static str, fn(&Figures) -> u64);
        let people: [Part; 8] = [
            ("issued", |it| it.issued.into()),
            ("served", |it| it.served.into()),
            ("no-shows", |it| it.no_show_events.into()),
            ("transfers", |it| it.transferred.into()),
            ("waits", |it| it.waits.sum().0),
            ("evaluations", |it| it.given().iter().map(|count| u64::from(*count)).sum()),
            ("cases", |it| it.cases.iter().map(|count| u64::from(*count)).sum()),
            ("declined", |it| it.declined.into()),
        ];
        let times: [Part; 4] = [
            ("signed on", |it| it.signed.0),
            ("served for", |it| it.serving.0),
            ("pauses", |it| it.pauses.into()),
            ("paused", |it| it.paused.0),
        ];
        let taken: [Part; 1] = [("issued", |it| it.issued.into())];
        let nothing_named = |ticket: &Ticket, place: usize| {
            let last = place + 1 == ticket.legs.len();
            ticket.legs[place].item.is_none() && !(last && ticket.item.is_some())
        };
        let items = month.report(Grouping::Item).groups;
        let of_items = |of: fn(&Figures) -> u32| items.values().map(of).sum::<u32>();
        let without = month.tickets().filter(|ticket| nothing_named(ticket, 0)).count() as u32;
        assert_eq!(of_items(|it| it.issued) + without, hall.issued, "seed {seed}: issued by item");
        let ended = month.legs().filter(|(_, _, leg)| leg.finished.is_some());
        let without = ended.filter(|(ticket, place, _)| nothing_named(ticket, *place)).count();
        let served = of_items(|it| it.served) + without as u32;
        assert_eq!(served, hall.served, "seed {seed}: served by item");
        let cuts: [(Grouping, Vec<Part>); 6] = [
            (Grouping::Queue, people.to_vec()),
            (Grouping::Zone, people.to_vec()),
            (Grouping::Department, people.to_vec()),
            (Grouping::Window, [&people[1..], &times].concat()),
            (Grouping::Clerk, [&people[1..], &times].concat()),
            (Grouping::Device, taken.to_vec()),
        ];
        for (grouping, parts) in cuts {
            let groups = month.report(grouping).groups;
            for (what, of) in parts {
                let sum: u64 = groups.values().map(of).sum();
                assert_eq!(sum, of(&hall), "seed {seed}: {what} by {grouping}");
            }
        }
    });
}

/// What can be added up of a value: a part, a sum.
fn weight(value: Value) -> Option<f64> {
    match value {
        Value::Count(_) | Value::Time { .. } => value.number(),
        Value::Share(_)
        | Value::ShareOfTime(_)
        | Value::Rate { .. }
        | Value::Spread(_)
        | Value::MeanTime { .. }
        | Value::Points { .. } => Some(value.number()? * value.base()?),
    }
}

fn add(sum: &mut Counted, day: &Counted) {
    fn all<const N: usize>(sum: &mut [u32; N], day: [u32; N]) {
        sum.iter_mut().zip(day).for_each(|(sum, count)| *sum += count);
    }
    let single: [(&mut u32, u32); 17] = [
        (&mut sum.issued, day.issued),
        (&mut sum.reprints, day.reprints),
        (&mut sum.recalls, day.recalls),
        (&mut sum.holds, day.holds),
        (&mut sum.no_show_events, day.no_show_events),
        (&mut sum.transferred, day.transferred),
        (&mut sum.to_cashier, day.to_cashier),
        (&mut sum.served, day.served),
        (&mut sum.copies, day.copies),
        (&mut sum.noticed, day.noticed),
        (&mut sum.accepted, day.accepted),
        (&mut sum.declined, day.declined),
        (&mut sum.few_levels, day.few_levels),
        (&mut sum.cancelled, day.cancelled),
        (&mut sum.pauses, day.pauses),
        (&mut sum.told, day.told),
        (&mut sum.matters_closed, day.matters_closed),
    ];
    single.into_iter().for_each(|(sum, count)| *sum += count);
    sum.told_closed += day.told_closed;
    all(&mut sum.channels, day.channels);
    all(&mut sum.cases, day.cases);
    all(&mut sum.given, day.given);
    sum.alerts.iter_mut().zip(day.alerts).for_each(|(sum, of_day)| all(sum, of_day));
}
