//! The queue's length: the work that stands before somebody, as far as the windows do it that serve
//! this person too, by the number of these windows.

use super::{
    arithmetic::exp,
    ask::{Forecast, Source},
    learned::wait_step,
    model::{Model, NONE, Person, Post, PostState},
};
use crate::{
    ids::TicketId,
    order::standing,
    time::{Millis, Timestamp},
};

/// The range is this part of the wait …
const LOW: f64 = 0.7;

/// … to this.
const HIGH: f64 = 1.4;

/// The answer for somebody of a model; none if no window serves this person, now or later today.
pub(crate) fn of(model: &Model, target: u32) -> Option<Forecast> {
    let person = *model.people.get(target as usize)?;
    let mine = |post: &&Post| works(model, post) && serves(model, post, &person);
    let windows = model.posts.iter().filter(mine).count() as f64;
    if windows == 0.0 {
        return None;
    }
    let rank = |person: &Person, id: u32| {
        let (now, place) = (Timestamp(model.now), Timestamp(person.place));
        let rules = model.setup.rules();
        (standing(rules, person.class, place, now), (place, TicketId(u64::from(id))))
    };
    let my_rank = rank(&person, target);
    let mut work = 0.0;
    let mut somebody = false;
    for (id, other) in model.people.iter().enumerate() {
        let is_me = id as u32 == target || model.is_asked(id);
        if is_me || rank(other, id as u32) > my_rank {
            continue;
        }
        let able =
            model.posts.iter().filter(|post| works(model, post) && serves(model, post, other));
        let (all, shared) = able.fold((0.0, 0.0), |(all, shared), post| {
            (all + 1.0, shared + f64::from(u8::from(serves(model, post, &person))))
        });
        if shared == 0.0 {
            continue;
        }
        somebody = true;
        let absent = model.habits.absent[wait_step((model.now - other.came) as f64)];
        let takes = mean(model, other.kind) * (1.0 - absent) + model.habits.absent_holds * absent;
        work += shared / all * (takes + model.habits.turnaround);
    }
    let free = model.posts.iter().filter(mine).any(|post| matches!(post.state, PostState::Free));
    let kind = model.kinds[usize::from(person.kind)];
    // What is left of the service at the window that is free first: half the mean of squares.
    let left = mean(model, person.kind) * exp(kind.deviation * kind.deviation) / 2.0;
    let opens = opens_in(model, &person);
    let wait = work / windows + if free && !somebody { 0.0 } else { left / windows } + opens;
    let of = |part: f64| Millis((wait * part) as u64);
    Some(Forecast {
        low: of(LOW),
        mid: of(1.0),
        high: of(HIGH),
        source: Source::QueueLength,
        runs: 0,
        doubtful: false,
    })
}

fn mean(model: &Model, kind: u16) -> f64 {
    let kind = model.kinds[usize::from(kind)];
    exp(kind.mean_log + kind.deviation * kind.deviation / 2.0)
}

/// A window that calls now or will.
fn works(model: &Model, post: &Post) -> bool {
    !matches!(post.state, PostState::Off | PostState::Paused(_))
        && post.shut_until(model.now).is_none()
}

fn serves(model: &Model, post: &Post, person: &Person) -> bool {
    let queue = model.kinds[usize::from(person.kind)].queue;
    post.lists != NONE
        && model.lists[usize::from(post.lists)].has(queue)
        && post.may_serve(person.kind, person.class)
}

/// How long until the first window of this person opens, if none has.
fn opens_in(model: &Model, person: &Person) -> f64 {
    let mine = model.posts.iter().filter(|post| serves(model, post, person));
    let from = mine.filter_map(|post| match post.state {
        PostState::From(at) => Some(at - model.now),
        PostState::Free | PostState::Serving(_) | PostState::Calling { .. } => Some(0),
        PostState::Off | PostState::Paused(_) => None,
    });
    from.min().unwrap_or(0).max(0) as f64
}
