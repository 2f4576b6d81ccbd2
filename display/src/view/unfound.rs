//! A screen that is in no list of the hall, in words for whoever installs it.

use wire::{
    ids::DeviceId,
    screens::{NotFound, Role, Sought},
    texts::Texts,
};

use super::NoticeView;

/// What was sought, why nothing was found, and what to do.
pub fn notice(sought: Sought, why: &NotFound, texts: &Texts) -> NoticeView {
    let what = what(sought, texts);
    let list = |ids: &[DeviceId]| {
        let ids: Vec<&str> = ids.iter().map(DeviceId::as_str).collect();
        ids.join(texts.get("pages.join"))
    };
    let todo = match why {
        NotFound::Nowhere { others } => {
            let found = list(others);
            let others = match others.as_slice() {
                [] => String::new(),
                [..] => texts.fill("screen.unfound_others", &[("found", &found)]),
            };
            texts.fill("screen.unfound_nowhere", &[("what", &what), ("others", &others)])
        }
        NotFound::Several { found } => {
            let (n, found) = (found.len(), list(found));
            texts.fill("screen.unfound_several", &[("what", &what), ("n", &n), ("found", &found)])
        }
    };
    NoticeView {
        trouble: true,
        title: texts.get("screen.unfound_title").to_owned(),
        todo,
        since: None,
    }
}

/// The screen in words: its window or zone, and its role.
pub fn what(sought: Sought, texts: &Texts) -> String {
    let role = match sought.role {
        Role::Hall | Role::Other => "screen.role_hall",
        Role::Window => "screen.role_window",
        Role::Evaluator => "screen.role_evaluator",
    };
    let role = texts.get(role).to_owned();
    match (sought.window, sought.zone) {
        (Some(window), _) => {
            texts.fill("screen.at_window", &[("window", &window), ("what", &role)])
        }
        (None, Some(zone)) => texts.fill("screen.in_zone", &[("zone", &zone), ("what", &role)]),
        (None, None) => role,
    }
}
