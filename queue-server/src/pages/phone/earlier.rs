//! A ticket of an earlier day: it can still be evaluated for some days, and no more.

use hall::{Hall, ids::Token};
use wire::texts::Texts;

use super::View;
use crate::{
    app::App,
    pages::{named::Names, written},
};

/// The page of a leg that was finished on an earlier day; none if nothing is known of it.
pub fn fill(app: &App, hall: &Hall, token: Token, texts: &Texts) -> Option<View> {
    let (leg, given) = hall.open_evaluation(token)?;
    let date = written::date(&app.clock, leg.finished);
    let say = if given.is_some() { "phone.say_thanks" } else { "phone.say_earlier" };
    let names = Names::by(app, texts);
    let item = leg.item.and_then(|item| names.item_of(hall, item));
    let queue = names.queue(leg.queue);
    Some(View {
        version: format!("earlier-{}", given.is_some()),
        no: leg.no.to_string(),
        shape: "free",
        icon: "ok",
        state: texts.fill("phone.of_day", &[("date", &date)]),
        what: item.map_or(queue.clone(), |item| format!("{queue} · {item}")),
        say: texts.fill(say, &[("date", &date), ("window", &leg.window)]),
        evaluate: given.is_none(),
        ..super::unknown(texts)
    })
}
