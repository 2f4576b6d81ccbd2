//! The server: the real engine's step, the real postroom, on a false disk; killed, cut off from its
//! power, filled up, and started again.

use std::{path::Path, sync::Arc, time::Duration};

use hall::{
    Hall,
    command::Command,
    ids::{DeviceId, RequestId, SetupVersion},
    setup::Setup,
    time::Timestamp,
    words::Actor,
};
use journal::{false_files::FalseFiles, files::Files};
use queue_server::{
    clock::HallClock,
    day::Daybook,
    engine::{EngineFault, HallOfRecord, Recovered, Stepped, Wish, recover_finding},
    faces::View,
    fleet::Fleet,
    outbox::postroom::{Came, Postroom},
    record,
    serve::starts,
};
use wire::topics::Topic;

use crate::{
    calls::CallId,
    faults::Fault,
    mqtt::Client,
    world::{Deed, Outcome, World},
};

/// Faces that change by time alone are looked at so often while devices are on.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// The same while the hall sleeps: nobody looks at a strip, and nights are long.
const LOOK_AT_NIGHT: Duration = Duration::from_secs(60);

/// The hall screen's heartbeat.
const BEAT_EVERY: Duration = Duration::from_secs(5);

/// Askings in one step, as in the engine's thread.
const BATCH_MAX: usize = 256;

/// Who waits for an answer of the engine.
#[derive(Debug, Clone, Copy)]
pub enum Asker {
    /// An exchange over HTTP.
    Http(CallId),
    /// A device's report, to be acknowledged to the broker.
    Report(DeviceId, u64, u64),
    /// A request that came a second time; nobody listens.
    Nobody,
}

/// The server's machine.
pub struct Server {
    /// Its disk.
    pub disk: FalseFiles,
    /// Its process, if it runs.
    pub up: Option<Up>,
    /// By how many milliseconds its clock is wrong.
    pub clock_off: i64,
    boots: u64,
}

/// A running process.
pub struct Up {
    pub(crate) record: HallOfRecord,
    /// What readers see: written only after the sync.
    pub readers: Hall,
    room: Postroom,
    fleet: Arc<Fleet>,
    inbox: Vec<(Asker, Wish)>,
    pub(crate) step_at: Option<Duration>,
    pub(crate) boot: u64,
}

