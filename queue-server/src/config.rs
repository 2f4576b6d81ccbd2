//! `serve --config FILE`: the broker outside, the bounds, the address for telephones.
//!
//! Everything has a default; the file says only what differs.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

use crate::{
    audit, backup,
    http::limits::LimitSettings,
    mqtt::MqttConfig,
    profile::{
        Problem,
        reader::{Source, Table},
    },
    retention::{self, Limits},
    serve::tls::HttpsSettings,
    webhooks::{self, Receiver},
};
use wire::{texts::Texts, tls::TlsFiles};

/// What the server's own file says.
#[derive(Clone)]
pub struct Settings {
    /// The broker outside, instead of the embedded one.
    pub outside_broker: Option<MqttConfig>,
    /// The bounds of the HTTP side.
    pub limits: LimitSettings,
    /// The address under which telephones reach the pages.
    pub public_url: Option<String>,
    /// 练习.
    pub training: Training,
    /// Months that the audit trail is kept.
    pub audit_months: u32,
    /// Where backups are kept; beside the data if not said.
    pub backup_folder: Option<PathBuf>,
    /// How many.
    pub backups_kept: usize,
    /// The hour of the hall at which one is made.
    pub backup_hour: u8,
    /// How long what is kept.
    pub retention: Limits,
    /// 单人管理: the hall's only administrator approves their own changes of the profile.
    pub one_person: bool,
    /// Where HTTPS listens, and as whom.
    pub https: Option<HttpsSettings>,
    /// Who is told of events by HTTP.
    pub webhooks: Vec<Receiver>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            outside_broker: None,
            limits: LimitSettings::default(),
            public_url: None,
            training: Training::default(),
            audit_months: audit::MONTHS_KEPT,
            backup_folder: None,
            backups_kept: backup::KEPT,
            backup_hour: backup::keeper::HOUR,
            retention: Limits::default(),
            one_person: false,
            https: None,
            webhooks: Vec::new(),
        }
    }
}

/// 练习: whether nothing counts in this hall, and where the hall is in which nothing does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Training {
    /// This hall is the one to practise in.
    pub is_here: bool,
    /// The address of the pages of such a hall.
    pub address: Option<String>,
}

/// Hours of a day.
const HOURS: u8 = 24;

/// The longest password in a file of one.
const PASSWORD_BYTES_MAX: u64 = 4_096;

impl Settings {
    /// Reads the file; paths in it count from its own folder.
    ///
    /// # Errors
    /// Every problem found.
    pub fn read(path: &Path) -> Result<Self, Vec<Problem>> {
        let name = path.display().to_string();
        let text = fs::read_to_string(path)
            .map_err(|error| vec![Problem::new(&name, None, "unreadable").with("why", error)])?;
        let folder = path.parent().unwrap_or(Path::new("."));
        Self::parse(&name, &text, folder)
    }

    fn parse(name: &str, text: &str, folder: &Path) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut settings = Self::default();
        let source = Source::new(name, text);
        let Some(parsed) = source.parse(&mut problems) else { return Err(problems) };
        let mut top = Table::top(&source, &parsed);
        settings.public_url = top.maybe("public_url", &mut problems).map(|found| found.value);
        training(top.table("training"), &mut settings.training, &mut problems);
        trail(top.table("audit"), &mut settings, &mut problems);
        backups(top.table("backup"), folder, &mut settings, &mut problems);
        retained(top.table("retention"), &mut settings.retention, &mut problems);
        if parsed.get_ref().contains_key("https") {
            settings.https = https(top.table("https"), folder, &mut problems);
        } else {
            top.table("https");
        }
        setup(top.table("setup"), &mut settings, &mut problems);
        for table in top.tables("webhook", &mut problems) {
            let read = webhooks::read(table, folder, &settings.webhooks, &mut problems);
            settings.webhooks.extend(read);
        }
        limits(top.table("limits"), &mut settings.limits, &mut problems);
        if parsed.get_ref().contains_key("broker") {
            settings.outside_broker = broker(top.table("broker"), folder, &mut problems);
        } else {
            top.table("broker");
        }
        top.finish(&mut problems);
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }
}

