//! The table as it stands in `docs/BENCHMARKS.md`.

use super::{FORWARD, Found, rivals::RIVALS};

/// All scenarios, everybody's row.
#[must_use]
pub fn table(found: &[Found]) -> String {
    let mut text = String::new();
    for each in found {
        let [mean, middle, ninth] = each.waits;
        text += &format!(
            "**{}**: {} tickets; waits mean {mean:.1}, middle {middle:.1}, ninth tenth {ninth:.1} min\n\n",
            each.scenario, each.tickets
        );
        text += "| | MAE min | RMSE | bias | RRASE | within 5 min | 80 % covers | width min | score |\n";
        text += "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
        for (name, score) in &each.scores {
            text += &format!(
                "| {name} | {:.2} | {:.2} | {:+.2} | {:.2} | {:.0} % | {:.0} % | {:.1} | {:.1} |\n",
                score.mae,
                score.rmse,
                score.bias,
                score.rrase,
                score.within_five,
                score.coverage,
                score.width,
                score.interval
            );
        }
        text += "\n";
    }
    text
}

/// The bars: how the forecast stands to the better rule of people ahead and to the queue's length.
#[must_use]
pub fn summary(found: &[Found]) -> String {
    let mut text = String::from(
        "| | MAE min | to people ahead | bar | to QL | bar | 80 % covers | bar | bias min | bar |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for each in found {
        let ours = each.of(FORWARD[1]);
        let ahead = each.of(RIVALS[0]).mae.min(each.of(RIVALS[1]).mae);
        let least = if each.scenario == "drift" { 72 } else { 75 };
        text += &format!(
            "| {} | {:.2} | {:.2} | ≤ 0.55 | {:.2} | ≤ 0.70 | {:.0} % | {least}–85 % | {:+.2} | ± 1 |\n",
            each.scenario,
            ours.mae,
            ours.mae / ahead,
            ours.mae / each.of(RIVALS[5]).mae,
            ours.coverage,
            ours.bias
        );
    }
    text
}

/// How long a forecast takes, and its bars.
#[must_use]
pub fn speed(found: &[(&Found, u32)]) -> String {
    let mut text = String::from(
        "| 200 runs, of one core | middle ms | ninth tenth ms | bar |\n| --- | --- | --- | --- |\n",
    );
    for (each, bar) in found {
        let [middle, ninth] = each.millis;
        text += &format!("| {} | {middle:.2} | {ninth:.2} | ≤ {bar} ms |\n", each.scenario);
    }
    text
}
