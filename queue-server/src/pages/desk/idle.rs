//! The desk between two visitors: who waits, who is next, the day so far; and the card of keys.

use hall::{order, state::lists::Lists, views::indicators, words::WindowState};
use wire::texts::Language;

use super::Desk;
use crate::pages::{shell::Stat, written};

/// Refusals after which another key is right.
const RIGHTS: [&str; 9] = [
    "not_signed_on",
    "window_paused",
    "called_not_settled",
    "serving",
    "nothing_called",
    "nothing_served",
    "recall_limit",
    "too_few_calls",
    "not_paused",
];

/// The keys and the ends of their texts.
const KEYS: [(&str, &str); 17] = [
    ("F2", "F2"),
    ("F3", "F3"),
    ("F4", "F4"),
    ("F8", "F8"),
    ("F6", "F6"),
    ("F7", "F7"),
    ("F9", "F9"),
    ("F10", "F10"),
    ("Alt N", "next_leg"),
    ("Alt V", "verify"),
    ("Alt B", "helper"),
    ("Alt Z", "take_back"),
    ("Alt P", "papers"),
    ("/", "call"),
    ("1–9", "digits"),
    ("Esc", "escape"),
    ("F1", "help"),
];

impl Desk<'_> {
    /// What stands beside the state while nobody is at the window.
    pub(super) fn idle_facts(&self) -> Vec<(String, String)> {
        let texts = self.texts;
        let setup = self.hall.setup();
        let queues = self.hall.lists_of(self.id).into_iter().flat_map(Lists::queues);
        let names = queues.filter_map(|queue| {
            let own = setup.queue(queue)?;
            let is_english = self.language == Language::English;
            Some(if is_english { self.names().queue(queue) } else { own.short_name.clone() })
        });
        let names: Vec<String> = names.collect();
        // 延时服务 is over as soon as nobody waits: then the next step is home.
        let may_go = self.state == WindowState::Extended && self.everybody() == 0;
        let hint = if may_go {
            texts.get("desk.hint_may_go").to_owned()
        } else if self.hall.day().is_some() {
            texts.get(&format!("desk.hint_{}", self.state)).to_owned()
        } else {
            self.opens_next()
        };
        let place = self.paused().and_then(|_| {
            let staff = self.hall.window(self.id)?.staff()?;
            let (place, _) = self.hall.whereabouts_of(staff)?;
            Some((texts.get("desk.where_to").to_owned(), self.place(place)))
        });
        let mut facts = vec![
            (texts.get("desk.next_step").to_owned(), hint),
            (texts.get("desk.fact_serves").to_owned(), names.join(texts.get("pages.join"))),
        ];
        facts.extend(place);
        facts
    }

    /// On a closed day: when the hall opens next, as its calendar says.
    fn opens_next(&self) -> String {
        written::opens_next(self.app, self.now, self.texts)
    }

    /// Three figures in the place of the visitor; none while somebody is at the window.
    pub(super) fn idle_figures(&self, everybody: u32, longest: u64) -> Vec<Stat> {
        if self.ticket.is_some() {
            return Vec::new();
        }
        let texts = self.texts;
        let next = order::pick(self.hall, self.id, self.now);
        let next = next.and_then(|pick| self.hall.ticket(pick.leg.ticket));
        let mine = indicators::of_window(self.hall, self.id, self.now);
        let stat = |key: &str, value: String, unit: &str, base: String| {
            Stat::new(texts, key, value, unit, base)
        };
        let who =
            next.map_or(texts.get("desk.idle_next_none").to_owned(), |each| each.no.to_string());
        let what = next.map_or(texts.get("desk.nobody").to_owned(), |each| {
            let class = self.class(each.class);
            let what = self.what(each);
            if class.is_empty() { what } else { format!("{what} · {class}") }
        });
        // The mean leaves out empty presses, the count does not.
        let served = if mine.served == 0 {
            texts.get("desk.idle_none_served").to_owned()
        } else if mine.services.is_empty() {
            texts.get("desk.idle_brief").to_owned()
        } else {
            texts.fill("desk.idle_mean", &[("minutes", &written::mean_of(&mine.services))])
        };
        let longest = texts.fill("desk.idle_longest", &[("n", &longest)]);
        vec![
            stat("desk.idle_waiting", everybody.to_string(), "pages.people", longest),
            stat("desk.idle_next", who, "", what),
            stat("desk.idle_served", mine.served.to_string(), "pages.cases", served),
        ]
    }

    pub(super) fn rights(&self) -> Vec<(&'static str, String)> {
        let right = |code| (code, self.texts.get(&format!("desk.do_{code}")).to_owned());
        RIGHTS.map(right).into()
    }

    pub(super) fn help(&self) -> Vec<(&'static str, String)> {
        let line = |(key, end)| (key, self.texts.get(&format!("desk.help_{end}")).to_owned());
        KEYS.map(line).into()
    }
}
