//! Head, spoken line, bar and foot, drawn: upright, lying, and in 长者版.

use egui::{Align, Rect, Stroke, Ui, pos2, vec2};
use look::{
    bars::{self, SpokenTouch},
    button::Button,
    colour,
    fonts::Weight,
    frame::Kind,
    icon::Icon,
    measure::letters,
    name, split,
    text::{self, bold, fitting_size, line, line_ui, regular, says},
};

use super::{Countdown, FrameView, Left, Volume};
use crate::{model::message::Touch, screens::on};

/// How wide 长者版 is beside the spoken line of 低位.
const LOW_ELDER: f32 = 196.0;

/// Where the body of a page goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout {
    /// The whole page.
    pub page: Rect,
    /// The room between head and spoken line, inside the margins.
    pub content: Rect,
    /// The part of the content that a hand reaches; in 低位 the lower one, elsewhere all of it.
    pub hand: Rect,
    /// The part above it; empty where there is none.
    pub upper: Rect,
    /// 低位.
    pub low: bool,
    /// The page lies.
    pub wide: bool,
    /// 长者版.
    pub elder: bool,
}

/// Draws the frame; answers the room for the body, and what was touched.
pub fn frame_ui(ui: &Ui, page: Rect, view: &FrameView) -> (Layout, Option<Touch>) {
    let wide = page.width() > page.height();
    ui.painter().rect_filled(page, 0, colour::PAPER);
    let mut rest = page;
    let touched = match (wide, view.elder) {
        (false, false) => upright(ui, &mut rest, view),
        (true, false) => lying(ui, &mut rest, view),
        (_, true) => elder(ui, &mut rest, view, wide),
    };
    let pad: f32 = match (wide, view.elder) {
        (false, false) => 40.0,
        (false, true) => 34.0,
        (true, _) => 32.0,
    };
    let low = view.reach_percent.filter(|_| !wide);
    let pad = if low.is_some() { pad.min(22.0) } else { pad };
    let content = rest.shrink2(vec2(bars::SIDE, pad));
    let share = f32::from(low.unwrap_or(100)) / 100.0;
    let edge = (page.bottom() - page.height() * share).max(content.top());
    let (upper, hand) = match low {
        Some(_) => content.split_top_bottom_at_y(edge + 12.0),
        None => (Rect::from_min_size(content.min, vec2(content.width(), 0.0)), content),
    };
    (Layout { page, content, hand, upper, low: low.is_some(), wide, elder: view.elder }, touched)
}

fn upright(ui: &Ui, rest: &mut Rect, view: &FrameView) -> Option<Touch> {
    let low = view.reach_percent.is_some();
    let mut touched = head(ui, split::take_top(rest, bars::HEADER), view, false);
    if let Some(band) = &view.band {
        bars::band(ui, split::take_top(rest, bars::BAND), &band.leader, &band.notice);
    }
    phones(ui, split::take_bottom(rest, if low { 64.0 } else { bars::PHONES }), view);
    let bar = bars::actions(ui, split::take_bottom(rest, if low { 132.0 } else { bars::ACTIONS }));
    touched = touched.or(actions(ui, bar, view));
    let button = view.elder_button.as_ref().filter(|_| low);
    let room = rest.width() - if button.is_some() { LOW_ELDER + 12.0 } else { 0.0 };
    let high = bars::spoken_height(ui, &view.spoken, room, letters::BODY);
    let line = split::take_bottom(rest, high);
    ui.painter().rect_filled(line, 0, colour::BRAND_WASH);
    let place = Rect::from_min_size(line.min, vec2(room, line.height()));
    touched = touched.or(spoken(ui, place, view, letters::BODY));
    if let Some(name) = button {
        let middle = pos2(line.right() - bars::SIDE - LOW_ELDER / 2.0, line.center().y);
        let place = Rect::from_center_size(middle, vec2(LOW_ELDER, 80.0));
        on(&mut touched, &Button::new(name, Kind::Deep).show(ui, place), Touch::Elder);
    }
    touched
}

