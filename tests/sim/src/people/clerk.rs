//! A clerk at a window, with a call pad or a web page, who does mostly what clerks do.

use std::time::Duration;

use hall::{
    command::{Command, SendTo},
    ids::{LegId, StaffNo, WindowId},
    words::{
        Actor, CaseKind, PauseReason, WindowState,
        desk::{DeclineReason, Delivery, Material},
        legs::TransferReason,
    },
};
use queue_server::{
    engine::{Wish, request_id},
    profile::Profile,
};
use wire::device::DeviceKind;

use super::{case_no, level};
use crate::{
    calls::{Caller, Heard},
    faults::Fault,
    luck::Luck,
    world::{Deed, Outcome, World},
};

/// Stands in at every window.
const STAND_IN: &str = "1006";

/// How often a page tries again with the same id.
const TRIES_MAX: u32 = 3;

/// A clerk.
pub struct Clerk {
    window: WindowId,
    staff: StaffNo,
    /// Works with the pad rather than with the page.
    pad: bool,
    /// The asking under way, and how often it was tried.
    asking: Option<(Wish, u32)>,
    /// The visitor at the window: who, whether they come, and when the next thing is due.
    visitor: Option<Visitor>,
}

#[derive(Debug, Clone, Copy)]
struct Visitor {
    leg: LegId,
    comes: bool,
    started: bool,
    due: Duration,
}

impl Clerk {
    /// The clerks of a profile: one a window.
    #[must_use]
    pub fn all(profile: &Profile, luck: &mut Luck) -> Vec<Self> {
        let windows = profile.setup.windows().iter();
        let clerk = |window: &hall::setup::Window| {
            let post = profile.posts.iter().find(|post| post.windows.contains(&window.id))?;
            Some((window.id, post.no))
        };
        windows
            .filter_map(clerk)
            .map(|(window, staff)| {
                let pad = luck.chance(600);
                Self { window, staff, pad, asking: None, visitor: None }
            })
            .collect()
    }
}

impl World {
    /// A clerk looks up and does the next thing.
    ///
    /// # Errors
    /// Never by itself.
    pub fn clerk_looks(&mut self, place: usize) -> Outcome {
        if self.clerks[place].asking.is_some() || !self.is_working() {
            return Ok(());
        }
        if self.calm.is_some() {
            self.after(Duration::from_secs(12), Deed::Clerk(place));
            return Ok(());
        }
        let window = self.clerks[place].window;
        let now = self.hall_time();
        let Some(up) = &self.server.up else {
            // The page says nothing; an impatient clerk tries the pad.
            if self.luck.chance(200) {
                self.pad_keys(place, &["call"]);
            }
            self.clerk_waits(place, 3, 15);
            return Ok(());
        };
        let (state, session) = (up.readers.window_state(window, now), up.readers.session());
        let leg = up.readers.ticket_at(window).map(hall::state::ticket::Ticket::leg_id);
        let calls = up.readers.ticket_at(window).map_or(0, |ticket| ticket.leg().calls);
        let mistaken = up.readers.press_to_take_back(window, now).is_some();
        if self.strikes(Fault::Wild, 80) {
            let command = self.wild(window);
            self.clerk_does(place, command);
            return Ok(());
        }
        let free = matches!(state, WindowState::Free | WindowState::Extended) && leg.is_none();
        if mistaken && self.luck.chance(30) {
            self.clerk_does(place, Command::TakeBack { window });
            return Ok(());
        }
        if let Some(no) = free.then(|| self.held_at(window)).flatten() {
            self.clerk_does(place, Command::ResumeHeld { window, no });
            return Ok(());
        }
        match (state, leg) {
            (WindowState::Closed, _) if session.is_some() => {
                let staff = self.clerks[place].staff;
                self.clerk_asks(place, Command::SignOn { window, staff });
            }
            (WindowState::Closed, _) => self.clerk_waits(place, 60, 240),
            (WindowState::Paused, _) if self.luck.chance(60) => {
                // B角, or A角 who is back.
                let b = STAND_IN.parse().expect("a good number");
                let staff = if self.luck.chance(700) { b } else { self.clerks[place].staff };
                self.clerk_does(place, Command::SignOn { window, staff });
            }
            (WindowState::Paused, _) => {
                if self.luck.chance(300) {
                    self.clerk_does(place, Command::Resume { window });
                } else {
                    self.clerk_waits(place, 20, 120);
                }
            }
            (WindowState::Calling, Some(leg)) => self.clerk_calls(place, leg, calls),
            (WindowState::Serving, Some(leg)) => self.clerk_serves(place, leg),
            (WindowState::Extended, None) if self.luck.chance(400) => {
                self.clerk_asks(place, Command::SignOff { window });
            }
            (WindowState::Free, None) if self.luck.chance(15) => {
                self.clerk_does(
                    place,
                    Command::Pause { window, reason: PauseReason::Fetch, whereabouts: None },
                );
            }
            (
                WindowState::Free
                | WindowState::Extended
                | WindowState::Calling
                | WindowState::Serving,
                _,
            ) => {
                let finish_current = self.luck.chance(500);
                self.clerk_does(place, Command::CallNext { window, finish_current });
            }
        }
        Ok(())
    }

