//! The kiosk's bars: header, band, spoken line, action bar, phone line.

use egui::{Align, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    colour,
    fonts::Weight,
    frame::{BoxLook, Kind, touch_box},
    icon::Icon,
    measure::letters,
    text::{
        LINE_HEIGHT, bold, fitting_size, line, line_ui, paragraph, paragraph_height, place_id,
        regular, says, width,
    },
};

/// The margin of a page.
pub const SIDE: f32 = 48.0;
/// The header of an upright page.
pub const HEADER: f32 = 168.0;
/// The header of a lying page.
pub const HEADER_LOW: f32 = 128.0;
/// The band under the header of the start page.
pub const BAND: f32 = 72.0;
/// The spoken line.
pub const SPOKEN: f32 = 96.0;
/// The action bar.
pub const ACTIONS: f32 = 152.0;
/// The phone line.
pub const PHONES: f32 = 72.0;

/// What stands in the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    /// The hall.
    pub title: &'a str,
    /// 自助取号　1号取号机.
    pub under: &'a str,
    /// 09:14.
    pub time: &'a str,
    /// The date under the time, on the start page.
    pub date: Option<&'a str>,
    /// The button at the right (长者版), on the other pages.
    pub button: Option<&'a str>,
}

/// The header; answers the touch of its button, if it has one.
pub fn header(ui: &Ui, area: Rect, header: &Header<'_>) -> Option<Response> {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::BRAND_DEEP);
    let unit = area.height() / HEADER;
    let mut inner = area.shrink2(vec2(SIDE, 0.0));
    let response = header.button.map(|word| {
        let size = 46.0 * unit.max(0.8);
        let wide = width(painter, &[bold(word, size, colour::BRAND_DEEP)]) + 50.0;
        let high = (104.0 * unit).max(80.0);
        let place = Rect::from_center_size(
            pos2(inner.right() - wide / 2.0, inner.center().y),
            vec2(wide, high),
        );
        inner.max.x = place.left() - 32.0;
        let look = BoxLook { enabled: true, alive: true, radius: 10, border: 0.0 };
        let (response, _) = touch_box(ui, place, Kind::Accent, look, word);
        line(painter, place, Align::Center, &[bold(word, size, colour::BRAND_DEEP)]);
        response
    });
    let half = |top: f32, high: f32| {
        Rect::from_min_size(inner.min + vec2(0.0, top * unit), vec2(inner.width(), high * unit))
    };
    let clock = [bold(header.time, 72.0 * unit, colour::ON_BRAND)];
    if let Some(date) = header.date {
        line_ui(ui, half(26.0, 78.0), Align::Max, &clock);
        let date = [regular(date, letters::LEAST, colour::BRAND_WASH)];
        line_ui(ui, half(106.0, 40.0), Align::Max, &date);
    } else {
        line_ui(ui, inner, Align::Max, &clock);
    }
    let room = inner.width() - width(painter, &clock) - 40.0;
    let size = fitting_size(painter, header.title, Weight::Bold, 54.0 * unit, letters::LEAST, room);
    line_ui(ui, half(30.0, 70.0), Align::Min, &[bold(header.title, size, colour::ON_BRAND)]);
    let size = (letters::SECOND * unit).max(letters::LEAST);
    let under = [regular(header.under, size, colour::BRAND_WASH)];
    line_ui(ui, half(102.0, 40.0), Align::Min, &under);
    response
}

/// The quiet band under the start page's header: duty leader left, a bold word right.
pub fn band(ui: &Ui, area: Rect, left: &str, right: &str) {
    ui.painter().rect_filled(area, 0, colour::BRAND_WASH);
    let inner = area.shrink2(vec2(SIDE, 0.0));
    line_ui(ui, inner, Align::Min, &[regular(left, 32.0, colour::BRAND_DEEP)]);
    line_ui(ui, inner, Align::Max, &[bold(right, 32.0, colour::BRAND_DEEP)]);
}

/// What was touched in the spoken line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpokenTouch {
    /// The sentence: say it again.
    Repeat,
    /// −.
    Quieter,
    /// +.
    Louder,
}

/// The accessible words of the spoken line's two buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VolumeWords<'a> {
    /// For −.
    pub quieter: &'a str,
    /// For +.
    pub louder: &'a str,
}

