//! 批准顶岗: who may work at a window in another's place, by somebody's word. An approval ends by its
//! time, when whoever was away is back, by a word, and with the day.

use alloc::vec::Vec;

use super::{Facts, grant, post_change};
use crate::{
    command::{
        Input,
        staffing::{ApproveStandIn, Staffing as Wish},
    },
    event::{
        Fact,
        staffing::{PostChange, Staffing},
    },
    hall::Hall,
    ids::{StaffNo, WindowId},
    refusal::Refusal,
    state::{State, posts::Verdict},
    time::Timestamp,
    words::{Actor, post::PostRole},
};

pub(super) fn decide(hall: &Hall, input: &Input, wish: &Wish) -> Result<Facts, Refusal> {
    match wish {
        Wish::ApproveStandIn(wish) => approve(hall, input, wish),
        Wish::DeclineStandIn { window, reason } => decline(hall, *window, reason),
        Wish::EndStandIn { window } => end(hall, *window),
        Wish::AskChange(wish) => post_change::ask(hall, wish),
        Wish::DecideChange { number, outcome, note } => {
            post_change::decide(hall, &input.by, *number, *outcome, note)
        }
    }
}

/// Somebody of the profile who may do some of the window's work, and is not there already. Nobody
/// approves themselves.
fn approve(hall: &Hall, input: &Input, wish: &ApproveStandIn) -> Result<Facts, Refusal> {
    let &ApproveStandIn { window, staff, until, .. } = wish;
    let present = hall.known_window(window)?.staff();
    let day = hall.open_day()?;
    let person = hall.setup().person(staff).ok_or(Refusal::UnknownStaff)?;
    if input.by == Actor::Staff(staff) {
        return Err(Refusal::OwnRequest);
    }
    if present == Some(staff) {
        return Err(Refusal::AtWindow);
    }
    if hall.setup().primary_at(window) == Some(staff) {
        return Err(Refusal::OwnPost);
    }
    if !person.may_work(day) {
        return Err(Refusal::AuthorisationOver);
    }
    let lists = hall.lists_of(window).ok_or(Refusal::NoSuchWindow)?;
    let mut queues = lists.primary.iter().chain(lists.secondary);
    if !queues.any(|queue| person.may_handle(hall.setup(), day, *queue, None)) {
        return Err(Refusal::NotAuthorised);
    }
    if until.is_some_and(|until| until <= input.at) {
        return Err(Refusal::InThePast);
    }
    let reason = grant::written(&wish.reason)?;
    let absent = absent(hall, window).filter(|absent| *absent != staff);
    let approved = Staffing::StandInApproved { window, staff, absent, until, reason };
    Ok(Vec::from([Fact::Staffing(approved)]))
}

/// Who is away from a window: who is stood in for, who pauses there, or whose post it is.
fn absent(hall: &Hall, window: WindowId) -> Option<StaffNo> {
    let stood_in_for = hall.state.posts.standing_in(window).map(|each| each.absent);
    let present = || hall.staff_at(window);
    stood_in_for.or_else(present).or_else(|| hall.setup().primary_at(window))
}

/// Only of somebody who is away now, and with a reason.
fn decline(hall: &Hall, window: WindowId, reason: &str) -> Result<Facts, Refusal> {
    let now = hall.known_window(window)?;
    let absent = now.staff().filter(|_| now.paused.is_some()).ok_or(Refusal::NotPaused)?;
    let reason = grant::written(reason)?.ok_or(Refusal::ReasonNeeded)?;
    Ok(Vec::from([Fact::Staffing(Staffing::StandInDeclined { window, absent, reason })]))
}

/// Nothing, if nobody was approved.
fn end(hall: &Hall, window: WindowId) -> Result<Facts, Refusal> {
    hall.known_window(window)?;
    Ok(over(hall, window).into_iter().collect())
}

fn over(hall: &Hall, window: WindowId) -> Option<Fact> {
    let staff = hall.state.posts.verdict(window)?.staff?;
    Some(Fact::Staffing(Staffing::StandInOver { window, staff }))
}

