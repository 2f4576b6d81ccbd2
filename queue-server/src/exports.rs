//! 对接: evaluations in the form in which a province's 好差评 platform takes them. Every province has its
//! own; each is one value behind [`Platform`], and nothing else knows of it.
//!
//! An evaluation that nobody gave is none: [`Platform`] sees only what was given. A platform that demands
//! a level for silence has to make it up itself, and say so in its name.

use hall::{Hall, time::Timestamp};

use crate::{clock::HallClock, store::said::EvaluationRow};

/// An evaluation, with what the hall knows of it.
pub struct Given<'g> {
    /// The evaluation.
    pub row: &'g EvaluationRow,
    /// 事项编码: the national code, else the hall's own.
    pub item_code: String,
    /// The moment by the hall's clock: "2026-11-23 09:14".
    pub at: String,
}

/// A platform's form.
pub trait Platform: Sync {
    /// Its name in addresses and file names.
    fn name(&self) -> &'static str;
    /// The heads of its columns.
    fn heads(&self) -> &'static [&'static str];
    /// The cells of an evaluation, one for each head.
    fn cells(&self, given: &Given<'_>) -> Vec<String>;
}

/// The fields of GB/T 39735 in plain words: what every platform asks for in some form.
struct Plain;

impl Platform for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn heads(&self) -> &'static [&'static str] {
        &[
            "item_code",
            "case_no",
            "level",
            "reasons",
            "text",
            "time",
            "channel",
            "window",
            "staff_no",
            "levels_of_device",
        ]
    }

    fn cells(&self, given: &Given<'_>) -> Vec<String> {
        let row = given.row;
        vec![
            given.item_code.clone(),
            row.case.map_or(String::new(), |case| case.to_string()),
            row.rating.level().to_string(),
            row.reasons.iter().map(|reason| reason.as_str()).collect::<Vec<_>>().join("|"),
            row.text.clone(),
            given.at.clone(),
            row.channel.to_string(),
            row.window.map_or(String::new(), |window| window.to_string()),
            row.staff.map_or(String::new(), |staff| staff.to_string()),
            row.scale.to_string(),
        ]
    }
}

/// The platforms there are.
const PLATFORMS: [&dyn Platform; 1] = [&Plain];

/// The platform of a name.
#[must_use]
pub fn platform(name: &str) -> Option<&'static dyn Platform> {
    PLATFORMS.into_iter().find(|each| each.name() == name)
}

/// Evaluations as a platform takes them, under its heads.
pub fn table<'r>(
    platform: &dyn Platform,
    hall: &Hall,
    clock: &HallClock,
    rows: impl Iterator<Item = &'r EvaluationRow>,
) -> Vec<Vec<String>> {
    let mut table = vec![platform.heads().iter().map(|head| (*head).to_owned()).collect()];
    table.extend(rows.map(|row| {
        let item = row.item.map_or(String::new(), |item| {
            let national =
                hall.item_ever(item).and_then(|each| each.published.national_code.clone());
            national.unwrap_or_else(|| item.to_string())
        });
        platform.cells(&Given { row, item_code: item, at: clock.written(Timestamp(row.at)) })
    }));
    table
}
