//! 警报: what stands, and what of the day alerts are judged by.

use alloc::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    string::String,
    sync::Arc,
};

use crate::{
    ids::{AlertId, DeviceId, StaffNo, WindowId},
    limits::{HAPPENED_MAX, HELPS_MAX},
    time::Timestamp,
    words::alert::{AlertKind, AlertLevel, DeviceTrouble, Subject},
};

/// 警报: how an alert stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertNow {
    /// Its number in the day.
    pub id: AlertId,
    /// What it is.
    pub kind: AlertKind,
    /// What it is about.
    pub subject: Subject,
    /// Yellow or red now; none once it has passed and waits to be closed.
    pub level: Option<AlertLevel>,
    /// The worst level it had.
    pub worst: AlertLevel,
    /// When it was raised first.
    pub raised: Timestamp,
    /// Since when it has its level, or has passed.
    pub since: Timestamp,
    /// How often it came back before it was closed.
    pub returns: u16,
    /// When it was acknowledged last, and by whom.
    pub acknowledged: Option<(Timestamp, Option<StaffNo>)>,
    /// What was said when it was acknowledged.
    pub note: Option<String>,
}

/// 求助: somebody asks for help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Help {
    /// When.
    pub at: Timestamp,
    /// Where, as people say it.
    pub place: String,
}

/// 排班: windows that should be staffed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// Which.
    pub windows: BTreeSet<WindowId>,
    /// From then …
    pub from: Timestamp,
    /// … to then.
    pub until: Timestamp,
}

/// What stands and what it is judged by. A copy costs nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Alerts(Arc<Inner>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Inner {
    next: AlertId,
    standing: BTreeMap<(AlertKind, Subject), AlertNow>,
    by_id: BTreeMap<AlertId, (AlertKind, Subject)>,
    /// What happened and is not yet told.
    happened: VecDeque<(AlertKind, Subject)>,
    devices: BTreeMap<DeviceId, (DeviceTrouble, Timestamp)>,
    helps: BTreeMap<DeviceId, Help>,
    schedule: Option<Schedule>,
    outcomes: Outcomes,
}

/// Calls that ended in the hour before the last of them, by minute.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outcomes {
    minutes: VecDeque<(i64, u32, u32)>,
    /// When the last call ended.
    pub last: Option<Timestamp>,
}

impl Outcomes {
    /// How many calls ended, and how many because nobody came.
    pub fn count(&self) -> (u32, u32) {
        self.minutes.iter().fold((0, 0), |sum, (_, all, none)| (sum.0 + all, sum.1 + none))
    }

    fn note(&mut self, at: Timestamp, no_show: bool) {
        const HOUR: i64 = 60;
        let minute = at.0.div_euclid(60_000);
        self.minutes.retain(|(each, ..)| *each > minute - HOUR);
        match self.minutes.back_mut() {
            Some((last, all, none)) if *last == minute => {
                *all += 1;
                *none += u32::from(no_show);
            }
            Some(_) | None => self.minutes.push_back((minute, 1, u32::from(no_show))),
        }
        self.last = Some(at);
    }

    /// 撤回: the call has not ended.
    fn forget(&mut self, at: Timestamp, no_show: bool) {
        let minute = at.0.div_euclid(60_000);
        for (_, all, none) in self.minutes.iter_mut().filter(|(each, ..)| *each == minute) {
            *all = all.saturating_sub(1);
            *none = none.saturating_sub(u32::from(no_show));
        }
        self.minutes.retain(|(_, all, _)| *all > 0);
    }
}

impl Alerts {
    pub fn next_id(&self) -> AlertId {
        self.0.next
    }

    pub fn standing(&self) -> impl Iterator<Item = &AlertNow> {
        self.0.standing.values()
    }

    pub fn get(&self, kind: AlertKind, subject: Subject) -> Option<&AlertNow> {
        self.0.standing.get(&(kind, subject))
    }

    pub fn by_id(&self, id: AlertId) -> Option<&AlertNow> {
        self.0.standing.get(self.0.by_id.get(&id)?)
    }

    /// It was raised, today or before.
    pub fn had(&self, id: AlertId) -> bool {
        id < self.0.next
    }

    /// How many numbers lead to an alert.
    pub fn numbers(&self) -> usize {
        self.0.by_id.len()
    }

    pub fn happened(&self) -> impl Iterator<Item = (AlertKind, Subject)> {
        self.0.happened.iter().copied()
    }

    pub fn devices(&self) -> impl Iterator<Item = (DeviceId, DeviceTrouble, Timestamp)> {
        self.0.devices.iter().map(|(id, (trouble, since))| (*id, *trouble, *since))
    }

    pub fn device(&self, id: DeviceId) -> Option<(DeviceTrouble, Timestamp)> {
        self.0.devices.get(&id).copied()
    }

    pub fn device_count(&self) -> usize {
        self.0.devices.len()
    }

    pub fn helps(&self) -> impl Iterator<Item = (DeviceId, &Help)> {
        self.0.helps.iter().map(|(id, help)| (*id, help))
    }

    pub fn help(&self, id: DeviceId) -> Option<&Help> {
        self.0.helps.get(&id)
    }

    pub fn schedule(&self) -> Option<&Schedule> {
        self.0.schedule.as_ref()
    }

    pub fn outcomes(&self) -> &Outcomes {
        &self.0.outcomes
    }

