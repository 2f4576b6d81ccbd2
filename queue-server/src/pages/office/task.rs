//! 处理单 of a 诉求: what it is about, everything that was done, and what may be done next.

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    Hall,
    command::{Command, matter::MatterWish},
    event::{
        matter::{ClosedMatter, Matter},
        matter_step::{MatterStep, StepTaken},
    },
    ids::{MatterId, StaffNo},
    state::handled::Asked as Waiting,
    words::{
        Actor,
        matter::{CallBackResult, MatterFinding, MatterGrade, MatterKind, MatterOutcome},
    },
};
use serde::Deserialize;
use wire::texts::Texts;

use super::tasks;
use crate::{
    access::Role,
    app::App,
    http::{matters, problem},
    pages::{
        Shared, board,
        guard::{HallReader, Reader},
        html,
        shell::Shell,
    },
};

/// A step as it stands in the course.
struct Taken {
    at: String,
    by: String,
    what: String,
    note: String,
}

/// A form of the page: its word, the choices of its list, and whether words are asked for.
struct Step {
    does: &'static str,
    name: String,
    /// Values with their names.
    choices: Vec<(&'static str, String)>,
    /// Departments and people are asked for.
    assigns: bool,
    /// What the field of words says; empty where there is none.
    hint: String,
    needs_words: bool,
    button: String,
    /// What was typed before it was refused.
    kept: String,
}

struct View {
    id: u32,
    title: String,
    /// Where the list is.
    back: &'static str,
    facts: Vec<(String, String)>,
    text: String,
    level: &'static str,
    level_word: String,
    course: Vec<Taken>,
    steps: Vec<Step>,
    departments: Vec<String>,
    people: Vec<(String, String)>,
    /// So many steps were taken: pressed twice a form acts once.
    again: String,
    refused: Option<String>,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_task.html")]
struct Page {
    s: Shell,
    v: View,
}

/// Which.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    id: u32,
}

/// What a form of the page says.
#[derive(Debug, Default, Deserialize)]
pub struct Order {
    id: u32,
    does: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    department: String,
    #[serde(default)]
    staff: String,
    #[serde(default)]
    again: String,
}

/// `GET /office/task?id=7`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(wanted): Query<Wanted>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    match fill(&app, &reader, wanted.id, None) {
        Some(v) => html(&Page { s, v }),
        None => Redirect::to("/office/tasks").into_response(),
    }
}

/// `POST /office/task`.
pub async fn order(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<Order>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let texts = reader.texts;
    let refusal = match command(&app, &form) {
        Err(code) => texts.get(&format!("refusal.{code}")).to_owned(),
        Ok(command) => {
            let again = format!("task {} {} {}", form.id, form.does, form.again);
            match board::ask(&app, &reader, &again, command).await {
                Ok(()) => {
                    let to = format!("/office/task?id={}", form.id);
                    return Ok(Redirect::to(&to).into_response());
                }
                Err(why) => problem::why(&why, texts, &app.clock),
            }
        }
    };
    let s = Shell::of(&app, &reader, "/office");
    let Some(v) = fill(&app, &reader, form.id, Some((&form, refusal.clone()))) else {
        return Err((StatusCode::CONFLICT, refusal).into_response());
    };
    Ok((StatusCode::CONFLICT, html(&Page { s, v })).into_response())
}

/// What a form asks the hall; a word that is none of ours, or somebody nobody knows, is told by its code.
fn command(app: &App, form: &Order) -> Result<Command, &'static str> {
    let matter = MatterId(form.id);
    let note = form.note.trim().to_owned();
    let odd = "no_such_matter";
    let granted = form.value == "yes";
    let wish = match form.does.as_str() {
        "assign" => {
            let department = Some(form.department.clone()).filter(|name| !name.is_empty());
            MatterWish::Assign { department, staff: person(app, form.staff.trim())? }
        }
        "verify" => {
            let finding = MatterFinding::parse(&form.value).ok_or(odd)?;
            MatterWish::Verify { finding, note }
        }
        "grade" => MatterWish::Grade { grade: MatterGrade::parse(&form.value).ok_or(odd)? },
        "answer" => MatterWish::Answer { note },
        "call_back" => {
            let result = CallBackResult::parse(&form.value).ok_or(odd)?;
            MatterWish::CallBack { result, note }
        }
        "ask_extension" => MatterWish::AskExtension { reason: note },
        "decide_extension" => MatterWish::DecideExtension { granted, note },
        "appeal" => MatterWish::Appeal { reason: note },
        "decide_appeal" => MatterWish::DecideAppeal { granted, note },
        "publish" => MatterWish::Publish { shown: granted },
        "close" => {
            let outcome = MatterOutcome::parse(&form.value).ok_or(odd)?;
            return Ok(Command::CloseMatter { matter, outcome, note });
        }
        _ => return Err(odd),
    };
    Ok(Command::HandleMatter { matter, wish })
}