fn lying(ui: &Ui, rest: &mut Rect, view: &FrameView) -> Option<Touch> {
    let touched = head(ui, split::take_top(rest, bars::HEADER_LOW), view, true);
    phones(ui, split::take_bottom(rest, 64.0), view);
    let mut bar = bars::actions(ui, split::take_bottom(rest, 136.0));
    let mut touched = touched;
    // The spoken line and the buttons share a bar.
    let right = right_width(view);
    if right > 0.0 {
        let place = split::take_right(&mut bar, right);
        touched = touched.or(right_buttons(ui, place, view));
        bar.max.x -= 24.0;
    }
    let left = match &view.left {
        Left::Ways { back, countdown, .. } => {
            let ways = if back.is_some() { 360.0 } else { 0.0 };
            ways + if countdown.is_some() { 270.0 } else { 0.0 }
        }
        Left::Words(_) => 420.0,
        Left::Hours { .. } => 0.0,
    };
    if left > 0.0 {
        let place = split::take_left(&mut bar, left);
        touched = touched.or(left_part(ui, place, view));
        bar.min.x += 24.0;
    }
    if !fits_box(ui, bar, view) {
        // A long sentence has a line of its own above the bar.
        let room = rest.width();
        let high = bars::spoken_height(ui, &view.spoken, room, 32.0);
        return touched.or(spoken(ui, split::take_bottom(rest, high), view, 32.0));
    }
    touched.or(spoken_box(ui, bar, view))
}

/// The sentence has room beside the buttons, on two lines at most.
fn fits_box(ui: &Ui, area: Rect, view: &FrameView) -> bool {
    let room = box_room(area, view);
    let run = regular(view.spoken.as_str(), BOX_LEAST, colour::BRAND_DEEP);
    text::paragraph_height(ui.painter(), room, &run) < BOX_LEAST * text::LINE_HEIGHT * 2.5
}

fn box_room(area: Rect, view: &FrameView) -> f32 {
    area.width() - bars::SIDE * 2.0 - 64.0 - if view.volume.is_some() { 224.0 } else { 0.0 }
}

/// The least letters of a sentence beside buttons.
const BOX_LEAST: f32 = 30.0;

fn head(ui: &Ui, area: Rect, view: &FrameView, wide: bool) -> Option<Touch> {
    let header = bars::Header {
        title: &view.hall_name,
        under: &view.subtitle,
        time: &view.clock,
        date: view.date.as_deref(),
        button: view.elder_button.as_deref().filter(|_| view.reach_percent.is_none() || wide),
    };
    let mut touched = None;
    if let Some(response) = bars::header(ui, area, &header) {
        on(&mut touched, &response, Touch::Elder);
    }
    touched
}

fn phones(ui: &Ui, area: Rect, view: &FrameView) {
    let pair = |words: &'_ (String, String)| (words.0.clone(), words.1.clone());
    let (left, right) = (pair(&view.complaint), pair(&view.guide));
    bars::phones(ui, area, (&left.0, &left.1), (&right.0, &right.1));
    if area.width() <= area.height() * 20.0 {
        return;
    }
    // A lying page has room for the hours and the notice between the telephones.
    if let Left::Hours { label, hours } = &view.left {
        let words = format!("{label} {hours}");
        let middle = Rect::from_center_size(
            pos2(area.center().x - 190.0, area.center().y),
            vec2(800.0, area.height()),
        );
        line_ui(ui, middle, Align::Center, &[regular(words, letters::LEAST, colour::INK_2)]);
    }
    if let Some(band) = &view.band {
        let place = Rect::from_center_size(
            pos2(area.left() + area.width() * 0.655, area.center().y),
            vec2(300.0, area.height()),
        );
        let run = bold(band.notice.as_str(), letters::LEAST, colour::BRAND_DEEP);
        line_ui(ui, place, Align::Center, &[run]);
    }
}

fn spoken(ui: &Ui, area: Rect, view: &FrameView, size: f32) -> Option<Touch> {
    let volume = view
        .volume
        .as_ref()
        .map(|words: &Volume| bars::VolumeWords { quieter: &words.softer, louder: &words.louder });
    bars::spoken(ui, area, &view.spoken, size, volume).map(spoken_touch)
}

