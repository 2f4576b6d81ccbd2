//! Letters on a baseline: lines of runs, paragraphs, and the size at which a text fits.
//!
//! The line box of the font is taller than what it draws, so texts are placed by their glyphs: a
//! digit's or character's own middle lies in the middle of the rectangle.

use std::sync::Arc;

use egui::{
    Align, Color32, Galley, Painter, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use crate::{fonts::Weight, lines::break_lines};

/// Half the height of a digit, in font sizes: how far the baseline lies under its middle.
const DIGIT_MIDDLE: f32 = 0.366;
/// The same for Chinese characters.
const HANZI_MIDDLE: f32 = 0.38;
/// The usual distance of lines.
pub const LINE_HEIGHT: f32 = 1.3;

/// A piece of text of one size, weight and colour.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    text: String,
    size: f32,
    weight: Weight,
    colour: Color32,
    gap: f32,
}

/// A piece of regular text.
#[must_use]
pub fn regular(text: impl Into<String>, size: f32, colour: Color32) -> Run {
    Run { text: text.into(), size, weight: Weight::Regular, colour, gap: 0.0 }
}

/// A piece of bold text.
#[must_use]
pub fn bold(text: impl Into<String>, size: f32, colour: Color32) -> Run {
    Run { text: text.into(), size, weight: Weight::Bold, colour, gap: 0.0 }
}

/// Letters are never smaller.
const SIZE_MIN: f32 = 1.0;

impl Run {
    /// The same with a gap before it, unless it is the first.
    #[must_use]
    pub const fn after(mut self, gap: f32) -> Self {
        self.gap = gap;
        self
    }

    fn galley(&self, painter: &Painter) -> Arc<Galley> {
        // A window that is being opened may be smaller than any page; letters of no size end the
        // program inside the layout.
        let size = self.size.max(SIZE_MIN);
        painter.layout_no_wrap(self.text.clone(), self.weight.size(size), self.colour)
    }

    fn middle(&self) -> f32 {
        let hanzi = self.text.chars().any(|char| char > '\u{2E7F}');
        self.size * if hanzi { HANZI_MIDDLE } else { DIGIT_MIDDLE }
    }
}

/// How wide a line of runs is.
#[must_use]
pub fn width(painter: &Painter, runs: &[Run]) -> f32 {
    let gaps: f32 = runs.iter().skip(1).map(|run| run.gap).sum();
    gaps + runs.iter().map(|run| run.galley(painter).rect.width()).sum::<f32>()
}

/// Paints a line of runs on one baseline, in the middle of the height of `area`.
/// The largest run decides where the middle is. Answers where the line ended.
pub fn line(painter: &Painter, area: Rect, align: Align, runs: &[Run]) -> f32 {
    let largest = runs.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    let baseline = area.center().y + largest.map_or(0.0, Run::middle);
    line_at(painter, area, baseline, align, runs)
}

/// Paints a line of runs on a baseline of its own. Answers where the line ended.
pub fn line_at(painter: &Painter, area: Rect, baseline: f32, align: Align, runs: &[Run]) -> f32 {
    let mut x = match align {
        Align::Min => area.left(),
        Align::Center => area.center().x - width(painter, runs) / 2.0,
        Align::Max => area.right() - width(painter, runs),
    };
    for (n, run) in runs.iter().enumerate() {
        let galley = run.galley(painter);
        if n > 0 {
            x += run.gap;
        }
        let first = galley.rows.first();
        let ascent = first
            .and_then(|row| row.row.glyphs.first().map(|glyph| row.pos.y + glyph.pos.y))
            .unwrap_or_default();
        let wide = galley.rect.width();
        painter.galley(pos2(x, baseline - ascent), galley, run.colour);
        x += wide;
    }
    x
}

/// A line of runs that tests and screen readers find by its words.
pub fn line_ui(ui: &Ui, area: Rect, align: Align, runs: &[Run]) -> Response {
    line(ui.painter(), area, align, runs);
    let words: String = runs.iter().map(|run| run.text.as_str()).collect();
    says(ui, area, &words)
}

/// Gives an area its words, for tests and screen readers, without painting.
pub fn says(ui: &Ui, area: Rect, words: &str) -> Response {
    let response = ui.interact(area, place_id(ui, "says", area).with(words), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    response
}

/// A widget's identity by its place, so that a text that changes under a finger loses no touch.
pub(crate) fn place_id(ui: &Ui, kind: &str, area: Rect) -> egui::Id {
    ui.scope_id().with((kind, area.min.x.round() as i32, area.min.y.round() as i32))
}

/// A paragraph wrapped to the width of `area`, from its top. Answers its height.
pub fn paragraph(painter: &Painter, area: Rect, align: Align, run: &Run) -> f32 {
    let galley = wrapped(painter, area.width(), align, run);
    let height = galley.rect.height();
    let x = match align {
        Align::Min => area.left(),
        Align::Center => area.center().x,
        Align::Max => area.right(),
    };
    let Some(row) = galley.rows.first() else { return 0.0 };
    let ascent = row.row.glyphs.first().map_or(0.0, |glyph| row.pos.y + glyph.pos.y);
    let baseline = area.top() + run.size * LINE_HEIGHT / 2.0 + run.size * HANZI_MIDDLE;
    painter.galley(pos2(x, baseline - ascent), galley, run.colour);
    height
}

/// The height of a paragraph of that width.
#[must_use]
pub fn paragraph_height(painter: &Painter, width: f32, run: &Run) -> f32 {
    wrapped(painter, width, Align::Min, run).rect.height()
}

/// The width of the widest line of a paragraph that may be so wide.
#[must_use]
pub fn paragraph_width(painter: &Painter, width: f32, run: &Run) -> f32 {
    wrapped(painter, width, Align::Min, run).rect.width()
}

/// A paragraph that tests and screen readers find by its words. Answers its height.
pub fn paragraph_ui(ui: &Ui, area: Rect, align: Align, run: &Run) -> f32 {
    let height = paragraph(ui.painter(), area, align, run);
    says(ui, Rect::from_min_size(area.min, vec2(area.width(), height.max(1.0))), &run.text);
    height
}

fn wrapped(painter: &Painter, width: f32, align: Align, run: &Run) -> Arc<Galley> {
    let font_id = run.weight.size(run.size.max(SIZE_MIN));
    let advance = |c: char| painter.fonts_mut(|fonts| fonts.glyph_width(&font_id, c));
    let lines = break_lines(&run.text, width, advance).join("\n");
    let format = TextFormat {
        font_id: font_id.clone(),
        color: run.colour,
        line_height: Some(run.size.max(SIZE_MIN) * LINE_HEIGHT),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(lines, format);
    job.wrap = TextWrapping::no_max_width();
    job.halign = align;
    painter.layout_job(job)
}

/// The greatest size, at most `most`, at which a text fits a width; never below `least`.
#[must_use]
pub fn fitting_size(
    painter: &Painter,
    text: &str,
    weight: Weight,
    most: f32,
    least: f32,
    room: f32,
) -> f32 {
    let run = Run { text: text.to_owned(), size: most, weight, colour: Color32::WHITE, gap: 0.0 };
    let wide = width(painter, std::slice::from_ref(&run));
    if wide <= room { most } else { (most * room / wide).floor().clamp(least.min(most), most) }
}

/// A point to the right of which the next thing goes.
#[must_use]
pub fn after(area: Rect, x: f32) -> Rect {
    Rect::from_min_max(Pos2::new(x, area.top()), area.max)
}
