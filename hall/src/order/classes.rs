//! How the classes of one line go: each of these says who, and by which rule.

use super::{Turns, is_early, is_promoted, rank, standing};
use crate::{
    setup::Rules,
    state::queue::Head,
    time::Timestamp,
    words::{PriorityClass, WhyRule},
};

/// Class by class; after so many priority calls in a row it is an ordinary ticket's turn.
pub(super) fn guarded(
    rules: &Rules,
    turns: Turns,
    heads: &[Head],
    now: Timestamp,
) -> Option<(Head, WhyRule)> {
    let best = |head: &&Head| (rank(rules, head.class, head.place.0, now), head.place);
    let first = *heads.iter().min_by_key(best)?;
    let ordinary = || heads.iter().filter(|head| head.class == PriorityClass::Ordinary);
    let guarded = guard_turn(rules, turns, first)
        .then(|| ordinary().min_by_key(|head| head.place).copied())
        .flatten();
    if let Some(head) = guarded.filter(|head| *head != first) {
        return Some((head, WhyRule::GuardTurn));
    }
    let others = heads.iter().any(|head| head.class != PriorityClass::Ordinary);
    let promoted = others && is_promoted(rules, first.class, first.place.0, now);
    let rule = plain(first, now);
    let rule = if promoted && rule == WhyRule::LongestWait { WhyRule::Promoted } else { rule };
    Some((first, rule))
}

/// While both kinds wait, each round of calls has so many of the one and so many of the other.
pub(super) fn ratio(
    rules: &Rules,
    turns: Turns,
    heads: &[Head],
    now: Timestamp,
) -> Option<(Head, WhyRule)> {
    let is_priority = |head: &&Head| {
        head.class != PriorityClass::Ordinary && !is_early(head.class, head.place.0, now)
    };
    let priority = heads.iter().filter(is_priority).min_by_key(|head| (head.class, head.place));
    let ordinary = heads.iter().filter(|head| !is_priority(head)).min_by_key(|head| head.place);
    let (Some(priority), Some(ordinary)) = (priority, ordinary) else {
        let only = *priority.or(ordinary)?;
        return Some((only, plain(only, now)));
    };
    if priority.class == PriorityClass::Special {
        return Some((*priority, WhyRule::Priority));
    }
    let order = &rules.order;
    let (n, m) = (u32::from(order.ratio_priority), u32::from(order.ratio_ordinary));
    let head = if turns.ratio % (n + m) < n { priority } else { ordinary };
    Some((*head, WhyRule::Ratio))
}

/// The wait and what the class is worth; whoever waited past the hard maximum goes first.
pub(super) fn weighted(rules: &Rules, heads: &[Head], now: Timestamp) -> Option<(Head, WhyRule)> {
    let key = |head: &Head| (standing(rules, head.class, head.place.0, now), head.place);
    let first = *heads.iter().min_by_key(|head| key(head))?;
    let (rule, tier) = (plain(first, now), key(&first).0.0);
    let rule = if tier == 1 && heads.len() > 1 {
        WhyRule::HardMax
    } else if tier == 2 && rule == WhyRule::Priority {
        WhyRule::Weighted
    } else {
        rule
    };
    Some((first, rule))
}

/// True if it is an ordinary ticket's turn. 特事特办 is a supervisor's word and waits for no guard.
fn guard_turn(rules: &Rules, turns: Turns, first: Head) -> bool {
    rules.guard
        && turns.priority >= rules.guard_after_calls
        && first.class != PriorityClass::Special
}

fn plain(head: Head, now: Timestamp) -> WhyRule {
    if head.returned {
        WhyRule::Reactivated
    } else if head.class != PriorityClass::Ordinary && !is_early(head.class, head.place.0, now) {
        WhyRule::Priority
    } else {
        WhyRule::LongestWait
    }
}
