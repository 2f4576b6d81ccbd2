//! Drawing: a view in, pixels out. No clock, no socket, no text of its own.

pub mod hall;
pub mod rows;
pub mod test_picture;

use egui::{Rect, Vec2};
use look::measure;

/// The measures of a page, lying or upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Higher than wide.
    pub upright: bool,
    /// The header's height.
    pub header: f32,
    /// The bottom line's height.
    pub bottom: f32,
    /// A row's height.
    pub row: f32,
    /// The margin at the sides.
    pub side: f32,
}

impl Shape {
    /// The measures for a page of that size.
    #[must_use]
    pub fn of(page: Rect) -> Self {
        let upright = page.height() > page.width();
        if upright {
            Self { upright, header: 168.0, bottom: 96.0, row: 136.0, side: 32.0 }
        } else {
            Self { upright, header: 112.0, bottom: 84.0, row: 101.0, side: 36.0 }
        }
    }

    /// The height of the counts under the rows, when upright.
    #[must_use]
    pub fn panel(self, counts: usize) -> f32 {
        let lines = counts.saturating_sub(1).div_ceil(2) as f32;
        132.0 + lines * 118.0 + 26.0
    }

    /// How many Chinese characters the bottom line holds.
    #[must_use]
    pub fn running_room(self, page: Rect) -> usize {
        ((page.width() - self.side * 2.0) / 48.0).floor().max(1.0) as usize
    }
}

/// The zoom at which the design fills a window of so many pixels, lying or upright.
#[must_use]
pub fn zoom_for(window_px: Vec2) -> f32 {
    let page = if window_px.y > window_px.x {
        egui::vec2(measure::HALL_SCREEN.y, measure::HALL_SCREEN.x)
    } else {
        measure::HALL_SCREEN
    };
    measure::zoom_to_fit(window_px, page)
}

#[cfg(test)]
mod tests;
