//! Words of bookings, of the calendar and of the catalogue.

use serde::{Deserialize, Serialize};

use super::PriorityClass;

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
    /// 优先事由: to whom or to what a place before others is given.
    GrantReason {
        /// 现役军人.
        Soldier = "soldier",
        /// 退役军人.
        Veteran = "veteran",
        /// 残疾军人.
        DisabledSoldier = "disabled_soldier",
        /// 烈士、因公牺牲军人、病故军人遗属.
        SoldierFamily = "soldier_family",
        /// 老年人.
        Elderly = "elderly",
        /// 残疾人.
        Disabled = "disabled",
        /// 孕妇.
        Pregnant = "pregnant",
        /// 携带婴幼儿.
        Infant = "infant",
        /// 急件.
        Urgent = "urgent",
        /// 重点项目.
        KeyProject = "key_project",
    }
}

impl GrantReason {
    /// The class that is granted for it; a supervisor may give 特事特办 for any of them.
    #[must_use]
    pub const fn class(self) -> PriorityClass {
        match self {
            Self::Soldier | Self::Veteran | Self::DisabledSoldier | Self::SoldierFamily => {
                PriorityClass::Military
            }
            Self::Elderly
            | Self::Disabled
            | Self::Pregnant
            | Self::Infant
            | Self::Urgent
            | Self::KeyProject => PriorityClass::Vulnerable,
        }
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
