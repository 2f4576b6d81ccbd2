//! What goes another way than the order says: people who give their number back, whom a clerk calls by
//! hand, and who are away for a moment in the middle of a service.

use super::{Run, agenda::Event, floor::Line};
use crate::{
    forecast::{
        chance::{Chance, Whose},
        model::{Model, NEVER, NONE},
    },
    ids::TicketId,
    order::Choice,
    time::Timestamp,
    words::{QueueList, WhyRule},
};

/// Nobody gives a number back later than this.
const PATIENCE_MAX: f64 = 14_400_000.0;

impl Run {
    /// Plans when somebody gives the number back, if that comes soon enough to matter.
    pub(super) fn plan_leaving(&mut self, model: &Model, id: usize, now: i64) {
        let rate = model.habits.leave_rate;
        if rate > 0.0 {
            let patience = self.luck[id].exponential(1.0 / rate);
            if patience < PATIENCE_MAX {
                self.agenda.plan(now + patience as i64, Event::Leaves(id as u32));
            }
        }
    }

    /// 取消. Of somebody who asks it is known that the number is wanted: the place in the line stays, so
    /// that the call is seen, and takes no time from others.
    pub(super) fn leaves(&mut self, model: &Model, id: u32) {
        let at = id as usize;
        if !self.waits[at] || model.is_asked(at) {
            return;
        }
        let person = self.people[at];
        if self.called.get(at).is_some_and(|called| *called == -NEVER) {
            self.gone[at] = true;
            self.count.gave_up(at, person.came);
            return;
        }
        let queue = usize::from(model.kinds[usize::from(person.kind)].queue);
        let place = (Timestamp(person.place), TicketId(u64::from(id)));
        self.queues[queue].give_up(place, person.class);
        self.waits[at] = false;
        if person.to != NONE {
            self.sent.retain(|(_, waiting)| *waiting != id);
        }
        self.count.gave_up(at, person.came);
    }

    /// True for somebody who stands in a line only to be asked about.
    pub(super) fn is_asked(&self, model: &Model, id: usize) -> bool {
        model.is_asked(id) || self.gone.get(id).copied().unwrap_or(false)
    }

    /// 选呼: now and then a clerk calls somebody of the window's own queues by hand.
    pub(super) fn by_hand(&mut self, model: &Model, post: usize) -> Option<Choice> {
        let share = model.habits.chosen;
        if share <= 0.0 || !self.windows[post].luck.happens(share) {
            return None;
        }
        let lists = &model.lists[usize::from(self.windows[post].lists)];
        let part = self.windows[post].luck.part();
        let of = |queue: &u8| &self.queues[usize::from(*queue)];
        let everybody = || {
            let all = lists.primary.iter().map(of).flat_map(Line::everybody);
            all.filter(|head| !self.is_asked(model, head.place.1.0 as usize))
        };
        let place = (part * everybody().count() as f64) as usize;
        let head = everybody().nth(place)?;
        let person = self.people[head.place.1.0 as usize];
        let able = person.to == NONE && model.posts[post].may_serve(person.kind, head.class);
        able.then_some(Choice { head, rule: WhyRule::Chosen, list: QueueList::Chosen })
    }

    /// 挂起: those who are away now come back some time.
    pub(super) fn begin_held(&mut self, model: &Model) {
        self.held.clear();
        self.back.clear();
        for (at, (post, service)) in model.held.iter().enumerate() {
            let mut luck = Chance::of(self.seed, Whose::Held, at);
            let away = luck.exponential(model.habits.held_for.max(1.0)) as i64;
            let rest = service.rest(&mut luck) as i64;
            self.hold(*post, rest, model.now + away);
        }
    }

    /// Somebody goes away for a moment and is served on at this window.
    pub(super) fn hold(&mut self, post: u16, rest: i64, back: i64) {
        self.agenda.plan(back, Event::Back(self.held.len() as u32));
        self.held.push((post, rest));
    }

    /// 回呼: whoever is back is served before anybody is called.
    pub(super) fn comes_back(&mut self, model: &Model, held: u32, now: i64) {
        let (post, rest) = self.held[held as usize];
        self.back.push((post, rest));
        if self.windows[usize::from(post)].is_idle {
            self.wake(post);
            self.free(model, post, now);
        }
    }

    /// The rest of a service for which somebody is back, if there is one at this window.
    pub(super) fn serve_on(&mut self, post: u16) -> Option<i64> {
        let at = self.back.iter().position(|(to, _)| *to == post)?;
        Some(self.back.remove(at).1)
    }
}
