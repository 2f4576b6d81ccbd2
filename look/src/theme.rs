//! How egui itself behaves and looks on a public screen: light, still, and deaf to nothing a
//! careful finger does.

use egui::{Color32, Context, Stroke, Theme, Visuals};

use crate::{
    colour,
    fonts::{Weight, install_fonts},
    measure::letters,
};

/// Installs fonts and theme. Call once, before the first frame.
pub fn install(ctx: &Context) {
    install_fonts(ctx);
    install_theme(ctx);
}

/// Installs the theme alone.
pub fn install_theme(ctx: &Context) {
    ctx.set_theme(Theme::Light);
    ctx.all_styles_mut(|style| {
        style.visuals = visuals();
        style.animation_time = 0.0;
        style.interaction.selectable_labels = false;
        for font in style.text_styles.values_mut() {
            *font = Weight::Regular.size(letters::LEAST);
        }
    });
    ctx.options_mut(|options| {
        // An old finger presses long and slips; it acts on release inside, however long that takes.
        options.input_options.max_click_dist = f32::INFINITY;
        options.input_options.max_click_duration = f64::INFINITY;
        // Ctrl and + belong to no visitor.
        options.zoom_with_keyboard = false;
    });
}

fn visuals() -> Visuals {
    let mut visuals = Visuals::light();
    visuals.panel_fill = colour::PAPER;
    visuals.window_fill = colour::SURFACE;
    visuals.extreme_bg_color = colour::SURFACE;
    visuals.override_text_color = Some(colour::INK);
    visuals.selection.bg_fill = colour::BRAND_WASH;
    visuals.selection.stroke = Stroke::new(2.0, colour::BRAND);
    visuals.hyperlink_color = colour::BRAND;
    visuals.popup_shadow = egui::Shadow::NONE;
    visuals.window_shadow = egui::Shadow::NONE;
    visuals.handle_shape = egui::style::HandleShape::Circle;
    visuals.faint_bg_color = Color32::TRANSPARENT;
    visuals
}
