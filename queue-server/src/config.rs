//! `serve --config FILE`: the broker outside, the bounds, the address for telephones.
//!
//! Everything has a default; the file says only what differs.

use std::{fs, path::Path};

use crate::{
    audit,
    http::limits::LimitSettings,
    mqtt::MqttConfig,
    profile::{
        Problem,
        reader::{Source, Table},
    },
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
    /// Months that the audit trail is kept.
    pub audit_months: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            outside_broker: None,
            limits: LimitSettings::default(),
            public_url: None,
            audit_months: audit::MONTHS_KEPT,
        }
    }
}

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
        trail(top.table("audit"), &mut settings, &mut problems);
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

fn trail(mut table: Table, settings: &mut Settings, problems: &mut Vec<Problem>) {
    if let Some(months) = table.maybe::<u32>("months_kept", problems) {
        if months.value < audit::MONTHS_KEPT_MIN {
            let problem = table.problem(months.line, "bad_value").with("key", "months_kept");
            let why = Texts::both("settings.months_kept", &[("n", &audit::MONTHS_KEPT_MIN)]);
            problems.push(problem.with("value", months.value).with("why", why));
        } else {
            settings.audit_months = months.value;
        }
    }
    table.finish(problems);
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
            let problem = table.problem(found.line, "bad_value").with("key", "password_file");
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
