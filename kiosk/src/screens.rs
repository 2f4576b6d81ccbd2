//! The screens: what the model says, put into words ([`fill`]), and drawn ([`show_ui`]).

pub mod booking;
pub mod card;
pub mod confirm;
pub mod found;
pub mod frame;
pub mod guide;
pub mod identity;
pub mod list;
pub mod parts;
pub mod priority;
pub mod progress;
pub mod rating;
pub mod search;
pub mod service;
pub mod spoken;
pub mod start;
pub mod ticket;
pub mod trouble;
pub mod typing;
pub mod wait;
pub mod words;

use egui::{Rect, Response, Ui};

use crate::{
    model::{
        Model,
        message::Touch,
        page::{Page, Shown},
    },
    moment::Moment,
};

/// A whole picture, in words already chosen and numbers already written.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Head, spoken line, bar and foot.
    pub frame: frame::FrameView,
    /// What stands between them.
    pub body: Body,
    /// A card before it: a refusal, a question, help.
    pub card: Option<card::CardView>,
}

/// What stands between head and foot.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// 首页.
    Start(start::StartView),
    /// Zones, queues or items.
    List(list::ListView),
    /// 请确认已带.
    Confirm(confirm::ConfirmView),
    /// 身份核验.
    Identity(identity::IdentityView),
    /// 优先服务.
    Priority(priority::PriorityView),
    /// 正在取号, and 正在启动.
    Wait(wait::WaitView),
    /// 取号成功.
    Ticket(ticket::TicketView),
    /// 暂停服务, with where to go instead.
    Trouble(trouble::TroubleView),
    /// 排队查询.
    Progress(progress::ProgressView),
    /// A service's page.
    Service(service::ServiceView),
}

/// Puts the model into words.
#[must_use]
pub fn fill(model: &Model, now: Moment) -> View {
    // A card stands before the page on which it was touched.
    let shown = match model.page {
        Page::Notice(_) | Page::Help(_) => model.shown_behind(),
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
        | Page::Service(_) => model.shown(),
    };
    let body = match shown {
        Shown::Starting => Body::Wait(wait::starting(model)),
        Shown::NoServer => Body::Trouble(trouble::no_server(model)),
        Shown::Closed => Body::Trouble(trouble::closed(model)),
        Shown::PaperOut => Body::Trouble(trouble::paper_out(model, false)),
        Shown::Page(page) => page_body(model, page, now),
    };
    View { frame: frame::fill(model, now), card: card::fill(model, now), body }
}

fn page_body(model: &Model, page: &Page, now: Moment) -> Body {
    match page {
        // A card is never behind a card; the start page is behind everything.
        Page::Start | Page::Notice(_) | Page::Help(_) => Body::Start(start::fill(model)),
        Page::Zones { leaf } => Body::List(list::zones(model, *leaf)),
        Page::Queues { zone, leaf } => Body::List(list::queues(model, *zone, *leaf)),
        Page::Items { queue, leaf } => Body::List(list::items(model, *queue, *leaf)),
        Page::Confirm(choice) => Body::Confirm(confirm::fill(model, *choice)),
        Page::Identity { wish, step } => Body::Identity(identity::fill(model, *wish, step)),
        Page::Priority => Body::Priority(priority::fill(model)),
        Page::Taking { printing, .. } => Body::Wait(wait::taking(model, *printing)),
        Page::Ticket { taken, until } => Body::Ticket(ticket::fill(model, taken, *until, now)),
        Page::PaperFailed { .. } => Body::Trouble(trouble::paper_out(model, true)),
        Page::Progress => Body::Progress(progress::fill(model)),
        Page::Service(service) => Body::Service(service::fill(model, service)),
    }
}

/// Draws the picture into `page` and answers what was touched.
pub fn show_ui(ui: &mut Ui, page: Rect, view: &View) -> Option<Touch> {
    let (layout, framed) = frame::frame_ui(ui, page, &view.frame);
    let touched = match &view.body {
        Body::Start(view) => start::start_ui(ui, &layout, view),
        Body::List(view) => list::list_ui(ui, &layout, view),
        Body::Confirm(view) => confirm::confirm_ui(ui, &layout, view),
        Body::Identity(view) => identity::identity_ui(ui, &layout, view),
        Body::Priority(view) => priority::priority_ui(ui, &layout, view),
        Body::Wait(view) => {
            wait::wait_ui(ui, &layout, view);
            None
        }
        Body::Ticket(view) => {
            ticket::ticket_ui(ui, &layout, view);
            None
        }
        Body::Trouble(view) => trouble::trouble_ui(ui, &layout, view),
        Body::Progress(view) => progress::progress_ui(ui, &layout, view),
        Body::Service(view) => service::service_ui(ui, &layout, view),
    };
    match &view.card {
        // The page behind a card stays, but is deaf.
        Some(view) => card::card_ui(ui, &layout, view).or(framed),
        None => touched.or(framed),
    }
}

/// Notes a touch.
pub(crate) fn on(touched: &mut Option<Touch>, response: &Response, what: Touch) {
    if response.clicked() {
        *touched = Some(what);
    }
}

#[cfg(test)]
mod tests;
