//! What was promised: every synced event, every answer. Nothing of it may ever be missing.

use std::collections::BTreeMap;

use hall::{
    Hall,
    answer::Answer,
    command::Input,
    event::{Event, Fact},
    ids::{DeviceId, RequestId, TicketId},
    invariants,
    time::Timestamp,
    views::indicators,
};
use queue_server::engine::{NotDone, Recovered, Told, Wish, events_of, hand};
use sha2::{Digest, Sha256};

use crate::{
    log,
    server::short,
    world::{Outcome, World},
};

/// The dear checks (a whole replay, the tally) are made after one step in so many.
const DEAR_CHECKS: u64 = 60;

/// A key may act so long after it was pressed: ten seconds in the bridge, and some on its way.
const KEY_ACTS_WITHIN: std::time::Duration = std::time::Duration::from_secs(20);

/// What was promised this day.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Every synced event from the day's opening on.
    events: Vec<Event>,
    /// The answers given, by asking.
    promised: BTreeMap<RequestId, (Wish, Answer)>,
    /// Slips that came out of a printer, by ticket.
    pub slips: BTreeMap<TicketId, u32>,
    digest: Sha256,
}

impl Ledger {
    /// A short name of everything that happened so far: the same for the same seed.
    #[must_use]
    pub fn digest(&self) -> String {
        let digest = self.digest.clone().finalize();
        digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    }

    fn note(&mut self, events: &[Event]) {
        for event in events {
            if let Fact::DayOpened { .. } = event.fact {
                self.events.clear();
                self.promised.clear();
                self.slips.clear();
            }
            self.digest.update(serde_json::to_vec(event).unwrap_or_default());
            self.events.push(event.clone());
        }
    }
}

impl World {
    /// These events are synced.
    ///
    /// # Errors
    /// If the naive hall says that one of them may not be.
    pub fn safe(&mut self, events: &[Event]) -> Outcome {
        let count = |is: fn(&Fact) -> bool| events.iter().filter(|event| is(&event.fact)).count();
        self.counts.events += events.len() as u64;
        self.counts.issued += count(|fact| matches!(fact, Fact::Issued(_))) as u64;
        self.counts.served += count(|fact| matches!(fact, Fact::Finished { .. })) as u64;
        self.counts.taken_back += count(|fact| matches!(fact, Fact::TakenBack { .. })) as u64;
        self.counts.evaluated += count(|fact| matches!(fact, Fact::Evaluated(_))) as u64;
        let opens = |event: &Event| matches!(event.fact, Fact::DayOpened { .. });
        for part in events.split_inclusive(opens) {
            let (last, before) = part.split_last().map_or((None, part), |(last, before)| {
                if opens(last) { (Some(last), before) } else { (None, part) }
            });
            self.naive.follow(before)?;
            self.ledger.note(before);
            self.follow_setups(before);
            if let Some(opening) = last {
                self.check_slips()?;
                self.naive.follow(std::slice::from_ref(opening))?;
                self.ledger.note(std::slice::from_ref(opening));
            }
        }
        Ok(())
    }

    /// What comes into force is what everybody goes by.
    fn follow_setups(&mut self, events: &[Event]) {
        let changed = events.iter().rev().find_map(|event| event.fact.puts_in_force());
        let other = changed.filter(|to| *to != self.profile.version);
        let found = other.and_then(|to| self.profiles.iter().find(|each| each.version == to));
        if let Some(profile) = found {
            self.profile = profile.clone();
            self.counts.reloads += 1;
        }
    }

    /// This was answered.
    ///
    /// # Errors
    /// If the same asking was answered otherwise before.
    pub fn promise(&mut self, wish: &Wish, told: &Result<Told, NotDone>) -> Outcome {
        let (Ok(told), Some(request)) = (told, wish.request) else { return Ok(()) };
        if let Some((_, before)) = self.ledger.promised.get(&request) {
            if *before != told.answer {
                let request = short(request);
                return Err(format!(
                    "asking {request} was answered {before:?}, and now {:?}",
                    told.answer
                ));
            }
            return Ok(());
        }
        // What changed nothing (a clerk who had signed on already) need not be remembered.
        let acted = self.ledger.events.iter().rev().any(|event| event.request == Some(request));
        if acted {
            self.ledger.promised.insert(request, (wish.clone(), told.answer));
        }
        Ok(())
    }

