//! Paper: turns a slip into bytes for one printer model, sends them, and says honestly what came out.
//!
//! The way through: a [`slip::Slip`] and a [`profile::Profile`] give bytes ([`encode::encode`]);
//! [`job::print`] sends them over a [`transport::Transport`] and asks the printer before and after;
//! [`preview::preview`] decodes exactly those bytes again and draws what the paper will show;
//! [`twin::PrinterTwin`] is a virtual printer for the demo and the tests.

pub mod charset;
pub mod commands;
pub mod condition;
pub mod decode;
mod draw;
pub mod encode;
pub mod faces;
pub mod job;
pub mod picture;
pub mod preview;
pub mod profile;
pub mod slip;
pub mod status;
#[cfg(test)]
mod testing;
pub mod transport;
pub mod twin;
pub mod watch;
pub mod wrap;
