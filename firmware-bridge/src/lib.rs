//! Serial devices to MQTT and back: strips, call pads, evaluators, slip printers, card readers.
//!
//! `port.rs` is the only IO on lines; `bus.rs` shares one line among many addresses; `session.rs`
//! is one device's conversation; `dialects/` are frame languages; `profiles/` are habits as data;
//! `printers/` are the slip printers at windows, each with a thread of its own; `readers/` the card
//! readers at kiosks, whose cards go to the kiosk alone, over a Unix socket;
//! `switchboard.rs` stands between the lines and the broker; `twins/` are virtual devices.

pub mod bus;
pub mod config;
pub mod dialects;
pub mod idcard;
pub mod line;
pub mod moment;
pub mod mqtt;
pub mod outbox;
pub mod port;
pub mod printers;
pub mod probe;
pub mod profile;
pub mod readers;
pub mod run;
pub mod session;
pub mod shelf;
pub mod switchboard;
pub mod twins;
pub mod worker;

pub use run::{Stop, run};
