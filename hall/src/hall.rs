//! The hall itself: what may be asked of it, and the one way it changes.

mod alerts;
mod bookings;
mod cases;
mod catalogue;
mod evaluations;
mod issuing;
mod legs;
pub(crate) mod lists;
mod matters;
mod people;
mod posts;
mod setups;
mod unfound;
mod visits;
mod where_to;

use alloc::{sync::Arc, vec::Vec};

use crate::{
    answer::Answer,
    command::{Command, Input, SessionTimes},
    event::{Event, offline::NumberBlock},
    ids::{DeviceId, LegId, QueueId, RequestId, TicketId, Token, WindowId},
    number::TicketNo,
    refusal::Refusal,
    rules,
    setup::Setup,
    state::{
        State,
        queue::QueueNow,
        ticket::{Leg, Ticket},
        window::WindowNow,
    },
    time::{Day, Timestamp},
    words::{TicketState, WindowState},
};

/// 大厅: one service hall and its day. A copy costs little.
#[derive(Debug, Clone)]
pub struct Hall {
    setup: Arc<Setup>,
    /// What an event may put in force next; no part of the hall's truth.
    handed: Option<Arc<Setup>>,
    pub(crate) state: State,
}

impl PartialEq for Hall {
    fn eq(&self, other: &Self) -> bool {
        self.setup == other.setup && self.state == other.state
    }
}

impl Hall {
    /// A closed hall that has never been open.
    #[must_use]
    pub fn new(setup: Arc<Setup>) -> Self {
        Self { setup, handed: None, state: State::new() }
    }

    /// Asks: what would happen, or why not. A repeated asking makes no event.
    ///
    /// # Errors
    /// The [`Refusal`]; nothing has changed.
    pub fn decide(&self, input: &Input) -> Result<Vec<Event>, Refusal> {
        if input.request.is_some_and(|request| self.state.answers.get(&request).is_some()) {
            return Ok(Vec::new());
        }
        let facts = rules::decide(self, input)?;
        let event =
            |fact| Event { at: input.at, by: input.by.clone(), request: input.request, fact };
        Ok(facts.into_iter().map(event).collect())
    }

    /// What an asking of today was answered; none if it made no event.
    #[must_use]
    pub fn answered(&self, request: RequestId) -> Option<Answer> {
        self.state.answers.get(&request).copied()
    }

    /// Writes what happened. It cannot fail: an event that this hall cannot bear is a bug, and
    /// ends the process with a sentence.
    pub fn apply(&mut self, event: &Event) {
        rules::apply(self, event);
        self.state.last_at = self.state.last_at.max(Some(event.at));
        if let Some(request) = event.request {
            self.state.answers.insert(request, Answer::of(event));
        }
    }

    /// What the caller is told; to be asked after [`Hall::apply`]. For a repeated asking it is the
    /// first answer.
    #[must_use]
    pub fn answer_to(&self, input: &Input, events: &[Event]) -> Answer {
        let remembered = input.request.and_then(|request| self.state.answers.get(&request));
        if let Some(answer) = remembered {
            return *answer;
        }
        events.last().map_or_else(|| Answer::of_command(&input.command), Answer::of)
    }

