//! 身份核验: a card on the reader, a number on the keys, or neither where the queue lets people.

use wire::{catalogue::Identity, words::PriorityClass};

use super::confirm::class_key;
use crate::model::{
    Model,
    identity::{Shown, Step},
    message::Touch,
    service::Wish,
};

mod drawn;

pub use drawn::identity_ui;
pub(crate) use drawn::strip_ui;

/// The identity page.
#[derive(Debug, Clone, PartialEq)]
pub struct IdentityView {
    /// What is asked.
    pub title: String,
    /// What stands in its middle.
    pub middle: Middle,
    /// 不提供身份证取号; none where somebody must be known.
    pub skip: Option<String>,
    /// What becomes of what is shown.
    pub notice: String,
    /// In 长者版 everything is larger.
    pub elder: bool,
}

/// What stands in the middle of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Middle {
    /// The reader's invitation.
    Card {
        /// 请将您的身份证靠近感应区域; or that a card that was laid down gave nothing.
        words: String,
        /// It gave nothing.
        unread: bool,
        /// 如未带身份证请点击此按钮.
        instead: String,
    },
    /// The number and its keys.
    Typing {
        /// So far.
        number: Shown,
        /// What stands there before anything was typed.
        empty: String,
        /// 身份证号码格式不正确.
        wrong: Option<String>,
        /// The keys, row by row.
        keys: Vec<(Touch, String)>,
        /// 确定，取号; deaf until the number is whole.
        done: String,
        /// The number is as long as a number.
        whole: bool,
    },
    /// The card was read.
    Read {
        /// 已读到身份证.
        said: String,
        /// "王*明".
        name: String,
        /// That the card is to be taken along.
        hint: String,
        /// The class claimed, if any.
        class: Option<String>,
        /// 取号.
        button: String,
    },
}

/// Fills the page.
#[must_use]
pub fn fill(model: &Model, wish: Wish, step: &Step) -> IdentityView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let (optional, finds) = match wish {
        Wish::Take(choice) => (model.identity_of(choice) == Identity::Optional, false),
        Wish::Find | Wish::Booking => (false, true),
    };
    let busy = model.asking.is_some();
    let (title, middle) = match step {
        Step::Card { unread } => (
            if *unread { "kiosk.identity_card" } else { "kiosk.identity_title" },
            Middle::Card {
                words: said(if *unread { "kiosk.identity_unread" } else { "kiosk.identity_card" }),
                unread: *unread,
                instead: said("kiosk.identity_instead"),
            },
        ),
        Step::Typing { number, wrong } => (
            "kiosk.identity_type",
            Middle::Typing {
                number: number.shown(),
                empty: said("kiosk.identity_empty"),
                wrong: wrong.then(|| said("kiosk.identity_wrong")),
                keys: keys(model),
                done: said(match (busy, finds) {
                    (true, _) => "kiosk.please_wait",
                    (false, true) => "kiosk.identity_done_find",
                    (false, false) => "kiosk.identity_done",
                }),
                whole: number.is_whole() && !busy,
            },
        ),
        Step::Read => {
            let presented = model.presented.as_ref();
            let name = presented.map(|presented| presented.masked_name.clone());
            // A number that was typed tells no name, and no card lies there.
            let (read, hint) = match model.card_lies_there() {
                true => ("kiosk.identity_read", said("kiosk.identity_take_card")),
                false => ("kiosk.identity_typed", String::new()),
            };
            let class = (model.class != PriorityClass::Ordinary).then(|| {
                texts.fill("kiosk.class_now", &[("class", &texts.get(class_key(model.class)))])
            });
            (
                "kiosk.identity_title",
                Middle::Read {
                    said: said(read),
                    name: name.unwrap_or_default(),
                    hint,
                    class,
                    button: said(match (busy, finds) {
                        (true, _) => "kiosk.please_wait",
                        (false, true) => "kiosk.seek",
                        (false, false) => "kiosk.confirm_plain",
                    }),
                },
            )
        }
    };
    let skips = optional && !matches!(step, Step::Read);
    let parts: &[&str] = match (model.elder, optional) {
        _ if finds => &["kiosk.identity_notice_find"],
        (true, _) => &["kiosk.identity_notice"],
        (false, true) => {
            &["kiosk.identity_notice", "kiosk.identity_notice_why", "kiosk.identity_notice_free"]
        }
        (false, false) => &["kiosk.identity_notice", "kiosk.identity_notice_why"],
    };
    let parts: Vec<&str> = parts.iter().map(|key| texts.get(key)).collect();
    let notice = parts.join(texts.get("kiosk.notice_join"));
    IdentityView {
        title: said(title),
        middle,
        skip: skips.then(|| said("kiosk.identity_skip")),
        notice,
        elder: model.elder,
    }
}

/// The keys as they stand on telephones, with the X of the last place and 删除.
fn keys(model: &Model) -> Vec<(Touch, String)> {
    let digit = |key: char| (Touch::Digit(key), key.to_string());
    let mut keys: Vec<(Touch, String)> = ('1'..='9').map(digit).collect();
    keys.extend([digit('X'), digit('0')]);
    keys.push((Touch::Erase, model.texts().get("kiosk.identity_erase").to_owned()));
    keys
}
