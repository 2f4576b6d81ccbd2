//! 等候超时, 队列过长, 未配岗.

use super::{ALWAYS, Look, Watch, minutes};
use crate::{
    hall::{
        Hall,
        lists::{Post, lists_at},
    },
    ids::{QueueId, WindowId},
    limits::QUEUES_MAX,
    state::queue::Head,
    time::Timestamp,
    words::alert::{AlertKind, Subject},
};

/// Windows by queue. A queue's id begins with its own letter, which is its place here.
pub(super) struct Counts {
    /// With a clerk who may handle the queue and does not pause.
    open: [u16; QUEUES_MAX],
    /// With a clerk who may handle the queue.
    staffed: [u16; QUEUES_MAX],
    /// Clerks are there, and none for some item that is done in the session.
    left_out: [bool; QUEUES_MAX],
    /// Where the session has a list of items: the queues on it.
    listed: Option<[bool; QUEUES_MAX]>,
    /// Since when the longest waiting waits who can be called now.
    oldest: [Option<Timestamp>; QUEUES_MAX],
}

impl Counts {
    pub fn of(hall: &Hall) -> Self {
        let listed = hall.session_plan().items.as_ref().map(|items| {
            let mut listed = [false; QUEUES_MAX];
            let queues = items.iter().filter_map(|item| place(hall.item(*item)?.queue));
            queues.for_each(|place| listed[place] = true);
            listed
        });
        let (open, staffed) = ([0; QUEUES_MAX], [0; QUEUES_MAX]);
        let (left_out, oldest) = ([false; QUEUES_MAX], [None; QUEUES_MAX]);
        let mut counts = Self { open, staffed, left_out, listed, oldest };
        let mut whole = [false; QUEUES_MAX];
        for (id, queue) in &hall.state.queues {
            let Some(place) = place(*id) else { continue };
            counts.oldest[place] =
                queue.heads_among(|_| true).filter_map(|head| entered(hall, head)).min();
        }
        for (id, now) in hall.state.windows.iter().filter(|(_, now)| now.signed_on.is_some()) {
            let window = hall.setup().window(*id).filter(|window| window.only.is_none());
            let Some(window) = window else { continue };
            let server = hall.server(Some(window), Some(now));
            let queues = lists_at(window, Some(now)).queues();
            for queue in queues.filter(|queue| server.may_handle(*queue, None)) {
                let Some(place) = place(queue) else { continue };
                counts.staffed[place] += 1;
                counts.open[place] += u16::from(now.paused.is_none());
                whole[place] |= server.handles_all_of(queue);
            }
        }
        // Where nobody is authorised for single items, as in most halls, nothing is looked through.
        if (0..QUEUES_MAX).any(|place| counts.staffed[place] > 0 && !whole[place]) {
            let left_out = hall.items_without_window().filter_map(|item| place(item.queue));
            left_out.for_each(|place| counts.left_out[place] = counts.staffed[place] > 0);
        }
        counts
    }
}

/// Since when the longest waiting whom a window could call waits.
pub(super) fn oldest_for(look: &Look, (window, now): Post) -> Option<Timestamp> {
    let id = window.id;
    let (lists, server) = (lists_at(window, now), look.hall.server(Some(window), now));
    if server.serves_all() {
        let oldest = |queue| place(queue).and_then(|place| look.counts.oldest[place]);
        return lists.queues().filter_map(oldest).chain(sent_to(look.hall, id)).min();
    }
    let heads = lists.queues().flat_map(|queue| look.hall.heads_for(server, queue));
    heads.filter_map(|head| entered(look.hall, head)).chain(sent_to(look.hall, id)).min()
}

fn sent_to(hall: &Hall, window: WindowId) -> impl Iterator<Item = Timestamp> {
    hall.sent_to(window).filter_map(|head| entered(hall, head))
}

/// Since when somebody waits here, whatever the place in the order.
fn entered(hall: &Hall, head: Head) -> Option<Timestamp> {
    Some(hall.ticket(head.place.1)?.leg().entered)
}

fn place(queue: QueueId) -> Option<usize> {
    let letter = queue.as_str().bytes().next()?;
    Some(usize::from(letter.checked_sub(b'A')?)).filter(|place| *place < QUEUES_MAX)
}

pub(super) fn subjects(hall: &Hall) -> impl Iterator<Item = (AlertKind, Subject)> {
    const KINDS: [AlertKind; 3] =
        [AlertKind::LongWait, AlertKind::LongQueue, AlertKind::Unassigned];
    let queues = hall.setup().queues().iter();
    queues.flat_map(|queue| KINDS.map(|kind| (kind, Subject::Queue(queue.id))))
}

/// 等候超时.
pub(super) fn long_wait(look: &Look, queue: QueueId) -> Option<Watch> {
    let (oldest, rules) = (look.hall.queue(queue)?.oldest()?, look.hall.setup().rules());
    let (yellow, red) = (rules.wait_yellow_minutes, rules.wait_red_minutes);
    let eased =
        |limit: u32| Some(oldest + minutes(limit.saturating_sub(look.rules.wait_ease_minutes)));
    let watch = Watch::after(oldest, minutes(yellow), minutes(red));
    Some(watch.keeping(eased(yellow), eased(red)))
}

/// 队列过长: who waits, for each open window; without any the queue counts as one window's.
pub(super) fn long_queue(look: &Look, queue: QueueId) -> Option<Watch> {
    let (waiting, rules) = (look.hall.queue(queue)?.waiting(), look.rules);
    let open = u32::from(look.counts.open[place(queue)?]).max(1);
    // Before the windows open nobody can be called yet.
    let from = look.hall.session().map_or(ALWAYS, |session| session.opens);
    let reached = |limit: u32| (waiting >= limit * open).then_some(from);
    let kept =
        |limit: u32| (waiting > limit.saturating_sub(rules.queue_ease) * open).then_some(ALWAYS);
    let watch = Watch::new(reached(rules.queue_yellow), reached(rules.queue_red));
    Some(watch.keeping(kept(rules.queue_yellow), kept(rules.queue_red)))
}

/// 未配岗: something of the queue is done in this session, and no window has a clerk for it; of a
/// queue with clerks, for some item of it.
pub(super) fn unassigned(look: &Look, queue: QueueId) -> Option<Watch> {
    let (session, place) = (look.hall.session()?, place(queue)?);
    let listed = look.counts.listed.is_none_or(|listed| listed[place]);
    let staffed = look.counts.staffed[place] > 0 && !look.counts.left_out[place];
    if !listed || staffed {
        return None;
    }
    let from: Timestamp = session.opens + minutes(look.rules.unassigned_after_minutes);
    Some(Watch::new(Some(from), None).until(session.issue_until))
}
