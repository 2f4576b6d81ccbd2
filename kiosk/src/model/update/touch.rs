//! What a finger does to the model.

use wire::{
    ids::{ItemId, QueueId, ZoneId},
    texts::Language,
    words::{PriorityClass, people::GrantReason},
};

use super::{
    form, grade, identity, lacking, operator, say, search, service, several, telling, ticked,
};
use crate::{
    limits,
    model::{
        Link, Model,
        lacking::Lacking,
        message::{Again, Effect, Order, Touch},
        page::{Choice, Help, Notice, Page, Shown},
        service::{Extras, Question, Service, Wish, typed::Sought},
    },
    moment::Moment,
    screens::spoken,
};

/// Acts on a touch, unless it is the second half of a double tap.
pub(super) fn touched(model: &mut Model, touch: Touch, now: Moment) -> Vec<Effect> {
    if touch == Touch::Corner {
        return operator::corner(model, now);
    }
    if now < model.deaf_until || matches!(model.page, Page::Taking { .. }) {
        return Vec::new();
    }
    if model.asking.is_some() && !leaves_question(touch) {
        return Vec::new();
    }
    // A touch on what has just run out must not act on the page that comes instead.
    if model.returns_at().is_some_and(|at| at <= now) {
        return ticked(model, now);
    }
    model.touched = now;
    match touch {
        Touch::Take => {
            model.reading = false;
            model.extras = Extras::default();
            model.gathered.clear();
            let first = first_list(model);
            go(model, first, now);
            Vec::new()
        }
        Touch::Guide => {
            model.reading = true;
            let first = first_list(model);
            go(model, first, now);
            Vec::new()
        }
        Touch::PickUp => service::open_typing(model, Sought::Case, now),
        Touch::Complain => telling::open(model, now),
        Touch::ComplainNumber => open_whole(model, model.settings.complaint_queue, now),
        Touch::Register => telling::begin(model, now),
        Touch::FindReceipt => telling::find(model, now),
        Touch::Progress => {
            go(model, Page::Progress, now);
            Vec::new()
        }
        Touch::Priority => {
            go(model, Page::Priority, now);
            Vec::new()
        }
        Touch::Class(class, reason) => class_chosen(model, (class, reason), now),
        // How one is called is no class: it goes with every answer.
        Touch::Silent => {
            model.silent = !model.silent;
            deafen(model, now);
            Vec::new()
        }
        Touch::Zone(zone) => zone_chosen(model, zone, now),
        Touch::Queue(queue) => open_queue(model, Some(queue), now),
        Touch::Item(item) if model.is_gathering() => several::chosen(model, item, now),
        // Who reads gets everything that is published; without the server, what is at hand.
        Touch::Item(item) if model.reading && model.link == Link::Up => {
            service::ask(model, Question::Guide(item), now)
        }
        Touch::Item(item) => {
            let Some(queue) = model.item(item).map(|item| item.queue) else { return Vec::new() };
            go(model, Page::Confirm(Choice { queue, item: Some(item) }), now);
            Vec::new()
        }
        Touch::OtherItem(queue) => {
            go(model, Page::Confirm(Choice { queue, item: None }), now);
            Vec::new()
        }
        Touch::Confirm => confirmed(model, now),
        Touch::Digit(key) => {
            identity::typed(model, key);
            service::typed(model, key);
            search::typed(model, key);
            operator::typed(model, key, now);
            Vec::new()
        }
        Touch::Erase => {
            identity::erased(model);
            service::erased(model);
            search::erased(model);
            operator::erased(model);
            Vec::new()
        }
        Touch::TypeNumber => {
            identity::type_instead(model, now);
            Vec::new()
        }
        Touch::NumberTyped => identity::number_typed(model, now),
        Touch::WithoutIdentity => identity::without(model, now),
        Touch::Reprint if matches!(model.page, Page::Service(_)) => {
            service::once_more(model, Again::Reprint, now)
        }
        Touch::Reprint => identity::reprint(model, now),
        Touch::Reactivate => service::once_more(model, Again::Reactivate, now),
        Touch::FindByNumber => service::open_typing(model, Sought::Ticket, now),
        Touch::FindByCard => service::find_by_card(model, now),
        Touch::OneMore => several::begin(model, now),
        Touch::AddItem => several::add(model, now),
        Touch::DropItem(item) => several::drop_item(model, item, now),
        Touch::TakeAll => several::take_all(model, now),
        Touch::Map(to) => map(model, to, now),
        Touch::Popular => popular(model, now),
        Touch::Search => search::open(model, now),
        Touch::Character(character) => search::chosen(model, character),
        Touch::Clear => search::cleared(model),
        Touch::ShowFound => search::listed(model, now),
        Touch::Seek => match operator::seek(model, now) {
            Some(effects) => effects,
            None => service::seek(model, now),
        },
        Touch::OtherKeys => service::other_keys(model),
        Touch::Book => service::open_typing(model, Sought::Booking, now),
        Touch::BookByCard => {
            identity::ask_who(model, Wish::Booking, now);
            Vec::new()
        }
        Touch::CheckIn => service::check_in(model, now),
        Touch::WithoutCase => open_whole(model, model.settings.pick_up_queue, now),
        Touch::ReadGuide(item) => service::ask(model, Question::Guide(item), now),
        Touch::PrintGuide => service::print_guide(model, now),
        Touch::TakeItem(item) => take_item(model, item, now),
        Touch::Evaluate => grade::open(model, now),
        Touch::Level(level) => grade::level(model, level, now),
        Touch::Why(reason) if telling::reason(model, reason) => Vec::new(),
        Touch::Why(reason) => grade::reason(model, reason),
        Touch::Submit => match telling::submit(model, now) {
            Some(effects) => effects,
            None => grade::submit(model, now),
        },
        Touch::NotFound => lacking::open(model, now),
        Touch::Kind(place) => lacking::kind(model, place, now),
        Touch::WriteLacking => lacking::write(model, now),
        Touch::DoNotKnow => lacking::unknown(model, now),
        Touch::GeneralQueue => {
            model.reading = false;
            open_whole(model, model.settings.general_queue, now)
        }
        Touch::More => service::open(model, Service::More { leaf: 0 }, now),
        Touch::Previous => form::turn(model, false, now),
        Touch::Next => form::turn(model, true, now),
        Touch::Back => back(model, now),
        Touch::Home => {
            go_home(model, now);
            Vec::new()
        }
        Touch::Done => {
            rest(model, now);
            // Who is done presses once more, and meant nothing of the start page.
            model.deaf_until = now.after_millis(limits::DEAF_WHEN_DONE_MILLIS);
            Vec::new()
        }
        Touch::Elder => form::set_elder(model, true, now),
        Touch::Ordinary => form::set_elder(model, false, now),
        Touch::Low => {
            form::set_low(model, !model.low, now);
            Vec::new()
        }
        Touch::Contrast => {
            model.contrast = !model.contrast;
            deafen(model, now);
            Vec::new()
        }
        Touch::Language => switch_language(model, now),
        Touch::Help => call_help(model, now),
        Touch::TestSlip => operator::test(model),
        Touch::End(ending) => operator::end(model, ending),
        Touch::Beside | Touch::Corner => Vec::new(),
        Touch::MoreTime => {
            deafen(model, now);
            Vec::new()
        }
        Touch::WithoutPaper => without_paper(model, now),
        Touch::SayAgain => say_again(model),
        Touch::Louder => louder(model, 1),
        Touch::Softer => louder(model, -1),
        Touch::Voice => {
            model.voice = !model.voice && model.settings.speaks;
            if model.voice { say_again(model) } else { vec![Effect::Hush] }
        }
    }
}

