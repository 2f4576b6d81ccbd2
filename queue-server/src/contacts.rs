//! 联系方式 of home visits: how somebody is called, their telephone and where they live.
//!
//! None of it is in the hall's record, for a record is never rewritten: each stands in a file of its own,
//! sealed with a key of this server, and is overwritten and removed some days after the visit
//! (`docs/decisions/0034-*`). Neither the files nor the key are in a backup.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
    sync::Arc,
};

use hall::{
    Hall,
    ids::VisitId,
    time::{Millis, Timestamp},
};
use journal::files::Files;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use wire::http::visits::VisitContact;
use zeroize::Zeroizing;

/// Days after a visit is over, in which somebody may still call back about it.
pub const KEPT_DAYS: u64 = 7;

/// Characters of each part, as a form takes them.
pub const WHO_CHARS_MAX: usize = 20;
/// A telephone with its signs.
pub const PHONE_CHARS_MAX: usize = 20;
/// A village, a street and a house in plain words.
pub const PLACE_CHARS_MAX: usize = 80;

/// The folder in the data.
const FOLDER: &str = "contacts";
const KEY: &str = "key";
const KEY_BYTES: usize = 32;
/// Where a key goes that is none.
const DAMAGED: &str = "key.damaged";
const ENDING: &str = "sealed";

/// The longest file: more is none of ours.
const BYTES_MAX: u64 = 4_096;

/// Files looked at: all visits that a hall knows, and as many again that no night has erased yet.
const FILES_MAX: usize = 2_000;

/// A contact could not be kept, read or erased.
#[derive(Debug, thiserror::Error)]
pub enum ContactFault {
    /// A file or folder.
    #[error("failed to {doing} {path}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It could not be sealed, or the system gave no random bytes.
    #[error("a contact could not be sealed")]
    Sealing,
}

/// What of a contact does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// Too long, or not in one line.
    TooLong,
    /// A telephone has digits, blanks, dashes and a plus.
    NoPhone,
}

/// The contacts of a server.
#[derive(Debug)]
pub struct Contacts {
    folder: PathBuf,
    files: Arc<dyn Files>,
    key: LessSafeKey,
}

impl Contacts {
    /// Opens the folder in the data; the key is born at the first start. One that is no key any more is put
    /// aside for a new one: what was sealed with it is lost, and the hall opens all the same.
    ///
    /// # Errors
    /// If the folder or the key cannot be made.
    pub fn open(data: &Path, files: Arc<dyn Files>) -> Result<Self, ContactFault> {
        use std::os::unix::fs::DirBuilderExt;
        let folder = data.join(FOLDER);
        let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder);
        made.map_err(fault("make", &folder))?;
        let path = folder.join(KEY);
        let bytes = match fs::read(&path) {
            Ok(bytes) if bytes.len() == KEY_BYTES => Zeroizing::new(bytes),
            Ok(_) => {
                tracing::error!(path = %path.display(), "it is no key; contacts sealed with it are lost");
                let aside = folder.join(DAMAGED);
                files.rename(&path, &aside).map_err(fault("put aside", &path))?;
                fresh_key(&*files, &folder)?
            }
            Err(error) if error.kind() == ErrorKind::NotFound => fresh_key(&*files, &folder)?,
            Err(error) => return Err(fault("read", &path)(error)),
        };
        let key = UnboundKey::new(&AES_256_GCM, &bytes).map_err(|_| ContactFault::Sealing)?;
        Ok(Self { folder, files, key: LessSafeKey::new(key) })
    }

    /// Keeps how a visit's person is reached, if it fits; what was kept before is replaced.
    ///
    /// # Errors
    /// If it could not be sealed or written.
    pub fn keep(&self, visit: VisitId, contact: &VisitContact) -> Result<(), ContactFault> {
        let mut nonce = [0; NONCE_LEN];
        getrandom::fill(&mut nonce).map_err(|_| ContactFault::Sealing)?;
        let mut sealed = serde_json::to_vec(contact).map_err(|_| ContactFault::Sealing)?;
        let aad = Aad::from(visit.0.to_be_bytes());
        let nonce_used = Nonce::assume_unique_for_key(nonce);
        let done = self.key.seal_in_place_append_tag(nonce_used, aad, &mut sealed);
        done.map_err(|_| ContactFault::Sealing)?;
        let bytes = [nonce.as_slice(), &sealed].concat();
        write(&*self.files, &self.folder, &name(visit), &bytes)
    }

    /// How a visit's person is reached; none if nobody said so, or it was erased.
    #[must_use]
    pub fn of(&self, visit: VisitId) -> Option<VisitContact> {
        let path = self.folder.join(name(visit));
        let fits = fs::metadata(&path).ok()?.len() <= BYTES_MAX;
        let bytes = fits.then(|| fs::read(&path).ok()).flatten()?;
        let contact = self.unsealed(visit, &bytes);
        if contact.is_none() {
            tracing::warn!(visit = visit.0, "a contact cannot be read");
        }
        contact
    }

    fn unsealed(&self, visit: VisitId, bytes: &[u8]) -> Option<VisitContact> {
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut sealed = Zeroizing::new(sealed.to_vec());
        let aad = Aad::from(visit.0.to_be_bytes());
        let plain = self.key.open_in_place(nonce, aad, &mut sealed).ok()?;
        serde_json::from_slice(plain).ok()
    }

    /// Overwrites a contact and removes it; false if there was none.
    ///
    /// # Errors
    /// If the file could not be overwritten or removed.
    pub fn erase(&self, visit: VisitId) -> Result<bool, ContactFault> {
        let path = self.folder.join(name(visit));
        let file = match self.files.open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(fault("open", &path)(error)),
        };
        let length = file.size().unwrap_or(0).min(BYTES_MAX);
        let zeros = vec![0; usize::try_from(length).unwrap_or(0)];
        let wiped = file.write_at(0, &zeros).and_then(|()| file.sync());
        wiped.map_err(fault("overwrite", &path))?;
        self.files.remove(&path).map_err(fault("remove", &path))?;
        self.files.sync_dir(&self.folder).map_err(fault("sync", &self.folder))?;
        Ok(true)
    }

    /// The visits of which something is kept, by number.
    #[must_use]
    pub fn kept(&self) -> Vec<VisitId> {
        let names = self.files.list(&self.folder).unwrap_or_default();
        let id = |name: &String| name.strip_suffix(ENDING)?.strip_suffix('.')?.parse().ok();
        let mut kept: Vec<VisitId> = names.iter().filter_map(id).map(VisitId).collect();
        kept.sort_unstable();
        kept.truncate(FILES_MAX);
        kept
    }

    /// Erases these; how many went.
    ///
    /// # Errors
    /// If one could not be erased; the others were.
    pub fn erase_all(&self, visits: &[VisitId]) -> Result<u64, ContactFault> {
        let mut erased = 0;
        let mut failed = None;
        for visit in visits {
            match self.erase(*visit) {
                Ok(was_there) => erased += u64::from(was_there),
                Err(fault) => failed = Some(fault),
            }
        }
        failed.map_or(Ok(erased), Err)
    }
}

