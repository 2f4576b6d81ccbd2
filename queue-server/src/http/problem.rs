//! Refusals as problem documents (RFC 9457): a status, a code, and words in the caller's language.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use hall::refusal::Refusal;
use wire::{
    http::Problem,
    texts::{Language, Texts},
};

use crate::{clock::HallClock, engine::NotDone};

/// Why the interface itself says no, before the hall is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiCode {
    /// No credential, or one that is not believed.
    NotSignedIn,
    /// The role may not do this.
    NotAllowed,
    /// The credential belongs to another window.
    NotYourWindow,
    /// A page of another site sent this.
    CrossSite,
    /// The body is not what is asked for.
    BadBody,
    /// What stands behind the question mark is not what is asked for.
    BadQuery,
    /// The body is too large.
    BodyTooLarge,
    /// The body did not come in time.
    TooSlow,
    /// The request id is missing, too long, or holds control characters.
    BadRequestId,
    /// Neither item nor queue, or neither window nor token.
    Incomplete,
    /// No document has such a number.
    BadDocument,
    /// A telephone has digits.
    BadPhone,
    /// Something beside the record could not be kept.
    NotKept,
    /// No such staff number.
    NoSuchStaff,
    /// The profile has problems.
    ProfileWrong,
    /// This day is not kept.
    NoSuchDay,
    /// There is no such paper for the person at the window now.
    NoSuchPaper,
    /// The hall's rules do not allow it now, or it cannot be reckoned.
    NotPossible,
    /// No such address.
    NoSuchPlace,
    /// The address is not for this method.
    NoSuchMethod,
    /// No such pairing code, or it was used or has run out.
    NoSuchCode,
    /// Too many wrong pairing codes from this place.
    TooManyCodes,
    /// Too many wrong receipts of this caller.
    TooManyReceipts,
    /// Too many requests.
    TooManyRequests,
    /// Too much is waiting, or too many live streams are open.
    Busy,
    /// The audit trail cannot be written, so that what must be on record is not.
    NotOnRecord,
    /// The server is stopping.
    Stopping,
}

impl ApiCode {
    /// All of them.
    pub const ALL: [Self; 27] = [
        Self::NotSignedIn,
        Self::NotAllowed,
        Self::NotYourWindow,
        Self::CrossSite,
        Self::BadBody,
        Self::BadQuery,
        Self::BodyTooLarge,
        Self::TooSlow,
        Self::BadRequestId,
        Self::Incomplete,
        Self::BadDocument,
        Self::BadPhone,
        Self::NotKept,
        Self::NoSuchStaff,
        Self::ProfileWrong,
        Self::NoSuchDay,
        Self::NoSuchPaper,
        Self::NotPossible,
        Self::NoSuchPlace,
        Self::NoSuchMethod,
        Self::NoSuchCode,
        Self::TooManyCodes,
        Self::TooManyReceipts,
        Self::TooManyRequests,
        Self::Busy,
        Self::NotOnRecord,
        Self::Stopping,
    ];