/// While the server is asked, only these act.
const fn leaves_question(touch: Touch) -> bool {
    matches!(
        touch,
        Touch::Back
            | Touch::Home
            | Touch::Help
            | Touch::Done
            | Touch::MoreTime
            | Touch::Beside
            | Touch::Louder
            | Touch::Softer
            | Touch::SayAgain
            | Touch::Contrast
    )
}

pub(super) fn deafen(model: &mut Model, now: Moment) {
    model.deaf_until = now.after_millis(limits::DEAF_MILLIS);
}

/// Opens a page and remembers the one before.
pub(super) fn go(model: &mut Model, page: Page, now: Moment) {
    let left = std::mem::replace(&mut model.page, page);
    if model.trail.len() < limits::TRAIL_MAX {
        model.trail.push(left);
    }
    deafen(model, now);
}

/// 首页: nothing of what was begun stays.
pub(super) fn go_home(model: &mut Model, now: Moment) {
    model.page = Page::Start;
    model.trail.clear();
    (model.class, model.reason) = (PriorityClass::Ordinary, None);
    model.silent = false;
    model.without_paper = false;
    model.reading = false;
    model.presented = None;
    model.asking = None;
    model.extras = Extras::default();
    model.gathered.clear();
    model.lacking = Lacking::default();
    model.telling = None;
    deafen(model, now);
}

