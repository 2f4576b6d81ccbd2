//! 诉求, as the office asks.

use super::Hall;
use crate::{
    event::matter::{AnsweredMatter, Matter},
    ids::{LegId, MatterId, receipt::Receipt},
    limits::ITEM_NAME_CHARS_MAX,
    state::matters::ClosedMatter,
    time::Day,
    words::alert::AlertLevel,
};

impl Hall {
    /// 诉求 that are not closed, the oldest first.
    pub fn matters(&self) -> impl Iterator<Item = &Matter> {
        self.state.matters.open()
    }

    /// A matter that is not closed.
    #[must_use]
    pub fn matter(&self, id: MatterId) -> Option<&Matter> {
        self.state.matters.get(id)
    }

    /// The matter about a leg, if it is open or was closed since the day began.
    #[must_use]
    pub fn matter_of(&self, leg: LegId) -> Option<&Matter> {
        self.state.matters.of_leg(leg)
    }

    /// 诉求 closed since the day began, in their order.
    #[must_use]
    pub fn matters_closed(&self) -> &[ClosedMatter] {
        self.state.matters.closed()
    }

    /// What is known under a receipt: its matter while it is open, what came of it afterwards.
    #[must_use]
    pub fn told(&self, receipt: Receipt) -> Option<Result<&Matter, AnsweredMatter>> {
        let open = self.matters().find(|matter| matter.receipt == Some(receipt));
        let answered = || self.state.matters.answered().find(|each| each.receipt == receipt);
        open.map(Ok).or_else(|| answered().map(Err))
    }

    /// A department of the profile has this name, and it is no longer than what is kept.
    pub(crate) fn has_department(&self, name: &str) -> bool {
        let is_short = name.chars().count() <= ITEM_NAME_CHARS_MAX;
        is_short && self.setup.departments().iter().any(|each| each.name == name)
    }

    /// 整改期限 of what is opened now.
    #[must_use]
    pub fn rectify_by(&self) -> Option<Day> {
        self.working_day_after(self.setup.rules().evaluation.rectify_working_days)
    }

    /// Yellow when a matter's limit is near, red past it.
    #[must_use]
    pub fn matter_level(&self, matter: &Matter) -> Option<AlertLevel> {
        let (due, today) = (matter.due?, self.last_day()?);
        if due < today {
            return Some(AlertLevel::Red);
        }
        let ahead = self.setup.rules().alerts.matter_due_working_days;
        (due <= self.working_day_after(ahead)?).then_some(AlertLevel::Yellow)
    }
}
