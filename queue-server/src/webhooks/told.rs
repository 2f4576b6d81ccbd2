//! What is told of an event: pure, from the event and the hall after it. No word that somebody wrote,
//! no receipt, no staff number, no mark of a person goes out.

use hall::{
    Hall,
    event::{
        Event, Fact,
        evaluated::Evaluated,
        issued::Issued,
        matter::Matter,
        matter_step::MatterStep,
        visit::{VisitFact, VisitStep},
    },
    ids::{AlertId, DeviceId, ItemId, LegId, MatterId, QueueId, TicketId, VisitId, WindowId},
    time::{Day, Timestamp},
    words::{alert::Subject, visit::VisitOutcome},
};
use wire::webhook::{Webhook, WebhookData, WebhookKind, WebhookKind as Kind};

/// The bodies that an event makes, of those kinds that anybody wants. Most make none or one; what ends
/// many tickets makes one for each.
pub fn of(hall: &Hall, event: &Event, is_wanted: &dyn Fn(WebhookKind) -> bool) -> Vec<Webhook> {
    let body = |kind, data| Webhook {
        kind,
        timestamp: written(event.at),
        hall: hall.setup().id().to_string(),
        data,
    };
    if let Fact::Swept { tickets } = &event.fact {
        let kind = Kind::TicketSwept;
        let tickets = tickets.iter().filter(|_| is_wanted(kind));
        return tickets.map(|ticket| body(kind, of_ticket(hall, *ticket))).collect();
    }
    let told = told(hall, &event.fact).filter(|(kind, _)| is_wanted(*kind));
    told.map(|(kind, data)| body(kind, data)).into_iter().collect()
}

/// A moment as programs read it.
pub fn written(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| String::new(), |at| at.to_string())
}

