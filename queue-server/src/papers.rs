//! 单据: the papers that a window gives: which one there is for the person now, and what it says.
//!
//! The same lines go to the window's slip printer and to the page that a browser prints. They say
//! what is asked of a case and until when; they never say whose it is.

mod agency;
mod guide;
mod lines;
mod outcome;

use hall::{
    Hall,
    ids::{LegId, WindowId},
    setup::Item,
    state::ticket::Ticket,
    words::TicketState,
};
use wire::papers::{Paper, PaperKind};

use crate::faces::View;
use lines::Lines;

/// 哪一张: a paper by what it is about, so that the same one again is known as printed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Which {
    /// The visit.
    pub leg: LegId,
    /// The paper.
    pub kind: PaperKind,
    /// How many notices were given before it was printed: another notice is another paper.
    pub notices: u8,
}

/// The person at a window with what papers say of the visit.
pub struct Visit<'a> {
    view: &'a View<'a>,
    window: WindowId,
    ticket: &'a Ticket,
    item: Option<&'a Item>,
}

impl<'a> Visit<'a> {
    /// The visit at a window; none if nobody is served there.
    #[must_use]
    pub fn at(view: &'a View<'a>, window: WindowId) -> Option<Self> {
        let hall: &Hall = view.hall;
        let ticket =
            hall.ticket_at(window).filter(|ticket| ticket.state == TicketState::Serving)?;
        let item = ticket.item.and_then(|item| hall.item_ever(item));
        Some(Self { view, window, ticket, item })
    }

    /// Whether there is such a paper now.
    #[must_use]
    pub fn has(&self, kind: PaperKind) -> bool {
        let desk = &self.ticket.leg().desk;
        match kind {
            PaperKind::Notice => !desk.missing.is_empty(),
            PaperKind::Receipt => desk.accepted.is_some(),
            PaperKind::Refusal => !desk.declined.is_empty(),
            PaperKind::Guide | PaperKind::Agency => self.item.is_some(),
        }
    }

    /// What the paper is about.
    #[must_use]
    pub fn which(&self, kind: PaperKind) -> Which {
        Which { leg: self.ticket.leg_id(), kind, notices: self.ticket.leg().desk.notices }
    }

    /// The paper; none if there is no such one now.
    #[must_use]
    pub fn paper(&self, kind: PaperKind) -> Option<Paper> {
        let desk = &self.ticket.leg().desk;
        let mut lines = Lines::new(self.view, kind);
        match kind {
            PaperKind::Notice => outcome::notice(self, &mut lines),
            PaperKind::Receipt => outcome::receipt(self, desk.accepted?, &mut lines),
            PaperKind::Refusal => outcome::refusal(self, &mut lines),
            PaperKind::Guide => guide::guide(self, self.item?, &mut lines),
            PaperKind::Agency => agency::agency(self, &mut lines),
        }
        self.has(kind).then(|| Paper { kind, again: false, lines: lines.end() })
    }

    /// 号码, 事项, 办件编号, 窗口: what every paper of a visit begins with.
    fn head(&self, lines: &mut Lines) {
        lines.pair("paper.no", self.ticket.no.to_string());
        if let Some(item) = self.item {
            lines.pair("paper.item", item.name.clone());
        }
        if let Some(case) = self.ticket.leg().desk.case.or(self.ticket.picks_up) {
            lines.pair("paper.case", case.to_string());
        }
        let name = self.view.profile.setup.window(self.window).map_or("", |found| &found.name);
        let window = self.view.texts.fill("pages.window_no", &[("no", &self.window)]);
        lines.pair("paper.window", format!("{window} {name}").trim_end().to_owned());
    }

    /// 日期, 电话, 盖章: what every paper of a visit ends with.
    fn foot(&self, date: &str, lines: &mut Lines) {
        lines.pair(date, self.view.clock.written(self.view.now));
        let phones = &self.view.profile.details;
        for (label, phone) in
            [("paper.phone", &phones.guide_phone), ("paper.supervision", &phones.supervision_phone)]
        {
            if !phone.is_empty() {
                lines.pair(label, phone.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests;
