//! 号票: the server's answer set in type, for wide and narrow paper alike.

use paper::slip::{Align, Size, Slip};
use wire::{
    http::SlipBody,
    texts::{Language, Texts},
    words::PriorityClass,
};

use crate::{
    scan,
    screens::{
        confirm::class_key,
        words::{self, in_fours},
    },
};

/// Sets a slip.
#[must_use]
pub fn set(body: &SlipBody, texts: &Texts) -> Slip {
    let said = |key: &str| texts.get(key).to_owned();
    let english = matches!(texts.language(), Language::English).then_some(&body.english);
    let mut slip = Slip::new().text(body.hall_name.as_str(), Size::Double, Align::Centre);
    if let Some(hall) = english.and_then(|english| english.hall.as_ref()) {
        slip = slip.text(hall.as_str(), Size::Normal, Align::Centre);
    }
    slip = slip
        .text(said("slip.title"), Size::Normal, Align::Centre)
        .rule(false)
        .big(body.no.to_string())
        .text(body.queue_name.as_str(), Size::Double, Align::Centre);
    if let Some(queue) = english.and_then(|english| english.queue.as_ref()) {
        slip = slip.text(queue.as_str(), Size::Double, Align::Centre);
    }
    if let Some(item) = &body.item_name {
        slip = slip.text(item.as_str(), Size::Normal, Align::Centre);
    }
    if let Some(item) = english.and_then(|english| english.item.as_ref()) {
        slip = slip.text(item.as_str(), Size::Normal, Align::Centre);
    }
    if body.offline {
        slip = slip.feed(8).label(said("slip.offline"));
    }
    if let Some(mark) = body.mark {
        slip = slip.feed(8).label(said(mark.key()));
    }
    if body.class != PriorityClass::Ordinary {
        slip = slip.feed(8).label(said(class_key(body.class)));
    }
    if body.silent {
        slip = slip.feed(8).label(said("slip.silent"));
    }
    slip = slip.rule(false);
    if let Some(window) = body.window {
        let value = texts.fill("slip.called_value", &[("window", &window)]);
        slip = slip.pair(said("slip.called"), value, Size::Double);
    } else if !body.offline {
        let people = match body.ahead {
            0 => said("slip.nobody"),
            ahead => texts.fill("slip.people", &[("n", &ahead)]),
        };
        slip = slip.pair(said("slip.ahead"), people, Size::Double);
    }
    if body.window.is_none() {
        slip = windows(slip, body, texts);
    }
    slip = stops(slip, body, texts);
    if !body.offline && body.window.is_none() {
        slip = slip.pair(said("slip.wait"), body.wait_words(texts), Size::Normal);
    }
    slip = slip
        .pair(said("slip.issued"), body.issued.as_str(), Size::Normal)
        .rule(true)
        .text(said(body.notice_key()), Size::Normal, Align::Left)
        .text(body.missed_words(texts), Size::Normal, Align::Left)
        .rule(true);
    if !body.follow_url.is_empty() {
        let caption = vec![said("slip.scan"), said("slip.scan_rate"), said("slip.scan_not_needed")];
        slip = slip.qr(body.follow_url.as_str(), caption);
        // Who has no telephone types it at a kiosk to evaluate.
        if let Some(code) = scan::token(&body.follow_url) {
            slip = slip.pair(said("slip.code"), in_fours(&code), Size::Normal);
        }
        slip = slip.rule(true);
    }
    for (label, phone) in
        [("slip.complaint", &body.complaint_phone), ("slip.supervision", &body.supervision_phone)]
    {
        if !phone.is_empty() {
            slip = slip.pair(said(label), phone.as_str(), Size::Normal);
        }
    }
    slip.cut()
}

fn windows(slip: Slip, body: &SlipBody, texts: &Texts) -> Slip {
    if body.windows.is_empty() {
        if body.place.is_empty() {
            return slip;
        }
        return slip.pair(texts.get("slip.place"), body.place.as_str(), Size::Double);
    }
    let names = words::windows(texts, &body.windows);
    let english = body.english.place.as_ref().filter(|_| texts.language() == Language::English);
    let place = english.unwrap_or(&body.place);
    let value = texts.fill("slip.windows_value", &[("windows", &names), ("place", place)]);
    slip.pair(texts.get("slip.windows"), value.trim_end(), Size::Double)
}

/// 后续环节: where the same number goes next, one line each.
fn stops(mut slip: Slip, body: &SlipBody, texts: &Texts) -> Slip {
    for (place, stop) in body.stops.iter().enumerate() {
        let windows = words::windows(texts, &stop.windows);
        let (key, value) = stop.words(place, &windows, texts);
        slip = slip.pair(texts.get(key), value, Size::Normal);
    }
    if !body.stops.is_empty() {
        slip = slip.text(texts.get("slip.same_number"), Size::Normal, Align::Left);
    }
    slip
}

#[cfg(test)]
mod tests;
