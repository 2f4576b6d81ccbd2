//! The service hall as a pure value: commands in, events out.
//!
//! It knows no clock, dice, disk, socket, screen or device (`no_std` makes anything else a compile
//! error). Time and chance arrive inside [`command::Input`]; what was decided with them is written
//! into the [`event::Event`], so the same events always give the same hall.

#![no_std]

extern crate alloc;

#[cfg(test)]
extern crate std;

pub mod answer;
pub mod command;
pub mod event;
pub mod forecast;
mod hall;
pub mod ids;
pub mod invariants;
pub mod limits;
pub mod number;
pub mod order;
pub mod refusal;
mod rules;
pub mod setup;
pub mod state;
pub mod time;
pub mod views;
pub mod words;

#[cfg(test)]
mod rules_tests;

// One path for the one value that everybody names.
pub use crate::hall::Hall;
