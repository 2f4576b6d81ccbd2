//! Real processes on loopback: what must hold when things break.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]

mod accessible;
mod alone;
mod asking_twice;
mod browser;
mod busy_hour;
mod cards;
mod described;
mod desks;
mod guide_desk;
mod help;
mod journey;
mod journeys;
mod kiosk;
mod locked;
mod operations;
mod oracles;
mod pairing;
mod papers;
mod power_cut;
mod printers;
mod race;
mod scriptless;
mod setup;
mod stolen;
mod tls;
mod told;
mod training;
mod webhooks;
