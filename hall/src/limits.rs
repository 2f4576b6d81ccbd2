//! Every bound of the core, with its reason.

/// The highest number of a queue in a day; slips, strips and the voice have room for four digits.
pub const NUMBER_MAX: u16 = 9_999;

/// Tickets of one day: every number of every letter.
pub const TICKETS_PER_DAY_MAX: usize = 26 * NUMBER_MAX as usize;

/// 离线号段 of one letter that one kiosk gets in a day, whatever it says of its records: a stolen
/// credential must not leave the others without numbers.
pub const KIOSK_BLOCKS_MAX: usize = 4;

/// Windows of a hall; the largest hall in the sources has 114.
pub const WINDOWS_MAX: usize = 500;

/// Queues of a hall: one for each letter.
pub const QUEUES_MAX: usize = 26;

/// Items of a hall; large halls list 1,300.
pub const ITEMS_MAX: usize = 5_000;

/// Legs of one ticket; a pipeline of the sources has four.
pub const LEGS_PER_TICKET_MAX: usize = 16;

/// Legs of a pipeline: half of what a ticket can have, because each may go to the cashier and back.
pub const PIPELINE_LEGS_MAX: usize = 8;

/// Calls of a window from which its share of a queue is reckoned: about two hours of work.
pub const RECENT_CALLS_KEPT: usize = 20;

/// Last calls that are known with their order: one of each window of the largest hall, so that a
/// screen misses none however many are called at once.
pub const LAST_CALLS_KEPT: usize = 128;

/// Who waits, as listed on a clerk's page.
pub const WAITING_LISTED_MAX: usize = 20;

/// Facts of one `Tick`; the next deadline stays due for more.
pub const TICK_FACTS_MAX: usize = 1_000;

/// A service shorter than this is an empty press, listed apart and kept out of the means.
pub const EMPTY_PRESS: crate::time::Millis = crate::time::Millis::from_secs(20);

/// Services of today that weigh as much as the profile's mean.
pub const PACE_PRIOR: u64 = 10;

/// Tickets or ids kept in one shared piece, so that a copy of the hall copies little.
pub const SHELF_PIECE: usize = 64;

/// A queue's short name must fit its place on screens.
pub const SHORT_NAME_CHARS: usize = 8;

/// People in a profile: the largest hall in the sources has 227.
pub const STAFF_MAX: usize = 2_000;

/// 换岗申请 that are kept; a hall of 114 windows changes a few people a week.
pub const POST_CHANGES_MAX: usize = 100;

/// A 换岗申请 ends so many years from now at the latest: a post that lasts longer is written into the profile.
pub const POST_CHANGE_YEARS_MAX: u16 = 1;

/// A 换岗申请 is kept for so long after it was decided, or asked, so that a month's list is whole.
pub const POST_CHANGE_KEPT: crate::time::Millis = crate::time::Millis::from_days(92);

/// Stand-ins of a day that the boards list; the record has every one.
pub const STAND_INS_KEPT: usize = 200;

/// Times at windows, and of devices that did not work, that a day's ledger keeps: 3,000 calls
/// and 114 windows with forty pauses each, and room for somebody who plays with the key.
pub const STRETCHES_MAX: usize = 40_000;

/// 排班 that a day's ledger keeps: one for every half hour, twice.
pub const SCHEDULES_KEPT: usize = 96;

/// How long a tide window may be opened by hand: a working day.
pub const TIDE_MINUTES_MAX: u16 = 600;

/// 批量: copies that one service may count.
pub const COPIES_MAX: u16 = 999;

/// Characters of an item's name; the longest of the samples has 14, and a tile shows two lines.
pub const ITEM_NAME_CHARS_MAX: usize = 60;

/// Missing papers on one notice; the longest list of the sources has 22.
pub const MATERIALS_MAX: usize = 30;

/// Characters that somebody may add to an evaluation: two or three sentences.
pub const EVALUATION_CHARS_MAX: usize = 100;

/// Characters of a paper's name, of a note or of a place.
pub const NOTE_CHARS_MAX: usize = 200;

/// Legs that may still be evaluated when a day opens, newest first: a week of the largest hall in
/// the sources at 3,000 tickets a day of which half say nothing. Written into the day's opening.
pub const OPEN_EVALUATIONS_MAX: usize = 12_000;

/// Case numbers carried into a day, newest first; written into the day's opening.
pub const CASES_CARRIED_MAX: usize = 8_000;

/// Of these, cases whose promise is not kept yet; the rest is for cases that may come again. Past
/// it the oldest are no longer told when they are due.
pub const PROMISED_CARRIED_MAX: usize = 6_000;

/// A promise is kept in mind so long after the case's last visit, closed or not: the longest limit,
/// 400 working days, is 560 natural ones.
pub const PROMISED_KEPT: crate::time::Millis = crate::time::Millis::from_days(600);

/// 工作日 that a day's opening tells: the longest limit to rectify is 15.
pub const WORKING_DAYS_TOLD: usize = 15;

/// 承诺件到期 told at once, the soonest first; the others are counted.
pub const CASES_DUE_TOLD: usize = 20;

/// Case numbers known at once, so that a day's typing stays bounded too.
pub const CASES_MAX: usize = 40_000;

/// Devices of which something may be told; the largest hall has four a window.
pub const DEVICES_MAX: usize = 2_000;

