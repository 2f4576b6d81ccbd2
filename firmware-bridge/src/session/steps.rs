//! The frames that bring a whole face onto a device, one after another.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use wire::{
    device::{Face, Job, Tone, Wanted},
    ids::WindowId,
    number::TicketNo,
    texts::{Language, Texts},
};

use super::{Wish, panel};
use crate::{
    dialects::{Area, Order},
    profile::{Kind, Profile},
};

/// How long a test picture stands.
const TEST_STANDS: Duration = Duration::from_secs(3);

/// One frame of a face.
#[derive(Debug, Clone)]
pub struct Step {
    /// What to send.
    pub order: Order,
    /// Not before.
    pub due: Instant,
    /// This long after the step before it was done.
    pub after: Duration,
    /// The revision that is shown when this step is done.
    pub shows: Option<u64>,
    /// How soon it wants the line.
    pub wish: Wish,
    /// Tests that are passed when this step is done.
    pub tests: Vec<Job>,
}

/// What a test picture says of the device.
#[derive(Debug, Clone, Copy)]
pub struct Tried {
    /// The window where it is thought to be.
    pub window: Option<WindowId>,
    /// Its address on the line.
    pub address: u8,
}

/// The steps of a face; none if there is nothing to send.
pub fn of(
    wanted: &Wanted,
    profile: &Profile,
    fresh: bool,
    asks: bool,
    now: Instant,
) -> VecDeque<Step> {
    let revision = wanted.revision;
    let wish = if fresh { Wish::Fresh } else { Wish::Again };
    let step =
        |order, after, shows| Step { order, due: now, after, shows, wish, tests: Vec::new() };
    let at_once = |order| step(order, Duration::ZERO, Some(revision));
    match (&wanted.face, profile.kind) {
        (Face::Strip { tone, .. }, Kind::Strip) => {
            let text = |text: &str| Order::Text { text: text.to_owned(), tone: *tone };
            let whole = text(text_or_space(wanted));
            let mut steps = VecDeque::from([at_once(whole.clone())]);
            if fresh && *tone == Tone::Calling && !text_is_empty(wanted) {
                let blink = profile.blink;
                for _ in 0..blink.times {
                    let (on, off) = (blink.on_millis, blink.off_millis);
                    steps.push_back(step(text(" "), Duration::from_millis(on), None));
                    steps.push_back(step(whole.clone(), Duration::from_millis(off), None));
                }
            }
            steps
        }
        (Face::Pad { no, waiting }, Kind::Pad) => {
            let rows = profile.show.len();
            let show = |row| Order::Show { row, no: *no, waiting: *waiting };
            (0..rows)
                .map(|row| step(show(row), Duration::ZERO, (row + 1 == rows).then_some(revision)))
                .collect()
        }
        (Face::Evaluator { ask: Some(_) }, Kind::Evaluator) if asks && profile.asks => {
            VecDeque::from([at_once(Order::Ask)])
        }
        (Face::HallScreen(face), Kind::Screen) => {
            let areas = profile.panel.as_ref().map(|found| panel::areas(face, found));
            areas.map(|areas| at_once(Order::Panel(areas))).into_iter().collect()
        }
        (
            Face::Strip { .. }
            | Face::Pad { .. }
            | Face::Evaluator { .. }
            | Face::HallScreen(_)
            | Face::WindowScreen(_)
            | Face::Tablet(_),
            Kind::Strip | Kind::Pad | Kind::Evaluator | Kind::Screen,
        ) => VecDeque::new(),
    }
}

/// A card is asked whether it is there before it gets anything.
pub fn greeting(now: Instant) -> Step {
    let (after, wish) = (Duration::ZERO, Wish::Again);
    Step { order: Order::Identify, due: now, after, shows: None, wish, tests: Vec::new() }
}

/// This runs on the panel already and would begin again, so only the rest is sent.
pub fn without_running(step: &mut Step, running: &Area) {
    if let Order::Panel(areas) = &mut step.order {
        areas.retain(|area| area != running);
    }
}

/// What runs on a panel when a step is done.
#[must_use]
pub fn running(step: &Step) -> Option<&Area> {
    let Order::Panel(areas) = &step.order else { return None };
    areas.iter().find(|area| area.runs)
}

/// A test picture, and after it the face again. A pad beeps and shows its address in the place of
/// a number.
pub fn test(
    tried: Tried,
    wanted: Option<&Wanted>,
    profile: &Profile,
    now: Instant,
) -> VecDeque<Step> {
    let orders = match (profile.kind, &profile.panel) {
        (Kind::Screen, Some(found)) => vec![Order::Panel(vec![panel::test(&words(tried), found)])],
        (Kind::Pad, _) => {
            let no = TicketNo { letter: 'A', number: tried.address.into() };
            let show = |row| Order::Show { row, no: Some(no), waiting: 0 };
            std::iter::once(Order::Beep).chain((0..profile.show.len()).map(show)).collect()
        }
        _ => vec![Order::Text { text: words(tried), tone: Tone::Calling }],
    };
    let step = |order| {
        let (after, wish) = (Duration::ZERO, Wish::Fresh);
        Step { order, due: now, after, shows: None, wish, tests: Vec::new() }
    };
    let mut steps: VecDeque<Step> = orders.into_iter().map(step).collect();
    let pictures = steps.len();
    steps.extend(wanted.map(|wanted| of(wanted, profile, false, false, now)).unwrap_or_default());
    if let Some(back) = steps.get_mut(pictures) {
        back.after = TEST_STANDS;
    }
    steps
}

fn words(tried: Tried) -> String {
    let texts = Texts::of(Language::Chinese);
    match tried.window {
        Some(window) => texts.fill("bridge.strip_test", &[("window", &window)]),
        None => texts.get("bridge.strip_test_no_window").to_owned(),
    }
}

/// A strip without text gets a space: the source does not say what an empty frame does.
fn text_or_space(wanted: &Wanted) -> &str {
    match &wanted.face {
        Face::Strip { text, .. } if !text.is_empty() => text,
        Face::Strip { .. }
        | Face::Pad { .. }
        | Face::Evaluator { .. }
        | Face::HallScreen(_)
        | Face::WindowScreen(_)
        | Face::Tablet(_) => " ",
    }
}

fn text_is_empty(wanted: &Wanted) -> bool {
    text_or_space(wanted) == " "
}
