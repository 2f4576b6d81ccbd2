//! Tickets: taken, looked at, printed, cancelled, called back.

pub mod cancel;
pub mod expedite;
pub mod find;
pub mod hand_in;
pub mod helper;
mod holder;
pub mod issue;
pub mod printed;
pub mod reactivate;
pub mod reprint;
pub mod show;
pub mod silent;
