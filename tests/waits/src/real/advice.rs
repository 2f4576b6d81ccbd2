//! Is the adviser right? At troubles of the sample hall its first remedy is carried out in the true
//! hall, beside the same hall in which nothing is done, and what it promised is laid beside what came.

use hall::{
    Hall,
    command::Command,
    forecast::{
        advise::{Effort, Remedy, Scene, Tried},
        ask::{Budget, Forecaster},
        learned::Learned,
        model::Model,
        pace::Today,
    },
    ids::QueueId,
    time::{Millis, Timestamp},
};

use super::{Date, Kind, RealDay, RealHall};
use crate::{
    day::{MIDNIGHT, NoticesNothing},
    luck::Luck,
    on_the_core,
};

/// How often the hall is looked at.
const EVERY: Millis = Millis::from_minutes(15);

/// The clerk who is called to a window comes after so long, as the adviser reckons.
const COMES_AFTER: Millis = Millis::from_minutes(5);

/// What came of the adviser's first remedies. Shares in per cent, waits in minutes.
#[derive(Debug, Default)]
pub struct HitRate {
    /// Troubles for which there was advice.
    pub troubles: usize,
    /// Troubles for which nothing would have helped.
    pub without_advice: usize,
    /// What was promised and what came of the mean wait of the queue in trouble, each time.
    pub means: Vec<Promise>,
    /// The same of its longest wait.
    pub longest: Vec<Promise>,
    /// The same two of everything that was told, not only what came first.
    pub all_means: Vec<Promise>,
    /// Its longest wait.
    pub all_longest: Vec<Promise>,
    /// How often the whole hall bore less.
    pub better: usize,
    /// How often it did of everything that was told.
    pub all_better: usize,
    /// Which remedy came first, how often.
    pub kinds: [(&'static str, usize); 5],
    /// Milliseconds of a core that one advice took: the middle, and the ninth tenth.
    pub millis: [f64; 2],
}

/// A change that was promised, with its range, and what came.
#[derive(Debug, Clone, Copy)]
pub struct Promise {
    /// One run in ten, half, nine in ten.
    pub promised: [f64; 3],
    /// What came.
    pub came: f64,
}

const KINDS: [&str; 5] = ["tide", "loan", "break", "no numbers", "stand-in"];

fn kind(remedy: &Remedy) -> usize {
    match remedy {
        Remedy::OpenTide { .. } => 0,
        Remedy::Lend { .. } => 1,
        Remedy::ShiftBreak { .. } => 2,
        Remedy::StopIssue { .. } => 3,
        Remedy::StandIn { .. } => 4,
    }
}

/// Looks for so many troubles on days of these kinds; at most one of a queue in a half day.
#[must_use]
pub fn hit_rate(
    real: &RealHall,
    learned: &Learned,
    kinds: &[Kind],
    troubles: usize,
    seed: u64,
) -> HitRate {
    let mut luck = Luck::new(seed);
    let mut rate = HitRate { kinds: KINDS.map(|name| (name, 0)), ..HitRate::default() };
    let mut millis = Vec::new();
    let mut forecaster = Forecaster::new();
    for round in 0..troubles {
        for kind in kinds {
            let Some(date) = real.days_of(*kind, round + 1).pop() else { continue };
            let mut watch = Watch { real, learned, forecaster: &mut forecaster, rate: &mut rate };
            watch.live(date, luck.next(), troubles, &mut millis);
            if rate.troubles >= troubles {
                rate.millis = crate::middle_and_ninth(millis);
                return rate;
            }
        }
    }
    rate.millis = crate::middle_and_ninth(millis);
    rate
}

struct Watch<'w> {
    real: &'w RealHall,
    learned: &'w Learned,
    forecaster: &'w mut Forecaster,
    rate: &'w mut HitRate,
}

impl Watch<'_> {
    fn live(&mut self, date: Date, seed: u64, troubles: usize, millis: &mut Vec<f64>) {
        let mut day = RealDay::new(self.real, date, seed);
        day.begin();
        let mut luck = Luck::new(seed ^ 3);
        let sessions = day.outlook.sessions.clone();
        for session in sessions {
            let mut seen: Vec<QueueId> = Vec::new();
            let mut look = session.opens + EVERY;
            // What is done in a session's last hour is hardly seen any more.
            while look + Millis::from_minutes(75) < session.closes {
                while day.next().is_some_and(|at| at <= look) {
                    day.step(&mut NoticesNothing);
                }
                day.now = day.now.max(look);
                let found = self.troubles(&day, date, luck.next());
                let fresh = found.into_iter().find(|queue| !seen.contains(queue));
                if let Some(queue) = fresh {
                    seen.push(queue);
                    let begun = on_the_core();
                    let advice = self.advise(&day, date, queue, luck.next());
                    millis.push(on_the_core() - begun);
                    if self.rate.troubles >= troubles {
                        return;
                    }
                    self.rate.without_advice += usize::from(advice.is_empty());
                    self.carry_out(&day, queue, &advice);
                }
                look = look + EVERY;
            }
        }
    }

