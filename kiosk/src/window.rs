//! The window: one eframe application that shows a model and hands on what is touched.

use egui::{Event, Rect, Ui, Vec2};
use look::measure;

use crate::{model::message::Touch, screens};

/// A window may lack so many points of a page by rounding.
const TOLERANCE: f32 = 8.0;

/// The corner of the operator, in pixels of the design.
const CORNER: f32 = 120.0;

/// The page of the design that fits a window of this shape.
#[must_use]
pub fn page_size(window: Vec2) -> Vec2 {
    if window.x > window.y { measure::KIOSK_LANDSCAPE } else { measure::KIOSK_PORTRAIT }
}

/// Makes a point a pixel of the design, whatever the window's size; true if that changed. In the
/// first frames it takes the whole screen, if it is to.
pub fn fit(ctx: &egui::Context, filling: &mut u64) -> bool {
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
    }
    changed
}

/// Draws a view in the middle of the window.
pub fn draw(ui: &mut Ui, view: &screens::View) -> Option<Touch> {
    let whole = ui.ctx().content_rect();
    ui.painter().rect_filled(whole, 0, look::colour::PAPER);
    let missing = page_size(whole.size()) - whole.size();
    if missing.max_elem() > TOLERANCE {
        // The window is being opened or resized: the next frame has the right measure.
        ui.ctx().request_repaint();
        return None;
    }
    let page = Rect::from_center_size(whole.center(), page_size(whole.size()).min(whole.size()));
    // A page that is almost as large as the window takes all of it.
    let page = if whole.width() - page.width() < 4.0 && whole.height() - page.height() < 4.0 {
        whole
    } else {
        page
    };
    screens::show_ui(ui, page, view)
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
