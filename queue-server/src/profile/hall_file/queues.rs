//! `[[queue]]`: letters, names, mean times.

use hall::{
    ids::{DepartmentId, QueueId, ZoneId},
    limits::SHORT_NAME_CHARS,
    setup::Queue,
};

use wire::catalogue::Identity;

use super::{
    super::{
        english,
        index::{Index, Kind},
        problem::Problem,
        reader::{Found, Table},
    },
    FILE, HallPart, minutes,
};

/// 身份核验 at a kiosk.
const IDENTITIES: [(&str, Identity); 3] =
    [("none", Identity::None), ("optional", Identity::Optional), ("required", Identity::Required)];

/// Letters that are taken for others on paper and on strips.
const LOOK_ALIKES: &str = "IOQU";

/// Letters that rhyme when they are spoken: in one zone people follow the wrong call.
const SOUND_ALIKES: &str = "BDEGPT";

pub fn queue(
    mut table: Table,
    part: &mut HallPart,
    index: &mut Index,
    problems: &mut Vec<Problem>,
) {
    let hides = [Kind::Queue.no_such(), "slots_of_no_queue", "window_without_queue"];
    let id = table.id::<QueueId>("id", &hides, problems);
    let name = table.name("name", problems);
    let english = english::queue(&mut table, problems);
    let short = table.maybe::<String>("short_name", problems);
    let department = table.must::<DepartmentId>("department", problems);
    let zone = table.must::<ZoneId>("zone", problems);
    let mean = if table.has("mean_service_minutes") {
        table.number("mean_service_minutes", 0.5..=240.0, problems)
    } else {
        table.must::<f64>("mean_service_minutes", problems).map(|found| found.value)
    };
    let identity = table.one_of("identity", &IDENTITIES, problems).unwrap_or_default();
    let issued = table.maybe::<bool>("issued", problems).is_none_or(|found| found.value);
    if let Some(department) = &department {
        let place = (FILE, department.line);
        index.require(Kind::Department, department.value, place, problems);
    }
    if let Some(zone) = &zone {
        index.require(Kind::Zone, zone.value, (FILE, zone.line), problems);
    }
    let short_name = short_name(&table, name.as_ref(), short, problems);
    if let Some(id) = &id {
        index.note(Kind::Queue, id.value, (FILE, id.line), problems);
        let letter = letter(&table, id, part, problems);
        part.details.english.queues.extend(english.map(|english| (id.value, english)));
        if !identity.is_none() {
            part.details.identities.push((id.value, identity));
        }
        if let (Some(name), Some(department), Some(zone)) = (name, department, zone) {
            part.queues.push(Queue {
                id: id.value,
                letter,
                name: name.value,
                short_name,
                department: department.value,
                zone: zone.value,
                mean_service: minutes(mean.unwrap_or(1.0)),
                issued,
            });
        }
    }
    table.finish(problems);
}

fn letter(
    table: &Table,
    id: &Found<QueueId>,
    part: &HallPart,
    problems: &mut Vec<Problem>,
) -> char {
    let letter = id.value.as_str().chars().next().unwrap_or('A');
    if !letter.is_ascii_uppercase() || LOOK_ALIKES.contains(letter) {
        let problem = table.problem(id.line, "bad_letter").with("letter", letter);
        problems.push(problem.hiding(&[Kind::Queue.no_such(), "slots_of_no_queue"]));
    }
    let other = part.queues.iter().find(|queue| queue.letter == letter && queue.id != id.value);
    if let Some(other) = other {
        let problem = table.problem(id.line, "letter_twice").with("letter", letter);
        problems.push(problem.with("other", &other.name));
    }
    letter
}

fn short_name(
    table: &Table,
    name: Option<&Found<String>>,
    short: Option<Found<String>>,
    problems: &mut Vec<Problem>,
) -> String {
    let Some(found) = short.as_ref().or(name) else { return String::new() };
    if found.value.chars().count() > SHORT_NAME_CHARS {
        let problem = table.problem(found.line, "name_too_long").with("name", &found.value);
        problems.push(problem.with("longest", SHORT_NAME_CHARS));
    }
    found.value.clone()
}

/// Two letters of one zone that sound alike: the hall opens, but somebody should know.
pub fn sound_alike(queues: &[Queue], index: &Index, problems: &mut Vec<Problem>) {
    let rhymes = |queue: &&Queue| queue.issued && SOUND_ALIKES.contains(queue.letter);
    for (at, queue) in queues.iter().enumerate().filter(|(_, queue)| rhymes(queue)) {
        let earlier = queues[..at].iter().filter(rhymes);
        let same_zone = |other: &&Queue| other.zone == queue.zone && other.letter != queue.letter;
        let Some(other) = earlier.rev().find(same_zone) else { continue };
        let line = index.place(Kind::Queue, queue.id).map(|(_, line)| line);
        let problem = Problem::new(FILE, line, "sound_alike").with("letter", queue.letter);
        problems.push(problem.with("other", other.letter).with("zone", queue.zone).warning());
    }
}
