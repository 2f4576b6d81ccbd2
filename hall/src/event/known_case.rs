//! 办件: what is known of a case number, as it is carried from day to day; short keys, because
//! thousands of them stand in a day's opening.

use serde::{Deserialize, Serialize};

use crate::{
    ids::{CaseNo, ItemId, LegId, LegNo, TicketId},
    time::{Day, Timestamp},
};

/// 办件: a case that was at a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownCase {
    /// 办件编号.
    #[serde(rename = "c")]
    pub no: CaseNo,
    /// The ticket of its last visit.
    #[serde(rename = "t")]
    pub ticket: TicketId,
    /// The leg of its last visit.
    #[serde(rename = "l", default = "first", skip_serializing_if = "is_zero")]
    pub leg: LegNo,
    /// Visits: tickets with which it came.
    #[serde(rename = "v")]
    pub visits: u16,
    /// 一次性告知 on file.
    #[serde(rename = "n", default, skip_serializing_if = "no_notice")]
    pub notices: u16,
    /// 受理.
    #[serde(rename = "a", default, skip_serializing_if = "core::ops::Not::not")]
    pub accepted: bool,
    /// 不予受理.
    #[serde(rename = "d", default, skip_serializing_if = "core::ops::Not::not")]
    pub declined: bool,
    /// 承诺时限.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
    /// The item under which it was accepted.
    #[serde(rename = "i", default, skip_serializing_if = "Option::is_none")]
    pub item: Option<ItemId>,
    /// 办结: the day on which it was closed.
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Day>,
    /// When it was at a desk last, or closed.
    #[serde(rename = "f")]
    pub touched: Timestamp,
}

impl KnownCase {
    /// The leg of its last visit.
    #[must_use]
    pub const fn leg_id(&self) -> LegId {
        LegId { ticket: self.ticket, leg: self.leg }
    }

    /// 承诺件 in hand: the day by which it is to be closed.
    #[must_use]
    pub const fn promised(&self) -> Option<Day> {
        if self.accepted && self.closed.is_none() { self.due } else { None }
    }

    /// True if a visit so far left nothing on file: no notice, no acceptance, no refusal.
    #[must_use]
    pub const fn has_nothing_on_file(&self) -> bool {
        self.notices == 0 && !self.accepted && !self.declined
    }
}

const fn first() -> LegNo {
    LegNo(0)
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn is_zero(leg: &LegNo) -> bool {
    leg.0 == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
const fn no_notice(notices: &u16) -> bool {
    *notices == 0
}
