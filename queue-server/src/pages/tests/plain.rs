//! The desk where no script runs: its keys are forms, and mean what they mean elsewhere.

use axum::http::StatusCode;
use hall::words::WindowState;

use super::{Hall, OURS, THEIRS, WINDOW};
use crate::access::Role;

impl Hall {
    fn state(&self) -> WindowState {
        self.app.read(|hall| hall.window_state(WINDOW.parse().unwrap(), self.app.now()))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_a_form_and_sent_twice_it_is_one_press() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    let sends = async |to: &str, order: &str, again: &str| {
        let form = format!("window={WINDOW}&order={order}&again={again}");
        hall.post(&format!("/desk/{to}"), &cookie, OURS, &form).await
    };
    let done = sends("duty", "sign-on", "one").await;
    assert_eq!(done.to(), format!("/desk?window={WINDOW}&said=sign-on"), "{}", done.text);
    let page = hall.led(&done, &cookie).await;
    assert!(page.text.contains("已上岗"), "{}", page.text);
    for each in ["1", "2", "3"] {
        hall.issue(each).await;
    }
    for _ in 0..2 {
        assert_eq!(sends("order", "call-next", "two").await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(hall.state(), WindowState::Calling);
    let waiting = hall.app.read(|hall| hall::order::waiting(hall, "M".parse().unwrap()));
    assert_eq!(waiting, 2, "two presses of one page called one person");
    let refused = sends("order", "no-show", "three").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("class=\"said no\"") && refused.text.contains("id=\"k-F2\""));
    sends("order", "start", "four").await;
    // A reason that is none, a paper that is none, nothing ticked, nowhere to go.
    for (to, order) in [
        ("order", "pause:nowhere"),
        ("order", "print:nothing"),
        ("order", "notice"),
        ("order", "reactivate:x"),
        ("send", "send"),
    ] {
        let no = sends(to, order, order).await;
        assert!(no.status.is_client_error(), "{order}: {}", no.status);
        assert!(no.text.contains("class=\"said no\""), "{order}: {}", no.text);
    }
    assert_eq!(hall.state(), WindowState::Serving, "nothing came of them");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_goes_only_where_the_trail_knows_it() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    for order in ["sign-on", "take-back", "verify", "unfit", "send"] {
        let form = format!("window={WINDOW}&order={order}&again={order}");
        let no = hall.post("/desk/order", &cookie, OURS, &form).await;
        assert_eq!(
            no.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{order} is no order of this address"
        );
    }
    assert_eq!(hall.state(), WindowState::Closed);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_presses_the_keys_of_a_window() {
    let hall = Hall::open();
    let (clerk, form) = (hall.cookie(Role::Desk, &["1"]), "order=sign-on&again=a&window=20");
    let foreign = hall.post("/desk/duty", &clerk, THEIRS, form).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let elsewhere = hall.post("/desk/duty", &clerk, OURS, form).await;
    assert!(elsewhere.status.is_client_error(), "{}", elsewhere.status);
    let manager = hall.cookie(Role::Office, &[]);
    let led = hall.post("/desk/duty", &manager, OURS, form).await;
    assert_eq!(led.to(), "/board", "who manages is led to their own page");
    assert_eq!(hall.state(), WindowState::Closed);
}
