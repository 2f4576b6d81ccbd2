//! A hall's profile, valid by construction: who exists and which rules hold.

pub mod alerts;
pub mod booking;
pub mod cases;
mod check;
pub mod evaluation;
pub mod item;
pub mod legs;
pub mod obstacle;
pub mod offline;
pub mod order;
pub mod people;
pub mod pipeline;
pub mod priority;
pub mod problem;
pub mod staff;
pub mod windows;

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    ids::{DepartmentId, HallId, ItemId, QueueId, SetupVersion, WindowId, ZoneId},
    setup::{
        alerts::AlertRules,
        booking::BookingRules,
        cases::CaseRules,
        evaluation::EvaluationRules,
        item::Published,
        legs::LegRules,
        offline::OfflineRules,
        order::OrderRules,
        people::{CatalogueRules, PeopleRules},
        pipeline::Pipeline,
        priority::PriorityRules,
        problem::{SetupProblem, Severity},
        staff::Staff,
        windows::WindowRules,
    },
    time::Millis,
    words::{CaseKind, PriorityClass, WindowKind},
};

/// A hall's profile. [`Setup::new`] is the only way to make one.
#[derive(Debug, Clone, PartialEq)]
pub struct Setup {
    parts: Parts,
    version: Option<SetupVersion>,
    queues: BTreeMap<QueueId, usize>,
    items: BTreeMap<ItemId, usize>,
    windows: BTreeMap<WindowId, usize>,
    /// Windows of a queue, primary ones first.
    serving: BTreeMap<QueueId, Vec<usize>>,
    /// Somebody may handle some items only.
    has_grants: bool,
    warnings: Vec<SetupProblem>,
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
    /// People; sorted by their staff numbers when the profile is made.
    pub staff: Vec<Staff>,
    /// 流水线, in the order of the kiosk.
    pub pipelines: Vec<Pipeline>,
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
    /// 绿色窗口: serves this class only.
    pub only: Option<PriorityClass>,
}

/// 事项. It stands in events (`CatalogueChanged`): fields are only added, with a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// What is published of it.
    #[serde(default)]
    pub published: Published,
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
    /// 自动开始: a call that nobody started starts by itself so long after it; 0: never.
    pub start_after_secs: u32,
    /// A second call key within this is the same press.
    pub same_press_within_millis: u32,
    /// 撤回: a wrong press may be taken back within this; 0: never.
    pub take_back_within_secs: u32,
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
    /// Windows at work.
    pub windows: WindowRules,
    /// 评价.
    pub evaluation: EvaluationRules,
    /// Cases at the desk.
    pub cases: CaseRules,
    /// Legs.
    pub legs: LegRules,
    /// Kiosks alone.
    pub offline: OfflineRules,
    /// Who is next.
    pub order: OrderRules,
    /// What a class asks for.
    pub priority: PriorityRules,
    /// 电子监察.
    pub alerts: AlertRules,
    /// Bookings.
    pub booking: BookingRules,
    /// One person, one ticket.
    pub people: PeopleRules,
    /// The catalogue.
    pub catalogue: CatalogueRules,
}

/// Every rule that has a range: its name in `hall.toml`, its value, the least and the greatest.
pub fn ranges(rules: &Rules) -> impl Iterator<Item = (&'static str, u32, u32, u32)> {
    check::ranges(rules)
}

/// Everything wrong or unwise with the parts of a profile, in their order.
#[must_use]
pub fn problems(parts: &Parts) -> Vec<SetupProblem> {
    check::problems(parts)
}

impl Setup {
    /// Makes a profile of its parts.
    ///
    /// # Errors
    /// Every problem that forbids opening, and the warnings beside them.
    pub fn new(mut parts: Parts) -> Result<Self, Vec<SetupProblem>> {
        parts.staff.sort_by_key(|staff| staff.no);
        let problems = check::problems(&parts);
        if problems.iter().any(|problem| problem.severity() == Severity::Error) {
            return Err(problems);
        }
        let mut serving: BTreeMap<QueueId, Vec<usize>> = BTreeMap::new();
        for list in
            [|window: &Window| window.primary.clone(), |window: &Window| window.secondary.clone()]
        {
            for (place, window) in parts.windows.iter().enumerate() {
                for queue in list(window) {
                    serving.entry(queue).or_default().push(place);
                }
            }
        }
        Ok(Self {
            queues: parts.queues.iter().enumerate().map(|(at, queue)| (queue.id, at)).collect(),
            items: parts.items.iter().enumerate().map(|(at, item)| (item.id, at)).collect(),
            windows: parts.windows.iter().enumerate().map(|(at, window)| (window.id, at)).collect(),
            serving,
            has_grants: parts.staff.iter().any(|staff| !staff.grants.is_empty()),
            warnings: problems,
            version: None,
            parts,
        })
    }

