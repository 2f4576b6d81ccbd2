//! The hall's process: engine, journal, HTTP, MQTT, embedded broker and web pages.

pub mod access;
pub mod announcements;
pub mod app;
pub mod audit;
pub mod backup;
pub mod broker;
pub mod cli;
pub mod clock;
pub mod config;
pub mod day;
pub mod engine;
pub mod exports;
pub mod faces;
pub mod fleet;
pub mod forecasts;
pub mod guesses;
pub mod http;
pub mod live;
pub mod logs;
pub mod mosquitto;
pub mod mqtt;
pub mod outbox;
mod pages;
pub mod pairing;
pub mod papers;
pub mod person;
pub mod printroom;
pub mod profile;
pub mod profiles;
pub mod readings;
pub mod record;
pub mod reload;
pub mod reports;
pub mod serve;
pub mod store;
#[cfg(test)]
mod testing;