    /// When to say [`Command::Tick`]; none if nothing is due.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        rules::next_deadline(self)
    }

    /// The profile.
    #[must_use]
    pub fn setup(&self) -> &Arc<Setup> {
        &self.setup
    }

    /// The open day.
    #[must_use]
    pub fn day(&self) -> Option<Day> {
        self.state.day
    }

    /// The day opened last, whether or not it is over.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        self.state.last_day
    }

    /// The open session.
    #[must_use]
    pub fn session(&self) -> Option<SessionTimes> {
        self.state.session
    }

    /// True while tickets are issued.
    #[must_use]
    pub fn is_issuing(&self, now: Timestamp) -> bool {
        self.state.session.is_some_and(|times| times.issue_from <= now && now < times.issue_until)
    }

    /// A ticket of the day.
    #[must_use]
    pub fn ticket(&self, id: TicketId) -> Option<&Ticket> {
        self.state.ticket(id)
    }

    /// A ticket of the day by what people see of it.
    #[must_use]
    pub fn ticket_by_no(&self, no: TicketNo) -> Option<&Ticket> {
        self.state.ticket_by_no(no)
    }

    /// 离线号段: the numbers set aside today for a kiosk and its record, oldest first.
    pub fn numbers_of(&self, kiosk: DeviceId, book: Token) -> impl Iterator<Item = NumberBlock> {
        let reserved = self.state.numbers.reserved().iter();
        reserved.filter(move |each| each.kiosk == kiosk && each.book == book).map(|each| each.block)
    }

    /// A ticket of the day by its secret.
    #[must_use]
    pub fn ticket_by_token(&self, token: Token) -> Option<&Ticket> {
        self.state.ticket_by_token(token)
    }

    /// Every ticket of the day, in the order of issue.
    pub fn tickets(&self) -> impl Iterator<Item = &Ticket> {
        self.state.tickets()
    }

    /// A leg of the day.
    #[must_use]
    pub fn leg(&self, id: LegId) -> Option<&Leg> {
        self.ticket(id.ticket)?.leg_at(id.leg)
    }

    /// How a window stands; none if there is no such window in the profile.
    #[must_use]
    pub fn window(&self, id: WindowId) -> Option<&WindowNow> {
        static UNTOUCHED: WindowNow = WindowNow::UNTOUCHED;
        self.setup.window(id)?;
        Some(self.state.windows.get(&id).unwrap_or(&UNTOUCHED))
    }

    /// How a queue stands; none if nobody took a ticket for it today.
    #[must_use]
    pub fn queue(&self, id: QueueId) -> Option<&QueueNow> {
        self.state.queues.get(&id)
    }

    /// The ticket at a window, called or served.
    #[must_use]
    pub fn ticket_at(&self, window: WindowId) -> Option<&Ticket> {
        self.ticket(self.state.windows.get(&window)?.current?.ticket)
    }

    /// True once the hours of the day's last session are over: who is served now is served 延时.
    #[must_use]
    pub fn is_extended(&self, now: Timestamp) -> bool {
        self.state.session.map_or(self.state.after_session, |times| now >= times.closes)
    }

    /// The state of a window, of the fixed list of screens.
    #[must_use]
    pub fn window_state(&self, id: WindowId, now: Timestamp) -> WindowState {
        let Some(window) = self.state.windows.get(&id) else { return WindowState::Closed };
        if window.signed_on.is_none() {
            return WindowState::Closed;
        }
        if window.paused.is_some() {
            return WindowState::Paused;
        }
        match self.ticket_at(id).map(|ticket| ticket.state) {
            Some(TicketState::Called) => WindowState::Calling,
            Some(TicketState::Serving) => WindowState::Serving,
            Some(
                TicketState::Reserved
                | TicketState::Waiting
                | TicketState::Held
                | TicketState::Done
                | TicketState::NoShow
                | TicketState::Swept
                | TicketState::Cancelled
                | TicketState::NotPrinted,
            )
            | None
                if self.is_extended(now) =>
            {
                WindowState::Extended
            }
            Some(_) | None => WindowState::Free,
        }
    }

    /// Calls and recalls of the day so far.
    #[must_use]
    pub fn announcements(&self) -> u64 {
        self.state.announcements
    }
}

