//! 身份核验: a card is laid down, a number is typed, or neither.

use wire::{
    catalogue::Identity,
    reader::{ReadCard, Unread},
    words::PriorityClass,
};

use super::{
    form::set_elder,
    service,
    touch::{deafen, go, take},
};
use crate::{
    model::{
        Model,
        identity::{Presented, Step, TypedNumber},
        message::{Again, Effect, Reprint},
        page::{Choice, Notice, Page, Shown},
        service::{Proof, Question, Wish},
    },
    moment::Moment,
};

/// True while a card that is laid down is for the person on the screen.
pub(super) fn wants_card(model: &Model) -> bool {
    let asked =
        matches!(model.page, Page::Identity { step: Step::Card { .. } | Step::Typing { .. }, .. });
    asked && model.shown() == Shown::Page(&model.page)
}

/// Takes the ticket, or asks first who it is for.
pub(super) fn ask_or_take(model: &mut Model, choice: Choice, now: Moment) -> Vec<Effect> {
    // Alone nobody can look who holds a number already; the window sees the document.
    let asks = model.identity_of(choice) != Identity::None && !model.is_alone();
    if !asks || model.presented.is_some() {
        return take(model, choice, now);
    }
    model.reading = false;
    ask_who(model, Wish::Take(choice), now);
    Vec::new()
}

/// 身份核验 for a wish.
pub(super) fn ask_who(model: &mut Model, wish: Wish, now: Moment) {
    let step = if model.reader { Step::Card { unread: false } } else { Step::typing() };
    go(model, Page::Identity { wish, step }, now);
}

/// A key of the number.
pub(super) fn typed(model: &mut Model, key: char) {
    if let Page::Identity { step: Step::Typing { number, wrong }, .. } = &mut model.page {
        number.push(key);
        *wrong = false;
    }
}

/// 删除.
pub(super) fn erased(model: &mut Model) {
    if let Page::Identity { step: Step::Typing { number, wrong }, .. } = &mut model.page {
        number.erase();
        *wrong = false;
    }
}

/// 如未带身份证请点击此按钮.
pub(super) fn type_instead(model: &mut Model, now: Moment) {
    if let Page::Identity { step: step @ Step::Card { .. }, .. } = &mut model.page {
        *step = Step::typing();
        deafen(model, now);
    }
}

/// 确定: a number that passes its check asks for the ticket.
pub(super) fn number_typed(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Identity { wish, step: Step::Typing { number, wrong } } = &mut model.page else {
        return Vec::new();
    };
    let Some(document) = number.document() else {
        *wrong = true;
        return Vec::new();
    };
    let (wish, number) = (*wish, number.clone());
    model.presented = Some(Presented { document, masked_name: String::new() });
    if matches!(wish, Wish::Take(_)) && is_elderly(model, &number, now) {
        // As after a card: large letters, the offer, and the ticket at the next touch.
        if let Page::Identity { step, .. } = &mut model.page {
            *step = Step::Read;
        }
        offer_priority(model, now);
        return Vec::new();
    }
    go_on(model, wish, now)
}

/// Somebody of the hall's age for 老年人优先, by the number that was typed.
fn is_elderly(model: &Model, number: &TypedNumber, now: Moment) -> bool {
    let years = model.catalogue.as_ref().map(|catalogue| catalogue.elderly_from_years);
    let today = model.hall_day(now);
    years.zip(today).is_some_and(|(years, today)| number.is_of_age(years, today))
}

/// Large letters, and who goes before others.
fn offer_priority(model: &mut Model, now: Moment) {
    set_elder(model, true, now);
    if model.class == PriorityClass::Ordinary {
        go(model, Page::Priority, now);
    }
}

/// 取号, after the card was read.
pub(super) fn read_confirmed(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Identity { wish, step: Step::Read } = model.page else { return Vec::new() };
    go_on(model, wish, now)
}

/// 不提供身份证取号, where the queue lets people.
pub(super) fn without(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Identity { wish: Wish::Take(choice), .. } = model.page else { return Vec::new() };
    if model.identity_of(choice) != Identity::Optional {
        return Vec::new();
    }
    model.presented = None;
    go_on(model, Wish::Take(choice), now)
}

/// What was wished, for the person who is known now. Nothing of what was typed stays on the page
/// behind.
fn go_on(model: &mut Model, wish: Wish, now: Moment) -> Vec<Effect> {
    if let Page::Identity { step: step @ Step::Typing { .. }, .. } = &mut model.page {
        *step = Step::typing();
    }
    match wish {
        Wish::Take(choice) => take(model, choice, now),
        Wish::Find | Wish::Booking => {
            let Some(presented) = &model.presented else { return Vec::new() };
            let document = presented.document.clone();
            let question = if wish == Wish::Find {
                Question::Proof(Proof::Document(document))
            } else {
                Question::BookingOf(document)
            };
            service::ask(model, question, now)
        }
    }
}

/// 补打: the number that the person holds already, once more on paper.
pub(super) fn reprint(model: &mut Model, now: Moment) -> Vec<Effect> {
    let Page::Notice(Notice::HasTicket { ticket, choice }) = model.page else {
        return Vec::new();
    };
    let Some(presented) = &model.presented else { return Vec::new() };
    let document = presented.document.clone();
    model.page = Page::Taking { choice, since: now, printing: false };
    let (proof, again) = (Proof::Document(document), Again::Reprint);
    vec![Effect::Reprint(Reprint { ticket, proof, again, language: model.language })]
}

/// A card was read. Who is elderly by it is offered 老年人优先, in large letters.
pub(super) fn card_read(model: &mut Model, card: &ReadCard, now: Moment) -> Vec<Effect> {
    if !wants_card(model) {
        return Vec::new();
    }
    let Page::Identity { step, wish } = &mut model.page else { return Vec::new() };
    let wish = *wish;
    *step = Step::Read;
    let masked_name = card.masked_name.clone();
    model.presented = Some(Presented { document: card.document(), masked_name });
    model.touched = now;
    deafen(model, now);
    if matches!(wish, Wish::Find | Wish::Booking) {
        // Nothing is taken, so that nothing is to be confirmed.
        return go_on(model, wish, now);
    }
    if card.is_elderly {
        offer_priority(model, now);
    }
    Vec::new()
}

/// A card gave nothing.
pub(super) fn card_unread(model: &mut Model, _why: Unread, now: Moment) -> Vec<Effect> {
    if let Page::Identity { step: Step::Card { unread }, .. } = &mut model.page {
        *unread = true;
        model.touched = now;
    }
    Vec::new()
}

/// The reader has come, or gone: then the number is typed, and nobody is left before a dead reader.
pub(super) fn reader_told(model: &mut Model, here: bool) -> Vec<Effect> {
    model.reader = here;
    if !here && let Page::Identity { step: step @ Step::Card { .. }, .. } = &mut model.page {
        *step = Step::typing();
    }
    Vec::new()
}

/// 返回 on the page: from typing to the reader, if there is one; false if the page is left.
pub(super) fn goes_back_inside(model: &mut Model, now: Moment) -> bool {
    let here = model.reader;
    let Page::Identity { step, .. } = &mut model.page else { return false };
    let inside = here && matches!(step, Step::Typing { .. });
    if inside {
        *step = Step::Card { unread: false };
        deafen(model, now);
    } else {
        model.presented = None;
    }
    inside
}
