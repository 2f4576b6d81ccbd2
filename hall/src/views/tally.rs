//! 今日指标: the figures of the day, all from the leg table; each sample keeps its count.

use alloc::{collections::BTreeMap, vec::Vec};

use crate::{
    hall::Hall,
    ids::{QueueId, StaffNo, WindowId},
    limits::EMPTY_PRESS,
    state::ticket::{Leg, Ticket},
    time::{Millis, Timestamp},
    words::{
        CaseKind, Channel, PauseReason, PriorityClass, Reason, TicketState, desk::Delivery,
        legs::Via, people::DayKind,
    },
};

/// The day's figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Of the hall.
    pub hall: Figures,
    /// By queue.
    pub queues: BTreeMap<QueueId, Figures>,
    /// By window.
    pub windows: BTreeMap<WindowId, Figures>,
    /// By clerk: the legs they served, wherever they sat.
    pub staff: BTreeMap<StaffNo, Figures>,
    /// When waiting began, and the first call, of every ticket that was called: what a curve is drawn from.
    pub first_calls: Vec<(Timestamp, Timestamp)>,
    /// When tickets were taken.
    pub issues: Vec<Timestamp>,
}

/// The figures of a hall, a queue or a window.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// 取号量.
    pub issued: u32,
    /// Legs called.
    pub called: u32,
    /// 办结量.
    pub served: u32,
    /// Called or served now.
    pub at_windows: u32,
    /// 已挂起 now.
    pub held: u32,
    /// 挂起, every one.
    pub holds: u32,
    /// 挂起: the time away of everybody who came back.
    pub held_for: Millis,
    /// 转移: legs that ended by sending the ticket to somewhere else.
    pub transferred: u32,
    /// 转收费.
    pub to_cashier: u32,
    /// 多次转移: tickets that were sent on more than twice.
    pub often_transferred: u32,
    /// 各环节等候: waits of every leg after the first, sorted.
    pub later_waits: Vec<Millis>,
    /// 等候: first call minus issue, of served first legs, sorted.
    pub waits: Vec<Millis>,
    /// 办理: without empty presses, sorted.
    pub services: Vec<Millis>,
    /// 待核: services that were empty presses.
    pub services_to_check: u32,
    /// 响应: start minus first call, sorted.
    pub responses: Vec<Millis>,
    /// 过号: passed and not re-activated.
    pub no_shows: u32,
    /// 过号, every one.
    pub no_show_events: u32,
    /// 过号激活.
    pub reactivated: u32,
    /// 清号.
    pub swept: u32,
    /// 取消.
    pub cancelled: u32,
    /// 未出票.
    pub not_printed: u32,
    /// 重呼.
    pub recalls: u32,
    /// Tickets with a class before ordinary.
    pub priority: u32,
    /// Tickets taken at a kiosk.
    pub self_service: u32,
    /// 延时服务.
    pub extended: u32,
    /// 延时: the time served behind the end of a session.
    pub overtime: Millis,
    /// 预约取号: tickets taken for a booking, those that came late included.
    pub booked: u32,
    /// 双休日服务 and 节假日服务: tickets of such a day.
    pub days_off: u32,
    /// 补打.
    pub reprints: u32,
    /// 代办: tickets that a 代办员 took for somebody else.
    pub by_agent: u32,
    /// 评价, by level 1 to 5.
    pub evaluations: [u32; 5],
    /// 评价 given today of services of earlier days, by level; no part of this day's services.
    pub late_evaluations: [u32; 5],
    /// 件类 of served legs, as the clerks chose.
    pub cases: [u32; CaseKind::ALL.len()],
    /// 批量: everything handled, copies counted.
    pub copies: u32,
    /// 一次性告知: served legs with a notice.
    pub noticed: u32,
    /// 退回件 and 补办件 with a notice: 一次性告知率 counts these over all of their kinds.
    pub returns_noticed: u32,
    /// 再次来访未见告知.
    pub unnoticed: u32,
    /// 受理.
    pub accepted: u32,
    /// 不予受理.
    pub declined: u32,
    /// 办结 of cases with a day that was promised; of the hall only, for a case is closed anywhere.
    pub cases_closed: u32,
    /// 按期办结.
    pub cases_in_time: u32,
    /// 寄递.
    pub posted: u32,
    /// Time served.
    pub serving: Millis,
    /// Time with a clerk, without pauses.
    pub staffed: Millis,
    /// 差评原因: how often each was given with one of the lower two levels.
    pub negative_reasons: [u32; Reason::ALL.len()],
    /// Pauses by reason: how often, and how long.
    pub pauses_by_reason: [(u32, Millis); PauseReason::ALL.len()],
    /// Pauses.
    pub pauses: u32,
    /// Their length.
    pub paused: Millis,
}

