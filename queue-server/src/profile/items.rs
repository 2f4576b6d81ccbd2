//! `items.csv`: the catalogue of service items.

use std::collections::BTreeSet;

use hall::{
    ids::{ItemId, QueueId},
    limits,
    setup::{Item, Queue, item::Published},
    words::CaseKind,
};

use super::{hall_file::minutes, problem::Problem, reader::nearest};

const FILE: &str = "items.csv";

const COLUMNS: [&str; 9] = [
    "code",
    "name",
    "queue",
    "kind",
    "limit_working_days",
    "mean_minutes",
    "sd_minutes",
    "per_day",
    "bring",
];

/// Reads `items.csv`; `bring` is a list parted by `；`.
pub fn read(text: &str, queues: &[Queue], problems: &mut Vec<Problem>) -> Vec<Item> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = match reader.headers() {
        Ok(header) => header.clone(),
        Err(error) => {
            problems.push(Problem::new(FILE, Some(1), "syntax").with("why", error));
            return Vec::new();
        }
    };
    if !columns_fit(&header, problems) {
        return Vec::new();
    }
    let (mut items, mut codes) = (Vec::new(), BTreeSet::new());
    for row in reader.records() {
        match row {
            Ok(row) => {
                let line = row.position().map(|position| position.line() as usize);
                let cells: Vec<&str> = COLUMNS
                    .iter()
                    .map(|name| {
                        let place = header.iter().position(|column| column == *name);
                        place.and_then(|place| row.get(place)).unwrap_or_default()
                    })
                    .collect();
                if let Some(item) = item(&cells, line, queues, problems) {
                    if !codes.insert(item.id) {
                        problems.push(Problem::new(FILE, line, "twice").with("what", item.id));
                    }
                    items.push(item);
                }
            }
            Err(error) => {
                let line = error.position().map(|position| position.line() as usize);
                problems.push(Problem::new(FILE, line, "syntax").with("why", error));
            }
        }
    }
    if items.len() > limits::ITEMS_MAX {
        let problem = Problem::new(FILE, None, "too_many").with("what", FILE);
        problems.push(problem.with("most", limits::ITEMS_MAX));
    }
    items
}

fn columns_fit(header: &csv::StringRecord, problems: &mut Vec<Problem>) -> bool {
    let before = problems.len();
    for column in header {
        if !COLUMNS.contains(&column) {
            let problem = Problem::new(FILE, Some(1), "unknown_key").with("key", column);
            let near = nearest(column, COLUMNS.into_iter()).unwrap_or("–");
            problems.push(problem.with("nearest", near));
        }
    }
    for column in COLUMNS {
        if !header.iter().any(|known| known == column) {
            problems.push(Problem::new(FILE, Some(1), "missing").with("key", column));
        }
    }
    problems.len() == before
}

fn item(
    cells: &[&str],
    line: Option<usize>,
    queues: &[Queue],
    problems: &mut Vec<Problem>,
) -> Option<Item> {
    let before = problems.len();
    let mut bad = |key: &str, value: &str, why: String| {
        let problem = Problem::new(FILE, line, "bad_value").with("key", key);
        problems.push(problem.with("value", value).with("why", why));
    };
    let id = cells[0].parse::<ItemId>().map_err(|why| bad("code", cells[0], why.to_string())).ok();
    if cells[1].is_empty() {
        bad("name", cells[1], "–".into());
    }
    let queue =
        cells[2].parse::<QueueId>().map_err(|why| bad("queue", cells[2], why.to_string())).ok();
    let kind = CaseKind::parse(cells[3]);
    if kind.is_none() {
        let known: Vec<_> = CaseKind::ALL.iter().map(|kind| kind.as_str()).collect();
        bad("kind", cells[3], known.join(", "));
    }
    let limit = (!cells[4].is_empty())
        .then(|| cells[4].parse::<u16>())
        .transpose()
        .map_err(|why| bad("limit_working_days", cells[4], why.to_string()))
        .ok()
        .flatten();
    let mut number = |at: usize| {
        let value = cells[at].parse::<f64>().ok().filter(|value| (0.0..=480.0).contains(value));
        if value.is_none() {
            bad(COLUMNS[at], cells[at], "0–480".into());
        }
        value.unwrap_or_default()
    };
    let (mean, sd, per_day) = (number(5), number(6), number(7));
    if let Some(queue) = queue
        && !queues.iter().any(|known| known.id == queue)
    {
        problems.push(Problem::new(FILE, line, "no_such_queue").with("what", queue));
    }
    if problems.len() > before {
        return None;
    }
    Some(Item {
        id: id?,
        name: cells[1].to_owned(),
        queue: queue?,
        kind: kind?,
        limit_working_days: limit,
        mean_service: minutes(mean),
        sd_service: minutes(sd),
        per_day: per_day as u16,
        bring: cells[8]
            .split('；')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
            .collect(),
        published: Published::default(),
    })
}
