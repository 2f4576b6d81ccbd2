//! A home visit on a telephone: who holds the code of its slip sees how it stands, and evaluates it once.

use hall::{
    Hall,
    ids::Token,
    words::visit::{VisitOutcome, VisitStage},
};
use wire::texts::Texts;

use super::View;
use crate::{
    app::App,
    pages::office::visits::{stage, what},
};

/// The page of a home visit; none if the code is of none.
pub fn fill(app: &App, hall: &Hall, token: Token, texts: &Texts) -> Option<View> {
    let visit = hall.visit_by_token(token)?;
    let said = |key: &str| texts.get(key).to_owned();
    let day = |day: Option<hall::time::Day>| day.map_or_else(String::new, |day| day.to_string());
    let given = visit.given.is_some();
    let done = visit.over.as_ref().is_some_and(|over| over.outcome == VisitOutcome::Done);
    let (shape, icon) = match visit.stage() {
        VisitStage::Asked | VisitStage::Assigned | VisitStage::Begun => ("serving", "why"),
        VisitStage::Done => ("free", "ok"),
        VisitStage::NotDone | VisitStage::Withdrawn => ("paused", "off"),
    };
    let say = if given {
        said("phone.say_thanks")
    } else {
        let key = format!("phone.visit_{}", visit.stage());
        texts.fill(&key, &[("day", &day(visit.day)), ("due", &day(visit.due))])
    };
    let facts = [
        ("visit.th_wished", day(visit.wished)),
        ("visit.th_due", day(visit.due)),
        ("visit.th_day", day(visit.day)),
        ("phone.complaints", app.profile.details.complaint_phone.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    Some(View {
        version: format!("visit-{}-{}-{given}", visit.stage(), day(visit.day)),
        no: texts.fill("visit.no", &[("no", &visit.id.0)]),
        shape,
        icon,
        state: stage(visit, texts),
        what: what(app, hall, visit, texts),
        say,
        evaluate: done && !given,
        facts: facts.map(|(key, value)| (said(key), value)).collect(),
        ..super::unknown(texts)
    })
}
