//! 上门服务 at the guide desk: somebody who cannot come is taken down, for a number and a slip. How they are
//! reached stands on neither.

use std::collections::BTreeMap;

use askama::Template;
use axum::{Form, extract::State, response::Response};
use hall::{
    ids::VisitId,
    words::visit::{VisitReason, VisitStage},
};
use wire::{
    http::visits::{AskVisitRequest, AskedVisit, VisitContact},
    texts::Texts,
};

use super::{
    Desk,
    order::{self, Giver},
    written,
};
use crate::{
    contacts::{PHONE_CHARS_MAX, PLACE_CHARS_MAX, WHO_CHARS_MAX},
    http::{body::Body, visits},
    pages::{Shared, office},
};

/// Digits of a number that may be looked for.
const NO_DIGITS_MAX: usize = 9;

/// What was taken down, as the page and the slip show it.
struct Told {
    no: String,
    stage: String,
    shape: &'static str,
    item: String,
    reason: String,
    pairs: Vec<(String, String)>,
    code: String,
    follow_url: String,
}

#[derive(Template)]
#[template(path = "guide_visit.html")]
struct Panel {
    t: &'static Texts,
    again: String,
    asked_no: String,
    unknown: bool,
    reasons: Vec<(&'static str, String)>,
    items: Vec<(String, String)>,
    lengths: (usize, usize, usize),
    today: String,
    told: Option<Told>,
    hall: String,
    phone: String,
    /// The slip is printed at once.
    print: bool,
}

impl Desk<'_> {
    /// The panel 上门.
    pub(super) fn visit(&self) -> String {
        let texts = self.texts;
        let (app, details) = (self.app, &self.app.profile.details);
        let no: Option<u32> = number(&self.asked.visit);
        let told = no.and_then(|no| {
            app.read(|hall| visits::asked_of(app, hall, VisitId(no)))
                .map(|asked| self.shown_visit(&asked))
        });
        let reason =
            |reason: &VisitReason| (reason.as_str(), office::visits::reason(*reason, texts));
        written(&Panel {
            t: texts,
            again: order::name(),
            unknown: told.is_none() && !self.asked.visit.is_empty(),
            asked_no: no.map_or_else(String::new, |no| no.to_string()),
            reasons: VisitReason::ALL.iter().map(reason).collect(),
            items: office::visit::items(app),
            lengths: (WHO_CHARS_MAX, PHONE_CHARS_MAX, PLACE_CHARS_MAX),
            today: app.clock.date(app.now()).to_string(),
            told,
            hall: details.name.clone(),
            phone: details.guide_phone.clone(),
            print: !self.asked.print.is_empty(),
        })
    }

    fn shown_visit(&self, asked: &AskedVisit) -> Told {
        let texts = self.texts;
        let visit = &asked.visit;
        let item = visit.item.map(|item| {
            let name = self.app.read(|hall| self.names().item_of(hall, item));
            name.unwrap_or_else(|| item.to_string())
        });
        let pair =
            |key: &str, value: Option<&String>| Some((texts.get(key).to_owned(), value?.clone()));
        let day = visit.day.clone().filter(|_| visit.over.is_none());
        let pairs = [
            pair(
                "visit.th_asked",
                Some(&self.app.clock.written(hall::time::Timestamp(visit.asked))),
            ),
            pair("visit.th_wished", visit.wished.as_ref()),
            pair("visit.th_due", visit.due.as_ref()),
            pair("visit.th_day", day.as_ref()),
        ];
        let letters: Vec<char> = asked.code.to_uppercase().chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Told {
            no: texts.fill("visit.no", &[("no", &visit.id)]),
            stage: texts.get(&format!("visit_stage.{}", visit.stage)).to_owned(),
            shape: shape(visit.stage),
            item: item.unwrap_or_else(|| texts.get("visit.no_item").to_owned()),
            reason: office::visits::reason(visit.reason, texts),
            pairs: pairs.into_iter().flatten().collect(),
            code: groups.join(" "),
            follow_url: asked.follow_url.clone(),
        }
    }
}

/// The shape of a stage's tag.
pub const fn shape(stage: VisitStage) -> &'static str {
    match stage {
        VisitStage::Asked => "why",
        VisitStage::Assigned | VisitStage::Begun => "serving",
        VisitStage::Done => "ok",
        VisitStage::NotDone | VisitStage::Withdrawn => "off",
    }
}

/// "0017" or "上门 0017": the digits of it.
fn number(text: &str) -> Option<u32> {
    let digits: String = text.chars().filter(char::is_ascii_digit).take(NO_DIGITS_MAX).collect();
    digits.parse().ok()
}

/// `POST /guide/visit`: takes it down.
pub async fn ask(
    State(app): Shared,
    giver: Giver,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Response, Response> {
    let texts = giver.texts;
    let field =
        |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let Some(reason) = VisitReason::parse(&field("reason")) else {
        return Err(order::lacks(texts.get("visit.reason_needed")));
    };
    let (who, place) = (field("who"), field("place"));
    if who.is_empty() || place.is_empty() {
        return Err(order::lacks(texts.get("visit.where_needed")));
    }
    let item = office::visit::item(&field("item")).map_err(|key| order::lacks(texts.get(key)))?;
    let body = AskVisitRequest {
        request_id: field("again"),
        item,
        reason,
        wished: Some(field("wished")).filter(|day| !day.is_empty()),
        contact: VisitContact { who, phone: field("phone"), place },
    };
    let asked = visits::ask_visit(State(app), giver.caller, Body(body)).await;
    let id = asked.map_err(order::refused)?.1.0.visit.id;
    Ok(giver.way.goes(&format!("/guide?do=visit&visit={id}&print=first")))
}
