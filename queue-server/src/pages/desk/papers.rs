//! 单据: what the clerk notes of the case while somebody is served.

use hall::{
    setup::Item,
    state::ticket::Ticket,
    words::{
        TicketState,
        desk::{DeclineReason, Delivery},
    },
};

use wire::{device::DeviceKind, papers::PaperKind};

use super::Desk;
use crate::{outbox, papers::Visit};

/// A choice: its word in messages, and in the reader's language.
type Choice = (&'static str, String);

/// The panel of papers.
pub struct Papers {
    /// Changes with the ticket and its item, so that ticks stay while the page refreshes.
    pub version: String,
    /// The row of papers is written anew by itself: what is ticked above it stays.
    pub prints_version: String,
    pub title: String,
    /// 办件编号, if it is noted.
    pub case: String,
    /// What is to be brought, with its place in the list.
    pub bring: Vec<(usize, String)>,
    /// 承诺时限 in words.
    pub limit: String,
    pub declines: Vec<Choice>,
    pub deliveries: Vec<(Choice, bool)>,
    /// 打印: each paper, and whether there is such a one now.
    pub prints: Vec<(Choice, bool)>,
    /// Where they come out: the window's slip printer, or a page.
    pub printer: String,
}

impl Desk<'_> {
    pub(super) fn papers(&self) -> Option<Papers> {
        let ticket = self.serving()?;
        let item = self.item_of(ticket);
        let words = |key: String| self.texts.get(&key).to_owned();
        let case = ticket
            .leg()
            .desk
            .case
            .or(ticket.picks_up)
            .map_or(String::new(), |case| case.to_string());
        let bring = item.map_or(&[][..], |item| &item.bring);
        let chosen = ticket.leg().desk.delivery;
        let code = item.map_or(String::new(), |item| item.id.to_string());
        Some(Papers {
            version: format!("{}-{code}-{case}-{chosen:?}", ticket.no),
            prints_version: format!("{}-{}", ticket.no, self.possible()),
            title: self.texts.fill("desk.papers_of", &[("no", &ticket.no)]),
            case,
            bring: (1..).zip(bring.iter().cloned()).collect(),
            limit: self.limit(item),
            declines: DeclineReason::ALL
                .iter()
                .map(|reason| (reason.as_str(), words(format!("decline_reason.{reason}"))))
                .collect(),
            deliveries: Delivery::ALL
                .iter()
                .map(|way| ((way.as_str(), words(format!("delivery.{way}"))), chosen == Some(*way)))
                .collect(),
            prints: self.prints(),
            printer: self.printer(),
        })
    }

    /// Every paper, and whether there is such a one for the person in service.
    fn prints(&self) -> Vec<(Choice, bool)> {
        let view = outbox::view(self.app, self.hall);
        let visit = Visit::at(&view, self.id);
        PaperKind::ALL
            .iter()
            .map(|kind| {
                let name = self.texts.get(&format!("paper.{}", kind.as_str())).to_owned();
                let has = visit.as_ref().is_some_and(|visit| visit.has(*kind));
                ((kind.as_str(), name), has)
            })
            .collect()
    }

    /// Which papers there are, as a word.
    fn possible(&self) -> String {
        let mark = |(_, has)| if has { '1' } else { '0' };
        self.prints().into_iter().map(mark).collect()
    }

    fn printer(&self) -> String {
        let mut devices = self.app.profile.devices.iter();
        let printer = devices
            .find(|device| device.kind == DeviceKind::Printer && device.window == Some(self.id));
        let page = || self.texts.get("paper.print_page").to_owned();
        printer.map_or_else(page, |printer| printer.name.clone())
    }

    /// 一次性告知 of this visit, or what is on file of the case.
    pub(super) fn notices(&self, ticket: &Ticket) -> String {
        let desk = &ticket.leg().desk;
        if desk.notices > 0 {
            return self.texts.fill("desk.notice_given", &[("n", &desk.missing.len())]);
        }
        let known = desk.case.and_then(|case| self.hall.case(case, self.now));
        match known {
            Some(case) if case.notices > 0 => {
                self.texts.fill("desk.notice_on_file", &[("n", &case.notices)])
            }
            Some(case) if desk.unnoticed && case.visits > 1 => {
                self.texts.get("desk.notice_missed").to_owned()
            }
            Some(_) | None => self.texts.get("desk.notice_none").to_owned(),
        }
    }

    fn serving(&self) -> Option<&Ticket> {
        self.ticket.filter(|ticket| ticket.state == TicketState::Serving)
    }

    pub(super) fn item_of(&self, ticket: &Ticket) -> Option<&Item> {
        ticket.item.and_then(|item| self.hall.item_ever(item))
    }

    /// Until when the item taken would be done, by the calendar.
    fn limit(&self, item: Option<&Item>) -> String {
        let Some(days) = item.and_then(|item| item.limit_working_days) else {
            return self.texts.get("desk.limit_none").to_owned();
        };
        let today = self.app.clock.date(self.now);
        let due = self.app.profile.calendar.working_day(today, days);
        due.map_or(String::new(), |due| {
            self.texts.fill("desk.limit", &[("n", &days), ("date", &due)])
        })
    }
}
