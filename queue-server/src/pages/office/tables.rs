//! The tables of the day: clerks, pauses, kinds of case, reasons, half hours.

use wire::{tally::Tally, texts::Texts};

use crate::pages::written;

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

pub fn reasons(tally: &Tally, texts: &Texts) -> Vec<(String, u32)> {
    let mut reasons: Vec<_> = tally.negative_reasons.clone();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.count));
    let word = |reason: &wire::tally::ReasonTally| {
        (texts.get(&format!("reason.{}", reason.reason)).to_owned(), reason.count)
    };
    reasons.iter().map(word).collect()
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
