//! The pages: each of the kiosk's gallery, in each layout and language, as shapes and as pixels.

use egui::{ClippedPrimitive, Context, Pos2, RawInput, Rect, Vec2, epaint::ClippedShape};
use kiosk::{gallery, model::Model, moment::Moment, screens};
use look::measure;
use wire::texts::Language;

use crate::{
    canvas::Canvas,
    measured::{Button, buttons},
    paint::{Textures, paint},
};

/// Pixels a point: half of a panel's are enough to see everything.
const SCALE: f32 = 0.5;

/// 版式: how a page is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
    /// 长者版.
    Elder,
    /// 长者版, lying.
    ElderLandscape,
    /// 低位.
    Low,
    /// 低位 in 长者版.
    ElderLow,
    /// 高对比.
    Contrast,
}

impl Layout {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Portrait,
        Self::Landscape,
        Self::Elder,
        Self::ElderLandscape,
        Self::Low,
        Self::ElderLow,
        Self::Contrast,
    ];

    /// Its word in the names of files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Portrait => "portrait",
            Self::Landscape => "landscape",
            Self::Elder => "elder",
            Self::ElderLandscape => "elder-landscape",
            Self::Low => "low",
            Self::ElderLow => "elder-low",
            Self::Contrast => "contrast",
        }
    }

    /// Its page in points.
    #[must_use]
    pub const fn size(self) -> Vec2 {
        match self {
            Self::Portrait | Self::Elder | Self::Low | Self::ElderLow | Self::Contrast => {
                measure::KIOSK_PORTRAIT
            }
            Self::Landscape | Self::ElderLandscape => measure::KIOSK_LANDSCAPE,
        }
    }

    /// A page of the gallery in this layout.
    fn page(self, name: &str, language: Language) -> Option<Model> {
        let form = if self.is_elder() { "-elder" } else { "" };
        let tongue = match language {
            Language::Chinese => "",
            Language::English => "-en",
        };
        let mut model = gallery::page(&format!("{name}{form}{tongue}"))?;
        model.lies = self.size().x > self.size().y;
        model.low = self.is_low();
        model.contrast = self == Self::Contrast;
        Some(model)
    }

    /// 长者版.
    #[must_use]
    pub const fn is_elder(self) -> bool {
        matches!(self, Self::Elder | Self::ElderLandscape | Self::ElderLow)
    }

    /// The page lies.
    #[must_use]
    pub const fn is_lying(self) -> bool {
        matches!(self, Self::Landscape | Self::ElderLandscape)
    }

    /// 低位.
    #[must_use]
    pub const fn is_low(self) -> bool {
        matches!(self, Self::Low | Self::ElderLow)
    }
}

/// A page that was laid out.
pub struct Laid {
    /// Its name in the gallery.
    pub name: &'static str,
    /// What was drawn, in order.
    pub shapes: Vec<ClippedShape>,
    /// What can be touched.
    pub buttons: Vec<Button>,
    /// A card stands before it.
    pub is_covered: bool,
    /// The page in points.
    pub area: Rect,
    /// What the spoken line says; it is touched to be heard again, and low on purpose.
    pub sentence: String,
}

/// A false screen on which one page after another is laid out, so that letters are drawn once.
pub struct Stage {
    layout: Layout,
    language: Language,
    context: Context,
    textures: Textures,
}

impl Stage {
    /// A screen for pages of a layout and language.
    #[must_use]
    pub fn new(layout: Layout, language: Language) -> Self {
        let context = Context::default();
        look::theme::install(&context);
        context.enable_accesskit();
        let mut stage = Self { layout, language, context, textures: Textures::default() };
        // The first frame learns the fonts; what it drew is thrown away.
        stage.lay("start");
        stage
    }

    /// Lays a page of the gallery out; none if it has no such page in that form.
    pub fn lay(&mut self, name: &'static str) -> Option<Laid> {
        let model = self.layout.page(name, self.language)?;
        let view = screens::fill(&model, Moment(gallery::NOW.0 + 500));
        let area = Rect::from_min_size(Pos2::ZERO, self.layout.size());
        let mut input = RawInput { screen_rect: Some(area), ..RawInput::default() };
        if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
            viewport.native_pixels_per_point = Some(SCALE);
        }
        let output = self.context.run_ui(input, |ui| {
            screens::show_ui(ui, area, &view);
        });
        self.textures.set(output.textures_delta);
        let buttons = output.platform_output.accesskit_update.as_ref().map_or(vec![], buttons);
        let is_covered = view.card.is_some();
        let sentence = view.frame.spoken;
        Some(Laid { name, shapes: output.shapes, buttons, is_covered, area, sentence })
    }

    /// A page in pixels, half as many as points.
    #[must_use]
    pub fn picture(&self, page: &Laid) -> Canvas {
        let size = page.area.size() * SCALE;
        let paper = look::colour::PAPER.to_array();
        let paper = [paper[0], paper[1], paper[2]].map(f32::from);
        let mut canvas = Canvas::new(size.x as usize, size.y as usize, paper);
        let meshes: Vec<ClippedPrimitive> = self.context.tessellate(page.shapes.clone(), SCALE);
        paint(&mut canvas, &self.textures, &meshes, SCALE);
        canvas
    }
}

/// Every page of the gallery in a layout and language, one after another.
pub fn each_page(layout: Layout, language: Language, mut see: impl FnMut(&Stage, &Laid)) {
    let mut stage = Stage::new(layout, language);
    for name in gallery::PAGES {
        if let Some(page) = stage.lay(name) {
            see(&stage, &page);
        }
    }
}
