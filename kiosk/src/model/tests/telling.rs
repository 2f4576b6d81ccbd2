//! 我要反映 as a table: told for a receipt, and asked for with it.

use wire::{
    http::matters::ToldMatter,
    words::{Reason, matter::MatterOutcome},
};

use super::{
    super::{
        service::{Answer, Question, Service},
        telling::Told,
    },
    services::question,
    *,
};

fn matter() -> ToldMatter {
    ToldMatter {
        receipt: "00017482".parse().unwrap(),
        told: "2026-11-23".to_owned(),
        due: Some("2026-11-30".to_owned()),
        overdue: false,
        closed: None,
        outcome: None,
    }
}

fn told(bench: &Bench) -> Told {
    let Page::Service(service) = &bench.model.page else { panic!("{:?}", bench.model.page) };
    let Service::Told(told) = service.as_ref() else { panic!("{service:?}") };
    told.clone()
}

#[test]
fn what_was_not_done_is_told_with_a_reason_and_a_department_and_printed_once() {
    let mut bench = Bench::new();
    for touch in [Touch::Complain, Touch::Register, Touch::Submit] {
        bench.touch(touch);
    }
    for reason in [Reason::Other, Reason::SentAround, Reason::Other] {
        bench.touch(Touch::Why(reason));
    }
    bench.touch(Touch::Submit);
    let place = bench.model.departments().iter().position(|name| *name == "人社局").unwrap();
    let asked = question(&bench.touch(Touch::Kind(place)));
    let department = Some("人社局".to_owned());
    let reasons = vec![Reason::SentAround];
    assert_eq!(asked, Question::Tell { telling: 1, department, reasons });
    let effects = bench.answer(Answer::Told(Box::new(matter())));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::PrintReceipt { .. })));
    assert_eq!(told(&bench).paper, None);
    bench.tell(Msg::ReceiptPrinted(false));
    assert_eq!(told(&bench).paper, Some(false));
    bench.touch(Touch::Back);
    assert_eq!(bench.model.page, Page::Start, "there is no way back into what was told");
}

#[test]
fn who_does_not_know_the_department_tells_it_all_the_same() {
    let mut bench = Bench::new();
    let touches = [Touch::Complain, Touch::Register, Touch::Why(Reason::Other), Touch::Submit];
    touches.into_iter().for_each(|touch| drop(bench.touch(touch)));
    let asked = question(&bench.touch(Touch::DoNotKnow));
    let reasons = vec![Reason::Other];
    assert_eq!(asked, Question::Tell { telling: 1, department: None, reasons });
}

/// A reason is chosen, and the departments are shown.
fn walk_to_departments(bench: &mut Bench) {
    for touch in [Touch::Complain, Touch::Register, Touch::Why(Reason::Other), Touch::Submit] {
        bench.touch(touch);
    }
}

fn number(asked: Question) -> u32 {
    let Question::Tell { telling, .. } = asked else { panic!("{asked:?}") };
    telling
}

#[test]
fn two_touches_are_one_matter_and_the_next_person_s_is_another() {
    let mut bench = Bench::new();
    walk_to_departments(&mut bench);
    let first = number(question(&bench.touch(Touch::Kind(0))));
    assert_eq!(bench.touch(Touch::Kind(0)), [], "it is under way");
    bench.answer(Answer::Silent);
    assert_eq!(bench.model.page, Page::Notice(Notice::Unanswered));
    bench.touch(Touch::Back);
    assert_eq!(number(question(&bench.touch(Touch::Kind(1)))), first);
    bench.touch(Touch::Home);
    walk_to_departments(&mut bench);
    assert_ne!(number(question(&bench.touch(Touch::DoNotKnow))), first);
}