/// The person has gone: unlike 首页, this takes back 长者版, the language and the voice too.
pub(super) fn rest(model: &mut Model, now: Moment) {
    go_home(model, now);
    model.elder = false;
    model.contrast = false;
    model.low = model.settings.low;
    model.language = model.settings.language;
    (model.voice, model.volume) = (model.settings.speaks, limits::VOLUME);
}

fn back(model: &mut Model, now: Moment) -> Vec<Effect> {
    model.asking = None;
    if identity::goes_back_inside(model, now) {
        return Vec::new();
    }
    if shows_booking(&model.page) {
        // Whose booking it is was shown for it alone.
        model.presented = None;
    }
    // A notice or the paper page has no way back into the waiting page it replaced.
    match model.trail.pop() {
        // Whoever is back at the beginning may be somebody else.
        Some(Page::Start) | None => go_home(model, now),
        Some(page) => {
            model.page = page;
            see_ticket_again(model, now);
            if matches!(model.page, Page::Confirm(_)) {
                model.gathered.clear();
            }
            deafen(model, now);
        }
    }
    Vec::new()
}

fn shows_booking(page: &Page) -> bool {
    matches!(page, Page::Service(service) if matches!(**service, Service::Booking(_)))
}

/// Who comes back from the map has the number before them for as long as at first.
fn see_ticket_again(model: &mut Model, now: Moment) {
    let (patience, settings) = (model.patience_secs(), &model.settings);
    if let Page::Ticket { taken, until } = &mut model.page {
        let secs = match (model.elder, taken.paper) {
            (true, _) => patience,
            (false, true) => settings.ticket_secs,
            (false, false) => settings.ticket_secs_without_paper,
        };
        *until = now.after_secs(secs);
    }
}

pub(super) const fn first_list(model: &Model) -> Page {
    if model.elder { Page::Zones { leaf: 0 } } else { Page::Queues { zone: None, leaf: 0 } }
}

/// 常办事项: a tab of the queues, or a tile of 长者版.
fn popular(model: &mut Model, now: Moment) -> Vec<Effect> {
    if model.popular().is_empty() {
        return Vec::new();
    }
    let page = Page::Service(Box::new(Service::Popular { leaf: 0 }));
    if matches!(model.page, Page::Queues { .. }) {
        model.page = page;
    } else {
        go(model, page, now);
    }
    Vec::new()
}

fn is_tab(page: &Page) -> bool {
    let popular = |service: &Service| matches!(service, Service::Popular { .. });
    matches!(page, Page::Queues { .. })
        || matches!(page, Page::Service(service) if popular(service))
}

fn zone_chosen(model: &mut Model, zone: Option<ZoneId>, now: Moment) -> Vec<Effect> {
    let page = Page::Queues { zone, leaf: 0 };
    if is_tab(&model.page) {
        // A tab shows another part of the same page.
        model.page = page;
    } else {
        let page = if zone.is_none() { first_list(model) } else { page };
        go(model, page, now);
    }
    Vec::new()
}

/// A queue as a whole, for who need not choose an item of it: 统一出件, 综合受理, 办不成事反映.
pub(super) fn open_whole(model: &mut Model, queue: Option<QueueId>, now: Moment) -> Vec<Effect> {
    let Some(queue) = queue.filter(|queue| model.queue(*queue).is_some()) else {
        return Vec::new();
    };
    let page = match closed(model, queue) {
        Some(notice) => Page::Notice(notice),
        None => Page::Confirm(Choice { queue, item: None }),
    };
    go(model, page, now);
    Vec::new()
}

/// A queue, with its items to choose from.
pub(super) fn open_queue(model: &mut Model, queue: Option<QueueId>, now: Moment) -> Vec<Effect> {
    let Some(queue) = queue.filter(|queue| model.queue(*queue).is_some()) else {
        return Vec::new();
    };
    if !model.reading
        && let Some(notice) = closed(model, queue)
    {
        go(model, Page::Notice(notice), now);
        return Vec::new();
    }
    if model.is_gathering() && model.items_of(queue).is_empty() {
        let said = |key: &str| model.texts().get(key).to_owned();
        let (title, detail) = (said("kiosk.several_alone_title"), said("kiosk.several_alone_hint"));
        let notice = Notice::Refused { title, detail: Some(detail) };
        go(model, Page::Notice(notice), now);
        return Vec::new();
    }
    let page = if model.items_of(queue).is_empty() {
        Page::Confirm(Choice { queue, item: None })
    } else {
        Page::Items { queue, leaf: 0 }
    };
    go(model, page, now);
    Vec::new()
}

