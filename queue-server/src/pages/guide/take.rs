//! 取号 for a person: the item is found, what to bring is asked, and a number taken.

use askama::Template;
use axum::{Form, extract::State, response::Response};
use hall::{
    Hall, forecast,
    ids::{ItemId, QueueId, StaffNo},
    setup::Item,
    words::{Channel, PriorityClass, people::GrantReason},
};
use serde::Deserialize;
use wire::{
    catalogue::Identity,
    http::{IssueRequest, booking::DocumentText, desk::HelperRequest},
    texts::Texts,
    wait::Told,
};

use super::{
    Desk,
    items::{self, Department, Row},
    order::{self, Giver, Way},
    written,
};
use crate::{
    access::Role,
    http::{address::Path, body::Body, caller::Caller, tickets},
    pages::{Shared, named::Names, written as words},
};

/// Items that are read from an address; the rules of the hall have the last word.
const ITEMS_READ_MAX: usize = 16;

/// The first sight: what somebody came for is looked for.
#[derive(Template)]
#[template(path = "guide_search.html")]
struct Search {
    t: &'static Texts,
    /// The panel it leads to.
    panel: &'static str,
    find: String,
    /// Items that were chosen before, for 一次多办: the first, and those behind it.
    before: Option<(String, String)>,
    /// Where an item leads: its code is written behind.
    lead: String,
    /// The queue whose items are shown.
    queue: Option<String>,
    version: String,
    /// Names the asking that keeps what was not found.
    again: String,
    wishable: Vec<(String, String)>,
    rows: Vec<Row>,
    departments: Vec<Department>,
}

/// A class to be granted, and for what.
pub struct Grant {
    pub value: &'static str,
    pub name: String,
}

/// The departments that a wish may be for: as the record knows them, and as they are read.
fn wishable(names: Names<'_>, hall: &Hall) -> Vec<(String, String)> {
    let departments = hall.setup().departments().iter();
    departments.map(|each| (each.name.clone(), names.department(each.id))).collect()
}

/// A leg of a number for several items.
struct Stop {
    name: String,
    state: String,
    open: bool,
    /// The address without it.
    without: String,
}

/// The second: what to bring, who it is for, and the order.
#[derive(Template)]
#[template(path = "guide_take.html")]
struct Take {
    t: &'static Texts,
    again: String,
    item: String,
    queue: String,
    then: String,
    title: String,
    under: String,
    facts_version: String,
    facts: Vec<(String, String, String)>,
    closed: Option<String>,
    bring: Vec<String>,
    stops: Vec<Stop>,
    /// The address at which another item is looked for.
    more: Option<String>,
    who: Who,
    /// The hall has a plan.
    has_map: bool,
}

/// Who it is for: the fields that every number asks for.
#[derive(Default)]
pub struct Who {
    pub soldiers: Vec<Grant>,
    pub green: Vec<Grant>,
    /// 特事特办 is this person's to give.
    pub special: bool,
    /// 身份证件: what the queue asks a kiosk for; none: nobody is asked.
    pub identity: Option<String>,
    /// 无声叫号 is asked with it.
    pub asks_silent: bool,
    /// 帮办: who takes it may go along; none if nobody is known by a number.
    pub escorts: Option<StaffNo>,
}

