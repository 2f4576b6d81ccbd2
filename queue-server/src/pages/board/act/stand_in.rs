//! 顶岗: windows whose clerk is away for long, who could come and what that would change, and the word
//! that lets somebody come or says that nobody does.

use hall::{
    Hall,
    forecast::advise::{Remedy, Tried},
    ids::{QueueId, StaffNo, WindowId},
    time::Timestamp,
    views::absences::{self, Absence, StandsBy},
    words::{Actor, post::PostRole},
};
use wire::texts::Texts;

use super::{AHEAD, Asked, Found, Running, offers};
use crate::{
    app::App,
    forecasts::trying,
    pages::{shell::Shell, written},
};

/// People whose coming is tried beforehand; any other can be chosen.
const TRIED: usize = 3;

/// A window where somebody is away.
pub(in crate::pages::board) struct Away {
    pub window: String,
    /// "3 号窗口：工号 1003 会议，10:12 起"
    pub text: String,
    /// What was decided; empty if nothing was.
    pub decided: String,
    pub here: bool,
}

/// Somebody who could come.
pub(super) struct Offer {
    pub staff: String,
    pub title: String,
    /// Post, and where this person works now.
    pub about: String,
    pub effect: String,
    pub price: String,
    /// It makes a wait shorter by as much as is worth a word.
    pub helps: bool,
    /// What the button says: whom it lets come, and in whose place.
    pub button: String,
}

/// The card.
pub(super) struct Card {
    pub away: Vec<Away>,
    /// The window whose stand-in is looked for; empty: none is.
    pub window: String,
    pub title: String,
    pub offers: Vec<Offer>,
    /// What stands in the place of offers.
    pub none: String,
    /// Everybody who may come, to choose from: number, words, chosen.
    pub others: Vec<(String, String, bool)>,
    /// It pauses: that nobody stands in can be said.
    pub may_decline: bool,
}

/// The window that is asked about.
fn window_of(app: &App, asked: &Asked) -> Option<WindowId> {
    let window = asked.away.as_ref()?.parse().ok()?;
    app.profile.setup.window(window).map(|window| window.id)
}

/// A window was asked about that the hall does not have.
pub(super) fn is_nowhere(app: &App, asked: &Asked) -> bool {
    asked.away.as_ref().is_some_and(|away| !away.is_empty()) && window_of(app, asked).is_none()
}

/// Whose coming is tried: the one chosen, or the best few.
pub(super) fn could_come(app: &App, asked: &Asked) -> Vec<(WindowId, StandsBy)> {
    let Some(window) = window_of(app, asked) else { return Vec::new() };
    let people = app.read(|hall| absences::stand_by(hall, window, app.now()));
    let chosen = asked.staff.as_ref().and_then(|staff| staff.parse::<StaffNo>().ok());
    let wanted = people.iter().filter(|each| chosen.is_none_or(|chosen| chosen == each.staff));
    wanted.take(TRIED).map(|each| (window, *each)).collect()
}

/// What each of them would change; it takes a core for a while.
pub(super) fn tried(
    app: &App,
    could_come: Vec<(WindowId, StandsBy)>,
) -> Vec<(StandsBy, Option<Tried>)> {
    let one = |(window, each): (WindowId, StandsBy)| {
        let remedy = Remedy::StandIn { window, staff: each.staff };
        (each, trying::what_if(app, &remedy, AHEAD).map(|(_, tried)| tried))
    };
    could_come.into_iter().map(one).collect()
}

pub(super) fn of(app: &App, hall: &Hall, asked: &Asked, found: &Found, s: &Shell) -> Card {
    let window = window_of(app, asked);
    let Some(id) = window else {
        return Card {
            away: away(app, hall, None, s),
            window: String::new(),
            title: String::new(),
            offers: Vec::new(),
            none: String::new(),
            others: Vec::new(),
            may_decline: false,
        };
    };
    let now = app.now();
    let queue = busiest(hall, id);
    let before = hall.stand_in_verdicts().find(|(at, _)| *at == id);
    let before = before.and_then(|(_, verdict)| verdict.staff);
    let offer = |(each, tried): &(StandsBy, Option<Tried>)| {
        let helps = queue.zip(tried.as_ref()).is_some_and(|(queue, it)| offers::helps(queue, it));
        let button = match before.filter(|before| *before != each.staff) {
            Some(before) => s.t.fill("act.approve_instead", &[("staff", &before)]),
            None => s.t.get("act.approve").to_owned(),
        };
        Offer { helps, button, ..offer(app, queue, *each, tried, s.t) }
    };
    let offers: Vec<Offer> = found.stand_by.iter().map(offer).collect();
    let people = absences::stand_by(hall, id, now);
    let none = if found.busy { "act.busy" } else { "act.stand_in_nobody" };
    let chosen = |staff: &str| asked.staff.as_deref() == Some(staff);
    Card {
        away: away(app, hall, window, s),
        window: id.to_string(),
        title: s.t.fill("act.stand_in_at", &[("window", &id)]),
        offers,
        none: s.t.get(none).to_owned(),
        others: people
            .into_iter()
            .map(|each| {
                let staff = each.staff.to_string();
                let words = format!("{staff} {} {}", name(app, each.staff), about(each, s.t));
                let chosen = chosen(&staff);
                (staff, words, chosen)
            })
            .collect(),
        may_decline: hall.window(id).is_some_and(|at| at.paused.is_some()),
    }
}

