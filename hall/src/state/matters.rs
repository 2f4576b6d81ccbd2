//! 诉求: what must be answered by a day, today's and those of days before.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};

use crate::{
    event::{
        matter::{AnsweredMatter, ClosedMatter, Matter, MatterClosed},
        matter_step::{MatterStep, StepTaken},
        people::Carried,
    },
    ids::{LegId, MatterId, StaffNo, TicketId, VisitId},
    limits::{ANSWERED_KEPT_FOR, ANSWERED_KEPT_MAX, MATTERS_MAX, TOLD_A_DAY_MAX, UNRESOLVED_MAX},
    time::{Day, Timestamp},
    words::matter::MatterKind,
};

/// What is open, and what was closed since the day began. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Matters(Arc<Inner>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Inner {
    /// How many were opened since the beginning.
    opened: u32,
    open: BTreeMap<MatterId, Matter>,
    /// How many were told for a receipt since the day began.
    told: u32,
    closed: Vec<ClosedMatter>,
    /// Those with a receipt that were closed before the day began.
    answered: Vec<AnsweredMatter>,
}

impl Matters {
    /// What a day begins with.
    pub fn of(carried: &Carried) -> Self {
        let open = carried.matters.iter().map(|matter| (matter.id, matter.clone())).collect();
        let (opened, answered) = (carried.matters_opened, carried.answered.clone());
        // What was closed while no day was open is of the day that opens.
        let closed = carried
            .closed
            .iter()
            .map(|closed| ClosedMatter { while_closed: false, ..closed.clone() });
        let closed = closed.collect();
        Self(Arc::new(Inner { opened, open, told: 0, closed, answered }))
    }

    pub fn opened(&self) -> u32 {
        self.0.opened
    }

    pub fn next_id(&self) -> MatterId {
        MatterId(self.0.opened.saturating_add(1))
    }

    pub fn has_room(&self) -> bool {
        self.0.open.len() < MATTERS_MAX
    }

    /// True if somebody may tell one more at a kiosk or the guide desk.
    pub fn has_room_for_told(&self) -> bool {
        let told = self.open().filter(|matter| matter.kind == MatterKind::Unresolved);
        self.has_room() && self.0.told < TOLD_A_DAY_MAX && told.count() < UNRESOLVED_MAX
    }

    /// Those with a receipt that are closed, today's behind those of days before.
    pub fn answered(&self) -> impl Iterator<Item = AnsweredMatter> {
        let today = self.0.closed.iter().filter_map(|closed| {
            let (opened, closed_at, outcome) = (closed.matter.opened, closed.at, closed.outcome);
            let receipt = closed.matter.receipt?;
            // What was closed at night is told by the opening already.
            let is_new = self.0.answered.iter().all(|each| each.receipt != receipt);
            is_new.then_some(AnsweredMatter { receipt, opened, closed: closed_at, outcome })
        });
        self.0.answered.iter().copied().chain(today)
    }

    /// What is carried into a day that opens then: the newest, of the last months.
    pub fn carried_answered(&self, at: Timestamp) -> Vec<AnsweredMatter> {
        let recent = self.answered().filter(|each| at < each.closed + ANSWERED_KEPT_FOR);
        let recent: Vec<AnsweredMatter> = recent.collect();
        let too_many = recent.len().saturating_sub(ANSWERED_KEPT_MAX);
        recent.into_iter().skip(too_many).collect()
    }

    pub fn get(&self, id: MatterId) -> Option<&Matter> {
        self.0.open.get(&id)
    }

    /// How many were told for a receipt since the day began.
    pub fn told(&self) -> u32 {
        self.0.told
    }

    /// By number: the oldest first.
    pub fn open(&self) -> impl Iterator<Item = &Matter> {
        self.0.open.values()
    }

    pub fn closed(&self) -> &[ClosedMatter] {
        &self.0.closed
    }

    pub fn of_leg(&self, leg: LegId) -> Option<&Matter> {
        let closed = self.0.closed.iter().map(|closed| &closed.matter);
        self.0.open.values().chain(closed).find(|matter| matter.leg == Some(leg))
    }

    pub fn of_visit(&self, visit: VisitId) -> Option<&Matter> {
        let closed = self.0.closed.iter().map(|closed| &closed.matter);
        self.open().chain(closed).find(|matter| matter.visit == Some(visit))
    }