#[test]
fn a_hand_that_plays_fills_no_list_and_asking_again_counts_once() {
    let mut bench = Bench::new();
    for _ in 0..limits::SAID_PER_HOUR_MAX {
        walk_to_departments(&mut bench);
        for _ in 0..2 {
            question(&bench.touch(Touch::DoNotKnow));
            bench.answer(Answer::Silent);
            bench.touch(Touch::Back);
        }
        bench.touch(Touch::Home);
    }
    bench.touch(Touch::Complain);
    bench.touch(Touch::Register);
    assert!(matches!(bench.model.page, Page::Notice(Notice::Refused { .. })));
    assert!(bench.model.telling.is_none());
    bench.wait_secs(limits::HOUR_SECS);
    walk_to_departments(&mut bench);
    question(&bench.touch(Touch::DoNotKnow));
}

#[test]
fn while_it_is_told_the_departments_are_deaf_and_look_so() {
    use crate::screens::unfound::lacking;
    let mut bench = Bench::new();
    walk_to_departments(&mut bench);
    let deaf = |bench: &Bench| {
        let view = lacking(&bench.model, 0);
        let mut all = view.kinds.iter().chain(&view.actions);
        assert!(!view.kinds.is_empty() && !view.actions.is_empty());
        (all.all(|action| !action.enabled), view.actions[0].name.clone())
    };
    assert_eq!(deaf(&bench), (false, "我不知道".to_owned()));
    bench.touch(Touch::Kind(0));
    assert_eq!(deaf(&bench), (true, "请稍候…".to_owned()));
}

#[test]
fn with_the_receipt_one_asks_what_came_of_it() {
    let mut bench = Bench::new();
    for touch in [Touch::Complain, Touch::FindReceipt] {
        bench.touch(touch);
    }
    bench.keys("0001748");
    assert!(bench.touch(Touch::Seek).is_empty(), "eight digits");
    bench.keys("2");
    let asked = question(&bench.touch(Touch::Seek));
    assert_eq!(asked, Question::Receipt("00017482".parse().unwrap()));
    let closed = ToldMatter {
        closed: Some("2026-11-24".to_owned()),
        outcome: Some(MatterOutcome::Explained),
        due: None,
        ..matter()
    };
    let effects = bench.answer(Answer::Told(Box::new(closed)));
    assert!(effects.iter().all(|effect| !matches!(effect, Effect::PrintReceipt { .. })));
    assert!(!told(&bench).is_new);
}

#[test]
fn the_receipt_s_number_stays_on_the_screen_when_the_server_goes_away() {
    for page in ["told", "lacking-noted", "lacking-loss"] {
        let mut bench = Bench { model: gallery::page(page).unwrap(), now: NOW };
        bench.tell(Msg::ServerSilent { tries: 9 });
        assert!(matches!(bench.model.link, Link::Down { .. }) && !bench.model.is_alone());
        assert_eq!(bench.model.shown(), Shown::Page(&bench.model.page), "{page}");
        bench.touch(Touch::Help);
        assert!(matches!(bench.model.shown_behind(), Shown::Page(Page::Service(_))), "{page}");
        bench.touch(Touch::Back);
        bench.touch(Touch::Home);
        assert_eq!(bench.model.shown(), Shown::NoServer, "{page}");
    }
}

#[test]
fn at_the_window_it_is_said_with_a_number_which_is_the_only_way_while_nobody_answers() {
    let mut bench = Bench::new();
    bench.touch(Touch::Complain);
    bench.touch(Touch::ComplainNumber);
    assert!(matches!(bench.model.page, Page::Confirm(choice) if choice.queue == id("W")));
    let mut bench = Bench { model: gallery::page("alone-start").unwrap(), now: NOW };
    bench.touch(Touch::Complain);
    assert!(
        matches!(&bench.model.page, Page::Confirm(choice) if choice.queue == id("W"))
            || matches!(bench.model.page, Page::Notice(_)),
        "{:?}",
        bench.model.page
    );
}

#[test]
fn what_one_person_began_to_tell_is_no_matter_of_the_next_ones() {
    let mut bench = Bench::new();
    for touch in [Touch::Complain, Touch::Register, Touch::Why(Reason::Other), Touch::Submit] {
        bench.touch(touch);
    }
    bench.touch(Touch::Home);
    for touch in [Touch::Take, Touch::NotFound] {
        bench.touch(touch);
    }
    let effects = bench.touch(Touch::DoNotKnow);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::NoteLacking(_))), "{effects:?}");
}
