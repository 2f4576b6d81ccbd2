//! The evaluation tablet, in the hand of the pictures: five equal cards in one ink, nothing chosen
//! beforehand, the same words before each. Lying as in the picture; upright the cards stand below
//! each other.

mod words;

use egui::{Align, Rect, Stroke, StrokeKind, Ui, pos2, vec2};
use look::{
    button::{primary, secondary},
    colour,
    fonts::Weight,
    frame::{BoxLook, Kind, touch_box},
    icon::Icon,
    split,
    text::{bold, fitting_size, line, line_ui, paragraph_height, paragraph_ui, regular, width},
};
use wire::words::Rating;

use super::{
    plate::{plate_ui, portrait_ui},
    window::{phones_ui, sign_ui},
};
use crate::{
    model::tablet::Touch,
    view::tablet::{IdlePage, LevelsPage, ReasonsPage, SkipView, TabletPage, ThanksPage, WhoView},
};

const SIDE: f32 = 40.0;

/// Draws the picture over the whole of `page`; answers a touch.
pub fn tablet_ui(ui: &Ui, page: Rect, view: &TabletPage) -> Option<Touch> {
    ui.painter().rect_filled(page, 0, colour::PAPER);
    match view {
        TabletPage::Plate(idle) => {
            idle_ui(ui, page, idle);
            None
        }
        TabletPage::Levels(levels) => levels_ui(ui, page, levels),
        TabletPage::Reasons(reasons) => reasons_ui(ui, page, reasons),
        TabletPage::Words(words) => words::words_ui(ui, page, words),
        TabletPage::Thanks(thanks) => {
            thanks_ui(ui, page, thanks);
            None
        }
    }
}

fn idle_ui(ui: &Ui, page: Rect, idle: &IdlePage) {
    let mut rest = page;
    sign_ui(ui, split::take_top(&mut rest, 286.0), &idle.sign, 170.0);
    phones_ui(ui, split::take_bottom(&mut rest, 80.0), &idle.phones);
    if let Some(notice) = &idle.notice {
        let place = split::take_bottom(&mut rest, 84.0);
        let painter = ui.painter();
        painter.rect_filled(place, 0, colour::CALLING_WASH);
        let room = place.width() - SIDE * 2.0;
        let size = fitting_size(painter, notice, Weight::Bold, 34.0, 22.0, room);
        line_ui(ui, place, Align::Center, &[bold(notice, size, colour::CALLING)]);
    }
    let room = rest.shrink2(vec2(SIDE, 32.0));
    let high = room.height().min(room.width() * 0.42);
    plate_ui(ui, split::centred(room, vec2(room.width(), high)), &idle.plate);
}

fn who_ui(ui: &Ui, area: Rect, who: &WhoView) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::SURFACE);
    painter.hline(area.x_range(), area.bottom() - 1.0, Stroke::new(2.0, colour::LINE));
    let mut inner = area.shrink2(vec2(SIDE, 14.0));
    let photo = split::take_left(&mut inner, 84.0);
    let stroke = Stroke::new(2.0, colour::LINE);
    painter.rect(photo, 6, colour::PAUSED_WASH, stroke, StrokeKind::Inside);
    match &who.portrait {
        Some(portrait) => portrait_ui(ui, photo, portrait, ""),
        None => {
            let mark = split::centred(photo, vec2(60.0, 60.0));
            Icon::Person.paint(painter, mark, 6.0, colour::INK_3);
        }
    }
    split::take_left(&mut inner, 24.0);
    let number = [bold(&who.number, 44.0, colour::INK)];
    let label = [regular(&who.number_label, 28.0, colour::INK_2)];
    let right = width(painter, &number).max(width(painter, &label));
    let (top, low) = inner.split_top_bottom_at_fraction(0.46);
    line_ui(ui, top, Align::Max, &label);
    line_ui(ui, low, Align::Max, &number);
    let room = inner.width() - right - 40.0;
    let name = fitting_size(painter, &who.name, Weight::Bold, 36.0, 24.0, room);
    let place = fitting_size(painter, &who.place, Weight::Regular, 28.0, 20.0, room);
    line_ui(ui, top, Align::Min, &[bold(&who.name, name, colour::INK)]);
    line_ui(ui, low, Align::Min, &[regular(&who.place, place, colour::INK_2)]);
}

