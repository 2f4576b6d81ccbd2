//! 办件: what was done with a case at the desk, by leg and by case number.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};

use crate::{
    event::known_case::KnownCase,
    ids::CaseNo,
    limits::CASES_MAX,
    state::shelf::Drawers,
    time::{Day, Timestamp},
    words::desk::{DeclineReason, Delivery, Material},
};

/// What a leg's clerk noted of the case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AtDesk {
    /// 办件编号.
    pub case: Option<CaseNo>,
    /// 批量: how many were handled in one service; 0 while it is not finished.
    pub copies: u16,
    /// 一次性告知: the papers of the last notice.
    pub missing: Vec<Material>,
    /// How many notices were given.
    pub notices: u8,
    /// 受理, and until when it is promised.
    pub accepted: Option<Accepted>,
    /// 不予受理.
    pub declined: Vec<DeclineReason>,
    /// 领取方式.
    pub delivery: Option<Delivery>,
    /// 再次来访未见告知: the case was here before and nothing on file says why.
    pub unnoticed: bool,
}

/// 受理.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// When.
    pub at: Timestamp,
    /// 承诺时限: the day by which it is done; none for what is done at once.
    pub due: Option<Day>,
}

/// Case numbers of today and of days before. A copy costs little.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cases {
    known: Drawers<CaseNo, KnownCase>,
    /// 承诺件 in hand, by the day they are due.
    promised: Arc<BTreeMap<Day, Arc<BTreeSet<CaseNo>>>>,
    closed: Closed,
}

/// 办结 of today, of cases with a day that was promised.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Closed {
    /// All.
    pub all: u32,
    /// 按期.
    pub in_time: u32,
    /// 一次办成: without a notice that something was missing.
    pub at_once: u32,
}

impl Cases {
    /// What a day begins with.
    pub fn of_day(cases: &[KnownCase]) -> Self {
        let mut known = Self::default();
        cases.iter().for_each(|case| known.note(case.clone()));
        known
    }

    pub fn get(&self, no: CaseNo) -> Option<&KnownCase> {
        self.known.get(&no)
    }

    pub fn note(&mut self, case: KnownCase) {
        let was = self.get(case.no).and_then(KnownCase::promised);
        let is = case.promised();
        if was != is {
            let promised = Arc::make_mut(&mut self.promised);
            if let Some(due) = was {
                let of_day = promised.entry(due).or_default();
                Arc::make_mut(of_day).remove(&case.no);
                if of_day.is_empty() {
                    promised.remove(&due);
                }
            }
            if let Some(due) = is {
                Arc::make_mut(promised.entry(due).or_default()).insert(case.no);
            }
        }
        self.known.insert(case.no, case);
    }

    /// 办结 on a day; nothing if there is nothing to close.
    pub fn close(&mut self, at: Timestamp, no: CaseNo, day: Day) {
        let open = self.get(no).filter(|case| case.accepted && case.closed.is_none());
        let Some(mut case) = open.cloned() else { return };
        if let Some(due) = case.due {
            self.closed.all += 1;
            self.closed.in_time += u32::from(day <= due);
            self.closed.at_once += u32::from(case.notices == 0);
        }
        (case.closed, case.touched) = (Some(day), at);
        self.note(case);
    }

    pub fn iter(&self) -> impl Iterator<Item = &KnownCase> {
        self.known.values()
    }

    /// 承诺件 in hand that are due by a day, the soonest first.
    pub fn due_by(&self, day: Day) -> impl Iterator<Item = CaseNo> {
        self.promised.range(..=day).flat_map(|(_, cases)| cases.iter().copied())
    }

    /// How many are due by a day.
    pub fn count_due_by(&self, day: Day) -> usize {
        self.promised.range(..=day).map(|(_, cases)| cases.len()).sum()
    }

    pub fn closed(&self) -> Closed {
        self.closed
    }

    pub fn has_room(&self, no: CaseNo) -> bool {
        self.known.len() < CASES_MAX || self.known.get(&no).is_some()
    }
}
