//! Services beside 现场取号 as a table: what is typed, scanned, asked and answered.

use wire::{http::enquiry::FoundTicket, ids::TicketId, words::TicketState};

use super::{
    super::{
        message::{Again, Reprint},
        page::Choice,
        service::{Answer, Proof, Question, Service, Wish},
    },
    *,
};

const SLIP: &str = "http://192.168.1.10:8080/t/7k3m9qf2x4w8a";

impl Bench {
    fn service(&self) -> &Service {
        let Page::Service(service) = &self.model.page else {
            panic!("no service's page: {:?}", self.model.page);
        };
        service
    }

    pub(super) fn keys(&mut self, keys: &str) {
        for key in keys.chars() {
            self.touch(Touch::Digit(key));
        }
    }

    pub(super) fn answer(&mut self, answer: Answer) -> Vec<Effect> {
        let number = self.model.asking.as_ref().expect("something is asked").number;
        self.tell(Msg::Answered { number, answer: Box::new(answer) })
    }
}

pub(super) fn question(effects: &[Effect]) -> Question {
    let found = effects.iter().find_map(|effect| {
        if let Effect::Ask { question, .. } = effect { Some(question.clone()) } else { None }
    });
    found.unwrap_or_else(|| panic!("nothing is asked: {effects:?}"))
}

fn passed() -> FoundTicket {
    let Some(Model { page: Page::Service(service), .. }) = gallery::page("found-passed") else {
        panic!("the gallery has a passed ticket");
    };
    let Service::Found(found) = *service else { panic!("not a ticket") };
    found.tickets[0].clone()
}

fn no_such_ticket() -> Answer {
    let title = "今天没有这张号票。".to_owned();
    Answer::Refused { code: "no_such_ticket".to_owned(), title, detail: None }
}

#[test]
fn a_number_is_typed_and_asked_for_once() {
    let mut bench = Bench::new();
    bench.touch(Touch::Progress);
    bench.touch(Touch::FindByNumber);
    bench.touch(Touch::Seek);
    assert!(bench.model.asking.is_none(), "nothing was typed");
    bench.keys("A12");
    let effects = bench.touch(Touch::Seek);
    assert_eq!(question(&effects), Question::Number("A012".parse().unwrap()));
    assert_eq!(bench.touch(Touch::Seek), [], "one asking is under way");
    bench.answer(no_such_ticket());
    let Service::Typing(typed) = bench.service() else { panic!("the page stays") };
    assert!(typed.wrong && typed.text == "A12");
    bench.touch(Touch::Erase);
    let Service::Typing(typed) = bench.service() else { panic!("the page stays") };
    assert!(!typed.wrong);
    bench.touch(Touch::Seek);
    bench.answer(Answer::Tickets(vec![FoundTicket { ticket: None, ..passed() }]));
    let Service::Found(found) = bench.service() else { panic!("a ticket was found") };
    assert_eq!(found.proof, None);
    bench.touch(Touch::Reactivate);
    assert!(matches!(bench.model.page, Page::Service(_)), "a number proves nothing");
    bench.touch(Touch::Back);
    bench.touch(Touch::Back);
    assert_eq!(bench.model.page, Page::Progress);
}

#[test]
fn a_scanned_slip_is_looked_up_and_waits_again() {
    let mut bench = Bench::new();
    let effects = bench.tell(Msg::Scanned(SLIP.to_owned()));
    let proof = Proof::Token("7k3m9qf2x4w8a".to_owned());
    assert_eq!(question(&effects), Question::Proof(proof.clone()));
    bench.answer(Answer::Tickets(vec![passed()]));
    bench.touch(Touch::Reprint);
    assert!(matches!(bench.model.page, Page::Service(_)), "a passed ticket has no slip again");
    let effects = bench.touch(Touch::Reactivate);
    let again = effects.iter().find_map(|effect| {
        if let Effect::Reprint(again) = effect { Some(again.clone()) } else { None }
    });
    let expected = Reprint {
        ticket: TicketId(1),
        proof,
        again: Again::Reactivate,
        language: Language::Chinese,
    };
    assert_eq!(again, Some(expected));
    assert!(matches!(bench.model.page, Page::Taking { .. }));
    bench.tell(taken(true));
    assert!(matches!(bench.model.page, Page::Ticket { .. }));
}

#[test]
fn a_card_finds_the_tickets_and_leaves_nothing_behind() {
    let mut bench = Bench::new();
    bench.tell(Msg::ReaderTold(true));
    bench.touch(Touch::Progress);
    bench.touch(Touch::FindByCard);
    assert!(matches!(bench.model.page, Page::Identity { wish: Wish::Find, .. }));
    let effects = bench.tell(Msg::CardRead(Box::new(wire::reader::ReadCard {
        kind: wire::reader::CardKind::Citizen,
        mark: "0".repeat(32),
        is_elderly: true,
        masked_name: "王*明".to_owned(),
    })));
    assert!(matches!(question(&effects), Question::Proof(Proof::Document(_))));
    assert!(!bench.model.elder, "nobody asked for larger letters");
    let two = FoundTicket { state: TicketState::Waiting, reprints: true, ..passed() };
    bench.answer(Answer::Tickets(vec![passed(), two]));
    assert_eq!(bench.model.presented, None);
    bench.touch(Touch::Next);
    let effects = bench.touch(Touch::Reprint);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Reprint(_))), "{effects:?}");
}

