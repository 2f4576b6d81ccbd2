//! What is carried over a night fits the record that tells it, however much there is.

use alloc::{boxed::Box, string::String, vec::Vec};

use crate::{
    event::{
        Event, Fact,
        matter::{AnsweredMatter, ClosedMatter, Matter},
        matter_step::{MatterStep, StepTaken},
        open_evaluation::Given,
        people::{Booked, Carried, CatalogueChanged, Miss, Slot},
        staffing::{ChangeDecision, PostChange},
        unfound::Unfound,
        visit::{Visit, VisitOver},
    },
    ids::{
        LegId, LegNo, MatterId, StaffNo, TicketId, Token, VisitId,
        person::{BookingMark, BookingNo},
        receipt::Receipt,
    },
    limits::{
        ANSWERED_KEPT_MAX, BOOKINGS_MAX, CATALOGUE_CHANGES_MAX, CATALOGUE_TEXT_BYTES_MAX,
        EVALUATION_CHARS_MAX, ITEM_NAME_CHARS_MAX, ITEM_TEXT_BYTES_MAX, MATTER_STEPS_BYTES_MAX,
        MATTERS_MAX, MISSES_MAX, NOTE_CHARS_MAX, POST_CHANGES_MAX, UNFOUND_CHARS_MAX,
        UNFOUND_KEPT_MAX, VISITS_KEPT_MAX, VISITS_OPEN_MAX, WORKING_DAYS_TOLD,
    },
    time::{Day, Timestamp},
    words::{
        Actor, CaseKind, Channel, EvaluationChannel, Rating, Reason,
        matter::{MatterKind, MatterOutcome},
        people::ChangeKind,
        post::ChangeOutcome,
        visit::{VisitMark, VisitObstacle, VisitOutcome, VisitReason},
    },
};

/// Legs that may still be evaluated and known cases, which stand in the same record; a test of
/// evaluations sees to it.
pub(super) const LEGS_AND_CASES_BYTES_MAX: usize = 3_000_000;

/// The longest payload of a journal's record.
const RECORD_BYTES_MAX: usize = 12 << 20;

const DAY: Day = Day { year: 2026, month: 11, day: 23 };

#[test]
fn the_fullest_night_fits_one_record() {
    let at = Timestamp(1_700_006_400_000);
    let mark = BookingMark([255; 16]);
    let long = "x".repeat(16);
    let booked = |no| Booked {
        no: BookingNo::of(no),
        mark: Some(mark),
        agent: Some(long.parse().unwrap()),
        queue: "AAAA".parse().unwrap(),
        item: Some(long.parse().unwrap()),
        own_places: true,
        slot: Slot { day: DAY, from: at, until: at },
        channel: Channel::GuideDesk,
    };
    // Every change within the bound of texts, the largest items first, then cancelled ones.
    let large = CATALOGUE_TEXT_BYTES_MAX / ITEM_TEXT_BYTES_MAX;
    let change = |number: usize| CatalogueChanged {
        number: number as u32,
        item: long.parse().unwrap(),
        kind: ChangeKind::Adjusted,
        to: Some(Box::new(item(number < large))),
        effective: DAY,
        approver: long.parse().unwrap(),
    };
    let carried = Carried {
        bookings: (0..BOOKINGS_MAX as u64).map(booked).collect(),
        misses: Vec::from_iter((0..MISSES_MAX).map(|_| Miss { mark, at })),
        catalogue_version: u32::MAX,
        catalogue_decided: u32::MAX,
        catalogue: (0..CATALOGUE_CHANGES_MAX).map(change).collect(),
        matters: (0..MATTERS_MAX as u32).map(|number| matter(number, at)).collect(),
        matters_opened: u32::MAX,
        visits: (0..(VISITS_OPEN_MAX + VISITS_KEPT_MAX) as u32).map(|no| visit(no, at)).collect(),
        visits_asked: u32::MAX,
        answered: Vec::from_iter((0..ANSWERED_KEPT_MAX).map(|_| AnsweredMatter {
            receipt: Receipt::of(MatterId(9_999), 99_999_999),
            opened: at,
            closed: at,
            outcome: MatterOutcome::Unfounded,
        })),
        closed: (0..MATTERS_MAX as u32).map(|number| closed(number, at)).collect(),
        unfound: Vec::from_iter((0..UNFOUND_KEPT_MAX).map(|_| unfound(at))),
        changes: (0..POST_CHANGES_MAX as u32).map(|number| post_change(number, at)).collect(),
        changes_asked: u32::MAX,
    };
    let texts = carried.catalogue.iter().take(large).filter_map(|change| change.to.as_ref());
    assert!(texts.map(|item| item.text_bytes()).sum::<usize>() > CATALOGUE_TEXT_BYTES_MAX * 9 / 10);
    let fact = Fact::DayOpened {
        day: DAY,
        next_ticket: TicketId(u64::MAX),
        open_evaluations: Vec::new(),
        cases: Vec::new(),
        carried: carried.into(),
        setup: Some("ffffffffffffffff".parse().unwrap()),
        working_days: Vec::from([DAY; WORKING_DAYS_TOLD]),
    };
    let event = Event { at, by: Actor::Hall, request: None, fact };
    let bytes = serde_json::to_vec(&[event]).unwrap().len();
    assert!(bytes + LEGS_AND_CASES_BYTES_MAX < RECORD_BYTES_MAX, "{bytes} bytes");
}

