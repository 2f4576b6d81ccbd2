//! The words of scripts about bookings, persons, the calendar and the catalogue.
//!
//! `by=3` is a person by the mark 3, `earlier=2` the same person's mark under the key before.
//! Bookable are the five days after the first, of which the last has a morning only.

use std::{format, string::ToString, vec};

use alloc::{
    boxed::Box,
    collections::{BTreeMap, BTreeSet},
    string::String,
    vec::Vec,
};

use super::EIGHT;
use crate::{
    Hall,
    command::{
        ChangeItem, Command,
        people::{Book, BookableDay, BookingRef, CheckIn, Erase},
        plan::{CloseEarly, LimitIssue, Segment, SessionPlan},
    },
    event::people::Grounds,
    ids::person::{Booker, BookingMark, PersonMark},
    time::{Day, Millis, TimeOfDay, Timestamp},
    views,
    words::{
        Channel, PriorityClass,
        people::{ChangeKind, DayKind, EarlyReason, GrantReason},
    },
};

/// A word `key=value` of the line.
pub(super) fn named<'l>(words: &[&'l str], key: &str) -> Option<&'l str> {
    words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
}

pub(super) fn person(words: &[&str]) -> Option<PersonMark> {
    Some(PersonMark([named(words, "by")?.parse().unwrap(); 16]))
}

fn booker(words: &[&str]) -> Option<Booker> {
    let mark = |key| named(words, key).map(|mark| BookingMark([mark.parse().unwrap(); 16]));
    Some(Booker { mark: mark("by")?, earlier: mark("earlier") })
}

pub(super) fn channel(words: &[&str]) -> Channel {
    named(words, "via").map_or(Channel::Kiosk, |word| Channel::parse(word).unwrap())
}

/// `reason=elderly note=urgent`: 优先事由.
pub(super) fn grounds(words: &[&str]) -> Grounds {
    Grounds {
        reason: named(words, "reason").map(|word| GrantReason::parse(word).unwrap()),
        note: named(words, "note").map(String::from),
    }
}

/// `24` is the 24th of the scripts' month.
pub(super) fn day(text: &str) -> Day {
    Day { year: 2026, month: 11, day: text.parse().unwrap() }
}

pub(super) fn plan(at: Timestamp, words: &[&str]) -> SessionPlan {
    let minute = |text: &str| at + Millis::from_minutes(text.parse().unwrap());
    let mut segments: BTreeMap<_, Vec<Segment>> = BTreeMap::new();
    for text in named(words, "segments").into_iter().flat_map(|list| list.split(',')) {
        // `A:0-30:2` gives two numbers of A in the first half hour.
        let parts: Vec<&str> = text.split(':').collect();
        let (from, until) = parts[1].split_once('-').unwrap();
        let cap = parts.get(2).map(|cap| cap.parse().unwrap());
        let segment = Segment { from: minute(from), until: minute(until), cap };
        segments.entry(parts[0].parse().unwrap()).or_default().push(segment);
    }
    let items = named(words, "items");
    SessionPlan {
        kind: named(words, "kind").map_or(DayKind::Ordinary, |kind| DayKind::parse(kind).unwrap()),
        segments,
        items: items.map(|list| list.split(',').map(|item| item.parse().unwrap()).collect()),
    }
}

pub(super) fn command(hall: &Hall, at: Timestamp, words: &[&str]) -> Option<Command> {
    let word = |at: usize| words.get(at).copied().filter(|word| !word.contains('='));
    let meant = || match word(1) {
        Some(no) => BookingRef::No(no.parse().unwrap()),
        None => BookingRef::Person {
            booker: booker(words).unwrap(),
            day: day(named(words, "day").unwrap()),
        },
    };
    Some(match words[0] {
        "early" => {
            let minutes = |place| at + Millis::from_minutes(word(place).unwrap().parse().unwrap());
            Command::CloseEarly(CloseEarly {
                issue_until: minutes(1),
                closes: minutes(2),
                reason: EarlyReason::Power,
                for_the_day: word(3) == Some("day"),
            })
        }
        // `limit A 3 30 so_full`: three more numbers of A in half an hour; `unlimit A`.
        "limit" => Command::LimitIssue(LimitIssue {
            queue: word(1).unwrap().parse().unwrap(),
            more: word(2).unwrap().parse().unwrap(),
            until: word(3)
                .filter(|it| *it != "-")
                .map(|it| at + Millis::from_minutes(it.parse().unwrap())),
            reason: word(4).unwrap_or_default().into(),
        }),
        "unlimit" => Command::EndLimit { queue: word(1).unwrap().parse().unwrap() },
        "book" => Command::Book(book(words)),
        "unbook" => Command::CancelBooking { booking: meant() },
        "check-in" => Command::CheckIn(CheckIn {
            booking: meant(),
            booker: booker(words),
            person: person(words),
            channel: Channel::Kiosk,
            class: named(words, "class")
                .map_or(PriorityClass::Ordinary, |class| PriorityClass::parse(class).unwrap()),
            grounds: grounds(words),
            paper: words.contains(&"paper=yes"),
            late_as_walk_in: words.contains(&"late=walk-in"),
            estimate: None,
        }),
        "reprint" => Command::Reprint { ticket: super::ticket(hall, word(1).unwrap()) },
        "erase" => Command::Erase(match (word(1), named(words, "booking")) {
            (Some(no), _) => Erase::Ticket(super::ticket(hall, no)),
            (None, Some(no)) => Erase::Booking(no.parse().unwrap()),
            (None, None) => Erase::Person { mark: person(words), booker: booker(words) },
        }),
        "change" => Command::ChangeItem(change(words)),
        _ => return None,
    })
}

