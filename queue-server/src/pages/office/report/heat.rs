//! 时段热力图: half hours across, days down; past a month the days of the week.

use std::collections::BTreeMap;

use hall::views::indicators::half_hours::HalfHour;
use jiff::civil::Date;
use wire::texts::Texts;

use crate::store::sums::GroupSums;

/// Days that are shown one by one.
const DAYS_SHOWN: usize = 31;

/// A row of the map.
pub struct Row {
    pub name: String,
    pub cells: Vec<Cell>,
}

/// A half hour of a row.
pub struct Cell {
    /// "·" where nothing was.
    pub text: String,
    /// `h0` nothing to `h3` the most of all.
    pub heat: &'static str,
}

/// A map with the half hours that its columns are.
pub struct Map {
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
}

/// Half hours of one row, and of how many days.
#[derive(Default)]
struct Line {
    days: u32,
    half_hours: BTreeMap<u8, HalfHour>,
}

/// 取号 by half hour; of several days of the week their mean.
pub fn issued(days: &BTreeMap<Date, GroupSums>, texts: &Texts) -> Map {
    map(days, texts, |half_hour, days| f64::from(half_hour.issued) / f64::from(days.max(1)))
}

/// 同时等候 by half hour; of several days of the week the greatest.
pub fn waiting(days: &BTreeMap<Date, GroupSums>, texts: &Texts) -> Map {
    map(days, texts, |half_hour, _| f64::from(half_hour.waiting_most))
}

fn map(
    days: &BTreeMap<Date, GroupSums>,
    texts: &Texts,
    value: impl Fn(&HalfHour, u32) -> f64,
) -> Map {
    let one_by_one = days.len() <= DAYS_SHOWN;
    let mut lines: BTreeMap<(i8, String), Line> = BTreeMap::new();
    for (date, sums) in days {
        let weekday = date.weekday().to_monday_one_offset();
        let word = format!("kiosk.weekday_{weekday}");
        let name = texts.get(&word);
        let key =
            if one_by_one { (0, format!("{date} {name}")) } else { (weekday, name.to_owned()) };
        let line = lines.entry(key).or_default();
        line.days += 1;
        for (at, half_hour) in &sums.half_hours {
            line.half_hours.entry(*at).or_default().merge(half_hour);
        }
    }
    let places = lines.values().flat_map(|line| line.half_hours.keys().copied());
    let (Some(first), Some(last)) = (places.clone().min(), places.max()) else {
        return Map { heads: Vec::new(), rows: Vec::new() };
    };
    let number = |line: &Line, at: u8| {
        line.half_hours.get(&at).map_or(0.0, |half_hour| value(half_hour, line.days))
    };
    let all = lines.values().flat_map(|line| (first..=last).map(|at| number(line, at)));
    let most = all.fold(0.0, f64::max);
    let head = |at: u8| {
        let minutes = u32::from(at) * 30;
        format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
    };
    let row = |(key, line): (&(i8, String), &Line)| Row {
        name: key.1.clone(),
        cells: (first..=last).map(|at| cell(number(line, at), most)).collect(),
    };
    Map { heads: (first..=last).map(head).collect(), rows: lines.iter().map(row).collect() }
}

fn cell(number: f64, most: f64) -> Cell {
    let heat = match number / most.max(f64::MIN_POSITIVE) {
        share if share <= 0.0 => "h0",
        share if share < 0.5 => "h1",
        share if share < 0.9 => "h2",
        _ => "h3",
    };
    let text = if number == 0.0 { "·".to_owned() } else { format!("{number:.0}") };
    Cell { text, heat }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::texts::Language;

    fn day(issued: &[(u8, u32)]) -> GroupSums {
        let half = |(at, issued): &(u8, u32)| {
            (*at, HalfHour { issued: *issued, waiting_most: *issued, ..HalfHour::default() })
        };
        GroupSums { half_hours: issued.iter().map(half).collect(), ..GroupSums::default() }
    }

    #[test]
    fn a_month_shows_its_days_and_a_year_the_mean_of_its_weekdays() {
        let texts = Texts::of(Language::English);
        let first: Date = "2026-06-01".parse().unwrap();
        let days = |count: i64| -> BTreeMap<Date, GroupSums> {
            let date = |at: i64| first.saturating_add(jiff::Span::new().days(at));
            (0..count).map(|at| (date(at), day(&[(17, at as u32), (19, 1)]))).collect()
        };
        let few = issued(&days(3), texts);
        assert_eq!(few.heads, ["08:30", "09:00", "09:30"]);
        let row = |map: &Map, at: usize| -> Vec<(String, &'static str)> {
            map.rows[at].cells.iter().map(|cell| (cell.text.clone(), cell.heat)).collect()
        };
        let cells =
            |all: [(&str, &'static str); 3]| all.map(|(text, heat)| (text.to_owned(), heat));
        assert_eq!(few.rows[2].name[..10], *"2026-06-03");
        assert_eq!(row(&few, 2), cells([("2", "h3"), ("·", "h0"), ("1", "h2")]));
        // Five Mondays: 0, 7, 14, 21 and 28 make a mean of 14; at most 28 waited.
        let many = days(35);
        let (means, most) = (issued(&many, texts), waiting(&many, texts));
        assert_eq!((means.rows.len(), row(&means, 0)[0].0.as_str()), (7, "14"));
        assert_eq!(row(&most, 0)[0].0, "28");
        assert!(issued(&BTreeMap::new(), texts).rows.is_empty());
    }
}
