//! The virtual ticket printer of the demo: what it prints is shown in the device room.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use anyhow::Context;
use base64::{Engine, engine::general_purpose::STANDARD};
use firmware_bridge::config;
use hall::ids::DeviceId;
use kiosk::printer::SlipPrinter;
use paper::{
    faces::Faces,
    profile::Profile,
    transport::Place,
    twin::{PrinterTwin, TwinPaper, TwinState},
};
use queue_server::app::App;
use wire::device::{DeviceState, Health, Picture};

/// The device room sees a slip so soon.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// A printer and the thread that tells the device room of it.
pub struct RoomPrinter {
    id: DeviceId,
    model: String,
    profile: Profile,
    faces: Faces,
    twin: Arc<PrinterTwin>,
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl RoomPrinter {
    /// Starts a printer of a model on a free port of loopback.
    ///
    /// # Errors
    /// If the model is unknown or no port is free.
    pub fn start(model: &str, id: DeviceId, app: Arc<App>, faces: &Faces) -> anyhow::Result<Self> {
        Self::open(model, id, app, faces, true)
    }

    /// Starts one for a window: the bridge says how it is, the device room sees what it printed.
    ///
    /// # Errors
    /// As [`RoomPrinter::start`].
    pub fn at_window(
        model: &str,
        id: DeviceId,
        app: Arc<App>,
        faces: &Faces,
    ) -> anyhow::Result<Self> {
        Self::open(model, id, app, faces, false)
    }

    fn open(
        model: &str,
        id: DeviceId,
        app: Arc<App>,
        faces: &Faces,
        speaks: bool,
    ) -> anyhow::Result<Self> {
        let profile = Profile::find(model).with_context(|| format!("no printer model {model}"))?;
        let twin = Arc::new(PrinterTwin::start(&profile, faces, "127.0.0.1:0")?);
        let stop = Arc::new(AtomicBool::new(false));
        let (watched, stopped) = (twin.clone(), stop.clone());
        let about = format!("printer {model} virtual {}", twin.address());
        let thread = thread::Builder::new().name("printer".into()).spawn(move || {
            let mut keys = app.fleet.stand_nearby(id);
            let mut shown = None;
            while !stopped.load(Relaxed) {
                while let Ok(press) = keys.try_recv() {
                    if press.key == "paper" {
                        change_paper(&watched);
                    }
                }
                let now = (watched.count(), has_paper(&watched));
                if shown != Some(now) {
                    shown = Some(now);
                    if speaks {
                        tell(&app, id, &watched, &about);
                    }
                    show(&app, id, &watched);
                }
                thread::sleep(LOOK_EVERY);
            }
        })?;
        let model = model.to_owned();
        Ok(Self { id, model, profile, faces: faces.clone(), twin, stop, thread })
    }

    /// What the bridge is told of it.
    ///
    /// # Errors
    /// If its address is none.
    pub fn for_bridge(&self) -> anyhow::Result<config::Printer> {
        let place = format!("tcp:{}", self.address()).parse()?;
        Ok(config::Printer { id: self.id, place, profile: self.model.clone() })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> String {
        self.twin.address().to_string()
    }

    /// The way of the crowd's kiosk to it.
    ///
    /// # Errors
    /// If its address is none.
    pub fn of_crowd(&self) -> anyhow::Result<SlipPrinter> {
        let place: Place = format!("tcp:{}", self.address()).parse()?;
        Ok(SlipPrinter::new(self.profile.clone(), &place, self.faces.clone()))
    }

    /// Stops it.
    pub fn stop(self) {
        self.stop.store(true, Relaxed);
        self.thread.join().ok();
    }
}

fn has_paper(twin: &PrinterTwin) -> bool {
    match twin.state().paper {
        TwinPaper::Plenty | TwinPaper::NearEnd => true,
        TwinPaper::EndsAfter { rows } => rows > 0,
        TwinPaper::Out => false,
    }
}

/// Takes the roll out, or puts a new one in.
fn change_paper(twin: &PrinterTwin) {
    let paper = if has_paper(twin) { TwinPaper::Out } else { TwinPaper::Plenty };
    twin.set(TwinState { paper, ..twin.state() });
}

fn tell(app: &App, id: DeviceId, twin: &PrinterTwin, about: &str) {
    let (now, paper) = (app.now(), has_paper(twin));
    let state = DeviceState {
        health: if paper { Health::Online } else { Health::Ill },
        why: if paper { String::new() } else { "paper_out".to_owned() },
        shown: None,
        about: about.to_owned(),
        counters: [("slips".to_owned(), twin.count() as u64)].into(),
    };
    app.fleet.note_state(id, state, now);
}

fn show(app: &App, id: DeviceId, twin: &PrinterTwin) {
    let paper = has_paper(twin);
    let last = twin.last_picture().map_or(String::new(), |slip| STANDARD.encode(slip.png()));
    app.fleet.note_picture(
        id,
        Picture::Slip {
            png_base64: last,
            text: String::new(),
            slips: u32::try_from(twin.count()).unwrap_or(u32::MAX),
            paper,
        },
    );
    app.devices_changed();
}