/// How high the spoken line must be for a sentence.
#[must_use]
pub fn spoken_height(ui: &Ui, sentence: &str, page_width: f32, size: f32) -> f32 {
    let room = page_width - SIDE * 2.0 - 64.0 - 240.0;
    let run = regular(sentence, size, colour::BRAND_DEEP);
    (paragraph_height(ui.painter(), room, &run) + 40.0).max(SPOKEN)
}

/// The spoken line: shows what the voice says; touching it repeats.
pub fn spoken(
    ui: &Ui,
    area: Rect,
    sentence: &str,
    size: f32,
    volume: Option<VolumeWords<'_>>,
) -> Option<SpokenTouch> {
    let painter = ui.painter();
    let mut touch = None;
    let mut inner = area.shrink2(vec2(SIDE, 0.0));
    let key = vec2(96.0, 80.0);
    let keys = volume.map(|words| {
        let right =
            Rect::from_center_size(pos2(inner.right() - key.x / 2.0, inner.center().y), key);
        inner.max.x = right.left() - key.x - 12.0 - 20.0;
        (words, right.translate(vec2(-key.x - 12.0, 0.0)), right)
    });
    let line_area = Rect::from_min_max(area.min, pos2(inner.right(), area.bottom()));
    let response = ui.interact(line_area, place_id(ui, "spoken", area), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, sentence));
    if response.clicked() {
        touch = Some(SpokenTouch::Repeat);
    }
    painter.rect_filled(area, 0, colour::BRAND_WASH);
    let mark =
        Rect::from_center_size(pos2(inner.left() + 22.0, inner.center().y), vec2(44.0, 44.0));
    Icon::Speaker.paint(painter, mark, 7.0, colour::BRAND_DEEP);
    inner.min.x = mark.right() + 20.0;
    let run = regular(sentence, size, colour::BRAND_DEEP);
    let high = paragraph_height(painter, inner.width(), &run);
    if high > size * LINE_HEIGHT * 1.5 {
        inner.min.y = inner.center().y - high / 2.0;
        paragraph(painter, inner, Align::Min, &run);
    } else {
        line(painter, inner, Align::Min, &[run]);
    }
    if let Some((words, quieter, louder)) = keys {
        if volume_key(ui, quieter, words.quieter, false).clicked() {
            touch = Some(SpokenTouch::Quieter);
        }
        if volume_key(ui, louder, words.louder, true).clicked() {
            touch = Some(SpokenTouch::Louder);
        }
    }
    touch
}

fn volume_key(ui: &Ui, area: Rect, words: &str, plus: bool) -> Response {
    let look = BoxLook { enabled: true, alive: true, radius: 10, border: 3.0 };
    let (response, skin) = touch_box(ui, area, Kind::Accent, look, words);
    let stroke = Stroke::new(5.0, skin.ink);
    let middle = area.center();
    ui.painter().line_segment([middle - vec2(13.0, 0.0), middle + vec2(13.0, 0.0)], stroke);
    if plus {
        ui.painter().line_segment([middle - vec2(0.0, 13.0), middle + vec2(0.0, 13.0)], stroke);
    }
    response
}

/// The ground of the action bar; answers the room for its buttons, 104 high.
pub fn actions(ui: &Ui, area: Rect) -> Rect {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::SURFACE);
    painter.hline(area.x_range(), area.top() + 1.0, Stroke::new(2.0, colour::LINE));
    let high = (area.height() - 24.0).clamp(80.0, 124.0);
    let high = if area.height() < 170.0 { high.min(104.0) } else { high };
    Rect::from_center_size(area.center(), vec2(area.width() - SIDE * 2.0, high))
}

/// The phone line: what to ring, left and right.
pub fn phones(ui: &Ui, area: Rect, left: (&str, &str), right: (&str, &str)) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::PAPER);
    painter.hline(area.x_range(), area.top() + 1.0, Stroke::new(2.0, colour::LINE));
    let inner = area.shrink2(vec2(SIDE, 0.0));
    let size = letters::LEAST;
    // Words without a number behind them would only ask.
    let [left, right] = [left, right].map(|pair| if pair.1.is_empty() { ("", "") } else { pair });
    for ((words, number), align) in [(left, Align::Min), (right, Align::Max)] {
        let runs = [regular(words, size, colour::INK_2), bold(number, size, colour::INK_2)];
        line(painter, inner, align, &runs);
    }
    says(ui, area, &format!("{}{} {}{}", left.0, left.1, right.0, right.1));
}
