//! A name as people type it: its characters with all their readings, its letters, and where its
//! parts begin.

use pinyin::ToPinyinMulti as _;

use super::How;

/// The longest name that is read, in characters.
const NAME_CHARS_MAX: usize = 80;

/// The two letters that are one sound at the beginning of a reading.
const TWO_LETTERS: [&str; 3] = ["zh", "ch", "sh"];

/// A piece of a name that was looked for in two has so many characters at least.
const PIECE_MIN: usize = 2;

/// A name, unit by unit.
#[derive(Debug, Clone)]
pub(super) struct Spelling {
    units: Vec<Unit>,
    /// A part of the name begins at each of these.
    begins: Vec<bool>,
}

/// What a name is made of.
#[derive(Debug, Clone)]
pub(super) enum Unit {
    /// A letter or a digit, small.
    Letter(char),
    /// A character with its readings, without tones; ü is v and u.
    Character { written: char, readings: Vec<String> },
}

/// A letter as it is looked for: small, and never full-width.
pub(super) fn plain(letter: char) -> char {
    let code = u32::from(letter);
    let narrow = match code {
        0xff01..=0xff5e => char::from_u32(code - 0xfee0).unwrap_or(letter),
        0x3000 => ' ',
        _ => letter,
    };
    match narrow {
        'ü' | 'Ü' => 'v',
        other => other.to_ascii_lowercase(),
    }
}

impl Spelling {
    pub(super) fn new(name: &str) -> Self {
        let (mut units, mut begins) = (Vec::new(), Vec::new());
        let mut begin = true;
        let mut was_letter = false;
        for written in name.chars().map(plain).take(NAME_CHARS_MAX) {
            if !written.is_alphanumeric() {
                begin = true;
                continue;
            }
            let unit = unit(written);
            let is_letter = matches!(unit, Unit::Letter(_));
            begins.push(begin || is_letter != was_letter);
            units.push(unit);
            (begin, was_letter) = (false, is_letter);
        }
        Self { units, begins }
    }

    pub(super) const fn len(&self) -> usize {
        self.units.len()
    }

    pub(super) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// How the query stands in the name without a gap, at its best, and from which unit on.
    pub(super) fn contains(&self, query: &[char]) -> Option<(How, usize)> {
        let fits = (0..self.units.len()).filter_map(|from| {
            let ends = self.run(query, from);
            let how = match (from, ends.last()?.1) {
                (0, end) if end == self.units.len() => How::Whole,
                (0, _) => How::Start,
                _ if self.begins[from] => How::Part,
                // Letters inside a word are chance.
                _ if matches!(self.units[from], Unit::Letter(_)) => return None,
                _ => How::Inside,
            };
            Some((how, from))
        });
        fits.min()
    }

    /// The query stands in the name in two pieces; characters alone may stand with more gaps.
    pub(super) fn has_two_pieces(&self, query: &[char]) -> bool {
        if query.len() >= PIECE_MIN && query.iter().all(|letter| !letter.is_ascii()) {
            let mut units = self.units.iter();
            return query.iter().all(|letter| units.any(|unit| unit.is_written(*letter)));
        }
        (0..self.units.len()).any(|from| {
            self.breaks(query, from).into_iter().any(|(read, end)| {
                let rest = &query[read..];
                (end + 1..self.units.len()).any(|from| {
                    self.may_begin(from)
                        && self.run(rest, from).iter().any(|(_, end)| end - from >= PIECE_MIN)
                })
            })
        })
    }

    fn may_begin(&self, from: usize) -> bool {
        self.begins[from] || !matches!(self.units[from], Unit::Letter(_))
    }

    /// Where a first piece may end: how much of the query is read there, and the unit behind it.
    fn breaks(&self, query: &[char], from: usize) -> Vec<(usize, usize)> {
        if !self.may_begin(from) {
            return Vec::new();
        }
        let mut breaks = Vec::new();
        self.walk(query, from, |read, unit| {
            if unit - from >= PIECE_MIN && read < query.len() {
                breaks.push((read, unit));
            }
        });
        breaks
    }

    /// The ends of the whole query, begun at a unit.
    fn run(&self, query: &[char], from: usize) -> Vec<(usize, usize)> {
        let mut ends = Vec::new();
        self.walk(query, from, |read, unit| {
            if read == query.len() {
                ends.push((read, unit));
            }
        });
        ends
    }

    /// Goes on from a unit for as long as the query fits, and tells how much of it is read before
    /// each unit.
    fn walk(&self, query: &[char], from: usize, mut tell: impl FnMut(usize, usize)) {
        let mut reached = vec![false; query.len() + 1];
        reached[0] = true;
        for (at, unit) in self.units.iter().enumerate().skip(from) {
            let mut next = vec![false; query.len() + 1];
            for read in (0..query.len()).filter(|read| reached[*read]) {
                unit.steps(&query[read..], |step| next[read + step] = true);
            }
            if !next.contains(&true) {
                return;
            }
            (0..=query.len()).filter(|read| next[*read]).for_each(|read| tell(read, at + 1));
            reached = next;
        }
    }
}

impl Unit {
    fn is_written(&self, letter: char) -> bool {
        match self {
            Self::Letter(own) => *own == letter,
            Self::Character { written, .. } => *written == letter,
        }
    }

    /// How much of the query this unit may read: itself, its first sound, or its whole reading; at
    /// the query's end a reading that is not typed to its end.
    fn steps(&self, query: &[char], mut step: impl FnMut(usize)) {
        let Some(first) = query.first() else { return };
        if self.is_written(*first) {
            step(1);
        }
        let Self::Character { readings, .. } = self else { return };
        for reading in readings {
            let same = reading.chars().zip(query).take_while(|(own, typed)| own == *typed).count();
            if same > 0 {
                step(1);
            }
            if same >= 2 && TWO_LETTERS.iter().any(|sound| reading.starts_with(sound)) {
                step(2);
            }
            if same > 1 && (same == reading.len() || same == query.len()) {
                step(same);
            }
        }
    }
}

fn unit(written: char) -> Unit {
    if written.is_ascii() {
        return Unit::Letter(written);
    }
    let mut readings: Vec<String> = Vec::new();
    let Some(all) = written.to_pinyin_multi() else {
        return Unit::Character { written, readings };
    };
    for reading in all {
        let plain = reading.plain();
        for said in [plain.replace('ü', "v"), plain.replace('ü', "u")] {
            if !said.is_empty() && said.is_ascii() && !readings.contains(&said) {
                readings.push(said);
            }
        }
    }
    Unit::Character { written, readings }
}
