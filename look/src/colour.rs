//! The colours: the same names and values as `tokens.css`.

use egui::Color32;

const fn rgb(value: u32) -> Color32 {
    Color32::from_rgb((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

/// The page.
pub const PAPER: Color32 = rgb(0xF5_F7_FA);
/// Cards and buttons on the page.
pub const SURFACE: Color32 = rgb(0xFF_FF_FF);
/// Thin rules.
pub const LINE: Color32 = rgb(0xD8_DE_E8);
/// Borders of what can be touched.
pub const LINE_STRONG: Color32 = rgb(0xB4_BF_CE);
/// Text.
pub const INK: Color32 = rgb(0x15_20_33);
/// Second text.
pub const INK_2: Color32 = rgb(0x48_56_6B);
/// Hints and rules; never small text.
pub const INK_3: Color32 = rgb(0x62_6F_83);
/// The one blue.
pub const BRAND: Color32 = rgb(0x0B_5C_AD);
/// The blue of headers, and of a pressed primary button.
pub const BRAND_DEEP: Color32 = rgb(0x08_3E_75);
/// The blue of quiet bands, and of a pressed card.
pub const BRAND_WASH: Color32 = rgb(0xE6_F0_FA);
/// 空闲, 在线.
pub const FREE: Color32 = rgb(0x14_7A_4B);
/// Behind [`FREE`].
pub const FREE_WASH: Color32 = rgb(0xE3_F4_EB);
/// 叫号中, attention, focus.
pub const CALLING: Color32 = rgb(0xAE_50_08);
/// Behind [`CALLING`].
pub const CALLING_WASH: Color32 = rgb(0xFD_F0_DC);
/// 办理中.
pub const SERVING: Color32 = BRAND;
/// Behind [`SERVING`].
pub const SERVING_WASH: Color32 = BRAND_WASH;
/// 暂停, 离线, disabled.
pub const PAUSED: Color32 = rgb(0x5B_66_75);
/// Behind [`PAUSED`].
pub const PAUSED_WASH: Color32 = rgb(0xEC_EF_F3);
/// 黄牌 only.
pub const YELLOW: Color32 = rgb(0x8A_61_00);
/// Behind [`YELLOW`].
pub const YELLOW_WASH: Color32 = rgb(0xFF_F4_CC);
/// 红牌 and 差评 only.
pub const RED: Color32 = rgb(0xB3_26_1E);
/// Behind [`RED`].
pub const RED_WASH: Color32 = rgb(0xFC_E8_E6);
/// The hall screen's page.
pub const NIGHT: Color32 = rgb(0x0A_17_30);
/// Bars and cards of the hall screen.
pub const NIGHT_2: Color32 = rgb(0x12_24_4A);
/// Rules of the hall screen.
pub const NIGHT_LINE: Color32 = rgb(0x27_40_70);
/// Text of the hall screen.
pub const NIGHT_INK: Color32 = rgb(0xF2_F6_FF);
/// Second text of the hall screen.
pub const NIGHT_INK_2: Color32 = rgb(0xA9_BA_D8);
/// A called number on the hall screen.
pub const LAMP: Color32 = rgb(0xFF_C2_47);
/// The ground of a code: a scanner wants it light, also in high contrast.
pub const CODE_LIGHT: Color32 = rgb(0xFE_FE_FE);
/// The modules of a code.
pub const CODE_DARK: Color32 = Color32::BLACK;
/// A picture in its own colours.
pub const UNTINTED: Color32 = Color32::WHITE;
/// Text on [`BRAND`] and [`BRAND_DEEP`]; a hair off white, so that
/// [`contrast`](crate::contrast) tells letters from a card.
pub const ON_BRAND: Color32 = rgb(0xFE_FF_FF);