/// Of which kind it is and what is known of it; none if nothing is told.
fn told(hall: &Hall, fact: &Fact) -> Option<(Kind, WebhookData)> {
    let of_ticket = |ticket: &TicketId| of_ticket(hall, *ticket);
    let leg_at = |leg: &LegId, window: &WindowId| at(*window, of_leg(hall, *leg));
    let at_window = |window: &WindowId| at(*window, WebhookData::default());
    Some(match fact {
        Fact::Issued(issued) => (Kind::TicketIssued, of_issued(hall, issued)),
        Fact::Cancelled { ticket } => (Kind::TicketCancelled, of_ticket(ticket)),
        Fact::Reactivated { ticket, .. } => (Kind::TicketReactivated, of_ticket(ticket)),
        Fact::Expedited { ticket, .. } => (Kind::TicketExpedited, of_ticket(ticket)),
        Fact::Called { leg, window, .. } => (Kind::TicketCalled, leg_at(leg, window)),
        Fact::Recalled { leg, window } => (Kind::TicketRecalled, leg_at(leg, window)),
        Fact::Started { leg, window, .. } => (Kind::TicketStarted, leg_at(leg, window)),
        Fact::NoShowed { leg, window } => (Kind::TicketPassed, leg_at(leg, window)),
        Fact::Held { leg, window, .. } => (Kind::TicketHeld, leg_at(leg, window)),
        Fact::HoldEnded { leg, window } => (Kind::TicketHoldEnded, leg_at(leg, window)),
        Fact::HoldExpired { leg } => (Kind::TicketHoldExpired, of_leg(hall, *leg)),
        Fact::Finished { leg, window, item, .. } => {
            (Kind::TicketFinished, of_item(hall, leg_at(leg, window), *item))
        }
        Fact::SentOn { leg, window, reason, queue, item, class, .. } => {
            let data = WebhookData {
                class: Some(class.to_string()),
                reasons: reason.iter().map(ToString::to_string).collect(),
                ..of_queue(hall, leg_at(leg, window), *queue)
            };
            (Kind::TicketSentOn, of_item(hall, data, *item))
        }
        Fact::TakenBack { leg, window, press } => {
            let data = WebhookData { press: Some(press.to_string()), ..leg_at(leg, window) };
            (Kind::TicketTakenBack, data)
        }
        Fact::Evaluated(said) => of_evaluation(hall, said),
        Fact::MatterOpened(matter) => (Kind::MatterOpened, of_matter(hall, matter)),
        Fact::MatterHandled(handled) => {
            let step = Some(step(&handled.step).to_owned());
            (Kind::MatterHandled, WebhookData { step, ..of_known_matter(hall, handled.matter) })
        }
        Fact::MatterClosed(closed) => {
            let outcome = Some(closed.outcome.to_string());
            (Kind::MatterClosed, WebhookData { outcome, ..of_known_matter(hall, closed.matter) })
        }
        Fact::Visit(fact) => of_visit_fact(hall, fact),
        Fact::AlertRaised { alert, kind, level, subject } => {
            let data = WebhookData {
                alert: Some(alert.0),
                alert_kind: Some(kind.to_string()),
                level: Some(level.to_string()),
                ..of_subject(hall, *subject)
            };
            (Kind::AlertRaised, data)
        }
        Fact::AlertEased { alert, level } => {
            let level = level.map(|level| level.to_string());
            (Kind::AlertEased, WebhookData { level, ..of_alert(hall, *alert) })
        }
        Fact::AlertAcknowledged { alert, .. } => (Kind::AlertAcknowledged, of_alert(hall, *alert)),
        Fact::AlertClosed { alert, .. } => (Kind::AlertClosed, of_alert(hall, *alert)),
        Fact::SignedOn { window, .. } | Fact::TookOver { window, .. } => {
            (Kind::WindowOpened, at_window(window))
        }
        Fact::SignedOff { window } => (Kind::WindowClosed, at_window(window)),
        Fact::Resumed { window } => (Kind::WindowResumed, at_window(window)),
        Fact::Paused { window, reason, .. } => {
            let data = WebhookData { reasons: vec![reason.to_string()], ..at_window(window) };
            (Kind::WindowPaused, data)
        }
        Fact::DeviceReported { device, trouble, .. } => {
            let kind = if trouble.is_some() { Kind::DeviceIll } else { Kind::DeviceWell };
            let trouble = trouble.map(|trouble| trouble.to_string());
            (kind, WebhookData { trouble, ..of_device(*device) })
        }
        Fact::HelpAsked { from, .. } => (Kind::HelpAsked, of_device(*from)),
        Fact::DayOpened { day, .. } => (Kind::DayOpened, of_day(*day)),
        Fact::DayClosed { day } => (Kind::DayClosed, of_day(*day)),
        Fact::SessionOpened { session, .. } => {
            (Kind::SessionOpened, until(session.issue_until, session.closes))
        }
        Fact::SessionClosed => (Kind::SessionClosed, WebhookData::default()),
        Fact::ClosedEarly { issue_until, closes, reason, .. } => {
            let reasons = vec![reason.to_string()];
            (Kind::SessionShortened, WebhookData { reasons, ..until(*issue_until, *closes) })
        }
        // Told for each ticket, a step inside the hall, of persons, or told by what follows from it.
        Fact::Swept { .. }
        | Fact::SetupChanged { .. }
        | Fact::Printed { .. }
        | Fact::Released { .. }
        | Fact::SamePress { .. }
        | Fact::TideOpened { .. }
        | Fact::TideClosed { .. }
        | Fact::Lent { .. }
        | Fact::LendEnded { .. }
        | Fact::StandInAsked { .. }
        | Fact::Limited(_)
        | Fact::Staffing(_)
        | Fact::WhereaboutsSet { .. }
        | Fact::CaseNamed { .. }
        | Fact::ReturnedUnnoticed { .. }
        | Fact::Noticed { .. }
        | Fact::Accepted { .. }
        | Fact::Declined { .. }
        | Fact::DeliveryChosen { .. }
        | Fact::Booked(_)
        | Fact::BookingCancelled { .. }
        | Fact::BookingEnded { .. }
        | Fact::Reprinted { .. }
        | Fact::Erased(_)
        | Fact::CatalogueChanged(_)
        | Fact::WindowsScheduled { .. }
        | Fact::CallsReported(_)
        | Fact::StopsChanged { .. }
        | Fact::Verified { .. }
        | Fact::CaseClosed { .. }
        | Fact::NumbersReserved { .. }
        | Fact::SilentSet { .. }
        | Fact::HelperSet(_)
        | Fact::Announced { .. }
        | Fact::UnfoundNoted(_)
        | Fact::Inspected(_) => return None,
    })
}

fn at(window: WindowId, data: WebhookData) -> WebhookData {
    WebhookData { window: Some(window.to_string()), ..data }
}

