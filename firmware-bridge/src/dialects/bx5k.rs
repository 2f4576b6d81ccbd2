//! Onbon BX-5K, 5MK and 6K: cards that hold the fonts and get text, on RS-232, RS-485 and over TCP.
//!
//! Only dynamic areas are written: they live in RAM, while programs wear the flash out. Formatting
//! (A1 00) and resetting (A2 01) wipe the fonts and are not in this file. Source: the vendor's
//! protocol paper, onbonlab.github.io, `potocol.md`; LuckyKoala/BX5KProtocol agrees on ping, clear,
//! escapes and check.

pub mod areas;
pub mod phy;
pub mod status;

use wire::device::Tone;

use crate::{
    moment::Wall,
    profile::{Kind, Panel, Profile, Said},
};

use super::{Area, Decoded, Frame, Order, Unsupported, fit};
use status::CardStatus;

/// Is anybody there?
pub const PING: [u8; 2] = [0xA2, 0x00];
/// How is it?
pub const STATUS: [u8; 2] = [0xA1, 0x02];
/// How bright.
pub const BRIGHTNESS: [u8; 2] = [0xA3, 0x02];
/// Texts in RAM.
pub const AREAS: [u8; 2] = [0xA3, 0x06];
/// What time it is.
pub const CLOCK: [u8; 2] = [0xA2, 0x03];
/// It was done.
pub const ACK: [u8; 2] = [0xA0, 0x00];
/// It was not, and why.
pub const NACK: [u8; 2] = [0xA0, 0x01];

/// The card shall answer.
const ANSWER: u8 = 0x01;
/// Half hours of a day.
const HALF_HOURS: usize = 48;

/// The bytes of an order.
///
/// # Errors
/// [`Unsupported`] if a card has no such frame.
pub fn encode(address: u8, order: &Order, profile: &Profile) -> Result<Vec<u8>, Unsupported> {
    let unsupported = || Unsupported::of(profile);
    let panel = profile.panel.as_ref().ok_or_else(unsupported)?;
    let (command, payload) = match (profile.kind, order) {
        (_, Order::Identify) => (PING, Vec::new()),
        (_, Order::Status) => (STATUS, Vec::new()),
        (_, Order::SetClock(wall)) => (CLOCK, clock(wall)),
        (_, Order::Brightness) => (BRIGHTNESS, brightness(panel).ok_or_else(unsupported)?),
        (Kind::Strip, Order::Text { text, tone }) => {
            let area = strip(text, *tone, panel);
            (AREAS, areas::payload(&[area], panel, profile))
        }
        (Kind::Screen, Order::Panel(found)) => (AREAS, areas::payload(found, panel, profile)),
        _ => return Err(unsupported()),
    };
    let display = if command == AREAS { phy::AREAS_WIN } else { phy::TOGETHER };
    let to = phy::destination(address);
    Ok(phy::frame_with(to, phy::HOST, [display, phy::TYPE_ANY], &data(command, &payload)))
}

/// What the bytes begin with.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let (used, body) = match phy::unpack(bytes) {
        phy::Unpacked::NeedMore => return Decoded::NeedMore,
        phy::Unpacked::Garbage => return Decoded::Garbage,
        phy::Unpacked::Body { used, body } => (used, body),
    };
    let answer = body.to == phy::HOST;
    let address = phy::address(if answer { body.from } else { body.to });
    let [group, func, rest @ ..] = &body.data[..] else { return Decoded::Garbage };
    // Of a card's answer the kind of controller in the header is kept as well.
    let kind = answer.then_some(body.kind);
    let data = [*group].into_iter().chain(kind).chain(rest.iter().copied()).collect();
    Decoded::Frame { used, frame: Frame { address, func: *func, data, bare: false, answer } }
}

/// What a frame means.
#[must_use]
pub fn meaning(frame: &Frame) -> Said {
    let (true, &[group, kind, error, _, _, ref payload @ ..]) = (frame.answer, &frame.data[..])
    else {
        return Said::Nothing;
    };
    let command = [group, frame.func];
    if command == NACK || error != 0 {
        return Said::Refused(refusal(error));
    }
    match command == STATUS {
        true => CardStatus::read(kind, payload)
            .map_or(Said::Answer, |status| Said::Told(status.words())),
        false => Said::Answer,
    }
}

/// Why a card says no, in a code for the texts.
const fn refusal(error: u8) -> &'static str {
    match error {
        0x01 | 0x02 => "refused_command",
        0x03 => "refused_busy",
        0x04 => "refused_memory",
        0x05 => "refused_check",
        0x0C => "refused_font",
        0x0E => "refused_value",
        _ => "refused",
    }
}

/// The data field of a request.
#[must_use]
pub fn data(command: [u8; 2], payload: &[u8]) -> Vec<u8> {
    let mut data = vec![command[0], command[1], ANSWER];
    // The two reserved bytes; for areas the first says that what is not named stays.
    data.extend([0, 0]);
    data.extend_from_slice(payload);
    data
}

/// The answer of a card of this kind, for twins.
#[must_use]
pub fn answer(kind: u8, address: u8, command: [u8; 2], error: u8, payload: &[u8]) -> Vec<u8> {
    let mut data = vec![command[0], command[1], error, 0, 0];
    data.extend_from_slice(payload);
    phy::frame_with(phy::HOST, phy::destination(address), [phy::TOGETHER, kind], &data)
}

/// A window strip: one area over the whole panel, two lines if they fit, else the text runs.
fn strip(text: &str, tone: Tone, panel: &Panel) -> Area {
    let cells = panel.cells();
    let rows = usize::from(panel.height / panel.font.dots()).max(1);
    let whole = fit::width(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let lines: Vec<String> = match words[..] {
        _ if whole <= cells => vec![text.to_owned()],
        [first, second]
            if rows > 1 && [first, second].iter().all(|word| fit::width(word) <= cells) =>
        {
            vec![first.to_owned(), second.to_owned()]
        }
        _ => vec![text.to_owned()],
    };
    let runs = lines.iter().any(|line| fit::width(line) > cells);
    Area {
        x: 0,
        y: 0,
        width: panel.width,
        height: panel.height,
        lines: lines.into_iter().map(|line| (tone, line)).collect(),
        runs,
    }
}

/// Another order than in the status: year with the lower part first, month, day, hour, minute,
/// second, day of the week from 1 for Monday.
fn clock(wall: &Wall) -> Vec<u8> {
    let bcd = |number: u8| ((number / 10) << 4) | (number % 10);
    let (century, year) = ((wall.year / 100) as u8, (wall.year % 100) as u8);
    [year, century, wall.month, wall.day, wall.hour, wall.minute, wall.second, wall.weekday]
        .map(bcd)
        .to_vec()
}

/// One level, or one for each half hour; none if the profile leaves it to the card.
fn brightness(panel: &Panel) -> Option<Vec<u8>> {
    match panel.brightness[..] {
        [] => None,
        [level] => Some(vec![1, level]),
        ref hours => {
            let half_hours = (0..HALF_HOURS).map(|half| hours[half / 2 % hours.len()]);
            Some([2, 0].into_iter().chain(half_hours).collect())
        }
    }
}

#[cfg(test)]
mod tests;
