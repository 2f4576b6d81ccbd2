//! 请确认已带, drawn.

use egui::{Align, Painter, Rect, Stroke, Ui, pos2, vec2};
use look::{
    button::Button,
    colour,
    fonts::Weight,
    frame::{Kind, card},
    icon::Icon,
    measure::letters,
    notice::{self, Tone},
    split,
    text::{
        bold, fitting_size, line, line_ui, paragraph, paragraph_height, paragraph_ui, regular, says,
    },
};

use super::ConfirmView;
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        on,
        parts::{Action, action_ui},
    },
};

/// A third of a row has room for so many letters beside a drawing.
const NARROW: usize = 8;

/// Draws the page before the ticket.
pub fn confirm_ui(ui: &Ui, layout: &Layout, view: &ConfirmView) -> Option<Touch> {
    let mut rest = layout.content;
    title_ui(ui, &mut rest, view, layout.wide);
    if layout.wide {
        let mut right = split::take_right(&mut rest, 900.0);
        rest.max.x -= 28.0;
        bring_ui(ui, rest, view);
        let facts = split::take_top(&mut right, if view.elder { 134.0 } else { 146.0 });
        facts_ui(ui, facts, view, 3);
        right.min.y += 24.0;
        return buttons_ui(ui, layout, right, view);
    }
    facts_ui(ui, split::take_top(&mut rest, if view.elder { 168.0 } else { 148.0 }), view, 3);
    rest.min.y += 28.0;
    let rows = if view.elder { 1 } else { others(view).len().div_ceil(across(view, false)) };
    let strip = if view.class.is_some() && !view.elder { 112.0 } else { 0.0 };
    let buttons = split::take_bottom(&mut rest, 232.0 + 124.0 * rows as f32 + strip);
    rest.max.y -= 28.0;
    bring_ui(ui, rest, view);
    buttons_ui(ui, layout, buttons, view)
}

fn title_ui(ui: &Ui, rest: &mut Rect, view: &ConfirmView, wide: bool) {
    let painter = ui.painter();
    if let Some(crumb) = view.crumb.as_ref().filter(|_| !(view.elder && wide)) {
        let most = if view.elder { letters::ELDER_LEAST } else { 34.0 };
        let place = split::take_top(rest, most * 1.3);
        let size = fitting_size(painter, crumb, Weight::Regular, most, 28.0, place.width());
        line_ui(ui, place, Align::Min, &[regular(crumb.as_str(), size, colour::INK_2)]);
        rest.min.y += 6.0;
    }
    let most = if wide { 56.0 } else { 68.0 };
    let size =
        fitting_size(painter, &view.title, Weight::Bold, most, 52.0_f32.min(most), rest.width());
    let run = bold(view.title.as_str(), size, colour::INK);
    let high = paragraph_ui(ui, *rest, Align::Min, &run);
    rest.min.y += high + if wide { 16.0 } else { 24.0 };
}

fn facts_ui(ui: &Ui, area: Rect, view: &ConfirmView, most: usize) {
    let painter = ui.painter();
    card(painter, area, colour::SURFACE, colour::LINE, 2.0);
    let small = if view.elder { letters::ELDER_LEAST } else { 32.0 };
    let least = if view.elder { letters::ELDER_LEAST } else { letters::LEAST };
    let facts: Vec<Fact> = view.facts.iter().take(most).cloned().collect();
    let (facts, large) =
        if view.elder { fit_facts(painter, facts, small, area.width()) } else { (facts, 48.0) };
    // Columns as wide as their words need.
    let need: Vec<f32> = facts.iter().map(|fact| need(painter, fact, small, large)).collect();
    let all: f32 = need.iter().sum();
    let scale = area.width() / all.max(1.0);
    let mut left = area.left();
    for (n, ((label, value), need)) in facts.iter().zip(need).enumerate() {
        let column = Rect::from_min_size(pos2(left, area.top()), vec2(need * scale, area.height()));
        if n > 0 {
            painter.vline(left, area.y_range(), Stroke::new(2.0, colour::LINE));
        }
        let edge = if view.elder { 0.03 } else { 0.13 };
        let inner = column.shrink2(vec2(28.0, area.height() * edge));
        let (top, low) = inner.split_top_bottom_at_fraction(0.4);
        let fit = fitting_size(painter, label, Weight::Regular, small, least, inner.width());
        line(painter, top, Align::Min, &[regular(label.as_str(), fit, colour::INK_2)]);
        let fit = fitting_size(painter, value, Weight::Bold, large, 30.0, inner.width());
        line(painter, low, Align::Min, &[bold(value.as_str(), fit, colour::INK)]);
        says(ui, column, &format!("{label} {value}"));
        left = column.right();
    }
}

