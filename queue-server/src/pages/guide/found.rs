//! 排队查询 at the guide desk: how a person's numbers stand, and what may still be done with them.

use askama::Template;
use axum::{Form, extract::State, response::Response};
use hall::{
    Hall,
    ids::{TicketId, Token},
    number::TicketNo,
    state::ticket::Ticket,
    words::{Channel, PriorityClass, TicketState},
};
use serde::Deserialize;
use wire::{
    http::{
        HolderRequest, SlipMark,
        desk::{ExpediteRequest, HelperRequest, SilentRequest},
        enquiry::{FOUND_MAX, FindRequest, FoundTicket},
    },
    texts::Texts,
};

use super::{
    Desk,
    order::{self, Giver},
    slip::Slip,
    take::document,
    written,
};
use crate::{
    access::Role,
    http::{
        address::Path,
        body::Body,
        shown,
        tickets::{cancel, expedite, find, helper, reactivate, reprint, silent},
    },
    pages::{Shared, written as words},
};

/// What the page may say that was done.
const SAID: &[&str] = &[
    "taken",
    "has_ticket",
    "reactivated",
    "reprinted",
    "silent",
    "aloud",
    "cancelled",
    "checked_in",
    "late_ticket",
    "expedited",
    "helper",
    "unhelp",
];

/// Something to do with a number.
struct Action {
    does: &'static str,
    name: String,
    /// What is asked before it is done; empty if nothing.
    sure: String,
    again: String,
    /// A reason is written with it.
    asks_note: bool,
    /// 帮办: who may go along is chosen with it, number and name.
    people: Vec<(String, String)>,
}

/// A number as the page shows it.
struct Found {
    id: u64,
    no: String,
    shape: &'static str,
    state: String,
    class: String,
    what: String,
    silent: bool,
    /// "9002 帮办", if somebody goes along.
    helped: String,
    facts: Vec<(String, String)>,
    actions: Vec<Action>,
    version: String,
}

#[derive(Template)]
#[template(path = "guide_find.html")]
struct Panel {
    t: &'static Texts,
    found: Vec<Found>,
    said: String,
    slip: Option<Slip>,
    /// The slip is printed at once.
    print: bool,
    /// Where the slip is shown without being printed.
    show_slip: Option<String>,
}

