//! The tables of the day: clerks, pauses, kinds of case, reasons, half hours.

use hall::{event::matter::Matter, time::Timestamp};
use wire::{tally::Tally, texts::Texts};

use crate::{app::App, clock::HallClock, pages::written};

/// Words shown; the whole is behind `GET /matters`.
const WORDS_SHOWN: usize = 20;

/// A clerk's row.
pub struct ClerkRow {
    pub no: String,
    pub served: u32,
    pub service: String,
    pub no_shows: u32,
    pub evaluated: u32,
    pub score: String,
}

/// A reason to pause.
pub struct PauseRow {
    pub name: String,
    pub count: u32,
    pub minutes: String,
}

/// Half an hour.
pub struct HalfRow {
    pub from: String,
    pub issued: u32,
    pub called: u32,
    pub wait: String,
}

/// How many evaluations there are.
pub fn evaluated(evaluations: [u32; 5]) -> u32 {
    evaluations.iter().sum()
}

/// 加权得分, or a dot.
pub fn score(evaluations: [u32; 5]) -> String {
    wire::tally::score(evaluations)
        .map_or(written::NOBODY.to_owned(), |score| format!("{score:.1}"))
}

pub fn clerks(tally: &Tally) -> Vec<ClerkRow> {
    let row = |clerk: &wire::tally::StaffTally| ClerkRow {
        no: clerk.staff.to_string(),
        served: clerk.served,
        service: written::mean(&clerk.service),
        no_shows: clerk.no_show_events,
        evaluated: evaluated(clerk.evaluations),
        score: score(clerk.evaluations),
    };
    tally.staff.iter().map(row).collect()
}

pub fn pauses(tally: &Tally, texts: &Texts) -> Vec<PauseRow> {
    let row = |pause: &wire::tally::PauseTally| PauseRow {
        name: texts.get(&format!("pause_reason.{}", pause.reason)).to_owned(),
        count: pause.count,
        minutes: written::tenths(pause.secs as f64, pause.count),
    };
    tally.pauses.iter().map(row).collect()
}

pub fn cases(tally: &Tally, texts: &Texts) -> Vec<(String, u32)> {
    let cases = tally.cases.iter();
    cases.map(|case| (texts.get(&format!("case.{}", case.kind)).to_owned(), case.count)).collect()
}

/// What was done at the desks beside; none if nothing was.
pub fn at_desk(tally: &Tally, texts: &Texts) -> Vec<(String, u32)> {
    let all = [
        ("office.copies", tally.copies),
        ("office.accepted", tally.accepted),
        ("office.declined", tally.declined),
        ("office.posted", tally.posted),
        ("office.unnoticed", tally.unnoticed),
    ];
    let told = all.into_iter().filter(|(_, count)| *count > 0);
    told.map(|(key, count)| (texts.get(key).to_owned(), count)).collect()
}

/// 顶岗.
pub struct StandInRow {
    pub window: String,
    pub absent: String,
    pub staff: String,
    pub since: String,
    /// Empty while it lasts.
    pub until: String,
}

pub fn stand_ins(tally: &Tally, clock: &HallClock) -> Vec<StandInRow> {
    let time = |at: i64| written::time(clock, Timestamp(at));
    let row = |each: &wire::tally::StandInTally| StandInRow {
        window: each.window.to_string(),
        absent: each.absent.to_string(),
        staff: each.staff.to_string(),
        since: time(each.since),
        until: each.until.map_or(String::new(), time),
    };
    tally.stand_ins.iter().map(row).collect()
}

pub fn reasons(tally: &Tally, texts: &Texts) -> Vec<(String, u32)> {
    let mut reasons: Vec<_> = tally.negative_reasons.clone();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    let word = |reason: &wire::tally::ReasonTally| {
        (texts.get(&format!("reason.{}", reason.reason)).to_owned(), reason.count)
    };
    reasons.iter().map(word).collect()
}

/// Words that people added to a 差评, the newest first: of what is open, and of what was closed today.
pub fn words(app: &App, texts: &Texts) -> Vec<(String, String)> {
    app.read(|hall| {
        let closed = hall.matters_closed().iter().map(|closed| &closed.matter);
        let all = hall.matters().chain(closed).filter(|matter| !matter.text.is_empty());
        let mut all: Vec<&Matter> = all.collect();
        all.sort_by_key(|matter| std::cmp::Reverse(matter.opened));
        let of_what = |matter: &Matter| {
            let no = matter.no.map_or(String::new(), |no| no.to_string());
            let window = matter.window.map(|id| texts.fill("screen.window_no", &[("n", &id)]));
            let rating =
                matter.rating.map(|level| texts.get(&format!("rating.{level}")).to_owned());
            let parts = [no, window.unwrap_or_default(), rating.unwrap_or_default()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
        };
        let row = |matter: &&Matter| (of_what(matter), matter.text.clone());
        all.iter().take(WORDS_SHOWN).map(row).collect()
    })
}

/// Why there are no reasons: nobody complained, or nobody said why.
pub fn no_reasons(tally: &Tally) -> &'static str {
    let [worst, bad, ..] = tally.evaluations;
    if worst + bad == 0 { "office.no_reasons" } else { "office.reasons_not_given" }
}

pub fn halves(tally: &Tally) -> Vec<HalfRow> {
    let row = |half: &wire::tally::HalfHour| HalfRow {
        from: half.from.clone(),
        issued: half.issued,
        called: half.called,
        wait: half
            .wait_mean_secs
            .map_or(written::NOBODY.to_owned(), |secs| written::tenths(secs, 1)),
    };
    tally.half_hours.iter().map(row).collect()
}

/// The classes of the distribution: "0–5", …, "60+".
pub fn waits(tally: &Tally) -> Vec<(String, u32)> {
    let last = tally.wait_histogram.len().saturating_sub(1);
    let class = |(at, count): (usize, &u32)| {
        let from = at * 5;
        (if at == last { format!("{from}+") } else { format!("{from}–{}", from + 5) }, *count)
    };
    tally.wait_histogram.iter().enumerate().map(class).collect()
}
