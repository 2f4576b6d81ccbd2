//! A run calls whom the hall calls, and says the same from the same seed.

use alloc::vec::Vec;

use super::{AtPost, Run};
use crate::{
    Hall,
    command::{Command, Input},
    forecast::{
        ask::{Budget, Forecaster, Source},
        learned::Learned,
        model::Model,
        outlook::{Outlook, Shut, Tide},
        pace::Today,
    },
    ids::{TicketId, WindowId},
    order,
    rules_tests::policies::a_busy_hall,
    setup::Queue,
    time::{Millis, Timestamp},
    words::{Actor, PriorityClass, TicketState},
};

fn plain(now: Timestamp) -> Outlook {
    Outlook::plain(Timestamp(now.0 - now.0 % 86_400_000), 0)
}

fn model_with(hall: &Hall, now: Timestamp, outlook: &Outlook) -> Model {
    let learned = Learned::of_profile(hall.setup());
    Model::of(hall, now, &learned, Today::USUAL, outlook).expect("a plain hall has a model")
}

fn model(hall: &Hall, now: Timestamp) -> Model {
    model_with(hall, now, &plain(now))
}

/// What somebody is told who takes a ticket of a queue now, in minutes.
fn told(model: Model, queue: &str, now: Timestamp) -> u64 {
    let comer = (queue.parse().unwrap(), None);
    let (model, target) = model.with_newcomer(comer, PriorityClass::Ordinary, now).unwrap();
    let answer = Forecaster::new().ask(&model, &[target], 11, Budget::default());
    let answer = answer[0].unwrap();
    assert_eq!(answer.source, Source::Forward);
    answer.mid.0 / 60_000
}

/// Whom a run that begins now would call at a window; the property tests of the order ask this at
/// each of their calls.
pub(crate) fn whom_a_run_calls(hall: &Hall, id: WindowId, now: Timestamp) -> Option<TicketId> {
    let model = model(hall, now);
    let mut run = Run::default();
    run.begin(&model, &[], 1);
    let at = hall.setup().windows().iter().position(|window| window.id == id)? as u16;
    let floor = AtPost { model: &model, run: &run, at };
    let choice = order::choose(&floor, &mut Vec::new(), now)?;
    let mut waiting = hall.tickets().filter(|ticket| ticket.state == TicketState::Waiting);
    waiting.nth(choice.head.place.1.0 as usize).map(|ticket| ticket.id)
}

#[test]
fn the_same_seed_says_the_same_and_the_next_person_goes_first() {
    let (hall, now) = a_busy_hall(40);
    let model = model(&hall, now);
    let waiting = hall.tickets().filter(|ticket| ticket.state == TicketState::Waiting);
    let ids: Vec<TicketId> = waiting.map(|ticket| ticket.id).collect();
    let places: Vec<u32> = ids.iter().filter_map(|id| Model::place_of(&hall, *id)).collect();
    assert_eq!(places, (0..ids.len() as u32).collect::<Vec<_>>());
    let mut forecaster = Forecaster::new();
    let first = forecaster.ask(&model, &places, 7, Budget::default());
    assert_eq!(first, Forecaster::new().ask(&model, &places, 7, Budget::default()));
    assert_ne!(first, forecaster.ask(&model, &places, 8, Budget::default()));
    let first: Vec<_> = first.into_iter().flatten().collect();
    assert_eq!(first.len(), places.len());
    assert!(first.iter().all(|it| it.source == Source::Forward && it.low <= it.mid));
    let earliest = first.iter().min_by_key(|it| it.mid).unwrap();
    let latest = first.iter().max_by_key(|it| it.mid).unwrap();
    assert!(latest.mid.0 > 5 * earliest.mid.0, "{earliest:?} {latest:?}");
}

#[test]
fn when_the_budget_is_spent_the_queue_s_length_answers() {
    let (hall, now) = a_busy_hall(40);
    let queue = hall.setup().queues()[0].id;
    let comer = model(&hall, now).with_newcomer((queue, None), PriorityClass::Ordinary, now);
    let (model, target) = comer.unwrap();
    let ask = |steps| {
        let budget = Budget { runs: 200, steps };
        Forecaster::new().ask(&model, &[target], 3, budget).pop().flatten().unwrap()
    };
    let (short, long) = (ask(100), ask(1_000_000));
    assert_eq!((short.source, long.source), (Source::QueueLength, Source::Forward));
    assert!(long.low < long.mid && long.mid < long.high);
    let apart = short.mid.0.abs_diff(long.mid.0);
    assert!(apart * 2 < long.mid.0, "{short:?} {long:?}");
}

