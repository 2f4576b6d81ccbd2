//! The whole hall in a false world from one seed: the real hall, engine step, postroom, fleet,
//! bridge, twins, kiosk counter and screen, on a false network, disk, broker, lines and clock; and
//! a naive hall beside it that says what may not be.
//!
//! `cargo sim --days N --seed S`; `docs/SIMULATION.md` says what is checked.

pub mod agenda;
pub mod bridge;
pub mod calls;
pub mod calm;
pub mod crowd;
pub mod faults;
pub mod kiosk;
pub mod ledger;
pub mod log;
pub mod misfortune;
pub mod mqtt;
pub mod mutations;
pub mod naive;
pub mod people;
pub mod report;
pub mod run;
pub mod screen;
pub mod server;
pub mod world;

pub use waits::luck;
