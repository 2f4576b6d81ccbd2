//! 撤回: the last press, offered to be taken back as long as that is true.

use std::fmt::Display;

use super::Desk;

/// A press that may be taken back.
pub struct TakeBack {
    /// "撤回 A012 的过号".
    pub text: String,
    /// What was said once it is done.
    pub done: String,
}

impl Desk<'_> {
    /// The press that may be taken back now.
    pub(super) fn take_back(&self) -> Option<TakeBack> {
        let (last, ticket, _) = self.hall.press_to_take_back(self.id, self.now)?;
        let press = self.texts.get(&format!("press.{}", last.press)).to_owned();
        let (no, press): (&dyn Display, &dyn Display) = (&ticket.no, &press);
        let told = [("no", no), ("press", press)];
        Some(TakeBack {
            text: self.texts.fill("desk.take_back", &told),
            done: self.texts.fill("desk.take_back_done", &told),
        })
    }
}