#[test]
fn nobody_is_promised_what_no_window_serves() {
    let (hall, now) = a_busy_hall(5);
    let cashier = "S".parse().unwrap();
    let comer = model(&hall, now).with_newcomer((cashier, None), PriorityClass::Ordinary, now);
    let (model, target) = comer.unwrap();
    let mut shut = model.clone();
    shut.posts.iter_mut().for_each(|post| post.state = super::PostState::Off);
    let answer = Forecaster::new().ask(&shut, &[target], 3, Budget::default());
    assert_eq!(answer, [None]);
    assert!(Forecaster::new().ask(&model, &[target], 3, Budget::default())[0].is_some());
}

#[test]
fn a_lunch_that_is_known_makes_the_wait_longer_and_a_tide_shorter() {
    let (hall, now) = a_busy_hall(30);
    let usual = told(model(&hall, now), "A", now);
    let mut lunch = plain(now);
    let (from, until) = (now + Millis::from_minutes(10), now + Millis::from_minutes(400));
    lunch.shut.push(Shut { window: "1".parse().unwrap(), from, until });
    let alone = told(model_with(&hall, now, &lunch), "A", now);
    assert!(alone > usual * 3 / 2, "{alone} beside {usual}");
    // Who waits for the cashier's queue is helped by a second window.
    let mut tide = plain(now);
    let queues = Vec::from(["S".parse().unwrap()]);
    tide.tides.push(Tide { window: "1".parse().unwrap(), queues, from: now, until });
    let (one, two) = (model_with(&hall, now, &plain(now)), model_with(&hall, now, &tide));
    assert_eq!(one.changes.len(), 0);
    assert_eq!(two.changes.len(), 1, "the tide that has begun ends once");
    let began = now + Millis::from_minutes(1);
    tide.tides[0].from = began;
    let (soon, later) = (model_with(&hall, now, &tide), told(one, "S", now));
    assert_eq!(soon.changes.len(), 2);
    assert!(told(soon, "S", now) < later, "{later}");
}

#[test]
fn before_the_windows_open_nobody_is_called() {
    let (hall, now) = a_busy_hall(2);
    let mut early = model(&hall, now);
    let opens = now + Millis::from_minutes(45);
    early.posts.iter_mut().for_each(|post| post.state = super::PostState::From(opens.0));
    assert!((45..60).contains(&told(early, "A", now)));
}

/// The model of a hall of which something was learned that the profile does not say.
fn model_of(hall: &Hall, now: Timestamp, change: impl Fn(&mut Learned)) -> Model {
    let mut learned = Learned::of_profile(hall.setup());
    change(&mut learned);
    Model::of(hall, now, &learned, Today::USUAL, &plain(now)).unwrap()
}

#[test]
fn who_gives_the_number_back_makes_the_wait_of_others_shorter() {
    let (hall, now) = a_busy_hall(40);
    let stay = told(model_of(&hall, now, |_| {}), "A", now);
    let leave = told(model_of(&hall, now, |it| it.strays.leave_per_hour = 1.0), "A", now);
    assert!(leave * 10 < stay * 8, "{leave} beside {stay}");
}

#[test]
fn who_is_called_by_hand_goes_before_those_whose_turn_it_is() {
    let (hall, now) = a_busy_hall(40);
    let range = |by_hand| {
        let model = model_of(&hall, now, |it| it.strays.by_hand = by_hand);
        let comer = ("A".parse().unwrap(), None);
        let (model, last) = model.with_newcomer(comer, PriorityClass::Ordinary, now).unwrap();
        Forecaster::new().ask(&model, &[last], 11, Budget::default())[0].unwrap()
    };
    // Whoever came last and is as likely as everybody else may be next, or last all the same.
    let (in_turn, by_hand) = (range(0.0), range(1.0));
    assert!(by_hand.low.0 * 3 < in_turn.low.0, "{by_hand:?} beside {in_turn:?}");
    assert!(by_hand.mid < in_turn.mid, "{by_hand:?} beside {in_turn:?}");
}

