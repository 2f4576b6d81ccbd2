//! Putting the parts together: links, voice, window. Another program may call these, or start its
//! own executable again with arguments that lead here.

pub mod screen;

use std::{
    io::IsTerminal,
    sync::{
        Arc, OnceLock,
        mpsc::{SyncSender, TrySendError, sync_channel},
    },
    time::Instant,
};

use wire::{
    device::Happening,
    texts::{Language, Texts},
};

use crate::{
    album::{self, Album},
    app::{App, MESSAGES_MAX, WINDOW, from_broker, from_voice, moment},
    config::{Config, Shows},
    gallery::{Page, plates::sample_portrait, staged},
    link::{FromBroker, Link, LinkConfig, LinkFault, Reads, STATE_EVERY, Sender},
    model::{Msg, new_model},
    run::screen::{Ears, Reports, ScreenLink, Search},
    voice::{self, FromVoice, Jobs, Manner, Voice, turn::SharedTurn},
};

/// The display could not begin.
#[derive(Debug, thiserror::Error)]
pub enum RunFault {
    /// The broker.
    #[error(transparent)]
    Link(#[from] LinkFault),
    /// The voice.
    #[error("failed to start the voice's thread")]
    Voice(#[source] std::io::Error),
    /// The window: no display, or a library is missing.
    #[error(
        "failed to open a window: {0}. On Debian: apt-get install libx11-6 libx11-xcb1 \
         libxcursor1 libxi6 libxkbcommon-x11-0 libegl1 libgl1-mesa-dri"
    )]
    Window(String),
}

/// What the screen is, for the device room: the program's word, its version.
const SCREEN: &str = concat!("display ", env!("CARGO_PKG_VERSION"));

/// The same of the voice.
const VOICE: &str = concat!("voice ", env!("CARGO_PKG_VERSION"));

/// Wakes the window when a message waits; empty until the window is there.
type Waker = Arc<OnceLock<egui::Context>>;

/// Shows the screen and speaks until the window is closed.
///
/// # Errors
/// If a credential cannot be read or no window opens. An absent broker is waited for.
pub fn run(config: Config, windowed: bool) -> Result<(), RunFault> {
    let Some(shows) = config.shows() else { return run_voice(&config) };
    let begun = Instant::now();
    let texts = Texts::of(config.language);
    let waker = Waker::default();
    let (messages, inbox) = sync_channel(MESSAGES_MAX);
    let voice = start_voice(&config, Some((messages.clone(), Arc::clone(&waker))))?;
    let album = album(&config, messages.clone(), Arc::clone(&waker));
    let mut model = new_model(config.show.clone(), moment(begun));
    if let Shows::Place(sought) = &shows {
        model.seek(*sought);
    }
    let link = start_screen(&config, shows, messages, Arc::clone(&waker))?;
    let app = App::new(model, texts, inbox, link.reports(), begun).with_album(album);
    let font = config.show.font_file.as_ref().and_then(|path| match std::fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "the font for rare characters is missing");
            None
        }
    });
    let opened = open(app, texts, windowed, font, &waker);
    link.stop();
    if let Some(voice) = voice {
        voice.stop();
    }
    opened
}

/// Runs without a window until the process ends: it is known to the server and speaks, and shows
/// nothing.
///
/// # Errors
/// If a credential cannot be read. An absent broker is waited for.
pub fn run_unseen(config: &Config) -> Result<(), RunFault> {
    let _screen = config.shows().map(|shows| screen::unseen(config, shows)).transpose()?;
    let _voice = start_voice(config, None)?;
    loop {
        std::thread::park();
    }
}

/// Speaks without any window until the process ends.
///
/// # Errors
/// If a credential cannot be read.
pub fn run_voice(config: &Config) -> Result<(), RunFault> {
    let _voice = start_voice(config, None)?;
    loop {
        std::thread::park();
    }
}

/// A voice that runs until it is stopped, for a program that has a window of another kind or none.
///
/// # Errors
/// If a credential cannot be read or the system gives no thread; `None` if no voice is configured.
pub fn voice_alone(config: &Config) -> Result<Option<RunningVoice>, RunFault> {
    start_voice(config, None)
}

/// A voice with its connection.
pub struct RunningVoice {
    voice: Voice,
    link: Link,
}

impl RunningVoice {
    /// Ends the sentence, says offline and ends the threads.
    pub fn stop(self) {
        self.voice.stop();
        self.link.stop();
    }
}

/// Shows a page with sample data until the window is closed.
///
/// # Errors
/// If no window opens.
pub fn run_gallery(page: Page, language: Language, windowed: bool) -> Result<(), RunFault> {
    let texts = Texts::of(language);
    let (model, at) = staged(page, texts);
    let (messages, inbox) = sync_channel(1);
    if page.has_photo() {
        // The channel is empty, and there until the window is closed.
        messages.try_send(Msg::PortraitCame(sample_portrait())).ok();
    }
    let app = App::new(model, texts, inbox, Reports::default(), Instant::now()).frozen(at);
    open(app, texts, windowed, None, &Waker::default())
}

/// What is logged if nobody says otherwise: the window library warns of every setting that a desktop
/// does not have, which no operator can mend.
pub const LOGGED: &str = "info,winit=error,egui_winit=error,eframe=error,egui_glow=error";

