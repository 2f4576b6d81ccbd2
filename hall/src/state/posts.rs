//! 去向 and 顶岗: where the hall's people are, who stood in for whom today, and who may.

use alloc::{
    collections::{BTreeMap, VecDeque},
    string::String,
    sync::Arc,
};

use crate::{
    ids::{StaffNo, WindowId},
    limits::{STAFF_MAX, STAND_INS_KEPT},
    time::Timestamp,
    words::{Actor, post::Whereabouts},
};

/// 顶岗: one time that a stand-in took a window over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandIn {
    /// The window.
    pub window: WindowId,
    /// Who was away.
    pub absent: StaffNo,
    /// Who stood in.
    pub staff: StaffNo,
    /// Since when.
    pub since: Timestamp,
    /// Until when; none while it lasts.
    pub until: Option<Timestamp>,
    /// Who approved it; none for B角, who needs none.
    pub approved_by: Option<StaffNo>,
}

/// 批准顶岗, or 不同意顶岗: what was said of a window where somebody is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Who may come; none: nobody.
    pub staff: Option<StaffNo>,
    /// Who is away; none if nobody has the post.
    pub absent: Option<StaffNo>,
    /// Since when.
    pub since: Timestamp,
    /// Until when; none: until the day is over, or the absence.
    pub until: Option<Timestamp>,
    /// Who said it.
    pub by: Actor,
    /// Why, if it was said.
    pub reason: Option<String>,
}

/// Where people are. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Posts(Arc<Inner>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Inner {
    whereabouts: BTreeMap<StaffNo, (Whereabouts, Timestamp)>,
    stand_ins: VecDeque<StandIn>,
    verdicts: BTreeMap<WindowId, Verdict>,
}

impl Posts {
    pub fn whereabouts(&self) -> impl Iterator<Item = (StaffNo, Whereabouts, Timestamp)> {
        self.0.whereabouts.iter().map(|(no, (place, since))| (*no, *place, *since))
    }

    pub fn of(&self, staff: StaffNo) -> Option<(Whereabouts, Timestamp)> {
        self.0.whereabouts.get(&staff).copied()
    }

    pub fn has_room(&self, staff: StaffNo) -> bool {
        self.0.whereabouts.len() < STAFF_MAX || self.0.whereabouts.contains_key(&staff)
    }

    pub fn goes(&mut self, staff: StaffNo, whereabouts: Whereabouts, at: Timestamp) {
        let known = &mut Arc::make_mut(&mut self.0).whereabouts;
        known.insert(staff, (whereabouts, at));
    }

    pub fn stand_ins(&self) -> impl Iterator<Item = &StandIn> {
        self.0.stand_ins.iter()
    }

    /// The stand-in who works at a window now.
    pub fn standing_in(&self, window: WindowId) -> Option<&StandIn> {
        self.0.stand_ins.iter().rev().find(|each| each.window == window && each.until.is_none())
    }

    pub fn verdicts(&self) -> impl Iterator<Item = (WindowId, &Verdict)> {
        self.0.verdicts.iter().map(|(window, verdict)| (*window, verdict))
    }

    pub fn verdict(&self, window: WindowId) -> Option<&Verdict> {
        self.0.verdicts.get(&window)
    }

    pub fn say(&mut self, window: WindowId, verdict: Option<Verdict>) {
        if verdict.is_none() && self.verdict(window).is_none() {
            return;
        }
        let verdicts = &mut Arc::make_mut(&mut self.0).verdicts;
        match verdict {
            Some(verdict) => drop(verdicts.insert(window, verdict)),
            None => drop(verdicts.remove(&window)),
        }
    }

    pub fn begin(&mut self, stand_in: StandIn) {
        let stand_ins = &mut Arc::make_mut(&mut self.0).stand_ins;
        if stand_ins.len() >= STAND_INS_KEPT {
            // The oldest that is over; one that lasts is still needed.
            let over = stand_ins.iter().position(|each| each.until.is_some()).unwrap_or(0);
            stand_ins.remove(over);
        }
        stand_ins.push_back(stand_in);
    }

    pub fn end(&mut self, window: WindowId, at: Timestamp) {
        if self.standing_in(window).is_none() {
            return;
        }
        for each in &mut Arc::make_mut(&mut self.0).stand_ins {
            if each.window == window && each.until.is_none() {
                each.until = Some(at);
            }
        }
    }
}
