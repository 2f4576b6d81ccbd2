//! 小票打印机: the slip printers at windows, each with a thread of its own, so that one that hangs
//! stops nothing else.
//!
//! `desk.rs` decides (one paper after the other, each once, none too late); `ledger.rs` remembers
//! what was queued, sent and came; `set.rs` sets a paper in type; `model.rs` is the printer itself,
//! by the crate `paper`; `worker.rs` is the thread; `trial.rs` tries a printer out by hand.

pub mod desk;
pub mod ledger;
pub mod model;
pub mod set;
pub mod trial;
pub mod worker;

#[cfg(test)]
mod tests;
