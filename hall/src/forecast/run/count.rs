//! Counts in a run what becomes of everybody who waits when it begins or comes within a span of it.

use alloc::vec::Vec;

use crate::forecast::model::{Model, NEVER, Person};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    /// Who comes later than this is not counted.
    pub until: i64,
    /// Waits of so long are told of, yellow and red.
    pub limits: [i64; 2],
}

/// What became of those of one queue. Spans in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QueueCount {
    /// So many.
    pub people: u32,
    /// Their waits together.
    pub waited: i64,
    /// What of the waits lies above the first limit.
    pub over: i64,
    /// The longest.
    pub longest: i64,
    /// When somebody had waited up to each limit first.
    pub passed: [i64; 2],
    /// How many were still waiting at the span's end.
    pub left: u32,
    /// Who came in vain, because the kiosks gave no number.
    pub turned_away: u32,
}

impl QueueCount {
    const NOBODY: Self = Self {
        people: 0,
        waited: 0,
        over: 0,
        longest: 0,
        passed: [NEVER; 2],
        left: 0,
        turned_away: 0,
    };
}

#[derive(Debug, Default)]
pub(crate) struct Count {
    span: Option<Span>,
    pub queues: Vec<QueueCount>,
    /// Who was counted already: who comes back after a call in vain has waited once.
    counted: Vec<bool>,
    open: usize,
}

impl Count {
    /// From the next run on.
    pub fn ask(&mut self, span: Option<Span>) {
        self.span = span;
    }

    pub fn is_on(&self) -> bool {
        self.span.is_some()
    }

    /// True if nobody of the span is still to come or to be called.
    pub fn is_complete(&self, now: i64) -> bool {
        self.span.is_none_or(|span| now > span.until && self.open == 0)
    }

    pub fn begin(&mut self, model: &Model) {
        let Some(span) = self.span else { return };
        self.queues.clear();
        self.queues.resize(model.queues.len(), QueueCount::NOBODY);
        self.counted.clear();
        let people = model.people.iter().enumerate().filter(|(id, _)| !model.is_asked(*id));
        self.open = people.filter(|(_, person)| person.came <= span.until).count();
    }

    pub fn joined(&mut self, came: i64) {
        if self.span.is_some_and(|span| came <= span.until) {
            self.open += 1;
        }
    }

    pub fn called(&mut self, id: usize, queue: usize, came: i64, now: i64) {
        let Some(span) = self.span.filter(|span| came <= span.until) else { return };
        if self.counted.len() <= id {
            self.counted.resize(id + 1, false);
        }
        if core::mem::replace(&mut self.counted[id], true) {
            return;
        }
        self.open -= 1;
        self.put(span, queue, came, now);
    }

    /// Somebody gives the number back and has waited for nothing: nobody's wait is counted.
    pub fn gave_up(&mut self, id: usize, came: i64) {
        if self.span.is_none_or(|span| came > span.until) {
            return;
        }
        if self.counted.len() <= id {
            self.counted.resize(id + 1, false);
        }
        if !core::mem::replace(&mut self.counted[id], true) {
            self.open -= 1;
        }
    }

    fn put(&mut self, span: Span, queue: usize, came: i64, now: i64) {
        let count = &mut self.queues[queue];
        let wait = (now - came).max(0);
        count.people += 1;
        count.waited += wait;
        count.over += (wait - span.limits[0]).max(0);
        count.longest = count.longest.max(wait);
        for (passed, limit) in count.passed.iter_mut().zip(span.limits) {
            if wait >= limit {
                *passed = (*passed).min(came + limit);
            }
        }
        count.left += u32::from(now > span.until);
    }

    pub fn turned_away(&mut self, queue: usize, now: i64) {
        if self.span.is_some_and(|span| now <= span.until) {
            self.queues[queue].turned_away += 1;
        }
    }

    /// Who was not called at all has waited up to the end.
    pub fn close(&mut self, model: &Model, people: &[Person], waits: &[bool], end: i64) {
        let Some(span) = self.span else { return };
        if self.open == 0 {
            return;
        }
        let left = |id: usize| waits[id] && !model.is_asked(id);
        for (id, person) in people.iter().enumerate().filter(|(id, _)| left(*id)) {
            if person.came <= span.until && !self.counted.get(id).copied().unwrap_or(false) {
                let queue = usize::from(model.kinds[usize::from(person.kind)].queue);
                self.put(span, queue, person.came, end);
            }
        }
    }
}
