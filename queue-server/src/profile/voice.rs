//! `[voice]` of `hall.toml`: how calls are spoken, how loud at which hour, and when not at all.

use hall::{limits::NOTE_CHARS_MAX, time::Millis};
use wire::device::Delivery;

use super::{calendar::Minute, problem::Problem, reader::Table};

/// 播报设置.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceRules {
    /// How often a call is spoken.
    pub times: u8,
    /// Seconds from the end of one time to the next.
    pub repeat_after_secs: u8,
    /// How fast, in hundredths of ordinary speech.
    pub pace_percent: u8,
    /// How loud, in hundredths of an announcer's own volume, when no hour says otherwise.
    pub volume_percent: u8,
    /// 分时音量.
    pub hours: Vec<Loudness>,
    /// 静音时段: calls are shown and not spoken.
    pub quiet: Vec<Span>,
    /// 定时播报, on working days.
    pub scheduled: Vec<Scheduled>,
}

/// 定时播报: a text of a minute of each working day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// When.
    pub at: Minute,
    /// The words.
    pub text: String,
    /// How late it may still be said.
    pub worth: Millis,
}

/// 分时音量: how loud it is in some hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loudness {
    /// When.
    pub span: Span,
    /// In hundredths of an announcer's own volume.
    pub volume_percent: u8,
}

/// From a minute of the day to another, which is not in it; over midnight if that is earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first minute.
    pub from: Minute,
    /// The first minute after it.
    pub until: Minute,
}

/// A call that is spoken more often keeps the next one waiting too long.
const TIMES_MAX: u8 = 3;

/// A longer gap outlasts the call itself.
const REPEAT_AFTER_SECS_MAX: u8 = 30;

/// Slower is not speech any more, faster is not understood in a hall.
const PACE_PERCENT: std::ops::RangeInclusive<u8> = 50..=120;

/// A text of the morning is not said in the afternoon.
const EXPIRES_MINUTES: std::ops::RangeInclusive<u8> = 1..=60;

/// How late a scheduled text may be if the file does not say.
const EXPIRES_MINUTES_USUAL: u8 = 3;

/// Scheduled texts of a day: one each half hour.
const SCHEDULED_MAX: usize = 20;

const MINUTES_A_DAY: u16 = 24 * 60;

impl Default for VoiceRules {
    fn default() -> Self {
        let usual = Delivery::default();
        Self {
            times: 2,
            repeat_after_secs: 6,
            pace_percent: usual.pace_percent,
            volume_percent: usual.volume_percent,
            hours: Vec::new(),
            quiet: Vec::new(),
            scheduled: Vec::new(),
        }
    }
}

impl VoiceRules {
    /// How a call is spoken at a minute of the day.
    #[must_use]
    pub fn delivery(&self, at: Minute) -> Delivery {
        let hour = self.hours.iter().find(|hour| hour.span.covers(at));
        let volume = hour.map_or(self.volume_percent, |hour| hour.volume_percent);
        let quiet = self.quiet.iter().any(|span| span.covers(at));
        Delivery {
            gap_millis: u32::from(self.repeat_after_secs) * 1_000,
            volume_percent: if quiet { 0 } else { volume },
            pace_percent: self.pace_percent,
            urgent: false,
        }
    }
}

impl Span {
    /// True if the minute is in it.
    #[must_use]
    pub fn covers(self, at: Minute) -> bool {
        let (begun, not_ended) = (self.from <= at, at < self.until);
        if self.from < self.until { begun && not_ended } else { begun || not_ended }
    }

    fn meets(self, other: Self) -> bool {
        (0..MINUTES_A_DAY).map(Minute).any(|at| self.covers(at) && other.covers(at))
    }
}

/// Reads `[voice]`.
pub fn read(mut table: Table, problems: &mut Vec<Problem>) -> VoiceRules {
    let mut rules = VoiceRules::default();
    let mut set = |key: &str, range, into: &mut u8, problems: &mut Vec<Problem>| {
        if let Some(value) = table.number::<u8>(key, range, problems) {
            *into = value;
        }
    };
    set("times", 1..=TIMES_MAX, &mut rules.times, problems);
    set("repeat_after_secs", 0..=REPEAT_AFTER_SECS_MAX, &mut rules.repeat_after_secs, problems);
    set("pace_percent", PACE_PERCENT, &mut rules.pace_percent, problems);
    set("volume_percent", 1..=100, &mut rules.volume_percent, problems);
    for mut hour in table.tables("hour", problems) {
        let (line, span) = (hour.line(), span(&mut hour, problems));
        let volume = hour.must::<u8>("volume_percent", problems).map(|found| found.value);
        if volume.is_some_and(|volume| !(1..=100).contains(&volume)) {
            let problem = hour.problem(line, "out_of_range").with("key", "volume_percent");
            problems.push(problem.with("low", 1).with("high", 100));
        }
        if let (Some(span), Some(volume_percent)) = (span, volume) {
            if let Some(other) = rules.hours.iter().find(|other| other.span.meets(span)) {
                let problem = hour.problem(line, "voice_hours_overlap").with("from", span.from);
                problems.push(problem.with("other", other.span.from));
            }
            rules.hours.push(Loudness { span, volume_percent });
        }
        hour.finish(problems);
    }
    for mut quiet in table.tables("quiet", problems) {
        rules.quiet.extend(span(&mut quiet, problems));
        quiet.finish(problems);
    }
    for each in table.tables("scheduled", problems) {
        rules.scheduled.extend(scheduled(each, problems));
    }
    if rules.scheduled.len() > SCHEDULED_MAX {
        let problem = table.problem(table.line(), "too_many").with("what", "[[voice.scheduled]]");
        problems.push(problem.with("most", SCHEDULED_MAX));
    }
    table.finish(problems);
    rules
}

fn scheduled(mut table: Table, problems: &mut Vec<Problem>) -> Option<Scheduled> {
    let at = table.must::<Minute>("at", problems);
    let text = table.name("text", problems);
    let minutes = table.number::<u8>("expires_minutes", EXPIRES_MINUTES, problems);
    if let Some(text) = text.as_ref().filter(|text| text.value.chars().count() > NOTE_CHARS_MAX) {
        let problem = table.problem(text.line, "voice_text_too_long");
        problems.push(problem.with("longest", NOTE_CHARS_MAX));
    }
    table.finish(problems);
    let minutes = minutes.unwrap_or(EXPIRES_MINUTES_USUAL);
    let worth = Millis::from_secs(u64::from(minutes) * 60);
    Some(Scheduled { at: at?.value, text: text?.value, worth })
}

fn span(table: &mut Table, problems: &mut Vec<Problem>) -> Option<Span> {
    let from = table.must::<Minute>("from", problems);
    let until = table.must::<Minute>("until", problems);
    let span = Span { from: from?.value, until: until?.value };
    if span.from == span.until {
        let problem = table.problem(table.line(), "voice_hours_empty").with("from", span.from);
        problems.push(problem);
        return None;
    }
    Some(span)
}

#[cfg(test)]
mod tests;
