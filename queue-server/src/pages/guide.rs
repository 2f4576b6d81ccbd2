//! 导办台: what a kiosk does, done by somebody of the hall for who does not want the machine.
//!
//! A panel for each thing that people come for; beside it, live, who asks for help at a kiosk, how
//! the queues stand, and what was taken here. Every order is the one that a kiosk gives.

pub mod bookings;
pub mod cases;
pub mod found;
pub mod helps;
mod items;
mod map;
pub mod matter;
mod now;
pub mod order;
pub mod rate;
mod read;
mod slip;
pub mod take;
pub mod visit;
pub mod wish;

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{Shared, guard::Reader, html, named::Names, shell::Shell};
use crate::{access::Role, app::App};

/// Who works at the guide desk.
const ROLES: &[Role] = &[Role::Guide, Role::Office];

/// What the address asks for. Nothing in it tells who somebody is.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    fragment: Option<u8>,
    /// The panel.
    #[serde(default, rename = "do")]
    panel: String,
    /// What is looked for.
    #[serde(default)]
    find: String,
    /// A queue whose items, or whose windows on the plan, are shown.
    #[serde(default)]
    queue: String,
    /// A queue that a number is taken for, whatever the item.
    #[serde(default)]
    whole: String,
    /// The item that a number is taken for.
    #[serde(default)]
    item: String,
    /// 一次多办: more items, with commas between.
    #[serde(default)]
    then: String,
    /// Another item is looked for.
    #[serde(default)]
    more: Option<u8>,
    /// A booking that is shown.
    #[serde(default)]
    booking: String,
    /// 回执号 of what was told.
    #[serde(default)]
    receipt: String,
    /// 上门编号 of a home visit.
    #[serde(default)]
    visit: String,
    /// Tickets that are shown, with commas between.
    #[serde(default)]
    tickets: String,
    /// What was done with them.
    #[serde(default)]
    said: String,
    /// A slip to print: `first`, `reprinted` or `reactivated`.
    #[serde(default)]
    print: String,
}

/// A panel of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Panel {
    /// 取号.
    Take,
    /// 排队查询.
    Find,
    /// 预约取号.
    Booking,
    /// 领证取件.
    Case,
    /// 办事指南.
    Guide,
    /// 服务评价.
    Rate,
    /// 我要反映.
    Matter,
    /// 上门服务.
    Visit,
    /// 大厅平面图, to which other panels lead.
    Map,
}

impl Panel {
    /// Those with a door above.
    const DOORS: [Self; 8] = [
        Self::Take,
        Self::Find,
        Self::Booking,
        Self::Case,
        Self::Guide,
        Self::Rate,
        Self::Matter,
        Self::Visit,
    ];

    /// The word in addresses and texts.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Take => "take",
            Self::Find => "find",
            Self::Booking => "booking",
            Self::Case => "case",
            Self::Guide => "guide",
            Self::Rate => "rate",
            Self::Matter => "matter",
            Self::Visit => "visit",
            Self::Map => "map",
        }
    }

    /// The key that opens it; none for what is seldom wanted or has no door.
    const fn key(self) -> &'static str {
        match self {
            Self::Take => "F2",
            Self::Find => "F3",
            Self::Booking => "F4",
            Self::Case => "F6",
            Self::Guide => "F7",
            Self::Rate => "F8",
            Self::Matter => "F9",
            // F10 answers a call for help.
            Self::Visit | Self::Map => "",
        }
    }

    fn of(word: &str) -> Self {
        let all = Self::DOORS.into_iter().chain([Self::Map]);
        all.into_iter().find(|panel| panel.as_str() == word).unwrap_or(Self::Take)
    }
}

/// A panel that one may open.
struct Door {
    word: &'static str,
    name: String,
    key: &'static str,
    here: bool,
}

struct View {
    doors: Vec<Door>,
    /// The panel, written.
    panel: String,
    helps: helps::View,
    now: now::View,
}

#[derive(Template)]
#[template(path = "guide.html")]
struct Page {
    s: Shell,
    g: View,
}

#[derive(Template)]
#[template(path = "guide_live.html")]
struct Fragment {
    s: Shell,
    g: View,
}

/// What every panel is filled from.
struct Desk<'a> {
    app: &'a Arc<App>,
    reader: &'a Reader,
    texts: &'static Texts,
    asked: &'a Asked,
}

impl Desk<'_> {
    /// The hall's names, as this reader reads them.
    fn names(&self) -> Names<'_> {
        Names::of(self.app, self.reader.language)
    }
}

/// `GET /guide`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    reader.must_be(ROLES)?;
    let s = Shell::of(&app, &reader, "/guide");
    let here = Panel::of(&asked.panel);
    let door = |panel: Panel| Door {
        word: panel.as_str(),
        name: s.t.get(&format!("guide.do_{}", panel.as_str())).to_owned(),
        key: panel.key(),
        here: panel == here,
    };
    let doors = Panel::DOORS.map(door).into();
    let desk = Desk { app: &app, reader: &reader, texts: reader.texts, asked: &asked };
    let panel = match here {
        Panel::Take => desk.take(),
        Panel::Find => desk.find(),
        Panel::Booking => desk.booking().await,
        Panel::Case => desk.case(),
        Panel::Guide => desk.read(),
        Panel::Rate => desk.rate(),
        Panel::Matter => desk.matter(),
        Panel::Visit => desk.visit(),
        Panel::Map => desk.map(),
    };
    let g = View { doors, panel, helps: helps::fill(&app, s.t), now: now::fill(&app, &reader) };
    Ok(if asked.fragment.is_some() { html(&Fragment { s, g }) } else { html(&Page { s, g }) })
}

/// A part of the page; nothing of it if it cannot be written, which is told in the log.
fn written(part: &impl Template) -> String {
    part.render().unwrap_or_else(|error| {
        tracing::error!(%error, "a panel could not be written");
        String::new()
    })
}
