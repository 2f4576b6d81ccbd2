//! 没有脚本的浏览器: the desk's keys as forms. Each is the very asking that the page's script makes, so the
//! rules, the refusals and the record are the same.
//!
//! A page is named once, when it is written: a button pressed twice is one asking. Orders that stand in the
//! audit trail have addresses of their own, by which the trail knows them.

use std::sync::Arc;

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use wire::texts::Texts;

use super::{Said, Wanted, draw};
use crate::{
    access::Role,
    app::App,
    http::{
        address::Path,
        body::Body,
        caller::Caller,
        problem::{ApiCode, Refused},
        tickets, windows,
    },
    pages::{Shared, guard::Reader, guide::order::words},
};

/// Orders of `/desk/order`, and what is said when they are done.
const ORDERS: &[(&str, &str)] = &[
    ("call-next", "desk.done"),
    ("call", "desk.done"),
    ("recall", "desk.recall_done"),
    ("start", "desk.start_done"),
    ("finish", "desk.finish_done"),
    ("no-show", "desk.no_show_done"),
    ("hold", "desk.hold_done"),
    ("call-back", "desk.call_back_done"),
    ("pause", "desk.paused_done"),
    ("resume", "desk.resume_done"),
    ("notice", "desk.notice_done"),
    ("accept", "desk.accept_done"),
    ("decline", "desk.decline_done"),
    ("deliver", "desk.deliver_done"),
    ("next-leg", "desk.next_leg_done"),
    ("drop-stops", "desk.drop_stops_done"),
    ("silent", "desk.done"),
    ("helper", "desk.helped_done"),
    ("unhelp", "desk.unhelped_done"),
    ("reactivate", "desk.reactivated_done"),
    ("print", ""),
];

/// Orders of `/desk/send`.
const SENDS: &[(&str, &str)] = &[("send", "desk.send_done")];

/// Orders of `/desk/verify`.
const VERIFIES: &[(&str, &str)] = &[("verify", "desk.verified_done"), ("unfit", "desk.unfit_done")];

/// Orders of `/desk/take-back`.
const TAKES_BACK: &[(&str, &str)] = &[("take-back", "desk.done")];

/// Orders of `/desk/duty`.
const DUTIES: &[(&str, &str)] =
    &[("sign-on", "desk.sign_on_done"), ("sign-off", "desk.signed_off")];

/// What a form says: a field for each tick.
type Fields = Vec<(String, String)>;

/// What is said on the page to which a done order leads; nothing of what is no order.
pub(super) fn done(order: &str, texts: &Texts) -> Option<String> {
    let known = [ORDERS, SENDS, VERIFIES, TAKES_BACK, DUTIES].into_iter().flatten();
    let (_, key) = known.into_iter().find(|(name, key)| *name == order && !key.is_empty())?;
    Some(texts.get(key).to_owned())
}

/// `POST /desk/order`: what is an event of the hall and nothing more.
pub async fn order(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<Fields>,
) -> Result<Response, Response> {
    answer(&app, &reader, &Asked { fields, among: ORDERS }).await
}

/// `POST /desk/send`: 转移, 转收费, 联办下一环节, 回原窗口.
pub async fn send(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<Fields>,
) -> Result<Response, Response> {
    answer(&app, &reader, &Asked { fields, among: SENDS }).await
}

/// `POST /desk/verify`: 核验证件.
pub async fn verify(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<Fields>,
) -> Result<Response, Response> {
    answer(&app, &reader, &Asked { fields, among: VERIFIES }).await
}

/// `POST /desk/take-back`: 撤回.
pub async fn take_back(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<Fields>,
) -> Result<Response, Response> {
    answer(&app, &reader, &Asked { fields, among: TAKES_BACK }).await
}

/// `POST /desk/duty`: 上岗, 下岗.
pub async fn duty(
    State(app): Shared,
    reader: Reader,
    Form(fields): Form<Fields>,
) -> Result<Response, Response> {
    answer(&app, &reader, &Asked { fields, among: DUTIES }).await
}

/// A form, and the orders it may give.
struct Asked {
    fields: Fields,
    among: &'static [(&'static str, &'static str)],
}

