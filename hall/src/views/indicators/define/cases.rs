//! Indicators of cases: what was done with them at the desk.

use super::Share;
use crate::{views::indicators::figures::Figures, words::CaseKind};

impl Figures {
    fn case(&self, kind: CaseKind) -> u32 {
        self.cases[kind as usize]
    }

    fn with_kind(&self) -> u32 {
        self.cases.iter().sum()
    }

    /// 即办件占比: done on the spot over served legs with a kind, %. Trap: legs of which the clerk said
    /// nothing are in neither.
    #[must_use]
    pub fn on_the_spot(&self) -> Share {
        Share::of(self.case(CaseKind::OnTheSpot), self.with_kind())
    }

    /// 现场办结率: done on the spot over what was accepted, or done without saying so, %. Trap: returned
    /// cases were not accepted and do not lower it.
    #[must_use]
    pub fn closed_at_window(&self) -> Share {
        Share::of(self.case(CaseKind::OnTheSpot), self.at_desk)
    }

    /// 一次办成率: closed cases without a notice that something was missing over all closed, %. Trap:
    /// only cases with a number can be told apart; people are not counted.
    #[must_use]
    pub fn at_once(&self) -> Share {
        let whole = self.numbered_done + self.cases_closed;
        Share::of(self.numbered_at_once + self.cases_at_once, whole)
    }

    /// 一次性告知率: returned and supplementary cases with a notice over all of these, %, 100 wanted.
    /// Trap: notices beside a case that was done do not count.
    #[must_use]
    pub fn notices(&self) -> Share {
        let sent_home = self.case(CaseKind::Returned) + self.case(CaseKind::Supplement);
        Share::of(self.returns_noticed, sent_home)
    }

    /// 退回率: returned over served legs with a kind, %.
    #[must_use]
    pub fn returned(&self) -> Share {
        Share::of(self.case(CaseKind::Returned), self.with_kind())
    }

    /// 不予受理率: declined over accepted and declined, %.
    #[must_use]
    pub fn declined_share(&self) -> Share {
        Share::of(self.declined, self.accepted + self.declined)
    }

    /// 按期办结率: closed by the day promised over all closed that had one, %. Trap: what is not closed
    /// yet, however late, is in neither; 承诺件到期 tells of it.
    #[must_use]
    pub fn in_time(&self) -> Share {
        Share::of(self.cases_in_time, self.cases_closed)
    }
}