impl Answer {
    /// What can be said of a command that changed nothing.
    fn of_command(command: &Command) -> Self {
        match command {
            Command::SignOn { window, .. }
            | Command::SignOff { window }
            | Command::Pause { window, .. }
            | Command::Resume { window }
            | Command::CallNext { window, .. }
            | Command::CallChosen { window, .. }
            | Command::Recall { window }
            | Command::Start { window }
            | Command::Finish { window, .. }
            | Command::NoShow { window }
            | Command::Transfer { window, .. }
            | Command::ToCashier { window }
            | Command::Return { window }
            | Command::NextLeg { window, .. }
            | Command::DropStops { window }
            | Command::TakeBack { window }
            | Command::Verify { window, .. }
            | Command::Hold { window }
            | Command::ResumeHeld { window, .. }
            | Command::OpenTide { window, .. }
            | Command::CloseTide { window, .. }
            | Command::Lend { window, .. }
            | Command::EndLend { window, .. }
            | Command::NameCase { window, .. }
            | Command::Notice { window, .. }
            | Command::Accept { window, .. }
            | Command::Decline { window, .. }
            | Command::Deliver { window, .. } => Self::Window(*window),
            Command::ConfirmPrint { ticket, .. }
            | Command::FailPrint { ticket }
            | Command::Cancel { ticket }
            | Command::Reactivate { ticket }
            | Command::Expedite { ticket, .. }
            | Command::SetSilent { ticket, .. }
            | Command::SetHelper { ticket, .. }
            | Command::Reprint { ticket } => Self::Ticket(*ticket),
            Command::OpenDay { .. }
            | Command::CloseCase { .. }
            | Command::CloseMatter { .. }
            | Command::HandleMatter { .. }
            | Command::TellMatter { .. }
            | Command::Visit(_)
            | Command::Inspect(_)
            | Command::Staffing(_)
            | Command::CloseDay
            | Command::OpenSession { .. }
            | Command::CloseSession
            | Command::Issue(_)
            | Command::ReserveNumbers(_)
            | Command::HandIn(_)
            | Command::Evaluate(_)
            | Command::Sweep
            | Command::Tick
            | Command::SetWhereabouts { .. }
            | Command::CloseEarly(_)
            | Command::LimitIssue(_)
            | Command::EndLimit { .. }
            | Command::Book(_)
            | Command::CancelBooking { .. }
            | Command::CheckIn(_)
            | Command::Erase(_)
            | Command::ChangeItem(_)
            | Command::ChangeSetup { .. }
            | Command::AcknowledgeAlert { .. }
            | Command::CloseAlert { .. }
            | Command::ReportDevice { .. }
            | Command::ReportCalls(_)
            | Command::AskHelp { .. }
            | Command::ScheduleWindows { .. }
            | Command::NoteUnfound(_)
            | Command::Announce { .. } => Self::Done,
        }
    }
}

/// What every rule begins with.
impl Hall {
    pub(crate) fn open_day(&self) -> Result<Day, Refusal> {
        self.state.day.ok_or(Refusal::HallClosed)
    }

    pub(crate) fn known_window(&self, id: WindowId) -> Result<&WindowNow, Refusal> {
        self.open_day()?;
        self.window(id).ok_or(Refusal::NoSuchWindow)
    }

    /// A window with a clerk who does not pause.
    pub(crate) fn open_window(&self, id: WindowId) -> Result<&WindowNow, Refusal> {
        let window = self.known_window(id)?;
        if window.signed_on.is_none() {
            return Err(Refusal::NotSignedOn);
        }
        if window.paused.is_some() { Err(Refusal::WindowPaused) } else { Ok(window) }
    }

    /// A window at which nobody is called or served.
    pub(crate) fn free_window(&self, id: WindowId) -> Result<&WindowNow, Refusal> {
        let window = self.open_window(id)?;
        self.settled(id)?;
        Ok(window)
    }

    pub(crate) fn settled(&self, window: WindowId) -> Result<(), Refusal> {
        match self.ticket_at(window) {
            None => Ok(()),
            Some(ticket) if ticket.state == TicketState::Called => {
                Err(Refusal::CalledNotSettled { no: ticket.no })
            }
            Some(ticket) => Err(Refusal::Serving { no: ticket.no }),
        }
    }

    /// The ticket that is called at an open window.
    pub(crate) fn called_at(&self, window: WindowId) -> Result<&Ticket, Refusal> {
        self.open_window(window)?;
        match self.ticket_at(window) {
            Some(ticket) if ticket.state == TicketState::Called => Ok(ticket),
            Some(ticket) => Err(Refusal::Serving { no: ticket.no }),
            None => Err(Refusal::NothingCalled),
        }
    }

    pub(crate) fn known_ticket(&self, id: TicketId) -> Result<&Ticket, Refusal> {
        self.open_day()?;
        self.ticket(id).ok_or(Refusal::NoSuchTicket)
    }
}
