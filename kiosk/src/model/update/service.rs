//! Services beside 现场取号: what is typed and scanned, what is asked, and what comes of it.

use wire::{catalogue::ItemGuide, http::booking::When, ids::CaseNo};

use super::{
    grade, identity, lacking, search, telling,
    touch::{closed, deafen, go, take},
};
use crate::{
    limits,
    model::{
        Model,
        message::{Again, Effect, Reprint},
        page::{Choice, Notice, Page, Shown},
        service::{
            Answer, Asking, Extras, Found, Proof, Question, Service, Wish,
            typed::{Sought, Typed},
        },
    },
    moment::Moment,
    scan,
    screens::{guide, more, unfound},
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
    let Page::Service(service) = &mut model.page else { return None };
    if let Service::Typing(typed) = service.as_mut() { Some(typed) } else { None }
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
    if !typed.is_whole() {
        typed.wrong = true;
        return Vec::new();
    }
    match typed.what {
        Sought::Ticket => {
            let no = typed.ticket_no();
            no.map_or_else(Vec::new, |no| ask(model, Question::Number(no), now))
        }
        Sought::Booking => {
            let no = typed.booking_no();
            no.map_or_else(Vec::new, |no| ask(model, Question::Booking(no), now))
        }
        Sought::Case => {
            let case = typed.case_no();
            pick_up(model, case, now)
        }
        Sought::Slip => {
            let token = typed.token();
            token.map_or_else(Vec::new, |token| grade::begin(model, token, now))
        }
        Sought::Receipt => {
            let receipt = typed.receipt();
            receipt.map_or_else(Vec::new, |receipt| ask(model, Question::Receipt(receipt), now))
        }
        Sought::Lacking => {
            let words = typed.text.clone();
            lacking::written(model, &words, now)
        }
    }
}

/// ABC, 123 in 长者版.
pub(super) fn other_keys(model: &mut Model) -> Vec<Effect> {
    if let Some(typed) = typing(model) {
        typed.letters = !typed.letters;
    }
    Vec::new()
}

/// 领证取件 of a case.
fn pick_up(model: &mut Model, case: Option<CaseNo>, now: Moment) -> Vec<Effect> {
    let Some(queue) = model.settings.pick_up_queue else { return Vec::new() };
    if let Some(notice) = closed(model, queue) {
        go(model, Page::Notice(notice), now);
        return Vec::new();
    }
    model.extras = Extras { case, ..Extras::default() };
    identity::ask_or_take(model, Choice { queue, item: None }, now)
}

/// The ticket of the booking that is shown.
pub(super) fn check_in(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Service(service) = &model.page else { return Vec::new() };
    let Service::Booking(found) = service.as_ref() else { return Vec::new() };
    let late = match found.when {
        When::InTime => false,
        When::Late => true,
        When::Early | When::Over => return Vec::new(),
    };
    let booking = &found.booking;
    let choice = Choice { queue: booking.queue, item: booking.item };
    model.extras = Extras { booking: Some(booking.no), late, ..Extras::default() };
    take(model, choice, now)
}

/// 打印指南 of the item that is shown; before its number is taken it is asked for first.
pub(super) fn print_guide(model: &mut Model, now: Moment) -> Vec<Effect> {
    if let Page::Confirm(Choice { item: Some(item), .. }) = model.page {
        let effects = ask(model, Question::Guide(item), now);
        if let Some(asking) = &mut model.asking {
            asking.prints = true;
        }
        return effects;
    }
    let Page::Service(service) = &model.page else { return Vec::new() };
    let Service::Guide { guide, .. } = service.as_ref() else { return Vec::new() };
    let effect = print(model, guide.clone());
    deafen(model, now);
    vec![effect]
}

/// A guide for the printer. Who reads English takes a paper along that the window reads too: its
/// names stand there in both languages.
fn print(model: &Model, mut guide: Box<ItemGuide>) -> Effect {
    let both = |chinese: &str, told: &str| {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("told", &told), ("chinese", &chinese)];
        if told == chinese { told.to_owned() } else { model.texts().fill("kiosk.both", &values) }
    };
    guide.name = both(&guide.name, model.item_told(guide.id, &guide.name));
    for paper in guide.bring.iter_mut().chain(&mut guide.materials) {
        *paper = both(paper, model.paper_told(paper));
    }
    Effect::PrintGuide { guide, language: model.language }
}

/// The guide came out, or not; whoever has gone on is not told.
pub(super) fn guide_printed(model: &mut Model, came: bool, now: Moment) -> Vec<Effect> {
    let reads = matches!(model.page, Page::Confirm(_))
        || matches!(&model.page, Page::Service(service) if matches!(**service, Service::Guide { .. }));
    if reads {
        go(model, Page::Notice(Notice::GuidePrinted(came)), now);
    }
    Vec::new()
}

