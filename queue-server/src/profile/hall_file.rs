//! `hall.toml`: the hall, its zones, departments, queues, windows and rules.

pub mod map;
pub mod pipelines;
mod queues;
mod rules;
pub mod running;
pub mod windows;
mod zones;

use hall::{
    ids::{HallId, QueueId, ZoneId},
    limits,
    setup::{Department, Queue, Rules, Window, Zone},
    time::Millis,
};

use wire::catalogue::Identity;

use super::{
    english::{self, EnglishNames},
    index::{Index, Kind},
    problem::Problem,
    reader::{Source, Table},
    voice::{self, VoiceRules},
};

/// The file's name.
pub const FILE: &str = "hall.toml";

/// Names, telephones and texts of a hall.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Details {
    /// The official name.
    pub name: String,
    /// Minutes east of UTC.
    pub utc_offset_minutes: i32,
    /// 咨询投诉电话.
    pub complaint_phone: String,
    /// 导办台电话.
    pub guide_phone: String,
    /// 监督电话.
    pub supervision_phone: String,
    /// 今日值班领导.
    pub duty_leader: Option<String>,
    /// Running texts of the hall screen.
    pub running: Vec<running::Running>,
    /// 公告 of the hall screens, and when they stand.
    pub notices: Vec<running::Notice>,
    /// How calls are spoken.
    pub voice: VoiceRules,
    /// Zones: id, label ("A区") and short name ("注册登记"), in order.
    pub zone_labels: Vec<(ZoneId, String, String)>,
    /// 大厅地图.
    pub map: Option<map::FloorPlan>,
    /// Queues whose people a kiosk asks who they are.
    pub identities: Vec<(QueueId, Identity)>,
    /// What all of it is called in English.
    pub english: EnglishNames,
}

/// What `hall.toml` says.
pub struct HallPart {
    pub id: HallId,
    pub details: Details,
    pub zones: Vec<Zone>,
    pub departments: Vec<Department>,
    pub queues: Vec<Queue>,
    pub windows: Vec<Window>,
    pub rules: Rules,
    pub pipelines: Vec<pipelines::Draft>,
    /// The file could not be read at all: what it would have named is not missing.
    pub unread: bool,
}

/// Reads `hall.toml`.
pub fn read(text: &str, index: &mut Index, problems: &mut Vec<Problem>) -> HallPart {
    let source = Source::new(FILE, text);
    let mut part = HallPart {
        id: "hall".parse().expect("a literal id is valid"),
        details: Details { utc_offset_minutes: 480, ..Details::default() },
        zones: Vec::new(),
        departments: Vec::new(),
        queues: Vec::new(),
        windows: Vec::new(),
        rules: Rules::default(),
        pipelines: Vec::new(),
        unread: true,
    };
    let Some(parsed) = source.parse(problems) else { return part };
    part.unread = false;
    let mut top = Table::top(&source, &parsed);
    if let Some(id) = top.must("id", problems) {
        part.id = id.value;
    }
    details(&mut top, &mut part.details, problems);
    for table in top.tables("zone", problems) {
        zones::zone(table, &mut part, index, problems);
    }
    for table in top.tables("department", problems) {
        zones::department(table, &mut part, index, problems);
    }
    for table in top.tables("queue", problems) {
        queues::queue(table, &mut part, index, problems);
    }
    let mut served = windows::Served::default();
    for table in top.tables("window", problems) {
        windows::window(table, &mut part, &mut served, index, problems);
    }
    for table in top.tables("pipeline", problems) {
        pipelines::pipeline(table, &mut part.pipelines, index, problems);
    }
    part.details.map = map::read(top.table("map"), index, problems);
    part.rules = rules::read(&top.table("rules"), index, problems);
    queues::sound_alike(&part.queues, index, problems);
    windows::everyone_is_served(&part, &served, index, problems);
    enough(&part, &parsed, problems);
    top.finish(problems);
    part
}

fn details(top: &mut Table, details: &mut Details, problems: &mut Vec<Problem>) {
    let text = |top: &mut Table, key: &str, problems: &mut Vec<Problem>| {
        top.name(key, problems).map_or_else(String::new, |found| found.value)
    };
    details.name = text(top, "name", problems);
    details.english.hall = english::hall(top, problems);
    details.english.papers = english::papers(top.table("english_papers"), problems);
    if let Some(offset) = top.number("utc_offset_minutes", -720..=840, problems) {
        details.utc_offset_minutes = offset;
    }
    let mut phones = top.table("phones");
    details.complaint_phone = text(&mut phones, "complaint", problems);
    details.guide_phone = text(&mut phones, "guide", problems);
    details.supervision_phone = text(&mut phones, "supervision", problems);
    phones.finish(problems);
    let mut screen = top.table("screen");
    details.duty_leader = screen.maybe("duty_leader", problems).map(|found| found.value);
    let always = screen.list::<String>("running", problems).into_iter();
    details.running = always.map(|found| running::Running::always(found.value)).collect();
    screen.finish(problems);
    details.voice = voice::read(top.table("voice"), problems);
    for table in top.tables("running", problems) {
        details.running.extend(running::read(table, problems));
    }
    for table in top.tables("notice", problems) {
        details.notices.extend(running::notice(table, problems));
    }
}

/// At least one of each, and no more than the hall can hold.
fn enough(part: &HallPart, parsed: &toml::Spanned<toml::de::DeTable>, problems: &mut Vec<Problem>) {
    for (key, name) in [("window", "[[window]]"), ("queue", "[[queue]]")] {
        if !parsed.get_ref().contains_key(key) {
            problems.push(Problem::new(FILE, None, "none_of").with("what", name));
        }
    }
    for (count, most, name) in [
        (part.windows.len(), limits::WINDOWS_MAX, "[[window]]"),
        (part.queues.len(), limits::QUEUES_MAX, "[[queue]]"),
        (part.details.running.len(), running::RUNNING_MAX, "[[running]]"),
        (part.details.notices.len(), running::NOTICES_MAX, "[[notice]]"),
    ] {
        if count > most {
            let problem = Problem::new(FILE, None, "too_many").with("what", name);
            problems.push(problem.with("most", most));
        }
    }
}

/// Every queue that is named by a window must exist; told once for all of them.
fn require_queue(index: &Index, queue: QueueId, line: usize, problems: &mut Vec<Problem>) -> bool {
    index.require(Kind::Queue, queue, (FILE, line), problems)
}

/// Minutes with a fraction as a span.
pub fn minutes(minutes: f64) -> Millis {
    Millis((minutes.clamp(0.0, 100_000.0) * 60_000.0) as u64)
}
