//! Who may do what: credentials of devices, sign-ins of staff, and their sessions.
//!
//! Everything is a small file under `data/access`, so that `token add` works while the server runs
//! and revoking is deleting a file. Secrets are stored as digests only. There is no default
//! password anywhere.

mod accounts;
mod credentials;
mod files;
mod known;
mod line;
pub mod mosquitto;
mod refusal;
mod sessions;
mod signin;
mod staff;
mod throttle;

use std::{
    net::{IpAddr, Ipv6Addr},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use hall::ids::{DeviceId, StaffNo, WindowId};
use serde::{Deserialize, Serialize};

pub use accounts::{Account, NotChanged};
pub use credentials::{Credential, CredentialName, SERVER};
pub use refusal::Refusal;
pub use sessions::{SESSION_IDLES, SESSION_LASTS};
pub use signin::SignInRefusal;
pub use staff::{PASSWORD_LENGTH_MIN, Person};

/// What somebody or something may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 取号机: issues tickets and settles their slips.
    Kiosk,
    /// 窗口: acts at its window.
    Desk,
    /// 导办: does at the guide desk what a kiosk does, for who does not want the machine.
    Guide,
    /// 大屏: reads what is shown.
    Display,
    /// 设备网桥: speaks for the devices it carries.
    Bridge,
    /// 大厅管理: runs the hall, and reads boards, reports and the device room.
    Office,
    /// 监察: reads what the office reads of the hall, and changes nothing.
    Supervisor,
    /// 运维: the device room.
    Operator,
    /// 系统管理: everything of the hall, and neither accounts nor the audit trail.
    Admin,
    /// 安全管理: accounts, rights, sessions and credentials, and nothing of the hall.
    Security,
    /// 审计: reads the audit trail, and changes nothing.
    Auditor,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 11] = [
        Self::Kiosk,
        Self::Desk,
        Self::Guide,
        Self::Display,
        Self::Bridge,
        Self::Office,
        Self::Supervisor,
        Self::Operator,
        Self::Admin,
        Self::Security,
        Self::Auditor,
    ];

    /// 三员: nobody may be two of them.
    pub const SEPARATED: &[Self] = &[Self::Admin, Self::Security, Self::Auditor];

    /// Who reads the audit trail.
    pub const READS_TRAIL: &[Self] = &[Self::Auditor, Self::Security, Self::Supervisor];

    /// Who reads how the hall does: boards, reports, 诉求, alerts.
    pub const READS_HALL: &[Self] = &[Self::Office, Self::Supervisor];

    /// Who sees to the devices.
    pub const RUNS_DEVICES: &[Self] = &[Self::Office, Self::Operator];

    /// True for what people are; the others are devices.
    #[must_use]
    pub const fn is_person(self) -> bool {
        match self {
            Self::Desk
            | Self::Guide
            | Self::Office
            | Self::Supervisor
            | Self::Operator
            | Self::Admin
            | Self::Security
            | Self::Auditor => true,
            Self::Kiosk | Self::Display | Self::Bridge => false,
        }
    }

    /// True for whoever has business in the hall: the others see to accounts or to the trail alone.
    #[must_use]
    pub const fn is_of_hall(self) -> bool {
        match self {
            Self::Kiosk
            | Self::Desk
            | Self::Guide
            | Self::Display
            | Self::Bridge
            | Self::Office
            | Self::Supervisor
            | Self::Operator
            | Self::Admin => true,
            Self::Security | Self::Auditor => false,
        }
    }

    /// 管理: an act of theirs is in the audit trail before it is answered.
    #[must_use]
    pub const fn is_managing(self) -> bool {
        match self {
            Self::Office
            | Self::Supervisor
            | Self::Operator
            | Self::Admin
            | Self::Security
            | Self::Auditor => true,
            Self::Kiosk | Self::Desk | Self::Guide | Self::Display | Self::Bridge => false,
        }
    }

    /// The word on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kiosk => "kiosk",
            Self::Desk => "desk",
            Self::Guide => "guide",
            Self::Display => "display",
            Self::Bridge => "bridge",
            Self::Office => "office",
            Self::Supervisor => "supervisor",
            Self::Operator => "operator",
            Self::Admin => "admin",
            Self::Security => "security",
            Self::Auditor => "auditor",
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
    /// True if this identity may act at this window.
    #[must_use]
    pub fn may_act_at(&self, window: WindowId) -> bool {
        self.windows.is_empty() || self.windows.contains(&window)
    }
}

