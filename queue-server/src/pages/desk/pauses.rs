//! 暂停: the reasons, and 去向: where the clerk goes.

use hall::{
    time::Timestamp,
    words::{PauseReason, post::Whereabouts},
};

use super::Desk;

/// A reason to pause.
pub struct PauseRow {
    pub reason: &'static str,
    pub name: String,
    /// Where the clerk goes unless they say something else.
    pub goes: String,
}

/// A destination that may be chosen instead; an empty one follows the reason.
pub struct Where {
    pub value: &'static str,
    pub name: String,
}

/// Destinations during a pause; who is on duty or off duty does not pause.
const WHERES: [Whereabouts; 5] = [
    Whereabouts::Away,
    Whereabouts::Meeting,
    Whereabouts::Study,
    Whereabouts::Errand,
    Whereabouts::Leave,
];

impl Desk<'_> {
    /// Why the window pauses, and since when.
    pub(super) fn paused(&self) -> Option<(PauseReason, Timestamp)> {
        self.hall.window(self.id).and_then(|window| window.paused)
    }

    /// What stands in the place of the number while nobody is at the window: the reason of a pause,
    /// or how the window stands.
    pub(super) fn idle(&self) -> String {
        let key = self.paused().map_or_else(
            || format!("desk.idle_{}", self.state),
            |(reason, _)| format!("pause_reason.{reason}"),
        );
        self.texts.get(&key).to_owned()
    }

    pub(super) fn pause_rows(&self) -> Vec<PauseRow> {
        let row = |reason: &PauseReason| PauseRow {
            reason: reason.as_str(),
            name: self.texts.get(&format!("pause_reason.{reason}")).to_owned(),
            goes: self.texts.fill("desk.goes", &[("where", &self.place(reason.whereabouts()))]),
        };
        PauseReason::ALL.iter().map(row).collect()
    }

    pub(super) fn wheres(&self) -> Vec<Where> {
        let as_reason =
            Where { value: "", name: self.texts.get("desk.where_as_reason").to_owned() };
        let named = |each: Whereabouts| Where { value: each.as_str(), name: self.place(each) };
        std::iter::once(as_reason).chain(WHERES.map(named)).collect()
    }

    pub(super) fn place(&self, place: Whereabouts) -> String {
        self.texts.get(&format!("whereabouts.{place}")).to_owned()
    }
}
