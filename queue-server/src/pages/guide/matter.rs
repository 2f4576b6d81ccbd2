//! 我要反映, 办不成事 at the guide desk: what somebody tells is taken down, for a receipt; with a
//! receipt it is told what came of it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{Form, extract::State, response::Response};
use hall::{ids::receipt::Receipt, words::Reason};
use serde::Deserialize;
use wire::{
    http::matters::{FindMatterRequest, TellMatterRequest, ToldMatter},
    texts::Texts,
};

use super::{
    Desk,
    order::{self, Giver},
    written,
};
use crate::{
    http::{body::Body, matters::told},
    pages::Shared,
};

/// What was told, as the page shows it.
struct Told {
    /// "0001 7482".
    receipt: String,
    stands: String,
    overdue: bool,
}

#[derive(Template)]
#[template(path = "guide_matter.html")]
struct Panel {
    t: &'static Texts,
    again: String,
    departments: Vec<String>,
    reasons: Vec<(&'static str, String)>,
    told: Option<Told>,
    hall: String,
    phone: String,
    /// The receipt is printed at once.
    print: bool,
}

impl Desk<'_> {
    /// The panel 反映.
    pub(super) fn matter(&self) -> String {
        let texts = self.texts;
        let profile = &self.app.profile;
        let receipt: Option<Receipt> = self.asked.receipt.parse().ok();
        let told = receipt.and_then(|receipt| {
            self.app.read(|hall| told::told_of(hall, &self.app.clock, receipt))
        });
        let reason =
            |reason: &Reason| (reason.as_str(), texts.get(&format!("reason.{reason}")).to_owned());
        written(&Panel {
            t: texts,
            again: order::name(),
            departments: profile.setup.departments().iter().map(|each| each.name.clone()).collect(),
            reasons: Reason::ALL.iter().map(reason).collect(),
            told: told.map(|told| shown(&told, texts)),
            hall: profile.details.name.clone(),
            phone: profile.details.supervision_phone.clone(),
            print: !self.asked.print.is_empty(),
        })
    }
}

fn shown(told: &ToldMatter, texts: &Texts) -> Told {
    let stands = told::stands(told, texts);
    Told { receipt: in_fours(&told.receipt.to_string()), stands, overdue: told.overdue }
}

/// "0017 9048 2531".
pub fn in_fours(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// `POST /guide/matter`: takes it down.
pub async fn tell(
    State(app): Shared,
    giver: Giver,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Response, Response> {
    let told = told::tell_matter(State(app), giver.caller, Body(told_by(&fields))).await;
    let receipt = told.map_err(order::refused)?.1.0.receipt;
    Ok(giver.way.goes(&format!("/guide?do=matter&receipt={receipt}&print=first")))
}

/// What the form of 办不成事 says: its name, the department, and every reason that is ticked.
pub fn told_by(fields: &BTreeMap<String, String>) -> TellMatterRequest {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let ticked = |reason: &&Reason| fields.contains_key(reason.as_str());
    TellMatterRequest {
        request_id: field("again"),
        department: Some(field("department")).filter(|name| !name.is_empty()),
        reasons: Reason::ALL.iter().filter(ticked).copied().collect(),
    }
}

/// What the form says.
#[derive(Deserialize)]
pub struct Sought {
    receipt: String,
}

/// `POST /guide/receipt`: what came of it.
pub async fn find(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<Sought>,
) -> Result<Response, Response> {
    let Ok(receipt) = form.receipt.trim().parse::<Receipt>() else {
        return Err(order::lacks(giver.texts.get("guide.receipt_bad")));
    };
    let told =
        told::find_matter(State(app), giver.caller, Body(FindMatterRequest { receipt })).await;
    let _known = told.map_err(order::refused)?;
    Ok(giver.way.goes(&format!("/guide?do=matter&receipt={receipt}")))
}
