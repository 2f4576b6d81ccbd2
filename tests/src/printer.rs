//! A virtual slip printer on TCP, and what its paper says.

use std::time::Duration;

use paper::{
    decode::{Decoder, Op},
    encode::encode,
    faces::Faces,
    profile::Profile,
    slip::Slip,
    twin::{PrinterTwin, TwinPaper, TwinState},
};

use crate::wait_until;

/// The model that it is.
pub const PROFILE: &str = "generic-80";

/// A printer.
pub struct Printer {
    twin: PrinterTwin,
    /// Its model.
    pub profile: Profile,
    /// The letters of pictures.
    pub faces: Faces,
}

/// A piece of paper that came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its letters, line by line.
    pub text: String,
    /// The dots of its pictures; the number and the code are such.
    pictures: Vec<Vec<u8>>,
    /// It came out whole.
    pub whole: bool,
}

impl Printer {
    /// Switches it on.
    ///
    /// # Panics
    /// If there is no port for it.
    #[must_use]
    pub fn start() -> Self {
        let faces = Faces::new(look::fonts::REGULAR, look::fonts::BOLD).expect("our own letters");
        let profile = Profile::find(PROFILE).expect("a profile of ours");
        let twin = PrinterTwin::start(&profile, &faces, "127.0.0.1:0").expect("a free port");
        Self { twin, profile, faces }
    }

    /// Where it is, as a configuration says it.
    #[must_use]
    pub fn place(&self) -> String {
        format!("tcp:{}", self.twin.address())
    }

    /// The paper ends after so many rows of dots: in the middle of the next slip.
    pub fn paper_ends_after(&self, rows: usize) {
        self.twin.set(TwinState { paper: TwinPaper::EndsAfter { rows }, ..TwinState::default() });
    }

    /// Somebody puts a new roll in.
    pub fn new_roll(&self) {
        self.twin.set(TwinState::default());
    }

    /// It lets everybody in and answers nothing.
    pub fn says_nothing(&self) {
        self.twin.set(TwinState { silent: true, ..TwinState::default() });
    }

    /// Everything that came out, oldest first.
    #[must_use]
    pub fn paper(&self) -> Vec<Piece> {
        let jobs = self.twin.jobs();
        jobs.iter().map(|job| self.read(&job.bytes, job.whole)).collect()
    }

    /// True if a piece shows a number, dot by dot as this printer draws it.
    ///
    /// # Panics
    /// If such a number cannot be printed at all.
    #[must_use]
    pub fn has_number(&self, piece: &Piece, no: &str) -> bool {
        let slip = Slip::new().big(no);
        let bytes = encode(&slip, &self.profile, &self.faces).expect("a number can be printed");
        let wanted = self.read(&bytes, true).pictures;
        !wanted.is_empty() && wanted.iter().all(|picture| piece.pictures.contains(picture))
    }

    /// Waits until so many pieces came out, and gives the last.
    ///
    /// # Panics
    /// If they do not come out in time.
    pub fn piece(&self, count: usize, within: Duration) -> Piece {
        wait_until(&format!("piece {count} came out"), within, || {
            let paper = self.paper();
            let texts = paper.iter().map(|piece| piece.text.as_str());
            paper.get(count - 1).cloned().ok_or_else(|| texts.collect())
        })
    }

    fn read(&self, bytes: &[u8], whole: bool) -> Piece {
        let mut piece = Piece { text: String::new(), pictures: Vec::new(), whole };
        for op in Decoder::new(&self.profile).push(bytes) {
            match op {
                Op::Letter(letter) => piece.text.push(letter),
                Op::LineFeed | Op::FeedDots(_) | Op::FeedLines(_) => piece.text.push('\n'),
                Op::Raster { rows, .. } => piece.pictures.push(rows),
                Op::Init
                | Op::Margin(_)
                | Op::Area(_)
                | Op::Align(_)
                | Op::Size { .. }
                | Op::Bold(_)
                | Op::Inverted(_)
                | Op::LineSpacing(_)
                | Op::NoLetter { .. }
                | Op::QrModule(_)
                | Op::QrLevel(_)
                | Op::QrKeep(_)
                | Op::QrPrint
                | Op::Cut { .. }
                | Op::Drawer
                | Op::AskNow(_)
                | Op::Recover(_)
                | Op::Report(_)
                | Op::AnswerWhenDone(_)
                | Op::AskModel(_)
                | Op::Nothing
                | Op::Unknown(_) => {}
            }
        }
        piece
    }
}
