//! Words of the case at the desk.

use alloc::string::String;

use serde::{Deserialize, Serialize};

words! {
    /// 领取方式: how the result comes to the person.
    Delivery {
        /// 自取: fetched at the hall.
        PickUp = "pick_up",
        /// 寄递: sent by post.
        Post = "post",
    }
}

words! {
    /// 不予受理原因.
    DeclineReason {
        /// 依法不需要取得许可.
        NotNeeded = "not_needed",
        /// 不属于本机关职权范围.
        NotOurs = "not_ours",
        /// 申请人不具备资格.
        NotEntitled = "not_entitled",
        /// 不符合法定条件.
        NotMet = "not_met",
        /// 材料不齐且不能补正.
        Incomplete = "incomplete",
        /// 已过申请期限.
        TooLate = "too_late",
        /// 重复申请.
        Repeated = "repeated",
        /// 隐瞒情况或提供虚假材料.
        Untrue = "untrue",
        /// 其他.
        Other = "other",
    }
}

words! {
    /// 撤回: a press that can be taken back.
    Press {
        /// 叫号 or 选呼.
        Call = "call",
        /// 开始办理 that the hall did by itself.
        Start = "start",
        /// 过号.
        NoShow = "no_show",
        /// 办结.
        Finish = "finish",
        /// 转移 of somebody whose service here did not end.
        SendOn = "send_on",
        /// 办结 after which the ticket went on: 转收费, 回原窗口, 联办转号.
        GoOn = "go_on",
        /// 后面不办了.
        DropStops = "drop_stops",
    }
}

/// 材料: a missing paper, by its place in the item's list or by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Material {
    /// Its place in the list of what to bring, from 1.
    #[serde(rename = "no")]
    Numbered(u8),
    /// Its name, when it stands in no list.
    #[serde(rename = "name")]
    Named(String),
}
