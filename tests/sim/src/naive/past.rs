//! Legs of earlier days, which may still be evaluated for a while, once.

use std::collections::BTreeMap;

use hall::{
    event::open_evaluation::OpenEvaluation,
    ids::LegId,
    time::{Millis, Timestamp},
};

use super::{Naive, Wrong, must};

/// Days in which a slip's code still evaluates.
const OPEN_DAYS: u64 = 7;

/// Served tickets of earlier days.
#[derive(Debug, Clone, Default)]
pub struct Past(BTreeMap<LegId, Served>);

#[derive(Debug, Clone, Copy)]
struct Served {
    finished: Timestamp,
    said: Option<Said>,
}

#[derive(Debug, Clone, Copy)]
struct Said {
    while_closed: bool,
}

impl Past {
    /// What was said of earlier days and counts today.
    pub fn said(&self) -> u32 {
        self.0.values().filter(|served| served.said.is_some()).count() as u32
    }

    /// A leg of an earlier day is evaluated.
    pub fn evaluated(
        &mut self,
        at: Timestamp,
        leg: LegId,
        level: u8,
        while_closed: bool,
    ) -> Result<(), Wrong> {
        let served = self.0.get_mut(&leg).ok_or("no such leg of a day before")?;
        must((1..=5).contains(&level), "no such level")?;
        must(served.said.is_none(), "it was evaluated before")?;
        let open = Millis::from_minutes(OPEN_DAYS * 24 * 60);
        must(at <= served.finished + open, "it was served too long ago")?;
        served.said = Some(Said { while_closed });
        Ok(())
    }

    /// The new day says what it carries on: exactly what may still be evaluated, or was evaluated
    /// while nobody counted.
    pub fn carried(&mut self, at: Timestamp, carried: &[OpenEvaluation]) -> Result<(), Wrong> {
        for leg in carried {
            let served = self.0.get(&leg.leg_id()).ok_or("it carries a leg that nobody knows")?;
            must(served.finished == leg.finished, "it carries another end")?;
            must(served.said.is_some() == leg.given.is_some(), "it carries another evaluation")?;
        }
        let kept = |id: &LegId| carried.iter().any(|leg| leg.leg_id() == *id);
        let lost = self.0.iter().find(|(leg, served)| served.said.is_some() && !kept(leg));
        must(lost.is_none(), "it forgets an evaluation")?;
        let open = Millis::from_minutes(OPEN_DAYS * 24 * 60);
        let open = |served: &Served| at <= served.finished + open;
        let lost = self.0.iter().find(|(leg, served)| open(served) && !kept(leg));
        must(lost.is_none(), "it forgets who may still evaluate")?;
        self.0.retain(|leg, _| kept(leg));
        Ok(())
    }
}

impl Naive {
    /// What today's legs are tomorrow.
    pub(super) fn past_of_tomorrow(&self) -> Past {
        let mut past = Past(self.past.0.clone());
        for (id, person) in &self.people {
            for (leg, done) in &person.done {
                let said = done.rating.map(|_| Said { while_closed: done.while_closed });
                let id = LegId { ticket: *id, leg: *leg };
                past.0.insert(id, Served { finished: done.finished, said });
            }
        }
        // What was said while a day was open was counted by that day.
        past.0.retain(|_, served| served.said.is_none_or(|said| said.while_closed));
        past
    }
}
