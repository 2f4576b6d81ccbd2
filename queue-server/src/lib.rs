//! The hall's process: engine, journal, HTTP, MQTT, embedded broker and web pages.

pub mod access;
pub mod alerts;
pub mod app;
pub mod broker;
pub mod clock;
pub mod day;
pub mod engine;
pub mod http;
mod journal_shim;
pub mod mqtt;
pub mod profile;
pub mod readings;
pub mod store;
