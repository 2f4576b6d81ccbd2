//! What may still be evaluated, as phones and pages ask.

use super::Hall;
use crate::{
    event::open_evaluation::OpenEvaluation, ids::Token, state::ticket::Evaluation, time::Timestamp,
};

impl Hall {
    /// Legs of earlier days that were open to be evaluated when the day began.
    #[must_use]
    pub fn open_evaluations(&self) -> &[OpenEvaluation] {
        self.state.evaluations.carried()
    }

    /// A leg of an earlier day, by its own secret or its slip's, with what was said of it since.
    #[must_use]
    pub fn open_evaluation(&self, token: Token) -> Option<(&OpenEvaluation, Option<&Evaluation>)> {
        let evaluations = &self.state.evaluations;
        let leg = evaluations.carried_by(token)?;
        Some((leg, evaluations.late(leg.leg_id())))
    }

    /// What was said since the last closing of legs of earlier days.
    pub fn late_evaluations(&self) -> impl Iterator<Item = (&OpenEvaluation, &Evaluation)> {
        let evaluations = &self.state.evaluations;
        let legs = evaluations.carried().iter();
        legs.filter_map(|leg| Some((leg, evaluations.late(leg.leg_id())?)))
    }

    /// True while a leg that ended then may be evaluated.
    pub(crate) fn may_evaluate(&self, finished: Timestamp, now: Timestamp) -> bool {
        now <= finished + self.setup.rules().evaluation.open()
    }
}
