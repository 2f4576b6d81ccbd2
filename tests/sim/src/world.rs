//! The false world: one clock, one agenda, one seed, and everything real that lives in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use firmware_bridge::{moment::Moment, shelf::Shelf};
use hall::{
    ids::{DeviceId, person::BookingNo},
    time::Timestamp,
};
use queue_server::{
    clock::HallClock,
    engine::Wish,
    profile::{Device, Profile},
};
use wire::device::DeviceKind;

use crate::{
    agenda::Agenda,
    bridge::{self, Bridge, Cable},
    calls::{CallId, Calls, Heard},
    calm::Calm,
    faults::{Fault, Faults},
    kiosk::{Kiosk, KioskDeed},
    ledger::Ledger,
    luck::{Luck, PerMille},
    misfortune::Damage,
    mqtt::{Broker, Client, FromBroker, Link, Packet},
    naive::Naive,
    people::{Clerk, Visit},
    screen::Screen,
    server::Server,
};

/// Good, or the sentence that says what may not be.
pub type Outcome = Result<(), String>;

/// The first midnight of the world, in the hall's time: before a Monday.
const BEGINS: &str = "2026-11-23 00:00";

/// Hours of a day's business, in minutes after midnight.
const DEVICES_ON: u64 = 8 * 60;
const DEVICES_OFF: u64 = 12 * 60 + 30;
/// Minutes of a day.
const DAY: u64 = 24 * 60;

/// Something that happens at a moment.
#[derive(Debug)]
pub enum Deed {
    /// The engine takes a step.
    Step(u64),
    /// The server looks at what time changes.
    Look(u64),
    /// The server says that it lives.
    Beat(u64),
    /// The server's supervisor starts it.
    StartServer,
    /// A request reaches the server.
    Request(CallId),
    /// A copy of a request comes late.
    Late(CallId, Box<Wish>),
    /// An answer reaches its caller.
    Answer(CallId, Heard),
    /// A caller has waited long enough.
    GiveUp(CallId),
    /// A client connects to the broker.
    Connect(Client, u64),
    /// A packet reaches the broker.
    Up(Client, u64, Packet),
    /// A packet reaches a client.
    Down(Client, u64, FromBroker),
    /// The broker starts.
    StartBroker,
    /// The bridge starts.
    StartBridge,
    /// The bridge looks round.
    Bridge,
    /// A line is due.
    Line(usize),
    /// Bytes reach the bridge from a line.
    Heard(usize, Vec<u8>),
    /// Something of a kiosk.
    Kiosk(usize, u64, KioskDeed),
    /// A kiosk is switched on.
    KioskOn(usize),
    /// Somebody comes.
    Visit(Visit),
    /// Somebody books.
    Book,
    /// Somebody who booked has come.
    CheckIn(BookingNo),
    /// Somebody who booked will not come.
    CancelBooking(BookingNo),
    /// A clerk looks up.
    Clerk(usize),
    /// Somebody presses a key of an evaluator.
    Rate(usize, u8),
    /// The guide desk does something.
    Guide,
    /// A misfortune comes.
    Fault(Fault),
    /// An adapter is plugged in again.
    Replug(usize),
    /// A device has power again.
    PowerOn(usize, usize),
    /// Faults stop for a while.
    Calm,
    /// Is everything right?
    CheckCalm,
    /// The main switch of the hall.
    Switch(bool),
    /// The day's end.
    DayEnds,
}

/// How often what happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events on the record.
    pub events: u64,
    /// Tickets issued.
    pub issued: u64,
    /// Legs served.
    pub served: u64,
    /// 撤回.
    pub taken_back: u64,
    /// Evaluations.
    pub evaluated: u64,
    /// The server's process was killed.
    pub kills: u64,
    /// The server's machine lost its power.
    pub power_cuts: u64,
    /// The journal could not be written.
    pub journal_faults: u64,
    /// Another profile came into force.
    pub reloads: u64,
    /// Connections that broke.
    pub breaks: u64,
    /// The bridge was switched off or lost its power.
    pub bridge_ends: u64,
    /// Kiosks were switched off or lost their power.
    pub kiosk_ends: u64,
    /// Times at which everything had to be right.
    pub calms: u64,
    /// Other misfortunes.
    pub misfortunes: u64,
}

