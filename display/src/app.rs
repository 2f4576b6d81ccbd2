//! The window: takes messages, draws the view, performs effects. It waits for messages, and draws
//! only on one, or when something on the picture changes by itself.

use std::{
    sync::mpsc::{Receiver, TryRecvError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use egui::{Rect, TextureHandle, TextureOptions, Ui, Vec2, ViewportCommand};
use wire::{
    device::{Happening, Health, Work},
    texts::Texts,
};

use crate::{
    album::{Album, Portrait},
    link::{FromBroker, Sender},
    model::{Effect, Model, Moment, Msg, Photo, tablet::Touch, update},
    run::screen::Reports,
    screens::{self, Beside, Design, Shape, test_picture, test_picture::TestView, zoom_for},
    view,
    voice::FromVoice,
};

/// Messages that may wait for a drawn frame.
pub const MESSAGES_MAX: usize = 256;

/// The window of a hall screen.
pub struct App {
    model: Model,
    texts: &'static Texts,
    messages: Receiver<Msg>,
    reports: Reports,
    begun: Instant,
    frozen: Option<Moment>,
    fill_screen: bool,
    frames: u64,
    album: Option<Album>,
    /// Keeps the photograph that is painted.
    texture: Option<TextureHandle>,
}

impl App {
    /// A window that shows what arrives.
    #[must_use]
    pub fn new(
        model: Model,
        texts: &'static Texts,
        messages: Receiver<Msg>,
        reports: Reports,
        begun: Instant,
    ) -> Self {
        Self {
            model,
            texts,
            messages,
            reports,
            begun,
            frozen: None,
            fill_screen: false,
            frames: 0,
            album: None,
            texture: None,
        }
    }

    /// A window that shows photographs of an album.
    #[must_use]
    pub fn with_album(mut self, album: Option<Album>) -> Self {
        self.album = album;
        self
    }

    /// A window that stands still at one moment, for the gallery.
    #[must_use]
    pub fn frozen(mut self, at: Moment) -> Self {
        self.frozen = Some(at);
        self
    }

    /// A window over the whole screen, without a mouse pointer.
    #[must_use]
    pub const fn filling_screen(mut self, fill: bool) -> Self {
        self.fill_screen = fill;
        self
    }

    fn now(&self) -> Moment {
        self.frozen.unwrap_or_else(|| moment(self.begun))
    }

    /// One frame: messages, picture, effects.
    pub fn frame(&mut self, ui: &Ui) {
        let now = self.now();
        let mut effects = Vec::new();
        // The channel's own bound is the bound of this loop.
        for _ in 0..MESSAGES_MAX {
            match self.messages.try_recv() {
                Ok(Msg::PortraitCame(portrait)) => {
                    if !self.model.names_photo(&portrait.mark) {
                        continue;
                    }
                    let photo = self.paintable(ui, portrait);
                    effects.extend(update(&mut self.model, Msg::PhotoReady(photo), now));
                }
                Ok(msg) => effects.extend(update(&mut self.model, msg, now)),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => break,
            }
        }
        let page = ui.max_rect();
        let rows = self.shape(page, now).rows_room(page, self.beside(now));
        effects.extend(update(&mut self.model, Msg::Drawn { rows }, now));
        if let Some(touch) = self.draw(ui, now) {
            effects.extend(update(&mut self.model, Msg::Touched(touch), now));
            ui.ctx().request_repaint();
        }
        for effect in effects {
            self.perform(effect);
        }
        if self.frozen.is_none()
            && let Some(millis) = self.model.changes_in(now)
        {
            ui.ctx().request_repaint_after(Duration::from_millis(millis));
        }
        self.frames += 1;
    }

    fn draw(&self, ui: &Ui, now: Moment) -> Option<Touch> {
        let page = ui.max_rect();
        if self.model.testing(now) {
            let text = |key| self.texts.get(key).to_owned();
            let device = self.model.device().map(|device| device.to_string()).unwrap_or_default();
            let size = page.size() * ui.ctx().pixels_per_point();
            let test = TestView {
                title: text("screen.test_title"),
                device: format!("{device}  {:.0} × {:.0}", size.x, size.y),
                letters: text("screen.test_line"),
                todo: text("screen.test_fill"),
            };
            test_picture::test_ui(ui, page, &test);
            return None;
        }
        let shape = self.shape(page, now);
        let room = shape.room(page, self.beside(now));
        screens::draw(ui, page, &view::picture(&self.model, self.texts, room, now), shape)
    }

    fn shape(&self, page: Rect, now: Moment) -> Shape {
        let shape = Shape::of(page, self.model.row_share_min());
        let said = self.model.broadcast(now);
        said.map_or(shape, |said| shape.broadcasting(page, said.text.chars().count()))
    }

    fn beside(&self, now: Moment) -> Beside {
        Beside { counts: self.model.counts(), notes: self.model.has_notes(now) }
    }

    fn design(&self) -> Design {
        if self.model.tablet_face().is_some() { Design::Tablet } else { Design::Screen }
    }

    /// Hands a photograph to the painter; the one before goes.
    fn paintable(&mut self, ui: &Ui, portrait: Portrait) -> Photo {
        let Portrait { mark, image } = portrait;
        let [wide, high] = image.size.map(|side| u32::try_from(side).unwrap_or(1));
        let texture = ui.ctx().load_texture(&mark, image, TextureOptions::LINEAR);
        let id = texture.id();
        self.texture = Some(texture);
        Photo { mark, texture: id, wide, high }
    }

    fn perform(&self, effect: Effect) {
        if let Effect::WantPhoto(mark) = effect {
            if let Some(album) = &self.album {
                album.want(mark);
            }
            return;
        }
        let Some(reports) = self.reports.get() else { return };
        match effect {
            Effect::ReportShown { revision } => reports.report(Happening::Shown { revision }),
            Effect::WantPhoto(_) => {}
            Effect::ReportGrade(grade) => reports.report(grade),
            Effect::ReportJob { id, boot, done } => {
                reports.report(Happening::job_done(id, boot, done));
            }
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        let window = ctx.content_rect().size() * ctx.pixels_per_point();
        let native = ctx.native_pixels_per_point().unwrap_or(1.0);
        let zoom = zoom_for(window, self.design()) / native;
        if window.min_elem() > 1.0 && (ctx.zoom_factor() - zoom).abs() > 0.001 {
            // What was drawn with the old zoom would flash; the next frame has the right one.
            ctx.set_zoom_factor(zoom);
            ctx.request_repaint();
        }
        if self.fill_screen && self.frames < look::window::FILLING_FRAMES_MAX {
            look::window::fill_screen(&ctx);
            ctx.send_viewport_cmd(ViewportCommand::CursorVisible(false));
        }
        self.frame(ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        look::colour::NIGHT.to_normalized_gamma_f32()
    }
}

/// This moment of the machine.
#[must_use]
pub fn moment(begun: Instant) -> Moment {
    let unix = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment {
        since_start: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        unix: i64::try_from(unix.as_millis()).unwrap_or(i64::MAX),
    }
}

/// What the broker tells, as a message to the screen.
#[must_use]
pub fn from_broker(told: FromBroker) -> Msg {
    match told {
        FromBroker::Connected => Msg::Connected,
        FromBroker::Lost => Msg::Lost,
        FromBroker::Face(wanted, kept) => Msg::Face { wanted, kept },
        FromBroker::Heartbeat(clock) => Msg::Heartbeat(clock),
        FromBroker::Job(job) => match job.work {
            Work::Test { .. } => Msg::TestAsked { id: job.id, boot: job.boot },
            Work::Say { .. } | Work::Beep | Work::Feedback { .. } | Work::Print(_) => {
                Msg::JobRefused { id: job.id, boot: job.boot }
            }
        },
    }
}

/// What the voice tells: a message to the screen, and reports to the broker.
pub fn from_voice(told: FromVoice, reports: &Sender) -> Option<Msg> {
    match told {
        FromVoice::Began(text) => Some(Msg::SpeechBegan(text)),
        FromVoice::Ended { done } => {
            let (health, why) =
                if done { (Health::Online, "") } else { (Health::Ill, "voice_failed") };
            reports.health(health, why);
            Some(Msg::SpeechEnded { done })
        }
        FromVoice::Job { key, done } => {
            reports.report(Happening::job_done(key.id, key.boot, done));
            None
        }
        FromVoice::Missed(missed) => {
            reports.count("missed", missed);
            None
        }
        FromVoice::Superseded(count) => {
            reports.count("superseded", count);
            None
        }
        FromVoice::TooLate(count) => {
            reports.count("too_late", count);
            None
        }
        FromVoice::Quiet(count) => {
            reports.count("quiet", count);
            None
        }
    }
}

/// The window's size on a desk.
pub const WINDOW: Vec2 = Vec2::new(1280.0, 720.0);
