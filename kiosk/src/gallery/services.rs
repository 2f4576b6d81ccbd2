//! The pages of services, with sample data.

use wire::{
    board::Wait,
    catalogue::ItemGuide,
    http::{
        booking::{BookingBody, BookingFound, When},
        enquiry::FoundTicket,
        matters::ToldMatter,
    },
    ids::{TicketId, WindowId},
    words::{Rating, Reason, TicketState, matter::MatterOutcome, people::BookingState},
};

use crate::model::{
    Model,
    identity::Step,
    lacking::Noted,
    operator::{Behind, Code, CodeEntry},
    page::{Notice, Page},
    service::{
        Found, Graded, Proof, Service, Wish,
        search::Search,
        typed::{Sought, Typed},
    },
    telling::{Telling, Told},
};

/// Puts the model on a service's page; false if there is none of this name.
pub fn set(model: &mut Model, name: &str) -> bool {
    model.trail.push(Page::Progress);
    if name == "find-card" {
        model.reader = true;
        model.page = Page::Identity { wish: Wish::Find, step: Step::Card { unread: false } };
        return true;
    }
    let service = match name {
        "find-number" => Service::Typing(Typed::new(Sought::Ticket)),
        "find-number-wrong" => Service::Typing(typed(Sought::Ticket, "A512", true)),
        "found" => found(ticket(TicketState::Waiting)),
        "found-called" => found(ticket(TicketState::Called)),
        "found-passed" => found(passed()),
        "found-unproven" => {
            let ticket = FoundTicket { ticket: None, ..passed() };
            Service::Found(Found { tickets: vec![ticket], proof: None, leaf: 0 })
        }
        "booking-number" => Service::Typing(typed(Sought::Booking, "20261123", false)),
        "booking" => Service::Booking(booking(When::InTime, "")),
        "booking-early" => {
            let said = model.texts().fill(
                "refusal.booking_early",
                &[("from", &"09:30"), ("until", &"10:00"), ("opens", &"09:00")],
            );
            Service::Booking(booking(When::Early, &said))
        }
        "booking-late" => {
            let said = model.texts().get("refusal.booking_late").to_owned();
            Service::Booking(booking(When::Late, &said))
        }
        "case-number" => Service::Typing(typed(Sought::Case, "YX2026-0031", false)),
        "slip-number" => Service::Typing(typed(Sought::Slip, "7K3M9QF", false)),
        "guide" => Service::Guide { guide: Box::new(guide()), leaf: 0 },
        "guide-last" => Service::Guide { guide: Box::new(guide()), leaf: 99 },
        "rating" => Service::Rating(graded(None)),
        "rating-why" => Service::Rating(graded(Some(Rating::Dissatisfied))),
        "several" => several(model, &["L01", "A02", "L03"]),
        "several-closed" => {
            let queue = |line: &&mut wire::board::QueueLine| line.letter == 'A';
            let board = model.board.iter_mut().flat_map(|(board, _)| &mut board.queues);
            board.filter(queue).for_each(|line| line.sold_out = true);
            several(model, &["A02", "L01"])
        }
        "map" => Service::Map { to: None },
        "map-way" => Service::Map { to: "L".parse().ok() },
        "map-far" => Service::Map { to: "A".parse().ok() },
        "popular" => Service::Popular { leaf: 0 },
        "search" => search(model, ""),
        "search-typed" => search(model, "SHEN"),
        "search-none" => search(model, "XYZ"),
        "lacking" => Service::Lacking { leaf: 0 },
        "lacking-words" => Service::Typing(typed(Sought::Lacking, "BU TIE", false)),
        "lacking-noted" => Service::Noted(Noted { at_a_loss: false, kept: Some(true) }),
        "lacking-loss" => Service::Noted(Noted { at_a_loss: true, kept: Some(true) }),
        "more" => {
            model.trail = vec![Page::Start];
            Service::More { leaf: 0 }
        }
        "complaint" => Service::Complaint,
        "telling" => {
            model.telling =
                Some(Telling { reasons: vec![Reason::SentAround], ..Telling::default() });
            Service::Telling { leaf: 0 }
        }
        "telling-where" => {
            model.telling =
                Some(Telling { reasons: vec![Reason::SentAround], ..Telling::default() });
            Service::Lacking { leaf: 0 }
        }
        "told" => told(true, None),
        "told-closed" => told(false, Some(MatterOutcome::Explained)),
        "receipt-number" => Service::Typing(typed(Sought::Receipt, "00017", false)),
        "code" => {
            Service::Code(CodeEntry { code: Code("2468".to_owned()), ..CodeEntry::default() })
        }
        "code-locked" => Service::Code(CodeEntry { locked_secs: 60, ..CodeEntry::default() }),
        "operator" => {
            model.settings.is_kept = true;
            Service::Behind(Behind { memory_mib: Some(92), tested: Some(true), testing: false })
        }
        "thanks" => {
            model.trail = vec![Page::Start];
            model.page = Page::Notice(Notice::Thanks);
            return true;
        }
        _ => return false,
    };
    model.page = Page::Service(Box::new(service));
    true
}

