//! 撤回: the last press at a window, and what stood before it.

use alloc::{collections::VecDeque, sync::Arc, vec::Vec};

use crate::{
    event::stop::Stop,
    ids::{ItemId, LegId, PipelineId, QueueId, WindowId},
    order::Turns,
    state::{LastRow, State, ticket::Leg, window::LastCall},
    time::Timestamp,
    words::{PriorityClass, TicketState, desk::Press},
};

/// The last press at a window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastPress {
    /// When.
    pub at: Timestamp,
    /// The leg it was about.
    pub leg: LegId,
    /// What was pressed.
    pub press: Press,
    pub(crate) before: Before,
}

/// What a press changes, as it stood before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Before {
    pub state: TicketState,
    pub class: PriorityClass,
    pub item: Option<ItemId>,
    pub stops: Vec<Stop>,
    pub pipeline: Option<PipelineId>,
    pub leg: Leg,
    /// 过号激活: its place among those who came back.
    pub returned_after: Option<u64>,
    /// Its row of the last calls.
    pub row: Option<LastRow>,
    pub window: AtWindow,
}

/// What the window itself remembers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AtWindow {
    pub since: Option<Timestamp>,
    pub turns: Turns,
    pub last_call: Option<LastCall>,
    pub asked: Option<(LegId, Timestamp)>,
    pub finished_last: Option<LegId>,
    pub recent: VecDeque<QueueId>,
    /// What was pressed before the hall did something by itself.
    pub last_press: Option<Arc<LastPress>>,
}

impl State {
    /// Remembers a press before anything of it is done. What one key does in several steps is one
    /// press: it began where the first of them began.
    pub fn pressed(&mut self, at: Timestamp, leg: LegId, id: WindowId, press: Press) {
        let last = self.window_mut(id).last_press.take();
        let pressed_before = last.clone().filter(|_| press == Press::Start);
        let begun = last.filter(|last| last.leg == leg && last.at == at);
        let begun = begun.and_then(|last| Some((together(last.press, press)?, last)));
        let (press, before) = match begun {
            Some((both, last)) => (both, last.before.clone()),
            None => {
                let mut before = self.before(leg, id);
                before.window.last_press = pressed_before;
                (press, before)
            }
        };
        self.window_mut(id).last_press = Some(Arc::new(LastPress { at, leg, press, before }));
    }

    fn before(&mut self, leg: LegId, id: WindowId) -> Before {
        let row = self.calls.iter().find(|row| row.leg == leg).copied();
        let now = self.window_mut(id);
        let window = AtWindow {
            since: now.since,
            turns: now.turns,
            last_call: now.last_call,
            asked: now.asked,
            finished_last: now.finished_last,
            recent: now.recent.clone(),
            last_press: None,
        };
        let ticket = self.ticket_mut(leg.ticket);
        let (queue, stops, leg_before) =
            (ticket.queue(), ticket.stops.clone(), ticket.leg().clone());
        let before = Before {
            state: ticket.state,
            class: ticket.class,
            item: ticket.item,
            stops,
            pipeline: ticket.pipeline,
            leg: leg_before,
            returned_after: None,
            row,
            window,
        };
        let returned_after = self.queue_mut(queue).returned_after(leg.ticket);
        Before { returned_after, ..before }
    }
}

/// What two steps of one key are together; none if they are two keys.
const fn together(first: Press, then: Press) -> Option<Press> {
    match (first, then) {
        (Press::DropStops, Press::Finish) => Some(Press::Finish),
        (Press::Finish, Press::SendOn) => Some(Press::GoOn),
        (
            Press::Call
            | Press::Start
            | Press::NoShow
            | Press::Finish
            | Press::SendOn
            | Press::GoOn
            | Press::DropStops,
            _,
        ) => None,
    }
}
