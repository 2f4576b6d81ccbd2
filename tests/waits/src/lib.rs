//! How good is the hall's word? Halls are played whose seed nobody knows who predicts; what is
//! learned is learned from what a server would have logged; and the forecast is scored beside the
//! rules by which others print a wait.

mod benchmarks;
mod day;
mod halls;
pub mod luck;
pub mod real;
mod reference;
mod rivals;
mod score;
mod table;

use std::sync::Arc;

use hall::{
    Hall,
    forecast::{
        ask::{Budget, Forecast, Forecaster},
        learned::Learned,
        log::DayLog,
        model::Model,
        outlook::Outlook,
        pace::Today,
    },
    ids::TicketId,
    setup::Setup,
};

use self::luck::Luck;
pub use self::{
    benchmarks::write,
    halls::{BY_DEFAULT, LARGEST, SCENARIOS, Scenario},
    reference::beside,
    score::Score,
    table::{speed, summary, table},
};
use self::{
    day::{Day, MIDNIGHT, Notices, NoticesNothing},
    rivals::RIVALS,
    score::{Calibration, Guess},
};

/// How much is played.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Days to learn from.
    pub learn: usize,
    /// Of these, days by which the rivals' ranges are set.
    pub calibrate: usize,
    /// Days that are predicted.
    pub test: usize,
    /// Tickets of a day that are predicted.
    pub tickets: u64,
    /// Runs of a forecast.
    pub runs: u32,
    /// Of the world.
    pub seed: u64,
}

/// What came of a scenario.
#[derive(Debug)]
pub struct Found {
    /// Which.
    pub scenario: &'static str,
    /// Waits of those predicted, in minutes: the mean, the middle and the ninth tenth.
    pub waits: [f64; 3],
    /// Tickets predicted.
    pub tickets: usize,
    /// Who predicted, and how well.
    pub scores: Vec<(&'static str, Score)>,
    /// A forecast with its model took so many milliseconds of a core: the middle, and the ninth
    /// tenth.
    pub millis: [f64; 2],
}

/// The forecast without and with what the day has shown.
pub const FORWARD: [&str; 2] = ["run forward", "run forward, today's pace"];

/// What else could be told of the same runs as one number.
pub const OTHERWISE: [&str; 2] = ["… their mean in place of their middle", "… six in ten of them"];

impl Found {
    /// The score of somebody who predicted.
    ///
    /// # Panics
    /// If there is no such name.
    #[must_use]
    pub fn of(&self, name: &str) -> Score {
        self.scores.iter().find(|(each, _)| *each == name).expect("a name of the table").1
    }
}

/// Plays a scenario and scores everybody.
#[must_use]
pub fn play(scenario: &Scenario, size: Size) -> Found {
    let mut luck = Luck::new(size.seed);
    let setup = Arc::new(scenario.setup());
    let seeds: Vec<u64> = (0..size.learn + size.test).map(|_| luck.next()).collect();
    let (learn, test) = seeds.split_at(size.learn);
    let mut logs = Vec::new();
    for (at, seed) in learn.iter().enumerate() {
        let day = Day::new(scenario, &setup, at, *seed, false);
        logs.push(day.live(&mut NoticesNothing).1);
    }
    let learned = Learned::of(&setup, &logs);
    let mut calibration = Calibration::default();
    let from = size.learn.saturating_sub(size.calibrate);
    for (at, seed) in learn.iter().enumerate().skip(from) {
        let mut watcher = Watcher::new(&setup, &learned, size, seed ^ 1, false);
        let (hall, _) = Day::new(scenario, &setup, at, *seed, false).live(&mut watcher);
        watcher.close(&hall, |truth, guesses| calibration.learn(truth, guesses));
    }
    calibration.settle();
    let (mut scores, mut truths) = (score::Scores::default(), Vec::new());
    let mut millis = Vec::new();
    for (at, seed) in test.iter().enumerate() {
        let mut watcher = Watcher::new(&setup, &learned, size, seed ^ 2, true);
        let day = Day::new(scenario, &setup, size.learn + at, *seed, true);
        let (hall, _) = day.live(&mut watcher);
        millis.append(&mut watcher.millis);
        watcher.close(&hall, |truth, guesses| {
            truths.push(truth);
            scores.add(truth, &calibration.ranged(guesses));
        });
    }
    settled(scenario.name, truths, scores, millis)
}

fn settled(
    scenario: &'static str,
    mut truths: Vec<f64>,
    scores: score::Scores,
    millis: Vec<f64>,
) -> Found {
    truths.sort_by(f64::total_cmp);
    let at = |part: f64| truths.get((truths.len() as f64 * part) as usize).copied().unwrap_or(0.0);
    let mean = truths.iter().sum::<f64>() / truths.len().max(1) as f64;
    Found {
        scenario,
        waits: [mean, at(0.5), at(0.9)],
        tickets: truths.len(),
        scores: scores.settled(mean),
        millis: middle_and_ninth(millis),
    }
}

/// Looks at the hall when a ticket is taken, and says how long it will wait.
struct Watcher<'w> {
    setup: &'w Setup,
    learned: &'w Learned,
    size: Size,
    luck: Luck,
    forecaster: Forecaster,
    told: Vec<(TicketId, Vec<Guess>)>,
    runs_forward: bool,
    millis: Vec<f64>,
}

