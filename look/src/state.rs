//! State is always colour, word and shape: disc free, triangle calling, ring serving, bars paused,
//! cross offline, card yellow, card with a bar red.

use egui::{Align, Color32, Painter, Rect, Response, Shape, Stroke, Ui, pos2, vec2};

use crate::{
    colour,
    text::{bold, line, says, width},
};

/// A state that a screen can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// 空闲, 在线, 无人等候.
    Free,
    /// 叫号中.
    Calling,
    /// 办理中.
    Serving,
    /// 暂停服务, 本时段不办理.
    Paused,
    /// 离线.
    Offline,
    /// 黄牌.
    Yellow,
    /// 红牌.
    Red,
}

impl State {
    /// The colour of its word and shape, on a light page.
    #[must_use]
    pub const fn colour(self) -> Color32 {
        match self {
            Self::Free => colour::FREE,
            Self::Calling => colour::CALLING,
            Self::Serving => colour::SERVING,
            Self::Paused | Self::Offline => colour::PAUSED,
            Self::Yellow => colour::YELLOW,
            Self::Red => colour::RED,
        }
    }

    /// The colour behind it.
    #[must_use]
    pub const fn wash(self) -> Color32 {
        match self {
            Self::Free => colour::FREE_WASH,
            Self::Calling => colour::CALLING_WASH,
            Self::Serving => colour::SERVING_WASH,
            Self::Paused | Self::Offline => colour::PAUSED_WASH,
            Self::Yellow => colour::YELLOW_WASH,
            Self::Red => colour::RED_WASH,
        }
    }

    /// Paints its shape into a square in the middle of `area`, in any colour.
    pub fn paint(self, painter: &Painter, area: Rect, colour: Color32) {
        let side = area.width().min(area.height());
        let corner = area.center() - vec2(side, side) / 2.0;
        // The shapes are drawn in a box of 34.
        let unit = side / 34.0;
        let at = |x: f32, y: f32| pos2(corner.x + x * unit, corner.y + y * unit);
        let bar = |x: f32, y: f32, wide: f32, high: f32| {
            Rect::from_min_size(at(x, y), vec2(wide, high) * unit)
        };
        match self {
            Self::Free => {
                painter.circle_filled(at(17.0, 17.0), 13.0 * unit, colour);
            }
            Self::Calling => {
                painter.add(Shape::convex_polygon(
                    vec![at(5.0, 2.0), at(31.0, 17.0), at(5.0, 32.0)],
                    colour,
                    Stroke::NONE,
                ));
            }
            Self::Serving => {
                let stroke = Stroke::new(6.0 * unit, colour);
                painter.circle_stroke(at(17.0, 17.0), 12.0 * unit, stroke);
            }
            Self::Paused => {
                painter.rect_filled(bar(6.0, 2.0, 8.0, 30.0), 0, colour);
                painter.rect_filled(bar(20.0, 2.0, 8.0, 30.0), 0, colour);
            }
            Self::Offline => {
                let stroke = Stroke::new(6.0 * unit, colour);
                painter.line_segment([at(4.0, 4.0), at(30.0, 30.0)], stroke);
                painter.line_segment([at(30.0, 4.0), at(4.0, 30.0)], stroke);
            }
            Self::Yellow | Self::Red => {
                painter.rect_filled(bar(8.0, 3.0, 18.0, 28.0), 2.0 * unit, colour);
                if self == Self::Red {
                    painter.rect_filled(bar(12.0, 15.0, 10.0, 4.0), 0, colour::SURFACE);
                }
            }
        }
    }
}

/// A chip: shape and word on the state's wash, from the left of `area`, 72 high in the pictures.
pub fn chip(ui: &Ui, area: Rect, state: State, word: &str) -> Response {
    let painter = ui.painter();
    let size = area.height() * 0.42;
    let run = [bold(word, size, state.colour())];
    let (pad, mark, gap) = (size * 0.73, size * 1.13, size * 0.47);
    let wide = pad * 2.0 + mark + gap + width(painter, &run);
    let chip = Rect::from_min_size(area.min, vec2(wide, area.height()));
    painter.rect_filled(chip, 6, state.wash());
    let shape = Rect::from_min_size(
        pos2(chip.left() + pad, chip.center().y - mark / 2.0),
        vec2(mark, mark),
    );
    state.paint(painter, shape, state.colour());
    let words = Rect::from_min_max(pos2(shape.right() + gap, chip.top()), chip.max);
    line(painter, words, Align::Min, &run);
    says(ui, chip, word)
}
