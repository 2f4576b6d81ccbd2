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
