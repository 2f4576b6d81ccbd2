//! 离线取号: what the kiosk has in hand for when nobody answers.
//!
//! The server sets numbers aside for each kiosk every day; while it is away, the kiosk gives out its
//! own, and hands the tickets in when it is back. Which of them are used stands in the
//! [`ledger`](crate::ledger); this is what must be known beside that.

pub mod kept;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use wire::{
    clock::Clock,
    http::{SlipBody, offline::NumbersAnswer},
    ids::{QueueId, Token},
    number::TicketNo,
    time::Day,
};

use crate::moment;

/// 离线号段 in hand.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InHand {
    /// The record in which their use is noted; numbers of another record are not touched.
    pub book: Token,
    /// What the server said.
    pub told: NumbersAnswer,
    /// When it said so, by this machine, in milliseconds since 1970.
    pub heard: i64,
}

/// How the kiosk could go on alone, for the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Alone {
    /// The hall's clock, by this machine.
    pub clock: Clock,
    /// It is one of the hours in which tickets are issued.
    pub open: bool,
    /// Numbers left, by letter.
    pub left: BTreeMap<char, u16>,
    /// Queues of which nothing is done today.
    pub closed: Vec<QueueId>,
}

impl InHand {
    /// The hall's time when this machine's clock shows `machine`, in milliseconds since 1970.
    #[must_use]
    pub fn hall_time(&self, machine: i64) -> i64 {
        self.told.clock.after_millis(machine.saturating_sub(self.heard))
    }

    /// True in the hours of the day of the numbers.
    #[must_use]
    pub fn is_open(&self, machine: i64) -> bool {
        let now = self.hall_time(machine);
        self.date(now) == Some(self.told.day)
            && self.told.hours.iter().any(|hours| hours.from <= now && now < hours.until)
    }

    /// The first number of a letter that is greater than all that were used.
    #[must_use]
    pub fn next(&self, letter: char, last_used: u16) -> Option<TicketNo> {
        let blocks = self.told.blocks.iter().filter(|block| block.letter == letter);
        let next = blocks.filter_map(|block| {
            let number = block.first.max(last_used.saturating_add(1));
            (number <= block.last).then_some(number)
        });
        next.min().map(|number| TicketNo { letter, number })
    }

    /// How many numbers of a letter are greater than all that were used.
    #[must_use]
    pub fn left(&self, letter: char, last_used: u16) -> u16 {
        let blocks = self.told.blocks.iter().filter(|block| block.letter == letter);
        let left = |first: u16, last: u16| (last + 1).saturating_sub(first.max(last_used + 1));
        blocks.map(|block| left(block.first, block.last)).sum()
    }

    /// Letters of which less than half a block is left.
    pub fn low<'a>(&'a self, used: impl Fn(char) -> u16 + 'a) -> impl Iterator<Item = char> + 'a {
        let mut whole: BTreeMap<char, u16> = BTreeMap::new();
        for block in &self.told.blocks {
            whole.entry(block.letter).or_insert(block.last - block.first + 1);
        }
        let low = whole.into_iter().filter(move |(letter, whole)| {
            u32::from(self.left(*letter, used(*letter))) * 2 < u32::from(*whole)
        });
        low.map(|(letter, _)| letter)
    }

    /// What the screen may know.
    #[must_use]
    pub fn seen(&self, machine: i64, used: impl Fn(char) -> u16) -> Alone {
        let letters = self.told.blocks.iter().map(|block| block.letter);
        Alone {
            clock: Clock { at: self.hall_time(machine), ..self.told.clock },
            open: self.is_open(machine),
            left: letters.map(|letter| (letter, self.left(letter, used(letter)))).collect(),
            closed: self.told.closed.clone(),
        }
    }

    /// What stands on the slip of a number given out now.
    #[must_use]
    pub fn slip(&self, draft: &SlipBody, no: TicketNo, token: Token, taken: i64) -> SlipBody {
        let follow = &self.told.follow_url;
        SlipBody {
            no,
            ahead: 0,
            wait: None,
            issued: self.written(taken),
            follow_url: if follow.is_empty() { String::new() } else { format!("{follow}{token}") },
            reactivate_within_minutes: self.told.reactivate_within_minutes,
            offline: true,
            ..draft.clone()
        }
    }

    fn date(&self, at: i64) -> Option<Day> {
        moment::day(at, self.told.clock.utc_offset_minutes)
    }

    /// "2026-11-23 09:14".
    fn written(&self, at: i64) -> String {
        moment::civil(at, self.told.clock.utc_offset_minutes)
            .map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M").to_string())
    }
}

#[cfg(test)]
pub(crate) mod tests;
