//! What outlives the day, in the compact and bounded form in which a day's opening tells it.

use alloc::vec::Vec;

use super::matter;
use crate::{
    event::{
        known_case::KnownCase,
        open_evaluation::{Given, OpenEvaluation},
        people::Carried,
    },
    hall::Hall,
    ids::LegNo,
    limits::{CASES_CARRIED_MAX, OPEN_EVALUATIONS_MAX, PROMISED_CARRIED_MAX},
    setup::evaluation::EvaluationRules,
    state::ticket::{Evaluation, Leg, Ticket},
    time::{Day, Timestamp},
};

/// Finished legs that nobody evaluated and that may still be; and what was said while the hall was
/// closed, so that the day that opens counts it. The newest, if there are more than can be carried.
pub(super) fn open_evaluations(hall: &Hall, at: Timestamp) -> Vec<OpenEvaluation> {
    let today = hall.tickets().flat_map(|ticket| {
        let legs = ticket.legs.iter().enumerate();
        legs.filter_map(move |(place, leg)| of_leg(ticket, place, leg))
    });
    let before = hall.open_evaluations().iter().filter_map(|leg| {
        let given = hall.state.evaluations.late(leg.leg_id());
        Some(OpenEvaluation { given: given_since_closing(given)?, ..leg.clone() })
    });
    let open = |leg: &OpenEvaluation| leg.given.is_some() || hall.may_evaluate(leg.finished, at);
    let mut legs: Vec<OpenEvaluation> = before.chain(today).filter(open).collect();
    if legs.len() > OPEN_EVALUATIONS_MAX {
        legs.sort_unstable_by_key(|leg| core::cmp::Reverse((leg.finished, leg.leg_id())));
        legs.truncate(OPEN_EVALUATIONS_MAX);
        legs.sort_unstable_by_key(OpenEvaluation::leg_id);
    }
    legs
}

fn of_leg(ticket: &Ticket, place: usize, leg: &Leg) -> Option<OpenEvaluation> {
    let (finished, window) = (leg.finished?, leg.window?);
    let given = given_since_closing(leg.evaluation.as_ref())?;
    Some(OpenEvaluation {
        ticket: ticket.id,
        leg: LegNo(u8::try_from(place).ok()?),
        no: ticket.no,
        token: ticket.token,
        secret: leg.secret,
        queue: leg.queue,
        window,
        staff: leg.staff,
        item: leg.item.or(ticket.item),
        finished,
        given,
    })
}

/// None if it was said while a day was open, which counted it; otherwise what was said, if anything.
#[allow(clippy::option_option, reason = "whether to carry, and what with")]
fn given_since_closing(said: Option<&Evaluation>) -> Option<Option<Given>> {
    let Some(said) = said else { return Some(None) };
    said.while_closed.then(|| {
        Some(Given {
            at: said.at,
            rating: said.rating,
            reasons: said.reasons.clone(),
            channel: said.channel,
            scale: said.scale,
        })
    })
}

/// Case numbers that are still known. A promise that is not kept yet goes before what may come
/// again; of each the newest, if there are more than can be carried.
pub(super) fn cases(hall: &Hall, at: Timestamp) -> Vec<KnownCase> {
    let known = hall.state.cases.iter().filter(|case| hall.is_known(case, at)).cloned();
    let (promised, others): (Vec<_>, Vec<_>) = known.partition(|case| case.promised().is_some());
    let mut cases = newest(promised, PROMISED_CARRIED_MAX);
    let room = CASES_CARRIED_MAX - cases.len();
    cases.extend(newest(others, room));
    cases.sort_unstable_by_key(|case| case.no);
    cases
}

fn newest(mut cases: Vec<KnownCase>, most: usize) -> Vec<KnownCase> {
    if cases.len() > most {
        cases.sort_unstable_by_key(|case| core::cmp::Reverse((case.touched, case.no)));
        cases.truncate(most);
    }
    cases
}

fn rules_of(hall: &Hall) -> &EvaluationRules {
    &hall.setup().rules().evaluation
}

/// Bookings, misses, the catalogue and 诉求. A booking of a day on which the hall never opened lapses; it
/// is nobody's miss.
pub(super) fn people(hall: &Hall, at: Timestamp, day: Day) -> Carried {
    let catalogue = &hall.state.catalogue;
    let rules = &hall.setup().rules().catalogue;
    let (bookings, misses) = hall.state.bookings.carried(at, hall.misses_kept_for());
    let (catalogue_version, changes) = catalogue.carried(hall.last_day(), day, rules);
    Carried {
        bookings,
        misses,
        catalogue_version,
        catalogue_decided: catalogue.decided,
        catalogue: changes,
        matters: matter::carried(hall),
        matters_opened: hall.state.matters.opened(),
        answered: hall.state.matters.carried_answered(at),
        closed: hall.state.matters.closed_at_night().cloned().collect(),
        visits: hall.state.visits.carried(at, rules_of(hall).open()),
        visits_asked: hall.state.visits.asked(),
        unfound: hall.state.unfound.carried(at),
        changes: hall.state.changes.carried(at, day),
        changes_asked: hall.state.changes.asked(),
    }
}