/// Logs to standard error, as `RUST_LOG` says.
pub fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new(LOGGED));
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if logs.with_ansi(std::io::stderr().is_terminal()).try_init().is_err() {
        tracing::debug!("somebody else already writes the log");
    }
}

fn open(
    app: App,
    texts: &Texts,
    windowed: bool,
    font: Option<Vec<u8>>,
    waker: &Waker,
) -> Result<(), RunFault> {
    let title = texts.get("screen.window_title");
    let viewport = egui::ViewportBuilder::default().with_title(title).with_inner_size(WINDOW);
    let viewport =
        if windowed { viewport } else { viewport.with_decorations(false).with_fullscreen(true) };
    let options = eframe::NativeOptions {
        viewport,
        renderer: eframe::Renderer::Glow,
        ..eframe::NativeOptions::default()
    };
    let waker = Arc::clone(waker);
    eframe::run_native(
        "paihao-display",
        options,
        Box::new(move |created| {
            look::theme::install(&created.egui_ctx);
            if let Some(bytes) = font {
                look::fonts::install_fonts_with(&created.egui_ctx, bytes);
            }
            waker.get_or_init(|| created.egui_ctx.clone());
            Ok(Box::new(app.filling_screen(!windowed)))
        }),
    )
    .map_err(|error| RunFault::Window(error.to_string()))
}

/// Photographs, if the server is named; a screen without them shows silhouettes.
fn album(config: &Config, messages: SyncSender<Msg>, waker: Waker) -> Option<Album> {
    let server = config.server.as_ref()?;
    let folder = config.data.as_ref().map(|data| data.join("photos"));
    let fetch = album::from_server(server, &config.broker);
    let fetch = fetch.inspect_err(|error| tracing::warn!(%error, "plates go without photographs"));
    let told = move |portrait| tell(&messages, &waker, Msg::PortraitCame(portrait));
    let album = Album::start(folder, fetch.ok()?, told);
    album.inspect_err(|error| tracing::warn!(%error, "plates go without photographs")).ok()
}

fn start_screen(
    config: &Config,
    shows: Shows,
    messages: SyncSender<Msg>,
    waker: Waker,
) -> Result<ScreenLink, RunFault> {
    let (to_search, its_waker) = (messages.clone(), Arc::clone(&waker));
    let sink = Box::new(move |told| tell(&messages, &waker, from_broker(told)));
    let search = Box::new(move |search: Search| {
        let msg = match search {
            Search::Found(device) => Msg::Found(device),
            Search::Not(sought, why) => Msg::Unfound(sought, why),
        };
        tell(&to_search, &its_waker, msg);
    });
    ScreenLink::start(config, shows, Reports::default(), Ears { how: "", sink, search })
}

fn start_voice(
    config: &Config,
    screen: Option<(SyncSender<Msg>, Waker)>,
) -> Result<Option<RunningVoice>, RunFault> {
    let Some(device) = config.voice else { return Ok(None) };
    let texts = Texts::of(config.language);
    let link_config = LinkConfig {
        hall: config.hall,
        device,
        by: config.broker.user.clone(),
        turn: Some(Arc::new(SharedTurn::new(config.broker.user.clone()))),
        about: format!("{VOICE} {}", config.speech.speaker.word()),
        reads: Reads::Voice,
        boot: boot(),
        state_every: STATE_EVERY,
        kept_in: None,
    };
    // Link and voice need each other: the link gets the way to the voice after both are there.
    let jobs: Arc<OnceLock<Jobs>> = Arc::default();
    let to_voice = Arc::clone(&jobs);
    let refused: Arc<OnceLock<Sender>> = Arc::default();
    let refuse = Arc::clone(&refused);
    let sink = Box::new(move |told: FromBroker| {
        let FromBroker::Job(job) = told else { return };
        let key = (job.id, job.boot);
        if !to_voice.get().is_some_and(|jobs| jobs.hand(job))
            && let Some(reports) = refuse.get()
        {
            let (id, boot) = key;
            reports.report(Happening::job_done(id, boot, false));
        }
    });
    let link = Link::start(&config.broker, link_config, sink)?;
    let reports = link.sender();
    refused.get_or_init(|| reports.clone());
    let manner = Manner {
        chime: config.speech.chime,
        test_sentence: texts.get("screen.test_speech").to_owned(),
    };
    let told = Box::new(move |told: FromVoice| {
        if let Some(msg) = from_voice(told, &reports)
            && let Some((messages, waker)) = &screen
        {
            tell(messages, waker, msg);
        }
    });
    let voice =
        Voice::start(voice::speaker(&config.speech), manner, told).map_err(RunFault::Voice)?;
    jobs.get_or_init(|| voice.jobs());
    Ok(Some(RunningVoice { voice, link }))
}

fn tell(messages: &SyncSender<Msg>, waker: &Waker, msg: Msg) {
    match messages.try_send(msg) {
        Ok(()) => {}
        // The window is stuck; faces are whole, so the next one makes up for this one.
        Err(TrySendError::Full(_)) => tracing::warn!("the window does not take its messages"),
        Err(TrySendError::Disconnected(_)) => return,
    }
    if let Some(ctx) = waker.get() {
        ctx.request_repaint();
    }
}

/// A number that differs from boot to boot: the moment of the start.
fn boot() -> u64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let nanos = now.unwrap_or_default().as_nanos() ^ u128::from(std::process::id()).rotate_left(40);
    (nanos & u128::from(u64::MAX >> 11)) as u64
}
