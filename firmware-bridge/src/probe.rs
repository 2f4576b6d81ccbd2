//! For the electrician: tries a port's speeds and addresses and says in plain words, Chinese and
//! English, what was found.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::mpsc::{Receiver, sync_channel},
    time::{Duration, Instant},
};

use wire::texts::{Language, Texts};

use crate::{
    bus::{Bus, Echo, Manners},
    dialects::{self, Dialect, Frame, Order, Tongue},
    line::tongues,
    port::{Brought, Manner, Port, PortFault},
    profile::{Profile, Said},
    shelf::Shelf,
};

/// Speeds that devices of this kind are set to, the usual one first.
const BAUDS: [u32; 5] = [9_600, 19_200, 4_800, 2_400, 57_600];

/// How long a strip may take to answer.
const ANSWER_WAITS: Duration = Duration::from_millis(120);

/// Reads that may wait.
const INBOX_MAX: usize = 256;

/// Different frames told at one speed; an electrician presses a handful of keys.
const FRAMES_TOLD_MAX: usize = 100;

/// How patient a probe is.
#[derive(Debug, Clone)]
pub struct Patience {
    /// How long to listen at each speed, for keys to be pressed.
    pub listen: Duration,
    /// The speeds to try.
    pub bauds: Vec<u32>,
    /// The addresses to ask; empty for those of the profiles.
    pub addresses: Vec<u8>,
}

impl Default for Patience {
    fn default() -> Self {
        Self { listen: Duration::from_secs(4), bauds: BAUDS.to_vec(), addresses: Vec::new() }
    }
}

/// A device that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// At which speed.
    pub baud: u32,
    /// At which address.
    pub address: u8,
    /// The profiles that it may have.
    pub profiles: Vec<String>,
}

/// Tries a port; `say` gets each sentence as it comes.
///
/// # Errors
/// [`PortFault`] if the port cannot be opened.
pub fn probe(
    path: &Path,
    shelf: &Shelf,
    patience: &Patience,
    mut say: impl FnMut(&str),
) -> Result<Vec<Found>, PortFault> {
    let mut say = |key: &str, values: &[(&str, String)]| say(&both(key, values));
    say("bridge.probe_start", &[("port", path.display().to_string())]);
    let mut found: Vec<Found> = Vec::new();
    for &baud in &patience.bauds {
        say("bridge.probe_baud", &[("baud", baud.to_string())]);
        let mut listening = Listening::open(path, baud, shelf)?;
        let before = found.len();
        let mut told = Vec::new();
        listening.wait(patience.listen, |frame, tongue| {
            // Nobody acknowledges here, so a pad says its key again and again.
            if !told.contains(frame) && told.len() < FRAMES_TOLD_MAX {
                told.push(frame.clone());
                heard(frame, tongue, baud, shelf, &mut found, &mut say);
            }
            false
        });
        ask(&mut listening, shelf, patience, baud, &mut found, &mut say);
        poll(&mut listening, shelf, patience, baud, &mut found, &mut say);
        let counters = listening.bus.counters();
        if counters.echo_bytes > 0 {
            say("bridge.probe_echo", &[]);
        }
        if counters.garbage_bytes > 0 {
            say("bridge.probe_rubbish", &[("count", counters.garbage_bytes.to_string())]);
        } else if found.len() == before {
            say("bridge.probe_silence", &[]);
        }
    }
    let mut per_baud: BTreeMap<u32, usize> = BTreeMap::new();
    for device in &found {
        *per_baud.entry(device.baud).or_default() += 1;
    }
    match per_baud.iter().max_by_key(|(_, count)| **count) {
        Some((baud, count)) => {
            say("bridge.probe_done", &[("count", count.to_string()), ("baud", baud.to_string())])
        }
        None => say("bridge.probe_nothing", &[]),
    }
    Ok(found)
}

type Say<'a> = dyn FnMut(&str, &[(&str, String)]) + 'a;

/// Asks every address that a strip may have.
fn ask(
    listening: &mut Listening,
    shelf: &Shelf,
    patience: &Patience,
    baud: u32,
    found: &mut Vec<Found>,
    say: &mut Say,
) {
    let mut asked = BTreeSet::new();
    for profile in shelf.all().filter(|profile| profile.answers) {
        let addresses = match &patience.addresses[..] {
            [] => (profile.addresses[0]..=profile.addresses[1]).collect(),
            given => given.to_vec(),
        };
        for address in addresses {
            let order = Order::Identify;
            let Ok(bytes) = dialects::encode(address, &order, profile) else { continue };
            if !asked.insert(bytes.clone()) {
                continue;
            }
            listening.understand(profile.tongue());
            listening.send(&bytes, profile.answers_alike);
            let answered = listening.wait(ANSWER_WAITS, |frame, _| {
                frame.address == address && profile.meaning(frame) == Said::Answer
            });
            if answered {
                say(
                    "bridge.probe_answer",
                    &[("address", address.to_string()), ("profile", profile.name.clone())],
                );
                found.push(Found { baud, address, profiles: vec![profile.name.clone()] });
            }
        }
    }
}

