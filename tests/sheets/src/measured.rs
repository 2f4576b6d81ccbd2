//! Measures a page as it was laid out: what is cut off, what lies on something else, what leaves its
//! button, what is too small or too pale. By numbers, not by eye.

use egui::{Color32, Rect, Shape, accesskit, epaint::ClippedShape};
use look::measure::{HANZI_FILLS, MM_PER_POINT, TOUCH_MIN, letters};

use crate::page::{Laid, Layout};

/// Letters' pictures have a little air around them, in points.
const AIR: f32 = 3.0;

/// 长者版: the least of a button both ways, 30 mm.
const ELDER_BUTTON_MM: f32 = 30.0;

/// 长者版: Latin words may be so large at least, because they are three times as long as Chinese ones;
/// numbers among them are bold and larger.
const ELDER_LATIN: f32 = 34.0;

/// 长者版: Chinese letters are at least so high.
const ELDER_LETTERS_MM: f32 = 10.0;

/// Contrast of letters with what is behind them, and of large ones.
const CONTRAST: f32 = 4.5;
const CONTRAST_LARGE: f32 = 3.0;

/// 高对比 is more than enough for everybody (WCAG 2.1, 1.4.6).
const CONTRAST_HIGH: f32 = 7.0;

/// Letters from here on are large: digits of a number, a title.
const LARGE: f32 = 60.0;

/// 低位: the share of the page from below that a hand reaches.
const REACH: f32 = 0.5;

/// A key of a letter is narrower than this.
const LETTER_KEY: f32 = 140.0;

/// Rounding of a half pixel.
const SLACK: f32 = 1.0;

/// A text as it stands on the page.
#[derive(Debug, Clone)]
struct Text {
    words: String,
    /// It ends in … for want of room.
    is_elided: bool,
    /// Where its ink is.
    ink: Rect,
    clip: Rect,
    /// The smallest of its letters.
    size: f32,
    colour: Color32,
    /// What is behind it: the area around its middle that was painted last.
    behind: Option<(Rect, Color32)>,
    /// A large area painted before it over whose edge it runs.
    crosses: Option<Rect>,
    /// Something was painted over it.
    is_hidden: bool,
}

/// Everything that is wrong with a page, in words.
#[must_use]
pub fn problems(page: &Laid, layout: Layout) -> Vec<String> {
    // The pages behind 运维 are never in 长者版.
    let is_operator = page.name.starts_with("code") || page.name == "operator";
    let elder = layout.is_elder() && !is_operator;
    let texts = texts(&page.shapes, page.is_covered);
    let mut told = Vec::new();
    for text in &texts {
        told.extend(cut_off(text, page));
        told.extend(torn(text, page));
        told.extend(outside(text));
        // The long name of an item on a lying page may touch the key beside it.
        // On a map a plate may lie over an edge.
        let may_touch = page.is_covered
            || page.name.starts_with("map")
            || (layout.is_lying() && page.name.starts_with("several"));
        told.extend(crosses(text).filter(|_| !may_touch));
        told.extend(too_small(text, elder));
        told.extend(too_pale(text, layout));
    }
    if page.name.starts_with("ticket") || page.name == "alone-ticket" {
        let largest = texts.iter().map(|text| text.size).fold(0.0, f32::max);
        let small = largest < letters::TICKET_MIN;
        told.extend(small.then(|| format!("the number has letters of {largest}, under 30 mm")));
    }
    for (n, one) in texts.iter().enumerate() {
        let others = texts[n + 1..].iter().filter(|other| lie_on_each_other(one.ink, other.ink));
        told.extend(others.map(|other| format!("“{}” lies on “{}”", other.words, one.words)));
    }
    let buttons = page.buttons.iter().filter(|button| button.name != page.sentence);
    told.extend(buttons.clone().filter_map(|button| hard_to_hit(button, elder, layout)));
    if layout.is_low() {
        told.extend(buttons.filter_map(|button| too_high(button, page)));
    }
    told
}

/// A thing that can be touched.
#[derive(Debug, Clone)]
pub struct Button {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub area: Rect,
}