    /// The code in documents and text keys.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSignedIn => "not_signed_in",
            Self::NotAllowed => "not_allowed",
            Self::NotYourWindow => "not_your_window",
            Self::CrossSite => "cross_site",
            Self::BadBody => "bad_body",
            Self::BadQuery => "bad_query",
            Self::BodyTooLarge => "body_too_large",
            Self::TooSlow => "too_slow",
            Self::BadRequestId => "bad_request_id",
            Self::Incomplete => "incomplete",
            Self::BadDocument => "bad_document",
            Self::BadPhone => "bad_phone",
            Self::NotKept => "not_kept",
            Self::NoSuchStaff => "no_such_staff",
            Self::ProfileWrong => "profile_wrong",
            Self::NoSuchDay => "no_such_day",
            Self::NoSuchPaper => "no_such_paper",
            Self::NotPossible => "not_possible",
            Self::NoSuchPlace => "no_such_place",
            Self::NoSuchMethod => "no_such_method",
            Self::NoSuchCode => "no_such_code",
            Self::TooManyCodes => "too_many_codes",
            Self::TooManyReceipts => "too_many_receipts",
            Self::TooManyRequests => "too_many_requests",
            Self::Busy => "busy",
            Self::NotOnRecord => "not_on_record",
            Self::Stopping => "stopping",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::NotSignedIn => StatusCode::UNAUTHORIZED,
            Self::NotAllowed | Self::NotYourWindow | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::BadBody
            | Self::BadQuery
            | Self::BadRequestId
            | Self::Incomplete
            | Self::BadDocument
            | Self::BadPhone
            | Self::NoSuchStaff
            | Self::ProfileWrong => StatusCode::UNPROCESSABLE_ENTITY,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::NoSuchDay | Self::NoSuchPaper | Self::NoSuchPlace => StatusCode::NOT_FOUND,
            Self::NoSuchCode => StatusCode::NOT_FOUND,
            Self::NotPossible => StatusCode::CONFLICT,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooManyRequests | Self::TooManyCodes | Self::TooManyReceipts => {
                StatusCode::TOO_MANY_REQUESTS
            }
            Self::Busy | Self::NotKept | Self::NotOnRecord | Self::Stopping => {
                StatusCode::SERVICE_UNAVAILABLE
            }
        }
    }
}

/// A no, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The document.
    pub problem: Box<Problem>,
    retry_after_secs: Option<u64>,
}

impl Refused {
    /// The interface's own no.
    #[must_use]
    pub fn api(code: ApiCode, language: Language) -> Self {
        let texts = Texts::of(language);
        let title = texts.get(&format!("api.{}", code.as_str())).to_owned();
        let retry_after_secs =
            matches!(code, ApiCode::TooManyRequests | ApiCode::Busy | ApiCode::Stopping)
                .then_some(1);
        Self { problem: document(code.as_str(), code.status(), title), retry_after_secs }
    }

    /// The same with what exactly is wrong.
    #[must_use]
    pub fn with_detail(mut self, detail: String) -> Self {
        self.problem.detail = Some(detail);
        self
    }

    /// The same for a person: words alone.
    #[must_use]
    pub fn in_plain_words(self) -> Response {
        let status = self.status();
        let mut response = (status, self.problem.title).into_response();
        come_back(response.headers_mut(), self.retry_after_secs);
        response
    }

    /// Its status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::CONFLICT)
    }

    /// The hall's no.
    #[must_use]
    pub fn hall(refusal: Refusal, language: Language, clock: &HallClock) -> Self {
        let code = refusal.code();
        let texts = Texts::of(language);
        let mut problem = document(code, status(&refusal), words(&refusal, texts, clock));
        let detail = format!("refusal_do.{code}");
        if texts.has(&detail) {
            problem.detail = Some(texts.get(&detail).to_owned());
        }
        if let Refusal::TooSoon { until }
        | Refusal::BookingRestricted { until }
        | Refusal::BookingEarly { opens: until, .. } = refusal
        {
            problem.until = Some(until.0);
        }
        if let Refusal::HasTicket { ticket, .. } = refusal {
            problem.ticket = Some(ticket);
        }
        Self { problem, retry_after_secs: None }
    }

    /// The engine's no.
    #[must_use]
    pub fn not_done(why: NotDone, language: Language, clock: &HallClock) -> Self {
        match why {
            NotDone::Refused(refusal) => Self::hall(refusal, language, clock),
            NotDone::Busy => Self::api(ApiCode::Busy, language),
            NotDone::Stopped => Self::api(ApiCode::Stopping, language),
        }
    }
}

/// Why something was not done, in words for a page.
#[must_use]
pub fn why(not_done: &NotDone, texts: &Texts, clock: &HallClock) -> String {
    match not_done {
        NotDone::Refused(refusal) => words(refusal, texts, clock),
        NotDone::Busy | NotDone::Stopped => texts.get("api.busy").to_owned(),
    }
}

