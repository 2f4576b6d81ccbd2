//! People: those who come, and those who work. They see what a page or a strip would tell them.

mod booker;
mod clerk;
mod manager;

use std::time::Duration;

use hall::{
    command::{Command, Evaluate, EvaluationTarget, Issue, Purpose},
    event::people::Grounds,
    ids::{CaseNo, ItemId, TicketId},
    setup::pipeline::Pipeline,
    words::{
        Actor, Channel, EvaluationChannel, PriorityClass, Rating, Reason, TicketState,
        people::GrantReason,
    },
};
use kiosk::model::{message::Order, page::Choice};
use queue_server::engine::{Wish, request_id};
use wire::{device::DeviceKind, ids::QueueId, texts::Language};

use crate::{
    calls::Caller,
    faults::Fault,
    luck::Luck,
    world::{Deed, Outcome, World},
};

pub use clerk::Clerk;

/// Somebody comes.
#[derive(Debug, Clone, Copy)]
pub struct Visit {
    queue: QueueId,
    class: PriorityClass,
    paper: bool,
    place: u64,
}

/// Visitors of a day, fewest and most.
const VISITORS: (u64, u64) = (50, 170);

/// The guide desk looks up so often.
const GUIDE_LOOKS: (u64, u64) = (40, 160);

impl World {
    /// Plans who comes this day, and when.
    pub fn plan_visits(&mut self, midnight: Duration) {
        let mut luck = self.luck.fork();
        let queues: Vec<QueueId> = self
            .profile
            .setup
            .queues()
            .iter()
            .filter(|queue| queue.issued)
            .map(|each| each.id)
            .collect();
        let (fewest, most) = VISITORS;
        for _ in 0..fewest + luck.below(most - fewest) {
            let (from, to) = if luck.chance(650) {
                (8 * 60 + 10, 9 * 60 + 50)
            } else {
                (10 * 60 + 10, 11 * 60 + 20)
            };
            let at = midnight + luck.secs(from * 60, to * 60);
            let Some(queue) = luck.pick(&queues).copied() else { return };
            let class = class(&mut luck);
            let visit = Visit { queue, class, paper: luck.chance(850), place: luck.next() };
            self.plan(at, Deed::Visit(visit));
        }
    }

    /// The clerks and the guide desk begin their day.
    pub fn plan_people(&mut self) {
        for place in 0..self.clerks.len() {
            let wait = self.luck.secs(600, 2_400);
            self.after(wait, Deed::Clerk(place));
        }
        self.after(Duration::from_secs(1_200), Deed::Guide);
    }

    /// Somebody comes.
    ///
    /// # Errors
    /// If what a kiosk does then may not be.
    pub fn visit(&mut self, visit: Visit) -> Outcome {
        if self.calm.is_some() {
            self.after(Duration::from_secs(15), Deed::Visit(visit));
            return Ok(());
        }
        let Visit { queue, class, paper, place } = visit;
        let matters = self.more_matters(queue, place);
        if class == PriorityClass::Special || matters.is_some() {
            let (item, purpose) = matters.unwrap_or_default();
            let channel = Channel::GuideDesk;
            let (person, agent) = (None, None);
            let note = (class == PriorityClass::Special).then(|| "急".to_owned());
            let grounds = Grounds { reason: None, note };
            let paper = false;
            let issue = Issue {
                queue,
                item,
                channel,
                class,
                grounds,
                paper,
                person,
                agent,
                purpose,
                silent: false,
                estimate: None,
            };
            self.guide_asks(Command::Issue(issue));
            return Ok(());
        }
        let items: Vec<_> = self.profile.setup.items_of(queue).map(|item| item.id).collect();
        let item = if place.is_multiple_of(3) {
            None
        } else {
            items.get(place as usize % items.len().max(1)).copied()
        };
        let reason = GrantReason::ALL.get(place as usize % 16).copied();
        let reason = reason.filter(|reason| reason.class() == class);
        let order = Order {
            choice: Choice { queue, item },
            class,
            reason,
            document: None,
            extras: kiosk::model::service::Extras::default(),
            paper,
            language: Language::Chinese,
            silent: false,
            alone: false,
            draft: None,
        };
        let kiosks = self.kiosks.len() as u64;
        self.before_kiosk((place % kiosks) as usize, order)
    }

    /// One in nine has more than one matter, or one that goes over several windows.
    fn more_matters(&self, queue: QueueId, place: u64) -> Option<(Option<ItemId>, Purpose)> {
        if !place.is_multiple_of(9) {
            return None;
        }
        let setup = &self.profile.setup;
        let starts = |each: &&Pipeline| each.legs.first().is_some_and(|leg| leg.queue == queue);
        let pipeline = setup.pipelines().iter().find(starts);
        if let Some(pipeline) = pipeline.filter(|_| place.is_multiple_of(2)) {
            return Some((None, Purpose::Pipeline(pipeline.id)));
        }
        let first = setup.items_of(queue).next()?.id;
        let all = setup.items();
        let more = [place as usize % all.len(), (place as usize / 2) % all.len()];
        Some((Some(first), Purpose::Several(more.map(|at| all[at].id).to_vec())))
    }

