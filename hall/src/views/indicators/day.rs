//! Counts a day into its groups.

use alloc::{collections::BTreeSet, vec::Vec};

use super::{
    Sums,
    figures::{AtEnd, Figures, Peak},
    group::Group,
    half_hours,
    legs::{Standard, item_of},
    times, visits, waiting,
};
use crate::{
    event::matter::Matter,
    hall::Hall,
    ids::{ItemId, QueueId, StaffNo, WindowId},
    state::ticket::Ticket,
    time::{Millis, Timestamp},
    words::{
        CaseKind,
        indicator::Grouping,
        matter::{CallBackResult, MatterKind},
        people::BookingState,
    },
};

/// A day being counted.
pub(super) struct Filling<'a> {
    pub hall: &'a Hall,
    pub now: Timestamp,
    pub midnight: Timestamp,
    wanted: [bool; Grouping::ALL.len()],
    pub sums: Sums,
}

impl<'a> Filling<'a> {
    pub fn new(hall: &'a Hall, now: Timestamp, midnight: Timestamp, wanted: &[Grouping]) -> Self {
        let mut filled = [false; Grouping::ALL.len()];
        wanted.iter().for_each(|grouping| filled[*grouping as usize] = true);
        Self { hall, now, midnight, wanted: filled, sums: Sums::default() }
    }

    pub fn fill(mut self) -> Sums {
        self.note([Group::Hall], |_| ());
        self.hall.tickets().for_each(|ticket| self.note_ticket(ticket));
        self.note_late();
        self.note_cases();
        self.note_bookings();
        self.note_matters();
        visits::note(&mut self);
        self.note_alerts();
        self.note_calls();
        times::note(&mut self);
        waiting::note(&mut self);
        self.sums
    }

    pub fn wants(&self, grouping: Grouping) -> bool {
        self.wanted[grouping as usize]
    }

    /// Adds something to every group of these that is wanted.
    pub fn note(&mut self, groups: impl IntoIterator<Item = Group>, add: impl Fn(&mut Figures)) {
        for group in groups {
            if self.wanted[group.grouping() as usize] {
                add(self.sums.groups.entry(group).or_default());
            }
        }
    }

    /// Where people of a queue count.
    pub fn places(
        &self,
        queue: QueueId,
        item: Option<ItemId>,
    ) -> impl Iterator<Item = Group> + use<> {
        let of_queue = self.hall.setup().queue(queue);
        let zone = of_queue.map(|queue| Group::Zone(queue.zone));
        let department = of_queue.map(|queue| Group::Department(queue.department));
        let groups = [Some(Group::Hall), zone, department, Some(Group::Queue(queue))];
        groups.into_iter().flatten().chain(item.map(Group::Item))
    }

    /// Where what was done at a window counts beside.
    pub(super) fn posts(
        window: Option<WindowId>,
        staff: Option<StaffNo>,
    ) -> impl Iterator<Item = Group> {
        window.map(Group::Window).into_iter().chain(staff.map(Group::Clerk))
    }

    fn note_ticket(&mut self, ticket: &Ticket) {
        let first = &ticket.legs[0];
        let device = ticket.taken_at.map(Group::Device);
        let groups = self.places(first.queue, item_of(ticket, 0)).chain(device);
        self.note(groups, |figures| figures.note_ticket(ticket));
        let helper = ticket.helped.map(|helped| Group::Clerk(helped.by));
        self.note(helper, |figures| figures.helped += 1);
        let (mut called, mut served) = (BTreeSet::new(), BTreeSet::new());
        for (place, leg) in ticket.legs.iter().enumerate() {
            let item = item_of(ticket, place);
            let standard = Standard::of(self.hall, leg, item);
            for group in self.places(leg.queue, item).chain(Self::posts(leg.window, leg.staff)) {
                let first_call = leg.called_first.is_some() && called.insert(group);
                let first_end = leg.finished.is_some() && served.insert(group);
                self.note([group], |figures| {
                    figures.note_leg(ticket, place, standard);
                    figures.called_tickets += u32::from(first_call);
                    figures.served_tickets += u32::from(first_end);
                });
            }
        }
        if self.wants(Grouping::Hall) {
            self.note_half_hour(ticket);
        }
    }

    fn note_half_hour(&mut self, ticket: &Ticket) {
        let first = &ticket.legs[0];
        let place = |moment| half_hours::place(self.midnight, moment);
        let half_hours = &mut self.sums.half_hours;
        half_hours.entry(place(ticket.issued)).or_default().issued += 1;
        if let Some(called) = first.called_first {
            let half_hour = half_hours.entry(place(called)).or_default();
            half_hour.called += 1;
            half_hour.waited.0 += called.since(first.entered).0;
        }
    }

    fn note_late(&mut self) {
        let hall = self.hall;
        for (leg, evaluation) in hall.late_evaluations() {
            let posts = Self::posts(Some(leg.window), leg.staff);
            let groups = self.places(leg.queue, leg.item).chain(posts);
            self.note(groups, |figures| figures.note_late(evaluation));
        }
    }

