//! 大厅地图, drawn: the floor as large as it fits; on a lying page the words stand beside it.

use egui::{Align, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    icon::Icon,
    measure::letters,
    split,
    text::{bold, fitting_size, line, regular, says, width},
};
use wire::map::{Area, Spot};

use super::{MapView, PlaceMark, WindowMark, ZoneMark};
use crate::{
    model::message::Touch,
    screens::{
        frame::Layout,
        parts::{self, GAP},
    },
};

/// The line of the way.
const WAY: f32 = 12.0;

/// Half the mark of 您在这里.
const HERE: f32 = 24.0;

/// From metres to the page.
struct Scale {
    floor: Rect,
    each: f32,
}

impl Scale {
    fn new(area: Rect, view: &MapView) -> Self {
        let each = (area.width() / view.width_m).min(area.height() / view.depth_m);
        let size = vec2(view.width_m * each, view.depth_m * each);
        let floor = Rect::from_min_size(pos2(area.center().x - size.x / 2.0, area.top()), size);
        Self { floor, each }
    }

    fn at(&self, spot: Spot) -> Pos2 {
        self.floor.min + vec2(spot.x_m, spot.y_m) * self.each
    }

    fn area(&self, area: Area) -> Rect {
        let size = vec2(area.width_m, area.depth_m) * self.each;
        Rect::from_min_size(self.at(Spot { x_m: area.x_m, y_m: area.y_m }), size)
    }
}

/// Draws the page.
pub fn map_ui(ui: &Ui, layout: &Layout, view: &MapView) -> Option<Touch> {
    let mut rest = layout.content;
    if layout.wide {
        let wide = (rest.height() * view.width_m / view.depth_m).min(rest.width() * 0.66);
        let floor = split::take_right(&mut rest, wide);
        rest.max.x -= GAP * 1.5;
        let words = rest;
        words_ui(ui, layout, words, view);
        floor_ui(ui, layout, floor, view);
        return None;
    }
    parts::title_ui(ui, layout, &mut rest, &view.title, "");
    let least = if layout.elder { 180.0 } else { 150.0 };
    let high = (rest.width() * view.depth_m / view.width_m).min(rest.height() - least - GAP);
    floor_ui(ui, layout, split::take_top(&mut rest, high), view);
    rest.min.y += GAP;
    hint_ui(ui, split::take_top(&mut rest, least), view);
    None
}

/// The title, and where it lies from here in a card.
fn words_ui(ui: &Ui, layout: &Layout, area: Rect, view: &MapView) {
    let mut rest = area;
    let title = split::take_top(&mut rest, 150.0);
    parts::paragraph_fit(ui, title, Align::Min, &view.title, (60.0, 44.0), colour::INK);
    rest.min.y += GAP;
    hint_ui(ui, split::take_top(&mut rest, if layout.elder { 220.0 } else { 190.0 }), view);
}

fn hint_ui(ui: &Ui, area: Rect, view: &MapView) {
    card(ui.painter(), area, colour::BRAND_WASH, colour::BRAND, 3.0);
    let mut inner = area.shrink2(vec2(32.0, 12.0));
    let mark = split::take_left(&mut inner, 84.0);
    Icon::Place.paint(ui.painter(), mark, 6.0, colour::BRAND_DEEP);
    inner.min.x += 24.0;
    parts::paragraph_fit(ui, inner, Align::Min, &view.hint, (60.0, 44.0), colour::BRAND_DEEP);
}

fn floor_ui(ui: &Ui, layout: &Layout, area: Rect, view: &MapView) {
    let painter = ui.painter();
    let scale = Scale::new(area.shrink(4.0), view);
    card(painter, scale.floor.expand(4.0), colour::SURFACE, colour::LINE_STRONG, 4.0);
    let small = match (layout.elder, view.here_label.is_ascii()) {
        (true, false) => letters::ELDER_LEAST,
        // Latin words are three times as long.
        (true, true) => letters::BODY,
        (false, _) => letters::LEAST,
    };
    let large = if layout.elder { letters::ELDER_LEAST } else { letters::LEAST };
    let mut titles = Vec::new();
    for zone in &view.zones {
        let sizes = (large, windows_in(view, zone.area));
        titles.push(zone_ui(ui, scale.area(zone.area), sizes, zone));
    }
    for wall in &view.walls {
        painter.rect_filled(scale.area(*wall), 4, colour::LINE_STRONG);
    }
    let walls = view.walls.iter().map(|wall| scale.area(*wall));
    let mut taken: Vec<Rect> = walls.chain(titles).collect();
    for window in view.windows.iter().filter(|window| !window.sought && !layout.elder) {
        taken.push(window_ui(ui, &scale, small, window));
    }
    way_ui(ui, &scale, view);
    taken.extend(along(&scale, &view.way));
    match &view.goal {
        // Large numbers beside one another do not fit: they share a plate.
        Some((at, label)) if layout.elder => {
            taken.push(plate_ui(ui, (scale.floor, scale.at(*at)), small, label));
        }
        _ => {
            let sought = view.windows.iter().filter(|window| window.sought);
            taken.extend(sought.map(|window| window_ui(ui, &scale, small, window)));
        }
    }
    taken.push(Rect::from_center_size(scale.at(view.here), vec2(HERE, HERE) * 2.2));
    here_ui(ui, &scale, small, view, &mut taken);
    for place in &view.places {
        place_ui(ui, &scale, small, place, &mut taken);
    }
    says(ui, scale.floor, &view.hint);
}

