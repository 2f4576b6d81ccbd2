use kiosk::gallery;
use queue_server::profile::Profile;

use super::{Kept, WAITING_MAX};
use crate::demo::profile_folder;

fn kept() -> Kept {
    let profile = Profile::read(&profile_folder("county-24")).expect("the sample hall is right");
    Kept::of(&profile.setup, "1".parse().expect("a window"))
}

#[test]
fn window_1_never_has_more_people_than_its_visitor_can_serve() {
    let (kept, queue) = (kept(), "A".parse().expect("a queue"));
    assert!(kept.holds(queue));
    assert!(!kept.holds("L".parse().expect("a queue")), "the crowd is free elsewhere");
    let (mut board, _) = gallery::sample().board.expect("the gallery has a board");
    for (waiting, comes) in [(0, true), (WAITING_MAX - 1, true), (WAITING_MAX, false), (60, false)]
    {
        for line in board.queues.iter_mut().filter(|line| line.id == queue) {
            line.waiting = waiting;
        }
        assert_eq!(kept.lets_in(&board), comes, "{waiting} wait");
    }
}