    /// After a start: everything synced is there, in order; what was not synced may be there too.
    ///
    /// # Errors
    /// If something is missing or different.
    pub fn check_recovered<'r>(
        &mut self,
        recovered: &Recovered,
        records: impl Iterator<Item = (u64, &'r [u8])>,
    ) -> Outcome {
        let mut found = Vec::new();
        for (sequence, payload) in records {
            found.extend(events_of(sequence, payload).map_err(|fault| fault.to_string())?);
        }
        let first = |events: &[Event]| events.first().map(|event| event.fact.clone());
        let same_day = first(&found) == first(&self.ledger.events);
        let had = if same_day { self.ledger.events.len() } else { 0 };
        if found.len() < had || found[..had] != self.ledger.events[..had] {
            return Err(format!(
                "{} synced events, {} after the crash: something answered is lost",
                self.ledger.events.len(),
                found.len()
            ));
        }
        if !same_day && found.is_empty() && !self.ledger.events.is_empty() {
            return Err("the whole record is lost".to_owned());
        }
        let extra = found.split_off(had);
        self.safe(&extra)?;
        self.check_promises(&recovered.hall)?;
        self.check_hall(&recovered.hall)
    }

    /// After a step: the readers' hall is whole, and replays to the same.
    ///
    /// # Errors
    /// If it does not.
    pub fn check_readers(&mut self, events: &[Event]) -> Outcome {
        let Some(up) = &self.server.up else { return Ok(()) };
        invariants::check(&up.readers)?;
        if up.readers.announcements() != self.naive.announcements() {
            return Err(format!(
                "{} announcements, {} calls and recalls",
                up.readers.announcements(),
                self.naive.announcements()
            ));
        }
        let closes = events.iter().any(|event| matches!(event.fact, Fact::DayClosed { .. }));
        if closes || self.luck.below(DEAR_CHECKS) == 0 {
            let readers = self.server.up.as_ref().map(|up| up.readers.clone());
            return readers.map_or(Ok(()), |readers| self.check_hall(&readers));
        }
        Ok(())
    }

    /// Compares a hall with a replay of everything synced, and its tally with the events.
    fn check_hall(&self, live: &Hall) -> Outcome {
        let mut again = Hall::new(self.profile.setup.clone());
        for event in &self.ledger.events {
            let text = serde_json::to_string(event).map_err(|error| error.to_string())?;
            let event: Event = serde_json::from_str(&text).map_err(|error| error.to_string())?;
            let find = &mut |version| self.setup_of(version);
            hand(&mut again, &event.fact, find).map_err(|version| format!("no setup {version}"))?;
            again.apply(&event);
        }
        if again != *live {
            return Err("the replayed hall differs from the live one".to_owned());
        }
        let now = self.hall_time();
        self.naive.compare(&indicators::of_hall(live, now))
    }

    /// Every answer of the day is given again, and acts no second time.
    fn check_promises(&self, hall: &Hall) -> Outcome {
        for (request, (wish, answer)) in &self.ledger.promised {
            let Wish { by, request: named, command } = wish.clone();
            let input = Input { at: Timestamp(i64::MAX / 2), luck: 1, by, request: named, command };
            let again = hall.decide(&input);
            if again != Ok(Vec::new()) || hall.answer_to(&input, &[]) != *answer {
                let request = short(*request);
                return Err(format!("asking {request} was answered {answer:?}; now {again:?}"));
            }
        }
        Ok(())
    }

    /// A report of a pad acted: it may not be an old one.
    ///
    /// # Errors
    /// If it is.
    pub fn check_age(&self, device: DeviceId, acted: bool) -> Outcome {
        let Some(pressed) = self.pressed.get(&device).filter(|_| acted) else { return Ok(()) };
        let age = self.now.saturating_sub(*pressed);
        if age > KEY_ACTS_WITHIN {
            return Err(format!(
                "a key of {device} acted {} s after it was pressed",
                age.as_secs()
            ));
        }
        Ok(())
    }

    /// The day is over: who held a slip had a place in a queue, and nobody has two.
    fn check_slips(&self) -> Outcome {
        let twice = self.ledger.slips.iter().find(|(_, slips)| **slips > 1);
        if let Some((ticket, slips)) = twice {
            return Err(format!("{slips} slips came out for ticket {}", ticket.0));
        }
        let mut tickets = self.ledger.slips.keys();
        match tickets.find(|ticket| self.naive.is_not_printed(**ticket)) {
            Some(ticket) => {
                Err(format!("a slip is out, and ticket {} counts as not printed", ticket.0))
            }
            None => Ok(()),
        }
    }

    /// An `ERROR` of the product fails the run.
    ///
    /// # Errors
    /// If there was one.
    pub fn check_log(&self) -> Outcome {
        let errors = log::take_errors();
        if errors.is_empty() {
            Ok(())
        } else {
            Err(format!("an error was logged: {}", errors.join("; ")))
        }
    }
}
