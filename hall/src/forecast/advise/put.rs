//! A remedy is put into a copy of the hall by the hall's own rules: what they refuse is none.

use alloc::string::String;

use super::{Remedy, Scene};
use crate::{
    Hall,
    command::{
        Command, Input,
        staffing::{ApproveStandIn, Staffing},
    },
    forecast::model::{Limited, Model, PostState},
    ids::{StaffNo, WindowId},
    time::{Millis, Timestamp},
    words::Actor,
};

/// Whoever is called to a window sits there after so long.
pub(super) const COMES_AFTER: Millis = Millis::from_minutes(5);

impl Scene<'_> {
    /// The hall as it stands.
    pub(super) fn model(&self) -> Option<Model> {
        Model::of(self.hall, self.now, self.learned, self.today, self.outlook)
    }

    /// The hall with a remedy; none if the rules refuse it.
    pub(super) fn with(&self, remedy: &Remedy) -> Option<Model> {
        match remedy {
            Remedy::OpenTide { window, queues, minutes, clerk } => {
                let comes = clerk.map(|staff| (*window, staff));
                let (queues, minutes) = (queues.clone(), Some(*minutes));
                let open = Command::OpenTide { window: *window, queues, minutes };
                self.with_command(comes, Some(open))
            }
            Remedy::Lend { queue, window, minutes } => {
                let until = Some(self.now + Millis::from_minutes(u64::from(*minutes)));
                let lend = Command::Lend { queue: *queue, window: *window, until };
                self.with_command(None, Some(lend))
            }
            Remedy::StandIn { window, staff } => self.with_command(Some((*window, *staff)), None),
            Remedy::ShiftBreak { window, from, minutes } => {
                let mut outlook = self.outlook.clone();
                let later = Millis::from_minutes(u64::from(*minutes));
                let mut planned = outlook.shut.iter_mut();
                let shut = planned.find(|it| it.window == *window && it.from == *from)?;
                if shut.from <= self.now {
                    return None;
                }
                (shut.from, shut.until) = (shut.from + later, shut.until + later);
                Model::of(self.hall, self.now, self.learned, self.today, &outlook)
            }
            Remedy::StopIssue { queue, minutes, more } => {
                let mut model = self.model()?;
                let queues = self.hall.setup().queues();
                let queue = queues.iter().position(|each| each.id == *queue)? as u8;
                let until = (self.now + Millis::from_minutes(u64::from(*minutes))).0;
                // It takes the place of the limit before.
                model.limited.retain(|limit| limit.queue != queue);
                model.limited.push(Limited { queue, more: *more, from: self.now.0, until });
                Some(model)
            }
        }
    }

    fn with_command(
        &self,
        comes: Option<(WindowId, StaffNo)>,
        command: Option<Command>,
    ) -> Option<Model> {
        let mut hall = self.hall.clone();
        if let Some((window, staff)) = comes {
            // Who works elsewhere leaves there first, and who has no post here is approved.
            if let Some(elsewhere) = hall.state.staff.get(&staff).copied() {
                ask(&mut hall, self.now, Command::SignOff { window: elsewhere })?;
            }
            if hall.setup().role_at(window, staff).is_none() {
                let reason = String::new();
                let approve = ApproveStandIn { window, staff, until: None, reason };
                let approve = Staffing::ApproveStandIn(approve);
                ask(&mut hall, self.now, Command::Staffing(approve))?;
            }
            ask(&mut hall, self.now, Command::SignOn { window, staff })?;
        }
        if let Some(command) = command {
            ask(&mut hall, self.now, command)?;
        }
        let mut model = Model::of(&hall, self.now, self.learned, self.today, self.outlook)?;
        if let Some((id, _)) = comes {
            let at = hall.setup().windows().iter().position(|window| window.id == id)?;
            model.posts[at].state = PostState::From((self.now + COMES_AFTER).0);
            // Whoever stands in is there while the other one is away.
            model.posts[at].shut.clear();
        }
        Some(model)
    }
}

fn ask(hall: &mut Hall, at: Timestamp, command: Command) -> Option<()> {
    let input = Input { at, luck: 0, by: Actor::Hall, request: None, command };
    let events = hall.decide(&input).ok()?;
    events.iter().for_each(|event| hall.apply(event));
    (!events.is_empty()).then_some(())
}
