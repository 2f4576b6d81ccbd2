//! Words of bookings, of the calendar and of the catalogue.

use serde::{Deserialize, Serialize};

words! {
    /// 预约状态: what became of a booking.
    BookingState {
        /// 已预约: still to come.
        Booked = "booked",
        /// 已签到: a ticket was taken for it.
        Kept = "kept",
        /// 已取消.
        Cancelled = "cancelled",
        /// 爽约: the slot ended and nobody came.
        Missed = "missed",
        /// 大厅未履约: the hall itself could not keep it; nobody's miss.
        Released = "released",
    }
}

words! {
    /// 预约取号: whether somebody came to the booked slot in time.
    CheckInTime {
        /// 按时.
        InTime = "in_time",
        /// 迟到, 转为现场号.
        Late = "late",
    }
}

words! {
    /// 日期类型: what kind of day a session belongs to.
    DayKind {
        /// 工作日.
        Ordinary = "ordinary",
        /// 双休日服务.
        Weekend = "weekend",
        /// 节假日服务.
        Holiday = "holiday",
        /// 调休上班日.
        Swapped = "swapped",
        /// 集中办公日, 赶集日.
        Market = "market",
    }
}

words! {
    /// 提前闭厅原因.
    EarlyReason {
        /// 恶劣天气.
        Weather = "weather",
        /// 停电.
        Power = "power",
        /// 系统或设备故障.
        Fault = "fault",
        /// 会议或活动.
        Event = "event",
        /// 其他.
        Other = "other",
    }
}

words! {
    /// 层级: at which tier an item can be done.
    Tier {
        /// 县.
        County = "county",
        /// 乡镇, 街道.
        Township = "township",
        /// 村, 居.
        Village = "village",
    }
}

words! {
    /// 四办: how an item can be done.
    ItemTag {
        /// 马上办.
        AtOnce = "at_once",
        /// 网上办.
        Online = "online",
        /// 就近办.
        Nearby = "nearby",
        /// 一次办.
        OneVisit = "one_visit",
    }
}

words! {
    /// 目录调整: why the catalogue changed.
    ChangeKind {
        /// 承接: taken over from above, a new item here.
        TakenOver = "taken_over",
        /// 下放: handed down to a lower tier, no more done here.
        HandedDown = "handed_down",
        /// 取消: nobody needs it any more.
        Cancelled = "cancelled",
        /// 调整: the same item with other particulars.
        Adjusted = "adjusted",
    }
}
