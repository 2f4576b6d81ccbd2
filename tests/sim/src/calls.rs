//! HTTP between kiosks, desks, telephones and the server: asked, answered, or given up.

use std::{collections::BTreeMap, time::Duration};

use hall::{ids::TicketId, refusal::Refusal};
use queue_server::engine::{NotDone, Told, Wish};

use crate::{
    faults::Fault,
    world::{Deed, Outcome, World},
};

/// One exchange may take so long, as the kiosk's own bound says.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(kiosk::limits::EXCHANGE_SECS_MAX);

/// Who asks over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// A kiosk's counter, by its place and boot.
    Kiosk(usize, u64),
    /// A clerk at a web page, by the window's place.
    Clerk(usize),
    /// A visitor's telephone: nobody waits for the answer.
    Phone,
    /// Somebody who books, and comes so many seconds after the slot began, or before.
    Booker(i64),
}

/// What a caller hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The hall's answer.
    Told(Told),
    /// A no.
    Refused(Refusal),
    /// Nothing, or a server that cannot now.
    Silent,
}

/// The exchanges under way.
#[derive(Debug, Default)]
pub struct Calls {
    open: BTreeMap<u64, (Caller, Wish)>,
    made: u64,
}

/// An exchange.
pub type CallId = u64;

impl World {
    /// Asks the server something.
    pub fn call(&mut self, caller: Caller, wish: Wish) -> CallId {
        self.calls.made += 1;
        let id = self.calls.made;
        self.calls.open.insert(id, (caller, wish));
        self.after(GIVEN_UP_AFTER, Deed::GiveUp(id));
        if self.strikes(Fault::HttpLost, 30) {
            return id;
        }
        let delay = self.delay();
        self.after(delay, Deed::Request(id));
        if self.strikes(Fault::HttpTwice, 40) {
            let late = self.luck.millis(1, 8_000);
            self.after(late, Deed::Late(id, Box::new(self.calls.open[&id].1.clone())));
        }
        id
    }

    /// A request reaches the server's machine.
    pub fn request(&mut self, id: CallId) -> Outcome {
        let Some((_, wish)) = self.calls.open.get(&id) else { return Ok(()) };
        let wish = wish.clone();
        if !self.ask_server(crate::server::Asker::Http(id), wish) {
            self.hear_at_once(id, Heard::Silent);
        }
        Ok(())
    }

    /// The server answers.
    pub fn answer(&mut self, id: CallId, told: Result<Told, NotDone>) {
        let heard = match told {
            Ok(told) => Heard::Told(told),
            Err(NotDone::Refused(refusal)) => Heard::Refused(refusal),
            Err(NotDone::Busy | NotDone::Stopped) => Heard::Silent,
        };
        if !self.strikes(Fault::HttpLost, 30) {
            self.hear_at_once(id, heard);
        }
    }

    fn hear_at_once(&mut self, id: CallId, heard: Heard) {
        let delay = self.delay();
        self.after(delay, Deed::Answer(id, heard));
    }

    /// An answer reaches the caller, unless it has given up.
    pub fn hear(&mut self, id: CallId, heard: Heard) -> Outcome {
        let Some((caller, _)) = self.calls.open.remove(&id) else { return Ok(()) };
        match caller {
            Caller::Kiosk(place, boot) => self.kiosk_hears(place, boot, heard),
            Caller::Clerk(place) => self.clerk_hears(place, heard),
            Caller::Phone => Ok(()),
            Caller::Booker(after) => {
                self.booked(after, heard);
                Ok(())
            }
        }
    }

    /// A span that a message takes.
    pub fn delay(&mut self) -> Duration {
        if self.strikes(Fault::Slow, 50) {
            self.luck.millis(50, 3_000)
        } else {
            self.luck.millis(1, 15)
        }
    }
}

/// The ticket of an answer, if it speaks of one.
#[must_use]
pub const fn ticket_of(told: &Told) -> Option<TicketId> {
    use hall::answer::Answer;
    match told.answer {
        Answer::Issued(ticket) | Answer::Ticket(ticket) => Some(ticket),
        Answer::Called { leg, .. } | Answer::Evaluated(leg) => Some(leg.ticket),
        Answer::Window(_)
        | Answer::Booking(_)
        | Answer::Told(_)
        | Answer::Visit(_)
        | Answer::Done => None,
    }
}
