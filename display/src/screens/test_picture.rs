//! The picture for the installer: are all corners visible, all letters there, all colours right?

use egui::{Align, Rect, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    split,
    text::{bold, fitting_size, line_ui, paragraph_ui, regular},
};

/// What the test picture says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestView {
    /// 屏幕测试.
    pub title: String,
    /// The device.
    pub device: String,
    /// Letters, digits and words the screen uses.
    pub letters: String,
    /// What to look for.
    pub todo: String,
}

/// Draws the test picture over the whole of `page`.
pub fn test_ui(ui: &Ui, page: Rect, view: &TestView) {
    let painter = ui.painter();
    painter.rect_filled(page, 0, colour::NIGHT);
    let side = vec2(80.0, 80.0);
    let corners = [page.left_top(), page.right_top(), page.left_bottom(), page.right_bottom()];
    for corner in corners {
        let square = Rect::from_center_size(corner, side * 2.0).intersect(page);
        painter.rect_filled(square, 0, colour::LAMP);
    }
    let mut rest = page.shrink2(vec2(120.0, 100.0));
    let title = split::take_top(&mut rest, 160.0);
    line_ui(ui, title, Align::Center, &[bold(&view.title, 110.0, colour::NIGHT_INK)]);
    let device = split::take_top(&mut rest, 90.0);
    line_ui(ui, device, Align::Center, &[regular(&view.device, 54.0, colour::NIGHT_INK_2)]);
    let room = rest.width();
    let todo = split::take_bottom(&mut rest, 90.0);
    let size = fitting_size(painter, &view.todo, Weight::Bold, 54.0, 30.0, room);
    line_ui(ui, todo, Align::Center, &[bold(&view.todo, size, colour::LAMP)]);
    let bars = split::take_bottom(&mut rest, 120.0);
    let fills =
        [colour::NIGHT_2, colour::NIGHT_LINE, colour::NIGHT_INK_2, colour::NIGHT_INK, colour::LAMP];
    for (bar, fill) in split::columns(bars, fills.len(), 24.0).into_iter().zip(fills) {
        painter.rect_filled(bar, 10, fill);
    }
    let letters = regular(&view.letters, 66.0, colour::NIGHT_INK);
    paragraph_ui(ui, rest.shrink2(vec2(0.0, 30.0)), Align::Center, &letters);
}
