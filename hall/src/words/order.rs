//! Words of the order in which people are called.

use serde::{Deserialize, Serialize};

words! {
    /// How a window with several queues goes through its lists.
    ListOrder {
        /// 主办优先: a secondary queue only when nobody of a primary one waits.
        PrimaryFirst = "primary_first",
        /// 无差别: all its queues are one line.
        LongestWait = "longest_wait",
    }
}

words! {
    /// 排位依据: why somebody who waits stands where they stand.
    Standing {
        /// 特事特办.
        Special = "special",
        /// 转给本窗口: only this window calls it.
        Sent = "sent",
        /// 过号激活: others of the queue are called before.
        Returned = "returned",
        /// 备用业务: nobody of the window's own queues may be waiting.
        Secondary = "secondary",
        /// 预约时段未到.
        Early = "early",
        /// 等候过久: ranks with the green channel.
        Promoted = "promoted",
        /// The class goes before ordinary ones.
        Class = "class",
        /// 先到先叫.
        Arrival = "arrival",
    }
}

words! {
    /// How the classes of one line go.
    ClassOrder {
        /// Class by class, with the starvation guard if it is on.
        Guarded = "guarded",
        /// 按比例: n priority calls to m ordinary ones, while both wait.
        Ratio = "ratio",
        /// 加权等候: a class is worth so many minutes of waiting; nobody waits past a hard maximum
        /// while others who came later are called.
        Weights = "weights",
    }
}
