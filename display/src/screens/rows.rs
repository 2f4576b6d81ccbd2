//! The rows of the hall screen: number, window, business, state; two lines each when upright.

use egui::{Align, Color32, Rect, Stroke, Ui, pos2, vec2};
use look::{
    colour,
    fonts::Weight,
    split,
    text::{Run, bold, fitting_size, line, regular, says},
};

use super::{COLUMN_GAP, Shape, hall::state_of};
use crate::view::{Light, Mark, RowView};

/// Where the four columns begin and end, for a row of 1424.
const COLUMNS: [(f32, f32); 4] = [(28.0, 294.0), (302.0, 620.0), (628.0, 1112.0), (1120.0, 1412.0)];
const COLUMNS_WIDTH: f32 = 1424.0;

/// The columns' heads.
pub fn heads_ui(ui: &Ui, area: Rect, heads: &[String; 4]) {
    for (place, head) in columns(area).into_iter().zip(heads) {
        let run = regular(head, 34.0, colour::NIGHT_INK_2);
        look::text::line_ui(ui, place, Align::Min, &[run]);
    }
}

/// As many rows as there is room for, newest first.
pub fn rows_ui(ui: &Ui, area: Rect, rows: &[RowView], shape: Shape) {
    let down = (area.height() / shape.row).floor().max(1.0) as usize;
    let columns = split::columns(area, shape.columns(area), COLUMN_GAP);
    for (column, rows) in columns.into_iter().zip(rows.chunks(down)) {
        for (n, row) in rows.iter().enumerate() {
            let place = Rect::from_min_size(
                pos2(column.left(), column.top() + shape.row * n as f32),
                vec2(column.width(), shape.row),
            );
            row_ui(ui, place, row, shape);
        }
    }
}

fn row_ui(ui: &Ui, area: Rect, row: &RowView, shape: Shape) {
    let painter = ui.painter();
    let ink = match row.light {
        Light::Lamp => {
            painter.rect_filled(area, 10, colour::LAMP);
            colour::NIGHT
        }
        Light::Letters => {
            rule(ui, area);
            colour::LAMP
        }
        Light::Plain => {
            rule(ui, area);
            colour::NIGHT_INK
        }
        Light::Dim => {
            rule(ui, area);
            colour::NIGHT_INK_2
        }
    };
    let state_ink = match row.light {
        Light::Lamp | Light::Letters => ink,
        Light::Plain | Light::Dim => colour::NIGHT_INK_2,
    };
    if shape.upright {
        upright_row(ui, area, row, (ink, state_ink), shape.scale)
    } else {
        lying_row(ui, area, row, (ink, state_ink), shape.scale)
    }
    let window = format!("{}{}{}", row.window.before, row.window.number, row.window.after);
    let words = [row.number.as_str(), &window, &row.business, &row.state];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    says(ui, area, &words.join(" "));
}

fn rule(ui: &Ui, area: Rect) {
    let stroke = Stroke::new(2.0, colour::NIGHT_LINE);
    ui.painter().hline(area.x_range(), area.top() + 1.0, stroke);
}

fn lying_row(ui: &Ui, area: Rect, row: &RowView, (ink, state_ink): (Color32, Color32), scale: f32) {
    let painter = ui.painter();
    let [number, window, business, state] = columns(area);
    number_ui(ui, number, row, 90.0 * scale, ink);
    window_ui(ui, window, row, (88.0 * scale, 66.0 * scale), ink);
    let size =
        fitting_size(painter, &row.business, Weight::Regular, 58.0 * scale, 40.0, business.width());
    line(painter, business, Align::Min, &[regular(&row.business, size, ink)]);
    state_ui(ui, state, row, 52.0 * scale, state_ink);
}

fn upright_row(
    ui: &Ui,
    area: Rect,
    row: &RowView,
    (ink, state_ink): (Color32, Color32),
    scale: f32,
) {
    let mut inner = area.shrink2(vec2(24.0, 6.0));
    let number = split::take_left(&mut inner, 300.0);
    let state = split::take_right(&mut inner, 300.0);
    number_ui(ui, number, row, 104.0 * scale, ink);
    state_ui(ui, state, row, 52.0 * scale, state_ink);
    if row.business.is_empty() {
        window_ui(ui, inner, row, (80.0 * scale, 54.0 * scale), ink);
        return;
    }
    let (top, low) = inner.split_top_bottom_at_fraction(0.58);
    window_ui(ui, top, row, (80.0 * scale, 54.0 * scale), ink);
    let room = low.width();
    let size = fitting_size(ui.painter(), &row.business, Weight::Regular, 44.0 * scale, 30.0, room);
    line(ui.painter(), low, Align::Min, &[regular(&row.business, size, ink)]);
}

fn number_ui(ui: &Ui, area: Rect, row: &RowView, most: f32, ink: Color32) {
    let size = fitting_size(ui.painter(), &row.number, Weight::Bold, most, 60.0, area.width());
    line(ui.painter(), area, Align::Min, &[strong(row, &row.number, size, ink)]);
}

/// What is no longer sure is thin.
fn strong(row: &RowView, text: &str, size: f32, ink: Color32) -> Run {
    match row.mark {
        Mark::Old => regular(text, size, ink),
        Mark::Called | Mark::Serving | Mark::Paused => bold(text, size, ink),
    }
}

fn window_ui(ui: &Ui, area: Rect, row: &RowView, (digits, words): (f32, f32), ink: Color32) {
    let painter = ui.painter();
    let runs = |share: f32| {
        [
            regular(&row.window.before, words * share, ink),
            strong(row, &row.window.number, digits * share, ink),
            regular(&row.window.after, words * share, ink),
        ]
    };
    let wide = look::text::width(painter, &runs(1.0));
    let share = if wide > area.width() { area.width() / wide } else { 1.0 };
    line(painter, area, Align::Min, &runs(share));
}

fn state_ui(ui: &Ui, area: Rect, row: &RowView, most: f32, ink: Color32) {
    let painter = ui.painter();
    let mut rest = area;
    if let Some(state) = state_of(row.mark) {
        let side = match row.mark {
            Mark::Called => 44.0,
            Mark::Serving | Mark::Paused | Mark::Old => 36.0,
        };
        let mark = split::take_left(&mut rest, side);
        state.paint(painter, split::centred(mark, vec2(side, side)), ink);
        split::take_left(&mut rest, 14.0);
    }
    let weight = match row.light {
        Light::Lamp | Light::Letters => Weight::Bold,
        Light::Plain | Light::Dim => Weight::Regular,
    };
    let size = fitting_size(painter, &row.state, weight, most, 34.0, rest.width());
    let run = match weight {
        Weight::Bold => bold(&row.state, size, ink),
        Weight::Regular => regular(&row.state, size, ink),
    };
    line(painter, rest, Align::Min, &[run]);
}

fn columns(area: Rect) -> [Rect; 4] {
    // A wider screen gives its width to the columns in proportion; letters keep their size.
    let share = area.width() / COLUMNS_WIDTH;
    COLUMNS.map(|(from, to)| {
        Rect::from_min_max(
            pos2(area.left() + from * share, area.top()),
            pos2(area.left() + to * share, area.bottom()),
        )
    })
}
