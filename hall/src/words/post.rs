//! Words of posts: who stands for whom, and where somebody is.

use serde::{Deserialize, Serialize};

words! {
    /// A角 / B角: whose post a window is.
    PostRole {
        /// A角: the window is theirs.
        Primary = "a",
        /// B角: stands in while A is away.
        StandIn = "b",
    }
}

words! {
    /// 去向: where a clerk is, as the whereabouts board says it.
    Whereabouts {
        /// 在岗.
        OnDuty = "on_duty",
        /// 暂离.
        Away = "away",
        /// 会议.
        Meeting = "meeting",
        /// 学习.
        Study = "study",
        /// 请假.
        Leave = "leave",
        /// 外出办事.
        Errand = "errand",
        /// 下班.
        OffDuty = "off_duty",
    }
}

words! {
    /// 换岗申请: what became of it.
    ChangeOutcome {
        /// 同意.
        Granted = "granted",
        /// 不同意.
        Declined = "declined",
        /// 撤销: taken back, or ended before its last day.
        Withdrawn = "withdrawn",
    }
}
