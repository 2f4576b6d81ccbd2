//! The pages of services, with sample data.

use wire::{
    board::Wait,
    http::enquiry::FoundTicket,
    ids::{TicketId, WindowId},
    words::TicketState,
};

use crate::model::{
    Model,
    identity::Step,
    page::Page,
    service::{
        Found, Proof, Service, Wish,
        typed::{Sought, Typed},
    },
};

/// Puts the model on a service's page; false if there is none of this name.
pub fn set(model: &mut Model, name: &str) -> bool {
    model.trail.push(Page::Progress);
    if name == "find-card" {
        model.reader = true;
        model.page = Page::Identity { wish: Wish::Find, step: Step::Card { unread: false } };
        return true;
    }
    let service = match name {
        "find-number" => Service::Typing(Typed::new(Sought::Ticket)),
        "find-number-wrong" => Service::Typing(typed(Sought::Ticket, "A512", true)),
        "found" => found(ticket(TicketState::Waiting)),
        "found-called" => found(ticket(TicketState::Called)),
        "found-passed" => found(passed()),
        "found-unproven" => {
            let ticket = FoundTicket { ticket: None, ..passed() };
            Service::Found(Found { tickets: vec![ticket], proof: None, leaf: 0 })
        }
        _ => return false,
    };
    model.page = Page::Service(Box::new(service));
    true
}

fn typed(what: Sought, keys: &str, wrong: bool) -> Typed {
    let mut typed = Typed::new(what);
    keys.chars().for_each(|key| typed.push(key));
    typed.wrong = wrong;
    typed
}

/// Two tickets of one person, this one first.
fn found(ticket: FoundTicket) -> Service {
    let second = FoundTicket {
        no: "E031".parse().expect("the sample's number is one"),
        queue: "E".parse().expect("a letter is an id"),
        ..ticket.clone()
    };
    let proof = Some(Proof::Token("7k3m9qf2x4w8a".to_owned()));
    Service::Found(Found { tickets: vec![ticket, second], proof, leaf: 0 })
}

fn passed() -> FoundTicket {
    let ticket = ticket(TicketState::NoShow);
    FoundTicket { reactivates_behind: Some(3), reprints: false, ..ticket }
}

fn ticket(state: TicketState) -> FoundTicket {
    let slip = super::sample::slip();
    let window = (state == TicketState::Called).then(|| slip.windows[0]);
    let waits = state == TicketState::Waiting;
    FoundTicket {
        ticket: Some(TicketId(1)),
        no: slip.no,
        queue: "A".parse().expect("a letter is an id"),
        queue_name: slip.queue_name,
        item_name: None,
        state,
        window,
        windows: Vec::<WindowId>::from_iter(slip.windows.into_iter().filter(|_| waits)),
        place: slip.place,
        ahead: if waits { 5 } else { 0 },
        wait: waits.then_some(Wait { low_minutes: 10, high_minutes: 20 }),
        reactivates_behind: None,
        reprints: true,
    }
}