    pub fn add(&mut self, matter: Matter) {
        let inner = Arc::make_mut(&mut self.0);
        inner.opened = inner.opened.max(matter.id.0);
        inner.told += u32::from(matter.receipt.is_some());
        inner.open.insert(matter.id, matter);
    }

    /// 清除: what the holder of a ticket said in own words goes with them.
    pub fn erase_words(&mut self, ticket: TicketId) {
        if !self.holds_words(ticket) {
            return;
        }
        let Inner { open, closed, .. } = Arc::make_mut(&mut self.0);
        let closed = closed.iter_mut().map(|closed| &mut closed.matter);
        let theirs = open.values_mut().chain(closed).filter(|matter| is_of(matter, ticket));
        theirs.for_each(|matter| matter.text.clear());
    }

    /// The holder of a ticket said something in own words.
    pub fn holds_words(&self, ticket: TicketId) -> bool {
        let closed = self.0.closed.iter().map(|closed| &closed.matter);
        self.open().chain(closed).any(|matter| is_of(matter, ticket) && !matter.text.is_empty())
    }

    /// Somebody has seen the alert of its limit.
    pub fn see_limit(&mut self, id: MatterId) {
        if self.get(id).is_some_and(|matter| !matter.seen)
            && let Some(matter) = Arc::make_mut(&mut self.0).open.get_mut(&id)
        {
            matter.seen = true;
        }
    }

    /// Somebody has seen the alert of a leg or a visit.
    pub fn see(&mut self, is_it: impl Fn(&Matter) -> bool) {
        let unseen = |matter: &Matter| is_it(matter) && !matter.seen;
        let Some(id) = self.open().find(|matter| unseen(matter)).map(|matter| matter.id) else {
            return;
        };
        if let Some(matter) = Arc::make_mut(&mut self.0).open.get_mut(&id) {
            matter.seen = true;
        }
    }

    /// 处理过程 of one that is open or was closed since the day began.
    pub fn handle(&mut self, id: MatterId, taken: StepTaken) {
        let Inner { open, closed, .. } = Arc::make_mut(&mut self.0);
        let of_today = closed.iter_mut().map(|closed| &mut closed.matter);
        let mut found = open.get_mut(&id).into_iter().chain(of_today.filter(|each| each.id == id));
        let matter = found.next().expect("an event speaks of what is open or was closed today");
        match &taken.step {
            MatterStep::Graded { due, .. } => matter.due = *due,
            MatterStep::ExtensionDecided { due, .. } => matter.due = due.or(matter.due),
            MatterStep::Assigned { .. }
            | MatterStep::Verified { .. }
            | MatterStep::Answered { .. }
            | MatterStep::CalledBack { .. }
            | MatterStep::ExtensionAsked { .. }
            | MatterStep::Appealed { .. }
            | MatterStep::AppealDecided { .. }
            | MatterStep::Published { .. } => {}
        }
        matter.steps.push(taken);
    }

    /// The steps of everything that is open or was closed today, in bytes.
    pub fn steps_bytes(&self) -> usize {
        let closed = self.0.closed.iter().map(|closed| &closed.matter);
        let steps = self.open().chain(closed).flat_map(|matter| &matter.steps);
        steps.map(StepTaken::bytes).sum()
    }

    /// What was closed since the last day ended.
    pub fn closed_at_night(&self) -> impl Iterator<Item = &ClosedMatter> {
        self.0.closed.iter().filter(|closed| closed.while_closed)
    }

    pub fn close(&mut self, closing: Closing<'_>) {
        let Closing { at, by, said, day, while_closed } = closing;
        let inner = Arc::make_mut(&mut self.0);
        let matter = inner.open.remove(&said.matter).expect("an event speaks of what is open");
        let (outcome, note) = (said.outcome, said.note.clone());
        if inner.closed.len() >= MATTERS_MAX {
            inner.closed.remove(0);
        }
        inner.closed.push(ClosedMatter { matter, at, by, day, outcome, note, while_closed });
    }
}

/// 办结, as it is noted.
pub(crate) struct Closing<'c> {
    pub at: Timestamp,
    pub by: Option<StaffNo>,
    pub said: &'c MatterClosed,
    /// The day that is open, or was last.
    pub day: Option<Day>,
    /// No day is open.
    pub while_closed: bool,
}

fn is_of(matter: &Matter, ticket: TicketId) -> bool {
    matter.leg.is_some_and(|leg| leg.ticket == ticket)
}
