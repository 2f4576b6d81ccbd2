//! 重新载入配置: a changed profile is put in force while the hall is open, or waits for the night.
//!
//! The profile is checked and kept first; the engine then says whether today is in its way. What
//! is in force changes in one place, after the event was synced.

pub mod hangup;
pub mod words;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use hall::{
    ids::{SetupVersion, StaffNo},
    setup::obstacle::Obstacle,
    time::Timestamp,
    words::Actor,
};
use tokio::sync::broadcast::error::RecvError;

use crate::{
    app::App,
    broker::Permissions,
    day::Daybook,
    draft::DraftFault,
    engine::{NotDone, Offer, Taken},
    profile::{Problem, Profile},
    profiles::{KeepFault, Profiles},
};

/// What became of a reload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reloaded {
    /// The files say what is in force.
    Unchanged,
    /// The new profile is in force.
    Now,
    /// Today uses what the new profile lacks: it is in force before the next day opens.
    Tonight(Vec<Obstacle>),
    /// The hall's id or time zone is another, or it was reloaded very often: only a restart helps.
    Restart,
}

/// A profile was not reloaded; the one in force stays.
#[derive(Debug, thiserror::Error)]
pub enum ReloadFault {
    /// It has problems.
    #[error("the profile has {} problem(s)", .0.len())]
    Profile(Vec<Problem>),
    /// It could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepFault),
    /// The engine is busy or has ended.
    #[error(transparent)]
    Engine(#[from] NotDone),
    /// The server stops.
    #[error("the server is stopping")]
    Stopping,
}

/// What a reload needs.
pub struct Reloading {
    /// The profile's folder.
    folder: PathBuf,
    profiles: Profiles,
    /// What was offered to the engine and is not in force yet.
    offered: Mutex<Option<(Profile, Actor)>>,
    permissions: OnceLock<Arc<Permissions>>,
    one_at_a_time: tokio::sync::Mutex<()>,
    /// The folder had problems when it was last read; the hall goes on with what was in force.
    wrong: AtomicBool,
}

impl Reloading {
    /// The profiles that are kept.
    #[must_use]
    pub const fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// Reloads from this folder, and keeps what is put in force among the profiles; `wrong` if the
    /// folder has problems.
    #[must_use]
    pub fn new(folder: PathBuf, profiles: Profiles, wrong: bool) -> Self {
        Self {
            folder,
            profiles,
            offered: Mutex::default(),
            permissions: OnceLock::new(),
            one_at_a_time: tokio::sync::Mutex::default(),
            wrong: AtomicBool::new(wrong),
        }
    }

    /// The profile's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True if the folder had problems when it was last read.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.wrong.load(Relaxed)
    }

    /// Lets whoever decides about messages know of devices that come and go.
    pub fn tell(&self, permissions: Arc<Permissions>) {
        // There is one broker.
        self.permissions.set(permissions).ok();
    }
}

impl App {
    /// Reads the profile's folder again and puts in force what it says.
    ///
    /// # Errors
    /// [`ReloadFault`]; nothing has changed.
    pub async fn reload(self: &Arc<Self>, by: Actor) -> Result<Reloaded, ReloadFault> {
        let _one = self.reloading.one_at_a_time.lock().await;
        let app = self.clone();
        let read = tokio::task::spawn_blocking(move || app.read_again());
        let profile = read.await.map_err(|_| ReloadFault::Stopping)??;
        let (now, new) = (&*self.profile, &profile);
        let elsewhere = new.setup.id() != now.setup.id()
            || new.details.utc_offset_minutes != now.details.utc_offset_minutes;
        if elsewhere || !self.profile.can_be_replaced() {
            return Ok(Reloaded::Restart);
        }
        let changed = new.version != now.version;
        match self.offer(profile, by).await? {
            Taken::Tonight(obstacles) => Ok(Reloaded::Tonight(obstacles)),
            Taken::Now if changed => Ok(Reloaded::Now),
            Taken::Now => Ok(Reloaded::Unchanged),
        }
    }

    fn read_again(&self) -> Result<Profile, ReloadFault> {
        let read = self.reloading.profiles.read(&self.reloading.folder);
        self.reloading.wrong.store(read.is_err(), Relaxed);
        let profile = read.map_err(ReloadFault::Profile)?;
        self.reloading.profiles.keep(&profile)?;
        Ok(profile)
    }

    /// 批准生效: writes the draft into the folder and reloads it. Tells what came of it.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub async fn put_in_force(
        self: &Arc<Self>,
        (by, at): (StaffNo, Timestamp),
        why: String,
        seen: SetupVersion,
    ) -> Result<&'static str, DraftFault> {
        let app = self.clone();
        let written = tokio::task::spawn_blocking(move || app.drafts.approve((by, at), &why, seen));
        written.await.unwrap_or(Err(DraftFault::Changed))?;
        match self.reload(Actor::Staff(by)).await {
            Ok(Reloaded::Now | Reloaded::Unchanged) => Ok("in_force"),
            Ok(Reloaded::Tonight(_)) => Ok("tonight"),
            Ok(Reloaded::Restart) => Ok("restart"),
            Err(fault) => {
                // The folder says it: the next reload or start takes it.
                tracing::error!(%fault, "an approved profile was not reloaded");
                Ok("not_reloaded")
            }
        }
    }

    /// Offers a profile that is kept to the engine.
    ///
    /// # Errors
    /// If the engine is busy or has ended.
    pub async fn offer(&self, profile: Profile, by: Actor) -> Result<Taken, NotDone> {
        let (setup, calendar) = (profile.setup.clone(), profile.calendar.clone());
        *self.offered() = Some((profile, by.clone()));
        let taken = self.engine.offer(Offer { setup, calendar, by }).await?;
        self.follow_profile();
        Ok(taken)
    }

    /// Lets everybody see the profile that the hall has in force.
    pub fn follow_profile(&self) {
        let version = self.read(|hall| hall.setup().version());
        let mut offered = self.offered();
        let Some((profile, by)) = offered.take_if(|(each, _)| Some(each.version) == version) else {
            return;
        };
        self.drafts.note_in_force(profile.version, self.now(), &by);
        if profile.version == self.profile.version {
            return;
        }
        wire::texts::own::lay_over(&profile.texts);
        self.fleet.replace(&profile.devices);
        if let Some(permissions) = self.reloading.permissions.get() {
            permissions.change(&profile.devices);
        }
        self.daybook.replace(Daybook::new(profile.calendar.clone(), self.clock));
        self.profile.replace(profile);
        self.devices_changed();
    }

    fn offered(&self) -> std::sync::MutexGuard<'_, Option<(Profile, Actor)>> {
        self.reloading.offered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Follows the hall until the server stops: what waited for the night is seen when it is in force.
pub async fn follow(app: Arc<App>) {
    let mut events = app.engine.subscribe();
    let mut stopping = app.stopping.clone();
    loop {
        let batch = tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => return,
            batch = events.recv() => batch,
        };
        match batch {
            Ok(batch) => {
                if batch.events.iter().any(|event| event.fact.puts_in_force().is_some()) {
                    app.follow_profile();
                }
            }
            Err(RecvError::Lagged(_)) => app.follow_profile(),
            Err(RecvError::Closed) => return,
        }
    }
}

#[cfg(test)]
mod tests;
