//! A paper set in type, for wide and narrow rolls alike.

use paper::slip::{self, Align, Block, Size, Slip};
use wire::{
    papers::{LINES_MAX, Paper, PaperLine},
    texts::{Language, Texts},
};

/// White above a stamp, in dots: the stamp of an office is 42 mm across.
const STAMP_DOTS: u16 = 240;

/// Sets a paper. One longer than any paper is cut; the server never sends such.
#[must_use]
pub fn set(paper: &Paper) -> Slip {
    let mut slip = Slip::new();
    if paper.again {
        slip = slip.label(Texts::of(Language::Chinese).get("paper.again"));
    }
    for line in paper.lines.iter().take(LINES_MAX) {
        slip = add(slip, line);
    }
    slip.cut()
}

fn add(slip: Slip, line: &PaperLine) -> Slip {
    match line {
        PaperLine::Title(text) => slip.text(text.as_str(), Size::Double, Align::Centre),
        PaperLine::Under(text) => slip.text(text.as_str(), Size::Normal, Align::Centre),
        PaperLine::Mark(text) => slip.label(text.as_str()),
        PaperLine::Text(text) => slip.text(text.as_str(), Size::Normal, Align::Left),
        PaperLine::Pair { label, value, large } => {
            let size = if *large { Size::Double } else { Size::Normal };
            slip.pair(label.as_str(), value.as_str(), size)
        }
        PaperLine::Entry { mark, text } => slip.pair(mark.as_str(), text.as_str(), Size::Normal),
        PaperLine::Rule => slip.rule(true),
        PaperLine::Stamp(text) => {
            slip.feed(STAMP_DOTS).text(text.as_str(), Size::Normal, Align::Right)
        }
        PaperLine::Code { payload, words } => slip.with(Block::Qr {
            payload: payload.clone(),
            caption: words.clone(),
            dots_per_module: 6,
            quiet: 4,
        }),
    }
}

/// The paper that is printed to see whether the printer prints.
#[must_use]
pub fn test(device: &str, about: &str) -> Slip {
    let texts = Texts::of(Language::Chinese);
    let about = format!("{device}\n{about}");
    slip::trial(texts.get("paper.test"), &about, texts.get("paper.test_letters"))
}
