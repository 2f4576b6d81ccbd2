//! A kiosk without a window in a made-up world: its real model and its real pages, touched for days
//! by a finger that knows nothing. It measures and judges nothing; a test and a bench do.

use std::{
    collections::BTreeSet,
    mem::{Discriminant, discriminant},
    time::{Duration, Instant},
};

use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, ViewportId, pos2};
use kiosk::{
    alone::Alone,
    gallery,
    limits::{CORNER_TOUCHES, SERVER_SILENT_SECS},
    model::{
        Model, PrinterState,
        message::{Effect, Msg, Touch},
        page::{Page, Taken},
        service::{Answer, Question, Service},
        update::update,
    },
    moment::Moment,
    screens,
    screens::{Body, service::ServiceView},
    window,
};
use wire::{board::Board, catalogue::Catalogue};

const PAGE: egui::Vec2 = look::measure::KIOSK_PORTRAIT;

/// A screen shows sixty pictures a second.
const PICTURE_MILLIS: u64 = 16;

/// A visitor touches the screen so often, at most.
const TOUCHES_MAX: u64 = 14;

/// Frames of a wait between two touches: the countdown's seconds.
const WAITS: u64 = 3;

/// Of so many visitors one comes while the server is away, and the next ones too for a while.
const AWAY_ONE_OF: u64 = 40;

/// Of so many visits one finds another catalogue, with a queue less.
const CHANGED_ONE_OF: u64 = 12;

/// Of so many visitors one plays in the operator's corner.
const PLAYS_ONE_OF: u64 = 15;

/// The middle of that corner.
const CORNER: Pos2 = pos2(40.0, 40.0);

/// Of so many questions one is not answered, and one refused.
const UNANSWERED_ONE_OF: u64 = 10;

/// What a scanner reads on a slip.
const SLIP: &str = "http://192.168.1.10:8080/t/7k3m9qf2x4w8a";

/// Steps of one press: it may lead to pages that ask again, but not for ever.
const STEPS_MAX: usize = 32;

/// What was seen on the way.
#[derive(Debug, Default)]
pub struct Seen {
    /// Frames drawn.
    pub frames: u64,
    /// Times that the finger came down.
    pub touches: u64,
    /// Of these, those that met a button.
    pub met: u64,
    /// Numbers given out.
    pub tickets: u64,
    /// Questions that were asked of the server.
    pub asked: u64,
    /// Times that the catalogue changed.
    pub changed: u64,
    /// Visits while the server was away.
    pub away: u64,
    /// Kinds of pages.
    pub pages: BTreeSet<String>,
}

/// The kind of a page, and of a service's page.
type Kind = (Discriminant<Body>, Option<Discriminant<ServiceView>>);

/// A kiosk and its world.
pub struct Soak {
    ctx: egui::Context,
    model: Model,
    now: Moment,
    luck: u64,
    board: Board,
    /// Everything that can be done in the hall.
    whole: Catalogue,
    taken: Box<Taken>,
    alone: Alone,
    /// Visitors that still come before the server is back.
    away: u64,
    last: Option<Kind>,
    /// What was seen.
    pub seen: Seen,
}

impl Soak {
    /// A kiosk at its start page; the same `luck` gives the same days.
    ///
    /// # Panics
    /// If the samples of the gallery are no longer what they were.
    #[must_use]
    pub fn new(luck: u64) -> Self {
        let ctx = egui::Context::default();
        look::theme::install(&ctx);
        let mut model = gallery::sample();
        (model.settings.speaks, model.voice) = (true, true);
        model.settings.has_code = true;
        let whole = model.catalogue.clone().expect("the sample has a catalogue");
        let board = model.board.as_ref().expect("the sample has a board").0.clone();
        let ticket = gallery::page("ticket").expect("the gallery has a ticket").page;
        let Page::Ticket { taken, .. } = ticket else { panic!("a ticket is a ticket's page") };
        let alone = gallery::page("alone-start").and_then(|model| model.alone);
        let alone = alone.expect("the gallery has a kiosk that is alone").0;
        let now = gallery::NOW;
        let (away, last, seen) = (0, None, Seen::default());
        Self { ctx, model, now, luck, board, whole, taken, alone, away, last, seen }
    }

