//! The manager: tides and loans, alerts, a special matter, an early end, the catalogue, the profile.

use hall::{
    command::{ChangeItem, Command, people::Erase, plan::CloseEarly},
    ids::{QueueId, StaffNo, WindowId},
    time::{Millis, Timestamp},
    words::{
        Actor, TicketState,
        people::{ChangeKind, EarlyReason},
        post::Whereabouts,
    },
};
use queue_server::{clock::HallClock, engine::Offer};

use crate::world::{Deed, World};

impl World {
    /// What the manager wants now.
    pub(super) fn manager_wants(&mut self) -> Option<Command> {
        let (window, queue) = (self.some_window()?, self.some_queue()?);
        let later = |minutes| Millis::from_minutes(minutes);
        let now = self.hall_time();
        Some(match self.luck.below(13) {
            0 => {
                let minutes = Some(5 + self.luck.below(40) as u16);
                Command::OpenTide { window, queues: vec![queue], minutes }
            }
            1 => Command::CloseTide { window, scheduled: false },
            2 => {
                let until = Some(now + later(1 + self.luck.below(40)));
                Command::Lend { queue, window, until }
            }
            3 => Command::Lend { queue, window, until: None },
            4 => Command::EndLend { queue, window },
            5 | 6 => self.sees_to_an_alert()?,
            7 => {
                let ticket = self.some_ticket(TicketState::Waiting)?;
                Command::Expedite { ticket, reason: "重点项目".to_owned() }
            }
            8 => Command::SetWhereabouts {
                staff: self.some_staff()?,
                whereabouts: *self.luck.pick(Whereabouts::ALL)?,
            },
            9 => Command::Erase(Erase::Ticket(self.any_ticket()?)),
            10 => self.changes_the_catalogue(now)?,
            11 if self.luck.chance(60) => {
                let issue_until = now + later(self.luck.below(10));
                let closes = issue_until + later(self.luck.below(20));
                let (reason, for_the_day) = (EarlyReason::Power, self.luck.chance(200));
                Command::CloseEarly(CloseEarly { issue_until, closes, reason, for_the_day })
            }
            _ => Command::Reprint { ticket: self.any_ticket()? },
        })
    }

    /// 知道了, or closed with a note.
    fn sees_to_an_alert(&mut self) -> Option<Command> {
        let up = self.server.up.as_ref()?;
        let alerts: Vec<_> = up.readers.alerts().map(|alert| alert.id).collect();
        let alert = *self.luck.pick(&alerts)?;
        let note = "已处理".to_owned();
        Some(if self.luck.chance(500) {
            Command::AcknowledgeAlert { alert, note: Some(note) }
        } else {
            Command::CloseAlert { alert, note }
        })
    }

    /// An item is cancelled, comes back, or gets another name.
    fn changes_the_catalogue(&mut self, now: Timestamp) -> Option<Command> {
        let items = self.profile.setup.items();
        let item = items[self.luck.below(items.len() as u64) as usize].clone();
        let today = HallClock::told(480, now).day(now);
        let kinds = [ChangeKind::Cancelled, ChangeKind::TakenOver, ChangeKind::Adjusted];
        let kind = *self.luck.pick(&kinds)?;
        let to = (kind != ChangeKind::Cancelled).then(|| {
            let name = format!("{}{}", item.name, self.luck.below(9));
            Box::new(hall::setup::Item { name, ..item.clone() })
        });
        let approver = self.some_staff()?;
        Some(Command::ChangeItem(ChangeItem {
            item: item.id,
            kind,
            to,
            effective: today,
            approver,
        }))
    }

    /// Somebody has changed the profile's folder and says so.
    pub(super) fn reload(&mut self) {
        self.folder = (self.folder + 1) % self.profiles.len();
        if self.server.up.is_some() {
            self.offers_the_folder(Actor::System("admin".parse().expect("a good id")));
            let boot = self.server.up.as_ref().map(|up| up.boot);
            if let Some(boot) = boot {
                self.after(std::time::Duration::ZERO, Deed::Step(boot));
            }
        }
    }

    /// The engine is offered what the folder holds; its readers know it too.
    pub fn offers_the_folder(&mut self, by: Actor) {
        let profile = self.profiles[self.folder].clone();
        let (setup, calendar) = (profile.setup.clone(), profile.calendar.clone());
        if let Some(up) = &mut self.server.up {
            up.readers.hand(setup.clone());
            up.record.offer(Offer { setup, calendar, by });
            up.step_at = None;
        }
    }

    fn some_window(&mut self) -> Option<WindowId> {
        let windows: Vec<_> = self.profile.setup.windows().iter().map(|each| each.id).collect();
        self.luck.pick(&windows).copied()
    }

    fn some_queue(&mut self) -> Option<QueueId> {
        let queues: Vec<_> = self.profile.setup.queues().iter().map(|each| each.id).collect();
        self.luck.pick(&queues).copied()
    }

    fn some_staff(&mut self) -> Option<StaffNo> {
        let staff: Vec<_> = self.profile.setup.staff().iter().map(|each| each.no).collect();
        self.luck.pick(&staff).copied()
    }
}