fn of_day(day: Day) -> WebhookData {
    WebhookData { day: Some(day.to_string()), ..WebhookData::default() }
}

fn until(issue_until: Timestamp, closes: Timestamp) -> WebhookData {
    let (issue_until, closes) = (Some(written(issue_until)), Some(written(closes)));
    WebhookData { issue_until, closes, ..WebhookData::default() }
}

fn of_issued(hall: &Hall, issued: &Issued) -> WebhookData {
    let data = WebhookData {
        ticket: Some(issued.no.to_string()),
        ticket_id: Some(issued.ticket.0),
        channel: Some(issued.channel.to_string()),
        class: Some(issued.class.to_string()),
        ahead: Some(issued.ahead),
        ..of_queue(hall, WebhookData::default(), issued.queue)
    };
    of_item(hall, data, issued.item)
}

fn of_ticket(hall: &Hall, id: TicketId) -> WebhookData {
    let data = WebhookData { ticket_id: Some(id.0), ..WebhookData::default() };
    let Some(ticket) = hall.ticket(id) else { return data };
    let data = WebhookData { ticket: Some(ticket.no.to_string()), ..data };
    of_queue(hall, data, ticket.queue())
}

/// A leg of today, or of a day before that may still be evaluated.
fn of_leg(hall: &Hall, id: LegId) -> WebhookData {
    let leg = Some(u32::from(id.leg.0));
    if let Some((ticket, now)) = hall.ticket(id.ticket).zip(hall.leg(id)) {
        let data = WebhookData { leg, ..of_ticket(hall, id.ticket) };
        let data = of_queue(hall, data, now.queue);
        return of_item(hall, data, now.item.or(ticket.item));
    }
    let open = hall.open_evaluations().iter().find(|open| open.leg_id() == id);
    let ticket = open.map(|open| open.no.to_string());
    let data = WebhookData { leg, ticket, ticket_id: Some(id.ticket.0), ..WebhookData::default() };
    match open {
        Some(open) => of_queue(hall, data, open.queue),
        None => data,
    }
}

fn of_evaluation(hall: &Hall, said: &Evaluated) -> (Kind, WebhookData) {
    let is_negative = said.rating.is_negative();
    let kind = if is_negative { Kind::EvaluationNegative } else { Kind::EvaluationGiven };
    let data = WebhookData {
        window: Some(said.window.to_string()),
        rating: Some(said.rating.level()),
        reasons: said.reasons.iter().map(|reason| reason.as_str().to_owned()).collect(),
        channel: Some(said.channel.to_string()),
        ..of_leg(hall, said.leg)
    };
    (kind, of_item(hall, data, said.item))
}

fn of_matter(hall: &Hall, matter: &Matter) -> WebhookData {
    let data = WebhookData {
        matter: Some(matter.id.0),
        visit: matter.visit.map(|visit| visit.0),
        matter_kind: Some(matter.kind.to_string()),
        ticket: matter.no.map(|no| no.to_string()),
        window: matter.window.map(|window| window.to_string()),
        rating: matter.rating.map(|rating| rating.level()),
        reasons: matter.reasons.iter().map(|reason| reason.as_str().to_owned()).collect(),
        department: matter.department.clone(),
        due: matter.due.map(|due| due.to_string()),
        ..WebhookData::default()
    };
    let data = match matter.queue {
        Some(queue) => of_queue(hall, data, queue),
        None => data,
    };
    of_item(hall, data, matter.item)
}

/// One that is open, or was closed since the day began.
fn of_known_matter(hall: &Hall, id: MatterId) -> WebhookData {
    let closed =
        || hall.matters_closed().iter().map(|each| &each.matter).find(|each| each.id == id);
    match hall.matter(id).or_else(closed) {
        Some(matter) => of_matter(hall, matter),
        None => WebhookData { matter: Some(id.0), ..WebhookData::default() },
    }
}

