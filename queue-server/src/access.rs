//! Who may do what: credentials of devices, sign-ins of staff, and their sessions.
//!
//! Everything is a small file under `data/access`, so that `token add` works while the server runs
//! and revoking is deleting a file. Secrets are stored as digests only. There is no default
//! password anywhere.

mod credentials;
mod files;
mod sessions;
mod staff;
mod throttle;

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use hall::ids::{DeviceId, StaffNo, WindowId};
use serde::{Deserialize, Serialize};

pub use credentials::{Credential, CredentialName};
pub use sessions::SESSION_LASTS;
pub use staff::{PASSWORD_LENGTH_MIN, Person};

/// What somebody or something may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 取号机: issues tickets and settles their slips.
    Kiosk,
    /// 窗口: acts at its window.
    Desk,
    /// 大屏: reads what is shown.
    Display,
    /// 设备网桥: speaks for the devices it carries.
    Bridge,
    /// 大厅管理: reads boards, reports and the device room.
    Office,
    /// 系统管理: everything.
    Admin,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] =
        [Self::Kiosk, Self::Desk, Self::Display, Self::Bridge, Self::Office, Self::Admin];

    /// The word on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Desk => "desk",
            Self::Display => "display",
            Self::Bridge => "bridge",
            Self::Office => "office",
            Self::Admin => "admin",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|role| role.as_str() == text);
        found.ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|role| role.as_str()).collect();
            format!("a role is one of {}", known.join(", "))
        })
    }
}

/// Who asks, once a credential or a session was believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The credential's name, or "staff-" and the staff number.
    pub name: DeviceId,
    /// What it may do.
    pub role: Role,
    /// The only windows it may act at; empty for all that the role allows.
    pub windows: Vec<WindowId>,
    /// The person, if one has signed in.
    pub staff: Option<StaffNo>,
}

impl Identity {
    /// True if a desk's identity may act at this window.
    #[must_use]
    pub fn may_act_at(&self, window: WindowId) -> bool {
        self.windows.is_empty() || self.windows.contains(&window)
    }
}

/// Access could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A file or folder.
    #[error("failed to {doing} {path}")]
    File {
        /// What was tried.
        doing: &'static str,
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file that says something else than expected.
    #[error("{path} is not what it should be: {why}")]
    Broken {
        /// Which file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// Random bytes could not be had.
    #[error("the system gave no random bytes: {0}")]
    Random(String),
    /// A password could not be hashed.
    #[error("failed to hash the password: {0}")]
    Hash(String),
}

/// Why a sign-in was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// The staff number or the password is wrong; it is not said which.
    Wrong,
    /// Too many failures: wait so many seconds.
    Wait {
        /// Seconds to wait.
        secs: u64,
    },
}

/// A fresh secret of 256 random bits, as hexadecimal digits.
///
/// # Errors
/// If the system gives no random bytes.
pub fn fresh_secret() -> Result<String, Fault> {
    files::secret()
}

/// The access of one hall; cheap to clone.
#[derive(Debug, Clone)]
pub struct Access {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug)]
struct Inner {
    credentials: credentials::Credentials,
    staff: staff::Staff,
    sessions: sessions::Sessions,
    throttle: throttle::Throttle,
}

impl Access {
    /// Opens `data/access`, making it if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(data: &Path) -> Result<Self, Fault> {
        let folder = data.join("access");
        let inner = Inner {
            credentials: credentials::Credentials::open(&folder.join("credentials"))?,
            staff: staff::Staff::open(&folder.join("staff"))?,
            sessions: sessions::Sessions::open(&folder.join("sessions"))?,
            throttle: throttle::Throttle::default(),
        };
        Ok(Self { inner: Arc::new(Mutex::new(inner)) })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a credential and gives its secret, which is never to be had again.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add_credential(
        &self,
        role: Role,
        name: Option<CredentialName>,
        windows: impl IntoIterator<Item = WindowId>,
    ) -> Result<(Credential, String), Fault> {
        self.lock().credentials.add(role, name, windows.into_iter().collect())
    }

    /// All credentials, by name.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn credentials(&self) -> Result<Vec<Credential>, Fault> {
        self.lock().credentials.list()
    }

    /// Takes a credential back; false if there was none of this name.
    ///
    /// # Errors
    /// If the file cannot be removed.
    pub fn revoke(&self, name: CredentialName) -> Result<bool, Fault> {
        self.lock().credentials.revoke(name)
    }

    /// Who holds this secret.
    #[must_use]
    pub fn bearer(&self, secret: &str) -> Option<Identity> {
        self.lock().credentials.find(secret).map(Credential::identity)
    }

    /// Who holds this secret under this name, for MQTT.
    #[must_use]
    pub fn device(&self, name: &str, secret: &str) -> Option<Identity> {
        self.bearer(secret).filter(|identity| identity.name.as_str() == name)
    }

    /// Makes or replaces a person's sign-in.
    ///
    /// # Errors
    /// If it cannot be hashed or written.
    pub fn add_person(&self, person: Person, password: &str) -> Result<(), Fault> {
        let hash = staff::hash(password)?;
        let no = person.no;
        let mut inner = self.lock();
        inner.staff.add(person, hash)?;
        inner.sessions.end_of(no)
    }

    /// Everybody who can sign in.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn people(&self) -> Result<Vec<Person>, Fault> {
        self.lock().staff.list()
    }

    /// The person of this staff number.
    #[must_use]
    pub fn person(&self, no: StaffNo) -> Option<Person> {
        self.lock().staff.person(no)
    }

    /// Signs a person in and gives the session's secret for the cookie. Slow on purpose (argon2id):
    /// never call it on a thread that serves others.
    ///
    /// # Errors
    /// [`SignInRefusal`], after which nothing has changed but the count of failures.
    pub fn sign_in(
        &self,
        no: &str,
        password: &str,
        from: IpAddr,
    ) -> Result<(String, Identity), SignInRefusal> {
        let stored = {
            let mut inner = self.lock();
            inner.throttle.check(no, from)?;
            no.parse::<StaffNo>().ok().and_then(|no| inner.staff.stored(no))
        };
        let believed = staff::verify(stored.as_ref().map(|stored| stored.hash.as_str()), password);
        let mut inner = self.lock();
        let (Some(stored), true) = (stored, believed) else {
            inner.throttle.failed(no, from);
            return Err(SignInRefusal::Wrong);
        };
        inner.throttle.succeeded(no, from);
        let identity = stored.person.identity();
        let secret = inner.sessions.begin(stored.person.no).map_err(|fault| {
            tracing::warn!(%fault, "a session could not be begun");
            SignInRefusal::Wait { secs: 1 }
        })?;
        Ok((secret, identity))
    }

    /// Who holds this session; `used` says that the person did something, not that an open page
    /// asked by itself.
    #[must_use]
    pub fn session(&self, secret: &str, used: bool) -> Option<Identity> {
        let mut inner = self.lock();
        let no = inner.sessions.find(secret, used, Instant::now())?;
        inner.staff.person(no).map(|person| person.identity())
    }

    /// Ends a session.
    pub fn sign_out(&self, secret: &str) {
        self.lock().sessions.end(secret);
    }
}

#[cfg(test)]
mod tests;