/// What the way covers, in steps of its own breadth.
fn along(scale: &Scale, way: &[Spot]) -> Vec<Rect> {
    let step = WAY * 2.0;
    let mut covered = Vec::new();
    for pair in way.windows(2) {
        let (from, to) = (scale.at(pair[0]), scale.at(pair[1]));
        let steps = (from.distance(to) / step).ceil().clamp(1.0, 200.0) as usize;
        let at = |n: usize| from + (to - from) * (n as f32 / steps as f32);
        covered.extend((1..=steps).map(|n| Rect::from_center_size(at(n), vec2(step, step))));
    }
    covered
}

/// The windows that are sought, on one plate that stays on the floor.
fn plate_ui(ui: &Ui, (floor, at): (Rect, Pos2), size: f32, label: &str) -> Rect {
    let painter = ui.painter();
    let run = [bold(label, size, colour::ON_BRAND)];
    let half = vec2(width(painter, &run) + 28.0, size * 1.4) / 2.0;
    let x = at.x.min(floor.right() - half.x).max(floor.left() + half.x);
    let place = Rect::from_center_size(pos2(x, at.y), half * 2.0);
    painter.rect_filled(place, 8, colour::BRAND);
    line(painter, place, Align::Center, &run);
    says(ui, place, label);
    place
}

/// The first of some places for words that covers nothing and stays on the floor.
fn free(floor: Rect, taken: &[Rect], places: [Rect; 4]) -> Option<Rect> {
    // What is wider than its way to the edge moves inwards.
    let inwards = |place: Rect| {
        let most = (floor.right() - place.width() / 2.0).max(floor.left());
        let x = place.center().x.min(most).max(floor.left() + place.width() / 2.0);
        Rect::from_center_size(pos2(x, place.center().y), place.size())
    };
    let [below, above, right, left] = places;
    [inwards(below), inwards(above), right, left].into_iter().find(|place| {
        floor.contains_rect(*place) && taken.iter().all(|other| !other.intersects(*place))
    })
}

/// Words below a mark, above it, at its right and at its left.
fn around(at: Pos2, gap: f32, size: egui::Vec2) -> [Rect; 4] {
    let far = vec2(gap + size.x / 2.0, gap + size.y / 2.0);
    [vec2(0.0, far.y), vec2(0.0, -far.y), vec2(far.x, 0.0), vec2(-far.x, 0.0)]
        .map(|aside| Rect::from_center_size(at + aside, size))
}

/// How far down the windows of a zone stand in it on the whole, 0 to 1; none if it has none.
fn windows_in(view: &MapView, area: Area) -> Option<f32> {
    let inside = view.windows.iter().filter(|window| area.holds(window.at));
    let down: Vec<f32> = inside.map(|window| (window.at.y_m - area.y_m) / area.depth_m).collect();
    (!down.is_empty()).then(|| down.iter().sum::<f32>() / down.len() as f32)
}

/// Answers where its words stand.
fn zone_ui(ui: &Ui, area: Rect, (small, windows): (f32, Option<f32>), zone: &ZoneMark) -> Rect {
    let painter = ui.painter();
    let edge = if zone.sought { colour::BRAND } else { colour::LINE_STRONG };
    let fill = if zone.sought { colour::BRAND_WASH } else { colour::PAPER };
    card(painter, area, fill, edge, if zone.sought { 5.0 } else { 2.0 });
    let ink = if zone.sought { colour::BRAND_DEEP } else { colour::INK_2 };
    let great = (area.height() * 0.22).clamp(small, 56.0);
    let label = fitting_size(painter, &zone.label, Weight::Bold, great, small, area.width() - 12.0);
    // The name stands under the letter where it fits.
    let name = [regular(zone.name.as_str(), small, ink)];
    let has_name =
        width(painter, &name) < area.width() - 12.0 && area.height() > label + small * 2.6;
    let high = label * 1.2 + if has_name { small * 1.3 } else { 0.0 };
    // The letter stands where the windows leave room.
    let middle = match windows {
        Some(down) if down < 0.5 => area.top() + area.height() * 0.68,
        Some(_) => area.top() + area.height() * 0.36,
        None => area.center().y,
    };
    let top = middle - high / 2.0;
    let row =
        |y: f32, high: f32| Rect::from_min_size(pos2(area.left(), y), vec2(area.width(), high));
    let title = [bold(zone.label.as_str(), label, ink)];
    let wide = width(painter, &title).max(if has_name { width(painter, &name) } else { 0.0 });
    line(painter, row(top, label * 1.2), Align::Center, &title);
    if has_name {
        line(painter, row(top + label * 1.2, small * 1.3), Align::Center, &name);
    }
    says(ui, area, &format!("{} {}", zone.label, zone.name));
    Rect::from_center_size(pos2(area.center().x, middle), vec2(wide, high))
}

