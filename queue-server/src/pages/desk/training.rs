//! 练习: the script card of whoever stands at the window of a training hall, and what became of those
//! who stood there. Who stands there is told by the ticket alone, so every look finds the same.

use hall::{
    setup::Item,
    state::ticket::{Leg, Ticket},
    time::Timestamp,
    words::{TicketState, WindowState},
};

use super::Desk;

/// 情景: what the visitor brings with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scene {
    /// 材料齐全.
    Usual,
    /// 材料不齐.
    Missing,
    /// Nobody comes.
    Absent,
    /// They go to copy something.
    Away,
    /// It is the matter of another queue.
    Elsewhere,
    /// 不符合受理条件.
    Unfit,
}

/// What comes one after the other; half of it is as usual.
const COMING: [Scene; 8] = [
    Scene::Usual,
    Scene::Missing,
    Scene::Usual,
    Scene::Absent,
    Scene::Away,
    Scene::Usual,
    Scene::Elsewhere,
    Scene::Unfit,
];

/// Every scene, as the card counts them.
const ALL: [Scene; 6] =
    [Scene::Usual, Scene::Missing, Scene::Absent, Scene::Away, Scene::Elsewhere, Scene::Unfit];

/// What is never said; each card shows one.
const NEVER: u64 = 3;

/// The script card.
pub struct Card {
    pub version: String,
    pub title: String,
    pub story: String,
    /// What a clerk says.
    pub say: String,
    /// What a clerk never says.
    pub never: String,
    /// The key that is right.
    pub key: String,
    /// How the last one went: well, and the words.
    pub last: Option<(bool, String)>,
    /// Each scene, how often it went well, and how often it came.
    pub practised: Vec<(String, u32, u32)>,
}

impl Scene {
    const fn word(self) -> &'static str {
        match self {
            Self::Usual => "usual",
            Self::Missing => "missing",
            Self::Absent => "absent",
            Self::Away => "away",
            Self::Elsewhere => "elsewhere",
            Self::Unfit => "unfit",
        }
    }

    /// Of a leg; whoever was sent here or came back late is ordinary.
    fn of(ticket: &Ticket, leg: &Leg, item: Option<&Item>) -> Self {
        let is_first = ticket.legs.first().is_some_and(|first| std::ptr::eq(first, leg));
        let place = ticket.id.0 % COMING.len() as u64;
        let scene = COMING.get(place as usize).copied().unwrap_or(Self::Usual);
        match scene {
            _ if !is_first || ticket.reactivated.is_some() => Self::Usual,
            Self::Missing if item.is_none_or(|item| item.bring.is_empty()) => Self::Usual,
            Self::Usual
            | Self::Missing
            | Self::Absent
            | Self::Away
            | Self::Elsewhere
            | Self::Unfit => scene,
        }
    }

    /// Whether a leg that has ended was handled as it should be.
    fn went_well(self, leg: &Leg, item: Option<&Item>) -> bool {
        let (desk, is_served) = (&leg.desk, leg.finished.is_some());
        match self {
            Self::Usual => is_served && (desk.accepted.is_some() || !is_promised(item)),
            Self::Missing => desk.notices > 0 && desk.accepted.is_none(),
            Self::Absent => leg.no_shows > 0 && leg.started.is_none(),
            Self::Away => leg.holds > 0 && is_served,
            Self::Elsewhere => leg.sent.is_some(),
            Self::Unfit => !desk.declined.is_empty(),
        }
    }
}

/// 承诺件: it is accepted with a date.
fn is_promised(item: Option<&Item>) -> bool {
    item.is_some_and(|item| item.limit_working_days.is_some())
}