#[test]
fn an_answer_that_nobody_waits_for_any_more_does_nothing() {
    let mut bench = Bench::new();
    bench.tell(Msg::Scanned(SLIP.to_owned()));
    let number = bench.model.asking.as_ref().unwrap().number;
    bench.touch(Touch::Home);
    let answer = Box::new(Answer::Tickets(vec![passed()]));
    bench.tell(Msg::Answered { number, answer });
    assert_eq!(bench.model.page, Page::Start);
}

#[test]
fn no_answer_is_said_and_never_waited_for_without_end() {
    let mut bench = Bench::new();
    bench.tell(Msg::Scanned(SLIP.to_owned()));
    bench.answer(Answer::Silent);
    assert_eq!(bench.model.page, Page::Notice(Notice::Unanswered));
    bench.touch(Touch::Back);
    bench.tell(Msg::Scanned(SLIP.to_owned()));
    bench.wait_secs(16);
    assert_eq!(bench.model.page, Page::Notice(Notice::Unanswered));
}

#[test]
fn a_number_is_looked_up_while_no_tickets_are_given() {
    for trouble in ["closed", "paper-out"] {
        let mut bench = Bench::new();
        bench.model = gallery::page(trouble).unwrap();
        bench.touch(Touch::Progress);
        bench.touch(Touch::FindByNumber);
        assert_eq!(bench.model.shown(), Shown::Page(&bench.model.page), "{trouble}");
        bench.keys("A12");
        bench.touch(Touch::Seek);
        bench.answer(Answer::Tickets(vec![passed()]));
        assert_eq!(bench.model.shown(), Shown::Page(&bench.model.page), "{trouble}");
    }
}

#[test]
fn a_code_that_is_no_slip_or_comes_between_does_nothing() {
    let mut bench = Bench::new();
    assert_eq!(bench.tell(Msg::Scanned("6901234567892".to_owned())), []);
    bench.walk_to_confirm();
    let page = bench.model.page.clone();
    bench.tell(Msg::Scanned(SLIP.to_owned()));
    assert_eq!(bench.model.page, page);
    assert!(bench.model.asking.is_none());
}

#[test]
fn a_booking_is_shown_first_and_its_ticket_is_taken_in_time_or_late_alone() {
    use wire::http::booking::When;
    for (page, late) in
        [("booking", Some(false)), ("booking-late", Some(true)), ("booking-early", None)]
    {
        let Some(Model { page: Page::Service(service), .. }) = gallery::page(page) else {
            panic!("the gallery has {page}");
        };
        let Service::Booking(found) = *service else { panic!("{page}") };
        let mut bench = Bench::new();
        bench.touch(Touch::Book);
        bench.keys("202611230001");
        let effects = bench.touch(Touch::Seek);
        assert_eq!(question(&effects), Question::Booking(found.booking.no));
        bench.answer(Answer::Booking(Box::new(found.clone())));
        let effects = bench.touch(Touch::CheckIn);
        let order = effects.iter().find_map(|effect| {
            if let Effect::Take(order) = effect { Some(order.extras.clone()) } else { None }
        });
        assert_eq!(order.is_some(), late.is_some(), "{page}");
        if let Some(extras) = order {
            assert_eq!((extras.booking, extras.late), (Some(found.booking.no), late.unwrap()));
            bench.touch(Touch::Home);
        } else {
            assert_eq!(found.when, When::Early);
            // 现场取号 is always there, and is for no booking.
            bench.touch(Touch::Take);
            assert_eq!(bench.model.extras, Default::default());
        }
    }
}

#[test]
fn a_case_is_fetched_by_its_number_typed_or_scanned_and_also_without_one() {
    let mut bench = Bench::new();
    bench.touch(Touch::PickUp);
    bench.keys("AB1");
    assert_eq!(bench.touch(Touch::Seek), [], "no case has so short a number");
    let effects = bench.tell(Msg::Scanned("yx2026-0031".to_owned()));
    let case = effects
        .iter()
        .find_map(|effect| if let Effect::Take(order) = effect { order.extras.case } else { None });
    assert_eq!(case.map(|case| case.to_string()).as_deref(), Some("YX2026-0031"));
    let mut bench = Bench::new();
    bench.touch(Touch::PickUp);
    bench.touch(Touch::WithoutCase);
    assert!(matches!(bench.model.page, Page::Confirm(choice) if choice.queue == id("R")));
}

