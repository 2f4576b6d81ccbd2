//! The shell: performs effects, carries touches and news to the model, and shows what it says.

use std::{
    io::Write as _,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc::Receiver,
    },
    time::{Duration, Instant},
};

use egui::{Event, Key, Ui};

use crate::{
    alone::kept,
    code_file,
    counter::{Counters, request_id},
    enquiries::Enquiries,
    guide_phone, keeper,
    link::{Errand, Link},
    model::{
        Model,
        message::{Effect, Msg, Touch},
        service::Answer,
        update::update,
    },
    moment::Moment,
    reader::CardReader,
    scan::Scan,
    screens,
    vitals::{self, Vitals},
    voice::{Said, Voice},
    window,
};

/// Between two signs of life.
const BEAT_EVERY: Duration = Duration::from_secs(5);

/// The running kiosk.
pub struct App {
    model: Model,
    began: Instant,
    news: Receiver<Msg>,
    link: Link,
    counter: Counters,
    voice: Option<Voice>,
    reader: Option<CardReader>,
    enquiries: Option<Enquiries>,
    scan: Scan,
    /// Where the kiosk keeps what it must know on its next start.
    folder: Option<PathBuf>,
    /// Frames in which the window still tries to take the whole screen.
    filling: u64,
    /// Where frames are counted.
    vitals: Vitals,
    /// Somebody waits for signs of life; when the last one was given.
    beats: Option<Instant>,
    /// Nothing on the screen closes the window.
    locked: bool,
    /// 运维口令, as a hash.
    code: Option<String>,
    /// Nobody stands there: boards may wait.
    rests: Arc<AtomicBool>,
}

impl App {
    /// A kiosk whose threads run.
    #[must_use]
    pub fn new(
        model: Model,
        news: Receiver<Msg>,
        link: Link,
        counter: Counters,
        voice: Option<Voice>,
    ) -> Self {
        Self {
            model,
            began: Instant::now(),
            news,
            link,
            counter,
            voice,
            reader: None,
            enquiries: None,
            scan: Scan::default(),
            folder: None,
            filling: 0,
            vitals: Vitals::default(),
            beats: None,
            locked: false,
            code: None,
            rests: Arc::default(),
        }
    }

    /// A kiosk that says here whether nobody stands before it.
    #[must_use]
    pub fn telling_rest(mut self, rests: Arc<AtomicBool>) -> Self {
        self.rests = rests;
        self
    }

    /// A kiosk that keeps in this folder what it must know on its next start.
    #[must_use]
    pub fn keeping(mut self, folder: PathBuf) -> Self {
        self.folder = Some(folder);
        self
    }

    /// A kiosk with a card reader beside it, if there is one.
    #[must_use]
    pub fn with_reader(mut self, reader: Option<CardReader>) -> Self {
        self.reader = reader;
        self
    }

    /// A kiosk that measures itself; `kept` if somebody waits for signs of life.
    #[must_use]
    pub fn watched(mut self, vitals: Vitals, kept: bool) -> Self {
        self.vitals = vitals;
        self.beats = kept.then_some(self.began);
        self
    }

    /// No key, gesture or window manager closes it.
    #[must_use]
    pub const fn locked(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }

    /// A kiosk with an operator's code, of which this is the hash.
    #[must_use]
    pub fn guarded(mut self, code: Option<String>) -> Self {
        self.code = code;
        self
    }

    /// A sign of life for whoever keeps the kiosk.
    fn beat(&mut self) {
        let Some(last) = &mut self.beats else { return };
        if last.elapsed() < BEAT_EVERY {
            return;
        }
        *last = Instant::now();
        let mut out = std::io::stdout().lock();
        if out.write_all(b"\n").and_then(|()| out.flush()).is_err() {
            tracing::error!("nobody keeps this kiosk any more; it ends");
            std::process::exit(0);
        }
    }

    /// A kiosk that asks the server what people ask.
    #[must_use]
    pub fn with_enquiries(mut self, enquiries: Enquiries) -> Self {
        self.enquiries = Some(enquiries);
        self
    }

    /// A window over the whole screen.
    #[must_use]
    pub const fn filling(mut self, frames: u64) -> Self {
        self.filling = frames;
        self
    }

    /// Without a window: heeds the news until the threads behind it have gone.
    pub fn live_unseen(mut self) {
        while let Ok(msg) = self.news.recv() {
            self.happened(msg);
        }
    }

