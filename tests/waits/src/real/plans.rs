//! What will happen on a day before it does: everybody with the service that person will need.

use hall::{
    ids::{ItemId, QueueId},
    time::{TimeOfDay, Timestamp},
    words::PriorityClass,
};

use super::{COURSE, Date, RealHall, Truth, after_midnight};
use crate::luck::Luck;

/// 军人 and 绿色通道. Source: the priority mix of the sample halls.
const MILITARY: f64 = 0.01;
const VULNERABLE: f64 = 0.09;

/// 预约. Source: the same.
const BOOKED: f64 = 0.12;

/// 转移, of all legs. Source: the same.
const SENT_ON: f64 = 0.04;

/// 挂起. Source: the same.
const HELD: f64 = 0.06;

/// Who goes to pay: with this, sixty legs of a standard day. Source: the table of the sample hall.
const PAYS: f64 = 0.375;

/// Queues whose people pay.
const PAYING: [&str; 3] = ["A", "C", "E"];

/// Paying takes so long in the mean, in milliseconds, and varies so far.
const PAYING_MILLIS: (f64, f64) = (180_000.0, 90_000.0);

/// Who gives the number back, of one who waits an hour.
const LEAVE_PER_HOUR: f64 = 0.08;

/// No service is shorter. Source: the sample halls.
const SHORTEST: f64 = 90_000.0;

/// Somebody who will come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Person {
    pub queue: QueueId,
    pub item: ItemId,
    pub class: PriorityClass,
    /// The slot of the booking.
    pub booked: Option<TimeOfDay>,
    /// Milliseconds at a window of the usual speed.
    pub takes: f64,
    /// Stays away if this is less than the share of those who do after such a wait.
    pub absent: f64,
    /// Comes back after a call in vain.
    pub comes_back: Option<f64>,
    /// Gives the number back after so many milliseconds, if nobody calls.
    pub patience: f64,
    /// Goes away in the middle of the service: the part that is done then, and for how long.
    pub held: Option<(f64, f64)>,
    pub onward: Option<Onward>,
}

/// Where somebody goes after the first service.
#[derive(Debug, Clone, Copy)]
pub(super) enum Onward {
    /// To pay, and how long that takes.
    Pays(f64),
    /// To another queue with another item.
    Goes(QueueId, ItemId, f64),
}

impl RealHall {
    /// Everybody of a day, and when each comes.
    pub(super) fn people(&self, date: Date, luck: &mut Luck) -> Vec<(Timestamp, Person)> {
        let swing = (0.1 * luck.normal()).exp();
        let factor = Self::factor(date) * swing;
        let mut people = Vec::new();
        for truth in self.items.iter().filter(|truth| truth.per_day > 0.0) {
            for (from, long, per_cent) in COURSE {
                for _ in 0..luck.poisson(truth.per_day * factor * per_cent / 100.0) {
                    let minute = f64::from(from) + f64::from(long) * luck.part();
                    let mut person = self.person(truth, luck);
                    let mut comes = after_midnight(minute);
                    if luck.part() < BOOKED
                        && let Some(slot) = self.slot(truth.queue, minute)
                    {
                        person.booked = Some(slot);
                        person.class = PriorityClass::Booked;
                        let early = (7.0 * luck.normal() - 3.0).clamp(-29.0, 14.0);
                        comes = after_midnight(f64::from(slot.0) + early);
                    }
                    people.push((comes, person));
                }
            }
        }
        people
    }

    /// The slot of a queue about a minute, if it has one.
    fn slot(&self, queue: QueueId, minute: f64) -> Option<TimeOfDay> {
        let slots = self.setup.rules().booking.slots.iter();
        let mut of_queue = slots.filter(|slots| slots.queue == queue && slots.item.is_none());
        let fits = of_queue
            .find(|slots| (f64::from(slots.from.0)..f64::from(slots.until.0)).contains(&minute))?;
        let each = fits.each_minutes;
        let number = (minute as u16 - fits.from.0) / each;
        Some(TimeOfDay(fits.from.0 + number * each))
    }

    fn person(&self, truth: &Truth, luck: &mut Luck) -> Person {
        let part = luck.part();
        let class = if part < MILITARY {
            PriorityClass::Military
        } else if part < MILITARY + VULNERABLE {
            PriorityClass::Vulnerable
        } else {
            PriorityClass::Ordinary
        };
        let takes = gamma(luck, truth.mean, truth.deviation);
        let pays = PAYING.contains(&truth.queue.as_str()) && luck.part() < PAYS;
        let onward = if pays && self.setup.queues().iter().any(|queue| !queue.issued) {
            Some(Onward::Pays(gamma(luck, PAYING_MILLIS.0, PAYING_MILLIS.1)))
        } else if luck.part() < SENT_ON {
            let to = self.items[luck.below(self.items.len() as u64) as usize];
            let takes = gamma(luck, to.mean, to.deviation);
            Some(Onward::Goes(to.queue, to.item, takes))
        } else {
            None
        };
        let held = (luck.part() < HELD).then(|| (luck.part(), luck.exponential(600_000.0)));
        let comes_back = (luck.part() < 0.3).then(|| luck.exponential(300_000.0));
        Person {
            queue: truth.queue,
            item: truth.item,
            class,
            booked: None,
            takes,
            absent: luck.part(),
            comes_back,
            patience: luck.exponential(3_600_000.0 / LEAVE_PER_HOUR),
            held,
            onward,
        }
    }
}

/// A draw of a gamma law with this mean and deviation, by Marsaglia and Tsang, and half a minute's
/// change. A service has at least the shortest.
fn gamma(luck: &mut Luck, mean: f64, deviation: f64) -> f64 {
    const CHANGE: f64 = 30_000.0;
    let variation = (deviation / mean).max(0.05);
    let shape = 1.0 / (variation * variation);
    let (d, scale) = (shape.max(1.0) - 1.0 / 3.0, mean / shape);
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = luck.normal();
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && (1.0 - luck.part()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return (d * v * scale).max(SHORTEST) + CHANGE;
        }
    }
}