const fn spoken_touch(touch: SpokenTouch) -> Touch {
    match touch {
        SpokenTouch::Repeat => Touch::SayAgain,
        SpokenTouch::Quieter => Touch::Softer,
        SpokenTouch::Louder => Touch::Louder,
    }
}

fn spoken_box(ui: &Ui, area: Rect, view: &FrameView) -> Option<Touch> {
    let size = fitting_size(
        ui.painter(),
        &view.spoken,
        Weight::Regular,
        letters::BODY,
        BOX_LEAST,
        box_room(area, view),
    );
    spoken(ui, area, view, size)
}

fn right_width(view: &FrameView) -> f32 {
    let help = if view.help.is_some() { 384.0 } else { 0.0 };
    let done = if view.done.is_some() { 236.0 } else { 0.0 };
    help + done
}

fn right_buttons(ui: &Ui, area: Rect, view: &FrameView) -> Option<Touch> {
    let mut touched = None;
    let mut rest = area;
    if let Some(done) = &view.done {
        let place = split::take_right(&mut rest, 220.0);
        on(&mut touched, &Button::new(done, Kind::Primary).show(ui, place), Touch::Done);
        rest.max.x -= 16.0;
    }
    if let Some(help) = &view.help {
        let place = split::take_right(&mut rest, 364.0);
        let button = Button::new(help, Kind::Accent).icon(Icon::Help);
        on(&mut touched, &button.show(ui, place), Touch::Help);
    }
    touched
}

fn actions(ui: &Ui, area: Rect, view: &FrameView) -> Option<Touch> {
    let mut rest = area;
    let mut touched = None;
    let right = right_width(view);
    if right > 0.0 {
        let place = split::take_right(&mut rest, right);
        touched = right_buttons(ui, place, view);
    }
    touched.or(left_part(ui, rest, view))
}

fn left_part(ui: &Ui, area: Rect, view: &FrameView) -> Option<Touch> {
    let painter = ui.painter();
    let mut touched = None;
    match &view.left {
        Left::Words(words) => {
            let size = fitting_size(painter, words, Weight::Regular, 34.0, 28.0, area.width());
            line_ui(ui, area, Align::Min, &[regular(words.as_str(), size, colour::INK_2)]);
        }
        Left::Hours { label, hours } => {
            let (top, low) = area.split_top_bottom_at_fraction(0.46);
            line(painter, top, Align::Min, &[regular(label.as_str(), 30.0, colour::INK_2)]);
            let size = fitting_size(painter, hours, Weight::Bold, 34.0, 28.0, low.width() - 16.0);
            line(painter, low, Align::Min, &[bold(hours.as_str(), size, colour::INK)]);
            says(ui, area, &format!("{label} {hours}"));
        }
        Left::Ways { back, home, countdown, .. } => {
            let mut rest = area;
            if let Some(back) = back {
                let place = split::take_left(&mut rest, 168.0);
                let button = Button::new(back, Kind::Secondary).icon(Icon::Back);
                on(&mut touched, &button.show(ui, place), Touch::Back);
                rest.min.x += 16.0;
            }
            if let Some(home) = home {
                let place = split::take_left(&mut rest, 172.0);
                let button = Button::new(home, Kind::Secondary).icon(Icon::Home);
                on(&mut touched, &button.show(ui, place), Touch::Home);
                rest.min.x += 16.0;
            }
            if let Some(countdown) = countdown {
                countdown_ui(ui, rest, countdown);
            }
        }
    }
    touched
}

fn countdown_ui(ui: &Ui, area: Rect, countdown: &Countdown) {
    let painter = ui.painter();
    let number = bold(countdown.secs.as_str(), 40.0, colour::INK);
    let unit = |size| regular(countdown.unit.as_str(), size, colour::INK_2).after(8.0);
    if countdown.after {
        line(painter, area, Align::Min, &[number, unit(34.0)]);
    } else {
        let (top, low) = area.split_top_bottom_at_fraction(0.46);
        let label = regular(countdown.label.as_str(), letters::SECOND, colour::INK_2);
        line(painter, top, Align::Center, &[label]);
        line(painter, low, Align::Center, &[number, unit(letters::SECOND)]);
    }
    let words = format!("{} {} {}", countdown.label, countdown.secs, countdown.unit);
    says(ui, area, words.trim());
}

