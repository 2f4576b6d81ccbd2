//! The kiosk's screens once more, in this process: they say where a label is drawn.

use std::path::Path;

use egui::{Rect, Vec2, accesskit::Role};
use egui_kittest::{
    Harness, Node,
    kittest::{NodeT as _, Queryable as _},
};
use kiosk::{
    config::Config,
    model::{
        Model,
        message::{Msg, Touch},
        service::Answer,
        update::update,
    },
    moment::Moment,
    screens::{self, spoken},
    server::HttpServer,
    window,
};
use wire::{http::booking::FindBookingRequest, server::Way, texts::Language};

/// The page of the design, upright.
pub const PAGE: Vec2 = look::measure::KIOSK_PORTRAIT;

/// Longer than the product is deaf after a page came.
const STEP_MILLIS: u64 = 600;

struct Stage {
    model: Model,
    now: Moment,
    touched: Option<Touch>,
}

impl Stage {
    fn tell(&mut self, msg: Msg) {
        self.now = self.now.after_millis(STEP_MILLIS);
        // The real kiosk performs the effects.
        update(&mut self.model, msg, self.now);
    }
}

/// The screens of a kiosk with the same settings, catalogue and touches.
pub struct Twin {
    harness: Harness<'static, Stage>,
    config: Config,
    server: HttpServer,
}

impl Twin {
    /// A twin of the kiosk with this file.
    ///
    /// # Panics
    /// If the file is wrong or the server does not answer.
    #[must_use]
    pub fn new(config: &Path, server: &str, credential: &str) -> Self {
        let config = Config::load(config).expect("the kiosk can read its file");
        let server =
            HttpServer::new(&Way::to(server, None).expect("an address"), credential, "kiosk/test");
        let stage = Stage { model: fresh(&config, &server), now: Moment::default(), touched: None };
        let harness = Harness::builder()
            .with_size(PAGE)
            .with_context_setup(look::theme::install)
            .build_ui_state(
                |ui, stage: &mut Stage| {
                    let view = screens::fill(&stage.model, stage.now);
                    if let Some(touch) = window::draw(ui, &view) {
                        stage.touched = Some(touch);
                        stage.tell(Msg::Touch(touch));
                    }
                },
                stage,
            );
        Self { harness, config, server }
    }

    /// Somebody has gone, and the next one comes.
    pub fn begin_anew(&mut self) {
        self.harness.state_mut().model = fresh(&self.config, &self.server);
        self.harness.run();
    }

    /// The words of a text.
    #[must_use]
    pub fn words(&self, key: &str) -> String {
        self.harness.state().model.texts().get(key).to_owned()
    }

    /// Where a button is drawn, in points of the page.
    ///
    /// # Panics
    /// If it is not.
    #[must_use]
    pub fn place_of(&self, label: &str) -> Rect {
        self.button(label).rect()
    }

    /// Touches it.
    ///
    /// # Panics
    /// If there is no such button, or it cannot be touched.
    pub fn touch(&mut self, label: &str) {
        self.harness.state_mut().touched = None;
        self.button(label).click();
        self.harness.run();
        assert!(self.harness.state().touched.is_some(), "{label} cannot be touched");
    }

    /// The button with these words, or with these words and how it stands now.
    fn button(&self, label: &str) -> Node<'_> {
        let called = |node: &Node<'_>| node.accesskit_node().label().unwrap_or_default();
        let buttons = || self.harness.query_all_by_role(Role::Button);
        let exact = buttons().find(|node| called(node) == label);
        let found = exact.or_else(|| buttons().find(|node| called(node).starts_with(label)));
        found.unwrap_or_else(|| {
            let all: Vec<String> = buttons().map(|node| called(&node)).collect();
            panic!("no button is labelled {label}: {all:#?}")
        })
    }

    /// Tells it what the world told the kiosk.
    pub fn tell(&mut self, msg: Msg) {
        self.harness.state_mut().tell(msg);
        self.harness.run();
    }

    /// Asks the server for the booking that the kiosk asked for, and tells itself the answer.
    ///
    /// # Panics
    /// If nothing was asked, or there is no such booking.
    pub fn find_booking(&mut self, no: &str) {
        let booking = Some(no.parse().expect("it is a booking's number"));
        let body = FindBookingRequest { booking, document: None };
        let found = self.server.find_booking(&body, Language::Chinese).expect("it is booked");
        let asking = self.harness.state().model.asking.as_ref().expect("it was asked for");
        let number = asking.number;
        self.tell(Msg::Answered { number, answer: Box::new(Answer::Booking(Box::new(found))) });
    }

    /// What the kiosk says on this page.
    #[must_use]
    pub fn sentence(&self) -> String {
        spoken::sentence(&self.harness.state().model)
    }
}

fn fresh(config: &Config, server: &HttpServer) -> Model {
    let mut model = Model::new(config.settings());
    let code = config.kiosk.operator_code_file.as_deref();
    model.settings.has_code = code.and_then(kiosk::code_file::read).is_some();
    let catalogue = server.catalogue().expect("the server has a catalogue");
    let board = server.board().expect("the server has a board");
    let at = Moment::default();
    update(&mut model, Msg::CatalogueCame(Box::new(catalogue)), at);
    update(&mut model, Msg::BoardCame(Box::new(board)), at);
    model
}
