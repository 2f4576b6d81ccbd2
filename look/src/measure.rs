//! Sizes: points of the design, millimetres of the hall, and the zoom between a panel and both.

use egui::Vec2;

/// What one point is on the panel the design was drawn for: 21.5 inch, 1080 × 1920.
pub const MM_PER_POINT: f32 = 0.248;

/// The share of its font size that a Chinese character fills.
pub const HANZI_FILLS: f32 = 0.92;
/// The share of its font size that a digit or capital fills.
pub const DIGIT_FILLS: f32 = 0.73;

/// The kiosk's page, upright.
pub const KIOSK_PORTRAIT: Vec2 = Vec2::new(1080.0, 1920.0);
/// The kiosk's page, lying.
pub const KIOSK_LANDSCAPE: Vec2 = Vec2::new(1920.0, 1080.0);
/// The hall screen's page.
pub const HALL_SCREEN: Vec2 = Vec2::new(1920.0, 1080.0);

/// The evaluation tablet's page, lying.
pub const TABLET: Vec2 = Vec2::new(1280.0, 800.0);

/// The least a finger hits safely: 20 mm.
pub const TOUCH_MIN: f32 = 80.0;
/// The usual height of a button.
pub const TOUCH: f32 = 104.0;
/// The least between two touch targets.
pub const TOUCH_GAP_MIN: f32 = 12.0;

/// Spacing, the eight steps of the tokens.
pub const SPACE: [f32; 8] = [4.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0];
/// Corners: chips, buttons, cards.
pub const RADIUS: [u8; 3] = [6, 10, 18];

/// Letter sizes of the kiosk's table, by use.
pub mod letters {
    /// The least allowed: date, footer, tab line.
    pub const LEAST: f32 = 28.0;
    /// Second lines.
    pub const SECOND: f32 = 30.0;
    /// Body and buttons.
    pub const BODY: f32 = 36.0;
    /// Buttons that stand alone.
    pub const BUTTON: f32 = 38.0;
    /// A tile's name.
    pub const TILE: f32 = 50.0;
    /// A page's title.
    pub const TITLE: f32 = 60.0;
    /// The main action.
    pub const ACTION: f32 = 104.0;
    /// The ticket's number.
    pub const TICKET: f32 = 300.0;
    /// The ticket's number at least: digits of 30 mm.
    pub const TICKET_MIN: f32 = 168.0;
    /// 长者版: the least allowed.
    pub const ELDER_LEAST: f32 = 44.0;
    /// 长者版: the least of a name in Latin letters, which is three times as long as a Chinese one.
    pub const ELDER_LATIN: f32 = 34.0;
    /// 长者版: titles.
    pub const ELDER_TITLE: f32 = 62.0;
}

/// Points for so many millimetres of the design panel.
#[must_use]
pub fn mm(millimetres: f32) -> f32 {
    millimetres / MM_PER_POINT
}

/// The font size whose Chinese characters are so many millimetres high.
#[must_use]
pub fn hanzi_mm(millimetres: f32) -> f32 {
    mm(millimetres) / HANZI_FILLS
}

/// The font size whose digits are so many millimetres high.
#[must_use]
pub fn digits_mm(millimetres: f32) -> f32 {
    mm(millimetres) / DIGIT_FILLS
}

/// The zoom for a panel of known physical width, so that millimetres come out as millimetres.
#[must_use]
pub fn zoom_for_panel(width_px: f32, width_mm: f32) -> f32 {
    let mm_per_px = width_mm / width_px.max(1.0);
    (MM_PER_POINT / mm_per_px.max(0.01)).clamp(0.2, 8.0)
}

/// The zoom that fits a page of the design into a window of so many pixels.
#[must_use]
pub fn zoom_to_fit(window_px: Vec2, page: Vec2) -> f32 {
    (window_px.x / page.x).min(window_px.y / page.y).clamp(0.1, 8.0)
}
