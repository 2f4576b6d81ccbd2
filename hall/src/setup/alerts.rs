//! `[rules.alerts]`: 电子监察, when something is told. Yellow when a limit is near, red past it; the
//! limits of 等候超时 are `wait_yellow_minutes` and `wait_red_minutes` of `[rules]`.

use serde::{Deserialize, Serialize};

use super::check::Range;
use crate::limits::WORKING_DAYS_TOLD;

/// The settings of alerts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlertRules {
    /// False: nothing is told of itself, as in a village point with one window.
    pub on: bool,
    /// 等候超时 ends when the longest wait is this much below its limit, so that it does not flicker.
    pub wait_ease_minutes: u32,
    /// 队列过长: people waiting for each open window, yellow.
    pub queue_yellow: u32,
    /// 队列过长, red.
    pub queue_red: u32,
    /// 队列过长 ends when this many fewer wait for each window.
    pub queue_ease: u32,
    /// 窗口空岗: scheduled and not signed on so long, yellow.
    pub unstaffed_yellow_minutes: u32,
    /// 窗口空岗, red.
    pub unstaffed_red_minutes: u32,
    /// 久停: paused so long while somebody waits, yellow.
    pub pause_yellow_minutes: u32,
    /// 久停, red.
    pub pause_red_minutes: u32,
    /// 有人等候未叫号: free so long while somebody waits, yellow.
    pub idle_yellow_minutes: u32,
    /// 有人等候未叫号, red.
    pub idle_red_minutes: u32,
    /// 超时办理: hundredths of the standard service time, yellow.
    pub service_yellow_percent: u32,
    /// 超时办理, red.
    pub service_red_percent: u32,
    /// 多次转移: transfers of one ticket, yellow.
    pub transfers_yellow: u32,
    /// 多次转移, red.
    pub transfers_red: u32,
    /// 弃号异常: no-shows of the last hour in hundredths, yellow above this.
    pub no_shows_yellow_percent: u32,
    /// 弃号异常, red above this.
    pub no_shows_red_percent: u32,
    /// 弃号异常 ends when the share is this much lower.
    pub no_shows_ease_percent: u32,
    /// 弃号异常 is not judged on fewer calls of an hour.
    pub no_shows_least: u32,
    /// 设备: nothing heard so long, yellow.
    pub device_yellow_secs: u32,
    /// 设备: nothing heard, or ill, so long, red.
    pub device_red_secs: u32,
    /// 未配岗: so long after the opening.
    pub unassigned_after_minutes: u32,
    /// 承诺件到期: yellow so many working days before the day promised, red once it is past; 0:
    /// nothing is told, as where the departments' own systems see to it.
    pub case_due_working_days: u32,
    /// 差评限期: yellow so many working days before the limit, red once it is past; 0: never.
    pub matter_due_working_days: u32,
    /// 求助: how long it is told that somebody asked.
    pub help_minutes: u32,
}

impl Default for AlertRules {
    fn default() -> Self {
        Self {
            on: true,
            wait_ease_minutes: 5,
            queue_yellow: 8,
            queue_red: 10,
            queue_ease: 2,
            unstaffed_yellow_minutes: 5,
            unstaffed_red_minutes: 10,
            pause_yellow_minutes: 10,
            pause_red_minutes: 20,
            idle_yellow_minutes: 2,
            idle_red_minutes: 5,
            service_yellow_percent: 150,
            service_red_percent: 250,
            transfers_yellow: 2,
            transfers_red: 3,
            no_shows_yellow_percent: 15,
            no_shows_red_percent: 25,
            no_shows_ease_percent: 3,
            no_shows_least: 10,
            device_yellow_secs: 60,
            device_red_secs: 300,
            unassigned_after_minutes: 0,
            case_due_working_days: 2,
            matter_due_working_days: 1,
            help_minutes: 10,
        }
    }
}

impl AlertRules {
    /// The limits of silent and ill devices for a hall whose clock runs so many times as fast as
    /// the world: devices live in the world's time.
    #[must_use]
    pub fn with_device_limits_at(self, speed: f64) -> Self {
        // Never 0: a limit that is past from the start would tell of every device.
        let of = |secs: u32| ((f64::from(secs) * speed) as u32).max(1);
        Self {
            device_yellow_secs: of(self.device_yellow_secs),
            device_red_secs: of(self.device_red_secs),
            ..self
        }
    }

    pub(super) fn ranges(&self) -> [Range; 24] {
        const DAY: u32 = 24 * 60;
        const WORKING_DAYS: u32 = WORKING_DAYS_TOLD as u32;
        [
            ("alerts.wait_ease_minutes", self.wait_ease_minutes, 0, DAY),
            ("alerts.queue_yellow", self.queue_yellow, 1, 1_000),
            ("alerts.queue_red", self.queue_red, self.queue_yellow, 1_000),
            ("alerts.queue_ease", self.queue_ease, 0, self.queue_yellow),
            ("alerts.unstaffed_yellow_minutes", self.unstaffed_yellow_minutes, 0, DAY),
            (
                "alerts.unstaffed_red_minutes",
                self.unstaffed_red_minutes,
                self.unstaffed_yellow_minutes,
                DAY,
            ),
            ("alerts.pause_yellow_minutes", self.pause_yellow_minutes, 1, DAY),
            ("alerts.pause_red_minutes", self.pause_red_minutes, self.pause_yellow_minutes, DAY),
            ("alerts.idle_yellow_minutes", self.idle_yellow_minutes, 1, DAY),
            ("alerts.idle_red_minutes", self.idle_red_minutes, self.idle_yellow_minutes, DAY),
            ("alerts.service_yellow_percent", self.service_yellow_percent, 100, 10_000),
            (
                "alerts.service_red_percent",
                self.service_red_percent,
                self.service_yellow_percent,
                10_000,
            ),
            ("alerts.transfers_yellow", self.transfers_yellow, 1, 15),
            ("alerts.transfers_red", self.transfers_red, self.transfers_yellow, 15),
            ("alerts.no_shows_yellow_percent", self.no_shows_yellow_percent, 1, 100),
            (
                "alerts.no_shows_red_percent",
                self.no_shows_red_percent,
                self.no_shows_yellow_percent,
                100,
            ),
            (
                "alerts.no_shows_ease_percent",
                self.no_shows_ease_percent,
                0,
                self.no_shows_yellow_percent,
            ),
            ("alerts.no_shows_least", self.no_shows_least, 1, 1_000),
            ("alerts.device_yellow_secs", self.device_yellow_secs, 1, 3_600),
            ("alerts.device_red_secs", self.device_red_secs, self.device_yellow_secs, 36_000),
            ("alerts.unassigned_after_minutes", self.unassigned_after_minutes, 0, DAY),
            ("alerts.case_due_working_days", self.case_due_working_days, 0, WORKING_DAYS),
            ("alerts.matter_due_working_days", self.matter_due_working_days, 0, WORKING_DAYS),
            ("alerts.help_minutes", self.help_minutes, 1, DAY),
        ]
    }
}
