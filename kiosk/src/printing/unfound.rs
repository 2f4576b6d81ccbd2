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
        let Some(said) = self.unfound.front() else { return false };
        let request = said.request_id.clone();
        let how = match self.server.unfound(said) {
            Ok(()) => "noted".to_owned(),
            Err(Fault::Refused(problem)) => {
                tracing::info!(code = problem.code, "what somebody did not find is not taken down");
                problem.code
            }
            Err(fault @ Fault::Silent { .. }) => {
                tracing::debug!(%fault, "what somebody did not find is handed in later");
                return false;
            }
        };
        self.unfound.pop_front();
        self.write(&Entry::Settled { request, how });
        true
    }
}
