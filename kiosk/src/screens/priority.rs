//! 优先服务: the groups that go before others; shown only when asked for.

use look::icon::Icon;
use wire::words::{PriorityClass, people::GrantReason};

use crate::model::{Model, message::Touch};

mod drawn;

pub use drawn::priority_ui;

/// The priority page.
#[derive(Debug, Clone, PartialEq)]
pub struct PriorityView {
    /// The question.
    pub title: String,
    /// That the card is checked at the window.
    pub hint: String,
    /// The groups, and none of them.
    pub choices: Vec<ClassTile>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassTile {
    /// What it does.
    pub touch: Touch,
    /// Its picture.
    pub icon: Option<Icon>,
    /// Its name.
    pub name: String,
    /// Who that is.
    pub hint: String,
    /// A switch that is on.
    pub chosen: bool,
}

/// 绿色通道: who may say so of themselves; papers and projects are the guide desk's to judge.
const GROUPS: [(GrantReason, Icon, &str); 4] = [
    (GrantReason::Elderly, Icon::Cane, "grant_reason.elderly"),
    (GrantReason::Disabled, Icon::Wheelchair, "grant_reason.disabled"),
    (GrantReason::Pregnant, Icon::Pregnant, "grant_reason.pregnant"),
    (GrantReason::Infant, Icon::Infant, "grant_reason.infant"),
];

/// Fills the page.
#[must_use]
pub fn fill(model: &Model) -> PriorityView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let tile =
        |(reason, icon, name): (Option<GrantReason>, Icon, &str), class, hint: &str| ClassTile {
            touch: Touch::Class(class, reason),
            icon: Some(icon),
            name: said(name),
            hint: said(hint),
            chosen: false,
        };
    let military = (PriorityClass::Military, "kiosk.priority_military_hint");
    let mut choices =
        vec![tile((None, Icon::Star, "kiosk.priority_military"), military.0, military.1)];
    if model.elder {
        // Four choices and no more: the window sees which of them it is.
        let all = (None, Icon::Person, "kiosk.priority_vulnerable");
        choices.push(tile(all, PriorityClass::Vulnerable, "kiosk.priority_vulnerable_all"));
    } else {
        choices.extend(GROUPS.map(|(reason, icon, name)| {
            tile((Some(reason), icon, name), reason.class(), "kiosk.priority_vulnerable")
        }));
    }
    choices.push(ClassTile {
        touch: Touch::Silent,
        icon: Some(Icon::Ear),
        name: said(if model.silent { "kiosk.silent_on" } else { "kiosk.priority_silent" }),
        hint: said("kiosk.priority_silent_hint"),
        chosen: model.silent,
    });
    choices.push(ClassTile {
        touch: Touch::Class(PriorityClass::Ordinary, None),
        icon: None,
        // Who only does not hear is one of them, and goes on.
        name: said(if model.silent { "kiosk.priority_go_on" } else { "kiosk.priority_no" }),
        hint: String::new(),
        chosen: false,
    });
    PriorityView {
        title: said("kiosk.priority_title"),
        hint: said("kiosk.priority_hint"),
        choices,
        elder: model.elder,
    }
}
