//! What stands around every page: the head, the pages one may open, who and when.

use wire::texts::{Language, Texts};

use super::{
    guard::{self, Reader},
    named::Names,
    written,
};
use crate::{
    access::{Role, SESSION_IDLES},
    app::App,
};

/// A figure that has no base yet.
const NO_FIGURE: &str = "–";

/// A page one may open.
pub struct Tab {
    /// Where.
    pub href: &'static str,
    /// Its name.
    pub name: String,
    /// It is this one.
    pub here: bool,
}

/// What stands around a page.
pub struct Shell {
    /// 监察: what changes something is not offered.
    pub reads_only: bool,
    pub t: &'static Texts,
    pub lang: &'static str,
    pub title: String,
    pub hall: String,
    pub at: i64,
    pub speed: f64,
    pub offset: i32,
    pub time: String,
    pub tabs: Vec<Tab>,
    pub who: String,
    pub here: String,
    pub other_lang: &'static str,
    pub other_name: &'static str,
    /// `stream` for a page that follows the hall; empty for one that is true as it was opened.
    pub live: &'static str,
    /// 练习: nothing counts in this hall.
    pub is_training: bool,
    /// Seconds without a touch after which the sign-in ends; 0 for somebody who is at work.
    pub idles: u64,
}

/// Another figure of a row of figures.
pub struct Stat {
    pub name: String,
    pub value: String,
    pub unit: String,
    pub base: String,
    /// `yellow`, `red`, `good` (on target), `few` (too few to judge) or nothing.
    pub level: &'static str,
    /// What the level says.
    pub word: String,
}

impl Stat {
    /// A figure of these texts; without a base it is a dash, and has no unit.
    pub fn new(texts: &Texts, key: &str, value: String, unit: &str, base: String) -> Self {
        let has_base = value != written::NOBODY;
        let unit =
            if unit.is_empty() || !has_base { String::new() } else { texts.word(unit, &value) };
        Self {
            name: texts.get(key).to_owned(),
            value: if has_base { value } else { NO_FIGURE.to_owned() },
            unit,
            base,
            level: "",
            word: String::new(),
        }
    }
}

/// The other language: its tag, and its own name.
pub fn other(language: Language) -> (&'static str, &'static str) {
    let other = match language {
        Language::Chinese => Language::English,
        Language::English => Language::Chinese,
    };
    (other.tag(), Texts::of(other).get("pages.language"))
}

impl Shell {
    /// The shell of the page at `path`.
    pub fn of(app: &App, reader: &Reader, path: &str) -> Self {
        let texts = reader.texts;
        let pages: &[(&'static str, &str)] = match reader.identity.role {
            Role::Desk => &[("/desk", "pages.desk")],
            Role::Guide => &[("/guide", "pages.guide")],
            Role::Office => &[
                ("/board", "pages.board"),
                ("/guide", "pages.guide"),
                ("/office", "pages.office"),
                ("/room", "pages.room"),
                ("/setup", "pages.setup"),
            ],
            Role::Admin => &[
                ("/desk", "pages.desk"),
                ("/guide", "pages.guide"),
                ("/board", "pages.board"),
                ("/office", "pages.office"),
                ("/room", "pages.room"),
                ("/setup", "pages.setup"),
                ("/backup", "pages.backup"),
                ("/retention", "pages.retention"),
                ("/webhooks", "pages.webhooks"),
            ],
            Role::Supervisor => &[
                ("/board", "pages.board"),
                ("/office", "pages.office"),
                ("/office/audit", "pages.audit"),
                ("/setup", "pages.setup"),
            ],
            Role::Security => &[("/accounts", "pages.accounts"), ("/office/audit", "pages.audit")],
            Role::Auditor => &[
                ("/office/audit", "pages.audit"),
                ("/setup", "pages.setup"),
                ("/retention", "pages.retention"),
            ],
            Role::Operator => &[("/room", "pages.room")],
            Role::Kiosk | Role::Display | Role::Bridge => &[],
        };
        let tab = |(href, key): &(&'static str, &str)| Tab {
            href,
            name: texts.get(key).to_owned(),
            here: *href == path,
        };
        let tabs: Vec<Tab> = pages.iter().map(tab).collect();
        let title = tabs.iter().find(|tab| tab.here).map_or(String::new(), |tab| tab.name.clone());
        let clock = app.clock.wire();
        let (other_lang, other_name) = other(reader.language);
        let staff = reader
            .identity
            .staff
            .map_or(String::new(), |staff| texts.fill("pages.staff", &[("no", &staff)]));
        Self {
            reads_only: reader.identity.role == Role::Supervisor,
            t: texts,
            lang: reader.language.tag(),
            title,
            hall: Names::by(app, texts).hall(),
            at: clock.at,
            speed: clock.speed,
            offset: clock.utc_offset_minutes,
            time: written::time(&app.clock, app.now()),
            tabs,
            who: staff,
            here: reader.here.clone(),
            other_lang,
            other_name,
            is_training: app.training.is_here,
            idles: if guard::works(app, &reader.identity, path) {
                0
            } else {
                SESSION_IDLES.as_secs()
            },
            live: if reader.identity.role.is_of_hall() { "stream" } else { "" },
        }
    }

    /// A figure.
    pub fn stat(&self, key: &str, value: String, unit: &str, base: String) -> Stat {
        Stat::new(self.t, key, value, unit, base)
    }
}

/// The shape of a state, beside its word.
pub fn shape(state: hall::words::WindowState) -> &'static str {
    use hall::words::WindowState::{Calling, Closed, Extended, Free, Paused, Serving};
    match state {
        Free | Extended => "free",
        Calling => "calling",
        Serving => "serving",
        Paused => "paused",
        Closed => "off",
    }
}
