//! Serial devices to MQTT and back: strips, call pads, evaluators.
//!
//! `port.rs` is the only IO; `bus.rs` shares one line among many addresses; `session.rs` is one
//! device's conversation; `dialects/` are frame languages; `profiles/` are habits as data.

pub mod bus;
pub mod config;
pub mod dialects;
pub mod line;
pub mod port;
pub mod profile;
pub mod session;
pub mod shelf;
pub mod twins;
pub mod worker;