fn window_ui(ui: &Ui, scale: &Scale, small: f32, window: &WindowMark) -> Rect {
    let painter = ui.painter();
    let size = if window.sought { small.max(32.0) } else { small };
    let run = bold(window.label.as_str(), size, colour::INK);
    let side = vec2((width(painter, &[run]) + 8.0).max(size * 1.1), size * 1.3);
    let place = Rect::from_center_size(scale.at(window.at), side);
    let ink = if window.sought {
        painter.rect_filled(place, 8, colour::BRAND);
        colour::ON_BRAND
    } else {
        colour::INK
    };
    line(painter, place, Align::Center, &[bold(window.label.as_str(), size, ink)]);
    says(ui, place, &window.label);
    place
}

/// A dot with its name beside it, where it covers nothing; without such a place the dot alone.
fn place_ui(ui: &Ui, scale: &Scale, small: f32, place: &PlaceMark, taken: &mut Vec<Rect>) {
    let painter = ui.painter();
    let at = scale.at(place.at);
    let run = [bold(place.name.as_str(), small, colour::FREE)];
    let size = vec2(width(painter, &run), small * 1.1);
    painter.circle_filled(at, 9.0, colour::FREE);
    if let Some(words) = free(scale.floor.shrink(4.0), taken, around(at, 12.0, size)) {
        line(painter, words, Align::Center, &run);
        says(ui, words, &place.name);
        taken.push(words);
    }
}

/// The way, with an arrow at its end.
fn way_ui(ui: &Ui, scale: &Scale, view: &MapView) {
    let painter = ui.painter();
    let mut points: Vec<Pos2> = view.way.iter().map(|spot| scale.at(*spot)).collect();
    let [.., before, last] = points.as_slice() else { return };
    let along = (*last - *before).normalized();
    // The arrow ends before the windows, so that their numbers stay legible.
    let tip = *last - along * (before.distance(*last) - 4.0).clamp(0.0, 40.0);
    let neck = tip - along * 34.0;
    let aside = along.rot90() * 24.0;
    if let Some(end) = points.last_mut() {
        *end = neck;
    }
    for (edge, ink) in [(WAY + 8.0, colour::SURFACE), (WAY, colour::CALLING)] {
        painter.add(Shape::line(points.clone(), Stroke::new(edge, ink)));
        for point in &points {
            painter.circle_filled(*point, edge / 2.0, ink);
        }
    }
    let head = vec![tip, neck + aside, neck - aside];
    painter.add(Shape::convex_polygon(head, colour::CALLING, Stroke::new(3.0, colour::SURFACE)));
}

/// A disc with an arrow to where one looks, and 您在这里 beside it.
fn here_ui(ui: &Ui, scale: &Scale, small: f32, view: &MapView, taken: &mut Vec<Rect>) {
    let painter = ui.painter();
    let at = scale.at(view.here);
    painter.circle_filled(at, HERE + 5.0, colour::SURFACE);
    painter.circle_filled(at, HERE, colour::CALLING);
    let arrow = vec![
        at + vec2(0.0, -14.0),
        at + vec2(12.0, 11.0),
        at + vec2(0.0, 5.0),
        at + vec2(-12.0, 11.0),
    ];
    painter.add(Shape::Path(egui::epaint::PathShape {
        points: arrow,
        closed: true,
        fill: colour::SURFACE,
        stroke: egui::epaint::PathStroke::NONE,
    }));
    if view.here_label.is_empty() {
        return;
    }
    let size = (small * 1.2).min(52.0);
    let run = [bold(view.here_label.as_str(), size, colour::ON_BRAND)];
    let plate = vec2(width(painter, &run) + 32.0, size * 1.5);
    let floor = scale.floor;
    // The way begins upwards, so the words stand below or beside rather than above.
    let [below, above, right, left] = around(at, HERE + 8.0, plate);
    let others = &taken[..taken.len() - 1];
    let place = free(floor, others, [below, right, left, above]);
    // Where nothing is free it stays on the floor at least.
    let push = |place: Rect| {
        let over = (place.max - floor.max).max(Vec2::ZERO);
        let under = (floor.min - place.min).max(Vec2::ZERO);
        place.translate(under - over)
    };
    let place = place.unwrap_or_else(|| push(below));
    taken.push(place);
    painter.rect_filled(place, 8, colour::CALLING);
    line(painter, place, Align::Center, &run);
    says(ui, place, &view.here_label);
}