impl Asked {
    fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.trim())
    }

    fn fields(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The order, and what it is about: "pause:meal".
    fn order(&self) -> (&'static str, &str) {
        let (order, about) =
            self.field("order").split_once(':').unwrap_or((self.field("order"), ""));
        let known = self.among.iter().find(|(name, _)| *name == order);
        (known.map_or("", |(name, _)| *name), about)
    }

    /// What is asked: the page's name for it, and these fields if they were filled in.
    fn wish(&self, fields: &[(&str, &str)]) -> Map<String, Value> {
        let mut wish = Map::new();
        wish.insert("request_id".to_owned(), json!(format!("plain {}", self.field("again"))));
        for (theirs, ours) in fields.iter().filter(|(_, ours)| !self.field(ours).is_empty()) {
            wish.insert((*theirs).to_owned(), json!(self.field(ours)));
        }
        wish
    }

    /// The same about a case.
    fn case_wish(&self) -> Map<String, Value> {
        self.wish(&[("case", "case_no"), ("item", "item")])
    }
}

/// Who asks for what, where.
struct Asking<'a> {
    app: &'a Arc<App>,
    caller: Caller,
    asked: &'a Asked,
}

/// What came of an order that was done.
type Told = Result<Option<Said>, Refused>;

async fn answer(app: &Arc<App>, reader: &Reader, asked: &Asked) -> Result<Response, Response> {
    reader.must_be(&[Role::Desk])?;
    let caller = Caller { identity: reader.identity.clone(), language: reader.language };
    let (order, _) = asked.order();
    let window = asked.field("window");
    let here = |said: Option<Said>| {
        let wanted = Wanted { window: Some(window.to_owned()), ..Wanted::default() };
        draw(app, reader, &wanted, said)
    };
    match (Asking { app, caller, asked }).gives(order).await {
        Ok(None) => {
            let window: String = window.chars().filter(char::is_ascii_alphanumeric).collect();
            Ok(Redirect::to(&format!("/desk?window={window}&said={order}")).into_response())
        }
        Ok(said) => Ok(here(said)),
        Err(no) => {
            let status = no.status();
            let said = Said { is_done: false, text: words(&no), page: String::new() };
            Ok((status, here(Some(said))).into_response())
        }
    }
}

