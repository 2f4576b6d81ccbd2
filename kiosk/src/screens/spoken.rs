//! The spoken line: what the voice says on each page, and what stands in the line above the bar.

use super::words;
use crate::model::{
    Model, PrinterState,
    identity::Step,
    page::{Help, Notice, Page, Shown, Taken},
};

/// The sentence of what is on the screen now.
#[must_use]
pub fn sentence(model: &Model) -> String {
    let texts = model.texts();
    if model.asks {
        return texts.get("kiosk.say_still_there").to_owned();
    }
    let hours = model.hours(texts.get("api.and"));
    match model.shown() {
        Shown::Starting => texts.get("kiosk.starting_hint").to_owned(),
        Shown::NoServer => texts.get("kiosk.say_no_server").to_owned(),
        Shown::Closed => texts.fill("kiosk.say_closed", &[("hours", &hours)]),
        Shown::PaperOut => printer(model),
        Shown::Page(page) => of_page(model, page, &hours),
    }
}

fn of_page(model: &Model, page: &Page, hours: &str) -> String {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    match page {
        Page::Start if model.elder => said("kiosk.say_start_elder"),
        Page::Start if model.is_alone() => said("kiosk.say_start_alone"),
        Page::Start => said("kiosk.say_start"),
        Page::Zones { .. } => said("kiosk.choose_zone"),
        Page::Queues { .. } => said("kiosk.say_queue"),
        Page::Items { .. } => said("kiosk.say_item"),
        Page::Confirm(choice) => {
            let (key, button) = super::confirm::button(model, *choice);
            let say =
                if key == "kiosk.confirm_bring" { "kiosk.say_bring" } else { "kiosk.say_confirm" };
            texts.fill(say, &[("button", &button)])
        }
        Page::Identity { step: Step::Card { unread: false }, .. } => {
            said("kiosk.say_identity_card")
        }
        Page::Identity { step: Step::Card { unread: true }, .. } => said("kiosk.identity_unread"),
        Page::Identity { step: Step::Typing { wrong: false, .. }, .. } => {
            said("kiosk.say_identity_type")
        }
        Page::Identity { step: Step::Typing { wrong: true, .. }, .. } => {
            said("kiosk.say_identity_wrong")
        }
        Page::Identity { step: Step::Read, .. } => {
            let button = texts.get("kiosk.confirm_plain");
            let key = match model.card_lies_there() {
                true => "kiosk.say_identity_read",
                false => "kiosk.say_identity_typed",
            };
            texts.fill(key, &[("button", &button)])
        }
        Page::Priority => said("kiosk.say_priority"),
        Page::Taking { printing: false, .. } => said("kiosk.say_taking"),
        Page::Taking { printing: true, .. } => said("kiosk.say_printing"),
        Page::Ticket { taken, .. } => ticket(model, taken),
        Page::PaperFailed { .. } => printer(model),
        Page::Notice(Notice::SoldOut) => {
            format!(
                "{}{}{}",
                texts.get("kiosk.sold_out"),
                stop(model),
                texts.get("kiosk.sold_out_hint")
            )
        }
        Page::Notice(Notice::NotNow) => texts.fill("kiosk.say_closed", &[("hours", &hours)]),
        Page::Notice(Notice::Refused { title, .. }) => title.clone(),
        Page::Notice(Notice::HasTicket { .. }) => said("kiosk.say_has_ticket"),
        Page::Notice(Notice::Thanks) => said("kiosk.thanks"),
        Page::Notice(Notice::GuidePrinted(true)) => said("kiosk.guide_came"),
        Page::Notice(Notice::GuidePrinted(false)) => said("kiosk.guide_failed"),
        Page::Notice(Notice::Unanswered) => said("kiosk.unanswered"),
        Page::Notice(Notice::NoAnswer) => said("kiosk.no_answer_hint"),
        Page::Notice(Notice::NoOwnNumbers) => said("kiosk.say_no_own"),
        Page::Help(Help::Sending) => said("kiosk.help_sending"),
        Page::Help(Help::Told) => said("kiosk.say_help"),
        Page::Help(Help::Seen) => said("kiosk.say_help_seen"),
        Page::Help(Help::Unheard) => said("kiosk.say_help_unheard"),
        Page::Progress => said("kiosk.say_progress"),
        Page::Service(service) => super::service::sentence(model, service),
    }
}

fn stop(model: &Model) -> &'static str {
    model.texts().get("kiosk.sentence_join")
}

fn printer(model: &Model) -> String {
    let key = match model.printer {
        PrinterState::PaperOut | PrinterState::Ready | PrinterState::PaperLow => {
            "kiosk.say_paper_out"
        }
        PrinterState::CoverOpen
        | PrinterState::Jam
        | PrinterState::Offline
        | PrinterState::Fault
        | PrinterState::NoAnswer
        | PrinterState::Stranger
        | PrinterState::NotReached => "kiosk.say_printer_fault",
    };
    model.texts().get(key).to_owned()
}

fn ticket(model: &Model, taken: &Taken) -> String {
    let texts = model.texts();
    let no = words::spelled(texts, &taken.slip.no.to_string());
    if taken.slip.offline {
        return texts.fill("kiosk.say_ticket_alone", &[("no", &no)]);
    }
    let again = taken.slip.mark == Some(wire::http::SlipMark::Reactivated);
    let key = if again {
        "kiosk.say_reactivated"
    } else if taken.slip.place.is_empty() {
        "kiosk.say_ticket_unplaced"
    } else {
        "kiosk.say_ticket"
    };
    let ahead = match taken.slip.ahead {
        0 => texts.get("kiosk.say_nobody_ahead").to_owned(),
        ahead => texts.fill("kiosk.say_ahead", &[("n", &ahead)]),
    };
    let place = model.place_told(&taken.slip.place);
    texts.fill(key, &[("no", &no), ("ahead", &ahead), ("place", &place)])
}
