//! What can be wrong with a hall's profile, as data; the words are in `assets/texts`.

use alloc::{string::String, vec::Vec};

use crate::{
    ids::{DepartmentId, ItemId, PipelineId, QueueId, StaffNo, WindowId, ZoneId},
    time::{Day, TimeOfDay},
};

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetupProblem {
    /// The hall has no name.
    #[error("the hall has no name")]
    NoName,
    /// There is no queue at all.
    #[error("there is no queue")]
    NoQueues,
    /// There is no window at all.
    #[error("there is no window")]
    NoWindows,
    /// More of something than the hall can hold.
    #[error("{count} {part}: at most {most} can be held")]
    TooMany {
        /// Of what.
        part: Part,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// The same id twice.
    #[error("{name} stands there twice")]
    Duplicate {
        /// What.
        name: Name,
    },
    /// A thing without a name.
    #[error("{name} has no name")]
    Unnamed {
        /// What.
        name: Name,
    },
    /// Two queues would give the same numbers.
    #[error("letter {letter} is used by more than one queue")]
    LetterTwice {
        /// The letter.
        letter: char,
        /// The queues.
        queues: Vec<QueueId>,
    },
    /// A letter that is not `A` to `Z`.
    #[error("queue {queue}: '{letter}' is not a letter A to Z")]
    BadLetter {
        /// The queue.
        queue: QueueId,
        /// Its letter.
        letter: char,
    },
    /// The letter is not the first character of the queue's id.
    #[error("queue {queue}: its id must begin with its letter {letter}")]
    LetterNotOfId {
        /// The queue.
        queue: QueueId,
        /// Its letter.
        letter: char,
    },
    /// I, O, Q and U are taken for 1, 0, O and V.
    #[error("queue {queue}: letter {letter} is easily misread")]
    LookAlikeLetter {
        /// The queue.
        queue: QueueId,
        /// Its letter.
        letter: char,
    },
    /// The short name does not fit its place on screens.
    #[error("queue {queue}: the short name has more than {most} characters")]
    ShortNameTooLong {
        /// The queue.
        queue: QueueId,
        /// How many characters fit.
        most: usize,
    },
    /// A mean service time of zero makes no estimate.
    #[error("{name}: the mean service time is zero")]
    NoServiceTime {
        /// What.
        name: Name,
    },
    /// A zone that does not exist.
    #[error("{at}: there is no zone {zone}")]
    UnknownZone {
        /// Who names it.
        at: Name,
        /// The zone.
        zone: ZoneId,
    },
    /// A department that does not exist.
    #[error("{at}: there is no department {department}")]
    UnknownDepartment {
        /// Who names it.
        at: Name,
        /// The department.
        department: DepartmentId,
    },
    /// A queue that does not exist.
    #[error("{at}: there is no queue {queue}")]
    UnknownQueue {
        /// Who names it.
        at: Name,
        /// The queue.
        queue: QueueId,
    },
    /// A window that serves nothing, and is not a temporary one.
    #[error("window {window} has no queue")]
    WindowWithoutQueue {
        /// The window.
        window: WindowId,
    },
    /// A queue stands twice in a window's lists.
    #[error("window {window}: queue {queue} stands there twice")]
    QueueTwice {
        /// The window.
        window: WindowId,
        /// The queue.
        queue: QueueId,
    },
    /// Tickets that no window has to call: nobody may be promised service by leftovers.
    #[error("queue {queue}: no window has it as primary")]
    QueueWithoutWindow {
        /// The queue.
        queue: QueueId,
    },
    /// A rule outside what the hall can keep.
    #[error("rule {rule}: {value} is not within {least} to {most}")]
    RuleOutOfRange {
        /// The rule's name in `hall.toml`.
        rule: &'static str,
        /// Its value.
        value: u32,
        /// The least allowed.
        least: u32,
        /// The greatest allowed.
        most: u32,
    },
    /// A window that does not exist.
    #[error("{at}: there is no window {window}")]
    UnknownWindow {
        /// Who names it.
        at: Name,
        /// The window.
        window: WindowId,
    },
    /// An item that does not exist.
    #[error("{at}: there is no item {item}")]
    UnknownItem {
        /// Who names it.
        at: Name,
        /// The item.
        item: ItemId,
    },
    /// An authorisation for nothing.
    #[error("staff {staff}: an authorisation names neither a queue nor an item")]
    EmptyGrant {
        /// The person.
        staff: StaffNo,
    },
    /// An authorisation that ends before it begins.
    #[error("staff {staff}: an authorisation from {from} ends on {until}")]
    GrantEndsBefore {
        /// The person.
        staff: StaffNo,
        /// Its first day.
        from: Day,
        /// Its last day.
        until: Day,
    },
    /// Slots of a queue that does not exist or gives no tickets.
    #[error("slots: there is no queue {queue} that gives tickets")]
    SlotsOfNoQueue {
        /// The queue.
        queue: QueueId,
    },
    /// Slots of an item that is not the queue's.
    #[error("slots of queue {queue}: it has no item {item}")]
    SlotsOfNoItem {
        /// The queue.
        queue: QueueId,
        /// The item.
        item: ItemId,
    },
    /// The span is no whole number of slots.
    #[error("slots of queue {queue} from {from}: the span is no whole number of slots")]
    SlotsDoNotFit {
        /// The queue.
        queue: QueueId,
        /// Where the line begins.
        from: TimeOfDay,
    },
    /// Slots that take nobody.
    #[error("slots of queue {queue} from {from}: the capacity is zero")]
    SlotsWithoutPlaces {
        /// The queue.
        queue: QueueId,
        /// Where the line begins.
        from: TimeOfDay,
    },
    /// Two lines of slots of one queue or item overlap.
    #[error("slots of queue {queue} from {from}: they overlap others of the same")]
    SlotsOverlap {
        /// The queue.
        queue: QueueId,
        /// Where the line begins.
        from: TimeOfDay,
    },
    /// More text than a change of the catalogue could carry.
    #[error("item {item}: its texts have more than {most} bytes")]
    ItemTooLong {
        /// The item.
        item: ItemId,
        /// How many it may have.
        most: usize,
    },
    /// A pipeline that leads nowhere, or further than a ticket can go.
    #[error("pipeline {pipeline}: {count} legs, where 1 to {most} can be")]
    PipelineLegs {
        /// The pipeline.
        pipeline: PipelineId,
        /// How many it has.
        count: usize,
        /// How many it may have.
        most: usize,
    },
}

/// A kind of parts of which there can be too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Queues.
    Queues,
    /// Windows.
    Windows,
    /// Items.
    Items,
    /// People.
    Staff,
}

