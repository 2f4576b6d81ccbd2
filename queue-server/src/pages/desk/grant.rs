//! 优先: what stands beside a visitor who goes before others, and what the clerk is to look at.

use hall::{
    state::ticket::Granted,
    words::{Actor, Channel},
};

use super::Desk;

/// One line about the visitor's class.
pub struct GrantLine {
    /// What the line is about.
    pub label: &'static str,
    /// The class, why it was given and by whom.
    pub text: String,
    /// 核验证件: nobody has looked at the paper yet.
    pub to_verify: bool,
}

impl Desk<'_> {
    /// What the visitor was granted; for a class that asks for proof also when nobody gave it.
    pub(super) fn grant_line(&self) -> Option<GrantLine> {
        let ticket = self.ticket?;
        let to_verify = self.hall.asks_for_proof(ticket);
        // Who does not fit has lost it.
        let granted = ticket.granted.as_ref().filter(|_| ticket.fits != Some(false));
        if granted.is_none() && !to_verify {
            return None;
        }
        let text = granted.map_or_else(|| self.class(ticket.class), |granted| self.told(granted));
        let (label, text) = if to_verify {
            ("desk.proof", self.texts.fill("desk.proof_line", &[("class", &text)]))
        } else {
            ("desk.granted", text)
        };
        Some(GrantLine { label: self.texts.get(label), text, to_verify })
    }

    /// "绿色通道（老年人），取号机自选".
    fn told(&self, granted: &Granted) -> String {
        let texts = self.texts;
        let class = self.class(granted.class);
        let reason = granted.grounds.reason;
        let reason = reason.map(|reason| texts.get(&format!("grant_reason.{reason}")).to_owned());
        let note = granted.grounds.note.clone();
        let why = match (reason, note) {
            (Some(reason), Some(note)) => {
                Some(texts.fill("desk.granted_note", &[("why", &reason), ("note", &note)]))
            }
            (Some(one), None) | (None, Some(one)) => Some(one),
            (None, None) => None,
        };
        let channel = texts.get(&format!("channel.{}", granted.channel)).to_owned();
        let who = match &granted.by {
            Actor::Staff(no) => {
                let staff = texts.fill("pages.staff", &[("no", no)]);
                texts.fill("desk.granted_by", &[("channel", &channel), ("staff", &staff)])
            }
            // The name of a device or of a system says nothing to a clerk.
            Actor::System(_) | Actor::Hall | Actor::Device(_) | Actor::Citizen => {
                if matches!(granted.channel, Channel::Kiosk | Channel::Phone) {
                    texts.fill("desk.granted_chosen", &[("channel", &channel)])
                } else {
                    channel
                }
            }
        };
        why.map_or_else(
            || texts.fill("desk.granted_line", &[("class", &class), ("who", &who)]),
            |why| {
                let values: [(&str, &dyn std::fmt::Display); 3] =
                    [("class", &class), ("why", &why), ("who", &who)];
                texts.fill("desk.granted_for", &values)
            },
        )
    }
}
