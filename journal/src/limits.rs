//! Every bound of the journal, with its reason.

/// The longest payload of one record. Nearly all are a few hundred bytes; the sweep that ends the
/// fullest day, ten thousand tickets at once, is two megabytes, and a day's opening that carries as
/// much as it ever may is below seven.
pub const PAYLOAD_BYTES_MAX: usize = 12 << 20;

/// A segment is closed when the next record would pass this size. Start-up reads whole segments
/// into memory, so one must be small beside a township machine's 64 MiB.
pub const SEGMENT_BYTES: u64 = 16 << 20;

/// No segment is larger, however it was made: a larger file is damaged or hostile.
pub const SEGMENT_BYTES_MAX: u64 = 64 << 20;

/// So many bytes of zeros are written ahead at a time. A sync that need not change the file's
/// size is twice as fast, and a full disk is noticed before any record is half written.
pub const RESERVE_BYTES: u64 = 1 << 20;

/// Appended records wait in memory up to this size; then they are written, not synced.
pub const BUFFER_BYTES: usize = 1 << 20;

/// A segment's name stays readable in a listing.
pub const HINT_CHARS_MAX: usize = 32;

/// How hard closed segments are compressed: a day of JSON shrinks to a twelfth in well under a
/// second; higher levels gain little and would be felt on a hall's small machine.
pub const COMPRESSION_LEVEL: i32 = 6;