/// The words of a refusal.
#[must_use]
pub fn words(refusal: &Refusal, texts: &Texts, clock: &HallClock) -> String {
    let key = format!("refusal.{}", refusal.code());
    match refusal {
        Refusal::CalledNotSettled { no }
        | Refusal::Serving { no }
        | Refusal::NumberNotReserved { no }
        | Refusal::NumberTaken { no }
        | Refusal::CaseQueued { no }
        | Refusal::HasTicket { no, .. } => texts.fill(&key, &[("no", no)]),
        Refusal::AgentLimit { most } => texts.fill(&key, &[("most", most)]),
        Refusal::TooManyItems { most } => texts.fill(&key, &[("most", most)]),
        Refusal::HeldEnough { most } => texts.fill(&key, &[("most", most)]),
        Refusal::BookingRestricted { until } => texts.fill(&key, &[("until", &clock.day(*until))]),
        Refusal::BookingOver { state } => {
            let state = texts.get(&format!("booking_state.{state}")).to_owned();
            texts.fill(&key, &[("state", &state)])
        }
        Refusal::BookingEarly { from, until, opens } => {
            let day = clock.day(*from);
            let [from, until, opens] = [from, until, opens].map(|at| clock.time_of_day(*at));
            let mut places: Vec<(&str, &dyn std::fmt::Display)> =
                vec![("from", &from), ("until", &until), ("opens", &opens)];
            if day == clock.day(clock.now()) {
                return texts.fill(&key, &places);
            }
            places.extend([("month", &day.month as &dyn std::fmt::Display), ("day", &day.day)]);
            texts.fill("refusal.booking_other_day", &places)
        }
        Refusal::TooSoon { until } => {
            let secs = until.since(clock.now()).0.div_ceil(1_000);
            texts.fill(&key, &[("secs", &secs)])
        }
        Refusal::TooFewCalls { missing } => texts.fill(&key, &[("missing", missing)]),
        Refusal::WrongState { state } => {
            let state = texts.get(&format!("ticket_state.{state}")).to_owned();
            texts.fill(&key, &[("state", &state)])
        }
        Refusal::HallClosed
        | Refusal::AlreadyOpen
        | Refusal::IssueClosed
        | Refusal::NoSuchWindow
        | Refusal::NoSuchQueue
        | Refusal::NoSuchItem
        | Refusal::NoSuchTicket
        | Refusal::SoldOut
        | Refusal::QueueEmpty
        | Refusal::NotSignedOn
        | Refusal::WindowTaken
        | Refusal::SignedOnElsewhere
        | Refusal::WindowPaused
        | Refusal::NotPaused
        | Refusal::NothingCalled
        | Refusal::NothingServed
        | Refusal::NoDestination
        | Refusal::TargetClosed
        | Refusal::SameWindow
        | Refusal::NotServedThere
        | Refusal::NoCashier
        | Refusal::NothingToReturn
        | Refusal::TooManyLegs
        | Refusal::NoNextLeg
        | Refusal::NoSuchPipeline
        | Refusal::CaseDeclined
        | Refusal::RecallLimit
        | Refusal::NoReactivation
        | Refusal::ReactivatedBefore
        | Refusal::ReactivationTooLate
        | Refusal::NothingToEvaluate
        | Refusal::AlreadyEvaluated
        | Refusal::ReasonNeeded
        | Refusal::ReasonNotOfClass
        | Refusal::OtherWindow
        | Refusal::NothingToVerify
        | Refusal::ClassNotGranted
        | Refusal::NotAuthorised
        | Refusal::AuthorisationOver
        | Refusal::UnknownStaff
        | Refusal::NotAnAgent
        | Refusal::NoTide
        | Refusal::ServesAlready
        | Refusal::NotLent
        | Refusal::InThePast
        | Refusal::AtWindow
        | Refusal::TooMuch
        | Refusal::EvaluationOver
        | Refusal::OtherCase
        | Refusal::MaterialNeeded
        | Refusal::NoSuchMaterial
        | Refusal::ReprintLimit
        | Refusal::NothingToErase
        | Refusal::BadPlan
        | Refusal::NotEarlier
        | Refusal::ClosedForToday
        | Refusal::ItemNotToday
        | Refusal::ItemCancelled
        | Refusal::ItemHandedDown
        | Refusal::ItemExists
        | Refusal::ItemIncomplete
        | Refusal::EffectivePast
        | Refusal::NoSuchSetup
        | Refusal::SetupMustWait
        | Refusal::CatalogueFull
        | Refusal::NotBookable
        | Refusal::DayNotBookable
        | Refusal::NoSuchSlot
        | Refusal::SlotFull
        | Refusal::BookingsFull
        | Refusal::PersonNeeded
        | Refusal::BookedAlready
        | Refusal::NoSuchBooking
        | Refusal::NotYourBooking
        | Refusal::TooLateToCancel
        | Refusal::BookingLate
        | Refusal::NoSuchCase
        | Refusal::CaseNotAccepted
        | Refusal::CaseClosed
        | Refusal::NoSuchMatter
        | Refusal::NoSuchVisit
        | Refusal::VisitsFull
        | Refusal::VisitNotAssigned
        | Refusal::VisitNotBegun
        | Refusal::NoSuchAlert
        | Refusal::AlertStands
        | Refusal::NoteNeeded
        | Refusal::NotOfToday
        | Refusal::TextNeeded
        | Refusal::NoSuchZone
        | Refusal::UnfoundUnfit
        | Refusal::UnfoundFull
        | Refusal::NoSuchDepartment
        | Refusal::MattersFull
        | Refusal::OwnRequest
        | Refusal::NotPostedHere
        | Refusal::OwnPost
        | Refusal::StandInDeclined
        | Refusal::NothingAsked
        | Refusal::AskedBefore
        | Refusal::AppealNeeded
        | Refusal::StillAsked
        | Refusal::NotLookedInto
        | Refusal::NoLaterDay
        | Refusal::TooFarAhead
        | Refusal::NotForThisMatter
        | Refusal::StepsFull
        | Refusal::AssigneeNeeded
        | Refusal::NothingInspected
        | Refusal::InspectionsFull
        | Refusal::NothingToTakeBack
        | Refusal::TakeBackTooLate
        | Refusal::WentOn => texts.get(&key).to_owned(),
    }
}

