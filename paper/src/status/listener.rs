//! Sorts what a printer sends: real-time answers, automatic reports and queued answers, mixed.

use super::Status;

/// One thing a printer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The answer to DLE EOT n.
    Now(u8),
    /// An automatic report.
    Report(Status),
    /// The answer to GS r.
    Queued(u8),
}

/// Sorts bytes; the kinds differ in their fixed bits, so no answer is taken for another.
#[derive(Debug, Clone, Default)]
pub struct Listener {
    report: [u8; 4],
    have: usize,
    strays: usize,
}

impl Listener {
    /// Takes one byte; what belongs to nothing is dropped.
    pub fn hear(&mut self, byte: u8) -> Option<Heard> {
        match byte & 0x93 {
            0x12 => return Some(Heard::Now(byte)),
            // XON and XOFF.
            0x11 | 0x13 => return None,
            0x10 => {
                self.strays += self.have;
                self.report[0] = byte;
                self.have = 1;
                return None;
            }
            _ => {}
        }
        if byte & 0x80 != 0 {
            self.strays += self.have + 1;
            self.have = 0;
            return None;
        }
        if self.have == 0 {
            return Some(Heard::Queued(byte));
        }
        self.report[self.have] = byte;
        self.have += 1;
        if self.have < self.report.len() {
            return None;
        }
        self.have = 0;
        let report = Status::from_automatic(self.report);
        if report.is_none() {
            self.strays += self.report.len();
        }
        report.map(Heard::Report)
    }

    /// How many bytes belonged to nothing since the last time this was asked.
    pub fn take_strays(&mut self) -> usize {
        std::mem::take(&mut self.strays)
    }
}