impl Desk<'_> {
    /// The panel 取号.
    pub(super) fn take(&self) -> String {
        let first = self.first();
        match first {
            Some((queue, item)) if self.asked.more.is_none() => {
                self.app.read(|hall| written(&self.form(hall, queue, item)))
            }
            Some(_) | None => self.search("take"),
        }
    }

    /// What was chosen: an item that there is, or a whole queue.
    fn first(&self) -> Option<(QueueId, Option<ItemId>)> {
        self.app.read(|hall| {
            let item = self.asked.item.parse().ok().and_then(|item| hall.item(item));
            if let Some(item) = item {
                return Some((item.queue, Some(item.id)));
            }
            let queue = self.asked.whole.parse().ok()?;
            let queue = hall.setup().queue(queue).filter(|queue| queue.issued)?;
            Some((queue.id, None))
        })
    }

    /// The search, which leads to a panel.
    pub(super) fn search(&self, panel: &'static str) -> String {
        let asked = self.asked;
        let find = asked.find.trim().to_owned();
        let chosen = if asked.more.is_some() { self.chosen() } else { Vec::new() };
        let before = chosen.split_first().map(|(first, rest)| (first.clone(), rest.join(",")));
        let lead = match &before {
            None => format!("/guide?do={panel}&item="),
            Some((first, rest)) if rest.is_empty() => {
                format!("/guide?do={panel}&item={first}&then=")
            }
            Some((first, rest)) => format!("/guide?do={panel}&item={first}&then={rest},"),
        };
        let hits = items::hits(self.app, &find);
        let view = self.app.read(|hall| {
            let queue: Option<QueueId> = asked.queue.parse().ok();
            let queue = queue.filter(|_| find.is_empty()).and_then(|id| hall.setup().queue(id));
            let rows = match queue {
                Some(queue) => self.of_queue(hall, queue.id),
                None => self.found(hall, &find, &hits),
            };
            // Another item of the same number is an item, never a whole queue.
            let alone = before.is_none() && panel == "take";
            let rows: Vec<Row> =
                rows.into_iter().filter(|row| alone || !row.item.is_empty()).collect();
            let all = find.is_empty() && queue.is_none();
            let departments = if all { self.departments(hall) } else { Vec::new() };
            let shown = departments.iter().flat_map(|each| &each.queues).chain(&rows);
            let states: String =
                shown.map(|row| format!("{}{}{};", row.item, row.queue, row.state)).collect();
            Search {
                t: self.texts,
                panel,
                version: format!("{find}|{}|{states}", asked.queue),
                queue: queue.map(|queue| self.names().queue(queue.id)),
                again: order::name(),
                wishable: wishable(self.names(), hall),
                find,
                before,
                lead,
                rows,
                departments,
            }
        });
        written(&view)
    }

    /// Every item that was chosen, the first first.
    fn chosen(&self) -> Vec<String> {
        let then = self.asked.then.split(',').filter(|each| !each.is_empty());
        let all = std::iter::once(self.asked.item.as_str()).filter(|item| !item.is_empty());
        all.chain(then).map(str::to_owned).take(ITEMS_READ_MAX).collect()
    }

    fn form(&self, hall: &Hall, queue: QueueId, item: Option<ItemId>) -> Take {
        let texts = self.texts;
        let setup = hall.setup();
        let found = item.and_then(|item| hall.item(item));
        let known = setup.queue(queue);
        let names = self.names();
        let name = names.queue(queue);
        let zone = known.and_then(|queue| setup.zone(queue.zone));
        let place = zone.map_or_else(String::new, |zone| names.place(zone));
        let (state, open) =
            known.map_or((String::new(), false), |queue| self.state_of(hall, queue, item));
        let facts = self.facts(hall, queue, place);
        let all = self.chosen();
        let most = usize::from(setup.rules().legs.items_max);
        let then: Vec<&Item> = then_of(hall, &self.asked.then);
        let mut bring: Vec<String> = Vec::new();
        for each in found.into_iter().chain(then.iter().copied()).flat_map(|item| &item.bring) {
            let paper = names.paper(each);
            if !bring.contains(&paper) {
                bring.push(paper);
            }
        }
        Take {
            t: texts,
            again: order::name(),
            item: item.map_or_else(String::new, |item| item.to_string()),
            queue: queue.to_string(),
            then: then.iter().map(|item| item.id.to_string()).collect::<Vec<_>>().join(","),
            title: found.map_or_else(|| name.clone(), |item| names.item(item)),
            under: if found.is_some() { name } else { String::new() },
            facts_version: facts.iter().map(|fact| format!("{}{};", fact.1, fact.2)).collect(),
            facts,
            closed: (!open).then_some(state),
            bring,
            stops: self.stops(hall, item, &then),
            more: item.filter(|_| all.len() < most).map(|item| {
                format!("/guide?do=take&item={item}&then={}&more=1", all[1..].join(","))
            }),
            who: self.who(queue),
            has_map: self.app.profile.details.map.is_some(),
        }
    }

    /// The fields of a number of this queue.
    pub(super) fn who(&self, queue: QueueId) -> Who {
        let asks = self.app.profile.details.identities.iter().find(|(id, _)| *id == queue);
        let identity = match asks.map(|(_, identity)| *identity) {
            None | Some(Identity::None) => None,
            Some(Identity::Optional) => Some("guide.identity_optional"),
            Some(Identity::Required) => Some("guide.identity_required"),
        };
        Who {
            soldiers: grants(self.texts, PriorityClass::Military),
            green: grants(self.texts, PriorityClass::Vulnerable),
            special: self.reader.identity.role != Role::Guide,
            identity: identity.map(|key| self.texts.get(key).to_owned()),
            asks_silent: true,
            escorts: self.reader.identity.staff,
        }
    }

    /// Label, figure and what belongs to it: people ahead, range, windows.
    fn facts(&self, hall: &Hall, queue: QueueId, place: String) -> Vec<(String, String, String)> {
        let (texts, now) = (self.texts, self.app.now());
        let said = |key: &str| texts.get(key).to_owned();
        let ahead = |class| forecast::ahead_of_newcomer(hall, queue, class, now);
        let first = ahead(PriorityClass::Vulnerable);
        let comer = (queue, PriorityClass::Ordinary);
        let wait = self.app.forecasts.wait_of_newcomer(hall, comer, now);
        let windows = hall.windows_to_go(queue, PriorityClass::Ordinary);
        let windows: Vec<String> = windows.iter().map(ToString::to_string).collect();
        let windows = if windows.is_empty() {
            words::NOBODY.to_owned()
        } else {
            windows.join(texts.get("pages.join"))
        };
        vec![
            (
                said("guide.fact_ahead"),
                ahead(PriorityClass::Ordinary).to_string(),
                texts.fill("guide.fact_first", &[("n", &first)]),
            ),
            (
                said("guide.fact_wait"),
                words::wait(wait.map(Into::into), texts),
                match Told::of(wait.map(Into::into)) {
                    Told::OverAnHour => said("guide.fact_wait_long"),
                    Told::Between(..) => said("guide.fact_wait_unit"),
                    Told::Nothing if self.app.forecasts.is_silent(queue) => {
                        said("guide.fact_wait_silent")
                    }
                    Told::Nothing => said("guide.fact_wait_none"),
                },
            ),
            (said("guide.fact_windows"), windows, place),
        ]
    }

    /// 一次多办: what comes with the same number, in its order.
    fn stops(&self, hall: &Hall, first: Option<ItemId>, then: &[&Item]) -> Vec<Stop> {
        let Some(first) = first.filter(|_| !then.is_empty()) else { return Vec::new() };
        let ids: Vec<String> = std::iter::once(first.to_string())
            .chain(then.iter().map(|item| item.id.to_string()))
            .collect();
        let stop = |(place, id): (usize, &String)| {
            let item = id.parse().ok().and_then(|id: ItemId| hall.item(id))?;
            let queue = hall.setup().queue(item.queue)?;
            let (state, open) = self.state_of(hall, queue, Some(item.id));
            let rest: Vec<&str> = ids
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != place)
                .map(|(_, id)| id.as_str())
                .collect();
            let without = format!("/guide?do=take&item={}&then={}", rest[0], rest[1..].join(","));
            Some(Stop { name: self.names().item(item), state, open, without })
        };
        ids.iter().enumerate().filter_map(stop).collect()
    }
}

