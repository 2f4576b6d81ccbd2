//! Credentials of devices and programs: a name, a role, perhaps a window, and a secret's digest.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant, SystemTime},
};

use hall::ids::{DeviceId, WindowId};
use serde::{Deserialize, Serialize};

use super::{
    Fault, Identity, Refusal, Role,
    files::{self, Folder},
    mosquitto,
};

/// How a credential is called; also the MQTT user name.
pub type CredentialName = DeviceId;

/// The name under which the server itself speaks to the embedded broker.
pub const SERVER: &str = "server";

/// A revoked credential is refused after this at the latest.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// A credential, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Its name.
    pub name: CredentialName,
    /// What it may do.
    pub role: Role,
    /// The only windows it may act at; empty for all that the role allows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<WindowId>,
    /// The digest of its secret.
    digest: String,
    /// What mosquitto keeps of its secret; none of a credential made before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mosquitto: Option<String>,
}

impl Credential {
    /// Who holds it.
    #[must_use]
    pub fn identity(&self) -> Identity {
        let windows = self.windows.clone();
        Identity { name: self.name, role: self.role, windows, staff: None }
    }

    /// What its secret is known by; no secret itself.
    #[must_use]
    pub fn mark(&self) -> &str {
        &self.digest
    }

    /// What stands for it in mosquitto's password file; none of a credential made before this was
    /// kept, because only whoever made it knew its secret.
    #[must_use]
    pub fn mosquitto(&self) -> Option<&str> {
        self.mosquitto.as_deref()
    }
}

#[derive(Debug)]
pub struct Credentials {
    folder: Folder,
    by_digest: BTreeMap<String, Credential>,
    stamp: Option<SystemTime>,
    looked: Option<Instant>,
}

impl Credentials {
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let folder = Folder::open(path)?;
        Ok(Self { folder, by_digest: BTreeMap::new(), stamp: None, looked: None })
    }

    pub fn add(
        &mut self,
        role: Role,
        name: Option<CredentialName>,
        windows: Vec<WindowId>,
    ) -> Result<(Credential, String), Fault> {
        let secret = files::secret()?;
        let digest = files::digest(&secret);
        let name = name.unwrap_or_else(|| {
            let place = windows.first().map(|window| format!("-{window}")).unwrap_or_default();
            let text = format!("{}{place}-{}", role.as_str(), &digest[..6]);
            text.parse().expect("a role, a window's id and six digits make a name")
        });
        if self.folder.has(name.as_str()) {
            return Err(Fault::Refused(Refusal::Exists(name)));
        }
        let credential = self.write(role, name, windows, &secret)?;
        Ok((credential, secret))
    }

    pub fn replace(
        &mut self,
        role: Role,
        name: CredentialName,
        windows: Vec<WindowId>,
    ) -> Result<String, Fault> {
        let secret = files::secret()?;
        self.write(role, name, windows, &secret)?;
        Ok(secret)
    }

    fn write(
        &mut self,
        role: Role,
        name: CredentialName,
        windows: Vec<WindowId>,
        secret: &str,
    ) -> Result<Credential, Fault> {
        if name.as_str() == SERVER {
            return Err(Fault::Refused(Refusal::Reserved(name)));
        }
        if !windows.is_empty() && !matches!(role, Role::Desk | Role::Bridge) {
            return Err(Fault::Refused(Refusal::NoWindows(role)));
        }
        let (digest, mosquitto) = (files::digest(secret), Some(mosquitto::hash(secret)?));
        let credential = Credential { name, role, windows, digest, mosquitto };
        self.folder.write(name.as_str(), &credential)?;
        self.looked = None;
        Ok(credential)
    }

    pub fn list(&self) -> Result<Vec<Credential>, Fault> {
        self.folder.all()
    }

    pub fn revoke(&mut self, name: CredentialName) -> Result<bool, Fault> {
        self.looked = None;
        self.folder.remove(name.as_str())
    }

    pub fn find(&mut self, secret: &str) -> Option<&Credential> {
        let digest = files::digest(secret);
        let looked_lately = self.looked.is_some_and(|at| at.elapsed() < LOOK_AGAIN_AFTER);
        // An unknown secret may be one that was made this moment by the command line.
        if !looked_lately || !self.by_digest.contains_key(&digest) {
            self.look_again();
        }
        self.by_digest.get(&digest)
    }

    /// The credential of this name, as the folder says within the last second.
    pub fn named(&mut self, name: &str) -> Option<&Credential> {
        if self.looked.is_none_or(|at| at.elapsed() >= LOOK_AGAIN_AFTER) {
            self.look_again();
        }
        self.by_digest.values().find(|credential| credential.name.as_str() == name)
    }

    fn look_again(&mut self) {
        self.looked = Some(Instant::now());
        let stamp = self.folder.stamp();
        // A folder changed within the last second may change again under the same stamp.
        let settled = stamp
            .and_then(|stamp| SystemTime::now().duration_since(stamp).ok())
            .is_some_and(|age| age > LOOK_AGAIN_AFTER);
        if stamp == self.stamp && settled {
            return;
        }
        match self.folder.all::<Credential>() {
            Ok(all) => {
                self.by_digest = all
                    .into_iter()
                    .map(|credential| (credential.digest.clone(), credential))
                    .collect();
                self.stamp = stamp;
            }
            Err(fault) => tracing::warn!(%fault, "credentials could not be read again"),
        }
    }
}
