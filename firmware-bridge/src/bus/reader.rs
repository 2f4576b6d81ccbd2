//! Frames out of a stream of bytes in several languages; garbage is dropped and counted.

use std::collections::VecDeque;

use crate::dialects::{Decoded, Frame, Tongue, bx5k::phy};

/// Finds frames byte by byte, never by what one read happened to bring.
#[derive(Debug, Clone)]
pub struct Reader {
    tongues: Vec<Tongue>,
    held: Vec<u8>,
    /// Frames found when a silence ended what was held.
    late: VecDeque<(Tongue, Frame)>,
    garbage: u64,
}

impl Reader {
    /// Bytes held at most: the longest frame is a card's with every byte escaped.
    pub const HELD_MAX: usize = phy::FRAME_BYTES_MAX;

    /// A reader of these languages.
    #[must_use]
    pub const fn new(tongues: Vec<Tongue>) -> Self {
        Self { tongues, held: Vec::new(), late: VecDeque::new(), garbage: 0 }
    }

    /// From now on only these languages are understood.
    pub fn understand(&mut self, tongues: Vec<Tongue>) {
        self.clear();
        self.tongues = tongues;
    }

    /// Takes bytes in; of too many unread ones the oldest are dropped.
    pub fn take(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
        let excess = self.held.len().saturating_sub(Self::HELD_MAX);
        self.drop_front(excess);
    }

    /// The next frame, if one is whole.
    #[expect(clippy::should_implement_trait, reason = "more may come after None")]
    pub fn next(&mut self) -> Option<(Tongue, Frame)> {
        if let Some(found) = self.late.pop_front() {
            return Some(found);
        }
        while !self.held.is_empty() {
            let mut wait = false;
            for tongue in &self.tongues {
                match tongue.decode(&self.held) {
                    Decoded::Frame { used, frame } => {
                        self.held.drain(..used);
                        return Some((tongue.clone(), frame));
                    }
                    Decoded::NeedMore => wait = true,
                    Decoded::Garbage => {}
                }
            }
            if wait {
                return None;
            }
            self.drop_front(1);
        }
        None
    }

    /// What began does not go on: whole frames hidden behind it are given by [`Reader::next`], the
    /// rest is garbage.
    pub fn give_up(&mut self) {
        let held = std::mem::take(&mut self.held);
        let mut rest = &held[..];
        while !rest.is_empty() {
            let found = self.tongues.iter().find_map(|tongue| match tongue.decode_last(rest) {
                Decoded::Frame { used, frame } => Some((used, (tongue.clone(), frame))),
                Decoded::NeedMore | Decoded::Garbage => None,
            });
            self.garbage += u64::from(found.is_none());
            let used = found.as_ref().map_or(1, |(used, _)| *used);
            self.late.extend(found.map(|(_, frame)| frame));
            rest = &rest[used..];
        }
    }

    /// Forgets everything held.
    pub fn clear(&mut self) {
        self.held.clear();
        self.late.clear();
    }

    /// Bytes held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.len()
    }

    /// Bytes that belonged to no frame.
    #[must_use]
    pub const fn garbage(&self) -> u64 {
        self.garbage
    }

    fn drop_front(&mut self, count: usize) {
        self.held.drain(..count);
        self.garbage += count as u64;
    }
}
