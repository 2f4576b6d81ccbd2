//! 查找事项 and 常办事项 under a finger, with and without the server.

use super::*;
use crate::model::service::{Service, search::Search};

fn search(bench: &Bench) -> &Search {
    let Page::Service(service) = &bench.model.page else { panic!("{:?}", bench.model.page) };
    let Service::Search(search) = service.as_ref() else { panic!("{service:?}") };
    search
}

fn found(bench: &Bench) -> String {
    let found: Vec<_> = search(bench).found.iter().map(ToString::to_string).collect();
    found.join(" ")
}

fn typing(mut bench: Bench, letters: &str) -> Bench {
    bench.touch(Touch::Take);
    bench.touch(Touch::Search);
    for letter in letters.chars() {
        bench.touch(Touch::Digit(letter));
    }
    bench
}

#[test]
fn every_letter_finds_at_once_and_what_is_found_leads_to_the_number() {
    let mut bench = typing(Bench::new(), "J");
    assert!(found(&bench).starts_with("L01 L04 "), "{}", found(&bench));
    bench.touch(Touch::Digit('M'));
    assert_eq!(found(&bench), "L01");
    bench.touch(Touch::Item("L01".parse().unwrap()));
    assert!(matches!(bench.model.page, Page::Confirm(_)));
    bench.touch(Touch::Back);
    assert_eq!(search(&bench).text, "JM", "back at the keys as they were");
    bench.touch(Touch::Erase);
    assert!(found(&bench).starts_with("L01 L04 "), "{}", found(&bench));
    bench.touch(Touch::Clear);
    assert_eq!((search(&bench).text.as_str(), found(&bench).as_str()), ("", ""));
}

#[test]
fn a_character_takes_the_place_of_its_letters() {
    let mut bench = typing(Bench::new(), "SHEN");
    assert!(search(&bench).next.contains(&'身'), "{:?}", search(&bench).next);
    bench.touch(Touch::Character('身'));
    assert_eq!((search(&bench).text.as_str(), found(&bench).as_str()), ("身", "L01"));
    // One that is not offered is not taken.
    bench.touch(Touch::Character('龘'));
    assert_eq!(search(&bench).text, "身");
    for _ in 0..100 {
        bench.touch(Touch::Digit('A'));
    }
    assert_eq!(search(&bench).text.chars().count(), wire::find::QUERY_CHARS_MAX);
}

#[test]
fn it_works_alone_and_for_who_only_reads() {
    let mut alone = Bench::new();
    alone.model = gallery::page("alone-start").unwrap();
    let mut bench = typing(alone, "JM");
    assert_eq!(bench.model.shown(), Shown::Page(&bench.model.page));
    bench.touch(Touch::Item("L01".parse().unwrap()));
    let effects = bench.touch(Touch::Confirm);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Take(order) if order.alone)));

    let mut bench = Bench::new();
    bench.touch(Touch::Guide);
    bench.touch(Touch::Search);
    bench.touch(Touch::Digit('J'));
    let effects = bench.touch(Touch::Item("L01".parse().unwrap()));
    assert!(matches!(effects.first(), Some(Effect::Ask { .. })), "{effects:?}");
}

#[test]
fn in_large_letters_what_is_found_is_a_list_behind_the_keys() {
    let mut bench = Bench::new();
    bench.touch(Touch::Elder);
    let mut bench = typing(bench, "XYZ");
    bench.touch(Touch::ShowFound);
    assert!(!search(&bench).listed, "there is nothing to show");
    bench.touch(Touch::Clear);
    bench.touch(Touch::Digit('J'));
    bench.touch(Touch::ShowFound);
    assert!(search(&bench).listed);
    bench.touch(Touch::Back);
    assert_eq!((search(&bench).listed, search(&bench).text.as_str()), (false, "J"));
    bench.touch(Touch::Zone(None));
    assert_eq!(bench.model.page, Page::Zones { leaf: 0 });
}

#[test]
fn who_finds_nothing_says_what_it_was() {
    let mut bench = typing(Bench::new(), "XYZ");
    assert_eq!(found(&bench), "");
    bench.touch(Touch::NotFound);
    let Page::Service(service) = &bench.model.page else { panic!("{:?}", bench.model.page) };
    assert!(matches!(**service, Service::Lacking { .. }));
}

#[test]
fn an_item_that_is_no_more_is_no_longer_found() {
    let mut bench = typing(Bench::new(), "J");
    let mut catalogue = bench.model.catalogue.clone().unwrap();
    catalogue.items.retain(|item| item.id.to_string() != "L01");
    bench.tell(Msg::CatalogueCame(Box::new(catalogue)));
    assert!(found(&bench).starts_with("L04 "), "{}", found(&bench));
}

#[test]
fn what_was_kept_is_found_as_soon_as_the_kiosk_begins() {
    let mut bench = Bench::new();
    let kept = bench.model.catalogue.take().unwrap();
    bench.model.finder = std::sync::Arc::default();
    bench.model.offer(kept.clone());
    bench.tell(Msg::CatalogueCame(Box::new(kept)));
    assert!(found(&typing(bench, "J")).starts_with("L01 L04 "));
}

#[test]
fn what_most_come_for_is_a_tab_and_leaves_out_what_has_a_button_of_its_own() {
    let mut bench = Bench::new();
    let codes = |model: &Model| {
        let popular: Vec<_> = model.popular().iter().map(|item| item.id.to_string()).collect();
        popular.join(" ")
    };
    assert_eq!(codes(&bench.model), "L01 A02 L04 A01 L03");
    bench.model.settings.pick_up_queue = "L".parse().ok();
    assert_eq!(codes(&bench.model), "A02 A01");
    bench.touch(Touch::Take);
    let trail = bench.model.trail.len();
    bench.touch(Touch::Popular);
    bench.touch(Touch::Zone("A".parse().ok()));
    bench.touch(Touch::Popular);
    assert_eq!(bench.model.trail.len(), trail, "tabs show parts of one page");
    bench.touch(Touch::Item("A02".parse().unwrap()));
    assert!(matches!(bench.model.page, Page::Confirm(_)));
    // A hall without any has no such tab.
    let mut bench = Bench::new();
    bench.model.catalogue.as_mut().unwrap().popular.clear();
    bench.touch(Touch::Take);
    bench.touch(Touch::Popular);
    assert!(matches!(bench.model.page, Page::Queues { .. }));
}