impl Desk<'_> {
    /// The panel 查询.
    pub(super) fn find(&self) -> String {
        let asked = self.asked;
        let ids = asked.tickets.split(',').filter_map(|id| id.parse().ok()).map(TicketId);
        let ids: Vec<TicketId> = ids.take(FOUND_MAX).collect();
        let view = self.app.read(|hall| {
            let found: Vec<Found> = ids
                .iter()
                .filter_map(|id| hall.ticket(*id))
                .map(|ticket| self.found_ticket(hall, ticket))
                .collect();
            let alone = ids.first().filter(|_| ids.len() == 1).copied();
            let slip = alone.filter(|_| !asked.print.is_empty());
            let said = SAID.iter().find(|said| **said == asked.said && !found.is_empty());
            Panel {
                t: self.texts,
                said: said.map_or_else(String::new, |said| {
                    self.texts.get(&format!("guide.said_{said}")).to_owned()
                }),
                slip: slip.and_then(|id| self.slip(hall, id)),
                print: asked.print != "show",
                show_slip: alone
                    .filter(|id| asked.print.is_empty() && self.gave(hall, *id))
                    .map(|id| format!("/guide?do=find&tickets={}&print=show", id.0)),
                found,
            }
        });
        written(&view)
    }

    /// The number was given here, and it lives.
    fn gave(&self, hall: &Hall, id: TicketId) -> bool {
        hall.ticket(id)
            .is_some_and(|ticket| ticket.channel == Channel::GuideDesk && ticket.is_live())
    }

    fn slip(&self, hall: &Hall, id: TicketId) -> Option<Slip> {
        let again = |mark| shown::once_more(self.app, hall, id, mark);
        let answer = match self.asked.print.as_str() {
            "reprinted" => again(SlipMark::Reprinted),
            "reactivated" => again(SlipMark::Reactivated),
            // The first slip is only of what this desk gave; any other comes once more, with its mark.
            _ => Some(())
                .filter(|()| self.gave(hall, id))
                .and_then(|()| shown::issued(self.app, hall, id)),
        };
        answer.map(|answer| Slip::of(&answer.slip, self.texts))
    }

    fn found_ticket(&self, hall: &Hall, ticket: &Ticket) -> Found {
        let texts = self.texts;
        let told = find::told(self.app, hall, (ticket, self.app.now()), true);
        let class = if ticket.class == PriorityClass::Ordinary {
            String::new()
        } else {
            texts.get(&format!("class.{}", ticket.class)).to_owned()
        };
        let facts = self.facts_of(&told, ticket);
        let helped = ticket.helped.map(|now| texts.fill("desk.helped_by", &[("no", &now.by)]));
        let helped = helped.unwrap_or_default();
        let goes = hall.may_take_back_helper(ticket, self.app.now());
        let version = format!(
            "{}{}{}{helped}{goes}{}",
            told.state,
            ticket.silent,
            ticket.reprints,
            facts.iter().map(|fact| fact.1.as_str()).collect::<String>()
        );
        Found {
            id: ticket.id.0,
            no: ticket.no.to_string(),
            shape: shape(ticket.state),
            state: texts.get(&format!("ticket_state.{}", ticket.state)).to_owned(),
            class,
            what: told.item_name.clone().unwrap_or_else(|| told.queue_name.clone()),
            silent: ticket.silent,
            helped,
            actions: self.actions(&told, ticket, goes),
            facts,
            version,
        }
    }

    fn facts_of(&self, told: &FoundTicket, ticket: &Ticket) -> Vec<(String, String)> {
        let texts = self.texts;
        let said = |key: &str| texts.get(key).to_owned();
        let mut facts = Vec::new();
        if matches!(ticket.state, TicketState::Waiting | TicketState::Reserved) {
            facts.push((
                said("guide.fact_ahead"),
                texts.fill("guide.people", &[("n", &told.ahead)]),
            ));
            facts.push((said("guide.fact_wait"), words::wait_said(told.wait, texts)));
        }
        let at = told.window.map(|window| texts.fill("pages.window_no", &[("no", &window)]));
        let windows: Vec<String> = told.windows.iter().map(ToString::to_string).collect();
        let windows = windows.join(texts.get("pages.join"));
        let windows = at.or_else(|| {
            (!windows.is_empty()).then(|| texts.fill("pages.window_no", &[("no", &windows)]))
        });
        if let Some(windows) = windows {
            let place = format!("{windows}　{}", told.place);
            facts.push((said("guide.fact_windows"), place.trim_end().to_owned()));
        }
        facts.push((said("guide.fact_queue"), told.queue_name.clone()));
        let issued = words::time(&self.app.clock, ticket.issued);
        let channel = texts.get(&format!("channel.{}", ticket.channel)).to_owned();
        facts.push((said("guide.fact_taken"), format!("{issued}　{channel}")));
        facts
    }

    fn actions(&self, told: &FoundTicket, ticket: &Ticket, goes: bool) -> Vec<Action> {
        let texts = self.texts;
        let action = |does: &'static str, sure: String| Action {
            does,
            name: texts.get(&format!("guide.do_{does}")).to_owned(),
            sure,
            again: order::name(),
            asks_note: does == "expedite",
            people: if does == "helper" { self.helpers() } else { Vec::new() },
        };
        let plain = |does| action(does, String::new());
        let mut actions = Vec::new();
        if let Some(behind) = told.reactivates_behind {
            let sure = texts.fill("guide.sure_reactivate", &[("no", &ticket.no), ("n", &behind)]);
            actions.push(action("reactivate", sure));
        }
        if told.reprints {
            actions.push(plain("reprint"));
        }
        let to_be_called = matches!(ticket.state, TicketState::Waiting | TicketState::Called);
        if to_be_called {
            actions.push(plain(if ticket.silent { "aloud" } else { "silent" }));
        }
        if goes {
            actions.push(plain("unhelp"));
        }
        if ticket.is_live() {
            actions.push(plain("helper"));
        }
        let is_special = ticket.class == PriorityClass::Special;
        let supervises = self.reader.identity.role != Role::Guide;
        if ticket.state == TicketState::Waiting && supervises && !is_special {
            actions.push(plain("expedite"));
        }
        if matches!(
            ticket.state,
            TicketState::Reserved | TicketState::Waiting | TicketState::Called | TicketState::Held
        ) {
            let sure = texts.fill("guide.sure_cancel", &[("no", &ticket.no)]);
            actions.push(action("cancel", sure));
        }
        actions
    }
}

