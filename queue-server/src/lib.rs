//! The hall's process: engine, journal, HTTP, MQTT, embedded broker and web pages.

pub mod access;
pub mod broker;
pub mod mqtt;
pub mod profile;
