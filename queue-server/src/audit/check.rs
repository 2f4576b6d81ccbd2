//! 核对: whether the whole trail is what was written, from its first record to its last.

use std::{fmt, path::Path, sync::Arc};

use hall::time::Timestamp;
use journal::{
    fault::Fault,
    files::{File, Files},
    read,
    record::{Chain, Seq},
};
use wire::texts::{Language, Texts};

use super::{Act, Kind, folder};

/// Beside the trail and not in it: how far it was written. Who cuts off its end must know of this.
const WITNESS: &str = "audit.head";

/// The longest text of a witness: a number, a blank and a hash.
const WITNESS_BYTES_MAX: usize = 128;

/// What an act says that began the trail anew after older records were forgotten in their time.
const KEPT_FROM: &str = "kept from record ";

/// How the trail is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Break {
    /// A record is not what it was, or is missing.
    Damaged {
        /// The file.
        segment: String,
        /// Where in it.
        at: u64,
    },
    /// The beginning is gone, and no record says that its time had come.
    Beginning {
        /// The first record that is there.
        first: u64,
    },
    /// The end is gone.
    End {
        /// The last record that is there.
        last: u64,
        /// The last that was written.
        was: u64,
    },
    /// The last record is another than the one that was written.
    Other {
        /// Its number.
        last: u64,
    },
    /// How far it was written is not known any more.
    NoWitness,
    /// It could not be read.
    Unreadable(String),
}

impl Break {
    /// The sentence in one language.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let texts = Texts::of(language);
        match self {
            Self::Damaged { segment, at } => {
                texts.fill("audit.break_damaged", &[("segment", segment), ("at", at)])
            }
            Self::Beginning { first } => texts.fill("audit.break_beginning", &[("first", first)]),
            Self::End { last, was } => {
                texts.fill("audit.break_end", &[("last", last), ("was", was)])
            }
            Self::Other { last } => texts.fill("audit.break_other", &[("last", last)]),
            Self::NoWitness => texts.get("audit.break_no_witness").to_owned(),
            Self::Unreadable(why) => texts.fill("audit.break_unreadable", &[("why", why)]),
        }
    }
}

/// Both languages: whoever reads it at a console may read either.
impl fmt::Display for Break {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(to, "{}", self.words(Language::Chinese))?;
        to.write_str(&self.words(Language::English))
    }
}

impl From<Fault> for Break {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Damaged { segment, at, why: _ } => Self::Damaged { segment, at },
            Fault::Locked { .. }
            | Fault::Full { .. }
            | Fault::Disk { .. }
            | Fault::TooLong { .. }
            | Fault::Stopped { .. } => Self::Unreadable(fault.sentence()),
        }
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// How many records are there.
    pub records: u64,
    /// The first one's time.
    pub from: Option<Timestamp>,
    /// The last one's time.
    pub until: Option<Timestamp>,
    /// The chain's hash after the last record, as digits.
    pub head: String,
    /// How it is not whole, if it is not.
    pub broken: Option<Break>,
}

/// How far a trail was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Witness {
    /// The last record.
    pub last: Seq,
    /// The chain's hash after it.
    pub head: Chain,
}

impl Witness {
    /// Keeps it beside the trail. It is written after the records are safe.
    pub fn keep(&self, data: &Path, files: &dyn Files) -> std::io::Result<()> {
        let making = data.join("audit.head.making");
        let file = files.create(&making)?;
        file.write_at(0, format!("{} {}", self.last, digits(&self.head)).as_bytes())?;
        files.rename(&making, &data.join(WITNESS))
    }

    /// What was kept last.
    pub fn read(data: &Path, files: &dyn Files) -> Option<Self> {
        let file: Box<dyn File> = files.open_to_read(&data.join(WITNESS)).ok()?;
        let mut bytes = [0; WITNESS_BYTES_MAX];
        let length = file.read_at(0, &mut bytes).ok()?;
        let (last, head) = std::str::from_utf8(&bytes[..length]).ok()?.split_once(' ')?;
        Some(Self { last: Seq(last.parse().ok()?), head: chain(head)? })
    }

    /// How a trail that ends there is not the one that this was kept of.
    #[must_use]
    pub fn contradicts(&self, last: Seq, head: &Chain) -> Option<Break> {
        if last < self.last {
            return Some(Break::End { last: last.0, was: self.last.0 });
        }
        (last == self.last && *head != self.head).then_some(Break::Other { last: last.0 })
    }
}

/// The act that says up to where older records were forgotten in their time.
#[must_use]
pub fn forgotten(kept: Seq) -> Act {
    Act::of_hall(Kind::Retention, &format!("{KEPT_FROM}{kept}"), super::Outcome::Done)
}

/// The record from which on all was kept, if this act tells of one.
fn kept_from(act: &Act) -> Option<u64> {
    let says = act.kind == Kind::Retention && act.by == super::Who::Hall;
    act.about.strip_prefix(KEPT_FROM).filter(|_| says)?.parse().ok()
}

/// Reads the whole trail. It may be written meanwhile.
#[must_use]
pub fn check(data: &Path, files: &Arc<dyn Files>) -> Checked {
    // Before the records: what is written from now on may be more than it says, never less.
    let witness = Witness::read(data, files.as_ref());
    let mut checked = Checked::default();
    let mut records = match read::read_all(&folder(data), files.clone()) {
        Ok(records) => records,
        Err(fault) => {
            checked.broken = Some(fault.into());
            return checked;
        }
    };
    let mut forgotten = Vec::new();
    for record in records.by_ref() {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                checked.broken = Some(fault.into());
                return checked;
            }
        };
        checked.records += 1;
        let Ok(act) = serde_json::from_slice::<Act>(&record.payload) else { continue };
        forgotten.extend(kept_from(&act));
        checked.from.get_or_insert(act.at);
        checked.until = Some(act.at);
    }
    let summary = &records.summary;
    checked.head = digits(&summary.head);
    let first = summary.first.0;
    checked.broken = match witness {
        _ if first > 1 && !forgotten.contains(&first) => Some(Break::Beginning { first }),
        None if summary.records > 0 => Some(Break::NoWitness),
        None => None,
        Some(witness) => witness.contradicts(summary.last, &summary.head),
    };
    checked
}

/// A hash as digits.
#[must_use]
pub fn digits(chain: &Chain) -> String {
    chain.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A hash of such digits.
pub(crate) fn chain(text: &str) -> Option<Chain> {
    let mut chain = Chain::default();
    let text = text.trim();
    if text.len() != chain.len() * 2 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in chain.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(chain)
}
