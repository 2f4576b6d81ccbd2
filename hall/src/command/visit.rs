//! 上门服务: what may be asked of the hall about it.

use alloc::string::String;

use crate::{
    ids::{ItemId, StaffNo, VisitId},
    time::Day,
    words::{
        CaseKind,
        visit::{VisitObstacle, VisitReason},
    },
};

/// 上门服务: what somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitWish {
    /// 上门登记: somebody shall come to a person. Who and where is not the hall's to know.
    Ask {
        /// 事项, if it is known.
        item: Option<ItemId>,
        /// 上门事由.
        reason: VisitReason,
        /// 希望日期.
        wished: Option<Day>,
    },
    /// Something is to be done about it.
    Handle {
        /// Which.
        visit: VisitId,
        /// What.
        wish: VisitStepWish,
    },
}

/// What is to be done about a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VisitStepWish {
    /// 派单, 改派.
    Assign {
        /// 上门人员.
        staff: StaffNo,
        /// 上门日期.
        day: Day,
    },
    /// 开始上门.
    Begin,
    /// 办结.
    Finish {
        /// 件类.
        case: Option<CaseKind>,
        /// 实际办理事项, if it is another.
        item: Option<ItemId>,
        /// 批量; none is one.
        copies: Option<u16>,
    },
    /// 未办成.
    Fail {
        /// Why.
        obstacle: VisitObstacle,
        /// In words; 其他 needs them.
        note: String,
    },
    /// 撤回.
    Withdraw {
        /// In words.
        note: String,
    },
}
