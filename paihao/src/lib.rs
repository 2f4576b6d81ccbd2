//! The whole hall in one command: the four programs, virtual devices, and a crowd.

pub mod api;
pub mod bridge;
pub mod crowd;
pub mod demo;
pub mod keys;
pub mod printer;
pub mod screens;
pub mod training;
pub mod windows;
