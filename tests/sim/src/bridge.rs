//! The bridge: the real switchboard, lines and plugs, over cables with the real twins.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use firmware_bridge::{
    bus::Echo,
    line::{Away, Line, LineOrder},
    mqtt::FromBroker,
    outbox::{DiskKeep, Outbox},
    session::Session,
    shelf::Shelf,
    switchboard::Switchboard,
    twins::{cable::TwinCable, line::Habits, twin::Twin},
    worker::Plug,
};
use journal::{false_files::FalseFiles, files::Files};
use wire::{ids::DeviceId, topics::Topic};

use crate::{
    faults::Fault,
    mqtt::{self, Client, Message},
    world::{Deed, Outcome, World},
};

/// No wait of a line is shorter, as in its thread.
const WAIT_MIN: Duration = Duration::from_millis(1);

/// The bridge looks round this often while something waits.
const LOOK_ROUND: Duration = Duration::from_millis(200);

/// Turns of one line in one moment; more would be a loop that never ends.
const TURNS_MAX: usize = 64;

/// The bridge's machine.
pub struct Bridge {
    disk: FalseFiles,
    up: Option<Up>,
    boots: u64,
}

struct Up {
    board: Switchboard,
    lines: Vec<(Line, Plug)>,
    look_at: Option<Duration>,
}

/// A cable with its devices.
pub struct Cable {
    /// The devices.
    pub cable: TwinCable,
    /// The adapter is in.
    pub plugged: bool,
    wake_at: Option<Duration>,
}

impl Bridge {
    /// A machine with an empty disk, switched off.
    #[must_use]
    pub fn new() -> Self {
        Self { disk: FalseFiles::new(), up: None, boots: 0 }
    }
}

impl Default for Bridge {
    fn default() -> Self {
        Self::new()
    }
}

/// The cables of a profile, with a twin for each device.
#[must_use]
pub fn cables(
    profile: &queue_server::profile::Profile,
    shelf: &Shelf,
    echo: bool,
    now: Instant,
) -> Vec<Cable> {
    let lines = profile.lines.iter().enumerate();
    lines
        .map(|(place, line)| {
            let twins = on_line(profile, &line.name)
                .filter_map(|(id, address, name)| Some(Twin::new(id, address, shelf.get(name)?)));
            let habits = Habits { baud: line.baud, echo: echo && place == 0 };
            let cable = TwinCable::new(twins.collect(), habits, now);
            Cable { cable, plugged: true, wake_at: None }
        })
        .collect()
}

fn on_line<'p>(
    profile: &'p queue_server::profile::Profile,
    line: &'p str,
) -> impl Iterator<Item = (DeviceId, u8, &'p str)> {
    let devices = profile.devices.iter();
    let devices = devices.filter(move |device| device.line.as_deref() == Some(line));
    devices.filter_map(|device| Some((device.id, device.address?, device.profile.as_str())))
}

