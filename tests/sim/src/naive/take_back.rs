//! 撤回 as the naive hall follows it: everybody stands where they stood before the press.

use hall::{
    ids::{LegId, TicketId, WindowId},
    time::Timestamp,
    words::desk::Press,
};

use super::{Naive, Person, Stand, Wrong, must};

/// Who stood at a window before its last press, and how its calls had gone.
#[derive(Debug, Clone)]
pub(super) struct Before {
    at: Timestamp,
    ticket: TicketId,
    press: Press,
    person: Person,
    in_a_row: u32,
    /// What was pressed before the hall did something by itself.
    earlier: Option<Box<Before>>,
}

impl Naive {
    /// A key is pressed; what one key does in several steps begins with the first.
    pub(super) fn pressed(
        &mut self,
        at: Timestamp,
        ticket: TicketId,
        window: WindowId,
        press: Press,
    ) {
        let Some(person) = self.people.get(&ticket).cloned() else { return };
        let post = self.post(window);
        let goes_on = press == Press::Finish
            && post.before.as_ref().is_some_and(|last| {
                last.press == Press::DropStops && last.at == at && last.ticket == ticket
            });
        let in_a_row = post.in_a_row;
        let earlier = (press == Press::Start).then(|| post.before.take()).flatten();
        match &mut post.before {
            Some(last) if goes_on => last.press = press,
            other => {
                *other = Some(Box::new(Before { at, ticket, press, person, in_a_row, earlier }));
            }
        }
    }

    /// The last press was a mistake.
    pub(super) fn taken_back(
        &mut self,
        leg: LegId,
        window: WindowId,
        press: Press,
    ) -> Result<(), Wrong> {
        let before = self.post(window).before.take().ok_or("nothing was pressed")?;
        must(before.ticket == leg.ticket, "somebody else's press")?;
        let (person, was) = (self.person(leg.ticket)?.clone(), before.person);
        let here = self.post(window).at_it == Some(leg.ticket);
        let stands = match press {
            Press::Call => here && person.stand == Stand::Called(window),
            Press::Start => here && person.stand == Stand::Served(window),
            Press::DropStops => here,
            Press::NoShow => !here && person.stand == Stand::NoShow,
            Press::Finish => !here && person.stand == Stand::Done,
            Press::SendOn | Press::GoOn => !here && person.stand == Stand::Waits,
        };
        must(stands, "something was built on it")?;
        let now = self.person(leg.ticket)?;
        now.stops = was.stops;
        if press == Press::DropStops {
            return Ok(());
        }
        if press == Press::Start {
            now.stand = was.stand;
            self.post(window).before = before.earlier;
            return Ok(());
        }
        (now.stand, now.queue, now.to, now.after) = (was.stand, was.queue, was.to, was.after);
        (now.called, now.waited, now.legs_before) = (was.called, was.waited, was.legs_before);
        (now.transfers, now.to_cashier) = (was.transfers, was.to_cashier);
        now.no_shows = was.no_shows;
        if matches!(press, Press::SendOn | Press::GoOn) {
            now.class = was.class;
        }
        if matches!(press, Press::Finish | Press::GoOn) {
            let done = now.done.remove(&leg.leg).ok_or("it was not served")?;
            must(done.rating.is_none(), "it was evaluated")?;
        }
        if press == Press::Call {
            let post = self.post(window);
            (post.at_it, post.in_a_row) = (None, before.in_a_row);
            *self.calls.entry(person.queue).or_default() -= 1;
        } else {
            must(self.post(window).at_it.is_none(), "somebody stands there")?;
            self.post(window).at_it = Some(leg.ticket);
        }
        Ok(())
    }
}
