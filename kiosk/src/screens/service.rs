//! Pages of services: which view a page has, and what the voice says there.

use egui::Ui;
use wire::words::TicketState;

use super::{booking, found, frame::Layout, guide, list, rating, search, typing};
use crate::model::{
    Model,
    message::Touch,
    service::{
        Service,
        typed::{Sought, Typed},
    },
};

/// A service's page in words.
#[derive(Debug, Clone, PartialEq)]
pub enum ServiceView {
    /// A number is typed.
    Typing(typing::TypingView),
    /// 排队查询, the answer.
    Found(found::FoundView),
    /// 预约取号.
    Booking(booking::BookingView),
    /// 办事指南.
    Guide(guide::GuideView),
    /// 服务评价.
    Rating(rating::RatingView),
    /// 查找事项.
    Search(search::SearchView),
    /// Items as tiles.
    List(list::ListView),
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, service: &Service) -> ServiceView {
    match service {
        Service::Typing(typed) => ServiceView::Typing(typing::fill(model, typed)),
        Service::Found(found) => ServiceView::Found(found::fill(model, found)),
        Service::Booking(found) => ServiceView::Booking(booking::fill(model, found)),
        Service::Guide { guide, leaf } => ServiceView::Guide(guide::fill(model, guide, *leaf)),
        Service::Rating(graded) => ServiceView::Rating(rating::fill(model, graded)),
        Service::Popular { leaf } => ServiceView::List(list::popular(model, *leaf)),
        Service::Search(sought) => match (model.elder, sought.listed) {
            (false, _) => ServiceView::Search(search::fill(model, sought)),
            (true, false) => ServiceView::Typing(search::fill_keys(model, sought)),
            (true, true) => ServiceView::List(search::fill_listed(model, sought)),
        },
    }
}

/// Draws the page.
pub fn service_ui(ui: &Ui, layout: &Layout, view: &ServiceView) -> Option<Touch> {
    match view {
        ServiceView::Typing(view) => typing::typing_ui(ui, layout, view),
        ServiceView::Found(view) => found::found_ui(ui, layout, view),
        ServiceView::Booking(view) => booking::booking_ui(ui, layout, view),
        ServiceView::Guide(view) => guide::guide_ui(ui, layout, view),
        ServiceView::Rating(view) => rating::rating_ui(ui, layout, view),
        ServiceView::Search(view) => search::search_ui(ui, layout, view),
        ServiceView::List(view) => list::list_ui(ui, layout, view),
    }
}

/// What the voice says.
#[must_use]
pub fn sentence(model: &Model, service: &Service) -> String {
    let texts = model.texts();
    match service {
        Service::Typing(typed) => texts.get(typing_key(typed)).to_owned(),
        Service::Booking(found) => booking::say(model, found),
        Service::Popular { .. } => texts.get("kiosk.say_item").to_owned(),
        Service::Search(sought) => search::say(model, sought),
        Service::Guide { .. } => texts.get("kiosk.say_guide").to_owned(),
        Service::Rating(graded) => {
            let lower = graded.level.is_some_and(|level| level.is_negative());
            texts.get(if lower { "kiosk.say_rating_why" } else { "kiosk.say_rating" }).to_owned()
        }
        Service::Found(found) => {
            let Some(ticket) = found.shown() else { return String::new() };
            let no = super::words::spelled(texts, &ticket.no.to_string());
            let state = texts.get(&format!("ticket_state.{}", ticket.state)).to_owned();
            let window = ticket.window.as_ref().map(ToString::to_string).unwrap_or_default();
            let may_return = ticket.ticket.is_some() && ticket.reactivates_behind.is_some();
            let key = match ticket.state {
                TicketState::Called => "kiosk.say_found_called",
                TicketState::NoShow if may_return => "kiosk.say_found_passed",
                TicketState::NoShow
                | TicketState::Reserved
                | TicketState::Waiting
                | TicketState::Serving
                | TicketState::Held
                | TicketState::Done
                | TicketState::Swept
                | TicketState::Cancelled
                | TicketState::NotPrinted => "kiosk.say_found",
            };
            texts.fill(key, &[("no", &no), ("state", &state), ("window", &window)])
        }
    }
}

const fn typing_key(typed: &Typed) -> &'static str {
    match (typed.what, typed.wrong) {
        (Sought::Ticket, false) => "kiosk.say_find_number",
        (Sought::Ticket, true) => "kiosk.find_number_wrong",
        (Sought::Booking, false) => "kiosk.say_booking",
        (Sought::Booking, true) => "kiosk.booking_wrong",
        (Sought::Case, false) => "kiosk.say_case",
        (Sought::Case, true) => "kiosk.case_wrong",
        (Sought::Slip, false) => "kiosk.say_slip",
        (Sought::Slip, true) => "kiosk.slip_wrong",
    }
}
