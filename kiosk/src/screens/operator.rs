//! 运维: the keys for the code, and what lies behind it.

use look::icon::Icon;

use super::{
    parts::Action,
    typing::{Pad, PadKey, TypingView},
};
use crate::model::{
    Link, Model,
    message::Touch,
    operator::{Behind, CodeEntry, Ending},
};

mod drawn;

pub use drawn::behind_ui;

/// The page behind the code.
#[derive(Debug, Clone, PartialEq)]
pub struct BehindView {
    /// 运维.
    pub title: String,
    /// Label and value, one a row.
    pub facts: Vec<(String, String)>,
    /// 测试小票, 重新启动, 关闭.
    pub actions: Vec<Action>,
}

/// Fills the keys; what is typed is never shown.
#[must_use]
pub fn code(model: &Model, entry: &CodeEntry) -> TypingView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let open = entry.locked_secs == 0;
    let key = |key: char| PadKey { touch: Touch::Digit(key), word: key.to_string(), enabled: open };
    let gap = PadKey { word: String::new(), enabled: false, ..key(' ') };
    let erase = PadKey {
        touch: Touch::Erase,
        word: said("kiosk.identity_erase"),
        enabled: open && !entry.code.0.is_empty(),
    };
    let mut keys: Vec<PadKey> = ('1'..='9').map(key).collect();
    keys.extend([gap, key('0'), erase]);
    let wrong = if open {
        let left = model.guard.tries_left();
        entry.wrong.then(|| texts.fill("kiosk.code_wrong", &[("n", &left)]))
    } else {
        Some(texts.fill("kiosk.code_locked", &[("n", &entry.locked_secs)]))
    };
    let go = Action::primary(Touch::Seek, texts.get("kiosk.code_enter"));
    TypingView {
        title: said("kiosk.code_title"),
        hint: said("kiosk.code_hint"),
        text: "●".repeat(entry.code.0.len()),
        empty: said("kiosk.code_empty"),
        wrong,
        pads: vec![Pad { across: 3, keys }],
        actions: vec![go.enabled(open && !entry.code.0.is_empty())],
    }
}

/// Fills the page behind it.
#[must_use]
pub fn behind(model: &Model, behind: Behind) -> BehindView {
    let texts = model.texts();
    let said = |key: &str| texts.get(key).to_owned();
    let server = match model.link {
        Link::Up => said("kiosk.operator_up"),
        Link::Starting => said("kiosk.operator_starting"),
        Link::Down { tries } => texts.fill("kiosk.operator_down", &[("n", &tries)]),
    };
    let why = model.printer.why();
    let printer = if why.is_empty() {
        said("kiosk.operator_printer_ok")
    } else {
        said(&format!("room.why_{why}"))
    };
    let numbers = model.alone.as_ref().map(|(alone, _)| {
        let left = alone.left.values().map(|left| u32::from(*left)).sum::<u32>();
        texts.fill("kiosk.operator_numbers_left", &[("n", &left), ("letters", &alone.left.len())])
    });
    let memory = behind.memory_mib.map(|mib| texts.fill("kiosk.operator_mib", &[("n", &mib)]));
    let unknown = || said("kiosk.tile_unknown");
    let test = match (behind.testing, behind.tested) {
        (true, _) => said("kiosk.please_wait"),
        (false, None) => said("kiosk.operator_untested"),
        (false, Some(true)) => said("kiosk.operator_test_came"),
        (false, Some(false)) => said("kiosk.operator_test_failed"),
    };
    let fact = |label: &str, value: String| (said(label), value);
    let print = Action::second(Touch::TestSlip, texts.get("kiosk.operator_test"));
    let restart = Action::second(Touch::End(Ending::Restart), texts.get("kiosk.operator_restart"));
    let close = Action::second(Touch::End(Ending::Close), texts.get("kiosk.operator_close"));
    BehindView {
        title: said("kiosk.operator_title"),
        facts: vec![
            fact("kiosk.operator_place", model.kiosk_name().to_owned()),
            fact("kiosk.operator_server", server),
            fact("kiosk.operator_printer", printer),
            fact("kiosk.operator_numbers", numbers.unwrap_or_else(unknown)),
            fact("kiosk.operator_memory", memory.unwrap_or_else(unknown)),
            fact("kiosk.operator_version", env!("CARGO_PKG_VERSION").to_owned()),
            fact("kiosk.operator_test", test),
        ],
        actions: vec![
            print.icon(Icon::Printer).enabled(!behind.testing),
            restart.enabled(model.settings.is_kept),
            close,
        ],
    }
}
