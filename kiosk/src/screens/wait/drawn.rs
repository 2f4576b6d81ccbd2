//! 正在取号, drawn.

use egui::{Align, Rect, Ui, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    icon::Icon,
    split,
    text::{bold, fitting_size, line_ui, regular},
};

use super::WaitView;
use crate::screens::frame::Layout;

/// Draws the page that waits.
pub fn wait_ui(ui: &Ui, layout: &Layout, view: &WaitView) {
    let painter = ui.painter();
    let area = split::centred(layout.content, vec2(984.0, 640.0));
    card(painter, area, colour::SURFACE, colour::LINE_STRONG, 3.0);
    let inner = area.shrink(56.0);
    let unit = inner.height() / 528.0;
    let mark = Rect::from_center_size(
        egui::pos2(inner.center().x, inner.top() + 110.0 * unit),
        vec2(180.0, 180.0) * unit,
    );
    let icon = if view.printing { Icon::Printer } else { Icon::Ticket };
    icon.paint(painter, mark, 5.0, colour::BRAND);
    let row = |top: f32, high: f32| {
        Rect::from_min_size(
            egui::pos2(inner.left(), inner.top() + top * unit),
            vec2(inner.width(), high * unit),
        )
    };
    let size =
        fitting_size(painter, &view.title, Weight::Bold, 96.0 * unit.max(0.7), 56.0, inner.width());
    line_ui(ui, row(250.0, 130.0), Align::Center, &[bold(view.title.as_str(), size, colour::INK)]);
    let least = if layout.elder { 50.0 } else { 42.0 };
    let size = fitting_size(painter, &view.hint, Weight::Regular, least, 34.0, inner.width());
    line_ui(
        ui,
        row(400.0, 80.0),
        Align::Center,
        &[regular(view.hint.as_str(), size, colour::INK_2)],
    );
}
