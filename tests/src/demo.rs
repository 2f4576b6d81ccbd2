//! The whole hall in one process, as `cargo run` opens it.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use tempfile::TempDir;
use ureq::{Agent, RequestBuilder, typestate::WithBody};

use crate::{log_to, program, wait_until};

/// An open demo hall.
pub struct Demo {
    process: Child,
    said: Arc<Mutex<Vec<String>>>,
    /// Its data.
    pub folder: TempDir,
    /// Where the pages are.
    pub http: String,
}

impl Demo {
    /// Opens a hall on a Monday morning, with these further words on the command line.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open(extra: &[&str]) -> Self {
        Self::open_with(Command::new(program("paihao")).arg("--no-windows").args(extra))
    }

    /// Opens a hall that writes so much of its log into a file.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open_noting(file: &Path, what: &str, extra: &[&str]) -> Self {
        let mut paihao = Command::new(program("paihao"));
        paihao.env("RUST_LOG", what).env("NO_COLOR", "1").stderr(log_to(file));
        Self::open_with(paihao.arg("--no-windows").args(extra))
    }

    /// Presses a key of a device in the device room, as somebody of the demo.
    ///
    /// # Panics
    /// If nobody is let in.
    pub fn press(&self, no: &str, password: &str, device: &str, key: &str) {
        let cookie = self.let_in(no, password);
        let form = [("device", device), ("key", key)];
        let answer = self.post("/room/press").header("cookie", cookie).send_form(form);
        assert!(answer.is_ok(), "{key} of {device} is pressed: {answer:?}");
    }

    /// The cookie of somebody who signs in.
    ///
    /// # Panics
    /// If nobody is let in.
    #[must_use]
    pub fn let_in(&self, no: &str, password: &str) -> String {
        let signin = self.post("/signin");
        let answer = signin.send_form([("no", no), ("password", password)]).expect("an answer");
        let cookies = answer.headers().get_all("set-cookie").iter();
        let cookies: Vec<&str> =
            cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()).collect();
        assert!(!cookies.is_empty(), "{no} is let in");
        cookies.join("; ")
    }

    /// Runs one of the server's commands on its data; the last line of what it prints.
    ///
    /// # Panics
    /// If it fails.
    #[must_use]
    pub fn command(&self, words: &[&str]) -> String {
        let data = self.folder.path().join("data");
        let output =
            Command::new(program("queue-server")).args(words).arg("--data").arg(data).output();
        let output = output.expect("the program runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "queue-server {words:?}: {error}");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().last().unwrap_or_default().to_owned()
    }

    /// An asking as a page of ours sends it; nobody is led on.
    #[must_use]
    pub fn post(&self, path: &str) -> RequestBuilder<WithBody> {
        let agent: Agent = Agent::config_builder().max_redirects(0).build().into();
        agent.post(format!("{}{path}", self.http)).header("sec-fetch-site", "same-origin")
    }

    /// What a page or an endpoint says to whoever has this cookie.
    ///
    /// # Panics
    /// If it says nothing.
    #[must_use]
    pub fn get(&self, path: &str, cookie: &str) -> String {
        let answer = ureq::get(format!("{}{path}", self.http)).header("cookie", cookie).call();
        answer.expect("an answer").body_mut().read_to_string().expect("text")
    }

    /// Opens a hall with windows on a display of this name.
    ///
    /// # Panics
    /// If it does not open.
    #[must_use]
    pub fn open_on(display: &str, extra: &[&str]) -> Self {
        let mut paihao = Command::new(program("paihao"));
        Self::open_with(paihao.env_remove("WAYLAND_DISPLAY").env("DISPLAY", display).args(extra))
    }

    fn open_with(paihao: &mut Command) -> Self {
        let folder = tempfile::tempdir().expect("a folder for a test");
        let mut process = paihao
            .arg("--data")
            .arg(folder.path().join("data"))
            .args(["--http", "127.0.0.1:0", "--mqtt", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the demo starts");
        let out = process.stdout.take().expect("its output is ours");
        let said: Arc<Mutex<Vec<String>>> = Arc::default();
        let heard = said.clone();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(line);
            }
        });
        let mut demo = Self { process, said, folder, http: String::new() };
        demo.http = wait_until("the hall is open", Duration::from_secs(60), || {
            let said = demo.said();
            let line = said.iter().find(|line| line.contains("/desk"));
            let open = said.iter().any(|line| line.contains("Ctrl-C"));
            line.filter(|_| open).and_then(|line| address(line)).ok_or_else(|| said.join("\n"))
        });
        demo
    }

    /// What it printed.
    #[must_use]
    pub fn said(&self) -> Vec<String> {
        self.said.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Staff number and password of a page, as it printed them.
    ///
    /// # Panics
    /// If it printed none.
    #[must_use]
    pub fn sign_in(&self, page: &str) -> (String, String) {
        let said = self.said();
        let line = said.iter().find(|line| line.contains(&format!("/{page} ")));
        let words: Vec<&str> = line.expect("each page is told").split_whitespace().collect();
        let at = words.iter().position(|word| word.starts_with("http")).expect("an address");
        (words[at + 2].to_owned(), words[at + 4].to_owned())
    }

    /// Presses Ctrl-C and waits for the end.
    ///
    /// # Panics
    /// If it does not end, or not well.
    pub fn close(mut self) {
        let pid = self.process.id().to_string();
        let asked = Command::new("kill").args(["-INT", &pid]).status();
        assert!(asked.is_ok_and(|status| status.success()), "the demo is there to be stopped");
        let status = wait_until("the hall is closed", Duration::from_secs(30), || {
            self.process.try_wait().ok().flatten().ok_or_else(|| self.said().join("\n"))
        });
        assert!(status.success(), "the hall closed with {status}");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn address(line: &str) -> Option<String> {
    let word = line.split_whitespace().find(|word| word.starts_with("http"))?;
    Some(word.trim_end_matches("/desk").to_owned())
}
