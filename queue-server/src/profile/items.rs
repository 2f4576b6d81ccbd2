//! `items.csv`, or `items.xlsx` in its place: the catalogue of service items with their eight
//! published things.
//!
//! The first row names the columns, in any order, by their names here or by the Chinese ones under
//! `sheet` in the texts. Lists are parted by `；`.

pub mod book;
mod cells;
mod quotes;
pub mod sheet;

use std::collections::BTreeMap;

use hall::{
    ids::{ItemId, QueueId},
    limits::{self, ITEM_TEXT_BYTES_MAX},
    setup::{
        Item, Queue,
        item::{Guide, Published},
    },
    time::Millis,
    words::{
        CaseKind,
        people::{ItemTag, Tier},
    },
};
use wire::texts::{Language, Texts};

use super::{
    hall_file::minutes,
    index::{Index, Kind},
    problem::{Problem, Severity},
};
use cells::Cells;
use sheet::Sheet;

/// The columns: name, and whether it must be there.
pub const COLUMNS: [(&str, bool); 23] = [
    ("code", true),
    ("name", true),
    ("queue", true),
    ("kind", true),
    ("limit_working_days", true),
    ("statutory_working_days", false),
    ("mean_minutes", true),
    ("sd_minutes", false),
    ("per_day", false),
    ("bring", false),
    ("aliases", false),
    ("english_name", false),
    ("national_code", false),
    ("tiers", false),
    ("tags", false),
    ("content", false),
    ("basis", false),
    ("conditions", false),
    ("materials", false),
    ("procedure", false),
    ("limit", false),
    ("fees", false),
    ("result", false),
];

/// What stands between cells when a table was saved otherwise.
const OTHER_SEPARATORS: [char; 5] = [';', '\t', '，', '；', '、'];

/// What may only follow from a catalogue that could not be read to its end.
const FOLLOWING: &[&str] =
    &[Kind::Item.no_such(), "no_such_leg", "slots_of_no_item", "item_without_clerk"];

/// Reads the catalogue.
pub fn read(
    sheet: &Sheet,
    queues: &[Queue],
    index: &mut Index,
    problems: &mut Vec<Problem>,
) -> Vec<Item> {
    let Some((header, rows)) = sheet.rows.split_first() else {
        // A file that is told wrong already may well hold some.
        if problems.iter().all(|problem| problem.file != sheet.file) {
            problems.push(Problem::new(sheet.file, None, "none_of").with("what", "code"));
        }
        return Vec::new();
    };
    if let [only] = header.cells.as_slice()
        && let Some(separator) = OTHER_SEPARATORS.into_iter().find(|it| only.contains(*it))
    {
        let said = if separator == '\t' { "Tab".to_owned() } else { separator.to_string() };
        let problem = Problem::new(sheet.file, Some(header.line), "other_separator");
        problems.push(problem.with("what", said).hiding(FOLLOWING));
        return Vec::new();
    }
    let Some(columns) = columns(sheet, &header.cells, problems) else { return Vec::new() };
    let must = COLUMNS.iter().filter(|(_, must)| *must).map(|(column, _)| columns[column] + 1);
    let must_reach = must.max().unwrap_or(0);
    let mut items = Vec::new();
    for row in rows {
        let cells = Cells::new((sheet.file, row.line), &columns, &row.cells);
        if row.cells.len() < must_reach {
            let problem = cells.problem("too_few_cells");
            problems.push(problem.with("n", row.cells.len()).with("least", must_reach));
            note_only(&cells, index, problems);
            continue;
        }
        if row.cells.len() > header.cells.len() {
            let problem = cells.problem("too_many_cells");
            problems.push(problem.with("n", row.cells.len()).with("most", header.cells.len()));
            note_only(&cells, index, problems);
            continue;
        }
        let mut found = Vec::new();
        items.extend(item(&cells, queues, index, &mut found));
        let is_wrong = |problem: &&Problem| problem.severity == Severity::Error;
        // One cell is wrong by itself; where several are, those behind a lacking comma stand one
        // column too far left. A spreadsheet has no commas to lack.
        if sheet.file == sheet::CSV
            && row.cells.len() < header.cells.len()
            && found.iter().filter(is_wrong).count() > 1
        {
            let problem = cells.problem("cells_shifted").with("n", row.cells.len());
            found = vec![problem.with("most", header.cells.len())];
        }
        problems.append(&mut found);
    }
    if items.len() > limits::ITEMS_MAX {
        let problem = Problem::new(sheet.file, None, "too_many").with("what", sheet.file);
        problems.push(problem.with("most", limits::ITEMS_MAX));
    }
    items
}

/// The item of a row that is wrong as a whole exists: whoever names it names nothing wrong.
fn note_only(cells: &Cells, index: &mut Index, problems: &mut Vec<Problem>) {
    if let Ok(id) = cells.text("code").parse::<ItemId>() {
        index.note(Kind::Item, id, cells.place(), problems);
    }
}

/// Commas in the shortest row that holds what it must.
fn separators_of_a_row() -> usize {
    COLUMNS.iter().filter(|(_, must)| *must).count() - 1
}

