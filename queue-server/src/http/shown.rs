//! Fills the bodies of answers from the hall.

use hall::{
    Hall,
    event::stop::Stop,
    forecast,
    ids::{QueueId, TicketId, WindowId},
    state::ticket::Ticket,
    words::{Actor, QueueList, TicketState, Why, WhyRule},
};
use wire::{
    http::{
        EnglishSlip, GrantedBody, IssueAnswer, SlipBody, SlipMark, StopBody, TicketAnswer,
        TicketBody, WindowAnswer,
    },
    texts::{Language, Texts},
};

use crate::app::App;

/// A ticket.
pub fn ticket(app: &App, hall: &Hall, ticket: &Ticket) -> TicketBody {
    let setup = &app.profile.setup;
    let leg = ticket.leg();
    TicketBody {
        id: ticket.id,
        no: ticket.no,
        queue: leg.queue,
        queue_name: setup.queue(leg.queue).map_or_else(String::new, |queue| queue.name.clone()),
        item: ticket.item,
        item_name: ticket.item.and_then(|item| hall.item_ever(item)).map(|item| item.name.clone()),
        state: ticket.state,
        class: ticket.class,
        channel: ticket.channel,
        printing: ticket.printing,
        issued_at: ticket.issued.0,
        // Whoever waits again after a 过号 is at no window.
        window: leg.window.filter(|_| ticket.state != TicketState::Waiting),
        calls: leg.calls,
    }
}

/// A ticket with what was told when it was taken.
pub fn issued(app: &App, hall: &Hall, id: TicketId) -> Option<IssueAnswer> {
    let found = hall.ticket(id)?;
    Some(IssueAnswer {
        ticket: ticket(app, hall, found),
        ahead: found.ahead,
        wait: found.wait.map(Into::into),
        slip: slip(app, hall, found),
    })
}

/// A slip that comes once more says how the ticket stands now, not how it stood when it was taken.
pub fn once_more(app: &App, hall: &Hall, id: TicketId, mark: SlipMark) -> Option<IssueAnswer> {
    let found = hall.ticket(id)?;
    let TicketAnswer { ticket, ahead, wait, granted: _ } = progress(app, hall, id)?;
    let leg = found.leg();
    let first = slip(app, hall, found);
    let slip = SlipBody {
        mark: Some(mark),
        queue_name: ticket.queue_name.clone(),
        windows: hall.windows_to_go(leg.queue, found.class),
        place: place(app, leg.queue),
        ahead,
        wait,
        window: ticket.window.filter(|_| is_at_window(ticket.state)),
        english: english(app, hall, found, leg.queue),
        ..first
    };
    Some(IssueAnswer { ticket, ahead, wait, slip })
}

/// A called number goes to its window, and one that is served sits there.
const fn is_at_window(state: TicketState) -> bool {
    match state {
        TicketState::Called | TicketState::Serving => true,
        TicketState::Reserved
        | TicketState::Waiting
        | TicketState::Held
        | TicketState::Done
        | TicketState::NoShow
        | TicketState::Swept
        | TicketState::Cancelled
        | TicketState::NotPrinted => false,
    }
}

/// Where people of a queue wait; empty if nobody said.
pub fn place(app: &App, queue: QueueId) -> String {
    let setup = &app.profile.setup;
    let zone = setup.queue(queue).and_then(|queue| setup.zone(queue.zone));
    zone.map(|zone| zone.place.clone()).unwrap_or_default()
}

/// A ticket with what can be told of it now.
pub fn progress(app: &App, hall: &Hall, id: TicketId) -> Option<TicketAnswer> {
    let found = hall.ticket(id)?;
    let now = app.now();
    Some(TicketAnswer {
        ticket: ticket(app, hall, found),
        ahead: forecast::ahead_of(hall, found, now),
        wait: app.forecasts.wait_of(hall, found, now).map(Into::into),
        granted: None,
    })
}

/// 优先: what a ticket was granted, for those who may know why.
pub fn granted(hall: &Hall, id: TicketId) -> Option<GrantedBody> {
    let ticket = hall.ticket(id)?;
    let granted = ticket.granted.as_ref()?;
    Some(GrantedBody {
        class: granted.class,
        reason: granted.grounds.reason,
        note: granted.grounds.note.clone(),
        channel: granted.channel,
        staff: match &granted.by {
            Actor::Staff(staff) => Some(*staff),
            Actor::Hall | Actor::Device(_) | Actor::Citizen | Actor::System(_) => None,
        },
        fits: ticket.fits,
    })
}