/// The world.
pub struct World {
    /// Its seed.
    pub seed: u64,
    /// Now: since the first midnight.
    pub now: Duration,
    /// Its chance.
    pub luck: Luck,
    /// What may go wrong.
    pub faults: Faults,
    /// The hall's profile, as it is in force.
    pub profile: Arc<Profile>,
    /// Every profile that the hall ever has.
    pub profiles: Vec<Arc<Profile>>,
    /// Which of them the folder holds.
    pub folder: usize,
    /// How often what happened.
    pub counts: Counts,
    base: Instant,
    begins: Timestamp,
    agenda: Agenda<Deed>,
    pub(crate) shelf: Shelf,
    pub(crate) server: Server,
    pub(crate) server_disk_is_ill: bool,
    pub(crate) calls: Calls,
    pub(crate) broker: Broker,
    pub(crate) links: BTreeMap<Client, Link>,
    pub(crate) bridge: Bridge,
    pub(crate) cables: Vec<Cable>,
    pub(crate) kiosks: Vec<Kiosk>,
    pub(crate) screen: Option<Screen>,
    pub(crate) screen_id: Option<DeviceId>,
    pub(crate) clerks: Vec<Clerk>,
    pub(crate) devices_on: bool,
    pub(crate) naive: Naive,
    pub(crate) ledger: Ledger,
    pub(crate) calm: Option<Calm>,
    pub(crate) damage: Damage,
    pub(crate) pressed: BTreeMap<DeviceId, Duration>,
    pub(crate) dark: BTreeSet<(usize, usize)>,
}

impl World {
    /// The world of a seed, before its first morning.
    ///
    /// # Errors
    /// If the small hall's profile is wrong.
    pub fn new(seed: u64, profiles: [Profile; 2], faults: Option<Faults>) -> Result<Self, String> {
        let profiles = profiles.map(Arc::new).to_vec();
        let profile = profiles[0].clone();
        let mut luck = Luck::new(seed);
        let of_seed = Faults::of(&mut luck);
        let faults = faults.unwrap_or(of_seed);
        let (base, shelf) = (Instant::now(), Shelf::built_in());
        let cables = bridge::cables(&profile, &shelf, faults.echo, base);
        let screen_id = ids(&profile, DeviceKind::HallScreen).first().copied();
        let kiosks = ids(&profile, DeviceKind::Kiosk).into_iter().map(Kiosk::new).collect();
        let clerks = Clerk::all(&profile, &mut luck);
        Ok(Self {
            seed,
            now: Duration::from_secs((DEVICES_ON - 5) * 60),
            luck,
            faults,
            counts: Counts::default(),
            base,
            begins: HallClock::read(BEGINS, 480)?,
            agenda: Agenda::default(),
            shelf,
            server: Server::new(),
            server_disk_is_ill: false,
            calls: Calls::default(),
            broker: Broker::default(),
            links: BTreeMap::new(),
            bridge: Bridge::new(),
            cables,
            kiosks,
            screen: None,
            screen_id,
            clerks,
            devices_on: false,
            naive: Naive::new(profiles.iter().map(|each| each.setup.clone()).collect()),
            ledger: Ledger::default(),
            calm: None,
            damage: Damage::default(),
            pressed: BTreeMap::new(),
            dark: BTreeSet::new(),
            profile,
            profiles,
            folder: 0,
        })
    }

    /// Lives through one more day, up to its end.
    ///
    /// # Errors
    /// The sentence that says what may not be.
    pub fn day(&mut self, day: u64) -> Outcome {
        let at = |minutes: u64| Duration::from_secs((day * DAY + minutes) * 60);
        if day == 0 {
            self.start_broker();
            self.start_server()?;
        }
        self.plan(at(DEVICES_ON), Deed::Switch(true));
        self.plan_visits(at(0));
        self.plan_bookings(at(0));
        self.plan_calms(at(0));
        let overnight = self.faults.has(Fault::Overnight) && self.luck.chance(250);
        if !overnight {
            self.plan(at(DEVICES_OFF), Deed::Switch(false));
        }
        self.plan(at(DAY + 2), Deed::DayEnds);
        while let Some((due, deed)) = self.agenda.take() {
            self.now = self.now.max(due);
            let ends = matches!(deed, Deed::DayEnds);
            self.happen(deed)?;
            self.check_log()?;
            if ends {
                return Ok(());
            }
        }
        Err("nothing happens any more".to_owned())
    }

