//! Services beside 现场取号: what is typed and scanned, what is asked, and what comes of it.

use super::{
    identity,
    touch::{deafen, go},
};
use crate::{
    limits,
    model::{
        Model,
        message::{Again, Effect, Reprint},
        page::{Choice, Notice, Page, Shown},
        service::{
            Answer, Asking, Found, Proof, Question, Service, Wish,
            typed::{Sought, Typed},
        },
    },
    moment::Moment,
    scan,
};

/// Opens a service's page.
pub(super) fn open(model: &mut Model, service: Service, now: Moment) -> Vec<Effect> {
    go(model, Page::Service(Box::new(service)), now);
    Vec::new()
}

/// A page on which a number of this kind is typed.
pub(super) fn open_typing(model: &mut Model, what: Sought, now: Moment) -> Vec<Effect> {
    open(model, Service::Typing(Typed::new(what)), now)
}

/// 刷身份证查询.
pub(super) fn find_by_card(model: &mut Model, now: Moment) -> Vec<Effect> {
    identity::ask_who(model, Wish::Find, now);
    Vec::new()
}

fn typing(model: &mut Model) -> Option<&mut Typed> {
    match &mut model.page {
        Page::Service(service) => match service.as_mut() {
            Service::Typing(typed) => Some(typed),
            Service::Found(_) => None,
        },
        _ => None,
    }
}

/// A key of the service's own keys.
pub(super) fn typed(model: &mut Model, key: char) {
    if let Some(typed) = typing(model) {
        typed.push(key);
    }
}

/// 删除.
pub(super) fn erased(model: &mut Model) {
    if let Some(typed) = typing(model) {
        typed.erase();
    }
}

/// 查询: what is typed is asked for.
pub(super) fn seek(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Some(typed) = typing(model) else { return Vec::new() };
    let question = match typed.what {
        Sought::Ticket => typed.ticket_no().map(Question::Number),
    };
    match question {
        Some(question) => ask(model, question, now),
        None => {
            typed.wrong = true;
            Vec::new()
        }
    }
}

/// Asks the server; the page waits, deaf to whatever would ask again.
pub(super) fn ask(model: &mut Model, question: Question, now: Moment) -> Vec<Effect> {
    model.questions = model.questions.wrapping_add(1);
    let number = model.questions;
    model.asking = Some(Asking { number, question: question.clone(), since: now });
    deafen(model, now);
    vec![Effect::Ask { number, question, language: model.language }]
}

/// A code was scanned: a slip is looked up wherever nothing else is under way.
pub(super) fn scanned(model: &mut Model, code: &str, now: Moment) -> Vec<Effect> {
    let is_open = matches!(model.shown(), Shown::Page(_) | Shown::Closed | Shown::PaperOut);
    let listens = match &model.page {
        Page::Start | Page::Progress | Page::Service(_) => true,
        Page::Identity { wish, .. } => *wish == Wish::Find,
        Page::Zones { .. }
        | Page::Queues { .. }
        | Page::Items { .. }
        | Page::Confirm(_)
        | Page::Priority
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::PaperFailed { .. }
        | Page::Notice(_)
        | Page::Help(_) => false,
    };
    if !is_open || !listens || model.asking.is_some() {
        return Vec::new();
    }
    model.touched = now;
    match scan::token(code) {
        Some(token) => ask(model, Question::Proof(Proof::Token(token)), now),
        None => Vec::new(),
    }
}

/// An answer came; one that nobody waits for any more is let go.
pub(super) fn answered(
    model: &mut Model,
    (number, answer): (u32, Answer),
    now: Moment,
) -> Vec<Effect> {
    if model.asking.as_ref().is_none_or(|asking| asking.number != number) {
        return Vec::new();
    }
    let Some(asking) = model.asking.take() else { return Vec::new() };
    model.touched = now;
    let typed_wrong = matches!(&answer, Answer::Refused { code, .. } if code == "no_such_ticket")
        && typing(model).is_some_and(|typed| {
            typed.wrong = true;
            true
        });
    match answer {
        Answer::Tickets(tickets) => found(model, tickets, asking.question, now),
        Answer::Refused { .. } if typed_wrong => deafen(model, now),
        Answer::Refused { title, detail, .. } => {
            go(model, Page::Notice(Notice::Refused { title, detail }), now);
        }
        Answer::Silent => go(model, Page::Notice(Notice::Unanswered), now),
    }
    Vec::new()
}

/// No answer came at all: the thread behind is gone, or the machine is.
pub(super) fn given_up(model: &mut Model, now: Moment) -> Vec<Effect> {
    let due = |asking: &Asking| asking.since.after_secs(limits::ASKING_SECS_MAX) <= now;
    if model.asking.as_ref().is_some_and(due) {
        model.asking = None;
        go(model, Page::Notice(Notice::Unanswered), now);
    }
    Vec::new()
}

fn found(
    model: &mut Model,
    tickets: Vec<wire::http::enquiry::FoundTicket>,
    question: Question,
    now: Moment,
) {
    let proof = match question {
        Question::Number(_) => None,
        Question::Proof(proof) => Some(proof),
    };
    // What was shown is kept on the page alone; a number that was typed is looked at once.
    model.presented = None;
    let page = Page::Service(Box::new(Service::Found(Found { tickets, proof, leaf: 0 })));
    if matches!(model.page, Page::Identity { .. }) {
        model.page = page;
        deafen(model, now);
    } else {
        go(model, page, now);
    }
}

/// 重新激活 or 补打号票 of the ticket that is shown.
pub(super) fn once_more(model: &mut Model, again: Again, now: Moment) -> Vec<Effect> {
    let Page::Service(service) = &model.page else { return Vec::new() };
    let Service::Found(found) = service.as_ref() else { return Vec::new() };
    let (Some(shown), Some(proof)) = (found.shown(), found.proof.clone()) else {
        return Vec::new();
    };
    let Some(ticket) = shown.ticket else { return Vec::new() };
    let possible = match again {
        Again::Reprint => shown.reprints,
        Again::Reactivate => shown.reactivates_behind.is_some(),
    };
    if !possible {
        return Vec::new();
    }
    let choice = Choice { queue: shown.queue, item: None };
    go(model, Page::Taking { choice, since: now, printing: false }, now);
    vec![Effect::Reprint(Reprint { ticket, proof, again, language: model.language })]
}

/// The parts that a service's page has.
pub(super) fn leaves(service: &Service) -> usize {
    match service {
        Service::Typing(_) => 1,
        Service::Found(found) => found.tickets.len().max(1),
    }
}

/// The part that is shown.
pub(super) fn leaf_of(service: &mut Service) -> Option<&mut usize> {
    match service {
        Service::Typing(_) => None,
        Service::Found(found) => Some(&mut found.leaf),
    }
}