/// How a window stands.
pub fn window(app: &App, hall: &Hall, id: WindowId) -> Option<WindowAnswer> {
    let now = hall.window(id)?;
    let leg = now.current.or(now.finished_last);
    let concerned = leg.and_then(|leg| hall.ticket(leg.ticket));
    Some(WindowAnswer {
        window: id,
        state: hall.window_state(id, app.now()),
        ticket: concerned.map(|concerned| ticket(app, hall, concerned)),
    })
}

/// 后续环节: where a ticket goes after this leg.
pub fn stops(app: &App, hall: &Hall, ticket: &Ticket) -> Vec<StopBody> {
    let setup = &app.profile.setup;
    let stop = |stop: &Stop| {
        let queue = setup.queue(stop.queue);
        let place = queue.and_then(|queue| setup.zone(queue.zone)).map(|zone| zone.place.clone());
        StopBody {
            queue_name: queue.map_or_else(String::new, |queue| queue.name.clone()),
            item_name: stop
                .item
                .and_then(|item| hall.item_ever(item))
                .map(|item| item.name.clone()),
            windows: hall.windows_to_go(stop.queue, ticket.class),
            place: place.unwrap_or_default(),
        }
    };
    ticket.stops.iter().map(stop).collect()
}

/// What a slip says.
pub fn slip(app: &App, hall: &Hall, ticket: &Ticket) -> SlipBody {
    let (setup, details) = (&app.profile.setup, &app.profile.details);
    let queue = setup.queue(ticket.legs[0].queue);
    let rules = setup.rules();
    SlipBody {
        hall_name: details.name.clone(),
        no: ticket.no,
        mark: None,
        queue_name: queue.map_or_else(String::new, |queue| queue.name.clone()),
        item_name: ticket.item.and_then(|item| hall.item_ever(item)).map(|item| item.name.clone()),
        class: ticket.class,
        windows: hall.windows_to_go(ticket.legs[0].queue, ticket.class),
        place: place(app, ticket.legs[0].queue),
        ahead: ticket.ahead,
        wait: ticket.wait.map(Into::into),
        stops: stops(app, hall, ticket),
        issued: app.clock.written(ticket.issued),
        follow_url: app.public_url.as_ref().map_or_else(String::new, |url| {
            format!("{}/t/{}", url.trim_end_matches('/'), ticket.token)
        }),
        reactivate_within_minutes: rules.reactivation.then_some(rules.reactivate_within_minutes),
        complaint_phone: details.complaint_phone.clone(),
        supervision_phone: details.supervision_phone.clone(),
        offline: ticket.offline.is_some(),
        silent: ticket.silent,
        window: None,
        english: english(app, hall, ticket, ticket.legs[0].queue),
    }
}

/// What a slip says in English, as far as the hall gave it.
fn english(app: &App, hall: &Hall, ticket: &Ticket, queue: QueueId) -> EnglishSlip {
    let (setup, english) = (&app.profile.setup, &app.profile.details.english);
    let zone = setup.queue(queue).and_then(|queue| english.zones.get(&queue.zone));
    let item = ticket.item.and_then(|item| hall.item_ever(item));
    EnglishSlip {
        hall: english.hall.clone(),
        queue: english.queues.get(&queue).cloned(),
        item: item.and_then(|item| item.published.english_name.clone()),
        place: zone.and_then(|zone| zone.place.clone()),
    }
}

/// Why this one, in words.
pub fn why(why: Why, language: Language) -> String {
    let texts = Texts::of(language);
    let minutes = why.waited.0 / 60_000;
    let class = texts.get(&format!("class.{}", why.class)).to_owned();
    let values: [(&str, &dyn std::fmt::Display); 3] =
        [("n", &minutes), ("class", &class), ("count", &why.candidates)];
    let rule = match why.rule {
        WhyRule::LongestWait if why.list == QueueList::Primary => "why.longest_of_own",
        WhyRule::LongestWait => "why.longest_wait",
        WhyRule::Priority => "why.priority",
        WhyRule::Promoted => "why.promoted",
        WhyRule::GuardTurn => "why.guard_turn",
        WhyRule::Reactivated => "why.reactivated",
        WhyRule::Chosen => "why.chosen",
        WhyRule::NextLeg => "why.next_leg",
        WhyRule::Ratio => "why.ratio",
        WhyRule::Weighted => "why.weighted",
        WhyRule::HardMax => "why.hard_max",
    };
    let reason = texts.fill(rule, &values);
    match why.list {
        QueueList::Primary | QueueList::Chosen => reason,
        QueueList::Together => texts.fill("why.together", &[("reason", &reason)]),
        QueueList::Secondary => texts.fill("why.secondary", &[("reason", &reason)]),
    }
}