/// Reckons the day up to now.
#[must_use]
pub fn tally(hall: &Hall, now: Timestamp) -> Tally {
    let mut tally = Tally::default();
    for ticket in hall.tickets() {
        tally.issues.push(ticket.issued);
        let first = &ticket.legs[0];
        if let Some(called) = first.called_first {
            tally.first_calls.push((first.entered, called));
        }
        let of_queue = tally.queues.entry(first.queue).or_default();
        for figures in [&mut tally.hall, of_queue] {
            figures.note_ticket(ticket);
        }
        for (place, leg) in ticket.legs.iter().enumerate() {
            tally.note_sent(ticket, place);
            tally.hall.note_leg(leg, place == 0);
            tally.queues.entry(leg.queue).or_default().note_leg(leg, place == 0);
            if let Some(window) = leg.window {
                tally.windows.entry(window).or_default().note_leg(leg, place == 0);
            }
            if let Some(staff) = leg.staff {
                tally.staff.entry(staff).or_default().note_leg(leg, place == 0);
            }
        }
    }
    let closed = hall.state.cases.closed();
    (tally.hall.cases_closed, tally.hall.cases_in_time) = (closed.all, closed.in_time);
    for (leg, evaluation) in hall.late_evaluations() {
        let of_queue = tally.queues.entry(leg.queue).or_default();
        let of_window = tally.windows.entry(leg.window).or_default();
        for figures in [&mut tally.hall, of_queue, of_window] {
            figures.late_evaluations[evaluation.rating as usize] += 1;
        }
    }
    for (id, window) in &hall.state.windows {
        let (pauses, paused) = window.paused_until(now);
        let staffed = Millis(window.signed_until(now).0.saturating_sub(paused.0));
        let serving = serving_until(hall, *id, now);
        let of_window = tally.windows.entry(*id).or_default();
        for figures in [&mut tally.hall, of_window] {
            figures.serving.0 += serving.0;
            figures.pauses += pauses;
            figures.paused.0 += paused.0;
            figures.staffed.0 += staffed.0;
            let by_reason = figures.pauses_by_reason.iter_mut();
            for (sum, reason) in by_reason.zip(window.pauses_until(now)) {
                sum.0 += reason.0;
                sum.1.0 += reason.1.0;
            }
        }
    }
    let all = tally.queues.values_mut().chain(tally.windows.values_mut());
    let all = all.chain(tally.staff.values_mut());
    for figures in all.chain([&mut tally.hall]) {
        figures.waits.sort_unstable();
        figures.later_waits.sort_unstable();
        figures.services.sort_unstable();
        figures.responses.sort_unstable();
    }
    tally
}

/// The service that goes on at a window: a window at work is not idle until it ends.
fn serving_until(hall: &Hall, window: WindowId, now: Timestamp) -> Millis {
    let ticket = hall.ticket_at(window).filter(|ticket| ticket.state == TicketState::Serving);
    let leg = ticket.map(Ticket::leg);
    let started = leg.and_then(|leg| Some(now.since(leg.started?).0.saturating_sub(leg.held.0)));
    Millis(started.unwrap_or_default())
}

