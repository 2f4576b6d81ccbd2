//! The running bridge: a thread a line, a thread for the broker, and this one between them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    },
    time::{Duration, Instant},
};

use wire::ids::DeviceId;

use crate::{
    config::{BadConfig, Config, said},
    line::{Line, LineEvent},
    moment::Moment,
    mqtt::{FromBroker, Mqtt, MqttConfig},
    outbox::{DiskKeep, KeepFault, Outbox},
    printers::worker::{PrinterFault, PrinterWorker},
    readers::worker::{ReaderFault, ReaderWorker},
    session::Session,
    switchboard::Switchboard,
    worker::{NotTaken, Place, Tap, Worker},
};

/// What lines and the broker may have told before anybody listens; they wait when it is full.
const INBOX_MAX: usize = 1_024;

/// Stopping is noticed, and what was not taken is tried again, after so long.
const LOOK_ROUND: Duration = Duration::from_millis(200);
const TRY_AGAIN: Duration = Duration::from_millis(20);

/// Asks a running bridge to stop; clones ask the same one.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Nobody has asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks it to stop.
    pub fn stop(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True if somebody has asked.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The bridge cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// Kept reports.
    #[error("failed to open the outbox {folder}")]
    Outbox {
        /// The folder.
        folder: String,
        /// Why.
        source: KeepFault,
    },
    /// A slip printer.
    #[error("the slip printer {id}: {source}")]
    Printer {
        /// Which.
        id: DeviceId,
        /// Why.
        source: PrinterFault,
    },
    /// A card reader.
    #[error("the card reader {id}: {source}")]
    Reader {
        /// Which.
        id: DeviceId,
        /// Why.
        source: ReaderFault,
    },
    /// A line whose thread has ended: whoever starts the bridge again starts it as well.
    #[error("{}", said("bridge.line_ended", &[("line", line)]))]
    LineEnded {
        /// Which.
        line: String,
    },
    /// A thread or a certificate.
    #[error("failed to {what}")]
    Io {
        /// What was tried.
        what: &'static str,
        /// Why.
        source: std::io::Error,
    },
}

enum Arrived {
    Line(LineEvent),
    Broker(FromBroker),
}

/// Runs a bridge until it is asked to stop.
///
/// # Errors
/// [`Fault`] if it cannot start; ports that are away and an absent broker are waited for.
pub fn run(config: &Config, stop: &Stop) -> Result<(), Fault> {
    run_watched(config, stop, None)
}

/// Like [`run`], and lets somebody watch the bytes of all lines.
///
/// # Errors
/// Like [`run`].
pub fn run_watched(config: &Config, stop: &Stop, tap: Option<Tap>) -> Result<(), Fault> {
    let io = |what| move |source| Fault::Io { what, source };
    let shelf = config.shelf()?;
    config.warnings().iter().for_each(|warning| tracing::warn!("{warning}"));
    let folder = config.data.join("outbox");
    let outbox = |source| Fault::Outbox { folder: folder.display().to_string(), source };
    std::fs::create_dir_all(&folder).map_err(io("make the data folder"))?;
    let keep = DiskKeep::open(&folder).map_err(outbox)?;
    let outbox = Outbox::open(Box::new(keep)).map_err(outbox)?;
    let boot = getrandom::u64().map_err(|error| Fault::Io {
        what: "get random bytes",
        source: std::io::Error::other(error.to_string()),
    })?;
    // Readers of JSON elsewhere keep 53 bits of a number.
    let boot = boot >> 11;
    let mut board = Switchboard::new(config.hall, config.bridge, boot, devices(config), outbox);

    let (tell, told) = sync_channel(INBOX_MAX);
    let mut workers = Vec::new();
    for line in &config.lines {
        let session = |device: &crate::config::Device| {
            Some(Session::new(device.id, device.address, shelf.get(&device.profile)?))
        };
        let sessions = line.devices.iter().filter_map(session).collect();
        let state = Line::new(line.baud, line.echo, sessions, Instant::now());
        let place = Place {
            name: line.name.clone(),
            port: line.port.clone(),
            bauds: line.bauds(),
            framing: line.framing,
            rs485: line.rs485,
        };
        let tell: SyncSender<Arrived> = tell.clone();
        let tell = move |event| {
            // When nobody listens any more the bridge is ending.
            tell.send(Arrived::Line(event)).ok();
        };
        let worker = Worker::start(place, state, tap.clone(), tell);
        workers.push(worker.map_err(io("start a line"))?);
    }
    let mut printers = Vec::new();
    for printer in &config.printers {
        let tell: SyncSender<Arrived> = tell.clone();
        let tell = move |event| {
            tell.send(Arrived::Line(event)).ok();
        };
        let opened = PrinterWorker::open(printer, &config.data, tell);
        printers.push(opened.map_err(|source| Fault::Printer { id: printer.id, source })?);
    }
    let mut readers = Vec::new();
    for reader in &config.readers {
        let tell: SyncSender<Arrived> = tell.clone();
        let tell = move |event| {
            tell.send(Arrived::Line(event)).ok();
        };
        let opened = ReaderWorker::open(reader, tell);
        readers.push(opened.map_err(|source| Fault::Reader { id: reader.id, source })?);
    }
    let offline = board.state(false);
    let mqtt = MqttConfig {
        will: Some((offline.topic, offline.payload.clone())),
        ..broker_of(config, config.bridge.to_string(), board.topics())?
    };
    let tell_broker = move |from| {
        tell.send(Arrived::Broker(from)).ok();
    };
    let mut mqtt = Mqtt::start(mqtt, tell_broker).map_err(io("connect to the broker"))?;
    let ended = turn(&mut board, &mqtt, (&workers, &printers, &readers), &told, stop);

    mqtt.publish(offline.topic, true, offline.payload, None);
    printers.iter().for_each(PrinterWorker::ask_to_stop);
    end_lines(&mut board, &mut workers, &told);
    // Nobody may wait in a full inbox while it is being ended.
    drop(told);
    mqtt.stop();
    printers.iter_mut().for_each(PrinterWorker::stop);
    readers.iter_mut().for_each(ReaderWorker::stop);
    ended.map_or(Ok(()), |place| Err(Fault::LineEnded { line: config.lines[place].name.clone() }))
}