impl Server {
    /// A machine with an empty disk.
    #[must_use]
    pub fn new() -> Self {
        Self { disk: FalseFiles::new(), up: None, clock_off: 0, boots: 0 }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The hall's clock: the world's time, as the server's machine has it.
    #[must_use]
    pub fn hall_time(&self) -> Timestamp {
        Timestamp(self.unix_millis() + self.server.clock_off)
    }

    /// The setup of a version, as the data's folder keeps it.
    #[must_use]
    pub fn setup_of(&self, version: SetupVersion) -> Option<Arc<Setup>> {
        let found = self.profiles.iter().find(|each| each.version == version);
        found.map(|profile| profile.setup.clone())
    }

    /// Starts the server's process: replays, and checks that nothing promised is missing.
    ///
    /// # Errors
    /// If something is.
    pub fn start_server(&mut self) -> Outcome {
        if self.server.up.is_some() {
            return Ok(());
        }
        let files: Arc<dyn Files> = Arc::new(self.server.disk.clone());
        let opened = match record::open(Path::new("/data"), &files) {
            Ok(opened) => opened,
            // The power went again, or the disk is still full: whoever looks after it starts again.
            Err(_) if self.server.disk.is_stopped() || self.server_disk_is_ill => {
                self.server_crashes();
                return Ok(());
            }
            Err(fault) => return Err(format!("the record does not open: {fault}")),
        };
        let find = &mut |version| self.setup_of(version);
        let folder = self.profiles[self.folder].setup.clone();
        let recovered = recover_finding(folder, find, opened.records())
            .map_err(|fault| format!("the record does not make a hall: {fault}"))?;
        self.check_recovered(&recovered, opened.records())?;
        let Recovered { hall: readers, .. } = &recovered;
        let readers = readers.clone();
        let clock = HallClock::told(480, self.hall_time());
        let daybook = Daybook::new(self.profile.calendar.clone(), clock);
        let start = starts::count(Path::new("/data"), &self.server.disk);
        self.server.boots += 1;
        let fleet = Arc::new(Fleet::new(&self.profile.devices));
        let room = Postroom::new(fleet.clone(), self.luck.next() >> 1, start);
        let boot = self.server.boots;
        self.server.up = Some(Up {
            record: HallOfRecord::new(recovered, opened.journal, daybook),
            readers,
            room,
            fleet,
            inbox: Vec::new(),
            step_at: None,
            boot,
        });
        if self.profile.version != self.profiles[self.folder].version {
            self.offers_the_folder(Actor::Hall);
        }
        if !self.faults.outside_broker {
            self.start_broker();
        }
        self.start_link(Client::Server);
        self.after(Duration::ZERO, Deed::Step(boot));
        self.after(LOOK_EVERY, Deed::Look(boot));
        self.after(BEAT_EVERY, Deed::Beat(boot));
        Ok(())
    }

    /// Hands something to the engine; false if there is none.
    pub fn ask_server(&mut self, asker: Asker, wish: Wish) -> bool {
        let soon = self.now + self.luck.millis(0, 3);
        let Some(up) = &mut self.server.up else { return false };
        up.inbox.push((asker, wish));
        if up.step_at.is_none_or(|at| at > soon) {
            up.step_at = Some(soon);
            let boot = up.boot;
            self.plan(soon, Deed::Step(boot));
        }
        true
    }

    /// The engine takes a step.
    ///
    /// # Errors
    /// If what came of it may not be.
    pub fn step(&mut self, boot: u64) -> Outcome {
        let clock = self.hall_time();
        self.arm_the_disk();
        let Some(up) = self.server.up.as_mut().filter(|up| up.boot == boot) else { return Ok(()) };
        if up.step_at.is_some_and(|at| at > self.now) {
            return Ok(());
        }
        up.step_at = None;
        let batch: Vec<_> = up.inbox.drain(..up.inbox.len().min(BATCH_MAX)).collect();
        let wishes: Vec<Wish> = batch.iter().map(|(_, wish)| wish.clone()).collect();
        let numbered = batch.into_iter().enumerate();
        let numbered = numbered.map(|(place, (asker, wish))| ((place, asker), wish));
        let luck = &mut self.luck;
        match up.record.step(clock, &mut || luck.next(), numbered) {
            Ok(stepped) => {
                self.plan_next_step(stepped.sync.is_some());
                self.stepped(stepped, &wishes)
            }
            Err(EngineFault::Journal { .. }) => {
                self.counts.journal_faults += 1;
                self.server_crashes();
                Ok(())
            }
            Err(fault @ (EngineFault::Bug { .. } | EngineFault::Devices { .. })) => {
                Err(fault.to_string())
            }
        }
    }

    fn plan_next_step(&mut self, wrote: bool) {
        let now = self.hall_time();
        let Some(up) = &mut self.server.up else { return };
        let wait = if wrote || !up.inbox.is_empty() {
            Duration::ZERO
        } else {
            let millis = up.record.next_due(now).since(now).0;
            Duration::from_millis(millis.clamp(5, 30_000))
        };
        let boot = up.boot;
        up.step_at = Some(self.now + wait);
        self.after(wait, Deed::Step(boot));
    }

    /// What was synced is shown, answered and published; the machine may end in between.
    fn stepped(&mut self, stepped: Stepped<(usize, Asker)>, wishes: &[Wish]) -> Outcome {
        let Stepped { events, told, .. } = stepped;
        self.safe(&events)?;
        if self.strikes(Fault::ServerKilled, 2) || self.strikes(Fault::ServerPower, 2) {
            // Everything is on the record, and nobody was told.
            self.server_crashes();
            return Ok(());
        }
        if let Some(up) = &mut self.server.up {
            events.iter().for_each(|event| up.readers.apply(event));
        }
        if !events.is_empty() {
            self.check_readers(&events)?;
            self.with_room(|room, view| room.handle_events(view, &events));
        }
        for ((place, asker), told) in told {
            self.promise(&wishes[place], &told)?;
            match asker {
                Asker::Http(id) => self.answer(id, told),
                Asker::Report(device, conn, message) => {
                    self.check_age(device, told.is_ok())?;
                    self.acknowledge(Client::Server, conn, message);
                    self.with_room(|room, _| room.feed_back(device, told.is_ok()));
                }
                Asker::Nobody => {}
            }
        }
        Ok(())
    }

    /// A message of the broker reaches the server.
    pub fn server_receives(
        &mut self,
        (conn, message): (u64, u64),
        topic: Topic,
        payload: &[u8],
        waited: bool,
    ) {
        let came = self.with_room(|room, view| room.handle_message(view, topic, payload, waited));
        match came {
            Some(Came::Done | Came::Noted | Came::Slip(..)) => {
                self.acknowledge(Client::Server, conn, message);
            }
            Some(Came::Asks(device, wish)) => {
                self.ask_server(Asker::Report(device, conn, message), *wish);
            }
            None => {}
        }
    }

    /// The server is connected to the broker.
    pub fn server_connected(&mut self) {
        self.with_room(Postroom::handle_connected);
    }

    /// Time passed.
    pub fn look(&mut self, boot: u64) {
        if self.server.up.as_ref().is_some_and(|up| up.boot == boot) {
            self.with_room(Postroom::handle_time);
            self.report_health();
            let every = if self.devices_on { LOOK_EVERY } else { LOOK_AT_NIGHT };
            self.after(every, Deed::Look(boot));
        }
    }

    /// Tells the hall what ails its devices, where it thinks otherwise, as the outbox does.
    fn report_health(&mut self) {
        let since = self.hall_time();
        let Some(up) = self.server.up.as_ref().filter(|up| up.readers.day().is_some()) else {
            return;
        };
        let known = |id| up.readers.device_trouble(id).map(|(trouble, _)| trouble);
        let mut news = up.fleet.troubles();
        news.retain(|(id, trouble)| known(*id) != *trouble);
        for (device, trouble) in news {
            let command = Command::ReportDevice { device, trouble, since };
            let wish = Wish { by: Actor::Device(device), request: None, command };
            self.ask_server(Asker::Nobody, wish);
        }
    }

    /// The hall screen is told that the server lives.
    pub fn beat(&mut self, boot: u64) {
        if self.server.up.as_ref().is_some_and(|up| up.boot == boot) {
            self.with_room(Postroom::handle_beat);
            let every = if self.devices_on { BEAT_EVERY } else { LOOK_AT_NIGHT };
            self.after(every, Deed::Beat(boot));
        }
    }

    fn with_room<T>(&mut self, act: impl FnOnce(&mut Postroom, &View) -> T) -> Option<T> {
        let clock = HallClock::told(480, self.hall_time());
        let up = self.server.up.as_mut()?;
        let now = up.record.time_at(clock.now());
        let texts = Postroom::texts();
        let view =
            View { hall: &up.readers, profile: &self.profile, clock, texts, now, forecasts: None };
        let done = act(&mut up.room, &view);
        while let Some(post) = self.server.up.as_mut().and_then(|up| up.room.poll_post()) {
            self.server_posts(&post);
        }
        Some(done)
    }

    /// Looks at a device's face as the readers' hall wants it now.
    #[must_use]
    pub fn wanted_face(
        &self,
        device: &queue_server::profile::Device,
    ) -> Option<wire::device::Face> {
        let clock = HallClock::told(480, self.hall_time());
        let up = self.server.up.as_ref()?;
        let now = up.record.time_at(clock.now());
        let texts = Postroom::texts();
        View { hall: &up.readers, profile: &self.profile, clock, texts, now, forecasts: None }
            .face(device)
    }

    /// The process ends at once; what its disk had not synced may be lost.
    pub fn server_crashes(&mut self) {
        let power = self.server.disk.is_stopped() || self.strikes(Fault::ServerPower, 500);
        self.server.up = None;
        if power {
            self.counts.power_cuts += 1;
            let luck = self.luck.next();
            self.server.disk.crash(luck);
        } else {
            self.counts.kills += 1;
            self.server.disk.fail_sync(u64::MAX);
        }
        self.server.disk.make_room();
        self.server_disk_is_ill = false;
        if !self.faults.outside_broker {
            self.broker_stops();
        }
        self.link_ends(Client::Server);
        let back = self.luck.millis(500, 20_000);
        self.after(back, Deed::StartServer);
    }

    /// Something is about to be written: the power, the room or the disk itself may end in it.
    fn arm_the_disk(&mut self) {
        let changes = 1 + self.luck.below(6);
        if self.strikes(Fault::ServerPower, 2) {
            self.server.disk.stop_at(changes);
        } else if self.strikes(Fault::DiskSync, 2) {
            self.server.disk.fail_sync(1);
            self.server_disk_is_ill = true;
        } else if self.strikes(Fault::DiskFull, 1) {
            let room = self.luck.below(3_000);
            self.server.disk.fill_after_writing(room);
            self.server_disk_is_ill = true;
        }
    }
}

/// The bytes of a request id in a row, for messages.
#[must_use]
pub fn short(request: RequestId) -> String {
    request.to_string()[..8].to_owned()
}