impl Tally {
    /// 转移 and 转收费 count where the leg ended that was sent on, told by how the next came about.
    fn note_sent(&mut self, ticket: &Ticket, place: usize) {
        let (leg, next) = (&ticket.legs[place], ticket.legs.get(place + 1));
        let Some(via) = next.map(|next| next.via) else { return };
        let of_queue = self.queues.entry(leg.queue).or_default();
        let of_window = leg.window.map(|window| self.windows.entry(window).or_default());
        for figures in [&mut self.hall, of_queue].into_iter().chain(of_window) {
            match via {
                Via::Transferred => figures.transferred += 1,
                Via::Cashier => figures.to_cashier += 1,
                Via::Issued | Via::Returned | Via::NextLeg => {}
            }
        }
    }
}

impl Figures {
    fn note_ticket(&mut self, ticket: &Ticket) {
        self.issued += 1;
        self.priority += u32::from(ticket.taken_as != PriorityClass::Ordinary);
        self.often_transferred += u32::from(ticket.transfers() > 2);
        self.self_service += u32::from(ticket.channel == Channel::Kiosk);
        self.reactivated += u32::from(ticket.reactivated.is_some());
        self.booked += u32::from(ticket.check_in.is_some());
        self.days_off += u32::from(matches!(ticket.day_kind, DayKind::Weekend | DayKind::Holiday));
        self.reprints += u32::from(ticket.reprints);
        self.by_agent += u32::from(ticket.agent.is_some());
        let ended = match ticket.state {
            TicketState::NoShow => &mut self.no_shows,
            TicketState::Swept => &mut self.swept,
            TicketState::Cancelled => &mut self.cancelled,
            TicketState::NotPrinted => &mut self.not_printed,
            TicketState::Called | TicketState::Serving => &mut self.at_windows,
            TicketState::Held => &mut self.held,
            TicketState::Reserved | TicketState::Waiting | TicketState::Done => return,
        };
        *ended += 1;
    }

    fn note_leg(&mut self, leg: &Leg, is_first: bool) {
        self.called += u32::from(leg.called_first.is_some());
        self.recalls += u32::from(leg.recalls);
        self.no_show_events += u32::from(leg.no_shows);
        self.extended += u32::from(leg.extended);
        self.holds += u32::from(leg.holds);
        self.held_for.0 += leg.held.0;
        let waits = if is_first { &mut self.waits } else { &mut self.later_waits };
        waits.extend(leg.wait().filter(|_| leg.is_over()));
        if let Some(service) = leg.service_until_sent() {
            self.serving.0 += service.0;
        }
        let Some(service) = leg.service() else { return };
        self.served += 1;
        self.serving.0 += service.0;
        self.overtime.0 += leg.overtime.0;
        if service < EMPTY_PRESS {
            self.services_to_check += 1;
        } else {
            self.services.push(service);
        }
        self.responses.extend(leg.response());
        if let Some(evaluation) = &leg.evaluation {
            self.evaluations[evaluation.rating as usize] += 1;
            if evaluation.rating.is_negative() {
                for reason in &evaluation.reasons {
                    self.negative_reasons[*reason as usize] += 1;
                }
            }
        }
        self.note_desk(leg);
    }

    fn note_desk(&mut self, leg: &Leg) {
        let desk = &leg.desk;
        if let Some(case) = leg.case {
            self.cases[case as usize] += 1;
        }
        let noticed = desk.notices > 0;
        let returned = matches!(leg.case, Some(CaseKind::Returned | CaseKind::Supplement));
        self.copies += u32::from(desk.copies);
        self.noticed += u32::from(noticed);
        self.returns_noticed += u32::from(noticed && returned);
        self.unnoticed += u32::from(desk.unnoticed);
        self.accepted += u32::from(desk.accepted.is_some());
        self.declined += u32::from(!desk.declined.is_empty());
        self.posted += u32::from(desk.delivery == Some(Delivery::Post));
    }

    /// Evaluations given.
    #[must_use]
    pub fn evaluated(&self) -> u32 {
        self.evaluations.iter().sum()
    }

    /// Waits up to a target.
    #[must_use]
    pub fn waits_within(&self, target: Millis) -> u32 {
        self.waits.partition_point(|wait| *wait <= target) as u32
    }
}
