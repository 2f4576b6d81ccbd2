//! The whole hall in one command.

pub mod api;
pub mod crowd;