/// 上门服务: neither who nor where, of which the hall knows nothing.
fn of_visit_fact(hall: &Hall, fact: &VisitFact) -> (Kind, WebhookData) {
    match fact {
        VisitFact::Asked(visit) => {
            let reasons = vec![visit.reason.to_string()];
            (Kind::VisitAsked, WebhookData { reasons, ..of_visit(hall, visit.id) })
        }
        VisitFact::Handled { visit, step } => {
            let (kind, step, outcome) = match step {
                VisitStep::Assigned { .. } => (Kind::VisitHandled, Some("assigned"), None),
                VisitStep::Begun => (Kind::VisitHandled, Some("begun"), None),
                VisitStep::Done { .. } => (Kind::VisitOver, None, Some(VisitOutcome::Done)),
                VisitStep::NotDone { .. } => (Kind::VisitOver, None, Some(VisitOutcome::NotDone)),
                VisitStep::Withdrawn { .. } => {
                    (Kind::VisitOver, None, Some(VisitOutcome::Withdrawn))
                }
            };
            let (step, outcome) = (step.map(str::to_owned), outcome.map(|it| it.to_string()));
            (kind, WebhookData { step, outcome, ..of_visit(hall, *visit) })
        }
        VisitFact::Evaluated(said) => {
            let negative = said.rating.is_negative();
            let kind = if negative { Kind::EvaluationNegative } else { Kind::EvaluationGiven };
            let data = WebhookData {
                rating: Some(said.rating.level()),
                reasons: said.reasons.iter().map(|reason| reason.as_str().to_owned()).collect(),
                channel: Some(said.channel.to_string()),
                ..of_visit(hall, said.visit)
            };
            (kind, data)
        }
    }
}

fn of_visit(hall: &Hall, id: VisitId) -> WebhookData {
    let data = WebhookData { visit: Some(id.0), ..WebhookData::default() };
    let Some(visit) = hall.visit(id) else { return data };
    let data = WebhookData { due: visit.due.map(|due| due.to_string()), ..data };
    let data = match hall.queue_of_visit(visit) {
        Some(queue) => of_queue(hall, data, queue),
        None => data,
    };
    of_item(hall, data, visit.item)
}

const fn step(step: &MatterStep) -> &'static str {
    match step {
        MatterStep::Assigned { .. } => "assigned",
        MatterStep::Verified { .. } => "verified",
        MatterStep::Graded { .. } => "graded",
        MatterStep::Answered { .. } => "answered",
        MatterStep::CalledBack { .. } => "called_back",
        MatterStep::ExtensionAsked { .. } => "extension_asked",
        MatterStep::ExtensionDecided { .. } => "extension_decided",
        MatterStep::Appealed { .. } => "appealed",
        MatterStep::AppealDecided { .. } => "appeal_decided",
        MatterStep::Published { .. } => "published",
    }
}

/// An alert that stands; one that was closed is known by its number alone.
fn of_alert(hall: &Hall, id: AlertId) -> WebhookData {
    let data = match hall.alert(id) {
        Some(alert) => WebhookData {
            alert_kind: Some(alert.kind.to_string()),
            level: alert.level.map(|level| level.to_string()),
            ..of_subject(hall, alert.subject)
        },
        None => WebhookData::default(),
    };
    WebhookData { alert: Some(id.0), ..data }
}

fn of_subject(hall: &Hall, subject: Subject) -> WebhookData {
    match subject {
        // The number of a case may be looked up elsewhere by whoever has it.
        Subject::Hall | Subject::Case(_) => WebhookData::default(),
        Subject::Queue(id) => of_queue(hall, WebhookData::default(), id),
        Subject::Window(id) => at(id, WebhookData::default()),
        Subject::Ticket(id) => of_ticket(hall, id),
        Subject::Leg(id) => {
            let window = hall.leg(id).and_then(|leg| leg.window).map(|window| window.to_string());
            WebhookData { window, ..of_leg(hall, id) }
        }
        Subject::Matter(id) => of_known_matter(hall, id),
        Subject::Visit(id) => of_visit(hall, id),
        Subject::Device(id) => of_device(id),
    }
}

fn of_device(id: DeviceId) -> WebhookData {
    WebhookData { device: Some(id.to_string()), ..WebhookData::default() }
}

fn of_queue(hall: &Hall, data: WebhookData, id: QueueId) -> WebhookData {
    let queue_name = hall.setup().queue(id).map(|queue| queue.name.clone());
    WebhookData { queue: Some(id.to_string()), queue_name, ..data }
}

fn of_item(hall: &Hall, data: WebhookData, id: Option<ItemId>) -> WebhookData {
    let Some(id) = id else { return data };
    let item_name = hall.item_ever(id).map(|item| item.name.clone());
    WebhookData { item: Some(id.to_string()), item_name, ..data }
}
