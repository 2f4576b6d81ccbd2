//! One run forward: the model's hall goes on, with chance for what nobody knows, until those have
//! been called who were asked about, or everybody of a span. Who is called is decided by the hall's
//! own order.
//!
//! Room is made once and used for every run: inside a run nothing is allocated once it is large
//! enough.

mod agenda;
mod comers;
mod count;
mod floor;
mod strays;
#[cfg(test)]
mod tests;

#[cfg(test)]
pub(crate) use self::tests::whom_a_run_calls;

use alloc::vec::Vec;

use self::{
    agenda::{Agenda, Event},
    count::Count,
    floor::{AtPost, Line},
};
use super::{
    chance::{Chance, Whose},
    learned::wait_step,
    model::{Model, NEVER, NONE, Person, PostState},
};
use crate::{
    ids::TicketId,
    order::{self, Choice, Returned, Turns},
    state::queue::Head,
    time::Timestamp,
    words::PriorityClass,
};

pub(crate) use self::count::{QueueCount, Span};

/// Who did not come comes back after so long in the mean.
const COMES_BACK_AFTER: f64 = 300_000.0;

/// What came of asking after everybody wanted, or of a budget that was spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Everybody was called, or never will be.
    Done,
    /// The steps were spent.
    Spent,
}

/// Room for runs.
#[derive(Debug, Default)]
pub(crate) struct Run {
    agenda: Agenda,
    queues: Vec<Line>,
    windows: Vec<Window>,
    people: Vec<Person>,
    /// The row of chance of each of them.
    luck: Vec<Chance>,
    waits: Vec<bool>,
    /// Who has given up the number and is asked about all the same.
    gone: Vec<bool>,
    /// Who waits for one window only.
    sent: Vec<(u16, u32)>,
    idle: Vec<u16>,
    /// Who went away in the middle of a service: where it goes on, and what is left of it.
    held: Vec<(u16, i64)>,
    /// Who of them is back.
    back: Vec<(u16, i64)>,
    /// How far off this run takes the means of services to be, by kind and by window.
    off: Vec<f64>,
    posts_off: Vec<f64>,
    heads: Vec<Head>,
    /// When each of those was called whom somebody asks about.
    pub called: Vec<i64>,
    /// Everybody of a span, if that is asked.
    pub count: Count,
    wanted: usize,
    comers: Chance,
    /// 限号: numbers taken under each limit.
    given: Vec<u32>,
    seed: u64,
    coming: usize,
    booking: usize,
    pub steps: u64,
}

#[derive(Debug, Clone)]
struct Window {
    lists: u16,
    turns: Turns,
    free_since: i64,
    pause_at: i64,
    luck: Chance,
    is_idle: bool,
    /// It is planned when it could call next.
    is_planned: bool,
}

impl Run {
    /// Runs forward until the first `targets.len()` answers are known, and everybody of the span
    /// that is counted; `targets` are places in the model's people.
    pub fn forward(
        &mut self,
        model: &Model,
        targets: &[u32],
        seed: u64,
        (until, steps_max): (i64, u64),
    ) -> Ended {
        self.begin(model, targets, seed);
        while self.wanted > 0 || self.count.is_on() {
            let Some((at, event)) = self.agenda.take() else { break };
            if at > until || self.wanted == 0 && self.count.is_complete(at) {
                break;
            }
            if self.steps >= steps_max {
                return Ended::Spent;
            }
            self.steps += 1;
            match event {
                Event::Free(post) => self.free(model, post, at),
                Event::Lists(change) => self.change(model, usize::from(change), at),
                Event::Comes => self.somebody_comes(model, at),
                Event::Slot => self.slot_nears(model, at),
                Event::Booked(booking) => self.booked_comes(model, usize::from(booking), at),
                Event::Returns(person) => self.returns(model, person, at),
                Event::Onward(person) => self.goes_on(model, person, at),
                Event::Leaves(person) => self.leaves(model, person),
                Event::Back(held) => self.comes_back(model, held, at),
            }
        }
        if self.count.is_on() {
            self.count.close(model, &self.people, &self.waits, until);
        }
        Ended::Done
    }

