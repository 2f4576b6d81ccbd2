//! Cards before the page: refusals, questions, help. The page behind stays, undimmed.

use look::notice::Tone;

use crate::{
    model::{
        Model,
        message::Touch,
        page::{Help, Notice, Page},
    },
    moment::Moment,
};

mod drawn;

pub use drawn::card_ui;

/// A card.
#[derive(Debug, Clone, PartialEq)]
pub struct CardView {
    /// What kind of card it is: its edge and its picture.
    pub tone: Tone,
    /// What.
    pub title: String,
    /// What to do now.
    pub lines: Vec<String>,
    /// The buttons, from left; the last one is the usual next step.
    pub buttons: Vec<CardButton>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// A button of a card.
#[derive(Debug, Clone, PartialEq)]
pub struct CardButton {
    /// What it does.
    pub touch: Touch,
    /// Its words.
    pub name: String,
    /// The one filled button of the card.
    pub primary: bool,
}

/// Fills the card, if one stands on the screen.
#[must_use]
pub fn fill(model: &Model, now: Moment) -> Option<CardView> {
    if model.asks_still_there(now) {
        return Some(still_there(model, now));
    }
    match &model.page {
        Page::Notice(notice) => Some(refusal(model, notice)),
        Page::Help(help) => Some(help_card(model, *help)),
        Page::Start
        | Page::Zones { .. }
        | Page::Queues { .. }
        | Page::Items { .. }
        | Page::Confirm(_)
        | Page::Identity { .. }
        | Page::Priority
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::PaperFailed { .. }
        | Page::Progress
        | Page::Service(_) => None,
    }
}

fn still_there(model: &Model, now: Moment) -> CardView {
    let texts = model.texts();
    let secs = model.returns_at().map_or(0, |at| now.secs_until(at));
    CardView {
        tone: Tone::Question,
        title: texts.get("kiosk.still_there").to_owned(),
        lines: vec![texts.fill("kiosk.still_there_hint", &[("n", &secs)])],
        buttons: vec![
            CardButton {
                touch: Touch::Done,
                name: texts.get("kiosk.back_home").to_owned(),
                primary: false,
            },
            CardButton {
                touch: Touch::MoreTime,
                name: texts.get("kiosk.more_time").to_owned(),
                primary: true,
            },
        ],
        elder: model.elder,
    }
}

fn refusal(model: &Model, notice: &Notice) -> CardView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let hours = model.hours(texts.get("api.and"));
    let (title, line) = match notice {
        Notice::SoldOut => (said("kiosk.sold_out"), said("kiosk.sold_out_hint")),
        Notice::NotNow => {
            (said("kiosk.not_now"), texts.fill("kiosk.not_now_hint", &[("hours", &hours)]))
        }
        Notice::Refused { title, detail } => {
            (title.clone(), detail.clone().unwrap_or_else(|| said("kiosk.refused_hint")))
        }
        Notice::HasTicket { .. } => (said("kiosk.has_ticket"), said("kiosk.has_ticket_hint")),
        Notice::NoAnswer => (said("kiosk.no_answer"), said("kiosk.no_answer_hint")),
        Notice::NoOwnNumbers => (said("kiosk.no_own"), said("kiosk.no_own_hint")),
        Notice::Unanswered => (said("kiosk.unanswered"), said("kiosk.unanswered_hint")),
        Notice::Thanks => (said("kiosk.thanks"), said("kiosk.thanks_hint")),
        Notice::GuidePrinted(true) => (said("kiosk.guide_came"), said("kiosk.guide_came_hint")),
        Notice::GuidePrinted(false) => {
            (said("kiosk.guide_failed"), said("kiosk.guide_failed_hint"))
        }
    };
    let second = match notice {
        Notice::HasTicket { .. } => {
            CardButton { touch: Touch::Reprint, name: said("kiosk.reprint"), primary: true }
        }
        Notice::SoldOut
        | Notice::NotNow
        | Notice::Refused { .. }
        | Notice::NoAnswer
        | Notice::NoOwnNumbers
        | Notice::Thanks
        | Notice::GuidePrinted(_)
        | Notice::Unanswered => {
            CardButton { touch: Touch::Help, name: said("kiosk.help"), primary: false }
        }
    };
    CardView {
        tone: match notice {
            Notice::Thanks | Notice::GuidePrinted(true) => Tone::Done,
            Notice::SoldOut
            | Notice::NotNow
            | Notice::Refused { .. }
            | Notice::HasTicket { .. }
            | Notice::NoAnswer
            | Notice::NoOwnNumbers
            | Notice::GuidePrinted(false)
            | Notice::Unanswered => Tone::Attention,
        },
        title,
        lines: vec![line],
        buttons: vec![
            CardButton { touch: Touch::Back, name: said("kiosk.back"), primary: false },
            second,
        ],
        elder: model.elder,
    }
}

fn help_card(model: &Model, help: Help) -> CardView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let phone = model
        .guide_phone()
        .map(|phone| format!("{}{phone}", texts.get("kiosk.guide_phone")))
        .unwrap_or_default();
    let (title, lines) = match help {
        Help::Sending => (said("kiosk.help_sending"), Vec::new()),
        Help::Told => (said("kiosk.help_told"), vec![said("kiosk.help_told_hint")]),
        Help::Seen => (said("kiosk.help_seen"), vec![said("kiosk.help_seen_hint")]),
        Help::Unheard => (said("kiosk.help_unheard"), vec![said("kiosk.help_unheard_hint"), phone]),
    };
    CardView {
        tone: match help {
            Help::Sending => Tone::Question,
            Help::Told | Help::Seen => Tone::Done,
            Help::Unheard => Tone::Attention,
        },
        title,
        lines,
        buttons: vec![CardButton {
            touch: Touch::Back,
            name: said("kiosk.back"),
            primary: help != Help::Unheard,
        }],
        elder: model.elder,
    }
}
