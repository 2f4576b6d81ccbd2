//! Words of 上门服务: why the hall comes to somebody, and what came of it.

use serde::{Deserialize, Serialize};

words! {
    /// 上门事由: why somebody cannot come to the hall.
    VisitReason {
        /// 老年人.
        Elderly = "elderly",
        /// 残疾人.
        Disabled = "disabled",
        /// 卧病或行动不便.
        Ill = "ill",
        /// 孕产妇.
        Pregnant = "pregnant",
        /// 军人、优抚对象.
        Military = "military",
        /// 企业或重点项目.
        Project = "project",
        /// 其他.
        Other = "other",
    }
}

words! {
    /// 上门结果.
    VisitOutcome {
        /// 已办结.
        Done = "done",
        /// 未办成.
        NotDone = "not_done",
        /// 已撤回: it is not wanted any more.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// 未办成原因.
    VisitObstacle {
        /// 家中无人.
        NobodyHome = "nobody_home",
        /// 材料不齐.
        PapersMissing = "papers_missing",
        /// 不符合条件.
        NotEligible = "not_eligible",
        /// 须到大厅办理.
        OnlyInHall = "only_in_hall",
        /// 天气或道路.
        NoWay = "no_way",
        /// 其他, in words.
        Other = "other",
    }
}

words! {
    /// 上门进度: how far it is.
    VisitStage {
        /// 已登记.
        Asked = "asked",
        /// 已安排.
        Assigned = "assigned",
        /// 上门中.
        Begun = "begun",
        /// 已办结.
        Done = "done",
        /// 未办成.
        NotDone = "not_done",
        /// 已撤回.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What a day counts of a visit, whenever it happened.
    VisitMark {
        /// It was asked for.
        Asked = "asked",
        /// It was over.
        Over = "over",
        /// It was evaluated.
        Given = "given",
    }
}
