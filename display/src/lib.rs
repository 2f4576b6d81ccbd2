//! The hall screen and the voice. They show and say state; they never collect commands, and never
//! die: without the server they say so, and keep trying.

pub mod album;
pub mod app;
pub mod config;
pub mod gallery;
pub mod link;
pub mod model;
pub mod run;
pub mod screens;
pub mod view;
pub mod voice;
