//! 身份核验 as a table: cards, numbers, neither; and that nothing of it stays.

use wire::{
    ids::TicketId,
    reader::{CardKind, ReadCard, Unread},
};

use super::{
    super::{
        identity::{Presented, Step, TypedNumber},
        message::Order,
        page::Choice,
        service::{Answer, Proof, Service},
    },
    *,
};

/// Passes its own check, and is nobody's: no district has this code.
const NOBODYS: &str = "99000019900101005X";

fn card(is_elderly: bool) -> Msg {
    Msg::CardRead(Box::new(ReadCard {
        kind: CardKind::Citizen,
        mark: "0".repeat(32),
        is_elderly,
        masked_name: "王*明".to_owned(),
    }))
}

/// Somebody's document, kept by a way that nobody thought of.
fn presented() -> Option<Presented> {
    gallery::page("identity-read").and_then(|model| model.presented)
}

impl Bench {
    fn with_reader() -> Self {
        let mut bench = Self::new();
        bench.tell(Msg::ReaderTold(true));
        bench
    }

    /// 医疗保障 lets people go on without, 不动产登记 does not.
    fn walk_to_identity(&mut self, queue: &str) -> Vec<Effect> {
        self.touch(Touch::Take);
        self.touch(Touch::Queue(id(queue)));
        let effects = self.touch(Touch::Confirm);
        assert!(matches!(self.model.page, Page::Identity { .. }), "{:?}", self.model.page);
        effects
    }

    fn step(&self) -> &Step {
        let Page::Identity { step, .. } = &self.model.page else {
            panic!("not the identity page: {:?}", self.model.page);
        };
        step
    }

    fn type_number(&mut self, number: &str) {
        for key in number.chars() {
            self.touch(Touch::Digit(key));
        }
    }
}

fn order(effects: &[Effect]) -> Order {
    let found = effects.iter().find_map(|effect| match effect {
        Effect::Take(order) => Some(order.clone()),
        Effect::Reprint(_)
        | Effect::WantCard(_)
        | Effect::CallHelp
        | Effect::Say { .. }
        | Effect::Hush
        | Effect::Ask { .. }
        | Effect::NoteLacking(_)
        | Effect::CheckCode(_)
        | Effect::PrintReceipt { .. }
        | Effect::PrintTest
        | Effect::End(_)
        | Effect::PrintGuide { .. }
        | Effect::TellPrinter(_)
        | Effect::KeepCatalogue
        | Effect::KeepGuidePhone(_) => None,
    });
    found.unwrap_or_else(|| panic!("no ticket is asked for: {effects:?}"))
}

#[test]
fn a_queue_that_does_not_ask_gives_its_ticket_at_once() {
    let mut bench = Bench::with_reader();
    let effects = bench.walk_to_taking();
    assert_eq!(order(&effects).document, None);
}

#[test]
fn a_card_is_wanted_on_its_page_alone_and_its_ticket_is_the_persons() {
    let mut bench = Bench::with_reader();
    assert!(bench.walk_to_identity("H").contains(&Effect::WantCard(true)));
    assert_eq!(*bench.step(), Step::Card { unread: false });
    bench.tell(Msg::CardUnread(Unread::Again));
    assert_eq!(*bench.step(), Step::Card { unread: true });
    assert!(bench.tell(card(false)).contains(&Effect::WantCard(false)));
    assert_eq!(*bench.step(), Step::Read);
    let asked = order(&bench.touch(Touch::Confirm));
    assert_eq!(asked.document.clone().unwrap().0, format!("card:{}", "0".repeat(32)));
    assert_eq!((asked.class, bench.model.elder), (PriorityClass::Ordinary, false));
    bench.tell(taken(true));
    assert_eq!(bench.model.presented, None, "whose it is, is forgotten with the ticket");
}

#[test]
fn a_card_that_nobody_asked_for_is_no_matter() {
    let mut bench = Bench::with_reader();
    for walk in [|_: &mut Bench| {}, Bench::walk_to_confirm] {
        walk(&mut bench);
        let page = bench.model.page.clone();
        assert_eq!(bench.tell(card(true)), []);
        assert_eq!((&bench.model.page, &bench.model.presented), (&page, &None));
    }
}

#[test]
fn who_is_elderly_by_the_card_is_offered_priority_in_large_letters() {
    let mut bench = Bench::with_reader();
    bench.walk_to_identity("H");
    bench.tell(card(true));
    assert_eq!(bench.model.page, Page::Priority);
    assert!(bench.model.elder);
    bench.touch(Touch::Class(PriorityClass::Vulnerable, Some(GrantReason::Elderly)));
    assert_eq!(*bench.step(), Step::Read);
    let asked = order(&bench.touch(Touch::Confirm));
    assert_eq!(asked.reason, Some(GrantReason::Elderly));
    assert!(asked.document.is_some());

    // Nobody is put before others without wanting it.
    let mut bench = Bench::with_reader();
    bench.walk_to_identity("H");
    bench.tell(card(true));
    bench.touch(Touch::Ordinary);
    bench.touch(Touch::Class(PriorityClass::Ordinary, None));
    assert_eq!(order(&bench.touch(Touch::Confirm)).class, PriorityClass::Ordinary);
}