/// Items of the address that there are.
fn then_of<'h>(hall: &'h Hall, then: &str) -> Vec<&'h Item> {
    let ids = then.split(',').filter_map(|id| id.parse().ok());
    ids.filter_map(|id| hall.item(id)).take(ITEMS_READ_MAX).collect()
}

fn grants(texts: &Texts, class: PriorityClass) -> Vec<Grant> {
    let of_class = GrantReason::ALL.iter().filter(|reason| reason.class() == class);
    let grant = |reason: &GrantReason| Grant {
        value: reason.as_str(),
        name: texts.get(&format!("grant_reason.{reason}")).to_owned(),
    };
    of_class.map(grant).collect()
}

/// What the form says.
#[derive(Deserialize)]
pub struct Wanted {
    again: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    queue: String,
    #[serde(default)]
    then: String,
    /// 优先事由, `special`, or nothing.
    #[serde(default)]
    grant: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    document: String,
    #[serde(default)]
    silent: String,
    /// 帮办: whoever takes it goes along.
    #[serde(default)]
    helper: String,
    /// The slip is wanted.
    #[serde(default)]
    print: String,
}

/// A class with its reason, as a form says it.
pub struct Granted {
    pub class: PriorityClass,
    pub reason: Option<GrantReason>,
    pub note: Option<String>,
}

