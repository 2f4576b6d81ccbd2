//! A slip into the bytes one printer model understands.

use crate::charset::width;
use crate::commands::{BuildFault, Commands, defuse};
use crate::draw::{self, LETTER_HEIGHT_DOTS, QrFault, Run};
use crate::faces::Faces;
use crate::picture::Picture;
use crate::profile::{CutCommand, Cutter, Profile, QrBy};
use crate::slip::{Align, Block, Size, Slip, clean};
use crate::wrap::{wrap, wrap_evenly};

/// The most blocks of a slip: a slip is paper a person carries, not a book.
const BLOCKS_MAX: usize = 256;
/// The longest text of a block in characters: two metres of paper are already too much.
const TEXT_CHARS_MAX: usize = 2_000;
/// White above and below the ticket number and its kin.
const AIR_DOTS: usize = 12;

/// A slip that cannot become bytes.
#[derive(Debug, thiserror::Error)]
pub enum EncodeFault {
    /// The slip is longer than any slip.
    #[error(
        "the slip has more than {BLOCKS_MAX} blocks or a text of more than {TEXT_CHARS_MAX} characters"
    )]
    TooLong,
    /// The QR code does not fit.
    #[error(transparent)]
    Qr(#[from] QrFault),
    /// The byte builder refused.
    #[error(transparent)]
    Build(#[from] BuildFault),
}

/// Turns a slip into the bytes of one job, beginning with ESC @.
///
/// Every character comes out: what the printer's own font lacks is drawn with `faces`, whole line
/// by whole line, so that letters of one line look alike.
pub fn encode(slip: &Slip, profile: &Profile, faces: &Faces) -> Result<Vec<u8>, EncodeFault> {
    if slip.blocks.len() > BLOCKS_MAX {
        return Err(EncodeFault::TooLong);
    }
    let mut job = Job::start(profile, faces)?;
    for block in &slip.blocks {
        job.block(block)?;
    }
    job.end()
}

/// A job being built, with the printer's styles as they stand.
struct Job<'a> {
    profile: &'a Profile,
    faces: &'a Faces,
    out: Commands,
    align: Align,
    times: u8,
    bold: bool,
    spacing: Option<u8>,
}

type Step = Result<(), EncodeFault>;

impl<'a> Job<'a> {
    fn start(profile: &'a Profile, faces: &'a Faces) -> Result<Self, EncodeFault> {
        let mut out = Commands::new(profile.encoding);
        out.init()?;
        if profile.quirks.set_motion_units {
            out.motion_units()?;
        }
        if profile.chinese_mode {
            out.chinese_on()?;
        }
        if profile.margin_dots > 0 {
            out.area(profile.margin_dots, profile.content_dots() as u16)?;
        }
        out.feed(AIR_DOTS)?;
        Ok(Self { profile, faces, out, align: Align::Left, times: 1, bold: false, spacing: None })
    }

    fn end(mut self) -> Result<Vec<u8>, EncodeFault> {
        if self.profile.chinese_mode {
            self.out.chinese_off()?;
        }
        Ok(self.out.into_bytes()?)
    }

    fn block(&mut self, block: &Block) -> Step {
        match block {
            Block::Text { text, size, bold, align } => self.text(text, *size, *bold, *align),
            Block::Big { text } => {
                let picture = draw::number(&checked(text)?, self.profile, self.faces);
                self.picture(&picture, AIR_DOTS, AIR_DOTS)
            }
            Block::Pair { left, right, size } => self.pair(left, right, *size),
            Block::Rule { dashed } => {
                let picture = draw::rule(*dashed, self.profile.content_dots());
                self.picture(&picture, AIR_DOTS / 2, AIR_DOTS)
            }
            Block::Qr { payload, caption, dots_per_module, quiet } => {
                self.qr(payload, caption, *dots_per_module, *quiet)
            }
            Block::Feed { dots } => Ok(self.out.feed(usize::from(*dots))?),
            Block::Label { text } => {
                let picture = draw::label(&checked(text)?, self.profile, self.faces);
                self.picture(&picture, AIR_DOTS / 2, AIR_DOTS)
            }
            Block::Cut { partial } => self.cut(*partial),
        }
    }

    fn text(&mut self, text: &str, size: Size, bold: bool, align: Align) -> Step {
        let text = checked(text)?;
        let columns = usize::from(self.profile.columns) / usize::from(size.times());
        let lines = match align {
            Align::Centre => wrap_evenly(&text, columns),
            Align::Left | Align::Right => wrap(&text, columns),
        };
        for text in lines {
            self.line(&[Run { text, times: size.times(), bold }], align)?;
        }
        Ok(())
    }

