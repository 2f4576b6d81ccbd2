//! 办事指南: what is made public of an item, on a strip of paper.

use hall::setup::Item;
use wire::papers::PaperLine;

use super::{Visit, lines::Lines, outcome::entry};

/// The guide of an item.
pub fn guide(visit: &Visit, item: &Item, lines: &mut Lines) {
    let published = &item.published.guide;
    lines.pair("paper.item", item.name.clone());
    lines.rule();
    let materials = if published.materials.is_empty() { &item.bring } else { &published.materials };
    if !materials.is_empty() {
        lines.say("paper.bring");
        for (place, paper) in (1..).zip(materials) {
            lines.put(entry(place, paper.clone()));
        }
        lines.rule();
    }
    for (label, text) in [
        ("paper.content", &published.content),
        ("paper.conditions", &published.conditions),
        ("paper.procedure", &published.procedure),
        ("paper.limit", &published.limit),
        ("paper.fees", &published.fees),
        ("paper.result", &published.result),
        ("paper.basis", &published.basis),
    ] {
        if !text.is_empty() {
            lines.put(PaperLine::Text(format!("{}：{text}", lines.texts().get(label))));
        }
    }
    lines.rule();
    visit.foot("paper.printed_at", lines);
}
