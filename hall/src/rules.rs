//! One behaviour per file: each with its `decide` (reads, may refuse) and its `apply` (writes).

mod alerts;
mod approve;
mod book;
mod call;
mod cancel;
mod carry;
mod change_item;
mod change_setup;
mod check_in;
mod close_case;
mod close_early;
mod day;
mod desk;
mod erase;
mod evaluate;
mod expedite;
mod finish;
mod grant;
mod handle;
pub(crate) mod help;
mod hold;
mod inspect;
mod issue;
mod lend;
mod limit;
mod matter;
mod next_leg;
mod no_show;
mod offline;
mod outside;
mod pause;
mod post_change;
mod print;
mod purpose;
mod reactivate;
mod recall;
mod reprint;
mod send_on;
mod sign;
mod slot_end;
mod spoken;
mod stand_in;
pub(crate) mod start;
mod sweep;
pub(crate) mod take_back;
mod tick;
mod tide;
mod unfound;
mod verify;
mod visit;
mod whereabouts;
mod words;

use alloc::vec::Vec;

use crate::{
    command::{Command, Input},
    event::{Event, Fact},
    hall::Hall,
    refusal::Refusal,
    rules::{
        finish::Handled,
        send_on::{Destination, NewLeg},
    },
    state::{desk::Cases, evaluations::Evaluations, inspections::InspectionDone},
    time::Timestamp,
    words::desk::Press,
};

/// What a rule says yes with.
pub(crate) type Facts = Vec<Fact>;

/// When the hall must be asked to [`Command::Tick`].
pub(crate) fn next_deadline(hall: &Hall) -> Option<Timestamp> {
    tick::next(hall)
}

