//! 优先服务: the two classes a person may claim; shown only when asked for.

use look::icon::Icon;
use wire::words::PriorityClass;

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
    /// The classes, and none of them.
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
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model) -> PriorityView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let tile = |class, name: &str, hint: &str| ClassTile {
        touch: Touch::Class(class),
        icon: Some(Icon::Person),
        name: said(name),
        hint: said(hint),
    };
    PriorityView {
        title: said("kiosk.priority_title"),
        hint: said("kiosk.priority_hint"),
        choices: vec![
            tile(
                PriorityClass::Military,
                "kiosk.priority_military",
                "kiosk.priority_military_hint",
            ),
            tile(
                PriorityClass::Vulnerable,
                "kiosk.priority_vulnerable",
                "kiosk.priority_vulnerable_hint",
            ),
            ClassTile {
                touch: Touch::Class(PriorityClass::Ordinary),
                icon: None,
                name: said("kiosk.priority_no"),
                hint: String::new(),
            },
        ],
        elder: model.elder,
    }
}