/// Asks pads that speak only when asked, again and again while keys are pressed.
fn poll(
    listening: &mut Listening,
    shelf: &Shelf,
    patience: &Patience,
    baud: u32,
    found: &mut Vec<Found>,
    say: &mut Say,
) {
    for profile in shelf.all().filter(|profile| profile.poll_millis > 0) {
        let until = Instant::now() + patience.listen;
        let addresses = profile.addresses[0]..=profile.addresses[1];
        let wait = Duration::from_millis(profile.answer_millis);
        let mut told = Vec::new();
        listening.understand(profile.tongue());
        for address in addresses.cycle().take_while(|_| Instant::now() < until) {
            let Ok(bytes) = dialects::encode(address, &Order::Poll, profile) else { return };
            listening.send(&bytes, profile.answers_alike);
            listening.wait(wait, |frame, tongue| {
                if !told.contains(frame) && told.len() < FRAMES_TOLD_MAX {
                    told.push(frame.clone());
                    heard(frame, tongue, baud, shelf, found, say);
                }
                true
            });
        }
    }
}

/// A frame that a pad or an evaluator said: what it is under each profile.
fn heard(
    frame: &Frame,
    tongue: &Tongue,
    baud: u32,
    shelf: &Shelf,
    found: &mut Vec<Found>,
    say: &mut Say,
) {
    let mut profiles = Vec::new();
    for profile in shelf.all().filter(|profile| profile.tongue() == *tongue) {
        let mut values = vec![
            ("address", frame.address.to_string()),
            ("profile", profile.name.clone()),
            ("hex", hex(frame, profile)),
        ];
        match profile.meaning(frame) {
            Said::Key(key) => {
                values.push(("meaning", Texts::in_both(|texts| key.in_words(texts))));
                say("bridge.probe_key", &values);
            }
            Said::Grade { level, .. } => {
                values.push(("level", level.to_string()));
                say("bridge.probe_grade", &values);
            }
            Said::Answer | Said::Told(_) | Said::Refused(_) | Said::Strange | Said::Nothing => {
                continue;
            }
        }
        profiles.push(profile.name.clone());
    }
    let known = found.iter().any(|device| (device.baud, device.address) == (baud, frame.address));
    if !profiles.is_empty() && !known {
        found.push(Found { baud, address: frame.address, profiles });
    }
}

fn hex(frame: &Frame, profile: &Profile) -> String {
    let bytes = match profile.dialect {
        Dialect::Ff68 => dialects::ff68::frame(frame.address, frame.func, &frame.data),
        Dialect::A090
        | Dialect::Qm
        | Dialect::QmPad
        | Dialect::Bx5k
        | Dialect::Alpha
        | Dialect::Modbus
        | Dialect::Digits
        | Dialect::Generic => [&[frame.func], &frame.data[..]].concat(),
    };
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

fn both(key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &dyn std::fmt::Display)> =
        values.iter().map(|(name, value)| (*name, value as &dyn std::fmt::Display)).collect();
    let chinese = Texts::of(Language::Chinese).fill(key, &values);
    let english = Texts::of(Language::English).fill(key, &values);
    format!("{chinese}\n{english}")
}

/// A port being listened to.
struct Listening {
    port: Port,
    bus: Bus,
    arrived: Receiver<Brought>,
}

impl Listening {
    fn open(path: &Path, baud: u32, shelf: &Shelf) -> Result<Self, PortFault> {
        let (bring, arrived) = sync_channel(INBOX_MAX);
        let port =
            Port::open(path, Manner::usual(baud), move |brought| bring.try_send(brought).is_ok())?;
        // Without having asked, only what has a head of its own can be told from noise.
        let found: Vec<Tongue> = shelf.all().map(|profile| profile.tongue()).collect();
        let tongues = tongues(found.iter().filter(|tongue| tongue.has_head()));
        let bus = Bus::new(baud, Echo::Auto, tongues, Instant::now());
        Ok(Self { port, bus, arrived })
    }

    /// From now on only answers in this language are waited for.
    fn understand(&mut self, tongue: Tongue) {
        self.bus.understand(vec![tongue]);
    }

    fn send(&mut self, bytes: &[u8], answers_alike: bool) {
        let manners = Manners { answers_alike, ..Manners::default() };
        self.bus.sent_to(bytes, manners, Instant::now());
        self.port.write(bytes);
    }

    /// Hears frames for so long, or until one is the one.
    fn wait(&mut self, time: Duration, mut is_it: impl FnMut(&Frame, &Tongue) -> bool) -> bool {
        let until = Instant::now() + time;
        loop {
            while let Some((tongue, frame)) = self.bus.poll_frame() {
                if is_it(&frame, &tongue) {
                    return true;
                }
            }
            let now = Instant::now();
            if now >= until {
                return false;
            }
            let due = self.bus.poll_timeout(now).map_or(until, |due| due.min(until));
            let wait = due.saturating_duration_since(now).max(Duration::from_millis(1));
            match self.arrived.recv_timeout(wait) {
                Ok(Brought::Bytes(bytes)) => self.bus.handle_bytes(&bytes, Instant::now()),
                Ok(Brought::Gone) => return false,
                Err(_) => self.bus.handle_timeout(Instant::now()),
            }
        }
    }
}