/// Somebody of the hall's list, if it has one.
fn person(app: &App, no: &str) -> Result<Option<StaffNo>, &'static str> {
    if no.is_empty() {
        return Ok(None);
    }
    let staff: StaffNo = no.parse().map_err(|_| "unknown_staff")?;
    let posts = &app.profile.posts;
    let known = posts.is_empty() || posts.iter().any(|post| post.no == staff);
    if known { Ok(Some(staff)) } else { Err("unknown_staff") }
}

/// Open, or closed today or on a day that is kept.
fn found(app: &App, id: MatterId) -> Option<(Matter, Option<ClosedMatter>)> {
    let of_hall = |hall: &Hall| {
        let closed = || hall.matters_closed().iter().find(|closed| closed.matter.id == id);
        let open = hall.matter(id).map(|matter| (matter.clone(), None));
        open.or_else(|| closed().map(|closed| (closed.matter.clone(), Some(closed.clone()))))
    };
    app.read(of_hall).or_else(|| {
        let closed = app.store.matter(id)?;
        Some((closed.matter.clone(), Some(closed)))
    })
}

fn fill(app: &App, reader: &Reader, id: u32, refused: Option<(&Order, String)>) -> Option<View> {
    let texts = reader.texts;
    let (matter, closed) = found(app, MatterId(id))?;
    let is_of_today =
        app.read(|hall| hall.matters_closed().iter().any(|each| each.matter.id == matter.id));
    let level = closed.is_none().then(|| app.read(|hall| hall.matter_level(&matter))).flatten();
    let kept = |does: &str| match &refused {
        Some((form, _)) if form.does == does => form.note.clone(),
        Some(_) | None => String::new(),
    };
    let may = reader.identity.role != Role::Supervisor;
    let steps = if may {
        steps(&matter, (closed.is_some(), is_of_today), texts, &kept)
    } else {
        Vec::new()
    };
    let people = app.profile.posts.iter().map(|post| (post.no.to_string(), post.name.clone()));
    let kind = text(texts, &format!("matter_kind.{}", matter.kind));
    Some(View {
        id,
        title: texts.fill("task.of", &[("kind", &kind), ("no", &id)]),
        back: match matter.kind {
            MatterKind::Negative => "/office/tasks",
            MatterKind::Unresolved => "/office/matters",
        },
        facts: facts(app, &matter, closed.as_ref(), texts),
        text: matter.text.clone(),
        level: level.map_or("", tasks::level_word),
        level_word: level.map_or(String::new(), |level| {
            texts.get(&format!("task.{}", tasks::level_word(level))).to_owned()
        }),
        course: course(app, &matter, closed.as_ref(), texts),
        steps,
        departments: app.profile.setup.departments().iter().map(|each| each.name.clone()).collect(),
        people: people.collect(),
        again: matter.steps.len().to_string(),
        refused: refused.map(|(_, words)| words),
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    })
}

