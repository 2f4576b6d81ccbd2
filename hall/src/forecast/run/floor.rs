//! The run as the order sees it from one window: the same questions that the hall of record answers.

use alloc::vec::Vec;

use super::Run;
use crate::{
    forecast::model::{CLASSES, Model, NONE, QueueLine},
    ids::TicketId,
    order::{Floor, Returned, Standing, Turns, heads_among},
    setup::Rules,
    state::{line::Place, queue::Head},
    time::Timestamp,
    words::{PriorityClass, QueueList},
};

/// Who stands in one queue of a run.
#[derive(Debug, Default)]
pub(super) struct Line {
    lines: [Vec<Place>; CLASSES],
    /// How many at the head of each have left.
    left: [usize; CLASSES],
    returned: Vec<Returned>,
    pub called: u64,
    waiting: u32,
}

impl Line {
    pub fn begin(&mut self, now: &QueueLine) {
        for (line, now) in self.lines.iter_mut().zip(&now.lines) {
            line.clear();
            line.extend_from_slice(now);
        }
        self.left = [0; CLASSES];
        self.returned.clear();
        self.returned.extend_from_slice(&now.returned);
        self.called = now.called;
        self.waiting = now.waiting;
    }

    pub fn join(&mut self, class: PriorityClass, place: Place) {
        let line = &mut self.lines[class as usize];
        if line.last().is_none_or(|last| *last < place) {
            line.push(place);
        } else {
            let left = self.left[class as usize];
            let at = left + line[left..].partition_point(|each| *each < place);
            line.insert(at, place);
        }
        self.waiting += 1;
    }

    pub fn come_back(&mut self, returned: Returned) {
        let at = self.returned.partition_point(|each| *each < returned);
        self.returned.insert(at, returned);
        self.waiting += 1;
    }

    /// Somebody gives the number back.
    pub fn give_up(&mut self, place: Place, class: PriorityClass) {
        let returned = self.returned.iter().any(|each| each.place == place);
        self.leave(Head { place, class, returned });
    }

    /// Everybody of the line, in no order that matters.
    pub fn everybody(&self) -> impl Iterator<Item = Head> {
        let lines = PriorityClass::ALL.iter().zip(&self.lines).zip(self.left);
        let in_line = lines.flat_map(|((class, line), left)| {
            let head = |place: &Place| Head { place: *place, class: *class, returned: false };
            line[left..].iter().map(head)
        });
        let returned = self.returned.iter();
        in_line.chain(returned.map(|each| Head {
            place: each.place,
            class: each.class,
            returned: true,
        }))
    }

    pub fn leave(&mut self, head: Head) {
        self.waiting -= 1;
        if head.returned {
            self.returned.retain(|each| each.place != head.place);
            return;
        }
        let (line, left) =
            (&mut self.lines[head.class as usize], &mut self.left[head.class as usize]);
        if line.get(*left) == Some(&head.place) {
            *left += 1;
        } else if let Ok(at) = line[*left..].binary_search(&head.place) {
            line.remove(*left + at);
        }
    }
}

/// A line together with who was sent where.
struct InRun<'r> {
    model: &'r Model,
    line: &'r Line,
    run: &'r Run,
}

impl Standing for InRun<'_> {
    #[inline]
    fn in_line(&self, class: PriorityClass) -> impl Iterator<Item = Place> {
        self.line.lines[class as usize][self.line.left[class as usize]..].iter().copied()
    }

    fn returned(&self) -> impl Iterator<Item = Returned> {
        self.line.returned.iter().copied()
    }

    fn called(&self) -> u64 {
        self.line.called
    }

    #[inline]
    fn is_sent(&self, ticket: TicketId) -> bool {
        !self.run.sent.is_empty() && self.run.people[ticket.0 as usize].to != NONE
    }

    fn is_asked(&self, ticket: TicketId) -> bool {
        self.run.is_asked(self.model, ticket.0 as usize)
    }
}

/// A window of a run.
pub(super) struct AtPost<'r> {
    pub model: &'r Model,
    pub run: &'r Run,
    pub at: u16,
}

impl Floor for AtPost<'_> {
    type Queue = u8;

    fn rules(&self) -> &Rules {
        self.model.setup.rules()
    }

    fn turns(&self) -> Turns {
        self.run.windows[usize::from(self.at)].turns
    }

    fn queues(&self, list: QueueList) -> impl Iterator<Item = u8> {
        let lists = &self.model.lists[usize::from(self.run.windows[usize::from(self.at)].lists)];
        let (primary, secondary): (&[u8], &[u8]) = match list {
            QueueList::Primary => (&lists.primary, &[]),
            QueueList::Secondary => (&[], &lists.secondary),
            QueueList::Together | QueueList::Chosen => (&lists.primary, &lists.secondary),
        };
        primary.iter().chain(secondary).copied()
    }

    fn heads(&self, queue: u8, heads: &mut Vec<Head>) {
        let line = &self.run.queues[usize::from(queue)];
        if line.waiting == 0 {
            return;
        }
        let post = &self.model.posts[usize::from(self.at)];
        let able = |head: &Head| {
            post.able.is_none()
                || post.may_serve(self.run.people[head.place.1.0 as usize].kind, head.class)
        };
        heads.extend(heads_among(&InRun { model: self.model, line, run: self.run }, able));
    }

    fn sent(&self, heads: &mut Vec<Head>) {
        let here = self.run.sent.iter().filter(|(post, _)| *post == self.at);
        heads.extend(here.map(|(_, id)| {
            let person = self.run.people[*id as usize];
            let place = (Timestamp(person.place), TicketId(u64::from(*id)));
            Head { place, class: person.class, returned: false }
        }));
    }
}
