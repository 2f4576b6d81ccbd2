//! How much time is left: by whole seconds, in words, as a bar or as a ring; and page dots.

use egui::{Align, Painter, Rect, Response, Stroke, Ui, pos2, vec2};

use crate::{
    colour,
    measure::letters,
    text::{bold, line, regular, says},
};

/// Two lines: what is counted, and how many seconds. `words` are 剩余操作时间 and 秒.
pub fn seconds(ui: &Ui, area: Rect, words: (&str, &str), left: u32) -> Response {
    let painter = ui.painter();
    let (top, low) = area.split_top_bottom_at_fraction(0.46);
    line(painter, top, Align::Center, &[regular(words.0, letters::SECOND, colour::INK_2)]);
    let runs = [
        bold(left.to_string(), 40.0, colour::INK),
        regular(words.1, letters::SECOND, colour::INK_2).after(8.0),
    ];
    line(painter, low, Align::Center, &runs);
    says(ui, area, &format!("{} {left} {}", words.0, words.1))
}

/// A bar that shrinks by whole seconds.
pub fn bar(ui: &Ui, area: Rect, left: u32, of: u32, label: &str) -> Response {
    let painter = ui.painter();
    let bar =
        Rect::from_center_size(area.center(), vec2(area.width(), 16.0_f32.min(area.height())));
    painter.rect_filled(bar, 8, colour::LINE);
    let share = left.min(of) as f32 / of.max(1) as f32;
    let mut rest = bar;
    rest.max.x = bar.left() + bar.width() * share;
    if share > 0.0 {
        painter.rect_filled(rest, 8, colour::BRAND);
    }
    says(ui, area, label)
}

/// A ring that empties by whole seconds, with the seconds in it.
pub fn ring(ui: &Ui, area: Rect, left: u32, of: u32, label: &str) -> Response {
    let painter = ui.painter();
    let side = area.width().min(area.height());
    let width = side * 0.09;
    let radius = (side - width) / 2.0;
    painter.circle_stroke(area.center(), radius, Stroke::new(width, colour::LINE));
    let share = left.min(of) as f32 / of.max(1) as f32;
    arc(painter, area, radius, share, Stroke::new(width, colour::BRAND));
    line(painter, area, Align::Center, &[bold(left.to_string(), side * 0.42, colour::INK)]);
    says(ui, area, label)
}

fn arc(painter: &Painter, area: Rect, radius: f32, share: f32, stroke: Stroke) {
    if share <= 0.0 {
        return;
    }
    let steps = (share * 72.0).ceil().max(1.0) as usize;
    let point = |n: usize| {
        let turn = share * n as f32 / steps as f32;
        let angle = (turn - 0.25) * std::f32::consts::TAU;
        area.center() + radius * vec2(angle.cos(), angle.sin())
    };
    painter.line((0..=steps).map(point).collect(), stroke);
}

/// One dot a page; the present one is a bar, so that it differs in shape too.
pub fn page_dots(ui: &Ui, area: Rect, page: usize, pages: usize, label: &str) -> Response {
    let painter = ui.painter();
    let step = 36.0;
    let mut x = area.center().x - step * pages.saturating_sub(1) as f32 / 2.0;
    for n in 0..pages {
        let middle = pos2(x, area.center().y);
        if n == page {
            let bar = Rect::from_center_size(middle, vec2(28.0, 14.0));
            painter.rect_filled(bar, 7, colour::BRAND);
        } else {
            painter.circle_filled(middle, 7.0, colour::LINE_STRONG);
        }
        x += step;
    }
    says(ui, area, label)
}
