//! `hall.toml`: the hall, its zones, departments, queues, windows and rules.

use std::collections::BTreeSet;

use hall::{
    ids::{DepartmentId, HallId, QueueId, WindowId, ZoneId},
    limits,
    setup::{Department, Queue, Rules, Window, Zone},
    time::Millis,
    words::{PriorityClass, WindowKind},
};

use super::{
    problem::Problem,
    reader::{Found, Source, Table},
};

/// Names, telephones and texts of a hall.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    pub running: Vec<String>,
    /// Zones: id, label ("A区") and short name ("注册登记"), in order.
    pub zone_labels: Vec<(ZoneId, String, String)>,
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
}

/// The longest name that a hall screen's business column takes.
const SHORT_NAME_LENGTH_MAX: usize = 8;

/// Reads `hall.toml`.
pub fn read(text: &str, problems: &mut Vec<Problem>) -> HallPart {
    let source = Source::new("hall.toml", text);
    let mut part = HallPart {
        id: "hall".parse().expect("a literal id is valid"),
        details: Details { utc_offset_minutes: 480, ..Details::default() },
        zones: Vec::new(),
        departments: Vec::new(),
        queues: Vec::new(),
        windows: Vec::new(),
        rules: Rules::default(),
    };
    let Some(parsed) = source.parse(problems) else { return part };
    let mut top = Table::top(&source, &parsed);
    if let Some(id) = top.must("id", problems) {
        part.id = id.value;
    }
    details(&mut top, &mut part.details, problems);
    for table in top.tables("zone", problems) {
        zone(table, &mut part, problems);
    }
    for table in top.tables("department", problems) {
        department(table, &mut part.departments, problems);
    }
    for table in top.tables("queue", problems) {
        queue(table, &mut part, problems);
    }
    for table in top.tables("window", problems) {
        window(table, &mut part, problems);
    }
    rules(top.table("rules"), &mut part.rules, problems);
    everyone_is_served(&part, problems);
    top.finish(problems);
    part
}

fn details(top: &mut Table, details: &mut Details, problems: &mut Vec<Problem>) {
    let text = |top: &mut Table, key: &str, problems: &mut Vec<Problem>| {
        top.must::<String>(key, problems).map_or_else(String::new, |found| found.value)
    };
    details.name = text(top, "name", problems);
    if let Some(offset) = top.maybe::<i32>("utc_offset_minutes", problems) {
        if !(-720..=840).contains(&offset.value) {
            let problem =
                top.problem(offset.line, "out_of_range").with("key", "utc_offset_minutes");
            problems.push(problem.with("low", -720).with("high", 840));
        }
        details.utc_offset_minutes = offset.value;
    }
    let mut phones = top.table("phones");
    details.complaint_phone = text(&mut phones, "complaint", problems);
    details.guide_phone = text(&mut phones, "guide", problems);
    details.supervision_phone = text(&mut phones, "supervision", problems);
    phones.finish(problems);
    let mut screen = top.table("screen");
    details.duty_leader = screen.maybe("duty_leader", problems).map(|found| found.value);
    details.running =
        screen.list("running", problems).into_iter().map(|found| found.value).collect();
    screen.finish(problems);
}

fn zone(mut table: Table, part: &mut HallPart, problems: &mut Vec<Problem>) {
    let id = table.must::<ZoneId>("id", problems);
    let label = table.must::<String>("label", problems);
    let name = table.must::<String>("name", problems);
    let place = table.must::<String>("place", problems);
    let seats = table.maybe::<u16>("seats", problems).map_or(0, |found| found.value);
    if let (Some(id), Some(label), Some(name), Some(place)) = (id, label, name, place) {
        if part.zones.iter().any(|zone| zone.id == id.value) {
            problems.push(table.problem(id.line, "twice").with("what", id.value));
        }
        part.details.zone_labels.push((id.value, label.value, name.value.clone()));
        part.zones.push(Zone { id: id.value, name: name.value, place: place.value, seats });
    }
    table.finish(problems);
}