/// Asks the server; the page waits, deaf to whatever would ask again.
pub(super) fn ask(model: &mut Model, question: Question, now: Moment) -> Vec<Effect> {
    model.questions = model.questions.wrapping_add(1);
    let number = model.questions;
    model.asking = Some(Asking { prints: false, number, question: question.clone(), since: now });
    deafen(model, now);
    vec![Effect::Ask { number, question, language: model.language }]
}

/// A code was scanned: a slip is looked up wherever nothing else is under way.
pub(super) fn scanned(model: &mut Model, code: &str, now: Moment) -> Vec<Effect> {
    let is_open = matches!(model.shown(), Shown::Page(_) | Shown::Closed | Shown::PaperOut);
    let listens = match &model.page {
        Page::Start | Page::Progress => true,
        Page::Service(_) => !model.page.is_operators(),
        Page::Identity { wish, .. } => matches!(wish, Wish::Find | Wish::Booking),
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
    let token = scan::token(code);
    if let Some(typed) = typing(model) {
        match (typed.what, &token) {
            // A receipt's code, a booking's code: as if it had been typed.
            (Sought::Case | Sought::Booking, None) => {
                typed.text.clear();
                code.to_ascii_uppercase().chars().for_each(|key| typed.push(key));
                return seek(model, now);
            }
            (Sought::Slip, Some(token)) => return grade::begin(model, token.clone(), now),
            (
                Sought::Ticket
                | Sought::Slip
                | Sought::Case
                | Sought::Booking
                | Sought::Lacking
                | Sought::Receipt,
                _,
            ) => {}
        }
    }
    token.map_or_else(Vec::new, |token| ask(model, Question::Proof(Proof::Token(token)), now))
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
    let unknown = ["no_such_ticket", "no_such_booking", "no_such_matter"];
    let typed_wrong = matches!(&answer, Answer::Refused { code, .. } if unknown.contains(&code.as_str()))
        && typing(model).is_some_and(|typed| {
            typed.wrong = true;
            true
        });
    match answer {
        Answer::Tickets(tickets) => found(model, tickets, asking.question, now),
        Answer::Booking(booking) => show(model, Service::Booking(*booking), now),
        Answer::Guide(guide) if asking.prints => {
            return vec![print(model, guide)];
        }
        Answer::Guide(guide) => show(model, Service::Guide { guide, leaf: 0 }, now),
        Answer::Evaluated => grade::thank(model, now),
        Answer::Told(matter) => return telling::told(model, *matter, now),
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
        Question::Proof(proof) => Some(proof),
        Question::Number(_)
        | Question::Booking(_)
        | Question::BookingOf(_)
        | Question::Guide(_)
        | Question::Tell { .. }
        | Question::Receipt(_)
        | Question::Evaluate(_) => None,
    };
    // What was shown is kept on the page alone; a number that was typed is looked at once.
    model.presented = None;
    show(model, Service::Found(Found { tickets, proof, leaf: 0 }), now);
}

/// The answer stands in the place of the card that was asked for, and behind whatever was typed.
fn show(model: &mut Model, service: Service, now: Moment) {
    let page = Page::Service(Box::new(service));
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
pub(super) fn leaves(model: &Model, service: &Service) -> usize {
    match service {
        Service::Typing(_)
        | Service::Booking(_)
        | Service::Noted(_)
        | Service::Complaint
        | Service::Told(_)
        | Service::Code(_)
        | Service::Behind(_) => 1,
        Service::Found(found) => found.tickets.len().max(1),
        Service::Guide { guide, .. } => guide::leaves(model, guide),
        Service::Rating(_) => grade::leaves(model),
        Service::Several | Service::Map { .. } => 1,
        Service::Popular { .. } => model.leaves(model.popular().len()),
        Service::Search(sought) => search::leaves(model, sought),
        Service::Telling { .. } => grade::leaves(model),
        Service::Lacking { .. } => unfound::leaves(model),
        Service::More { .. } => more::leaves(model),
    }
}

/// The part that is shown.
pub(super) fn leaf_of(service: &mut Service) -> Option<&mut usize> {
    match service {
        Service::Typing(_)
        | Service::Booking(_)
        | Service::Several
        | Service::Map { .. }
        | Service::Noted(_)
        | Service::Complaint
        | Service::Told(_)
        | Service::Code(_)
        | Service::Behind(_) => None,
        Service::Found(found) => Some(&mut found.leaf),
        Service::Guide { leaf, .. }
        | Service::Popular { leaf }
        | Service::Lacking { leaf }
        | Service::Telling { leaf }
        | Service::More { leaf } => Some(leaf),
        Service::Rating(graded) => Some(&mut graded.leaf),
        Service::Search(sought) => Some(&mut sought.leaf),
    }
}
