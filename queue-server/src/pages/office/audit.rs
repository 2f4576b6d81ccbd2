//! 操作审计: the trail as its readers see it, by day, person and kind, and whether its chain holds.

pub mod words;

use askama::Template;
use axum::{
    extract::{Query, State},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use wire::texts::Texts;

use super::csv;
use crate::{
    access::Role,
    app::App,
    audit::{Act, Kind, Outcome, Who, read::Found},
    pages::{Shared, guard::Reader, html, shell::Shell},
};

/// Lines on a page; whoever needs more asks for fewer days, or takes the file.
const LINES_MAX: usize = 500;

/// Lines of a file.
const FILE_LINES_MAX: usize = 50_000;

/// Days read at once: a quarter. More is a matter for `queue-server audit dump`.
const DAYS_MAX: i32 = 92;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    from: Option<String>,
    #[serde(default)]
    until: Option<String>,
    #[serde(default)]
    who: Option<String>,
    #[serde(default)]
    kind: Option<String>,
}

/// The same, understood.
struct Sought {
    from: Date,
    until: Date,
    who: String,
    kind: Option<Kind>,
}

struct Row {
    no: u64,
    at: String,
    who: String,
    role: String,
    from: String,
    kind: String,
    about: String,
    /// The same as the trail has it.
    written: String,
    why: String,
    outcome: String,
    /// `red` for what was refused or failed, or nothing.
    level: &'static str,
}

struct Choice {
    value: &'static str,
    name: String,
    here: bool,
}

struct View {
    subtitle: String,
    /// `yes`, `no`, or nothing before the first look.
    holds: &'static str,
    chain: String,
    head: String,
    rows: Vec<Row>,
    cut: String,
    broken: String,
    from: String,
    until: String,
    who: String,
    kinds: Vec<Choice>,
    query: String,
    may_check: bool,
    version_no: &'static str,
    made: String,
}

#[derive(Template)]
#[template(path = "office_audit.html")]
struct Page {
    s: Shell,
    a: View,
}

/// `GET /office/audit?from=2026-11-23&until=2026-11-23&who=1003&kind=sign_in`.
pub async fn page(
    State(app): Shared,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    reader.must_be_one_of(Role::READS_TRAIL)?;
    let s = Shell::of(&app, &reader, "/office/audit");
    let sought = Sought::of(&app, &asked);
    let found = find(&app, &sought, LINES_MAX).await;
    let a = fill(&app, &reader, &sought, &found, s.t);
    Ok(html(&Page { s, a }))
}

/// `GET /office/audit.csv`, with the same question.
pub async fn file(
    State(app): Shared,
    reader: Reader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    reader.must_be_one_of(Role::READS_TRAIL)?;
    let (sought, texts) = (Sought::of(&app, &asked), reader.texts);
    let found = find(&app, &sought, FILE_LINES_MAX).await;
    let heads = HEADS.map(|key| texts.get(key).to_owned()).to_vec();
    let mut table = vec![heads];
    table.extend(rows(&app, &found, texts).into_iter().map(|row| {
        let no = row.no.to_string();
        let who = format!("{} {}", row.who, row.role);
        vec![
            no,
            row.at,
            who.trim().to_owned(),
            row.from,
            row.kind,
            row.about,
            row.why,
            row.outcome,
            row.written,
        ]
    }));
    Ok(csv::plainly(&format!("paihao-audit-{}-{}", sought.from, sought.until), &table))
}

/// `POST /office/audit`: looks through the whole chain again.
pub async fn check(State(app): Shared, reader: Reader) -> Result<Response, Response> {
    reader.must_be_one_of(Role::READS_TRAIL)?;
    app.audit.check_again();
    Ok(Redirect::to("/office/audit").into_response())
}

const HEADS: [&str; 9] = [
    "audit.th_no",
    "audit.th_at",
    "audit.th_who",
    "audit.th_from",
    "audit.th_kind",
    "audit.th_about",
    "audit.th_why",
    "audit.th_outcome",
    "audit.th_written",
];

impl Sought {
    fn of(app: &App, asked: &Asked) -> Self {
        let today = app.clock.date(app.clock.now());
        let day = |text: &Option<String>| text.as_deref()?.parse::<Date>().ok();
        let until = day(&asked.until).unwrap_or(today).min(today);
        let from = day(&asked.from).unwrap_or(until).min(until);
        let earliest = until.checked_sub((DAYS_MAX - 1).days()).unwrap_or(until);
        let who: String =
            asked.who.as_deref().unwrap_or_default().trim().chars().take(32).collect();
        let kind = asked.kind.as_deref().and_then(Kind::parse);
        Self { from: from.max(earliest), until, who, kind }
    }

    fn wants(&self, act: &Act) -> bool {
        let name = match &act.by {
            Who::Staff { no, .. } => no.as_str(),
            Who::Device { name, .. } => name.as_str(),
            Who::Console | Who::Hall | Who::Nobody => "",
        };
        // A refused sign-in is nobody's, and names the number that was tried.
        let tried = || act.about.split(' ').any(|word| word.strip_prefix("no=") == Some(&self.who));
        self.kind.is_none_or(|kind| kind == act.kind)
            && (self.who.is_empty() || name == self.who || tried())
    }
}

