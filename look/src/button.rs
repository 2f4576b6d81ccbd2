//! Large buttons: a word, maybe a drawing, maybe a second line.

use egui::{Align, Rect, Response, Ui, pos2, vec2};

use crate::{
    fonts::Weight,
    frame::{BoxLook, Kind, Skin, touch_box},
    icon::Icon,
    text::{
        bold, fitting_size, line, paragraph, paragraph_height, paragraph_width, regular, width,
    },
};

/// What stands on a button.
#[derive(Debug, Clone, PartialEq)]
pub struct Button<'a> {
    label: &'a str,
    kind: Kind,
    size: f32,
    icon: Option<Icon>,
    icon_after: bool,
    second: Option<&'a str>,
    enabled: bool,
    busy: Option<&'a str>,
    stacked: bool,
    says: Option<&'a str>,
}

/// The usual next step; one a page.
#[must_use]
pub fn primary(label: &str) -> Button<'_> {
    Button::new(label, Kind::Primary)
}

/// An ordinary button.
#[must_use]
pub fn secondary(label: &str) -> Button<'_> {
    Button::new(label, Kind::Secondary)
}

impl<'a> Button<'a> {
    /// A button of a kind.
    #[must_use]
    pub const fn new(label: &'a str, kind: Kind) -> Self {
        Self {
            label,
            kind,
            size: 36.0,
            icon: None,
            icon_after: false,
            second: None,
            enabled: true,
            busy: None,
            stacked: false,
            says: None,
        }
    }

    /// With letters of this size.
    #[must_use]
    pub const fn size(mut self, size: f32) -> Self {
        self.size = size;
        self
    }

    /// With a drawing before the word.
    #[must_use]
    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// With a drawing after the word, as 下一页 has.
    #[must_use]
    pub const fn icon_after(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self.icon_after = true;
        self
    }

    /// With a quieter second text: beside the word, or under it if the button is stacked.
    #[must_use]
    pub const fn second(mut self, second: &'a str) -> Self {
        self.second = Some(second);
        self
    }

    /// Drawing above, word under it, second line under that.
    #[must_use]
    pub const fn stacked(mut self) -> Self {
        self.stacked = true;
        self
    }

    /// Usable or not; not usable ones are deaf.
    #[must_use]
    pub const fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// 请稍候…: shows this word instead and is deaf to a second touch.
    #[must_use]
    pub const fn busy(mut self, word: Option<&'a str>) -> Self {
        self.busy = word;
        self
    }

    /// The accessible label, where the word alone says too little (`−`, `+`).
    #[must_use]
    pub const fn says(mut self, words: &'a str) -> Self {
        self.says = Some(words);
        self
    }

    /// Draws it into `area` and answers touches.
    pub fn show(&self, ui: &Ui, area: Rect) -> Response {
        let enabled = self.enabled && self.busy.is_none();
        let look = BoxLook {
            enabled,
            alive: enabled,
            radius: if self.stacked { 18 } else { 10 },
            border: 3.0,
        };
        let words = self.says.unwrap_or(self.label);
        let (response, skin) = touch_box(ui, area, self.kind, look, words);
        if self.stacked {
            self.paint_stack(ui, area, &skin)
        } else {
            self.paint_row(ui, area, &skin)
        }
        response
    }

    fn paint_row(&self, ui: &Ui, area: Rect, skin: &Skin) {
        let painter = ui.painter();
        let word = self.busy.unwrap_or(self.label);
        let mark = self.icon.map_or(0.0, |_| self.size * 1.15);
        let gap = if self.icon.is_some() { self.size * 0.36 } else { 0.0 };
        let free = area.width() - 2.0 * side_margin(area.width()) - mark - gap;
        let beside =
            |second: &str| width(painter, &[regular(second, self.size * 0.65, skin.ink)]) + 20.0;
        // Where there is no room for both, the word goes before what is said beside it.
        let least = width(painter, &[bold(word, 28.0, skin.ink)]);
        let second = self.second.filter(|second| least + beside(second) <= free);
        let room = free - second.map_or(0.0, beside);
        let size = fitting_size(painter, word, Weight::Bold, self.size, 28.0, room);
        if size < self.size * TWO_LINES_BELOW && second.is_none() {
            return self.paint_two_lines(ui, area, skin, (mark, gap, room));
        }
        let mut runs = vec![bold(word, size, skin.ink)];
        if let Some(second) = second {
            runs.push(regular(second, self.size * 0.65, skin.ink_2).after(20.0));
        }
        let wide = mark + gap + width(painter, &runs);
        let left = area.center().x - wide / 2.0;
        let icon_left = if self.icon_after { left + wide - mark } else { left };
        let text_left = if self.icon_after { left } else { left + mark + gap };
        if let Some(icon) = self.icon {
            let place = Rect::from_min_size(
                pos2(icon_left, area.center().y - mark / 2.0),
                vec2(mark, mark),
            );
            let stroke = if matches!(icon, Icon::Back | Icon::Forward) { 10.0 } else { 7.5 };
            icon.paint(painter, place, stroke, skin.ink);
        }
        let words = Rect::from_min_max(pos2(text_left, area.top()), area.max);
        line(painter, words, Align::Min, &runs);
    }

