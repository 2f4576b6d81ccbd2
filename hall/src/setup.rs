//! A hall's profile, valid by construction: who exists and which rules hold.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    ids::{DepartmentId, HallId, ItemId, QueueId, WindowId, ZoneId},
    time::Millis,
    words::{CaseKind, WindowKind},
};

/// A hall's profile. [`Setup::new`] is the only way to make one.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    parts: Parts,
    queues: BTreeMap<QueueId, Queue>,
    items: BTreeMap<ItemId, Item>,
    windows: BTreeMap<WindowId, Window>,
}

/// What a profile is made of, before it is checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts {
    /// The hall's id in topics.
    pub id: HallId,
    /// The official name.
    pub name: String,
    /// Zones, in the order of the kiosk.
    pub zones: Vec<Zone>,
    /// Departments.
    pub departments: Vec<Department>,
    /// Queues, in the order of the kiosk.
    pub queues: Vec<Queue>,
    /// Windows, in their order.
    pub windows: Vec<Window>,
    /// Items, in the order of the catalogue.
    pub items: Vec<Item>,
    /// The rules.
    pub rules: Rules,
}

/// 区域.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// Its id.
    pub id: ZoneId,
    /// Its name: "注册登记服务区".
    pub name: String,
    /// Where it is, as people say it: "一楼A区".
    pub place: String,
    /// Seats for waiting, for the crowding indicator.
    pub seats: u16,
}

/// 部门.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its name.
    pub name: String,
}

/// 队列.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Its id; the first character is the ticket's letter.
    pub id: QueueId,
    /// The letter of its tickets.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// At most 8 characters, for screens.
    pub short_name: String,
    /// Its department.
    pub department: DepartmentId,
    /// Its zone.
    pub zone: ZoneId,
    /// The mean service time that estimates begin with.
    pub mean_service: Millis,
    /// False: only by transfer (收费).
    pub issued: bool,
}

/// 窗口.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its number.
    pub id: WindowId,
    /// Its name on the plate.
    pub name: String,
    /// Its zone.
    pub zone: ZoneId,
    /// Its kind.
    pub kind: WindowKind,
    /// 主办: served first.
    pub primary: Vec<QueueId>,
    /// 兼办: served when nobody of the primary list waits.
    pub secondary: Vec<QueueId>,
}

/// 事项.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its code.
    pub id: ItemId,
    /// Its name.
    pub name: String,
    /// Its queue.
    pub queue: QueueId,
    /// What it usually ends as.
    pub kind: CaseKind,
    /// 承诺时限, in working days.
    pub limit_working_days: Option<u16>,
    /// The mean service time.
    pub mean_service: Millis,
    /// Its standard deviation.
    pub sd_service: Millis,
    /// How many come on a standard day.
    pub per_day: u16,
    /// What to bring.
    pub bring: Vec<String>,
}

/// The rules every hall argues about; each default is `domain.md` 3.2.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// Recalls after the first call.
    pub recalls_max: u8,
    /// Between two calls of one number.
    pub recall_after_secs: u32,
    /// From the first call to the earliest no-show.
    pub no_show_after_secs: u32,
    /// 过号激活: false makes a passed ticket void.
    pub reactivation: bool,
    /// From the no-show to the latest re-activation.
    pub reactivate_within_minutes: u32,
    /// Others of the queue called before a re-activated ticket.
    pub reactivate_behind: u8,
    /// Switches the starvation guard; without it priority goes strictly first.
    pub guard: bool,
    /// Priority calls in a row at a window before an ordinary one.
    pub guard_after_calls: u8,
    /// An ordinary ticket that waited so long counts as priority.
    pub promote_after_minutes: u32,
    /// A finish without a start presumes the start so long after the call.
    pub presume_start_after_secs: u32,
    /// A second call key within this is the same press.
    pub same_press_within_millis: u32,
    /// How long the window's device may answer for a finished leg.
    pub device_evaluation_secs: u32,
    /// A reserved ticket nobody confirmed joins the queue after this, so that no slip is orphaned.
    pub confirm_within_secs: u32,
    /// Numbers of a queue and day.
    pub numbers_per_day: u16,
    /// Yellow: longest wait.
    pub wait_yellow_minutes: u32,
    /// Red: longest wait.
    pub wait_red_minutes: u32,
    /// 等候达标: a wait up to this is on target.
    pub wait_target_minutes: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            recalls_max: 2,
            recall_after_secs: 20,
            no_show_after_secs: 60,
            reactivation: true,
            reactivate_within_minutes: 30,
            reactivate_behind: 3,
            guard: true,
            guard_after_calls: 2,
            promote_after_minutes: 30,
            presume_start_after_secs: 15,
            same_press_within_millis: 1_000,
            device_evaluation_secs: 60,
            confirm_within_secs: 120,
            numbers_per_day: crate::limits::NUMBER_MAX,
            wait_yellow_minutes: 20,
            wait_red_minutes: 30,
            wait_target_minutes: 15,
        }
    }
}
