//! The screens' visual language for egui: colours, measures, letters and large touch widgets,
//! shared by the kiosk and the hall screen. It knows no hall, no text and no clock.
//!
//! One point is one pixel of the design (0.248 mm on a 21.5-inch 1080p panel); [`measure`] turns a
//! panel into a zoom, so everything here is written in the numbers of the pictures.
//! Widgets take the rectangle they fill, draw, and answer with a [`egui::Response`]; each has an
//! accessible label, so tests find it by the words a person reads.

pub mod bars;
pub mod button;
pub mod colour;
pub mod contrast;
pub mod countdown;
pub mod fonts;
pub mod frame;
pub mod icon;
pub mod lines;
pub mod measure;
pub mod name;
pub mod notice;
pub mod number;
pub mod split;
pub mod state;
pub mod text;
pub mod theme;
pub mod tile;
pub mod window;

#[cfg(test)]
mod tests;