fn levels_ui(ui: &Ui, page: Rect, view: &LevelsPage) -> Option<Touch> {
    let mut rest = page;
    who_ui(ui, split::take_top(&mut rest, 136.0), &view.who);
    let skipped = foot_ui(ui, split::take_bottom(&mut rest, 104.0), &view.foot, &view.skip);
    question_ui(ui, &mut rest, &view.title, &view.hint);
    split::skip_top(&mut rest, 24.0);
    let upright = page.height() > page.width();
    let cards = rest.shrink2(vec2(SIDE, 16.0));
    let cells = if upright {
        split::rows(cards, view.levels.len(), 14.0)
    } else {
        let high = cards.height().min(324.0);
        let middle = split::centred(cards, vec2(cards.width(), high));
        split::columns(middle, view.levels.len(), 15.0)
    };
    let mut touch = skipped;
    for (cell, (level, word)) in cells.into_iter().zip(&view.levels) {
        if level_ui(ui, cell, *level, word) {
            touch = Some(Touch::Level(*level));
        }
    }
    touch
}

/// True if the card was touched.
fn level_ui(ui: &Ui, area: Rect, level: Rating, word: &str) -> bool {
    let look = BoxLook { enabled: true, alive: true, radius: 18, border: 3.0 };
    let (response, skin) = touch_box(ui, area, Kind::Secondary, look, word);
    let painter = ui.painter();
    let room = area.width() - 24.0;
    if area.width() > area.height() * 1.6 {
        let mut inner = area.shrink2(vec2(28.0, 10.0));
        let side = inner.height().min(96.0);
        let mark = split::take_left(&mut inner, side);
        icon_of(level).paint(painter, mark, 6.0, colour::BRAND_DEEP);
        split::take_left(&mut inner, 28.0);
        let size = fitting_size(painter, word, Weight::Bold, 44.0, 28.0, inner.width());
        line(painter, inner, Align::Min, &[bold(word, size, skin.ink)]);
        return response.clicked();
    }
    let side = 148.0_f32.min(area.height() * 0.46).min(room);
    let size = fitting_size(painter, word, Weight::Bold, 38.0, 22.0, room);
    let air = (area.height() - side - size * 1.2) / 3.0;
    let mark = Rect::from_center_size(
        pos2(area.center().x, area.top() + air + side / 2.0),
        vec2(side, side),
    );
    icon_of(level).paint(painter, mark, 5.0, colour::BRAND_DEEP);
    let words = Rect::from_min_max(pos2(area.left(), mark.bottom() + air * 0.8), area.max);
    let words = split::take_top(&mut words.clone(), size * 1.4);
    line(painter, words, Align::Center, &[bold(word, size, skin.ink)]);
    response.clicked()
}

const fn icon_of(level: Rating) -> Icon {
    match level {
        Rating::VerySatisfied => Icon::VerySatisfied,
        Rating::Satisfied => Icon::Satisfied,
        Rating::Fair => Icon::Fair,
        Rating::Dissatisfied => Icon::Dissatisfied,
        Rating::VeryDissatisfied => Icon::VeryDissatisfied,
    }
}

fn reasons_ui(ui: &Ui, page: Rect, view: &ReasonsPage) -> Option<Touch> {
    let mut rest = page;
    who_ui(ui, split::take_top(&mut rest, 136.0), &view.who);
    let mut touch = None;
    let mut foot = split::take_bottom(&mut rest, 104.0);
    bar(ui, foot);
    foot = foot.shrink2(vec2(SIDE, 14.0));
    let gap = 20.0;
    if secondary(&view.back).size(30.0).show(ui, split::take_left(&mut foot, 172.0)).clicked() {
        touch = Some(Touch::Back);
    }
    let submit = split::take_right(&mut foot, 252.0);
    if primary(&view.submit).size(34.0).enabled(view.may_submit).show(ui, submit).clicked() {
        touch = Some(Touch::Submit);
    }
    split::take_right(&mut foot, gap);
    if skip_ui(ui, split::take_right(&mut foot, 264.0), &view.skip) {
        touch = Some(Touch::Skip);
    }
    question_ui(ui, &mut rest, &view.title, &view.hint);
    split::skip_top(&mut rest, 12.0);
    let across = if page.height() > page.width() { 2 } else { 3 };
    let area = rest.shrink2(vec2(SIDE, 14.0));
    let down = (view.reasons.len() + 1).div_ceil(across);
    let cells = split::grid(area, across, down, vec2(14.0, 12.0));
    // It leads to another page, so it has no box to tick until something stands there.
    if let Some(cell) = cells.get(view.reasons.len()) {
        let (word, is_added) = &view.add;
        let opens = if *is_added {
            tick_ui(ui, *cell, word, true)
        } else {
            secondary(word).size(26.0).show(ui, *cell).clicked()
        };
        if opens {
            touch = Some(Touch::Words);
        }
    }
    for (cell, (code, words, ticked)) in cells.into_iter().zip(&view.reasons) {
        if tick_ui(ui, cell, words, *ticked) {
            touch = Some(Touch::Reason(code.clone()));
        }
    }
    touch
}

