//! 领证取件 at the guide desk: a number by the case's number.

use askama::Template;
use axum::{Form, response::Response};
use hall::ids::CaseNo;
use serde::Deserialize;
use wire::{http::IssueRequest, texts::Texts};

use super::{
    Desk,
    order::{self, Giver},
    take::{self, Who},
    written,
};
use crate::pages::Shared;

#[derive(Template)]
#[template(path = "guide_case.html")]
struct Panel {
    t: &'static Texts,
    again: String,
    /// The hall has no queue for it.
    none: bool,
    who: Who,
}

impl Desk<'_> {
    /// The panel 取件.
    pub(super) fn case(&self) -> String {
        let queue = self.app.profile.setup.pick_up();
        let who =
            queue.map_or_else(Who::default, |queue| Who { identity: None, ..self.who(queue) });
        written(&Panel { t: self.texts, again: order::name(), none: queue.is_none(), who })
    }
}

/// What the form says.
#[derive(Deserialize)]
pub struct Wanted {
    again: String,
    case: String,
    #[serde(default)]
    grant: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    silent: String,
    #[serde(default)]
    helper: String,
    #[serde(default)]
    print: String,
}

/// `POST /guide/case`.
pub async fn order(
    state: Shared,
    giver: Giver,
    Form(form): Form<Wanted>,
) -> Result<Response, Response> {
    let case: Option<CaseNo> = form.case.trim().parse().ok();
    let Some(case) = case else {
        return Err(order::lacks(giver.texts.get("guide.case_bad")));
    };
    let body = IssueRequest {
        picks_up: Some(case),
        silent: !form.silent.is_empty(),
        ..take::request(form.again, &take::Granted::read(&form.grant, &form.note))
    };
    take::taken(
        state,
        giver.caller,
        giver.way,
        body,
        &take::Then {
            said: "taken",
            prints: !form.print.is_empty(),
            helps: !form.helper.is_empty(),
        },
    )
    .await
}
