//! Numbers and moments as people read them.

use hall::{time::Timestamp, views::indicators::spans::Spans};
use wire::{
    board::Wait,
    tally::{Share, Spread},
    texts::Texts,
    wait::Told,
};

use crate::{app::App, clock::HallClock};

/// In the place of a figure: nobody is there.
pub const NOBODY: &str = "–";

/// `HH:MM`.
pub fn time(clock: &HallClock, at: Timestamp) -> String {
    clock.written(at).chars().skip(11).take(5).collect()
}

/// When the hall opens next, as its calendar says: "大厅 11月23日 星期一 08:30 开门".
pub fn opens_next(app: &App, now: Timestamp, texts: &Texts) -> String {
    let Some(opens) = app.daybook.next_opening(now) else {
        return texts.get("desk.hall_closed").to_owned();
    };
    let date = app.clock.date(opens);
    let weekday = format!("kiosk.weekday_{}", date.weekday().to_monday_one_offset());
    let day = texts.fill(
        "kiosk.date_weekday",
        &[("month", &date.month()), ("day", &date.day()), ("weekday", &texts.get(&weekday))],
    );
    texts.fill("desk.opens_next", &[("day", &day), ("time", &time(&app.clock, opens))])
}

/// The date of a moment: "2026-11-23".
pub fn date(clock: &HallClock, at: Timestamp) -> String {
    clock.written(at).chars().take(10).collect()
}

/// Whole minutes of a live figure.
pub fn minutes(secs: u64) -> String {
    (secs / 60).to_string()
}

/// The longest wait that is told as a number of minutes ahead.
const FORESEEN_MAX_SECS: u64 = 2 * 3_600;

/// A wait that is foreseen, in minutes: further ahead than that nobody sees, and where no window serves
/// there is no end.
pub fn minutes_ahead(secs: u64) -> String {
    if secs > FORESEEN_MAX_SECS { format!(">{}", FORESEEN_MAX_SECS / 60) } else { minutes(secs) }
}

/// Minutes with one decimal, of a report; nobody there is a dash.
pub fn tenths(secs: f64, count: u32) -> String {
    if count == 0 { NOBODY.to_owned() } else { format!("{:.1}", secs / 60.0) }
}

/// "9.8 /37": a mean with its base.
pub fn mean(spread: &Spread) -> String {
    if spread.count == 0 {
        return NOBODY.to_owned();
    }
    format!("{} /{}", tenths(spread.mean_secs, spread.count), spread.count)
}

/// The mean of spans in minutes with one decimal; of none a dash.
pub fn mean_of(spans: &Spans) -> String {
    let spread = spans.spread();
    spread.map_or(NOBODY.to_owned(), |spread| tenths(spread.mean_secs, spread.count))
}

/// "83.0 % 424/511": a share with its base.
pub fn share(share: &Share) -> String {
    share.percent().map_or(NOBODY.to_owned(), |percent| {
        format!("{percent:.1}% {:.0}/{:.0}", share.part, share.whole)
    })
}

/// A per cent alone.
pub fn percent(share: &Share) -> String {
    share.percent().map_or(NOBODY.to_owned(), |percent| format!("{percent:.1}"))
}

/// "424/511".
pub fn base(share: &Share) -> String {
    format!("{:.0}/{:.0}", share.part, share.whole)
}

/// "15~30"; past an hour a word, and a dash where nothing is told.
pub fn wait(wait: Option<Wait>, texts: &Texts) -> String {
    match Told::of(wait) {
        Told::Nothing => NOBODY.to_owned(),
        Told::OverAnHour => texts.get("pages.over_an_hour").to_owned(),
        Told::Between(low, high) => format!("{low}~{high}"),
    }
}

/// "15~30 分"; past an hour a word, which has its unit.
pub fn wait_said(wait: Option<Wait>, texts: &Texts) -> String {
    match Told::of(wait) {
        Told::Between(low, high) => texts.fill("guide.minutes", &[("n", &format!("{low}~{high}"))]),
        Told::Nothing | Told::OverAnHour => self::wait(wait, texts),
    }
}