/// Where each column stands; none if one that must be there is not.
fn columns(
    sheet: &Sheet,
    header: &[String],
    problems: &mut Vec<Problem>,
) -> Option<BTreeMap<&'static str, usize>> {
    let before = problems.len();
    let mut columns = BTreeMap::new();
    let line = sheet.rows.first().map(|row| row.line);
    for (place, name) in header.iter().enumerate() {
        match column(name) {
            Some(column) => {
                if columns.insert(column, place).is_some() {
                    let problem = Problem::new(sheet.file, line, "column_twice");
                    problems.push(problem.with("key", column).hiding(FOLLOWING));
                }
            }
            None => {
                let known = COLUMNS.iter().map(|(column, _)| *column);
                let near = wire::misspelt::nearest(name, known).unwrap_or("–");
                let problem = Problem::new(sheet.file, line, "unknown_column").with("key", name);
                // The one that is missing is most likely the one that is misspelt.
                let problem = problem.with("nearest", near).hiding(&["missing_column"]);
                problems.push(problem.hiding(FOLLOWING));
            }
        }
    }
    for (column, must) in COLUMNS {
        if must && !columns.contains_key(column) {
            let problem = Problem::new(sheet.file, line, "missing_column").with("key", column);
            problems.push(problem.hiding(FOLLOWING));
        }
    }
    (problems.len() == before).then_some(columns)
}

/// The column of a name in the head, in English or as the texts say it.
pub fn column(name: &str) -> Option<&'static str> {
    let texts = Texts::of(Language::Chinese);
    let is = |column: &str| {
        name.eq_ignore_ascii_case(column) || texts.get(&format!("sheet.{column}")) == name
    };
    COLUMNS.iter().map(|(column, _)| *column).find(|column| is(column))
}

fn item(
    cells: &Cells,
    queues: &[Queue],
    index: &mut Index,
    problems: &mut Vec<Problem>,
) -> Option<Item> {
    let id = cells.value::<ItemId>("code", problems);
    if let Some(id) = id {
        index.note(Kind::Item, id, cells.place(), problems);
    }
    if cells.text("name").is_empty() {
        problems.push(cells.problem("empty").with("key", "name"));
    }
    let queue = cells.value::<QueueId>("queue", problems);
    if let Some(queue) = queue
        && index.require(Kind::Queue, queue, cells.place(), problems)
        && queues.iter().any(|known| known.id == queue && !known.issued)
    {
        problems.push(cells.problem("item_not_issued").with("what", queue));
    }
    let kind = cells.word("kind", CaseKind::ALL, CaseKind::as_str, problems);
    let limit = cells.whole("limit_working_days", 1..=400, problems);
    let statutory = cells.whole("statutory_working_days", 1..=400, problems);
    limits_fit(cells, kind, limit, statutory, problems);
    let mean = cells.number("mean_minutes", 0.5..=480.0, problems);
    let sd = cells.number("sd_minutes", 0.0..=480.0, problems);
    let per_day = cells.whole("per_day", 0..=9_999, problems);
    let bring = cells.list("bring");
    let said = |column: &str| Some(cells.text(column).to_owned()).filter(|text| !text.is_empty());
    let item = Item {
        id: id?,
        name: cells.text("name").to_owned(),
        queue: queue?,
        kind: kind?,
        limit_working_days: limit,
        mean_service: minutes(mean?),
        sd_service: sd.map_or(Millis(0), minutes),
        per_day: per_day.unwrap_or(0),
        published: Published {
            national_code: said("national_code"),
            aliases: cells.list("aliases"),
            english_name: said("english_name"),
            statutory_working_days: statutory,
            tiers: cells.words("tiers", Tier::ALL, Tier::as_str, problems),
            tags: cells.words("tags", ItemTag::ALL, ItemTag::as_str, problems),
            guide: guide(cells),
        },
        bring,
    };
    if item.text_bytes() > ITEM_TEXT_BYTES_MAX {
        problems.push(cells.problem("item_too_long").with("most", ITEM_TEXT_BYTES_MAX));
    }
    Some(item)
}

/// 八公开, as far as they are written.
fn guide(cells: &Cells) -> Guide {
    let text = |column: &str| cells.text(column).to_owned();
    Guide {
        content: text("content"),
        basis: text("basis"),
        conditions: text("conditions"),
        procedure: text("procedure"),
        fees: text("fees"),
        result: text("result"),
        materials: cells.list("materials"),
        limit: text("limit"),
    }
}

/// A promise is shorter than the law asks, and only what is promised has one.
fn limits_fit(
    cells: &Cells,
    kind: Option<CaseKind>,
    limit: Option<u16>,
    statutory: Option<u16>,
    problems: &mut Vec<Problem>,
) {
    if kind == Some(CaseKind::Promised) && cells.text("limit_working_days").is_empty() {
        problems.push(cells.problem("promise_without_limit"));
    }
    if kind == Some(CaseKind::OnTheSpot) && limit.is_some() {
        problems.push(cells.problem("limit_without_promise").warning());
    }
    if let (Some(limit), Some(statutory)) = (limit, statutory)
        && limit > statutory
    {
        let problem = cells.problem("promise_beyond_law").with("limit", limit);
        problems.push(problem.with("statutory", statutory));
    }
}