    /// The guide desk lets passed people wait again, takes numbers back, and sometimes errs.
    ///
    /// # Errors
    /// Never by itself.
    pub fn guide(&mut self) -> Outcome {
        if !self.is_working() {
            return Ok(());
        }
        let wait = self.luck.secs(GUIDE_LOOKS.0, GUIDE_LOOKS.1);
        self.after(wait, Deed::Guide);
        if self.calm.is_some() {
            return Ok(());
        }
        if let Some(ticket) = self.some_ticket(TicketState::NoShow)
            && self.luck.chance(400)
        {
            self.guide_asks(Command::Reactivate { ticket });
        }
        if let Some(ticket) = self.some_ticket(TicketState::Waiting)
            && self.luck.chance(60)
        {
            self.guide_asks(Command::Cancel { ticket });
        }
        if let Some(case) = self.some_case()
            && self.luck.chance(250)
        {
            self.fetches(case);
        }
        if self.luck.chance(200)
            && let Some(command) = self.manager_wants()
        {
            self.guide_asks(command);
        }
        if self.luck.chance(15) {
            self.reload();
        }
        if self.strikes(Fault::Wild, 300)
            && let Some(ticket) = self.any_ticket()
        {
            let command = match self.luck.below(5) {
                4 => Command::Reprint { ticket },
                0 => Command::Cancel { ticket },
                1 => Command::Reactivate { ticket },
                2 => Command::ConfirmPrint { ticket, certain: false },
                _ => Command::FailPrint { ticket },
            };
            // A slip that is out is reported by nobody as failed.
            let lies = matches!(command, Command::FailPrint { .. })
                && self.ledger.slips.contains_key(&ticket);
            if !lies && !self.is_printing(ticket) {
                self.guide_asks(command);
            }
        }
        Ok(())
    }

    /// Somebody presses a key of the evaluator at a window.
    pub fn rate(&mut self, place: usize, level: u8) {
        if self.calm.is_some() {
            return;
        }
        let device = self.device_at(place, DeviceKind::Evaluator).map(|device| device.id);
        if let Some(device) = device {
            self.press(device, &level.to_string());
        }
    }

    /// Somebody evaluates from a telephone, with the code of the slip.
    pub(crate) fn rate_by_phone(&mut self, ticket: TicketId) {
        let Some(up) = &self.server.up else { return };
        let Some(token) = up.readers.ticket(ticket).map(|ticket| ticket.token) else { return };
        let level = level(&mut self.luck);
        let Some(rating) = Rating::from_level(level) else { return };
        let reasons = if rating.is_negative() { vec![Reason::LongWait] } else { Vec::new() };
        let command = Command::Evaluate(Evaluate {
            target: EvaluationTarget::Token(token),
            rating,
            reasons,
            text: String::new(),
            channel: EvaluationChannel::Phone,
            scale: 5,
        });
        let name = format!("{:016x}", self.luck.next());
        let request = Some(request_id("phone", &name));
        self.call(Caller::Phone, Wish { by: Actor::Citizen, request, command });
    }

    /// Somebody comes for the result of a case.
    fn fetches(&mut self, case: CaseNo) {
        let Some(queue) = self.profile.setup.pick_up() else { return };
        let (channel, class) = (Channel::GuideDesk, PriorityClass::Ordinary);
        let (item, person, agent) = (None, None, None);
        let (purpose, grounds, paper) = (Purpose::PickUp(case), Grounds::default(), false);
        let issue = Issue {
            queue,
            item,
            channel,
            class,
            grounds,
            paper,
            person,
            agent,
            purpose,
            silent: false,
            estimate: None,
        };
        self.guide_asks(Command::Issue(issue));
    }

    /// A case that was accepted, if the number that somebody remembers is one.
    fn some_case(&mut self) -> Option<CaseNo> {
        let no = case_no(&mut self.luck)?;
        let now = self.hall_time();
        let case = self.server.up.as_ref()?.readers.case(no, now)?;
        case.accepted.then_some(no)
    }

    fn guide_asks(&mut self, command: Command) {
        self.asks_for_somebody(Caller::Phone, command);
    }

    fn asks_for_somebody(&mut self, caller: Caller, command: Command) {
        let name = format!("{:016x}", self.luck.next());
        let by = Actor::System("guide".parse().expect("a good id"));
        let request = Some(request_id("guide", &name));
        self.call(caller, Wish { by, request, command });
    }

    fn some_ticket(&mut self, state: TicketState) -> Option<TicketId> {
        let up = self.server.up.as_ref()?;
        let found: Vec<_> = up
            .readers
            .tickets()
            .filter(|ticket| ticket.state == state)
            .map(|ticket| ticket.id)
            .collect();
        self.luck.pick(&found).copied()
    }

    pub(crate) fn any_ticket(&mut self) -> Option<TicketId> {
        let up = self.server.up.as_ref()?;
        let found: Vec<_> = up.readers.tickets().map(|ticket| ticket.id).collect();
        self.luck.pick(&found).copied()
    }

    /// True while somebody may yet hold the slip.
    fn is_printing(&self, ticket: TicketId) -> bool {
        let up = self.server.up.as_ref();
        let state = up.and_then(|up| up.readers.ticket(ticket)).map(|ticket| ticket.state);
        state == Some(TicketState::Reserved)
    }
}

fn class(luck: &mut Luck) -> PriorityClass {
    match luck.below(100) {
        0 => PriorityClass::Special,
        1..6 => PriorityClass::Military,
        6..20 => PriorityClass::Vulnerable,
        _ => PriorityClass::Ordinary,
    }
}

/// A case number of a few, so that cases come again.
fn case_no(luck: &mut Luck) -> Option<CaseNo> {
    format!("2026{:04}", luck.below(40)).parse().ok()
}

/// A level of an evaluation: most are content.
pub(crate) fn level(luck: &mut Luck) -> u8 {
    match luck.below(100) {
        0..80 => 5,
        80..90 => 4,
        90..95 => 3,
        95..98 => 2,
        _ => 1,
    }
}