/// Whoever was away is back: nobody stands in any more.
pub(super) fn back(hall: &Hall, window: WindowId, staff: StaffNo) -> Option<Fact> {
    let absent = hall.state.posts.verdict(window)?.absent;
    if absent == Some(staff) { over(hall, window) } else { None }
}

/// As what somebody would work at a window: by a post, or by an approval.
pub(super) fn role(
    hall: &Hall,
    at: Timestamp,
    window: WindowId,
    staff: StaffNo,
) -> Option<PostRole> {
    let approved = || hall.is_approved(window, staff, at).then_some(PostRole::StandIn);
    hall.setup().role_at(window, staff).or_else(approved)
}

/// 不同意顶岗: nobody stands in.
pub(super) fn not_declined(hall: &Hall, window: WindowId, role: PostRole) -> Result<(), Refusal> {
    let verdict = hall.state.posts.verdict(window);
    let declined = verdict.is_some_and(|verdict| verdict.staff.is_none());
    if declined && role == PostRole::StandIn { Err(Refusal::StandInDeclined) } else { Ok(()) }
}

/// Approvals whose time is over. Who serves then serves on until signing off.
pub(super) fn tick(hall: &Hall, at: Timestamp) -> impl Iterator<Item = Fact> {
    let due = hall.stand_in_verdicts().filter(move |(_, it)| it.until.is_some_and(|it| it <= at));
    due.filter_map(|(window, _)| over(hall, window))
}

pub(super) fn next(hall: &Hall) -> Option<Timestamp> {
    hall.stand_in_verdicts().filter_map(|(_, verdict)| verdict.until).min()
}

pub(super) fn apply(state: &mut State, at: Timestamp, by: &Actor, said: &Staffing) {
    let (window, verdict) = match said {
        Staffing::StandInApproved { window, staff, absent, until, reason } => {
            let (by, reason) = (by.clone(), reason.clone());
            let (staff, absent, until) = (Some(*staff), *absent, *until);
            (window, Some(Verdict { staff, absent, since: at, until, by, reason }))
        }
        Staffing::StandInDeclined { window, absent, reason } => {
            let (by, reason, absent) = (by.clone(), Some(reason.clone()), Some(*absent));
            let (staff, until) = (None, None);
            (window, Some(Verdict { staff, absent, since: at, until, by, reason }))
        }
        Staffing::StandInOver { window, .. } => (window, None),
        Staffing::ChangeAsked { number, staff, window, from, until, reason } => {
            let (number, staff, window) = (*number, *staff, *window);
            let (from, until, reason, by) = (*from, *until, reason.clone(), by.clone());
            let decided = None;
            let change = PostChange { number, staff, window, from, until, reason, at, by, decided };
            return state.changes.add(change, state.last_day);
        }
        Staffing::ChangeDecided { number, outcome, note } => {
            return post_change::apply_decided(state, at, by, *number, (*outcome, note.as_ref()));
        }
    };
    state.posts.say(*window, verdict);
}

/// Who said that somebody may work at a window, of those who may not without: by a word of today,
/// or by a change of posts.
pub(super) fn approved_by(state: &State, window: WindowId, staff: StaffNo) -> Option<StaffNo> {
    let verdict = state.posts.verdict(window).filter(|verdict| verdict.staff == Some(staff));
    let day = state.day?;
    let here = |each: &&PostChange| (each.staff, each.window) == (staff, window);
    let mut changes = state.changes.all().iter().filter(here);
    let change = changes.find(|each| each.counts_on(day));
    let by_change = change.and_then(|each| each.decided.as_ref()).map(|decided| &decided.by);
    approver(verdict.map(|verdict| &verdict.by).or(by_change))
}

pub(super) fn approver(by: Option<&Actor>) -> Option<StaffNo> {
    match by? {
        Actor::Staff(staff) => Some(*staff),
        Actor::Hall | Actor::Device(_) | Actor::Citizen | Actor::System(_) => None,
    }
}

/// The pause is over, and with it what was declined for it.
pub(super) fn pause_ends(state: &mut State, window: WindowId) {
    if state.posts.verdict(window).is_some_and(|verdict| verdict.staff.is_none()) {
        state.posts.say(window, None);
    }
}
