//! A lean client: one thread, few connections kept alive, one request at a time on each.
//!
//! It shares the machine's cores with the server it measures, so it does no more than it must.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::{
    callers::{Asking, Watch, Work},
    halls,
    stats::Found,
};

/// An answer is longer than this only if something is wrong.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// A server that says nothing for so long is not measured any further.
const SILENCE_MAX: Duration = Duration::from_secs(20);

/// Who asks: credentials and a name that no other asking has.
#[derive(Debug, Clone)]
pub struct Door {
    /// "127.0.0.1:41233".
    pub address: String,
    /// A kiosk's credential.
    pub kiosk: String,
    /// A desk's credential.
    pub desk: String,
    /// What the names of this load's askings begin with.
    pub name: String,
}

struct Caller {
    stream: TcpStream,
    at: usize,
    turn: usize,
    asking: Asking,
    asked: Instant,
    answer: Vec<u8>,
}

/// Runs callers against a server until the time is up.
///
/// # Panics
/// If the server refuses or stays silent: then there is nothing to measure.
#[must_use]
pub fn measure(door: &Door, work: Work, callers: usize, watch: Watch) -> Found {
    run(door, work, callers, watch, usize::MAX)
}

/// Takes so many tickets, evenly over the queues.
pub fn fill(door: &Door, tickets: usize) {
    let watch = Watch::start(Duration::ZERO, Duration::from_secs(600));
    let _ = run(door, Work::Issue, 64, watch, tickets.div_ceil(64));
}

fn run(door: &Door, work: Work, callers: usize, watch: Watch, turns: usize) -> Found {
    let mut found = Found { span: watch.span(), ..Found::default() };
    let mut all: Vec<Caller> = (0..callers).map(|at| Caller::connect(door, at)).collect();
    for caller in &mut all {
        caller.ask(door, work);
    }
    let mut left: Vec<Caller> = all;
    while !left.is_empty() {
        let ready = wait(&left);
        let mut place = 0;
        left.retain_mut(|caller| {
            let is_ready = ready[place];
            place += 1;
            if !is_ready || !caller.hear() {
                return true;
            }
            if caller.asking.counts() {
                watch.note(caller.asked, &mut found);
            }
            let over = !watch.runs() || caller.turn >= turns;
            let goes_on = !(over && work.may_stop(caller.turn));
            if goes_on {
                caller.ask(door, work);
            }
            goes_on
        });
    }
    found
}

/// Which callers have something to read.
fn wait(callers: &[Caller]) -> Vec<bool> {
    let mut ends: Vec<PollFd> =
        callers.iter().map(|caller| PollFd::new(&caller.stream, PollFlags::IN)).collect();
    let most = Timespec { tv_sec: SILENCE_MAX.as_secs().cast_signed(), tv_nsec: 0 };
    let count = poll(&mut ends, Some(&most)).expect("the system tells who is ready");
    assert!(count > 0, "the server said nothing for {SILENCE_MAX:?}");
    ends.iter().map(|end| !end.revents().is_empty()).collect()
}

impl Caller {
    fn connect(door: &Door, at: usize) -> Self {
        let stream = TcpStream::connect(&door.address).expect("the server takes connections");
        stream.set_nodelay(true).expect("a connection without delay");
        stream.set_nonblocking(true).expect("a connection that never blocks");
        let (asking, asked) = (Asking::CallNext, Instant::now());
        Self { stream, at, turn: 0, asking, asked, answer: Vec::new() }
    }

    fn ask(&mut self, door: &Door, work: Work) {
        self.asking = work.asking(self.at, self.turn);
        let request = request(door, self.asking, self.at, self.turn);
        self.turn += 1;
        self.answer.clear();
        self.asked = Instant::now();
        // One small request fits into an empty socket.
        self.stream.write_all(request.as_bytes()).expect("a request leaves at once");
    }

    /// Reads what came; true once the answer is whole.
    fn hear(&mut self) -> bool {
        let mut piece = [0; 8 * 1024];
        match self.stream.read(&mut piece) {
            Ok(0) => panic!("the server closed a connection"),
            Ok(count) => self.answer.extend_from_slice(&piece[..count]),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return false,
            Err(error) => panic!("the connection broke: {error}"),
        }
        assert!(self.answer.len() < ANSWER_BYTES_MAX, "an answer without end");
        let Some(whole) = length(&self.answer) else { return false };
        if self.answer.len() < whole {
            return false;
        }
        let good = self.answer.starts_with(b"HTTP/1.1 20");
        assert!(good, "{:?} was refused: {}", self.asking, String::from_utf8_lossy(&self.answer));
        true
    }
}

/// The length of an answer with its head; none while the head is not whole.
fn length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&answer[..head]).ok()?;
    let mut lines = text.lines();
    let body = lines.find_map(|line| line.strip_prefix("content-length: "))?;
    Some(head + body.trim().parse::<usize>().ok()?)
}

fn request(door: &Door, asking: Asking, caller: usize, turn: usize) -> String {
    let id = format!("{}-{caller}-{turn}", door.name);
    let window = halls::window(caller % halls::windows());
    let (path, bearer, body) = match asking {
        Asking::Issue { queue } => {
            let queue = halls::QUEUES[queue];
            let body = format!("{{\"queue\":\"{queue}\",\"request_id\":\"{id}\"}}");
            ("tickets".to_owned(), &door.kiosk, body)
        }
        Asking::CallNext => {
            let body = format!("{{\"request_id\":\"{id}\"}}");
            (format!("windows/{window}/call-next"), &door.desk, body)
        }
        Asking::Finish => {
            let body = format!("{{\"request_id\":\"{id}\"}}");
            (format!("windows/{window}/finish"), &door.desk, body)
        }
    };
    format!(
        "POST /api/v1/{path} HTTP/1.1\r\nhost: {}\r\nauthorization: Bearer {bearer}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        door.address,
        body.len()
    )
}