fn department(mut table: Table, departments: &mut Vec<Department>, problems: &mut Vec<Problem>) {
    let id = table.must::<DepartmentId>("id", problems);
    let name = table.must::<String>("name", problems);
    if let (Some(id), Some(name)) = (id, name) {
        if departments.iter().any(|department| department.id == id.value) {
            problems.push(table.problem(id.line, "twice").with("what", id.value));
        }
        departments.push(Department { id: id.value, name: name.value });
    }
    table.finish(problems);
}

fn queue(mut table: Table, part: &mut HallPart, problems: &mut Vec<Problem>) {
    let id = table.must::<QueueId>("id", problems);
    let name = table.must::<String>("name", problems);
    let short = table.maybe::<String>("short_name", problems);
    let department = table.must::<DepartmentId>("department", problems);
    let zone = table.must::<ZoneId>("zone", problems);
    let mean = table.must::<f64>("mean_service_minutes", problems);
    let issued = table.maybe::<bool>("issued", problems).is_none_or(|found| found.value);
    let here = |table: &Table, found: usize, code: &str| table.problem(found, code);
    if let (Some(id), Some(name), Some(department), Some(zone), Some(mean)) =
        (id, name, department, zone, mean)
    {
        let letter = id.value.as_str().chars().next().unwrap_or('A');
        if !letter.is_ascii_uppercase() || "IOQU".contains(letter) {
            problems.push(here(&table, id.line, "bad_letter").with("letter", letter));
        }
        if let Some(other) = part.queues.iter().find(|queue| queue.letter == letter) {
            let problem = here(&table, id.line, "letter_twice").with("letter", letter);
            problems.push(problem.with("other", &other.name));
        }
        if !part.departments.iter().any(|known| known.id == department.value) {
            let problem = here(&table, department.line, "no_such_department");
            problems.push(problem.with("what", department.value));
        }
        if !part.zones.iter().any(|known| known.id == zone.value) {
            problems.push(here(&table, zone.line, "no_such_zone").with("what", zone.value));
        }
        if !(0.5..=240.0).contains(&mean.value) {
            let problem =
                here(&table, mean.line, "out_of_range").with("key", "mean_service_minutes");
            problems.push(problem.with("low", 0.5).with("high", 240));
        }
        let short_name = short_name(&table, &name, short, problems);
        part.queues.push(Queue {
            id: id.value,
            letter,
            name: name.value,
            short_name,
            department: department.value,
            zone: zone.value,
            mean_service: minutes(mean.value),
            issued,
        });
    }
    table.finish(problems);
}

fn short_name(
    table: &Table,
    name: &Found<String>,
    short: Option<Found<String>>,
    problems: &mut Vec<Problem>,
) -> String {
    let (text, line) = match short {
        Some(short) => (short.value, short.line),
        None => (name.value.clone(), name.line),
    };
    if text.chars().count() > SHORT_NAME_LENGTH_MAX {
        let problem = table.problem(line, "name_too_long").with("name", &text);
        problems.push(problem.with("longest", SHORT_NAME_LENGTH_MAX));
    }
    text
}

