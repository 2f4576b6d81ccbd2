//! Every page with sample data: for pictures, for tests, and for whoever wants to see them.

use wire::{
    board::{Board, HallRow, HoursSpan, Opening, QueueLine, RowState, Wait, WindowLine},
    catalogue::{Catalogue, CatalogueItem, CatalogueQueue, CatalogueZone, FurtherQueue, Identity},
    clock::Clock,
    http::{SlipBody, booking::DocumentText},
    ids::{QueueId, TicketId, WindowId, ZoneId},
    texts::Language,
    words::{CaseKind, PriorityClass, WindowState},
};

use crate::{
    alone::Alone,
    model::{
        Link, Model, PrinterState, Settings,
        identity::{Presented, Step, TypedNumber},
        message::{Msg, Touch},
        page::{Choice, Help, Notice, Page, Taken},
        service::Wish,
        update::update,
    },
    moment::Moment,
};

mod sample;
mod services;

pub use services::guide;

/// The moment at which pictures are taken.
pub const NOW: Moment = Moment(1_000_000);

/// The pages that the gallery knows, by name.
pub const PAGES: [&str; 75] = [
    "start",
    "queues",
    "queues-2",
    "items",
    "confirm",
    "confirm-plain",
    "confirm-long",
    "identity",
    "identity-unread",
    "identity-typed",
    "identity-wrong",
    "identity-read",
    "identity-checked",
    "has-ticket",
    "priority",
    "priority-silent",
    "taking",
    "printing",
    "ticket",
    "ticket-priority",
    "ticket-silent",
    "ticket-without-paper",
    "closed",
    "no-server",
    "paper-out",
    "sold-out",
    "help",
    "still-there",
    "progress",
    "alone-start",
    "alone-queues",
    "alone-confirm",
    "alone-ticket",
    "alone-no-own",
    "find-number",
    "find-number-wrong",
    "find-card",
    "found",
    "found-called",
    "found-passed",
    "found-unproven",
    "booking-number",
    "booking",
    "booking-early",
    "booking-late",
    "case-number",
    "slip-number",
    "guide",
    "guide-last",
    "rating",
    "rating-why",
    "thanks",
    "popular",
    "several",
    "several-closed",
    "map",
    "map-way",
    "map-far",
    "search",
    "search-typed",
    "search-none",
    "lacking",
    "lacking-words",
    "lacking-noted",
    "lacking-loss",
    "more",
    "complaint",
    "telling",
    "telling-where",
    "told",
    "told-closed",
    "receipt-number",
    "code",
    "code-locked",
    "operator",
];

/// A page of the gallery; a name may end in `-elder`, `-low` and `-contrast`, and in `-en` for
/// English.
#[must_use]
pub fn page(name: &str) -> Option<Model> {
    let mut model = sample();
    model.reader = true;
    (model.settings.speaks, model.voice) = (true, true);
    let mut name = name;
    while let Some((page, form)) = name.rsplit_once('-') {
        match form {
            "en" => model.language = Language::English,
            "elder" => model.elder = true,
            "low" => model.low = true,
            "contrast" => model.contrast = true,
            _ => break,
        }
        name = page;
    }
    let name = match name.strip_prefix("alone-") {
        Some(name) => {
            model.alone = Some((sample::alone(&model), NOW));
            model.link = Link::Down { tries: 3 };
            name
        }
        None => name,
    };
    if name.starts_with("code") || name == "operator" {
        // The corner that leads there takes 长者版 back.
        model.elder = false;
    }
    if name == "zones" {
        model.page = Page::Zones { leaf: 0 };
        return Some(model);
    }
    set(&mut model, name).then_some(model)
}

