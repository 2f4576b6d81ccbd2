//! Pure read models: what screens, pages and figures are filled from.

pub mod absences;
pub mod board;
pub mod bookings;
pub mod estimates;
pub mod indicators;
