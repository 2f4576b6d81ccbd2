//! 没有找到要办的事项: kept on the disk first, then handed in, so that neither a cut cable nor a power cut
//! loses what somebody said.

use wire::http::unfound::UnfoundRequest;

use super::{Desk, Printer, Shell};
use crate::{
    ledger::{Book, Entry},
    limits,
    model::{lacking::Lacking, message::Msg},
    server::{Counter, Fault},
};

/// The hall's list of today has no room; tomorrow's has.
const FULL: &str = "unfound_full";

impl<S: Counter, B: Book, P: Printer, H: Shell> Desk<S, B, P, H> {
    /// A desk with what an earlier run did not hand in.
    #[must_use]
    pub fn with_unfound(mut self, unfound: Vec<UnfoundRequest>) -> Self {
        self.unfound = unfound.into();
        self
    }

    /// True if something is still to be handed in.
    pub fn owes_unfound(&self) -> bool {
        !self.unfound.is_empty()
    }

    /// Keeps what somebody did not find.
    pub fn keep_unfound(&mut self, said: Lacking) {
        let at = self.shell.now();
        let said = UnfoundRequest {
            request_id: self.shell.request_id(),
            department: said.department,
            words: said.words,
            said: self.hand.as_ref().map(|hand| hand.hall_time(at)),
        };
        if self.unfound.len() >= limits::UNFOUND_OPEN_MAX {
            tracing::warn!(
                "too much waits to be handed in; what somebody did not find is not kept"
            );
            self.shell.tell(Msg::LackingKept(false));
            return;
        }
        let entry = Entry::Unfound { at, said: said.clone() };
        if let Err(fault) = self.book.write(&entry) {
            tracing::error!(%fault, "what somebody did not find is not kept");
            self.shell.tell(Msg::LackingKept(false));
            return;
        }
        self.unfound.push_back(said);
        self.shell.tell(Msg::LackingKept(true));
    }

    /// Hands in one; true if it is settled.
    pub fn settle_unfound(&mut self) -> bool {
        let Some(said) = self.unfound.front().filter(|_| !self.is_full()) else { return false };
        let request = said.request_id.clone();
        let how = match self.server.unfound(said) {
            Ok(()) => "noted".to_owned(),
            // What somebody was told to be kept is kept.
            Err(Fault::Refused(problem)) if problem.code == FULL => {
                tracing::info!("the hall's list is full; what somebody did not find waits");
                self.full_at = Some(self.shell.now());
                return false;
            }
            Err(Fault::Refused(problem)) => {
                tracing::info!(code = problem.code, "what somebody did not find is not taken down");
                problem.code
            }
            Err(fault @ Fault::Silent { .. }) => {
                tracing::debug!(%fault, "what somebody did not find is handed in later");
                return false;
            }
        };
        self.full_at = None;
        self.unfound.pop_front();
        self.write(&Entry::Settled { request, how });
        true
    }

    /// True for a while after the hall said so; a clock that went back is not waited for.
    fn is_full(&self) -> bool {
        let now = self.shell.now();
        let secs = self.full_at.map(|at| (now - at) / 1_000);
        secs.is_some_and(|secs| (0..i64::from(limits::UNFOUND_FULL_SECS)).contains(&secs))
    }
}
