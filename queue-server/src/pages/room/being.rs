//! How a device is: in words, in a shape, with the time of its last message, and where to look
//! first if something is wrong.

use std::time::Duration;

use wire::{
    device::{DeviceKind, Health},
    texts::Texts,
};

use crate::{app::App, fleet::Known, pages::written};

const MINUTE: Duration = Duration::from_secs(60);

/// A silence is red after this long.
const RED_AFTER: Duration = Duration::from_secs(5 * 60);

/// Faults that stop a device at once.
const STOPPED: [&str; 2] = ["paper_out", "jam"];

/// How a device is.
pub struct Being {
    /// `yellow`, `red`, or nothing.
    pub level: &'static str,
    pub shape: &'static str,
    pub word: String,
    /// "最后消息 09:12".
    pub heard: String,
    /// What is wrong, and where to look first; empty if nothing is.
    pub hint: String,
    /// What people in the hall notice of it; empty if nothing is wrong.
    pub felt: String,
}

impl Being {
    /// Another one is written anew.
    pub fn version(&self) -> String {
        format!("{}{}{}", self.word, self.heard, self.hint)
    }
}

/// How a device is now.
pub fn of(app: &App, known: &Known, texts: &Texts) -> Being {
    let heard = known.heard.map_or(texts.get("room.never").to_owned(), |at| {
        texts.fill("room.heard", &[("time", &written::time(&app.clock, at))])
    });
    let why = app.fleet.why(known.device.id);
    let why = why.as_str();
    let silence = app.fleet.silence(known.device.id);
    let (level, shape, word) = match app.fleet.health(known.device.id) {
        Health::Online => ("", "free", texts.get("room.online").to_owned()),
        Health::Ill if STOPPED.contains(&why) => ("red", "red", texts.get("room.ill").to_owned()),
        Health::Ill => ("yellow", "yellow", texts.get("room.ill").to_owned()),
        Health::Offline => silent(silence, texts),
    };
    let reason = format!("room.why_{why}");
    let hint = match (level, silence) {
        ("", _) => "",
        _ if texts.has(&reason) => texts.get(&reason),
        (_, Some(_)) if known.state.is_none() => texts.get("room.why_never"),
        (_, Some(_)) => texts.get("room.why_silent"),
        (_, None) => "",
    };
    let felt = if level.is_empty() { "" } else { texts.get(felt(known)) };
    Being { level, shape, word, heard, hint: hint.to_owned(), felt: felt.to_owned() }
}

/// The worst of some levels.
pub fn worst<'a>(beings: impl Iterator<Item = &'a Being>) -> &'static str {
    let rank = |level: &&str| ["", "yellow", "red"].iter().position(|each| each == level);
    beings.map(|being| being.level).max_by_key(rank).unwrap_or("")
}

/// 离线, by how long it has been so: yellow, and red after five minutes. Who was not heard yet has a
/// minute from the start.
fn silent(silence: Option<Duration>, texts: &Texts) -> (&'static str, &'static str, String) {
    let Some(silence) = silence else {
        return ("", "off", texts.get("room.offline").to_owned());
    };
    let level = if silence >= RED_AFTER { "red" } else { "yellow" };
    let word = match silence.as_secs() / MINUTE.as_secs() {
        0 => texts.get("room.just_lost").to_owned(),
        1 => texts.get("room.silent_minute").to_owned(),
        minutes => texts.fill("room.silent", &[("n", &minutes)]),
    };
    (level, level, word)
}

/// What people notice of it. A printer at a window prints papers, one without prints tickets.
fn felt(known: &Known) -> &'static str {
    match known.device.kind {
        DeviceKind::Printer if known.device.window.is_some() => "room.felt_slip_printer",
        DeviceKind::Strip => "room.felt_strip",
        DeviceKind::Pad => "room.felt_pad",
        DeviceKind::Evaluator => "room.felt_evaluator",
        DeviceKind::Kiosk => "room.felt_kiosk",
        DeviceKind::HallScreen => "room.felt_screen",
        DeviceKind::WindowScreen => "room.felt_window_screen",
        DeviceKind::Tablet => "room.felt_tablet",
        DeviceKind::Voice => "room.felt_voice",
        DeviceKind::Printer => "room.felt_printer",
        DeviceKind::Reader => "room.felt_reader",
    }
}

#[cfg(test)]
mod tests {
    use wire::texts::Language;

    use super::*;

    #[test]
    fn a_silence_is_told_in_words_and_is_red_after_five_minutes() {
        let texts = Texts::of(Language::Chinese);
        let told = |secs: u64| {
            let (level, shape, word) = silent(Some(Duration::from_secs(secs)), texts);
            assert_eq!(level, shape);
            (level, word)
        };
        assert_eq!(told(20), ("yellow", texts.get("room.just_lost").to_owned()));
        assert_eq!(told(60), ("yellow", texts.get("room.silent_minute").to_owned()));
        assert_eq!(told(299), ("yellow", texts.fill("room.silent", &[("n", &4)])));
        assert_eq!(told(300), ("red", texts.fill("room.silent", &[("n", &5)])));
        assert_eq!(silent(None, texts).0, "", "nobody is alarmed by a start");
    }
}
