//! 建议 and 试算: what would help a queue, and what one remedy would do, on copies of the hall. It takes
//! a core for a while, so whoever asks holds the turn.

use hall::{
    forecast::{
        advise::{Advice, Effort, Remedy, Scene, Tried, closing::Closing},
        ask::{Budget, Forecaster},
    },
    ids::QueueId,
    time::{Millis, Timestamp},
};

use super::{outlook, today};
use crate::app::App;

/// The same chance for everybody: asked twice at one moment it says the same.
const SEED: u64 = 0x3c3c_2d2d_1e1e_0f0f;

/// What may be done for a queue; none if the hall cannot be run forward now.
#[must_use]
pub fn advise(app: &App, queue: QueueId, span: Millis) -> Option<(Timestamp, Advice)> {
    tried(app, |scene, forecaster| {
        scene.advise(forecaster, queue, SEED, Effort { span, ..Effort::default() })
    })
}

/// What one remedy would do; none if the rules do not allow it now.
#[must_use]
pub fn what_if(app: &App, remedy: &Remedy, span: Millis) -> Option<(Timestamp, Tried)> {
    tried(app, |scene, forecaster| {
        scene.what_if(forecaster, remedy, SEED, Effort { span, ..Effort::default() })
    })
}

/// What an earlier end of the session would mean; none if the hall cannot be run forward now.
#[must_use]
pub fn closing(app: &App, ends: (Timestamp, Timestamp)) -> Option<Closing> {
    let Effort { runs, steps, .. } = Effort::default();
    tried(app, |scene, forecaster| scene.closing(forecaster, ends, SEED, Budget { runs, steps }))
        .map(|(_, closing)| closing)
}

fn tried<T>(
    app: &App,
    try_out: impl FnOnce(&Scene<'_>, &mut Forecaster) -> Option<T>,
) -> Option<(Timestamp, T)> {
    let (hall, now) = (app.engine.hall(), app.now());
    let outlook = outlook::of(app, &hall, now)?;
    let knowledge = app.forecasts.knowledge();
    let learned = &knowledge.learned;
    let today = today(learned, &hall, &outlook, now);
    let scene = Scene { hall: &hall, now, learned, today, outlook: &outlook };
    Some((now, try_out(&scene, &mut Forecaster::new())?))
}
