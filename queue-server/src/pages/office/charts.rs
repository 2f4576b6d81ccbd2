//! The two pictures of the day, drawn on the server.

use plotters::{
    coord::Shift,
    prelude::*,
    style::text_anchor::{HPos, Pos, VPos},
};
use wire::{tally::Tally, texts::Texts};

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

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn std::error::Error>>;

/// 半小时取号 as bars, and the mean wait of those called then as a line.
pub fn curve(tally: &Tally, texts: &Texts) -> String {
    let name = texts.get("office.curve");
    draw(name, WIDTHS.0, |area| {
        let busy = |half: &&wire::tally::HalfHour| half.issued > 0 || half.called > 0;
        let first = tally.half_hours.iter().position(|half| busy(&half)).unwrap_or(16);
        let last = tally.half_hours.iter().rposition(|half| busy(&half)).unwrap_or(35);
        let halves = &tally.half_hours[first.min(tally.half_hours.len())..];
        let halves = &halves[..(last + 1 - first).min(halves.len())];
        let most = halves.iter().map(|half| half.issued).max().unwrap_or(0).max(5);
        let waits = halves.iter().filter_map(|half| half.wait_mean_secs);
        let longest = waits.fold(5.0, f64::max) / 60.0 * 1.2;
        let longest = longest.max(5.0);
        let plot = Plot::new(area, halves.len(), f64::from(most) * 1.15);
        plot.axis()?;
        for (at, half) in halves.iter().enumerate() {
            plot.bar(at, f64::from(half.issued), BLUE.mix(0.28), &half.issued.to_string())?;
            if at % 2 == 0 {
                plot.below(at, &half.from)?;
            }
        }
        let scale = f64::from(most) * 1.15 / longest;
        let points = halves
            .iter()
            .enumerate()
            .filter_map(|(at, half)| Some(plot.middle(at, half.wait_mean_secs? / 60.0 * scale)));
        let points: Vec<_> = points.collect();
        plot.area.draw(&PathElement::new(points.clone(), RED.stroke_width(2)))?;
        for point in points {
            plot.area.draw(&Circle::new(point, 3, RED.filled()))?;
        }
        let legend = texts.fill("office.curve_legend", &[("n", &format!("{longest:.0}"))]);
        plot.legend(&legend)
    })
}

/// 等候分布: people by five minutes; past the target yellow, past the red line red.
pub fn distribution(tally: &Tally, texts: &Texts) -> String {
    let name = texts.get("office.distribution");
    let target = tally.wait_target_minutes as usize;
    draw(name, WIDTHS.1, |area| {
        let bins = &tally.wait_histogram;
        let most = bins.iter().copied().max().unwrap_or(0).max(5);
        let plot = Plot::new(area, bins.len().max(1), f64::from(most) * 1.15);
        plot.axis()?;
        for (at, count) in bins.iter().enumerate() {
            let colour = match at * 5 {
                from if from < target => BLUE,
                from if from < 2 * target => YELLOW,
                _ => RED,
            };
            plot.bar(at, f64::from(*count), colour.to_rgba(), &count.to_string())?;
            plot.below(
                at,
                &if at + 1 == bins.len() { format!("{}+", at * 5) } else { (at * 5).to_string() },
            )?;
        }
        plot.legend(&texts.fill("office.distribution_legend", &[("n", &target)]))
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
    most: f64,
}

const LEFT: i32 = 34;
const BOTTOM: i32 = 34;
const TOP: i32 = 26;

impl<'a> Plot<'a> {
    fn new(area: Area<'a>, bins: usize, most: f64) -> Self {
        let width = area.dim_in_pixel().0 as i32;
        Self { area, width, bins: bins.max(1), most }
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
        for step in 0..=3 {
            let value = self.most * f64::from(step) / 3.0;
            let y = self.y(value);
            let line = [(LEFT, y), (self.width - 8, y)];
            self.area.draw(&PathElement::new(line, LINE))?;
            let label = format!("{value:.0}");
            self.area.draw(&Text::new(label, (LEFT - 6, y), self.style(HPos::Right, INK)))?;
        }
        Ok(())
    }

    fn bar(&self, at: usize, value: f64, colour: RGBAColor, label: &str) -> Drawn {
        let (left, right) = (self.x(at as f64 + 0.14), self.x(at as f64 + 0.86));
        let top = self.y(value);
        self.area.draw(&Rectangle::new([(left, top), (right, self.y(0.0))], colour.filled()))?;
        if value > 0.0 {
            let at = ((left + right) / 2, top - 8);
            self.area.draw(&Text::new(label.to_owned(), at, self.style(HPos::Center, INK)))?;
        }
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
