//! Indicators of people: how they came, how long they waited, how they went.

use super::Share;
use crate::{setup::Rules, time::Millis, views::indicators::figures::Figures, words::Channel};

impl Figures {
    /// 等候达标率: waits up to the hall's target over all waits, %. Base: served first legs. Trap: the
    /// wait ends at the first call, and of a booking it begins with its slot; who was passed over
    /// waited for nothing and is told apart.
    #[must_use]
    pub fn waits_on_target(&self, rules: &Rules) -> Share {
        let target = Millis::from_minutes(rules.wait_target_minutes.into());
        Share::of(self.waits.within(target), self.waits.count())
    }

    /// 拥挤度: the most who waited at once over the seats, %. Base: seats of the zone. Trap: of a
    /// longer time it is its worst moment, no mean; queues have no seats of their own.
    #[must_use]
    pub fn crowding(&self) -> Share {
        Share::of(self.waiting_most.0, self.seats.0)
    }

    /// 待核: empty presses and services that nobody ended, over served legs, %. They are kept out of
    /// the mean: one forgotten key makes an hour of ten minutes.
    #[must_use]
    pub fn to_check(&self) -> Share {
        Share::of(self.services_to_check + self.services_endless, self.served)
    }

    /// 超时办理率: services over one and a half of the standard (a rule of the hall) over all but
    /// empty presses, %. Trap: the endless ones belong to it, though not to the mean.
    #[must_use]
    pub fn service_over(&self) -> Share {
        Share::of(self.services_over, self.services.count() + self.services_endless)
    }

    /// 弃号率: final no-shows, swept and cancelled over issued, %. Trap: its three parts stand beside
    /// it, for sweeping inflates it; who came back after 过号 gave nothing up.
    #[must_use]
    pub fn abandoned(&self) -> Share {
        Share::of(self.no_shows + self.swept + self.cancelled, self.issued)
    }

    /// 过号率: no-show events over called legs, %. Trap: one person may be passed over twice, so it is
    /// no share of people.
    #[must_use]
    pub fn no_show_rate(&self) -> Share {
        Share::of(self.no_show_events, self.called)
    }

    /// 过号激活率: re-activated over no-show events, %.
    #[must_use]
    pub fn reactivation(&self) -> Share {
        Share::of(self.reactivated, self.no_show_events)
    }

    /// 重呼率: recalls over called legs, %. Trap: may pass 100.
    #[must_use]
    pub fn recall_rate(&self) -> Share {
        Share::of(self.recalls, self.called)
    }

    /// 转移率: legs sent on to somewhere else over served legs, %. Trap: paying and the next leg of
    /// several are no transfers; a ticket sent on is one ticket and two legs, of which the first is not
    /// served, so that a queue that sends everybody on passes 100 or has no base.
    #[must_use]
    pub fn transfer_rate(&self) -> Share {
        Share::of(self.transferred, self.served)
    }

    /// 优先号占比: tickets of a class before ordinary over issued, %. By the class with which they were
    /// taken: a transfer makes nobody a priority.
    #[must_use]
    pub fn priority_share(&self) -> Share {
        Share::of(self.priority, self.issued)
    }

    /// 预约率: tickets taken for a booking over issued, %; those that came late too.
    #[must_use]
    pub fn booked_share(&self) -> Share {
        Share::of(self.booked, self.issued)
    }

    /// 履约率: bookings kept over those kept and missed, %. Trap: a booking that was cancelled in time,
    /// or that the hall itself could not keep, is in neither; one still to come in none of them.
    #[must_use]
    pub fn kept(&self) -> Share {
        Share::of(self.bookings_kept, self.bookings_kept + self.bookings_missed)
    }

    /// 爽约率: the others of the same base, %.
    #[must_use]
    pub fn missed(&self) -> Share {
        Share::of(self.bookings_missed, self.bookings_kept + self.bookings_missed)
    }

    /// 自助取号占比: tickets of kiosks over issued, %.
    #[must_use]
    pub fn self_service_share(&self) -> Share {
        Share::of(self.self_service, self.issued)
    }

    /// 上门按时率: visits done by the day they were due over all done, %. One without a limit is in time.
    /// Trap: what is late and still open is in neither.
    #[must_use]
    pub fn visits_on_time(&self) -> Share {
        Share::of(self.visits_in_time, self.visits_done)
    }

    /// 帮办: tickets that the guide desk took for somebody, and those of which it was noted who went
    /// along. Of a clerk: those that were noted as theirs. Trap: days from before there was a mark have
    /// the guide desk's alone.
    #[must_use]
    pub fn assisted(&self) -> u32 {
        self.channels[Channel::GuideDesk as usize] + self.helped
    }
}
