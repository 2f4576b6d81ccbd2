//! What a virtual card keeps beside its areas: its clock, how bright it is, and what it was told.

use std::time::{Duration, Instant};

use crate::dialects::{Frame, bx5k};

/// The kind that leaves the bytes of the special area out of its status.
pub const KIND_5K1: u8 = 0x51;
/// The kind that a twin is if nobody says another.
const KIND_6K1: u8 = 0x61;

/// Level of a card just bought.
const LEVEL: u8 = 8;

/// Different commands remembered.
const COMMANDS_MAX: usize = 32;

/// A card's memory.
#[derive(Debug)]
pub struct Card {
    kind: u8,
    /// One level, or one for each half hour.
    levels: Vec<u8>,
    /// As it was set: hour, minute and second are counted on from then.
    clock: Option<([u8; 8], Instant)>,
    commands: Vec<[u8; 2]>,
}

impl Default for Card {
    fn default() -> Self {
        Self { kind: KIND_6K1, levels: vec![LEVEL], clock: None, commands: Vec::new() }
    }
}

impl Card {
    /// From now on it is of this kind.
    pub const fn becomes(&mut self, kind: u8) {
        self.kind = kind;
    }

    /// The commands that it was given, each once, in their order.
    #[must_use]
    pub fn commands(&self) -> &[[u8; 2]] {
        &self.commands
    }

    /// The host said this.
    pub fn take(&mut self, frame: &Frame, now: Instant) {
        let command = command(frame);
        if !self.commands.contains(&command) && self.commands.len() < COMMANDS_MAX {
            self.commands.push(command);
        }
        let payload = frame.data.get(4..).unwrap_or_default();
        match (command, payload) {
            (bx5k::CLOCK, payload) => {
                if let Ok(set) = payload.try_into() {
                    self.clock = Some((set, now));
                }
            }
            (bx5k::BRIGHTNESS, &[1, level]) => self.levels = vec![level],
            (bx5k::BRIGHTNESS, [2, 0, levels @ ..]) if levels.len() == 48 => {
                self.levels = levels.to_vec();
            }
            _ => {}
        }
    }

    /// Its answer to a frame of the host.
    #[must_use]
    pub fn answer(&self, frame: &Frame, understood: bool, now: Instant) -> Vec<u8> {
        let say = |command, error, payload: &[u8]| {
            bx5k::answer(self.kind, frame.address, command, error, payload)
        };
        match command(frame) {
            bx5k::STATUS => say(bx5k::STATUS, 0, &self.status(now)),
            _ if understood => say(bx5k::ACK, 0, &[]),
            _ => say(bx5k::NACK, 2, &[]),
        }
    }

    /// Its no.
    #[must_use]
    pub fn no(&self, address: u8, error: u8) -> Vec<u8> {
        bx5k::answer(self.kind, address, bx5k::NACK, error, &[])
    }

    /// On, level, clock, programs, the file's name, (special area, pages,) areas, and no names.
    fn status(&self, now: Instant) -> Vec<u8> {
        // The clock stands in another order than it was set in; unset it begins the year 2000.
        let unset = ([0x00, 0x20, 1, 1, 0, 0, 0, 6], now);
        let ([year, century, month, day, hour, minute, second, weekday], set) =
            self.clock.unwrap_or(unset);
        let [hour, minute, second] = later([hour, minute, second], now - set);
        let half_hour = number(hour) * 2 + number(minute) / 30;
        let level = self.levels[half_hour % self.levels.len()];
        let mut status = vec![1, level, century, year, month, day, weekday, hour, minute, second];
        status.extend([0, b'P', b'0', b'0', b'0']);
        if self.kind != KIND_5K1 {
            status.extend([0, 0]);
        }
        status.push(0);
        status.extend([0; 16 + 12]);
        status
    }
}

/// The command of a frame.
#[must_use]
pub fn command(frame: &Frame) -> [u8; 2] {
    [frame.data.first().copied().unwrap_or(0), frame.func]
}

fn number(bcd: u8) -> usize {
    usize::from(bcd >> 4) * 10 + usize::from(bcd & 0x0F)
}

/// A time of day in digits, counted on; a twin does not live into the next day.
fn later(time: [u8; 3], passed: Duration) -> [u8; 3] {
    let [hour, minute, second] = time.map(number);
    let seconds = hour * 3_600 + minute * 60 + second + passed.as_secs() as usize;
    let seconds = seconds.min(24 * 3_600 - 1);
    [seconds / 3_600, seconds / 60 % 60, seconds % 60]
        .map(|number| ((number / 10) << 4 | (number % 10)) as u8)
}
