//! 服务评价: five equal faces, nothing preselected; the lower two ask for reasons.

use wire::words::{Rating, Reason};

use super::{
    list::{self, Pager},
    parts::Action,
};
use crate::model::{Model, message::Touch, service::Graded};

mod drawn;

pub use drawn::rating_ui;

/// The evaluation page.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingView {
    /// The question.
    pub title: String,
    /// That it is of free will, or that several may be chosen.
    pub hint: String,
    /// The five levels; none while reasons are asked for.
    pub levels: Vec<Level>,
    /// The reasons of a lower level.
    pub reasons: Vec<ReasonTile>,
    /// 提交.
    pub actions: Vec<Action>,
    /// The way through the reasons.
    pub pager: Option<Pager>,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// A level.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// What it does.
    pub touch: Touch,
    /// 非常满意.
    pub name: String,
    /// The mouth: 2 smiles most, −2 least.
    pub mouth: i8,
    /// It may be pressed now.
    pub enabled: bool,
}

/// A reason.
#[derive(Debug, Clone, PartialEq)]
pub struct ReasonTile {
    /// What it does.
    pub touch: Touch,
    /// Its words.
    pub name: String,
    /// It is chosen.
    pub chosen: bool,
}

const fn mouth(level: Rating) -> i8 {
    match level {
        Rating::VerySatisfied => 2,
        Rating::Satisfied => 1,
        Rating::Fair => 0,
        Rating::Dissatisfied => -1,
        Rating::VeryDissatisfied => -2,
    }
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, graded: &Graded) -> RatingView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let busy = model.asking.is_some();
    let lower = graded.level.filter(|level| level.is_negative());
    let Some(lower) = lower else {
        let levels = Rating::ALL.iter().rev().map(|level| Level {
            touch: Touch::Level(*level),
            name: said(&format!("rating.{level}")),
            mouth: mouth(*level),
            enabled: !busy,
        });
        return RatingView {
            title: said("kiosk.rating_title"),
            hint: said("kiosk.rating_hint"),
            levels: levels.collect(),
            reasons: Vec::new(),
            actions: Vec::new(),
            pager: None,
            elder: model.elder,
        };
    };
    let per_leaf = per_leaf(model);
    let reason = |reason: &Reason| ReasonTile {
        touch: Touch::Why(*reason),
        name: said(&format!("reason.{reason}")),
        chosen: graded.reasons.contains(reason),
    };
    let count = Reason::ALL.len().div_ceil(per_leaf);
    let submit = said(if busy { "kiosk.please_wait" } else { "kiosk.rating_submit" });
    let enabled = !graded.reasons.is_empty() && !busy;
    RatingView {
        title: texts.fill("kiosk.rating_why", &[("level", &texts.get(&format!("rating.{lower}")))]),
        hint: said("kiosk.rating_why_hint"),
        levels: Vec::new(),
        reasons: Reason::ALL
            .iter()
            .skip(graded.leaf * per_leaf)
            .take(per_leaf)
            .map(reason)
            .collect(),
        actions: vec![Action::primary(Touch::Submit, &submit).enabled(enabled)],
        pager: list::pager(model, graded.leaf, count),
        elder: model.elder,
    }
}

/// Reasons on one part.
#[must_use]
pub const fn per_leaf(model: &Model) -> usize {
    model.reasons_per_leaf()
}