impl<'w> Watcher<'w> {
    fn new(setup: &'w Setup, learned: &'w Learned, size: Size, seed: u64, runs: bool) -> Self {
        Self {
            setup,
            learned,
            size,
            luck: Luck::new(seed),
            forecaster: Forecaster::new(),
            told: Vec::new(),
            runs_forward: runs,
            millis: Vec::new(),
        }
    }

    /// What came, in minutes, beside what was told.
    fn close(self, hall: &Hall, mut tell: impl FnMut(f64, &[Guess])) {
        for (id, guesses) in &self.told {
            let Some(ticket) = hall.ticket(*id) else { continue };
            let Some(called) = ticket.legs[0].called_first else { continue };
            tell(called.since(ticket.issued).0 as f64 / 60_000.0, guesses);
        }
    }

    fn forecast(&mut self, model: &Model, target: u32, runs: u32) -> Option<Forecast> {
        let budget = Budget { runs, steps: u64::MAX };
        self.forecaster.ask(model, &[target], self.luck.next(), budget).pop().flatten()
    }
}

impl Notices for Watcher<'_> {
    fn taken(&mut self, hall: &Hall, id: TicketId, outlook: &Outlook, of_day: u64) {
        if self.luck.below(of_day) >= self.size.tickets {
            return;
        }
        let Some(ticket) = hall.ticket(id) else { return };
        let now = ticket.issued;
        let mut guesses = rivals::guesses(hall, self.setup, self.learned, ticket);
        let Some(target) = Model::place_of(hall, id) else { return };
        let of_day = (outlook.weekday, MIDNIGHT);
        let begun = on_the_core();
        let usual = Model::of(hall, now, self.learned, Today::USUAL, outlook);
        let Some(model) = usual else { return };
        let by_length = self.forecast(&model, target, 0);
        guesses.push(Guess::point(RIVALS[5], by_length.map_or(0.0, |it| minutes(it.mid.0))));
        if self.runs_forward {
            let plain = self.forecast(&model, target, self.size.runs);
            self.millis.push(on_the_core() - begun);
            let today = Today::of(hall, self.learned, of_day, now);
            let paced = Model::of(hall, now, self.learned, today, outlook)
                .and_then(|model| self.forecast(&model, target, self.size.runs));
            let waits = self.forecaster.waits_of(0);
            let mean = waits.iter().sum::<i64>() / waits.len().max(1) as i64;
            let sixth = waits.get(waits.len() * 6 / 10).copied().unwrap_or(0);
            for (name, wait) in OTHERWISE.into_iter().zip([mean, sixth]) {
                let range = paced.map(|told| (minutes(told.low.0), minutes(told.high.0)));
                guesses.push(Guess { name, mid: minutes(wait.max(0) as u64), range });
            }
            for (name, told) in FORWARD.into_iter().zip([plain, paced]) {
                let Some(told) = told else { continue };
                let [low, mid, high] = [told.low, told.mid, told.high].map(|it| minutes(it.0));
                guesses.push(Guess { name, mid, range: Some((low, high)) });
            }
        }
        self.told.push((id, guesses));
    }
}

/// Milliseconds that this thread has had of a core: what others do on it does not count.
fn on_the_core() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 * 1_000.0 + time.tv_nsec as f64 / 1_000_000.0
}

fn middle_and_ninth(mut millis: Vec<f64>) -> [f64; 2] {
    millis.sort_by(f64::total_cmp);
    let at = |part: f64| millis.get((millis.len() as f64 * part) as usize).copied();
    [0.5, 0.9].map(|part| at(part).unwrap_or(0.0))
}

fn minutes(millis: u64) -> f64 {
    millis as f64 / 60_000.0
}

/// What a day leaves to learn from.
fn log_of(hall: &Hall, weekday: u8) -> DayLog {
    DayLog::of(hall, weekday, MIDNIGHT).expect("the day is open")
}
