//! 诉求, as the office asks.

use super::Hall;
use crate::{
    event::matter::{AnsweredMatter, ClosedMatter, Matter},
    ids::{LegId, MatterId, VisitId, receipt::Receipt},
    limits::ITEM_NAME_CHARS_MAX,
    state::inspections::InspectionDone,
    time::Day,
    words::{alert::AlertLevel, matter::MatterGrade},
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

    /// The matter about a visit, if it is open or was closed since the day began.
    #[must_use]
    pub fn matter_of_visit(&self, visit: VisitId) -> Option<&Matter> {
        self.state.matters.of_visit(visit)
    }

    /// 诉求 closed since the day began, in their order.
    #[must_use]
    pub fn matters_closed(&self) -> &[ClosedMatter] {
        self.state.matters.closed()
    }

    /// 日巡查 of the day, in their order.
    #[must_use]
    pub fn inspections(&self) -> &[InspectionDone] {
        self.state.inspections.all()
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

    /// 核实期限 of what is opened now; none if nobody is held to one.
    #[must_use]
    pub(crate) fn verify_by(&self) -> Option<Day> {
        self.working_day_after(self.setup.rules().evaluation.verify_working_days)
    }

    /// 延期最长至 of what is opened now.
    #[must_use]
    pub(crate) fn extend_to(&self) -> Option<Day> {
        self.working_day_after(self.setup.rules().evaluation.extend_working_days)
    }

    /// 分类: the limit of a grade, from today on.
    #[must_use]
    pub fn due_of(&self, grade: MatterGrade) -> Option<Day> {
        let rules = &self.setup.rules().evaluation;
        match grade {
            MatterGrade::Simple => self.last_day(),
            MatterGrade::Ordinary => self.working_day_after(rules.ordinary_working_days),
            MatterGrade::Complex => self.working_day_after(rules.complex_working_days),
        }
    }

    /// 未按期核实: nobody has looked into it by the day on which somebody should have.
    #[must_use]
    pub fn is_verify_overdue(&self, matter: &Matter) -> bool {
        let late = matter.verify_by.zip(self.last_day()).is_some_and(|(by, today)| by < today);
        late && !matter.is_looked_into()
    }

    /// Yellow when a matter's limit is near, red past it or past that of 核实.
    #[must_use]
    pub fn matter_level(&self, matter: &Matter) -> Option<AlertLevel> {
        if self.is_verify_overdue(matter) {
            return Some(AlertLevel::Red);
        }
        let (due, today) = (matter.due?, self.last_day()?);
        if due < today {
            return Some(AlertLevel::Red);
        }
        let ahead = self.setup.rules().alerts.matter_due_working_days;
        (due <= self.working_day_after(ahead)?).then_some(AlertLevel::Yellow)
    }
}
