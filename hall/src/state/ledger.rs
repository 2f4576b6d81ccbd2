//! 台账 of the day: what the figures need and neither legs nor windows keep — who was where from when
//! to when, what was scheduled, what was raised, what was ill.

use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};

use crate::{
    event::calls::CallsReported,
    ids::{DeviceId, QueueId, StaffNo, WindowId},
    limits::{SCHEDULES_KEPT, STRETCHES_MAX},
    state::{State, alerts::Schedule, shelf::Shelf},
    time::Timestamp,
    words::{
        PauseReason,
        alert::{AlertKind, AlertLevel, DeviceTrouble},
    },
};

/// A time of one kind at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<T> {
    /// What it was.
    pub what: T,
    /// From then …
    pub from: Timestamp,
    /// … to then.
    pub until: Timestamp,
}

/// What somebody did at a window for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtWindow {
    /// Where.
    pub window: WindowId,
    /// Who.
    pub staff: StaffNo,
    /// What it was.
    pub doing: Doing,
}

/// What a clerk does at a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// 登录: there, whatever else.
    Signed,
    /// 暂停.
    Paused(PauseReason),
    /// 空闲: able to call somebody.
    Free,
}

/// 警报 by what they are about; one about somebody is counted where that person waits or is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Raised {
    pub kind: AlertKind,
    pub queue: Option<QueueId>,
    pub window: Option<WindowId>,
}

/// The day's ledger. A copy costs little.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ledger {
    /// What is over; what lasts stands with the windows.
    windows: Shelf<Stretch<AtWindow>>,
    /// 故障 that is over; what lasts is in `ill`.
    devices: Shelf<Stretch<DeviceId>>,
    others: Arc<Others>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Others {
    /// 排班, each with when it was told.
    schedules: Vec<(Timestamp, Schedule)>,
    /// How often yellow, how often red.
    raised: BTreeMap<Raised, [u32; 2]>,
    ill: BTreeMap<DeviceId, Timestamp>,
    /// 叫号送达: calls that had to arrive, and those that did in time.
    calls: BTreeMap<WindowId, (u32, u32)>,
}

impl Ledger {
    /// Stretches at windows that are over, by their ends.
    pub fn at_windows(&self) -> impl Iterator<Item = &Stretch<AtWindow>> {
        self.windows.iter()
    }

    /// 故障时长: stretches of devices that did not work, those that last up to now.
    pub fn ill(&self, now: Timestamp) -> impl Iterator<Item = (Stretch<DeviceId>, bool)> {
        let over = self.devices.iter().map(|stretch| (*stretch, true));
        let lasting = self.others.ill.iter();
        let lasting = lasting.map(move |(id, from)| Stretch { what: *id, from: *from, until: now });
        over.chain(lasting.map(|stretch| (stretch, false)))
    }

    /// Alerts raised today, how often yellow and how often red.
    pub fn raised(&self) -> impl Iterator<Item = (Raised, [u32; 2])> {
        self.others.raised.iter().map(|(raised, counts)| (*raised, *counts))
    }

    /// 叫号送达 of the day: calls that had to arrive at a window's people, and those that did in time.
    pub fn calls(&self) -> impl Iterator<Item = (WindowId, (u32, u32))> {
        self.others.calls.iter().map(|(window, counts)| (*window, *counts))
    }

    /// 排班 of the day: each holds until its end, or until the next was told.
    pub fn scheduled(&self) -> impl Iterator<Item = Stretch<&Schedule>> {
        let all = &self.others.schedules;
        all.iter().enumerate().map(|(at, (told, schedule))| {
            let from = if at == 0 { schedule.from } else { schedule.from.max(*told) };
            let next = all.get(at + 1).map_or(schedule.until, |(told, next)| next.from.max(*told));
            Stretch { what: schedule, from, until: schedule.until.min(next) }
        })
    }

    /// Past the bound a stretch is not kept; sums by window stand with the windows.
    pub fn note_at_window(&mut self, what: AtWindow, from: Timestamp, until: Timestamp) {
        if self.windows.len() < STRETCHES_MAX {
            self.windows.push(Stretch { what, from, until });
        }
    }

    /// 纸将尽 is a warning: the device still works.
    pub fn note_device(
        &mut self,
        device: DeviceId,
        trouble: Option<DeviceTrouble>,
        (since, at): (Timestamp, Timestamp),
    ) {
        let works = trouble.is_none_or(|trouble| trouble == DeviceTrouble::PaperLow);
        if !works {
            Arc::make_mut(&mut self.others).ill.entry(device).or_insert(since);
        } else if self.others.ill.contains_key(&device)
            && let Some(from) = Arc::make_mut(&mut self.others).ill.remove(&device)
            && self.devices.len() < STRETCHES_MAX
        {
            self.devices.push(Stretch { what: device, from, until: at });
        }
    }

    pub fn note_raised(&mut self, raised: Raised, level: AlertLevel) {
        let counts = Arc::make_mut(&mut self.others).raised.entry(raised).or_default();
        counts[level as usize] += 1;
    }

    pub fn note_calls(&mut self, said: CallsReported) {
        let counts = Arc::make_mut(&mut self.others).calls.entry(said.window).or_default();
        counts.0 = counts.0.saturating_add(said.calls);
        counts.1 = counts.1.saturating_add(said.in_time);
    }

    pub fn note_schedule(&mut self, at: Timestamp, schedule: Schedule) {
        let schedules = &mut Arc::make_mut(&mut self.others).schedules;
        if schedules.len() < SCHEDULES_KEPT {
            schedules.push((at, schedule));
        }
    }

    /// 提前闭厅: nobody was to be there any more.
    pub fn end_schedule(&mut self, at: Timestamp) {
        if let Some((_, schedule)) = Arc::make_mut(&mut self.others).schedules.last_mut() {
            schedule.until = schedule.until.min(at);
        }
    }
}

impl State {
    /// The window was free up to now, if it was.
    pub fn note_free(&mut self, at: Timestamp, id: WindowId) {
        let window = self.window_mut(id);
        let free = window.current.is_none() && window.paused.is_none();
        if let (true, Some(staff), Some(from)) = (free, window.staff(), window.since)
            && from < at
        {
            let what = AtWindow { window: id, staff, doing: Doing::Free };
            self.ledger.note_at_window(what, from, at);
        }
    }

    /// The pause that ends now, if there is one.
    pub fn note_pause(&mut self, at: Timestamp, id: WindowId) {
        let window = self.window_mut(id);
        if let (Some(staff), Some((reason, from))) = (window.staff(), window.paused) {
            let what = AtWindow { window: id, staff, doing: Doing::Paused(reason) };
            self.ledger.note_at_window(what, from, at);
        }
    }

    /// The clerk leaves now.
    pub fn note_signed(&mut self, at: Timestamp, id: WindowId) {
        if let Some((staff, from)) = self.window_mut(id).signed_on {
            let what = AtWindow { window: id, staff, doing: Doing::Signed };
            self.ledger.note_at_window(what, from, at);
        }
    }
}
