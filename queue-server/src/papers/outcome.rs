//! 一次性告知单, 受理凭证, 不予受理通知书: what became of the case at the window.

use hall::{
    state::desk::Accepted,
    words::{PriorityClass, desk::Material},
};
use wire::papers::PaperLine;

use super::{Visit, lines::Lines};
use crate::clock::date_of;

/// 一次性告知单: everything that is missing, at once.
pub fn notice(visit: &Visit, lines: &mut Lines) {
    visit.head(lines);
    lines.rule();
    lines.say("paper.notice_missing");
    let bring = visit.item.map_or(&[][..], |item| &item.bring);
    for (place, missing) in (1..).zip(&visit.ticket.leg().desk.missing) {
        let text = match missing {
            Material::Numbered(no) => usize::from(*no)
                .checked_sub(1)
                .and_then(|place| bring.get(place))
                .cloned()
                .unwrap_or_else(|| visit.view.texts.fill("paper.material_no", &[("n", no)])),
            Material::Named(name) => name.clone(),
        };
        lines.put(entry(place, text));
    }
    lines.rule();
    if let Some(item) = visit.item.filter(|item| !item.published.guide.basis.is_empty()) {
        lines.pair("paper.basis", item.published.guide.basis.clone());
    }
    lines.say("paper.notice_again");
    visit.foot("paper.noticed_at", lines);
    lines.stamp("paper.stamp");
}

/// 受理凭证: that the case was taken, and until when it is done.
pub fn receipt(visit: &Visit, accepted: Accepted, lines: &mut Lines) {
    if matches!(visit.ticket.class, PriorityClass::Special | PriorityClass::Vulnerable) {
        // Which reason it had is nobody's business; that it goes first is.
        lines.mark("paper.green");
    }
    visit.head(lines);
    lines.pair("paper.accepted_at", visit.view.clock.written(accepted.at));
    lines.rule();
    match accepted.due.and_then(date_of) {
        Some(due) => {
            lines.large("paper.due", due.to_string());
            let told = visit.view.texts.fill("paper.receipt_due", &[("date", &due)]);
            lines.put(PaperLine::Text(told));
        }
        None => lines.say("paper.receipt_now"),
    }
    if let Some(way) = visit.ticket.leg().desk.delivery {
        lines.pair("paper.delivery", lines.texts().get(&format!("delivery.{way}")).to_owned());
    }
    if let Some(case) = visit.ticket.leg().desk.case {
        lines.put(PaperLine::Code {
            payload: case.to_string(),
            words: ["paper.code_fetch", "paper.code_hint"]
                .map(|key| lines.texts().get(key).to_owned())
                .into(),
        });
    }
    lines.rule();
    visit.foot("paper.printed_at", lines);
    lines.stamp("paper.stamp");
}

/// 不予受理通知书: that the case was not taken, and why.
pub fn refusal(visit: &Visit, lines: &mut Lines) {
    visit.head(lines);
    lines.rule();
    lines.say("paper.refusal_why");
    for (place, reason) in (1..).zip(&visit.ticket.leg().desk.declined) {
        let text = lines.texts().get(&format!("decline_reason.{reason}")).to_owned();
        lines.put(entry(place, text));
    }
    lines.rule();
    lines.say("paper.refusal_remedy");
    visit.foot("paper.declined_at", lines);
    lines.stamp("paper.stamp");
}

/// A numbered line.
pub fn entry(place: usize, text: String) -> PaperLine {
    PaperLine::Entry { mark: format!("{place}."), text }
}
