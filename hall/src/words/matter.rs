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

words! {
    /// 核实结论: what was found when a 差评 was looked into.
    MatterFinding {
        /// 情况属实，当场整改.
        Clear = "clear",
        /// 情况复杂，限期整改.
        Complex = "complex",
        /// 诉求没有依据，作解释.
        NoGround = "no_ground",
        /// 误评或恶意评价，可申诉复核.
        Mistaken = "mistaken",
    }
}

words! {
    /// 回访结果: how somebody was called back.
    CallBackResult {
        /// 已联系，满意.
        Content = "content",
        /// 已联系，不满意.
        NotContent = "not_content",
        /// 未联系上.
        NotReached = "not_reached",
        /// 未留联系方式: there is nobody to call.
        NoContact = "no_contact",
    }
}

words! {
    /// 分类 of 办不成事, each with its limit.
    MatterGrade {
        /// 简单: at once.
        Simple = "simple",
        /// 一般.
        Ordinary = "ordinary",
        /// 复杂.
        Complex = "complex",
    }
}
