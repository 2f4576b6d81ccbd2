//! Every bound of the core, with its reason.

/// The highest number of a queue in a day; slips, strips and the voice have room for four digits.
pub const NUMBER_MAX: u16 = 9_999;

/// Tickets of one day: every number of every letter.
pub const TICKETS_PER_DAY_MAX: usize = 26 * NUMBER_MAX as usize;

/// Windows of a hall; the largest hall in the sources has 114.
pub const WINDOWS_MAX: usize = 500;

/// Queues of a hall: one for each letter.
pub const QUEUES_MAX: usize = 26;

/// Items of a hall; large halls list 1,300.
pub const ITEMS_MAX: usize = 5_000;

/// Legs of one ticket; a pipeline of the sources has four.
pub const LEGS_PER_TICKET_MAX: usize = 16;

/// Calls of a window from which its share of a queue is reckoned: about two hours of work.
pub const RECENT_CALLS_KEPT: usize = 20;

/// Rows of last calls that a screen can hold.
pub const LAST_CALLS_KEPT: usize = 12;

/// Who waits, as listed on a clerk's page.
pub const WAITING_LISTED_MAX: usize = 20;

/// Reserved tickets that one `Tick` lets into their queues; the next deadline stays due for more.
pub const TICK_TICKETS_MAX: usize = 1_000;

/// A service shorter than this is an empty press, listed apart and kept out of the means.
pub const EMPTY_PRESS: crate::time::Millis = crate::time::Millis::from_secs(20);

/// Services of today that weigh as much as the profile's mean.
pub const PACE_PRIOR: u64 = 10;

/// Tickets or ids kept in one shared piece, so that a copy of the hall copies little.
pub const SHELF_PIECE: usize = 64;

/// A queue's short name must fit its place on screens.
pub const SHORT_NAME_CHARS: usize = 8;
