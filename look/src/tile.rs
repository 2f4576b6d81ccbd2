//! The big tile of a queue or an item: letter badge, name, one live line, one quiet line.

use egui::{Align, Rect, Response, Ui, pos2, vec2};

use crate::{
    colour,
    fonts::Weight,
    frame::{BoxLook, Kind, Skin, touch_box},
    measure::letters,
    name, split,
    state::State,
    text::{Run, bold, fitting_size, line, regular},
};

/// A piece of a tile's live line: words small, numerals large.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Words: 等候, 人, 约, 分钟.
    Word(String),
    /// Numerals, bold: 5, 10~20.
    Number(String),
    /// Room between two groups.
    Gap,
}

/// A tile. Closed ones stay in place and, touched, explain.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile<'a> {
    /// The letter in the badge.
    pub badge: Option<&'a str>,
    /// The name.
    pub title: &'a str,
    /// A state in shape and words before the parts: 无人等候, 本时段不办理.
    pub state: Option<(State, &'a str)>,
    /// The live line.
    pub parts: &'a [Part],
    /// The quiet line: windows and zone.
    pub under: &'a str,
    /// Something can be had here now.
    pub open: bool,
    /// The accessible label: "企业开办，等候 5 人".
    pub says: &'a str,
}

/// A badge and the gap behind it, as it stands beside a name.
const BADGE_ROOM: f32 = 92.0;

/// From this height on a tile has room for a name of two lines.
const TALL_FROM: f32 = 200.0;

/// From this height on a tile has all its three lines.
const WHOLE_FROM: f32 = 160.0;