/// The queue of the window before which most wait: the effect is told of it.
fn busiest(hall: &Hall, window: WindowId) -> Option<QueueId> {
    let lists = hall.lists_of(window)?;
    let queues = lists.primary.iter().copied();
    queues.max_by_key(|queue| hall::order::waiting(hall, *queue))
}

fn offer(
    app: &App,
    queue: Option<QueueId>,
    each: StandsBy,
    tried: &Option<Tried>,
    texts: &Texts,
) -> Offer {
    let effect = queue.zip(tried.as_ref());
    let effect = effect.map(|(queue, tried)| offers::offer(app, queue, tried, 0, texts));
    let (effect, price) = match effect {
        Some(offer) => (offer.effect, format!("{} {}", offer.price, offer.sure)),
        None => (texts.get("act.stand_in_unknown").to_owned(), String::new()),
    };
    let staff = each.staff.to_string();
    let title =
        format!("{} {}", texts.fill("pages.staff", &[("no", &staff)]), name(app, each.staff));
    let (helps, button) = (false, String::new());
    Offer { staff, title, about: about(each, texts), effect, price, helps, button }
}

fn name(app: &App, staff: StaffNo) -> String {
    let post = app.profile.posts.iter().find(|post| post.no == staff);
    post.map_or(String::new(), |post| post.name.clone())
}

fn about(each: StandsBy, texts: &Texts) -> String {
    let post = match each.role {
        Some(PostRole::Primary) => "act.post_a",
        Some(PostRole::StandIn) => "act.post_b",
        None => "act.post_none",
    };
    let place = match each.works_at {
        Some(window) => texts.fill("act.works_at", &[("window", &window)]),
        None => texts.get("act.works_nowhere").to_owned(),
    };
    format!("{}{}{place}", texts.get(post), texts.get("pages.join"))
}

/// Every window where somebody is away for long, and the one that is asked about.
pub(in crate::pages::board) fn away(
    app: &App,
    hall: &Hall,
    asked: Option<WindowId>,
    s: &Shell,
) -> Vec<Away> {
    let mut absences = absences::of(hall, app.now());
    if let Some(window) = asked
        && absences.iter().all(|each| each.window != window)
    {
        let (reason, since) = hall.away_since(window, app.now()).unwrap_or((None, app.now()));
        let absent = hall.staff_at(window).or_else(|| hall.setup().primary_at(window));
        absences.push(Absence { window, absent, reason, since });
    }
    let line = |each: Absence| Away {
        window: each.window.to_string(),
        text: told(app, hall, each, s),
        decided: decided(app, hall, each.window, s),
        here: asked == Some(each.window),
    };
    absences.into_iter().map(line).collect()
}

fn told(app: &App, hall: &Hall, each: Absence, s: &Shell) -> String {
    let who = match each.absent {
        Some(staff) => s.t.fill("pages.staff", &[("no", &staff)]),
        None => s.t.get("act.nobody_posted").to_owned(),
    };
    let since = written::time(&app.clock, each.since);
    let why = each.reason.map(|reason| s.t.get(&format!("pause_reason.{reason}")).to_owned());
    let is_at_work = why.is_none() && hall.staff_at(each.window).is_some();
    let key = match (&why, is_at_work) {
        (Some(_), _) => "act.away_paused",
        (None, true) => "act.away_not",
        (None, false) => "act.away_empty",
    };
    let why = why.unwrap_or_default();
    let told: [(&str, &dyn std::fmt::Display); 4] =
        [("window", &each.window), ("who", &who), ("why", &why), ("since", &since)];
    s.t.fill(key, &told)
}

/// What was decided about a window, in words; empty if nothing was.
fn decided(app: &App, hall: &Hall, window: WindowId, s: &Shell) -> String {
    let found = hall.stand_in_verdicts().find(|(at, _)| *at == window);
    let Some((_, verdict)) = found else { return String::new() };
    let reason = verdict.reason.clone().unwrap_or_default();
    match verdict.staff {
        Some(staff) => {
            let until = until(app, verdict.until, s);
            let said = s.t.fill("act.may_come", &[("staff", &staff), ("until", &until)]);
            match &verdict.by {
                Actor::Staff(by) => {
                    let by = s.t.fill("act.approved_by", &[("staff", by)]);
                    format!("{said}{by}")
                }
                Actor::Hall | Actor::Device(_) | Actor::Citizen | Actor::System(_) => said,
            }
        }
        None => s.t.fill("act.nobody_comes", &[("reason", &reason)]),
    }
}

fn until(app: &App, until: Option<Timestamp>, s: &Shell) -> String {
    let day = || s.t.get("act.until_day").to_owned();
    until.map_or_else(day, |at| s.t.fill("act.until", &[("time", &written::time(&app.clock, at))]))
}

/// Approvals that hold, and what was declined.
pub(super) fn running(app: &App, hall: &Hall, s: &Shell) -> impl Iterator<Item = Running> {
    let lines: Vec<Running> = hall
        .stand_in_verdicts()
        .map(|(window, verdict)| {
            let said = decided(app, hall, window, s);
            let text = s.t.fill("act.running_stand_in", &[("window", &window), ("said", &said)]);
            let does = if verdict.staff.is_some() { "end-stand-in" } else { "" };
            Running { text, does, window: window.to_string(), queue: String::new() }
        })
        .collect();
    lines.into_iter()
}
