//! A model is made of a hall, what was learned of it, and the calendar.

use alloc::vec::Vec;

use super::{
    super::{
        arithmetic::{below, sqrt},
        learned::{Learned, Service},
        outlook::Outlook,
        pace::Today,
    },
    CLASSES, Expected, Habits, Kind, Lasting, Limited, Model, NONE, Person, PostState, QueueLine,
    pause_law, people, windows,
};
use crate::{
    Hall,
    ids::{ItemId, QueueId, TicketId},
    limits::QUEUES_MAX,
    order::{Returned, Standing},
    time::Timestamp,
    words::{PauseReason, PriorityClass, TicketState, people::BookingState},
};

/// People in the hall past which nobody runs it forward.
pub(super) const PEOPLE_MAX: usize = 4_000;

/// A model with what is still needed to put somebody in.
pub(crate) struct Making<'h> {
    pub hall: &'h Hall,
    pub learned: &'h Learned,
    pub today: Today,
    pub outlook: &'h Outlook,
    pub now: Timestamp,
    pub kinds: Vec<(QueueId, Option<ItemId>)>,
}

impl Making<'_> {
    pub fn kind(&self, queue: QueueId, item: Option<ItemId>) -> Option<u16> {
        let place = self.kinds.binary_search(&(queue, item)).ok();
        place.or_else(|| self.kinds.binary_search(&(queue, None)).ok()).map(|at| at as u16)
    }

    pub fn queue(&self, id: QueueId) -> Option<u8> {
        let place = self.hall.setup().queues().iter().position(|queue| queue.id == id)?;
        Some(place as u8)
    }
}

impl Model {
    /// A hall at a moment; none if it is too strange to be run forward.
    #[must_use]
    pub fn of(
        hall: &Hall,
        now: Timestamp,
        learned: &Learned,
        today: Today,
        outlook: &Outlook,
    ) -> Option<Self> {
        let setup = hall.setup();
        if hall.day().is_none() || setup.queues().len() > QUEUES_MAX {
            return None;
        }
        let of_queues = setup.queues().iter().map(|queue| (queue.id, None));
        let of_items = hall.items().map(|item| (item.queue, Some(item.id)));
        // Who is sent on takes the item along to a queue that has none of its own.
        let known = |service: &&Service| {
            let item = service.item;
            setup.queue(service.queue).is_some() && item.is_none_or(|it| setup.item(it).is_some())
        };
        let learned_of = learned.services.iter().filter(known).map(|it| (it.queue, it.item));
        let waiting = hall.tickets().filter(|ticket| ticket.state == TicketState::Waiting);
        let mut kinds: Vec<_> =
            of_queues.chain(of_items).chain(waiting.map(|it| (it.queue(), it.item))).collect();
        kinds.extend(learned_of);
        kinds.sort_unstable();
        kinds.dedup();
        let making = Making { hall, learned, today, outlook, now, kinds };
        let mut model = Self {
            setup: setup.clone(),
            now: now.0,
            kinds: kinds_of(&making)?,
            names: names(&making)?,
            queues: setup.queues().iter().map(|_| QueueLine::default()).collect(),
            posts: Vec::new(),
            lists: Vec::new(),
            changes: Vec::new(),
            people: Vec::new(),
            held: Vec::new(),
            asked_from: u32::MAX,
            coming: people::coming(&making),
            mixes: people::mixes(&making),
            classes: classes(learned),
            bookings: Vec::new(),
            habits: habits(&making),
            onward: onward(&making),
            limited: limited(&making),
        };
        windows::put(&mut model, &making)?;
        model.put_waiting(&making)?;
        model.put_held(&making);
        model.put_bookings(&making);
        Some(model)
    }

    /// Puts somebody in who would take a ticket now, behind everybody of the same class.
    #[must_use]
    pub fn with_newcomer(
        mut self,
        (queue, item): (QueueId, Option<ItemId>),
        class: PriorityClass,
        since: Timestamp,
    ) -> Option<(Self, u32)> {
        let place = self.setup.queues().iter().position(|each| each.id == queue)?;
        let known = |setup: &crate::setup::Setup| item.and_then(|item| setup.item(item)).is_some();
        let kind = self.kind_of(place as u8, item.filter(|_| known(&self.setup)))?;
        let person = Person {
            place: since.0.max(self.now),
            came: since.0.max(self.now),
            kind,
            to: NONE,
            class,
        };
        let target = self.put(person, None)?;
        Some((self, target))
    }

