//! Whose sign-in an open page keeps: of whoever is at work, and of nobody else.

use hall::{command::Command, words::PauseReason};

use super::{Hall, WINDOW};
use crate::{
    access::{Identity, Role},
    pages::guard,
};

#[tokio::test]
async fn a_clerk_who_has_signed_on_is_at_work_until_they_pause() {
    let hall = Hall::open();
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    let name: hall::ids::DeviceId = "staff".parse().unwrap();
    let who = |role| Identity { staff: Some(staff), role, name, windows: Vec::new() };
    let works = |role, path| guard::works(&hall.app, &who(role), path);
    assert!(!works(Role::Desk, "/desk"), "nobody has signed on");
    hall.happens("on", Command::SignOn { window, staff }).await;
    assert!(works(Role::Desk, "/desk") && !works(Role::Desk, "/guide"));
    let pause = Command::Pause { window, reason: PauseReason::Meal, whereabouts: None };
    hall.happens("pause", pause).await;
    assert!(!works(Role::Desk, "/desk"), "whoever pauses is away");
    // A wall is for those who may only read.
    assert!(works(Role::Supervisor, "/board/wall") && !works(Role::Office, "/board/wall"));
}

#[tokio::test]
async fn the_page_says_after_how_long_nobody_is_there() {
    let hall = Hall::open();
    let board = hall.get("/board", &hall.cookie(Role::Office, &[])).await.text;
    assert!(board.contains("data-idles=\"1800\"") && board.contains("id=\"idle\""), "{board}");
    let reads = hall.get("/board", &hall.cookie_of("9005", Role::Supervisor)).await.text;
    assert!(reads.contains("data-idles=\"0\""), "{reads}");
    assert_eq!(hall.get("/still", "").await.to(), "/signin");
}