    /// Words too long for one line of their size stand on two, in the largest letters that fit.
    fn paint_two_lines(
        &self,
        ui: &Ui,
        area: Rect,
        skin: &Skin,
        (mark, gap, room): (f32, f32, f32),
    ) {
        let painter = ui.painter();
        // A sentence of two halves breaks between them.
        let word = self.busy.unwrap_or(self.label).replacen('\u{ff0c}', "\u{ff0c}\n", 1);
        let word = word.as_str();
        // No word is broken: rather it comes nearer to the border.
        let widest = area.width() - 2.0 * KEY_MARGIN - mark - gap;
        let room = (longest(painter, word, 28.0) + 2.0).clamp(room, widest.max(room));
        let mut size = self.size;
        let high = |size: f32| paragraph_height(painter, room, &bold(word, size, skin.ink));
        while size > 28.0
            && (high(size) > area.height() - 12.0 || longest(painter, word, size) > room)
        {
            size -= 2.0;
        }
        let run = bold(word, size, skin.ink);
        let wide = paragraph_width(painter, room, &run).min(room);
        let left = area.center().x - (mark + gap + wide) / 2.0;
        if let Some(icon) = self.icon {
            let x = if self.icon_after { left + wide + gap } else { left };
            let place =
                Rect::from_min_size(pos2(x, area.center().y - mark / 2.0), vec2(mark, mark));
            icon.paint(painter, place, 7.5, skin.ink);
        }
        let text_left = if self.icon_after { left } else { left + mark + gap };
        let tall = paragraph_height(painter, wide + 1.0, &run);
        let place = Rect::from_min_size(
            pos2(text_left, area.center().y - tall / 2.0),
            vec2(wide + 1.0, tall),
        );
        let align = if self.icon.is_some() { Align::Min } else { Align::Center };
        paragraph(painter, place, align, &run);
    }

    fn paint_stack(&self, ui: &Ui, area: Rect, skin: &Skin) {
        let painter = ui.painter();
        let word = self.busy.unwrap_or(self.label);
        let room = area.width() - 2.0 * side_margin(area.width());
        let size = fitting_size(painter, word, Weight::Bold, self.size, 28.0, room);
        let wide = width(painter, &[bold(word, size, skin.ink)]);
        if self.second.is_none() && wide > area.width() - 2.0 * LEAST_MARGIN {
            return self.paint_long_stack(ui, area, skin);
        }
        let second_size = (self.size * 0.55).max(28.0);
        // The drawing takes two fifths of what the words leave, the rest is air.
        let words_high = size * 1.3 + self.second.map_or(0.0, |_| second_size * 1.5);
        let mark = ((area.height() - words_high) * 0.5).clamp(40.0, 140.0);
        let air = (area.height() - words_high - mark).max(0.0) / 3.0;
        let mut y = area.top() + air;
        if let Some(icon) = self.icon {
            let place = Rect::from_min_size(pos2(area.left(), y), vec2(area.width(), mark));
            icon.paint(painter, place, if mark > 100.0 { 4.4 } else { 6.0 }, self.mark_ink(skin));
            y += mark + air;
        } else {
            y = area.center().y - words_high / 2.0;
        }
        let words = Rect::from_min_size(pos2(area.left(), y), vec2(area.width(), size * 1.3));
        line(painter, words, Align::Center, &[bold(word, size, skin.ink)]);
        if let Some(second) = self.second {
            let fit = fitting_size(painter, second, Weight::Regular, second_size, 24.0, room);
            let under = words.translate(vec2(0.0, words.height() + second_size * 0.1));
            let under = Rect::from_min_size(under.min, vec2(area.width(), second_size * 1.4));
            line(painter, under, Align::Center, &[regular(second, fit, skin.ink_2)]);
        }
    }

    /// The colour of a drawing above its words.
    const fn mark_ink(&self, skin: &Skin) -> egui::Color32 {
        let is_filled = matches!(self.kind, Kind::Primary | Kind::Deep);
        if is_filled || !self.enabled { skin.ink } else { crate::colour::BRAND_DEEP }
    }

    /// Words too long for one line stand on several, under the drawing if it still has room.
    fn paint_long_stack(&self, ui: &Ui, area: Rect, skin: &Skin) {
        let painter = ui.painter();
        let room = area.width() - 2.0 * LEAST_MARGIN;
        let run = bold(self.busy.unwrap_or(self.label), 28.0, skin.ink);
        let high = paragraph_height(painter, room, &run);
        let above = MARK_OVER_LINES + AIR_OVER_LINES;
        let icon = self.icon.filter(|_| area.height() >= high + above + 2.0 * AIR_OVER_LINES);
        let all = high + icon.map_or(0.0, |_| above);
        let mut y = area.center().y - all / 2.0;
        if let Some(icon) = icon {
            let size = vec2(area.width(), MARK_OVER_LINES);
            let place = Rect::from_min_size(pos2(area.left(), y), size);
            icon.paint(painter, place, 6.0, self.mark_ink(skin));
            y += above;
        }
        let left = area.center().x - room / 2.0;
        let place = Rect::from_min_size(pos2(left, y), vec2(room, high));
        paragraph(painter, place, Align::Center, &run);
    }
}

/// Words nearer to the border than this stand on several lines.
const LEAST_MARGIN: f32 = 8.0;

/// The word of a key may come so near to its border before it is broken.
const KEY_MARGIN: f32 = 1.0;

/// What a drawing over several lines needs at least, with the air between.
const MARK_OVER_LINES: f32 = 40.0;
const AIR_OVER_LINES: f32 = 6.0;

/// The widest word of a text; a Chinese text may break anywhere.
fn longest(painter: &egui::Painter, text: &str, size: f32) -> f32 {
    let words = text.split(' ').filter(|word| word.is_ascii());
    let wide = |word| width(painter, &[bold(word, size, crate::colour::INK)]);
    words.map(wide).fold(0.0, f32::max)
}

/// A word that would shrink to less than this share of its size stands on two lines instead.
const TWO_LINES_BELOW: f32 = 0.8;

/// What stays free on each side of a button's words, so that long ones do not touch its border.
#[must_use]
pub fn side_margin(width: f32) -> f32 {
    (width * 0.06).clamp(16.0, 48.0)
}
