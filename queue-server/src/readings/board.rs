//! The board: queues, windows, last calls, alerts.

use hall::{
    Hall,
    command::SessionTimes,
    setup::{Queue, Window},
    state::lists::Lists,
    time::Timestamp,
    views,
    words::{PriorityClass, TicketState},
};
use wire::{
    board::{Board, HallRow, HoursSpan, Opening, QueueLine, RowState, WindowLine},
    texts::{Language, Texts},
};

use super::alerts;
use crate::{app::App, clock::day_of};

/// The board of a hall.
#[must_use]
pub fn of(app: &App, hall: &Hall, sequence: u64, language: Language) -> Board {
    let now = app.now();
    let setup = hall.setup();
    let queues: Vec<QueueLine> =
        setup.queues().iter().map(|queue| queue_line(app, hall, queue, now)).collect();
    let windows: Vec<WindowLine> =
        setup.windows().iter().map(|window| window_line(hall, window, now)).collect();
    let alerts = alerts::of(hall, &app.profile, now, language);
    Board {
        sequence,
        clock: app.clock.wire(),
        hall_name: setup.name().to_owned(),
        opening: opening(app, hall, now, language),
        waiting: views::board::waiting(hall),
        longest_wait_secs: views::board::longest(hall, now).as_secs(),
        issued: queues.iter().map(|queue| queue.issued).sum(),
        served: queues.iter().map(|queue| queue.served).sum(),
        queues,
        windows,
        calls: calls(hall),
        alerts,
    }
}

fn queue_line(app: &App, hall: &Hall, queue: &Queue, now: Timestamp) -> QueueLine {
    let view = views::board::queue(hall, queue, now);
    let comer = (queue.id, PriorityClass::Ordinary);
    let wait = app.forecasts.wait_of_newcomer(hall, comer, now);
    QueueLine {
        id: queue.id,
        letter: queue.letter,
        name: queue.name.clone(),
        zone: queue.zone,
        waiting: view.waiting,
        longest_wait_secs: view.longest.as_secs(),
        wait: wait.map(Into::into),
        open_windows: view.open_windows,
        windows: hall.windows_to_go(queue.id, PriorityClass::Ordinary),
        issuing: view.issuing,
        sold_out: view.sold_out,
        issued: view.issued,
        served: view.served,
    }
}

/// A window's line.
#[must_use]
pub fn window_line(hall: &Hall, window: &Window, now: Timestamp) -> WindowLine {
    let view = views::board::window(hall, window, now);
    WindowLine {
        id: window.id,
        name: window.name.clone(),
        zone: window.zone,
        state: view.state,
        staff: view.staff,
        no: view.no,
        since: view.since.map_or(0, |since| since.0),
        pause: view.pause,
        queues: hall.lists_of(window.id).into_iter().flat_map(Lists::queues).collect(),
        waiting: view.waiting,
        served: view.served,
    }
}

/// The last calls of those who are still called or served, newest first.
pub fn calls(hall: &Hall) -> Vec<HallRow> {
    let rows = views::board::calls(hall).into_iter();
    rows.filter_map(|call| {
        let state = match call.state {
            TicketState::Called if call.call > 1 => RowState::Recalled,
            TicketState::Called => RowState::Called,
            TicketState::Serving => RowState::Serving,
            TicketState::Reserved
            | TicketState::Waiting
            | TicketState::Held
            | TicketState::Done
            | TicketState::NoShow
            | TicketState::Swept
            | TicketState::Cancelled
            | TicketState::NotPrinted => return None,
        };
        let queue = hall.setup().queue(call.queue);
        Some(HallRow {
            no: Some(call.no),
            window: call.window,
            business: queue.map_or_else(String::new, |queue| queue.short_name.clone()),
            state,
            call: call.call,
            announcement: call.announcement,
            at: call.at.0,
        })
    })
    .collect()
}

fn opening(app: &App, hall: &Hall, now: Timestamp, language: Language) -> Opening {
    let issuing = hall.is_issuing(now);
    let until = hall.session().filter(|_| issuing).map(|session| session.issue_until.0);
    let spans = spans(app, hall, now);
    let texts = Texts::of(language);
    let hours: Vec<String> = spans.iter().map(|span| span.said(texts)).collect();
    Opening {
        issuing,
        until,
        next: next_issuing(app, hall, now).map(|next| next.0),
        hours: hours.join(texts.get("api.and")),
        spans,
    }
}

/// When issuing begins next; not today, if the hall has closed for the day.
fn next_issuing(app: &App, hall: &Hall, now: Timestamp) -> Option<Timestamp> {
    let today = hall.day().filter(|_| hall.is_closed_for_day());
    let from = today.map_or(now, |day| app.clock.end_of(day).max(now));
    app.daybook.next_issuing(from)
}

/// The sessions of a date as they are and were: one that ended early ends so, and after 提前闭厅 for
/// the day none is left that has not been.
pub(crate) fn sessions(app: &App, hall: &Hall, date: jiff::civil::Date) -> Vec<SessionTimes> {
    let planned = app.daybook.sessions(date);
    if hall.day() != Some(day_of(date)) {
        return planned.collect();
    }
    let been = hall.sessions_of_day();
    let as_it_is = |session: SessionTimes| {
        let real = been.iter().find(|each| each.issue_from == session.issue_from).copied();
        real.or_else(|| Some(session).filter(|_| !hall.is_closed_for_day()))
    };
    planned.filter_map(as_it_is).collect()
}

/// The issue hours of today, or of the next day that has any.
fn spans(app: &App, hall: &Hall, now: Timestamp) -> Vec<HoursSpan> {
    let today = app.clock.date(now);
    let date = if sessions(app, hall, today).is_empty() {
        next_issuing(app, hall, now).map_or(today, |next| app.clock.date(next))
    } else {
        today
    };
    let minute = |at: Timestamp| {
        let minute = (at.0 - app.clock.moment(date, 0).0) / 60_000;
        u16::try_from(minute.max(0)).unwrap_or(u16::MAX)
    };
    let sessions = sessions(app, hall, date).into_iter();
    let span = |session: SessionTimes| HoursSpan {
        from_minute: minute(session.issue_from),
        until_minute: minute(session.issue_until),
    };
    sessions.map(span).collect()
}
