//! The line to the server: catalogue and board come, calls for help go. Never on the screen's thread.

use std::{
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread,
    time::{Duration, Instant},
};

use wire::http::{HelpRequest, KioskStateRequest};

use crate::{
    limits,
    model::{PrinterState, message::Msg},
    news::News,
    server::HttpServer,
    trial::Trial,
    vitals::{self, Vitals},
};

/// The least between two boards; the server may tell of changes more often.
const BOARD_GAP: Duration = Duration::from_millis(300);
/// The catalogue is asked for again so often; a profile changes once a season.
const CATALOGUE_EVERY: Duration = Duration::from_secs(60);
/// Between two attempts at the live line.
const LIVE_AGAIN: Duration = Duration::from_secs(3);
/// A kiosk that says nothing for a minute counts as lost; so it says how it is more often.
const STATE_EVERY: Duration = Duration::from_secs(limits::STATE_SECS);
/// Tries to tell the guide desk while a person waits.
const HELP_TRIES_MAX: u32 = 2;

/// What the line is asked to do.
#[derive(Debug, Clone)]
pub enum Errand {
    /// Tell the guide desk.
    Help {
        /// A request id nobody used before.
        request: String,
        /// Which kiosk.
        place: String,
    },
    /// Tell how the printer is.
    Printer(PrinterState),
    /// Something changed: fetch the board.
    Look,
}

/// The line, as the screen holds it.
pub struct Link {
    errands: SyncSender<Errand>,
}

impl Link {
    /// Begins to listen to a server.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(
        server: HttpServer,
        news: News,
        trial: Trial,
        vitals: Vitals,
    ) -> std::io::Result<Self> {
        let link = Self::by_the_clock(server.clone(), news, trial, vitals)?;
        let looks = link.errands.clone();
        thread::Builder::new().name("live".to_owned()).spawn(move || listen(&server, &looks))?;
        Ok(link)
    }

    /// Asks a server by the clock alone: nobody looks at what changes in between.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn by_the_clock(
        server: HttpServer,
        news: News,
        trial: Trial,
        vitals: Vitals,
    ) -> std::io::Result<Self> {
        let (errands, inbox) = sync_channel(limits::ERRANDS_MAX);
        thread::Builder::new().name("link".to_owned()).spawn(move || {
            Line::new(server, news, trial, vitals).run(&inbox);
        })?;
        Ok(Self { errands })
    }

    /// Hands over an errand; false if too many wait.
    #[must_use]
    pub fn send(&self, errand: Errand) -> bool {
        self.errands.try_send(errand).is_ok()
    }
}

/// Keeps the live line open; each event is a reason to look, the polling goes on without it.
fn listen(server: &HttpServer, looks: &SyncSender<Errand>) {
    loop {
        let mut gone = false;
        let ended = server.live(|| {
            // A full inbox already holds a reason to look.
            gone = matches!(
                looks.try_send(Errand::Look),
                Err(std::sync::mpsc::TrySendError::Disconnected(_))
            );
            !gone
        });
        if let Err(fault) = ended {
            tracing::debug!(%fault, "no live line; the board is asked for by the clock");
        }
        if gone {
            return;
        }
        thread::sleep(LIVE_AGAIN);
    }
}

struct Line {
    server: HttpServer,
    news: News,
    tries: u32,
    catalogue_at: Option<Instant>,
    printer: PrinterState,
    /// The server knows of this printer's state.
    known: bool,
    /// When the server heard last how the kiosk is.
    told_at: Option<Instant>,
    /// A call for help waits for somebody to see to it.
    help_waits: bool,
    trial: Trial,
    vitals: Vitals,
}

impl Line {
    fn new(server: HttpServer, news: News, trial: Trial, vitals: Vitals) -> Self {
        let printer = PrinterState::default();
        Self {
            server,
            news,
            tries: 0,
            catalogue_at: None,
            printer,
            known: false,
            told_at: None,
            help_waits: false,
            trial,
            vitals,
        }
    }

