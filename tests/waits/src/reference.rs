//! The figures of the reference in another language, which is no part of this house: its results come as
//! files, one of each scenario, as it writes them.

use std::{fs, path::Path};

use super::{FORWARD, Found};

/// The predictor of the reference that is ours.
const PREDICTOR: &str = "Monte-Carlo with today's pace, median";

/// Ours is held to be as good if it is no further behind than this.
const BEHIND: f64 = 1.05;

/// What the reference found of a scenario.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Theirs {
    mae: f64,
    /// The mean wait of its tickets, in minutes.
    wait: f64,
    coverage: f64,
}

/// Reads a file of results; none if there is no such file, or it is another's.
fn read(path: &Path) -> Option<Theirs> {
    let value: serde_json::Value = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
    let score = &value["results"][PREDICTOR]["all"];
    let number = |name: &str| score[name].as_f64();
    Some(Theirs {
        mae: number("mae_min")?,
        wait: number("rmse_min")? / number("rrase")?,
        coverage: number("cover80")? * 100.0,
    })
}

/// Ours beside the reference's, for the scenarios of which the folder has results. Its days are not
/// ours: the same halls on days of other seeds. So errors are also told by the mean wait.
#[must_use]
pub fn beside(folder: &Path, found: &[Found]) -> String {
    let mut text = String::from(
        "| | reference: MAE min | by its mean wait | covers | ours: MAE min | by the mean wait | covers \
         | ours to reference | by mean waits | bar |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for each in found {
        let Some(theirs) = read(&folder.join(format!("{}.json", each.scenario))) else { continue };
        let ours = each.of(FORWARD[1]);
        let (their_part, our_part) = (theirs.mae / theirs.wait, ours.mae / each.waits[0]);
        text += &format!(
            "| {} | {:.2} | {their_part:.3} | {:.0} % | {:.2} | {our_part:.3} | {:.0} % | {:.2} | {:.2} | ≤ {BEHIND} |\n",
            each.scenario,
            theirs.mae,
            theirs.coverage,
            ours.mae,
            ours.coverage,
            ours.mae / theirs.mae,
            our_part / their_part
        );
    }
    text
}