/// True if it was touched.
fn tick_ui(ui: &Ui, area: Rect, words: &str, ticked: bool) -> bool {
    let look =
        BoxLook { enabled: true, alive: true, radius: 10, border: if ticked { 5.0 } else { 3.0 } };
    let kind = if ticked { Kind::Accent } else { Kind::Secondary };
    let (response, skin) = touch_box(ui, area, kind, look, words);
    let painter = ui.painter();
    let mut inner = area.shrink2(vec2(18.0, 3.0));
    let mark = split::take_left(&mut inner, 40.0);
    let mark = split::centred(mark, vec2(38.0, 38.0));
    let stroke = Stroke::new(3.0, if ticked { colour::BRAND } else { colour::LINE_STRONG });
    let fill = if ticked { colour::BRAND } else { colour::SURFACE };
    painter.rect(mark, 6, fill, stroke, StrokeKind::Inside);
    if ticked {
        Icon::Tick.paint(painter, mark.shrink(4.0), 12.0, colour::ON_BRAND);
    }
    split::take_left(&mut inner, 14.0);
    let sizes = [28.0, 26.0, 24.0];
    let high =
        |size: f32| paragraph_height(painter, inner.width(), &regular(words, size, skin.ink));
    let size = sizes.into_iter().find(|size| high(*size) <= inner.height()).unwrap_or(sizes[2]);
    let top = inner.center().y - high(size) / 2.0;
    let place = Rect::from_min_max(pos2(inner.left(), top), inner.max);
    look::text::paragraph(painter, place, Align::Min, &regular(words, size, skin.ink));
    response.clicked()
}

fn question_ui(ui: &Ui, rest: &mut Rect, title: &str, hint: &str) {
    let painter = ui.painter();
    split::skip_top(rest, 32.0);
    let room = rest.width() - SIDE * 2.0;
    let size = fitting_size(painter, title, Weight::Bold, 56.0, 30.0, room);
    let place = split::take_top(rest, 76.0);
    line_ui(ui, place, Align::Center, &[bold(title, size, colour::INK)]);
    let place = split::take_top(rest, 44.0);
    line_ui(ui, place, Align::Center, &[regular(hint, 30.0, colour::INK_2)]);
}

fn bar(ui: &Ui, area: Rect) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::SURFACE);
    painter.hline(area.x_range(), area.top() + 1.0, Stroke::new(2.0, colour::LINE));
}

fn foot_ui(ui: &Ui, area: Rect, words: &str, skip: &SkipView) -> Option<Touch> {
    bar(ui, area);
    let mut inner = area.shrink2(vec2(SIDE, 14.0));
    let skipped = skip_ui(ui, split::take_right(&mut inner, 260.0), skip);
    split::take_right(&mut inner, 24.0);
    let run = |size: f32| regular(words, size, colour::INK_2);
    let high = |size: f32| paragraph_height(ui.painter(), inner.width(), &run(size));
    let sizes = [28.0, 26.0, 24.0, 22.0];
    let size = sizes.into_iter().find(|size| high(*size) <= inner.height()).unwrap_or(sizes[2]);
    let top = inner.center().y - high(size) / 2.0;
    let place = Rect::from_min_max(pos2(inner.left(), top), inner.max);
    paragraph_ui(ui, place, Align::Min, &run(size));
    skipped.then_some(Touch::Skip)
}

fn skip_ui(ui: &Ui, area: Rect, skip: &SkipView) -> bool {
    // The seconds stand beside the word: they are no part of what the button is called.
    let label = format!("{}  {}", skip.word, skip.seconds);
    secondary(&label).size(30.0).says(&skip.word).show(ui, area).clicked()
}

fn thanks_ui(ui: &Ui, page: Rect, thanks: &ThanksPage) {
    let painter = ui.painter();
    let mut middle = split::centred(page, vec2(page.width() - SIDE * 2.0, 480.0));
    let mark = split::take_top(&mut middle, 180.0);
    Icon::Done.paint(painter, split::centred(mark, vec2(170.0, 170.0)), 5.0, colour::FREE);
    split::skip_top(&mut middle, 24.0);
    let room = middle.width();
    let mut said = |text: &str, most: f32, is_title: bool| {
        let weight = if is_title { Weight::Bold } else { Weight::Regular };
        let size = fitting_size(painter, text, weight, most, 26.0, room);
        let run = if is_title {
            bold(text, size, colour::INK)
        } else {
            regular(text, size, colour::INK_2)
        };
        line_ui(ui, split::take_top(&mut middle, most * 1.5), Align::Center, &[run]);
    };
    said(&thanks.title, 72.0, true);
    said(&thanks.wish, 40.0, false);
    if let Some(kept) = &thanks.kept {
        said(kept, 34.0, false);
    }
}
