//! The profile that a hall opens with. Somebody may be in the middle of changing the folder when the
//! power comes back: then the hall opens with the profile that was in force.

use std::sync::Arc;

use hall::{event::Event, ids::SetupVersion};
use journal::files::Files;

use super::{ServeConfig, ServeFault};
use crate::{
    profile::{Problem, Profile, Severity},
    profiles::Profiles,
    record,
};

/// The folder's profile, or the one that was in force and the folder's problems.
///
/// # Errors
/// The problems, if the hall was never open.
pub fn profile(
    profiles: &Profiles,
    config: &ServeConfig,
) -> Result<(Profile, Vec<Problem>), ServeFault> {
    let problems = match profiles.read(&config.hall) {
        Ok(profile) => return Ok((profile, Vec::new())),
        Err(problems) => problems,
    };
    let version = last_in_force(config, &config.files);
    let Some(profile) = version.and_then(|version| profiles.find(version)) else {
        return Err(ServeFault::Profile(problems));
    };
    for problem in problems.iter().filter(|problem| problem.severity == Severity::Error) {
        tracing::warn!("{problem}");
    }
    tracing::warn!(
        version = %profile.version,
        "the profile's folder has problems, so the hall opens with the profile that was in force; \
         mend the folder and reload"
    );
    Ok((profile, problems))
}

/// What the record says was in force last; none if it was never open or cannot be read.
fn last_in_force(config: &ServeConfig, files: &Arc<dyn Files>) -> Option<SetupVersion> {
    let mut last = None;
    let read = record::read_all(&config.data, files, |record| {
        let events: Vec<Event> = serde_json::from_slice(&record.payload).unwrap_or_default();
        last = events.iter().rev().find_map(|event| event.fact.puts_in_force()).or(last);
    });
    read.ok().and(last)
}
