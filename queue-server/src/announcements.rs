//! 语音播报: the sentence of each call, in the order of the calls.

use hall::{
    event::{Event, Fact},
    ids::{DeviceId, LegId, WindowId, ZoneId},
    number::TicketNo,
    time::{Millis, Timestamp},
    words::{WhyRule, desk::Press},
};
use wire::{
    device::{Delivery, DeviceKind, Work},
    texts::Texts,
};

use crate::{
    faces::View,
    profile::{Device, voice::Scheduled},
};

/// Something to be spoken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Where it is heard; none: everywhere.
    pub zone: Option<ZoneId>,
    /// What the announcers do.
    pub work: Work,
}

impl Announcement {
    /// Who speaks: a zone's own announcer, else the one that has no zone.
    pub fn announcers<'a>(&self, devices: &'a [Device]) -> impl Iterator<Item = DeviceId> + 'a {
        let voices = || devices.iter().filter(|device| device.kind == DeviceKind::Voice);
        let own = |zone: ZoneId| voices().any(|voice| voice.zone == Some(zone));
        let (zone, who) = (self.zone, self.zone.filter(|zone| own(*zone)));
        voices().filter(move |voice| zone.is_none() || voice.zone == who).map(|voice| voice.id)
    }
}

/// What is to be spoken after an event; nothing for most.
#[must_use]
pub fn after(event: &Event, view: &View) -> Option<Announcement> {
    let (hall, texts) = (view.hall, view.texts);
    let (leg, window) = match &event.fact {
        // Who goes on with the next matter sits at the window already.
        Fact::Called { why, .. } if why.rule == WhyRule::NextLeg => return None,
        Fact::Called { leg, window, .. }
        | Fact::Recalled { leg, window }
        | Fact::HoldEnded { leg, window } => (*leg, *window),
        Fact::TakenBack { leg, window, press: Press::Call } => {
            return wait_on(*leg, *window, view);
        }
        Fact::Announced { text, urgent, zone } => return Some(said(text, *urgent, *zone, view)),
        Fact::DayOpened { .. }
        | Fact::SetupChanged { .. }
        | Fact::DayClosed { .. }
        | Fact::SessionOpened { .. }
        | Fact::SessionClosed
        | Fact::SignedOn { .. }
        | Fact::SignedOff { .. }
        | Fact::Paused { .. }
        | Fact::Resumed { .. }
        | Fact::Issued(_)
        | Fact::Printed { .. }
        | Fact::Cancelled { .. }
        | Fact::Started { .. }
        | Fact::Finished { .. }
        | Fact::NoShowed { .. }
        | Fact::SentOn { .. }
        | Fact::StopsChanged { .. }
        | Fact::TakenBack { .. }
        | Fact::Verified { .. }
        | Fact::Expedited { .. }
        | Fact::SilentSet { .. }
        | Fact::HelperSet(_)
        | Fact::Released { .. }
        | Fact::Held { .. }
        | Fact::HoldExpired { .. }
        | Fact::Reactivated { .. }
        | Fact::Evaluated(_)
        | Fact::Swept { .. }
        | Fact::SamePress { .. }
        | Fact::TideOpened { .. }
        | Fact::TideClosed { .. }
        | Fact::Lent { .. }
        | Fact::LendEnded { .. }
        | Fact::TookOver { .. }
        | Fact::StandInAsked { .. }
        | Fact::WhereaboutsSet { .. }
        | Fact::CaseNamed { .. }
        | Fact::ReturnedUnnoticed { .. }
        | Fact::Noticed { .. }
        | Fact::Accepted { .. }
        | Fact::Declined { .. }
        | Fact::DeliveryChosen { .. }
        | Fact::CaseClosed { .. }
        | Fact::MatterOpened(_)
        | Fact::MatterClosed(_)
        | Fact::MatterHandled(_)
        | Fact::Visit(_)
        | Fact::ClosedEarly { .. }
        | Fact::Booked(_)
        | Fact::BookingCancelled { .. }
        | Fact::BookingEnded { .. }
        | Fact::Reprinted { .. }
        | Fact::Erased(_)
        | Fact::CatalogueChanged(_)
        | Fact::AlertRaised { .. }
        | Fact::AlertEased { .. }
        | Fact::AlertAcknowledged { .. }
        | Fact::AlertClosed { .. }
        | Fact::DeviceReported { .. }
        | Fact::CallsReported(_)
        | Fact::HelpAsked { .. }
        | Fact::NumbersReserved { .. }
        | Fact::UnfoundNoted(_)
        | Fact::Inspected(_)
        | Fact::Limited(_)
        | Fact::Staffing(_)
        | Fact::WindowsScheduled { .. } => return None,
    };
    // 无声叫号: strip and screens show it, and the clerk walks out.
    let ticket = hall.ticket(leg.ticket).filter(|ticket| !ticket.silent)?;
    let is_last = ticket.leg().calls > hall.setup().rules().recalls_max;
    let is_back = matches!(event.fact, Fact::HoldEnded { .. });
    let key = if is_back || (ticket.legs.len() > 1 && !is_last) {
        "voice.go_on"
    } else if is_last {
        "voice.last_call"
    } else {
        "voice.call"
    };
    let no = spoken_number(ticket.no, texts);
    let spoken = spoken_window(window, texts);
    let text = texts.fill(key, &[("no", &no), ("window", &spoken)]);
    let voice = &view.profile.details.voice;
    let how = voice.delivery(view.minute());
    let work = Work::Say { text, times: voice.times, window: Some(window), how };
    Some(Announcement { zone: hall.setup().window(window).map(|window| window.zone), work })
}

