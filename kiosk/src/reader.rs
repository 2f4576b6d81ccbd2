//! The card reader beside the kiosk, as the bridge on this machine speaks for it over a Unix socket:
//! told when a card is wanted, and heard. Never on the screen's thread.

use std::{
    io::Write,
    os::unix::net::UnixStream,
    path::PathBuf,
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread,
    time::{Duration, Instant},
};

use wire::reader::{
    KioskSays, ReaderKeyAnswer, ReaderSays,
    lines::{self, line},
};
use zeroize::Zeroize;

use crate::{limits, link, model::message::Msg, news::News, server::HttpServer};

/// The hall's key is fetched again when a card is wanted, but not more often than this.
const KEY_EVERY: Duration = Duration::from_secs(60);

/// A bridge that does not take what is said within this is away.
const WRITE_WAITS: Duration = Duration::from_secs(1);

/// What the thread is told.
enum Told {
    Want(bool),
    /// By the bridge, on the n-th connection.
    Says(u64, ReaderSays),
    Gone(u64),
}

/// The reader, as the screen holds it.
pub struct CardReader {
    told: SyncSender<Told>,
}

impl CardReader {
    /// Begins to look for the bridge at its socket.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(socket: PathBuf, server: HttpServer, news: News) -> std::io::Result<Self> {
        let (told, inbox) = sync_channel(limits::READINGS_MAX);
        let own = told.clone();
        thread::Builder::new().name("reader".to_owned()).spawn(move || {
            let mut beside = Beside {
                socket,
                server,
                news,
                own,
                nth: 0,
                stream: None,
                tries: 0,
                try_at: Some(Instant::now()),
                key: None,
                given: false,
                wanted: false,
                says_here: false,
                here: false,
                keyless: false,
            };
            beside.run(&inbox);
        })?;
        Ok(Self { told })
    }

    /// Says whether somebody is asked for a card now.
    pub fn want(&self, wanted: bool) {
        if self.told.try_send(Told::Want(wanted)).is_err() {
            tracing::warn!("the card reader's thread is busy; the card is to be laid down again");
        }
    }
}

struct Beside {
    socket: PathBuf,
    server: HttpServer,
    news: News,
    own: SyncSender<Told>,
    nth: u64,
    stream: Option<UnixStream>,
    tries: u32,
    /// When the bridge is looked for again; none while it is there.
    try_at: Option<Instant>,
    key: Option<(ReaderKeyAnswer, Instant)>,
    /// This bridge has the key.
    given: bool,
    wanted: bool,
    /// The bridge says that its reader answers.
    says_here: bool,
    /// The screen was told so: the reader can be used.
    here: bool,
    /// That the key is not to be had was said.
    keyless: bool,
}

impl Beside {
    fn run(&mut self, inbox: &Receiver<Told>) {
        loop {
            let now = Instant::now();
            if self.try_at.is_some_and(|at| at <= now) {
                self.connect();
            }
            let wait = self.try_at.map_or(News::IDLE, |at| at.saturating_duration_since(now));
            match inbox.recv_timeout(wait) {
                Ok(Told::Want(wanted)) => {
                    self.wanted = wanted;
                    self.tell_wanted();
                }
                Ok(Told::Says(nth, says)) if nth == self.nth => self.heard(says),
                Ok(Told::Gone(nth)) if nth == self.nth => self.lost(),
                // The server may have come up later than the bridge.
                Err(RecvTimeoutError::Timeout) if self.says_here && !self.here => {
                    self.is_here(true);
                }
                Ok(Told::Says(..) | Told::Gone(_)) | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn connect(&mut self) {
        let opened = UnixStream::connect(&self.socket).and_then(|stream| {
            stream.set_write_timeout(Some(WRITE_WAITS))?;
            self.nth += 1;
            let (heard, nth, tell) = (stream.try_clone()?, self.nth, self.own.clone());
            let thread = thread::Builder::new().name("reader-heard".to_owned());
            thread.spawn(move || hear(heard, nth, &tell))?;
            Ok(stream)
        });
        match opened {
            Ok(stream) => {
                tracing::info!(socket = %self.socket.display(), "the card reader's bridge is there");
                (self.stream, self.try_at, self.tries, self.given) = (Some(stream), None, 0, false);
                self.tell_wanted();
            }
            Err(error) => {
                self.tries = self.tries.saturating_add(1);
                if self.tries == 1 {
                    let socket = self.socket.display();
                    tracing::warn!(%socket, %error, "the card reader's bridge is away");
                }
                let pause = Duration::from_millis(link::backoff_millis(self.tries));
                self.try_at = Some(Instant::now() + pause);
            }
        }
    }

    fn heard(&mut self, says: ReaderSays) {
        match says {
            ReaderSays::Here => self.is_here(true),
            ReaderSays::Away { why } => {
                tracing::warn!(why, "the card reader is away");
                self.is_here(false);
            }
            ReaderSays::Card(card) => self.news.tell(Msg::CardRead(Box::new(card))),
            ReaderSays::Unread { why } => self.news.tell(Msg::CardUnread(why)),
        }
    }

    fn is_here(&mut self, here: bool) {
        self.says_here = here;
        // Without the hall's key a reader is of no use, and is not offered.
        if here && !self.give_key() {
            return;
        }
        if std::mem::replace(&mut self.here, here) != here {
            self.news.tell(Msg::ReaderTold(here));
        }
    }

    fn lost(&mut self) {
        self.stream = None;
        self.is_here(false);
        self.try_at = Some(Instant::now());
    }

    /// Asks for a card, or not any more, with the hall's key as it is now.
    fn tell_wanted(&mut self) {
        if self.wanted && !self.give_key() {
            return;
        }
        if self.given {
            self.say(&KioskSays::Want(self.wanted));
        }
    }

    /// True if the bridge has the hall's key.
    fn give_key(&mut self) -> bool {
        let is_old = self.key.as_ref().is_none_or(|(_, at)| at.elapsed() >= KEY_EVERY);
        if is_old {
            match self.server.reader_key() {
                Ok(key) => {
                    self.given &= self.key.as_ref().is_some_and(|(known, _)| *known == key);
                    self.key = Some((key, Instant::now()));
                    self.keyless = false;
                }
                Err(fault) if !std::mem::replace(&mut self.keyless, true) => {
                    tracing::warn!(%fault, "the readers' key is not to be had");
                }
                Err(_) => {}
            }
        }
        if !self.given
            && let Some((key, _)) = self.key.clone()
        {
            self.given = self.say(&KioskSays::Key(key));
            // Somebody may stand there already.
            if self.given && self.wanted {
                self.say(&KioskSays::Want(true));
            }
        }
        self.given
    }

    /// True if it was said.
    fn say(&mut self, says: &KioskSays) -> bool {
        let Some(stream) = &mut self.stream else { return false };
        let mut bytes = line(says);
        let said = stream.write_all(&bytes);
        bytes.zeroize();
        if said.is_err() {
            // The hearing thread ends with it and tells that the bridge has gone.
            stream.shutdown(std::net::Shutdown::Both).ok();
        }
        said.is_ok()
    }
}

/// Hears the bridge until it goes or says what makes no sense.
fn hear(mut stream: UnixStream, nth: u64, tell: &SyncSender<Told>) {
    if lines::hear(&mut stream, |says| tell.send(Told::Says(nth, says)).is_ok()).is_err() {
        tracing::warn!("the card reader's bridge said what makes no sense");
    }
    stream.shutdown(std::net::Shutdown::Both).ok();
    // When the thread has ended there is nobody to be told.
    tell.send(Told::Gone(nth)).ok();
}

#[cfg(test)]
mod tests;
