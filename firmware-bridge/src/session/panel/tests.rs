//! What a panel of so many lines shows.

use wire::{clock::Clock, spoken::Broadcast};

use super::*;
use crate::shelf::Shelf;

/// What runs on a panel of so many lines, and how many lines are left to the calls.
fn runs(lines: u16, said: Option<(&str, bool)>) -> (Option<(Tone, String)>, u16) {
    let mut panel = Shelf::built_in().get("screen-bx5k").unwrap().panel.clone().unwrap();
    panel.height = panel.font.dots() * lines;
    let face = HallScreenFace {
        hall_name: "云溪县政务服务中心".to_owned(),
        duty_leader: None,
        rows: Vec::new(),
        waiting: 0,
        zones: Vec::new(),
        running: vec!["不收取任何费用".to_owned()],
        zone: None,
        away: Vec::new(),
        notices: Vec::new(),
        broadcast: said.map(|(text, urgent)| Broadcast { text: text.to_owned(), at: 0, urgent }),
        clock: Clock { at: 0, speed: 1.0, utc_offset_minutes: 480 },
    };
    let areas = areas(&face, &panel);
    let calls: u16 = areas.iter().filter(|area| !area.runs).map(|area| area.height).sum();
    let runs = areas.into_iter().find(|area| area.runs).map(|area| area.lines[0].clone());
    (runs, calls / panel.font.dots())
}

#[test]
fn what_is_said_to_the_hall_runs_and_an_emergency_on_the_smallest_panel_too() {
    let (fire, lost) = ("请勿乘坐电梯，从最近出口离开", "请失主到导办台");
    let steady = |text: &str| Some((Tone::Steady, text.to_owned()));
    let urgent = || Some((Tone::Calling, fire.to_owned()));
    assert_eq!(runs(4, None), (steady("不收取任何费用"), 3));
    assert_eq!(runs(4, Some((lost, false))), (steady(lost), 3));
    assert_eq!(runs(4, Some((fire, true))), (urgent(), 3));
    assert_eq!(runs(2, Some((lost, false))), (None, 2), "calls need both lines");
    assert_eq!(runs(2, Some((fire, true))), (urgent(), 1));
    assert_eq!(runs(1, Some((fire, true))), (urgent(), 0));
}