fn window(mut table: Table, part: &mut HallPart, problems: &mut Vec<Problem>) {
    let id = table.must::<WindowId>("id", problems);
    let name = table.must::<String>("name", problems);
    let zone = table.must::<ZoneId>("zone", problems);
    let kind = table.maybe::<String>("kind", problems);
    let primary = table.list::<QueueId>("primary", problems);
    let secondary = table.list::<QueueId>("secondary", problems);
    let kind = match kind {
        Some(kind) => WindowKind::parse(&kind.value).unwrap_or_else(|| {
            let known = "dedicated, integrated, temporary";
            let problem = table.problem(kind.line, "not_one_of").with("value", kind.value);
            problems.push(problem.with("known", known));
            WindowKind::Dedicated
        }),
        None => WindowKind::Dedicated,
    };
    let only = table.maybe::<String>("only", problems).and_then(|only| {
        let class = PriorityClass::parse(&only.value);
        if class.is_none() {
            let known: Vec<&str> = PriorityClass::ALL.iter().map(|class| class.as_str()).collect();
            let problem = table.problem(only.line, "not_one_of").with("value", only.value);
            problems.push(problem.with("known", known.join(", ")));
        }
        class
    });
    let mut seen = BTreeSet::new();
    for queue in primary.iter().chain(&secondary) {
        if !part.queues.iter().any(|known| known.id == queue.value) {
            problems.push(table.problem(queue.line, "no_such_queue").with("what", queue.value));
        }
        if !seen.insert(queue.value) {
            problems.push(table.problem(queue.line, "twice").with("what", queue.value));
        }
    }
    if let (Some(id), Some(name), Some(zone)) = (id, name, zone) {
        if part.windows.iter().any(|window| window.id == id.value) {
            problems.push(table.problem(id.line, "twice").with("what", id.value));
        }
        if !part.zones.iter().any(|known| known.id == zone.value) {
            problems.push(table.problem(zone.line, "no_such_zone").with("what", zone.value));
        }
        if primary.is_empty() && kind != WindowKind::Temporary {
            problems.push(table.problem(id.line, "window_without_queue").with("what", id.value));
        }
        part.windows.push(Window {
            id: id.value,
            name: name.value,
            zone: zone.value,
            kind,
            primary: primary.into_iter().map(|found| found.value).collect(),
            secondary: secondary.into_iter().map(|found| found.value).collect(),
            only,
        });
    }
    table.finish(problems);
}

fn rules(mut table: Table, rules: &mut Rules, problems: &mut Vec<Problem>) {
    macro_rules! setting {
        ($($name:ident: $range:expr),+ $(,)?) => {$(
            if let Some(found) = table.maybe(stringify!($name), problems) {
                if !$range.contains(&found.value) {
                    let problem = table.problem(found.line, "out_of_range");
                    let problem = problem.with("key", stringify!($name));
                    problems.push(problem.with("low", $range.start()).with("high", $range.end()));
                }
                rules.$name = found.value;
            }
        )+};
    }
    setting! {
        recalls_max: (0..=9),
        recall_after_secs: (0..=600),
        no_show_after_secs: (0..=3_600),
        reactivation: (false..=true),
        reactivate_within_minutes: (1..=600),
        reactivate_behind: (0..=50),
        guard: (false..=true),
        guard_after_calls: (1..=20),
        promote_after_minutes: (1..=600),
        presume_start_after_secs: (0..=600),
        same_press_within_millis: (0..=5_000),
        device_evaluation_secs: (10..=600),
        confirm_within_secs: (30..=600),
        numbers_per_day: (1..=limits::NUMBER_MAX),
        wait_yellow_minutes: (1..=600),
        wait_red_minutes: (1..=600),
        wait_target_minutes: (1..=600),
    }
    if rules.wait_red_minutes < rules.wait_yellow_minutes {
        problems.push(table.problem(table.line(), "red_before_yellow"));
    }
    table.finish(problems);
}

fn everyone_is_served(part: &HallPart, problems: &mut Vec<Problem>) {
    for queue in &part.queues {
        let served = part.windows.iter().any(|window| window.primary.contains(&queue.id));
        if !served {
            let problem = Problem::new("hall.toml", None, "queue_without_window");
            problems.push(problem.with("what", queue.id).with("name", &queue.name));
        }
    }
    for (list, name) in
        [(part.windows.is_empty(), "[[window]]"), (part.queues.is_empty(), "[[queue]]")]
    {
        if list {
            problems.push(Problem::new("hall.toml", None, "none_of").with("what", name));
        }
    }
    if part.windows.len() > limits::WINDOWS_MAX {
        let problem = Problem::new("hall.toml", None, "too_many").with("what", "[[window]]");
        problems.push(problem.with("most", limits::WINDOWS_MAX));
    }
}

/// Minutes with a fraction as a span.
pub fn minutes(minutes: f64) -> Millis {
    Millis((minutes.clamp(0.0, 100_000.0) * 60_000.0) as u64)
}
