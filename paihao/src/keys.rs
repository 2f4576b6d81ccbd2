//! Credentials and sign-ins of the demo hall: made by chance at the first start, kept beside the
//! data, readable by its owner only. There is no default password anywhere.

use std::{
    fs,
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::Context;
use hall::ids::{StaffNo, WindowId};
use queue_server::access::{Access, CredentialName, Person, Role, fresh_secret};

/// Characters of a made password, in two groups that can be read aloud.
const PASSWORD_LENGTH: usize = 12;

/// The folder of the demo's secrets.
pub struct Keys {
    folder: PathBuf,
    access: Access,
}

impl Keys {
    /// Opens `data/demo`.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(data: &Path) -> anyhow::Result<Self> {
        let folder = data.join("demo");
        fs::create_dir_all(&folder)
            .with_context(|| format!("failed to make {}", folder.display()))?;
        Ok(Self { folder, access: Access::open(data)? })
    }

    /// The same folder with the access that a running server has, so that it knows at once.
    #[must_use]
    pub fn shared(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// The file in which a device's or program's secret stands; made if it is not there.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn credential(&self, name: &str, role: Role) -> anyhow::Result<PathBuf> {
        let path = self.folder.join(format!("{name}.token"));
        let known = fs::read_to_string(&path).unwrap_or_default();
        if self.access.bearer(known.trim()).is_none() {
            let known = name.parse::<CredentialName>().map_err(|why| anyhow::anyhow!("{why}"))?;
            // One whose secret was lost is of no use to anybody.
            self.access.revoke(known)?;
            let (_, secret) = self.access.add_credential(role, Some(known), [])?;
            write_secret(&path, &secret)?;
        }
        Ok(path)
    }

    /// A secret itself.
    ///
    /// # Errors
    /// If it cannot be made or read.
    pub fn secret(&self, name: &str, role: Role) -> anyhow::Result<String> {
        Ok(fs::read_to_string(self.credential(name, role)?)?.trim().to_owned())
    }

    /// The password of a person, who can sign in from now on.
    ///
    /// # Errors
    /// If it cannot be made or kept.
    pub fn sign_in(
        &self,
        no: StaffNo,
        name: &str,
        role: Role,
        windows: Vec<WindowId>,
    ) -> anyhow::Result<String> {
        let path = self.folder.join(format!("{no}.password"));
        if self.access.person(no).is_some()
            && let Ok(known) = fs::read_to_string(&path)
        {
            return Ok(known.trim().to_owned());
        }
        let mut password = fresh_secret()?;
        password.truncate(PASSWORD_LENGTH);
        write_secret(&path, &password)?;
        self.access.add_person(Person { no, name: name.to_owned(), role, windows }, &password)?;
        Ok(password)
    }

    /// Lets a class sign in with one password.
    ///
    /// # Errors
    /// If it cannot be made or kept.
    pub fn class(&self, class: impl IntoIterator<Item = Person>) -> anyhow::Result<String> {
        let mut password = fresh_secret()?;
        password.truncate(PASSWORD_LENGTH);
        for person in class {
            self.access.add_person(person, &password)?;
        }
        Ok(password)
    }

    /// The folder itself, for configurations.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

fn write_secret(path: &Path, secret: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
    writeln!(file, "{secret}")
}