/// Why a queue gives no tickets now.
pub(in crate::model) fn closed(model: &Model, queue: QueueId) -> Option<Notice> {
    if model.is_alone() {
        return model.closed_alone(queue);
    }
    let line = model.line(queue)?;
    if line.sold_out {
        Some(Notice::SoldOut)
    } else if line.issuing {
        None
    } else {
        Some(Notice::NotNow)
    }
}

/// 材料已齐，取号: the guide was read, and now the number is wanted.
fn take_item(model: &mut Model, item: ItemId, now: Moment) -> Vec<Effect> {
    let Some(queue) = model.item(item).map(|item| item.queue) else { return Vec::new() };
    model.reading = false;
    if let Some(notice) = closed(model, queue) {
        go(model, Page::Notice(notice), now);
        return Vec::new();
    }
    identity::ask_or_take(model, Choice { queue, item: Some(item) }, now)
}

fn class_chosen(
    model: &mut Model,
    chosen: (PriorityClass, Option<GrantReason>),
    now: Moment,
) -> Vec<Effect> {
    (model.class, model.reason) = chosen;
    let from_more = |page: &Page| matches!(page, Page::Service(service) if matches!(**service, Service::More { .. }));
    if model.trail.last().is_none_or(|page| *page == Page::Start || from_more(page)) {
        model.page = first_list(model);
        deafen(model, now);
        Vec::new()
    } else {
        back(model, now)
    }
}

fn confirmed(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Confirm(choice) = model.page else { return identity::read_confirmed(model, now) };
    if model.shown() != Shown::Page(&model.page) {
        return Vec::new();
    }
    if let Some(notice) = closed(model, choice.queue) {
        go(model, Page::Notice(notice), now);
        return Vec::new();
    }
    model.extras.then.clear();
    identity::ask_or_take(model, choice, now)
}

/// 大厅地图: the floor, and the way to a queue's windows.
fn map(model: &mut Model, to: Option<QueueId>, now: Moment) -> Vec<Effect> {
    if model.map().is_some() {
        return service::open(model, Service::Map { to }, now);
    }
    Vec::new()
}

pub(super) fn take(model: &mut Model, choice: Choice, now: Moment) -> Vec<Effect> {
    model.reading = false;
    if matches!(model.page, Page::Confirm(_) | Page::Identity { .. } | Page::Service(_)) {
        go(model, Page::Taking { choice, since: now, printing: false }, now);
    } else {
        model.page = Page::Taking { choice, since: now, printing: false };
    }
    vec![Effect::Take(Order {
        choice,
        class: model.class,
        reason: model.reason,
        silent: model.silent,
        document: model.presented.as_ref().map(|presented| presented.document.clone()),
        extras: model.extras.clone(),
        paper: !model.without_paper,
        language: model.language,
        alone: model.is_alone(),
        draft: model.draft(choice, model.class),
    })]
}

fn without_paper(model: &mut Model, now: Moment) -> Vec<Effect> {
    model.without_paper = true;
    deafen(model, now);
    match model.page {
        // The number that failed is retired; the person gets a new one, which waits at once.
        Page::PaperFailed { choice } => take(model, choice, now),
        Page::Start => {
            let first = first_list(model);
            go(model, first, now);
            Vec::new()
        }
        Page::Zones { .. }
        | Page::Queues { .. }
        | Page::Items { .. }
        | Page::Confirm(_)
        | Page::Identity { .. }
        | Page::Priority
        | Page::Taking { .. }
        | Page::Ticket { .. }
        | Page::Notice(_)
        | Page::Help(_)
        | Page::Progress
        | Page::Service(_) => Vec::new(),
    }
}

fn switch_language(model: &mut Model, now: Moment) -> Vec<Effect> {
    if model.settings.english {
        model.language = match model.language {
            Language::Chinese => Language::English,
            Language::English => Language::Chinese,
        };
        deafen(model, now);
    }
    Vec::new()
}

fn call_help(model: &mut Model, now: Moment) -> Vec<Effect> {
    if matches!(model.page, Page::Help(Help::Sending)) {
        return Vec::new();
    }
    if matches!(model.page, Page::Help(_)) {
        model.page = Page::Help(Help::Sending);
        deafen(model, now);
    } else {
        go(model, Page::Help(Help::Sending), now);
    }
    vec![Effect::CallHelp]
}

fn say_again(model: &Model) -> Vec<Effect> {
    if model.settings.speaks { vec![say(model, spoken::sentence(model))] } else { Vec::new() }
}

fn louder(model: &mut Model, step: i8) -> Vec<Effect> {
    model.volume = model.volume.saturating_add_signed(step).clamp(1, limits::VOLUME_MAX);
    say_again(model)
}
