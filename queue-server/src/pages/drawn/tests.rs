use std::{
    sync::{
        Barrier,
        atomic::{AtomicU32, Ordering::SeqCst},
    },
    thread,
};

use super::*;

const BOARD: Part = ("board", Language::Chinese, false);

#[test]
fn a_hundred_lookers_cost_one_drawing() {
    let (drawn, drawings, together) = (Drawn::default(), AtomicU32::new(0), Barrier::new(100));
    let looks = || {
        together.wait();
        drawn.part(BOARD, "7", || {
            drawings.fetch_add(1, SeqCst);
            "seven".to_owned()
        })
    };
    thread::scope(|scope| {
        let lookers: Vec<_> = (0..100).map(|_| scope.spawn(looks)).collect();
        for looker in lookers {
            assert_eq!(&*looker.join().unwrap(), "seven");
        }
    });
    assert_eq!(drawings.load(SeqCst), 1);
}

#[test]
fn whatever_changes_is_drawn_anew_and_nobody_sees_what_is_for_others() {
    let drawn = Drawn::default();
    let part = |part, version: &str, text: &str| drawn.part(part, version, || text.to_owned());
    assert_eq!(&*part(BOARD, "1", "one"), "one");
    assert_eq!(&*part(BOARD, "1", "other"), "one", "nothing has changed");
    assert_eq!(&*part(BOARD, "2", "two"), "two");
    assert_eq!(&*part(("board", Language::English, false), "2", "en"), "en");
    assert_eq!(&*part(("board", Language::Chinese, true), "2", "reads"), "reads");
    assert_eq!(&*part(("wall", Language::Chinese, false), "2", "wall"), "wall");
}