    /// Somebody was called here.
    fn clerk_calls(&mut self, place: usize, leg: LegId, calls: u8) {
        let window = self.clerks[place].window;
        let visitor = self.visitor_of(place, leg, false);
        if visitor.due > self.now {
            self.clerk_waits_until(place, visitor.due);
        } else if visitor.comes && self.luck.chance(60) {
            // Nobody asks who is ordinary; then the hall says that there is nothing to verify.
            let fits = self.luck.chance(700);
            self.clerk_does(place, Command::Verify { window, fits });
        } else if visitor.comes {
            let lazy = self.luck.chance(100);
            let command = if lazy {
                Command::Finish { window, case: None, item: None, copies: None }
            } else {
                Command::Start { window }
            };
            self.clerk_does(place, command);
        } else {
            let most = self.profile.setup.rules().recalls_max;
            let command =
                if calls > most { Command::NoShow { window } } else { Command::Recall { window } };
            let next = self.now + self.luck.secs(15, 40);
            self.clerks[place].visitor = Some(Visitor { due: next, ..visitor });
            self.clerk_does(place, command);
        }
    }

    /// Somebody is served here.
    fn clerk_serves(&mut self, place: usize, leg: LegId) {
        let window = self.clerks[place].window;
        let visitor = self.visitor_of(place, leg, true);
        if visitor.due > self.now {
            self.clerk_waits_until(place, visitor.due);
            return;
        }
        if self.luck.chance(120) {
            let command = self.sends_on(window);
            self.clerk_does(place, command);
            return;
        }
        if self.luck.chance(250) {
            let command = self.notes(window);
            self.clerk_does(place, command);
            return;
        }
        if self.luck.chance(450) {
            let (wait, level) = (self.luck.secs(4, 50), level(&mut self.luck));
            self.after(wait, Deed::Rate(place, level));
            if self.luck.chance(200) {
                self.after(wait + Duration::from_millis(700), Deed::Rate(place, level));
            }
        }
        if self.luck.chance(250) {
            self.rate_by_phone(leg.ticket);
        }
        if let Some(done) = self.any_ticket().filter(|_| self.luck.chance(150)) {
            self.rate_by_phone(done);
        }
        if self.luck.chance(300) {
            self.clerk_does(place, Command::CallNext { window, finish_current: true });
        } else {
            let case = self.luck.pick(CaseKind::ALL).copied().filter(|_| self.luck.chance(600));
            let copies = case.map(|_| 1 + self.luck.below(3) as u16);
            self.clerk_does(place, Command::Finish { window, case, item: None, copies });
        }
    }

    /// What is written down of a case while somebody is served.
    fn notes(&mut self, window: WindowId) -> Command {
        let case = case_no(&mut self.luck);
        let item = None;
        match (self.luck.below(6), case) {
            (0, Some(case)) => Command::NameCase { window, case },
            (1, case) => {
                let missing = vec![Material::Named("户口簿".to_owned())];
                Command::Notice { window, case, item, missing }
            }
            (2, case) => {
                let reasons = vec![DeclineReason::Incomplete];
                Command::Decline { window, case, item, reasons }
            }
            (3, _) => Command::Deliver { window, delivery: Delivery::Post },
            (_, case) => Command::Accept { window, case, item, due: None },
        }
    }

