//! Lines of a paper, kept within what a paper may be.

use wire::{
    papers::{CHARS_MAX, LINE_CHARS_MAX, LINES_MAX, PaperKind, PaperLine},
    texts::Texts,
};

use crate::faces::View;

/// Characters kept for the foot, so that a long guide never loses its stamp and telephones.
const FOOT_CHARS: usize = 500;

/// Lines kept for the foot.
const FOOT_LINES: usize = 12;

/// Lines as they grow; what is too much is left out, and said so.
pub struct Lines {
    texts: &'static Texts,
    lines: Vec<PaperLine>,
    chars: usize,
    cut: bool,
}

impl Lines {
    /// The paper's head: the hall and the paper's name.
    pub fn new(view: &View, kind: PaperKind) -> Self {
        let texts = view.texts;
        let mut lines = Self { texts, lines: Vec::new(), chars: 0, cut: false };
        lines.put(PaperLine::Title(view.profile.setup.name().to_owned()));
        let name = format!("paper.{}", kind.as_str());
        lines.put(PaperLine::Title(texts.get(&name).to_owned()));
        lines.put(PaperLine::Rule);
        lines
    }

    /// The words.
    pub fn texts(&self) -> &'static Texts {
        self.texts
    }

    /// A label of the texts and its value.
    pub fn pair(&mut self, label: &str, value: String) {
        self.labelled(label, value, false);
    }

    /// The same, set large.
    pub fn large(&mut self, label: &str, value: String) {
        self.labelled(label, value, true);
    }

    /// A sentence of the texts.
    pub fn say(&mut self, key: &str) {
        self.put(PaperLine::Text(self.texts.get(key).to_owned()));
    }

    /// A mark of the texts.
    pub fn mark(&mut self, key: &str) {
        self.put(PaperLine::Mark(self.texts.get(key).to_owned()));
    }

    /// Room for a stamp.
    pub fn stamp(&mut self, key: &str) {
        self.put(PaperLine::Stamp(self.texts.get(key).to_owned()));
    }

    /// A line across.
    pub fn rule(&mut self) {
        self.put(PaperLine::Rule);
    }

    /// Any line; one that would make the paper too long is left out.
    pub fn put(&mut self, line: PaperLine) {
        let line = short(line);
        let chars: usize = line.texts().iter().map(|text| text.chars().count()).sum();
        let long = matches!(line, PaperLine::Entry { .. } | PaperLine::Text(_));
        let (chars_max, lines_max) = if long {
            (CHARS_MAX - FOOT_CHARS, LINES_MAX - FOOT_LINES)
        } else {
            (CHARS_MAX, LINES_MAX)
        };
        if self.chars + chars > chars_max || self.lines.len() >= lines_max {
            self.cut = true;
            return;
        }
        self.chars += chars;
        self.lines.push(line);
    }

    /// The lines; a paper that lost some says so.
    pub fn end(mut self) -> Vec<PaperLine> {
        if std::mem::take(&mut self.cut) {
            self.lines.truncate(LINES_MAX - 1);
            self.lines.push(PaperLine::Under(self.texts.get("paper.cut").to_owned()));
        }
        self.lines
    }

    fn labelled(&mut self, label: &str, value: String, large: bool) {
        let label = self.texts.get(label).to_owned();
        self.put(PaperLine::Pair { label, value, large });
    }
}

/// The same line with texts that fit.
fn short(line: PaperLine) -> PaperLine {
    match line {
        PaperLine::Title(text) => PaperLine::Title(cut(text)),
        PaperLine::Under(text) => PaperLine::Under(cut(text)),
        PaperLine::Mark(text) => PaperLine::Mark(cut(text)),
        PaperLine::Text(text) => PaperLine::Text(cut(text)),
        PaperLine::Stamp(text) => PaperLine::Stamp(cut(text)),
        PaperLine::Pair { label, value, large } => {
            PaperLine::Pair { label: cut(label), value: cut(value), large }
        }
        PaperLine::Entry { mark, text } => PaperLine::Entry { mark, text: cut(text) },
        PaperLine::Rule => PaperLine::Rule,
        PaperLine::Code { payload, words } => PaperLine::Code { payload, words },
    }
}

fn cut(text: String) -> String {
    if text.chars().count() <= LINE_CHARS_MAX {
        return text;
    }
    text.chars().take(LINE_CHARS_MAX - 1).chain(['…']).collect()
}
