//! Notices: the full-page card of trouble, the card that asks or refuses, and the one-line strip.
//! Each has a shape and a word; colour alone says nothing.

use egui::{Align, Color32, Rect, Response, Ui, pos2, vec2};

use crate::{
    colour,
    fonts::Weight,
    frame::card,
    icon::Icon,
    text::{
        bold, fitting_size, line, line_ui, paragraph, paragraph_height, paragraph_ui, regular, says,
    },
};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something is not possible, or is broken.
    Attention,
    /// A question, or plain information.
    Question,
    /// It worked.
    Done,
}

impl Tone {
    /// Its colour.
    #[must_use]
    pub const fn colour(self) -> Color32 {
        match self {
            Self::Attention => colour::CALLING,
            Self::Question => colour::BRAND,
            Self::Done => colour::FREE,
        }
    }

    /// The colour behind it.
    #[must_use]
    pub const fn wash(self) -> Color32 {
        match self {
            Self::Attention => colour::CALLING_WASH,
            Self::Question => colour::BRAND_WASH,
            Self::Done => colour::FREE_WASH,
        }
    }

    /// Its drawing where nothing more exact is given.
    #[must_use]
    pub const fn icon(self) -> Icon {
        match self {
            Self::Attention => Icon::Warning,
            Self::Question => Icon::Help,
            Self::Done => Icon::Done,
        }
    }
}

/// A full-page card: drawing, one great line, what to do, why.
pub fn trouble(ui: &Ui, area: Rect, icon: Icon, tone: Tone, words: (&str, &str, &str)) {
    let (what, todo, why) = words;
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, tone.colour(), 4.0);
    let room = area.width() - 80.0;
    let unit = (area.height() / 684.0).clamp(0.5, 1.15);
    let what_size = fitting_size(painter, what, Weight::Bold, 120.0 * unit, 60.0, room);
    let todo_run = bold(todo, 62.0 * unit.max(0.7), colour::INK);
    let why_run = regular(why, 38.0 * unit.max(0.8), colour::INK_2);
    let todo_high = paragraph_height(painter, room, &todo_run);
    let why_high = paragraph_height(painter, room, &why_run);
    let (mark, gap) = (150.0 * unit, 22.0 * unit);
    let high = mark + what_size * 1.25 + todo_high + why_high + gap * 3.0;
    let mut y = area.center().y - high / 2.0;
    let mut next = |tall: f32| {
        let place = Rect::from_min_size(pos2(area.left() + 40.0, y), vec2(room, tall));
        y += tall + gap;
        place
    };
    icon.paint(painter, next(mark), 5.0, tone.colour());
    line_ui(ui, next(what_size * 1.25), Align::Center, &[bold(what, what_size, colour::INK)]);
    paragraph_ui(ui, next(todo_high), Align::Center, &todo_run);
    paragraph_ui(ui, next(why_high), Align::Center, &why_run);
}

/// A card over the page that refuses or asks: a title, a reason; answers the room for its buttons.
/// `area` is the place it stands in the middle of; the page behind stays, undimmed.
pub fn dialog(ui: &Ui, area: Rect, tone: Tone, title: &str, reason: &str) -> Rect {
    let painter = ui.painter();
    let room = (area.width() - 96.0).min(888.0);
    let title_run = bold(title, 60.0, colour::INK);
    let reason_run = regular(reason, 40.0, colour::INK_2);
    let inner = room - 112.0;
    let mark = 72.0;
    let title_high = paragraph_height(painter, inner - mark - 24.0, &title_run);
    let reason_high = paragraph_height(painter, inner, &reason_run);
    let high = 48.0 + title_high + 16.0 + reason_high + 36.0 + 104.0 + 48.0;
    let place = Rect::from_center_size(area.center(), vec2(room, high));
    card(painter, place, colour::SURFACE, tone.colour(), 4.0);
    let mut rest = place.shrink2(vec2(56.0, 48.0));
    let shape = Rect::from_min_size(pos2(rest.left(), rest.top() + 3.0), vec2(mark, mark));
    tone.icon().paint(painter, shape, 7.0, tone.colour());
    let title_place = Rect::from_min_max(pos2(shape.right() + 24.0, rest.top()), rest.max);
    paragraph_ui(ui, title_place, Align::Min, &title_run);
    rest.min.y += title_high + 16.0;
    paragraph_ui(ui, rest, Align::Min, &reason_run);
    rest.min.y += reason_high + 36.0;
    rest.max.y = rest.min.y + 104.0;
    rest
}

/// A one-line strip: shape and words on the tone's wash.
pub fn strip(ui: &Ui, area: Rect, tone: Tone, words: &str) -> Response {
    let painter = ui.painter();
    painter.rect_filled(area, 10, tone.wash());
    let mark = Rect::from_center_size(pos2(area.left() + 64.0, area.center().y), vec2(56.0, 56.0));
    tone.icon().paint(painter, mark, 8.0, tone.colour());
    let mut rest = area.shrink2(vec2(24.0, 8.0));
    rest.min.x = mark.right() + 24.0;
    let run = regular(words, 32.0, tone.colour());
    let high = paragraph_height(painter, rest.width(), &run);
    if high > 60.0 {
        rest.min.y = rest.center().y - high / 2.0;
        paragraph(painter, rest, Align::Min, &run);
    } else {
        line(painter, rest, Align::Min, &[run]);
    }
    says(ui, area, words)
}

/// A quiet card that points somewhere: what, the place in bold, where it is.
pub fn pointer(ui: &Ui, area: Rect, words: (&str, &str, &str)) {
    ui.painter().rect_filled(area, 18, colour::BRAND_WASH);
    let inner = area.shrink2(vec2(36.0, 28.0));
    let third = inner.height() / 3.0;
    let painter = ui.painter();
    let room = inner.width();
    let small = |words: &str| {
        let size = fitting_size(painter, words, Weight::Regular, 36.0, 26.0, room);
        regular(words, size, colour::BRAND_DEEP)
    };
    let size = fitting_size(painter, words.1, Weight::Bold, 50.0, 36.0, room);
    let runs = [small(words.0), bold(words.1, size, colour::BRAND_DEEP), small(words.2)];
    for (n, run) in runs.into_iter().enumerate() {
        let place = Rect::from_min_size(
            pos2(inner.left(), inner.top() + third * n as f32),
            vec2(inner.width(), third),
        );
        line_ui(ui, place, Align::Min, &[run]);
    }
}
