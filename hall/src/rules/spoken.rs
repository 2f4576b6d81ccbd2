//! What is spoken in the hall: 广播, and 无声叫号 of who does not hear.

use alloc::{string::ToString, vec::Vec};

use super::{Facts, desk};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{TicketId, ZoneId},
    refusal::Refusal,
};

/// 无声叫号: a ticket that is over needs no call of any kind.
pub(super) fn silence(hall: &Hall, id: TicketId, silent: bool) -> Result<Facts, Refusal> {
    let ticket = hall.known_ticket(id)?;
    if !ticket.is_live() {
        return Err(Refusal::WrongState { state: ticket.state });
    }
    if ticket.silent == silent {
        return Ok(Facts::new());
    }
    Ok(Vec::from([Fact::SilentSet { ticket: id, silent }]))
}

/// 广播, while the hall has a day.
pub(super) fn announce(
    hall: &Hall,
    text: &str,
    urgent: bool,
    zone: Option<ZoneId>,
) -> Result<Facts, Refusal> {
    hall.open_day()?;
    desk::text(text, Refusal::TextNeeded)?;
    if zone.is_some_and(|zone| hall.setup().zones().iter().all(|known| known.id != zone)) {
        return Err(Refusal::NoSuchZone);
    }
    Ok(Vec::from([Fact::Announced { text: text.trim().to_string(), urgent, zone }]))
}