fn set(model: &mut Model, name: &str) -> bool {
    let queue = |letter: &str| letter.parse::<QueueId>().expect("a letter is an id");
    let choice =
        Choice { queue: queue("L"), item: model.items_of(queue("L")).first().map(|item| item.id) };
    model.trail = vec![Page::Start];
    if name.starts_with("identity") || name == "has-ticket" {
        return identity(model, name);
    }
    model.page = match name {
        "start" => Page::Start,
        "queues" => Page::Queues { zone: None, leaf: 0 },
        "queues-2" => Page::Queues { zone: None, leaf: 1 },
        "items" => Page::Items { queue: queue("L"), leaf: 0 },
        "confirm" => Page::Confirm(choice),
        "confirm-long" => Page::Confirm(Choice { queue: queue("F"), item: None }),
        "confirm-plain" => Page::Confirm(Choice { queue: queue("A"), item: None }),
        "priority" => Page::Priority,
        "priority-silent" => {
            model.silent = true;
            Page::Priority
        }
        "taking" => Page::Taking { choice, since: NOW, printing: false },
        "printing" => Page::Taking { choice, since: NOW, printing: true },
        "ticket" | "ticket-priority" | "ticket-silent" | "ticket-without-paper" => {
            let mut slip = sample::slip();
            if model.is_alone() {
                slip.no = "A803".parse().expect("it is a number");
                (slip.offline, slip.ahead, slip.wait) = (true, 0, None);
            }
            if name == "ticket-priority" {
                slip.class = PriorityClass::Vulnerable;
            }
            slip.silent = name == "ticket-silent";
            let paper = name != "ticket-without-paper";
            let secs = if model.elder { 96 } else { 6 };
            let taken = Box::new(Taken { slip, paper });
            Page::Ticket { taken, until: NOW.after_secs(secs) }
        }
        "closed" => {
            if let Some((board, _)) = &mut model.board {
                board.opening.issuing = false;
                board.opening.next = Some(board.clock.at + 4 * 3_600_000 + 31 * 60_000);
            }
            Page::Start
        }
        "no-server" => {
            model.link = Link::Down { tries: 3 };
            Page::Start
        }
        "paper-out" => {
            model.printer = PrinterState::PaperOut;
            model.printer_known = true;
            Page::Start
        }
        "no-own" => {
            model.trail.push(Page::Queues { zone: None, leaf: 0 });
            Page::Notice(Notice::NoOwnNumbers)
        }
        "sold-out" => {
            model.trail.push(Page::Queues { zone: None, leaf: 0 });
            Page::Notice(Notice::SoldOut)
        }
        "help" => {
            model.trail.push(Page::Queues { zone: None, leaf: 0 });
            Page::Help(Help::Told)
        }
        "still-there" => {
            model.asks = true;
            model.touched = Moment(NOW.0 - u64::from(model.patience_secs() - 8) * 1000);
            Page::Queues { zone: None, leaf: 0 }
        }
        "progress" => Page::Progress,
        _ => return services::set(model, name),
    };
    if model.elder && matches!(model.page, Page::Queues { .. }) {
        let zone = "D".parse::<ZoneId>().ok();
        model.page = Page::Queues { zone, leaf: 0 };
    }
    true
}

/// 身份核验, with a made-up number that no district gave.
fn identity(model: &mut Model, name: &str) -> bool {
    let choice = Choice { queue: "H".parse().expect("a letter is an id"), item: None };
    let typed = |digits: &str, wrong: bool| {
        let mut number = TypedNumber::default();
        digits.chars().for_each(|digit| number.push(digit));
        Step::Typing { number, wrong }
    };
    model.reader = true;
    let step = match name {
        "identity" => Step::Card { unread: false },
        "identity-unread" => Step::Card { unread: true },
        "identity-typed" => typed("99000019900101", false),
        "identity-wrong" => typed("990000199001010010", true),
        "identity-read" | "identity-checked" | "has-ticket" => {
            let document = DocumentText("card:00000000000000000000000000000000".to_owned());
            // Of a number that was typed no name is known.
            let name = if name == "identity-checked" { "" } else { "王*明" };
            model.presented = Some(Presented { document, masked_name: name.to_owned() });
            Step::Read
        }
        _ => return false,
    };
    model.page = Page::Identity { wish: Wish::Take(choice), step };
    if name == "has-ticket" {
        model.trail.push(model.page.clone());
        model.page = Page::Notice(Notice::HasTicket { ticket: TicketId(1), choice });
    }
    true
}

/// A kiosk of the county hall at a quarter past nine.
#[must_use]
pub fn sample() -> Model {
    let settings = Settings {
        place: "1号取号机".to_owned(),
        pick_up_queue: "R".parse().ok(),
        complaint_queue: "W".parse().ok(),
        general_queue: "K".parse().ok(),
        english_place: Some("Kiosk 1".to_owned()),
        nearest_kiosk: Some(("2号取号机".to_owned(), "入口左侧".to_owned())),
        english_nearest_kiosk: Some(("Kiosk 2".to_owned(), "left of the entrance".to_owned())),
        ..Settings::default()
    };
    let mut model = Model::new(settings);
    let at = Moment(NOW.0 - 12_000);
    update(&mut model, Msg::CatalogueCame(Box::new(sample::catalogue())), at);
    update(&mut model, Msg::BoardCame(Box::new(sample::board())), at);
    update(&mut model, Msg::Touch(Touch::MoreTime), at);
    model.deaf_until = Moment::default();
    model
}