    fn happen(&mut self, deed: Deed) -> Outcome {
        match deed {
            Deed::Step(boot) => self.step(boot)?,
            Deed::Look(boot) => self.look(boot),
            Deed::Beat(boot) => self.beat(boot),
            Deed::StartServer => self.start_server()?,
            Deed::Request(id) => self.request(id)?,
            Deed::Late(_, wish) => {
                self.ask_server(crate::server::Asker::Nobody, *wish);
            }
            Deed::Answer(id, heard) => self.hear(id, heard)?,
            Deed::GiveUp(id) => self.hear(id, Heard::Silent)?,
            Deed::Connect(client, epoch) => self.connect(client, epoch),
            Deed::Up(client, conn, packet) => self.up(client, conn, packet),
            Deed::Down(client, conn, from) => self.from_broker(client, conn, from)?,
            Deed::StartBroker => self.start_broker(),
            Deed::StartBridge => self.start_bridge()?,
            Deed::Bridge => self.bridge_looks(),
            Deed::Line(place) => self.line_due(place),
            Deed::Heard(place, bytes) => self.line_hears(place, &bytes),
            Deed::Kiosk(place, boot, deed) => self.kiosk_due(place, boot, deed)?,
            Deed::KioskOn(place) => self.kiosk_on(place)?,
            Deed::Visit(visit) => self.visit(visit)?,
            Deed::Book => self.book(),
            Deed::CheckIn(no) => self.check_in(no),
            Deed::CancelBooking(no) => self.cancel_booking(no),
            Deed::Clerk(place) => self.clerk_looks(place)?,
            Deed::Rate(place, level) => self.rate(place, level),
            Deed::Guide => self.guide()?,
            Deed::Fault(fault) => self.misfortune(fault)?,
            Deed::Replug(place) => self.replug(place),
            Deed::PowerOn(place, twin) => self.power_on(place, twin),
            Deed::Calm => self.begin_calm()?,
            Deed::CheckCalm => self.check_calm()?,
            Deed::Switch(on) => self.switch(on)?,
            Deed::DayEnds => {}
        }
        Ok(())
    }

    /// The main switch: kiosks, screens, bridge and devices.
    fn switch(&mut self, on: bool) -> Outcome {
        if on == self.devices_on {
            self.plan_people();
            return Ok(());
        }
        self.devices_on = on;
        if on {
            self.power_all(true);
            self.start_bridge()?;
            self.screen_on();
            (0..self.kiosks.len()).try_for_each(|place| self.kiosk_on(place))?;
            self.plan_people();
            self.plan_misfortunes();
        } else {
            (0..self.kiosks.len()).for_each(|place| self.kiosk_off(place));
            self.bridge_ends();
            self.screen_off();
            self.power_all(false);
        }
        Ok(())
    }

    /// Plans something for a moment.
    pub fn plan(&mut self, at: Duration, deed: Deed) {
        self.agenda.plan(at, deed);
    }

    /// Plans something for later.
    pub fn after(&mut self, wait: Duration, deed: Deed) {
        self.agenda.plan(self.now + wait, deed);
    }

    /// True if a fault that is on happens now.
    pub fn strikes(&mut self, fault: Fault, often: PerMille) -> bool {
        self.calm.is_none() && self.faults.has(fault) && self.luck.chance(often)
    }

    /// The world's time, in milliseconds since 1970.
    #[must_use]
    pub fn unix_millis(&self) -> i64 {
        self.begins.0 + i64::try_from(self.now.as_millis()).unwrap_or(i64::MAX)
    }

    /// True in the hours in which people work.
    #[must_use]
    pub const fn is_working(&self) -> bool {
        let minute = self.now.as_secs() / 60 % DAY;
        DEVICES_ON <= minute && minute < DEVICES_OFF
    }

    /// This moment on the bridge's machine.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let unix_millis = u64::try_from(self.unix_millis()).unwrap_or(0);
        Moment { steady: self.base + self.now, unix_millis }
    }

    /// A moment as people write it.
    #[must_use]
    pub fn written(&self) -> String {
        HallClock::told(480, Timestamp(self.unix_millis())).written(Timestamp(self.unix_millis()))
    }

    /// The device of a kind at a window.
    #[must_use]
    pub fn device_at(&self, window: usize, kind: DeviceKind) -> Option<&Device> {
        let id = self.profile.setup.windows().get(window)?.id;
        let mut devices = self.profile.devices.iter();
        devices.find(|device| device.kind == kind && device.window == Some(id))
    }
}

fn ids(profile: &Profile, kind: DeviceKind) -> Vec<DeviceId> {
    let devices = profile.devices.iter().filter(|device| device.kind == kind);
    devices.map(|device| device.id).collect()
}
