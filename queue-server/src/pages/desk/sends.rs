//! 转移 and 挂起: where somebody can be sent, and who is away for a moment.

use hall::{
    ids::WindowId,
    words::{TicketState, WindowState, legs::TransferReason},
};

use super::{Desk, keys::Key};
use crate::pages::written;

/// A destination: its word in messages, and in the reader's language. The name begins with what a
/// clerk types to find it.
type Choice = (String, String);

/// The panel of destinations.
pub struct Sends {
    /// Changes with the ticket, so that a choice stays while the page refreshes.
    pub version: String,
    pub title: String,
    pub places: Vec<Choice>,
    pub reasons: Vec<Choice>,
}

/// Somebody who is away for a moment.
pub struct HeldRow {
    pub no: String,
    pub until: String,
    /// The moment after which it is passed over.
    pub ends: i64,
    /// True if the window may call somebody back now.
    pub on: bool,
}

impl Desk<'_> {
    /// 回原窗口 first, if there is one, then the cashier, the queues, and the windows that are open.
    pub(super) fn sends(&self) -> Option<Sends> {
        let ticket = self.ticket?;
        let setup = self.hall.setup();
        let back = ticket.returns_from(self.id).and_then(|leg| leg.window).map(|window| {
            ("return".to_owned(), self.texts.fill("desk.send_back", &[("window", &window)]))
        });
        let next = (!ticket.stops.is_empty())
            .then(|| ("next-leg".to_owned(), self.texts.get("desk.send_next").to_owned()));
        let pipelines = setup.pipelines().iter().filter(|pipeline| {
            ticket.pipeline != Some(pipeline.id)
                && !pipeline.after(ticket.queue(), ticket.item).is_empty()
        });
        let pipelines = pipelines.map(|pipeline| {
            let name = self.texts.fill("desk.send_pipeline", &[("name", &pipeline.name)]);
            (format!("pipeline:{}", pipeline.id), name)
        });
        let cashier = setup.cashier().filter(|queue| *queue != ticket.queue());
        let queues = setup.queues().iter().map(|queue| {
            let is_cashier = cashier == Some(queue.id);
            let value =
                if is_cashier { "to-cashier".to_owned() } else { format!("queue:{}", queue.id) };
            (value, format!("{} {}", queue.id, self.names().queue(queue.id)))
        });
        let open = |id: &WindowId| {
            *id != self.id
                && self.hall.window(*id).is_some_and(hall::state::window::WindowNow::is_open)
        };
        let windows = setup.windows().iter().filter(|window| open(&window.id)).map(|window| {
            let name = self.texts.fill(
                "desk.send_window",
                &[("no", &window.id), ("name", &self.names().window(window.id))],
            );
            (format!("window:{}", window.id), name)
        });
        let windows: Vec<Choice> = windows.collect();
        let open: Vec<&str> = windows.iter().map(|(value, _)| value.as_str()).collect();
        let reason = |reason: &TransferReason| {
            (reason.to_string(), self.texts.get(&format!("transfer_reason.{reason}")).to_owned())
        };
        Some(Sends {
            version: format!(
                "{}-{}-{}-{}-{}",
                ticket.no,
                ticket.silent,
                ticket.legs.len(),
                ticket.stops.len(),
                open.join(",")
            ),
            title: self.texts.fill("desk.send_of", &[("no", &ticket.no)]),
            places: next
                .into_iter()
                .chain(back)
                .chain(queues)
                .chain(windows.clone())
                .chain(pipelines)
                .collect(),
            reasons: TransferReason::ALL.iter().map(reason).collect(),
        })
    }

    pub(super) fn held(&self) -> Vec<HeldRow> {
        let free = self.may_call_back();
        let row = |(ticket, held): &(&hall::state::ticket::Ticket, &hall::state::held::HeldNow)| {
            let until = written::time(&self.app.clock, held.until);
            HeldRow {
                no: ticket.no.to_string(),
                until: self.texts.fill("desk.held_until", &[("time", &until)]),
                ends: held.until.0,
                on: free,
            }
        };
        self.hall.held_for(self.id).iter().map(row).collect()
    }

    fn may_call_back(&self) -> bool {
        self.ticket.is_none() && matches!(self.state, WindowState::Free | WindowState::Extended)
    }

    /// 挂起 while somebody is here; 回呼 of the one whose time ends first, while nobody is.
    pub(super) fn hold_key(&self) -> Key {
        let away = self.hall.held_for(self.id);
        if let Some((ticket, _)) = away.first().filter(|_| self.may_call_back()) {
            let line = self.texts.fill("desk.call_back_line", &[("no", &ticket.no)]);
            let no = ticket.no.to_string();
            return Key { line, on: true, no, ..self.key("F7", "call-back", "call_back") };
        }
        let on = self.ticket.is_some();
        let minutes = self.hall.setup().rules().legs.hold_minutes;
        let line = if on { "desk.hold_line" } else { "desk.hold_off" };
        let line = self.texts.fill(line, &[("n", &minutes)]);
        Key { line, on, ..self.key("F7", "hold", "hold") }
    }

    pub(super) fn send_key(&self) -> Key {
        let on = self.ticket.is_some_and(|ticket| {
            matches!(ticket.state, TicketState::Called | TicketState::Serving)
        });
        let line = if on { "desk.send_line" } else { "desk.send_off" };
        let line = self.texts.get(line).to_owned();
        Key { line, on, ..self.key("F9", "sends", "send") }
    }
}
