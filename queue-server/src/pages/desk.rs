//! 窗口: the clerk's page. One big key, everything else one key away.

mod grant;
mod helped;
mod idle;
mod keys;
mod lists;
pub mod matters;
mod papers;
mod pauses;
pub mod plain;
pub mod print;
mod sends;
mod stops;
mod take_back;
mod training;
mod watched;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::Response,
};
use hall::{
    Hall,
    ids::{StaffNo, WindowId},
    state::{lists::Lists, ticket::Ticket},
    time::Timestamp,
    words::{CaseKind, PriorityClass, TicketState, WindowState},
};
use wire::texts::{Language, Texts};

use super::{
    Shared, Wanted,
    guard::Reader,
    guide::order,
    html,
    named::Names,
    shell::{Shell, Stat, shape},
    written,
};
use crate::{access::Role, app::App, at_window, http::shown};
use grant::GrantLine;
use keys::{BigKey, Key};
use lists::{PastRow, WaitingRow};
use papers::Papers;
use pauses::{PauseRow, Where};
use sends::{HeldRow, Sends};
use take_back::TakeBack;

/// Items of one queue to choose from: number, name, and whether it is the visitor's.
struct ItemGroup {
    queue: String,
    items: Vec<(String, String, bool)>,
}

struct View {
    window: String,
    /// "20 号窗口".
    window_no: String,
    shape: &'static str,
    state: String,
    now_version: String,
    past_version: String,
    waiting_version: String,
    day_version: String,
    class: String,
    no: String,
    idle: String,
    facts: Vec<(String, String)>,
    running_since: Option<i64>,
    running_label: String,
    /// 自动开始: when the one called is taken to have come.
    starts: Option<i64>,
    why: String,
    /// The next leg of the visitor.
    next_stop: Option<String>,
    /// 优先: what the visitor was granted, why, and by whom.
    grant: Option<GrantLine>,
    /// 帮办: who goes along.
    help: Option<helped::HelpLine>,
    /// 无声叫号: the clerk steps out.
    silent: bool,
    items: Vec<ItemGroup>,
    /// 电子监察: what the clerk is told silently.
    watched: Vec<watched::Line>,
    cases: Vec<(&'static str, String, bool)>,
    big: BigKey,
    keys: Vec<Key>,
    idle_figures: Vec<Stat>,
    reasons: Vec<PauseRow>,
    wheres: Vec<Where>,
    /// What the clerk is to press after a refusal, by its code.
    rights: Vec<(&'static str, String)>,
    card: Vec<(&'static str, String)>,
    papers: Option<Papers>,
    sends: Option<Sends>,
    /// 撤回 of the last press, as long as it may be.
    take_back: Option<TakeBack>,
    held_version: String,
    held_title: String,
    held: Vec<HeldRow>,
    past: Vec<PastRow>,
    waiting_title: String,
    longest: String,
    waiting: Vec<WaitingRow>,
    day: Vec<Stat>,
    may_sign_off: bool,
    /// What came of the order before, where the page has no script to say it.
    said: Option<Said>,
    /// The page's name for what it asks without its script.
    again: String,
    /// 练习: the script card.
    training: Option<training::Card>,
    /// 练习: where the training hall is.
    practise: Option<String>,
}

impl View {
    fn may_pause(&self) -> bool {
        self.keys.iter().any(|key| key.order == "pause" && key.on)
    }

    /// The forms that the keys belong to where no script presses them, and where each goes. A field stands
    /// in the form of the keys that it is for, so that Enter in it presses none of the others.
    const fn forms(&self) -> [(&'static str, &'static str); 8] {
        [
            ("keys", "order"),
            ("case", "order"),
            ("pause", "order"),
            ("call", "order"),
            ("send", "send"),
            ("verify", "verify"),
            ("back", "take-back"),
            ("duty", "duty"),
        ]
    }
}

/// What is said of an order.
struct Said {
    is_done: bool,
    text: String,
    /// Where a paper is printed from, if the printer did not; empty if it did.
    page: String,
}

#[derive(Template)]
#[template(path = "desk.html")]
struct Page {
    s: Shell,
    d: View,
}

#[derive(Template)]
#[template(path = "desk_live.html")]
struct Fragment {
    s: Shell,
    d: View,
}

/// 小条: the same desk as a strip beside the department's own program.
#[derive(Template)]
#[template(path = "desk_bar.html")]
struct Bar {
    s: Shell,
    d: View,
}

#[derive(Template)]
#[template(path = "desk_bar_live.html")]
struct BarFragment {
    s: Shell,
    d: View,
}

#[derive(Template)]
#[template(path = "choose.html")]
struct Choose {
    s: Shell,
    /// Number and name.
    windows: Vec<(WindowId, String)>,
}

/// What the desk is filled from.
struct Desk<'a> {
    app: &'a App,
    hall: &'a Hall,
    id: WindowId,
    now: Timestamp,
    texts: &'static Texts,
    language: Language,
    state: WindowState,
    ticket: Option<&'a Ticket>,
}

/// `GET /desk`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Desk])?;
    let said = wanted.said.as_deref().and_then(|order| plain::done(order, reader.texts));
    let said = said.map(|text| Said { is_done: true, text, page: String::new() });
    Ok(draw(&app, &reader, &wanted, said))
}

fn draw(app: &App, reader: &Reader, wanted: &Wanted, said: Option<Said>) -> Response {
    let mut s = Shell::of(app, reader, "/desk");
    let names = Names::of(app, reader.language);
    let Some(id) = window_of(app, reader, wanted.window.as_deref()) else {
        let all = app.profile.setup.windows().iter();
        let own = all.filter(|window| may_sit_at(app, reader, window.id));
        let windows = own.map(|window| (window.id, names.window(window.id))).collect();
        return html(&Choose { s, windows });
    };
    let name = names.window(id);
    let window = s.t.fill("pages.window_no", &[("no", &id)]);
    s.who = format!("{window} · {name}　{}", s.who);
    let hall = app.engine.hall();
    let now = app.now();
    let desk = Desk {
        app,
        hall: &hall,
        id,
        now,
        texts: reader.texts,
        language: reader.language,
        state: hall.window_state(id, now),
        ticket: hall.ticket_at(id),
    };
    if said.is_some() {
        s.here = format!("/desk?window={id}");
    }
    let d = View { said, ..desk.fill() };
    match (wanted.bar.is_some(), wanted.fragment.is_some()) {
        (false, false) => html(&Page { s, d }),
        (false, true) => html(&Fragment { s, d }),
        (true, false) => html(&Bar { s, d }),
        (true, true) => html(&BarFragment { s, d }),
    }
}

/// The window asked for, the one the person has signed on at, the one they were approved for, or the
/// only one they may serve.
fn window_of(app: &App, reader: &Reader, asked: Option<&str>) -> Option<WindowId> {
    let mine = |id: &WindowId| may_sit_at(app, reader, *id);
    let asked = asked.and_then(|text| text.parse().ok()).filter(mine);
    let works_at = |staff: StaffNo| {
        app.read(|hall| {
            let mut windows = hall.setup().windows().iter().map(|window| window.id);
            windows.find(|id| hall.window(*id).is_some_and(|now| now.staff() == Some(staff)))
        })
    };
    let signed_on = || reader.identity.staff.and_then(works_at).filter(mine);
    let only = || match reader.identity.windows.as_slice() {
        [only] => Some(*only).filter(mine),
        _ => None,
    };
    let approved = || at_window::approved_at(app, &reader.identity).filter(mine);
    // Who has a window of their own and may sit at another too chooses.
    let free = || match (approved(), reader.identity.windows.as_slice()) {
        (Some(_), [_, ..]) => None,
        (approved, _) => approved.or_else(only),
    };
    asked.or_else(signed_on).or_else(free)
}

/// A window of the profile at which the account may act, or at which its person stands in.
fn may_sit_at(app: &App, reader: &Reader, id: WindowId) -> bool {
    let own = || reader.identity.may_act_at(id);
    let known = app.profile.setup.window(id).is_some();
    known && (own() || at_window::stands_in(app, &reader.identity, id))
}

impl Desk<'_> {
    fn fill(&self) -> View {
        let texts = self.texts;
        let (big, keys) = self.keys();
        let (past, waiting, day) = (self.past(), self.waiting(), self.day());
        let no = self.ticket.map_or(String::new(), |ticket| ticket.no.to_string());
        let (running_since, running_label) = self.running();
        let calls = self.ticket.map_or(0, |ticket| ticket.leg().calls);
        let notices = self.ticket.map_or(0, |ticket| ticket.leg().desk.notices);
        let longest = waiting.iter().map(|row| row.minutes).max().unwrap_or(0);
        let everybody = self.everybody();
        let (cases, items) = self.choices();
        let held = self.held();
        let idle_figures = self.idle_figures(everybody, longest);
        View {
            window: self.id.to_string(),
            window_no: texts.fill("pages.window_no", &[("no", &self.id)]),
            shape: shape(self.state),
            state: texts.get(&format!("window_state.{}", self.state)).to_owned(),
            now_version: format!(
                "{}-{running_since:?}-{no}-{calls}-{notices}-{:?}-{}",
                self.state,
                self.ticket.map(|ticket| (
                    ticket.legs.len(),
                    &ticket.stops,
                    ticket.fits,
                    ticket.silent,
                    ticket.helped,
                    self.hall.may_take_back_helper(ticket, self.now)
                )),
                idle_figures
                    .iter()
                    .map(|each| format!("{}{}", each.value, each.base))
                    .collect::<String>()
            ),
            past_version: past
                .iter()
                .map(|row| format!("{}{}{}", row.no, row.times, row.end))
                .collect(),
            waiting_version: waiting
                .iter()
                .map(|row| format!("{}{}{}", row.no, row.minutes, row.why))
                .chain([held.is_empty().to_string()])
                .collect(),
            day_version: day.iter().map(|each| format!("{}{}", each.value, each.base)).collect(),
            class: self.ticket.map_or(String::new(), |ticket| self.class(ticket.class)),
            idle: self.idle(),
            facts: self.facts(),
            running_since,
            running_label,
            starts: self.hall.starts_by_itself(self.id).map(|at| at.0),
            why: self.why(),
            next_stop: self.next_stop(),
            grant: self.grant_line(),
            help: self.help_line(),
            silent: self.ticket.is_some_and(|ticket| ticket.silent),
            items,
            watched: self.watched(),
            cases,
            big,
            keys,
            idle_figures,
            reasons: self.pause_rows(),
            wheres: self.wheres(),
            rights: self.rights(),
            card: self.help(),
            papers: self.papers(),
            sends: self.sends(),
            take_back: self.take_back(),
            held_version: held
                .iter()
                .map(|row| format!("{}{}{}", row.no, row.ends, row.on))
                .collect(),
            held_title: texts.fill("desk.held", &[("n", &held.len())]),
            held,
            past,
            waiting_title: texts.fill("desk.waiting", &[("n", &everybody)]),
            longest: texts.fill("desk.longest", &[("n", &longest)]),
            waiting,
            day,
            said: None,
            again: order::name(),
            training: self.training(),
            practise: self.app.training.address.clone(),
            may_sign_off: self.ticket.is_none() && self.state != WindowState::Closed,
            no,
        }
    }