    fn begin(&mut self, model: &Model, targets: &[u32], seed: u64) {
        self.seed = seed;
        self.comers = Chance::of(seed, Whose::Comers, 0);
        self.given.clear();
        self.given.resize(model.limited.len(), 0);
        self.agenda.clear(model.now);
        self.queues.resize_with(model.queues.len(), Line::default);
        self.queues.iter_mut().zip(&model.queues).for_each(|(line, now)| line.begin(now));
        self.people.clear();
        self.people.extend_from_slice(&model.people);
        self.luck.clear();
        self.luck.extend((0..model.people.len()).map(|at| Chance::of(seed, Whose::Waiting, at)));
        self.waits.clear();
        self.waits.resize(model.people.len(), true);
        self.gone.clear();
        self.gone.resize(model.people.len(), false);
        self.sent.clear();
        for (at, person) in model.people.iter().enumerate().filter(|(_, it)| it.to != NONE) {
            self.sent.push((person.to, at as u32));
        }
        self.called.clear();
        self.called.resize(model.people.len(), NEVER);
        self.wanted = targets.len();
        // Whoever is asked about is marked by a moment before all others.
        targets.iter().for_each(|target| self.called[*target as usize] = -NEVER);
        self.count.begin(model);
        self.idle.clear();
        self.windows.clear();
        let mut means = Chance::of(seed, Whose::Means, 0);
        self.off.clear();
        self.off.extend(model.kinds.iter().map(|kind| kind.doubt * means.normal()));
        self.posts_off.clear();
        self.posts_off.extend(model.posts.iter().map(|post| post.doubt * means.normal()));
        self.coming = 0;
        self.booking = 0;
        for (change, each) in model.changes.iter().enumerate() {
            self.agenda.plan(each.at, Event::Lists(change as u16));
        }
        for at in 0..model.posts.len() {
            self.begin_post(model, at);
        }
        self.begin_held(model);
        for id in 0..model.people.len() {
            self.plan_leaving(model, id, model.now);
        }
        self.next_comes(model, model.now);
        self.next_slot(model);
    }

    fn begin_post(&mut self, model: &Model, at: usize) {
        let (post, now) = (&model.posts[at], model.now);
        let habits = &model.habits;
        let mut luck = Chance::of(self.seed, Whose::Window, at);
        let pause_at = if habits.pause_rate > 0.0 {
            now + luck.exponential(1.0 / habits.pause_rate).min(1e11) as i64
        } else {
            NEVER
        };
        let free = match post.state {
            PostState::Off => NEVER,
            PostState::From(at) => at,
            PostState::Free => now,
            PostState::Paused(pause) => {
                post.shut_until(now).unwrap_or_else(|| now + pause.rest(&mut luck) as i64)
            }
            PostState::Calling { since, absent, .. } if luck.happens(absent) => {
                (since + habits.absent_holds as i64).max(now + 1_000)
            }
            PostState::Serving(service) | PostState::Calling { service, .. } => {
                now + (service.rest(&mut luck) + habits.turnaround) as i64
            }
        };
        self.windows.push(Window {
            lists: post.lists,
            turns: post.turns,
            free_since: now,
            pause_at,
            luck,
            is_idle: false,
            is_planned: false,
        });
        if free < NEVER {
            self.plan_free(at as u16, free);
        }
    }

    /// A window could call: it does, waits for somebody, or is away.
    fn free(&mut self, model: &Model, at: u16, now: i64) {
        let post = usize::from(at);
        self.windows[post].is_planned = false;
        if self.windows[post].lists == NONE {
            return;
        }
        if let Some(until) = self.away_until(model, post, now) {
            self.plan_free(at, until);
            return;
        }
        if let Some(rest) = self.serve_on(at) {
            self.plan_free(at, now + rest + model.habits.turnaround as i64);
            return;
        }
        match self.by_hand(model, post).or_else(|| self.by_order(model, at, now)) {
            Some(choice) => self.call(model, at, choice, now),
            None => {
                let window = &mut self.windows[post];
                window.is_idle = true;
                window.free_since = now;
                self.idle.push(at);
            }
        }
    }

    fn by_order(&mut self, model: &Model, at: u16, now: i64) -> Option<Choice> {
        let mut heads = core::mem::take(&mut self.heads);
        let choice = order::choose(&AtPost { model, run: self, at }, &mut heads, Timestamp(now));
        self.heads = heads;
        choice
    }

    /// Until when a window that could call is without its clerk.
    fn away_until(&mut self, model: &Model, post: usize, now: i64) -> Option<i64> {
        if let Some(until) = model.posts[post].shut_until(now) {
            return Some(until);
        }
        let window = &mut self.windows[post];
        if window.pause_at > now {
            return None;
        }
        let habits = &model.habits;
        let (mean_log, deviation) = habits.pause_law;
        let until = now + window.luck.lognormal(mean_log, deviation) as i64;
        let next = window.luck.exponential(1.0 / habits.pause_rate).min(1e11) as i64;
        window.pause_at = until + next;
        Some(until)
    }