#[test]
fn who_is_elderly_by_the_number_that_was_typed_is_offered_priority_too() {
    // The sample's day is 2026-11-23: sixty on that very day, and sixty on the next.
    for (number, is_elderly) in [("990000196611230023", true), ("990000196611240013", false)] {
        let number: String = wire_check(number);
        let mut bench = Bench::new();
        bench.walk_to_identity("H");
        bench.type_number(&number);
        let effects = bench.touch(Touch::NumberTyped);
        assert_eq!(
            (bench.model.elder, bench.model.page == Page::Priority),
            (is_elderly, is_elderly)
        );
        if !is_elderly {
            assert_eq!(order(&effects).document.unwrap().0, number);
            continue;
        }
        bench.touch(Touch::Class(PriorityClass::Vulnerable, Some(GrantReason::Elderly)));
        let said = crate::screens::spoken::sentence(&bench.model);
        assert!(said.contains("身份证号已核对"), "no card lies there: {said}");
        let asked = order(&bench.touch(Touch::Confirm));
        assert_eq!(
            (asked.reason, &asked.document.unwrap().0),
            (Some(GrantReason::Elderly), &number)
        );
    }
}

/// A number with the last place that fits it (GB 11643): nobody's, no district has this code.
fn wire_check(number: &str) -> String {
    let head = &number[..17];
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = head.bytes().map(|digit| u32::from(digit - b'0'));
    let sum: u32 = digits.zip(weights).map(|(digit, weight)| digit * weight).sum();
    format!(
        "{head}{}",
        ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize]
    )
}

#[test]
fn a_typed_number_must_pass_its_own_check() {
    let mut bench = Bench::with_reader();
    bench.walk_to_identity("E");
    bench.touch(Touch::TypeNumber);
    bench.type_number(&NOBODYS[..17]);
    bench.touch(Touch::Digit('1'));
    assert_eq!(bench.touch(Touch::NumberTyped), []);
    assert!(matches!(bench.step(), Step::Typing { wrong: true, .. }));
    bench.touch(Touch::Erase);
    assert!(matches!(bench.step(), Step::Typing { wrong: false, .. }));
    bench.touch(Touch::Digit('X'));
    bench.touch(Touch::Digit('9'));
    let effects = bench.touch(Touch::NumberTyped);
    assert_eq!(order(&effects).document.unwrap().0, NOBODYS);
    let left = bench.model.trail.last();
    let Some(Page::Identity { step: Step::Typing { number, .. }, .. }) = left else {
        panic!("{left:?}");
    };
    assert!(number.is_empty(), "nothing of it stays on the page behind");
}

#[test]
fn nobody_is_known_without_wanting_it_where_the_queue_lets_them() {
    let mut bench = Bench::new();
    bench.walk_to_identity("H");
    assert_eq!(order(&bench.touch(Touch::WithoutIdentity)).document, None);
    let mut bench = Bench::new();
    bench.walk_to_identity("E");
    assert_eq!(bench.touch(Touch::WithoutIdentity), []);
    assert!(matches!(bench.model.page, Page::Identity { .. }));
}

#[test]
fn without_a_reader_the_number_is_typed_and_one_that_goes_leaves_nobody_before_it() {
    let mut bench = Bench::new();
    bench.walk_to_identity("H");
    assert_eq!(*bench.step(), Step::typing());
    bench.touch(Touch::Back);
    assert!(matches!(bench.model.page, Page::Confirm(_)), "there is no reader to go back to");

    let mut bench = Bench::with_reader();
    bench.walk_to_identity("H");
    bench.tell(Msg::ReaderTold(false));
    assert_eq!(*bench.step(), Step::typing());

    let mut bench = Bench::with_reader();
    bench.walk_to_identity("H");
    bench.touch(Touch::TypeNumber);
    bench.touch(Touch::Back);
    assert_eq!(*bench.step(), Step::Card { unread: false });
    bench.touch(Touch::TypeNumber);
    bench.tell(card(false));
    assert_eq!(*bench.step(), Step::Read, "a card is heard while somebody types");
}

#[test]
fn nothing_of_a_person_stays_for_the_next_or_is_ever_printed() {
    for leave in [Touch::Home, Touch::Done] {
        let mut bench = Bench::with_reader();
        bench.walk_to_identity("H");
        bench.tell(card(false));
        assert!(bench.model.presented.is_some());
        bench.touch(leave);
        assert_eq!(bench.model.presented, None);
    }
    let mut bench = Bench::with_reader();
    bench.walk_to_identity("H");
    bench.tell(card(false));
    bench.touch(Touch::Back);
    assert_eq!(bench.model.presented, None, "back before the page");

    let mut bench = Bench::new();
    assert_eq!(bench.walk_to_identity("H"), [Effect::WantCard(true)]);
    bench.type_number(NOBODYS);
    let typed = format!("{:?} {:?}", bench.model, crate::screens::fill(&bench.model, bench.now));
    let asked = format!("{:?}", bench.touch(Touch::NumberTyped));
    let known = format!("{:?}", bench.model);
    bench.wait_secs(200);
    for text in [typed, asked, known, format!("{:?}", card(false))] {
        assert!(!text.contains("199001") && !text.contains("990000"), "{text}");
        assert!(!text.contains('王') && !text.contains("0000000"), "{text}");
    }
    let mut number = TypedNumber::default();
    "9900X00".chars().for_each(|key| number.push(key));
    assert_eq!(number.shown().reveal(), "990000", "an X stands at the end alone");
}

