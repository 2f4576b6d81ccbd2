//! 待评价: which legs can still be evaluated, by their secrets; those of earlier days too.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};

use crate::{
    event::open_evaluation::OpenEvaluation,
    ids::{LegId, Token},
    state::{shelf::Drawers, ticket::Evaluation},
};

/// What is open to be evaluated. A copy costs little.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Evaluations {
    /// Legs of earlier days, as the day's opening told them.
    carried: Arc<Carried>,
    /// What was said of them since.
    late: Arc<BTreeMap<LegId, Evaluation>>,
    /// Finished legs of today, by their secrets.
    by_secret: Drawers<Token, LegId>,
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Carried {
    /// By leg.
    legs: Vec<OpenEvaluation>,
    by_secret: BTreeMap<Token, usize>,
    /// The leg of each slip that ended last.
    by_slip: BTreeMap<Token, usize>,
}

impl Evaluations {
    /// What a day begins with.
    pub fn of_day(legs: &[OpenEvaluation]) -> Self {
        let mut carried = Carried { legs: legs.to_vec(), ..Carried::default() };
        carried.legs.sort_unstable_by_key(OpenEvaluation::leg_id);
        let mut late = BTreeMap::new();
        for (at, leg) in carried.legs.iter().enumerate() {
            if let Some(secret) = leg.secret {
                carried.by_secret.insert(secret, at);
            }
            // Legs of a ticket stand in their order, so the last one stays.
            carried.by_slip.insert(leg.token, at);
            if let Some(given) = &leg.given {
                late.insert(leg.leg_id(), Evaluation::from(given.clone()));
            }
        }
        let by_secret = Drawers::default();
        Self { carried: Arc::new(carried), late: Arc::new(late), by_secret }
    }

    /// The legs of earlier days, by leg.
    pub fn carried(&self) -> &[OpenEvaluation] {
        &self.carried.legs
    }

    pub fn carried_leg(&self, id: LegId) -> Option<&OpenEvaluation> {
        let legs = &self.carried.legs;
        legs.get(legs.binary_search_by_key(&id, OpenEvaluation::leg_id).ok()?)
    }

    /// A leg of an earlier day by its own secret or by its slip's.
    pub fn carried_by(&self, token: Token) -> Option<&OpenEvaluation> {
        let carried = &self.carried;
        let at = carried.by_secret.get(&token).or_else(|| carried.by_slip.get(&token))?;
        carried.legs.get(*at)
    }

    pub fn late(&self, id: LegId) -> Option<&Evaluation> {
        self.late.get(&id)
    }

    pub fn note_late(&mut self, id: LegId, evaluation: Evaluation) {
        Arc::make_mut(&mut self.late).insert(id, evaluation);
    }

    /// True if a leg has this secret, or a slip of an earlier day.
    pub fn knows(&self, token: Token) -> bool {
        self.leg_by(token).is_some() || self.carried_by(token).is_some()
    }

    /// A leg of today by its secret.
    pub fn leg_by(&self, secret: Token) -> Option<LegId> {
        self.by_secret.get(&secret).copied()
    }

    /// 撤回: the leg is not over, and nobody can evaluate it.
    pub fn forget_finished(&mut self, secret: Token) {
        self.by_secret.remove(&secret);
    }

    pub fn note_finished(&mut self, secret: Token, leg: LegId) {
        self.by_secret.insert(secret, leg);
    }
}
