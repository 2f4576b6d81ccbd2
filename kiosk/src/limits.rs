//! Every bound of the kiosk, with its reason.

/// Tiles on an ordinary page: two columns of four, each 222 px high, fill 1080×1920.
pub const TILES_PER_LEAF: usize = 8;

/// Tiles on a page of 长者版: with help in the bar that makes four choices.
pub const TILES_PER_LEAF_ELDER: usize = 3;

/// Tiles on a page of 低位: two rows under the hand.
pub const TILES_PER_LEAF_LOW: usize = 4;

/// 低位: what is touched stands in so many hundredths of the screen from below.
pub const REACH_PERCENT: u8 = 50;

/// Pages remembered for 返回; no way through the kiosk is longer.
pub const TRAIL_MAX: usize = 12;

/// The page is deaf so long after it changed, so that a double tap does not press what comes next.
pub const DEAF_MILLIS: u64 = 350;

/// And so long after 完成: an old hand's two taps lie half a second apart, and help stands there.
pub const DEAF_WHEN_DONE_MILLIS: u64 = 900;

/// Waiting is said in words after so long; less would only flicker.
pub const PATIENCE_MILLIS: u64 = 300;

/// A page that waits for the server and the printer gives up after so long: longer than all the
/// retries of the counter together.
pub const TAKING_SECS_MAX: u32 = 75;

/// Without a sign of the server for so long, the kiosk says so.
pub const SERVER_SILENT_SECS: u32 = 10;

/// Calls shown on the progress page.
pub const CALLS_SHOWN_MAX: usize = 6;

/// Lines of what to bring on one page; 长者版 shows half as many.
pub const BRING_SHOWN_MAX: usize = 6;

/// Steps of the volume.
pub const VOLUME_MAX: u8 = 10;

/// How loud a kiosk is that nobody has made softer or louder: heard at arm's length in a full hall.
pub const VOLUME: u8 = 7;

/// Messages waiting for the screen; the screen reads them many times a second.
pub const NEWS_MAX: usize = 64;

/// Orders waiting for the counter: one person stands before the kiosk, and one may have just left.
pub const ORDERS_MAX: usize = 2;

/// Requests waiting for the link (help, printer state).
pub const ERRANDS_MAX: usize = 8;

/// What a card reader and the screen may have told each other before the thread between heeds it.
pub const READINGS_MAX: usize = 16;

/// Sentences waiting for the voice; a newer one replaces an older.
pub const SENTENCES_MAX: usize = 2;

/// Tries of one request while a person waits.
pub const TRIES_MAX: u32 = 4;

/// One HTTP exchange may take so long.
pub const EXCHANGE_SECS_MAX: u64 = 6;

/// The same where the kiosk can go on alone, and where nobody waits: a press prints within three
/// seconds also while a cable is out.
pub const QUICK_EXCHANGE_SECS_MAX: u64 = 2;

/// The numbers in hand are asked for again so often: the hours of the day may change.
pub const NUMBERS_SECS: u64 = 60;

/// The same while the server does not give them.
pub const NUMBERS_AGAIN_SECS: u64 = 10;

/// Slips settled one after another before the counter looks whether somebody waits.
pub const SETTLED_AT_ONCE_MAX: usize = 20;

/// A ticket that could not be handed in so often lets the next one go before it.
pub const HAND_IN_TRIES_MAX: u32 = 5;

/// A body from the server may be so long; a catalogue of a large hall has 200 kB.
pub const BODY_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The longest pause between two tries to reach the server.
pub const BACKOFF_MILLIS_MAX: u64 = 10_000;

/// The board is fetched at least so often.
pub const BOARD_MILLIS: u64 = 3_000;

/// Unsettled transactions kept for later; above that no ticket is asked for: 25 numbers of each of
/// 26 letters are fewer.
pub const OPEN_MAX: usize = 700;

/// An asking without an answer is given up after so long: the server forgets request ids with the
/// day, so asking again later would take a new number.
pub const ASKED_HOURS_MAX: i64 = 12;

/// The server hears so often how the kiosk is, also when nothing changed; after a minute of silence
/// it counts it as lost.
pub const STATE_SECS: u64 = 15;

/// A scanner types its whole code without such a pause between two characters.
pub const SCAN_PAUSE_MILLIS: u64 = 300;

/// The longest code that is read; a slip's address has some 60 characters.
pub const SCAN_CHARS_MAX: usize = 256;

/// Questions waiting to be asked: one person stands before the kiosk, and one may have just left.
pub const QUESTIONS_MAX: usize = 2;

/// Tries of one question: it changes nothing, so a person rather asks again than waits.
pub const QUESTION_TRIES_MAX: u32 = 2;

/// A page gives up waiting for an answer after so long: longer than both tries together.
pub const ASKING_SECS_MAX: u32 = 15;

/// 常办事项: the top twelve of the month.
pub const POPULAR_SHOWN_MAX: usize = 12;

/// What is found at once under the keys of 查找事项: four rows, or two of two on a lying page.
pub const FOUND_PER_LEAF: usize = 4;

/// Characters offered for the letters typed last: as many as fit one row.
pub const CHARACTERS_OFFERED_MAX: usize = 8;

/// Reasons of a 差评 on one part: all of them on an ordinary page.
pub const REASONS_PER_LEAF: usize = 12;

/// The same in 长者版: with 提交 that makes four choices.
pub const REASONS_PER_LEAF_ELDER: usize = 3;

/// The same in 低位: the keys stand in half a page.
pub const REASONS_PER_LEAF_ELDER_LOW: usize = 2;

/// What a part of a guide holds, in rows and in characters of a row, on the page that has least room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Rows, labels among them.
    pub rows: usize,
    /// Characters of a row.
    pub chars: usize,
}

/// A part of a guide on a lying page, in letters of 26.
pub const GUIDE_ROOM: Room = Room { rows: 10, chars: 34 };

/// The same in 长者版, in letters of 10 mm.
pub const GUIDE_ROOM_ELDER: Room = Room { rows: 4, chars: 20 };

/// Kinds of things on one part of 没有找到要办的事项: two columns of six.
pub const KINDS_PER_LEAF: usize = 12;

/// What people did not find, waiting to be handed in: as much as the hall takes down in a day.
pub const UNFOUND_OPEN_MAX: usize = 200;

/// 没有找到要办的事项 and 办不成事, each, that one kiosk takes in an hour: one every three minutes is a
/// queue of people who say something, more is a hand that plays.
pub const SAID_PER_HOUR_MAX: usize = 20;

/// An hour.
pub const HOUR_SECS: u32 = 3_600;

/// A hall that has taken down enough for today is asked again so often: its list is of the day.
pub const UNFOUND_FULL_SECS: u32 = 3_600;

/// 运维: touches in the corner that ask for the code; a hand that cleans the screen makes fewer there.
pub const CORNER_TOUCHES: usize = 5;

/// All of them within this.
pub const CORNER_MILLIS: u64 = 3_000;

/// Digits of the operator's code: with five tries a minute, six take months to guess.
pub const CODE_DIGITS_MIN: usize = 6;

/// And at most.
pub const CODE_DIGITS_MAX: usize = 12;

/// Wrong codes in a row before none is heard for a while.
pub const CODES_WRONG_MAX: u32 = 5;

/// How long none is heard.
pub const CODE_PAUSE_SECS: u32 = 60;
