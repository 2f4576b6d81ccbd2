//! 处理过程: what may be asked to be done about a matter.

use alloc::string::String;

use crate::{
    ids::StaffNo,
    words::matter::{CallBackResult, MatterFinding, MatterGrade},
};

/// 处理过程: a step that somebody wants to take; what follows from it is the hall's to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatterWish {
    /// 交办, 转办.
    Assign {
        /// 部门, by its name.
        department: Option<String>,
        /// The person.
        staff: Option<StaffNo>,
    },
    /// 核实.
    Verify {
        /// What was found.
        finding: MatterFinding,
        /// In words.
        note: String,
    },
    /// 分类.
    Grade {
        /// The grade.
        grade: MatterGrade,
    },
    /// 反馈.
    Answer {
        /// In words.
        note: String,
    },
    /// 回访.
    CallBack {
        /// How.
        result: CallBackResult,
        /// In words.
        note: String,
    },
    /// 申请延期.
    AskExtension {
        /// Why.
        reason: String,
    },
    /// 延期审批, by somebody else than who asked.
    DecideExtension {
        /// Granted.
        granted: bool,
        /// In words.
        note: String,
    },
    /// 申诉.
    Appeal {
        /// Why.
        reason: String,
    },
    /// 复核, by somebody else than who appealed.
    DecideAppeal {
        /// 申诉成立.
        granted: bool,
        /// In words.
        note: String,
    },
    /// 公开.
    Publish {
        /// Show it, or no more.
        shown: bool,
    },
}