fn training(mut table: Table, to: &mut Training, problems: &mut Vec<Problem>) {
    to.is_here = table.maybe::<bool>("here", problems).is_some_and(|found| found.value);
    if let Some(address) = table.maybe::<String>("address", problems) {
        if !["http://", "https://"].iter().any(|scheme| address.value.starts_with(scheme)) {
            let why = "settings.a_page";
            problems.push(wrong(&table, address.line, "address", &address.value, why));
        }
        to.address = Some(address.value);
    }
    table.finish(problems);
}

fn trail(mut table: Table, settings: &mut Settings, problems: &mut Vec<Problem>) {
    if let Some(months) = table.maybe::<u32>("months_kept", problems) {
        if months.value < audit::MONTHS_KEPT_MIN {
            let problem = table.problem(months.line, "bad_setting").with("key", "months_kept");
            let why = Texts::both("settings.months_kept", &[("n", &audit::MONTHS_KEPT_MIN)]);
            problems.push(problem.with("value", months.value).with("why", why));
        } else {
            settings.audit_months = months.value;
        }
    }
    table.finish(problems);
}

fn backups(mut table: Table, folder: &Path, settings: &mut Settings, problems: &mut Vec<Problem>) {
    let to = table.maybe::<String>("folder", problems);
    settings.backup_folder = to.map(|found| folder.join(found.value));
    if let Some(keep) = table.maybe::<u32>("keep", problems) {
        if keep.value == 0 {
            problems.push(wrong(&table, keep.line, "keep", "0", "settings.at_least_one"));
        }
        settings.backups_kept = keep.value.max(1) as usize;
    }
    hour(&mut table, &mut settings.backup_hour, problems);
    table.finish(problems);
}

fn retained(mut table: Table, limits: &mut Limits, problems: &mut Vec<Problem>) {
    let mut number = |key: &'static str, most: u32, to: &mut u32| {
        let Some(found) = table.maybe::<u32>(key, problems) else { return };
        if (1..=most).contains(&found.value) {
            *to = found.value;
            return;
        }
        let why = Texts::both("settings.from_to", &[("from", &1), ("to", &most)]);
        let problem = table.problem(found.line, "bad_value").with("key", key);
        problems.push(problem.with("value", found.value).with("why", why));
    };
    number("years", retention::YEARS_MAX, &mut limits.years);
    number("staff_years", retention::YEARS_MAX, &mut limits.staff_years);
    number("backup_days", retention::BACKUP_DAYS_MAX, &mut limits.backup_days);
    hour(&mut table, &mut limits.hour, problems);
    table.finish(problems);
}

/// An hour of the hall.
fn hour(table: &mut Table, to: &mut u8, problems: &mut Vec<Problem>) {
    let Some(hour) = table.maybe::<u32>("hour", problems) else { return };
    match u8::try_from(hour.value).ok().filter(|hour| *hour < HOURS) {
        Some(hour) => *to = hour,
        None => {
            let value = hour.value.to_string();
            problems.push(wrong(table, hour.line, "hour", &value, "settings.an_hour"));
        }
    }
}

fn setup(mut table: Table, settings: &mut Settings, problems: &mut Vec<Problem>) {
    let said = table.maybe::<bool>("one_person", problems);
    settings.one_person = said.is_some_and(|found| found.value);
    table.finish(problems);
}