/// The buttons of an accessibility tree.
#[must_use]
pub fn buttons(tree: &accesskit::TreeUpdate) -> Vec<Button> {
    let buttons = tree.nodes.iter().filter(|(_, node)| node.role() == accesskit::Role::Button);
    let button = |node: &accesskit::Node| {
        let bounds = node.bounds()?;
        let corner = |x: f64, y: f64| egui::pos2(x as f32, y as f32);
        let area = Rect::from_min_max(corner(bounds.x0, bounds.y0), corner(bounds.x1, bounds.y1));
        let name = node.label().or(node.value()).unwrap_or_default().to_owned();
        Some(Button { name, area })
    };
    buttons.filter_map(|(_, node)| button(node)).collect()
}

/// The texts that are seen, each with what is behind it.
fn texts(shapes: &[ClippedShape], covered: bool) -> Vec<Text> {
    let (mut texts, mut areas): (Vec<Text>, Vec<(Rect, Color32)>) = (Vec::new(), Vec::new());
    // What stands under a card is not read; a card's own words are.
    let card = shapes.iter().rposition(|clipped| covered && is_card(&clipped.shape));
    for (place, clipped) in shapes.iter().enumerate() {
        let covers = card.is_some_and(|card| place <= card);
        visit(&clipped.shape, &mut |shape| match shape {
            Shape::Text(shape) => texts.extend(text(shape, clipped.clip_rect, &areas)),
            Shape::Rect(rect) if rect.fill.a() == u8::MAX => {
                areas.push((rect.rect, rect.fill));
                let is_under = |text: &Text| rect.rect.intersects(text.ink.shrink(AIR));
                texts.retain(|text| !(covers && is_under(text)));
                let hidden = texts.iter_mut().filter(|text| is_under(text));
                hidden.for_each(|text| text.is_hidden = true);
            }
            Shape::Circle(circle) if circle.fill.a() == u8::MAX => {
                let size = egui::Vec2::splat(circle.radius * 2.0);
                areas.push((Rect::from_center_size(circle.center, size), circle.fill));
            }
            Shape::Rect(rect) if rect.stroke.width > 0.0 => {
                // An outline is an area too: what is written in it stays in it.
                let fill = areas.iter().rev().find(|(area, _)| area.contains_rect(rect.rect));
                areas.push((rect.rect, fill.map_or(look::colour::PAPER, |(_, fill)| *fill)));
            }
            Shape::Noop
            | Shape::Vec(_)
            | Shape::Rect(_)
            | Shape::Circle(_)
            | Shape::Ellipse(_)
            | Shape::LineSegment { .. }
            | Shape::Path(_)
            | Shape::Band(_)
            | Shape::Mesh(_)
            | Shape::QuadraticBezier(_)
            | Shape::CubicBezier(_)
            | Shape::Callback(_) => {}
        });
    }
    texts
}

/// The card before a page: the last wide box with a thick edge.
fn is_card(shape: &Shape) -> bool {
    let Shape::Rect(rect) = shape else { return false };
    rect.rect.width() > 600.0 && rect.rect.height() > 180.0 && rect.stroke.width >= 4.0
}

fn visit(shape: &Shape, see: &mut impl FnMut(&Shape)) {
    if let Shape::Vec(shapes) = shape {
        shapes.iter().for_each(|shape| visit(shape, see));
    } else {
        see(shape);
    }
}

fn text(shape: &egui::epaint::TextShape, clip: Rect, areas: &[(Rect, Color32)]) -> Option<Text> {
    let words = shape.galley.text().trim().to_owned();
    let ink = shape.galley.mesh_bounds.translate(shape.pos.to_vec2());
    if words.is_empty() || !ink.is_positive() {
        return None;
    }
    let sections = &shape.galley.job.sections;
    let size = sections.iter().map(|section| section.format.font_id.size).reduce(f32::min)?;
    // The colour in which its first letter is painted; the galley's own words may be older.
    let mut meshes = shape.galley.rows.iter().map(|row| &row.row.visuals.mesh);
    let painted = meshes.find_map(|mesh| mesh.vertices.first().map(|vertex| vertex.color));
    let given = painted.unwrap_or(shape.fallback_color);
    let given = if given == Color32::PLACEHOLDER { shape.fallback_color } else { given };
    let colour = shape.override_text_color.unwrap_or(given);
    // What was painted last around its middle is behind it.
    let behind = areas.iter().rev().find(|(area, _)| area.contains(ink.center())).copied();
    let crosses = areas.iter().map(|(area, _)| *area).find(|area| {
        let large = area.width() > TOUCH_MIN && area.height() > TOUCH_MIN * 0.7;
        large && area.intersects(ink.shrink(AIR)) && !area.expand(AIR).contains_rect(ink)
    });
    let (is_elided, is_hidden) = (shape.galley.elided, false);
    Some(Text { words, is_elided, ink, clip, size, colour, behind, crosses, is_hidden })
}

