//! 去向: where somebody is who works at no window now; at a window it follows from signing on and
//! from pauses.

use alloc::vec::Vec;

use super::Facts;
use crate::{event::Fact, hall::Hall, ids::StaffNo, refusal::Refusal, words::post::Whereabouts};

pub(super) fn decide(
    hall: &Hall,
    staff: StaffNo,
    whereabouts: Whereabouts,
) -> Result<Facts, Refusal> {
    hall.open_day()?;
    if hall.setup().rules().windows.known_staff_only && hall.setup().person(staff).is_none() {
        return Err(Refusal::UnknownStaff);
    }
    let window = hall.state.staff.get(&staff).and_then(|window| hall.window(*window));
    let at_window = window.is_some_and(|now| now.paused.is_none());
    if at_window {
        return Err(Refusal::AtWindow);
    }
    if window.is_none() && whereabouts == Whereabouts::OnDuty {
        return Err(Refusal::NotSignedOn);
    }
    if !hall.state.posts.has_room(staff) {
        return Err(Refusal::TooMuch);
    }
    Ok(Vec::from([Fact::WhereaboutsSet { staff, whereabouts }]))
}
