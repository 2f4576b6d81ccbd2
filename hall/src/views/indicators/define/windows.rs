//! Indicators of windows, clerks and devices: what their time went to.

use super::Share;
use crate::{time::Millis, views::indicators::figures::Figures, words::alert::AlertLevel};

impl Figures {
    /// Time signed on without pauses. Every pause has its reason and counts as approved; one that is
    /// too long is told by 在岗率.
    #[must_use]
    pub fn staffed(&self) -> Millis {
        Millis(self.signed.0.saturating_sub(self.paused.0))
    }

    /// 窗口利用率: time served over time signed on without pauses, %. Base in time. Trap: above 85 the
    /// queues grow; it is a share of sums, never a mean of the windows' shares.
    #[must_use]
    pub fn utilisation(&self) -> Share {
        Share::of_times(self.serving, self.staffed())
    }

    /// 开窗率: scheduled time with somebody signed on over scheduled time, %. Base in time. Trap: who
    /// works outside the schedule does not make up for a window that was missed.
    #[must_use]
    pub fn open_rate(&self) -> Share {
        Share::of_times(self.scheduled_signed, self.scheduled)
    }

    /// 在岗率: the same less what pauses were longer than the limit of 久停, %. Base in time.
    #[must_use]
    pub fn attendance(&self) -> Share {
        let there = self.scheduled_signed.0.saturating_sub(self.scheduled_away.0);
        Share::of_times(Millis(there), self.scheduled)
    }

    /// Hours signed on: what 每小时办件 is for each of. Trap: to be compared only inside one queue.
    #[must_use]
    pub fn signed_hours(&self) -> f64 {
        self.signed.0 as f64 / 3_600_000.0
    }

    /// 超时预警 and 红牌: alerts raised of a level. Trap: one that goes from yellow to red counts once
    /// in each, and what is overdue is told anew every morning.
    #[must_use]
    pub fn alerts_of(&self, level: AlertLevel) -> u32 {
        self.alerts.iter().map(|levels| levels[level as usize]).sum()
    }

    /// 叫号送达: calls whose strip confirmed them within 2 s, and that were spoken where somebody
    /// speaks, over calls that had a strip or a voice, %. The shell tells both. Trap: a voice says so
    /// only when it has spoken, and speaks one after the other: it has no two seconds.
    #[must_use]
    pub fn calls_in_time(&self) -> Share {
        Share::of(self.calls_arrived, self.calls_told)
    }

    /// 设备在线率: the hall's hours less those in which the device did not work, %. Base in time. Trap:
    /// told of single devices only: the hall does not know how many never failed; and time at
    /// night is no opening time.
    #[must_use]
    pub fn device_online(&self) -> Share {
        Share::of_times(Millis(self.open.0.saturating_sub(self.down.0)), self.open)
    }
}