    /// Somebody is at the wrong window, must pay, or has to fetch a paper.
    fn sends_on(&mut self, window: WindowId) -> Command {
        let setup = &self.profile.setup;
        let (queues, windows) = (setup.queues(), setup.windows());
        let reason = TransferReason::WrongQueue;
        match self.luck.below(9) {
            0 => {
                let queue = queues[self.luck.below(queues.len() as u64) as usize].id;
                let to = SendTo { queue: Some(queue), ..SendTo::default() };
                Command::Transfer { window, to, reason }
            }
            1 => {
                let there = windows[self.luck.below(windows.len() as u64) as usize].id;
                let to = SendTo { window: Some(there), ..SendTo::default() };
                Command::Transfer { window, to, reason }
            }
            2 => Command::ToCashier { window },
            3 => {
                let pipelines = setup.pipelines();
                let at = self.luck.below(pipelines.len().max(1) as u64) as usize;
                Command::NextLeg { window, pipeline: pipelines.get(at).map(|each| each.id) }
            }
            4 => Command::DropStops { window },
            5 | 6 => Command::Return { window },
            _ => Command::Hold { window },
        }
    }

    /// Whom the clerk calls back, if somebody is away and the clerk thinks of it.
    fn held_at(&mut self, window: WindowId) -> Option<hall::number::TicketNo> {
        let held = self.server.up.as_ref()?.readers.held_for(window);
        let no = held.first().map(|(ticket, _)| ticket.no)?;
        self.luck.chance(300).then_some(no)
    }

    /// What is known of the visitor at a window; a new one is met now.
    fn visitor_of(&mut self, place: usize, leg: LegId, started: bool) -> Visitor {
        let known = self.clerks[place].visitor;
        if let Some(known) = known.filter(|known| known.leg == leg && known.started == started) {
            return known;
        }
        let comes = started || self.luck.chance(880);
        let due = self.now + if started { self.luck.secs(40, 480) } else { self.luck.secs(4, 40) };
        let met = Visitor { leg, comes, started, due };
        self.clerks[place].visitor = Some(met);
        met
    }

    /// With the pad if this clerk has one and the pad has the key; with the page otherwise.
    fn clerk_does(&mut self, place: usize, command: Command) {
        let model = self.device_at(place, DeviceKind::Pad).map(|device| device.profile.clone());
        let keys =
            model.and_then(|model| keys(&model, &command)).filter(|_| self.clerks[place].pad);
        let Some(keys) = keys else {
            self.clerk_asks(place, command);
            return;
        };
        self.pad_keys(place, keys);
        if self.strikes(Fault::Wild, 100) {
            self.pad_keys(place, keys);
        }
        self.clerk_waits(place, 2, 8);
    }

    fn pad_keys(&mut self, place: usize, keys: &[&str]) {
        let Some(pad) = self.device_at(place, DeviceKind::Pad).map(|device| device.id) else {
            return;
        };
        let pressed = keys.iter().all(|key| self.press(pad, key));
        if pressed {
            self.pressed.insert(pad, self.now);
        }
    }

    fn clerk_asks(&mut self, place: usize, command: Command) {
        let staff = self.clerks[place].staff;
        let name = format!("{:016x}", self.luck.next());
        let request = Some(request_id(staff.as_str(), &name));
        let wish = Wish { by: Actor::Staff(staff), request, command };
        self.clerks[place].asking = Some((wish.clone(), 1));
        self.call(Caller::Clerk(place), wish);
    }

    /// The page has an answer, or none.
    ///
    /// # Errors
    /// Never by itself.
    pub fn clerk_hears(&mut self, place: usize, heard: Heard) -> Outcome {
        let Some((wish, tries)) = self.clerks[place].asking.take() else { return Ok(()) };
        if heard == Heard::Silent && tries < TRIES_MAX {
            self.clerks[place].asking = Some((wish.clone(), tries + 1));
            self.call(Caller::Clerk(place), wish);
            return Ok(());
        }
        match heard {
            Heard::Told(_) => self.clerk_waits(place, 1, 6),
            Heard::Refused(_) | Heard::Silent => self.clerk_waits(place, 4, 25),
        }
        Ok(())
    }

