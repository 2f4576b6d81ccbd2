//! Running a program of the system with a limit of time.

use std::{
    io::{Read, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{Stop, fault::SpeakFault};

/// How often a running program is looked at: a sentence's end is heard this much late at most.
const LOOK_EVERY: Duration = Duration::from_millis(15);

/// What a program may say about its failure.
const WORDS_BYTES_MAX: u64 = 8 * 1024;

/// What a program may write: eight minutes of speech.
const OUTPUT_BYTES_MAX: u64 = 20 * 1024 * 1024;

/// Runs the program, gives it `input`, and waits until it ends; ends it after `longest` or when
/// the display ends.
///
/// # Errors
/// If it could not be started, failed, or did not end in time.
pub fn run(
    command: &mut Command,
    input: Vec<u8>,
    longest: Duration,
    stop: &Stop,
) -> Result<(), SpeakFault> {
    finish(command.stdout(Stdio::null()), input, longest, stop).map(drop)
}

/// Runs the program without input; what it wrote to its standard output.
///
/// # Errors
/// As [`run`].
pub fn output(
    command: &mut Command,
    longest: Duration,
    stop: &Stop,
) -> Result<Vec<u8>, SpeakFault> {
    finish(command.stdout(Stdio::piped()), Vec::new(), longest, stop)
}

fn finish(
    command: &mut Command,
    input: Vec<u8>,
    longest: Duration,
    stop: &Stop,
) -> Result<Vec<u8>, SpeakFault> {
    let program = command.get_program().to_string_lossy().into_owned();
    let start = |source| SpeakFault::Start { program: program.clone(), source };
    let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
    let mut child = command.stdin(stdin).stderr(Stdio::piped()).spawn().map_err(start)?;
    // A pipe holds less than a sentence's sound, so writing waits for the player: a thread of its
    // own, which ends with the pipe.
    let feeding = child
        .stdin
        .take()
        .map(|mut pipe| std::thread::spawn(move || pipe.write_all(&input).is_ok()));
    // Nor may the program wait until somebody takes what it writes.
    let taking = child.stdout.take().map(|pipe| {
        std::thread::spawn(move || {
            let mut written = Vec::new();
            pipe.take(OUTPUT_BYTES_MAX).read_to_end(&mut written).map(|_| written)
        })
    });
    let until = Instant::now() + longest;
    let ended = loop {
        match child.try_wait().map_err(start)? {
            Some(status) => break Ok(status),
            None if stop.asked() => break Err(SpeakFault::Stopping),
            None if Instant::now() >= until => {
                break Err(SpeakFault::TooLong {
                    program: program.clone(),
                    secs: longest.as_secs(),
                });
            }
            None => std::thread::sleep(LOOK_EVERY),
        }
    };
    if ended.is_err() {
        // It may have ended this very moment; either way it is gone after the wait.
        child.kill().ok();
        child.wait().map_err(start)?;
    }
    if let Some(feeding) = feeding
        && feeding.join().is_err()
    {
        tracing::error!("feeding a player ended by a bug");
    }
    let written = taking.map(std::thread::JoinHandle::join);
    let status = ended?;
    let written = match written {
        Some(Ok(written)) => written.map_err(start)?,
        Some(Err(_)) => {
            tracing::error!("listening to a program ended by a bug");
            Vec::new()
        }
        None => Vec::new(),
    };
    let mut words = Vec::new();
    if let Some(pipe) = child.stderr.take() {
        pipe.take(WORDS_BYTES_MAX).read_to_end(&mut words).map_err(start)?;
    }
    let words = String::from_utf8_lossy(&words);
    if status.success() && !complains(&words) {
        return Ok(written);
    }
    let words = words.lines().rev().take(2).collect::<Vec<_>>().join("; ");
    Err(SpeakFault::Ended { program, status: status.to_string(), words })
}

/// espeak-ng 1.51 ends with 0 where there is no sound card, and only its words tell.
fn complains(words: &str) -> bool {
    words.lines().any(|line| line.to_ascii_lowercase().starts_with("error"))
}
