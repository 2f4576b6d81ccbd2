//! The only place where the model changes.

mod form;
mod grade;
mod identity;
mod lacking;
mod operator;
mod search;
mod service;
mod several;
mod telling;
mod touch;

pub(in crate::model) use touch::closed;

use super::{
    Link, Model, PrinterState,
    message::{Effect, Msg},
    page::{Help, Notice, Page, Shown, Taken},
    service::{Service, Wish},
};
use wire::ids::TicketId;

use crate::{limits, moment::Moment, screens::spoken};

/// Changes the model by what happened, and says what the shell must do.
pub fn update(model: &mut Model, msg: Msg, now: Moment) -> Vec<Effect> {
    let before = spoken::sentence(model);
    let calm = !is_trouble(model);
    let wanted = identity::wants_card(model);
    let mut effects = match msg {
        Msg::Touch(touch) => touch::touched(model, touch, now),
        Msg::Tick => ticked(model, now),
        Msg::CatalogueCame(catalogue) => {
            let phone = catalogue.guide_phone.clone();
            let mut effects = Vec::new();
            if model.catalogue.as_ref() != Some(&*catalogue) {
                model.offer(*catalogue);
                search::look_again(model);
                several::leave_what_is_gone(model);
                effects.push(Effect::KeepCatalogue);
                leave_what_is_gone(model, now);
            }
            if !phone.is_empty() && model.settings.guide_phone.as_ref() != Some(&phone) {
                model.settings.guide_phone = Some(phone.clone());
                effects.push(Effect::KeepGuidePhone(phone));
            }
            effects
        }
        Msg::AloneTold(alone) => {
            model.alone = Some((*alone, now));
            Vec::new()
        }
        Msg::BoardCame(board) => {
            model.board = Some((*board, now));
            model.link = Link::Up;
            Vec::new()
        }
        Msg::ServerSilent { tries } => {
            model.link = silence(model, tries, now);
            Vec::new()
        }
        Msg::PrinterTold(state) => printer_told(model, state),
        Msg::PrinterKnown => {
            model.printer_known = true;
            Vec::new()
        }
        Msg::Reserved => {
            if let Page::Taking { printing, .. } = &mut model.page {
                *printing = true;
            }
            Vec::new()
        }
        Msg::Taken(taken) => took(model, taken, now),
        Msg::Refused { code, title, detail, ticket } => {
            refused(model, &code, (title, detail, ticket), now)
        }
        Msg::ReaderTold(here) => identity::reader_told(model, here),
        Msg::CardRead(card) => identity::card_read(model, &card, now),
        Msg::CardUnread(why) => identity::card_unread(model, why, now),
        Msg::ReceiptPrinted(came) => {
            telling::printed(model, came);
            Vec::new()
        }
        Msg::CodeChecked { is_right, memory_mib } => {
            operator::checked(model, is_right, memory_mib, now);
            Vec::new()
        }
        Msg::TestPrinted(came) => {
            operator::tested(model, came);
            Vec::new()
        }
        Msg::LackingKept(kept) => {
            lacking::kept(model, kept);
            Vec::new()
        }
        Msg::GuidePrinted(came) => service::guide_printed(model, came, now),
        Msg::PaperFailed(state) => paper_failed(model, state, now),
        Msg::NoAnswer => {
            answer(model, Page::Notice(Notice::NoAnswer), now);
            Vec::new()
        }
        Msg::HelpTold(told) => {
            if let Page::Help(help) = &mut model.page {
                *help = if told { Help::Told } else { Help::Unheard };
            }
            Vec::new()
        }
        Msg::HelpSeen => {
            if let Page::Help(help @ Help::Told) = &mut model.page {
                *help = Help::Seen;
            }
            Vec::new()
        }
        Msg::Scanned(code) => service::scanned(model, &code, now),
        Msg::Answered { number, answer } => service::answered(model, (number, *answer), now),
    };
    // Trouble that comes while help is on its way says itself where to go.
    let on_its_way = matches!(model.page, Page::Help(Help::Told | Help::Seen));
    if calm && on_its_way && is_trouble(model) {
        model.page = model.trail.pop().unwrap_or(Page::Start);
    }
    let wants = identity::wants_card(model);
    if wants != wanted {
        effects.push(Effect::WantCard(wants));
    }
    // Each page says its sentence once, when it comes.
    model.asks = model.asks_still_there(now);
    let after = spoken::sentence(model);
    if model.voice && after != before && !model.at_rest() {
        effects.push(say(model, after));
    }
    effects
}