#[allow(clippy::too_many_lines, reason = "a line for each command")]
pub(crate) fn decide(hall: &Hall, input: &Input) -> Result<Facts, Refusal> {
    let at = input.at;
    match &input.command {
        Command::OpenDay { day, working_days } => day::open(hall, at, *day, working_days),
        Command::CloseDay => day::close(hall, input.luck),
        Command::OpenSession { session, plan } => day::open_session(hall, *session, plan),
        Command::CloseSession => day::close_session(hall),
        Command::SignOn { window, staff } => sign::on(hall, at, *window, *staff),
        Command::SignOff { window } => sign::off(hall, at, *window),
        Command::Pause { window, reason, whereabouts } => {
            pause::pause(hall, *window, *reason, *whereabouts)
        }
        Command::Resume { window } => pause::resume(hall, *window),
        Command::Issue(issue) => issue::decide(hall, input, issue),
        Command::ReserveNumbers(wish) => offline::reserve(hall, wish),
        Command::HandIn(ticket) => offline::hand_in(hall, at, ticket),
        Command::ConfirmPrint { ticket, certain } => print::confirm(hall, *ticket, *certain),
        Command::FailPrint { ticket } => print::fail(hall, *ticket),
        Command::Cancel { ticket } => cancel::decide(hall, *ticket),
        Command::CallNext { window, finish_current } => {
            call::next(hall, (at, input.luck), *window, *finish_current)
        }
        Command::CallChosen { window, no } => call::chosen(hall, at, *window, *no),
        Command::Recall { window } => recall::decide(hall, at, *window),
        Command::Start { window } => start::decide(hall, at, *window),
        Command::Finish { window, case, item, copies } => {
            let handled = Handled { case: *case, item: *item, copies: *copies };
            next_leg::finish(hall, (at, input.luck), *window, handled)
        }
        Command::Transfer { window, to, reason } => {
            send_on::transfer(hall, at, *window, *to, *reason)
        }
        Command::ToCashier { window } => send_on::to_cashier(hall, at, *window),
        Command::Return { window } => send_on::back(hall, (at, input.luck), *window),
        Command::NextLeg { window, pipeline } => {
            next_leg::decide(hall, (at, input.luck), *window, *pipeline)
        }
        Command::DropStops { window } => next_leg::drop_stops(hall, *window),
        Command::TakeBack { window } => take_back::decide(hall, at, *window),
        Command::Verify { window, fits } => verify::decide(hall, *window, *fits),
        Command::Expedite { ticket, reason } => expedite::decide(hall, *ticket, reason),
        Command::Hold { window } => hold::hold(hall, at, *window),
        Command::ResumeHeld { window, no } => hold::resume(hall, *window, *no),
        Command::NoShow { window } => no_show::decide(hall, at, *window),
        Command::Reactivate { ticket } => reactivate::decide(hall, at, *ticket),
        Command::Evaluate(evaluate) => evaluate::decide(hall, at, evaluate),
        Command::Sweep => sweep::decide(hall),
        Command::Tick => tick::decide(hall, at),
        Command::OpenTide { window, queues, minutes } => {
            tide::open(hall, at, *window, queues, *minutes)
        }
        Command::CloseTide { window, scheduled } => tide::close(hall, *window, *scheduled),
        Command::Lend { queue, window, until } => lend::lend(hall, at, *queue, *window, *until),
        Command::EndLend { queue, window } => lend::end(hall, *queue, *window),
        Command::SetWhereabouts { staff, whereabouts } => {
            whereabouts::decide(hall, *staff, *whereabouts)
        }
        Command::NameCase { window, case } => desk::name(hall, at, *window, *case),
        Command::Notice { window, case, item, missing } => {
            desk::notice(hall, at, *window, (*case, *item), missing)
        }
        Command::Accept { window, case, item, due } => {
            desk::accept(hall, at, *window, (*case, *item), *due)
        }
        Command::Decline { window, case, item, reasons } => {
            desk::decline(hall, at, *window, (*case, *item), reasons)
        }
        Command::CloseCase { case } => close_case::decide(hall, at, *case),
        Command::Deliver { window, delivery } => desk::deliver(hall, *window, *delivery),
        Command::LimitIssue(limit) => limit::decide(hall, at, limit),
        Command::EndLimit { queue } => Ok(limit::end(hall, *queue)),
        Command::CloseEarly(early) => close_early::decide(hall, at, early),
        Command::Book(book) => book::decide(hall, input, book),
        Command::CancelBooking { booking } => book::cancel(hall, at, *booking),
        Command::CheckIn(check_in) => check_in::decide(hall, input, check_in),
        Command::Reprint { ticket } => reprint::decide(hall, *ticket),
        Command::Erase(erase) => erase::decide(hall, *erase),
        Command::ChangeItem(change) => change_item::decide(hall, change),
        Command::ChangeSetup { to } => change_setup::decide(hall, *to),
        Command::AcknowledgeAlert { alert, note } => {
            alerts::answered::acknowledge(hall, *alert, note.as_deref())
        }
        Command::CloseAlert { alert, note } => alerts::answered::close(hall, *alert, note),
        Command::TellMatter { department, reasons } => {
            matter::tell(hall, (at, input.luck), department.as_ref(), reasons)
        }
        Command::CloseMatter { matter, outcome, note } => {
            matter::close(hall, *matter, *outcome, note)
        }
        Command::HandleMatter { matter, wish } => handle::decide(hall, &input.by, *matter, wish),
        Command::ReportDevice { device, trouble, since } => {
            outside::device(hall, at, *device, *trouble, *since)
        }
        Command::ReportCalls(said) => outside::calls(hall, *said),
        Command::AskHelp { from, place } => outside::help(hall, *from, place),
        Command::SetSilent { ticket, silent } => spoken::silence(hall, *ticket, *silent),
        Command::SetHelper { ticket, helper } => {
            help::decide(hall, (at, &input.by), *ticket, *helper)
        }
        Command::Announce { text, urgent, zone } => spoken::announce(hall, text, *urgent, *zone),
        Command::ScheduleWindows { windows, from, until } => {
            outside::schedule(hall, windows, *from, *until)
        }
        Command::Staffing(wish) => approve::decide(hall, input, wish),
        Command::Visit(wish) => visit::decide(hall, (at, input.luck), wish),
        Command::Inspect(said) => inspect::decide(hall, said),
        Command::NoteUnfound(said) => unfound::decide(hall, at, said),
    }
}