fn elder(ui: &Ui, rest: &mut Rect, view: &FrameView, wide: bool) -> Option<Touch> {
    elder_head(ui, split::take_top(rest, if wide { 150.0 } else { 216.0 }), view);
    // 低位 keeps its lower half for what is touched: the telephone and the sentence stand above.
    let low = view.reach_percent.is_some() && !wide;
    let foot = if wide { 84.0 } else { 100.0 };
    let foot = if low { split::take_top(rest, foot) } else { split::take_bottom(rest, foot) };
    elder_foot(ui, foot, view);
    let rows = if wide || view.help.is_none() { 1 } else { 2 };
    let bar = split::take_bottom(rest, if rows == 2 { 328.0 } else { 168.0 });
    ui.painter().rect_filled(bar, 0, colour::SURFACE);
    ui.painter().hline(bar.x_range(), bar.top() + 1.0, Stroke::new(2.0, colour::LINE));
    let inner = Rect::from_center_size(
        bar.center(),
        vec2(bar.width() - bars::SIDE * 2.0, bar.height() - 32.0),
    );
    let touched = elder_actions(ui, inner, view, rows);
    let size = 50.0;
    let (letters, least) = if wide { (letters::ELDER_LEAST, 104.0) } else { (size, 120.0) };
    let high = spoken_height_elder(ui, view, rest.width(), letters).max(least);
    let place = if low { split::take_top(rest, high) } else { split::take_bottom(rest, high) };
    let fit = fitting_size(
        ui.painter(),
        &view.spoken,
        Weight::Regular,
        size,
        letters::ELDER_LEAST,
        if wide { place.width() - 180.0 } else { f32::INFINITY },
    );
    // The volume keys stand in the bar, where they can be large.
    touched.or(bars::spoken(ui, place, &view.spoken, fit, None).map(spoken_touch))
}

fn spoken_height_elder(ui: &Ui, view: &FrameView, wide: f32, size: f32) -> f32 {
    let run = regular(view.spoken.as_str(), size, colour::BRAND_DEEP);
    let room = wide - bars::SIDE * 2.0 - 64.0;
    let words = text::paragraph_height(ui.painter(), room, &run);
    let lines = (words / (size * text::LINE_HEIGHT)).round();
    // A line has air above and below it; lines together need less.
    words + if lines > 1.0 { 24.0 } else { 44.0 }
}

fn elder_head(ui: &Ui, area: Rect, view: &FrameView) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::BRAND_DEEP);
    let inner = area.shrink2(vec2(bars::SIDE, area.height() * 0.1));
    let (top, low) = inner.split_top_bottom_at_fraction(0.58);
    let clock_size = if inner.height() > 150.0 { 104.0 } else { 72.0 };
    let clock = [bold(view.clock.as_str(), clock_size, colour::ON_BRAND)];
    let room = inner.width() - text::width(painter, &clock) - 40.0;
    line_ui(ui, top, Align::Max, &clock);
    let title = view.hall_name.as_str();
    let size = fitting_size(painter, title, Weight::Bold, 68.0, name::elder_least(title), room);
    line_ui(ui, top, Align::Min, &[bold(title, size, colour::ON_BRAND)]);
    let small = if inner.height() > 150.0 { 48.0 } else { letters::ELDER_LEAST };
    line_ui(ui, low, Align::Min, &[regular(view.subtitle.as_str(), small, colour::BRAND_WASH)]);
    if let Some(date) = &view.date {
        line_ui(ui, low, Align::Max, &[regular(date.as_str(), small, colour::BRAND_WASH)]);
    }
}

fn elder_foot(ui: &Ui, area: Rect, view: &FrameView) {
    let painter = ui.painter();
    painter.rect_filled(area, 0, colour::PAPER);
    painter.hline(area.x_range(), area.top() + 1.0, Stroke::new(2.0, colour::LINE));
    let runs = [
        regular(view.complaint.0.as_str(), 48.0, colour::INK),
        bold(view.complaint.1.as_str(), 48.0, colour::INK),
    ];
    line_ui(ui, area, Align::Center, &runs);
}

