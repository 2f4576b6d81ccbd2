//! The words of scripts about what is done about a matter: `handle 1 assign of=d to=z3`, `show matter 1`.

use std::format;

use alloc::string::String;

use super::named;
use crate::{
    Hall,
    command::{Command, matter::MatterWish},
    event::matter::Matter,
    ids::MatterId,
    state::handled::Asked,
    words::matter::{CallBackResult, MatterFinding, MatterGrade},
};

pub(super) fn command(words: &[&str]) -> Option<Command> {
    let word = |at: usize| words.get(at).copied().filter(|word| !word.contains('='));
    let note = |at: usize| word(at).unwrap_or_default().replace('_', " ");
    if words[0] != "handle" {
        return None;
    }
    let yes = || word(3) == Some("yes");
    let wish = match words[2] {
        "assign" => MatterWish::Assign {
            department: named(words, "of").map(Into::into),
            staff: named(words, "to").map(|staff| staff.parse().unwrap()),
        },
        "verify" => MatterWish::Verify {
            finding: MatterFinding::parse(word(3).unwrap()).unwrap(),
            note: note(4),
        },
        "grade" => MatterWish::Grade { grade: MatterGrade::parse(word(3).unwrap()).unwrap() },
        "answer" => MatterWish::Answer { note: note(3) },
        "call-back" => MatterWish::CallBack {
            result: CallBackResult::parse(word(3).unwrap()).unwrap(),
            note: note(4),
        },
        "ask-extension" => MatterWish::AskExtension { reason: note(3) },
        "extend" => MatterWish::DecideExtension { granted: yes(), note: note(4) },
        "appeal" => MatterWish::Appeal { reason: note(3) },
        "review" => MatterWish::DecideAppeal { granted: yes(), note: note(4) },
        "publish" => MatterWish::Publish { shown: yes() },
        other => panic!("no such step: {other}"),
    };
    Some(Command::HandleMatter { matter: MatterId(words[1].parse().unwrap()), wish })
}

pub(super) fn show(hall: &Hall, words: &[&str]) -> String {
    let id = MatterId(words[1].parse().unwrap());
    let closed = || hall.matters_closed().iter().map(|closed| &closed.matter);
    let found = hall.matter(id).or_else(|| closed().find(|matter| matter.id == id));
    found.map_or(String::from("nothing"), |matter| of(hall, matter))
}

fn of(hall: &Hall, matter: &Matter) -> String {
    let asked = |asked: Asked<'_>| match asked {
        Asked::Never => "never",
        Asked::Waits(_) => "waits",
        Asked::Granted => "granted",
        Asked::Refused => "refused",
    };
    let due = matter.due.map_or(String::from("no limit"), |due| format!("{due}"));
    let level = hall.matter_level(matter).map_or("", |level| level.as_str());
    let (department, staff) = matter.assigned().unwrap_or_default();
    let staff = staff.map_or(String::from("-"), |staff| format!("{staff}"));
    format!(
        "by {due} {level} of {} {staff} finding {} grade {} called {} extension {} appeal {}{} {}",
        department.unwrap_or("-"),
        matter.finding().map_or("-", MatterFinding::as_str),
        matter.grade().map_or("-", MatterGrade::as_str),
        matter.call_back().map_or("-", CallBackResult::as_str),
        asked(matter.extension()),
        asked(matter.appeal()),
        if matter.is_published() { " published" } else { "" },
        matter.steps.last().map_or("", |taken| taken.step.words()),
    )
}
