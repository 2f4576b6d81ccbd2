//! Pieces that pages of services share: a title, a paragraph that fits, buttons in a row or a stack.

use egui::{Align, Color32, Rect, Ui, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::Kind,
    icon::Icon,
    measure::letters,
    split,
    text::{bold, fitting_size, line_ui, paragraph_height, paragraph_ui, regular, width},
};

use super::{
    frame::Layout,
    list::{Pager, pager_ui},
    on,
};
use crate::model::message::Touch;

/// Between two things that stand one under the other.
pub const GAP: f32 = 24.0;

/// A button in words already chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Action {
    /// What it does.
    pub touch: Touch,
    /// Its words.
    pub name: String,
    /// The one filled button of the page.
    pub primary: bool,
    /// Its picture.
    pub icon: Option<Icon>,
    /// It acts now.
    pub enabled: bool,
}

impl Action {
    /// The usual next step.
    #[must_use]
    pub fn primary(touch: Touch, name: &str) -> Self {
        Self { touch, name: name.to_owned(), primary: true, icon: None, enabled: true }
    }

    /// Another step.
    #[must_use]
    pub fn second(touch: Touch, name: &str) -> Self {
        Self { touch, name: name.to_owned(), primary: false, icon: None, enabled: true }
    }

    /// With a picture.
    #[must_use]
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Deaf, and looks so.
    #[must_use]
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }
}

/// The page's title, and a quiet line under it, off the top of `rest`.
pub fn title_ui(ui: &Ui, layout: &Layout, rest: &mut Rect, title: &str, hint: &str) {
    if layout.low && layout.content == layout.hand {
        // The upper half says it.
        return;
    }
    let most: f32 = if layout.wide { 54.0 } else { 66.0 };
    let least: f32 = if layout.elder { letters::ELDER_TITLE } else { 40.0 };
    let place = split::take_top(rest, most.max(least) * 1.3);
    let size =
        fitting_size(ui.painter(), title, Weight::Bold, most.max(least), 40.0, place.width());
    line_ui(ui, place, Align::Min, &[bold(title, size, colour::INK)]);
    if !hint.is_empty() {
        let small = if layout.elder { letters::ELDER_LEAST } else { letters::BODY };
        let run = regular(hint, small, colour::INK_2);
        let high = paragraph_height(ui.painter(), rest.width(), &run);
        paragraph_ui(ui, split::take_top(rest, high), Align::Min, &run);
    }
    rest.min.y += if layout.wide { 14.0 } else { 20.0 };
}

/// A paragraph in the largest of some letters that fits its place, in the middle of its height.
pub fn paragraph_fit(
    ui: &Ui,
    area: Rect,
    align: Align,
    words: &str,
    (most, least): (f32, f32),
    ink: Color32,
) {
    let painter = ui.painter();
    let mut size = most;
    while size > least
        && paragraph_height(painter, area.width(), &bold(words, size, ink)) > area.height()
    {
        size = (size - 4.0).max(least);
    }
    let run = bold(words, size, ink);
    let high = paragraph_height(painter, area.width(), &run);
    let top = (area.center().y - high / 2.0).max(area.top());
    let place = Rect::from_min_size(egui::pos2(area.left(), top), vec2(area.width(), high));
    paragraph_ui(ui, place, align, &run);
}

/// How high a stack of these buttons stands.
#[must_use]
pub fn actions_height(layout: &Layout, count: usize) -> f32 {
    let each = if layout.elder { 148.0 } else { 136.0 };
    let down = if layout.wide { 1 } else { count };
    each * down as f32 + GAP * down.saturating_sub(1) as f32
}

/// How high a stack of these buttons may stand in a column of its own.
#[must_use]
pub fn actions_high(count: usize) -> f32 {
    240.0 * count as f32 + GAP * count.saturating_sub(1) as f32
}

/// Buttons: under one another on an upright page, beside one another on a lying one.
pub fn actions_ui(ui: &Ui, area: Rect, layout: &Layout, actions: &[Action]) -> Option<Touch> {
    let mut touched = None;
    let count = actions.len().max(1);
    let (across, down) = if layout.wide { (count, 1) } else { (1, count) };
    let mut places = split::grid(area, across, down, vec2(GAP, GAP));
    if let [first, second] = places.as_mut_slice()
        && let Some(wide) = first_of_pair(ui, area.width() - GAP, actions).filter(|_| layout.wide)
    {
        first.max.x = area.left() + wide;
        second.min.x = first.max.x + GAP;
    }
    for (action, place) in actions.iter().zip(places) {
        on(&mut touched, &action_ui(ui, place, action), action.touch);
    }
    touched
}

/// How wide the first of two is where half the room would tear the words of one, and all of it does
/// not; none where halves do.
fn first_of_pair(ui: &Ui, room: f32, actions: &[Action]) -> Option<f32> {
    let need = |action: &Action| {
        let size = letters_of(action);
        let mark = action.icon.map_or(0.0, |_| size * 1.6);
        let words = [bold(action.name.as_str(), size, colour::INK)];
        width(ui.painter(), &words) + mark + 72.0
    };
    let [first, second] = actions else { return None };
    let (first, second) = (need(first), need(second));
    let is_torn = first.max(second) > room / 2.0;
    (is_torn && first + second <= room).then(|| first + (room - first - second) / 2.0)
}

/// The letters of a button.
const fn letters_of(action: &Action) -> f32 {
    if action.primary { 60.0 } else { 50.0 }
}

/// One button.
pub fn action_ui(ui: &Ui, place: Rect, action: &Action) -> egui::Response {
    let kind = if action.primary { Kind::Primary } else { Kind::Secondary };
    let mut button =
        Button::new(&action.name, kind).size(letters_of(action)).enabled(action.enabled);
    if let Some(icon) = action.icon {
        button = button.icon(icon);
    }
    button.show(ui, place)
}

/// The way through the parts off the bottom of `rest`, if there is more than one.
pub fn parts_ui(ui: &Ui, layout: &Layout, rest: &mut Rect, pager: Option<&Pager>) -> Option<Touch> {
    let pager = pager?;
    let high = match (layout.elder, layout.wide) {
        (true, _) => 128.0,
        (false, true) => 88.0,
        (false, false) => 104.0,
    };
    let place = split::take_bottom(rest, high);
    rest.max.y -= if layout.wide || layout.low { 14.0 } else { GAP };
    pager_ui(ui, place, pager, layout.elder)
}
