//! 上门服务: what is asked for, and what was over lately and may still be evaluated.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};

use crate::{
    event::{people::Carried, visit::Visit},
    ids::{Token, VisitId},
    limits::{VISITS_A_DAY_MAX, VISITS_KEPT_MAX, VISITS_OPEN_MAX},
    time::{Millis, Timestamp},
    words::visit::VisitMark,
};

/// All that is known of visits. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Visits(Arc<Inner>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Inner {
    /// How many were asked for since the beginning.
    asked: u32,
    all: BTreeMap<VisitId, Visit>,
    by_token: BTreeMap<Token, VisitId>,
    /// What the day counts.
    of_day: BTreeSet<(VisitMark, VisitId)>,
}

impl Visits {
    /// What a day begins with; what happened while no day was open is of the one that opens.
    pub fn of(carried: &Carried) -> Self {
        let mut inner = Inner { asked: carried.visits_asked, ..Inner::default() };
        for visit in &carried.visits {
            let marks = visit.uncounted.iter().map(|mark| (*mark, visit.id));
            inner.of_day.extend(marks);
            inner.by_token.insert(visit.token, visit.id);
            inner.all.insert(visit.id, Visit { uncounted: Vec::new(), ..visit.clone() });
        }
        Self(Arc::new(inner))
    }

    pub fn asked(&self) -> u32 {
        self.0.asked
    }

    pub fn next_id(&self) -> VisitId {
        VisitId(self.0.asked.saturating_add(1))
    }

    /// True if one more may be asked for.
    pub fn has_room(&self) -> bool {
        let of_day = self.of_day(VisitMark::Asked).count();
        of_day < VISITS_A_DAY_MAX && self.open().count() < VISITS_OPEN_MAX
    }

    pub fn get(&self, id: VisitId) -> Option<&Visit> {
        self.0.all.get(&id)
    }

    pub fn by_token(&self, token: Token) -> Option<&Visit> {
        self.get(*self.0.by_token.get(&token)?)
    }

    /// By number: the oldest first.
    pub fn all(&self) -> impl Iterator<Item = &Visit> {
        self.0.all.values()
    }

    pub fn open(&self) -> impl Iterator<Item = &Visit> {
        self.all().filter(|visit| visit.over.is_none())
    }

    /// Of which the day counts this.
    pub fn of_day(&self, mark: VisitMark) -> impl Iterator<Item = &Visit> {
        let of_mark = self.0.of_day.iter().filter(move |(each, _)| *each == mark);
        of_mark.filter_map(|(_, id)| self.get(*id))
    }

    pub fn add(&mut self, visit: Visit, by_day: bool) {
        let (id, inner) = (visit.id, Arc::make_mut(&mut self.0));
        inner.asked = inner.asked.max(id.0);
        inner.by_token.insert(visit.token, id);
        inner.all.insert(id, visit);
        self.change(id, Some((VisitMark::Asked, by_day)), |_| ());
    }

    /// Changes a visit; what a day counts of it is counted by the open one, or by the next.
    pub fn change(
        &mut self,
        id: VisitId,
        counts: Option<(VisitMark, bool)>,
        how: impl FnOnce(&mut Visit),
    ) {
        let inner = Arc::make_mut(&mut self.0);
        let visit = inner.all.get_mut(&id).expect("an event speaks of visits that are known");
        how(visit);
        match counts {
            Some((mark, true)) => drop(inner.of_day.insert((mark, id))),
            Some((mark, false)) => visit.uncounted.push(mark),
            None => {}
        }
    }

    /// What is carried into a day: everything that is open, what no day has counted, and the newest of
    /// what may still be evaluated.
    pub fn carried(&self, at: Timestamp, may_evaluate: Millis) -> Vec<Visit> {
        let is_over = |visit: &Visit| match &visit.over {
            Some(over) => visit.uncounted.is_empty() && at > over.at + may_evaluate,
            None => false,
        };
        let mut kept: Vec<&Visit> = self.all().filter(|visit| !is_over(visit)).collect();
        let may_go = |visit: &Visit| visit.over.is_some() && visit.uncounted.is_empty();
        let over = kept.iter().filter(|visit| visit.over.is_some()).count();
        let mut too_many = over.saturating_sub(VISITS_KEPT_MAX);
        kept.retain(|visit| {
            let goes = too_many > 0 && may_go(visit);
            too_many -= usize::from(goes);
            !goes
        });
        kept.into_iter().cloned().collect()
    }
}
