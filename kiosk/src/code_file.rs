//! 运维口令: kept as an argon2id hash in a file of one line; the code itself is nowhere.

use std::{
    fs::{self, OpenOptions},
    io::{self, BufRead, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::Path,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};

use crate::limits;

/// The code cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum CodeFault {
    /// It is too short, too long, or has other characters.
    #[error(
        "the operator's code has {least} to {most} digits, and not all the same",
        least = limits::CODE_DIGITS_MIN,
        most = limits::CODE_DIGITS_MAX
    )]
    Unfit,
    /// It was not typed.
    #[error("failed to read the code")]
    Unread(#[source] io::Error),
    /// It was not kept.
    #[error("failed to write {path}")]
    Write {
        /// Which file.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The hash could not be made.
    #[error("failed to make a hash: {0}")]
    Hash(String),
}

/// Reads a code from a line of `from` and keeps its hash in a file that only its owner reads.
///
/// # Errors
/// [`CodeFault`] if it is no code, or the file cannot be written.
pub fn set(from: impl BufRead, out: &Path) -> Result<(), CodeFault> {
    let mut line = String::new();
    from.take(64).read_line(&mut line).map_err(CodeFault::Unread)?;
    let hash = hash(line.trim())?;
    let fault = |source| CodeFault::Write { path: out.display().to_string(), source };
    write(out, &format!("{hash}\n")).map_err(fault)
}

/// Whole or not at all, and never open to others: a new file beside the old one, then in its place.
fn write(out: &Path, text: &str) -> io::Result<()> {
    let mut beside = out.as_os_str().to_owned();
    beside.push(".new");
    // What an earlier try left may be open to others.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Ok(()) | Err(_) => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, out)?;
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

fn hash(code: &str) -> Result<String, CodeFault> {
    let digits = limits::CODE_DIGITS_MIN..=limits::CODE_DIGITS_MAX;
    let first = code.chars().next();
    let differ = code.chars().any(|digit| Some(digit) != first);
    if !digits.contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_digit()) || !differ {
        return Err(CodeFault::Unfit);
    }
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| CodeFault::Hash(error.to_string()))?;
    let fault = |error: argon2::password_hash::Error| CodeFault::Hash(error.to_string());
    let salt = SaltString::encode_b64(&salt).map_err(fault)?;
    let hash = Argon2::default().hash_password(code.as_bytes(), &salt).map_err(fault)?;
    Ok(hash.to_string())
}

/// The hash in a file; none, and a word in the log, if there is none in it.
#[must_use]
pub fn read(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path);
    let text = text.inspect_err(|error| {
        tracing::warn!(path = %path.display(), %error, "there is no operator's code");
    });
    let hash = text.ok()?.trim().to_owned();
    if PasswordHash::new(&hash).is_err() {
        tracing::warn!(path = %path.display(), "the operator's code is not one; set it again");
        return None;
    }
    Some(hash)
}

/// True if a code is the one of a hash.
#[must_use]
pub fn is_right(hash: &str, code: &str) -> bool {
    let parsed = PasswordHash::new(hash);
    parsed.is_ok_and(|hash| Argon2::default().verify_password(code.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_kept_as_a_hash_that_only_it_fits() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("operator.code");
        set("246813\n".as_bytes(), &file).unwrap();
        let kept = fs::read_to_string(&file).unwrap();
        assert!(kept.starts_with("$argon2id$") && !kept.contains("246813"), "{kept}");
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        // Whoever opened the old file, or a wide one that was left beside it, sees nothing of the new one.
        let old = folder.path().join("old");
        fs::hard_link(&file, &old).unwrap();
        fs::write(folder.path().join("operator.code.new"), "left").unwrap();
        set("246813\n".as_bytes(), &file).unwrap();
        assert_eq!(fs::read_to_string(&old).unwrap(), kept, "it is a new file");
        assert!(!folder.path().join("operator.code.new").exists());
        let mode =
            std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
        assert_eq!(mode & 0o777, 0o600);
        let hash = read(&file).unwrap();
        assert!(is_right(&hash, "246813"));
        for wrong in ["246814", "24681", "", "2468130"] {
            assert!(!is_right(&hash, wrong), "{wrong}");
        }
    }

    #[test]
    fn a_code_that_anybody_tries_first_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("operator.code");
        for unfit in ["", "12345", "1234567890123", "12a456", "000000"] {
            assert!(matches!(set(unfit.as_bytes(), &file), Err(CodeFault::Unfit)), "{unfit}");
        }
        assert!(read(&file).is_none());
        fs::write(&file, "246813").unwrap();
        assert!(read(&file).is_none(), "a code in clear is not taken for a hash");
    }
}
