//! The inside of the virtual printer: its buffer, its head, its sensors.

use super::{Shared, TwinJob, TwinPaper, TwinState};
use crate::decode::{Decoder, Op};
use crate::faces::Faces;
use crate::preview::Sheet;
use crate::profile::{Profile, StatusBy};
use crate::status::{PaperState, Question, Status};

/// The receive buffer; when it is full and the printer stands, it reads no more.
const BUFFER: usize = 64 * 1024;
/// The most bytes kept of one slip; a longer one is kept in pieces.
const JOB_BYTES_MAX: usize = 256 * 1024;

/// The answer to GS I B: an underscore, the maker, a zero.
const MAKER: &[u8] = b"_PAIHAO\0";
/// The answer to GS I C.
const MODEL: &[u8] = b"_TWIN\0";

/// The inside of the virtual printer; it lives on when a connection ends.
pub(super) struct Machine {
    near_end_sensor: bool,
    real_time: bool,
    decoder: Decoder,
    sheet: Sheet,
    job: Vec<u8>,
    sniffer: Sniffer,
    reports: bool,
    reported: Option<Status>,
}

impl Machine {
    pub fn new(profile: &Profile, faces: &Faces) -> Self {
        Self {
            near_end_sensor: profile.near_end_sensor,
            real_time: profile.status != StatusBy::GsR,
            decoder: Decoder::new(profile),
            sheet: Sheet::new(profile, faces),
            job: Vec::new(),
            sniffer: Sniffer::default(),
            reports: false,
            reported: None,
        }
    }

    /// Tells whether it stands still with a full buffer.
    pub fn is_full(&self, shared: &Shared) -> bool {
        self.decoder.waiting() >= BUFFER && !self.status(&shared.desk().state).can_print()
    }

    /// Starts a connection: reports were ordered by the last one, not by this.
    pub fn greeted(&mut self) {
        self.reports = false;
    }

    /// Takes bytes, prints what can be printed, and gives the answers.
    pub fn take(&mut self, bytes: &[u8], shared: &Shared) -> Vec<u8> {
        let mut answers = Vec::new();
        let state = shared.desk().state;
        let real_time = self.real_time && !state.no_real_time;
        for byte in bytes {
            self.decoder.feed(&[*byte]);
            match self.sniffer.sniff(*byte).filter(|_| real_time) {
                Some(RealTime::Ask(question)) => {
                    answers.push(self.status(&state).answer_now(question));
                }
                Some(RealTime::Forget) if !self.status(&state).can_print() => {
                    self.decoder.forget();
                }
                Some(RealTime::Forget) | None => {}
            }
        }
        answers.extend(self.look(shared));
        answers
    }

    /// Prints what can be printed in the present state, and reports a change of it.
    pub fn look(&mut self, shared: &Shared) -> Vec<u8> {
        let mut answers = Vec::new();
        loop {
            let state = shared.desk().state;
            let status = self.status(&state);
            if self.reports && self.reported != Some(status) {
                self.reported = Some(status);
                answers.extend_from_slice(&status.automatic());
            }
            if !status.can_print() {
                return answers;
            }
            let Some((op, bytes)) = self.decoder.step() else { return answers };
            self.execute(&op, &bytes, status, shared, &mut answers);
        }
    }

    /// Ends a connection: a slip that was begun and not ended is kept as it is.
    pub fn hung_up(&mut self, shared: &Shared) {
        self.look(shared);
        let whole = self.decoder.waiting() == 0;
        self.keep(whole, shared);
    }

    fn execute(
        &mut self,
        op: &Op,
        bytes: &[u8],
        status: Status,
        shared: &Shared,
        answers: &mut Vec<u8>,
    ) {
        match op {
            // Answered when it came in.
            Op::AskNow(_) | Op::Recover(_) => return,
            Op::Report(kinds) => {
                self.reports = *kinds != 0;
                self.reported = None;
                return;
            }
            Op::AnswerWhenDone(_) => {
                self.keep(true, shared);
                answers.push(status.queued());
                return;
            }
            Op::AskModel(which) => {
                match which {
                    b'B' => answers.extend_from_slice(MAKER),
                    b'C' => answers.extend_from_slice(MODEL),
                    _ => answers.push(0),
                }
                return;
            }
            Op::Init => self.keep(true, shared),
            Op::Margin(_)
            | Op::Area(_)
            | Op::Align(_)
            | Op::Size { .. }
            | Op::Bold(_)
            | Op::Inverted(_)
            | Op::LineSpacing(_)
            | Op::Letter(_)
            | Op::NoLetter { .. }
            | Op::LineFeed
            | Op::FeedDots(_)
            | Op::FeedLines(_)
            | Op::Raster { .. }
            | Op::QrModule(_)
            | Op::QrLevel(_)
            | Op::QrKeep(_)
            | Op::QrPrint
            | Op::Cut { .. }
            | Op::Drawer
            | Op::Nothing
            | Op::Unknown(_) => {
                if self.job.len() + bytes.len() > JOB_BYTES_MAX {
                    self.keep(true, shared);
                }
            }
        }
        self.job.extend_from_slice(bytes);
        let before = self.sheet.rows();
        self.sheet.apply(op);
        self.use_paper(before, shared);
    }

    /// Takes the rows that came out off the roll; the paper may end among them.
    fn use_paper(&mut self, before: usize, shared: &Shared) {
        let used = self.sheet.rows() - before;
        let mut desk = shared.desk();
        let TwinPaper::EndsAfter { rows } = desk.state.paper else { return };
        if used < rows {
            desk.state.paper = TwinPaper::EndsAfter { rows: rows - used };
            return;
        }
        desk.state.paper = TwinPaper::Out;
        drop(desk);
        self.sheet.end_at(before + rows);
        self.keep(false, shared);
    }

    /// Puts the slip away, if anything came out.
    fn keep(&mut self, whole: bool, shared: &Shared) {
        if self.sheet.rows() > 0 {
            let picture = self.sheet.take();
            let bytes = std::mem::take(&mut self.job);
            shared.keep(TwinJob { bytes, picture, whole });
        } else if !self.sheet.has_line() {
            self.job.clear();
        }
    }

    fn status(&self, state: &TwinState) -> Status {
        let paper = match state.paper {
            TwinPaper::NearEnd if self.near_end_sensor => PaperState::NearEnd,
            TwinPaper::Plenty | TwinPaper::NearEnd | TwinPaper::EndsAfter { .. } => PaperState::Ok,
            TwinPaper::Out => PaperState::Out,
        };
        let stopped =
            state.offline || state.cover_open || state.error.is_some() || paper == PaperState::Out;
        Status {
            paper,
            cover_open: state.cover_open,
            offline: stopped,
            error: state.error,
            ..Status::default()
        }
    }
}

/// A command that acts when it comes in, before everything that waits.
enum RealTime {
    Ask(Question),
    Forget,
}

/// Finds real-time commands in all bytes, pictures too, as real printers do.
#[derive(Debug, Default)]
struct Sniffer {
    last: [u8; 2],
}

impl Sniffer {
    fn sniff(&mut self, byte: u8) -> Option<RealTime> {
        let last = self.last;
        self.last = [last[1], byte];
        match last {
            [0x10, 0x04] => Question::from_number(byte).map(RealTime::Ask),
            [0x10, 0x05] if byte == 2 => Some(RealTime::Forget),
            _ => None,
        }
    }
}
