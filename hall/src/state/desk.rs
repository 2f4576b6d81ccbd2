//! 办件: what was done with a case at the desk, by leg and by case number.

use alloc::vec::Vec;

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
pub(crate) struct Cases(Drawers<CaseNo, KnownCase>);

impl Cases {
    /// What a day begins with.
    pub fn of_day(cases: &[KnownCase]) -> Self {
        let mut known = Self::default();
        cases.iter().for_each(|case| known.0.insert(case.no, case.clone()));
        known
    }

    pub fn get(&self, no: CaseNo) -> Option<&KnownCase> {
        self.0.get(&no)
    }

    pub fn note(&mut self, case: KnownCase) {
        self.0.insert(case.no, case);
    }

    pub fn iter(&self) -> impl Iterator<Item = &KnownCase> {
        self.0.values()
    }

    pub fn has_room(&self, no: CaseNo) -> bool {
        self.0.len() < CASES_MAX || self.0.get(&no).is_some()
    }
}
