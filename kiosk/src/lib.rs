//! 取号机: the touch screen that issues tickets and prints them.
//!
//! [`main_with`] runs the whole program; the parts are public so that tests and the demo link the
//! real thing. [`model`] is what the kiosk knows, [`screens`] puts it into words and draws it,
//! [`printing`] is the transaction behind a ticket.

pub mod alone;
pub mod app;
pub mod code;
pub mod code_file;
pub mod config;
pub mod counter;
pub mod enquiries;
pub mod gallery;
pub mod guide_phone;
pub mod keeper;
pub mod ledger;
pub mod limits;
pub mod link;
pub mod model;
pub mod moment;
pub mod news;
pub mod printer;
pub mod printing;
pub mod reader;
pub mod run;
pub mod scan;
pub mod screens;
pub mod server;
pub mod slip;
pub mod trial;
pub mod vitals;
pub mod voice;
pub mod window;

pub use run::main_with;
