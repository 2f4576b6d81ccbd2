//! What is really on the screen: the person's page, or the trouble that stands before it.

use super::{
    Link, Model,
    page::{Page, Shown},
    service::{Service, Wish, typed::Sought},
};

impl Model {
    /// What is really on the screen: the person's page, or the trouble that stands before it.
    #[must_use]
    pub fn shown(&self) -> Shown<'_> {
        self.shown_for(&self.page)
    }

    /// What is behind the card of a notice: never a count that is stale.
    #[must_use]
    pub fn shown_behind(&self) -> Shown<'_> {
        let card = |page: &&Page| matches!(page, Page::Notice(_) | Page::Help(_));
        let behind = self.trail.iter().rev().find(|page| !card(page));
        self.shown_for(behind.unwrap_or(&Page::Start))
    }

    fn shown_for<'a>(&self, page: &'a Page) -> Shown<'a> {
        match page {
            Page::Taking { .. }
            | Page::Ticket { .. }
            | Page::PaperFailed { .. }
            | Page::Notice(_)
            | Page::Help(_) => return Shown::Page(page),
            Page::Start
            | Page::Zones { .. }
            | Page::Queues { .. }
            | Page::Items { .. }
            | Page::Confirm(_)
            | Page::Identity { .. }
            | Page::Priority
            | Page::Progress
            | Page::Service(_) => {}
        }
        if page.is_operators() || has_been_said(page) {
            return Shown::Page(page);
        }
        if self.link == Link::Starting && self.board.is_none() {
            return Shown::Starting;
        }
        if self.reading && self.catalogue.is_some() && *page != Page::Start {
            return Shown::Page(page);
        }
        let is_alone = self.is_alone() && needs_no_server(page);
        if self.catalogue.is_none() || matches!(self.link, Link::Down { .. }) && !is_alone {
            return Shown::NoServer;
        }
        if !takes_ticket(page) {
            return Shown::Page(page);
        }
        let shut = self.board.as_ref().is_some_and(|(board, _)| !board.opening.issuing);
        if shut && !is_alone {
            return Shown::Closed;
        }
        if !self.printer.prints() && !self.without_paper {
            return Shown::PaperOut;
        }
        Shown::Page(page)
    }
}

/// 回执 and 已记下: what somebody reads or writes down there stays, whatever becomes of the server.
fn has_been_said(page: &Page) -> bool {
    matches!(page, Page::Service(service) if matches!(**service, Service::Told(_) | Service::Noted(_)))
}

/// True of a page on the way to a number: it leads nowhere while no tickets are given.
fn takes_ticket(page: &Page) -> bool {
    match page {
        Page::Progress | Page::Identity { wish: Wish::Find, .. } => false,
        Page::Service(service) => match service.as_ref() {
            Service::Typing(typed) => matches!(typed.what, Sought::Booking | Sought::Case),
            Service::Booking(_)
            | Service::Search(_)
            | Service::Popular { .. }
            | Service::Several => true,
            Service::Found(_)
            | Service::Guide { .. }
            | Service::Rating(_)
            | Service::Map { .. }
            | Service::Lacking { .. }
            | Service::Noted(_)
            | Service::More { .. }
            | Service::Code(_)
            | Service::Behind(_)
            | Service::Complaint
            | Service::Telling { .. }
            | Service::Told(_) => false,
        },
        Page::Start
        | Page::Zones { .. }
        | Page::Queues { .. }
        | Page::Items { .. }
        | Page::Confirm(_)
        | Page::Identity { wish: Wish::Take(_) | Wish::Booking, .. }
        | Page::Priority
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::PaperFailed { .. }
        | Page::Notice(_)
        | Page::Help(_) => true,
    }
}

/// True for the pages on which a number of the kiosk's own is taken. What is known of today's calls is
/// stale, and what is asked for elsewhere nobody answers.
fn needs_no_server(page: &Page) -> bool {
    match page {
        Page::Start
        | Page::Zones { .. }
        | Page::Queues { .. }
        | Page::Items { .. }
        | Page::Confirm(_)
        | Page::Priority => true,
        Page::Service(service) => match service.as_ref() {
            // What is at hand is enough for them.
            Service::Search(_)
            | Service::Popular { .. }
            | Service::Several
            | Service::Map { .. } => true,
            // What is said there is kept here until the server is back.
            Service::Lacking { .. } | Service::Noted(_) | Service::More { .. } => true,
            // What is known is shown, whatever it is.
            Service::Code(_) | Service::Behind(_) => true,
            Service::Typing(typed) => typed.what == Sought::Lacking,
            Service::Found(_)
            | Service::Booking(_)
            | Service::Guide { .. }
            | Service::Rating(_)
            | Service::Complaint
            | Service::Telling { .. }
            | Service::Told(_) => false,
        },
        Page::Identity { .. }
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::PaperFailed { .. }
        | Page::Notice(_)
        | Page::Help(_)
        | Page::Progress => false,
    }
}
