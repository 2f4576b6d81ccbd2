//! 帮办: who goes along with the visitor, noted by one key and taken back by one touch.

use super::Desk;

/// What stands beside the visitor's state.
pub struct HelpLine {
    /// "帮办 9002"; empty if nobody goes along.
    pub by: String,
    /// The mark may still be taken back.
    pub goes: bool,
}

impl Desk<'_> {
    /// Of whoever is at the window.
    pub(super) fn help_line(&self) -> Option<HelpLine> {
        let ticket = self.ticket?;
        let by = ticket.helped.map(|now| self.texts.fill("desk.helped_by", &[("no", &now.by)]));
        let goes = self.hall.may_take_back_helper(ticket, self.now);
        Some(HelpLine { by: by.unwrap_or_default(), goes })
    }
}
