//! 配置草稿: the profile is changed in a draft beside the data, looked at by a second person, and only
//! then written into its folder.
//!
//! Why so: `docs/decisions/0022-a-second-person.md`.

pub mod catalogue;
mod folder;
mod kept;
mod pictures;
mod putting;

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use hall::{
    ids::{SetupVersion, StaffNo},
    time::Timestamp,
    words::Actor,
};
use journal::files::Files;
use serde::{Deserialize, Serialize};

use crate::{
    profile::{
        Problem, Profile, Sources,
        forms::{
            EditFault,
            compare::{Change, compare},
        },
        photos,
    },
    profiles::{KeepFault, Profiles},
};

pub use kept::{HISTORY_MAX, Kept};
pub use putting::finish;

/// What was done to a draft, at most; older lines are forgotten, who did them is not.
const EDITS_MAX: usize = 500;

/// Letters of a reason.
pub const REASON_CHARS_MAX: usize = 200;

/// A draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Draft {
    /// What the folder said when it was begun.
    pub base: SetupVersion,
    /// Its files.
    pub sources: Sources,
    /// What was done, in order.
    pub edits: Vec<Edit>,
    /// Everybody who did something: none of them approves it.
    pub editors: BTreeSet<StaffNo>,
    /// 提交审批.
    pub proposed: Option<Said>,
    /// 退回.
    pub sent_back: Option<Said>,
    /// 回退: which version it brings back.
    pub brings_back: Option<SetupVersion>,
}

/// One thing that was done to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: StaffNo,
    /// To what: "items A01".
    pub what: String,
}

/// Who said something about a draft, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: StaffNo,
    /// Why.
    pub why: String,
}

/// A version that was in force, or is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which.
    pub version: SetupVersion,
    /// Since when; while it waits for the night, when it was approved.
    pub at: Timestamp,
    /// Who put it in force.
    pub by: Actor,
    /// Who proposed it, if it was a draft.
    pub proposed_by: Option<StaffNo>,
    /// Why, if somebody said so.
    pub why: String,
    /// Which version it brought back.
    pub brings_back: Option<SetupVersion>,
}

/// Nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum DraftFault {
    /// There is no draft.
    #[error("there is no draft")]
    NoDraft,
    /// Somebody changed it meanwhile.
    #[error("the draft was changed meanwhile")]
    Changed,
    /// It says what the folder says.
    #[error("the draft says what is in force")]
    Nothing,
    /// No reason was given.
    #[error("a reason is needed")]
    NoReason,
    /// It must be looked at by somebody who has not worked on it.
    #[error("a second person approves it")]
    SecondPerson,
    /// The folder was changed since the draft was begun.
    #[error("the profile's folder was changed since")]
    FolderChanged,
    /// No such version is kept.
    #[error("no such version")]
    NoSuchVersion,
    /// A row could not be changed.
    #[error(transparent)]
    Edit(#[from] EditFault),
    /// It cannot be undone, and was not confirmed.
    #[error("it must be confirmed")]
    Unconfirmed,
    /// It changes items of which other changes were decided that it does not hold.
    #[error("changes were decided of {}", .0.join(", "))]
    Catalogue(Vec<String>),
    /// There is a draft, which would be lost.
    #[error("there is a draft already")]
    HasDraft,
    /// The check finds problems.
    #[error("the draft has {} problem(s)", .0.len())]
    Problems(Vec<Problem>),
    /// It could not be kept.
    #[error(transparent)]
    Keep(#[from] KeepFault),
    /// A file could not be written.
    #[error("failed to write {path}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: io::Error,
    },
}

