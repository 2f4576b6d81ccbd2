//! 没有找到要办的事项 as a table, and 更多服务 of 长者版.

use super::{
    super::{
        lacking::{Lacking, Noted},
        service::Service,
    },
    *,
};

fn said(effects: &[Effect]) -> Lacking {
    let found = effects.iter().find_map(|effect| {
        if let Effect::NoteLacking(said) = effect { Some(said.clone()) } else { None }
    });
    found.unwrap_or_else(|| panic!("nothing is kept: {effects:?}"))
}

fn noted(bench: &Bench) -> Noted {
    let Page::Service(service) = &bench.model.page else { panic!("{:?}", bench.model.page) };
    let Service::Noted(noted) = service.as_ref() else { panic!("{service:?}") };
    *noted
}

#[test]
fn a_kind_and_words_are_kept_and_the_way_back_leads_to_the_lists() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    bench.touch(Touch::NotFound);
    let place = bench.model.departments().iter().position(|name| *name == "人社局").unwrap();
    bench.touch(Touch::Kind(place));
    bench.keys("BU TIE");
    let effects = bench.touch(Touch::Seek);
    let words = Some("BU TIE".to_owned());
    assert_eq!(said(&effects), Lacking { department: Some("人社局".to_owned()), words });
    assert_eq!(noted(&bench), Noted { at_a_loss: false, kept: None });
    bench.tell(Msg::LackingKept(true));
    assert_eq!(noted(&bench).kept, Some(true));
    bench.touch(Touch::Back);
    assert!(matches!(bench.model.page, Page::Queues { .. }), "{:?}", bench.model.page);
}

#[test]
fn what_could_not_be_kept_is_neither_written_nor_said_as_kept() {
    for kept in [None, Some(false), Some(true)] {
        let mut bench = Bench::new();
        for touch in [Touch::Take, Touch::NotFound, Touch::Kind(0), Touch::Seek] {
            bench.touch(touch);
        }
        kept.into_iter().for_each(|kept| drop(bench.tell(Msg::LackingKept(kept))));
        let view = crate::screens::unfound::noted(&bench.model, noted(&bench));
        let said = crate::screens::spoken::sentence(&bench.model);
        for words in [&view.title, &view.say, &said] {
            let promises = words.contains("已经记下") || words.contains("每周汇总");
            assert_eq!(promises, kept == Some(true), "{kept:?}: {words}");
        }
    }
}

#[test]
fn a_hand_that_plays_fills_no_list() {
    let mut bench = Bench::new();
    let say = |bench: &mut Bench| {
        for touch in [Touch::Home, Touch::Take, Touch::NotFound] {
            bench.touch(touch);
        }
        let effects = bench.touch(Touch::DoNotKnow);
        effects.iter().any(|effect| matches!(effect, Effect::NoteLacking(_)))
    };
    let kept = (0..50).filter(|_| say(&mut bench)).count();
    assert_eq!(kept, limits::SAID_PER_HOUR_MAX);
    assert_eq!(noted(&bench).kept, Some(false), "and it is not said to be kept");
    bench.wait_secs(limits::HOUR_SECS);
    assert!(say(&mut bench), "an hour later somebody is heard again");
}

#[test]
fn words_may_be_left_out_and_a_kind_too() {
    for (touches, department, at_a_loss) in [
        (&[Touch::Kind(0), Touch::Seek][..], true, false),
        (&[Touch::WriteLacking, Touch::Seek], false, true),
        (&[Touch::DoNotKnow], false, true),
    ] {
        let mut bench = Bench::new();
        bench.touch(Touch::Take);
        bench.touch(Touch::NotFound);
        let mut effects = Vec::new();
        touches.iter().for_each(|touch| effects = bench.touch(*touch));
        let said = said(&effects);
        assert_eq!((said.department.is_some(), said.words), (department, None), "{touches:?}");
        assert_eq!(noted(&bench).at_a_loss, at_a_loss, "{touches:?}");
    }
}

#[test]
fn in_large_letters_a_kind_is_enough() {
    let mut bench = Bench::new();
    for touch in [Touch::Elder, Touch::Take, Touch::NotFound] {
        bench.touch(touch);
    }
    assert!(said(&bench.touch(Touch::Kind(1))).department.is_some());
}

#[test]
fn afterwards_a_number_of_the_general_queue_or_somebody_who_comes() {
    let mut bench = Bench::new();
    for touch in [Touch::Take, Touch::NotFound, Touch::DoNotKnow] {
        bench.touch(touch);
    }
    assert!(bench.touch(Touch::Help).contains(&Effect::CallHelp));
    bench.touch(Touch::Back);
    bench.touch(Touch::GeneralQueue);
    let choice = Choice { queue: id("K"), item: None };
    assert_eq!(bench.model.page, Page::Confirm(choice));
}

#[test]
fn what_one_person_did_not_find_is_not_kept_with_the_next_ones_words() {
    let mut bench = Bench::new();
    for touch in [Touch::Take, Touch::NotFound, Touch::Kind(0)] {
        bench.touch(touch);
    }
    bench.wait_secs(100);
    assert_eq!(bench.model.page, Page::Start);
    for touch in [Touch::Take, Touch::NotFound] {
        bench.touch(touch);
    }
    assert_eq!(said(&bench.touch(Touch::DoNotKnow)), Lacking::default());
}

#[test]
fn without_the_server_it_is_said_all_the_same() {
    let mut bench = Bench { model: gallery::page("alone-start").unwrap(), now: NOW };
    for touch in [Touch::Take, Touch::NotFound, Touch::Kind(0)] {
        bench.touch(touch);
        assert!(matches!(bench.model.shown(), Shown::Page(_)), "{:?}", bench.model.page);
    }
    said(&bench.touch(Touch::Seek));
    assert!(matches!(bench.model.shown(), Shown::Page(_)));
}

#[test]
fn what_the_large_start_page_has_no_room_for_stands_behind_it_four_at_most() {
    let mut bench = Bench::new();
    bench.touch(Touch::Elder);
    let start = crate::screens::start::fill(&bench.model);
    let touches: Vec<Touch> = start.tiles.iter().map(|tile| tile.touch).collect();
    assert_eq!(touches, [Touch::Book, Touch::PickUp, Touch::More]);
    bench.touch(Touch::More);
    let first = crate::screens::more::fill(&bench.model, 0);
    assert_eq!(first.tiles[1].touch, Touch::Priority);
    assert_eq!((first.tiles.len(), crate::screens::more::leaves(&bench.model)), (3, 3));
    let all = |model: &Model| {
        let leaves = (0..3).flat_map(|leaf| crate::screens::more::fill(model, leaf).tiles);
        leaves.map(|tile| tile.touch).collect::<Vec<_>>()
    };
    for touch in [Touch::Map(None), Touch::Contrast] {
        assert!(all(&bench.model).contains(&touch), "{touch:?}");
        bench.touch(touch);
    }
    assert!(bench.model.contrast);
    bench.touch(Touch::Back);
    bench.model.catalogue.as_mut().unwrap().map = None;
    assert!(!all(&bench.model).contains(&Touch::Map(None)), "there is no plan to show");
    bench.touch(Touch::Priority);
    bench.touch(Touch::Class(PriorityClass::Vulnerable, None));
    assert_eq!(bench.model.page, Page::Zones { leaf: 0 }, "what one came for is next");
    bench.touch(Touch::Back);
    bench.touch(Touch::Ordinary);
    assert_eq!(bench.model.page, Page::Start, "the ordinary start page has room for all of it");
}