    /// Prints label and value; the value shrinks to fit the line and wraps only at the ordinary size.
    fn pair(&mut self, left: &str, right: &str, size: Size) -> Step {
        let label = format!("{}  ", checked(left)?.replace('\n', " "));
        let value = checked(right)?.replace('\n', " ");
        let bold = size > Size::Normal;
        let columns = usize::from(self.profile.columns);
        let room = columns.saturating_sub(width(&label));
        let sizes = [Size::Quadruple, Size::Double, Size::Normal];
        let fits = |size: &Size| width(&value) * usize::from(size.times()) <= room;
        let fitting = sizes.into_iter().filter(|each| *each <= size).find(fits);
        let label_run = Run { text: label.clone(), times: 1, bold: false };
        if let Some(size) = fitting.filter(|_| width(&label) <= columns) {
            let value_run = Run { text: value, times: size.times(), bold };
            return self.line(&[label_run, value_run], Align::Left);
        }
        if room < columns / 3 {
            self.text(&label, Size::Normal, false, Align::Left)?;
            return self.text(&value, Size::Normal, bold, Align::Left);
        }
        for (index, text) in wrap(&value, room).into_iter().enumerate() {
            let indent = " ".repeat(width(&label));
            let lead = if index == 0 { label.clone() } else { indent };
            let runs = [Run { text: lead, times: 1, bold: false }, Run { text, times: 1, bold }];
            self.line(&runs, Align::Left)?;
        }
        Ok(())
    }

    /// Prints a line that is known to fit: as letters if the printer has them all, else as a picture.
    fn line(&mut self, runs: &[Run], align: Align) -> Step {
        let letters = runs.iter().all(|run| {
            self.profile.encoding.can_print(&run.text)
                && run.times <= self.profile.quirks.size_times_max
        });
        let tallest = runs.iter().map(Run::height).max().unwrap_or(LETTER_HEIGHT_DOTS);
        let gap = usize::from(self.profile.line_dots) - LETTER_HEIGHT_DOTS;
        if !letters {
            let picture = draw::line(runs, self.faces);
            self.aligned(align)?;
            self.out.raster(&picture, self.profile.quirks.raster_rows_max)?;
            return Ok(self.out.feed(gap)?);
        }
        self.aligned(align)?;
        let spacing = u8::try_from(tallest + gap).unwrap_or(u8::MAX);
        if self.spacing != Some(spacing) {
            self.out.line_spacing(spacing)?;
            self.spacing = Some(spacing);
        }
        for run in runs.iter().filter(|run| !run.text.is_empty()) {
            if self.times != run.times {
                self.out.size(run.times)?;
                self.times = run.times;
            }
            if self.bold != run.bold {
                self.out.bold(run.bold)?;
                self.bold = run.bold;
            }
            self.out.text(&run.text)?;
        }
        Ok(self.out.line_feed()?)
    }

    fn qr(&mut self, payload: &str, caption: &[String], module: u8, quiet: u8) -> Step {
        let payload = checked(payload)?.replace('\n', "");
        let caption = caption.iter().map(|line| Ok(checked(line)?.replace('\n', " ")));
        let caption: Vec<String> = caption.collect::<Result<_, EncodeFault>>()?;
        let room = self.profile.content_dots();
        let mut code = draw::qr(&payload, module, quiet, room)?;
        if self.profile.qr == QrBy::Native {
            let modules = draw::qr(&payload, 3, 0, usize::MAX)?.height() / 3;
            let dots = (code.height() / (modules + 2 * usize::from(quiet))) as u8;
            self.aligned(Align::Centre)?;
            self.out.feed(usize::from(dots) * usize::from(quiet))?;
            self.out.qr(&payload, dots)?;
            self.out.feed(usize::from(dots) * usize::from(quiet))?;
            return self.caption(&caption);
        }
        if let Some(strip) = draw::qr_with_words(&code, &caption, room) {
            let line_dots = usize::from(self.profile.line_dots);
            let picture = strip.draw(&code, &caption, line_dots, self.faces);
            self.aligned(Align::Centre)?;
            return Ok(self.out.raster(&picture, self.profile.quirks.raster_rows_max)?);
        }
        defuse(&mut code);
        self.aligned(Align::Centre)?;
        self.out.raster(&code, self.profile.quirks.raster_rows_max)?;
        self.caption(&caption)
    }

    fn caption(&mut self, lines: &[String]) -> Step {
        for (index, line) in lines.iter().enumerate() {
            self.text(line, Size::Normal, index == 0, Align::Centre)?;
        }
        Ok(self.out.feed(AIR_DOTS)?)
    }

    fn picture(&mut self, picture: &Picture, above: usize, below: usize) -> Step {
        self.aligned(Align::Centre)?;
        self.out.feed(above)?;
        self.out.raster(picture, self.profile.quirks.raster_rows_max)?;
        Ok(self.out.feed(below)?)
    }

    fn cut(&mut self, partial: bool) -> Step {
        let dots = self.profile.feed_before_cut_dots;
        let partial = match self.profile.cutter {
            Cutter::None => return Ok(self.out.feed(usize::from(dots))?),
            Cutter::Partial => true,
            Cutter::Full => partial,
        };
        match self.profile.quirks.cut_command {
            CutCommand::FeedAndCut => self.out.feed_and_cut(partial, dots)?,
            CutCommand::Plain => {
                self.out.feed(usize::from(dots))?;
                self.out.plain_cut(partial)?;
            }
            CutCommand::Clone => {
                self.out.feed(usize::from(dots))?;
                self.out.clone_cut(partial)?;
            }
        }
        Ok(())
    }

    fn aligned(&mut self, align: Align) -> Step {
        if self.align != align {
            self.out.align(align)?;
            self.align = align;
        }
        Ok(())
    }
}

/// Cleans a text and refuses one that would print for minutes.
fn checked(text: &str) -> Result<String, EncodeFault> {
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(EncodeFault::TooLong);
    }
    Ok(clean(text))
}

#[cfg(test)]
mod tests;