fn facts(
    app: &App,
    matter: &Matter,
    closed: Option<&ClosedMatter>,
    texts: &Texts,
) -> Vec<(String, String)> {
    let day = |day: Option<hall::time::Day>| day.map_or(String::new(), |day| day.to_string());
    let outcome = closed.map_or(String::new(), |closed| {
        let outcome = text(texts, &format!("matter_outcome.{}", closed.outcome));
        format!("{} {outcome} · {}", tasks::moment(&app.clock, closed.at), closed.note)
    });
    let owner = matter
        .assigned()
        .and_then(|(_, staff)| staff)
        .map_or(String::new(), |staff| texts.fill("pages.staff", &[("no", &staff)]));
    let rows = [
        ("task.th_receipt", matter.receipt.map_or(String::new(), |receipt| receipt.to_string())),
        ("task.th_given", tasks::moment(&app.clock, matter.opened)),
        ("office.th_about", tasks::about(app, matter, texts)),
        ("task.th_rating", matter.rating.map_or(String::new(), |it| tasks::rating_word(it, texts))),
        ("office.th_reason", tasks::reasons(matter, texts)),
        (
            "office.th_department",
            app.read(|hall| matters::department(hall, matter)).unwrap_or_default(),
        ),
        ("task.th_owner", owner),
        ("task.th_state", tasks::state(matter, texts)),
        ("task.th_verify_by", day(matter.verify_by)),
        ("office.th_due", day(matter.due)),
        ("office.th_outcome", outcome),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    rows.map(|(key, value)| (texts.get(key).to_owned(), value)).collect()
}

fn course(app: &App, matter: &Matter, closed: Option<&ClosedMatter>, texts: &Texts) -> Vec<Taken> {
    let opened = Taken {
        at: tasks::moment(&app.clock, matter.opened),
        by: String::new(),
        what: texts.get("task.opened").to_owned(),
        note: String::new(),
    };
    let taken = matter.steps.iter().map(|taken| Taken {
        at: tasks::moment(&app.clock, taken.at),
        by: by(&taken.by, texts),
        what: what(taken, texts),
        note: if matches!(taken.step, MatterStep::Assigned { .. }) {
            String::new()
        } else {
            taken.step.words().to_owned()
        },
    });
    let closed = closed.map(|closed| {
        let outcome = text(texts, &format!("matter_outcome.{}", closed.outcome));
        let row = Taken {
            at: tasks::moment(&app.clock, closed.at),
            by: closed.by.map_or(String::new(), |no| texts.fill("pages.staff", &[("no", &no)])),
            what: texts.fill("task.closed_as", &[("outcome", &outcome)]),
            note: closed.note.clone(),
        };
        (closed.at, row)
    });
    let taken = matter.steps.iter().map(|taken| taken.at).zip(taken);
    let mut all: Vec<_> = taken.chain(closed).collect();
    // Somebody may be called back after it was closed.
    all.sort_by_key(|(at, _)| *at);
    std::iter::once(opened).chain(all.into_iter().map(|(_, row)| row)).collect()
}

fn by(actor: &Actor, texts: &Texts) -> String {
    match actor {
        Actor::Staff(staff) => texts.fill("pages.staff", &[("no", staff)]),
        Actor::Hall => texts.get("task.by_hall").to_owned(),
        Actor::Citizen => String::new(),
        Actor::Device(name) | Actor::System(name) => name.to_string(),
    }
}

/// A step in a few words.
fn what(taken: &StepTaken, texts: &Texts) -> String {
    let told = |key: &str, word: &str| texts.fill(key, &[("what", &word)]);
    match &taken.step {
        MatterStep::Assigned { department, staff } => {
            let staff = staff.map(|staff| texts.fill("pages.staff", &[("no", &staff)]));
            let to: Vec<String> = department.clone().into_iter().chain(staff).collect();
            told("task.assigned", &to.join(" · "))
        }
        MatterStep::Verified { finding, .. } => {
            told("task.verified", texts.get(&format!("matter_finding.{finding}")))
        }
        MatterStep::Graded { grade, due } => {
            let due = due.map_or(String::new(), |due| format!(" · {due}"));
            told("task.graded", &format!("{}{due}", texts.get(&format!("matter_grade.{grade}"))))
        }
        MatterStep::Answered { .. } => texts.get("task.answered").to_owned(),
        MatterStep::CalledBack { result, .. } => {
            told("task.called_back", texts.get(&format!("call_back.{result}")))
        }
        MatterStep::ExtensionAsked { .. } => texts.get("task.extension_asked").to_owned(),
        MatterStep::ExtensionDecided { due: Some(due), .. } => {
            told("task.extended", &due.to_string())
        }
        MatterStep::ExtensionDecided { due: None, .. } => {
            texts.get("task.extension_refused").to_owned()
        }
        MatterStep::Appealed { .. } => texts.get("task.appealed").to_owned(),
        MatterStep::AppealDecided { granted, .. } => texts
            .get(if *granted { "task.appeal_granted" } else { "task.appeal_refused" })
            .to_owned(),
        MatterStep::Published { shown } => {
            texts.get(if *shown { "task.published" } else { "task.withdrawn" }).to_owned()
        }
    }
}

/// What may be done next; of what is closed, whether people see it and who was called back.
fn steps(
    matter: &Matter,
    (is_closed, is_of_today): (bool, bool),
    texts: &Texts,
    kept: &dyn Fn(&str) -> String,
) -> Vec<Step> {
    let step = |does: &'static str, choices: Vec<(&'static str, String)>, words: bool| Step {
        does,
        name: texts.get(&format!("task.do_{does}")).to_owned(),
        choices,
        assigns: does == "assign",
        hint: if does == "assign" || does == "grade" || does == "publish" {
            String::new()
        } else {
            texts.get(&format!("task.hint_{does}")).to_owned()
        },
        needs_words: words,
        button: texts.get(&format!("task.press_{does}")).to_owned(),
        kept: kept(does),
    };
    let yes_no = || vec![("yes", text(texts, "task.granted")), ("no", text(texts, "task.refused"))];
    let call_back = || {
        step(
            "call_back",
            words(CallBackResult::ALL.iter().map(|each| each.as_str()), "call_back", texts),
            false,
        )
    };
    let publish = || {
        let shown = if matter.is_published() { ("no", "task.hide") } else { ("yes", "task.show") };
        step("publish", vec![(shown.0, text(texts, shown.1))], false)
    };
    if is_closed {
        return if is_of_today { vec![call_back(), publish()] } else { Vec::new() };
    }
    let mut all = vec![step("assign", Vec::new(), false)];
    match matter.kind {
        MatterKind::Negative => {
            all.push(step(
                "verify",
                words(MatterFinding::ALL.iter().map(|each| each.as_str()), "matter_finding", texts),
                false,
            ));
        }
        MatterKind::Unresolved => {
            all.push(step(
                "grade",
                words(MatterGrade::ALL.iter().map(|each| each.as_str()), "matter_grade", texts),
                false,
            ));
        }
    }
    all.push(step("answer", Vec::new(), true));
    all.push(call_back());
    match matter.extension() {
        Waiting::Never if matter.due_at_most > matter.due => {
            all.push(step("ask_extension", Vec::new(), true));
        }
        Waiting::Waits(_) => all.push(step("decide_extension", yes_no(), false)),
        Waiting::Never | Waiting::Granted | Waiting::Refused => {}
    }
    match (matter.kind, matter.appeal()) {
        (MatterKind::Negative, Waiting::Never) => all.push(step("appeal", Vec::new(), true)),
        (MatterKind::Negative, Waiting::Waits(_)) => {
            all.push(step("decide_appeal", yes_no(), false))
        }
        (MatterKind::Negative, Waiting::Granted | Waiting::Refused)
        | (MatterKind::Unresolved, _) => {}
    }
    let granted_appeal = matter.appeal() == Waiting::Granted;
    let granted = granted_appeal || matter.kind == MatterKind::Unresolved;
    let outcomes =
        MatterOutcome::ALL.iter().filter(|each| granted || **each != MatterOutcome::Unfounded);
    let outcomes =
        outcomes.map(|each| (each.as_str(), text(texts, &format!("matter_outcome.{each}"))));
    if matter.is_looked_into() || granted_appeal {
        all.push(step("close", outcomes.collect(), true));
    }
    all.push(publish());
    all
}

fn text(texts: &Texts, key: &str) -> String {
    texts.get(key).to_owned()
}

fn words(
    all: impl Iterator<Item = &'static str>,
    under: &str,
    texts: &Texts,
) -> Vec<(&'static str, String)> {
    all.map(|each| (each, text(texts, &format!("{under}.{each}")))).collect()
}
