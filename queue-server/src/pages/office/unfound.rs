//! 没有找到的事项, week by week: what people came for and did not find, the most wanted first.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::{event::unfound::Unfound, time::Timestamp};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use wire::texts::Texts;

use super::{csv, sheet::About};
use crate::{
    app::App,
    pages::{Shared, guard::HallReader, html, shell::Shell},
};

/// This week, and as many before it as the hall keeps.
const WEEKS: i64 = 5;

/// Which week is wanted: any day of it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    week: Option<String>,
}

/// A line of the list.
#[derive(Debug, PartialEq, Eq)]
struct Row {
    department: String,
    words: String,
    count: usize,
}

/// A week that may be looked at.
struct Week {
    monday: String,
    name: String,
    here: bool,
}

struct View {
    title: String,
    subtitle: String,
    weeks: Vec<Week>,
    rows: Vec<Row>,
    monday: String,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_unfound.html")]
struct Page {
    s: Shell,
    u: View,
}

/// `GET /office/unfound?week=2026-11-23`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    let u = fill(&app, monday(&app, &asked), s.t);
    html(&Page { s, u })
}

/// `GET /office/unfound.csv?week=2026-11-23`.
pub async fn file(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(asked): Query<Asked>,
) -> Response {
    let (monday, texts) = (monday(&app, &asked), reader.texts);
    let heads = ["office.th_department", "office.th_words", "office.th_times"];
    let mut table = vec![heads.map(|key| texts.get(key).to_owned()).to_vec()];
    let each = rows(&app, monday, texts);
    let people = each.iter().map(|row| row.count).sum::<usize>();
    table
        .extend(each.into_iter().map(|row| vec![row.department, row.words, row.count.to_string()]));
    let sunday = monday.saturating_add(6.days());
    let about = About {
        title: texts.get("office.unfound").to_owned(),
        base: texts.fill(
            "office.unfound_subtitle",
            &[("from", &monday), ("until", &sunday), ("n", &people)],
        ),
    };
    csv::answer(&format!("paihao-{monday}-unfound"), about, table)
}

fn this_monday(app: &App) -> Date {
    monday_of(app.clock.date(app.now()))
}

fn monday_of(date: Date) -> Date {
    let since = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(since.days())
}

/// The Monday of the week asked for; of this one if that is none.
fn monday(app: &App, asked: &Asked) -> Date {
    let day = asked.week.as_deref().and_then(|text| text.parse::<Date>().ok());
    day.map_or_else(|| this_monday(app), monday_of)
}

fn fill(app: &App, monday: Date, texts: &Texts) -> View {
    let week = |back: i64| {
        let each = this_monday(app).saturating_sub((back * 7).days());
        let name = texts.fill("office.week_of", &[("day", &each)]);
        Week { monday: each.to_string(), name, here: each == monday }
    };
    let rows = rows(app, monday, texts);
    let people = rows.iter().map(|row| row.count).sum::<usize>();
    let sunday = monday.saturating_add(6.days());
    View {
        title: texts.get("office.unfound").to_owned(),
        subtitle: texts.fill(
            "office.unfound_subtitle",
            &[("from", &monday), ("until", &sunday), ("n", &people)],
        ),
        weeks: (0..WEEKS).map(week).collect(),
        rows,
        monday: monday.to_string(),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

fn rows(app: &App, monday: Date, texts: &Texts) -> Vec<Row> {
    let from = app.clock.moment(monday, 0);
    let until = app.clock.moment(monday.saturating_add(7.days()), 0);
    app.read(|hall| counted(hall.unfound(), (from, until), texts))
}

/// The same words of the same department are one line, however they are written.
fn counted(all: &[Unfound], (from, until): (Timestamp, Timestamp), texts: &Texts) -> Vec<Row> {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for each in all.iter().filter(|each| from <= each.at && each.at < until) {
        let department = each.department.clone();
        let department = department.unwrap_or_else(|| texts.get("office.no_department").to_owned());
        let words = each.words.as_deref().map(str::to_uppercase);
        let words = words.unwrap_or_else(|| texts.get("office.no_words").to_owned());
        *counts.entry((department, words)).or_default() += 1;
    }
    let row = |((department, words), count)| Row { department, words, count };
    let mut rows: Vec<Row> = counts.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::texts::Language;

    fn said(at: i64, department: Option<&str>, words: Option<&str>) -> Unfound {
        let text = |text: &str| text.to_owned();
        Unfound { at: Timestamp(at), department: department.map(text), words: words.map(text) }
    }

    #[test]
    fn a_week_counts_the_same_words_once_a_line_and_the_most_wanted_first() {
        let texts = Texts::of(Language::English);
        let all = [
            said(9, Some("Health"), Some("late")),
            said(10, None, None),
            said(11, Some("Health"), Some("subsidy")),
            said(12, Some("Health"), Some("SUBSIDY")),
            said(19, Some("Land"), Some("subsidy")),
            said(20, None, None),
        ];
        let rows = counted(&all, (Timestamp(10), Timestamp(20)), texts);
        let told: Vec<_> =
            rows.iter().map(|row| (&*row.department, &*row.words, row.count)).collect();
        let (nowhere, nothing) = (texts.get("office.no_department"), texts.get("office.no_words"));
        let land = ("Land", "SUBSIDY", 1);
        let mut expected = vec![("Health", "SUBSIDY", 2), land, (nowhere, nothing, 1)];
        expected[1..].sort();
        assert_eq!(told, expected);
    }

    #[test]
    fn a_week_begins_on_monday() {
        for (day, monday) in [
            ("2026-11-23", "2026-11-23"),
            ("2026-11-29", "2026-11-23"),
            ("2026-11-30", "2026-11-30"),
            ("2027-01-01", "2026-12-28"),
        ] {
            assert_eq!(monday_of(day.parse().unwrap()).to_string(), monday, "{day}");
        }
    }
}