#[test]
fn an_evaluation_is_sent_once_and_the_lower_levels_ask_why() {
    use wire::words::{Rating, Reason};
    let mut bench = Bench::new();
    bench.touch(Touch::Evaluate);
    bench.tell(Msg::Scanned(SLIP.to_owned()));
    let effects = bench.touch(Touch::Level(Rating::Satisfied));
    let Question::Evaluate(graded) = question(&effects) else { panic!("{effects:?}") };
    assert_eq!((graded.level, graded.reasons.len()), (Some(Rating::Satisfied), 0));
    assert_eq!(bench.touch(Touch::Level(Rating::Fair)), [], "one is under way");
    bench.answer(Answer::Evaluated);
    assert_eq!(bench.model.page, Page::Notice(Notice::Thanks));
    bench.touch(Touch::Back);
    assert_eq!(bench.model.page, Page::Start, "there is no way back into what was sent");

    let mut bench = Bench::new();
    bench.touch(Touch::Evaluate);
    bench.keys("7K3M9QF2X4W8A");
    bench.touch(Touch::Seek);
    bench.touch(Touch::Level(Rating::Dissatisfied));
    bench.touch(Touch::Submit);
    assert!(bench.model.asking.is_none(), "a lower level needs a reason");
    for reason in [Reason::LongWait, Reason::Manner, Reason::LongWait] {
        bench.touch(Touch::Why(reason));
    }
    let effects = bench.touch(Touch::Submit);
    let Question::Evaluate(graded) = question(&effects) else { panic!("{effects:?}") };
    assert_eq!((graded.level, graded.reasons), (Some(Rating::Dissatisfied), vec![Reason::Manner]));
}

#[test]
fn a_guide_is_read_part_by_part_printed_and_leads_to_the_number() {
    let mut bench = Bench::new();
    bench.touch(Touch::Guide);
    bench.touch(Touch::Queue(id("L")));
    let effects = bench.touch(Touch::Item("L01".parse().unwrap()));
    assert_eq!(question(&effects), Question::Guide("L01".parse().unwrap()));
    bench.answer(Answer::Guide(Box::new(gallery::guide())));
    for _ in 0..9 {
        bench.touch(Touch::Next);
    }
    let Service::Guide { guide, leaf } = bench.service() else { panic!("the guide") };
    assert!(*leaf > 0 && *leaf < crate::screens::guide::leaves(&bench.model, guide));
    let effects = bench.touch(Touch::PrintGuide);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::PrintGuide { .. })));
    bench.tell(Msg::GuidePrinted(true));
    assert_eq!(bench.model.page, Page::Notice(Notice::GuidePrinted(true)));
    bench.touch(Touch::Back);
    let effects = bench.touch(Touch::TakeItem("L01".parse().unwrap()));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Take(_))), "{effects:?}");
}

#[test]
fn the_guide_is_printed_from_the_page_of_the_item_and_the_page_stays() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    bench.touch(Touch::Queue(id("L")));
    bench.touch(Touch::Item("L01".parse().unwrap()));
    let page = bench.model.page.clone();
    let effects = bench.touch(Touch::PrintGuide);
    assert_eq!(question(&effects), Question::Guide("L01".parse().unwrap()));
    let guide = Box::new(gallery::guide());
    let effects = bench.answer(Answer::Guide(guide));
    assert!(matches!(effects.as_slice(), [Effect::PrintGuide { .. }]), "{effects:?}");
    assert_eq!(bench.model.page, page);
    bench.tell(Msg::GuidePrinted(true));
    assert_eq!(bench.model.page, Page::Notice(Notice::GuidePrinted(true)));
    bench.touch(Touch::Back);
    assert_eq!(bench.model.page, page);
}

#[test]
fn a_way_that_leads_to_one_queue_asks_for_no_item_of_it() {
    let ways: [(&str, &[Touch]); 3] = [
        ("K", &[Touch::Take, Touch::NotFound, Touch::DoNotKnow, Touch::GeneralQueue]),
        ("W", &[Touch::Complain, Touch::ComplainNumber]),
        ("R", &[Touch::PickUp, Touch::WithoutCase]),
    ];
    for (letter, touches) in ways {
        let mut bench = Bench::new();
        let mut catalogue = gallery::sample().catalogue.unwrap();
        let item = catalogue.items[0].clone();
        let more = ["X01", "X02"].map(|code| wire::catalogue::CatalogueItem {
            id: code.parse().unwrap(),
            queue: id(letter),
            ..item.clone()
        });
        catalogue.items.extend(more);
        bench.model.offer(catalogue);
        assert_eq!(bench.model.items_of(id(letter)).len(), 2);
        for touch in touches {
            bench.touch(*touch);
        }
        let direct = Choice { queue: id(letter), item: None };
        assert_eq!(bench.model.page, Page::Confirm(direct), "{letter}");
    }
}
