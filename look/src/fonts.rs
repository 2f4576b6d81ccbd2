//! Hall Sans SC, Regular and Bold: egui has no false bold, so bold is a family of its own.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};

/// The file of Regular, for whoever draws letters without egui.
pub const REGULAR: &[u8] = include_bytes!("../../assets/fonts/HallSansSC-Regular.otf");
/// The file of Bold.
pub const BOLD: &[u8] = include_bytes!("../../assets/fonts/HallSansSC-Bold.otf");

const REGULAR_NAME: &str = "HallSansSC-Regular";
const BOLD_NAME: &str = "HallSansSC-Bold";
const MORE_NAME: &str = "more";

/// How heavy letters are. Bold is what the eye must find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Ordinary text.
    Regular,
    /// Numbers, names, titles, buttons.
    Bold,
}

impl Weight {
    /// The font of this weight and size.
    #[must_use]
    pub fn size(self, size: f32) -> FontId {
        let family = match self {
            Self::Regular => FontFamily::Proportional,
            Self::Bold => FontFamily::Name(Arc::from(BOLD_NAME)),
        };
        FontId::new(size, family)
    }
}

/// Installs the two fonts that are built into the program.
pub fn install_fonts(ctx: &Context) {
    ctx.set_fonts(definitions(None));
}

/// Installs the two fonts and, behind them, one more for rare characters of names.
pub fn install_fonts_with(ctx: &Context, more: Vec<u8>) {
    ctx.set_fonts(definitions(Some(more)));
}

fn definitions(more: Option<Vec<u8>>) -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let mut add = |name: &str, data: FontData| {
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    };
    add(REGULAR_NAME, FontData::from_static(REGULAR));
    add(BOLD_NAME, FontData::from_static(BOLD));
    let mut regular = vec![REGULAR_NAME.to_owned()];
    let mut bold = vec![BOLD_NAME.to_owned()];
    if let Some(bytes) = more {
        add(MORE_NAME, FontData::from_owned(bytes));
        regular.push(MORE_NAME.to_owned());
        bold.push(MORE_NAME.to_owned());
    }
    fonts.families.insert(FontFamily::Monospace, regular.clone());
    fonts.families.insert(FontFamily::Proportional, regular);
    fonts.families.insert(FontFamily::Name(Arc::from(BOLD_NAME)), bold);
    fonts
}
