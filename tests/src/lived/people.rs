//! Who comes: from the doors' opening on, by item as the profile says, with a class or a booking now and
//! then, and not always to stay.

use hall::{
    answer::Answer,
    command::{
        Command, Issue, Purpose, SessionTimes,
        people::{Book, BookingRef, CheckIn},
        plan::SessionPlan,
    },
    event::people::Grounds,
    ids::{DeviceId, ItemId, QueueId, TicketId, person::BookingNo},
    time::{Millis, Timestamp},
    words::{Actor, Channel, PriorityClass, people::GrantReason},
};

use super::{Keeper, Next, World};

/// A working day's sessions together, to which the numbers of a day belong.
const DAY: Millis = Millis(7 * 3_600_000);

/// So long before issuing ends.
const LAST_MOMENT: Millis = Millis(10 * 60_000);

/// Bookings made in a session.
const BOOKINGS: u64 = 24;

impl<K: Keeper> World<'_, K> {
    pub(super) fn plan_people(&mut self, session: SessionTimes, plan: &SessionPlan) {
        let (quiet, busy) = self.shape.tickets;
        let span = session.issue_until.since(session.issue_from);
        let of_day = self.luck.between(quiet, busy);
        // On a Saturday fewer come, for fewer items.
        let of_day = if plan.items.is_some() { of_day / 5 } else { of_day };
        for _ in 0..of_day * span.0 / DAY.0 {
            // Most come early, and some at the last moment.
            let at = if self.luck.chance(40) {
                span.0.saturating_sub(self.luck.below(LAST_MOMENT.0))
            } else {
                self.luck.below(span.0).min(self.luck.below(span.0 * 2))
            };
            self.later(Millis(at), Next::Comes);
        }
        for _ in 0..BOOKINGS {
            let at = self.luck.below(span.0);
            self.later(Millis(at), Next::Books);
        }
    }

    fn item(&mut self) -> (ItemId, QueueId) {
        let at = self.luck.weighted(&self.wanted);
        let item = &self.profile.setup.items()[at];
        (item.id, item.queue)
    }

    pub(super) fn comes(&mut self) {
        let (item, queue) = self.item();
        let (class, reason) = match self.luck.below(1_000) {
            0..15 => (PriorityClass::Military, Some(GrantReason::Veteran)),
            15..70 => (PriorityClass::Vulnerable, Some(GrantReason::Elderly)),
            _ => (PriorityClass::Ordinary, None),
        };
        let (channel, device) = match self.luck.below(100) {
            0..8 => (Channel::GuideDesk, "guide-1".to_owned()),
            8..11 => (Channel::Window, "desks".to_owned()),
            _ => (Channel::Kiosk, format!("kiosk-{}", self.luck.between(1, 4))),
        };
        let agents: Vec<_> =
            self.profile.setup.parts().staff.iter().filter(|staff| staff.agent).collect();
        let agent = if self.luck.chance(20) {
            self.luck.pick(&agents).copied().map(|staff| staff.no)
        } else {
            None
        };
        let purpose =
            if self.luck.chance(40) { Purpose::Several(vec![self.item().0]) } else { Purpose::One };
        let paper = channel == Channel::Kiosk && self.luck.chance(800);
        let issue = Issue {
            queue,
            item: Some(item),
            channel,
            class,
            grounds: Grounds { reason, note: None },
            paper,
            person: None,
            agent,
            purpose,
            silent: false,
            estimate: None,
        };
        let device: DeviceId = device.parse().expect("a name of a device is valid");
        let answer = self.ask(Actor::Device(device), Command::Issue(issue));
        if let Some(Answer::Issued(ticket)) = answer {
            self.taken(ticket, paper);
        }
    }

    fn taken(&mut self, ticket: TicketId, paper: bool) {
        self.lived.tickets += 1;
        if paper {
            self.in_secs(2, 4, Next::Printed(ticket));
        } else {
            self.offer();
        }
        if self.luck.chance(10) {
            self.in_secs(60, 3_000, Next::GivesUp(ticket));
        }
    }

    pub(super) fn printed(&mut self, ticket: TicketId) {
        let command = if self.luck.chance(3) {
            Command::FailPrint { ticket }
        } else {
            Command::ConfirmPrint { ticket, certain: true }
        };
        self.ask(Actor::Hall, command);
        if self.luck.chance(5) {
            self.ask(Actor::Hall, Command::Reprint { ticket });
        }
        self.offer();
    }

    pub(super) fn comes_back(&mut self, ticket: TicketId) {
        self.ask(Actor::Hall, Command::Reactivate { ticket });
        self.offer();
    }

    pub(super) fn books(&mut self) {
        let rules = &self.profile.setup.rules().booking;
        let days = self.daybook.bookable(rules, self.now);
        let at = self.luck.below(days.len() as u64) as usize;
        let slots = &rules.slots;
        let which = self.luck.below(slots.len() as u64) as usize;
        let (Some(day), Some(slots)) = (days.get(at), slots.get(which)) else { return };
        let each: Vec<_> = slots.each().map(|(from, _)| from).collect();
        let Some(from) = self.luck.pick(&each).copied() else { return };
        let begins = from.after(day.begins);
        let book = Book {
            booker: None,
            agent: None,
            queue: slots.queue,
            item: slots.item,
            day: day.day,
            from,
            channel: Channel::GuideDesk,
            days: days.clone(),
        };
        let Some(Answer::Booking(no)) = self.ask(Actor::Hall, Command::Book(book)) else { return };
        if self.luck.chance(30) {
            self.ask(Actor::Hall, Command::CancelBooking { booking: BookingRef::No(no) });
        } else if self.luck.chance(850) {
            let early = Millis(self.luck.below(25 * 60_000));
            let at = Timestamp(begins.0 + 10 * 60_000 - early.0.cast_signed());
            self.later(at.since(self.now), Next::ComesForBooking(no));
        }
    }

    pub(super) fn comes_for(&mut self, no: BookingNo) {
        let check_in = CheckIn {
            booking: BookingRef::No(no),
            booker: None,
            person: None,
            channel: Channel::Kiosk,
            class: PriorityClass::Ordinary,
            grounds: Grounds::default(),
            paper: false,
            late_as_walk_in: true,
            estimate: None,
        };
        let kiosk = Actor::Device("kiosk-1".parse().expect("a literal id is valid"));
        if let Some(Answer::Issued(ticket)) = self.ask(kiosk, Command::CheckIn(check_in)) {
            self.taken(ticket, false);
        }
    }
}
