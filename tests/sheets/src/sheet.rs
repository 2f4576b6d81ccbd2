//! A sheet: the pages of one layout and language beside one another.

use wire::texts::Language;

use crate::{
    canvas::Canvas,
    page::{Layout, each_page},
};

/// Pages beside one another.
const ACROSS_UPRIGHT: usize = 7;
const ACROSS_LYING: usize = 4;

/// Between two pages, in pixels of a picture.
const GAP: usize = 12;

/// What lies between the pages.
const GROUND: [f32; 3] = [90.0, 96.0, 104.0];

/// All pages of a layout and language, so many times smaller than their pictures.
#[must_use]
pub fn sheet(layout: Layout, language: Language, times: usize) -> Canvas {
    let mut pictures: Vec<Canvas> = Vec::new();
    each_page(layout, language, |stage, page| pictures.push(stage.picture(page).smaller(times)));
    side_by_side(layout, &pictures, times)
}

/// Pictures of pages that were made so many times smaller, beside one another.
#[must_use]
pub fn side_by_side(layout: Layout, pictures: &[Canvas], times: usize) -> Canvas {
    let lying = layout.size().x > layout.size().y;
    let across = if lying { ACROSS_LYING } else { ACROSS_UPRIGHT };
    let gap = (GAP / times).max(1);
    let (wide, high) = pictures.first().map_or((1, 1), |first| (first.width, first.height));
    let down = pictures.len().div_ceil(across);
    let (width, height) = ((wide + gap) * across + gap, (high + gap) * down + gap);
    let mut sheet = Canvas::new(width, height, GROUND);
    for (n, picture) in pictures.iter().enumerate() {
        let (column, row) = (n % across, n / across);
        sheet.put(picture, gap + column * (wide + gap), gap + row * (high + gap));
    }
    sheet
}