impl Tile<'_> {
    /// Draws it into `area` (480 × 222 in the pictures) and answers touches, open or not.
    pub fn show(&self, ui: &Ui, area: Rect) -> Response {
        let look = BoxLook { enabled: self.open, alive: true, radius: 18, border: 3.0 };
        let (response, skin) = touch_box(ui, area, Kind::Secondary, look, self.says);
        let painter = ui.painter();
        let inner = area.shrink2(vec2(26.0, 20.0));
        let heading = self.badge.map_or(0.0, |_| BADGE_ROOM);
        // Where there is room for two lines, no name of one is smaller than a button's words.
        let least = if area.height() >= TALL_FROM { letters::BODY } else { letters::SECOND };
        let room = inner.width() - heading;
        if !name::fits_one_line(painter, self.title, (Weight::Bold, least), room) {
            self.paint_tall(ui, area, &skin);
            return response;
        }
        // Three lines share the height as 72 : 8 : 56 : 2 : 44 do in the pictures.
        // A low tile leaves the last of them out.
        let whole = area.height() >= WHOLE_FROM;
        let unit = inner.height() / if whole { 182.0 } else { 136.0 };
        let mut title_left = inner.left();
        if let Some(badge) = self.badge {
            let side = 72.0 * unit.min(1.2);
            let place = Rect::from_min_size(inner.min, vec2(side, side));
            self.paint_badge(ui, place, badge);
            title_left = place.right() + 20.0;
        }
        let title = Rect::from_min_max(
            pos2(title_left, inner.top()),
            pos2(inner.right(), inner.top() + 72.0 * unit),
        );
        let most = letters::TILE * unit.clamp(0.8, 1.3);
        let size =
            fitting_size(painter, self.title, Weight::Bold, most, letters::SECOND, title.width());
        line(painter, title, Align::Min, &[bold(self.title, size, skin.ink)]);
        let live = Rect::from_min_size(
            pos2(inner.left(), inner.top() + 80.0 * unit),
            vec2(inner.width(), 56.0 * unit),
        );
        self.paint_live(ui, live, &skin, unit.clamp(letters::LEAST / letters::SECOND, 1.2));
        if !whole {
            return response;
        }
        let under = Rect::from_min_max(pos2(inner.left(), inner.top() + 138.0 * unit), inner.max);
        let most = letters::SECOND * unit.clamp(1.0, 1.2);
        let size =
            fitting_size(painter, self.under, Weight::Regular, most, letters::LEAST, under.width());
        line(painter, under, Align::Min, &[regular(self.under, size, skin.ink_2)]);
        response
    }

    /// With a name of two lines: they take from the margins and from the lines below.
    fn paint_tall(&self, ui: &Ui, area: Rect, skin: &Skin) {
        let painter = ui.painter();
        let mut inner = area.shrink2(vec2(26.0, 10.0));
        let least = letters::LEAST;
        let under_high = if area.height() >= WHOLE_FROM { least * 1.25 } else { 0.0 };
        let under = split::take_bottom(&mut inner, under_high);
        let live = split::take_bottom(&mut inner, 44.0);
        if let Some(badge) = self.badge {
            let side = inner.height().min(72.0);
            let place = split::take_left(&mut inner, side);
            let place = Rect::from_center_size(place.center(), vec2(side, side));
            self.paint_badge(ui, place, badge);
            inner.min.x += 16.0;
        }
        let sizes = (Weight::Bold, letters::TILE * 0.8, least);
        name::name(painter, inner, Align::Min, self.title, sizes, skin.ink);
        self.paint_live(ui, live, skin, least / letters::SECOND);
        if under_high > 0.0 {
            let run = regular(self.under, least, skin.ink_2);
            line(painter, under, Align::Min, &[run]);
        }
    }

    fn paint_badge(&self, ui: &Ui, place: Rect, badge: &str) {
        let (fill, ink) = if self.open {
            (colour::BRAND_WASH, colour::BRAND_DEEP)
        } else {
            (colour::PAUSED, colour::ON_BRAND)
        };
        ui.painter().rect_filled(place, 10, fill);
        let run = bold(badge, place.height() * 0.66, ink);
        line(ui.painter(), place, Align::Center, &[run]);
    }

    fn paint_live(&self, ui: &Ui, area: Rect, skin: &Skin, unit: f32) {
        let painter = ui.painter();
        let mut rest = area;
        if let Some((state, word)) = self.state {
            let side = 28.0 * unit;
            let ink = if self.open { state.colour() } else { skin.ink };
            let shape = Rect::from_min_size(
                pos2(rest.left(), rest.center().y - side / 2.0),
                vec2(side, side),
            );
            state.paint(painter, shape, ink);
            rest.min.x = shape.right() + 8.0;
            rest.min.x = line(painter, rest, Align::Min, &[bold(word, 38.0 * unit, ink)]) + 18.0;
        }
        let runs: Vec<Run> = self
            .parts
            .iter()
            .scan(0.0, |gap, part| {
                Some(match part {
                    Part::Word(word) => {
                        let run = regular(word.as_str(), letters::SECOND * unit, skin.ink)
                            .after(6.0 + *gap);
                        *gap = 0.0;
                        run
                    }
                    Part::Number(number) => {
                        let run = bold(number.as_str(), 44.0 * unit, skin.ink).after(6.0 + *gap);
                        *gap = 0.0;
                        run
                    }
                    Part::Gap => {
                        *gap = 18.0;
                        regular("", 1.0, skin.ink)
                    }
                })
            })
            .collect();
        line(painter, rest, Align::Min, &runs);
    }
}

/// A tab over the tiles: a word, a quieter word, chosen or not (148 × 124 in the pictures).
pub fn tab(ui: &Ui, area: Rect, word: &str, under: &str, chosen: bool) -> Response {
    let kind = if chosen { Kind::Primary } else { Kind::Secondary };
    let look = BoxLook { enabled: true, alive: true, radius: 10, border: 2.0 };
    let (response, skin) = touch_box(ui, area, kind, look, word);
    let painter = ui.painter();
    let room = area.width() - 16.0;
    let size = fitting_size(painter, word, Weight::Bold, 42.0, 28.0, room);
    let small = fitting_size(painter, under, Weight::Regular, 28.0, 22.0, room);
    let high = area.height();
    let top =
        Rect::from_min_size(area.min + vec2(0.0, high * 0.14), vec2(area.width(), high * 0.4));
    let low =
        Rect::from_min_size(area.min + vec2(0.0, high * 0.55), vec2(area.width(), high * 0.3));
    line(painter, top, Align::Center, &[bold(word, size, skin.ink)]);
    line(painter, low, Align::Center, &[regular(under, small, skin.ink_2)]);
    response
}
