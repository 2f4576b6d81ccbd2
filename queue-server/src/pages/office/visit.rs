//! 上门服务单: one home visit, for whoever sends somebody there, goes there, and says what came of it.

use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    command::{
        Command,
        visit::{VisitStepWish, VisitWish},
    },
    event::visit::Visit,
    ids::{ItemId, VisitId},
    words::{
        CaseKind,
        visit::{VisitObstacle, VisitStage},
    },
};
use serde::Deserialize;
use wire::{http::visits::VisitContact, texts::Texts};

use super::{tasks, visits};
use crate::{
    access::Role,
    app::App,
    contacts::{self, PHONE_CHARS_MAX, PLACE_CHARS_MAX, WHO_CHARS_MAX},
    http::problem,
    pages::{
        Shared, board,
        guard::{HallReader, Reader},
        html,
        shell::Shell,
    },
};

/// Which forms the page has.
#[derive(Default)]
struct May {
    assign: bool,
    begin: bool,
    finish: bool,
    fail: bool,
    withdraw: bool,
}

struct View {
    id: u32,
    title: String,
    level: &'static str,
    level_word: String,
    facts: Vec<(String, String)>,
    /// Whom to find where; none for who need not know.
    contact: Option<VisitContact>,
    has_contact: bool,
    course: Vec<(String, String)>,
    may: May,
    people: Vec<(String, String)>,
    cases: Vec<(&'static str, String)>,
    obstacles: Vec<(&'static str, String)>,
    items: Vec<(String, String)>,
    staff: String,
    day: String,
    /// So far it is: pressed twice a form acts once.
    again: String,
    lengths: (usize, usize, usize),
    refused: Option<String>,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_visit.html")]
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
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Order {
    id: u32,
    does: String,
    staff: String,
    day: String,
    case: String,
    item: String,
    copies: String,
    obstacle: String,
    note: String,
    who: String,
    phone: String,
    place: String,
    again: String,
}

/// `GET /office/visit?id=17`.
pub async fn page(
    State(app): Shared,
    HallReader(reader): HallReader,
    Query(wanted): Query<Wanted>,
) -> Response {
    let s = Shell::of(&app, &reader, "/office");
    match fill(&app, &reader, wanted.id, None) {
        Some(v) => html(&Page { s, v }),
        None => Redirect::to("/office/visits").into_response(),
    }
}

/// `POST /office/visit`.
pub async fn order(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<Order>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let done = match form.does.as_str() {
        "contact" => keep_contact(&app, &form, reader.texts),
        "erase" => erase_contact(&app, &form, reader.texts),
        _ => act(&app, &reader, &form).await,
    };
    let Err(refusal) = done else {
        return Ok(Redirect::to(&format!("/office/visit?id={}", form.id)).into_response());
    };
    let s = Shell::of(&app, &reader, "/office");
    let Some(v) = fill(&app, &reader, form.id, Some(refusal.clone())) else {
        return Err((StatusCode::CONFLICT, refusal).into_response());
    };
    Ok((StatusCode::CONFLICT, html(&Page { s, v })).into_response())
}

async fn act(app: &Arc<App>, reader: &Reader, form: &Order) -> Result<(), String> {
    let texts = reader.texts;
    let wish = wish(form).map_err(|key| texts.get(key).to_owned())?;
    let command = Command::Visit(VisitWish::Handle { visit: VisitId(form.id), wish });
    let again = format!("visit {} {} {}", form.id, form.does, form.again);
    let asked = board::ask(app, reader, &again, command).await;
    asked.map_err(|why| problem::why(&why, texts, &app.clock))
}

/// What a form asks of the hall; what cannot be read is told by the key of its words.
fn wish(form: &Order) -> Result<VisitStepWish, &'static str> {
    let note = form.note.trim().to_owned();
    Ok(match form.does.as_str() {
        "assign" => VisitStepWish::Assign {
            staff: form.staff.trim().parse().map_err(|_| "refusal.unknown_staff")?,
            day: form.day.trim().parse().map_err(|_| "visit.bad_day")?,
        },
        "begin" => VisitStepWish::Begin,
        "finish" => VisitStepWish::Finish {
            case: CaseKind::parse(&form.case),
            item: item(&form.item)?,
            copies: match form.copies.trim() {
                "" => None,
                copies => Some(copies.parse().map_err(|_| "refusal.too_much")?),
            },
        },
        "fail" => VisitStepWish::Fail {
            obstacle: VisitObstacle::parse(&form.obstacle).ok_or("visit.why_needed")?,
            note,
        },
        "withdraw" => VisitStepWish::Withdraw { note },
        _ => return Err("refusal.no_such_visit"),
    })
}

/// "A01 身份证": the code stands first.
pub fn item(text: &str) -> Result<Option<ItemId>, &'static str> {
    match text.split_whitespace().next() {
        None => Ok(None),
        Some(code) => code.parse().map(Some).map_err(|_| "refusal.no_such_item"),
    }
}

fn keep_contact(app: &App, form: &Order, texts: &Texts) -> Result<(), String> {
    let VisitContact { who, phone, place } = contacts::fit(VisitContact {
        who: form.who.clone(),
        phone: form.phone.clone(),
        place: form.place.clone(),
    })
    .map_err(|unfit| match unfit {
        contacts::Unfit::TooLong => texts.get("refusal.too_much").to_owned(),
        contacts::Unfit::NoPhone => texts.get("api.bad_phone").to_owned(),
    })?;
    let id = VisitId(form.id);
    if !app.read(|hall| hall.visit(id).is_some_and(|visit| visit.over.is_none())) {
        return Err(texts.get("refusal.no_such_visit").to_owned());
    }
    let contact = VisitContact { who, phone, place };
    app.contacts.keep(id, &contact).map_err(|fault| not_kept(&fault, texts))
}

fn erase_contact(app: &App, form: &Order, texts: &Texts) -> Result<(), String> {
    let erased = app.contacts.erase(VisitId(form.id));
    erased.map(|_was_there| ()).map_err(|fault| not_kept(&fault, texts))
}

fn not_kept(fault: &contacts::ContactFault, texts: &Texts) -> String {
    tracing::error!(%fault, "how somebody is reached could not be changed");
    texts.get("api.not_kept").to_owned()
}

fn fill(app: &App, reader: &Reader, id: u32, refused: Option<String>) -> Option<View> {
    let texts = reader.texts;
    let (visit, level) = app.read(|hall| {
        let visit = hall.visit(VisitId(id))?;
        Some((visit.clone(), hall.visit_level(visit)))
    })?;
    let kept = app.contacts.of(visit.id);
    let has_contact = kept.is_some();
    let word =
        |under: &str, each: &'static str| (each, texts.get(&format!("{under}.{each}")).to_owned());
    let may = if visits::sees_contacts(reader) { may(&visit) } else { May::default() };
    Some(View {
        id,
        title: texts.fill("visit.title_of", &[("no", &id)]),
        level: level.map_or("", tasks::level_word),
        level_word: level.map_or_else(String::new, |level| {
            texts.get(&format!("board.{}", tasks::level_word(level))).to_owned()
        }),
        facts: facts(app, &visit, texts),
        contact: visits::sees_contacts(reader).then(|| kept.unwrap_or_default()),
        has_contact,
        course: course(app, &visit, texts),
        may,
        people: people(app),
        cases: CaseKind::ALL.iter().map(|case| word("case", case.as_str())).collect(),
        obstacles: VisitObstacle::ALL
            .iter()
            .map(|each| word("visit_obstacle", each.as_str()))
            .collect(),
        items: items(app),
        staff: visit.staff.map_or_else(String::new, |staff| staff.to_string()),
        day: visit.day.or(visit.wished).map_or_else(String::new, |day| day.to_string()),
        again: format!("{}-{}-{:?}", visit.stage(), visit.asked.0, (visit.staff, visit.day)),
        lengths: (WHO_CHARS_MAX, PHONE_CHARS_MAX, PLACE_CHARS_MAX),
        refused,
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    })
}

fn may(visit: &Visit) -> May {
    let (assigned, open) = (visit.staff.is_some(), visit.over.is_none());
    match visit.stage() {
        VisitStage::Asked | VisitStage::Assigned | VisitStage::Begun => May {
            assign: open,
            begin: assigned && visit.begun.is_none(),
            finish: visit.begun.is_some(),
            fail: assigned,
            withdraw: open,
        },
        VisitStage::Done | VisitStage::NotDone | VisitStage::Withdrawn => May::default(),
    }
}

/// Everybody of the hall's list, by number.
fn people(app: &App) -> Vec<(String, String)> {
    let names = &app.profile.posts;
    let name = |no| names.iter().find(|post| post.no == no).map(|post| post.name.clone());
    let staff = app.profile.setup.staff().iter();
    staff.map(|each| (each.no.to_string(), name(each.no).unwrap_or_default())).collect()
}

/// Every item in force: "A01" with its name.
pub fn items(app: &App) -> Vec<(String, String)> {
    app.read(|hall| hall.items().map(|item| (item.id.to_string(), item.name.clone())).collect())
}

fn facts(app: &App, visit: &Visit, texts: &Texts) -> Vec<(String, String)> {
    let day = |day: Option<hall::time::Day>| day.map(|day| day.to_string());
    let said = |key: &str, value: Option<String>| Some((texts.get(key).to_owned(), value?));
    let over = visit.over.as_ref();
    let copies = over.map(|over| over.copies).filter(|copies| *copies > 1);
    let case = over.and_then(|over| over.case);
    let obstacle = over.and_then(|over| over.obstacle);
    let note = over.map(|over| over.note.clone()).filter(|note| !note.is_empty());
    let all = [
        said("visit.th_stage", Some(visits::stage(visit, texts))),
        said("task.th_item", Some(app.read(|hall| visits::what(app, hall, visit, texts)))),
        said("visit.th_reason", Some(visits::reason(visit.reason, texts))),
        said("visit.th_wished", day(visit.wished)),
        said("visit.th_due", day(visit.due)),
        said("visit.th_staff", visit.staff.map(|staff| staff.to_string())),
        said("visit.th_day", day(visit.day)),
        said("visit.th_case", case.map(|case| texts.get(&format!("case.{case}")).to_owned())),
        said("visit.copies", copies.map(|copies| copies.to_string())),
        said(
            "visit.th_obstacle",
            obstacle.map(|it| texts.get(&format!("visit_obstacle.{it}")).to_owned()),
        ),
        said("office.note", note),
        said(
            "visit.th_rating",
            visit.given.as_ref().map(|given| tasks::rating_word(given.rating, texts)),
        ),
    ];
    all.into_iter().flatten().collect()
}

fn course(app: &App, visit: &Visit, texts: &Texts) -> Vec<(String, String)> {
    let moment = |at| tasks::moment(&app.clock, at);
    let word = |stage: &str| texts.get(&format!("visit_stage.{stage}")).to_owned();
    let mut course = vec![(moment(visit.asked), word("asked"))];
    course.extend(visit.begun.map(|at| (moment(at), word("begun"))));
    course.extend(visit.over.as_ref().map(|over| (moment(over.at), word(over.outcome.as_str()))));
    let given = visit.given.as_ref();
    let rated = |level| texts.fill("visit.rated", &[("level", &tasks::rating_word(level, texts))]);
    course.extend(given.map(|given| (moment(given.at), rated(given.rating))));
    course
}
