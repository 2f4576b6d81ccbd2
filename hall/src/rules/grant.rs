//! 优先: which class is given to whom, for what reason, and by whom.

use alloc::string::String;

use crate::{
    event::{issued::Issued, people::Grounds},
    limits::NOTE_CHARS_MAX,
    refusal::Refusal,
    state::ticket::Granted,
    words::{Actor, Channel, PriorityClass},
};

/// 特事特办 is the guide desk's to give, with a reason in words; 转办 and 预约 follow from what
/// happened before. What is said fits the class.
pub(super) fn decide(
    class: PriorityClass,
    channel: Channel,
    grounds: &Grounds,
) -> Result<Grounds, Refusal> {
    let granted = match class {
        PriorityClass::Special => channel == Channel::GuideDesk,
        PriorityClass::Transferred | PriorityClass::Booked => false,
        PriorityClass::Military | PriorityClass::Vulnerable | PriorityClass::Ordinary => true,
    };
    if !granted {
        return Err(Refusal::ClassNotGranted);
    }
    let note = match &grounds.note {
        Some(note) => written(note)?,
        None => None,
    };
    let is_special = class == PriorityClass::Special;
    if is_special && note.is_none() {
        return Err(Refusal::ReasonNeeded);
    }
    let reason_fits = grounds.reason.is_none_or(|reason| is_special || reason.class() == class);
    if !reason_fits || (class == PriorityClass::Ordinary && note.is_some()) {
        return Err(Refusal::ReasonNotOfClass);
    }
    Ok(Grounds { reason: grounds.reason, note })
}

/// A note as it is kept: on one line, none if it is blank.
pub(super) fn written(note: &str) -> Result<Option<String>, Refusal> {
    let mut line = String::new();
    for word in note.split(|letter: char| letter.is_control() || letter.is_whitespace()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let note = line.as_str();
    if note.chars().count() > NOTE_CHARS_MAX {
        return Err(Refusal::TooMuch);
    }
    Ok(Some(String::from(note)).filter(|note| !note.is_empty()))
}

/// What a new ticket was granted; none if its class is nobody's to give.
pub(super) fn of(issued: &Issued, by: &Actor) -> Option<Granted> {
    let is_given = match issued.class {
        PriorityClass::Special | PriorityClass::Military | PriorityClass::Vulnerable => true,
        PriorityClass::Transferred | PriorityClass::Booked | PriorityClass::Ordinary => false,
    };
    is_given.then(|| Granted {
        class: issued.class,
        grounds: issued.grounds.clone(),
        channel: issued.channel,
        by: by.clone(),
    })
}
