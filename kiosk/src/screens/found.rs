//! 排队查询, the answer: where a ticket stands, and what may still be done with it.

use look::{icon::Icon, state::State};
use wire::{http::enquiry::FoundTicket, words::TicketState};

use super::{
    list::{self, Pager},
    parts::Action,
    words,
};
use crate::model::{Model, message::Touch, service::Found};

mod drawn;

pub use drawn::found_ui;

/// A ticket that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundView {
    /// 您的号码.
    pub title: String,
    /// "A012".
    pub no: String,
    /// The business.
    pub business: String,
    /// The fixed word of its state.
    pub state: String,
    /// The shape beside it.
    pub shape: State,
    /// Label and value; none once nothing is waited for.
    pub facts: Vec<(String, String)>,
    /// What to do now.
    pub say: String,
    /// What may be done here.
    pub actions: Vec<Action>,
    /// The way through several tickets.
    pub pager: Option<Pager>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, found: &Found) -> FoundView {
    let texts = model.texts();
    let Some(ticket) = found.shown() else { return none(model) };
    let waits = matches!(ticket.state, TicketState::Waiting | TicketState::Reserved);
    let mut facts = Vec::new();
    if waits {
        let label = |key: &str| texts.get(key).to_owned();
        facts.push((label("kiosk.fact_ahead"), words::people(texts, ticket.ahead)));
        facts.push((label("kiosk.ticket_wait"), words::range(texts, ticket.wait)));
        if !ticket.windows.is_empty() {
            let names = words::windows(texts, &ticket.windows);
            let value = texts.fill("kiosk.tile_windows", &[("windows", &names)]);
            facts.push((label("kiosk.progress_window"), value));
        }
    }
    FoundView {
        title: texts.get("kiosk.found_title").to_owned(),
        no: ticket.no.to_string(),
        business: model
            .business_told(
                (None, ticket.item_name.as_deref()),
                (Some(ticket.queue), &ticket.queue_name),
            )
            .to_owned(),
        state: texts.get(&format!("ticket_state.{}", ticket.state)).to_owned(),
        shape: shape(ticket.state),
        facts,
        say: say(model, ticket),
        actions: actions(model, ticket),
        pager: list::pager(model, found.leaf, found.tickets.len()),
        elder: model.elder,
    }
}

/// The server never answers with nothing.
fn none(model: &Model) -> FoundView {
    FoundView {
        title: model.texts().get("kiosk.found_title").to_owned(),
        no: String::new(),
        business: String::new(),
        state: model.texts().get("kiosk.find_number_wrong").to_owned(),
        shape: State::Paused,
        facts: Vec::new(),
        say: String::new(),
        actions: Vec::new(),
        pager: None,
        elder: model.elder,
    }
}

const fn shape(state: TicketState) -> State {
    match state {
        TicketState::Called => State::Calling,
        TicketState::Reserved | TicketState::Waiting | TicketState::Serving => State::Serving,
        TicketState::Done => State::Free,
        TicketState::Held
        | TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => State::Paused,
    }
}

/// What to do now, in a sentence; the voice says it too.
#[must_use]
pub fn say(model: &Model, ticket: &FoundTicket) -> String {
    let texts = model.texts();
    let window = ticket.window.as_ref().map(ToString::to_string).unwrap_or_default();
    let key = match ticket.state {
        TicketState::Waiting | TicketState::Reserved if ticket.place.is_empty() => {
            "kiosk.found_waiting_unplaced"
        }
        TicketState::Waiting | TicketState::Reserved if ticket.silent => "kiosk.found_silent",
        TicketState::Waiting | TicketState::Reserved => "kiosk.found_waiting",
        TicketState::Called => "kiosk.found_called",
        TicketState::Serving => "kiosk.found_serving",
        TicketState::Held => "kiosk.found_held",
        TicketState::Done => "kiosk.found_done",
        TicketState::NoShow => match (ticket.reactivates_behind, ticket.ticket) {
            (Some(_), Some(_)) => "kiosk.found_reactivate",
            (Some(_), None) => "kiosk.found_reactivate_prove",
            (None, _) => "kiosk.found_no_show",
        },
        TicketState::Swept => "kiosk.found_swept",
        TicketState::Cancelled => "kiosk.found_cancelled",
        TicketState::NotPrinted => "kiosk.found_not_printed",
    };
    let behind = ticket.reactivates_behind.unwrap_or_default();
    let place = model.place_told(&ticket.place);
    texts.fill(key, &[("no", &ticket.no), ("place", &place), ("window", &window), ("n", &behind)])
}

fn actions(model: &Model, ticket: &FoundTicket) -> Vec<Action> {
    let texts = model.texts();
    let busy = model.asking.is_some();
    let mut actions = Vec::new();
    let may = ticket.ticket.is_some();
    if may && ticket.reactivates_behind.is_some() {
        let name = texts.get("kiosk.reactivate");
        actions.push(Action::primary(Touch::Reactivate, name).icon(Icon::Ticket));
    }
    // Paper is offered where some comes out.
    if may && ticket.reprints && model.printer.prints() {
        let name = texts.get("kiosk.reprint");
        actions.push(Action::second(Touch::Reprint, name).icon(Icon::Printer));
    }
    if may && ticket.state == TicketState::Done {
        let name = texts.get("kiosk.evaluate");
        actions.push(Action::second(Touch::Evaluate, name).icon(Icon::Smile));
    }
    if !may && (ticket.reprints || ticket.reactivates_behind.is_some()) {
        let name = model.card_words("kiosk.find_prove");
        let action = Action::second(Touch::FindByCard, name).icon(Icon::Person);
        actions.push(action.enabled(!busy));
    }
    actions
}
