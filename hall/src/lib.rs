//! The service hall as a pure value: commands in, events out.
//!
//! It knows no clock, dice, disk, socket, screen or device (`no_std` makes anything else a compile
//! error). Time and chance arrive inside [`command::Input`]; what was decided with them is written
//! into the [`event::Event`], so the same events always give the same hall.

#![no_std]

extern crate alloc;

pub mod command;
pub mod event;
pub mod ids;
pub mod limits;
pub mod number;
pub mod refusal;
pub mod setup;
pub mod time;
pub mod words;

