//! 大厅地图, drawn: the floor as large as it fits; on a lying page the words stand beside it.

use egui::{Align, Painter, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    frame::card,
    icon::Icon,
    measure::letters,
    split,
    text::{Run, bold, fitting_size, line, regular, says, width},
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

/// Half the mark of a place.
const DOT: f32 = 9.0;

/// Where names may stand, and the edges that they should not run over.
struct Floor {
    area: Rect,
    edges: Vec<Rect>,
}

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
    rest.min.y += GAP;
    legend_ui(ui, layout, rest, view);
    None
}

/// The title, and where it lies from here in a card.
fn words_ui(ui: &Ui, layout: &Layout, area: Rect, view: &MapView) {
    let mut rest = area;
    let title = split::take_top(&mut rest, 150.0);
    parts::paragraph_fit(ui, title, Align::Min, &view.title, (60.0, 44.0), colour::INK);
    rest.min.y += GAP;
    hint_ui(ui, split::take_top(&mut rest, if layout.elder { 220.0 } else { 190.0 }), view);
    rest.min.y += GAP;
    legend_ui(ui, layout, rest, view);
}

/// The zones in words, as far as all of them have room.
fn legend_ui(ui: &Ui, layout: &Layout, area: Rect, view: &MapView) {
    let painter = ui.painter();
    let (size, least, most) =
        if layout.elder { (letters::ELDER_LEAST, 66.0, 84.0) } else { (38.0_f32, 46.0, 76.0) };
    let high = ((area.height() - 24.0) / view.legend.len().max(1) as f32).min(most);
    if view.legend.is_empty() || high < least {
        return;
    }
    let size = size.min(high * 0.7).max(if layout.elder { letters::ELDER_LEAST } else { 30.0 });
    let all = high * view.legend.len() as f32 + 24.0;
    let area = Rect::from_min_size(area.min, vec2(area.width(), all));
    card(painter, area, colour::SURFACE, colour::LINE, 2.0);
    let rows = split::rows(area.shrink2(vec2(32.0, 12.0)), view.legend.len(), 0.0);
    for (n, ((zone, windows), row)) in view.legend.iter().zip(rows).enumerate() {
        if n > 0 {
            painter.hline(row.x_range(), row.top(), Stroke::new(2.0, colour::LINE));
        }
        let fit = |words: &str, weight, room| {
            let least = if layout.elder { letters::ELDER_LATIN } else { letters::LEAST };
            fitting_size(painter, words, weight, size, least, room)
        };
        let both = bold(windows.as_str(), size, colour::INK);
        let wide = width(painter, std::slice::from_ref(&both)).min(row.width() * 0.6);
        let room = row.width() - wide - 24.0;
        let left = regular(zone.as_str(), fit(zone, Weight::Regular, room), colour::INK_2);
        line(painter, row, Align::Min, &[left]);
        let right = bold(windows.as_str(), fit(windows, Weight::Bold, wide), colour::INK);
        line(painter, row, Align::Max, &[right]);
        says(ui, row, &format!("{zone} {windows}"));
    }
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
    for zone in &view.zones {
        zone_ui(painter, scale.area(zone.area), zone);
    }
    for wall in &view.walls {
        painter.rect_filled(scale.area(*wall), 4, colour::LINE_STRONG);
    }
    way_ui(ui, &scale, view);
    let mut taken: Vec<Rect> = view.walls.iter().map(|wall| scale.area(*wall)).collect();
    for window in view.windows.iter().filter(|window| !window.sought && !layout.elder) {
        taken.push(window_ui(ui, &scale, small, window));
    }
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
    let dot =
        |place: &PlaceMark| Rect::from_center_size(scale.at(place.at), Vec2::splat(DOT * 2.6));
    taken.extend(view.places.iter().map(dot));
    taken.extend(along(&scale, &view.way));
    taken.push(Rect::from_center_size(scale.at(view.here), vec2(HERE, HERE) * 2.2));
    let edges: Vec<Rect> =
        view.zones.iter().flat_map(|zone| edges(scale.area(zone.area))).collect();
    here_ui(ui, &scale, small, view, &mut taken);
    for zone in &view.zones {
        taken.extend(zone_name_ui(ui, scale.area(zone.area), large, zone, &taken));
    }
    let floor = Floor { area: scale.floor.shrink(10.0), edges };
    for place in &view.places {
        place_ui(ui, &scale, &floor, (small, place), &mut taken);
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
fn free(floor: Rect, taken: &[Rect], places: &[Rect]) -> Option<Rect> {
    let is_free = |place: &&Rect| {
        floor.contains_rect(**place) && taken.iter().all(|other| !other.intersects(**place))
    };
    places.iter().find(is_free).copied()
}

/// Words below a mark, above it, at its right and at its left, then moved along it, then further off.
fn around(at: Pos2, gap: f32, size: Vec2) -> Vec<Rect> {
    let mut places = Vec::new();
    for gap in [gap, gap * 2.0] {
        let far = vec2(gap + size.x / 2.0, gap + size.y / 2.0);
        for part in [0.0, 0.5, 0.95] {
            let along = size * part / 2.0;
            for aside in [
                vec2(along.x, far.y),
                vec2(-along.x, far.y),
                vec2(along.x, -far.y),
                vec2(-along.x, -far.y),
                vec2(far.x, along.y),
                vec2(far.x, -along.y),
                vec2(-far.x, along.y),
                vec2(-far.x, -along.y),
            ] {
                places.push(Rect::from_center_size(at + aside, size));
            }
        }
    }
    places
}

/// The four edges of an area.
fn edges(area: Rect) -> [Rect; 4] {
    let upper = Rect::from_min_max(area.min, pos2(area.right(), area.top()));
    let left = Rect::from_min_max(area.min, pos2(area.left(), area.bottom()));
    let (down, right) = (vec2(0.0, area.height()), vec2(area.width(), 0.0));
    [upper, left, upper.translate(down), left.translate(right)].map(|edge| edge.expand(2.0))
}

fn zone_ui(painter: &Painter, area: Rect, zone: &ZoneMark) {
    let edge = if zone.sought { colour::BRAND } else { colour::LINE_STRONG };
    let fill = if zone.sought { colour::BRAND_WASH } else { colour::PAPER };
    card(painter, area, fill, edge, if zone.sought { 5.0 } else { 2.0 });
}

/// The words of a zone where its windows and the way leave room: letter and name, or only one of them.
/// Answers where they stand.
fn zone_name_ui(ui: &Ui, area: Rect, small: f32, zone: &ZoneMark, taken: &[Rect]) -> Option<Rect> {
    let painter = ui.painter();
    says(ui, area, &format!("{} {}", zone.label, zone.name));
    let ink = if zone.sought { colour::BRAND_DEEP } else { colour::INK_2 };
    let great = (area.height() * 0.22).clamp(small, 56.0);
    let label = |size: f32| (bold(zone.label.as_str(), size, ink), size * 1.2);
    let name = || (regular(zone.name.as_str(), small, ink), small * 1.25);
    let forms = [
        vec![label(great), name()],
        vec![label(small), name()],
        vec![label(great)],
        vec![label(small)],
        vec![name()],
    ];
    let inner = area.shrink(6.0);
    for lines in forms {
        let wide = |run: &Run| width(painter, std::slice::from_ref(run));
        let most = lines.iter().map(|(run, _)| wide(run)).fold(0.0, f32::max);
        let size = vec2(most + 4.0, lines.iter().map(|(_, high)| high).sum());
        let spare = inner.size() - size;
        if spare.min_elem() < 0.0 {
            continue;
        }
        let at = |right: f32, down: f32| {
            Rect::from_min_size(inner.min + vec2(spare.x * right, spare.y * down), size)
        };
        let down = [0.5, 0.65, 0.35, 0.8, 0.2, 1.0, 0.0];
        let right = [0.5, 0.25, 0.75, 0.0, 1.0];
        let places: Vec<Rect> =
            right.iter().flat_map(|right| down.map(|down| at(*right, down))).collect();
        let Some(place) = free(inner.expand(1.0), taken, &places) else { continue };
        let mut rest = place;
        for (run, high) in lines {
            line(painter, split::take_top(&mut rest, high), Align::Center, &[run]);
        }
        return Some(place);
    }
    None
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

/// A dot with its name beside it, where it covers nothing; a dot whose name has no such place says
/// nothing and is left out.
fn place_ui(
    ui: &Ui,
    scale: &Scale,
    floor: &Floor,
    (small, place): (f32, &PlaceMark),
    taken: &mut Vec<Rect>,
) {
    let painter = ui.painter();
    let at = scale.at(place.at);
    let run = [bold(place.name.as_str(), small, colour::FREE)];
    let size = vec2(width(painter, &run), small * 1.1);
    let places = around(at, DOT + 3.0, size);
    let own = |other: &&Rect| other.center().distance(at) > 1.0;
    let others: Vec<Rect> = taken.iter().filter(own).copied().collect();
    let strict: Vec<Rect> = others.iter().chain(&floor.edges).copied().collect();
    let within = free(floor.area, &strict, &places);
    let Some(words) = within.or_else(|| free(floor.area, &others, &places)) else { return };
    if within.is_none() {
        // Over an edge it stands on a plate of its own.
        painter.rect_filled(words.expand2(vec2(6.0, 2.0)), 6, colour::SURFACE);
    }
    painter.circle_filled(at, DOT, colour::FREE);
    line(painter, words, Align::Center, &run);
    says(ui, words, &place.name);
    taken.push(words);
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
    let floor = scale.floor.shrink(8.0);
    // The way begins upwards: among the places that are free the lower ones come first.
    let places = around(at, HERE + 8.0, plate);
    let others = &taken[..taken.len() - 1];
    let place =
        free(floor, others, &places).or_else(|| free(floor, &taken[taken.len() - 1..], &places));
    // Where nothing is free it stays on the floor at least.
    let push = |place: Rect| {
        let over = (place.max - floor.max).max(Vec2::ZERO);
        let under = (floor.min - place.min).max(Vec2::ZERO);
        place.translate(under - over)
    };
    let place = place.unwrap_or_else(|| push(places[0]));
    taken.push(place);
    painter.rect_filled(place, 8, colour::CALLING);
    line(painter, place, Align::Center, &run);
    says(ui, place, &view.here_label);
}
