//! 应显示: what each device must show, computed whole from the hall each time.

mod hall_screen;
mod plates;

use hall::{
    Hall,
    ids::WindowId,
    time::{Millis, Timestamp},
    words::WindowState,
};
use wire::{
    device::{Ask, DeviceKind, Face, Tone},
    plates::{TabletFace, WindowFace},
    texts::Texts,
};

use crate::{
    clock::HallClock,
    forecasts::Forecasts,
    profile::{Device, Minute, Profile},
};

/// How long a strip blinks after a call, in the hall's time.
const CALLING_BLINKS: Millis = Millis::from_secs(30);

/// What a face is computed from.
pub struct View<'a> {
    /// The hall.
    pub hall: &'a Hall,
    /// Its profile.
    pub profile: &'a Profile,
    /// Its clock.
    pub clock: HallClock,
    /// The words of the devices: the hall's own language.
    pub texts: &'static Texts,
    /// Now.
    pub now: Timestamp,
    /// 预计等候; none: no waits are told.
    pub forecasts: Option<&'a Forecasts>,
}

impl View<'_> {
    /// The minute of the hall's day.
    #[must_use]
    pub fn minute(&self) -> Minute {
        Minute(self.clock.time_of_day(self.now).0)
    }

    /// The face of a device; none for what shows nothing.
    #[must_use]
    pub fn face(&self, device: &Device) -> Option<Face> {
        match device.kind {
            DeviceKind::Strip => Some(self.strip(device.window?)),
            DeviceKind::Pad => Some(self.pad(device.window?)),
            DeviceKind::Evaluator => Some(Face::Evaluator { ask: self.ask(device.window?) }),
            DeviceKind::HallScreen => {
                Some(Face::HallScreen(Box::new(self.hall_screen(device.zone))))
            }
            DeviceKind::WindowScreen => {
                Some(Face::WindowScreen(Box::new(self.window_screen(device.window?)?)))
            }
            DeviceKind::Tablet => Some(Face::Tablet(Box::new(self.tablet(device.window?)?))),
            DeviceKind::Kiosk | DeviceKind::Voice | DeviceKind::Printer | DeviceKind::Reader => {
                None
            }
        }
    }

    fn strip(&self, window: WindowId) -> Face {
        let name = self.hall.setup().window(window).map_or("", |found| found.name.as_str());
        let no = self.hall.ticket_at(window).map(|ticket| ticket.no);
        let text = |key: &str| self.texts.get(key).to_owned();
        let (text, tone) = match (self.hall.window_state(window, self.now), no) {
            (WindowState::Calling, Some(no)) => {
                let text = self.texts.fill("strip.please", &[("no", &no)]);
                (text, if self.is_fresh_call(window) { Tone::Calling } else { Tone::Steady })
            }
            (WindowState::Serving, Some(no)) => {
                (self.texts.fill("strip.serving", &[("no", &no)]), Tone::Steady)
            }
            (WindowState::Paused, _) => (text("strip.paused"), Tone::Quiet),
            (WindowState::Closed, _) => (text("strip.closed"), Tone::Quiet),
            (WindowState::Extended, _) => (text("strip.extended"), Tone::Steady),
            (WindowState::Free | WindowState::Calling | WindowState::Serving, _) => {
                (self.texts.fill("strip.welcome", &[("name", &name)]), Tone::Steady)
            }
        };
        Face::Strip { text, tone }
    }

    fn is_fresh_call(&self, window: WindowId) -> bool {
        let leg = self.hall.ticket_at(window).map(|ticket| ticket.leg());
        let called = leg.and_then(|leg| leg.called_last);
        called.is_some_and(|at| self.now.since(at) < CALLING_BLINKS)
    }

    fn pad(&self, window: WindowId) -> Face {
        let no = self.hall.ticket_at(window).map(|ticket| ticket.no);
        let waiting =
            self.hall.setup().window(window).map_or(0, |window| {
                hall::views::board::window(self.hall, window, self.now).waiting
            });
        Face::Pad { no, waiting: u16::try_from(waiting).unwrap_or(u16::MAX) }
    }

    /// The asking stays after the key was pressed for as long as it would have: the device thanks.
    fn ask(&self, window: WindowId) -> Option<Ask> {
        let (leg, since) = self.hall.window(window)?.asked?;
        let open = Millis::from_secs(self.hall.setup().rules().device_evaluation_secs.into());
        let until = since + open;
        if self.hall.leg(leg)?.evaluation.is_some() || self.now > until {
            return None;
        }
        let lasts = self.clock.world_of(until.since(self.now))?;
        let no = self.hall.ticket(leg.ticket)?.no;
        let lasts_millis = u64::try_from(lasts.as_millis()).unwrap_or(u64::MAX);
        Some(Ask { leg, no, lasts_millis })
    }
}

/// True if two faces say the same; how long an asking still lasts and the clock do not count.
#[must_use]
pub fn say_the_same(one: &Face, other: &Face) -> bool {
    match (one, other) {
        (Face::Evaluator { ask: one }, Face::Evaluator { ask: other }) => {
            one.map(|ask| ask.leg) == other.map(|ask| ask.leg)
        }
        (Face::HallScreen(one), Face::HallScreen(other)) => {
            let mut one = one.clone();
            one.clock = other.clock;
            one == *other
        }
        (Face::WindowScreen(one), Face::WindowScreen(other)) => {
            WindowFace { clock: other.clock, ..(**one).clone() } == **other
        }
        (Face::Tablet(one), Face::Tablet(other)) => {
            let leg = |face: &TabletFace| face.ask.map(|ask| ask.leg);
            leg(one) == leg(other)
                && TabletFace { clock: other.clock, ask: other.ask, ..(**one).clone() } == **other
        }
        (
            Face::Strip { .. }
            | Face::Pad { .. }
            | Face::Evaluator { .. }
            | Face::HallScreen(_)
            | Face::WindowScreen(_)
            | Face::Tablet(_),
            other,
        ) => one == other,
    }
}