/// Reading and unpacking days takes its time: on a thread that serves nobody else.
async fn find(app: &App, sought: &Sought, most: usize) -> Found {
    let audit = app.audit.clone();
    let Sought { from, until, who, kind } = sought;
    let sought = Sought { from: *from, until: *until, who: who.clone(), kind: *kind };
    let read = move || audit.of_days((sought.from, sought.until), most, |act| sought.wants(act));
    tokio::task::spawn_blocking(read).await.unwrap_or_default()
}

fn fill(app: &App, reader: &Reader, sought: &Sought, found: &Found, texts: &Texts) -> View {
    let (holds, chain, head) = chain(app, reader, texts);
    let kinds = Kind::ALL.into_iter().map(|kind| Choice {
        value: kind.as_str(),
        name: kind_word(kind, texts),
        here: sought.kind == Some(kind),
    });
    let days = (&sought.from, &sought.until);
    View {
        subtitle: texts.fill(
            "audit.subtitle",
            &[("from", days.0), ("until", days.1), ("n", &found.acts.len())],
        ),
        holds,
        chain,
        head,
        rows: rows(app, found, texts),
        cut: if found.is_cut {
            texts.fill("audit.cut", &[("n", &LINES_MAX)])
        } else {
            String::new()
        },
        broken: found.broken.as_ref().map_or_else(String::new, |each| each.words(reader.language)),
        from: days.0.to_string(),
        until: days.1.to_string(),
        who: sought.who.clone(),
        kinds: kinds.collect(),
        query: query(sought),
        may_check: true,
        version_no: env!("CARGO_PKG_VERSION"),
        made: texts.fill("office.made", &[("time", &app.clock.written(app.now()))]),
    }
}

/// The question again, for the file. A number of staff needs no escaping; anything else is left out.
fn query(sought: &Sought) -> String {
    let plain = |each: char| each.is_ascii_alphanumeric() || "-_.".contains(each);
    let who: String = sought.who.chars().filter(|each| plain(*each)).collect();
    let kind = sought.kind.map_or("", Kind::as_str);
    format!("from={}&until={}&who={who}&kind={kind}", sought.from, sought.until)
}

/// Whether the chain holds, from when to when, and its last hash.
fn chain(app: &App, reader: &Reader, texts: &Texts) -> (&'static str, String, String) {
    let Some((at, checked)) = app.audit.checked() else {
        return ("", texts.get("audit.not_checked").to_owned(), String::new());
    };
    let looked = app.clock.written(at);
    if let Some(broken) = &checked.broken {
        let words = broken.words(reader.language);
        let told = texts.fill("audit.chain_broken", &[("why", &words), ("at", &looked)]);
        return ("no", told, checked.head);
    }
    let moment = |at: Option<hall::time::Timestamp>| {
        at.map_or_else(|| looked.clone(), |at| app.clock.written(at))
    };
    let (from, until) = (moment(checked.from), moment(checked.until));
    let told = texts.fill(
        "audit.chain_holds",
        &[("from", &from), ("until", &until), ("n", &checked.records), ("at", &looked)],
    );
    ("yes", told, checked.head)
}

fn rows(app: &App, found: &Found, texts: &Texts) -> Vec<Row> {
    let row = |numbered: &crate::audit::read::Numbered| {
        let act = &numbered.act;
        let (who, role) = who(&act.by, texts);
        let (outcome, level) = outcome(&act.outcome, texts);
        let seconds = (act.at.0 / 1_000).rem_euclid(60);
        Row {
            no: numbered.no,
            at: format!("{}:{seconds:02}", app.clock.written(act.at)),
            who,
            role,
            from: act.from.clone(),
            kind: kind_word(act.kind, texts),
            about: words::readable(&act.about, texts),
            written: act.about.clone(),
            why: act.why.clone(),
            outcome,
            level,
        }
    };
    found.acts.iter().map(row).collect()
}

fn kind_word(kind: Kind, texts: &Texts) -> String {
    texts.get(&format!("audit.kind_{}", kind.as_str())).to_owned()
}

/// Who, and as what.
fn who(by: &Who, texts: &Texts) -> (String, String) {
    let role = |role: Role| texts.get(&format!("role.{}", role.as_str())).to_owned();
    match by {
        Who::Staff { no, role: as_what } => (no.to_string(), role(*as_what)),
        Who::Device { name, role: as_what } => (name.to_string(), role(*as_what)),
        Who::Console => (texts.get("audit.who_console").to_owned(), String::new()),
        Who::Hall => (texts.get("audit.who_hall").to_owned(), String::new()),
        Who::Nobody => (texts.get("audit.who_nobody").to_owned(), String::new()),
    }
}

fn outcome(outcome: &Outcome, texts: &Texts) -> (String, &'static str) {
    match outcome {
        Outcome::Done => (texts.get("audit.done").to_owned(), ""),
        Outcome::Refused(code) => {
            let known =
                ["audit.refused_", "api.", "refusal."].map(|place| format!("{place}{code}"));
            let known = known.iter().find(|key| texts.has(key));
            let why = known.map_or(code.as_str(), |key| texts.get(key));
            (texts.fill("audit.refused", &[("why", &why)]), "red")
        }
        Outcome::Failed => (texts.get("audit.failed").to_owned(), "red"),
    }
}
