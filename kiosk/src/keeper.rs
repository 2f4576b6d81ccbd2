//! 看护: the kiosk runs as a child of this, and begins again within seconds when it ends or stands still.
//!
//! The child says that it is alive each time it has drawn; a child that draws nothing for a minute
//! stands still, because even at rest it draws every quarter of a minute.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, ExitCode, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use crate::model::operator::Ending;

/// The argument that asks for this.
pub const KEEP: &str = "--keep";

/// The argument that tells the child that somebody listens.
pub const KEPT: &str = "--kept";

/// How a kiosk ends that its operator closed: whatever keeps it leaves it off.
pub const CLOSED: u8 = 10;

/// How it ends to be begun again at once.
const AGAIN: u8 = 11;

/// How the program ends.
#[must_use]
pub const fn exit_code(ending: Ending) -> i32 {
    match ending {
        Ending::Close => CLOSED as i32,
        Ending::Restart => AGAIN as i32,
    }
}

/// How long nothing may be drawn.
const STANDS_STILL: Duration = Duration::from_secs(60);

/// Between two looks.
const LOOK: Duration = Duration::from_millis(200);

/// A child that ran so long ended by something new, and begins at once again.
const RAN_WELL: Duration = Duration::from_secs(60);

/// Before the first, second, … start in a row; then always the last.
const PAUSES: [Duration; 4] = [
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(10),
];

/// Keeps a program running until it ends by itself and well.
///
/// `arguments` are the program's own, its name first; [`KEEP`] among them is not handed on.
pub fn keep(program: &Path, arguments: &[OsString]) -> ExitCode {
    let mut failures = 0;
    loop {
        let began = Instant::now();
        match run(program, arguments, STANDS_STILL) {
            Ok(Ended::Well) => return ExitCode::SUCCESS,
            Ok(Ended::Closed) => return ExitCode::from(CLOSED),
            Ok(Ended::Asked) => {
                tracing::info!("the operator begins the kiosk again");
                failures = 0;
                continue;
            }
            Ok(Ended::Badly(how)) => tracing::error!(how, "the kiosk ended; it begins again"),
            Ok(Ended::StoodStill) => tracing::error!("the kiosk stood still; it begins again"),
            Err(error) => tracing::error!(%error, "the kiosk does not start"),
        }
        if began.elapsed() >= RAN_WELL {
            failures = 0;
        }
        thread::sleep(PAUSES[failures.min(PAUSES.len() - 1)]);
        failures += 1;
    }
}

/// How a run ended.
#[derive(Debug, PartialEq, Eq)]
enum Ended {
    Well,
    /// 关闭 by the operator: it stays off.
    Closed,
    /// 重新启动 by the operator.
    Asked,
    Badly(String),
    StoodStill,
}

fn run(program: &Path, arguments: &[OsString], still: Duration) -> std::io::Result<Ended> {
    let handed_on = arguments.iter().skip(1).filter(|each| *each != KEEP);
    let mut child = Command::new(program)
        .args(handed_on)
        .arg(KEPT)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let began = Instant::now();
    let heard = Arc::new(AtomicU64::new(0));
    if let Some(out) = child.stdout.take() {
        let heard = heard.clone();
        thread::Builder::new()
            .name("beats".to_owned())
            .spawn(move || listen(out, began, &heard))?;
    }
    let ended = wait(&mut child, began, &heard, still);
    if ended.as_ref().map_or(true, |ended| *ended == Ended::StoodStill) {
        child.kill()?;
        child.wait()?;
    }
    ended
}

fn wait(
    child: &mut Child,
    began: Instant,
    heard: &AtomicU64,
    still: Duration,
) -> std::io::Result<Ended> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(match status.code() {
                Some(0) => Ended::Well,
                Some(code) if code == i32::from(CLOSED) => Ended::Closed,
                Some(code) if code == i32::from(AGAIN) => Ended::Asked,
                Some(_) | None => Ended::Badly(status.to_string()),
            });
        }
        let silent = began.elapsed().saturating_sub(Duration::from_millis(heard.load(Relaxed)));
        if silent > still {
            return Ok(Ended::StoodStill);
        }
        thread::sleep(LOOK);
    }
}

/// Each line is a sign of life; what it says is no matter.
fn listen(out: ChildStdout, began: Instant, heard: &AtomicU64) {
    for line in BufReader::new(out).lines() {
        if line.is_err() {
            return;
        }
        heard.store(u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX), Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> [OsString; 3] {
        ["sh", "-c", script].map(OsString::from)
    }

    fn ends(script: &str) -> Ended {
        run(Path::new("/bin/sh"), &shell(script), Duration::from_millis(600)).unwrap()
    }

    #[test]
    fn a_child_that_ends_well_is_let_go_and_one_that_breaks_is_told_of() {
        assert_eq!(ends("exit 0"), Ended::Well);
        assert_eq!(ends("exit 10"), Ended::Closed);
        assert_eq!(ends("exit 11"), Ended::Asked);
        assert!(matches!(ends("exit 3"), Ended::Badly(how) if how.contains('3')));
        assert!(matches!(ends("kill -9 $$"), Ended::Badly(how) if how.contains('9')));
    }

    #[test]
    fn a_child_that_says_nothing_stands_still_and_is_ended() {
        let began = Instant::now();
        assert_eq!(ends("exec sleep 600"), Ended::StoodStill);
        assert!(began.elapsed() < Duration::from_secs(60), "it is not waited for");
    }

    #[test]
    fn a_child_that_says_something_lives() {
        let script = "for n in 1 2 3 4 5 6; do echo; sleep 0.3; done";
        assert_eq!(ends(script), Ended::Well);
    }

    #[test]
    fn a_kiosk_that_breaks_begins_again_until_it_ends_well() {
        let folder = tempfile::tempdir().unwrap();
        let times = folder.path().join("times");
        let script = format!("echo x >> {0}; [ $(wc -l < {0}) -ge 3 ]", times.display());
        keep(Path::new("/bin/sh"), &shell(&script));
        assert_eq!(std::fs::read_to_string(times).unwrap().lines().count(), 3);
    }
}
