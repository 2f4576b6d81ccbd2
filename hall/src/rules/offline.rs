//! 离线取号: numbers set aside for kiosks, and the tickets they gave out alone.
//!
//! A number is in one kiosk's hand only, and a kiosk notes it before it prints: whatever was cut off
//! or switched off in between, none is given twice, and what was given comes into its queue at the
//! moment at which the person took it.

use alloc::vec::Vec;

use super::{Facts, grant, issue::fresh_token};
use crate::{
    command::offline::{HandIn, ReserveNumbers},
    event::{
        Fact,
        issued::Issued,
        offline::{NumberBlock, Offline},
    },
    hall::Hall,
    ids::{DeviceId, Token},
    limits::{KIOSK_BLOCKS_MAX, NUMBER_MAX},
    refusal::Refusal,
    state::{State, numbers::Reserved},
    time::{Day, Timestamp},
    words::{Channel, Printing},
};

/// A first block of each letter, and one more of those that run low.
pub(super) fn reserve(hall: &Hall, wish: &ReserveNumbers) -> Result<Facts, Refusal> {
    hall.open_day()?;
    let mut letters: Vec<char> =
        hall.setup().queues().iter().filter(|q| q.issued).map(|q| q.letter).collect();
    letters.sort_unstable();
    letters.dedup();
    let has = |letter: char| {
        let mut own = hall.numbers_of(wish.kiosk, wish.book);
        own.any(|block| block.letter == letter)
    };
    let held = |letter: char| {
        let own = hall.state.numbers.reserved().iter();
        own.filter(|each| each.kiosk == wish.kiosk && each.block.letter == letter).count()
    };
    letters.retain(|letter| wish.low.contains(letter) || !has(*letter));
    letters.retain(|letter| held(*letter) < KIOSK_BLOCKS_MAX);
    let blocks: Vec<_> =
        letters.into_iter().filter_map(|letter| next_block(hall, letter)).collect();
    if blocks.is_empty() {
        return Ok(Vec::new());
    }
    Ok(Vec::from([Fact::NumbersReserved { kiosk: wish.kiosk, book: wish.book, blocks }]))
}

/// Behind all that was set aside or given; none once the numbers of the day are used up.
fn next_block(hall: &Hall, letter: char) -> Option<NumberBlock> {
    let rules = &hall.setup().rules().offline;
    let numbers = &hall.state.numbers;
    let mut first = rules.first.max(numbers.last(letter).saturating_add(1));
    for each in numbers.reserved().iter().filter(|each| each.block.letter == letter) {
        first = first.max(each.block.last.saturating_add(1));
    }
    let last = first.saturating_add(rules.block).saturating_sub(1).min(rules.last).min(NUMBER_MAX);
    (rules.block > 0 && first <= last).then_some(NumberBlock { letter, first, last })
}

pub(super) fn apply_reserved(
    state: &mut State,
    since: Timestamp,
    (kiosk, book): (DeviceId, Token),
    blocks: &[NumberBlock],
) {
    let reserved = blocks.iter().map(|block| Reserved { kiosk, book, block: *block, since });
    state.numbers.reserve(reserved);
}

/// The person has the number in hand: hours, segments and the list of the day say no more.
pub(super) fn hand_in(hall: &Hall, at: Timestamp, ticket: &HandIn) -> Result<Facts, Refusal> {
    of_today(hall, ticket.day)?;
    let mut reserved = hall.state.numbers.reserved().iter();
    let block = reserved.find(|each| {
        let block = &each.block;
        each.kiosk == ticket.kiosk
            && block.letter == ticket.no.letter
            && (block.first..=block.last).contains(&ticket.no.number)
    });
    let block = block.ok_or(Refusal::NumberNotReserved { no: ticket.no })?;
    if hall.ticket_by_no(ticket.no).is_some() {
        return Err(Refusal::NumberTaken { no: ticket.no });
    }
    let queue = hall.setup().queue(ticket.queue).filter(|queue| queue.letter == ticket.no.letter);
    let queue = queue.ok_or(Refusal::NoSuchQueue)?;
    let grounds = grant::decide(ticket.class, Channel::Kiosk, &ticket.grounds)?;
    // An item that has left the queue meanwhile is named at the window.
    let is_here = |item: &_| hall.item_now(*item).is_ok_and(|item| item.queue == queue.id);
    let printing = match ticket.printing {
        Printing::Confirmed | Printing::Without => ticket.printing,
        Printing::Unconfirmed | Printing::Pending | Printing::Failed => Printing::Unconfirmed,
    };
    // A clock that is wrong puts nobody before those who were there when the numbers were set aside.
    let taken = ticket.taken.clamp(block.since, at);
    Ok(Vec::from([Fact::Issued(Issued {
        ticket: hall.state.next_ticket,
        no: ticket.no,
        token: fresh_token(hall, ticket.token.0),
        queue: queue.id,
        item: ticket.item.filter(is_here),
        channel: Channel::Kiosk,
        class: ticket.class,
        printing,
        // Nothing was told.
        ahead: 0,
        wait: None,
        estimate: None,
        person: None,
        agent: None,
        booking: None,
        waits_from: Some(taken),
        catalogue: hall.catalogue_version(),
        stops: Vec::new(),
        pipeline: None,
        picks_up: None,
        grounds,
        silent: ticket.silent,
        offline: Some(Offline { kiosk: ticket.kiosk, taken }),
    })]))
}

/// A kiosk that was off over night hands in what nobody waits for any more.
fn of_today(hall: &Hall, day: Day) -> Result<(), Refusal> {
    if hall.last_day().is_some_and(|last| day < last || day == last && hall.day().is_none()) {
        return Err(Refusal::NotOfToday);
    }
    if hall.open_day()? == day { Ok(()) } else { Err(Refusal::HallClosed) }
}