    fn troubles(&mut self, day: &RealDay, date: Date, seed: u64) -> Vec<QueueId> {
        let (hall, learned, now) = (&day.hall, self.learned, day.now);
        let today = Today::of(hall, learned, (date.weekday, MIDNIGHT), now);
        let Some(model) = Model::of(hall, now, learned, today, &day.outlook) else {
            return Vec::new();
        };
        let budget = Budget { runs: 60, steps: u64::MAX };
        let hour = self.forecaster.hour(&model, Millis::from_minutes(60), seed, budget);
        let queues = hour.into_iter().flat_map(|hour| hour.queues);
        let red = queues.filter(|it| it.red.is_some_and(|red| red.share >= 0.5));
        red.map(|it| it.queue).collect()
    }

    fn advise(&mut self, day: &RealDay, date: Date, queue: QueueId, seed: u64) -> Vec<Tried> {
        let (hall, learned, now) = (&day.hall, self.learned, day.now);
        let today = Today::of(hall, learned, (date.weekday, MIDNIGHT), now);
        let scene = Scene { hall, now, learned, today, outlook: &day.outlook };
        let advice = scene.advise(self.forecaster, queue, seed, Effort::default());
        advice.map_or_else(Vec::new, |advice| advice.remedies)
    }

    /// Everything that is told, each in a copy of the true hall.
    fn carry_out(&mut self, day: &RealDay, queue: QueueId, told: &[Tried]) {
        let mut nothing = day.clone();
        while nothing.step(&mut NoticesNothing) {}
        let span = (day.now, day.now + Effort::default().span);
        let before = waits(&nothing.hall, span);
        let was = of_queue(&before, queue);
        let minutes = |change: [i64; 3]| change.map(|it| it as f64 / 60_000.0);
        for (place, tried) in told.iter().enumerate() {
            let mut done = day.clone();
            done_by_hand(&mut done, &tried.remedy);
            while done.step(&mut NoticesNothing) {}
            let after = waits(&done.hall, span);
            let is = of_queue(&after, queue);
            let effect = tried.effects.iter().find(|effect| effect.queue == queue);
            let of = |change: Option<[i64; 3]>, came: f64| Promise {
                promised: minutes(change.unwrap_or_default()),
                came,
            };
            let of_mean = of(effect.map(|it| it.mean_change), mean(&is) - mean(&was));
            let change = effect.map(|it| it.longest_change);
            let of_longest = of(change, longest(&is) - longest(&was));
            let better = usize::from(burden(self.real, &after) < burden(self.real, &before));
            self.rate.all_better += better;
            self.rate.all_means.push(of_mean);
            self.rate.all_longest.push(of_longest);
            if place == 0 {
                self.rate.troubles += 1;
                self.rate.kinds[kind(&tried.remedy)].1 += 1;
                self.rate.better += better;
                self.rate.means.push(of_mean);
                self.rate.longest.push(of_longest);
            }
        }
    }
}

