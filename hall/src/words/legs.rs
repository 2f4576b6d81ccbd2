//! Words of a ticket's way from one window to the next.

use serde::{Deserialize, Serialize};

words! {
    /// 转入方式: how a leg came about.
    Via {
        /// 取号.
        Issued = "issued",
        /// 转移.
        Transferred = "transferred",
        /// 转收费.
        Cashier = "cashier",
        /// 回原窗口.
        Returned = "returned",
        /// 联办转号: the next leg of several.
        NextLeg = "next_leg",
    }
}

words! {
    /// 转移原因: why somebody was sent on.
    TransferReason {
        /// 取错号.
        WrongQueue = "wrong_queue",
        /// 属其他部门办理.
        OtherDepartment = "other_department",
        /// 还需办理其他事项.
        OtherItem = "other_item",
        /// 需专人办理.
        Specialist = "specialist",
        /// 窗口设备故障.
        Fault = "fault",
        /// 其他.
        Other = "other",
    }
}
