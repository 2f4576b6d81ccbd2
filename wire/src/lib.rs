//! What crosses a process boundary: HTTP bodies, MQTT topics and payloads, and the texts that
//! screens, slips and voices share. No sockets, no clock.

pub mod board;
pub mod catalogue;
pub mod clock;
pub mod device;
pub mod find;
pub mod http;
pub mod map;
pub mod metrics;
pub mod misspelt;
pub mod pairing;
pub mod papers;
pub mod pause;
pub mod plates;
pub mod reader;
pub mod screens;
pub mod server;
pub mod slip;
pub mod spoken;
pub mod tally;
pub mod texts;
pub mod tls;
pub mod topics;
pub mod wait;
pub mod webhook;

pub use hall::{ids, number, time, words};

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod golden_tests;