/// Access could not be read or written, or what was asked for may not be.
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
    /// What was asked for may not be.
    #[error("{0}")]
    Refused(Refusal),
    /// Random bytes could not be had.
    #[error("the system gave no random bytes: {0}")]
    Random(String),
    /// A password could not be hashed.
    #[error("failed to hash the password: {0}")]
    Hash(String),
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
    line: line::Line,
}

#[derive(Debug)]
struct Inner {
    credentials: credentials::Credentials,
    staff: staff::Staff,
    sessions: sessions::Sessions,
    known: known::Known,
    throttle: throttle::Throttle,
}

impl Access {
    /// Opens `data/access`, making it if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be made or read.
    pub fn open(data: &Path) -> Result<Self, Fault> {
        let folder = data.join("access");
        private(data)?;
        let inner = Inner {
            credentials: credentials::Credentials::open(&folder.join("credentials"))?,
            staff: staff::Staff::open(&folder.join("staff"))?,
            sessions: sessions::Sessions::open(&folder.join("sessions"))?,
            known: known::Known::open(&folder.join("known"))?,
            throttle: throttle::Throttle::default(),
        };
        Ok(Self { inner: Arc::new(Mutex::new(inner)), line: line::Line::default() })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a credential and gives its secret, which is never to be had again.
    ///
    /// # Errors
    /// If the name is taken or reserved, the role has no windows, or it cannot be written.
    pub fn add_credential(
        &self,
        role: Role,
        name: Option<CredentialName>,
        windows: impl IntoIterator<Item = WindowId>,
    ) -> Result<(Credential, String), Fault> {
        self.lock().credentials.add(role, name, windows.into_iter().collect())
    }

    /// Gives a name another secret, or makes a credential of this name; the one before is void.
    ///
    /// # Errors
    /// If the name is reserved, the role has no windows, or it cannot be written.
    pub fn replace_credential(
        &self,
        role: Role,
        name: CredentialName,
        windows: Vec<WindowId>,
    ) -> Result<String, Fault> {
        self.lock().credentials.replace(role, name, windows)
    }

    /// What a name's secret is known by; another one once the secret is another.
    #[must_use]
    pub fn mark(&self, name: &str) -> Option<String> {
        self.lock().credentials.named(name).map(|credential| credential.mark().to_owned())
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

    /// What the credential of this name may do now; none once it is revoked.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<Identity> {
        self.lock().credentials.named(name).map(Credential::identity)
    }

    /// Who holds this secret under this name, for MQTT.
    #[must_use]
    pub fn device(&self, name: &str, secret: &str) -> Option<Identity> {
        self.bearer(secret).filter(|identity| identity.name.as_str() == name)
    }
}

/// Makes the folder of the data, for its owner alone: it holds the record, keys and digests.
///
/// # Errors
/// If it cannot be made or belongs to somebody else.
pub fn private(data: &Path) -> Result<(), Fault> {
    use std::{fs, os::unix::fs::PermissionsExt};
    let fault = |doing| move |source| Fault::File { doing, path: data.into(), source };
    fs::create_dir_all(data).map_err(fault("make"))?;
    fs::set_permissions(data, fs::Permissions::from_mode(0o700)).map_err(fault("close to others"))
}

/// The network a place counts as: whoever has one address of IPv6 has 2⁶⁴ of them.
#[must_use]
pub fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
    }
}

#[cfg(test)]
mod tests;
