//! Start-up: the hall is made again from the record, beginning with the last day's opening.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hall::{
    Hall,
    event::{Event, Fact},
    ids::SetupVersion,
    setup::Setup,
    time::Timestamp,
};

/// The hall as replayed.
pub struct Recovered {
    /// The hall.
    pub hall: Hall,
    /// The moment of its last event.
    pub last: Timestamp,
    /// The journal's last sequence number.
    pub sequence: u64,
    /// The sequence number of the last day's opening, if a day was ever opened.
    pub opened_at: Option<u64>,
    /// The sequence number of that day's closing; bookings may stand behind it.
    pub closed_at: Option<u64>,
}

/// The record does not make a hall.
#[derive(Debug, thiserror::Error)]
pub enum RecoverFault {
    /// A record that is no list of events.
    #[error("record {sequence} of the journal holds no events: {why}")]
    Unreadable {
        /// Which.
        sequence: u64,
        /// Why.
        why: String,
    },
    /// A record that does not fit the hall: most likely another hall's profile.
    #[error(
        "record {sequence} of the journal does not fit this hall's profile; is it the right --hall \
         for this --data? A window or queue in use today can be removed only after the day"
    )]
    Unfit {
        /// Which.
        sequence: u64,
    },
    /// A record that names a profile which is not kept.
    #[error(
        "record {sequence} of the journal names the profile {version}, and no such file is in the \
         data's folder profiles; put it back there"
    )]
    NoProfile {
        /// Which record.
        sequence: u64,
        /// Which profile.
        version: SetupVersion,
    },
}

/// Finds the setup of a version.
pub type FindSetup<'f> = &'f mut dyn FnMut(SetupVersion) -> Option<Arc<Setup>>;

/// Reads the events of a record.
///
/// # Errors
/// If it is no list of events.
pub fn events_of(sequence: u64, payload: &[u8]) -> Result<Vec<Event>, RecoverFault> {
    let why =
        |error: serde_json::Error| RecoverFault::Unreadable { sequence, why: error.to_string() };
    serde_json::from_slice(payload).map_err(why)
}

/// Replays the records of a hall that has had one profile only.
///
/// # Errors
/// As [`recover_finding`].
pub fn recover<'r>(
    setup: Arc<Setup>,
    records: impl Iterator<Item = (u64, &'r [u8])>,
) -> Result<Recovered, RecoverFault> {
    recover_finding(setup, &mut |_| None, records)
}

/// Replays records, each with its sequence number, the first being a day's opening.
///
/// # Errors
/// If a record cannot be read or does not fit, or names a profile that is not found.
pub fn recover_finding<'r>(
    setup: Arc<Setup>,
    find: FindSetup,
    records: impl Iterator<Item = (u64, &'r [u8])>,
) -> Result<Recovered, RecoverFault> {
    let mut recovered = super::fresh(setup);
    for (sequence, payload) in records {
        let events = events_of(sequence, payload)?;
        let hall = &mut recovered.hall;
        for event in &events {
            hand(hall, &event.fact, find)
                .map_err(|version| RecoverFault::NoProfile { sequence, version })?;
            catch_unwind(AssertUnwindSafe(|| hall.apply(event)))
                .map_err(|_| RecoverFault::Unfit { sequence })?;
        }
        if let Some(event) = events.last() {
            recovered.last = recovered.last.max(event.at);
        }
        recovered.opened_at.get_or_insert(sequence);
        if events.iter().any(|event| matches!(event.fact, Fact::DayClosed { .. })) {
            recovered.closed_at = Some(sequence);
        }
        recovered.sequence = sequence;
    }
    Ok(recovered)
}

/// Hands the hall the setup that a fact is about to put in force.
///
/// # Errors
/// The version, if it is not found.
pub fn hand(hall: &mut Hall, fact: &Fact, find: FindSetup) -> Result<(), SetupVersion> {
    let Some(version) = fact.puts_in_force() else { return Ok(()) };
    if !hall.has_at_hand(version) {
        hall.hand(find(version).ok_or(version)?);
    }
    Ok(())
}
