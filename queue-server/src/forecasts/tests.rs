//! One picture says the same to everybody, an old one says nothing, and a silent queue is remembered.

use std::{sync::Arc, time::Duration};

use hall::{
    command::Command,
    event::wait_range::{Estimate, WaitRange},
    ids::{QueueId, TicketId},
    time::{Millis, Timestamp},
    words::{EstimatedBy, PriorityClass},
};
use tokio::sync::watch;
use wire::texts::Language;

use super::{Forecasts, Knowledge, start};
use crate::{
    app::App,
    engine::{Told, Wish},
    http::limits::LimitSettings,
    testing::{self, issue_command, ticket_of, wait_until, wish},
};

const M: &str = "M";

struct Morning {
    app: Arc<App>,
    stop: watch::Sender<bool>,
    _data: tempfile::TempDir,
}

impl Morning {
    /// A hall with a clerk for queue M, and so many people who wait there.
    async fn with(people: usize) -> Self {
        let (app, data, stop) = testing::app(LimitSettings::default());
        let morning = Self { app, stop, _data: data };
        let setup = &morning.app.profile.setup;
        let window = setup.windows_serving(queue()).next().unwrap().id;
        let mut posts = morning.app.profile.posts.iter();
        let staff = posts.find(|post| post.windows.contains(&window)).unwrap().no;
        morning.happens("on", Command::SignOn { window, staff }).await;
        for person in 0..people {
            morning.takes(&format!("person {person}")).await;
        }
        morning
    }

    async fn happens(&self, request: &str, command: Command) -> Told {
        self.app.engine.ask(wish("kiosk-1", request, command)).await.unwrap()
    }

    /// Takes a ticket as a kiosk's asking does: with what is told.
    async fn takes(&self, request: &str) -> TicketId {
        let Wish { by, request, command } = wish("kiosk-1", request, issue_command());
        let command = super::told(&self.app, &by, request, command).await;
        ticket_of(self.app.engine.ask(Wish { by, request, command }).await.unwrap())
    }

    fn estimate(&self, ticket: TicketId) -> (Option<WaitRange>, Estimate) {
        self.app.read(|hall| {
            let ticket = hall.ticket(ticket).unwrap();
            (ticket.wait, ticket.estimate.unwrap())
        })
    }

    fn silence(&self) {
        let known = Knowledge::clone(&self.app.forecasts.knowledge());
        self.app.forecasts.know(Knowledge { silent: [queue()].into(), ..known });
    }
}

fn queue() -> QueueId {
    M.parse().unwrap()
}

fn forecasts_of(app: &App, ticket: TicketId, now: Timestamp) -> Option<WaitRange> {
    app.read(|hall| app.forecasts.wait_of(hall, hall.ticket(ticket).unwrap(), now))
}

#[tokio::test]
async fn everybody_reads_the_same_picture() {
    let morning = Morning::with(6).await;
    let (app, now) = (&morning.app, morning.app.now());
    assert!(app.forecasts.snapshot().is_none());
    app.forecast_now();
    let picture = app.forecasts.snapshot().unwrap();
    assert_eq!((picture.sequence, picture.at), (app.sequence(), now));
    let comer = picture.of_newcomer(queue(), PriorityClass::Ordinary).unwrap();
    assert_eq!(comer.ahead, 6);
    let green = picture.of_newcomer(queue(), PriorityClass::Vulnerable).unwrap();
    assert!(green.forecast.mid < comer.forecast.mid && green.ahead == 0);
    // A kiosk's tile, the next ticket and its owner's telephone.
    let board = app.board(Language::Chinese);
    let tile = board.queues.iter().find(|line| line.id == queue()).unwrap().wait.unwrap();
    let next = morning.takes("next").await;
    let (wait, estimate) = morning.estimate(next);
    assert_eq!(wait.map(Into::into), Some(tile));
    assert_eq!(wait, Some(comer.forecast.range(true)));
    assert_eq!(estimate, comer.forecast.estimate());
    assert_eq!(estimate.by, EstimatedBy::Forward);
    let first = app.read(|hall| hall.tickets().next().unwrap().id);
    let told = picture.tickets[&first].forecast;
    assert_eq!(forecasts_of(app, first, now), Some(told.range(false)));
    let (later, minutes) = (now + Millis::from_minutes(1), Millis::from_minutes(1));
    assert_eq!(forecasts_of(app, first, later), Some(told.after(minutes).range(false)));
}

