//! What somebody did not find is never lost between the disk and the hall, and handed in once.

use super::*;
use crate::model::lacking::Lacking;

fn said(words: &str) -> Lacking {
    Lacking { department: Some("人社局".to_owned()), words: Some(words.to_owned()) }
}

impl World {
    /// A desk with what the disk says is still to be handed in.
    fn desk_owing(&self) -> Desk<Twin, Watched, Tray, Quiet> {
        let mut desk = self.desk();
        let unfound = desk.book.book.take_unfound();
        desk.with_unfound(unfound)
    }

    /// Distinct words that came to the hall.
    fn came(&self) -> Vec<String> {
        let hall = self.server.hall.borrow();
        hall.unfound.iter().map(|said| said.words.clone().unwrap()).collect()
    }
}

#[test]
fn the_power_may_go_at_any_step_of_what_somebody_did_not_find() {
    for steps in 0.. {
        let world = World::new();
        let mut desk = world.desk_owing();
        world.power.0.set(Some(steps));
        let done = catch_unwind(AssertUnwindSafe(|| {
            desk.keep_unfound(said("subsidy"));
            while desk.settle_unfound() {}
        }));
        world.power.0.set(None);
        drop(desk);
        if done.is_err() {
            world.files.crash(u64::from(steps));
        }
        let was_told = world.shell.told.borrow().contains(&Msg::LackingKept(true));
        let mut desk = world.desk_owing();
        while desk.settle_unfound() {}
        assert!(!desk.owes_unfound());
        let came = world.came();
        assert!(came.len() <= 1, "twice after {steps}");
        assert!(!was_told || came.len() == 1, "lost after {steps}");
        if done.is_ok() {
            assert!(steps > 2, "the power never went");
            return;
        }
    }
}

#[test]
fn while_the_server_is_away_it_waits_on_the_disk_also_over_a_new_start() {
    let world = World::new();
    world.server.hall.borrow_mut().silent = 1_000;
    let mut desk = world.desk_owing();
    for words in ["first", "second"] {
        desk.keep_unfound(said(words));
    }
    assert!(!desk.settle_unfound());
    drop(desk);
    world.server.hall.borrow_mut().silent = 0;
    let mut desk = world.desk_owing();
    while desk.settle_unfound() {}
    assert_eq!(world.came(), ["first", "second"]);
    drop(desk);
    assert!(!world.desk_owing().owes_unfound(), "what is settled is not kept");
}

#[test]
fn what_the_hall_does_not_take_stops_nothing_and_a_full_kiosk_says_so() {
    let world = World::new();
    let mut desk = world.desk_owing();
    world.server.hall.borrow_mut().refuse = true;
    desk.keep_unfound(said("too much"));
    assert!(desk.settle_unfound() && !desk.owes_unfound());
    world.server.hall.borrow_mut().silent = 1_000;
    for _ in 0..=limits::UNFOUND_OPEN_MAX {
        desk.keep_unfound(said("again"));
    }
    let told = world.shell.told.borrow();
    let kept = |kept| told.iter().filter(|msg| **msg == Msg::LackingKept(kept)).count();
    assert_eq!((kept(true), kept(false)), (limits::UNFOUND_OPEN_MAX + 1, 1));
}

#[test]
fn a_list_that_is_full_drops_nothing_and_is_asked_again_later() {
    let world = World::new();
    world.server.hall.borrow_mut().full = true;
    let mut desk = world.desk_owing();
    for words in ["first", "second"] {
        desk.keep_unfound(said(words));
    }
    assert!(!desk.settle_unfound() && desk.owes_unfound());
    let calls = world.server.hall.borrow().calls;
    assert!(!desk.settle_unfound());
    assert_eq!(world.server.hall.borrow().calls, calls, "it is not asked again at once");
    drop(desk);

    // Tomorrow, after a new start.
    world.server.hall.borrow_mut().full = false;
    let mut desk = world.desk_owing();
    while desk.settle_unfound() {}
    assert_eq!(world.came(), ["first", "second"]);

    // The same without a new start.
    world.server.hall.borrow_mut().full = true;
    desk.keep_unfound(said("third"));
    assert!(!desk.settle_unfound());
    world.server.hall.borrow_mut().full = false;
    desk.shell.later = i64::from(limits::UNFOUND_FULL_SECS) * 1_000;
    assert!(desk.settle_unfound() && !desk.owes_unfound());
}
