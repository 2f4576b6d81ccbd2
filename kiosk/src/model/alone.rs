//! 离线取号, as the screen sees it: whether the kiosk goes on by itself, and with what.

use wire::{
    http::{EnglishSlip, SlipBody},
    ids::QueueId,
    number::TicketNo,
    words::PriorityClass,
};

use super::{
    Link, Model,
    page::{Choice, Notice},
};

impl Model {
    /// True while nobody answers and numbers of the kiosk's own are given out.
    #[must_use]
    pub fn is_alone(&self) -> bool {
        let gives = |(alone, _): &(crate::alone::Alone, _)| {
            alone.open && alone.left.values().any(|left| *left > 0)
        };
        matches!(self.link, Link::Down { .. })
            && self.catalogue.is_some()
            && self.alone.as_ref().is_some_and(gives)
    }

    /// Why a queue gives no numbers while the kiosk is alone.
    #[must_use]
    pub fn closed_alone(&self, queue: QueueId) -> Option<Notice> {
        let (alone, _) = self.alone.as_ref()?;
        if alone.closed.contains(&queue) {
            return Some(Notice::NotNow);
        }
        let letter = self.queue(queue)?.letter;
        let left = alone.left.get(&letter).copied().unwrap_or(0);
        (left == 0).then_some(Notice::NoOwnNumbers)
    }

    /// What the slip of a number says that the kiosk gives out by itself, but for the number.
    #[must_use]
    pub fn draft(&self, choice: Choice, class: PriorityClass) -> Option<Box<SlipBody>> {
        let catalogue = self.catalogue.as_ref()?;
        let queue = self.queue(choice.queue)?;
        let item = choice.item.and_then(|item| self.item(item));
        let place = self.zone(queue.zone).map(|zone| zone.place.clone());
        Some(Box::new(SlipBody {
            hall_name: catalogue.hall_name.clone(),
            no: TicketNo { letter: queue.letter, number: 0 },
            queue_name: queue.name.clone(),
            item_name: item.map(|item| item.name.clone()),
            class,
            mark: None,
            windows: self.windows_of(queue).to_vec(),
            place: place.unwrap_or_default(),
            ahead: 0,
            wait: None,
            stops: Vec::new(),
            issued: String::new(),
            follow_url: String::new(),
            reactivate_within_minutes: None,
            complaint_phone: catalogue.complaint_phone.clone(),
            supervision_phone: catalogue.supervision_phone.clone(),
            offline: true,
            silent: self.silent,
            window: None,
            english: EnglishSlip {
                hall: catalogue.hall_english_name.clone(),
                queue: queue.english_name.clone(),
                item: item.and_then(|item| item.english_name.clone()),
                place: self.zone(queue.zone).and_then(|zone| zone.english_place.clone()),
            },
        }))
    }
}