    /// A case is closed anywhere: those with a promise count in the hall only. What was done on the
    /// spot under a number counts where it was done.
    fn note_cases(&mut self) {
        let hall = self.hall;
        let closed = hall.state.cases.closed();
        self.note([Group::Hall], |figures| {
            (figures.cases_closed, figures.cases_in_time) = (closed.all, closed.in_time);
            figures.cases_at_once = closed.at_once;
        });
        for ticket in hall.tickets() {
            for (place, leg) in ticket.legs.iter().enumerate() {
                let case = leg.desk.case.filter(|_| leg.case == Some(CaseKind::OnTheSpot));
                let Some(known) = case.and_then(|no| hall.case_known(no)) else { continue };
                let at_once = u32::from(known.notices == 0);
                let posts = Self::posts(leg.window, leg.staff);
                let groups = self.places(leg.queue, item_of(ticket, place)).chain(posts);
                self.note(groups, |figures| {
                    figures.numbered_done += 1;
                    figures.numbered_at_once += at_once;
                });
            }
        }
    }

    fn note_bookings(&mut self) {
        let (hall, day) = (self.hall, self.hall.last_day());
        for booking in hall.bookings().filter(|booking| Some(booking.booked.slot.day) == day) {
            let groups = self.places(booking.booked.queue, booking.booked.item);
            self.note(groups, |figures| {
                let count = match booking.state {
                    BookingState::Kept => &mut figures.bookings_kept,
                    BookingState::Missed => &mut figures.bookings_missed,
                    BookingState::Cancelled => &mut figures.bookings_cancelled,
                    BookingState::Released => &mut figures.bookings_released,
                    BookingState::Booked => return,
                };
                *count += 1;
            });
        }
    }

    fn note_matters(&mut self) {
        let (hall, Some(day)) = (self.hall, self.hall.last_day()) else { return };
        // The day's last moment is past for whatever was due on it.
        let is_over = hall.day().is_none();
        let late = |due| due < day || (due == day && is_over);
        let overdue = |kind| {
            let overdue = hall.matters().filter(|each| each.kind == kind);
            AtEnd(Some((day, overdue.filter(|each| each.due.is_some_and(late)).count() as u32)))
        };
        let (negative, unresolved) =
            (overdue(MatterKind::Negative), overdue(MatterKind::Unresolved));
        let told = hall.state.matters.told();
        self.note([Group::Hall], |figures| {
            (figures.matters_told, figures.matters_overdue) = (told, negative);
            figures.told_overdue = unresolved;
        });
        for closed in hall.matters_closed() {
            let matter = &closed.matter;
            let in_time = u32::from(closed.in_time());
            let groups = self.answers_for(matter);
            self.note(groups, |figures| match matter.kind {
                MatterKind::Negative => {
                    figures.matters_closed += 1;
                    figures.matters_in_time += in_time;
                    let call_back = matter.call_back();
                    let nobody = call_back == Some(CallBackResult::NoContact);
                    figures.matters_reachable += u32::from(!nobody);
                    figures.matters_called_back += u32::from(call_back.is_some() && !nobody);
                }
                MatterKind::Unresolved => {
                    figures.told_closed += 1;
                    figures.told_in_time += in_time;
                }
            });
        }
    }

    /// Where a matter counts: at its queue and window, else at the department that sees to it.
    fn answers_for(&self, matter: &Matter) -> Vec<Group> {
        let Some(queue) = matter.queue else {
            let given = matter.assigned().and_then(|(department, _)| department);
            let name = given.or(matter.department.as_deref());
            let mut departments = self.hall.setup().departments().iter();
            let of_name = departments.find(|each| Some(each.name.as_str()) == name);
            let department = of_name.map(|each| Group::Department(each.id));
            return [Some(Group::Hall), department].into_iter().flatten().collect();
        };
        self.places(queue, matter.item).chain(Self::posts(matter.window, matter.staff)).collect()
    }

    fn note_alerts(&mut self) {
        let hall = self.hall;
        for (raised, counts) in hall.state.ledger.raised() {
            let of_queue: Vec<Group> = match raised.queue {
                Some(queue) => self.places(queue, None).collect(),
                None => Vec::from([Group::Hall]),
            };
            let groups = of_queue.into_iter().chain(raised.window.map(Group::Window));
            self.note(groups, |figures| {
                let sums = &mut figures.alerts[raised.kind as usize];
                sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            });
        }
    }

    /// 叫号送达, at the window that called.
    fn note_calls(&mut self) {
        let hall = self.hall;
        for (window, (calls, in_time)) in hall.state.ledger.calls() {
            let zone = hall.setup().window(window).map(|window| Group::Zone(window.zone));
            let groups = [Group::Hall, Group::Window(window)].into_iter().chain(zone);
            self.note(groups, |figures| {
                figures.calls_told += calls;
                figures.calls_arrived += in_time;
            });
        }
    }

    /// 座位 of the hall and its zones.
    pub(super) fn note_seats(&mut self) {
        let hall = self.hall;
        let mut all = 0;
        for zone in hall.setup().zones() {
            let seats = u32::from(zone.seats);
            all += seats;
            self.note([Group::Zone(zone.id)], |figures| figures.seats = Peak(seats));
        }
        self.note([Group::Hall], |figures| figures.seats = Peak(all));
    }

    /// The hall's hours so far.
    pub(super) fn hours(&self) -> Vec<(Timestamp, Timestamp)> {
        let sessions = self.hall.sessions_of_day().iter();
        let hours = sessions.map(|session| (session.opens, session.closes.min(self.now)));
        hours.filter(|(opens, closes)| opens < closes).collect()
    }

    /// How much of a time lies in others that do not overlap.
    pub(super) fn common(
        (from, until): (Timestamp, Timestamp),
        others: &[(Timestamp, Timestamp)],
    ) -> Millis {
        let each = others.iter().map(|other| until.min(other.1).since(from.max(other.0)).0);
        Millis(each.sum())
    }
}