fn book(words: &[&str]) -> Book {
    Book {
        booker: booker(words),
        agent: named(words, "agent").map(|agent| agent.parse().unwrap()),
        queue: words[1].parse().unwrap(),
        item: named(words, "item").map(|item| item.parse().unwrap()),
        day: day(words[2]),
        from: words[3].parse().unwrap(),
        channel: channel(words),
        days: (1..=5).map(bookable).collect(),
    }
}

fn bookable(after: u16) -> BookableDay {
    let midnight = EIGHT - Millis::from_minutes(8 * 60);
    let begins = midnight + Millis::from_days(after.into());
    let moment = |hour: u16| TimeOfDay(hour * 60).after(begins);
    let mut open = vec![(moment(8), moment(12)), (moment(14), moment(18))];
    open.truncate(if after == 5 { 1 } else { 2 });
    let items = (after == 5).then(|| BTreeSet::from(["B01".parse().unwrap()]));
    BookableDay { day: day(&(23 + after).to_string()), begins, open, items }
}

fn change(words: &[&str]) -> ChangeItem {
    let item = words[2].parse().unwrap();
    let kind = ChangeKind::parse(words[1]).unwrap();
    let to = named(words, "queue").map(|queue| {
        let mut to = crate::rules_tests::parts().items[0].clone();
        to.id = item;
        to.queue = queue.parse().unwrap();
        to.name = String::from(named(words, "name").unwrap_or("item"));
        Box::new(to)
    });
    ChangeItem { item, kind, to, effective: day(words[3]), approver: "9".parse().unwrap() }
}

pub(super) fn show(hall: &Hall, at: Timestamp, words: &[&str]) -> Option<String> {
    Some(match words[0] {
        "booking" => {
            let booking = hall.booking(words[1].parse().unwrap());
            booking.map_or_else(
                || String::from("not known"),
                |booking| {
                    let known = if booking.booked.mark.is_some() { "marked" } else { "nobody's" };
                    let ticket = booking.ticket.and_then(|ticket| hall.ticket(ticket));
                    let no = ticket.map_or_else(|| "no ticket".into(), |each| each.no.to_string());
                    format!("{} {known}, {no}", booking.state)
                },
            )
        }
        "bookings" => {
            let all = views::bookings::figures(hall, day(words[1]));
            format!(
                "to come {} kept {} late {} missed {} cancelled {} released {}",
                all.to_come, all.kept, all.late, all.missed, all.cancelled, all.released
            )
        }
        "slots" => {
            let after = words[2].parse::<u16>().unwrap() - 23;
            let item = named(words, "item").map(|item| item.parse().unwrap());
            let queue = words[1].parse().unwrap();
            let slots = views::bookings::slots(hall, queue, item, &bookable(after), at);
            let told = |slot: &views::bookings::SlotView| {
                format!("{}-{} {}/{}", slot.from, slot.until, slot.left, slot.capacity)
            };
            slots.iter().map(told).collect::<Vec<_>>().join(", ")
        }
        "restricted" => {
            let until = hall.restricted_until(booker(words).unwrap(), at);
            let hours = until.map(|until| until.since(at).as_secs() / 3600);
            hours.map_or_else(|| "no".into(), |hours| format!("for {hours} h"))
        }
        "person" => {
            let ticket = hall.ticket_by_no(words[1].parse().unwrap()).unwrap();
            let known = if ticket.person.is_some() { "marked" } else { "nobody's" };
            let came = ticket.check_in.map_or("walked in", |time| time.as_str());
            format!("{known}, {came}, version {}, reprints {}", ticket.catalogue, ticket.reprints)
        }
        "granted" => {
            let ticket = hall.ticket_by_no(words[1].parse().unwrap()).unwrap();
            ticket.granted.as_ref().map_or_else(
                || "nothing".into(),
                |granted| {
                    let reason = granted.grounds.reason.map_or("unsaid", GrantReason::as_str);
                    let note = granted.grounds.note.as_deref().unwrap_or("no note");
                    format!(
                        "{} for {reason}, {note}, {} {:?}",
                        granted.class, granted.channel, granted.by
                    )
                },
            )
        }
        "waited" => {
            let ticket = hall.ticket_by_no(words[1].parse().unwrap()).unwrap();
            let wait = ticket.leg().wait().map_or(Millis(0), |wait| wait);
            format!("{} s, {}", wait.as_secs(), ticket.class)
        }
        "overtime" => {
            let tally = views::indicators::of_hall(hall, at);
            format!(
                "{} s, extended {}, days off {}",
                tally.overtime.as_secs(),
                tally.extended,
                tally.days_off
            )
        }
        "item" => hall.item(words[1].parse().unwrap()).map_or_else(
            || "not in force".into(),
            |item| format!("{} of {}, version {}", item.name, item.queue, hall.catalogue_version()),
        ),
        "queue" => {
            let queue = hall.setup().queue(words[1].parse().unwrap()).unwrap();
            let view = views::board::queue(hall, queue, at);
            format!("issuing {} sold out {}", view.issuing, view.sold_out)
        }
        _ => return None,
    })
}
