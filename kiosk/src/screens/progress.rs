//! 排队查询: which numbers are called, and how many wait.

use look::icon::Icon;
use wire::board::RowState;

use super::{
    list::{self, TileState},
    parts::Action,
};
use crate::{
    limits,
    model::{Model, message::Touch},
};

mod drawn;

pub use drawn::progress_ui;

/// The progress page.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgressView {
    /// 现在叫到几号.
    pub title: String,
    /// The column heads: number, window, business.
    pub heads: [String; 3],
    /// The last calls, newest first.
    pub rows: Vec<Row>,
    /// What to say when there are none: bold and quiet.
    pub none: Option<(String, String)>,
    /// 各业务等候.
    pub waiting_title: String,
    /// Letter, name, words, and whether tickets are given.
    pub waiting: Vec<Line>,
    /// The ways to one's own number.
    pub actions: Vec<Action>,
    /// In 长者版 the words are larger and the second list is left out.
    pub elder: bool,
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The number.
    pub no: String,
    /// The window.
    pub window: String,
    /// The business.
    pub business: String,
    /// It is being called now, not yet served.
    pub called: bool,
    /// The same in words: shape and colour alone tell nobody.
    pub state: String,
}

/// A queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its letter.
    pub letter: String,
    /// Its name.
    pub name: String,
    /// How many wait.
    pub state: String,
    /// Tickets are given.
    pub open: bool,
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model) -> ProgressView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let rows: Vec<Row> = model
        .board
        .iter()
        .flat_map(|(board, _)| &board.calls)
        .filter_map(|call| {
            let called = match call.state {
                RowState::Called | RowState::Recalled => true,
                RowState::Serving => false,
                RowState::Paused => return None,
            };
            Some(Row {
                no: call.no?.to_string(),
                window: texts.fill("kiosk.progress_window_no", &[("window", &call.window)]),
                business: model.business_told((None, None), (None, &call.business)).to_owned(),
                called,
                state: said(if called { "screen.called" } else { "screen.serving" }),
            })
        })
        .take(limits::CALLS_SHOWN_MAX)
        .collect();
    let waiting = model
        .catalogue
        .iter()
        .flat_map(|catalogue| &catalogue.queues)
        .map(|queue| {
            let (state, open) = match list::state(model, Some(queue.id)) {
                TileState::Waiting(waiting) => {
                    (texts.fill("kiosk.fact_people", &[("n", &waiting.people)]), true)
                }
                TileState::Nobody(words) | TileState::Quiet(words) => (words, true),
                TileState::Off(words) => (words, false),
                TileState::Plain => (said("kiosk.tile_unknown"), true),
            };
            let name = model.queue_short_name(queue).to_owned();
            Line { letter: queue.letter.to_string(), name, state, open }
        })
        .collect();
    ProgressView {
        title: said("kiosk.progress_title"),
        heads: [
            said("kiosk.progress_no"),
            said("kiosk.progress_window"),
            said("kiosk.progress_business"),
        ],
        none: rows
            .is_empty()
            .then(|| (said("kiosk.progress_none"), said("kiosk.progress_none_hint"))),
        rows,
        waiting_title: said("kiosk.progress_waiting"),
        waiting,
        actions: vec![
            Action::primary(Touch::FindByNumber, texts.get("kiosk.find_by_number"))
                .icon(Icon::Search),
            Action::second(Touch::FindByCard, model.card_words("kiosk.find_by_card"))
                .icon(Icon::Person),
        ],
        elder: model.elder,
    }
}
