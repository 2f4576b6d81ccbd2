//! 离线取号 with the power going at every step: no number twice, no slip in a hand without its ticket.

use std::collections::BTreeSet;

use super::*;
use crate::alone::tests::hand;

fn alone(paper: bool) -> Order {
    let mut draft = slip_body();
    draft.no = wire::number::TicketNo { letter: 'A', number: 0 };
    Order { alone: true, draft: Some(Box::new(draft)), ..order(paper) }
}

impl World {
    fn desk_alone(&self) -> Desk<Twin, Watched, Tray, Quiet> {
        let desk = self.desk();
        let mut hand = hand(&[('A', 801, 825)]);
        (hand.book, hand.heard) = (desk.book.name(), self.shell.now());
        desk.with_numbers(Some(hand))
    }

    /// Gives out a number with the power going after so many steps; true if it went.
    fn number_until(&self, steps: Option<u32>, paper: bool) -> bool {
        let mut desk = self.desk_alone();
        self.power.0.set(steps);
        let done = catch_unwind(AssertUnwindSafe(|| desk.take(&alone(paper))));
        self.power.0.set(None);
        drop(desk);
        if done.is_err() {
            self.files.crash(u64::from(steps.unwrap_or(0)));
        }
        done.is_err()
    }

    fn printed(&self) -> Vec<String> {
        self.tray.numbers.borrow().clone()
    }

    fn handed_in(&self) -> Vec<(String, OfflineSlip)> {
        let hall = self.server.hall.borrow();
        hall.handed_in.iter().map(|ticket| (ticket.no.to_string(), ticket.slip)).collect()
    }
}

#[test]
fn the_power_may_go_at_any_step_of_a_number_given_out_alone() {
    for paper in [true, false] {
        for steps in 0.. {
            let world = World::new();
            world.server.hall.borrow_mut().silent = 1_000;
            let cut = world.number_until(Some(steps), paper);
            // Whoever comes after the start gets a number too.
            world.number_until(None, true);
            let printed = world.printed();
            let distinct: BTreeSet<&String> = printed.iter().collect();
            assert_eq!(distinct.len(), printed.len(), "twice after {steps}: {printed:?}");
            world.server.hall.borrow_mut().silent = 0;
            world.settle();
            let handed_in = world.handed_in();
            let mut numbers: Vec<&String> = handed_in.iter().map(|(no, _)| no).collect();
            for no in &printed {
                assert!(numbers.contains(&no), "{no} is in a hand and lost, after {steps}");
            }
            numbers.dedup();
            assert_eq!(numbers.len(), handed_in.len(), "handed in twice after {steps}");
            if !cut {
                assert!(
                    steps > if paper { 4 } else { 1 },
                    "the test cuts at every step, not only at {steps}"
                );
                break;
            }
        }
    }
}

#[test]
fn numbers_go_on_after_a_start_and_are_handed_in_in_their_order() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 1_000;
    for _ in 0..3 {
        world.number_until(None, true);
    }
    let mut desk = world.desk_alone();
    desk.take(&alone(false));
    assert_eq!(world.printed(), ["A801", "A802", "A803"]);
    // The server is back, hears the first, and is gone again.
    world.server.hall.borrow_mut().silent = 0;
    assert!(desk.settle_one());
    world.server.hall.borrow_mut().silent = 2;
    assert!(!desk.settle_one() && !desk.settle_one());
    while desk.settle_one() {}
    let expected = [("A801", true), ("A802", true), ("A803", true), ("A804", false)];
    let expected = expected.map(|(no, paper)| {
        (no.to_owned(), if paper { OfflineSlip::Printed } else { OfflineSlip::Without })
    });
    assert_eq!(world.handed_in(), expected);
}

#[test]
fn a_server_that_falls_silent_under_the_persons_hands_costs_no_ticket() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 1;
    let mut desk = world.desk_alone();
    desk.take(&Order { alone: false, ..alone(true) });
    assert_eq!(world.printed(), ["A801"], "one try, then a number of the kiosk's own");
    let told = world.shell.told.borrow();
    let taken = told
        .iter()
        .rev()
        .find_map(|msg| if let Msg::Taken(taken) = msg { Some(taken.slip.clone()) } else { None });
    assert!(taken.unwrap().offline);
    drop(told);
    while desk.settle_one() {}
    assert_eq!(world.server.states(), [TicketState::NotPrinted], "what was asked for is retired");
    assert_eq!(world.handed_in().len(), 1);
}

#[test]
fn without_numbers_the_person_is_told_that_nobody_answers() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 1_000;
    let mut desk = world.desk();
    desk.take(&alone(true));
    assert_eq!(world.shell.told.borrow().last(), Some(&Msg::NoAnswer));
    assert_eq!(world.printed(), [""; 0]);
}

#[test]
fn a_slip_that_did_not_come_out_is_not_handed_in_and_its_number_is_used() {
    let mut world = World::new();
    world.server.hall.borrow_mut().silent = 1_000;
    world.tray.fails = true;
    world.number_until(None, true);
    assert!(matches!(world.shell.told.borrow().last(), Some(Msg::AloneTold(_))));
    world.tray.fails = false;
    world.number_until(None, true);
    assert_eq!(world.printed(), ["A802"]);
    world.server.hall.borrow_mut().silent = 0;
    world.settle();
    assert_eq!(world.handed_in(), [("A802".to_owned(), OfflineSlip::Printed)]);
}

#[test]
fn a_record_that_was_lost_does_not_touch_the_numbers_of_the_old_one() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 1_000;
    world.number_until(None, true);
    let old = world.desk().book.name();
    let lost = World::new();
    let desk = lost.desk();
    assert_ne!(desk.book.name(), old);
    let mut hand = hand(&[('A', 801, 825)]);
    hand.book = old;
    let desk = desk.with_numbers(Some(hand));
    assert!(desk.next_own(&alone(true)).is_none());
}

#[test]
fn a_record_that_is_cleared_keeps_the_numbers_used() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 1_000;
    world.number_until(None, true);
    world.server.hall.borrow_mut().silent = 0;
    world.settle();
    // Each opening with nothing open clears the record.
    drop(world.desk());
    world.server.hall.borrow_mut().silent = 1_000;
    world.number_until(None, true);
    assert_eq!(world.printed(), ["A801", "A802"]);
}

#[test]
fn a_hall_that_has_not_opened_yet_gets_the_ticket_later() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 1_000;
    world.number_until(None, true);
    let mut desk = world.desk_alone();
    world.server.hall.borrow_mut().silent = 0;
    world.server.hall.borrow_mut().not_open = true;
    assert!(!desk.settle_one());
    assert_eq!(desk.open().len(), 1);
    world.server.hall.borrow_mut().not_open = false;
    assert!(desk.settle_one());
    assert_eq!(world.handed_in().len(), 1);
}