impl DraftFault {
    /// Its word in texts and in the trail.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoDraft => "no_draft",
            Self::Changed => "changed",
            Self::Nothing => "nothing",
            Self::NoReason => "no_reason",
            Self::SecondPerson => "second_person",
            Self::FolderChanged => "folder_changed",
            Self::NoSuchVersion => "no_such_version",
            Self::Unconfirmed => "unconfirmed",
            Self::HasDraft => "has_draft",
            Self::Catalogue(_) => "catalogue",
            Self::Edit(EditFault::Gone) => "gone",
            Self::Edit(EditFault::Meanwhile) => "meanwhile",
            Self::Edit(EditFault::Taken) => "taken",
            Self::Edit(EditFault::NoOwner) => "no_owner",
            Self::Edit(EditFault::NoKey) => "no_key",
            Self::Edit(EditFault::Unreadable(_)) => "unreadable",
            Self::Problems(_) => "problems",
            Self::Keep(_) | Self::File { .. } => "disk",
        }
    }
}

impl Draft {
    /// Changes with every change of it.
    #[must_use]
    pub fn version(&self) -> SetupVersion {
        self.sources.version()
    }

    /// True if this person may approve it: nobody approves their own work.
    #[must_use]
    pub fn is_of(&self, by: StaffNo) -> bool {
        self.editors.contains(&by) || self.proposed.as_ref().is_some_and(|said| said.by == by)
    }
}

/// A sheet that was looked at and waits for somebody's word.
#[derive(Debug, Clone)]
pub struct Offered {
    /// Who looked at it.
    pub by: StaffNo,
    /// What tells it from others.
    pub mark: String,
    /// The draft as it was.
    pub before: SetupVersion,
    /// The draft as it would be.
    pub sources: Sources,
}

/// Sheets that wait; somebody who looks at another forgets the first.
const OFFERED_MAX: usize = 8;

/// The draft of a hall, and which versions were in force.
#[derive(Debug)]
pub struct Drafts {
    path: PathBuf,
    folder: PathBuf,
    files: Arc<dyn Files>,
    profiles: Profiles,
    kept: Mutex<Kept>,
    offered: Mutex<Vec<Offered>>,
    /// 单人管理: the hall has one administrator, who approves their own drafts.
    one_person: bool,
}

impl Drafts {
    /// The draft beside this data, of the profile in this folder.
    #[must_use]
    pub fn open(
        data: &Path,
        folder: &Path,
        files: Arc<dyn Files>,
        profiles: Profiles,
        one_person: bool,
    ) -> Self {
        let path = data.join(kept::FILE);
        let kept = Mutex::new(Kept::read(&path, &*files));
        let folder = folder.to_owned();
        Self { path, folder, files, profiles, kept, offered: Mutex::default(), one_person }
    }

    /// True if a hall's only administrator may approve their own draft.
    #[must_use]
    pub const fn is_of_one_person(&self) -> bool {
        self.one_person
    }

    /// Looks at the draft and the history.
    pub fn look<T>(&self, look: impl FnOnce(&Kept) -> T) -> T {
        look(&self.kept())
    }

    /// The profiles that are kept.
    #[must_use]
    pub const fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// The draft's files, or the folder's if there is no draft.
    #[must_use]
    pub fn sources(&self, in_force: &Profile) -> Sources {
        let drafted = self.look(|kept| kept.draft.as_ref().map(|draft| draft.sources.clone()));
        drafted.unwrap_or_else(|| self.folder_or(in_force))
    }

    /// What the folder says; what is in force while it has problems.
    #[must_use]
    pub fn folder_or(&self, in_force: &Profile) -> Sources {
        let sound = folder::sound(&self.folder);
        sound.unwrap_or_else(|| folder::without_photos(&in_force.sources))
    }

    /// The problems that the check finds in the draft, warnings too; none if there is no draft.
    #[must_use]
    pub fn problems(&self) -> Vec<Problem> {
        let sources = self.look(|kept| kept.draft.as_ref().map(|draft| draft.sources.clone()));
        sources.map_or_else(Vec::new, |sources| match self.check(sources) {
            Ok(profile) => profile.warnings,
            Err(problems) => problems,
        })
    }