    /// Something that no clerk should do now.
    fn wild(&mut self, window: WindowId) -> Command {
        let no = self.any_ticket().and_then(|ticket| {
            self.server.up.as_ref()?.readers.ticket(ticket).map(|ticket| ticket.no)
        });
        match (self.luck.below(11), no) {
            (0, Some(no)) | (1, Some(no)) => Command::CallChosen { window, no },
            (9, Some(no)) => Command::ResumeHeld { window, no },
            (10, _) => self.sends_on(window),
            (2, _) => Command::Pause { window, reason: PauseReason::Meal, whereabouts: None },
            (3, _) => Command::SignOff { window },
            (4, _) => Command::NoShow { window },
            (5, _) => Command::Start { window },
            (6, _) => Command::Recall { window },
            (7, _) => Command::Finish { window, case: None, item: None, copies: None },
            _ => Command::CallNext { window, finish_current: true },
        }
    }

    fn clerk_waits(&mut self, place: usize, from: u64, to: u64) {
        let wait = self.luck.secs(from, to);
        self.after(wait, Deed::Clerk(place));
    }

    fn clerk_waits_until(&mut self, place: usize, at: Duration) {
        self.plan(at + Duration::from_millis(1), Deed::Clerk(place));
    }
}

/// The keys of a pad's model that mean a command.
fn keys(model: &str, command: &Command) -> Option<&'static [&'static str]> {
    let s4 = model == "pad-s4";
    Some(match command {
        Command::CallNext { finish_current: true, .. } => &["call"],
        Command::Recall { .. } => &["recall"],
        Command::Start { .. } => &["start"],
        Command::Finish { .. } => &["finish"],
        Command::NoShow { .. } if s4 => &["5", "ok"],
        Command::NoShow { .. } => &["6", "ok"],
        Command::Pause { .. } if s4 => &["0", "ok"],
        Command::Pause { .. } => &["pause"],
        Command::Resume { .. } if s4 => &["2", "ok"],
        Command::Resume { .. } => &["pause"],
        Command::SignOff { .. } if s4 => &["4", "ok"],
        Command::OpenDay { .. }
        | Command::CloseDay
        | Command::OpenSession { .. }
        | Command::CloseSession
        | Command::SignOn { .. }
        | Command::SignOff { .. }
        | Command::Issue(_)
        | Command::ReserveNumbers(_)
        | Command::HandIn(_)
        | Command::ConfirmPrint { .. }
        | Command::FailPrint { .. }
        | Command::Cancel { .. }
        | Command::CallNext { .. }
        | Command::CallChosen { .. }
        | Command::Reactivate { .. }
        | Command::Transfer { .. }
        | Command::ToCashier { .. }
        | Command::Return { .. }
        | Command::NextLeg { .. }
        | Command::DropStops { .. }
        | Command::TakeBack { .. }
        | Command::Verify { .. }
        | Command::LimitIssue(_)
        | Command::Staffing(_)
        | Command::EndLimit { .. }
        | Command::Expedite { .. }
        | Command::Hold { .. }
        | Command::ResumeHeld { .. }
        | Command::Evaluate(_)
        | Command::Sweep
        | Command::Tick
        | Command::OpenTide { .. }
        | Command::CloseTide { .. }
        | Command::Lend { .. }
        | Command::EndLend { .. }
        | Command::SetWhereabouts { .. }
        | Command::NameCase { .. }
        | Command::Notice { .. }
        | Command::Accept { .. }
        | Command::Decline { .. }
        | Command::CloseCase { .. }
        | Command::CloseMatter { .. }
        | Command::HandleMatter { .. }
        | Command::TellMatter { .. }
        | Command::Visit(_)
        | Command::Deliver { .. }
        | Command::CloseEarly(_)
        | Command::Book(_)
        | Command::CancelBooking { .. }
        | Command::CheckIn(_)
        | Command::Reprint { .. }
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
        | Command::Inspect(_)
        | Command::SetSilent { .. }
        | Command::SetHelper { .. }
        | Command::Announce { .. } => return None,
    })
}
