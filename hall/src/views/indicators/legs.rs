//! What one ticket and one of its legs add to the figures.

use super::figures::Figures;
use crate::{
    hall::Hall,
    ids::{ItemId, WindowId},
    limits::EMPTY_PRESS,
    state::ticket::{Evaluation, Leg, Ticket},
    time::Millis,
    words::{
        CaseKind, Channel, PriorityClass, Rating, Reasons, TicketState, desk::Delivery, legs::Via,
        people::DayKind,
    },
};

/// 待核: over so many times the standard nobody pressed the end.
const ENDLESS: u64 = 4;

/// What a leg is measured by.
#[derive(Clone, Copy)]
pub(super) struct Standard {
    /// How long a service should take, if anything says so.
    service: Option<Millis>,
    /// 超时办理: hundredths of it.
    over_percent: u32,
}

pub(super) fn of_window(hall: &Hall, window: WindowId) -> Figures {
    let mut figures = Figures::default();
    for ticket in hall.tickets() {
        for (place, leg) in ticket.legs.iter().enumerate() {
            if leg.window == Some(window) {
                let standard = Standard::of(hall, leg, item_of(ticket, place));
                figures.note_leg(ticket, place, standard);
            }
        }
    }
    figures
}

/// What was handled in a leg, or asked for while it is not over.
pub(super) fn item_of(ticket: &Ticket, place: usize) -> Option<ItemId> {
    let last = place + 1 == ticket.legs.len();
    ticket.legs[place].item.or(ticket.item.filter(|_| last))
}

impl Standard {
    pub fn of(hall: &Hall, leg: &Leg, item: Option<ItemId>) -> Self {
        let over_percent = hall.setup().rules().alerts.service_yellow_percent;
        Self { service: hall.standard_service(item, leg.queue), over_percent }
    }

    fn is_over(self, service: Millis) -> bool {
        let limit = |standard: Millis| standard.0.saturating_mul(self.over_percent.into()) / 100;
        self.service.is_some_and(|standard| service.0 > limit(standard))
    }

    fn is_endless(self, service: Millis) -> bool {
        self.service.is_some_and(|standard| service.0 > standard.0.saturating_mul(ENDLESS))
    }
}

impl Figures {
    pub(super) fn note_ticket(&mut self, ticket: &Ticket) {
        self.issued += 1;
        self.classes[ticket.taken_as as usize] += 1;
        self.channels[ticket.channel as usize] += 1;
        self.priority += u32::from(ticket.taken_as != PriorityClass::Ordinary);
        self.often_transferred += u32::from(ticket.transfers() > 2);
        self.self_service += u32::from(ticket.channel == Channel::Kiosk);
        self.reactivated += u32::from(ticket.reactivated.is_some());
        self.booked += u32::from(ticket.check_in.is_some());
        self.days_off += u32::from(matches!(ticket.day_kind, DayKind::Weekend | DayKind::Holiday));
        self.reprints += u32::from(ticket.reprints);
        self.by_agent += u32::from(ticket.agent.is_some());
        let at_guide = ticket.channel == Channel::GuideDesk;
        self.helped += u32::from(ticket.helped.is_some() && !at_guide);
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

    /// A leg by its place; 转移 counts where the leg ended that was sent on, told by how the next came
    /// about.
    pub(super) fn note_leg(&mut self, ticket: &Ticket, place: usize, standard: Standard) {
        let leg = &ticket.legs[place];
        match ticket.legs.get(place + 1).map(|next| next.via) {
            Some(Via::Transferred) => self.transferred += 1,
            Some(Via::Cashier) => self.to_cashier += 1,
            Some(Via::Issued | Via::Returned | Via::NextLeg) | None => {}
        }
        self.called += u32::from(leg.called_first.is_some());
        self.recalls += u32::from(leg.recalls);
        self.no_show_events += u32::from(leg.no_shows);
        self.extended += u32::from(leg.extended);
        self.holds += u32::from(leg.holds);
        self.held_for.0 += leg.held.0;
        self.note_papers(leg);
        if let Some(wait) = leg.wait().filter(|_| leg.is_over()) {
            self.note_wait(ticket.taken_as, place == 0, wait);
        }
        let Some(service) = leg.service() else { return };
        self.served += 1;
        self.past_end += u32::from(leg.overtime.0 > 0);
        self.overtime.0 += leg.overtime.0;
        self.note_service(service, standard);
        if let Some(response) = leg.response() {
            self.responses.add(response);
        }
        if let Some(evaluation) = &leg.evaluation {
            self.evaluations[evaluation.rating as usize] += 1;
            self.note_said(evaluation.rating, &evaluation.reasons, evaluation.scale);
        }
        self.note_desk(leg);
    }

    fn note_wait(&mut self, class: PriorityClass, is_first: bool, wait: Millis) {
        if !is_first {
            self.later_waits.add(wait);
            return;
        }
        self.waits.add(wait);
        let of_class = &mut self.waits_by_class[class as usize];
        of_class.0 += 1;
        of_class.1.0 += wait.0;
    }

    fn note_service(&mut self, service: Millis, standard: Standard) {
        if service < EMPTY_PRESS {
            self.services_to_check += 1;
            return;
        }
        self.services_over += u32::from(standard.is_over(service));
        if standard.is_endless(service) {
            self.services_endless += 1;
        } else {
            self.services.add(service);
        }
    }

    /// 评价 of a service of an earlier day.
    pub(super) fn note_late(&mut self, evaluation: &Evaluation) {
        self.late_evaluations[evaluation.rating as usize] += 1;
        self.note_said(evaluation.rating, &evaluation.reasons, evaluation.scale);
    }

    pub(super) fn note_said(&mut self, rating: Rating, reasons: &Reasons, scale: u8) {
        self.few_levels += u32::from(scale < 5);
        if rating.is_negative() {
            for reason in reasons {
                self.negative_reasons[*reason as usize] += 1;
            }
        }
    }

    /// What was told and noted of the case, also where the ticket then went on, to the cashier say.
    fn note_papers(&mut self, leg: &Leg) {
        let desk = &leg.desk;
        self.noticed += u32::from(desk.notices > 0);
        self.unnoticed += u32::from(desk.unnoticed);
        self.accepted += u32::from(desk.accepted.is_some());
        self.declined += u32::from(!desk.declined.is_empty());
        self.posted += u32::from(desk.delivery == Some(Delivery::Post));
    }

    fn note_desk(&mut self, leg: &Leg) {
        let desk = &leg.desk;
        if let Some(case) = leg.case {
            self.cases[case as usize] += 1;
        }
        let returned = matches!(leg.case, Some(CaseKind::Returned | CaseKind::Supplement));
        let at_desk = desk.accepted.is_some() || leg.case == Some(CaseKind::OnTheSpot);
        self.copies += u32::from(desk.copies);
        self.returns_noticed += u32::from(desk.notices > 0 && returned);
        self.at_desk += u32::from(at_desk);
    }
}