    /// Bytes of the picture of all letters that were drawn: it doubles now and then, and is begun
    /// anew before it is larger than a screen card takes (16 MiB).
    #[must_use]
    pub fn letters_bytes(&self) -> usize {
        let [wide, high] = self.ctx.fonts(|fonts| fonts.font_image_size());
        wide * high * size_of::<egui::Color32>()
    }

    /// Somebody comes, touches here and there, and leaves or is forgotten; each frame's time is
    /// added to `times`.
    pub fn visit(&mut self, times: &mut Vec<Duration>) {
        self.server_comes_and_goes();
        // Half of them begin as people do.
        match self.chance(12) {
            0..=5 => self.happened(Msg::Touch(Touch::Take)),
            6 => self.happened(Msg::Touch(Touch::Guide)),
            7 => self.happened(Msg::Touch(Touch::Complain)),
            8 => self.happened(Msg::Scanned(SLIP.to_owned())),
            9 => {
                self.happened(Msg::Touch(Touch::Evaluate));
                self.happened(Msg::Scanned(SLIP.to_owned()));
            }
            _ => {}
        }
        if self.chance(PLAYS_ONE_OF) == 0 {
            self.plays_in_the_corner(times);
        }
        for _ in 0..=self.chance(TOUCHES_MAX) {
            let place = self.place();
            self.press(place, times);
            for _ in 0..self.chance(WAITS) {
                self.pass(1_000);
                times.push(self.frame(Vec::new()).0);
            }
        }
        // Who has gone is waited for, with the countdown on the screen at its end.
        for _ in 0..STEPS_MAX {
            if self.model.at_rest() {
                break;
            }
            self.pass(10_000);
            times.push(self.frame(Vec::new()).0);
        }
        self.pass(20_000);
    }

    /// Nobody comes for so long; answers how often the screen was drawn.
    ///
    /// # Panics
    /// If it draws without end.
    pub fn rest(&mut self, secs: u64) -> u64 {
        self.catalogue_came(self.whole.clone());
        let (until, mut frames) = (self.now.0 + secs * 1_000, 0);
        let board_every = 5_000;
        let mut next_board = self.now.0 + board_every;
        let mut due = self.now.0;
        while self.now.0 < until {
            if self.now.0 >= next_board {
                // Nothing has changed, but the clock has.
                self.board.clock.at += board_every as i64;
                if self.board_came() {
                    due = self.now.0;
                }
                next_board += board_every;
            }
            if self.now.0 >= due {
                frames += 1;
                due = self.now.0 + self.frame(Vec::new()).1;
                // Twice a second, for whoever was left on a page with a countdown.
                let most = secs * 2 + 100;
                assert!(frames <= most, "it draws without end: {:?}", self.model.page);
            }
            self.now = Moment(due.min(next_board).max(self.now.0 + 1));
        }
        frames
    }

    /// A page on which nothing stands: what a frame costs whatever is on it.
    #[must_use]
    pub fn empty_frame(&self) -> Duration {
        let began = Instant::now();
        let output = self.ctx.run_ui(self.input(Vec::new()), |_| {});
        let shapes = output.shapes.clone();
        let drawn = self.ctx.tessellate(shapes, output.pixels_per_point);
        output.drop_without_applying_deltas();
        let took = began.elapsed();
        drop(drawn);
        took
    }

    /// The time of the first frame after a touch at rest: what a finger waits for.
    pub fn first_touch(&mut self) -> Duration {
        let place = pos2(PAGE.x * 0.3, PAGE.y * 0.3);
        let down = self.frame(vec![Event::PointerMoved(place), button(place, true)]).0;
        self.frame(vec![button(place, false), Event::PointerGone]);
        down
    }

    fn board_came(&mut self) -> bool {
        let before = screens::fill(&self.model, self.now);
        let board = Box::new(self.board.clone());
        self.happened(Msg::BoardCame(board));
        before != screens::fill(&self.model, self.now)
    }

