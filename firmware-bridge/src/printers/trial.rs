//! 试打: what an electrician sees of a printer before the hall uses it.

use paper::condition::Condition;
use wire::{
    papers::SlipOutcome,
    texts::{Language, Texts},
};

use super::{
    model::{Came, Printer},
    set,
};

/// Says how a printer is, prints a test slip and says whether it came out, each in both languages.
/// True if it came out as far as the printer can tell.
pub fn try_out(printer: &mut impl Printer, say: &mut dyn FnMut(&str)) -> bool {
    let about = printer.about();
    let condition = printer.look();
    in_both(say, |texts| {
        let state = state(texts, condition);
        texts.fill("bridge.printer_is", &[("printer", &about), ("state", &state)])
    });
    if !condition.prints() {
        return false;
    }
    let Came { outcome, condition } = printer.print(&set::test(&about, ""));
    in_both(say, |texts| {
        let key = format!("paper.came_{}", outcome.as_str());
        let (slip, why) = (texts.get("paper.test"), state(texts, condition));
        texts.fill(&key, &[("printer", &about), ("paper", &slip), ("why", &why)])
    });
    matches!(outcome, SlipOutcome::Printed | SlipOutcome::Taken)
}

fn in_both(say: &mut dyn FnMut(&str), sentence: impl Fn(&Texts) -> String) {
    for language in [Language::Chinese, Language::English] {
        say(&sentence(Texts::of(language)));
    }
}

/// How it is, in the words of the device room.
fn state(texts: &Texts, condition: Condition) -> String {
    let key = match condition.why() {
        "" => "room.online".to_owned(),
        why => format!("room.why_{why}"),
    };
    texts.get(&key).to_owned()
}
