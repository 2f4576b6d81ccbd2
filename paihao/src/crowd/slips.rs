//! Slips of the crowd: what somebody takes at the kiosk is printed by its printer, as the visitor's
//! own ticket is, so that the device room has a last slip before anybody touches the screen.

use std::{
    sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    thread::{self, JoinHandle},
    time::Duration,
};

use kiosk::{printing::Printer, slip};
use wire::{
    http::{IssueAnswer, IssueRequest, PrintedRequest, TicketAnswer},
    texts::{Language, Texts},
};

use crate::api::{Api, ApiFault};

/// Between two people at the kiosk, so that its visitor is not kept from the printer.
const PAUSE: Duration = Duration::from_secs(2);

/// The kiosk at which some of the crowd take their tickets on paper.
pub struct Slips {
    people: SyncSender<IssueRequest>,
    thread: JoinHandle<()>,
}

impl Slips {
    /// Begins to serve people with a printer.
    ///
    /// # Errors
    /// If the system gives no thread.
    pub fn start(kiosk: Api, printer: impl Printer + Send + 'static) -> std::io::Result<Self> {
        // Nobody queues before the kiosk: whoever finds it busy takes a ticket elsewhere.
        let (people, inbox) = sync_channel(0);
        let thread = thread::Builder::new().name("crowd-slips".into());
        let thread = thread.spawn(move || serve(&kiosk, printer, &inbox))?;
        Ok(Self { people, thread })
    }

    /// Lets somebody take a ticket on paper; gives the asking back if the kiosk is busy.
    pub fn take(&self, asking: IssueRequest) -> Option<IssueRequest> {
        self.people.try_send(asking).err().map(|busy| match busy {
            TrySendError::Full(asking) | TrySendError::Disconnected(asking) => asking,
        })
    }

    /// Serves whoever stands there, and closes.
    pub fn stop(self) {
        drop(self.people);
        self.thread.join().ok();
    }
}

fn serve(kiosk: &Api, mut printer: impl Printer, inbox: &Receiver<IssueRequest>) {
    while let Ok(asking) = inbox.recv() {
        if let Err(fault) = one(kiosk, &mut printer, asking) {
            tracing::debug!(%fault, "somebody went away without a slip");
        }
        thread::sleep(PAUSE);
    }
}

/// Reserve, print, confirm; a printer that cannot print is asked before a number is.
fn one(kiosk: &Api, printer: &mut impl Printer, mut asking: IssueRequest) -> Result<(), ApiFault> {
    asking.paper = printer.state().prints();
    let answer: IssueAnswer = kiosk.post("/tickets", &asking)?;
    if !asking.paper {
        return Ok(());
    }
    let set = slip::set(&answer.slip, Texts::of(Language::Chinese));
    let outcome = printer.print(&set).outcome;
    let body = PrintedRequest { request_id: kiosk.request_id(), outcome };
    let path = format!("/tickets/{}/printed", answer.ticket.id.0);
    kiosk.post::<TicketAnswer>(&path, &body).map(drop)
}
