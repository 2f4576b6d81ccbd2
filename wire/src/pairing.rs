//! 配对 at the device's side: a code is shown to the server, and the credential that comes back is
//! kept in a file of its owner's alone.

use std::{
    fs::Permissions,
    io::Write as _,
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use crate::{
    http::{PairAnswer, PairRequest, Problem},
    texts::Texts,
};

/// The device was not paired. It is told in both languages.
#[derive(Debug, thiserror::Error)]
pub enum PairFault {
    /// The server cannot be reached.
    #[error("{}", Texts::both("pair.unreachable", &[("server", server), ("why", why)]))]
    Unreachable {
        /// The server's address.
        server: String,
        /// Why.
        why: String,
    },
    /// The server says no.
    #[error("{}", Texts::in_both(|texts| refused(code, title, texts)))]
    Refused {
        /// The problem's code.
        code: String,
        /// The server's words, for a code that is not known here.
        title: String,
    },
    /// What answered is no server of ours.
    #[error("{}", Texts::both("pair.strange", &[("server", server)]))]
    Strange {
        /// The server's address.
        server: String,
    },
    /// The credential cannot be kept; its code is used up.
    #[error("{}", Texts::both("pair.not_kept", &[("path", &path.display()), ("why", source)]))]
    NotKept {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Shows a code to a server and keeps what comes back; `post` sends a JSON body to an address and
/// gives status and body of the answer. Says what to do next, in both languages.
///
/// # Errors
/// [`PairFault`].
pub fn pair(
    server: &str,
    code: &str,
    out: &Path,
    post: impl FnOnce(&str, &str) -> Result<(u16, String), String>,
) -> Result<String, PairFault> {
    // Before the code is used up: a place that takes no file takes none now.
    let not_kept = |source| PairFault::NotKept { path: out.to_owned(), source };
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(out)
        .map_err(not_kept)?;
    let url = format!("{}/api/v1/pair", server.trim_end_matches('/'));
    let asked = PairRequest { code: code.to_owned() };
    let body = serde_json::to_string(&asked).expect("a code is a text");
    let (status, answer) = post(&url, &body)
        .map_err(|why| PairFault::Unreachable { server: server.to_owned(), why })?;
    let strange = || PairFault::Strange { server: server.to_owned() };
    if status != 201 {
        let problem: Problem = serde_json::from_str(&answer).map_err(|_| strange())?;
        return Err(PairFault::Refused { code: problem.code, title: problem.title });
    }
    let answer: PairAnswer = serde_json::from_str(&answer).map_err(|_| strange())?;
    // A file that stood there already may have been open to others.
    file.set_permissions(Permissions::from_mode(0o600))
        .and_then(|()| file.set_len(0))
        .and_then(|()| writeln!(file, "{}", answer.secret))
        .map_err(not_kept)?;
    let PairAnswer { hall, name, role, .. } = &answer;
    Ok(Texts::in_both(|texts| {
        let role = word(texts, &format!("room.role_{role}"), role);
        let values: [(&str, &dyn std::fmt::Display); 4] =
            [("hall", hall), ("name", name), ("role", &role), ("path", &out.display())];
        texts.fill("pair.done", &values)
    }))
}

fn refused(code: &str, title: &str, texts: &Texts) -> String {
    texts.fill("pair.refused", &[("why", &word(texts, &format!("api.{code}"), title))])
}

fn word(texts: &Texts, key: &str, other: &str) -> String {
    if texts.has(key) { texts.get(key).to_owned() } else { other.to_owned() }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on ends with a panic")]
mod tests {
    use super::*;

    struct Gone(PathBuf);

    impl Drop for Gone {
        fn drop(&mut self) {
            std::fs::remove_file(&self.0).ok();
        }
    }

    fn out(name: &str) -> Gone {
        Gone(std::env::temp_dir().join(format!("wire-pair-{name}-{}", std::process::id())))
    }

    #[test]
    fn the_credential_is_kept_for_its_owner_alone() {
        let out = out("kept");
        std::fs::write(&out.0, "an older one, open to all\n").unwrap();
        std::fs::set_permissions(&out.0, Permissions::from_mode(0o644)).unwrap();
        let told = pair("http://hall/", "1234 5678", &out.0, |url, body| {
            assert_eq!(url, "http://hall/api/v1/pair");
            assert_eq!(body, r#"{"code":"1234 5678"}"#);
            let answer = r#"{"hall":"yunxi","name":"kiosk-1","role":"kiosk","secret":"0a1b"}"#;
            Ok((201, answer.to_owned()))
        });
        let told = told.unwrap();
        assert!(told.contains("kiosk-1") && told.contains("已配对") && !told.contains("0a1b"));
        assert_eq!(std::fs::read_to_string(&out.0).unwrap(), "0a1b\n");
        let mode = std::fs::metadata(&out.0).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_no_is_told_in_the_servers_words_and_keeps_what_was_there() {
        let out = out("refused");
        std::fs::write(&out.0, "the old one\n").unwrap();
        let no = r#"{"type":"x","title":"没有这个配对码。","status":404,"code":"no_such_code"}"#;
        let answers = [
            (Ok((404, no.to_owned())), "没有这个配对码"),
            (Ok((404, no.to_owned())), "There is no such pairing code"),
            (Ok((200, "<html>".to_owned())), "http://hall"),
            (Err("connection refused".to_owned()), "connection refused"),
        ];
        for (answer, words) in answers {
            let told = pair("http://hall", "1", &out.0, |_, _| answer).unwrap_err().to_string();
            assert!(told.contains(words), "{told}");
        }
        assert_eq!(std::fs::read_to_string(&out.0).unwrap(), "the old one\n");
        let nowhere = pair("http://hall", "1", Path::new("/nowhere/secret"), |_, _| {
            panic!("a code is not used up for nothing")
        });
        assert!(nowhere.unwrap_err().to_string().contains("/nowhere/secret"));
    }
}
