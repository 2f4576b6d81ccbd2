//! What became of a reload, in words.

use hall::setup::obstacle::Obstacle;
use wire::texts::Texts;

use super::{ReloadFault, Reloaded};

/// Why something of today is in the way.
#[must_use]
pub fn obstacle(obstacle: &Obstacle, texts: &Texts) -> String {
    let what = obstacle.subject().unwrap_or_default();
    texts.fill(&format!("reload.{}", obstacle.code()), &[("what", &what)])
}

/// What became of it, a line each: first what, then why.
#[must_use]
pub fn lines(outcome: &Result<Reloaded, ReloadFault>, texts: &Texts) -> Vec<String> {
    let text = |key: &str| texts.get(key).to_owned();
    match outcome {
        Ok(Reloaded::Unchanged) => vec![text("reload.unchanged")],
        Ok(Reloaded::Now) => vec![text("reload.now")],
        Ok(Reloaded::Restart) => vec![text("reload.restart")],
        Ok(Reloaded::Tonight(obstacles)) => {
            let why = obstacles.iter().map(|each| obstacle(each, texts));
            std::iter::once(text("reload.tonight")).chain(why).collect()
        }
        Err(ReloadFault::Profile(problems)) => {
            let line = |problem: &crate::profile::Problem| {
                format!("{}: {}", problem.place(), problem.sentence(texts.language()))
            };
            let first = texts.fill("reload.wrong", &[("n", &problems.len())]);
            std::iter::once(first).chain(problems.iter().map(line)).collect()
        }
        Err(fault @ (ReloadFault::Keep(_) | ReloadFault::Engine(_) | ReloadFault::Stopping)) => {
            vec![texts.fill("reload.fault", &[("why", &chain(fault))])]
        }
    }
}

/// An error with everything behind it.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
