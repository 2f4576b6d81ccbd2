//! `GET /tally`: today's figures of `domain.md` 5 that the events so far allow, each with its base.

use hall::{
    ids::{QueueId, StaffNo, WindowId},
    words::{
        CaseKind, PauseReason, Reason,
        indicator::{Indicator, Unit},
    },
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The figures of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Tally {
    /// The day: "2026-11-23".
    pub day: String,
    /// The journal's sequence number up to which it speaks.
    pub sequence: u64,
    /// 取号量.
    pub issued: u32,
    /// 办结量.
    pub served: u32,
    /// Waiting now.
    pub waiting: u32,
    /// Called or served now.
    pub at_windows: u32,
    /// 等候: first call minus issue, over served first legs.
    pub wait: Spread,
    /// 等候达标率: share of waits up to the target.
    pub wait_within_target: Share,
    /// The target, in minutes.
    pub wait_target_minutes: u32,
    /// 办理: end minus start, without empty presses.
    pub service: Spread,
    /// 待核: services under 20 s, and those over four times the standard.
    pub service_to_check: u32,
    /// 响应时间: start minus first call.
    pub response: Spread,
    /// 过号, final.
    pub no_shows: u32,
    /// 过号率: no-show events over called legs.
    pub no_show_rate: Share,
    /// 过号激活.
    pub reactivated: u32,
    /// 清号.
    pub swept: u32,
    /// 取消.
    pub cancelled: u32,
    /// 未出票.
    pub not_printed: u32,
    /// 弃号率: (no-show + swept + cancelled) over issued.
    pub abandoned: Share,
    /// 重呼: recalls over called legs.
    pub recalls: Share,
    /// 各环节等候: first call minus entry, over served legs after the first.
    #[serde(default)]
    pub later_wait: Spread,
    /// 转移率: legs that were sent on over served legs.
    #[serde(default)]
    pub transfers: Share,
    /// 转收费: legs that went to the cashier and come back.
    #[serde(default)]
    pub to_cashier: u32,
    /// 多次转移: tickets that were sent on more than twice.
    #[serde(default)]
    pub often_transferred: u32,
    /// 预约取号占比: tickets taken for a booking over issued.
    #[serde(default)]
    pub booked: Share,
    /// 代办取号: tickets that a 代办员 took for somebody else.
    #[serde(default)]
    pub by_agent: u32,
    /// 双休日服务 and 节假日服务: tickets of such a day.
    #[serde(default)]
    pub days_off: u32,
    /// 一次性告知率: returned and supplementary cases with a notice over all of these.
    #[serde(default)]
    pub notices: Share,
    /// 优先号占比.
    pub priority: Share,
    /// 窗口利用率: serving over signed-on minus pauses.
    pub utilisation: Share,
    /// 评价 given on the day by level 1 to 5, those of services of earlier days too.
    pub evaluations: [u32; 5],
    /// 主动评价率: services of the day that were evaluated over served.
    pub evaluated: Share,
    /// 满意率: levels 3 to 5 over evaluations.
    pub satisfied: Share,
    /// 差评率: levels 1 and 2 over evaluations.
    pub negative: Share,
    /// 好评率: levels 4 and 5 over evaluations.
    #[serde(default)]
    pub praised: Share,
    /// 差评原因: how often each was given.
    #[serde(default)]
    pub negative_reasons: Vec<ReasonTally>,
    /// 过号激活率: re-activated over no-show events.
    #[serde(default)]
    pub reactivation: Share,
    /// 件类 of served legs, as the clerks chose.
    #[serde(default)]
    pub cases: Vec<CaseTally>,
    /// 按期办结率: cases closed by the day promised over all closed that had one.
    #[serde(default)]
    pub cases_in_time: Share,
    /// 即办件占比: done on the spot over served with a kind.
    #[serde(default)]
    pub on_the_spot: Share,
    /// Pauses by reason.
    #[serde(default)]
    pub pauses: Vec<PauseTally>,
    /// By clerk.
    #[serde(default)]
    pub staff: Vec<StaffTally>,
    /// 自助取号占比.
    pub self_service: Share,
    /// 延时服务: legs started after the session's end.
    pub extended: u32,
    /// 延时分钟: the time served behind the end of a session, in seconds.
    #[serde(default)]
    pub overtime_secs: u64,
    /// 批量: everything handled, copies counted.
    #[serde(default)]
    pub copies: u32,
    /// 受理.
    #[serde(default)]
    pub accepted: u32,
    /// 不予受理.
    #[serde(default)]
    pub declined: u32,
    /// 寄递: results that are posted.
    #[serde(default)]
    pub posted: u32,
    /// 再次来访未见告知: visits for a case that had left nothing on file.
    #[serde(default)]
    pub unnoticed: u32,
    /// 顶岗: who stood in for whom, oldest first.
    #[serde(default)]
    pub stand_ins: Vec<StandInTally>,
    /// Waits by class of 5 minutes: up to 5, up to 10, …, the last is over 60.
    pub wait_histogram: Vec<u32>,
    /// By half hour of the day.
    pub half_hours: Vec<HalfHour>,
    /// By queue.
    pub queues: Vec<QueueTally>,
    /// By window.
    pub windows: Vec<WindowTally>,
    /// 指标: every one of the hall.
    #[serde(default)]
    pub indicators: Vec<Indicated>,
}

impl Tally {
    /// 加权得分: the mean level × 20, of 100 points; none without evaluations.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        score(self.evaluations)
    }

    /// 峰值时段: the half hour in which most tickets were taken; the first of several.
    #[must_use]
    pub fn peak(&self) -> Option<&HalfHour> {
        let most = self.half_hours.iter().map(|half| half.issued).max().filter(|most| *most > 0)?;
        self.half_hours.iter().find(|half| half.issued == most)
    }
}

