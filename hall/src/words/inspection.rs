//! Words of 日巡查.

use serde::{Deserialize, Serialize};

words! {
    /// 巡查时段.
    InspectionRound {
        /// 上午, 10:00.
        Morning = "morning",
        /// 下午, 15:00.
        Afternoon = "afternoon",
        /// 抽查.
        Unannounced = "unannounced",
    }
}

words! {
    /// 窗口检查项.
    WindowAspect {
        /// 在岗.
        AtPost = "at_post",
        /// 仪容.
        Appearance = "appearance",
        /// 物品.
        Belongings = "belongings",
        /// 态度.
        Attitude = "attitude",
        /// 公示.
        Notices = "notices",
    }
}

words! {
    /// 大厅检查项: six of daily supervision, seven of GB/T 36112.
    HallAspect {
        /// 办事流程.
        Procedure = "procedure",
        /// 办件标准.
        Standard = "standard",
        /// 办事效率.
        Efficiency = "efficiency",
        /// 服务态度.
        ServiceAttitude = "service_attitude",
        /// 服务质量.
        ServiceQuality = "service_quality",
        /// 作风纪律.
        Discipline = "discipline",
        /// 人员服务.
        StaffService = "staff_service",
        /// 空间管理.
        Space = "space",
        /// 秩序管理.
        Order = "order",
        /// 物品管理.
        Goods = "goods",
        /// 设备管理.
        Equipment = "equipment",
        /// 文档管理.
        Documents = "documents",
        /// 监督管理.
        Supervision = "supervision",
    }
}