    /// Asks about somebody who would take a ticket now, and takes no time of a window: so many can be
    /// asked about at once, and none is in another's way. None if the queue is not the hall's, the
    /// model is full, or no window serves this person, now or later today.
    pub fn ask_about(
        &mut self,
        (queue, item): (QueueId, Option<ItemId>),
        class: PriorityClass,
    ) -> Option<u32> {
        let place = self.setup.queues().iter().position(|each| each.id == queue)?;
        let kind = self.kind_of(place as u8, item).or_else(|| self.kind_of(place as u8, None))?;
        let person = Person { place: self.now, came: self.now, kind, to: NONE, class };
        if !self.is_served(&person) {
            return None;
        }
        self.asked_from = self.asked_from.min(self.people.len() as u32);
        self.put(person, None)
    }

    /// Items that not every window of their queue handles: who comes for one waits longer than others.
    pub fn items_apart(&self) -> impl Iterator<Item = ItemId> {
        let differs = |kind: usize, whole: usize| {
            let able = self.posts.iter().filter_map(|post| post.able.as_ref());
            able.clone().any(|able| able[kind] != able[whole])
        };
        self.names.iter().enumerate().filter_map(move |(kind, (queue, item))| {
            let whole = self.names.iter().position(|name| *name == (*queue, None))?;
            item.filter(|_| differs(kind, whole))
        })
    }

    /// A window serves this person, now or later today.
    pub(crate) fn is_served(&self, person: &Person) -> bool {
        let queue = self.kinds[usize::from(person.kind)].queue;
        let has = |lists: u16| lists != NONE && self.lists[usize::from(lists)].has(queue);
        self.posts.iter().enumerate().any(|(at, post)| {
            let is_there = !matches!(post.state, PostState::Off);
            let mut later = self.changes.iter().filter(|change| usize::from(change.post) == at);
            let may = post.may_serve(person.kind, person.class);
            may && (is_there && has(post.lists) || later.any(|change| has(change.lists)))
        })
    }

    /// Where a ticket that waits stands in the model.
    #[must_use]
    pub fn place_of(hall: &Hall, ticket: TicketId) -> Option<u32> {
        let waits = |state| state == TicketState::Waiting;
        if !waits(hall.ticket(ticket)?.state) {
            return None;
        }
        let before = hall.tickets().take_while(|each| each.id < ticket);
        Some(before.filter(|each| waits(each.state)).count() as u32)
    }

    fn kind_of(&self, queue: u8, item: Option<ItemId>) -> Option<u16> {
        let place = self.names.iter().position(|name| *name == (queue, item));
        place.map(|at| at as u16)
    }

    fn put_waiting(&mut self, making: &Making) -> Option<()> {
        let hall = making.hall;
        let mut behind: Vec<(TicketId, u64)> = Vec::new();
        for (place, queue) in hall.setup().queues().iter().enumerate() {
            let Some(now) = hall.queue(queue.id) else { continue };
            self.queues[place].called = now.called;
            behind.extend(Standing::returned(now).map(|each| (each.place.1, each.after)));
        }
        for ticket in hall.tickets().filter(|ticket| ticket.state == TicketState::Waiting) {
            let leg = ticket.leg();
            let after = behind.iter().find(|(id, _)| *id == ticket.id).map(|(_, after)| *after);
            let windows = || hall.setup().windows().iter();
            let to = leg.to.and_then(|to| windows().position(|window| window.id == to));
            let person = Person {
                place: leg.place.0,
                came: leg.entered.0,
                kind: making.kind(leg.queue, ticket.item)?,
                to: to.map_or(NONE, |at| at as u16),
                class: ticket.class,
            };
            self.put(person, after)?;
        }
        Some(())
    }

    fn put(&mut self, person: Person, after: Option<u64>) -> Option<u32> {
        let id = self.people.len();
        if id >= PEOPLE_MAX {
            return None;
        }
        let queue = &mut self.queues[usize::from(self.kinds[usize::from(person.kind)].queue)];
        let place = (Timestamp(person.place), TicketId(id as u64));
        if let Some(after) = after {
            queue.returned.push(Returned { after, place, class: person.class });
            queue.returned.sort_unstable();
        } else {
            let line = &mut queue.lines[person.class as usize];
            let at = line.partition_point(|each| *each < place);
            line.insert(at, place);
        }
        queue.waiting += 1;
        self.people.push(person);
        Some(id as u32)
    }

    fn put_held(&mut self, making: &Making) {
        let windows = || making.hall.setup().windows().iter();
        for (id, held) in making.hall.state.held.iter() {
            let Some(ticket) = making.hall.ticket(id) else { continue };
            let (leg, kind) = (ticket.leg(), making.kind(ticket.queue(), ticket.item));
            let post = windows().position(|window| window.id == held.window);
            let Some((post, kind)) = post.zip(kind) else { continue };
            let kind = self.kinds[usize::from(kind)];
            let law = (kind.mean_log + self.posts[post].longer, kind.deviation);
            let begun = leg.summoned.unwrap_or(held.since);
            let lasted = held.since.since(begun).0.saturating_sub(leg.held.0);
            self.held.push((post as u16, Lasting::new(law, lasted as i64)));
        }
    }

