//! What devices report becomes what is asked of the hall.

use hall::{
    Hall,
    command::{Command, Evaluate, EvaluationTarget, SendTo},
    ids::{DeviceId, WindowId},
    limits::EVALUATION_CHARS_MAX,
    words::{
        Actor, EvaluationChannel, PauseReason, Rating, Reason, TicketState, legs::TransferReason,
    },
};
use wire::device::{DeviceKind, Happening, PadKey, Report};

use crate::{
    engine::{Wish, request_id},
    profile::Device,
};

/// A key older than this is not done any more: the clerk has long given up waiting, and a call
/// that comes out of nowhere sends a person to an empty window.
const KEY_AGE_MILLIS_MAX: u64 = 10_000;

/// What a report asks of the hall; none if it asks for nothing, or asks too late.
#[must_use]
pub fn wish(hall: &Hall, device: &Device, report: &Report) -> Option<Wish> {
    let window = device.window?;
    if !can_make(device.kind, &report.what) {
        tracing::warn!(device = %device.id, "a report that this kind of device cannot make");
        return None;
    }
    if is_too_old(report) {
        tracing::info!(device = %device.id, age_millis = report.age_millis, "a key came too late");
        return None;
    }
    if is_of_another_window(hall, window, &report.what) {
        tracing::warn!(device = %device.id, %window, "a grade for somebody at another window");
        return None;
    }
    let command = match &report.what {
        Happening::Pressed(key) => pressed(hall, window, key)?,
        Happening::Graded { level, scale, leg, reasons, text } => Command::Evaluate(Evaluate {
            target: leg.map_or(EvaluationTarget::Window(window), EvaluationTarget::Leg),
            rating: Rating::from_level(*level)?,
            // A reason that only a newer device knows is left out; the level counts all the same.
            reasons: reasons.iter().filter_map(|reason| Reason::parse(reason)).collect(),
            // A text that cannot be kept is left out too.
            text: kept_text(text),
            channel: EvaluationChannel::Device,
            scale: *scale,
        }),
        Happening::Shown { .. } | Happening::JobDone { .. } | Happening::SlipCame { .. } => {
            return None;
        }
    };
    // A report comes at least once; its boot and count make the asking one.
    let request =
        Some(request_id(device.id.as_str(), &format!("{}-{}", report.boot, report.count)));
    Some(Wish { by: actor(hall, window, device.id, &command), request, command })
}

/// What was added, in one line of the length that the hall keeps.
fn kept_text(text: &str) -> String {
    let line = text.chars().map(|char| if char.is_control() { ' ' } else { char });
    line.take(EVALUATION_CHARS_MAX).collect()
}

/// An evaluator has no keys of a clerk, and a pad none of a citizen.
const fn can_make(kind: DeviceKind, what: &Happening) -> bool {
    match what {
        Happening::Pressed(_) => matches!(kind, DeviceKind::Pad),
        Happening::Graded { .. } => matches!(kind, DeviceKind::Evaluator | DeviceKind::Tablet),
        Happening::SlipCame { .. } => matches!(kind, DeviceKind::Printer),
        Happening::Shown { .. } | Happening::JobDone { .. } => true,
    }
}

/// An evaluator asks about its own window only: whoever holds its credential grades nobody else's.
fn is_of_another_window(hall: &Hall, window: WindowId, what: &Happening) -> bool {
    match what {
        Happening::Graded { leg: Some(leg), .. } => {
            let at = hall.leg(*leg).and_then(|leg| leg.window);
            at.is_some_and(|at| at != window)
        }
        Happening::Graded { leg: None, .. }
        | Happening::Pressed(_)
        | Happening::Shown { .. }
        | Happening::JobDone { .. }
        | Happening::SlipCame { .. } => false,
    }
}

/// A grade that names its leg is never too late; one that does not would fall on somebody else.
const fn is_too_old(report: &Report) -> bool {
    let of_now = match &report.what {
        Happening::Pressed(_) => true,
        Happening::Graded { leg, .. } => leg.is_none(),
        Happening::Shown { .. } | Happening::JobDone { .. } | Happening::SlipCame { .. } => false,
    };
    of_now && report.age_millis > KEY_AGE_MILLIS_MAX
}

/// The clerk of the window presses a pad's keys; a citizen those of an evaluator.
fn actor(hall: &Hall, window: WindowId, device: DeviceId, command: &Command) -> Actor {
    let staff = hall.window(window).and_then(|now| now.staff());
    match (command, staff) {
        (Command::Evaluate(_), _) | (_, None) => Actor::Device(device),
        (_, Some(staff)) => Actor::Staff(staff),
    }
}

fn pressed(hall: &Hall, window: WindowId, key: &PadKey) -> Option<Command> {
    let pauses = hall.window(window).is_some_and(|now| now.paused.is_some());
    Some(match key {
        PadKey::CallNext => Command::CallNext { window, finish_current: true },
        PadKey::CallNumber(number) => {
            Command::CallChosen { window, no: chosen(hall, window, *number)? }
        }
        PadKey::Recall => Command::Recall { window },
        PadKey::Start => Command::Start { window },
        PadKey::Finish => Command::Finish { window, case: None, item: None, copies: None },
        PadKey::NoShow => Command::NoShow { window },
        // One key for both on most pads.
        PadKey::Pause if pauses => Command::Resume { window },
        PadKey::Pause => Command::Pause { window, reason: PauseReason::Away, whereabouts: None },
        PadKey::Resume => Command::Resume { window },
        PadKey::SignOn(staff) => Command::SignOn { window, staff: staff.parse().ok()? },
        PadKey::SignOff => Command::SignOff { window },
        PadKey::Hold => Command::Hold { window },
        PadKey::Unhold => {
            let (ticket, _) = hall.held_for(window).into_iter().next()?;
            Command::ResumeHeld { window, no: ticket.no }
        }
        PadKey::Return => Command::Return { window },
        PadKey::Transfer(digits) => {
            let to = SendTo { window: Some(named(hall, digits)?), ..SendTo::default() };
            Command::Transfer { window, to, reason: TransferReason::WrongQueue }
        }
        PadKey::Other(_) => return None,
    })
}

/// The window whose number was typed; "07" is window 7.
fn named(hall: &Hall, digits: &str) -> Option<WindowId> {
    let window = digits.trim_start_matches('0').parse().ok()?;
    hall.setup().window(window).map(|found| found.id)
}

/// A pad has digits only: the first of the window's queues in which that number waits.
fn chosen(hall: &Hall, window: WindowId, number: u16) -> Option<hall::number::TicketNo> {
    let queues = hall.lists_of(window)?.queues();
    let letters = queues.filter_map(|queue| Some(hall.setup().queue(queue)?.letter));
    let mut numbers = letters.map(|letter| hall::number::TicketNo { letter, number });
    numbers.find(|no| {
        hall.ticket_by_no(*no).is_some_and(|ticket| ticket.state == TicketState::Waiting)
    })
}

#[cfg(test)]
mod tests;