    /// The same under a name by which events speak of it.
    #[must_use]
    pub fn named(self, version: SetupVersion) -> Self {
        Self { version: Some(version), ..self }
    }

    /// The name by which events speak of it; none in a hall that never changes its setup.
    #[must_use]
    pub fn version(&self) -> Option<SetupVersion> {
        self.version
    }

    /// The same hall on a clock that runs so many times as fast as the world: what counts the
    /// world's time counts so much more of the hall's.
    #[must_use]
    pub fn at_speed(mut self, speed: f64) -> Self {
        let rules = &mut self.parts.rules;
        rules.alerts = rules.alerts.clone().with_device_limits_at(speed);
        self
    }

    /// What is not forbidden but unwise.
    #[must_use]
    pub fn warnings(&self) -> &[SetupProblem] {
        &self.warnings
    }

    /// The parts it was made of.
    #[must_use]
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// The hall's id in topics.
    #[must_use]
    pub fn id(&self) -> HallId {
        self.parts.id
    }

    /// The official name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.parts.name
    }

    /// The rules.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.parts.rules
    }

    /// Zones, in the order of the kiosk.
    #[must_use]
    pub fn zones(&self) -> &[Zone] {
        &self.parts.zones
    }

    /// A zone.
    #[must_use]
    pub fn zone(&self, id: ZoneId) -> Option<&Zone> {
        self.parts.zones.iter().find(|zone| zone.id == id)
    }

    /// Departments, in the order of the profile.
    #[must_use]
    pub fn departments(&self) -> &[Department] {
        &self.parts.departments
    }

    /// A department.
    #[must_use]
    pub fn department(&self, id: DepartmentId) -> Option<&Department> {
        self.parts.departments.iter().find(|department| department.id == id)
    }

    /// Queues, in the order of the kiosk.
    #[must_use]
    pub fn queues(&self) -> &[Queue] {
        &self.parts.queues
    }

    /// A queue.
    #[must_use]
    pub fn queue(&self, id: QueueId) -> Option<&Queue> {
        self.parts.queues.get(*self.queues.get(&id)?)
    }

    /// Items, in the order of the catalogue.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.parts.items
    }

    /// An item.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&Item> {
        self.parts.items.get(*self.items.get(&id)?)
    }

    /// Items of a queue, in the order of the catalogue.
    pub fn items_of(&self, queue: QueueId) -> impl Iterator<Item = &Item> {
        self.parts.items.iter().filter(move |item| item.queue == queue)
    }

    /// Windows, in their order.
    #[must_use]
    pub fn windows(&self) -> &[Window] {
        &self.parts.windows
    }

    /// A window.
    #[must_use]
    pub fn window(&self, id: WindowId) -> Option<&Window> {
        self.parts.windows.get(*self.windows.get(&id)?)
    }

    /// Windows that may serve a queue: those that have it as primary first.
    pub fn windows_serving(&self, queue: QueueId) -> impl Iterator<Item = &Window> {
        self.serving.get(&queue).into_iter().flatten().map(|at| &self.parts.windows[*at])
    }
}

impl Window {
    /// Its queues, primary first.
    pub fn queues(&self) -> impl Iterator<Item = QueueId> {
        self.primary.iter().chain(&self.secondary).copied()
    }

    /// True if it may serve the queue.
    #[must_use]
    pub fn serves(&self, queue: QueueId) -> bool {
        self.queues().any(|each| each == queue)
    }
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
            start_after_secs: 0,
            same_press_within_millis: 1_000,
            take_back_within_secs: 60,
            device_evaluation_secs: 60,
            confirm_within_secs: 120,
            numbers_per_day: crate::limits::NUMBER_MAX,
            wait_yellow_minutes: 20,
            wait_red_minutes: 30,
            wait_target_minutes: 15,
            windows: WindowRules::default(),
            evaluation: EvaluationRules::default(),
            cases: CaseRules::default(),
            legs: LegRules::default(),
            offline: OfflineRules::default(),
            order: OrderRules::default(),
            priority: PriorityRules::default(),
            alerts: AlertRules::default(),
            booking: BookingRules::default(),
            people: PeopleRules::default(),
            catalogue: CatalogueRules::default(),
        }
    }
}

#[cfg(test)]
mod tests;
