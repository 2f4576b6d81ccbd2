//! The two-dimensional code of the ticket page: modules by the crate, squares by us.

use egui::{Painter, Rect, pos2, vec2};

/// Modules row by row, and how many stand in a row.
pub struct Modules {
    side: usize,
    dark: Vec<bool>,
}

/// The modules of a text; none if it is too long for a code.
#[must_use]
pub fn modules(text: &str) -> Option<Modules> {
    let code = qrcode::QrCode::with_error_correction_level(text, qrcode::EcLevel::M).ok()?;
    let dark = code.to_colors().into_iter().map(|colour| colour == qrcode::Color::Dark).collect();
    Some(Modules { side: code.width(), dark })
}

/// Paints the modules black on white, each a whole number of points.
pub fn paint(painter: &Painter, area: Rect, modules: &Modules) {
    let step = (area.width() / modules.side as f32).floor().max(1.0);
    let all = step * modules.side as f32;
    let ground = Rect::from_center_size(area.center(), vec2(all, all) + vec2(step, step) * 4.0);
    painter.rect_filled(ground, 0, look::colour::CODE_LIGHT);
    let corner = (area.center() - vec2(all, all) / 2.0).round();
    for (place, dark) in modules.dark.iter().enumerate() {
        if *dark {
            let at = pos2((place % modules.side) as f32, (place / modules.side) as f32);
            let square = Rect::from_min_size(corner + at.to_vec2() * step, vec2(step, step));
            painter.rect_filled(square, 0, look::colour::CODE_DARK);
        }
    }
}
