//! 离岗: where somebody is away for long, and who could stand in.

use alloc::vec::Vec;

use crate::{
    hall::Hall,
    ids::{StaffNo, WindowId},
    setup::staff::Staff,
    time::{Millis, Timestamp},
    words::{
        PauseReason, WindowState,
        post::{PostRole, Whereabouts},
    },
};

/// A window whose clerk is away for longer than the hall waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// The window.
    pub window: WindowId,
    /// Who is away; none if nobody has the post.
    pub absent: Option<StaffNo>,
    /// Why, if it was said: the window pauses; none where nobody has come.
    pub reason: Option<PauseReason>,
    /// Since when.
    pub since: Timestamp,
}

/// Who could come to a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandsBy {
    /// Who.
    pub staff: StaffNo,
    /// The post at the window, if it is one.
    pub role: Option<PostRole>,
    /// Where this person works now.
    pub works_at: Option<WindowId>,
}

/// Windows that pause too long, and scheduled ones to which nobody has come, in the hall's order.
#[must_use]
pub fn of(hall: &Hall, now: Timestamp) -> Vec<Absence> {
    let minutes = hall.setup().rules().windows.stand_in_after_minutes;
    if minutes == 0 || hall.day().is_none() {
        return Vec::new();
    }
    let long = |since: &Timestamp| *since + Millis::from_minutes(minutes.into()) <= now;
    let windows = hall.setup().windows().iter().map(|window| window.id);
    let away = windows.filter_map(|id| {
        let (reason, since) = hall.away_since(id, now)?;
        let absent = hall.staff_at(id).or_else(|| hall.setup().primary_at(id));
        Some(Absence { window: id, absent, reason, since })
    });
    away.filter(|absence| long(&absence.since)).collect()
}

/// Who may be asked to come to a window, the best first: B角 who serves nobody, then who works nowhere,
/// then who has nobody at their window; whoever serves somebody comes last, and who pauses behind them.
/// Who is on leave, away on an errand, in a meeting or studying is left out.
#[must_use]
pub fn stand_by(hall: &Hall, window: WindowId, now: Timestamp) -> Vec<StandsBy> {
    let (Some(day), Some(lists)) = (hall.day(), hall.lists_of(window)) else { return Vec::new() };
    let able = |person: &Staff| {
        let mut queues = lists.primary.iter().chain(lists.secondary);
        person.may_work(day) && queues.any(|id| person.may_handle(hall.setup(), day, *id, None))
    };
    let gone = |staff: StaffNo| match hall.whereabouts_of(staff).map(|(place, _)| place) {
        Some(
            Whereabouts::Leave | Whereabouts::Errand | Whereabouts::Meeting | Whereabouts::Study,
        ) => true,
        Some(Whereabouts::OnDuty | Whereabouts::Away | Whereabouts::OffDuty) | None => false,
    };
    let absent = hall.staff_at(window).or_else(|| hall.setup().primary_at(window));
    let people = hall.setup().staff().iter();
    let people = people.filter(|each| Some(each.no) != absent && able(each) && !gone(each.no));
    let mut people: Vec<StandsBy> = people
        .map(|person| StandsBy {
            staff: person.no,
            role: person.role_at(window),
            works_at: hall.state.staff.get(&person.no).copied(),
        })
        .collect();
    people.sort_by_key(|each| {
        let busy = each.works_at.map_or(0, |id| match hall.window_state(id, now) {
            WindowState::Free => 1,
            WindowState::Calling | WindowState::Serving | WindowState::Extended => 2,
            WindowState::Paused | WindowState::Closed => 3,
        });
        (busy.max(1), each.role.is_none(), busy, each.staff)
    });
    people
}
