//! The window: one eframe application that shows a model and hands on what is touched.

use egui::{Event, Rect, Ui, Vec2, vec2};
use look::measure;

use crate::{model::message::Touch, screens};

/// A window may lack so many points of a page by rounding.
const TOLERANCE: f32 = 8.0;

/// The corner of the operator, in pixels of the design.
const CORNER: f32 = 120.0;

/// The page of the design that fits a window of this shape.
#[must_use]
pub fn page_size(window: Vec2) -> Vec2 {
    if lies(window) { measure::KIOSK_LANDSCAPE } else { measure::KIOSK_PORTRAIT }
}

/// The screen lies.
#[must_use]
pub fn lies(window: Vec2) -> bool {
    window.x > window.y
}

/// Millimetres a point on a panel whose picture is so many pixels and millimetres wide. At 0.248 or
/// more every rule in millimetres is kept; a larger panel has larger letters.
#[must_use]
pub fn mm_per_point(window_px: Vec2, width_mm: f32) -> f32 {
    let zoom = measure::zoom_to_fit(window_px, page_size(window_px));
    zoom * width_mm / window_px.x.max(1.0)
}

/// Makes a point a pixel of the design, whatever the window's size; true if that changed. In the
/// first frames it takes the whole screen, if it is to.
pub fn fit(ctx: &egui::Context, filling: &mut u64, width_mm: Option<f32>) -> bool {
    if *filling > 0 {
        *filling -= 1;
        look::window::fill_screen(ctx);
    }
    let now = ctx.pixels_per_point();
    let window = ctx.content_rect().size() * now;
    if window.x < 1.0 || window.y < 1.0 {
        return false;
    }
    let wanted = measure::zoom_to_fit(window, page_size(window));
    let changed = (wanted - now).abs() > 0.001;
    if changed {
        ctx.set_pixels_per_point(wanted);
        warn_of_small_panel(window, width_mm);
    }
    changed
}

/// Tells whoever installs the kiosk that the panel is too small for the rules, once a size.
fn warn_of_small_panel(window: Vec2, width_mm: Option<f32>) {
    let Some(width_mm) = width_mm else { return };
    let mm = mm_per_point(window, width_mm);
    if mm < measure::MM_PER_POINT * 0.98 {
        let letters = measure::letters::ELDER_LEAST * measure::HANZI_FILLS * mm;
        tracing::warn!(
            "the panel is too small: the large letters are {letters:.1} mm high, not 10 mm",
        );
    }
}

/// Draws a view over the whole window.
pub fn draw(ui: &mut Ui, view: &screens::View) -> Option<Touch> {
    let whole = ui.ctx().content_rect();
    ui.painter().rect_filled(whole, 0, look::colour::PAPER);
    let missing = page_size(whole.size()) - whole.size();
    if missing.max_elem() > TOLERANCE {
        // The window is being opened or resized: the next frame has the right measure.
        ui.ctx().request_repaint();
        return None;
    }
    screens::show_ui(ui, page_in(whole), view)
}

/// A page takes its window, unless that is of an odd shape: then the middle of it.
fn page_in(whole: Rect) -> Rect {
    let size = whole.size();
    let most = if lies(size) { vec2(size.y * 2.0, size.y) } else { vec2(size.x, size.x * 2.0) };
    Rect::from_center_size(whole.center(), size.min(most))
}

/// How the window opens.
#[must_use]
pub fn options(title: &str, full: bool, size: Vec2) -> eframe::NativeOptions {
    let viewport = egui::ViewportBuilder::default()
        .with_title(title)
        .with_app_id("paihao-kiosk")
        .with_inner_size(size)
        .with_decorations(!full)
        .with_fullscreen(full);
    eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    }
}

/// Presses that may have met no key, each by itself however many a frame has: in the corner behind which
/// 运维 lies, or anywhere else. The corner is 30 mm of the head's upper left, where nothing else is touched.
pub fn beside(ui: &Ui) -> Vec<Touch> {
    let corner = Rect::from_min_size(ui.ctx().content_rect().min, Vec2::splat(CORNER));
    let pressed = |event: &Event| {
        let Event::PointerButton { pos, pressed: true, .. } = event else { return None };
        Some(if corner.contains(*pos) { Touch::Corner } else { Touch::Beside })
    };
    ui.input(|input| input.events.iter().filter_map(pressed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_hold_on_every_panel_from_the_designs_on() {
        for (pixels, width_mm) in [
            (vec2(1080.0, 1920.0), 268.0),
            (vec2(2160.0, 3840.0), 268.0),
            (vec2(1080.0, 1920.0), 398.0),
            (vec2(1920.0, 1080.0), 477.0),
            (vec2(3840.0, 2160.0), 597.0),
        ] {
            let mm = mm_per_point(pixels, width_mm);
            // The least letters of 长者版 and of its buttons, as `tests/sheets` measures them.
            let hanzi = measure::letters::ELDER_LEAST * measure::HANZI_FILLS * mm;
            assert!(hanzi >= 9.99 && 121.0 * mm >= 29.9, "{pixels} of {width_mm} mm: {hanzi}");
            assert!(measure::letters::TICKET_MIN * measure::DIGIT_FILLS * mm >= 30.0);
        }
    }

    #[test]
    fn a_panel_that_is_too_small_is_known_by_its_millimetres() {
        // 15.6 inch, upright.
        assert!(mm_per_point(vec2(1080.0, 1920.0), 194.0) < measure::MM_PER_POINT * 0.98);
    }
}