    fn put_bookings(&mut self, making: &Making) {
        let hall = making.hall;
        let to_come = hall.bookings().filter(|each| each.state == BookingState::Booked);
        let of_day = to_come.filter(|each| Some(each.booked.slot.day) == hall.day());
        let late = of_day.filter(|each| each.booked.slot.until > making.now);
        let mut expected: Vec<Expected> = late
            .filter_map(|each| {
                let kind = making.kind(each.booked.queue, each.booked.item)?;
                let slot = each.booked.slot.from.0;
                let past = (self.now - slot) as f64 - self.habits.booked_after;
                let opened = self.now > slot - self.habits.check_in_before;
                let over = if opened { below(past / self.habits.booked_deviation) } else { 0.0 };
                Some(Expected { slot, kind, over })
            })
            .collect();
        expected.sort_unstable_by_key(|each| each.slot);
        self.bookings = expected;
    }
}

fn kinds_of(making: &Making) -> Option<Vec<Kind>> {
    let kind = |(queue, item): &(QueueId, Option<ItemId>)| {
        let (mean, variance) = making.learned.service(making.hall.setup(), *queue, *item);
        let deviation = sqrt(variance);
        Some(Kind {
            queue: making.queue(*queue)?,
            mean_log: mean + making.today.longer,
            deviation,
            doubt: making.learned.doubt_of_service(*queue, *item),
        })
    };
    making.kinds.iter().map(kind).collect()
}

fn names(making: &Making) -> Option<Vec<(u8, Option<ItemId>)>> {
    making.kinds.iter().map(|(queue, item)| Some((making.queue(*queue)?, *item))).collect()
}

/// 限号 that holds now.
fn limited(making: &Making) -> Vec<Limited> {
    let queues = making.hall.setup().queues();
    let place = |id| queues.iter().position(|each| each.id == id);
    let limits = making.hall.issue_limits().filter_map(|(queue, limit)| {
        Some(Limited {
            queue: place(queue)? as u8,
            more: limit.left(),
            from: 0,
            until: limit.until.0,
        })
    });
    limits.collect()
}

fn classes(learned: &Learned) -> [f64; CLASSES] {
    let mut sum = 0.0;
    learned.arrivals.classes.map(|share| {
        sum += share;
        sum
    })
}

fn onward(making: &Making) -> Vec<Vec<(f64, u16)>> {
    let queues = making.hall.setup().queues().iter();
    let of = |queue: QueueId| {
        let mut sum = 0.0;
        let from = making.learned.onward.iter().filter(|each| each.from == queue);
        from.filter_map(|each| {
            sum += each.share;
            Some((sum, making.kind(each.to, each.item)?))
        })
        .collect()
    };
    queues.map(|queue| of(queue.id)).collect()
}

fn habits(making: &Making) -> Habits {
    let learned = making.learned;
    let rules = &making.hall.setup().rules().booking;
    // Lunch by turns is known beforehand; where it is not, its pauses come at no time that one
    // could foresee.
    let unplanned = learned.pauses.iter().filter(|each| each.reason != PauseReason::Meal);
    let (rate, weighted) = unplanned.fold((0.0, 0.0), |sum, each| {
        (sum.0 + each.per_hour, sum.1 + each.per_hour * each.mean_secs)
    });
    let minutes = |minutes: u32| i64::from(minutes) * 60_000;
    Habits {
        absent: learned.absence.by_wait,
        absent_holds: learned.absence.holds_secs * 1_000.0,
        comes_back: learned.absence.come_back,
        turnaround: learned.turnaround_secs * 1_000.0,
        leave_rate: learned.strays.leave_per_hour / 3_600_000.0,
        chosen: learned.strays.by_hand,
        held: learned.strays.held,
        held_for: learned.strays.held_secs * 1_000.0,
        pause_rate: rate / 3_600_000.0,
        pause_law: pause_law(if rate > 0.0 { weighted / rate * 1_000.0 } else { 0.0 }),
        booked_kept: learned.bookings.kept,
        booked_after: learned.bookings.after_secs * 1_000.0,
        booked_deviation: (learned.bookings.after_deviation_secs * 1_000.0).max(1_000.0),
        check_in_before: minutes(rules.check_in_before_minutes),
        check_in_after: minutes(rules.check_in_after_minutes),
    }
}