/// Ends the lines; a key that was acknowledged just before is kept for the next run.
fn end_lines(board: &mut Switchboard, workers: &mut [Worker], told: &Receiver<Arrived>) {
    let mut keep = |arrived| {
        if let Arrived::Line(event) = arrived {
            board.handle_line(event, Moment::now());
        }
    };
    std::thread::scope(|scope| {
        let ending = scope.spawn(|| workers.iter_mut().for_each(Worker::stop));
        while !ending.is_finished() {
            told.recv_timeout(TRY_AGAIN).into_iter().for_each(&mut keep);
        }
    });
    told.try_iter().for_each(keep);
}

/// How to reach the broker under the bridge's name.
///
/// # Errors
/// If certificate and key do not belong together.
pub(crate) fn broker_of(
    config: &Config,
    client: String,
    topics: Vec<wire::topics::Topic>,
) -> Result<MqttConfig, BadConfig> {
    Ok(MqttConfig {
        host: config.broker.host.clone(),
        port: config.broker.port,
        user: config.bridge.to_string(),
        client,
        password: config.broker.password.clone(),
        tls: config.broker.tls()?,
        will: None,
        topics,
    })
}

/// Devices by the place of their line; printers come after the lines, readers after the printers.
fn devices(config: &Config) -> impl Iterator<Item = (DeviceId, usize)> {
    let printers = config.printers.iter().enumerate();
    let printers = printers.map(|(place, printer)| (printer.id, config.lines.len() + place));
    let before = config.lines.len() + config.printers.len();
    let readers = config.readers.iter().enumerate();
    let readers = readers.map(move |(place, reader)| (reader.id, before + place));
    config
        .lines
        .iter()
        .enumerate()
        .flat_map(|(place, line)| line.devices.iter().map(move |device| (device.id, place)))
        .chain(printers)
        .chain(readers)
}

/// Turns until it is asked to stop, or until a line has ended, whose place it says.
fn turn(
    board: &mut Switchboard,
    mqtt: &Mqtt,
    (workers, printers, readers): (&[Worker], &[PrinterWorker], &[ReaderWorker]),
    told: &Receiver<Arrived>,
    stop: &Stop,
) -> Option<usize> {
    let mut ended = None;
    while !stop.is_asked() && ended.is_none() {
        board.pump(
            Moment::now(),
            &mut |post| mqtt.publish(post.topic, post.retain, post.payload, post.tag),
            &mut |line, order| match workers.get(line) {
                Some(worker) => match worker.try_order(order) {
                    Ok(()) => Ok(()),
                    Err(NotTaken::Full(order)) => Err(order),
                    Err(NotTaken::Ended) => {
                        ended = Some(line);
                        Ok(())
                    }
                },
                None => match printers.get(line - workers.len()) {
                    Some(printer) => {
                        printer.order(order);
                        Ok(())
                    }
                    None => match readers.get(line - workers.len() - printers.len()) {
                        Some(reader) => reader.try_order(order),
                        None => Ok(()),
                    },
                },
            },
        );
        let wait = if board.is_held_up() { TRY_AGAIN } else { LOOK_ROUND };
        match told.recv_timeout(wait) {
            Ok(Arrived::Line(event)) => board.handle_line(event, Moment::now()),
            Ok(Arrived::Broker(from)) => board.handle_broker(from, Moment::now()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return ended,
        }
    }
    ended
}

/// Asks to stop at Ctrl-C and at the supervisor's signal.
///
/// # Errors
/// If the system gives no thread.
pub fn stop_on_signals(stop: &Stop) -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let stop = stop.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (mut interrupt, mut terminate) = {
        let _inside = runtime.enter();
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?)
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        runtime.block_on(async {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
        });
        stop.stop();
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
