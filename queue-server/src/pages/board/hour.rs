//! 未来一小时: how the queues will do, those first where a limit is passed.

use std::cmp::Reverse;

use hall::{
    forecast::hour::{Passing, QueueHour},
    setup::Queue,
    time::{Millis, Timestamp},
};
use wire::texts::Texts;

use crate::{
    app::App,
    clock::HallClock,
    forecasts::Picture,
    pages::{named::Names, written},
};

/// Rows that stand on the board; the others pass no limit before these do.
const ROWS_MAX: usize = 8;

/// A limit that is passed in a smaller share of the runs is not spoken of.
const SPOKEN_OF: f64 = 0.2;

/// A queue's hour.
pub struct HourRow {
    pub letter: char,
    pub name: String,
    /// People who will wait when the hour is over.
    pub left: String,
    /// The mean wait of those who wait or come.
    pub mean: String,
    /// The longest of them: half of the runs, …
    pub longest: String,
    /// … and one in ten to nine in ten.
    pub band: String,
    pub yellow: String,
    pub red: String,
    /// `red`, `yellow` or nothing.
    pub level: &'static str,
}

/// The hour ahead.
pub struct Hours {
    pub rows: Vec<HourRow>,
    /// What stands in the place of rows.
    pub nothing: String,
    /// From when it looks ahead, and out of how many runs.
    pub made: String,
}

/// The hour ahead of every queue in which something happens.
pub fn of(app: &App, texts: &Texts) -> Hours {
    let picture = app.forecasts.fresh(app.now());
    let Some((picture, hour)) = picture.as_ref().and_then(|it| Some((it, it.hour.as_ref()?)))
    else {
        let nothing = texts.get("board.no_hour").to_owned();
        return Hours { rows: Vec::new(), nothing, made: String::new() };
    };
    let mut found: Vec<&QueueHour> = hour.queues.iter().filter(|it| it.people >= 0.5).collect();
    found.sort_by_key(|it| (Reverse(trouble(it)), Reverse(it.longest.mid)));
    let queue = |id| app.profile.setup.queue(id);
    let rows = found.iter().filter_map(|it| Some(row(app, picture, queue(it.queue)?, it, texts)));
    let at = written::time(&app.clock, picture.at);
    Hours {
        rows: rows.take(ROWS_MAX).collect(),
        nothing: texts.get("board.quiet_hour").to_owned(),
        made: texts.fill("board.hour_made", &[("time", &at), ("n", &hour.runs)]),
    }
}

/// The worst limit that is passed, and how surely, in tenths.
fn trouble(hour: &QueueHour) -> (u8, u64) {
    let tenths = |passing: Option<Passing>| {
        let share = passing.map_or(0.0, |passing| passing.share);
        if share < SPOKEN_OF { 0 } else { (share * 10.0) as u64 }
    };
    match (tenths(hour.red), tenths(hour.yellow)) {
        (0, 0) => (0, 0),
        (0, yellow) => (1, yellow),
        (red, _) => (2, red),
    }
}

fn row(app: &App, picture: &Picture, queue: &Queue, hour: &QueueHour, texts: &Texts) -> HourRow {
    let said = |passing| passing_said(&app.clock, picture.at, passing, texts);
    let minutes = |span: Millis| written::minutes_ahead(span.as_secs());
    let (low, high) = (minutes(hour.longest.low), minutes(hour.longest.high));
    let [few, half, many] = hour.left;
    HourRow {
        letter: queue.letter,
        name: Names::by(app, texts).queue(queue.id),
        left: if few == many { half.to_string() } else { format!("{half} ({few}~{many})") },
        mean: minutes(hour.mean),
        longest: minutes(hour.longest.mid),
        band: if low == high { String::new() } else { format!("{low}~{high}") },
        yellow: said(hour.yellow),
        red: said(hour.red),
        level: match trouble(hour) {
            (2, tenths) if tenths >= 5 => "red",
            (1 | 2, _) => "yellow",
            (_, _) => "",
        },
    }
}

/// "10:35 多半": when a limit is passed, and how surely.
fn passing_said(
    clock: &HallClock,
    now: Timestamp,
    passing: Option<Passing>,
    texts: &Texts,
) -> String {
    let Some(passing) = passing.filter(|passing| passing.share >= SPOKEN_OF) else {
        return written::NOBODY.to_owned();
    };
    if passing.at <= now {
        return texts.get("board.passed_already").to_owned();
    }
    let how = match passing.share {
        share if share >= 0.9 => "board.surely",
        share if share >= 0.5 => "board.likely",
        _ => "board.possibly",
    };
    format!("{} {}", written::time(clock, passing.at), texts.get(how))
}

#[cfg(test)]
mod tests;
