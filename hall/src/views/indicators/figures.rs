//! 统计量: what is counted of a time and a group. Everything here can be added up, so that a month is
//! the sum of its days; shares, means and quantiles are made of the sums and never added themselves.

use serde::{Deserialize, Serialize};

use super::spans::Spans;
use crate::{
    time::{Day, Millis},
    words::{
        CaseKind, Channel, PauseReason, PriorityClass, Reason,
        alert::{AlertKind, AlertLevel},
    },
};

/// A sum that can take another in.
trait Sum {
    fn take(&mut self, other: &Self);
}

impl Sum for u32 {
    fn take(&mut self, other: &Self) {
        *self = self.saturating_add(*other);
    }
}

impl Sum for Millis {
    fn take(&mut self, other: &Self) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl Sum for Spans {
    fn take(&mut self, other: &Self) {
        self.merge(other);
    }
}

impl Sum for Peak {
    fn take(&mut self, other: &Self) {
        self.0 = self.0.max(other.0);
    }
}

impl Sum for AtEnd {
    fn take(&mut self, other: &Self) {
        self.0 = self.0.max(other.0);
    }
}

impl<A: Sum, B: Sum> Sum for (A, B) {
    fn take(&mut self, other: &Self) {
        self.0.take(&other.0);
        self.1.take(&other.1);
    }
}

impl<T: Sum, const N: usize> Sum for [T; N] {
    fn take(&mut self, other: &Self) {
        self.iter_mut().zip(other).for_each(|(ours, theirs)| ours.take(theirs));
    }
}

/// The greatest of a time: of two times the greater.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Peak(pub u32);

/// 存量: how many there are at the end of a day; of two times the later one's counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AtEnd(pub Option<(Day, u32)>);

fn is_nothing<T: Default + PartialEq>(sum: &T) -> bool {
    *sum == T::default()
}

macro_rules! figures {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $field:ident: $kind:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$each])* #[serde(skip_serializing_if = "is_nothing")] pub $field: $kind,)+
        }

        impl $name {
            /// Takes another time's, or another group's, in.
            pub fn merge(&mut self, other: &Self) {
                $(Sum::take(&mut self.$field, &other.$field);)+
            }
        }
    };
}

