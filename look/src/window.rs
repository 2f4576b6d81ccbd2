//! A window over the whole screen, also where nobody manages windows.

use egui::ViewportCommand;

/// Frames after which a window that still has another size keeps it.
pub const FILLING_FRAMES_MAX: u64 = 10;

/// A bare X server has no window manager, so nobody obeys the wish for a full screen; the window
/// takes the monitor's size itself.
pub fn fill_screen(ctx: &egui::Context) {
    let (monitor, window) = ctx.input(|input| {
        let viewport = input.viewport();
        (viewport.monitor_size, viewport.inner_rect.map(|rect| rect.size()))
    });
    if let (Some(monitor), Some(window)) = (monitor, window)
        && (monitor - window).abs().max_elem() > 1.0
    {
        ctx.send_viewport_cmd(ViewportCommand::OuterPosition(egui::Pos2::ZERO));
        ctx.send_viewport_cmd(ViewportCommand::InnerSize(monitor));
        ctx.request_repaint();
    }
}