#[allow(clippy::too_many_lines, reason = "a line for each fact")]
pub(crate) fn apply(hall: &mut Hall, event: &Event) {
    if let Some(version) = event.fact.puts_in_force() {
        hall.put_in_force(version);
    }
    let extended = hall.is_extended(event.at);
    let setup = hall.setup().clone();
    let (at, state) = (event.at, &mut hall.state);
    match &event.fact {
        Fact::DayOpened {
            day,
            next_ticket,
            open_evaluations,
            cases,
            carried,
            working_days,
            setup: _,
        } => {
            let open = (Evaluations::of_day(open_evaluations), Cases::of_day(cases));
            state.open_day(*day, *next_ticket, open, carried);
            state.working_days = working_days.as_slice().into();
            alerts::note_carried(state, open_evaluations);
            matter::note_carried(state, &carried.matters);
        }
        Fact::DayClosed { .. } => state.day = None,
        Fact::SessionOpened { session, plan } => day::apply_session_opened(state, *session, plan),
        Fact::SessionClosed => day::apply_session_closed(state, at),
        Fact::SignedOn { window, staff } => sign::apply_signed_on(state, at, *window, *staff),
        Fact::SignedOff { window } => sign::apply_off(state, at, *window),
        Fact::Paused { window, reason, whereabouts } => {
            pause::apply_paused(state, at, *window, *reason, *whereabouts);
        }
        Fact::Resumed { window } => pause::apply_resumed(state, at, *window),
        Fact::Issued(issued) => issue::apply(state, at, &event.by, issued),
        Fact::NumbersReserved { kiosk, book, blocks } => {
            offline::apply_reserved(state, at, (*kiosk, *book), blocks);
        }
        Fact::Printed { ticket, printing } => print::apply(state, at, *ticket, *printing),
        Fact::Cancelled { ticket } => cancel::apply(state, at, *ticket),
        Fact::Called { leg, window, why } => call::apply(state, at, *leg, *window, *why),
        Fact::Recalled { leg, window } => recall::apply(state, at, *leg, *window),
        Fact::Started { leg, window, since, presumed, by_itself } => {
            if *by_itself {
                state.pressed(at, *leg, *window, Press::Start);
            }
            start::apply(state, *leg, *window, *since, *presumed, extended);
        }
        Fact::Finished { leg, window, case, item, secret, copies } => {
            let handled = Handled { case: *case, item: *item, copies: Some(*copies) };
            finish::apply(state, &setup, at, (*leg, *window), handled, *secret);
        }
        Fact::SentOn { leg, window, via, reason, queue, to, item, class, place } => {
            let destination = Destination { queue: *queue, to: *to, item: *item };
            let (via, reason, class, place) = (*via, *reason, *class, *place);
            let new = NewLeg { via, reason, destination, class, place };
            send_on::apply(state, at, (*leg, *window), &new);
            alerts::note_transfers(state, &setup, *leg);
        }
        Fact::StopsChanged { leg, window, pipeline, stops } => {
            next_leg::apply(state, at, (*leg, *window), *pipeline, stops);
        }
        Fact::TakenBack { leg, window, .. } => {
            take_back::apply(state, &setup, at, (*leg, *window));
        }
        Fact::Verified { leg, window, fits, class, waits } => {
            verify::apply(state, at, (*leg, *window), *fits, (*class, *waits));
        }
        Fact::Expedited { ticket, reason } => expedite::apply(state, &event.by, *ticket, reason),
        Fact::Released { ticket, .. } => send_on::apply_released(state, *ticket),
        Fact::Held { leg, window, until } => hold::apply_held(state, at, *leg, *window, *until),
        Fact::HoldEnded { leg, window } => hold::apply_ended(state, at, *leg, *window),
        Fact::HoldExpired { leg } => hold::apply_expired(state, at, *leg),
        Fact::NoShowed { leg, window } => no_show::apply(state, at, *leg, *window),
        Fact::Reactivated { ticket, behind } => reactivate::apply(state, at, *ticket, *behind),
        Fact::Evaluated(evaluated) => evaluate::apply(state, at, evaluated),
        Fact::Swept { tickets } => sweep::apply(state, at, tickets),
        Fact::SamePress { .. } => {}
        Fact::TideOpened { window, queues, until } => {
            tide::apply_opened(state, &setup, *window, queues, *until);
        }
        Fact::TideClosed { window, scheduled } => {
            tide::apply_closed(state, &setup, *window, *scheduled);
        }
        Fact::Lent { queue, window, until } => {
            lend::apply_lent(state, &setup, *queue, *window, *until);
        }
        Fact::LendEnded { queue, window } => lend::apply_ended(state, &setup, *queue, *window),
        Fact::TookOver { window, from, staff, role } => {
            stand_in::apply_took_over(state, at, *window, *from, *staff, *role);
        }
        Fact::StandInAsked { window, .. } => stand_in::apply_asked(state, at, *window),
        Fact::WhereaboutsSet { staff, whereabouts } => {
            state.posts.goes(*staff, *whereabouts, at);
        }
        Fact::CaseNamed { leg, case, .. } => desk::apply_named(hall, at, *leg, *case),
        Fact::ReturnedUnnoticed { leg, .. } => desk::apply_unnoticed(state, *leg),
        Fact::Noticed { leg, case, missing, .. } => {
            desk::apply_noticed(state, at, *leg, *case, missing);
        }
        Fact::Accepted { leg, case, item, due, .. } => {
            desk::apply_accepted(state, at, *leg, *case, (*item, *due));
        }
        Fact::CaseClosed { case } => close_case::apply(state, at, *case),
        Fact::Declined { leg, case, reasons, .. } => {
            desk::apply_declined(state, at, *leg, *case, reasons);
        }
        Fact::DeliveryChosen { leg, delivery, .. } => desk::apply_delivery(state, *leg, *delivery),
        Fact::ClosedEarly { issue_until, closes, for_the_day, .. } => {
            close_early::apply(state, *issue_until, *closes, *for_the_day);
        }
        Fact::Limited(limited) => limit::apply(state, at, &event.by, limited),
        Fact::Booked(booked) => book::apply(state, booked),
        Fact::BookingCancelled { booking } => state.bookings.cancel(*booking),
        Fact::BookingEnded { booking, missed } => slot_end::apply(state, *booking, *missed),
        Fact::Reprinted { ticket } => reprint::apply(state, *ticket),
        Fact::Erased(erased) => erase::apply(state, erased),
        Fact::CatalogueChanged(change) => change_item::apply(state, change),
        // Put in force above.
        Fact::SetupChanged { .. } => {}
        Fact::AlertRaised { alert, kind, level, subject } => {
            alerts::note_raised(state, *kind, *subject, *level);
            state.alerts.raise(at, *alert, *kind, *subject, *level);
        }
        Fact::AlertEased { alert, level } => state.alerts.ease(at, *alert, *level),
        Fact::AlertAcknowledged { alert, note } => {
            matter::note_seen(state, *alert);
            alerts::answered::apply_acknowledged(state, at, &event.by, *alert, note.as_ref());
        }
        Fact::AlertClosed { alert, .. } => {
            matter::note_seen(state, *alert);
            state.alerts.close(*alert);
        }
        Fact::MatterOpened(matter) => state.matters.add(matter.clone()),
        Fact::Visit(fact) => visit::apply(state, at, fact),
        Fact::MatterClosed(closed) => matter::apply_closed(state, at, &event.by, closed),
        Fact::MatterHandled(handled) => handle::apply(state, at, &event.by, handled),
        Fact::DeviceReported { device, trouble, since } => {
            state.alerts.note_device(*device, trouble.map(|trouble| (trouble, *since)));
            state.ledger.note_device(*device, *trouble, (*since, at));
        }
        Fact::CallsReported(said) => state.ledger.note_calls(*said),
        Fact::HelpAsked { from, place } => state.alerts.note_help(at, *from, place.clone()),
        Fact::SilentSet { ticket, silent } => state.ticket_mut(*ticket).silent = *silent,
        Fact::HelperSet(set) => help::apply(state, at, *set),
        // It was said; the hall is as it was.
        Fact::Announced { .. } => {}
        Fact::Inspected(found) => {
            state.inspections.add(InspectionDone { at, by: event.by.clone(), found: found.clone() })
        }
        Fact::Staffing(said) => approve::apply(state, at, &event.by, said),
        Fact::UnfoundNoted(unfound) => state.unfound.add(unfound.clone()),
        Fact::WindowsScheduled { windows, from, until } => {
            outside::apply_scheduled(state, at, windows, (*from, *until));
        }
    }
}
