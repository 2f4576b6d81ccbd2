//! The words of scripts about a ticket's way from window to window.
//!
//! `send 1 queue=B`, `send 1 to=2`, `send 1 item=B01 why=wrong_queue`; `cashier 1`, `back 1`;
//! `with pipeline p A,B01,S` before the first line makes a pipeline; `issue A pipeline=p`,
//! `issue A item=A01 then=B01,A02`, `issue R case=C1`; `next-leg 1`, `next-leg 1 pipeline=p`,
//! `drop-stops 1`, `undo 1`, `show stops A001`.
//! `verify 1`, `unfit 1`; `expedite A001 why`.
//! `hold 1`, `callback 1 A001`; `show legs A001` tells every leg.

use std::{format, string::ToString, vec};

use alloc::{string::String, vec::Vec};

use super::people::named;
use crate::{
    Hall,
    command::{Command, Purpose, SendTo},
    event::stop::Stop,
    setup::{Parts, pipeline::Pipeline},
    time::{Millis, Timestamp},
    views,
    words::legs::TransferReason,
};

/// `pipeline p A,B01,S`: legs by queue or by item.
pub(super) fn set(parts: &mut Parts, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words[0] != "pipeline" {
        return false;
    }
    let leg = |leg: &str| {
        let item = parts.items.iter().find(|item| item.id.as_str() == leg);
        let queue = item.map_or_else(|| leg.parse().unwrap(), |item| item.queue);
        Stop { queue, item: item.map(|item| item.id) }
    };
    let legs = words[2].split(',').map(leg).collect();
    let (id, lead) = (words[1].parse().unwrap(), "d".parse().unwrap());
    let (name, joint) = (words[1].to_string(), String::new());
    parts.pipelines.push(Pipeline { id, name, lead, joint, legs });
    true
}

pub(super) fn purpose(words: &[&str]) -> Purpose {
    let items = |list: &str| list.split(',').map(|item| item.parse().unwrap()).collect();
    let several = named(words, "then").map(|list| Purpose::Several(items(list)));
    let pipeline = named(words, "pipeline").map(|id| Purpose::Pipeline(id.parse().unwrap()));
    let case = named(words, "case").map(|no| Purpose::PickUp(no.parse().unwrap()));
    several.or(pipeline).or(case).unwrap_or_default()
}

pub(super) fn command(words: &[&str]) -> Option<Command> {
    let window = || words[1].parse().unwrap();
    Some(match words[0] {
        "send" => Command::Transfer {
            window: window(),
            to: SendTo {
                queue: named(words, "queue").map(|id| id.parse().unwrap()),
                window: named(words, "to").map(|id| id.parse().unwrap()),
                item: named(words, "item").map(|id| id.parse().unwrap()),
            },
            reason: named(words, "why")
                .map_or(TransferReason::Other, |it| TransferReason::parse(it).unwrap()),
        },
        "cashier" => Command::ToCashier { window: window() },
        "back" => Command::Return { window: window() },
        "next-leg" => Command::NextLeg {
            window: window(),
            pipeline: named(words, "pipeline").map(|id| id.parse().unwrap()),
        },
        "undo" => Command::TakeBack { window: window() },
        "drop-stops" => Command::DropStops { window: window() },
        "verify" => Command::Verify { window: window(), fits: true },
        "unfit" => Command::Verify { window: window(), fits: false },
        "hold" => Command::Hold { window: window() },
        "callback" => Command::ResumeHeld { window: window(), no: words[2].parse().unwrap() },
        _ => return None,
    })
}

pub(super) fn show(hall: &Hall, at: Timestamp, words: &[&str]) -> Option<String> {
    Some(match words[0] {
        "legs" => {
            let ticket = hall.ticket_by_no(words[1].parse().unwrap()).unwrap();
            let secs = |span: Millis| span.as_secs();
            let legs = ticket.legs.iter().map(|leg| {
                let to = leg.to.map_or(String::new(), |to| format!(" to {to}"));
                let wait = leg
                    .wait()
                    .map_or(String::from("waits"), |wait| format!("waited {}", secs(wait)));
                let served = leg.service().map(|span| format!(" served {}", secs(span)));
                let sent =
                    leg.service_until_sent().map(|span| format!(" sent on after {}", secs(span)));
                let held =
                    (leg.holds > 0).then(|| format!(" held {}x {}", leg.holds, secs(leg.held)));
                let more: Vec<String> = [served, sent, held].into_iter().flatten().collect();
                format!("{} {}{to} {wait}{}", leg.via, leg.queue, more.concat())
            });
            format!("{} {}: {}", ticket.state, ticket.class, legs.collect::<Vec<_>>().join(", "))
        }
        "stops" => {
            let ticket = hall.ticket_by_no(words[1].parse().unwrap()).unwrap();
            let stops = ticket.stops.iter().map(|stop| {
                stop.item.map_or_else(|| stop.queue.to_string(), |item| item.to_string())
            });
            let pipeline = ticket.pipeline.map_or(String::new(), |id| format!(" on {id}"));
            let case = ticket.picks_up.map_or(String::new(), |case| format!(" fetches {case}"));
            format!("[{}]{pipeline}{case}", stops.collect::<Vec<_>>().join(" "))
        }
        "held" => {
            let held = hall.held_for(words[1].parse().unwrap());
            let told = held.iter().map(|(ticket, held)| {
                format!("{} for {} s", ticket.no, held.until.since(at).as_secs())
            });
            let told = told.collect::<Vec<_>>().join(", ");
            if told.is_empty() { String::from("nobody") } else { told }
        }
        "sent-on" => {
            let hall = views::indicators::of_hall(hall, at);
            let waits = hall.later_waits.counts().iter();
            let waits = waits.flat_map(|(secs, times)| vec![secs.to_string(); *times as usize]);
            format!(
                "served {} transferred {} to cashier {} often {} held {}, {} holds {} s, later waits {:?}",
                hall.served,
                hall.transferred,
                hall.to_cashier,
                hall.often_transferred,
                hall.held,
                hall.holds,
                hall.held_for.as_secs(),
                waits.collect::<Vec<_>>()
            )
        }
        _ => return None,
    })
}