fn https(mut table: Table, folder: &Path, problems: &mut Vec<Problem>) -> Option<HttpsSettings> {
    let address = table.must::<String>("address", problems);
    let names = table.maybe::<String>("names", problems).map_or(String::new(), |found| found.value);
    let mut file = |key| table.maybe::<String>(key, problems).map(|found| folder.join(found.value));
    let (certificate, key) = (file("certificate_file"), file("key_file"));
    if certificate.is_some() != key.is_some() {
        let line = table.line();
        let given = if certificate.is_some() { "certificate_file" } else { "key_file" };
        problems.push(wrong(&table, line, given, "", "settings.both_or_none"));
    }
    let address = address.and_then(|found| {
        let parsed = found.value.parse::<SocketAddr>();
        if parsed.is_err() {
            let (line, value) = (found.line, found.value);
            problems.push(wrong(&table, line, "address", &value, "settings.an_address"));
        }
        parsed.ok()
    });
    table.finish(problems);
    let names = names.split([' ', ',']).filter(|name| !name.is_empty());
    Some(HttpsSettings {
        address: address?,
        own: certificate.zip(key),
        names: names.map(str::to_owned).collect(),
    })
}

fn wrong(table: &Table, line: usize, key: &str, value: &str, why: &str) -> Problem {
    let problem = table.problem(line, "bad_setting").with("key", key).with("value", value);
    problem.with("why", Texts::both(why, &[]))
}

fn limits(mut table: Table, limits: &mut LimitSettings, problems: &mut Vec<Problem>) {
    let number = |table: &mut Table, key: &str, problems: &mut Vec<Problem>| {
        table.maybe::<u32>(key, problems).map(|found| found.value)
    };
    if let Some(value) = number(&mut table, "requests_per_second", problems) {
        limits.requests_per_second = value;
    }
    if let Some(value) = number(&mut table, "requests_burst", problems) {
        limits.requests_burst = value;
    }
    if let Some(value) = number(&mut table, "body_bytes_max", problems) {
        limits.body_bytes_max = value as usize;
    }
    if let Some(value) = number(&mut table, "body_secs_max", problems) {
        limits.body_secs_max = value.into();
    }
    if let Some(value) = number(&mut table, "live_clients_max", problems) {
        limits.live_clients_max = value as usize;
    }
    if let Some(value) = number(&mut table, "connections_max", problems) {
        limits.connections_max = value as usize;
    }
    if let Some(value) = number(&mut table, "connections_per_address_max", problems) {
        limits.connections_per_address_max = value as usize;
    }
    if let Some(value) = number(&mut table, "header_secs_max", problems) {
        limits.header_secs_max = value.into();
    }
    table.finish(problems);
}

fn broker(mut table: Table, folder: &Path, problems: &mut Vec<Problem>) -> Option<MqttConfig> {
    let host = table.must::<String>("host", problems);
    let port = table.maybe::<u16>("port", problems);
    let user = table.must::<String>("user", problems);
    let password_file = table.maybe::<String>("password_file", problems);
    let mut file = |key| table.maybe::<String>(key, problems).map(|found| folder.join(found.value));
    let (authority, certificate) = (file("authority_file"), file("certificate_file"));
    let key = file("key_file");
    if password_file.is_none() && certificate.is_none() {
        problems.push(table.problem(table.line(), "broker_unknown"));
    }
    let tls = TlsFiles::of(authority, certificate, key);
    if let Err(why) = &tls {
        problems.push(table.problem(table.line(), "broker_tls").with("why", why));
    }
    let password = match password_file {
        Some(found) => Some(read_password(&folder.join(&found.value)).map_err(|why| {
            let problem = table.problem(found.line, "bad_setting").with("key", "password_file");
            problems.push(problem.with("value", &found.value).with("why", why));
        })),
        None => None,
    };
    table.finish(problems);
    let tls = tls.ok()?;
    Some(MqttConfig {
        host: host?.value,
        port: port.map_or(if tls.is_some() { 8_883 } else { 1_883 }, |found| found.value),
        user: user?.value,
        password: password.transpose().ok()?,
        tls,
    })
}

fn read_password(path: &Path) -> std::io::Result<String> {
    let length = fs::metadata(path)?.len();
    if length > PASSWORD_BYTES_MAX {
        return Err(std::io::Error::other("too long for a password"));
    }
    Ok(fs::read_to_string(path)?.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(test)]
mod tests;
