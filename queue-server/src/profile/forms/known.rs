//! The lists that a profile has.

mod floor;
mod spoken;

use super::{
    Field, Form, Layout,
    Shape::{Date, Flag, Long, Many, Number, Numbers, Of, One, Some, Text, Texts, Time},
};
use crate::profile::items::sheet;

const fn must(key: &'static str, shape: super::Shape) -> Field {
    Field { key, shape, must: true, listed: true }
}

const fn may(key: &'static str, shape: super::Shape) -> Field {
    Field { key, shape, must: false, listed: true }
}

const fn more(key: &'static str, shape: super::Shape) -> Field {
    Field { key, shape, must: false, listed: false }
}

const HALL: &str = "hall.toml";
const CALENDAR: &str = "calendar.toml";
const STAFF: &str = "staff.toml";
const DEVICES: &str = "devices.toml";

const WEEK: super::Shape = Some(&["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);
const WEEK_AND_HOLIDAYS: super::Shape =
    Some(&["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"]);
const CASES: super::Shape =
    One(&["on_the_spot", "promised", "joint", "forwarded", "returned", "supplement", "special"]);
const CLASSES: super::Shape =
    One(&["special", "military", "vulnerable", "transferred", "booked", "ordinary"]);
const DEVICE_KINDS: super::Shape = One(&[
    "kiosk",
    "hall_screen",
    "window_screen",
    "tablet",
    "voice",
    "printer",
    "reader",
    "strip",
    "pad",
    "evaluator",
]);

/// Every list, in the order in which people look for them.
pub const FORMS: &[Form] = &[
    Form::of_fields(
        "items",
        sheet::CSV,
        &[],
        "code",
        &[
            must("code", Text),
            must("name", Text),
            more("english_name", Text),
            must("queue", Of("queues")),
            must("kind", CASES),
            may("limit_working_days", Number),
            more("statutory_working_days", Number),
            must("mean_minutes", Number),
            more("sd_minutes", Number),
            more("per_day", Number),
            more("bring", Texts),
            more("aliases", Texts),
            more("national_code", Text),
            more("tiers", Some(&["county", "township", "village"])),
            more("tags", Some(&["at_once", "online", "nearby", "one_visit"])),
            more("content", Long),
            more("basis", Long),
            more("conditions", Long),
            more("materials", Texts),
            more("procedure", Long),
            more("limit", Long),
            more("fees", Long),
            more("result", Long),
        ],
    )
    .standing(Layout::Sheet)
    .about("catalogue")
    .by_office()
    .guarded(),
    Form::of_fields(
        "papers",
        HALL,
        &["english_papers"],
        "paper",
        &[must("paper", Text), must("english_name", Text)],
    )
    .standing(Layout::Pairs)
    .about("catalogue")
    .by_office(),
    Form::settings(
        "hall",
        HALL,
        &[],
        &[
            must("name", Text),
            may("english_name", Text),
            must("id", Text),
            may("utc_offset_minutes", Number),
        ],
    )
    .about("hall")
    .guarded(),
    Form::settings(
        "phones",
        HALL,
        &["phones"],
        &[must("complaint", Text), must("guide", Text), must("supervision", Text)],
    )
    .about("hall"),
    Form::of_fields(
        "queues",
        HALL,
        &["queue"],
        "id",
        &[
            must("id", Text),
            must("name", Text),
            more("english_name", Text),
            more("short_name", Text),
            must("department", Of("departments")),
            must("zone", Of("zones")),
            must("mean_service_minutes", Number),
            may("identity", One(&["none", "optional", "required"])),
            may("issued", Flag(true)),
        ],
    )
    .about("hall")
    .by_office()
    .guarded(),
    Form::of_fields(
        "windows",
        HALL,
        &["window"],
        "id",
        &[
            must("id", Text),
            must("name", Text),
            more("english_name", Text),
            must("zone", Of("zones")),
            must("kind", One(&["dedicated", "integrated", "temporary"])),
            may("primary", Many("queues")),
            may("secondary", Many("queues")),
            more("only", CLASSES),
        ],
    )
    .about("hall")
    .by_office()
    .guarded(),
    Form::of_fields(
        "zones",
        HALL,
        &["zone"],
        "id",
        &[
            must("id", Text),
            must("label", Text),
            more("english_label", Text),
            must("name", Text),
            more("english_name", Text),
            must("place", Text),
            more("english_place", Text),
            may("seats", Number),
        ],
    )
    .about("hall")
    .guarded(),
    Form::of_fields(
        "departments",
        HALL,
        &["department"],
        "id",
        &[must("id", Text), must("name", Text), may("english_name", Text)],
    )
    .about("hall")
    .guarded(),
    Form::of_fields(
        "pipelines",
        HALL,
        &["pipeline"],
        "id",
        &[
            must("id", Text),
            must("name", Text),
            must("lead", Of("departments")),
            may("joint", Text),
            must("legs", Texts),
        ],
    )
    .about("catalogue")
    .guarded(),
    Form::of_fields(
        "sessions",
        CALENDAR,
        &["session"],
        "",
        &[
            must("days", WEEK_AND_HOLIDAYS),
            must("issue_from", Time),
            must("opens", Time),
            must("issue_until", Time),
            must("closes", Time),
            may("queues", Many("queues")),
            more("items", Texts),
            may("windows", Many("windows")),
        ],
    )
    .about("calendar")
    .by_office(),
    Form::of_fields(
        "segments",
        CALENDAR,
        &["session", "segment"],
        "",
        &[
            must("session", Of("sessions")),
            must("queue", Of("queues")),
            must("from", Time),
            must("until", Time),
            may("cap", Number),
        ],
    )
    .standing(Layout::Within("sessions"))
    .about("calendar")
    .by_office(),
    Form::of_fields(
        "years",
        CALENDAR,
        &["year"],
        "year",
        &[
            must("year", Number),
            must("source", Text),
            may("holidays", Texts),
            may("swapped", Texts),
        ],
    )
    .about("calendar")
    .by_office(),
    Form::of_fields(
        "tides",
        CALENDAR,
        &["tide"],
        "",
        &[
            must("window", Of("windows")),
            must("queues", Many("queues")),
            must("from", Time),
            must("until", Time),
            may("days", WEEK),
            may("month_days", Numbers),
            more("dates", Texts),
        ],
    )
    .about("calendar")
    .by_office(),
    Form::settings(
        "market",
        CALENDAR,
        &["market"],
        &[may("month_days", Numbers), may("dates", Texts)],
    )
    .about("calendar")
    .by_office(),
    Form::settings("sweep", CALENDAR, &[], &[may("sweep_at", Texts)]).about("calendar").by_office(),
    Form::of_fields(
        "early",
        CALENDAR,
        &["early"],
        "date",
        &[must("date", Date), must("issue_until", Time), must("closes", Time)],
    )
    .about("calendar")
    .by_office(),
    Form::of_fields(
        "slots",
        HALL,
        &["rules", "booking", "slots"],
        "",
        &[
            must("queue", Of("queues")),
            may("item", Of("items")),
            must("from", Time),
            must("until", Time),
            must("each_minutes", Number),
            must("capacity", Number),
        ],
    )
    .about("calendar")
    .by_office(),
    Form::of_fields(
        "staff",
        STAFF,
        &["staff"],
        "no",
        &[
            must("no", Text),
            must("name", Text),
            may("title", Text),
            may("department", Of("departments")),
            may("windows", Many("windows")),
            may("stand_in", Many("windows")),
            more("posted_since", Date),
            more("chief", Flag(false)),
            more("agent", Flag(false)),
        ],
    )
    .about("people"),
    Form::of_fields(
        "grants",
        STAFF,
        &["staff", "grant"],
        "",
        &[
            must("staff", Of("staff")),
            may("queues", Many("queues")),
            may("items", Texts),
            may("from", Date),
            may("until", Date),
        ],
    )
    .standing(Layout::Within("staff"))
    .about("people"),
    Form::settings("posting", STAFF, &[], &[may("posting_months_min", Number)]).about("people"),
    Form::of_fields(
        "devices",
        DEVICES,
        &["device"],
        "id",
        &[
            must("id", Text),
            must("kind", DEVICE_KINDS),
            may("name", Text),
            may("profile", Text),
            may("window", Of("windows")),
            may("zone", Of("zones")),
            may("line", Of("lines")),
            may("address", Number),
            more("kiosk", Of("devices")),
            more("carrier", Text),
        ],
    )
    .about("devices"),
    Form::of_fields(
        "sets",
        DEVICES,
        &["set"],
        "",
        &[
            may("line", Of("lines")),
            must("windows", Many("windows")),
            may("strip", Text),
            may("pad", Text),
            may("evaluator", Text),
            may("window_screen", Flag(false)),
            may("tablet", Flag(false)),
            more("carrier", Text),
        ],
    )
    .about("devices"),
    Form::of_fields(
        "lines",
        DEVICES,
        &["line"],
        "name",
        &[must("name", Text), may("baud", Number), may("carrier", Text)],
    )
    .about("devices"),
    Form::settings("screen", HALL, &["screen"], &[may("duty_leader", Text), may("running", Texts)])
        .about("screens")
        .by_office(),
    Form::of_fields(
        "running",
        HALL,
        &["running"],
        "",
        &[
            must("text", Long),
            may("days", WEEK),
            may("from", Time),
            may("until", Time),
            may("last_day", Date),
        ],
    )
    .about("screens")
    .by_office(),
    Form::of_fields(
        "notices",
        HALL,
        &["notice"],
        "",
        &[
            must("title", Text),
            must("text", Long),
            may("days", WEEK),
            may("from", Time),
            may("until", Time),
            may("last_day", Date),
        ],
    )
    .about("screens")
    .by_office(),
    spoken::VOICE,
    spoken::HOURS,
    spoken::QUIET,
    spoken::SCHEDULED,
    floor::MAP,
    floor::ZONES,
    floor::ROWS,
    floor::PLACES,
    floor::WALLS,
    floor::KIOSKS,
];
