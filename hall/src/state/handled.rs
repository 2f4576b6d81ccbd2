//! How far a matter is, by the steps that were taken.

use crate::{
    event::{
        matter::Matter,
        matter_step::{MatterStep, StepTaken},
    },
    ids::StaffNo,
    words::{
        Actor,
        matter::{CallBackResult, MatterFinding, MatterGrade, MatterKind},
    },
};

/// Something that one person asks and another decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<'m> {
    /// Nobody asked.
    Never,
    /// It waits.
    Waits(&'m Actor),
    /// It was granted.
    Granted,
    /// It was not.
    Refused,
}

impl Matter {
    fn last<'m, T>(&'m self, of: impl Fn(&'m StepTaken) -> Option<T>) -> Option<T> {
        self.steps.iter().rev().find_map(of)
    }

    /// 责任: the department and the person to whom it was given last.
    #[must_use]
    pub fn assigned(&self) -> Option<(Option<&str>, Option<StaffNo>)> {
        self.last(|taken| {
            let MatterStep::Assigned { department, staff } = &taken.step else { return None };
            Some((department.as_deref(), *staff))
        })
    }

    /// 核实结论.
    #[must_use]
    pub fn finding(&self) -> Option<MatterFinding> {
        self.last(|taken| {
            if let MatterStep::Verified { finding, .. } = taken.step { Some(finding) } else { None }
        })
    }

    /// 分类.
    #[must_use]
    pub fn grade(&self) -> Option<MatterGrade> {
        self.last(|taken| {
            if let MatterStep::Graded { grade, .. } = taken.step { Some(grade) } else { None }
        })
    }

    /// 已核实, 已分类: somebody has looked into it.
    #[must_use]
    pub fn is_looked_into(&self) -> bool {
        match self.kind {
            MatterKind::Negative => self.finding().is_some(),
            MatterKind::Unresolved => self.grade().is_some(),
        }
    }

    /// 回访: how it went last; somebody who was reached once stays reached.
    #[must_use]
    pub fn call_back(&self) -> Option<CallBackResult> {
        let result = |taken: &StepTaken| {
            if let MatterStep::CalledBack { result, .. } = taken.step { Some(result) } else { None }
        };
        let reached = |taken: &StepTaken| result(taken).filter(|result| result.is_reached());
        self.last(reached).or_else(|| self.last(result))
    }

    /// 延期.
    #[must_use]
    pub fn extension(&self) -> Asked<'_> {
        let state = self.last(|taken| {
            if let MatterStep::ExtensionDecided { due, .. } = taken.step {
                return Some(if due.is_some() { Asked::Granted } else { Asked::Refused });
            }
            let asked = matches!(taken.step, MatterStep::ExtensionAsked { .. });
            asked.then_some(Asked::Waits(&taken.by))
        });
        state.unwrap_or(Asked::Never)
    }

    /// 申诉.
    #[must_use]
    pub fn appeal(&self) -> Asked<'_> {
        let state = self.last(|taken| {
            if let MatterStep::AppealDecided { granted, .. } = taken.step {
                return Some(if granted { Asked::Granted } else { Asked::Refused });
            }
            let asked = matches!(taken.step, MatterStep::Appealed { .. });
            asked.then_some(Asked::Waits(&taken.by))
        });
        state.unwrap_or(Asked::Never)
    }

    /// 公开.
    #[must_use]
    pub fn is_published(&self) -> bool {
        let shown = self.last(|taken| {
            if let MatterStep::Published { shown } = taken.step { Some(shown) } else { None }
        });
        shown.unwrap_or(false)
    }
}

impl CallBackResult {
    /// 已联系.
    #[must_use]
    pub const fn is_reached(self) -> bool {
        match self {
            Self::Content | Self::NotContent => true,
            Self::NotReached | Self::NoContact => false,
        }
    }
}
