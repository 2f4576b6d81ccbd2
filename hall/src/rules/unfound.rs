//! 没有找到要办的事项: what somebody came for and did not find is taken down for the weekly list, also
//! while the hall is closed. Nothing in it names a person.

use alloc::{string::ToString, vec::Vec};

use super::{Facts, words};
use crate::{
    event::{Fact, unfound::Unfound},
    hall::Hall,
    limits::UNFOUND_CHARS_MAX,
    refusal::Refusal,
    time::Timestamp,
};

/// A moment that lies ahead is the clock of a kiosk that goes wrong.
pub(super) fn decide(hall: &Hall, at: Timestamp, said: &Unfound) -> Result<Facts, Refusal> {
    if !hall.state.unfound.has_room() {
        return Err(Refusal::UnfoundFull);
    }
    if said.department.as_ref().is_some_and(|name| !hall.has_department(name)) {
        return Err(Refusal::NoSuchDepartment);
    }
    let words = said.words.as_ref().map(|words| words.trim().to_string());
    if words.as_ref().is_some_and(|words| !is_fit(words)) {
        return Err(Refusal::UnfoundUnfit);
    }
    let department = said.department.clone();
    Ok(Vec::from([Fact::UnfoundNoted(Unfound { at: said.at.min(at), department, words })]))
}

/// Words, and no number of a person or a telephone.
fn is_fit(words: &str) -> bool {
    (1..=UNFOUND_CHARS_MAX).contains(&words.chars().count())
        && !words::holds_number(words)
        && !words.chars().any(|each| each.is_control() || words::turns_lines(each))
}