fn elder_actions(ui: &Ui, area: Rect, view: &FrameView, rows: usize) -> Option<Touch> {
    let mut touched = None;
    let mut lines = split::rows(area, rows, 24.0);
    let mut first = lines.remove(0);
    let mut second = lines.pop();
    if let Some(volume) = &view.volume {
        let row = second.as_mut().unwrap_or(&mut first);
        touched = elder_volume(ui, row, volume);
        row.max.x -= 24.0;
    }
    if let Some(done) = &view.done {
        let place = split::take_right(&mut first, 240.0);
        let button = Button::new(done, Kind::Primary).size(52.0);
        on(&mut touched, &button.show(ui, place), Touch::Done);
        first.max.x -= 24.0;
    }
    if let Some(help) = &view.help {
        let place = second.unwrap_or_else(|| {
            let wide = if view.done.is_some() && first.width() < 900.0 { 464.0 } else { 500.0 };
            let place = split::take_right(&mut first, wide);
            first.max.x -= 24.0;
            place
        });
        let button = Button::new(help, Kind::Accent).size(52.0);
        // Beside 完成 its words need all the room.
        let crowded = view.done.is_some() && second.is_none();
        let button = if crowded { button } else { button.icon(Icon::Help) };
        on(&mut touched, &button.show(ui, place), Touch::Help);
    }
    touched.or(elder_left(ui, first, view))
}

fn elder_volume(ui: &Ui, row: &mut Rect, volume: &Volume) -> Option<Touch> {
    let mut touched = None;
    let louder = split::take_right(row, 136.0);
    row.max.x -= 12.0;
    let softer = split::take_right(row, 136.0);
    let button = Button::new("+", Kind::Secondary).size(80.0).says(&volume.louder);
    on(&mut touched, &button.show(ui, louder), Touch::Louder);
    let button = Button::new("−", Kind::Secondary).size(80.0).says(&volume.softer);
    on(&mut touched, &button.show(ui, softer), Touch::Softer);
    touched
}

fn elder_left(ui: &Ui, area: Rect, view: &FrameView) -> Option<Touch> {
    let mut touched = None;
    let mut rest = area;
    match &view.left {
        Left::Words(words) | Left::Hours { hours: words, .. } => {
            let size = fitting_size(ui.painter(), words, Weight::Regular, 48.0, 44.0, rest.width());
            line_ui(ui, rest, Align::Min, &[regular(words.as_str(), size, colour::INK_2)]);
        }
        Left::Ways { back, home, ordinary, countdown } => {
            // Words alone: four things share the bar, and none of them may be small.
            for (name, touch) in [(back, Touch::Back), (home, Touch::Home)] {
                if let Some(name) = name {
                    let place = split::take_left(&mut rest, 164.0);
                    let button = Button::new(name, Kind::Secondary).size(52.0);
                    on(&mut touched, &button.show(ui, place), touch);
                    rest.min.x += 24.0;
                }
            }
            if let Some(ordinary) = ordinary {
                let place = if back.is_some() {
                    split::take_right(&mut rest, 300.0)
                } else {
                    split::take_left(&mut rest, 300.0)
                };
                let button = Button::new(ordinary, Kind::Secondary).size(48.0);
                on(&mut touched, &button.show(ui, place), Touch::Ordinary);
            }
            if let Some(countdown) = countdown {
                let label = if countdown.label.is_empty() { "" } else { countdown.label.as_str() };
                let mut runs = vec![
                    regular(label, 46.0, colour::INK_2),
                    bold(countdown.secs.as_str(), 64.0, colour::INK).after(12.0),
                    regular(countdown.unit.as_str(), 46.0, colour::INK_2).after(12.0),
                ];
                if text::width(ui.painter(), &runs) > rest.width() {
                    // The number says it alone where there is no room for words.
                    runs.truncate(2);
                }
                line_ui(ui, rest, Align::Center, &runs);
            }
        }
    }
    touched
}