    /// What the hall calls its parts, in the clerk's language.
    const fn names(&self) -> Names<'_> {
        Names::of(self.app, self.language)
    }

    /// Who waits for this window, on any of its lists.
    fn everybody(&self) -> u32 {
        let queues = self.hall.lists_of(self.id).into_iter().flat_map(Lists::queues);
        queues.map(|queue| self.hall.waiting_for(self.id, queue)).sum()
    }

    /// A class that is more than ordinary.
    fn class(&self, class: PriorityClass) -> String {
        if class == PriorityClass::Ordinary {
            return String::new();
        }
        self.texts.get(&format!("class.{class}")).to_owned()
    }

    fn why(&self) -> String {
        let why = self.ticket.and_then(|ticket| ticket.leg().why);
        why.map_or(String::new(), |why| shown::why(why, self.language))
    }

    fn running(&self) -> (Option<i64>, String) {
        let Some(ticket) = self.ticket else {
            return self.paused().map_or((None, String::new()), |(_, at)| {
                (Some(at.0), self.texts.get("desk.paused_for").to_owned())
            });
        };
        let leg = ticket.leg();
        match ticket.state {
            TicketState::Serving => {
                // The time away does not run.
                let since = leg.started.map(|at| (at + leg.held).0);
                (since, self.texts.get("desk.serving_for").to_owned())
            }
            TicketState::Called
            | TicketState::Reserved
            | TicketState::Waiting
            | TicketState::Held
            | TicketState::Done
            | TicketState::NoShow
            | TicketState::Swept
            | TicketState::Cancelled
            | TicketState::NotPrinted => {
                (leg.called_last.map(|at| at.0), self.texts.get("desk.called_for").to_owned())
            }
        }
    }

    fn facts(&self) -> Vec<(String, String)> {
        let texts = self.texts;
        let Some(ticket) = self.ticket else {
            return self.idle_facts();
        };
        let leg = ticket.leg();
        let (names, queue) = (self.names(), self.names().queue(leg.queue));
        let item = ticket.item.and_then(|item| names.item_of(self.hall, item));
        let waited = leg.wait().map_or(0, |wait| wait.as_secs());
        let called = leg.summoned.map_or(String::new(), |at| written::time(&self.app.clock, at));
        let mut facts = vec![
            (texts.get("desk.fact_item").to_owned(), item.unwrap_or_else(|| queue.clone())),
            (
                texts.get("desk.fact_waited").to_owned(),
                texts.fill("desk.minutes", &[("n", &(waited / 60))]),
            ),
            (
                texts.get("desk.fact_called").to_owned(),
                texts.fill("desk.called_at", &[("time", &called), ("n", &leg.calls)]),
            ),
        ];
        facts.push(if ticket.state == TicketState::Serving {
            (texts.get("desk.fact_notice").to_owned(), self.notices(ticket))
        } else {
            (texts.get("desk.fact_queue").to_owned(), queue)
        });
        facts
    }

    /// The kinds of case and the items to choose from while somebody is served.
    #[allow(clippy::type_complexity)]
    fn choices(&self) -> (Vec<(&'static str, String, bool)>, Vec<ItemGroup>) {
        let Some(ticket) = self.ticket.filter(|ticket| ticket.state == TicketState::Serving) else {
            return (Vec::new(), Vec::new());
        };
        let usual = ticket.item.and_then(|item| self.hall.item_ever(item)).map(|item| item.kind);
        let case = |kind: &CaseKind| {
            let word = self.texts.get(&format!("case.{kind}")).to_owned();
            (kind.as_str(), word, usual == Some(*kind))
        };
        let items = self.hall.items_to_handle(self.id, ticket.queue());
        let item = |item: &&hall::setup::Item| {
            (item.id.to_string(), self.names().item(item), ticket.item == Some(item.id))
        };
        let of_queue = |items: &[&hall::setup::Item]| {
            let queue = items.first().map(|item| self.names().queue(item.queue));
            let queue = queue.unwrap_or_default();
            ItemGroup { queue, items: items.iter().map(item).collect() }
        };
        let groups = items.chunk_by(|one, next| one.queue == next.queue).map(of_queue);
        (CaseKind::ALL.iter().map(case).collect(), groups.collect())
    }
}