/// 叫号送达: calls of a window that one word may tell of; a window calls less than one a second.
pub const CALLS_REPORTED_MAX: u32 = 10_000;

/// Places asking for help at once; past it the oldest goes.
pub const HELPS_MAX: usize = 200;

/// What has happened and waits to be told as an alert, or to be closed; past it the oldest goes.
pub const HAPPENED_MAX: usize = 500;

/// 诉求 open at once: of 3,000 tickets a day in the largest hall one in a hundred, for three weeks
/// and a half of 15 working days. Past it a 差评 is told as an alert only. Written into the day's
/// opening.
pub const MATTERS_MAX: usize = 800;

/// Of these, what people told at kiosks and the guide desk: somebody who plays with a kiosk must not
/// keep a 差评 out.
pub const UNRESOLVED_MAX: usize = 300;

/// 办不成事 told for a receipt on one day: past it the guide desk listens.
pub const TOLD_A_DAY_MAX: u32 = 100;

/// 诉求 with a receipt may be asked for so long after they were closed.
pub const ANSWERED_KEPT_FOR: crate::time::Millis = crate::time::Millis::from_days(90);

/// Of these the newest, if there are more. Written into the day's opening.
pub const ANSWERED_KEPT_MAX: usize = 2_000;

/// 处理过程: steps of one matter; the longest way has ten.
pub const MATTER_STEPS_MAX: usize = 20;

/// All those steps of what is open or was closed today, in bytes. Written into the day's opening, of which a
/// record has 12 MiB.
pub const MATTER_STEPS_BYTES_MAX: usize = 2 << 20;

/// 诉求 whose limit is told at once, the oldest first.
pub const MATTERS_DUE_TOLD: usize = 20;

/// 上门服务 open at once: in the largest hall ten a day, for three weeks and more. Written into the day's
/// opening.
pub const VISITS_OPEN_MAX: usize = 300;

/// 上门服务 asked for on one day; no hall can send out so many people.
pub const VISITS_A_DAY_MAX: usize = 100;

/// 上门服务 that is over and may still be evaluated: the newest, if there are more. Written into the day's
/// opening.
pub const VISITS_KEPT_MAX: usize = 500;

/// 日巡查 noted in a day: two rounds, and somebody who comes unannounced.
pub const INSPECTIONS_A_DAY_MAX: usize = 20;

/// 没有找到的事项 taken down in a day; past it a kiosk is used by somebody who plays.
pub const UNFOUND_PER_DAY_MAX: usize = 200;

/// 没有找到的事项 carried into a day: this week's, and the four weeks' before.
pub const UNFOUND_KEPT_FOR: crate::time::Millis = crate::time::Millis::from_days(35);

/// Of these the newest, if there are more. Written into the day's opening.
pub const UNFOUND_KEPT_MAX: usize = 1_500;

/// Characters in which somebody says what they did not find.
pub const UNFOUND_CHARS_MAX: usize = 40;

/// Digits in what somebody says in own words: more would be a telephone or a document.
pub const OWN_WORDS_DIGITS_MAX: usize = 4;

/// Digits one behind another that may be a telephone: a local number has seven.
pub const TELEPHONE_DIGITS: usize = 7;

/// The same with blanks or dashes between them: a mobile number has eleven, a day with its hour ten.
pub const MOBILE_DIGITS: usize = 11;

/// 取号时段 of a queue in one session: one for every ten minutes of a working day.
pub const SEGMENTS_PER_QUEUE_MAX: usize = 48;

/// Sessions of one day; a day of hourly openings has fewer.
pub const SESSIONS_PER_DAY_MAX: usize = 16;

/// Bookings still to come. The largest hall of the sources has 3,000 tickets a day, an eighth of
/// them booked: five days are 1,900. Written into the day's opening.
pub const BOOKINGS_MAX: usize = 2_500;

/// Days that a booking may name; a month of working days.
pub const BOOKABLE_DAYS_MAX: usize = 31;

/// Slots of one line of `[[rules.booking.slots]]`: every five minutes of a day.
pub const SLOTS_PER_LINE_MAX: usize = 288;

/// Missed bookings kept of one person; more than any rule counts.
pub const MISSES_PER_PERSON_MAX: usize = 12;

/// Missed bookings carried into a day; past it the oldest are forgotten, in the person's favour.
/// One booking in twenty missed makes 2,200 in the 120 days that they count.
pub const MISSES_MAX: usize = 2_500;

/// A miss counts against a person only if the hall noticed the slot's end so soon: a server that
/// was off, or whose clock was set forward, cannot say that nobody came.
pub const MISS_NOTICED_WITHIN: crate::time::Millis = crate::time::Millis::from_minutes(10);

/// Catalogue changes that `items.csv` does not hold yet; a reform of a whole department has fewer.
/// Written into the day's opening.
pub const CATALOGUE_CHANGES_MAX: usize = 300;

/// The texts of all those changes together.
pub const CATALOGUE_TEXT_BYTES_MAX: usize = 256 << 10;

/// The texts of one item: ten pages.
pub const ITEM_TEXT_BYTES_MAX: usize = 16 << 10;

/// 预计等候 past a day is no estimate.
pub const ESTIMATE_MAX: crate::time::Millis = crate::time::Millis::from_days(1);
