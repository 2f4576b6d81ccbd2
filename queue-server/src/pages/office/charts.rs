//! The two pictures of the day, drawn on the server.

use plotters::{
    coord::Shift,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use wire::{
    tally::{HalfHour, Tally},
    texts::Texts,
};

/// Width of the curve and of the distribution, in pixels; the page scales them a little.
const WIDTHS: (u32, u32) = (760, 500);

/// Height of both.
const HEIGHT: u32 = 260;

/// Letters, as the page's.
const FONT: (&str, i32) = ("Noto Sans SC, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif", 12);

const BLUE: RGBColor = RGBColor(11, 92, 173);
const YELLOW: RGBColor = RGBColor(138, 97, 0);
const RED: RGBColor = RGBColor(179, 38, 30);
const LINE: RGBColor = RGBColor(216, 222, 232);
const INK: RGBColor = RGBColor(72, 86, 107);
const ORANGE: RGBColor = RGBColor(174, 80, 8);

/// A class of the distribution is so wide.
const BIN_MINUTES: u32 = 5;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn std::error::Error>>;

/// 半小时取号 as bars, and the mean wait of those called then as a line.
pub fn curve(tally: &Tally, texts: &Texts) -> String {
    let name = texts.get("office.curve");
    draw(name, WIDTHS.0, |area| {
        let halves = busy(&tally.half_hours);
        let most = halves.iter().map(|half| half.issued).max().unwrap_or(0);
        let plot = Plot::new(area, halves.len(), most);
        plot.axis()?;
        let waits = halves.iter().filter_map(|half| half.wait_mean_secs);
        let longest = (waits.fold(0.0, f64::max) / 60.0 * 1.2).max(5.0);
        let height = |secs: f64| secs / 60.0 / longest * plot.most;
        let each = if halves.len() > 14 { 2 } else { 1 };
        for (at, half) in halves.iter().enumerate() {
            plot.bar(at, f64::from(half.issued), BLUE.mix(0.28))?;
            if at % each == 0 {
                plot.below(at, &half.from)?;
            }
        }
        let points = halves
            .iter()
            .enumerate()
            .filter_map(|(at, half)| Some(plot.middle(at, height(half.wait_mean_secs?))));
        let points: Vec<_> = points.collect();
        plot.area.draw(&PathElement::new(points.clone(), ORANGE.stroke_width(2)))?;
        for point in points {
            plot.area.draw(&Circle::new(point, 4, WHITE.filled()))?;
            plot.area.draw(&Circle::new(point, 4, ORANGE.stroke_width(2)))?;
        }
        for (at, half) in halves.iter().enumerate() {
            let line = half.wait_mean_secs.map(|secs| plot.y(height(secs)));
            plot.value(at, half.issued, line)?;
        }
        plot.legend(&texts.fill("office.curve_legend", &[("n", &format!("{longest:.0}"))]))
    })
}

/// The half hours from the first to the last in which something happened.
fn busy(halves: &[HalfHour]) -> &[HalfHour] {
    let is_busy = |half: &HalfHour| half.issued > 0 || half.called > 0;
    let first = halves.iter().position(is_busy).unwrap_or(0);
    let last = halves.iter().rposition(is_busy).unwrap_or(0);
    halves.get(first..=last).unwrap_or_default()
}

/// 等候分布: people by five minutes; past the target yellow, past the red line red.
pub fn distribution(tally: &Tally, red_minutes: u32, texts: &Texts) -> String {
    let name = texts.get("office.distribution");
    let target = tally.wait_target_minutes;
    draw(name, WIDTHS.1, |area| {
        let bins = &tally.wait_histogram;
        let most = bins.iter().copied().max().unwrap_or(0);
        let plot = Plot::new(area, bins.len(), most);
        plot.axis()?;
        for (at, count) in bins.iter().enumerate() {
            let colour = match at as u32 * BIN_MINUTES {
                from if from < target => BLUE,
                from if from < red_minutes => YELLOW,
                _ => RED,
            };
            plot.bar(at, f64::from(*count), colour.to_rgba())?;
            plot.value(at, *count, None)?;
            let more = if at + 1 == bins.len() { "+" } else { "" };
            plot.below(at, &format!("{}{more}", at as u32 * BIN_MINUTES))?;
        }
        let inside = format!("{:.0}", tally.wait_within_target.part);
        let share = tally.wait_within_target.percent();
        let share = share.map_or("–".to_owned(), |percent| format!("{percent:.1}%"));
        let words = texts
            .fill("office.target_line", &[("n", &target), ("inside", &inside), ("share", &share)]);
        plot.limit(target, 0, INK, &words)?;
        let over: u32 = bins.iter().skip((red_minutes / BIN_MINUTES) as usize).sum();
        let words = texts.fill("office.red_line", &[("n", &red_minutes), ("over", &over)]);
        plot.limit(red_minutes, 1, RED, &words)?;
        plot.legend(texts.get("office.distribution_legend"))
    })
}

fn draw(name: &str, width: u32, paint: impl FnOnce(Area) -> Drawn) -> String {
    let mut text = String::new();
    let painted = {
        let area = SVGBackend::with_string(&mut text, (width, HEIGHT)).into_drawing_area();
        paint(area)
    };
    if let Err(error) = painted {
        tracing::error!(%error, "a chart could not be drawn");
        return String::new();
    }
    let label = name.replace('"', "");
    text.replacen("<svg ", &format!("<svg role=\"img\" aria-label=\"{label}\" "), 1)
}

/// A plain plot: one axis, zero at the bottom.
struct Plot<'a> {
    area: Area<'a>,
    width: i32,
    bins: usize,
    /// From one line of the axis to the next.
    step: u32,
    /// The highest line.
    most: f64,
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
    fn new(area: Area<'a>, bins: usize, most: u32) -> Self {
        let width = area.dim_in_pixel().0 as i32;
        let step = step(most.max(4));
        // Some air above the highest bar, for its number.
        let steps = (f64::from(most) * 1.12 / f64::from(step)).ceil().max(1.0);
        Self { area, width, bins: bins.max(1), step, most: steps * f64::from(step) }
    }

    fn x(&self, at: f64) -> i32 {
        let width = f64::from(self.width - LEFT - 8);
        LEFT + (width * at / self.bins as f64) as i32
    }

    fn y(&self, value: f64) -> i32 {
        let height = f64::from(HEIGHT as i32 - TOP - BOTTOM);
        HEIGHT as i32 - BOTTOM - (height * value / self.most) as i32
    }

    fn middle(&self, at: usize, value: f64) -> (i32, i32) {
        (self.x(at as f64 + 0.5), self.y(value))
    }

    fn style(&self, across: HPos, colour: RGBColor) -> TextStyle<'static> {
        FONT.into_font().color(&colour).pos(Pos::new(across, VPos::Center))
    }

    fn axis(&self) -> Drawn {
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

    fn bar(&self, at: usize, value: f64, colour: RGBAColor) -> Drawn {
        let (left, right) = (self.x(at as f64 + 0.14), self.x(at as f64 + 0.86));
        let corners = [(left, self.y(value)), (right, self.y(0.0))];
        self.area.draw(&Rectangle::new(corners, colour.filled()))?;
        Ok(())
    }

    /// The number over a bar; within it where a line passes.
    fn value(&self, at: usize, value: u32, line: Option<i32>) -> Drawn {
        if value == 0 {
            return Ok(());
        }
        let (x, top) = self.middle(at, f64::from(value));
        let is_free = |y: i32| line.is_none_or(|line| (line - y).abs() > 12);
        let places = [top - 8, top + 12, top - 26];
        let y = places.into_iter().find(|y| is_free(*y)).unwrap_or(top - 8);
        self.area.draw(&Text::new(value.to_string(), (x, y), self.style(HPos::Center, INK)))?;
        Ok(())
    }

    /// A dashed line at so many minutes of a distribution, its words in this row.
    fn limit(&self, minutes: u32, row: i32, colour: RGBColor, words: &str) -> Drawn {
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

    fn below(&self, at: usize, label: &str) -> Drawn {
        let at = (self.x(at as f64 + 0.5), HEIGHT as i32 - BOTTOM + 14);
        self.area.draw(&Text::new(label.to_owned(), at, self.style(HPos::Center, INK)))?;
        Ok(())
    }

    fn legend(&self, text: &str) -> Drawn {
        let at = (self.width - 8, 10);
        self.area.draw(&Text::new(text.to_owned(), at, self.style(HPos::Right, INK)))?;
        self.area.present()?;
        Ok(())
    }
}
