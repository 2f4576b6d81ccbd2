//! The wire between a kiosk and the server, which can lose an answer or lie still.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How a request for a number begins.
const ASKS_FOR_A_NUMBER: &[u8] = b"POST /api/v1/tickets HTTP";

/// How long a wire that lies still keeps a caller.
const STILL_MAX: Duration = Duration::from_secs(60);

#[derive(Default)]
struct Wire {
    loses_numbers: AtomicBool,
    lies_still: AtomicBool,
    lost: AtomicUsize,
    ended: AtomicBool,
}

/// A wire; it is cut when dropped.
pub struct Gate {
    port: u16,
    wire: Arc<Wire>,
    door: Option<JoinHandle<()>>,
}

impl Gate {
    /// A wire to a port of loopback.
    ///
    /// # Panics
    /// If there is no port for it.
    #[must_use]
    pub fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a port");
        let here = listener.local_addr().expect("it has an address").port();
        let wire = Arc::new(Wire::default());
        let shared = wire.clone();
        let door = thread::spawn(move || {
            for caller in listener.incoming().map_while(Result::ok) {
                if shared.ended.load(SeqCst) {
                    return;
                }
                let wire = shared.clone();
                thread::spawn(move || carry(caller, port, &wire));
            }
        });
        Self { port: here, wire, door: Some(door) }
    }

    /// The address on the kiosk's side.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// From now on the server hears who asks for a number, and its answer is lost, or not.
    pub fn lose_numbers(&self, lose: bool) {
        self.wire.loses_numbers.store(lose, SeqCst);
    }

    /// From now on callers wait, as before a server that is being started, or not.
    pub fn lie_still(&self, still: bool) {
        self.wire.lies_still.store(still, SeqCst);
    }

    /// How many answers were lost.
    #[must_use]
    pub fn lost(&self) -> usize {
        self.wire.lost.load(SeqCst)
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.wire.ended.store(true, SeqCst);
        // One more caller wakes the door.
        TcpStream::connect(("127.0.0.1", self.port)).ok();
        if let Some(door) = self.door.take() {
            door.join().ok();
        }
    }
}

fn carry(caller: TcpStream, port: u16, wire: &Arc<Wire>) {
    let came = Instant::now();
    while wire.lies_still.load(SeqCst) && came.elapsed() < STILL_MAX {
        if wire.ended.load(SeqCst) {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    // Without a server the caller is sent away, as by a machine that is on.
    let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else { return };
    caller.set_nodelay(true).ok();
    server.set_nodelay(true).ok();
    let (Ok(to_caller), Ok(to_server)) = (caller.try_clone(), server.try_clone()) else { return };
    let loses = Arc::new(AtomicBool::new(false));
    let (asked, shared) = (loses.clone(), wire.clone());
    thread::spawn(move || {
        let asks = |bytes: &[u8]| {
            let asks = bytes.windows(ASKS_FOR_A_NUMBER.len()).any(|part| part == ASKS_FOR_A_NUMBER);
            if asks && shared.loses_numbers.load(SeqCst) {
                asked.store(true, SeqCst);
            }
            true
        };
        pass(caller, to_server, asks);
    });
    pass(server, to_caller, |_| {
        let lost = loses.load(SeqCst);
        if lost {
            wire.lost.fetch_add(1, SeqCst);
        }
        !lost
    });
}

/// Carries bytes one way until an end hangs up or `may_pass` says no; then both are cut.
fn pass(mut from: TcpStream, mut to: TcpStream, mut may_pass: impl FnMut(&[u8]) -> bool) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if !may_pass(&bytes[..count]) || to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    from.shutdown(Shutdown::Both).ok();
    to.shutdown(Shutdown::Both).ok();
}
