//! 服务评价 at the guide desk: a person's own level by the code of their slip, within seven days.

use std::collections::BTreeMap;

use askama::Template;
use axum::{Form, extract::State, response::Response};
use hall::words::{Rating, Reason};
use wire::{http::EvaluationRequest, texts::Texts};

use super::{
    Desk,
    found::token,
    order::{self, Giver},
    written,
};
use crate::{
    http::{body::Body, caller::Language, evaluations},
    pages::Shared,
};

#[derive(Template)]
#[template(path = "guide_rate.html")]
struct Panel {
    t: &'static Texts,
    again: String,
    said: String,
    /// Value and name, the best first.
    levels: Vec<(&'static str, String)>,
    reasons: Vec<(&'static str, String)>,
}

impl Desk<'_> {
    /// The panel 评价.
    pub(super) fn rate(&self) -> String {
        let texts = self.texts;
        let level =
            |level: &Rating| (level.as_str(), texts.get(&format!("rating.{level}")).to_owned());
        let reason =
            |reason: &Reason| (reason.as_str(), texts.get(&format!("reason.{reason}")).to_owned());
        let rated = self.asked.said == "rated";
        written(&Panel {
            t: texts,
            again: order::name(),
            said: if rated { texts.get("guide.said_rated").to_owned() } else { String::new() },
            levels: Rating::ALL.iter().rev().map(level).collect(),
            reasons: Reason::ALL.iter().map(reason).collect(),
        })
    }
}

/// `POST /guide/rate`.
pub async fn order(
    State(app): Shared,
    giver: Giver,
    Form(fields): Form<BTreeMap<String, String>>,
) -> Result<Response, Response> {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    let Some(token) = token(field("code")) else {
        return Err(order::lacks(giver.texts.get("guide.rate_no_code")));
    };
    let Some(rating) = Rating::parse(field("rating")) else {
        return Err(order::lacks(giver.texts.get("guide.rate_no_level")));
    };
    let ticked = |reason: &&Reason| rating.is_negative() && fields.contains_key(reason.as_str());
    let body = EvaluationRequest {
        request_id: field("again").to_owned(),
        window: None,
        token: Some(token),
        rating,
        reasons: Reason::ALL.iter().filter(ticked).copied().collect(),
    };
    let language = Language(giver.language);
    let told = evaluations::evaluate(State(app), Some(giver.caller), language, Body(body)).await;
    let _taken = told.map_err(order::refused)?;
    Ok(giver.way.goes("/guide?do=rate&said=rated"))
}
