//! Pages of services: which view a page has, and what the voice says there.

use egui::Ui;
use wire::words::TicketState;

use super::{
    booking, found, frame::Layout, guide, list, map, more, operator, rating, search, several,
    telling, typing, unfound,
};
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
    /// 一次多办.
    Several(several::SeveralView),
    /// 大厅地图.
    Map(map::MapView),
    /// Items as tiles.
    List(list::ListView),
    /// 没有找到要办的事项.
    Lacking(unfound::LackingView),
    /// It was said.
    Noted(unfound::NotedView),
    /// 更多服务.
    More(more::MoreView),
    /// 运维.
    Behind(operator::BehindView),
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
        Service::Several => ServiceView::Several(several::fill(model)),
        Service::Map { to } => ServiceView::Map(map::fill(model, *to)),
        Service::Popular { leaf } => ServiceView::List(list::popular(model, *leaf)),
        Service::Search(sought) => match (model.elder || model.is_low(), sought.listed) {
            (false, _) => ServiceView::Search(search::fill(model, sought)),
            (true, false) => ServiceView::Typing(search::fill_keys(model, sought)),
            (true, true) => ServiceView::List(search::fill_listed(model, sought)),
        },
        Service::Lacking { leaf } => ServiceView::Lacking(unfound::lacking(model, *leaf)),
        Service::Noted(noted) => ServiceView::Noted(unfound::noted(model, *noted)),
        Service::More { leaf } => ServiceView::More(more::fill(model, *leaf)),
        Service::Complaint => ServiceView::More(telling::ways(model)),
        Service::Telling { leaf } => ServiceView::Rating(telling::reasons(model, *leaf)),
        Service::Told(told) => ServiceView::Booking(telling::told(model, told)),
        Service::Code(entry) => ServiceView::Typing(operator::code(model, entry)),
        Service::Behind(behind) => ServiceView::Behind(operator::behind(model, *behind)),
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
        ServiceView::Several(view) => several::several_ui(ui, layout, view),
        ServiceView::Map(view) => map::map_ui(ui, layout, view),
        ServiceView::List(view) => list::list_ui(ui, layout, view),
        ServiceView::Lacking(view) => unfound::lacking_ui(ui, layout, view),
        ServiceView::Noted(view) => unfound::noted_ui(ui, layout, view),
        ServiceView::More(view) => more::more_ui(ui, layout, view),
        ServiceView::Behind(view) => operator::behind_ui(ui, layout, view),
    }
}

/// What the voice says.
#[must_use]
pub fn sentence(model: &Model, service: &Service) -> String {
    let texts = model.texts();
    match service {
        Service::Typing(Typed { what: Sought::Booking, wrong: false, .. }) if !model.reader => {
            texts.get("kiosk.say_booking_typed").to_owned()
        }
        Service::Typing(typed) => texts.get(typing_key(typed)).to_owned(),
        Service::Booking(found) => booking::say(model, found),
        Service::Several => texts.get("kiosk.say_several").to_owned(),
        Service::Map { to } => map::say(model, *to),
        Service::Popular { .. } => texts.get("kiosk.say_item").to_owned(),
        Service::Search(sought) => search::say(model, sought),
        Service::Lacking { .. } => texts.get(unfound::say_key(model)).to_owned(),
        Service::Noted(noted) => unfound::spoken(model, *noted),
        Service::Complaint => texts.get("kiosk.say_tell").to_owned(),
        Service::Telling { .. } => texts.get("kiosk.say_tell_reasons").to_owned(),
        Service::Told(told) => telling::say(model, told),
        Service::Code(_) => texts.get("kiosk.say_operator").to_owned(),
        Service::Behind(_) => texts.get("kiosk.say_behind").to_owned(),
        Service::More { .. } => texts.get("kiosk.say_more").to_owned(),
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
        (Sought::Receipt, false) => "kiosk.say_receipt",
        (Sought::Receipt, true) => "kiosk.receipt_wrong",
        (Sought::Lacking, _) => "kiosk.say_lacking_write",
    }
}