    fn server_comes_and_goes(&mut self) {
        if self.away == 0 && self.chance(AWAY_ONE_OF) == 0 {
            self.away = 1 + self.chance(8);
            self.pass(u64::from(SERVER_SILENT_SECS) * 1_000);
            self.happened(Msg::AloneTold(Box::new(self.alone.clone())));
            self.happened(Msg::ServerSilent { tries: 3 });
        }
        if self.away > 0 {
            self.away -= 1;
            self.seen.away += 1;
            return;
        }
        for queue in 0..self.board.queues.len() {
            let waiting = self.chance(20);
            self.board.queues[queue].waiting = u32::try_from(waiting).unwrap_or(0);
        }
        self.board.clock.at += 20_000;
        self.board_came();
        let mut catalogue = self.whole.clone();
        if self.chance(CHANGED_ONE_OF) == 0 {
            self.seen.changed += 1;
            let gone = self.chance(catalogue.queues.len() as u64) as usize;
            let gone = catalogue.queues.remove(gone).id;
            catalogue.items.retain(|item| item.queue != gone);
        }
        self.catalogue_came(catalogue);
    }

    fn catalogue_came(&mut self, catalogue: Catalogue) {
        self.happened(Msg::CatalogueCame(Box::new(catalogue)));
    }

    fn plays_in_the_corner(&mut self, times: &mut Vec<Duration>) {
        for _ in 0..CORNER_TOUCHES {
            self.pass(200);
            times.push(self.frame(vec![Event::PointerMoved(CORNER), button(CORNER, true)]).0);
            times.push(self.frame(vec![button(CORNER, false), Event::PointerGone]).0);
        }
    }

    fn press(&mut self, place: Pos2, times: &mut Vec<Duration>) {
        self.seen.touches += 1;
        // Longer than the deafness after a page came.
        self.pass(700);
        times.push(self.frame(vec![Event::PointerMoved(place), button(place, true)]).0);
        self.pass(80);
        times.push(self.frame(vec![button(place, false), Event::PointerGone]).0);
        times.push(self.frame(Vec::new()).0);
    }

    /// One frame, as the kiosk's window makes it: how long it took, and after how many
    /// milliseconds the next is due.
    fn frame(&mut self, events: Vec<Event>) -> (Duration, u64) {
        let input = self.input(events);
        self.happened(Msg::Tick);
        let mut touches = Vec::new();
        let began = Instant::now();
        let view = screens::fill(&self.model, self.now);
        let ctx = self.ctx.clone();
        let output = ctx.run_ui(input, |ui| {
            let beside = window::beside(ui);
            touches = window::draw(ui, &view).map_or(beside, |touch| vec![touch]);
        });
        let delay = output.viewport_output.get(&ViewportId::ROOT).map(|root| root.repaint_delay);
        let drawn = ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
        output.drop_without_applying_deltas();
        let took = began.elapsed();
        drop(drawn);
        self.note(&view);
        let is_touched = !touches.is_empty();
        for touch in touches {
            self.seen.met += u64::from(!matches!(touch, Touch::Beside | Touch::Corner));
            self.happened(Msg::Touch(touch));
        }
        self.seen.frames += 1;
        let wait = self.now.millis_until(self.model.next_deadline(self.now)).max(20);
        // What egui wants at once comes with the screen's next picture.
        let asked = delay.map_or(u64::MAX, |delay| {
            u64::try_from(delay.as_millis()).unwrap_or(u64::MAX).max(PICTURE_MILLIS)
        });
        (took, if is_touched { PICTURE_MILLIS } else { wait.min(asked) })
    }

    /// The kind of page, if it is another one than before.
    fn note(&mut self, view: &screens::View) {
        let service = match &view.body {
            Body::Service(service) => Some(discriminant(service)),
            Body::Start(_)
            | Body::List(_)
            | Body::Confirm(_)
            | Body::Identity(_)
            | Body::Priority(_)
            | Body::Wait(_)
            | Body::Ticket(_)
            | Body::Trouble(_)
            | Body::Progress(_) => None,
        };
        let kind = (discriminant(&view.body), service);
        if self.last.replace(kind) != Some(kind) {
            let words = format!("{:?}", view.body);
            let mut names = words.split(|char: char| !char.is_alphanumeric());
            let name = names.nth(usize::from(service.is_some())).unwrap_or_default();
            self.seen.pages.insert(name.to_owned());
        }
    }

