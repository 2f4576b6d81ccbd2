//! The day's figures, counted by hand from the events.

use hall::{
    views::indicators::figures::Figures,
    words::{Channel, PriorityClass},
};

use super::{Naive, Person, Stand, Wrong};

impl Naive {
    /// Compares the real hall's figures with what was counted here.
    ///
    /// # Errors
    /// The first figure that differs.
    pub fn compare(&self, figures: &Figures) -> Result<(), Wrong> {
        let count = |is: &dyn Fn(&Person) -> bool| {
            self.people.values().filter(|person| is(person)).count() as u32
        };
        let sum = |of: &dyn Fn(&Person) -> u32| self.people.values().map(of).sum::<u32>();
        let stands = |stand| count(&|person| person.stand == stand);
        let at_window =
            |person: &Person| matches!(person.stand, Stand::Called(_) | Stand::Served(_));
        let rated = |level| {
            sum(&|person| {
                person.done.values().filter(|done| done.rating == Some(level)).count() as u32
            })
        };
        let rows = [
            ("issued", self.people.len() as u32, figures.issued),
            (
                "called",
                sum(&|person| person.legs_before + u32::from(person.called)),
                figures.called,
            ),
            ("served", sum(&|person| person.done.len() as u32), figures.served),
            ("at windows", count(&at_window), figures.at_windows),
            ("no-shows", stands(Stand::NoShow), figures.no_shows),
            ("no-show events", sum(&|person| person.no_shows), figures.no_show_events),
            ("reactivated", count(&|person| person.reactivated), figures.reactivated),
            ("swept", stands(Stand::Swept), figures.swept),
            ("cancelled", stands(Stand::Cancelled), figures.cancelled),
            ("not printed", stands(Stand::NotPrinted), figures.not_printed),
            ("recalls", sum(&|person| person.recalls), figures.recalls),
            ("booked", count(&|person| person.booking.is_some()), figures.booked),
            ("reprints", sum(&|person| person.reprints), figures.reprints),
            (
                "priority",
                count(&|person| person.taken_as != PriorityClass::Ordinary),
                figures.priority,
            ),
            (
                "self-service",
                count(&|person| person.channel == Channel::Kiosk),
                figures.self_service,
            ),
            ("waits", count(&|person| person.waited), figures.waits.count()),
            ("transferred", sum(&|person| person.transfers), figures.transferred),
            ("to cashier", sum(&|person| person.to_cashier), figures.to_cashier),
            ("holds", sum(&|person| person.holds), figures.holds),
            ("held", stands(Stand::Held), figures.held),
            ("late", self.past.said(), figures.late_evaluations.iter().sum()),
            ("level 1", rated(1), figures.evaluations[0]),
            ("level 2", rated(2), figures.evaluations[1]),
            ("level 3", rated(3), figures.evaluations[2]),
            ("level 4", rated(4), figures.evaluations[3]),
            ("level 5", rated(5), figures.evaluations[4]),
        ];
        match rows.iter().find(|(_, ours, theirs)| ours != theirs) {
            Some((name, ours, theirs)) => {
                Err(format!("the tally says {name} {theirs}, the events {ours}"))
            }
            None => Ok(()),
        }
    }
}
