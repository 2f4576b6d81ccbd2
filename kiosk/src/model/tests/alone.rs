//! 离线取号 under a finger: the kiosk goes on while nobody answers.

use super::*;
use crate::screens::list::TileState;

fn alone() -> Bench {
    let mut bench = Bench::new();
    bench.model = gallery::page("alone-start").unwrap();
    bench
}

fn asked(effects: &[Effect]) -> &super::super::message::Order {
    let order = effects
        .iter()
        .find_map(|effect| if let Effect::Take(order) = effect { Some(order) } else { None });
    order.expect("a ticket is asked for")
}

#[test]
fn a_person_takes_a_number_while_nobody_answers() {
    let mut bench = alone();
    assert_eq!(bench.model.shown(), Shown::Page(&Page::Start));
    let effects = bench.walk_to_taking();
    let order = asked(&effects);
    assert!(order.alone, "nobody is waited for");
    let draft = order.draft.as_ref().unwrap();
    assert_eq!((draft.no.letter, draft.queue_name.as_str()), ('L', "户籍证件"));
    assert_eq!(draft.place, "一楼D区");
}

#[test]
fn also_while_the_server_answers_the_slip_is_ready_for_when_it_does_not() {
    let mut bench = Bench::new();
    let effects = bench.walk_to_taking();
    assert!(!asked(&effects).alone && asked(&effects).draft.is_some());
}

#[test]
fn a_letter_without_numbers_and_one_that_is_closed_today_say_so() {
    let mut bench = alone();
    bench.touch(Touch::Take);
    bench.touch(Touch::Queue(id("C")));
    assert_eq!(bench.model.page, Page::Notice(Notice::NoOwnNumbers));
    bench.touch(Touch::Back);
    bench.model.alone.as_mut().unwrap().0.closed.push(id("L"));
    bench.touch(Touch::Queue(id("L")));
    assert_eq!(bench.model.page, Page::Notice(Notice::NotNow));
}

#[test]
fn out_of_hours_or_without_numbers_the_kiosk_stands_still() {
    let mut bench = alone();
    bench.model.alone.as_mut().unwrap().0.open = false;
    assert_eq!(bench.model.shown(), Shown::NoServer);
    let mut bench = alone();
    bench.model.alone.as_mut().unwrap().0.left.values_mut().for_each(|left| *left = 0);
    assert_eq!(bench.model.shown(), Shown::NoServer);
    let mut bench = alone();
    bench.touch(Touch::Progress);
    assert_eq!(bench.model.shown(), Shown::NoServer, "what is known of calls is stale");
}

#[test]
fn nobody_is_asked_who_they_are_while_nobody_can_look() {
    let mut bench = alone();
    let catalogue = bench.model.catalogue.as_mut().unwrap();
    for queue in &mut catalogue.queues {
        queue.identity = Identity::Required;
    }
    let effects = bench.walk_to_taking();
    assert!(asked(&effects).alone);
}

#[test]
fn a_kiosk_that_starts_without_the_server_has_its_clock_from_the_numbers() {
    let sample = gallery::page("alone-start").unwrap();
    let mut model = Model::new(Settings::default());
    model.offer(sample.catalogue.clone().unwrap());
    assert_eq!(model.shown(), Shown::Starting, "it is not known yet whether somebody answers");
    let (alone, _) = sample.alone.unwrap();
    let at = alone.clock.at;
    update(&mut model, Msg::AloneTold(Box::new(alone)), Moment(5_000));
    update(&mut model, Msg::ServerSilent { tries: 1 }, Moment(5_000));
    assert_eq!(model.shown(), Shown::Page(&Page::Start));
    assert_eq!(model.hall_time(Moment(65_000)), Some((at + 60_000, 480)));
}

#[test]
fn a_booking_that_nobody_can_look_up_leads_on_to_a_number() {
    let mut model = gallery::page("alone-queues").unwrap();
    model.page = Page::Start;
    model.trail.clear();
    update(&mut model, Msg::Touch(Touch::Book), NOW);
    let crate::screens::Body::Trouble(view) = crate::screens::fill(&model, NOW).body else {
        panic!("{:?}", model.page)
    };
    assert_eq!(view.way_on.map(|way| way.touch), Some(Touch::Take));
    let later = NOW.after_secs(2);
    update(&mut model, Msg::Touch(Touch::Take), later);
    assert!(matches!(model.shown(), Shown::Page(Page::Queues { .. })), "{:?}", model.shown());
}

#[test]
fn no_count_is_shown_that_nobody_knows() {
    let view = crate::screens::fill(&gallery::page("alone-queues").unwrap(), NOW);
    let crate::screens::Body::List(list) = view.body else { panic!("a list") };
    for tile in &list.tiles {
        match &tile.state {
            TileState::Quiet(words) => assert_eq!(words, ""),
            TileState::Off(words) => assert_eq!(words, "离线号已取完"),
            TileState::Waiting(_) | TileState::Nobody(_) | TileState::Plain => panic!("{tile:?}"),
        }
    }
}