    fn input(&self, events: Vec<Event>) -> RawInput {
        RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, PAGE)),
            time: Some(self.now.0 as f64 / 1_000.0),
            events,
            ..RawInput::default()
        }
    }

    /// What happened, and what the world answers to it.
    fn happened(&mut self, msg: Msg) {
        let mut todo = vec![msg];
        for _ in 0..STEPS_MAX {
            let Some(msg) = todo.pop() else { return };
            for effect in update(&mut self.model, msg, self.now) {
                todo.splice(0..0, self.answers(effect));
            }
        }
    }

    /// In the order in which they are to be heard last: the last is heard first.
    fn answers(&mut self, effect: Effect) -> Vec<Msg> {
        match effect {
            Effect::Take(_) | Effect::Reprint(_) => match self.chance(20) {
                0 => vec![Msg::NoAnswer],
                1 => {
                    let out = PrinterState::PaperOut;
                    vec![Msg::PrinterTold(PrinterState::Ready), Msg::PaperFailed(out)]
                }
                _ => {
                    self.seen.tickets += 1;
                    vec![Msg::Taken(self.taken.clone()), Msg::Reserved]
                }
            },
            Effect::PrintGuide { .. } => vec![Msg::GuidePrinted(true)],
            Effect::PrintReceipt { .. } => vec![Msg::ReceiptPrinted(true)],
            Effect::NoteLacking(_) => vec![Msg::LackingKept(true)],
            // No visitor knows the code.
            Effect::CheckCode(_) => vec![Msg::CodeChecked { is_right: false, memory_mib: None }],
            Effect::PrintTest => vec![Msg::TestPrinted(true)],
            Effect::Ask { number, question, .. } => {
                self.seen.asked += 1;
                let answer = match self.chance(UNANSWERED_ONE_OF) {
                    0 => Answer::Silent,
                    1 => {
                        let (code, title) = ("no_such_ticket".to_owned(), "—".to_owned());
                        Answer::Refused { code, title, detail: None }
                    }
                    _ => sample(&question),
                };
                vec![Msg::Answered { number, answer: Box::new(answer) }]
            }
            Effect::CallHelp => vec![Msg::HelpTold(true)],
            Effect::TellPrinter(_) => vec![Msg::PrinterKnown],
            Effect::WantCard(_)
            | Effect::KeepCatalogue
            | Effect::KeepGuidePhone(_)
            | Effect::End(_)
            | Effect::Say { .. }
            | Effect::Hush => Vec::new(),
        }
    }

    fn pass(&mut self, millis: u64) {
        self.now = self.now.after_millis(millis);
    }

    fn place(&mut self) -> Pos2 {
        let share = |luck: u64| luck as f32 / 1_000.0;
        let (across, down) = (share(self.chance(1_000)), share(self.chance(1_000)));
        pos2(across * PAGE.x, down * PAGE.y)
    }

    /// A number under `below`, by luck that is the same on every machine (splitmix64).
    fn chance(&mut self, below: u64) -> u64 {
        self.luck = self.luck.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.luck;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below.max(1)
    }
}

/// What a server would say, as the gallery has it.
fn sample(question: &Question) -> Answer {
    let page = match question {
        Question::Number(_) => "found-unproven",
        Question::Proof(_) => "found-passed",
        Question::Booking(_) | Question::BookingOf(_) => "booking",
        Question::Guide(_) => "guide",
        Question::Evaluate(_) => return Answer::Evaluated,
        Question::Tell { .. } => "told",
        Question::Receipt(_) => "told-closed",
    };
    let Some(Page::Service(service)) = gallery::page(page).map(|model| model.page) else {
        panic!("the gallery has no page {page} of a service");
    };
    match *service {
        Service::Found(found) => Answer::Tickets(found.tickets),
        Service::Booking(found) => Answer::Booking(Box::new(found)),
        Service::Guide { guide, .. } => Answer::Guide(guide),
        Service::Told(told) => Answer::Told(Box::new(told.matter)),
        Service::Typing(_)
        | Service::Rating(_)
        | Service::Popular { .. }
        | Service::Several
        | Service::Map { .. }
        | Service::Search(_)
        | Service::Lacking { .. }
        | Service::Noted(_)
        | Service::More { .. }
        | Service::Complaint
        | Service::Telling { .. }
        | Service::Code(_)
        | Service::Behind(_) => panic!("{page} answers nothing"),
    }
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::default(),
    }
}
