//! A角 / B角: who takes a window over from whom, and when the stand-in is asked to come.

use super::{Facts, approve, send_on};
use crate::{
    event::Fact,
    hall::Hall,
    ids::{StaffNo, WindowId},
    refusal::Refusal,
    state::{State, posts::StandIn},
    time::{Millis, Timestamp},
    words::post::{PostRole, Whereabouts},
};

/// Somebody comes to a window at which another person has signed on: the stand-in while that person
/// is away, or whoever was stood in for and is back.
pub(super) fn take_over(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    present: StaffNo,
    staff: StaffNo,
) -> Result<Facts, Refusal> {
    let paused = hall.window(window).is_some_and(|now| now.paused.is_some());
    let standing_in = hall.state.posts.standing_in(window);
    let is_back = standing_in.is_some_and(|each| each.absent == staff);
    let role = approve::role(hall, at, window, staff).filter(|_| paused);
    let role = if is_back { Some(PostRole::Primary) } else { role };
    let role = role.ok_or(Refusal::WindowTaken)?;
    approve::not_declined(hall, window, role)?;
    super::sign::nowhere_else(hall, staff)?;
    hall.settled(window)?;
    // The new clerk may not be authorised for whom the one before was sent.
    let mut facts: Facts = send_on::release(hall, window).collect();
    facts.push(Fact::TookOver { window, from: present, staff, role });
    Ok(facts)
}

/// Long pauses at which somebody could stand in.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    due(hall).filter(move |(_, _, due)| *due <= at).map(move |(window, absent, _)| {
        let stand_ins = free_stand_ins(hall, window).collect();
        Fact::StandInAsked { window, absent, stand_ins }
    })
}

pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    due(hall).map(|(_, _, due)| due).min()
}

/// Windows at which a stand-in is or will be asked for, who is away, and when.
fn due(hall: &Hall) -> impl Iterator<Item = (WindowId, StaffNo, Timestamp)> {
    let minutes = hall.setup().rules().windows.stand_in_after_minutes;
    let paused = hall.state.windows.iter().filter(move |_| minutes > 0);
    paused.filter_map(move |(id, now)| {
        let ((_, since), absent) = (now.paused?, now.staff()?);
        let stands_in = hall.setup().role_at(*id, absent) == Some(PostRole::StandIn);
        let asked = now.stand_in_asked.is_some();
        let nobody = asked || stands_in || free_stand_ins(hall, *id).next().is_none();
        (!nobody).then(|| (*id, absent, since + Millis::from_minutes(minutes.into())))
    })
}

/// B角 of a window who work at no window now.
fn free_stand_ins(hall: &Hall, window: WindowId) -> impl Iterator<Item = StaffNo> {
    let stand_ins = hall.setup().stand_ins_at(window);
    stand_ins.filter(|staff| !hall.state.staff.contains_key(staff))
}

pub(super) fn apply_asked(state: &mut State, at: Timestamp, window: WindowId) {
    state.window_mut(window).stand_in_asked = Some(at);
}

/// Whoever leaves stays where the pause said; who did not pause goes home.
pub(super) fn apply_took_over(
    state: &mut State,
    at: Timestamp,
    window: WindowId,
    from: StaffNo,
    staff: StaffNo,
    role: PostRole,
) {
    let paused = state.window_mut(window).paused.is_some();
    super::sign::leave(state, at, window);
    if !paused {
        state.posts.goes(from, Whereabouts::OffDuty, at);
    }
    super::sign::apply_on(state, at, window, staff);
    if role == PostRole::StandIn {
        let approved_by = approve::approved_by(state, window, staff);
        let (absent, since, until) = (from, at, None);
        state.posts.begin(StandIn { window, absent, staff, since, until, approved_by });
    }
}