#[tokio::test]
async fn where_no_picture_is_fresh_the_queue_s_length_answers_and_the_record_says_so() {
    let morning = Morning::with(6).await;
    let (app, now) = (&morning.app, morning.app.now());
    let by_length = |at| {
        app.read(|hall| {
            hall::forecast::wait_of_newcomer(hall, queue(), PriorityClass::Ordinary, at)
        })
    };
    let comer = (queue(), PriorityClass::Ordinary);
    let told = |at| app.read(|hall| app.forecasts.wait_of_newcomer(hall, comer, at));
    assert_eq!(told(now), by_length(now));
    let before = morning.takes("before").await;
    let (wait, estimate) = morning.estimate(before);
    assert!(wait.is_some() && estimate.by == EstimatedBy::QueueLength);
    app.forecast_now();
    let old = now + Millis::from_minutes(3);
    assert_eq!(told(old), by_length(old), "the picture is too old");
    // The picture knows nobody who stands behind one more person.
    morning.takes("one more").await;
    let (_, estimate) = morning.estimate(morning.takes("and another").await);
    assert_eq!(estimate.by, EstimatedBy::QueueLength);
}

#[tokio::test]
async fn a_silent_queue_tells_nothing_and_goes_on_being_judged() {
    let morning = Morning::with(6).await;
    let app = &morning.app;
    app.forecast_now();
    morning.silence();
    let ticket = morning.takes("told nothing").await;
    let (wait, estimate) = morning.estimate(ticket);
    assert!(wait.is_none() && estimate.untold && estimate.by == EstimatedBy::Forward);
    let board = app.board(Language::Chinese);
    let tile = board.queues.iter().find(|line| line.id == queue()).unwrap();
    assert_eq!((tile.wait, tile.waiting), (None, 7), "people ahead only");
    assert_eq!(forecasts_of(app, ticket, app.now()), None);
}

#[tokio::test]
async fn an_asking_that_is_sent_again_is_not_reckoned_again() {
    let morning = Morning::with(1).await;
    let first = morning.takes("twice").await;
    let told = morning.estimate(first);
    morning.app.forecast_now();
    assert_eq!(morning.takes("twice").await, first);
    assert_eq!(morning.estimate(first), told);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_thread_follows_the_hall_and_ends_with_the_server() {
    let morning = Morning::with(3).await;
    let app = morning.app.clone();
    let thread = start(app.clone()).unwrap();
    let follows = || app.forecasts.snapshot().is_some_and(|it| it.sequence == app.sequence());
    tokio::task::block_in_place(|| wait_until("there is a picture", follows));
    let mut said = app.forecasts.said();
    said.borrow_and_update();
    morning.takes("one more").await;
    tokio::task::block_in_place(|| wait_until("there is another picture", follows));
    // It is said a moment after it is shown.
    let again = || said.has_changed().unwrap();
    tokio::task::block_in_place(|| wait_until("whoever looks is told to look again", again));
    assert_eq!(app.forecasts.snapshot().unwrap().tickets.len(), 4);
    let spent = app.forecasts.spent();
    assert!(spent.pictures >= 2 && spent.failed == 0 && spent.time > Duration::ZERO);
    morning.stop.send_replace(true);
    tokio::task::block_in_place(|| thread.join().unwrap());
    assert!(!app.forecasts.may_ask_alone(), "nobody is asked alone once the thread has ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_stands_otherwise_than_the_picture_is_asked_about_alone_and_not_again_at_once() {
    let morning = Morning::with(3).await;
    let forecasts: &Forecasts = &morning.app.forecasts;
    assert!(!forecasts.may_ask_alone(), "no thread is at work");
    let thread = start(morning.app.clone()).unwrap();
    tokio::task::block_in_place(|| wait_until("one may ask", || forecasts.may_ask_alone()));
    assert!(!forecasts.may_ask_alone());
    forecasts.asked_alone(Duration::from_secs(1));
    std::thread::yield_now();
    assert!(!forecasts.may_ask_alone(), "twenty times as long is rested");
    morning.stop.send_replace(true);
    tokio::task::block_in_place(|| thread.join().unwrap());
}
