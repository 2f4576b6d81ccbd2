//! 代办受理单: what an agent takes over for somebody, free of charge, and the steps to its end.

use wire::papers::PaperLine;

use super::{Visit, lines::Lines};

/// The steps of an agency case, each to be ticked and dated by hand.
const STEPS: [&str; 5] = ["taken", "sent", "accepted", "done", "delivered"];

/// The slip of an agency case.
pub fn agency(visit: &Visit, lines: &mut Lines) {
    lines.mark("paper.agency_free");
    visit.head(lines);
    let at_window = visit.view.hall.window(visit.window).and_then(|now| now.staff());
    if let Some(staff) = visit.ticket.agent.or(at_window) {
        lines.pair("paper.agent", staff.to_string());
    }
    lines.rule();
    lines.say("paper.agency_steps");
    for step in STEPS {
        let text = lines.texts().get(&format!("paper.agency_{step}")).to_owned();
        lines.put(PaperLine::Entry { mark: "□".to_owned(), text });
    }
    lines.rule();
    lines.say("paper.agency_told");
    visit.foot("paper.printed_at", lines);
    lines.stamp("paper.agency_sign");
}
