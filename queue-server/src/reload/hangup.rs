//! SIGHUP reloads the profile, and what became of it stands in a file, so that `queue-server reload`
//! on the same machine can ask and read the answer without a credential: whoever may write in the
//! data's folder may do more.

use std::{
    fs, io,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use hall::words::Actor;
use rustix::process::{Pid, Signal, kill_process};
use serde::{Deserialize, Serialize};
use tokio::signal::unix::{SignalKind, signal};
use wire::texts::{Language, Texts};

use super::{ReloadFault, words};
use crate::{
    app::App,
    audit::{Act, Kind, Outcome, Who},
    serve::lock,
};

const ASKED: &str = "reload-asked";
const ANSWER: &str = "reloaded.json";

/// How long an answer may take: the largest profile is read in a second.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// How often an answer is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// What became of a reload that was asked for by a signal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// What was written where it is asked; empty if nobody wrote there.
    asked: String,
    /// True unless nothing was reloaded.
    pub done: bool,
    /// What became of it, a line each, in Chinese.
    pub chinese: Vec<String>,
    /// The same in English.
    pub english: Vec<String>,
}

/// The server could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum AskFault {
    /// Nobody serves this data.
    #[error("no queue-server runs on {data}")]
    NotRunning {
        /// The data.
        data: String,
    },
    /// A file of the asking.
    #[error("failed to ask the server on {data}")]
    File {
        /// The data.
        data: String,
        /// Why.
        source: io::Error,
    },
    /// The signal.
    #[error("failed to send a signal to the server, process {pid}")]
    Signal {
        /// Its process.
        pid: i32,
        /// Why.
        source: io::Error,
    },
    /// No answer came.
    #[error("the server did not answer within {} s; see its log", ANSWER_WITHIN.as_secs())]
    Silent,
}

/// Reloads at every SIGHUP until the server stops.
///
/// # Errors
/// If the system gives no signals.
pub fn listen(app: Arc<App>) -> io::Result<tokio::task::JoinHandle<()>> {
    let mut hangup = signal(SignalKind::hangup())?;
    Ok(tokio::spawn(async move {
        let mut stopping = app.stopping.clone();
        loop {
            tokio::select! {
                _ = stopping.wait_for(|stopping| *stopping) => return,
                heard = hangup.recv() => if heard.is_none() { return },
            }
            let by = Actor::System("console".parse().expect("a literal id is valid"));
            let outcome = app.reload(by).await;
            let said = |language| words::lines(&outcome, Texts::of(language));
            let (chinese, english) = (said(Language::Chinese), said(Language::English));
            let why = match &outcome {
                Ok(_) => Outcome::Done,
                Err(ReloadFault::Profile(_)) => Outcome::Refused("profile_wrong".to_owned()),
                Err(_) => Outcome::Failed,
            };
            let about = format!("SIGHUP reload version={}", app.profile.version);
            app.audit.note(Act::new(Kind::Profile, Who::Console, "", &about, "", why));
            match &outcome {
                Ok(_) => tracing::info!("{}", english.join(" ")),
                Err(_) => tracing::warn!("{}", english.join("\n")),
            }
            let asked = fs::read_to_string(app.data.join(ASKED)).unwrap_or_default();
            let answer = Answer { asked, done: outcome.is_ok(), chinese, english };
            if let Err(error) = tell(&app.data, &answer) {
                tracing::warn!(%error, "the answer to a reload could not be written");
            }
        }
    }))
}

fn tell(data: &Path, answer: &Answer) -> io::Result<()> {
    let making = data.join("reloaded.making");
    fs::write(&making, serde_json::to_vec(answer)?)?;
    fs::rename(making, data.join(ANSWER))
}

/// Asks the server on this data to reload, and waits for what becomes of it.
///
/// # Errors
/// If there is no server, or it does not answer.
pub fn ask(data: &Path, nonce: u64) -> Result<Answer, AskFault> {
    let name = || data.display().to_string();
    let pid = lock::holder(data).and_then(Pid::from_raw);
    let pid = pid.ok_or_else(|| AskFault::NotRunning { data: name() })?;
    let asked = format!("{nonce:016x}");
    fs::write(data.join(ASKED), &asked)
        .map_err(|source| AskFault::File { data: name(), source })?;
    kill_process(pid, Signal::HUP).map_err(|error| AskFault::Signal {
        pid: pid.as_raw_nonzero().get(),
        source: error.into(),
    })?;
    let begin = Instant::now();
    while begin.elapsed() < ANSWER_WITHIN {
        let answer = fs::read(data.join(ANSWER)).ok();
        let answer = answer.and_then(|text| serde_json::from_slice::<Answer>(&text).ok());
        if let Some(answer) = answer.filter(|answer| answer.asked == asked) {
            return Ok(answer);
        }
        std::thread::sleep(LOOK_EVERY);
    }
    Err(AskFault::Silent)
}
