//! The table as it stands in `docs/BENCHMARKS.md`.

use super::Found;

/// All scenarios, everybody's row.
#[must_use]
pub fn table(found: &[Found]) -> String {
    let mut text = String::new();
    for each in found {
        let [mean, middle, ninth] = each.waits;
        text += &format!(
            "**{}**: {} tickets; waits mean {mean:.1}, middle {middle:.1}, ninth tenth {ninth:.1} min; a forecast {:.2} ms\n\n",
            each.scenario, each.tickets, each.millis
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
