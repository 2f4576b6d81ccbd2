//! 离线取号: a number of the kiosk's own, and handing it in.
//!
//! Numbered → sent → came → handed in. The number is on the disk before anything else happens with it,
//! so it is never given out twice; what was or may have been printed is handed in, what certainly was
//! not is not.

use wire::{
    http::{
        IssueRequest, PrintOutcome,
        offline::{HandInRequest, NumbersRequest, OfflineSlip},
    },
    ids::Token,
    number::TicketNo,
};

use super::{Desk, Printer, Shell};
use crate::{
    alone::{Alone, InHand},
    ledger::{Book, Entry, Open, Own, OwnSlip, Step},
    model::{
        message::{Msg, Order},
        page::Taken,
        service::Extras,
    },
    server::{Counter, Fault},
};

/// The hall has not opened its day yet: the server says no, and will say yes.
const NOT_YET: &str = "hall_closed";

impl<S: Counter, B: Book, P: Printer, H: Shell> Desk<S, B, P, H> {
    /// A desk with the numbers that an earlier run had in hand.
    #[must_use]
    pub fn with_numbers(mut self, hand: Option<InHand>) -> Self {
        self.hand = hand.filter(|hand| hand.book == self.book.name());
        self
    }

    /// Asks the server for numbers to have in hand; true if it answered.
    pub fn renew_numbers(&mut self) -> bool {
        let book = self.book.name();
        let low = self.hand.as_ref().map(|hand| {
            let used = |letter| self.book.used().last(hand.told.day, letter);
            hand.low(used).collect()
        });
        let request_id = self.shell.request_id();
        let body = NumbersRequest { request_id, book, low: low.unwrap_or_default() };
        let heard = self.shell.now();
        match self.server.numbers(&body) {
            Ok(told) => {
                let hand = InHand { book, told, heard };
                self.shell.keep_numbers(&hand);
                self.hand = Some(hand);
                self.tell_alone();
                true
            }
            Err(fault) => {
                tracing::debug!(%fault, "no numbers are set aside now");
                matches!(fault, Fault::Refused(_))
            }
        }
    }

    /// Tells the screen how it could go on alone, if that has changed.
    pub fn tell_alone(&mut self) {
        let Some(hand) = &self.hand else { return };
        let used = |letter| self.book.used().last(hand.told.day, letter);
        let seen = hand.seen(self.shell.now(), used);
        let is_news = self.told.as_ref().is_none_or(|told: &Alone| {
            (told.open, &told.left, &told.closed) != (seen.open, &seen.left, &seen.closed)
        });
        if is_news {
            self.shell.tell(Msg::AloneTold(Box::new(seen.clone())));
            self.told = Some(seen);
        }
    }

    /// The number that would be given out now.
    pub(super) fn next_own(&self, order: &Order) -> Option<TicketNo> {
        // A booking, a case or several items need the server.
        let draft = order.draft.as_ref().filter(|_| order.extras == Extras::default())?;
        let hand = self.hand.as_ref().filter(|hand| hand.is_open(self.shell.now()))?;
        let letter = draft.no.letter;
        hand.next(letter, self.book.used().last(hand.told.day, letter))
    }

    /// Gives out one of the kiosk's own numbers; false if there is none.
    pub(super) fn number(&mut self, order: &Order) -> bool {
        let (Some(no), Some(draft)) = (self.next_own(order), &order.draft) else {
            return false;
        };
        let Some(hand) = &self.hand else { return false };
        let at = self.shell.now();
        let (taken, token) = (hand.hall_time(at), Token(self.shell.luck()));
        let own = Own { day: hand.told.day, no, token, taken };
        let slip = hand.slip(draft, no, token, taken);
        let asked = self.asked(order);
        let entry = Entry::Numbered { at, order: asked.clone(), own };
        if let Err(fault) = self.book.write(&entry) {
            tracing::error!(%fault, "no ticket is given out alone");
            self.shell.tell(Msg::NoAnswer);
            return true;
        }
        tracing::info!(%no, "given out without the server");
        let mut open = Open { at, order: asked, step: Step::Own(own, OwnSlip::Unsent) };
        if order.paper {
            self.print(&mut open, slip, order.language);
        } else {
            self.shell.tell(Msg::Taken(Box::new(Taken { slip, paper: false })));
        }
        self.tell_alone();
        if open.step == Step::Own(own, OwnSlip::Came(PrintOutcome::Failed)) {
            self.settled(&open, NOT_PRINTED);
        } else {
            self.open.push(open);
        }
        true
    }

    /// Hands a ticket in; answers how it ended.
    pub(super) fn hand_in(
        &self,
        order: &IssueRequest,
        own: Own,
        slip: OwnSlip,
    ) -> Result<String, Fault> {
        let slip = match slip {
            _ if !order.paper => OfflineSlip::Without,
            OwnSlip::Unsent | OwnSlip::Came(PrintOutcome::Failed) => {
                return Ok(NOT_PRINTED.to_owned());
            }
            OwnSlip::Sent | OwnSlip::Came(PrintOutcome::Unknown) => OfflineSlip::Unknown,
            OwnSlip::Came(PrintOutcome::Printed) => OfflineSlip::Printed,
        };
        let Some(queue) = order.queue else { return Ok("of no queue".to_owned()) };
        let body = HandInRequest {
            request_id: format!("{}-h", order.request_id),
            day: own.day,
            no: own.no,
            token: own.token,
            queue,
            item: order.item,
            priority: order.priority,
            priority_reason: order.priority_reason,
            silent: order.silent,
            taken: own.taken,
            slip,
        };
        match self.server.hand_in(&body) {
            Err(Fault::Refused(problem)) if problem.code == NOT_YET => {
                Err(Fault::Silent { what: "hand in".to_owned(), why: problem.title })
            }
            done => done.map(|()| "handed in".to_owned()),
        }
    }
}

/// How a number ends whose slip certainly did not come out.
const NOT_PRINTED: &str = "not printed";