#[test]
fn whoever_is_back_at_the_start_page_carries_nobody_s_document() {
    let Some(Model { page: Page::Service(service), .. }) = gallery::page("booking") else {
        panic!("the gallery has a booking");
    };
    let Service::Booking(found) = *service else { panic!("not a booking") };
    let mut bench = Bench::with_reader();
    for touch in [Touch::Book, Touch::BookByCard] {
        bench.touch(touch);
    }
    bench.tell(card(false));
    bench.answer(Answer::Booking(Box::new(found)));
    assert!(bench.model.presented.is_some(), "its ticket is the person's");
    bench.touch(Touch::Back);
    assert_eq!(bench.model.presented, None, "it was shown for that booking alone");

    // Whatever way leads back to the beginning, the next person's ticket is their own.
    let mut bench = Bench::with_reader();
    bench.touch(Touch::Progress);
    bench.model.presented = presented();
    bench.touch(Touch::Back);
    assert!(bench.model.at_rest(), "{:?}", bench.model.page);
    assert_eq!(order(&bench.walk_to_taking()).document, None);
}

fn without(model: &Model, letter: &str) -> Msg {
    let mut catalogue = model.catalogue.clone().unwrap();
    catalogue.queues.retain(|queue| queue.id != id(letter));
    Msg::CatalogueCame(Box::new(catalogue))
}

#[test]
fn a_queue_that_goes_under_a_person_s_hands_takes_along_what_was_shown_for_it() {
    let mut bench = Bench::with_reader();
    bench.touch(Touch::Priority);
    bench.touch(Touch::Class(PriorityClass::Vulnerable, Some(GrantReason::Pregnant)));
    bench.touch(Touch::Queue(id("H")));
    bench.touch(Touch::Confirm);
    bench.tell(card(false));
    let gone = without(&bench.model, "H");
    bench.tell(gone);
    assert_eq!(bench.model.page, Page::Start);
    assert!(bench.model.at_rest() && bench.model.presented.is_none());
}

#[test]
fn a_number_that_is_being_taken_still_comes_when_its_queue_goes() {
    let mut bench = Bench::new();
    bench.walk_to_taking();
    let gone = without(&bench.model, "L");
    bench.tell(gone);
    assert!(matches!(bench.model.page, Page::Taking { .. }), "{:?}", bench.model.page);
    bench.tell(taken(true));
    assert!(matches!(bench.model.page, Page::Ticket { .. }), "{:?}", bench.model.page);
}

#[test]
fn a_document_that_is_kept_on_the_start_page_goes_by_itself() {
    let mut bench = Bench::new();
    bench.model.presented = presented();
    assert!(!bench.model.at_rest());
    bench.wait_secs(61);
    assert_eq!(bench.model.presented, None);
}

#[test]
fn nobody_there_wants_no_card_any_more() {
    let mut bench = Bench::with_reader();
    bench.walk_to_identity("H");
    bench.now = bench.now.after_secs(61);
    let effects = update(&mut bench.model, Msg::Tick, bench.now);
    assert!(effects.contains(&Effect::WantCard(false)), "{effects:?}");
    assert_eq!(bench.model.page, Page::Start);
}

#[test]
fn who_holds_a_number_already_has_it_printed_again() {
    let held = || Msg::Refused {
        code: "has_ticket".into(),
        title: String::new(),
        detail: None,
        ticket: Some(TicketId(7)),
    };
    let mut bench = Bench::with_reader();
    bench.walk_to_identity("H");
    bench.tell(card(false));
    bench.touch(Touch::Confirm);
    bench.tell(held());
    let choice = Choice { queue: id("H"), item: None };
    assert_eq!(bench.model.page, Page::Notice(Notice::HasTicket { ticket: TicketId(7), choice }));
    let effects = bench.touch(Touch::Reprint);
    let Some(Effect::Reprint(wish)) = effects.first() else { panic!("{effects:?}") };
    let Proof::Document(document) = &wish.proof else { panic!("{:?}", wish.proof) };
    assert_eq!((wish.ticket, document.0.len()), (TicketId(7), 37));
    assert!(matches!(bench.model.page, Page::Taking { .. }));
    bench.tell(taken(true));
    assert!(matches!(bench.model.page, Page::Ticket { .. }));

    // Without a document it is nobody's to print.
    let mut bench = Bench::new();
    bench.walk_to_taking();
    bench.tell(held());
    assert!(matches!(bench.model.page, Page::Notice(Notice::Refused { .. })));
}
