//! The shell: performs effects, carries touches and news to the model, and shows what it says.

use std::{
    path::PathBuf,
    sync::mpsc::Receiver,
    time::{Duration, Instant},
};

use egui::Ui;

use crate::{
    alone::kept,
    counter::{Counters, request_id},
    guide_phone,
    link::{Errand, Link},
    model::{
        Model,
        message::{Effect, Msg, Touch},
        update::update,
    },
    moment::Moment,
    reader::CardReader,
    screens,
    voice::{Said, Voice},
    window,
};

/// The running kiosk.
pub struct App {
    model: Model,
    began: Instant,
    news: Receiver<Msg>,
    link: Link,
    counter: Counters,
    voice: Option<Voice>,
    reader: Option<CardReader>,
    /// Where the kiosk keeps what it must know on its next start.
    folder: Option<PathBuf>,
    /// Frames in which the window still tries to take the whole screen.
    filling: u64,
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
            folder: None,
            filling: 0,
        }
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

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        if window::fit(ui.ctx(), &mut self.filling) {
            ui.ctx().request_repaint();
        }
        while let Ok(msg) = self.news.try_recv() {
            self.happened(msg);
        }
        self.happened(Msg::Tick);
        let view = screens::fill(&self.model, self.now());
        let beside = ui.input(|input| input.pointer.any_pressed()).then_some(Touch::Beside);
        if let Some(touch) = window::draw(ui, &view).or(beside) {
            self.happened(Msg::Touch(touch));
            ui.ctx().request_repaint();
        }
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
        if window::fit(ui.ctx(), &mut self.filling) {
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
