//! 取号时段: whether a queue gives numbers now, and what is special about the session.

use crate::{
    command::{SessionTimes, plan::SessionPlan},
    hall::Hall,
    ids::{ItemId, QueueId},
    limits::NUMBER_MAX,
    refusal::Refusal,
    setup::Queue,
    state::hours::LimitNow,
    time::Timestamp,
};

impl Hall {
    /// Whether a queue gives numbers now.
    ///
    /// # Errors
    /// [`Refusal::IssueClosed`] outside its hours, [`Refusal::SoldOut`] if its numbers are taken.
    pub fn may_issue(&self, queue: &Queue, now: Timestamp) -> Result<(), Refusal> {
        let session = self.state.session.ok_or(Refusal::IssueClosed)?;
        if self.state.hours.segments(queue.id).is_some() {
            let segment = self.state.hours.segment(queue.id, now);
            let segment = segment.filter(|_| now < session.closes).ok_or(Refusal::IssueClosed)?;
            if segment.cap.is_some_and(|cap| self.state.hours.taken(queue.id, segment) >= cap) {
                return Err(Refusal::SoldOut);
            }
        } else if !self.is_issuing(now) {
            return Err(Refusal::IssueClosed);
        }
        if self.state.hours.limit_at(queue.id, now).is_some_and(|limit| limit.left() == 0) {
            return Err(Refusal::SoldOut);
        }
        self.has_number(queue)
    }

    /// 限号 by hand, of every queue that has one.
    pub fn issue_limits(&self) -> impl Iterator<Item = (QueueId, &LimitNow)> {
        self.state.hours.limits()
    }

    /// Whether the day has a number left for a queue.
    pub(crate) fn has_number(&self, queue: &Queue) -> Result<(), Refusal> {
        let given = self.state.numbers.count(queue.letter);
        let most = usize::from(self.setup().rules().numbers_per_day);
        let is_used_up = given >= most || self.next_number(queue.letter) > NUMBER_MAX;
        if is_used_up { Err(Refusal::SoldOut) } else { Ok(()) }
    }

    /// The next number of a letter, behind what is set aside for kiosks.
    pub(crate) fn next_number(&self, letter: char) -> u16 {
        let rules = &self.setup().rules().offline;
        let reserved = || self.state.numbers.reserved().iter().map(|each| each.block);
        let mut number = self.state.numbers.last(letter).saturating_add(1);
        // The settings may have changed since a block was set aside: both count.
        while number <= NUMBER_MAX {
            let block = reserved().find(|block| {
                block.letter == letter && block.first <= number && number <= block.last
            });
            match block {
                Some(block) => number = block.last + 1,
                None if rules.sets_aside(number) => number = rules.last + 1,
                None => break,
            }
        }
        number
    }

    /// What is special about the present session, or about the last one of the day.
    #[must_use]
    pub fn session_plan(&self) -> &SessionPlan {
        self.state.hours.plan()
    }

    /// The sessions of the day so far, with the ends they really had.
    #[must_use]
    pub fn sessions_of_day(&self) -> &[SessionTimes] {
        self.state.hours.sessions()
    }

    /// 提前闭厅 for the rest of the day: no session opens any more today.
    #[must_use]
    pub fn is_closed_for_day(&self) -> bool {
        self.state.day.is_some() && self.state.hours.closed_for_day
    }

    /// No session that begins up to here opens any more today: it was open, or the hall closed for
    /// the day.
    #[must_use]
    pub fn opened_up_to(&self) -> Option<Timestamp> {
        if self.state.hours.closed_for_day {
            return Some(Timestamp(i64::MAX));
        }
        self.state.hours.sessions().last().map(|session| session.issue_from)
    }

    /// True if the session's list of items has this one, or there is no list.
    #[must_use]
    pub fn is_of_today(&self, item: ItemId) -> bool {
        self.session_plan().items.as_ref().is_none_or(|items| items.contains(&item))
    }

    /// True if the session's list has an item of this queue, or the queue has none at all.
    #[must_use]
    pub fn has_item_today(&self, queue: QueueId) -> bool {
        self.session_plan().items.is_none() || {
            let mut of_queue = self.items().filter(|item| item.queue == queue).peekable();
            of_queue.peek().is_none() || of_queue.any(|item| self.is_of_today(item.id))
        }
    }
}
