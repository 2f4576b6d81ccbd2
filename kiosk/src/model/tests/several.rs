//! 一次多办 and 大厅地图 under a finger.

use super::*;
use crate::model::service::Service;

fn item(code: &str) -> wire::ids::ItemId {
    code.parse().unwrap()
}

fn is_several(bench: &Bench) -> bool {
    matches!(&bench.model.page, Page::Service(service) if matches!(**service, Service::Several))
}

fn gathered(bench: &Bench) -> String {
    let items: Vec<_> = bench.model.gathered.iter().map(ToString::to_string).collect();
    items.join(" ")
}

/// L01 and then A02.
fn two() -> Bench {
    let mut bench = Bench::new();
    bench.walk_to_confirm();
    bench.touch(Touch::OneMore);
    bench.touch(Touch::AddItem);
    bench.touch(Touch::Queue(id("A")));
    bench.touch(Touch::Item(item("A02")));
    bench
}

fn order(effects: &[Effect]) -> &super::super::message::Order {
    let taken = effects
        .iter()
        .find_map(|effect| if let Effect::Take(order) = effect { Some(order) } else { None });
    taken.unwrap_or_else(|| panic!("no number is asked for: {effects:?}"))
}

#[test]
fn two_matters_take_one_number_in_their_order() {
    let mut bench = two();
    assert!(is_several(&bench));
    assert_eq!(gathered(&bench), "L01 A02");
    let effects = bench.touch(Touch::TakeAll);
    let order = order(&effects);
    assert_eq!((order.choice.item, order.choice.queue), (Some(item("L01")), id("L")));
    assert_eq!(order.extras.then, [item("A02")]);
    bench.tell(Msg::Reserved);
    bench.tell(taken(true));
    bench.touch(Touch::Done);
    assert!(!bench.model.is_gathering(), "the next person begins anew");
}

#[test]
fn an_item_is_no_second_one_and_no_more_are_added_than_one_number_takes() {
    let mut bench = two();
    bench.touch(Touch::AddItem);
    bench.touch(Touch::Search);
    bench.touch(Touch::Digit('J'));
    bench.touch(Touch::Item(item("L01")));
    assert_eq!(gathered(&bench), "L01 A02");
    bench.touch(Touch::AddItem);
    bench.touch(Touch::Popular);
    bench.touch(Touch::Item(item("L04")));
    assert_eq!(gathered(&bench), "L01 A02 L04");
    bench.touch(Touch::AddItem);
    assert!(is_several(&bench), "three are as many as one number takes");
}

#[test]
fn an_item_is_let_go_and_without_any_one_chooses_again() {
    let mut bench = two();
    bench.touch(Touch::DropItem(item("L01")));
    assert_eq!(gathered(&bench), "A02");
    bench.touch(Touch::DropItem(item("A02")));
    assert!(matches!(bench.model.page, Page::Queues { .. }));
    bench.touch(Touch::Item(item("A02")));
    assert!(matches!(bench.model.page, Page::Confirm(_)), "nothing is put together any more");
}

#[test]
fn items_that_the_hall_has_no_more_leave_no_empty_page_behind() {
    for adds in [false, true] {
        let mut bench = two();
        // The first one, whose page is behind, was let go; the other one goes by itself.
        bench.touch(Touch::DropItem(item("L01")));
        if adds {
            bench.touch(Touch::AddItem);
        }
        let mut catalogue = bench.model.catalogue.clone().unwrap();
        catalogue.items.retain(|each| each.id != item("A02"));
        bench.tell(Msg::CatalogueCame(Box::new(catalogue)));
        assert_eq!((&bench.model.page, bench.model.trail.len()), (&Page::Start, 0));
    }
}

#[test]
fn back_on_the_page_of_one_item_one_number_is_for_that_item_alone() {
    let mut bench = two();
    bench.touch(Touch::Back);
    assert!(matches!(bench.model.page, Page::Confirm(_)), "{:?}", bench.model.page);
    assert_eq!(order(&bench.touch(Touch::Confirm)).extras.then, []);
}

#[test]
fn a_queue_that_is_closed_first_is_said_before_and_gives_no_number() {
    let mut bench = two();
    let line = |bench: &mut Bench, letter: char, change: fn(&mut wire::board::QueueLine)| {
        let (board, _) = bench.model.board.as_mut().unwrap();
        let found = board.queues.iter_mut().find(|line| line.letter == letter);
        change(found.unwrap());
    };
    line(&mut bench, 'A', |line| line.issuing = false);
    let view = crate::screens::several::fill(&bench.model);
    assert!(view.notice.is_some_and(|words| words.contains("第 2 件")));
    assert!(view.actions[0].enabled, "a later one does not stop the first");
    line(&mut bench, 'L', |line| line.sold_out = true);
    let view = crate::screens::several::fill(&bench.model);
    assert!(view.notice.is_some_and(|words| words.contains("第 1 件的排队号已取完")));
    assert!(!view.actions[0].enabled);
    assert!(bench.touch(Touch::TakeAll).iter().all(|effect| !matches!(effect, Effect::Take(_))));
    assert!(is_several(&bench));
}

#[test]
fn of_several_queues_the_strictest_asks_who_one_is() {
    let mut bench = two();
    let queues = &mut bench.model.catalogue.as_mut().unwrap().queues;
    let queue = queues.iter_mut().find(|queue| queue.letter == 'A').unwrap();
    queue.identity = wire::catalogue::Identity::Required;
    bench.touch(Touch::TakeAll);
    assert!(matches!(bench.model.page, Page::Identity { .. }), "{:?}", bench.model.page);
    bench.touch(Touch::WithoutIdentity);
    assert!(matches!(bench.model.page, Page::Identity { .. }), "it is required there");
}

#[test]
fn alone_each_matter_has_its_own_number() {
    let mut bench = Bench::new();
    bench.model = gallery::page("alone-start").unwrap();
    bench.walk_to_confirm();
    bench.touch(Touch::OneMore);
    assert!(matches!(bench.model.page, Page::Confirm(_)));
    let mut bench = two();
    let at = bench.now;
    bench.model.alone = gallery::page("alone-start").unwrap().alone.map(|(alone, _)| (alone, at));
    bench.model.link = Link::Down { tries: 3 };
    assert!(bench.touch(Touch::TakeAll).iter().all(|effect| !matches!(effect, Effect::Take(_))));
    assert!(is_several(&bench));
}

#[test]
fn the_map_stands_behind_the_ticket_and_gives_it_back_for_as_long_as_at_first() {
    let mut bench = Bench::new();
    bench.walk_to_taking();
    bench.tell(Msg::Reserved);
    bench.tell(taken(true));
    bench.wait_secs(5);
    bench.touch(Touch::Map(Some(id("A"))));
    bench.wait_secs(30);
    assert_eq!(bench.model.shown(), Shown::Page(&bench.model.page));
    bench.touch(Touch::Back);
    assert!(matches!(bench.model.page, Page::Ticket { .. }));
    bench.wait_secs(6);
    assert!(matches!(bench.model.page, Page::Ticket { .. }));
    bench.wait_secs(3);
    assert_eq!(bench.model.page, Page::Start);
    // Without a plan nothing opens.
    bench.model.catalogue.as_mut().unwrap().map = None;
    bench.touch(Touch::Map(None));
    assert_eq!(bench.model.page, Page::Start);
}