/// A label and what it says.
type Fact = (String, String);

/// How wide a fact's column must be.
fn need(painter: &Painter, (label, value): &Fact, small: f32, large: f32) -> f32 {
    let label = look::text::width(painter, &[regular(label.as_str(), small, colour::INK)]);
    let value = look::text::width(painter, &[bold(value.as_str(), large, colour::INK)]);
    label.max(value) + 64.0
}

/// 长者版, whose letters are large: the facts as they are, with smaller values, or with the people
/// ahead beside the word for the wait, whatever fits first; where to go stands first and stays.
fn fit_facts(painter: &Painter, facts: Vec<Fact>, small: f32, room: f32) -> (Vec<Fact>, f32) {
    const LARGE: f32 = 56.0;
    let folded = match facts.as_slice() {
        [place, (label, count), (_, wait)] => {
            vec![place.clone(), (format!("{label} {count}"), wait.clone())]
        }
        _ => facts.clone(),
    };
    let first = facts.iter().take(1).cloned().collect();
    let ways = [
        (facts.clone(), LARGE),
        (facts, letters::ELDER_LEAST),
        (folded.clone(), LARGE),
        (folded, letters::ELDER_LEAST),
    ];
    let fits = |(facts, large): &(Vec<Fact>, f32)| {
        facts.iter().map(|fact| need(painter, fact, small, *large)).sum::<f32>() <= room
    };
    ways.into_iter().find(fits).unwrap_or((first, LARGE))
}

fn bring_ui(ui: &Ui, area: Rect, view: &ConfirmView) {
    let painter = ui.painter();
    let large: f32 = if view.elder { 58.0 } else { 46.0 };
    let lines = view.bring.len().max(1) as f32;
    let most = 130.0 + lines * if view.elder { 190.0 } else { 168.0 };
    let most = if view.bring.is_empty() { f32::INFINITY } else { most };
    let area = Rect::from_min_size(area.min, vec2(area.width(), area.height().min(most)));
    card(painter, area, colour::SURFACE, colour::LINE, 2.0);
    let mut rest = area.shrink2(vec2(40.0, 20.0));
    let title = split::take_top(&mut rest, 86.0);
    line_ui(ui, title, Align::Min, &[bold(view.bring_title.as_str(), 50.0, colour::INK)]);
    if let Some(words) = &view.bring_none {
        painter.hline(rest.x_range(), rest.top(), Stroke::new(2.0, colour::LINE));
        rest.min.y += 24.0;
        let least = if view.elder { letters::ELDER_LEAST } else { 36.0 };
        let sizes = [large * 0.96, (large * 0.85).max(least), least];
        let fits = |size: &f32| {
            let run = regular(words.as_str(), *size, colour::INK_2);
            paragraph_height(painter, rest.width(), &run) <= rest.height()
        };
        let size = sizes.into_iter().find(fits).unwrap_or(least);
        let run = regular(words.as_str(), size, colour::INK_2);
        let high = paragraph_height(painter, rest.width(), &run);
        let mark = (rest.height() - high - 64.0).clamp(0.0, 200.0);
        if mark > 80.0 {
            let top = rest.center().y - (high + mark + 40.0) / 2.0;
            let place = Rect::from_min_size(pos2(rest.left(), top), vec2(rest.width(), mark));
            Icon::Talk.paint(painter, place, 4.5, colour::BRAND);
            rest.min.y = top + mark + 40.0;
        }
        paragraph_ui(ui, rest, Align::Min, &run);
        return;
    }
    for (n, (words, row)) in
        view.bring.iter().zip(split::rows(rest, view.bring.len(), 0.0)).enumerate()
    {
        painter.hline(row.x_range(), row.top(), Stroke::new(2.0, colour::LINE));
        let disc =
            Rect::from_center_size(pos2(row.left() + 32.0, row.center().y), vec2(64.0, 64.0));
        painter.circle_filled(disc.center(), 32.0, colour::BRAND_WASH);
        let digits = if view.elder { letters::ELDER_LEAST } else { 40.0 };
        let number = bold((n + 1).to_string(), digits, colour::BRAND_DEEP);
        line(painter, disc, Align::Center, &[number]);
        let place = Rect::from_min_max(pos2(disc.right() + 28.0, row.top()), row.max);
        let least = if view.elder { letters::ELDER_LEAST } else { 30.0 };
        let size = [large, (large * 0.85).max(least), (large * 0.72).max(least)]
            .into_iter()
            .find(|size| {
                let run = bold(words.as_str(), *size, colour::INK);
                paragraph_height(painter, place.width(), &run) <= row.height() - 8.0
            })
            .unwrap_or(least);
        let run = bold(words.as_str(), size, colour::INK);
        let high = paragraph_height(painter, place.width(), &run);
        let top = pos2(place.left(), row.center().y - high / 2.0);
        let place = Rect::from_min_size(top, vec2(place.width(), high));
        paragraph(painter, place, Align::Min, &run);
        says(ui, row, words);
    }
}

