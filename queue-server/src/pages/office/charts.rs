//! The two pictures of the day, drawn on the server.

mod plot;

use plotters::{coord::Shift, prelude::*};
use wire::{
    tally::{HalfHour, Tally},
    texts::Texts,
};

use plot::Plot;

/// Width of the curve and of the distribution, in pixels; the page scales them a little.
const WIDTHS: (u32, u32) = (760, 500);

/// Height of both.
const HEIGHT: u32 = 260;

const BLUE: RGBColor = RGBColor(11, 92, 173);
const YELLOW: RGBColor = RGBColor(138, 97, 0);
const RED: RGBColor = RGBColor(179, 38, 30);
const LINE: RGBColor = RGBColor(216, 222, 232);
const INK: RGBColor = RGBColor(72, 86, 107);
const ORANGE: RGBColor = RGBColor(174, 80, 8);

/// A class of the distribution is so wide.
const BIN_MINUTES: u32 = 5;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Trouble = Box<dyn std::error::Error>;
type Drawn = Result<(), Trouble>;

/// 半小时取号 as bars, and the mean wait of those called then as a line, cut where the hall is
/// closed (`breaks`, in minutes of the day) and where nobody was called.
pub fn curve(tally: &Tally, breaks: &[(u32, u32)], texts: &Texts) -> String {
    let halves = busy(&tally.half_hours);
    draw(&curve_sentence(tally, texts), WIDTHS.0, |area| {
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
        for closed in breaks {
            if let Some(middle) = place_of_break(halves, *closed) {
                plot.pause(middle, texts.get("office.closed"))?;
            }
        }
        for piece in pieces(halves, breaks) {
            let points = piece.iter().map(|(at, secs)| plot.middle(*at, height(*secs)));
            let points: Vec<_> = points.collect();
            plot.area.draw(&PathElement::new(points.clone(), ORANGE.stroke_width(2)))?;
            for point in points {
                plot.area.draw(&Circle::new(point, 4, WHITE.filled()))?;
                plot.area.draw(&Circle::new(point, 4, ORANGE.stroke_width(2)))?;
            }
        }
        for (at, half) in halves.iter().enumerate() {
            let line = half.wait_mean_secs.map(|secs| plot.y(height(secs)));
            let bar = plot.value(at, half.issued, line)?;
            if let (Some(line), Some(secs)) = (line, half.wait_mean_secs) {
                plot.of_line(at, &format!("{:.0}", secs / 60.0), line, bar)?;
            }
        }
        plot.legend(texts.get("office.curve_legend"))
    })
}

fn curve_sentence(tally: &Tally, texts: &Texts) -> String {
    let longest = tally.half_hours.iter().filter_map(|half| Some((half, half.wait_mean_secs?)));
    let longest = longest.max_by(|one, other| one.1.total_cmp(&other.1));
    match (tally.peak(), longest) {
        (Some(peak), Some((half, secs))) => texts.fill(
            "office.curve_says",
            &[
                ("peak", &peak.from),
                ("n", &peak.issued),
                ("from", &half.from),
                ("minutes", &format!("{:.1}", secs / 60.0)),
            ],
        ),
        (_, _) => texts.get("office.curve_says_nothing").to_owned(),
    }
}

fn minute_of(half: &HalfHour) -> Option<u32> {
    let (hours, minutes) = half.from.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}

/// Where the middle of a break stands among the half hours; none if it is not between them.
fn place_of_break(halves: &[HalfHour], (closes, opens): (u32, u32)) -> Option<f64> {
    let (first, last) = (minute_of(halves.first()?)?, minute_of(halves.last()?)?);
    let middle = f64::from(closes + opens) / 2.0;
    (f64::from(first) < middle && middle < f64::from(last))
        .then(|| (middle - f64::from(first)) / 30.0)
}

/// The line in pieces: it goes through no half hour without a call, and through no break.
fn pieces(halves: &[HalfHour], breaks: &[(u32, u32)]) -> Vec<Vec<(usize, f64)>> {
    let is_cut = |half: &HalfHour| {
        minute_of(half).is_some_and(|from| {
            breaks
                .iter()
                .any(|(closes, opens)| from > *closes && from <= *opens && from + 30 > *opens)
        })
    };
    let mut pieces: Vec<Vec<(usize, f64)>> = vec![Vec::new()];
    for (at, half) in halves.iter().enumerate() {
        if is_cut(half) {
            pieces.push(Vec::new());
        }
        match half.wait_mean_secs {
            Some(secs) => pieces.last_mut().expect("one is always there").push((at, secs)),
            None => pieces.push(Vec::new()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
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
    let target = tally.wait_target_minutes;
    let sentence = texts.fill(
        "office.distribution_says",
        &[
            ("n", &tally.wait.count),
            ("target", &target),
            ("inside", &format!("{:.0}", tally.wait_within_target.part)),
            ("max", &format!("{:.1}", tally.wait.max_secs / 60.0)),
        ],
    );
    draw(&sentence, WIDTHS.1, |area| {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn half(from: &str, minutes: Option<f64>) -> HalfHour {
        let wait_mean_secs = minutes.map(|minutes| minutes * 60.0);
        HalfHour { from: from.to_owned(), issued: 1, called: 1, wait_mean_secs }
    }

    #[test]
    fn the_line_is_cut_over_lunch_and_where_nobody_was_called() {
        let halves = [
            half("11:00", Some(1.0)),
            half("11:30", Some(2.0)),
            half("12:00", None),
            half("14:00", Some(3.0)),
        ];
        let places = |pieces: Vec<Vec<(usize, f64)>>| -> Vec<Vec<usize>> {
            pieces.into_iter().map(|piece| piece.into_iter().map(|(at, _)| at).collect()).collect()
        };
        assert_eq!(places(pieces(&halves, &[])), [vec![0, 1], vec![3]]);
        let served_on =
            [half("12:00", Some(2.0)), half("13:30", Some(1.0)), half("14:00", Some(1.0))];
        assert_eq!(places(pieces(&served_on, &[(12 * 60, 13 * 60 + 45)])), [vec![0], vec![1, 2]]);
    }
}
