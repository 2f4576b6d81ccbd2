//! Frames out of a stream of bytes in several dialects; garbage is dropped and counted.

use crate::dialects::{Decoded, Dialect, Frame};

/// Finds frames byte by byte, never by what one read happened to bring.
#[derive(Debug)]
pub struct Reader {
    dialects: Vec<Dialect>,
    held: Vec<u8>,
    garbage: u64,
}

impl Reader {
    /// Bytes held at most: the longest frame has 261.
    pub const HELD_MAX: usize = 512;

    /// A reader of these dialects.
    #[must_use]
    pub const fn new(dialects: Vec<Dialect>) -> Self {
        Self { dialects, held: Vec::new(), garbage: 0 }
    }

    /// Takes bytes in; of too many unread ones the oldest are dropped.
    pub fn take(&mut self, bytes: &[u8]) {
        self.held.extend_from_slice(bytes);
        let excess = self.held.len().saturating_sub(Self::HELD_MAX);
        self.drop_front(excess);
    }

    /// The next frame, if one is whole.
    #[expect(clippy::should_implement_trait, reason = "more may come after None")]
    pub fn next(&mut self) -> Option<(Dialect, Frame)> {
        while !self.held.is_empty() {
            let mut wait = false;
            for &dialect in &self.dialects {
                match dialect.decode(&self.held) {
                    Decoded::Frame { used, frame } => {
                        self.held.drain(..used);
                        return Some((dialect, frame));
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

    /// What began does not go on: only whole frames hidden behind it are kept, for
    /// [`Reader::next`].
    pub fn give_up(&mut self) {
        let mut kept = Vec::new();
        let mut from = 0;
        while from < self.held.len() {
            let rest = &self.held[from..];
            let used = self.dialects.iter().find_map(|dialect| match dialect.decode(rest) {
                Decoded::Frame { used, .. } => Some(used),
                Decoded::NeedMore | Decoded::Garbage => None,
            });
            kept.extend_from_slice(&rest[..used.unwrap_or(0)]);
            self.garbage += u64::from(used.is_none());
            from += used.unwrap_or(1);
        }
        self.held = kept;
    }

    /// Forgets everything held.
    pub fn clear(&mut self) {
        self.held.clear();
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
