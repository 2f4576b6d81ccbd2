//! Who waits, who was here, and the day so far.

use hall::{
    ids::{ItemId, QueueId},
    state::ticket::{Leg, Ticket},
    time::{Millis, Timestamp},
    views::{board, indicators},
    words::{TicketState, order::Standing},
};

use super::Desk;
use crate::pages::{shell::Stat, written};

/// Rows of who waits: the page fits a small screen, the title tells how many there are.
const WAITING_MAX: usize = 8;

/// Rows of what was done just now.
const PAST_MAX: usize = 5;

/// Somebody who waits.
pub struct WaitingRow {
    pub no: String,
    pub what: String,
    pub class: String,
    /// 排位依据; empty if the class says it.
    pub why: String,
    pub minutes: u64,
    pub next: bool,
}

/// Somebody who was here.
pub struct PastRow {
    pub no: String,
    pub what: String,
    pub case: String,
    pub times: String,
    pub length: String,
    pub end: String,
    /// The ticket, if it may be re-activated.
    pub reactivate: Option<u64>,
}

impl Desk<'_> {
    pub(super) fn waiting(&self) -> Vec<WaitingRow> {
        let Some(window) = self.hall.setup().window(self.id) else { return Vec::new() };
        let next = hall::order::pick(self.hall, self.id, self.now).map(|pick| pick.leg.ticket);
        let waiting = board::waiting_for(self.hall, window, self.now, WAITING_MAX);
        let row = |ticket: &Ticket| WaitingRow {
            no: ticket.no.to_string(),
            what: self.what(ticket),
            class: self.class(ticket.class),
            why: self.why_here(ticket),
            minutes: self.now.since(ticket.leg().entered).as_secs() / 60,
            next: next == Some(ticket.id),
        };
        waiting.into_iter().filter_map(|id| self.hall.ticket(id)).map(row).collect()
    }

    fn why_here(&self, ticket: &Ticket) -> String {
        let (why, to_pass) = hall::order::stands::why_here(self.hall, self.id, ticket, self.now);
        match why {
            Standing::Special | Standing::Class => String::new(),
            Standing::Returned if to_pass > 0 => {
                self.texts.fill("desk.stands_returned", &[("n", &to_pass)])
            }
            Standing::Returned => self.texts.get("desk.stands_returned_due").to_owned(),
            Standing::Promoted => {
                let minutes = self.hall.setup().rules().promote_after_minutes;
                self.texts.fill("desk.stands_promoted", &[("n", &minutes)])
            }
            Standing::Sent | Standing::Secondary | Standing::Early | Standing::Arrival => {
                self.texts.get(&format!("desk.stands_{why}")).to_owned()
            }
        }
    }

    pub(super) fn what(&self, ticket: &Ticket) -> String {
        self.work(ticket.item, ticket.queue())
    }

    /// The item's name, or its queue's.
    fn work(&self, item: Option<ItemId>, queue: QueueId) -> String {
        let names = self.names();
        let item = item.and_then(|item| names.item_of(self.hall, item));
        item.unwrap_or_else(|| names.queue(queue))
    }

    /// What ended at this window, newest first: services, also of tickets that go on elsewhere, and
    /// who did not come.
    pub(super) fn past(&self) -> Vec<PastRow> {
        let mut past: Vec<(Timestamp, &Ticket, &Leg)> =
            self.hall.tickets().flat_map(|ticket| self.ended_here(ticket)).collect();
        past.sort_by_key(|(ended, ..)| std::cmp::Reverse(*ended));
        past.into_iter().take(PAST_MAX).map(|past| self.past_row(past)).collect()
    }

    fn ended_here<'a>(
        &self,
        ticket: &'a Ticket,
    ) -> impl Iterator<Item = (Timestamp, &'a Ticket, &'a Leg)> + use<'a> {
        let id = self.id;
        let missed = ticket.ended.filter(|_| ticket.state == TicketState::NoShow);
        let last = ticket.legs.len() - 1;
        let here = ticket.legs.iter().enumerate().filter(move |(_, leg)| leg.window == Some(id));
        here.filter_map(move |(place, leg)| {
            let ended = leg.finished.or(missed.filter(|_| place == last))?;
            Some((ended, ticket, leg))
        })
    }

    fn past_row(&self, (ended, ticket, leg): (Timestamp, &Ticket, &Leg)) -> PastRow {
        let rules = self.hall.setup().rules();
        let time = |at| written::time(&self.app.clock, at);
        let begun = leg.started.or(leg.summoned).map_or(String::new(), time);
        let ended = time(ended);
        let length = leg.service().map_or("–".to_owned(), |service| {
            let minutes = written::tenths(service.0 as f64 / 1_000.0, 1);
            self.texts.fill("desk.minutes", &[("n", &minutes)])
        });
        let within = Millis::from_minutes(rules.reactivate_within_minutes.into());
        let end = if leg.finished.is_some() { TicketState::Done } else { ticket.state };
        let may_return = rules.reactivation
            && end == TicketState::NoShow
            && ticket.reactivated.is_none()
            && leg.no_show.is_some_and(|at| self.now <= at + within);
        let own = ticket.item.filter(|_| std::ptr::eq(leg, ticket.leg()));
        PastRow {
            no: ticket.no.to_string(),
            what: self.work(leg.item.or(own), leg.queue),
            case: leg.case.map_or("–".to_owned(), |case| {
                self.texts.get(&format!("case.{case}")).to_owned()
            }),
            times: format!("{begun}–{ended}"),
            length,
            end: self.texts.get(&format!("ticket_state.{end}")).to_owned(),
            reactivate: may_return.then_some(ticket.id.0),
        }
    }

    /// Totals only: a clerk never sees the level that one ticket gave.
    pub(super) fn day(&self) -> Vec<Stat> {
        let figures = indicators::of_window(self.hall, self.id, self.now);
        let texts = self.texts;
        let stat = |key: &str, value: String, unit: &str, base: String| {
            Stat::new(texts, key, value, unit, base)
        };
        let of = |count: u32| texts.fill("desk.of_cases", &[("n", &count)]);
        let [.., good, best] = figures.evaluations;
        vec![
            stat(
                "desk.day_served",
                figures.served.to_string(),
                "pages.cases",
                texts.fill("desk.day_no_shows", &[("n", &figures.no_show_events)]),
            ),
            stat(
                "desk.day_service",
                written::mean_of(&figures.services),
                "pages.minutes",
                of(figures.services.count()),
            ),
            stat(
                "desk.day_evaluated",
                figures.evaluations.iter().sum::<u32>().to_string(),
                "pages.cases",
                texts.fill("desk.day_praised", &[("best", &best), ("good", &good)]),
            ),
            stat(
                "desk.day_wait",
                written::mean_of(&figures.waits),
                "pages.minutes",
                of(figures.waits.count()),
            ),
            stat(
                "desk.day_staffed",
                (figures.staffed().as_secs() / 60).to_string(),
                "pages.minutes",
                texts.fill("desk.day_pauses", &[("n", &figures.pauses)]),
            ),
        ]
    }
}
