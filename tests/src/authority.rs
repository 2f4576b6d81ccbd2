//! An authority of the hall's own that signs a broker's certificate, as `openssl` makes it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Nothing but what the command line says goes into a certificate.
const CONFIG: &str = "[req]\ndistinguished_name = name\n[name]\n";

/// A certificate and its key.
pub struct Certificate {
    /// The certificate.
    pub file: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// An authority nobody else knows.
#[must_use]
pub fn authority(folder: &Path, name: &str) -> Certificate {
    let extensions = ["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"];
    make(folder, name, &extensions, None)
}

/// A certificate for a machine, signed by an authority. Names are such as `IP:127.0.0.1`.
#[must_use]
pub fn signed(folder: &Path, name: &str, names: &str, by: &Certificate) -> Certificate {
    let names = format!("subjectAltName={names}");
    let extensions = ["basicConstraints=critical,CA:FALSE", "extendedKeyUsage=serverAuth", &names];
    make(folder, name, &extensions, Some(by))
}

fn make(folder: &Path, name: &str, extensions: &[&str], by: Option<&Certificate>) -> Certificate {
    let config = folder.join("openssl.cnf");
    fs::write(&config, CONFIG).expect("a file for a test");
    let made = Certificate {
        file: folder.join(format!("{name}.pem")),
        key: folder.join(format!("{name}.key")),
    };
    let mut command = Command::new("openssl");
    command
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
        .args(["-nodes", "-days", "2", "-subj", &format!("/CN={name}"), "-config"])
        .arg(&config)
        .arg("-keyout")
        .arg(&made.key)
        .arg("-out")
        .arg(&made.file);
    for extension in extensions {
        command.args(["-addext", extension]);
    }
    if let Some(by) = by {
        command.arg("-CA").arg(&by.file).arg("-CAkey").arg(&by.key);
    }
    let output = command.output().expect("openssl is installed; tests/run installs it");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name} could not be made: {error}");
    made
}
