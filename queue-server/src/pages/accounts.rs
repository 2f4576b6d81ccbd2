//! 账号与凭证: what the security administrator sees and does. What is of the hall is not to be seen here.

use askama::Template;
use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    ids::{StaffNo, WindowId},
    time::Timestamp,
};
use serde::Deserialize;
use wire::texts::Texts;

use super::{Shared, guard::Reader, html, shell::Shell};
use crate::{
    access::{self, Account, Credential, Fault, Person, Refusal, Role},
    app::App,
    http::audited::Told,
};

/// Characters of a made password: 80 random bits.
const MADE_LENGTH: usize = 20;

/// The longest name on a plate.
const NAME_CHARS_MAX: usize = 40;

struct AccountRow {
    no: String,
    name: String,
    role: String,
    windows: String,
    /// `off`, `yellow` or nothing.
    level: &'static str,
    state: String,
    sessions: usize,
    last: String,
    disabled: bool,
    locked: bool,
    /// One's own: neither locked nor changed by oneself.
    is_own: bool,
    /// The roles to choose from, and whether it is this one.
    roles: Vec<(&'static str, String, bool)>,
}

struct CredentialRow {
    name: String,
    role: String,
    windows: String,
}

/// What was done, or why not.
#[derive(Default)]
struct Said {
    words: String,
    is_no: bool,
    /// Shown once and never again.
    secret: String,
}

struct View {
    said: Said,
    accounts: Vec<AccountRow>,
    credentials: Vec<CredentialRow>,
    roles: Vec<(&'static str, String)>,
    summary: String,
}

#[derive(Template)]
#[template(path = "accounts.html")]
struct Page {
    s: Shell,
    a: View,
}

/// `GET /accounts`.
pub async fn page(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be_one_of(&[Role::Security])?;
    shown(&app, &reader, Said::default())
}

/// What a form of the page asks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    act: String,
    no: String,
    name: String,
    role: String,
    windows: String,
    credential: String,
    confirm: Option<String>,
}

/// What came of it.
enum Came {
    /// It was done.
    Done,
    /// It was done, and this is to be shown once.
    Secret(&'static str, String),
    /// It may not be.
    No(Refusal),
    /// The form is not one of ours.
    Nonsense(&'static str),
}

/// `POST /accounts`.
pub async fn act(
    State(app): Shared,
    reader: Reader,
    Form(asked): Form<Asked>,
) -> Result<Response, Response> {
    reader.must_be_one_of(&[Role::Security])?;
    // Hashing a password takes its time: on a thread that serves nobody else.
    let (acting, own) = (app.clone(), reader.identity.staff);
    let about = asked.about();
    let done = tokio::task::spawn_blocking(move || do_it(&acting, own, &asked)).await;
    let done = done.unwrap_or(Err(Fault::Random(String::new())));
    let texts = reader.texts;
    let (said, refused) = match done {
        Ok(Came::Done) => {
            let mut response = Redirect::to("/accounts").into_response();
            response.extensions_mut().insert(Told { about, ..Told::default() });
            return Ok(response);
        }
        Ok(Came::Secret(key, secret)) => {
            (Said { words: texts.get(key).to_owned(), is_no: false, secret }, None)
        }
        Ok(Came::No(refusal)) | Err(Fault::Refused(refusal)) => {
            let words = refusal.words(reader.language);
            (Said { words, is_no: true, secret: String::new() }, Some("account_rules".to_owned()))
        }
        Ok(Came::Nonsense(key)) => {
            let words = texts.get(key).to_owned();
            (Said { words, is_no: true, secret: String::new() }, Some("account_rules".to_owned()))
        }
        Err(fault) => {
            tracing::error!(%fault, "an account could not be changed");
            return Err(StatusCode::INTERNAL_SERVER_ERROR.into_response());
        }
    };
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let mut response = (status, shown(&app, &reader, said)?).into_response();
    response.extensions_mut().insert(Told { about, refused, ..Told::default() });
    Ok(response)
}

impl Asked {
    /// What the audit trail says of it.
    fn about(&self) -> String {
        let fields = [
            ("", &self.act),
            ("no=", &self.no),
            ("role=", &self.role),
            ("windows=", &self.windows),
            ("credential=", &self.credential),
        ];
        let told = fields.iter().filter(|(_, value)| !value.is_empty());
        told.map(|(name, value)| format!("{name}{value}")).collect::<Vec<_>>().join(" ")
    }

    fn windows(&self, app: &App) -> Result<Vec<WindowId>, Refusal> {
        let apart = |letter: char| letter == ' ' || letter == ',' || !letter.is_ascii();
        let words = self.windows.split(apart).filter(|word| !word.is_empty());
        let windows: Vec<WindowId> = words.filter_map(|word| word.parse().ok()).collect();
        let known = || app.profile.setup.windows().iter().map(|window| window.id);
        match windows.iter().find(|window| !known().any(|each| each == **window)) {
            Some(&window) => Err(Refusal::NoSuchWindow { window, known: known().collect() }),
            None => Ok(windows),
        }
    }
}

fn do_it(app: &App, own: Option<StaffNo>, asked: &Asked) -> Result<Came, Fault> {
    let access = &app.access;
    if asked.act == "revoke" {
        return revoke(app, &asked.credential);
    }
    let Ok(no) = asked.no.trim().parse::<StaffNo>() else {
        return Ok(Came::Nonsense("accounts.no_wrong"));
    };
    if own == Some(no) && asked.act != "end" {
        return Ok(Came::Nonsense("accounts.not_own"));
    }
    let there = |was_there: bool| {
        if was_there { Ok(Came::Done) } else { Ok(Came::No(Refusal::NoSuchSignIn(no))) }
    };
    match asked.act.as_str() {
        "open" => open(app, no, asked),
        // A slip on these costs somebody their work: they are meant only with the box ticked.
        "remove" | "lock" | "password" if asked.confirm.is_none() => {
            Ok(Came::Nonsense("accounts.confirm_first"))
        }
        "lock" => there(access.disable_person(no, true)?),
        "unlock" => there(access.disable_person(no, false)?),
        "free" => {
            access.free(no);
            there(access.has_person(no))
        }
        "end" => {
            access.end_sessions(no)?;
            there(access.has_person(no))
        }
        "password" => {
            let password = made_password()?;
            access.give_password(no, &password)?;
            Ok(Came::Secret("accounts.given", format!("{no}  {password}")))
        }
        "role" => match asked.role.parse::<Role>() {
            Ok(role) => access.change_role(no, role).map(|()| Came::Done),
            Err(_) => Ok(Came::Nonsense("accounts.role_wrong")),
        },
        "remove" => there(access.remove_person(no)?),
        _ => Ok(Came::Nonsense("accounts.role_wrong")),
    }
}

fn open(app: &App, no: StaffNo, asked: &Asked) -> Result<Came, Fault> {
    let name: String = asked.name.trim().chars().take(NAME_CHARS_MAX).collect();
    let role = asked.role.parse::<Role>().ok().filter(|role| role.is_person());
    let Some(role) = role else { return Ok(Came::Nonsense("accounts.role_wrong")) };
    let windows = match asked.windows(app) {
        Ok(windows) => windows,
        Err(refusal) => return Ok(Came::No(refusal)),
    };
    let name = if name.is_empty() { no.to_string() } else { name };
    let password = made_password()?;
    app.access.open_account(Person { no, name, role, windows }, &password)?;
    Ok(Came::Secret("accounts.opened", format!("{no}  {password}")))
}

fn revoke(app: &App, name: &str) -> Result<Came, Fault> {
    let Ok(name) = name.parse() else { return Ok(Came::Nonsense("accounts.no_wrong")) };
    app.pairings.void(name);
    if !app.access.revoke(name)? {
        return Ok(Came::No(Refusal::NoSuchCredential(name)));
    }
    app.devices_changed();
    Ok(Came::Done)
}

fn made_password() -> Result<String, Fault> {
    let mut secret = access::fresh_secret()?;
    secret.truncate(MADE_LENGTH);
    Ok(secret)
}

#[expect(clippy::result_large_err, reason = "the answer itself is what the page gives")]
fn shown(app: &App, reader: &Reader, said: Said) -> Result<Response, Response> {
    let s = Shell::of(app, reader, "/accounts");
    let failed = |fault: Fault| {
        tracing::error!(%fault, "the accounts cannot be read");
        StatusCode::INTERNAL_SERVER_ERROR.into_response()
    };
    let accounts = app.access.accounts().map_err(failed)?;
    let credentials = app.access.credentials().map_err(failed)?;
    let texts = s.t;
    let own = reader.identity.staff;
    let a = View {
        said,
        summary: summary(&accounts, credentials.len(), texts),
        accounts: accounts.iter().map(|account| row(app, account, own, texts)).collect(),
        credentials: credentials.iter().map(|each| credential(each, texts)).collect(),
        roles: people(texts).collect(),
    };
    Ok(html(&Page { s, a }))
}

fn summary(accounts: &[Account], credentials: usize, texts: &Texts) -> String {
    let off = accounts.iter().filter(|account| account.disabled).count();
    let open = accounts.iter().map(|account| account.sessions).sum::<usize>();
    let values: [(&str, &dyn std::fmt::Display); 4] =
        [("n", &accounts.len()), ("off", &off), ("open", &open), ("credentials", &credentials)];
    texts.fill("accounts.summary", &values)
}

/// The roles that people have.
fn people(texts: &Texts) -> impl Iterator<Item = (&'static str, String)> {
    let people = Role::ALL.into_iter().filter(|role| role.is_person());
    people.map(|role| (role.as_str(), word(role, texts)))
}

fn word(role: Role, texts: &Texts) -> String {
    texts.get(&format!("role.{}", role.as_str())).to_owned()
}

fn row(app: &App, account: &Account, own: Option<StaffNo>, texts: &Texts) -> AccountRow {
    let person = &account.person;
    let (level, state) = if account.disabled {
        ("off", texts.get("accounts.disabled").to_owned())
    } else if let Some(secs) = account.locked_secs {
        ("yellow", texts.fill("accounts.locked", &[("n", &secs.div_ceil(60))]))
    } else if account.must_change {
        ("", texts.get("accounts.must_change").to_owned())
    } else {
        ("", texts.get("accounts.in_use").to_owned())
    };
    let last = account.last.map(|(secs, from)| {
        let at = Timestamp(i64::try_from(secs).unwrap_or(0).saturating_mul(1_000));
        format!("{} · {from}", app.clock.written(at))
    });
    let windows: Vec<&str> = person.windows.iter().map(WindowId::as_str).collect();
    let roles = people(texts).map(|(value, name)| (value, name, value == person.role.as_str()));
    AccountRow {
        no: person.no.to_string(),
        name: person.name.clone(),
        role: word(person.role, texts),
        windows: windows.join(" "),
        level,
        state,
        sessions: account.sessions,
        last: last.unwrap_or_else(|| texts.get("accounts.never").to_owned()),
        disabled: account.disabled,
        locked: account.locked_secs.is_some(),
        is_own: own == Some(person.no),
        roles: roles.collect(),
    }
}

fn credential(credential: &Credential, texts: &Texts) -> CredentialRow {
    let windows: Vec<&str> = credential.windows.iter().map(WindowId::as_str).collect();
    CredentialRow {
        name: credential.name.to_string(),
        role: word(credential.role, texts),
        windows: windows.join(" "),
    }
}
