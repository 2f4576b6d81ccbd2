//! What stands beside the panels: how the queues stand, and what was taken at this desk today.

use hall::{Hall, state::ticket::Ticket, words::Channel};

use crate::{
    app::App,
    pages::{guard::Reader, named::Names, written},
};

/// Numbers of the desk that are shown: those people who may come back at once.
const RECENT_SHOWN: usize = 5;

/// A queue now.
pub struct Line {
    pub letter: char,
    pub name: String,
    pub waiting: u32,
    pub wait: String,
}

/// A number that was taken here.
pub struct Taken {
    pub ticket: u64,
    pub no: String,
    pub what: String,
    /// "9002 帮办", if somebody goes along.
    pub helped: String,
    pub state: String,
    pub time: String,
}

/// The side of the page.
pub struct View {
    pub version: String,
    pub recent_version: String,
    pub waiting: u32,
    pub lines: Vec<Line>,
    pub recent: Vec<Taken>,
}

/// Fills the side.
pub fn fill(app: &App, reader: &Reader) -> View {
    let texts = reader.texts;
    let board = app.board(reader.language);
    let names = Names::of(app, reader.language);
    let line = |queue: &wire::board::QueueLine| Line {
        letter: queue.letter,
        name: names.queue(queue.id),
        waiting: queue.waiting,
        wait: match (queue.issuing, queue.sold_out) {
            (_, true) => texts.get("guide.sold_out").to_owned(),
            (true, false) => written::wait(queue.wait, texts),
            (false, false) => written::NOBODY.to_owned(),
        },
    };
    // 收费 and the like take nobody from outside.
    let taken_from = |id| app.profile.setup.queue(id).is_some_and(|queue| queue.issued);
    let lines = board.queues.iter().filter(|queue| taken_from(queue.id)).map(line);
    let lines: Vec<Line> = lines.collect();
    let recent = app.read(|hall| {
        let oneself = reader.identity.staff;
        let escorted = |ticket: &Ticket| ticket.helped.is_some_and(|now| Some(now.by) == oneself);
        let here = hall
            .tickets()
            .filter(|ticket| ticket.channel == Channel::GuideDesk || escorted(ticket));
        let mut here: Vec<&Ticket> = here.collect();
        here.reverse();
        here.truncate(RECENT_SHOWN);
        here.into_iter().map(|ticket| taken(app, hall, ticket, reader)).collect::<Vec<_>>()
    });
    View {
        version: lines.iter().map(|line| format!("{}{};", line.waiting, line.wait)).collect(),
        recent_version: recent
            .iter()
            .map(|each| format!("{}{}{};", each.no, each.state, each.helped))
            .collect(),
        waiting: board.waiting,
        lines,
        recent,
    }
}

fn taken(app: &App, hall: &Hall, ticket: &Ticket, reader: &Reader) -> Taken {
    let names = Names::of(app, reader.language);
    let item = ticket.item.and_then(|item| hall.item_ever(item)).map(|item| names.item(item));
    Taken {
        ticket: ticket.id.0,
        no: ticket.no.to_string(),
        what: item.unwrap_or_else(|| names.queue(ticket.queue())),
        helped: ticket.helped.map_or_else(String::new, |now| {
            reader.texts.fill("desk.helped_by", &[("no", &now.by)])
        }),
        state: reader.texts.get(&format!("ticket_state.{}", ticket.state)).to_owned(),
        time: written::time(&app.clock, ticket.issued),
    }
}
