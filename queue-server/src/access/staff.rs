//! Sign-ins of staff: argon2id hashes, one file a person.

use std::path::Path;

use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use hall::ids::{DeviceId, StaffNo, WindowId};
use serde::{Deserialize, Serialize};

use super::{Fault, Identity, Role, files::Folder};

/// The shortest password, in characters.
pub const PASSWORD_LENGTH_MIN: usize = 12;

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// 工号.
    pub no: StaffNo,
    /// The name on the plate.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The only windows where the person may sign on; empty for all.
    #[serde(default)]
    pub windows: Vec<WindowId>,
}

impl Person {
    /// Who acts when this person has signed in.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let text = format!("staff-{}", self.no);
        let name: DeviceId = text.parse().expect("a staff number after a word makes a name");
        Identity { name, role: self.role, windows: self.windows.clone(), staff: Some(self.no) }
    }
}

/// A person with the hash of the password.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    /// The hash in PHC form.
    pub hash: String,
    /// The person may not sign in for now.
    #[serde(default)]
    pub disabled: bool,
    /// Somebody else knows the password: it must be changed before anything else.
    #[serde(default)]
    pub must_change: bool,
    /// The person.
    pub person: Person,
}

#[derive(Debug)]
pub struct Staff {
    folder: Folder,
}

impl Staff {
    pub fn open(path: &Path) -> Result<Self, Fault> {
        Ok(Self { folder: Folder::open(path)? })
    }

    pub fn add(&self, person: Person, hash: String) -> Result<(), Fault> {
        let name = person.no.to_string();
        self.folder.write(&name, &Stored { hash, disabled: false, must_change: false, person })
    }

    pub fn keep(&self, stored: &Stored) -> Result<(), Fault> {
        self.folder.write(stored.person.no.as_str(), stored)
    }

    pub fn all(&self) -> Result<Vec<Stored>, Fault> {
        self.folder.all()
    }

    pub fn remove(&self, no: StaffNo) -> Result<bool, Fault> {
        self.folder.remove(no.as_str())
    }

    pub fn disable(&self, no: StaffNo, disabled: bool) -> Result<bool, Fault> {
        let Some(stored) = self.folder.read::<Stored>(no.as_str())? else { return Ok(false) };
        self.folder.write(no.as_str(), &Stored { disabled, ..stored })?;
        Ok(true)
    }

    /// Each person, and whether the sign-in is disabled.
    pub fn list(&self) -> Result<Vec<(Person, bool)>, Fault> {
        let all: Vec<Stored> = self.folder.all()?;
        Ok(all.into_iter().map(|stored| (stored.person, stored.disabled)).collect())
    }

    pub fn stored(&self, no: StaffNo) -> Option<Stored> {
        self.folder.read(no.as_str()).unwrap_or_else(|fault| {
            tracing::warn!(%fault, "a sign-in could not be read");
            None
        })
    }

    pub fn person(&self, no: StaffNo) -> Option<Person> {
        self.stored(no).filter(|stored| !stored.disabled).map(|stored| stored.person)
    }
}

/// Hashes a password with argon2id and a fresh salt.
pub fn hash(password: &str) -> Result<String, Fault> {
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| Fault::Random(error.to_string()))?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| Fault::Hash(error.to_string()))?;
    let hash = Argon2::default()
        .hash_password(password.as_bytes(), &salt)
        .map_err(|error| Fault::Hash(error.to_string()))?;
    Ok(hash.to_string())
}

/// Compares a password with a hash. Without a hash it takes as long and is false, so that the time
/// does not tell which staff numbers exist.
pub fn verify(hash: Option<&str>, password: &str) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$\
                          AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let known = hash.is_some();
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && known
}
