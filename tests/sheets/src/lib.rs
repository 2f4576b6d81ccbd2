//! Every page of the kiosk, painted by a processor alone: the same pixels on every machine, so that
//! a test can compare them, and a sheet of all of them for whoever wants to judge them.

pub mod canvas;
pub mod measured;
pub mod page;
pub mod paint;
pub mod sheet;