const fn status(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::NoSuchWindow
        | Refusal::NoSuchTicket
        | Refusal::NoSuchBooking
        | Refusal::NoSuchCase
        | Refusal::NoSuchVisit
        | Refusal::NoSuchMatter => StatusCode::NOT_FOUND,
        Refusal::NoSuchQueue
        | Refusal::NoSuchItem
        | Refusal::UnfoundUnfit
        | Refusal::NoSuchDepartment
        | Refusal::ReasonNeeded
        | Refusal::ReasonNotOfClass
        | Refusal::NoDestination
        | Refusal::TooManyItems { .. }
        | Refusal::NoSuchPipeline
        | Refusal::ItemIncomplete
        | Refusal::EffectivePast
        | Refusal::NotBookable
        | Refusal::DayNotBookable
        | Refusal::NoSuchSlot
        | Refusal::PersonNeeded => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::HallClosed
        | Refusal::AlreadyOpen
        | Refusal::IssueClosed
        | Refusal::SoldOut
        | Refusal::QueueEmpty
        | Refusal::NotSignedOn
        | Refusal::WindowTaken
        | Refusal::SignedOnElsewhere
        | Refusal::WindowPaused
        | Refusal::NotPaused
        | Refusal::CalledNotSettled { .. }
        | Refusal::Serving { .. }
        | Refusal::NothingCalled
        | Refusal::NothingServed
        | Refusal::TargetClosed
        | Refusal::SameWindow
        | Refusal::NotServedThere
        | Refusal::NoCashier
        | Refusal::NothingToReturn
        | Refusal::TooManyLegs
        | Refusal::NothingToVerify
        | Refusal::NoNextLeg
        | Refusal::CaseQueued { .. }
        | Refusal::CaseDeclined
        | Refusal::HeldEnough { .. }
        | Refusal::RecallLimit
        | Refusal::TooSoon { .. }
        | Refusal::TooFewCalls { .. }
        | Refusal::WrongState { .. }
        | Refusal::NoReactivation
        | Refusal::ReactivatedBefore
        | Refusal::ReactivationTooLate
        | Refusal::NothingToEvaluate
        | Refusal::AlreadyEvaluated
        | Refusal::OtherWindow
        | Refusal::ClassNotGranted
        | Refusal::NotAuthorised
        | Refusal::AuthorisationOver
        | Refusal::UnknownStaff
        | Refusal::NotAnAgent
        | Refusal::NoTide
        | Refusal::ServesAlready
        | Refusal::NotLent
        | Refusal::InThePast
        | Refusal::AtWindow
        | Refusal::TooMuch
        | Refusal::EvaluationOver
        | Refusal::OtherCase
        | Refusal::MaterialNeeded
        | Refusal::NoSuchMaterial
        | Refusal::ReprintLimit
        | Refusal::NothingToErase
        | Refusal::BadPlan
        | Refusal::NotEarlier
        | Refusal::ClosedForToday
        | Refusal::ItemNotToday
        | Refusal::ItemCancelled
        | Refusal::ItemHandedDown
        | Refusal::ItemExists
        | Refusal::NoSuchSetup
        | Refusal::SetupMustWait
        | Refusal::CatalogueFull
        | Refusal::SlotFull
        | Refusal::BookingsFull
        | Refusal::BookedAlready
        | Refusal::NotYourBooking
        | Refusal::TooLateToCancel
        | Refusal::BookingLate
        | Refusal::HasTicket { .. }
        | Refusal::AgentLimit { .. }
        | Refusal::BookingRestricted { .. }
        | Refusal::BookingOver { .. }
        | Refusal::BookingEarly { .. }
        | Refusal::CaseNotAccepted
        | Refusal::CaseClosed
        | Refusal::NoSuchAlert
        | Refusal::AlertStands
        | Refusal::NoteNeeded
        | Refusal::NumberNotReserved { .. }
        | Refusal::NumberTaken { .. }
        | Refusal::NotOfToday
        | Refusal::TextNeeded
        | Refusal::NoSuchZone
        | Refusal::UnfoundFull
        | Refusal::MattersFull
        | Refusal::VisitsFull
        | Refusal::VisitNotAssigned
        | Refusal::VisitNotBegun
        | Refusal::OwnRequest
        | Refusal::NotPostedHere
        | Refusal::OwnPost
        | Refusal::StandInDeclined
        | Refusal::NothingAsked
        | Refusal::AskedBefore
        | Refusal::AppealNeeded
        | Refusal::StillAsked
        | Refusal::NotLookedInto
        | Refusal::NoLaterDay
        | Refusal::TooFarAhead
        | Refusal::NotForThisMatter
        | Refusal::StepsFull
        | Refusal::AssigneeNeeded
        | Refusal::NothingInspected
        | Refusal::InspectionsFull
        | Refusal::NothingToTakeBack
        | Refusal::TakeBackTooLate
        | Refusal::WentOn => StatusCode::CONFLICT,
    }
}

fn document(code: &str, status: StatusCode, title: String) -> Box<Problem> {
    Box::new(Problem {
        kind: format!("urn:paihao:problem:{code}"),
        title,
        status: status.as_u16(),
        code: code.to_owned(),
        detail: None,
        until: None,
        ticket: None,
    })
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_vec(&*self.problem).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        let kind = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, kind);
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        come_back(headers, self.retry_after_secs);
        response.extensions_mut().insert(Code(self.problem.code.clone()));
        response
    }
}

/// The code of a refusal, for the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(pub String);

fn come_back(headers: &mut HeaderMap, after_secs: Option<u64>) {
    if let Some(secs) = after_secs {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(secs));
    }
}