impl core::fmt::Display for Part {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::Queues => "queues",
            Self::Windows => "windows",
            Self::Items => "items",
            Self::Staff => "people",
        })
    }
}

/// A part of the profile by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// 区域.
    Zone(ZoneId),
    /// 部门.
    Department(DepartmentId),
    /// 队列.
    Queue(QueueId),
    /// 窗口.
    Window(WindowId),
    /// 事项.
    Item(ItemId),
    /// 人员.
    Staff(StaffNo),
    /// 流水线.
    Pipeline(PipelineId),
}

impl core::fmt::Display for Name {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Zone(id) => write!(f, "zone {id}"),
            Self::Department(id) => write!(f, "department {id}"),
            Self::Queue(id) => write!(f, "queue {id}"),
            Self::Window(id) => write!(f, "window {id}"),
            Self::Item(id) => write!(f, "item {id}"),
            Self::Staff(no) => write!(f, "staff {no}"),
            Self::Pipeline(id) => write!(f, "pipeline {id}"),
        }
    }
}

/// Whether a hall may open with a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It may, but should not.
    Warning,
    /// It may not.
    Error,
}

impl SetupProblem {
    /// Whether the hall may open with it.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::LookAlikeLetter { .. } => Severity::Warning,
            Self::NoName
            | Self::NoQueues
            | Self::NoWindows
            | Self::TooMany { .. }
            | Self::Duplicate { .. }
            | Self::Unnamed { .. }
            | Self::LetterTwice { .. }
            | Self::BadLetter { .. }
            | Self::LetterNotOfId { .. }
            | Self::ShortNameTooLong { .. }
            | Self::NoServiceTime { .. }
            | Self::UnknownZone { .. }
            | Self::UnknownDepartment { .. }
            | Self::UnknownQueue { .. }
            | Self::WindowWithoutQueue { .. }
            | Self::QueueTwice { .. }
            | Self::QueueWithoutWindow { .. }
            | Self::RuleOutOfRange { .. }
            | Self::UnknownWindow { .. }
            | Self::UnknownItem { .. }
            | Self::EmptyGrant { .. }
            | Self::GrantEndsBefore { .. }
            | Self::SlotsOfNoQueue { .. }
            | Self::SlotsOfNoItem { .. }
            | Self::SlotsDoNotFit { .. }
            | Self::SlotsWithoutPlaces { .. }
            | Self::SlotsOverlap { .. }
            | Self::ItemTooLong { .. }
            | Self::PipelineLegs { .. } => Severity::Error,
        }
    }

    /// The code that stands in text keys: `queue_without_window`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoName => "no_name",
            Self::NoQueues => "no_queues",
            Self::NoWindows => "no_windows",
            Self::TooMany { .. } => "too_many",
            Self::Duplicate { .. } => "duplicate",
            Self::Unnamed { .. } => "unnamed",
            Self::LetterTwice { .. } => "letter_twice",
            Self::BadLetter { .. } => "bad_letter",
            Self::LetterNotOfId { .. } => "letter_not_of_id",
            Self::LookAlikeLetter { .. } => "look_alike_letter",
            Self::ShortNameTooLong { .. } => "short_name_too_long",
            Self::NoServiceTime { .. } => "no_service_time",
            Self::UnknownZone { .. } => "unknown_zone",
            Self::UnknownDepartment { .. } => "unknown_department",
            Self::UnknownQueue { .. } => "unknown_queue",
            Self::WindowWithoutQueue { .. } => "window_without_queue",
            Self::QueueTwice { .. } => "queue_twice",
            Self::QueueWithoutWindow { .. } => "queue_without_window",
            Self::RuleOutOfRange { .. } => "rule_out_of_range",
            Self::UnknownWindow { .. } => "unknown_window",
            Self::UnknownItem { .. } => "unknown_item",
            Self::EmptyGrant { .. } => "empty_grant",
            Self::GrantEndsBefore { .. } => "grant_ends_before",
            Self::SlotsOfNoQueue { .. } => "slots_of_no_queue",
            Self::SlotsOfNoItem { .. } => "slots_of_no_item",
            Self::SlotsDoNotFit { .. } => "slots_do_not_fit",
            Self::SlotsWithoutPlaces { .. } => "slots_without_places",
            Self::SlotsOverlap { .. } => "slots_overlap",
            Self::ItemTooLong { .. } => "item_too_long",
            Self::PipelineLegs { .. } => "pipeline_legs",
        }
    }

    /// What it is about, for messages that begin with it: "queue A", "rule guard_after_calls".
    #[must_use]
    pub fn subject(&self) -> String {
        use alloc::{format, string::ToString};
        match self {
            Self::NoName | Self::NoQueues | Self::NoWindows => String::new(),
            Self::TooMany { part, .. } => part.to_string(),
            Self::Duplicate { name } | Self::Unnamed { name } | Self::NoServiceTime { name } => {
                name.to_string()
            }
            Self::LetterTwice { letter, .. } => letter.to_string(),
            Self::BadLetter { queue, .. }
            | Self::LetterNotOfId { queue, .. }
            | Self::LookAlikeLetter { queue, .. }
            | Self::ShortNameTooLong { queue, .. }
            | Self::QueueWithoutWindow { queue }
            | Self::SlotsOfNoQueue { queue }
            | Self::SlotsOfNoItem { queue, .. }
            | Self::SlotsDoNotFit { queue, .. }
            | Self::SlotsWithoutPlaces { queue, .. }
            | Self::SlotsOverlap { queue, .. } => Name::Queue(*queue).to_string(),
            Self::UnknownZone { at, .. }
            | Self::UnknownDepartment { at, .. }
            | Self::UnknownQueue { at, .. }
            | Self::UnknownWindow { at, .. }
            | Self::UnknownItem { at, .. } => at.to_string(),
            Self::EmptyGrant { staff } | Self::GrantEndsBefore { staff, .. } => {
                Name::Staff(*staff).to_string()
            }
            Self::WindowWithoutQueue { window } | Self::QueueTwice { window, .. } => {
                Name::Window(*window).to_string()
            }
            Self::ItemTooLong { item, .. } => Name::Item(*item).to_string(),
            Self::PipelineLegs { pipeline, .. } => Name::Pipeline(*pipeline).to_string(),
            Self::RuleOutOfRange { rule, .. } => format!("rule {rule}"),
        }
    }
}