#[test]
fn who_is_away_for_a_moment_comes_back_to_the_window() {
    let (mut hall, now) = a_busy_hall(6);
    let without = told(model_of(&hall, now, |_| {}), "A", now);
    let hold = Command::Hold { window: "1".parse().unwrap() };
    let input = Input { at: now, luck: 1, by: Actor::Hall, request: None, command: hold };
    let events = hall.decide(&input).unwrap();
    events.iter().for_each(|event| hall.apply(event));
    let model = model_of(&hall, now, |it| it.strays.held_secs = 60.0);
    assert_eq!(model.held.len(), 1);
    // The service goes on: as much is to be done as if nobody had gone.
    let (with, forgotten) = (told(model.clone(), "A", now), {
        let mut forgotten = model;
        forgotten.held.clear();
        told(forgotten, "A", now)
    });
    assert!(with.abs_diff(without) <= 2 && forgotten + 3 <= with, "{without} {with} {forgotten}");
}

#[test]
fn who_is_only_asked_about_is_in_nobody_s_way_and_hears_what_a_newcomer_hears() {
    let (hall, now) = a_busy_hall(40);
    let plain = model(&hall, now);
    let waiting: Vec<u32> = (0..plain.people.len() as u32).collect();
    let alone = Forecaster::new().ask(&plain, &waiting, 5, Budget::default());
    let mut asked = plain.clone();
    let queues: Vec<_> = hall.setup().queues().iter().map(|queue| queue.id).collect();
    let about: Vec<u32> = queues
        .iter()
        .filter_map(|queue| asked.ask_about((*queue, None), PriorityClass::Ordinary))
        .collect();
    assert_eq!(about.len(), queues.len());
    let targets: Vec<u32> = waiting.iter().chain(&about).copied().collect();
    let all = {
        let budget = Budget { runs: 200, steps: u64::MAX };
        Forecaster::new().whole(&asked, (&targets, Millis(0)), 5, budget)
    };
    assert_eq!(all.waits[..waiting.len()], alone, "those who wait hear the same");
    assert_eq!(all.runs, 200);
    for (queue, told) in queues.iter().zip(&all.waits[waiting.len()..]) {
        let (told, one) = (told.unwrap(), self::told(plain.clone(), queue.as_str(), now));
        assert!((told.mid.0 / 60_000).abs_diff(one) <= 1 + one / 5, "{queue}: {told:?}, {one}");
    }
}

#[test]
fn the_hour_ahead_is_the_same_whoever_is_asked_about() {
    let (hall, now) = a_busy_hall(40);
    let plain = model(&hall, now);
    let (hour, budget) = (Millis::from_minutes(60), Budget { runs: 50, steps: u64::MAX });
    let alone = Forecaster::new().hour(&plain, hour, 5, budget).unwrap();
    let mut asked = plain;
    let ask = |queue: &Queue| asked.ask_about((queue.id, None), PriorityClass::Ordinary);
    let targets: Vec<u32> = hall.setup().queues().iter().filter_map(ask).collect();
    let whole = Forecaster::new().whole(&asked, (&targets, hour), 5, budget);
    assert_eq!(whole.hour, Some(alone), "nobody who is only asked about is counted");
    assert_eq!(whole.waits.len(), targets.len());
}

#[test]
fn a_queue_that_no_window_serves_is_not_asked_about() {
    let (hall, now) = a_busy_hall(5);
    let mut shut = model(&hall, now);
    shut.posts.iter_mut().for_each(|post| post.state = super::PostState::Off);
    let queue = hall.setup().queues()[0].id;
    assert_eq!(shut.ask_about((queue, None), PriorityClass::Ordinary), None);
    let lists = shut.posts[0].lists;
    shut.changes.push(super::super::model::Change { at: now.0 + 1, post: 0, lists });
    let served = shut.lists[usize::from(lists)].primary[0];
    let queue = hall.setup().queues()[usize::from(served)].id;
    assert!(shut.ask_about((queue, None), PriorityClass::Ordinary).is_some());
}

#[test]
fn where_everybody_is_asked_about_those_ahead_leave_all_the_same() {
    let (hall, now) = a_busy_hall(40);
    let leaving = model_of(&hall, now, |it| it.strays.leave_per_hour = 1.0);
    let everybody: Vec<u32> = (0..leaving.people.len() as u32).collect();
    let last = *everybody.last().unwrap();
    let alone = Forecaster::new().ask(&leaving, &[last], 5, Budget::default())[0].unwrap();
    let all = Forecaster::new().ask(&leaving, &everybody, 5, Budget::default());
    let among = all.last().unwrap().unwrap();
    assert_eq!(among, alone, "who is asked about with others hears the same as alone");
    let stay = model_of(&hall, now, |_| {});
    let if_nobody_left = Forecaster::new().ask(&stay, &[last], 5, Budget::default())[0].unwrap();
    assert!(among.mid.0 * 10 < if_nobody_left.mid.0 * 8, "{among:?} {if_nobody_left:?}");
}
