//! A key that makes marks: 32 random bytes in a file that only its owner reads.

use std::{
    fmt,
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use hall::time::Day;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use wire::reader::{KeyText, bytes_of_hex};
use zeroize::Zeroizing;

use super::Fault;

const BYTES: usize = 32;

/// A key, and the day it was made for.
pub(super) struct Key {
    pub made: Day,
    secret: Zeroizing<[u8; BYTES]>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({}, …)", self.made)
    }
}

impl Key {
    /// Makes a key and keeps it in its file.
    pub fn make(path: &Path, made: Day) -> Result<Self, Fault> {
        let mut secret = Zeroizing::new([0; BYTES]);
        getrandom::fill(secret.as_mut()).map_err(|error| Fault::Random(error.to_string()))?;
        let key = Self { made, secret };
        let text = Zeroizing::new(format!("{made} {}", key.text().reveal()));
        let fresh = path.with_extension("new");
        let written = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&fresh)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .and_then(|()| fs::rename(&fresh, path));
        written.map_err(fault("write", path))?;
        Ok(key)
    }

    /// The key in a file; none if there is none. One that cannot be read costs only that persons
    /// of before are not known again, so it is told and the hall opens.
    pub fn read(path: &Path) -> Option<Self> {
        let text = match fs::read_to_string(path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == ErrorKind::NotFound => return None,
            Err(error) => {
                tracing::warn!(path = %path.display(), %error, "a key of marks cannot be read");
                return None;
            }
        };
        let key = parse(&text);
        if key.is_none() {
            tracing::warn!(path = %path.display(), "a key of marks is no key; a fresh one is made");
        }
        key
    }

    /// Gives a key's file another name.
    pub fn rename(from: &Path, to: &Path) -> Result<(), Fault> {
        fs::rename(from, to).map_err(fault("rename", from))
    }

    /// Overwrites a key's file and removes it; fine if there is none.
    pub fn destroy(path: &Path) -> Result<(), Fault> {
        let wiped = OpenOptions::new().write(true).open(path);
        let wiped = wiped.and_then(|mut file| {
            let length = usize::try_from(file.metadata()?.len()).unwrap_or(0).min(4_096);
            file.write_all(&vec![b'0'; length])
        });
        match wiped.and_then(|()| fs::remove_file(path)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(fault("destroy", path)(error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// The key as readers are given it.
    pub fn text(&self) -> KeyText {
        KeyText::of(&self.secret)
    }

    /// The first 16 bytes of HMAC-SHA256.
    pub fn mark(&self, of: &[u8]) -> [u8; 16] {
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.as_ref());
        let mut mac = mac.expect("HMAC takes a key of any length");
        mac.update(of);
        let digest = mac.finalize().into_bytes();
        let mut mark = [0; 16];
        mark.copy_from_slice(&digest[..16]);
        mark
    }
}

fn parse(text: &str) -> Option<Key> {
    let (made, digits) = text.trim().split_once(' ')?;
    let secret = Zeroizing::new(bytes_of_hex::<BYTES>(digits)?);
    Some(Key { made: made.parse().ok()?, secret })
}

fn fault(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Fault {
    let path = path.to_owned();
    move |source| Fault::File { doing, path, source }
}