/// Which of these contacts were kept long enough: some days after their visit was over, or of no visit that
/// the hall knows.
#[must_use]
pub fn due(hall: &Hall, kept: &[VisitId], now: Timestamp) -> Vec<VisitId> {
    let kept_for = Millis::from_days(KEPT_DAYS);
    let is_due = |visit: &&VisitId| match hall.visit(**visit) {
        Some(visit) => visit.over.as_ref().is_some_and(|over| now > over.at + kept_for),
        None => true,
    };
    kept.iter().filter(is_due).copied().collect()
}

/// Takes a contact as people wrote it: blanks at its ends go, and what does not fit is told.
///
/// # Errors
/// What does not fit.
pub fn fit(contact: VisitContact) -> Result<VisitContact, Unfit> {
    let trimmed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let VisitContact { who, phone, place } = contact;
    let (who, phone, place) = (trimmed(&who), trimmed(&phone), trimmed(&place));
    let fits = |text: &str, most: usize| {
        text.chars().count() <= most && !text.chars().any(char::is_control)
    };
    if !fits(&who, WHO_CHARS_MAX) || !fits(&place, PLACE_CHARS_MAX) {
        return Err(Unfit::TooLong);
    }
    let of_phone = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '+');
    if !fits(&phone, PHONE_CHARS_MAX) || !phone.chars().all(of_phone) {
        return Err(Unfit::NoPhone);
    }
    Ok(VisitContact { who, phone, place })
}

fn fresh_key(files: &dyn Files, folder: &Path) -> Result<Zeroizing<Vec<u8>>, ContactFault> {
    let mut fresh = Zeroizing::new(vec![0; KEY_BYTES]);
    getrandom::fill(&mut fresh).map_err(|_| ContactFault::Sealing)?;
    write(files, folder, KEY, &fresh)?;
    Ok(fresh)
}

fn name(visit: VisitId) -> String {
    format!("{}.{ENDING}", visit.0)
}

fn write(files: &dyn Files, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), ContactFault> {
    let (making, path) = (folder.join(format!(".{name}.new")), folder.join(name));
    let written = files.create(&making).and_then(|file| {
        file.write_at(0, bytes)?;
        file.sync()?;
        files.rename(&making, &path)?;
        files.sync_dir(folder)
    });
    written.map_err(fault("write", &path))
}

fn fault(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ContactFault {
    let path = path.to_owned();
    move |source| ContactFault::File { doing, path, source }
}

#[cfg(test)]
mod tests;