    fn now(&self) -> Moment {
        Moment(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    fn happened(&mut self, msg: Msg) {
        let now = self.now();
        for effect in update(&mut self.model, msg, now) {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Take(order) => {
                if !self.counter.send(order) {
                    tracing::warn!("the counter is busy with somebody who has gone");
                    self.happened(Msg::NoAnswer);
                }
            }
            Effect::Reprint(wish) => {
                if !self.counter.reprint(wish) {
                    tracing::warn!("the counter is busy with somebody who has gone");
                    self.happened(Msg::NoAnswer);
                }
            }
            Effect::PrintGuide { guide, language } => {
                if !self.counter.guide(guide, language) {
                    self.happened(Msg::GuidePrinted(false));
                }
            }
            Effect::PrintReceipt { matter, hall, language } => {
                if !self.counter.receipt(matter, hall, language) {
                    self.happened(Msg::ReceiptPrinted(false));
                }
            }
            Effect::CheckCode(code) => {
                let hash = self.code.as_deref();
                let is_right = hash.is_some_and(|hash| code_file::is_right(hash, &code.0));
                if !is_right {
                    tracing::warn!("a wrong operator's code was typed");
                }
                let memory_mib = vitals::memory_mib();
                self.happened(Msg::CodeChecked { is_right, memory_mib });
            }
            Effect::PrintTest => {
                if !self.counter.test() {
                    self.happened(Msg::TestPrinted(false));
                }
            }
            Effect::End(ending) => {
                tracing::info!(?ending, "the operator ends the kiosk");
                std::process::exit(keeper::exit_code(ending));
            }
            Effect::NoteLacking(said) => {
                if !self.counter.unfound(said) {
                    self.happened(Msg::LackingKept(false));
                }
            }
            Effect::Ask { number, question, language } => {
                let asks = |enquiries: &Enquiries| enquiries.ask(number, question, language);
                if !self.enquiries.as_ref().is_some_and(asks) {
                    self.happened(Msg::Answered { number, answer: Box::new(Answer::Silent) });
                }
            }
            Effect::WantCard(wanted) => {
                if let Some(reader) = &self.reader {
                    reader.want(wanted);
                }
            }
            Effect::CallHelp => {
                let place = self.model.settings.place.clone();
                if !self.link.send(Errand::Help { request: request_id(), place }) {
                    self.happened(Msg::HelpTold(false));
                }
            }
            Effect::TellPrinter(state) => {
                if !self.link.send(Errand::Printer(state)) {
                    tracing::debug!("the line is busy; the printer's state is not told");
                }
            }
            Effect::KeepCatalogue => {
                if let (Some(folder), Some(catalogue)) = (&self.folder, &self.model.catalogue) {
                    kept::keep_catalogue(folder, catalogue);
                }
            }
            Effect::KeepGuidePhone(phone) => {
                if let Some(folder) = &self.folder {
                    guide_phone::keep(folder, &phone);
                }
            }
            Effect::Say { text, language, volume, slow } => {
                if let Some(voice) = &self.voice {
                    voice.say(Some(Said { text, language, volume, slow }));
                }
            }
            Effect::Hush => {
                if let Some(voice) = &self.voice {
                    voice.say(None);
                }
            }
        }
    }
}

impl App {
    /// What a scanner types.
    fn read_codes(&mut self, ui: &Ui) {
        let now = self.now();
        let mut codes = Vec::new();
        ui.input(|input| {
            for event in &input.events {
                if let Event::Text(text) = event {
                    self.scan.typed(text, now);
                }
                if matches!(event, Event::Key { key: Key::Enter, pressed: true, .. }) {
                    codes.extend(self.scan.ended(now));
                }
            }
        });
        for code in codes {
            self.happened(Msg::Scanned(code));
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.beat();
        if let Some(secs) = frame.info().cpu_usage {
            self.vitals.drew((secs * 1_000.0) as u32);
        }
        if self.locked && ui.input(|input| input.viewport().close_requested()) {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::CancelClose);
        }
        let width_mm = self.model.settings.screen_width_mm.map(|mm| mm as f32);
        self.model.lies = window::lies(ui.ctx().content_rect().size());
        if window::fit(ui.ctx(), &mut self.filling, width_mm) {
            ui.ctx().request_repaint();
        }
        while let Ok(msg) = self.news.try_recv() {
            self.happened(msg);
        }
        self.read_codes(ui);
        self.happened(Msg::Tick);
        let view = screens::fill(&self.model, self.now());
        let beside = window::beside(ui);
        let touches = window::draw(ui, &view).map_or(beside, |touch| vec![touch]);
        for touch in touches {
            self.happened(Msg::Touch(touch));
            ui.ctx().request_repaint();
        }
        self.rests.store(self.model.at_rest(), Relaxed);
        let now = self.now();
        let wait = now.millis_until(self.model.next_deadline(now)).max(20);
        ui.ctx().request_repaint_after(Duration::from_millis(wait));
    }
}

/// A page of the gallery in a window: it stands still.
pub struct Still {
    /// The page.
    pub model: Model,
    /// Frames in which it still tries to take the whole screen.
    pub filling: u64,
}

impl eframe::App for Still {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.model.lies = window::lies(ui.ctx().content_rect().size());
        if window::fit(ui.ctx(), &mut self.filling, None) {
            ui.ctx().request_repaint();
        }
        let view = screens::fill(&self.model, crate::gallery::NOW);
        if let Some(touch) = window::draw(ui, &view) {
            let touched = touch != Touch::Help;
            update(&mut self.model, Msg::Touch(touch), crate::gallery::NOW);
            if touched {
                // A gallery has no second half of a double tap.
                self.model.deaf_until = Moment::default();
            }
            ui.ctx().request_repaint();
        }
    }
}
