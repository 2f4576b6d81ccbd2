//! What a caller is told when the hall said yes.

use crate::{
    event::{Event, Fact, people::HelperSet, visit::VisitFact},
    ids::{LegId, TicketId, VisitId, WindowId, person::BookingNo, receipt::Receipt},
    words::Why,
};

/// What an asking led to. A repeated asking gets the first answer again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 取号: this ticket was made.
    Issued(TicketId),
    /// 叫号: this leg was called, and why.
    Called {
        /// The leg.
        leg: LegId,
        /// Why this one.
        why: Why,
    },
    /// Something about this ticket was done.
    Ticket(TicketId),
    /// Something about this window was done. A call-next that finished the ticket in service and
    /// found nobody waiting answers so.
    Window(WindowId),
    /// 评价: taken down for this leg.
    Evaluated(LegId),
    /// 预约: made or cancelled.
    Booking(BookingNo),
    /// 办不成事: told, under this receipt.
    Told(Receipt),
    /// 上门服务: something about this visit was done.
    Visit(VisitId),
    /// Done; there is nothing to point at.
    Done,
}

impl Answer {
    /// The answer that an event gives to the asking it bears; the last event of an asking counts.
    #[must_use]
    pub fn of(event: &Event) -> Self {
        match &event.fact {
            Fact::Issued(issued) => Self::Issued(issued.ticket),
            Fact::Called { leg, why, .. } | Fact::SamePress { leg, why, .. } => {
                Self::Called { leg: *leg, why: *why }
            }
            Fact::Printed { ticket, .. }
            | Fact::Cancelled { ticket }
            | Fact::Released { ticket, .. }
            | Fact::Expedited { ticket, .. }
            | Fact::SilentSet { ticket, .. }
            | Fact::Reactivated { ticket, .. }
            | Fact::HelperSet(HelperSet { ticket, .. })
            | Fact::Reprinted { ticket } => Self::Ticket(*ticket),
            Fact::SignedOn { window, .. }
            | Fact::SignedOff { window }
            | Fact::Paused { window, .. }
            | Fact::Resumed { window }
            | Fact::Recalled { window, .. }
            | Fact::Started { window, .. }
            | Fact::Finished { window, .. }
            | Fact::NoShowed { window, .. }
            | Fact::SentOn { window, .. }
            | Fact::StopsChanged { window, .. }
            | Fact::TakenBack { window, .. }
            | Fact::Verified { window, .. }
            | Fact::Held { window, .. }
            | Fact::HoldEnded { window, .. }
            | Fact::TideOpened { window, .. }
            | Fact::TideClosed { window, .. }
            | Fact::Lent { window, .. }
            | Fact::LendEnded { window, .. }
            | Fact::TookOver { window, .. }
            | Fact::StandInAsked { window, .. }
            | Fact::CaseNamed { window, .. }
            | Fact::ReturnedUnnoticed { window, .. }
            | Fact::Noticed { window, .. }
            | Fact::Accepted { window, .. }
            | Fact::Declined { window, .. }
            | Fact::DeliveryChosen { window, .. } => Self::Window(*window),
            Fact::Evaluated(evaluated) => Self::Evaluated(evaluated.leg),
            Fact::MatterOpened(matter) => matter.receipt.map_or(Self::Done, Self::Told),
            Fact::Visit(VisitFact::Asked(visit)) => Self::Visit(visit.id),
            Fact::Visit(VisitFact::Handled { visit, .. }) => Self::Visit(*visit),
            Fact::Visit(VisitFact::Evaluated(said)) => Self::Visit(said.visit),
            Fact::Booked(booked) => Self::Booking(booked.no),
            Fact::BookingCancelled { booking } => Self::Booking(*booking),
            Fact::DayOpened { .. }
            | Fact::DayClosed { .. }
            | Fact::SessionOpened { .. }
            | Fact::SessionClosed
            | Fact::Swept { .. }
            | Fact::WhereaboutsSet { .. }
            | Fact::ClosedEarly { .. }
            | Fact::Limited(_)
            | Fact::HoldExpired { .. }
            | Fact::BookingEnded { .. }
            | Fact::Erased(_)
            | Fact::CatalogueChanged(_)
            | Fact::SetupChanged { .. }
            | Fact::CaseClosed { .. }
            | Fact::MatterClosed(_)
            | Fact::MatterHandled(_)
            | Fact::AlertRaised { .. }
            | Fact::AlertEased { .. }
            | Fact::AlertAcknowledged { .. }
            | Fact::AlertClosed { .. }
            | Fact::DeviceReported { .. }
            | Fact::CallsReported(_)
            | Fact::HelpAsked { .. }
            | Fact::NumbersReserved { .. }
            | Fact::WindowsScheduled { .. }
            | Fact::UnfoundNoted(_)
            | Fact::Inspected(_)
            | Fact::Staffing(_)
            | Fact::Announced { .. } => Self::Done,
        }
    }
}
