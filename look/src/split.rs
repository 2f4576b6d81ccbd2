//! Dividing a page into rectangles, in the words of the pictures: bars off an edge, columns, grids.

use egui::{Rect, Vec2, pos2, vec2};

/// Cuts a bar off the top; what is left, stays.
pub fn take_top(rest: &mut Rect, height: f32) -> Rect {
    let height = height.min(rest.height());
    let bar = Rect::from_min_size(rest.min, vec2(rest.width(), height));
    rest.min.y += height;
    bar
}

/// Cuts a bar off the bottom.
pub fn take_bottom(rest: &mut Rect, height: f32) -> Rect {
    let height = height.min(rest.height());
    let bar =
        Rect::from_min_size(pos2(rest.min.x, rest.max.y - height), vec2(rest.width(), height));
    rest.max.y -= height;
    bar
}

/// Cuts a column off the left.
pub fn take_left(rest: &mut Rect, width: f32) -> Rect {
    let width = width.min(rest.width());
    let column = Rect::from_min_size(rest.min, vec2(width, rest.height()));
    rest.min.x += width;
    column
}

/// Cuts a column off the right.
pub fn take_right(rest: &mut Rect, width: f32) -> Rect {
    let width = width.min(rest.width());
    let column =
        Rect::from_min_size(pos2(rest.max.x - width, rest.min.y), vec2(width, rest.height()));
    rest.max.x -= width;
    column
}

/// Leaves a gap at the top.
pub fn skip_top(rest: &mut Rect, gap: f32) {
    rest.min.y = (rest.min.y + gap).min(rest.max.y);
}

/// Equal columns with gaps between.
#[must_use]
pub fn columns(area: Rect, count: usize, gap: f32) -> Vec<Rect> {
    grid(area, count, 1, vec2(gap, 0.0))
}

/// Equal rows with gaps between.
#[must_use]
pub fn rows(area: Rect, count: usize, gap: f32) -> Vec<Rect> {
    grid(area, 1, count, vec2(0.0, gap))
}

/// Equal cells, row by row.
#[must_use]
pub fn grid(area: Rect, across: usize, down: usize, gap: Vec2) -> Vec<Rect> {
    let (across, down) = (across.max(1), down.max(1));
    let free = area.size() - gap * vec2((across - 1) as f32, (down - 1) as f32);
    let cell = vec2(free.x / across as f32, free.y / down as f32);
    let place = |n: usize| vec2((n % across) as f32, (n / across) as f32);
    (0..across * down)
        .map(|n| Rect::from_min_size(area.min + place(n) * (cell + gap), cell))
        .collect()
}

/// A rectangle of a size in the middle of another, never larger than it.
#[must_use]
pub fn centred(area: Rect, size: Vec2) -> Rect {
    Rect::from_center_size(area.center(), size.min(area.size()))
}