    fn run(mut self, inbox: &Receiver<Errand>) {
        loop {
            let began = Instant::now();
            let pause = self.look();
            let next = began + pause;
            let soonest = Instant::now() + BOARD_GAP;
            let mut wanted = next;
            loop {
                let now = Instant::now();
                if now >= wanted {
                    break;
                }
                match inbox.recv_timeout(wanted - now) {
                    // While the server is away, only the clock says when to try again.
                    Ok(Errand::Look) if self.tries == 0 => wanted = wanted.min(soonest),
                    Ok(Errand::Look) => {}
                    Ok(Errand::Printer(state)) => {
                        (self.printer, self.known) = (state, false);
                        self.tell_state();
                    }
                    Ok(Errand::Help { request, place }) => {
                        self.help(&HelpRequest { request_id: request, place })
                    }
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
        }
    }

    /// Fetches what is to be shown; answers how long to wait before the next time.
    fn look(&mut self) -> Duration {
        let stale = self.catalogue_at.is_none_or(|at| at.elapsed() > CATALOGUE_EVERY);
        if stale || self.tries > 0 {
            match self.server.catalogue() {
                Ok(catalogue) => {
                    self.catalogue_at = Some(Instant::now());
                    wire::texts::own::lay_over(&catalogue.texts);
                    self.news.tell(Msg::CatalogueCame(Box::new(catalogue)));
                }
                Err(fault) => return self.silent(&fault),
            }
        }
        match self.server.board() {
            Ok(board) => {
                if self.tries > 0 {
                    tracing::info!(tries = self.tries, "the server answers again");
                }
                self.tries = 0;
                self.news.tell(Msg::BoardCame(Box::new(board)));
                let is_due = self.told_at.is_none_or(|at| at.elapsed() >= STATE_EVERY);
                if is_due || self.trial.tested().is_some() {
                    self.tell_state();
                }
                if self.help_waits && !self.does_help_wait() {
                    self.help_waits = false;
                    self.news.tell(Msg::HelpSeen);
                }
                Duration::from_millis(limits::BOARD_MILLIS)
            }
            Err(fault) => self.silent(&fault),
        }
    }

    fn silent(&mut self, fault: &crate::server::Fault) -> Duration {
        self.tries = self.tries.saturating_add(1);
        if self.tries == 1 {
            tracing::warn!(%fault, "the server does not answer");
        }
        self.news.tell(Msg::ServerSilent { tries: self.tries });
        Duration::from_millis(backoff_millis(self.tries))
    }

    fn help(&mut self, body: &HelpRequest) {
        let told = (0..HELP_TRIES_MAX).any(|_| match self.server.help(body) {
            Ok(()) => true,
            Err(fault) => {
                tracing::warn!(%fault, "the guide desk was not told that somebody needs help");
                false
            }
        });
        self.news.tell(Msg::HelpTold(told));
        // Only what stands on record can be seen to: while the hall is closed nothing is awaited.
        self.help_waits = told && self.server.help_state().is_ok_and(|state| state.waits);
    }

    /// True also while the server does not say.
    fn does_help_wait(&self) -> bool {
        self.server.help_state().map_or(true, |state| state.waits)
    }

    /// Tells how the kiosk is; what is not told now is told with the next board.
    fn tell_state(&mut self) {
        let tested = self.trial.tested();
        let body = KioskStateRequest {
            why: self.printer.why().to_owned(),
            tested,
            memory_mib: vitals::memory_mib(),
            slowest_frame_millis: Some(self.vitals.slowest_frame()),
        };
        match self.server.kiosk_state(&body) {
            Ok(answer) => {
                self.told_at = Some(Instant::now());
                self.trial.told(tested);
                if let Some(test) = answer.test {
                    self.trial.ask(test);
                }
                if !std::mem::replace(&mut self.known, true) {
                    self.news.tell(Msg::PrinterKnown);
                }
            }
            Err(fault) => {
                tracing::debug!(%fault, "the kiosk's state is told later");
                self.told_at = None;
            }
        }
    }
}

/// How long to wait after so many tries: doubling, bounded.
#[must_use]
pub fn backoff_millis(tries: u32) -> u64 {
    let doubled = 500_u64.saturating_mul(1 << tries.saturating_sub(1).min(16));
    doubled.min(limits::BACKOFF_MILLIS_MAX)
}

#[cfg(test)]
mod tests;
