//! What clerks do: call, start, keep somebody waiting who goes for a copy, tell what is missing, send on,
//! end, and take a break.

use hall::{
    Hall,
    answer::Answer,
    command::{Command, Evaluate, EvaluationTarget, SendTo, SessionTimes, plan::SessionPlan},
    ids::{CaseNo, ItemId, LegId, QueueId, StaffNo, WindowId},
    number::TicketNo,
    setup::Window,
    time::{Day, Millis},
    words::{
        Actor, CaseKind, EvaluationChannel, PauseReason, Rating, Reason, TicketState,
        desk::{DeclineReason, Delivery, Material},
        legs::TransferReason,
    },
};

use super::{Keeper, Next, World};

/// Turns in which somebody who is back waits for a clerk who is busy.
const TURNS_MAX: u8 = 20;

/// Windows that work on a Saturday.
const WINDOWS_SATURDAY: usize = 10;

/// 件类 as clerks choose them, in the order of the hall's words.
const KINDS: [u32; CaseKind::ALL.len()] = [60, 22, 4, 3, 5, 4, 2];

/// Levels 1 to 5.
const LEVELS: [u32; 5] = [4, 9, 60, 180, 747];

impl<K: Keeper> World<'_, K> {
    pub(super) fn plan_clerks(&mut self, session: SessionTimes, plan: &SessionPlan) {
        let setup = self.profile.setup.clone();
        let is_of_plan = |window: &Window| {
            plan.items.as_ref().is_none_or(|items| {
                let serves =
                    |id: &ItemId| setup.item(*id).is_some_and(|item| window.serves(item.queue));
                items.iter().any(serves)
            })
        };
        let mut left = if plan.items.is_some() { WINDOWS_SATURDAY } else { setup.windows().len() };
        for window in setup.windows().iter().filter(|window| is_of_plan(window)) {
            if left > 0 && self.luck.chance(self.shape.staffed) {
                left -= 1;
                let early = session.opens.since(self.now).0.saturating_sub(60_000);
                let at = Millis(early + self.luck.below(120_000));
                self.later(at, Next::SitsDown(window.id));
            }
        }
    }

    pub(super) fn sits_down(&mut self, window: WindowId) {
        let at = self.profile.setup.windows().iter().position(|each| each.id == window);
        let all = &self.profile.setup.parts().staff;
        let own = all.iter().find(|staff| staff.posts.iter().any(|post| post.window == window));
        let name = format!("s{}", at.unwrap_or_default());
        let staff: StaffNo =
            own.map_or_else(|| name.parse().expect("a number of staff"), |staff| staff.no);
        if self.ask(Actor::Staff(staff), Command::SignOn { window, staff }).is_some() {
            self.clerks.insert(window, staff);
            self.is_free(window);
        }
    }

    /// Clerks with nobody to call see that somebody has come.
    pub(super) fn offer(&mut self) {
        let waits = |hall: &Hall, window: WindowId| {
            let lists = hall.setup().window(window);
            let queues = lists.map(|it| it.primary.iter().chain(&it.secondary));
            queues.into_iter().flatten().any(|queue| hall.waiting_for(window, *queue) > 0)
        };
        let idle = self.idle.iter().copied();
        let able: Vec<WindowId> = idle.filter(|window| waits(&self.hall, *window)).collect();
        for window in able {
            self.calls(window);
        }
    }

    pub(super) fn is_free(&mut self, window: WindowId) {
        let over = self.hall.session().is_none_or(|session| self.now >= session.closes);
        if !over && self.luck.chance(12) {
            let reason = self.luck.pick(PauseReason::ALL).copied().unwrap_or(PauseReason::Away);
            let pause = Command::Pause { window, reason, whereabouts: None };
            if self.ask_clerk(window, pause).is_some() {
                self.idle.remove(&window);
                self.in_secs(240, 1_500, Next::IsFree(window));
                return;
            }
        }
        self.ask_clerk(window, Command::Resume { window });
        if !self.calls(window) && over {
            self.idle.remove(&window);
            self.ask_clerk(window, Command::SignOff { window });
        } else if self.idle.contains(&window)
            && let Some(session) = self.hall.session()
        {
            // At the end of the session those who are still idle go.
            self.later(session.closes.since(self.now), Next::IsFree(window));
        }
    }

    /// False if there was nobody to call.
    fn calls(&mut self, window: WindowId) -> bool {
        let call = Command::CallNext { window, finish_current: false };
        let Some(Answer::Called { .. }) = self.ask_clerk(window, call) else {
            if self.hall.window(window).is_some_and(|now| now.current.is_none()) {
                self.idle.insert(window);
            }
            return false;
        };
        self.idle.remove(&window);
        self.summon(window);
        true
    }

    /// Whoever is called comes, or does not.
    fn summon(&mut self, window: WindowId) {
        if self.luck.chance(60) {
            self.later(Millis::from_secs(25), Next::Recalls(window));
            self.later(Millis::from_secs(50), Next::Recalls(window));
            self.later(Millis::from_secs(75), Next::NobodyCame(window));
        } else {
            self.in_secs(5, 45, Next::Starts(window));
        }
    }

    pub(super) fn nobody_came(&mut self, window: WindowId) {
        let ticket = self.hall.ticket_at(window).map(|ticket| ticket.id);
        if self.ask_clerk(window, Command::NoShow { window }).is_some()
            && let Some(ticket) = ticket.filter(|_| self.luck.chance(400))
        {
            self.in_secs(60, 2_000, Next::ComesBack(ticket));
        }
        self.is_free(window);
    }

    pub(super) fn starts(&mut self, window: WindowId) {
        self.ask_clerk(window, Command::Start { window });
        let fits = self.luck.chance(970);
        if self.ask_clerk(window, Command::Verify { window, fits }).is_some()
            && self.hall.ticket_at(window).is_none()
        {
            return self.is_free(window);
        }
        let takes = self.takes(window);
        if self.luck.chance(25) {
            self.later(Millis(takes.0 / 2), Next::GoesAway(window));
        } else {
            self.later(takes, Next::Ends(window));
        }
    }

    fn takes(&mut self, window: WindowId) -> Millis {
        let item = self.hall.ticket_at(window).and_then(|ticket| ticket.item);
        let item = item.and_then(|item| self.profile.setup.item(item));
        let (mean, sd) = item.map_or((400_000, 200_000), |it| (it.mean_service.0, it.sd_service.0));
        match self.luck.below(1_000) {
            // An empty press, and an end that nobody pressed.
            0..10 => Millis::from_secs(6),
            10..13 => Millis(mean * 5),
            _ => {
                let takes = mean as f64 + sd as f64 * self.luck.normal();
                Millis(takes.max(40_000.0) as u64)
            }
        }
    }

    pub(super) fn goes_away(&mut self, window: WindowId) {
        let no = self.hall.ticket_at(window).map(|ticket| ticket.no);
        if let Some(no) = no.filter(|_| self.ask_clerk(window, Command::Hold { window }).is_some())
        {
            self.in_secs(120, 1_500, Next::Returns(window, no, 0));
            self.is_free(window);
        } else {
            self.in_secs(60, 400, Next::Ends(window));
        }
    }

    pub(super) fn returns(&mut self, window: WindowId, no: TicketNo, turn: u8) {
        let back = Command::ResumeHeld { window, no };
        if self.ask_clerk(window, back).is_some() {
            self.idle.remove(&window);
            self.in_secs(60, 400, Next::Ends(window));
        } else if turn < TURNS_MAX {
            self.later(Millis::from_secs(60), Next::Returns(window, no, turn + 1));
        }
    }

    pub(super) fn ends(&mut self, window: WindowId) {
        let Some(ticket) =
            self.hall.ticket_at(window).filter(|it| it.state == TicketState::Serving)
        else {
            return self.is_free(window);
        };
        let (leg, item) = (ticket.leg_id(), ticket.item);
        self.papers(window, item);
        match self.luck.below(1_000) {
            0..35 => self.sends_on(window),
            35..85 => {
                self.ask_clerk(window, Command::ToCashier { window });
            }
            _ => {}
        }
        let kind = CaseKind::ALL[self.luck.weighted(&KINDS)];
        let case = self.luck.chance(850).then_some(kind);
        let copies = self.luck.chance(30).then_some(self.luck.between(2, 9) as u16);
        let ended = self.ask_clerk(window, Command::Finish { window, case, item: None, copies });
        if ended.is_some() {
            match self.luck.below(1_000) {
                0..480 => self.in_secs(3, 40, Next::Says(leg, true)),
                480..500 => self.in_secs(20 * 3_600, 90 * 3_600, Next::Says(leg, false)),
                _ => {}
            }
        }
        self.offer();
        if self.hall.ticket_at(window).is_some() {
            // Its next stop is this window too.
            self.in_secs(5, 20, Next::Starts(window));
        } else {
            self.in_secs(5, 60, Next::IsFree(window));
        }
    }

    fn sends_on(&mut self, window: WindowId) {
        let queues: Vec<QueueId> = self.profile.setup.queues().iter().map(|it| it.id).collect();
        let to = SendTo { queue: self.luck.pick(&queues).copied(), ..SendTo::default() };
        let reason = self.luck.pick(TransferReason::ALL).copied().unwrap_or(TransferReason::Other);
        self.ask_clerk(window, Command::Transfer { window, to, reason });
    }

    /// What is noted of the case at the desk.
    fn papers(&mut self, window: WindowId, item: Option<ItemId>) {
        let case = self.luck.chance(400).then(|| self.case_no());
        let due = self.working_day_from_now();
        match self.luck.below(1_000) {
            0..60 => {
                let missing = vec![Material::Numbered(1), Material::Named("copy".to_owned())];
                self.ask_clerk(window, Command::Notice { window, case, item, missing });
            }
            60..75 => {
                let reasons = self.luck.pick(DeclineReason::ALL).copied().into_iter().collect();
                self.ask_clerk(window, Command::Decline { window, case, item, reasons });
            }
            75..300 => {
                self.ask_clerk(window, Command::Accept { window, case, item, due });
                if self.luck.chance(200) {
                    let delivery = Delivery::Post;
                    self.ask_clerk(window, Command::Deliver { window, delivery });
                }
            }
            _ => {
                if let Some(case) = case {
                    self.ask_clerk(window, Command::NameCase { window, case });
                }
            }
        }
    }

    /// One of some thousand: cases come again.
    pub(super) fn case_no(&mut self) -> CaseNo {
        self.cases += 1;
        let back = self.luck.below(400.min(self.cases));
        let number = if self.luck.chance(300) { self.cases - back } else { self.cases };
        format!("YX-{number:07}").parse().expect("a case's number is valid")
    }

    fn working_day_from_now(&mut self) -> Option<Day> {
        let days = self.daybook.working_days(self.clock.date(self.now));
        let near: Vec<Day> = days.into_iter().take(8).collect();
        self.luck.pick(&near).copied().filter(|_| self.luck.chance(900))
    }

    pub(super) fn says(&mut self, leg: LegId, at_once: bool) {
        let level = self.luck.weighted(&LEVELS) as u8 + 1;
        let rating = Rating::from_level(level).expect("a weight for each level");
        let reasons = if rating.is_negative() {
            self.luck.pick(Reason::ALL).copied().into_iter().collect()
        } else {
            Vec::new()
        };
        let (channel, scale) = match (at_once, self.luck.chance(30)) {
            (true, true) => (EvaluationChannel::Device, 4),
            (true, false) => (EvaluationChannel::Device, 5),
            (false, _) => (EvaluationChannel::Phone, 5),
        };
        let text = if rating.is_negative() { "waited".to_owned() } else { String::new() };
        let target = EvaluationTarget::Leg(leg);
        let said = Evaluate { target, rating, reasons, text, channel, scale };
        self.ask(Actor::Citizen, Command::Evaluate(said));
    }
}