    pub fn raise(
        &mut self,
        at: Timestamp,
        id: AlertId,
        kind: AlertKind,
        subject: Subject,
        level: AlertLevel,
    ) {
        let inner = Arc::make_mut(&mut self.0);
        inner.happened.retain(|each| *each != (kind, subject));
        inner.next = inner.next.max(AlertId(id.0 + 1));
        inner.by_id.insert(id, (kind, subject));
        let alert = inner.standing.entry((kind, subject)).or_insert_with(|| AlertNow {
            id,
            kind,
            subject,
            level: Some(level),
            worst: level,
            raised: at,
            since: at,
            returns: 0,
            acknowledged: None,
            note: None,
        });
        assert_eq!(alert.id, id, "one alert at a time is about one thing");
        if alert.level.is_none() {
            alert.returns = alert.returns.saturating_add(1);
        }
        (alert.level, alert.since) = (Some(level), at);
        alert.worst = alert.worst.max(level);
        if kind.has_happened() {
            inner.forget_old(kind);
        }
    }

    /// It is less bad, or has passed; a red one that asks for a note stays listed.
    pub fn ease(&mut self, at: Timestamp, id: AlertId, level: Option<AlertLevel>) {
        let inner = Arc::make_mut(&mut self.0);
        let key = inner.by_id.get(&id).copied().expect("an event speaks of alerts that stand");
        let alert = inner.standing.get_mut(&key).expect("a numbered alert stands");
        (alert.level, alert.since) = (level, at);
        let stays = alert.kind.asks_for_a_note() && alert.worst == AlertLevel::Red;
        if level.is_none() && !stays {
            inner.remove(id);
        }
    }

    pub fn acknowledge(
        &mut self,
        at: Timestamp,
        id: AlertId,
        by: Option<StaffNo>,
        note: Option<String>,
    ) {
        let inner = Arc::make_mut(&mut self.0);
        let key = inner.by_id.get(&id).copied().expect("an event speaks of alerts that stand");
        let alert = inner.standing.get_mut(&key).expect("a numbered alert stands");
        alert.acknowledged = Some((at, by));
        alert.note = note.or_else(|| alert.note.take());
    }

    pub fn close(&mut self, id: AlertId) {
        let inner = Arc::make_mut(&mut self.0);
        if let Some((AlertKind::Help, Subject::Device(from))) = inner.by_id.get(&id) {
            inner.helps.remove(from);
        }
        inner.remove(id);
    }

    /// Something happened that the next tick tells.
    pub fn note_happened(&mut self, kind: AlertKind, subject: Subject) {
        let told = self.get(kind, subject).is_some_and(|alert| alert.level.is_some());
        if told || self.0.happened.contains(&(kind, subject)) {
            return;
        }
        let happened = &mut Arc::make_mut(&mut self.0).happened;
        if happened.len() >= HAPPENED_MAX {
            happened.pop_front();
        }
        happened.push_back((kind, subject));
    }

    pub fn note_outcome(&mut self, at: Timestamp, no_show: bool) {
        Arc::make_mut(&mut self.0).outcomes.note(at, no_show);
    }

    pub fn forget_outcome(&mut self, at: Timestamp, no_show: bool) {
        Arc::make_mut(&mut self.0).outcomes.forget(at, no_show);
    }

    pub fn note_device(&mut self, id: DeviceId, trouble: Option<(DeviceTrouble, Timestamp)>) {
        let devices = &mut Arc::make_mut(&mut self.0).devices;
        match trouble {
            Some(trouble) => drop(devices.insert(id, trouble)),
            None => drop(devices.remove(&id)),
        }
    }

    /// Who presses again waits anew: whoever went there has not helped.
    pub fn note_help(&mut self, at: Timestamp, from: DeviceId, place: String) {
        let Inner { helps, standing, .. } = Arc::make_mut(&mut self.0);
        if let Some(alert) = standing.get_mut(&(AlertKind::Help, Subject::Device(from))) {
            (alert.acknowledged, alert.note) = (None, None);
        }
        if helps.len() >= HELPS_MAX && !helps.contains_key(&from) {
            let oldest = helps.iter().min_by_key(|(_, help)| help.at).map(|(id, _)| *id);
            oldest.and_then(|id| helps.remove(&id));
        }
        helps.insert(from, Help { at, place });
    }

    pub fn set_schedule(&mut self, schedule: Schedule) {
        Arc::make_mut(&mut self.0).schedule = Some(schedule);
    }

    /// 提前闭厅: nobody is missed at a window that has closed.
    pub fn end_schedule(&mut self, at: Timestamp) {
        if let Some(schedule) = &mut Arc::make_mut(&mut self.0).schedule {
            schedule.until = schedule.until.min(at);
        }
    }
}

impl Inner {
    fn remove(&mut self, id: AlertId) {
        if let Some(key) = self.by_id.remove(&id) {
            self.standing.remove(&key);
        }
    }

    /// What has happened does not pass by itself: past the bound the oldest of its kind goes.
    fn forget_old(&mut self, kind: AlertKind) {
        let of_kind = || self.standing.values().filter(|alert| alert.kind == kind);
        if of_kind().count() > HAPPENED_MAX
            && let Some(oldest) = of_kind().map(|alert| alert.id).min()
        {
            self.remove(oldest);
        }
    }
}
