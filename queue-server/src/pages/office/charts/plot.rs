//! A plain plot: bars from zero, one axis, values printed, limits as dashed lines.

use plotters::{
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};

use super::{Area, BIN_MINUTES, Drawn, HEIGHT, INK, LINE, ORANGE, Trouble};

/// Letters, as the page's.
const FONT: (&str, i32) = ("Noto Sans SC, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif", 12);

/// A plain plot: one axis, zero at the bottom.
pub struct Plot<'a> {
    pub area: Area<'a>,
    width: i32,
    bins: usize,
    /// From one line of the axis to the next.
    step: u32,
    /// The highest line.
    pub most: f64,
}

/// A round step that gives about four lines.
fn step(most: u32) -> u32 {
    let steps = [1_u32, 2, 5].into_iter().cycle().zip((0..8).flat_map(|ten| [10_u32.pow(ten); 3]));
    let mut steps = steps.map(|(digit, ten)| digit * ten);
    steps.find(|step| most / step <= 4).unwrap_or(most)
}

const LEFT: i32 = 34;
const BOTTOM: i32 = 34;
const TOP: i32 = 26;

impl<'a> Plot<'a> {
    pub fn new(area: Area<'a>, bins: usize, most: u32) -> Self {
        let width = area.dim_in_pixel().0 as i32;
        let step = step(most.max(4));
        // Some air above the highest bar, for its number.
        let steps = (f64::from(most) * 1.12 / f64::from(step)).ceil().max(1.0);
        Self { area, width, bins: bins.max(1), step, most: steps * f64::from(step) }
    }

    pub fn x(&self, at: f64) -> i32 {
        let width = f64::from(self.width - LEFT - 8);
        LEFT + (width * at / self.bins as f64) as i32
    }

    pub fn y(&self, value: f64) -> i32 {
        let height = f64::from(HEIGHT as i32 - TOP - BOTTOM);
        HEIGHT as i32 - BOTTOM - (height * value / self.most) as i32
    }

    pub fn middle(&self, at: usize, value: f64) -> (i32, i32) {
        (self.x(at as f64 + 0.5), self.y(value))
    }

    fn style(&self, across: HPos, colour: RGBColor) -> TextStyle<'static> {
        FONT.into_font().color(&colour).pos(Pos::new(across, VPos::Center))
    }

    pub fn axis(&self) -> Drawn {
        let mut value = 0.0;
        while value <= self.most + 0.5 {
            let y = self.y(value);
            let line = [(LEFT, y), (self.width - 8, y)];
            self.area.draw(&PathElement::new(line, LINE))?;
            let label = format!("{value:.0}");
            self.area.draw(&Text::new(label, (LEFT - 6, y), self.style(HPos::Right, INK)))?;
            value += f64::from(self.step);
        }
        Ok(())
    }

    pub fn bar(&self, at: usize, value: f64, colour: RGBAColor) -> Drawn {
        let (left, right) = (self.x(at as f64 + 0.14), self.x(at as f64 + 0.86));
        let corners = [(left, self.y(value)), (right, self.y(0.0))];
        self.area.draw(&Rectangle::new(corners, colour.filled()))?;
        Ok(())
    }

    /// The number over a bar; within it where a line passes. Tells how high it stands.
    pub fn value(&self, at: usize, value: u32, line: Option<i32>) -> Result<i32, Trouble> {
        if value == 0 {
            return Ok(self.y(0.0));
        }
        let (x, top) = self.middle(at, f64::from(value));
        let is_free = |y: i32| line.is_none_or(|line| (line - y).abs() > 12);
        let places = [top - 8, top + 12, top - 26];
        let y = places.into_iter().find(|y| is_free(*y)).unwrap_or(top - 8);
        self.area.draw(&Text::new(value.to_string(), (x, y), self.style(HPos::Center, INK)))?;
        Ok(y)
    }

    /// The number of a point of the line, clear of the bar's own.
    pub fn of_line(&self, at: usize, label: &str, line: i32, bar: i32) -> Drawn {
        let x = self.x(at as f64 + 0.5);
        let places = [line - 12, line + 14, line - 24];
        let y = places.into_iter().find(|y| (y - bar).abs() > 12 && *y < self.y(0.0) - 2);
        let style = self.style(HPos::Center, ORANGE);
        self.area.draw(&Text::new(label.to_owned(), (x, y.unwrap_or(line - 12)), style))?;
        Ok(())
    }

    /// 午休: a dashed line where the hall is closed, its word above.
    pub fn pause(&self, at: f64, word: &str) -> Drawn {
        let (x, mut y) = (self.x(at), TOP + 10);
        while y < self.y(0.0) {
            self.area.draw(&PathElement::new([(x, y), (x, (y + 3).min(self.y(0.0)))], INK))?;
            y += 6;
        }
        let style = self.style(HPos::Center, INK);
        self.area.draw(&Text::new(word.to_owned(), (x, TOP + 2), style))?;
        Ok(())
    }

    /// A dashed line at so many minutes of a distribution, its words in this row.
    pub fn limit(&self, minutes: u32, row: i32, colour: RGBColor, words: &str) -> Drawn {
        let x = self.x(f64::from(minutes) / f64::from(BIN_MINUTES));
        let top = TOP + 4 + row * 22;
        let mut y = top;
        while y < self.y(0.0) {
            let end = (y + 4).min(self.y(0.0));
            self.area.draw(&PathElement::new([(x, y), (x, end)], colour))?;
            y += 7;
        }
        let style = self.style(HPos::Left, colour);
        self.area.draw(&Text::new(words.to_owned(), (x + 6, top + 6), style))?;
        Ok(())
    }

    pub fn below(&self, at: usize, label: &str) -> Drawn {
        let at = (self.x(at as f64 + 0.5), HEIGHT as i32 - BOTTOM + 14);
        self.area.draw(&Text::new(label.to_owned(), at, self.style(HPos::Center, INK)))?;
        Ok(())
    }

    pub fn legend(&self, text: &str) -> Drawn {
        let at = (self.width - 8, 10);
        self.area.draw(&Text::new(text.to_owned(), at, self.style(HPos::Right, INK)))?;
        self.area.present()?;
        Ok(())
    }
}