fn several(model: &mut Model, items: &[&str]) -> Service {
    model.gathered = items.iter().filter_map(|item| item.parse().ok()).collect();
    Service::Several
}

fn search(model: &Model, typed: &str) -> Service {
    let mut search = Search::default();
    typed.chars().for_each(|letter| search.push(letter, &model.finder));
    Service::Search(search)
}

fn booking(when: When, said: &str) -> BookingFound {
    BookingFound {
        booking: BookingBody {
            no: "202611230001".parse().expect("twelve digits are a booking's number"),
            queue: "H".parse().expect("a letter is an id"),
            queue_name: "医疗保障".to_owned(),
            item: None,
            item_name: None,
            day: "2026-11-23".parse().expect("a date is a day"),
            from: "09:30".to_owned(),
            until: "10:00".to_owned(),
            state: BookingState::Booked,
            ticket: None,
        },
        when,
        said: said.to_owned(),
    }
}

fn graded(level: Option<Rating>) -> Graded {
    let reasons = level.map(|_| Reason::LongWait).into_iter().collect();
    Graded { token: "7k3m9qf2x4w8a".to_owned(), level, reasons, leaf: 0 }
}

fn told(is_new: bool, outcome: Option<MatterOutcome>) -> Service {
    let matter = ToldMatter {
        receipt: "00017482".parse().expect("eight digits are a receipt"),
        told: "2026-11-23".to_owned(),
        due: outcome.is_none().then(|| "2026-11-30".to_owned()),
        overdue: false,
        closed: outcome.map(|_| "2026-11-26".to_owned()),
        outcome,
    };
    Service::Told(Told { matter, is_new, paper: is_new.then_some(true) })
}

/// What is published of an item.
#[must_use]
pub fn guide() -> ItemGuide {
    let catalogue = super::sample::catalogue();
    let item = catalogue.items.into_iter().find(|item| item.id.as_str() == "L01");
    let item = item.expect("the sample has this item");
    ItemGuide {
        id: item.id,
        name: item.name,
        queue: item.queue,
        kind: item.kind,
        limit_working_days: item.limit_working_days,
        statutory_working_days: Some(60),
        national_code: None,
        tiers: Vec::new(),
        tags: Vec::new(),
        materials: item.bring.clone(),
        bring: item.bring,
        mean_minutes: item.mean_minutes,
        content: "居民身份证的首次申领、到期换领、损坏换领和丢失补领。".to_owned(),
        basis: "《中华人民共和国居民身份证法》第二条、第七条、第十条、第十一条。".to_owned(),
        conditions: "年满十六周岁的中国公民，应当申请领取居民身份证；未满十六周岁的，可以由监护人代为申请。".to_owned(),
        procedure: "1. 到户籍证件窗口提交材料；2. 现场拍照、采集指纹；3. 核对信息并签字；4. 领取受理凭证；5. 凭受理凭证领取证件，或者选择寄递。".to_owned(),
        limit: "自受理之日起 15 个工作日内。".to_owned(),
        fees: "首次申领免费。换领每证 20 元，丢失补领、损坏换领每证 40 元。".to_owned(),
        result: "居民身份证。".to_owned(),
    }
}

fn typed(what: Sought, keys: &str, wrong: bool) -> Typed {
    let mut typed = Typed::new(what);
    keys.chars().for_each(|key| typed.push(key));
    typed.wrong = wrong;
    typed
}

/// Two tickets of one person, this one first.
fn found(ticket: FoundTicket) -> Service {
    let second = FoundTicket {
        no: "E031".parse().expect("the sample's number is one"),
        queue: "E".parse().expect("a letter is an id"),
        ..ticket.clone()
    };
    let proof = Some(Proof::Token("7k3m9qf2x4w8a".to_owned()));
    Service::Found(Found { tickets: vec![ticket, second], proof, leaf: 0 })
}

fn passed() -> FoundTicket {
    let ticket = ticket(TicketState::NoShow);
    FoundTicket { reactivates_behind: Some(3), reprints: false, ..ticket }
}

fn ticket(state: TicketState) -> FoundTicket {
    let slip = super::sample::slip();
    let window = (state == TicketState::Called).then(|| slip.windows[0]);
    let waits = state == TicketState::Waiting;
    FoundTicket {
        ticket: Some(TicketId(1)),
        no: slip.no,
        queue: "A".parse().expect("a letter is an id"),
        queue_name: slip.queue_name,
        item_name: None,
        state,
        window,
        windows: Vec::<WindowId>::from_iter(slip.windows.into_iter().filter(|_| waits)),
        place: slip.place,
        ahead: if waits { 5 } else { 0 },
        wait: waits.then_some(Wait { low_minutes: 10, high_minutes: 20 }),
        reactivates_behind: None,
        reprints: true,
        silent: false,
    }
}
