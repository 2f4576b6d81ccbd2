//! 取号: what is told to somebody who takes a ticket now. Mostly it stands in the picture; if the hall
//! has changed since, one person is asked about alone, and never for longer than a printer needs to
//! wake up.

use std::{
    sync::{PoisonError, atomic::Ordering::Relaxed},
    time::{Duration, Instant},
};

use hall::{
    Hall,
    command::{Command, Input},
    event::{Fact, issued::Issued, wait_range::Estimate},
    forecast::{
        ask::{Budget, Forecast, Forecaster},
        outlook::Outlook,
    },
    ids::RequestId,
    time::Timestamp,
    views::estimates,
    words::Actor,
};

use super::{Forecasts, Picture, outlook};
use crate::app::App;

/// Nobody waits longer for a number because of its range.
const WITHIN: Duration = Duration::from_millis(25);

/// Alone is asked at most so often …
const ALONE_EVERY: Duration = Duration::from_millis(250);

/// … and after so many times as long as the last one took.
const ALONE_REST_TIMES: u32 = 20;

/// The same chance for everybody.
const SEED: u64 = 0x0f0f_1e1e_2d2d_3c3c;

/// Puts what is told into a command that takes a ticket; every other goes as it came.
pub async fn told(app: &App, by: &Actor, request: Option<RequestId>, command: Command) -> Command {
    let (Command::Issue(_) | Command::CheckIn(_)) = &command else { return command };
    let now = app.now();
    let input = Input { at: now, luck: 0, by: by.clone(), request, command };
    let would_be = app.read(|hall| Some((would_be(hall, &input)?, outlook::of(app, hall, now))));
    let mut command = input.command;
    let Some((issued, outlook)) = would_be else { return command };
    let found = reckon(app, &issued, outlook, now).await;
    if let Command::Issue(issue) = &mut command {
        issue.estimate = found;
    } else if let Command::CheckIn(check_in) = &mut command {
        check_in.estimate = found;
    }
    command
}

/// The ticket that would be made; none if the hall would say no, or has answered this asking before.
fn would_be(hall: &Hall, input: &Input) -> Option<Issued> {
    let events = hall.decide(input).ok()?;
    let issued = |fact| if let Fact::Issued(issued) = fact { Some(issued) } else { None };
    events.into_iter().find_map(|event| issued(event.fact))
}

async fn reckon(
    app: &App,
    issued: &Issued,
    outlook: Option<Outlook>,
    now: Timestamp,
) -> Option<Estimate> {
    let picture = app.forecasts.fresh(now);
    let of_picture = picture.and_then(|picture| of_picture(&picture, issued));
    let found = match of_picture {
        Some(forecast) => Some(forecast),
        None => alone(app, issued, outlook?, now).await,
    };
    // By the queue's length, as the hall itself reckons it.
    let found = found.map(|forecast| forecast.estimate());
    let found = found.or_else(|| Some(estimates::by_range(issued.wait?)))?;
    Some(Estimate { untold: app.forecasts.is_silent(issued.queue), ..found })
}

/// What the picture says, if this person stands as somebody did who came then.
fn of_picture(picture: &Picture, issued: &Issued) -> Option<Forecast> {
    let is_apart = issued.item.is_some_and(|item| picture.items_apart.contains(&item));
    let newcomer = picture.of_newcomer(issued.queue, issued.class)?;
    let is_as_then = newcomer.ahead == issued.ahead && issued.waits_from.is_none() && !is_apart;
    is_as_then.then_some(newcomer.forecast)
}

/// Runs the hall forward for this one person, if there is time.
async fn alone(app: &App, issued: &Issued, outlook: Outlook, now: Timestamp) -> Option<Forecast> {
    if !app.forecasts.may_ask_alone() {
        return None;
    }
    let (asked, engine, forecasts) = (issued.clone(), app.engine.clone(), app.forecasts.clone());
    let asking = tokio::task::spawn_blocking(move || {
        let begun = Instant::now();
        let model = forecasts.model(&engine.hall(), now, &outlook);
        let since = asked.waits_from.unwrap_or(now);
        let of = (asked.queue, asked.item);
        let found = model.and_then(|model| model.with_newcomer(of, asked.class, since));
        let found = found.and_then(|(model, target)| {
            Forecaster::new().ask(&model, &[target], SEED, Budget::default()).pop().flatten()
        });
        forecasts.asked_alone(begun.elapsed());
        found
    });
    tokio::time::timeout(WITHIN, asking).await.ok()?.ok()?
}

impl Forecasts {
    /// Takes the right to ask alone, which comes back after a rest.
    pub(super) fn may_ask_alone(&self) -> bool {
        let mut alone = self.shared.alone.lock().unwrap_or_else(PoisonError::into_inner);
        let may = self.shared.at_work.load(Relaxed) && Instant::now() >= *alone;
        if may {
            *alone = Instant::now() + ALONE_EVERY;
        }
        may
    }

    pub(super) fn asked_alone(&self, took: Duration) {
        let mut alone = self.shared.alone.lock().unwrap_or_else(PoisonError::into_inner);
        *alone = (*alone).max(Instant::now() + took * ALONE_REST_TIMES);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.shared.spent.fetch_add(micros, Relaxed);
    }
}