fn cut_off(text: &Text, page: &Laid) -> Option<String> {
    let room = text.clip.intersect(page.area).expand(AIR);
    let out = !room.contains_rect(text.ink);
    (out || text.is_elided || text.is_hidden).then(|| format!("“{}” is cut off", text.words))
}

/// A line of a button ends within a word of Latin letters.
fn torn(text: &Text, page: &Laid) -> Option<String> {
    let letter = |each: Option<char>| each.is_some_and(|each| each.is_ascii_alphanumeric());
    let is_torn = text.words.match_indices('\n').any(|(at, _)| {
        let (above, below) = (&text.words[..at], &text.words[at + 1..]);
        let between = letter(above.chars().next_back()) && letter(below.chars().next());
        let word = |joined: &str| {
            let last = above.rsplit([' ', '\n']).next().unwrap_or_default();
            let first = below.split([' ', '\n']).next().unwrap_or_default();
            format!("{last}{joined}{first}")
        };
        let named = |words: &str| page.buttons.iter().any(|button| button.name.contains(words));
        between && named(&word("")) && !named(&word(" "))
    });
    is_torn.then(|| format!("“{}” is torn within a word", text.words))
}

fn outside(text: &Text) -> Option<String> {
    let (area, _) = text.behind?;
    let out = !area.expand(AIR).contains_rect(text.ink);
    out.then(|| format!("“{}” leaves its place: {:?} of {area:?}", text.words, text.ink))
}

fn crosses(text: &Text) -> Option<String> {
    let area = text.crosses?;
    Some(format!("“{}” runs over an edge: {:?} and {area:?}", text.words, text.ink))
}

fn too_small(text: &Text, elder: bool) -> Option<String> {
    let latin = text.words.is_ascii();
    let least = match (elder, latin) {
        (true, false) => ELDER_LETTERS_MM / MM_PER_POINT / HANZI_FILLS,
        (true, true) => ELDER_LATIN,
        (false, _) => letters::LEAST,
    };
    let small = text.size + 0.2 < least;
    small.then(|| format!("“{}” has letters of {}, less than {least:.1}", text.words, text.size))
}

fn too_pale(text: &Text, layout: Layout) -> Option<String> {
    let behind = text.behind.map_or(look::colour::PAPER, |(_, colour)| colour);
    let contrast = contrast(text.colour, behind);
    let least = match (layout, text.size >= LARGE) {
        (Layout::Contrast, _) => CONTRAST_HIGH,
        (_, true) => CONTRAST_LARGE,
        (_, false) => CONTRAST,
    };
    (contrast < least).then(|| format!("“{}” has a contrast of {contrast:.1}", text.words))
}

fn lie_on_each_other(one: Rect, other: Rect) -> bool {
    let common = one.intersect(other);
    common.width() > AIR * 2.0 && common.height() > AIR * 2.0
}

fn hard_to_hit(button: &Button, elder: bool, layout: Layout) -> Option<String> {
    // On half a page 26 letters have no room for 30 mm each; they keep 20.
    let is_key = layout == Layout::ElderLow && button.area.width() < LETTER_KEY;
    let elder = elder && !is_key;
    let size = button.area.size();
    let least = if elder { ELDER_BUTTON_MM / MM_PER_POINT } else { TOUCH_MIN };
    let small = size.min_elem() + SLACK < least;
    small.then(|| format!("the button “{}” is {} by {}", button.name, size.x, size.y))
}

/// 低位: what is touched stands in the lower half.
fn too_high(button: &Button, page: &Laid) -> Option<String> {
    let edge = page.area.bottom() - page.area.height() * REACH;
    let high = button.area.top() + SLACK < edge;
    let at = button.area.top();
    high.then(|| format!("the button “{}” stands at {at}, over {edge}", button.name))
}

/// How much lighter the lighter of two colours is (WCAG 2.1), 1 to 21.
#[must_use]
pub fn contrast(one: Color32, other: Color32) -> f32 {
    let light = |colour: Color32| {
        let [red, green, blue] = [colour.r(), colour.g(), colour.b()].map(|part| {
            let part = f32::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (light(one), light(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}