figures! {
    /// What is counted of a time and a group. A hall's is not the sum of its groups' where one person
    /// comes to several of them.
    Figures {
        /// 取号量: tickets taken; reprints and later legs are none.
        issued: u32,
        /// Of them by the class with which they were taken.
        classes: [u32; PriorityClass::ALL.len()],
        /// Of them by where they were taken.
        channels: [u32; Channel::ALL.len()],
        /// Tickets with a class before ordinary.
        priority: u32,
        /// Tickets taken at a kiosk.
        self_service: u32,
        /// 预约取号: tickets taken for a booking, those that came late included.
        booked: u32,
        /// 双休日服务 and 节假日服务: tickets of such a day.
        days_off: u32,
        /// 代办: tickets that a 代办员 took for somebody else.
        by_agent: u32,
        /// 帮办 beside those of the guide desk: tickets that were marked. Of a clerk all that were marked as theirs.
        helped: u32,
        /// 补打.
        reprints: u32,
        /// 多次转移: tickets that were sent on more than twice.
        often_transferred: u32,
        /// 过号激活.
        reactivated: u32,
        /// 过号: passed and not re-activated.
        no_shows: u32,
        /// 清号.
        swept: u32,
        /// 取消.
        cancelled: u32,
        /// 未出票.
        not_printed: u32,
        /// Called or served at the end of the time.
        at_windows: u32,
        /// 已挂起 at the end of the time.
        held: u32,
        /// 叫号量: legs called.
        called: u32,
        /// Tickets of which a leg of the group was called.
        called_tickets: u32,
        /// 办结量: legs served.
        served: u32,
        /// Tickets of which a leg of the group was served.
        served_tickets: u32,
        /// 批量: everything handled, copies counted.
        copies: u32,
        /// 挂起, every one.
        holds: u32,
        /// 挂起: the time away of everybody who came back.
        held_for: Millis,
        /// 转移: legs that ended by sending the ticket to somewhere else.
        transferred: u32,
        /// 转收费.
        to_cashier: u32,
        /// 过号, every one.
        no_show_events: u32,
        /// 重呼.
        recalls: u32,
        /// 等候: first call minus entry, of first legs that are over.
        waits: Spans,
        /// The same by class of the ticket: how many, and together.
        waits_by_class: [(u32, Millis); PriorityClass::ALL.len()],
        /// 各环节等候: waits of legs after the first that are over.
        later_waits: Spans,
        /// 办理: start to end without the time away, neither empty presses nor endless ones.
        services: Spans,
        /// 待核: services so short that they were an empty press.
        services_to_check: u32,
        /// 待核: services over four times the standard, as when nobody pressed the end.
        services_endless: u32,
        /// 超时办理: services over the limit of the standard, endless ones too.
        services_over: u32,
        /// 响应: first call to start, where the start was pressed.
        responses: Spans,
        /// 延时服务: legs started after the session's end.
        extended: u32,
        /// Legs of which some was served behind the end of a session, whenever they started.
        past_end: u32,
        /// 延时: the time served behind the end of a session.
        overtime: Millis,
        /// 评价 of services of the same day, by level 1 to 5.
        evaluations: [u32; 5],
        /// 评价 of services of earlier days, given in this time, by level.
        late_evaluations: [u32; 5],
        /// Of both, those from devices that have fewer than five levels.
        few_levels: u32,
        /// 差评原因: how often each was given with one of the lower two levels.
        negative_reasons: [u32; Reason::ALL.len()],
        /// 件类 of served legs, as the clerks chose.
        cases: [u32; CaseKind::ALL.len()],
        /// 一次性告知: legs with a notice, also of a ticket that was then sent on.
        noticed: u32,
        /// 退回件 and 补办件 with a notice.
        returns_noticed: u32,
        /// 再次来访未见告知.
        unnoticed: u32,
        /// 受理, also of a ticket that was then sent on.
        accepted: u32,
        /// 即办件 among those served here, or done without saying so: what stood at a desk and could be closed there.
        at_desk: u32,
        /// 不予受理.
        declined: u32,
        /// 寄递.
        posted: u32,
        /// Cases with a number that were done on the spot.
        numbered_done: u32,
        /// Of them without a notice or a return before.
        numbered_at_once: u32,
        /// 办结 of cases with a day that was promised; of the hall only, for a case is closed anywhere.
        cases_closed: u32,
        /// 按期办结.
        cases_in_time: u32,
        /// Of the closed ones without a notice before.
        cases_at_once: u32,
        /// 履约: bookings of the day for which a ticket was taken.
        bookings_kept: u32,
        /// 爽约.
        bookings_missed: u32,
        /// 预约取消.
        bookings_cancelled: u32,
        /// The hall itself could not keep it.
        bookings_released: u32,
        /// Time served.
        serving: Millis,
        /// Time signed on.
        signed: Millis,
        /// Windows at which somebody signed on, each day counted.
        window_days: u32,
        /// 排班: time for which windows were scheduled.
        scheduled: Millis,
        /// Of it with somebody signed on.
        scheduled_signed: Millis,
        /// Of it paused past the limit of a pause.
        scheduled_away: Millis,
        /// Pauses.
        pauses: u32,
        /// Their length.
        paused: Millis,
        /// Pauses by reason: how often, and how long.
        pauses_by_reason: [(u32, Millis); PauseReason::ALL.len()],
        /// 闲置有人等候: time free while somebody waited whom the window could call.
        idle_while_waiting: Millis,
        /// 同时等候最多: the most people who waited at once.
        waiting_most: Peak,
        /// Seats for them, of the last profile of the time.
        seats: Peak,
        /// 警报 raised, by kind: how often 黄牌, how often 红牌.
        alerts: [[u32; AlertLevel::ALL.len()]; AlertKind::ALL.len()],
        /// Calls that strip or voice had to bring.
        calls_told: u32,
        /// 叫号送达: of them those that arrived in time.
        calls_arrived: u32,
        /// 设备故障: how often a device stopped working.
        faults: u32,
        /// Of them over.
        faults_over: u32,
        /// How long those were together.
        repair: Millis,
        /// 故障时长 within the hall's hours.
        down: Millis,
        /// The hall's hours, of a device.
        open: Millis,
        /// 办不成事 told for a receipt.
        matters_told: u32,
        /// 差评 closed.
        matters_closed: u32,
        /// Of them by the day they were due.
        matters_in_time: u32,
        /// Of them those whose giver left a way to be reached, or whom nobody has tried to call.
        matters_reachable: u32,
        /// 回访: of those the ones that were called back, reached or not.
        matters_called_back: u32,
        /// 差评 past their limit and not closed.
        matters_overdue: AtEnd,
        /// 办不成事 closed.
        told_closed: u32,
        /// Of them by the day they were due.
        told_in_time: u32,
        /// 办不成事 past their limit and not closed.
        told_overdue: AtEnd,
        /// 上门服务 asked for.
        visits_asked: u32,
        /// 上门服务 done.
        visits_done: u32,
        /// Of them by the day they were due.
        visits_in_time: u32,
        /// 上门服务 that was not done.
        visits_not_done: u32,
        /// 上门服务 that was withdrawn.
        visits_withdrawn: u32,
        /// 评价 of visits, by level.
        visit_evaluations: [u32; 5],
    }
}

impl Figures {
    /// 评价 given in this time, whenever and wherever the service was, by level 1 to 5.
    #[must_use]
    pub fn given(&self) -> [u32; 5] {
        let mut given = self.evaluations;
        given.iter_mut().zip(self.late_evaluations).for_each(|(sum, late)| *sum += late);
        given.iter_mut().zip(self.visit_evaluations).for_each(|(sum, said)| *sum += said);
        given
    }
}
