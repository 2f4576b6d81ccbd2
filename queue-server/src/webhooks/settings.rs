//! `[[webhook]]` of the server's own file: who is told what, and by which secret they know us.

use std::path::Path;

use wire::{texts::Texts, webhook::WebhookKind};

use super::{RECEIVERS_MAX, sign};
use crate::profile::{
    Problem,
    reader::{Found, Table},
};

/// A receiver's name: it stands in file names.
const NAME_CHARS_MAX: usize = 32;

/// The longest secrets' file, and the longest file of authorities.
const SECRET_BYTES_MAX: u64 = 4_096;
const AUTHORITY_BYTES_MAX: u64 = 1 << 20;

/// Who is told what.
#[derive(Clone)]
pub struct Receiver {
    /// Its name on the page and in file names.
    pub name: String,
    /// Where it listens.
    pub url: String,
    /// Choices of kinds: "alert", "matter.opened", "*".
    pub kinds: Vec<String>,
    /// By which it knows us.
    pub(super) secrets: Vec<sign::Secret>,
    /// Who signed its certificate, as PEM; none of `http`.
    pub(super) authority: Option<Vec<u8>>,
}

impl Receiver {
    /// True if it is told of such a thing.
    #[must_use]
    pub fn wants(&self, kind: WebhookKind) -> bool {
        kind == WebhookKind::Test || self.kinds.iter().any(|choice| kind.is_of(choice))
    }
}

/// Reads one table; paths in it count from the folder of the file.
pub fn read(
    mut table: Table,
    folder: &Path,
    before: &[Receiver],
    problems: &mut Vec<Problem>,
) -> Option<Receiver> {
    let line = table.line();
    let told = |table: &Table, found: &Found<String>, key: &str, why: &str| {
        let problem = table.problem(found.line, "bad_setting").with("key", key);
        problem.with("value", &found.value).with("why", Texts::both(why, &[]))
    };
    if before.len() >= RECEIVERS_MAX {
        let why = Texts::both("settings.webhooks_max", &[("n", &RECEIVERS_MAX)]);
        problems.push(bad(&table, line, "webhook", "", &why));
    }
    let name = table.must::<String>("name", problems);
    if let Some(name) = &name
        && (!is_name(&name.value) || before.iter().any(|other| other.name == name.value))
    {
        problems.push(told(&table, name, "name", "settings.webhook_name"));
    }
    let url = table.must::<String>("url", problems);
    let authority = table.maybe::<String>("authority_file", problems);
    let is_https = url.as_ref().is_some_and(|url| url.value.starts_with("https://"));
    if let Some(url) = &url {
        let rest = url.value.strip_prefix("https://").or_else(|| url.value.strip_prefix("http://"));
        let plain = |rest: &str| !rest.is_empty() && !rest.contains(['@', ' ', '#']);
        if !rest.is_some_and(plain) || url.value.parse::<axum::http::Uri>().is_err() {
            problems.push(told(&table, url, "url", "settings.webhook_url"));
        } else if is_https != authority.is_some() {
            problems.push(told(&table, url, "url", "settings.webhook_authority"));
        }
    }
    let kinds = table.list::<String>("kinds", problems);
    for kind in &kinds {
        if !WebhookKind::ALL.iter().any(|known| known.is_of(&kind.value)) {
            let families = WebhookKind::ALL.iter().map(|kind| kind.as_str());
            problems.push(table.not_one_of(kind, families));
        }
    }
    if kinds.is_empty() {
        let why = Texts::both("settings.webhook_kinds", &[]);
        problems.push(bad(&table, line, "kinds", "", &why));
    }
    let secrets = table.must::<String>("secret_file", problems).and_then(|file| {
        let text = text(&folder.join(&file.value), SECRET_BYTES_MAX);
        let secrets = text.as_deref().map(sign::secrets);
        match secrets {
            Ok(Some(secrets)) => return Some(secrets),
            Ok(None) => {
                problems.push(told(&table, &file, "secret_file", "settings.webhook_secret"))
            }
            Err(why) => problems.push(bad(&table, file.line, "secret_file", &file.value, why)),
        }
        None
    });
    let authority = authority.and_then(|file| {
        match text(&folder.join(&file.value), AUTHORITY_BYTES_MAX) {
            Ok(text) if !super::post::authorities(text.as_bytes()).is_empty() => {
                return Some(text.into_bytes());
            }
            Ok(_) => problems.push(told(&table, &file, "authority_file", "settings.no_authority")),
            Err(why) => problems.push(bad(&table, file.line, "authority_file", &file.value, &why)),
        }
        None
    });
    table.finish(problems);
    Some(Receiver {
        name: name?.value,
        url: url?.value,
        kinds: kinds.into_iter().map(|kind| kind.value).collect(),
        secrets: secrets?,
        authority,
    })
}

fn bad(table: &Table, line: usize, key: &str, value: &str, why: &str) -> Problem {
    table.problem(line, "bad_setting").with("key", key).with("value", value).with("why", why)
}

fn is_name(name: &str) -> bool {
    let fits =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    (1..=NAME_CHARS_MAX).contains(&name.len()) && name.chars().all(fits)
}

fn text(path: &Path, bytes_max: u64) -> Result<String, String> {
    let length = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if length > bytes_max {
        return Err(format!("{length} > {bytes_max}"));
    }
    std::fs::read_to_string(path).map_err(|error| error.to_string())
}
