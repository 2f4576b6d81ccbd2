//! The box behind whatever can be touched: how it looks at rest, under a finger, focused, off.

use egui::{Color32, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use crate::{colour, text::place_id};

/// How a box is filled and what its text looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skin {
    /// The fill.
    pub fill: Color32,
    /// The border.
    pub border: Color32,
    /// Text on it.
    pub ink: Color32,
    /// Second text on it.
    pub ink_2: Color32,
}

/// The family of looks a touchable box belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// The usual next step: filled blue, one a page.
    Primary,
    /// Everything else: outlined.
    #[default]
    Secondary,
    /// Help and finders: outlined in blue.
    Accent,
    /// 长者版: filled deep blue.
    Deep,
    /// What cannot be taken back: outlined in the colour of attention; red stays for cards.
    Danger,
    /// Neither filled nor outlined, on a white or blue bar.
    Quiet,
}

impl Kind {
    /// How this kind looks now.
    #[must_use]
    pub const fn skin(self, pressed: bool, enabled: bool) -> Skin {
        if !enabled {
            return Skin {
                fill: colour::PAUSED_WASH,
                border: colour::LINE,
                ink: colour::PAUSED,
                ink_2: colour::PAUSED,
            };
        }
        match (self, pressed) {
            (Self::Primary, false) => filled(colour::BRAND),
            (Self::Primary, true) | (Self::Deep, false) => filled(colour::BRAND_DEEP),
            (Self::Deep, true) => filled(colour::BRAND),
            (Self::Secondary | Self::Accent | Self::Danger | Self::Quiet, true) => Skin {
                fill: colour::BRAND_WASH,
                border: colour::BRAND,
                ink: colour::BRAND_DEEP,
                ink_2: colour::BRAND_DEEP,
            },
            (Self::Secondary, false) => outlined(colour::LINE_STRONG, colour::INK),
            (Self::Accent, false) => outlined(colour::BRAND, colour::BRAND_DEEP),
            (Self::Danger, false) => outlined(colour::CALLING, colour::CALLING),
            (Self::Quiet, false) => Skin {
                fill: Color32::TRANSPARENT,
                border: Color32::TRANSPARENT,
                ink: colour::BRAND_DEEP,
                ink_2: colour::INK_2,
            },
        }
    }
}

const fn filled(fill: Color32) -> Skin {
    Skin { fill, border: fill, ink: colour::ON_BRAND, ink_2: colour::BRAND_WASH }
}

const fn outlined(border: Color32, ink: Color32) -> Skin {
    Skin { fill: colour::SURFACE, border, ink, ink_2: colour::INK_2 }
}

/// A touchable box: senses the finger, paints fill, border and focus ring.
/// A box that is not `enabled` may still be `alive`: touched, it explains.
pub fn touch_box(ui: &Ui, area: Rect, kind: Kind, look: BoxLook, label: &str) -> (Response, Skin) {
    let sense = if look.alive { Sense::click() } else { Sense::hover() };
    let response = ui.interact(area, place_id(ui, "touch", area), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, look.alive, label));
    let pressed = look.alive && response.is_pointer_button_down_on();
    let mut skin = kind.skin(pressed && look.enabled, look.enabled);
    if pressed && !look.enabled {
        skin.border = colour::PAUSED;
    }
    let painter = ui.painter();
    paint_box(painter, area, look.radius, look.border, &skin);
    if response.has_focus() {
        focus_ring(painter, area, look.radius);
    }
    (response, skin)
}

/// The shape and life of a touchable box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoxLook {
    /// It looks usable.
    pub enabled: bool,
    /// It hears a touch.
    pub alive: bool,
    /// Corners.
    pub radius: u8,
    /// The border's width.
    pub border: f32,
}

/// Fill and border inside the rectangle.
pub fn paint_box(painter: &Painter, area: Rect, radius: u8, border: f32, skin: &Skin) {
    painter.rect(area, radius, skin.fill, Stroke::new(border, skin.border), StrokeKind::Inside);
}

/// A card that cannot be touched.
pub fn card(painter: &Painter, area: Rect, fill: Color32, border: Color32, width: f32) {
    painter.rect(area, 18, fill, Stroke::new(width, border), StrokeKind::Inside);
}

fn focus_ring(painter: &Painter, area: Rect, radius: u8) {
    let stroke = Stroke::new(6.0, colour::CALLING);
    painter.rect_stroke(area.expand(6.0), radius + 6, stroke, StrokeKind::Outside);
}