impl World {
    /// The bridge's process starts.
    ///
    /// # Errors
    /// If its outbox does not open.
    pub fn start_bridge(&mut self) -> Outcome {
        if self.bridge.up.is_some() || !self.devices_on {
            return Ok(());
        }
        let files: Arc<dyn Files> = Arc::new(self.bridge.disk.clone());
        let keep = match DiskKeep::open_with(Path::new("/outbox"), files) {
            Ok(keep) => keep,
            Err(_) if self.bridge.disk.is_stopped() => {
                self.bridge_crashes();
                return Ok(());
            }
            Err(fault) => return Err(format!("the outbox does not open: {fault}")),
        };
        let outbox = Outbox::open(Box::new(keep));
        let outbox = outbox.map_err(|fault| format!("the outbox does not open: {fault}"))?;
        let now = self.moment();
        let (lines, mut devices) = (self.profile.lines.clone(), Vec::new());
        let mut started = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            let found: Vec<_> = on_line(&self.profile, &line.name).collect();
            devices.extend(found.iter().map(|(id, _, _)| (*id, place)));
            let sessions = found.iter().filter_map(|(id, address, name)| {
                Some(Session::new(*id, *address, self.shelf.get(name)?))
            });
            let state = Line::new(line.baud, Echo::Auto, sessions.collect(), now.steady);
            started.push((state, Plug::new(now.steady)));
        }
        self.bridge.boots += 1;
        let (hall, id) = (self.profile.setup.id(), "bridge-1".parse().expect("a good id"));
        let boot = self.luck.next() >> 11;
        let board = Switchboard::new(hall, id, boot, devices, outbox);
        self.bridge.up = Some(Up { board, lines: started, look_at: None });
        self.start_link(Client::Bridge);
        self.bridge_turns();
        Ok(())
    }

    /// The bridge's machine loses its power.
    pub fn bridge_crashes(&mut self) {
        self.bridge_ends();
        let back = self.luck.millis(1_000, 20_000);
        self.after(back, Deed::StartBridge);
    }

    /// The bridge is switched off.
    pub fn bridge_ends(&mut self) {
        if self.bridge.up.take().is_some() {
            self.counts.bridge_ends += 1;
        }
        let luck = self.luck.next();
        self.bridge.disk.crash(luck);
        self.link_ends(Client::Bridge);
        for cable in &mut self.cables {
            cable.cable.handle_unplugged();
        }
    }

    /// True while it runs.
    #[must_use]
    pub const fn bridge_is_up(&self) -> bool {
        self.bridge.up.is_some()
    }

    /// The bridge is connected.
    pub fn bridge_connected(&mut self) {
        self.tell_bridge(FromBroker::Connected);
    }

    /// Its connection broke.
    pub fn bridge_lost(&mut self) {
        self.tell_bridge(FromBroker::Lost);
    }

    /// The broker has a report.
    pub fn bridge_acknowledged(&mut self, tag: u64) {
        self.tell_bridge(FromBroker::Acknowledged(tag));
    }

    /// A message came.
    pub fn bridge_receives(&mut self, topic: Topic, payload: Vec<u8>) {
        self.tell_bridge(FromBroker::Message(topic, payload));
    }

    /// What the broker says when its connection breaks.
    #[must_use]
    pub fn bridge_will(&self) -> Option<Message> {
        self.bridge.up.as_ref().map(|up| mqtt::will(up.board.state(false)))
    }

    /// True if a device hangs on the bridge.
    #[must_use]
    pub fn bridge_carries(&self, id: DeviceId) -> bool {
        self.profile.devices.iter().any(|device| device.id == id && device.line.is_some())
    }

    /// A line is due, or its port is to be opened.
    pub fn line_due(&mut self, place: usize) {
        // An earlier waking has taken its place.
        if self.cables[place].wake_at != Some(self.now) {
            return;
        }
        let now = self.moment().steady;
        let plugged = self.cables[place].plugged;
        self.cables[place].wake_at = None;
        if let Some((line, plug)) = self.bridge.up.as_mut().and_then(|up| up.lines.get_mut(place)) {
            if plug.wants_opening(now) && plugged {
                plug.opened(now);
                line.handle_open(now);
            } else if plug.wants_opening(now) {
                plug.not_opened(Away::PortMissing, now);
                line.handle_away(Away::PortMissing, now);
            }
            line.handle_timeout(now);
        }
        self.cables[place].cable.handle_timeout(now);
        self.hear_cable(place);
        self.bridge_turns();
    }

    /// The bridge looks round.
    pub fn bridge_looks(&mut self) {
        if let Some(up) = &mut self.bridge.up {
            up.look_at = None;
        }
        self.bridge_turns();
    }

    /// An adapter is pulled out.
    pub fn unplug(&mut self, place: usize) {
        let now = self.moment().steady;
        let cable = &mut self.cables[place];
        cable.plugged = false;
        cable.cable.handle_unplugged();
        if let Some((line, plug)) = self.bridge.up.as_mut().and_then(|up| up.lines.get_mut(place))
            && plug.poll_timeout().is_none()
        {
            plug.gone(now);
            line.handle_away(Away::PortMissing, now);
        }
        self.bridge_turns();
    }

    /// Bytes come to the bridge from a line: a device's, our own, or noise.
    pub fn line_hears(&mut self, place: usize, bytes: &[u8]) {
        let now = self.moment().steady;
        if !self.cables[place].plugged {
            return;
        }
        if let Some((line, plug)) = self.bridge.up.as_mut().and_then(|up| up.lines.get_mut(place))
            && plug.poll_timeout().is_none()
        {
            line.handle_bytes(bytes, now);
        }
        self.bridge_turns();
    }

    /// Presses a key of a device; false if nobody has that key.
    pub fn press(&mut self, id: DeviceId, key: &str) -> bool {
        let now = self.moment().steady;
        let mut cables = self.cables.iter_mut();
        let pressed = cables
            .find_map(|cable| cable.cable.twins_mut().iter_mut().find(|twin| twin.id() == id));
        let good = pressed.is_some_and(|twin| twin.press(key, now).is_ok());
        self.bridge_turns();
        good
    }

    fn tell_bridge(&mut self, from: FromBroker) {
        let now = self.moment();
        if let Some(up) = &mut self.bridge.up {
            up.board.handle_broker(from, now);
        }
        self.bridge_turns();
    }

    /// Moves everything that can move now: frames out, happenings in, posts and orders.
    pub fn bridge_turns(&mut self) {
        for _ in 0..TURNS_MAX {
            for place in 0..self.cables.len() {
                self.transmit(place);
            }
            if !self.pump() {
                break;
            }
        }
        if self.bridge.disk.is_stopped() {
            self.bridge_crashes();
        }
        (0..self.cables.len()).for_each(|place| self.plan_line(place));
        let now = self.now;
        let Some(up) = &mut self.bridge.up else { return };
        let waits = up.board.is_held_up() || up.board.waiting() > 0;
        if waits && up.look_at.is_none_or(|at| at < now) {
            up.look_at = Some(now + LOOK_ROUND);
            self.after(LOOK_ROUND, Deed::Bridge);
        }
    }

    /// Hands over what the switchboard has; true if a line was given something.
    fn pump(&mut self) -> bool {
        let (now, connected) = (self.moment(), self.is_connected(Client::Bridge));
        let Some(Up { board, lines, .. }) = &mut self.bridge.up else { return false };
        let (mut posts, mut gave) = (Vec::new(), false);
        for (line, _) in lines.iter_mut() {
            while let Some(event) = line.poll_event() {
                board.handle_line(event, now);
            }
        }
        board.pump(
            now,
            &mut |post| {
                if connected {
                    posts.push(post);
                }
                connected
            },
            &mut |place, order: LineOrder| {
                if let Some((line, _)) = lines.get_mut(place) {
                    line.handle_order(order, now.steady);
                    gave = true;
                }
                Ok(())
            },
        );
        for post in posts {
            self.bridge_posts(post);
        }
        gave
    }

    fn transmit(&mut self, place: usize) {
        let now = self.moment().steady;
        let mut out = Vec::new();
        if let Some((line, _)) = self.bridge.up.as_mut().and_then(|up| up.lines.get_mut(place)) {
            while out.len() < TURNS_MAX
                && let Some(bytes) = line.poll_transmit(now)
            {
                out.push(bytes);
            }
        }
        for mut bytes in out {
            if !self.cables[place].plugged {
                continue;
            }
            if self.strikes(Fault::Deaf, 20) {
                let cut = self.luck.below(bytes.len() as u64) as usize;
                bytes.truncate(cut);
            } else if self.strikes(Fault::Noise, 10) {
                let at = self.luck.below(bytes.len() as u64) as usize;
                bytes[at] ^= 1 << self.luck.below(8);
            }
            if let Some(echo) = self.cables[place].cable.handle_bytes(bytes, now) {
                let late = self.luck.millis(2, 16);
                self.after(late, Deed::Heard(place, echo));
            }
        }
    }

    /// What devices said comes to the bridge, perhaps in two pieces.
    fn hear_cable(&mut self, place: usize) {
        let now = self.moment().steady;
        while let Some(mut bytes) = self.cables[place].cable.poll_transmit(now) {
            if self.strikes(Fault::Noise, 20) {
                let at = self.luck.below(bytes.len() as u64) as usize;
                bytes[at] = self.luck.next() as u8;
            }
            if bytes.len() > 2 && self.luck.chance(200) {
                let rest = bytes.split_off(1 + self.luck.below(bytes.len() as u64 - 1) as usize);
                let late = self.luck.millis(1, 16);
                self.after(late, Deed::Heard(place, rest));
            }
            self.line_hears(place, &bytes);
        }
    }

    fn plan_line(&mut self, place: usize) {
        let steady = self.moment().steady;
        let line = self.bridge.up.as_ref().and_then(|up| up.lines.get(place));
        let line = line.and_then(|(line, plug)| {
            [line.poll_timeout(steady), plug.poll_timeout()].into_iter().flatten().min()
        });
        let cable = &mut self.cables[place];
        let due = [line, cable.cable.poll_timeout()].into_iter().flatten().min();
        let Some(due) = due else { return };
        let wait = due.saturating_duration_since(steady).max(WAIT_MIN);
        let at = self.now + wait;
        if cable.wake_at.is_none_or(|planned| planned > at || planned <= self.now) {
            cable.wake_at = Some(at);
            self.plan(at, Deed::Line(place));
        }
    }
}