/// What the manager does in the true hall.
fn done_by_hand(day: &mut RealDay, remedy: &Remedy) {
    let now = day.now;
    let until = |minutes: u16| now + Millis::from_minutes(u64::from(minutes));
    match remedy {
        Remedy::OpenTide { window, queues, minutes, clerk } => {
            if let Some(staff) = clerk {
                day.comes_to_work(*window, *staff, now + COMES_AFTER);
            }
            let (window, queues, minutes) = (*window, queues.clone(), Some(*minutes));
            day.intervene(Command::OpenTide { window, queues, minutes });
        }
        Remedy::Lend { queue, window, minutes } => {
            let (queue, window, until) = (*queue, *window, Some(until(*minutes)));
            day.intervene(Command::Lend { queue, window, until });
        }
        Remedy::StandIn { window, staff } => {
            day.comes_to_work(*window, *staff, now + COMES_AFTER);
        }
        Remedy::StopIssue { queue, minutes, .. } => day.stop_issue(*queue, until(*minutes)),
        // In the sample halls nobody's break is planned: noon is between the sessions.
        Remedy::ShiftBreak { .. } => {}
    }
}

/// Waits in minutes of everybody who waits at the beginning of a span or comes within it.
fn waits(hall: &Hall, (from, until): (Timestamp, Timestamp)) -> Vec<(QueueId, f64)> {
    let legs = hall.tickets().flat_map(|ticket| &ticket.legs);
    let waits = legs.filter_map(|leg| {
        let called = leg.called_first?;
        let counts = leg.entered <= until && called > from;
        let wait = called.since(leg.entered).0 as f64 / 60_000.0;
        counts.then_some((leg.queue, wait))
    });
    waits.collect()
}

fn of_queue(waits: &[(QueueId, f64)], queue: QueueId) -> Vec<f64> {
    waits.iter().filter(|(of, _)| *of == queue).map(|(_, wait)| *wait).collect()
}

fn mean(waits: &[f64]) -> f64 {
    waits.iter().sum::<f64>() / waits.len().max(1) as f64
}

fn longest(waits: &[f64]) -> f64 {
    waits.iter().copied().fold(0.0, f64::max)
}

/// Waits, in which what lies above the yellow limit counts twice.
fn burden(real: &RealHall, waits: &[(QueueId, f64)]) -> f64 {
    let limit = f64::from(real.setup.rules().wait_yellow_minutes);
    waits.iter().map(|(_, wait)| wait + (wait - limit).max(0.0)).sum()
}

impl HitRate {
    /// As it stands in the page.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text = format!(
            "{} troubles with advice, {} for which nothing helps. First came: {}.\n\n",
            self.troubles,
            self.without_advice,
            self.kinds.map(|(name, count)| format!("{name} {count}")).join(", ")
        );
        let share = |count: usize, of: usize| 100.0 * count as f64 / of.max(1) as f64;
        text += "| | times | promised min | came min | mean error min | shorter, as promised | in the 80 % range |\n";
        text += "| --- | --- | --- | --- | --- | --- | --- |\n";
        for (name, promises) in [
            ("the first: mean wait of the queue", &self.means),
            ("… its longest wait", &self.longest),
            ("everything told: mean wait of the queue", &self.all_means),
            ("… its longest wait", &self.all_longest),
        ] {
            let count = promises.len();
            let sum = |of: fn(&Promise) -> f64| {
                promises.iter().map(of).sum::<f64>() / count.max(1) as f64
            };
            let hits = promises.iter().filter(|it| it.came < 0.0).count();
            let inside = |it: &&Promise| it.promised[0] <= it.came && it.came <= it.promised[2];
            text += &format!(
                "| {name} | {count} | {:+.1} | {:+.1} | {:.1} | {:.0} % | {:.0} % |\n",
                sum(|it| it.promised[1]),
                sum(|it| it.came),
                sum(|it| (it.promised[1] - it.came).abs()),
                share(hits, count),
                share(promises.iter().filter(inside).count(), count)
            );
        }
        text += &format!(
            "\nThe whole hall bore less in {:.0} % with the first, in {:.0} % with everything told. One advice \
             took {:.0} ms of a core in the middle, {:.0} ms in the ninth tenth.\n",
            share(self.better, self.troubles),
            share(self.all_better, self.all_means.len()),
            self.millis[0],
            self.millis[1]
        );
        text
    }
}