fn post_change(number: u32, at: Timestamp) -> PostChange {
    let long = "x".repeat(16);
    let words = || "𠀀".repeat(NOTE_CHARS_MAX);
    let by = || Actor::Staff("x".repeat(16).parse().unwrap());
    let outcome = ChangeOutcome::Withdrawn;
    PostChange {
        number: u32::MAX - number,
        staff: long.parse().unwrap(),
        window: "1000".parse().unwrap(),
        from: DAY,
        until: DAY,
        reason: words(),
        at,
        by: by(),
        decided: Some(ChangeDecision { at, by: by(), outcome, note: Some(words()) }),
    }
}

/// In characters of three bytes each, under the longest name of a department.
fn unfound(at: Timestamp) -> Unfound {
    let (name, words) = ("厅".repeat(ITEM_NAME_CHARS_MAX), "𠀀".repeat(UNFOUND_CHARS_MAX));
    Unfound { at, department: Some(name), words: Some(words) }
}

fn visit(number: u32, at: Timestamp) -> Visit {
    Visit {
        id: VisitId(u32::MAX - number),
        token: Token(u64::MAX),
        item: Some("x".repeat(16).parse().unwrap()),
        reason: VisitReason::Pregnant,
        wished: Some(DAY),
        asked: at,
        due: Some(DAY),
        staff: Some("x".repeat(16).parse().unwrap()),
        day: Some(DAY),
        begun: Some(at),
        over: Some(VisitOver {
            at,
            day: Some(DAY),
            outcome: VisitOutcome::NotDone,
            case: Some(CaseKind::OnTheSpot),
            copies: u16::MAX,
            obstacle: Some(VisitObstacle::PapersMissing),
            note: "\u{4e00}".repeat(NOTE_CHARS_MAX),
        }),
        given: Some(Given {
            at,
            rating: Rating::ALL[0],
            reasons: Reason::ALL.to_vec(),
            channel: EvaluationChannel::GuideDesk,
            scale: 5,
        }),
        uncounted: VisitMark::ALL.to_vec(),
    }
}

fn matter(number: u32, at: Timestamp) -> Matter {
    let long = "x".repeat(16);
    Matter {
        visit: None,
        id: MatterId(u32::MAX - number),
        kind: MatterKind::Negative,
        leg: Some(LegId { ticket: TicketId(u64::MAX), leg: LegNo(15) }),
        no: Some("A9999".parse().unwrap()),
        queue: Some("AAAA".parse().unwrap()),
        window: Some("xxxxxxxx".parse().unwrap()),
        staff: Some(long.parse().unwrap()),
        item: Some(long.parse().unwrap()),
        rating: Some(Rating::VeryDissatisfied),
        reasons: Reason::ALL.to_vec(),
        text: "𠀀".repeat(EVALUATION_CHARS_MAX),
        opened: at,
        due: Some(DAY),
        seen: true,
        receipt: Some(Receipt::of(MatterId(9_999), 99_999_999)),
        department: Some("厅".repeat(ITEM_NAME_CHARS_MAX)),
        verify_by: Some(DAY),
        due_at_most: Some(DAY),
        steps: Vec::new(),
    }
}

fn closed(number: u32, at: Timestamp) -> ClosedMatter {
    let steps = MATTER_STEPS_BYTES_MAX / taken(at).bytes() / MATTERS_MAX;
    let steps = Vec::from_iter((0..steps).map(|_| taken(at)));
    ClosedMatter {
        matter: Matter { steps, ..matter(number, at) },
        at,
        by: Some("x".repeat(16).parse().unwrap()),
        day: Some(DAY),
        outcome: MatterOutcome::Unfounded,
        note: "厅".repeat(NOTE_CHARS_MAX),
        while_closed: true,
    }
}

/// The longest step: what it is counted as is no less than what it takes.
fn taken(at: Timestamp) -> StepTaken {
    let long: StaffNo = "x".repeat(16).parse().unwrap();
    let reason = "\"厅".repeat(NOTE_CHARS_MAX / 2);
    let taken = StepTaken { at, by: Actor::Staff(long), step: MatterStep::Appealed { reason } };
    assert!(serde_json::to_vec(&taken).unwrap().len() <= taken.bytes());
    taken
}

fn item(large: bool) -> crate::setup::Item {
    let mut item = crate::rules_tests::parts().items[0].clone();
    item.published.national_code = Some(String::from("000131001000"));
    if large {
        // What JSON makes longer is counted as long as it becomes.
        item.published.guide.content = "\"\n".repeat(ITEM_TEXT_BYTES_MAX / 4 - 20);
        item.published.guide.procedure = String::from("\u{1}");
    }
    assert!(item.text_bytes() <= ITEM_TEXT_BYTES_MAX);
    item
}
