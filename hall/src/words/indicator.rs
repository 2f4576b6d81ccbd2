//! Words of 指标 and of the reports they stand in.

use serde::{Deserialize, Serialize};

words! {
    /// 统计口径: by what figures are told apart.
    Grouping {
        /// 大厅.
        Hall = "hall",
        /// 区域.
        Zone = "zone",
        /// 部门.
        Department = "department",
        /// 队列.
        Queue = "queue",
        /// 事项.
        Item = "item",
        /// 窗口.
        Window = "window",
        /// 人员.
        Clerk = "clerk",
        /// 设备.
        Device = "device",
    }
}

words! {
    /// 指标. What each means is said where it is reckoned, in `views/indicators`.
    Indicator {
        /// 取号量.
        Issued = "issued",
        /// 叫号量.
        Called = "called",
        /// 叫号人次.
        CalledTickets = "called_tickets",
        /// 办结量.
        Served = "served",
        /// 办结人次.
        ServedTickets = "served_tickets",
        /// 批量办件.
        Copies = "copies",
        /// 平均等候时间.
        Wait = "wait",
        /// 等候达标率.
        WaitOnTarget = "wait_on_target",
        /// 各环节等候.
        LaterWait = "later_wait",
        /// 最多同时等候.
        WaitingMost = "waiting_most",
        /// 拥挤度.
        Crowding = "crowding",
        /// 响应时间.
        Response = "response",
        /// 平均办理时间.
        Service = "service",
        /// 待核.
        ServiceToCheck = "service_to_check",
        /// 超时办理率.
        ServiceOver = "service_over",
        /// 弃号率.
        Abandoned = "abandoned",
        /// 最终过号.
        NoShowFinal = "no_show_final",
        /// 清号.
        Swept = "swept",
        /// 取消.
        Cancelled = "cancelled",
        /// 未出票.
        NotPrinted = "not_printed",
        /// 过号率.
        NoShow = "no_show",
        /// 过号激活率.
        Reactivated = "reactivated",
        /// 重呼率.
        Recalls = "recalls",
        /// 转移率.
        Transfers = "transfers",
        /// 多次转移.
        OftenTransferred = "often_transferred",
        /// 优先号占比.
        Priority = "priority",
        /// 预约率.
        Booked = "booked",
        /// 履约率.
        BookingsKept = "bookings_kept",
        /// 爽约率.
        BookingsMissed = "bookings_missed",
        /// 自助取号占比.
        SelfService = "self_service",
        /// 延时服务件数.
        Extended = "extended",
        /// 延时服务时长.
        Overtime = "overtime",
        /// 双休日服务.
        DaysOff = "days_off",
        /// 代办.
        ByAgent = "by_agent",
        /// 帮办: 导办台取号, and tickets that were marked.
        Assisted = "assisted",
        /// 上门登记.
        VisitsAsked = "visits_asked",
        /// 上门服务: those done.
        Visits = "visits",
        /// 上门未办成.
        VisitsNotDone = "visits_not_done",
        /// 上门按时率.
        VisitsInTime = "visits_in_time",
        /// 窗口利用率.
        Utilisation = "utilisation",
        /// 开窗率.
        OpenRate = "open_rate",
        /// 在岗率.
        Attendance = "attendance",
        /// 闲置有人等候.
        IdleWhileWaiting = "idle_while_waiting",
        /// 暂停次数.
        Pauses = "pauses",
        /// 暂停时长.
        Paused = "paused",
        /// 单窗日均办件.
        PerWindowDay = "per_window_day",
        /// 每小时办件.
        PerHour = "per_hour",
        /// 即办件占比.
        OnTheSpot = "on_the_spot",
        /// 现场办结率.
        ClosedAtWindow = "closed_at_window",
        /// 一次办成率.
        AtOnce = "at_once",
        /// 一次性告知率.
        Notices = "notices",
        /// 再次来访未见告知.
        Unnoticed = "unnoticed",
        /// 退回率.
        Returned = "returned",
        /// 不予受理率.
        Declined = "declined",
        /// 按期办结率.
        CasesInTime = "cases_in_time",
        /// 满意率.
        Satisfied = "satisfied",
        /// 好评率.
        Praised = "praised",
        /// 主动评价率.
        Evaluated = "evaluated",
        /// 差评率.
        Negative = "negative",
        /// 加权得分.
        Score = "score",
        /// 少于五档的评价.
        FewLevels = "few_levels",
        /// 差评整改率.
        MattersClosed = "matters_closed",
        /// 按时整改率.
        MattersInTime = "matters_in_time",
        /// 回访率.
        MattersCalledBack = "matters_called_back",
        /// 办不成事.
        MattersTold = "matters_told",
        /// 办不成事办结率.
        ToldClosed = "told_closed",
        /// 办不成事按时办结率.
        ToldInTime = "told_in_time",
        /// 超时预警.
        YellowAlerts = "yellow_alerts",
        /// 红牌.
        RedAlerts = "red_alerts",
        /// 叫号送达.
        CallsArrived = "calls_arrived",
        /// 设备在线率.
        DeviceOnline = "device_online",
        /// 故障次数.
        Faults = "faults",
        /// 故障时长.
        Down = "down",
        /// 平均修复时间.
        Repair = "repair",
    }
}

words! {
    /// 单位 of an indicator.
    Unit {
        /// How many: 张, 件, 次, 人.
        Count = "count",
        /// %.
        Percent = "percent",
        /// 分钟.
        Minutes = "minutes",
        /// 分, of 100.
        Points = "points",
        /// How many for each.
        Each = "each",
    }
}