fn buttons_ui(ui: &Ui, layout: &Layout, area: Rect, view: &ConfirmView) -> Option<Touch> {
    let mut touched = None;
    let mut rest = area;
    // 长者版 keeps a row of its own for what else can be done.
    let below = if view.elder { 122.0 + 20.0 } else { 0.0 };
    let main = split::take_top(
        &mut rest,
        (area.height() - below).clamp(100.0, if layout.wide { 156.0 } else { 200.0 }),
    );
    match (&view.button, &view.closed) {
        (Some(words), _) => {
            let button = Button::new(words, Kind::Primary).icon(Icon::Ticket).size(84.0);
            on(&mut touched, &button.show(ui, main), Touch::Confirm);
        }
        (None, Some(why)) => {
            notice::strip(ui, main, Tone::Attention, why);
        }
        (None, None) => {}
    }
    rest.min.y += if layout.wide { 16.0 } else { 20.0 };
    if let Some(class) = view.class.as_ref().filter(|_| !view.elder) {
        let place = split::take_bottom(&mut rest, 96.0);
        notice::strip(ui, place, Tone::Question, class);
        rest.max.y -= 16.0;
    }
    let mut actions = others(view);
    let across = if view.elder { actions.len().max(1) } else { across(view, layout.wide) };
    let narrow = across == 3 && actions.iter().any(|action| action.name.chars().count() > NARROW);
    if narrow {
        actions.iter_mut().for_each(|action| action.icon = None);
    }
    let down = actions.len().div_ceil(across).max(1);
    let least = if view.elder { 120.0 } else { 80.0 };
    let high = ((rest.height() - 16.0 * (down - 1) as f32) / down as f32).min(136.0);
    if high < least {
        return touched;
    }
    rest.max.y = rest.top() + high * down as f32 + 16.0 * (down - 1) as f32;
    let gap = if view.elder { 16.0 } else { 24.0 };
    // A row that is not full is filled all the same.
    for (row, place) in actions.chunks(across).zip(split::rows(rest, down, 16.0)) {
        for (action, place) in row.iter().zip(split::columns(place, row.len(), gap)) {
            on(&mut touched, &action_ui(ui, place, action), action.touch);
        }
    }
    touched
}

/// What else can be done stands so many beside one another: three where another strip takes room
/// above them, or a lying page has little height.
fn across(view: &ConfirmView, wide: bool) -> usize {
    match others(view).len() {
        1 => 1,
        5.. if wide || view.class.is_some() => 3,
        _ => 2,
    }
}

/// What else can be done: at most five, and in 长者版, where letters are large, three without
/// drawings.
fn others(view: &ConfirmView) -> Vec<Action> {
    let priority = view
        .button
        .is_some()
        .then(|| Action::second(Touch::Priority, &view.priority).icon(Icon::Person));
    // In 长者版 the way stands on the ticket's page, and here is room for who goes first.
    let may_go = priority.is_some() && view.elder;
    let more = view.more.iter().filter(|action| !(may_go && matches!(action.touch, Touch::Map(_))));
    let print = view.print.iter().filter(|_| !view.elder).cloned();
    let all = view.guide.iter().cloned().chain(print).chain(priority).chain(more.cloned());
    all.map(|action| if view.elder { Action { icon: None, ..action } } else { action }).collect()
}
