//! Who comes in a run: without a booking, in the course of the day, and with one, about its slot.

use super::{Run, agenda::Event};
use crate::{
    forecast::{
        arithmetic::quantile,
        chance::{Chance, Whose},
        model::{CLASSES, Expected, Model, NONE, Person},
    },
    words::PriorityClass,
};

impl Run {
    pub(super) fn somebody_comes(&mut self, model: &Model, now: i64) {
        let span = &model.coming[self.coming];
        let luck = &mut self.comers;
        let part = luck.part();
        let queue = span.shares.iter().position(|share| part < *share);
        let queue = queue.unwrap_or(span.shares.len().saturating_sub(1));
        let part = luck.part();
        let mix = &model.mixes[queue];
        let kind =
            mix.iter().find(|(share, _)| part < *share).or(mix.last()).map(|(_, kind)| *kind);
        let part = luck.part();
        let class = model.classes.iter().position(|share| part < *share).unwrap_or(CLASSES - 1);
        let own = Chance::new(luck.next());
        if let Some(kind) = kind {
            if !self.gets_number(model, queue as u8, now) {
                self.count.turned_away(queue, now);
            } else {
                let class = PriorityClass::ALL[class];
                let person = Person { place: now, came: now, kind, to: NONE, class };
                self.join(model, person, own, now);
            }
        }
        self.next_comes(model, now);
    }

    /// Takes a number of a queue, if its limits leave one.
    fn gets_number(&mut self, model: &Model, queue: u8, now: i64) -> bool {
        let given = &mut self.given;
        if model.limits_of(queue, now).any(|(at, limit)| given[at] >= limit.more) {
            return false;
        }
        model.limits_of(queue, now).for_each(|(at, _)| given[at] += 1);
        true
    }

    /// Plans who comes next without a booking.
    pub(super) fn next_comes(&mut self, model: &Model, now: i64) {
        let mut from = now;
        while let Some(span) = model.coming.get(self.coming) {
            from = from.max(span.from);
            let at = from + self.comers.exponential(1.0 / span.rate).min(1e11) as i64;
            if at < span.until {
                self.agenda.plan(at, Event::Comes);
                return;
            }
            from = span.until;
            self.coming += 1;
        }
    }

    /// Plans when the next slots near in which somebody may come.
    pub(super) fn next_slot(&mut self, model: &Model) {
        while let Some(expected) = model.bookings.get(self.booking) {
            let opens = expected.slot - model.habits.check_in_before;
            if opens > model.now {
                self.agenda.plan(opens, Event::Slot);
                return;
            }
            self.draw_booked(model, self.booking, model.now);
            self.booking += 1;
        }
    }

    pub(super) fn slot_nears(&mut self, model: &Model, now: i64) {
        let slot = model.bookings[self.booking].slot;
        while model.bookings.get(self.booking).is_some_and(|each| each.slot == slot) {
            self.draw_booked(model, self.booking, now);
            self.booking += 1;
        }
        self.next_slot(model);
    }

    /// Whether and when somebody with a booking comes who has not come yet.
    fn draw_booked(&mut self, model: &Model, booking: usize, now: i64) {
        let habits = &model.habits;
        let Expected { slot, over, .. } = model.bookings[booking];
        let mut luck = Chance::of(self.seed, Whose::Booking, booking);
        let comes = habits.booked_kept * (1.0 - over) / (1.0 - habits.booked_kept * over);
        if !luck.happens(comes) {
            return;
        }
        let part = over + (1.0 - over) * luck.part();
        let after = habits.booked_after + habits.booked_deviation * quantile(part);
        let at = (slot + after as i64).max(slot - habits.check_in_before).max(now);
        self.agenda.plan(at, Event::Booked(booking as u16));
    }

    pub(super) fn booked_comes(&mut self, model: &Model, booking: usize, now: i64) {
        let expected = model.bookings[booking];
        let in_time = now <= expected.slot + model.habits.check_in_after;
        let class = if in_time { PriorityClass::Booked } else { PriorityClass::Ordinary };
        let place = now.max(expected.slot);
        let person = Person { place, came: place, kind: expected.kind, to: NONE, class };
        let mut luck = Chance::of(self.seed, Whose::Booking, booking);
        let luck = Chance::new(luck.next() ^ luck.next());
        self.join(model, person, luck, now);
    }
}