    fn call(&mut self, model: &Model, at: u16, choice: Choice, now: i64) {
        let post = usize::from(at);
        let id = choice.head.place.1.0 as usize;
        let person = self.people[id];
        let queue = usize::from(model.kinds[usize::from(person.kind)].queue);
        self.queues[queue].leave(choice.head);
        self.waits[id] = false;
        if person.to != NONE {
            self.sent.retain(|(_, waiting)| *waiting as usize != id);
        }
        if let Some(called) = self.called.get_mut(id).filter(|called| **called == -NEVER) {
            *called = now;
            self.wanted -= 1;
        }
        if self.is_asked(model, id) {
            self.plan_free(at, now);
            return;
        }
        self.queues[queue].called += 1;
        let window = &mut self.windows[post];
        window.turns = window.turns.after(choice.head.class, choice.rule);
        self.count.called(id, queue, person.came, now);
        let habits = &model.habits;
        let step = wait_step((now - person.came) as f64);
        let luck = &mut self.luck[id];
        let takes = if luck.happens(habits.absent[step]) {
            if luck.happens(habits.comes_back) {
                let after = habits.absent_holds + luck.exponential(COMES_BACK_AFTER);
                self.agenda.plan(now + after as i64, Event::Returns(id as u32));
            }
            habits.absent_holds
        } else {
            let kind = model.kinds[usize::from(person.kind)];
            let off = self.off[usize::from(person.kind)] + self.posts_off[post];
            let mean_log = kind.mean_log + model.posts[post].longer + off;
            let takes = luck.lognormal(mean_log, kind.deviation);
            let is_held = habits.held > 0.0 && luck.happens(habits.held);
            let (first, away) = if is_held {
                (takes * luck.part(), luck.exponential(habits.held_for.max(1.0)))
            } else {
                (takes, 0.0)
            };
            if !model.onward[queue].is_empty() {
                let ends = now + (takes + away) as i64;
                self.agenda.plan(ends, Event::Onward(id as u32));
            }
            if is_held {
                self.hold(at, (takes - first) as i64, now + (first + away) as i64);
            }
            first
        };
        self.plan_free(at, now + (takes + habits.turnaround) as i64);
    }

    fn change(&mut self, model: &Model, change: usize, now: i64) {
        let change = model.changes[change];
        let post = usize::from(change.post);
        let was = core::mem::replace(&mut self.windows[post].lists, change.lists);
        if self.windows[post].is_idle {
            self.wake(change.post);
            self.free(model, change.post, now);
        } else if was == NONE && change.lists != NONE && !self.windows[post].is_planned {
            self.plan_free(change.post, now);
        }
    }

    fn plan_free(&mut self, at: u16, when: i64) {
        self.windows[usize::from(at)].is_planned = true;
        self.agenda.plan(when, Event::Free(at));
    }

    fn wake(&mut self, at: u16) {
        self.windows[usize::from(at)].is_idle = false;
        self.idle.retain(|each| *each != at);
    }

    /// Somebody steps into a line; a clerk who waits for somebody sees it.
    fn join(&mut self, model: &Model, person: Person, luck: Chance, now: i64) {
        let id = self.people.len();
        self.people.push(person);
        self.luck.push(luck);
        self.waits.push(true);
        self.count.joined(person.came);
        self.plan_leaving(model, id, now);
        let queue = model.kinds[usize::from(person.kind)].queue;
        let place = (Timestamp(person.place), TicketId(id as u64));
        self.queues[usize::from(queue)].join(person.class, place);
        self.offer(model, id, now);
    }

    /// The window that calls: one of the queue's own first, then whoever has waited longest. A
    /// clerk who turns out to be away leaves it to the next.
    fn offer(&mut self, model: &Model, id: usize, now: i64) {
        let person = self.people[id];
        let queue = model.kinds[usize::from(person.kind)].queue;
        for _ in 0..self.idle.len() {
            let able = |at: &u16| {
                let window = &self.windows[usize::from(*at)];
                model.lists[usize::from(window.lists)].has(queue)
                    && model.posts[usize::from(*at)].may_serve(person.kind, person.class)
            };
            let place = |at: &u16| {
                let window = &self.windows[usize::from(*at)];
                let own = model.lists[usize::from(window.lists)].primary_bits & (1 << queue) != 0;
                (!own, window.free_since, *at)
            };
            let found = self.idle.iter().copied().filter(able).min_by_key(place);
            let Some(at) = found else { return };
            self.wake(at);
            self.free(model, at, now);
            if !self.waits[id] {
                return;
            }
        }
    }

    /// 过号激活: who did not come stands behind a few others.
    fn returns(&mut self, model: &Model, id: u32, now: i64) {
        let person = self.people[id as usize];
        let behind = model.setup.rules().reactivate_behind;
        let queue = usize::from(model.kinds[usize::from(person.kind)].queue);
        let line = &mut self.queues[queue];
        let after = line.called + u64::from(behind);
        let place = (Timestamp(person.place), TicketId(u64::from(id)));
        line.come_back(Returned { after, place, class: person.class });
        self.people[id as usize].to = NONE;
        self.waits[id as usize] = true;
        self.offer(model, id as usize, now);
    }

    /// 转移: after a service some go on to another queue and keep their place.
    fn goes_on(&mut self, model: &Model, id: u32, now: i64) {
        let person = self.people[id as usize];
        let queue = usize::from(model.kinds[usize::from(person.kind)].queue);
        let mut luck = self.luck[id as usize].clone();
        let part = luck.part();
        let to = model.onward[queue].iter().find(|(share, _)| part < *share);
        let Some((_, kind)) = to.copied() else { return };
        let class = PriorityClass::Transferred.min(person.class);
        self.join(model, Person { kind, class, came: now, to: NONE, ..person }, luck, now);
    }
}