impl Desk<'_> {
    /// 帮办: who may go along, whoever asks before everybody of the hall's list.
    fn helpers(&self) -> Vec<(String, String)> {
        let oneself = self.reader.identity.staff;
        let own = oneself.map(|no| (no.to_string(), self.texts.get("guide.oneself").to_owned()));
        let others = self.app.profile.posts.iter().filter(|post| Some(post.no) != oneself);
        own.into_iter().chain(others.map(|post| (post.no.to_string(), post.name.clone()))).collect()
    }
}

/// The shape of a ticket's state, beside its word.
const fn shape(state: TicketState) -> &'static str {
    match state {
        TicketState::Waiting | TicketState::Reserved => "free",
        TicketState::Called => "calling",
        TicketState::Serving => "serving",
        TicketState::Held => "paused",
        TicketState::Done => "ok",
        TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => "off",
    }
}

/// What the form says.
#[derive(Deserialize)]
pub struct Sought {
    what: String,
}

/// `POST /guide/find`: by the number, the slip's code or the document. A `POST`, so that no address
/// holds a secret or a document.
pub async fn search(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<Sought>,
) -> Result<Response, Response> {
    let what: String = form.what.chars().filter(|each| !each.is_whitespace()).collect();
    if what.is_empty() {
        return Err(order::lacks(giver.texts.get("guide.find_empty")));
    }
    let no: Option<TicketNo> = what.parse().ok();
    let token = token(&what).filter(|_| no.is_none());
    let by_document = no.is_none() && token.is_none();
    let body = FindRequest { no, token, document: document(what).filter(|_| by_document) };
    let told = find::find(State(app), giver.caller, Body(body)).await.map_err(order::refused)?;
    let ids = told.0.tickets.iter().filter_map(|found| found.ticket);
    let ids: Vec<String> = ids.map(|id| id.0.to_string()).collect();
    Ok(giver.way.goes(&format!("/guide?do=find&tickets={}", ids.join(","))))
}

/// The secret of a slip, as it is typed or as its code is read.
pub fn token(text: &str) -> Option<String> {
    let last = text.rsplit_once("/t/").map_or(text, |(_, last)| last);
    let last: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    let last = last.to_ascii_lowercase();
    // What has no letter is the number of a document or of a booking.
    let has_letter = last.bytes().any(|byte| byte.is_ascii_alphabetic());
    (has_letter && last.parse::<Token>().is_ok()).then_some(last)
}

/// What the form says.
#[derive(Deserialize)]
pub struct Wanted {
    ticket: u64,
    does: String,
    again: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    helper: String,
}

/// `POST /guide/ticket`: 过号激活, 补打, 无声叫号, 帮办, 弃号; a supervisor's 特事特办.
pub async fn order(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<Wanted>,
) -> Result<Response, Response> {
    let (id, request_id) = (form.ticket, form.again);
    let (state, path) = (State(app), Path(id));
    let holder = |request_id| {
        Body(HolderRequest { request_id, token: None, document: None, issue_request_id: None })
    };
    let said = match form.does.as_str() {
        "reactivate" => {
            let told = reactivate::reactivate(state, giver.caller, path, holder(request_id)).await;
            told.map(|_| "reactivated&print=reactivated")
        }
        "reprint" => {
            let told = reprint::reprint(state, giver.caller, path, holder(request_id)).await;
            told.map(|_| "reprinted&print=reprinted")
        }
        "expedite" => {
            let body = Body(ExpediteRequest { request_id, reason: form.note });
            let told = expedite::expedite(state, giver.caller, path, body).await;
            told.map(|_| "expedited")
        }
        "cancel" => {
            let told = cancel::cancel(state, giver.caller, path, holder(request_id)).await;
            told.map(|_| "cancelled")
        }
        does @ ("helper" | "unhelp") => {
            let marks = does == "helper";
            let named = form.helper.trim().parse().ok().filter(|_| marks);
            if marks && named.is_none() {
                return Err(order::lacks(giver.texts.get("guide.helper_none")));
            }
            let body = Body(HelperRequest { request_id, helper: named });
            let told = helper::helper(state, giver.caller, path, body).await;
            told.map(|_| if marks { "helper" } else { "unhelp" })
        }
        does @ ("silent" | "aloud") => {
            let silent = does == "silent";
            let body = Body(SilentRequest { request_id, silent });
            let told = silent::silent(state, giver.caller, path, body).await;
            told.map(|_| if silent { "silent" } else { "aloud" })
        }
        _ => return Err(order::lacks(giver.texts.get("guide.find_empty"))),
    };
    let said = said.map_err(order::refused)?;
    Ok(giver.way.goes(&format!("/guide?do=find&tickets={id}&said={said}")))
}
