//! Small sentences that several screens share.

use wire::{board::Wait, ids::WindowId, texts::Texts, wait::Told};

use crate::moment::civil;

/// "10~20 分钟", or "1 小时以上", or 请留意屏幕 if nobody knows.
#[must_use]
pub fn range(texts: &Texts, wait: Option<Wait>) -> String {
    match Told::of(wait) {
        Told::Nothing => texts.get("kiosk.fact_unknown").to_owned(),
        Told::OverAnHour => texts.get("kiosk.fact_hour").to_owned(),
        Told::Between(low, high) => {
            texts.fill("kiosk.fact_range", &[("low", &low), ("high", &high)])
        }
    }
}

/// 等候时间较长，建议错峰, where no minutes are told because they are too many.
#[must_use]
pub fn long_wait(texts: &Texts, wait: Option<Wait>) -> Option<String> {
    match Told::of(wait) {
        Told::OverAnHour => Some(texts.get("kiosk.wait_long").to_owned()),
        Told::Nothing | Told::Between(..) => None,
    }
}

/// "5 人", or that nobody is ahead.
#[must_use]
pub fn people(texts: &Texts, ahead: u32) -> String {
    if ahead == 0 {
        texts.get("kiosk.fact_nobody").to_owned()
    } else {
        texts.fill("kiosk.fact_people", &[("n", &ahead)])
    }
}

/// "1、2".
#[must_use]
pub fn windows(texts: &Texts, windows: &[WindowId]) -> String {
    let names: Vec<&str> = windows.iter().map(WindowId::as_str).collect();
    names.join(texts.get("kiosk.windows_join"))
}

/// "A 零 一 二": letter and digits one by one, as they are called.
#[must_use]
pub fn spelled(texts: &Texts, no: &str) -> String {
    let digits: Vec<char> = texts.get("kiosk.digits").chars().collect();
    let said: Vec<String> = no
        .chars()
        .map(|c| {
            let digit = c.to_digit(10).and_then(|digit| digits.get(digit as usize).copied());
            digit.unwrap_or(c).to_string()
        })
        .collect();
    said.join(" ")
}

/// "7k3m 9qf2 x4w8 a": a long code as people read it.
#[must_use]
pub fn in_fours(code: &str) -> String {
    let mut shown = String::new();
    for (place, each) in code.chars().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            shown.push(' ');
        }
        shown.push(each);
    }
    shown
}

/// "09:14".
#[must_use]
pub fn clock(at: i64, offset_minutes: i32) -> String {
    civil(at, offset_minutes)
        .map(|time| format!("{:02}:{:02}", time.hour(), time.minute()))
        .unwrap_or_default()
}

/// "2026年11月23日 星期一".
#[must_use]
pub fn date(texts: &Texts, at: i64, offset_minutes: i32) -> String {
    dated(texts, "kiosk.date", at, offset_minutes)
}

/// "11月23日 星期一".
#[must_use]
pub fn date_weekday(texts: &Texts, at: i64, offset_minutes: i32) -> String {
    dated(texts, "kiosk.date_weekday", at, offset_minutes)
}

fn dated(texts: &Texts, key: &str, at: i64, offset_minutes: i32) -> String {
    let Some(time) = civil(at, offset_minutes) else { return String::new() };
    let weekday = format!("kiosk.weekday_{}", time.weekday().to_monday_one_offset());
    texts.fill(
        key,
        &[
            ("year", &time.year()),
            ("month", &time.month()),
            ("day", &time.day()),
            ("weekday", &texts.get(&weekday)),
        ],
    )
}

/// "11月23日".
#[must_use]
pub fn date_short(texts: &Texts, at: i64, offset_minutes: i32) -> String {
    let Some(time) = civil(at, offset_minutes) else { return String::new() };
    texts.fill("kiosk.date_short", &[("month", &time.month()), ("day", &time.day())])
}