impl Desk<'_> {
    /// None in a hall in which things count.
    pub(super) fn training(&self) -> Option<Card> {
        if !self.app.training.is_here {
            return None;
        }
        let mut past: Vec<(Timestamp, &Ticket, &Leg)> =
            self.hall.tickets().flat_map(|ticket| self.was_here(ticket)).collect();
        past.sort_by_key(|(ended, ..)| *ended);
        let last = past.last().map(|(_, ticket, leg)| self.judged(ticket, leg));
        let practised = ALL.iter().map(|scene| {
            let of_scene = past
                .iter()
                .filter(|(_, ticket, leg)| Scene::of(ticket, leg, self.item_of(ticket)) == *scene);
            let well = of_scene
                .clone()
                .filter(|(_, ticket, leg)| scene.went_well(leg, self.item_of(ticket)));
            (self.say(&format!("name_{}", scene.word())), count(well), count(of_scene))
        });
        let practised = practised.collect();
        let empty = Card {
            version: String::new(),
            title: String::new(),
            story: self.say(match self.state {
                WindowState::Closed => "idle_closed",
                WindowState::Paused => "idle_paused",
                WindowState::Free
                | WindowState::Calling
                | WindowState::Serving
                | WindowState::Extended => "idle",
            }),
            say: String::new(),
            never: String::new(),
            key: String::new(),
            last,
            practised,
        };
        let mut card = match self.ticket {
            Some(ticket) => self.card(ticket, empty),
            None => empty,
        };
        card.version = format!("{}{}{}{:?}", card.title, card.key, card.story, card.last.as_ref());
        Some(card)
    }

    fn say(&self, word: &str) -> String {
        self.texts.get(&format!("training.{word}")).to_owned()
    }

    fn card(&self, ticket: &Ticket, empty: Card) -> Card {
        let (leg, item) = (ticket.leg(), self.item_of(ticket));
        let scene = Scene::of(ticket, leg, item);
        let word = scene.word();
        let paper = item.and_then(|item| {
            let place = ticket.id.0 % item.bring.len().max(1) as u64;
            item.bring.get(place as usize).cloned()
        });
        let paper = paper.unwrap_or_default();
        let elsewhere = self
            .hall
            .setup()
            .queues()
            .iter()
            .find(|queue| queue.issued && queue.id != leg.queue && !queue.name.is_empty());
        let queue = elsewhere.map_or(String::new(), |queue| self.names().queue(queue.id));
        let told: [(&str, &dyn std::fmt::Display); 3] =
            [("item", &self.what(ticket)), ("paper", &paper), ("queue", &queue)];
        let is_serving = ticket.state == TicketState::Serving;
        let key = if is_serving && scene == Scene::Absent {
            "key_not_there"
        } else if !is_serving {
            if scene == Scene::Absent { "key_absent" } else { "key_come" }
        } else if self.grant_line().is_some_and(|grant| grant.to_verify) {
            "key_verify"
        } else {
            self.key_serving(scene, leg, item)
        };
        let say = match (is_serving, scene, key) {
            (_, Scene::Absent, _) => "say_absent",
            (false, ..) => "say_welcome",
            (true, _, "key_finish") => "say_rate",
            (true, Scene::Missing, "key_missing") => "say_missing",
            (true, Scene::Away | Scene::Elsewhere, _) => "say_wait",
            (true, ..) => "say_document",
        };
        let name = self.say(&format!("name_{word}"));
        Card {
            title: self.texts.fill("training.scene", &[("name", &name)]),
            story: self.texts.fill(&format!("training.story_{word}"), &told),
            say: self.texts.fill(&format!("training.{say}"), &told),
            never: self.say(&format!("never_{}", ticket.id.0 % NEVER)),
            key: self.say(key),
            ..empty
        }
    }

    /// The key that comes next while somebody is served.
    fn key_serving(&self, scene: Scene, leg: &Leg, item: Option<&Item>) -> &'static str {
        let desk = &leg.desk;
        match scene {
            Scene::Missing if desk.notices == 0 => "key_missing",
            Scene::Away if leg.holds == 0 => "key_away",
            Scene::Elsewhere => "key_elsewhere",
            Scene::Unfit if desk.declined.is_empty() => "key_unfit",
            Scene::Usual | Scene::Away | Scene::Absent
                if is_promised(item) && desk.accepted.is_none() =>
            {
                "key_accept"
            }
            Scene::Usual | Scene::Missing | Scene::Absent | Scene::Away | Scene::Unfit => {
                "key_finish"
            }
        }
    }

    fn judged(&self, ticket: &Ticket, leg: &Leg) -> (bool, String) {
        let item = self.item_of(ticket);
        let scene = Scene::of(ticket, leg, item);
        let is_well = scene.went_well(leg, item);
        let name = self.say(&format!("name_{}", scene.word()));
        let told: [(&str, &dyn std::fmt::Display); 2] = [("no", &ticket.no), ("name", &name)];
        let words = if is_well {
            "training.went_well".to_owned()
        } else {
            format!("training.wrong_{}", scene.word())
        };
        (is_well, self.texts.fill(&words, &told))
    }

    /// The legs of a ticket that ended at this window.
    fn was_here<'a>(
        &self,
        ticket: &'a Ticket,
    ) -> impl Iterator<Item = (Timestamp, &'a Ticket, &'a Leg)> + use<'a> {
        let id = self.id;
        let here = ticket.legs.iter().filter(move |leg| leg.window == Some(id));
        here.filter_map(move |leg| {
            let ended = leg.finished.or(leg.sent).or(leg.no_show)?;
            Some((ended, ticket, leg))
        })
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}
