//! The keys: each says what it will do, or why it cannot.

use hall::{
    order,
    time::Millis,
    words::{TicketState, WindowState},
};

use super::Desk;
use crate::pages::written;

/// 叫号, or 上岗 when nobody has signed on.
pub struct BigKey {
    pub order: &'static str,
    pub name: String,
    /// What happens next.
    pub line: String,
    /// The class of who comes next, if it is more than ordinary.
    pub class: String,
    pub done: String,
    /// What is said at the first of two presses; empty if one does it.
    pub first: String,
    /// What is said to who presses it while it is off.
    pub refusal: String,
    pub on: bool,
}

/// A smaller key.
pub struct Key {
    pub key: &'static str,
    pub order: &'static str,
    pub name: String,
    pub line: String,
    pub done: String,
    /// What is said to who presses it while it is off: which key is right.
    pub refusal: String,
    /// The number it is about, if not the one at the window.
    pub no: String,
    pub on: bool,
    pub main: bool,
}

impl BigKey {
    /// Changes when the key's picture does.
    pub fn version(&self) -> String {
        format!("{}{}{}{}{}", self.order, self.line, self.class, self.first, self.on)
    }
}

impl Key {
    /// Changes when the key's picture does.
    pub fn version(&self) -> String {
        format!("{}{}{}{}{}", self.order, self.line, self.on, self.main, self.refusal)
    }
}

impl Desk<'_> {
    pub(super) fn keys(&self) -> (BigKey, Vec<Key>) {
        let big = match self.state {
            WindowState::Closed => self.single("sign-on", "sign_on"),
            WindowState::Paused => self.single("resume", "resume"),
            WindowState::Free
            | WindowState::Calling
            | WindowState::Serving
            | WindowState::Extended => self.call_next(),
        };
        let keys = vec![
            self.recall(),
            self.start(),
            self.finish(),
            self.no_show(),
            self.hold_key(),
            self.send_key(),
            self.pause(),
            self.papers_key(),
        ];
        (big, keys)
    }

    fn single(&self, order: &'static str, name: &str) -> BigKey {
        let text = |key: &str| self.texts.get(key).to_owned();
        let own = |end: &str| text(&format!("desk.{name}{end}"));
        let open = self.hall.day().is_some();
        BigKey {
            order,
            name: own(""),
            line: if open { own("_line") } else { text("desk.hall_closed") },
            class: String::new(),
            done: own("_done"),
            first: String::new(),
            refusal: if open { String::new() } else { text("desk.refuse_closed") },
            on: open,
        }
    }

    fn call_next(&self) -> BigKey {
        let texts = self.texts;
        let next = order::pick(self.hall, self.id, self.now);
        let next = next.and_then(|pick| self.hall.ticket(pick.leg.ticket));
        let line = next.map_or(texts.get("desk.nobody").to_owned(), |ticket| {
            texts.fill("desk.next", &[("no", &ticket.no)])
        });
        let class = next.map_or(String::new(), |ticket| self.class(ticket.class));
        let first = self
            .ticket
            .map_or(String::new(), |ticket| texts.fill("desk.press_again", &[("no", &ticket.no)]));
        BigKey {
            order: "call-next",
            name: texts.get("desk.call").to_owned(),
            line,
            class,
            done: texts.get("desk.done").to_owned(),
            first,
            refusal: String::new(),
            on: true,
        }
    }

    pub(super) fn key(&self, key: &'static str, order: &'static str, name: &str) -> Key {
        let text = |key: String| self.texts.get(&key).to_owned();
        let name_shown = text(format!("desk.{name}"));
        let right = text(format!("desk.right_{}", self.state));
        let told = [("name", &name_shown as &dyn std::fmt::Display), ("key", &right)];
        Key {
            key,
            order,
            refusal: self.texts.fill("desk.refuse", &told),
            name: name_shown,
            line: String::new(),
            no: String::new(),
            done: text(format!("desk.{name}_done")),
            on: false,
            main: false,
        }
    }

    fn is(&self, state: TicketState) -> bool {
        self.ticket.is_some_and(|ticket| ticket.state == state)
    }

    /// True while it may turn out that nobody came: called, or 自动开始 and nothing made of it.
    fn may_be_away(&self) -> bool {
        self.is(TicketState::Called) || self.hall.has_started_by_itself(self.id)
    }

    fn recall(&self) -> Key {
        let key = self.key("F3", "recall", "recall");
        let Some(ticket) = self.ticket.filter(|_| self.may_be_away()) else {
            return Key { line: self.texts.get("desk.recall_off").to_owned(), ..key };
        };
        let rules = self.hall.setup().rules();
        let left = (rules.recalls_max + 1).saturating_sub(ticket.leg().calls);
        let line = if left == 0 { "desk.recall_none" } else { "desk.recall_left" };
        let secs = rules.recall_after_secs;
        Key {
            line: self.texts.fill(line, &[("n", &left), ("secs", &secs)]),
            on: left > 0,
            refusal: self.texts.get("desk.refuse_recall").to_owned(),
            ..key
        }
    }

    fn start(&self) -> Key {
        let key = self.key("F4", "start", "start");
        if self.is(TicketState::Called) {
            let line = self.texts.get("desk.start_line").to_owned();
            return Key { line, on: true, main: true, ..key };
        }
        let since = self.ticket.and_then(|ticket| ticket.leg().started);
        let by_itself = self.hall.has_started_by_itself(self.id);
        let text = if by_itself { "desk.started_by_itself" } else { "desk.started_at" };
        let line = since.map_or(self.texts.get("desk.start_off").to_owned(), |at| {
            self.texts.fill(text, &[("time", &written::time(&self.app.clock, at))])
        });
        Key { line, ..key }
    }

    fn finish(&self) -> Key {
        let on = self.ticket.is_some();
        let line = if on { "desk.finish_line" } else { "desk.finish_off" };
        let main = self.is(TicketState::Serving);
        Key {
            line: self.texts.get(line).to_owned(),
            on,
            main,
            ..self.key("F8", "finish", "finish")
        }
    }

    fn no_show(&self) -> Key {
        let key = self.key("F6", "no-show", "no_show");
        let rules = self.hall.setup().rules();
        let (calls, secs) = (rules.recalls_max + 1, rules.no_show_after_secs);
        let ready = self.ticket.filter(|_| self.may_be_away()).is_some_and(|ticket| {
            let leg = ticket.leg();
            let first = leg.summoned.unwrap_or(self.now);
            leg.calls >= calls && self.now.since(first) >= Millis::from_secs(secs.into())
        });
        let line = if ready { "desk.no_show_line" } else { "desk.no_show_off" };
        let told: [(&str, &dyn std::fmt::Display); 2] = [("n", &calls), ("secs", &secs)];
        let refusal = if self.may_be_away() {
            self.texts.fill("desk.refuse_no_show", &told)
        } else {
            key.refusal
        };
        Key { line: self.texts.fill(line, &told), on: ready, refusal, ..key }
    }

    fn papers_key(&self) -> Key {
        let on = self.is(TicketState::Serving);
        let line = if on { "desk.papers_line" } else { "desk.papers_off" };
        let line = self.texts.get(line).to_owned();
        Key { line, on, ..self.key("Alt P", "papers", "papers") }
    }

    fn pause(&self) -> Key {
        let on = self.ticket.is_none()
            && matches!(self.state, WindowState::Free | WindowState::Extended);
        let line = if on { "desk.pause_line" } else { "desk.pause_off" };
        let line = self.texts.get(line).to_owned();
        Key { line, on, ..self.key("F10", "pause", "pause") }
    }
}
