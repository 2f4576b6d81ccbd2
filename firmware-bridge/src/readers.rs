//! 读卡器: the card readers at kiosks, each with a thread of its own.
//!
//! `desk.rs` decides (when a card is looked for, what the kiosk is told, how the reader is);
//! `socket.rs` is the way to the kiosk, the only way on which anything of a card leaves; `worker.rs`
//! is the thread. Frames and layouts stand in `idcard/`. The broker hears how a reader is and what
//! became of a trial, never of a card.

pub mod desk;
pub mod socket;
pub mod worker;

#[cfg(test)]
mod tests;