/// 加权得分 of evaluations by level 1 to 5.
#[must_use]
pub fn score(evaluations: [u32; 5]) -> Option<f64> {
    let count: u32 = evaluations.iter().sum();
    let sum: u32 = (1..).zip(evaluations).map(|(level, count): (u32, u32)| level * count).sum();
    (count > 0).then(|| 20.0 * f64::from(sum) / f64::from(count))
}

/// 指标: what an indicator says, with its base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Indicated {
    /// Which: its formula and its traps stand in `docs/INDICATORS.md`.
    #[schema(value_type = String)]
    pub indicator: Indicator,
    /// 单位: every time is in minutes.
    #[schema(value_type = String)]
    pub unit: Unit,
    /// The value; none where there is no base.
    pub value: Option<f64>,
    /// 基数: how many it rests on, times in minutes; none of a plain count.
    pub base: Option<f64>,
    /// 达标; none without a target, or without a value.
    pub on_target: Option<bool>,
}

/// How often a reason was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReasonTally {
    /// The reason.
    #[schema(value_type = String)]
    pub reason: Reason,
    /// How often.
    pub count: u32,
}

/// How many of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CaseTally {
    /// The kind.
    #[schema(value_type = String)]
    pub kind: CaseKind,
    /// How many.
    pub count: u32,
}

/// Pauses of a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PauseTally {
    /// Why.
    #[schema(value_type = String)]
    pub reason: PauseReason,
    /// How often.
    pub count: u32,
    /// How long, in seconds.
    pub secs: u64,
}

/// 顶岗: one time that a B角 took a window over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StandInTally {
    /// The window.
    #[schema(value_type = String)]
    pub window: WindowId,
    /// Who was away.
    #[schema(value_type = String)]
    pub absent: StaffNo,
    /// Who stood in.
    #[schema(value_type = String)]
    pub staff: StaffNo,
    /// Since when, in milliseconds since 1970.
    pub since: i64,
    /// Until when; none while it lasts.
    pub until: Option<i64>,
}

/// A clerk's figures, at whichever window.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct StaffTally {
    /// Who.
    #[schema(value_type = String)]
    pub staff: StaffNo,
    /// Served.
    pub served: u32,
    /// Services.
    pub service: Spread,
    /// Passed over, every one.
    pub no_show_events: u32,
    /// Evaluations by level 1 to 5.
    pub evaluations: [u32; 5],
}

/// An average with its tail and its base, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, ToSchema)]
pub struct Spread {
    /// How many it rests on.
    pub count: u32,
    /// The mean.
    pub mean_secs: f64,
    /// The median.
    pub median_secs: f64,
    /// The ninth decile.
    pub p90_secs: f64,
    /// The greatest.
    pub max_secs: f64,
}

/// A share with its base.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, ToSchema)]
pub struct Share {
    /// The part.
    pub part: f64,
    /// The whole; with none there is no share.
    pub whole: f64,
}

impl Share {
    /// Per cent, if there is a base.
    #[must_use]
    pub fn percent(&self) -> Option<f64> {
        (self.whole > 0.0).then(|| 100.0 * self.part / self.whole)
    }
}

/// Half an hour of the day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct HalfHour {
    /// "09:30".
    pub from: String,
    /// Issued in it.
    pub issued: u32,
    /// First called in it.
    pub called: u32,
    /// Mean wait of those called in it, in seconds.
    pub wait_mean_secs: Option<f64>,
}

/// A queue's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct QueueTally {
    /// The queue.
    #[schema(value_type = String)]
    pub id: QueueId,
    /// Its name.
    pub name: String,
    /// Issued.
    pub issued: u32,
    /// Served.
    pub served: u32,
    /// Waits.
    pub wait: Spread,
    /// Within the target.
    pub wait_within_target: Share,
    /// Services.
    pub service: Spread,
    /// Passed over, final.
    pub no_shows: u32,
}

/// A window's figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct WindowTally {
    /// The window.
    #[schema(value_type = String)]
    pub id: WindowId,
    /// Its name.
    pub name: String,
    /// Served.
    pub served: u32,
    /// Services.
    pub service: Spread,
    /// Serving over signed-on minus pauses.
    pub utilisation: Share,
    /// Pauses, how often.
    pub pauses: u32,
    /// Pauses, how long, in seconds.
    pub paused_secs: u64,
    /// Evaluations by level 1 to 5.
    pub evaluations: [u32; 5],
}