/// 撤回 of a call: it was spoken, so whoever stood up hears that they are to wait on. No window is
/// named, where the strip would have nothing to show for it.
fn wait_on(leg: LegId, window: WindowId, view: &View) -> Option<Announcement> {
    let ticket = view.hall.ticket(leg.ticket).filter(|ticket| !ticket.silent)?;
    let no = spoken_number(ticket.no, view.texts);
    let text = view.texts.fill("voice.wait_on", &[("no", &no)]);
    let voice = &view.profile.details.voice;
    let how = voice.delivery(view.minute());
    let work = Work::Say { text, times: 1, window: None, how };
    Some(Announcement { zone: view.hall.setup().window(window).map(|window| window.zone), work })
}

/// 广播: what somebody says to the hall.
fn said(text: &str, urgent: bool, zone: Option<ZoneId>, view: &View) -> Announcement {
    let voice = &view.profile.details.voice;
    let usual = voice.delivery(view.minute());
    // Nobody may miss it: quiet hours and soft ones do not count.
    let loud = Delivery { urgent, volume_percent: voice.volume_percent, ..usual };
    let how = if urgent { loud } else { usual };
    let work = Work::Say { text: text.to_owned(), times: voice.times, window: None, how };
    Announcement { zone, work }
}

/// 定时播报 whose moment lies after `since`, up to now, and what is left of its time in the hall's
/// own; one that is late by more than that is not said any more.
pub fn scheduled(view: &View, since: Timestamp) -> Vec<(Announcement, Millis)> {
    let (clock, now) = (view.clock, view.now);
    let today = clock.date(now);
    if !view.profile.calendar.is_working_day(today) {
        return Vec::new();
    }
    let due = |text: &Scheduled| {
        let at = clock.moment(today, i64::from(text.at.0));
        let late = now.since(at);
        let is_new = since < at && at <= now && late < text.worth;
        is_new.then(|| (said(&text.text, false, None, view), Millis(text.worth.0 - late.0)))
    };
    view.profile.details.voice.scheduled.iter().filter_map(due).collect()
}

/// "A 零 一 二": letter and digits one by one.
fn spoken_number(no: TicketNo, texts: &Texts) -> String {
    one_by_one(&no.to_string(), texts)
}

/// "二十四" for 24; a name with letters one by one.
fn spoken_window(window: WindowId, texts: &Texts) -> String {
    let ten = texts.get("voice.ten");
    match window.as_str().parse::<u16>() {
        Ok(number @ 10..=99) if !ten.is_empty() => {
            let digit = |value: u16| one_by_one(&value.to_string(), texts);
            let tens = if number < 20 { String::new() } else { digit(number / 10) };
            let ones = if number % 10 == 0 { String::new() } else { digit(number % 10) };
            format!("{tens}{ten}{ones}")
        }
        Ok(number @ 10..=99) => number.to_string(),
        Ok(_) | Err(_) => one_by_one(window.as_str(), texts),
    }
}

fn one_by_one(text: &str, texts: &Texts) -> String {
    let digits: Vec<&str> = texts.get("voice.digits").split(' ').collect();
    let word = |letter: char| match letter.to_digit(10) {
        Some(digit) => digits.get(digit as usize).map_or(String::new(), |word| (*word).to_owned()),
        None => letter.to_string(),
    };
    text.chars().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
