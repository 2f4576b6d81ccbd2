//! Drawing: a view in, pixels out. No clock, no socket, no text of its own.

pub mod hall;
pub mod notes;
pub mod plate;
pub mod rows;
pub mod tablet;
pub mod test_picture;
pub mod window;

use egui::{Rect, Ui, Vec2};
use look::{measure, split};

use crate::{
    model::tablet::Touch,
    view::{Picture, Room},
};

/// Draws any screen over the whole of `page`; answers a touch.
pub fn draw(ui: &Ui, page: Rect, picture: &Picture, shape: Shape) -> Option<Touch> {
    match picture {
        Picture::Hall(view) => {
            hall::hall_ui(ui, page, view, shape);
            None
        }
        Picture::Window(view) => {
            window::window_ui(ui, page, view);
            None
        }
        Picture::Tablet(view) => tablet::tablet_ui(ui, page, view),
    }
}

/// The height of the columns' heads.
pub const HEADS: f32 = 60.0;

/// Between two columns of rows.
pub const COLUMN_GAP: f32 = 40.0;

/// No hall screen is drawn smaller: on a wall of few diodes a state's word still has 19 of them.
const ZOOM_MIN: f32 = 0.36;

/// What stands beside the calls of a hall screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Beside {
    /// Counts of people: the sum and each zone.
    pub counts: usize,
    /// 公告 and 去向栏.
    pub notes: bool,
}

/// Letters of a broadcast, and of the running text.
pub const BOTTOM_SIZE: f32 = 48.0;

/// Before a broadcast: its mark, its word and its time.
pub const BROADCAST_BEFORE: f32 = 420.0;

/// Further lines of a broadcast.
const BROADCAST_LINE: f32 = 64.0;

/// The measures of a page, lying or upright.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Higher than wide.
    pub upright: bool,
    /// A wall: the notices have a column of their own.
    pub wide: bool,
    /// The header's height.
    pub header: f32,
    /// The bottom line's height.
    pub bottom: f32,
    /// A row's height.
    pub row: f32,
    /// How much larger than drawn the rows are.
    pub scale: f32,
    /// The margin at the sides.
    pub side: f32,
}

impl Shape {
    /// The measures for a page of that size, whose rows are at least this share of its height.
    #[must_use]
    pub fn of(page: Rect, row_share_min: f32) -> Self {
        let upright = page.height() > page.width();
        let (header, bottom, row, side) =
            if upright { (168.0, 96.0, 136.0, 32.0) } else { (112.0, 84.0, 101.0, 36.0) };
        // At least one row must be left of the page.
        let most = (page.height() - header - bottom - HEADS).max(row);
        let scale = (page.height() * row_share_min / row).clamp(1.0, most / row);
        let wide = page.width() > page.height() * 2.4;
        Self { upright, wide, header, bottom, row: row * scale, scale, side }
    }

    /// The same with a bottom line that holds a broadcast of so many Chinese characters, or as many
    /// of its lines as leave room for the calls.
    #[must_use]
    pub fn broadcasting(mut self, page: Rect, characters: usize) -> Self {
        let lines =
            characters.div_ceil(self.broadcast_across(page)).clamp(1, self.broadcast_down());
        // Upright, its word and its time stand in a line of their own.
        let more = if self.upright { lines } else { lines - 1 };
        self.bottom += BROADCAST_LINE * more as f32;
        self
    }

    /// Characters in a line of a broadcast.
    fn broadcast_across(self, page: Rect) -> usize {
        let before = if self.upright { 0.0 } else { BROADCAST_BEFORE };
        let room = page.width() - self.side * 2.0 - before;
        (room / BOTTOM_SIZE).floor().max(1.0) as usize
    }

    /// Lines of a broadcast, at most.
    const fn broadcast_down(self) -> usize {
        if self.upright { 5 } else { 3 }
    }

    /// How much has room on a page.
    #[must_use]
    pub fn room(self, page: Rect, beside: Beside) -> Room {
        let mut body = hall::body(page, self);
        let notes = hall::beside(&mut body, self, Beside { notes: true, ..beside }).1;
        Room {
            running: ((page.width() - self.side * 2.0) / BOTTOM_SIZE).floor().max(1.0) as usize,
            broadcast: self.broadcast_across(page) * self.broadcast_down(),
            notes: notes::room(notes.unwrap_or(Rect::ZERO), self.wide),
        }
    }

    /// Where the rows stand, under their heads.
    #[must_use]
    pub fn rows_area(self, page: Rect, beside: Beside) -> Rect {
        let mut body = hall::body(page, self);
        hall::beside(&mut body, self, beside);
        if !self.upright {
            split::take_top(&mut body, HEADS);
        }
        body
    }

    /// Columns of rows side by side in an area: one, but on a very wide wall.
    #[must_use]
    pub fn columns(self, area: Rect) -> usize {
        let column = if self.upright { 984.0 } else { 1424.0 } * self.scale;
        (((area.width() + COLUMN_GAP) / (column + COLUMN_GAP)).floor() as usize).max(1)
    }

    /// How many rows of calls a page holds.
    #[must_use]
    pub fn rows_room(self, page: Rect, beside: Beside) -> usize {
        let area = self.rows_area(page, beside);
        let down = (area.height() / self.row).floor().max(1.0) as usize;
        down * self.columns(area)
    }

    /// The height of the counts under the rows, when upright.
    #[must_use]
    pub fn panel(self, counts: usize) -> f32 {
        let lines = counts.saturating_sub(1).div_ceil(2) as f32;
        132.0 + lines * 118.0 + 26.0
    }
}

/// Which design a page follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Hall and window screens.
    Screen,
    /// The evaluation tablet.
    Tablet,
}

/// The zoom at which the design fills a window of so many pixels, lying or upright.
#[must_use]
pub fn zoom_for(window_px: Vec2, design: Design) -> f32 {
    let lying = match design {
        Design::Screen => measure::HALL_SCREEN,
        Design::Tablet => measure::TABLET,
    };
    let upright = window_px.y > window_px.x;
    let page = if upright { egui::vec2(lying.y, lying.x) } else { lying };
    let zoom = measure::zoom_to_fit(window_px, page);
    let is_wall = design == Design::Screen && window_px.x > window_px.y * 2.5;
    if is_wall { zoom.max(ZOOM_MIN) } else { zoom }
}

#[cfg(test)]
mod tests;
