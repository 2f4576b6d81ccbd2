//! Which faces an event changes at once. Counts of who waits change with every ticket in many
//! faces: they go out with the next look, which is never more than a second away.

use std::collections::BTreeSet;

use hall::{
    Hall,
    event::{Event, Fact},
    ids::WindowId,
};

/// What is to be looked at after some events.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Concern {
    /// Windows at which something happened; the hall screens tell of it too.
    pub windows: BTreeSet<WindowId>,
    /// More than some windows.
    pub everything: bool,
}

impl Concern {
    /// What these events concern.
    pub fn of<'a>(events: impl IntoIterator<Item = &'a Event>, hall: &Hall) -> Self {
        let mut concern = Self::default();
        events.into_iter().for_each(|event| concern.note(&event.fact, hall));
        concern
    }

    /// True if only counts have changed.
    pub fn is_counts(&self) -> bool {
        self.windows.is_empty() && !self.everything
    }

    fn note(&mut self, fact: &Fact, hall: &Hall) {
        match fact {
            Fact::SignedOn { window, .. }
            | Fact::SignedOff { window }
            | Fact::Paused { window, .. }
            | Fact::Resumed { window }
            | Fact::Called { window, .. }
            | Fact::Recalled { window, .. }
            | Fact::Started { window, .. }
            | Fact::Finished { window, .. }
            | Fact::SentOn { window, .. }
            | Fact::Held { window, .. }
            | Fact::HoldEnded { window, .. }
            | Fact::NoShowed { window, .. }
            | Fact::Verified { window, .. }
            | Fact::TakenBack { window, .. }
            | Fact::SamePress { window, .. } => drop(self.windows.insert(*window)),
            Fact::Evaluated(evaluated) => {
                self.windows.extend(hall.leg(evaluated.leg).and_then(|leg| leg.window));
            }
            Fact::Issued(_)
            | Fact::Printed { .. }
            | Fact::HoldExpired { .. }
            | Fact::Reactivated { .. }
            | Fact::StopsChanged { .. }
            | Fact::Expedited { .. }
            | Fact::SilentSet { .. }
            | Fact::HelperSet(_)
            | Fact::Announced { .. }
            | Fact::WhereaboutsSet { .. }
            | Fact::StandInAsked { .. }
            | Fact::CaseNamed { .. }
            | Fact::ReturnedUnnoticed { .. }
            | Fact::Noticed { .. }
            | Fact::Accepted { .. }
            | Fact::Declined { .. }
            | Fact::DeliveryChosen { .. }
            | Fact::CaseClosed { .. }
            | Fact::MatterOpened(_)
            | Fact::MatterClosed(_)
            | Fact::MatterHandled(_)
            | Fact::Visit(_)
            | Fact::Booked(_)
            | Fact::BookingCancelled { .. }
            | Fact::BookingEnded { .. }
            | Fact::Reprinted { .. }
            | Fact::CatalogueChanged(_)
            | Fact::AlertRaised { .. }
            | Fact::AlertEased { .. }
            | Fact::AlertAcknowledged { .. }
            | Fact::AlertClosed { .. }
            | Fact::DeviceReported { .. }
            | Fact::CallsReported(_)
            | Fact::HelpAsked { .. }
            | Fact::NumbersReserved { .. }
            | Fact::UnfoundNoted(_)
            | Fact::Inspected(_)
            | Fact::Limited(_)
            | Fact::Staffing(_)
            | Fact::WindowsScheduled { .. } => {}
            Fact::DayOpened { .. }
            | Fact::SetupChanged { .. }
            | Fact::DayClosed { .. }
            | Fact::SessionOpened { .. }
            | Fact::SessionClosed
            | Fact::Cancelled { .. }
            | Fact::Released { .. }
            | Fact::Swept { .. }
            | Fact::TideOpened { .. }
            | Fact::TideClosed { .. }
            | Fact::Lent { .. }
            | Fact::LendEnded { .. }
            | Fact::TookOver { .. }
            | Fact::ClosedEarly { .. }
            | Fact::Erased(_) => self.everything = true,
        }
    }
}