    fn check(&self, sources: Sources) -> Result<Profile, Vec<Problem>> {
        Profile::of(folder::with_photos(&self.folder, sources))
    }

    /// What the draft changes of the folder.
    #[must_use]
    pub fn changes(&self, in_force: &Profile) -> Vec<Change> {
        let drafted = self.look(|kept| kept.draft.as_ref().map(|draft| draft.sources.clone()));
        drafted.map_or_else(Vec::new, |sources| compare(&self.folder_shown(in_force), &sources))
    }

    /// What the folder says, with the list of its photographs.
    #[must_use]
    pub fn folder_shown(&self, in_force: &Profile) -> Sources {
        let mut sources = self.folder_or(in_force);
        sources.put(photos::FOLDER, folder::photo_list(&self.folder));
        sources
    }

    /// Changes the draft, which is begun if there is none. What was proposed must be proposed anew.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn edit<T>(
        &self,
        (by, at): (StaffNo, Timestamp),
        in_force: &Profile,
        what: &str,
        change: impl FnOnce(&mut Sources) -> Result<T, EditFault>,
    ) -> Result<T, DraftFault> {
        let mut kept = self.kept();
        let mut draft = match &kept.draft {
            Some(draft) => draft.clone(),
            None => self.begun(in_force),
        };
        let before = draft.version();
        let done = change(&mut draft.sources)?;
        if draft.version() == before {
            return Ok(done);
        }
        draft.editors.insert(by);
        draft.edits.push(Edit { at, by, what: what.to_owned() });
        let beyond = draft.edits.len().saturating_sub(EDITS_MAX);
        draft.edits.drain(..beyond);
        draft.proposed = None;
        self.keep(&mut kept, |kept| kept.draft = Some(draft))?;
        Ok(done)
    }

    fn begun(&self, in_force: &Profile) -> Draft {
        let mut sources = self.folder_or(in_force);
        let base = sources.version();
        let catalogue = sources.catalogue().1.to_owned();
        sources.put_catalogue(catalogue);
        Draft {
            base,
            sources,
            edits: Vec::new(),
            editors: BTreeSet::new(),
            proposed: None,
            sent_back: None,
            brings_back: None,
        }
    }

    /// Keeps a sheet that was looked at until somebody says that it goes into the draft.
    pub fn offer(&self, offered: Offered) {
        let mut all = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|each| each.by != offered.by);
        if all.len() == OFFERED_MAX {
            all.remove(0);
        }
        all.push(offered);
    }

    /// The sheet that this person looked at, once.
    #[must_use]
    pub fn offered(&self, by: StaffNo, mark: &str) -> Option<Offered> {
        let mut all = self.offered.lock().unwrap_or_else(PoisonError::into_inner);
        let at = all.iter().position(|each| each.by == by && each.mark == mark)?;
        Some(all.remove(at))
    }

    /// 回退: makes an earlier version's files the draft, in place of one that there is.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn bring_back(
        &self,
        (by, at): (StaffNo, Timestamp),
        in_force: &Profile,
        version: SetupVersion,
    ) -> Result<(), DraftFault> {
        let found = self.profiles.find(version).ok_or(DraftFault::NoSuchVersion)?;
        let mut kept = self.kept();
        let mut draft = self.begun(in_force);
        let mut sources = folder::without_photos(&found.sources);
        let catalogue = sources.catalogue().1.to_owned();
        sources.put_catalogue(catalogue);
        draft.sources = sources;
        draft.brings_back = Some(version);
        draft.editors.insert(by);
        draft.edits.push(Edit { at, by, what: format!("version {version}") });
        self.keep(&mut kept, |kept| kept.draft = Some(draft))
    }

    /// 提交审批.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn propose(&self, said: Said, seen: SetupVersion) -> Result<(), DraftFault> {
        let mut kept = self.kept();
        let draft = Self::seen(&kept, seen)?;
        self.must_be_ready(draft, &said.why)?;
        self.keep(&mut kept, |kept| {
            if let Some(draft) = &mut kept.draft {
                (draft.proposed, draft.sent_back) = (Some(said), None);
            }
        })
    }

    /// 退回: sends a proposal back to who made it.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn send_back(&self, said: Said, seen: SetupVersion) -> Result<(), DraftFault> {
        let mut kept = self.kept();
        Self::seen(&kept, seen)?;
        if said.why.trim().is_empty() {
            return Err(DraftFault::NoReason);
        }
        self.keep(&mut kept, |kept| {
            if let Some(draft) = &mut kept.draft {
                (draft.proposed, draft.sent_back) = (None, Some(said));
            }
        })
    }

    /// 放弃草稿.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn discard(&self, seen: SetupVersion) -> Result<(), DraftFault> {
        let mut kept = self.kept();
        Self::seen(&kept, seen)?;
        self.keep(&mut kept, |kept| kept.draft = None)
    }

    /// Goes on from what the folder says by now: what was changed there since is undone by the draft.
    ///
    /// # Errors
    /// [`DraftFault`]; nothing has changed.
    pub fn go_on(&self, by: StaffNo, seen: SetupVersion) -> Result<(), DraftFault> {
        let mut kept = self.kept();
        Self::seen(&kept, seen)?;
        let base = folder::as_it_is(&self.folder).version();
        self.keep(&mut kept, |kept| {
            if let Some(draft) = &mut kept.draft {
                draft.base = base;
                draft.proposed = None;
                draft.editors.insert(by);
            }
        })
    }

    /// True if the folder was changed since the draft was begun.
    #[must_use]
    pub fn is_folder_changed(&self) -> bool {
        let base = self.look(|kept| kept.draft.as_ref().map(|draft| draft.base));
        base.is_some_and(|base| self.is_other(base))
    }

    /// A folder with problems may be written over: nothing of it is in force.
    fn is_other(&self, base: SetupVersion) -> bool {
        folder::sound(&self.folder).is_some_and(|sources| sources.version() != base)
    }

    fn must_be_ready(&self, draft: &Draft, why: &str) -> Result<Profile, DraftFault> {
        if why.trim().is_empty() {
            return Err(DraftFault::NoReason);
        }
        if self.is_other(draft.base) {
            return Err(DraftFault::FolderChanged);
        }
        if draft.version() == draft.base {
            return Err(DraftFault::Nothing);
        }
        self.check(draft.sources.clone()).map_err(DraftFault::Problems)
    }

    fn seen(kept: &Kept, seen: SetupVersion) -> Result<&Draft, DraftFault> {
        let draft = kept.draft.as_ref().ok_or(DraftFault::NoDraft)?;
        if draft.version() == seen { Ok(draft) } else { Err(DraftFault::Changed) }
    }

    /// Notes that a version is in force, unless it is known to be.
    pub fn note_in_force(&self, version: SetupVersion, at: Timestamp, by: &Actor) {
        let mut kept = self.kept();
        if kept.history.last().is_some_and(|last| last.version == version) {
            return;
        }
        let awaited = kept.awaited.clone().filter(|entry| entry.version == version);
        let entry = awaited.map(|entry| Entry { at, ..entry });
        let entry = entry.unwrap_or_else(|| Entry {
            version,
            at,
            by: by.clone(),
            proposed_by: None,
            why: String::new(),
            brings_back: None,
        });
        let noted = self.keep(&mut kept, |kept| kept.push(entry));
        if let Err(fault) = noted {
            tracing::warn!(%fault, "which profile is in force could not be noted");
        }
    }

    /// Changes what is kept: on the disk first.
    fn keep(
        &self,
        kept: &mut MutexGuard<'_, Kept>,
        change: impl FnOnce(&mut Kept),
    ) -> Result<(), DraftFault> {
        let mut next = Kept::clone(kept);
        change(&mut next);
        next.write(&self.path, &*self.files)?;
        **kept = next;
        Ok(())
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
