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
