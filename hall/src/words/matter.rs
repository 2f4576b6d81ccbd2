//! Words of 诉求: what must be answered by a day.

use serde::{Deserialize, Serialize};

words! {
    /// 诉求类型: how somebody said that something was not right.
    MatterKind {
        /// 差评.
        Negative = "negative",
        /// 办不成事: somebody told it at a kiosk or the guide desk, and holds a receipt.
        Unresolved = "unresolved",
    }
}

words! {
    /// 处理结果: what came of a matter.
    MatterOutcome {
        /// 已整改.
        Rectified = "rectified",
        /// 已解释: there was no ground for more, and it was explained.
        Explained = "explained",
        /// 误评或恶意, after a review.
        Unfounded = "unfounded",
    }
}