impl Asking<'_> {
    /// What a form says, in the form of the interface.
    fn body<T: DeserializeOwned>(&self, wish: Map<String, Value>) -> Result<Body<T>, Refused> {
        let read = serde_json::from_value(Value::Object(wish));
        read.map(Body).map_err(|_| Refused::api(ApiCode::BadBody, self.caller.language))
    }

    async fn gives(&self, order: &str) -> Told {
        let asked = self.asked;
        let (state, caller) = (State(self.app.clone()), self.caller.clone());
        let at = Path(asked.field("window").to_owned());
        let plain = || self.body(asked.wish(&[]));
        let (_, about) = asked.order();
        let said = match order {
            "call-next" => {
                windows::call_next::call_next(state, caller, at, self.body(asked.wish(&[]))?)
                    .await
                    .map(drop)
            }
            "call" => {
                let no = asked.field("no").to_uppercase();
                let wish = self.with("no", json!(no));
                windows::call::call(state, caller, at, self.body(wish)?).await.map(drop)
            }
            "recall" => windows::recall::recall(state, caller, at, plain()?).await.map(drop),
            "start" => windows::start::start(state, caller, at, plain()?).await.map(drop),
            "no-show" => windows::no_show::no_show(state, caller, at, plain()?).await.map(drop),
            "hold" => windows::hold::hold(state, caller, at, plain()?).await.map(drop),
            "call-back" => {
                let wish = self.with("no", json!(about));
                windows::call_back::call_back(state, caller, at, self.body(wish)?).await.map(drop)
            }
            "resume" => windows::resume::resume(state, caller, at, plain()?).await.map(drop),
            "drop-stops" => {
                windows::drop_stops::drop_stops(state, caller, at, plain()?).await.map(drop)
            }
            "silent" => {
                windows::set_silent::set_silent(state, caller, at, plain()?).await.map(drop)
            }
            "helper" | "unhelp" => {
                let wish = self.with("helped", json!(order == "helper"));
                windows::set_helper::set_helper(state, caller, at, self.body(wish)?).await.map(drop)
            }
            "next-leg" => {
                let body = self.body(asked.wish(&[]))?;
                windows::next_leg::next_leg(state, caller, at, body).await.map(drop)
            }
            "finish" => {
                let mut wish = asked.wish(&[("case", "case"), ("item", "item")]);
                let copies: Option<u16> = asked.field("copies").parse().ok();
                wish.extend(copies.map(|copies| ("copies".to_owned(), json!(copies))));
                windows::finish::finish(state, caller, at, self.body(wish)?).await.map(drop)
            }
            "pause" => {
                let mut wish = asked.wish(&[("whereabouts", "where")]);
                wish.insert("reason".to_owned(), json!(about));
                windows::pause::pause(state, caller, at, self.body(wish)?).await.map(drop)
            }
            "reactivate" => {
                let id = Path(about.parse().unwrap_or_default());
                let body = self.body(asked.wish(&[]))?;
                tickets::reactivate::reactivate(state, caller, id, body).await.map(drop)
            }
            "sign-on" => {
                let body = self.body(asked.wish(&[]))?;
                windows::sign_on::sign_on(state, caller, at, body).await.map(drop)
            }
            "sign-off" => windows::sign_off::sign_off(state, caller, at, plain()?).await.map(drop),
            "take-back" => {
                windows::take_back::take_back(state, caller, at, plain()?).await.map(drop)
            }
            "verify" | "unfit" => {
                let wish = self.with("fits", json!(order == "verify"));
                windows::verify::verify(state, caller, at, self.body(wish)?).await.map(drop)
            }
            "send" => self.sends().await,
            "notice" | "accept" | "decline" | "deliver" | "print" => {
                return self.papers(order, about).await;
            }
            _ => Err(Refused::api(ApiCode::BadBody, self.caller.language)),
        };
        said.map(|()| None)
    }

    fn with(&self, name: &str, value: Value) -> Map<String, Value> {
        let mut wish = self.asked.wish(&[]);
        wish.insert(name.to_owned(), value);
        wish
    }

    /// What is noted of the case, and its papers.
    async fn papers(&self, order: &str, about: &str) -> Told {
        let asked = self.asked;
        let (state, caller) = (State(self.app.clone()), self.caller.clone());
        let at = Path(asked.field("window").to_owned());
        let mut wish = asked.case_wish();
        match order {
            "notice" => {
                let listed = asked.fields("missing").filter_map(|no| no.parse::<u8>().ok());
                let named = Some(asked.field("missing_other")).filter(|name| !name.is_empty());
                let missing = listed.map(|no| json!({ "no": no }));
                let missing = missing.chain(named.map(|name| json!({ "name": name })));
                wish.insert("missing".to_owned(), missing.collect());
                windows::notice::notice(state, caller, at, self.body(wish)?).await.map(drop)?;
            }
            "accept" => {
                let told = windows::accept::accept(state, caller, at, self.body(wish)?).await?;
                if let Some(due) = &told.due {
                    let text =
                        Texts::of(self.caller.language).fill("desk.accept_until", &[("date", due)]);
                    return Ok(Some(Said { is_done: true, text, page: String::new() }));
                }
            }
            "decline" => {
                wish.insert(
                    "reasons".to_owned(),
                    asked.fields("decline").map(Value::from).collect(),
                );
                windows::decline::decline(state, caller, at, self.body(wish)?).await.map(drop)?;
            }
            "deliver" => {
                let wish = self.with("delivery", json!(about));
                windows::deliver::deliver(state, caller, at, self.body(wish)?).await.map(drop)?;
            }
            _ => {
                let wish = Map::from_iter([("paper".to_owned(), json!(about))]);
                let told = windows::print::print(state, caller, at, self.body(wish)?).await?.0;
                let page = told.page.unwrap_or_default();
                return Ok(Some(Said { is_done: page.is_empty(), text: told.said, page }));
            }
        }
        Ok(None)
    }

    /// To where the list points: the same words as the page's script reads.
    async fn sends(&self) -> Result<(), Refused> {
        let asked = self.asked;
        let (state, caller) = (State(self.app.clone()), self.caller.clone());
        let at = Path(asked.field("window").to_owned());
        let plain = || self.body(asked.wish(&[]));
        let to = asked.field("to");
        let (kind, id) = to.split_once(':').unwrap_or((to, ""));
        match kind {
            "return" => windows::send_back::send_back(state, caller, at, plain()?).await.map(drop),
            "to-cashier" => {
                windows::to_cashier::to_cashier(state, caller, at, plain()?).await.map(drop)
            }
            "next-leg" => {
                let body = self.body(asked.wish(&[]))?;
                windows::next_leg::next_leg(state, caller, at, body).await.map(drop)
            }
            "pipeline" => {
                let body = self.body(self.with("pipeline", json!(id)))?;
                windows::next_leg::next_leg(state, caller, at, body).await.map(drop)
            }
            "queue" | "window" => {
                let mut wish = asked.wish(&[("reason", "why")]);
                let field = if kind == "queue" { "queue" } else { "to_window" };
                wish.insert(field.to_owned(), json!(id));
                windows::transfer::transfer(state, caller, at, self.body(wish)?).await.map(drop)
            }
            _ => {
                let mut no = Refused::api(ApiCode::BadBody, self.caller.language);
                Texts::of(self.caller.language)
                    .get("desk.send_none")
                    .clone_into(&mut no.problem.title);
                no.problem.detail = None;
                Err(no)
            }
        }
    }
}
