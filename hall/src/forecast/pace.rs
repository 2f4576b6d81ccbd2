//! Today's pace: how much slower the hall works today than it usually does, and how many more come,
//! each drawn to the usual as long as the day has shown little. Source: the weights 40 and 60 are
//! those with which the forecast was tried first.

use super::{
    learned::{HALF_HOURS, Learned, Occasion},
    log::leg_log,
};
use crate::{
    Hall,
    forecast::arithmetic::{exp, ln},
    limits::EMPTY_PRESS,
    time::{Millis, Timestamp},
};

/// Services of today that weigh as much as the days before.
const SERVICES_WEIGHT: f64 = 40.0;

/// Arrivals of today that weigh as much as the days before.
const ARRIVALS_WEIGHT: f64 = 60.0;

/// 待核: what took longer than so many times the usual counts as just so long.
const LONG: f64 = 4.0;

/// How today differs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Today {
    /// How much longer services take, as a logarithm.
    pub longer: f64,
    /// How many come for one who usually comes.
    pub busier: f64,
    /// From so many services …
    pub services: u32,
    /// … and arrivals.
    pub arrivals: u32,
}

impl Today {
    /// A day like every other.
    pub const USUAL: Self = Self { longer: 0.0, busier: 1.0, services: 0, arrivals: 0 };

    /// What the day has shown so far.
    #[must_use]
    pub fn of(
        hall: &Hall,
        learned: &Learned,
        (weekday, midnight): (u8, Timestamp),
        now: Timestamp,
    ) -> Self {
        let (mut sum, mut services, mut arrivals) = (0.0, 0_u32, 0_u32);
        for ticket in hall.tickets() {
            arrivals += u32::from(ticket.check_in.is_none());
            for at in 0..ticket.legs.len() {
                let Some(leg) = leg_log(ticket, at) else { continue };
                let Some(ended) = leg.ended else { continue };
                let millis = ended.since(leg.summoned).0.saturating_sub(leg.held.0);
                if millis < EMPTY_PRESS.0 {
                    continue;
                }
                let (mean, variance) = learned.service(hall.setup(), leg.queue, leg.item);
                let of_staff = leg.staff.and_then(|no| learned.staff.get(&no));
                let longest = LONG * exp(mean + variance / 2.0);
                let usual = mean + of_staff.map_or(0.0, |ratio| ratio.log);
                sum += ln((millis as f64).min(longest)) - usual;
                services += 1;
            }
        }
        let kind = hall.session_plan().kind;
        let plain = Occasion::plain(weekday);
        let occasion = hall.day().map_or(plain, |day| Occasion::of(day, weekday, kind));
        let due = due(learned, occasion, now.since(midnight));
        Self {
            longer: sum / (f64::from(services) + SERVICES_WEIGHT),
            busier: if due > 0.0 {
                (f64::from(arrivals) + ARRIVALS_WEIGHT) / (due + ARRIVALS_WEIGHT)
            } else {
                1.0
            },
            services,
            arrivals,
        }
    }
}

/// Who usually has come at this time of day.
fn due(learned: &Learned, occasion: Occasion, since_midnight: Millis) -> f64 {
    let half_hours = since_midnight.0 as f64 / Millis::from_minutes(30).0 as f64;
    let queues = learned.arrivals.by_half_hour.keys();
    let of_queue = |queue| {
        (0..HALF_HOURS)
            .map(|place| {
                let part = (half_hours - place as f64).clamp(0.0, 1.0);
                learned.arrivals.in_half_hour(queue, occasion, place) * part
            })
            .sum::<f64>()
    };
    queues.map(|queue| of_queue(*queue)).sum()
}