/// True if a page of trouble is on the screen, or would be without a card before it.
fn is_trouble(model: &Model) -> bool {
    match model.shown_behind() {
        Shown::NoServer | Shown::Closed | Shown::PaperOut => true,
        Shown::Page(_) | Shown::Starting => false,
    }
}

fn say(model: &Model, text: String) -> Effect {
    Effect::Say { text, language: model.language, volume: model.volume, slow: model.elder }
}

/// A server is only said to be lost after a while without any sign of it.
fn silence(model: &Model, tries: u32, now: Moment) -> Link {
    let fresh = model
        .board
        .as_ref()
        .is_some_and(|(_, came)| came.after_secs(limits::SERVER_SILENT_SECS) > now);
    if fresh && model.link == Link::Up { Link::Up } else { Link::Down { tries } }
}

fn ticked(model: &mut Model, now: Moment) -> Vec<Effect> {
    operator::count_down(model, now);
    let due = model.returns_at().is_some_and(|at| at <= now);
    if !due {
        return service::given_up(model, now);
    }
    if matches!(model.page, Page::Taking { .. }) {
        answer(model, Page::Notice(Notice::NoAnswer), now);
    } else {
        touch::rest(model, now);
    }
    Vec::new()
}

fn printer_told(model: &mut Model, state: PrinterState) -> Vec<Effect> {
    if model.printer == state {
        return Vec::new();
    }
    model.printer = state;
    model.printer_known = false;
    vec![Effect::TellPrinter(state)]
}

fn took(model: &mut Model, taken: Box<Taken>, now: Moment) -> Vec<Effect> {
    if !matches!(model.page, Page::Taking { .. }) {
        return Vec::new();
    }
    let secs = match (model.elder, taken.paper) {
        (true, _) => model.settings.return_after_secs_elder,
        (false, true) => model.settings.ticket_secs,
        (false, false) => model.settings.ticket_secs_without_paper,
    };
    // Whose it is, is no matter any more.
    model.presented = None;
    answer(model, Page::Ticket { taken, until: now.after_secs(secs) }, now);
    Vec::new()
}

fn refused(
    model: &mut Model,
    code: &str,
    (title, detail, ticket): (String, Option<String>, Option<TicketId>),
    now: Moment,
) -> Vec<Effect> {
    let notice = match (code, &model.page, ticket) {
        ("has_ticket", Page::Taking { choice, .. }, Some(ticket)) if model.presented.is_some() => {
            Notice::HasTicket { ticket, choice: *choice }
        }
        ("sold_out", ..) => Notice::SoldOut,
        ("issue_closed" | "hall_closed", ..) => Notice::NotNow,
        _ => Notice::Refused { title, detail },
    };
    answer(model, Page::Notice(notice), now);
    Vec::new()
}

fn paper_failed(model: &mut Model, state: PrinterState, now: Moment) -> Vec<Effect> {
    let effects = printer_told(model, state);
    if let Page::Taking { choice, .. } = model.page {
        answer(model, Page::PaperFailed { choice }, now);
    }
    effects
}

/// Puts the answer in the place of the page that waited for it.
fn answer(model: &mut Model, page: Page, now: Moment) {
    if matches!(model.page, Page::Taking { .. }) {
        model.page = page;
        model.touched = now;
        model.deaf_until = now.after_millis(limits::DEAF_MILLIS);
    }
}

/// A profile that changed under the person's hands leads back to the start page, and takes along what
/// was begun. Who waits for a number gets it all the same; there is only nothing to go back to.
fn leave_what_is_gone(model: &mut Model, now: Moment) {
    let known = |model: &Model, page: &Page| match page {
        Page::Items { queue, .. } => model.queue(*queue).is_some(),
        Page::Confirm(choice) | Page::Identity { wish: Wish::Take(choice), .. } => {
            model.queue(choice.queue).is_some()
                && choice.item.is_none_or(|item| model.item(item).is_some())
        }
        Page::Queues { zone: Some(zone), .. } => model.zone(*zone).is_some(),
        Page::Start
        | Page::Zones { .. }
        | Page::Queues { zone: None, .. }
        | Page::Priority
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::PaperFailed { .. }
        | Page::Notice(_)
        | Page::Help(_)
        | Page::Progress
        | Page::Identity { wish: Wish::Find | Wish::Booking, .. } => true,
        // Without any item there is nothing to put together.
        Page::Service(service) => **service != Service::Several || model.is_gathering(),
    };
    if model.trail.iter().chain([&model.page]).all(|page| known(model, page)) {
        return;
    }
    if matches!(model.page, Page::Taking { .. } | Page::Ticket { .. }) {
        model.trail = vec![Page::Start];
    } else {
        touch::go_home(model, now);
    }
}