impl Granted {
    /// Reads what was chosen; nothing that is known is 普通.
    pub fn read(grant: &str, note: &str) -> Self {
        let reason = GrantReason::parse(grant);
        let class = match (grant, reason) {
            ("special", _) => PriorityClass::Special,
            (_, Some(reason)) => reason.class(),
            (_, None) => PriorityClass::Ordinary,
        };
        let note = Some(note.trim().to_owned()).filter(|note| !note.is_empty());
        Self { class, reason, note: note.filter(|_| class != PriorityClass::Ordinary) }
    }
}

/// What was typed as a document; none if the field was left empty.
pub fn document(text: String) -> Option<DocumentText> {
    (!text.trim().is_empty()).then(|| DocumentText(text))
}

/// `POST /guide/take`.
pub async fn order(
    State(app): Shared,
    giver: Giver,
    Form(form): Form<Wanted>,
) -> Result<Response, Response> {
    let item: Option<ItemId> = form.item.parse().ok();
    let queue: Option<QueueId> = form.queue.parse().ok();
    let then = app.read(|hall| then_of(hall, &form.then).iter().map(|item| item.id).collect());
    let body = IssueRequest {
        item,
        queue: queue.filter(|_| item.is_none()),
        silent: !form.silent.is_empty(),
        document: document(form.document),
        then,
        ..request(form.again, &Granted::read(&form.grant, &form.note))
    };
    taken(
        State(app),
        giver.caller,
        giver.way,
        body,
        &Then { said: "taken", prints: !form.print.is_empty(), helps: !form.helper.is_empty() },
    )
    .await
}

/// A number of this class for somebody, not yet said for what.
pub fn request(request_id: String, granted: &Granted) -> IssueRequest {
    IssueRequest {
        item: None,
        queue: None,
        request_id,
        channel: Channel::GuideDesk,
        priority: granted.class,
        priority_reason: granted.reason,
        priority_note: granted.note.clone(),
        paper: false,
        silent: false,
        document: None,
        agent: None,
        then: Vec::new(),
        pipeline: None,
        picks_up: None,
        booking: None,
        late_as_walk_in: false,
    }
}

/// What follows on a number.
pub struct Then<'a> {
    /// What is said where it is shown.
    pub said: &'a str,
    /// Its slip is printed.
    pub prints: bool,
    /// 帮办: whoever takes it goes along.
    pub helps: bool,
}

/// Takes the number and leads to it.
pub async fn taken(
    state: Shared,
    caller: Caller,
    way: Way,
    body: IssueRequest,
    then: &Then<'_>,
) -> Result<Response, Response> {
    let print = if then.prints { "&print=first" } else { "" };
    let said = then.said;
    let helper = caller.identity.staff.filter(|_| then.helps);
    let request_id = format!("{} helped", body.request_id);
    match tickets::issue::issue(State(state.0.clone()), caller.clone(), Body(body)).await {
        Ok((_, answer)) => {
            let id = answer.ticket.id.0;
            if helper.is_some() {
                // The number is there whatever comes of this; what it does not show can be noted again.
                let body = Body(HelperRequest { request_id, helper });
                let _ = tickets::helper::helper(state, caller, Path(id), body).await;
            }
            Ok(way.goes(&format!("/guide?do=find&tickets={id}&said={said}{print}")))
        }
        // One live number for a person and a queue: here it is.
        Err(no) => match no.problem.ticket {
            Some(held) => {
                let place = format!("/guide?do=find&tickets={}&said=has_ticket", held.0);
                Ok(way.goes(&place))
            }
            None => Err(order::refused(no)),
        },
    }
}
