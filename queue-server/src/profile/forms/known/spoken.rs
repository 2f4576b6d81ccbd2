//! The lists of the voice: how calls are spoken, when softer, when not at all, what is said at a minute.

use super::{
    super::{
        Form,
        Shape::{Long, Number, Time},
    },
    HALL, may, must,
};

const fn voice(form: Form) -> Form {
    form.about("voice").by_office()
}

pub const VOICE: Form = voice(Form::settings(
    "voice",
    HALL,
    &["voice"],
    &[
        may("times", Number),
        may("repeat_after_secs", Number),
        may("pace_percent", Number),
        may("volume_percent", Number),
    ],
));

pub const HOURS: Form = voice(Form::of_fields(
    "hours",
    HALL,
    &["voice", "hour"],
    "",
    &[must("from", Time), must("until", Time), must("volume_percent", Number)],
));

pub const QUIET: Form = voice(Form::of_fields(
    "quiet",
    HALL,
    &["voice", "quiet"],
    "",
    &[must("from", Time), must("until", Time)],
));

pub const SCHEDULED: Form = voice(Form::of_fields(
    "scheduled",
    HALL,
    &["voice", "scheduled"],
    "",
    &[must("at", Time), must("text", Long), may("expires_minutes", Number)],
));
