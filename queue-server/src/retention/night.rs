//! One night: each sort in its turn; what fails is told and hinders no other.

use hall::{Hall, time::Day};
use jiff::{ToSpan, civil::Date};

use super::{ASIDE_DAYS, Doubt, Line, Memory, Night, Sort, files, people};
use crate::{
    app::App,
    audit::{Act, Kind, Outcome},
    clock::{date_of, day_of},
    contacts, inspection_photos,
    record::kept,
};

/// A clock that shows more days after the last known one than any hall is closed is doubted.
const JUMP_DAYS_MAX: i64 = 40;

/// Days of a month, where a limit is of months.
const MONTH_DAYS: u32 = 31;

/// The trail is turned once a day and forgets whole days: so many days it may lag.
const TRAIL_LAG_DAYS: i64 = 3;

/// Days from the one to the other.
pub fn days_between(from: Day, to: Day) -> i64 {
    let dates = date_of(from).zip(date_of(to));
    dates.map_or(0, |(from, to)| i64::from(to.duration_since(from).as_hours() as i32 / 24))
}

/// Notes the first day, so that a night that never comes is noticed.
pub fn begin(app: &App) {
    let mut memory = app.retention.memory();
    if memory.begun.is_none() {
        memory.begun = Some(app.clock.day(app.now()));
        remember(app, memory);
    }
}

/// Does everything that is due. Asked for by a person it believes the clock.
pub fn run(app: &App, is_asked: bool) -> Night {
    let now = app.now();
    let today = app.clock.day(now);
    let mut memory = app.retention.memory();
    let known = known(app, &memory);
    let doubt = known
        .filter(|known| !is_asked && days_between(*known, today) > JUMP_DAYS_MAX)
        .map(|known| Doubt::ClockJumped { known });
    let lines = if doubt.is_some() { Vec::new() } else { erase(app, today, &mut memory) };
    let night = Night { at: now.0, day: today, lines, doubt };
    tell(app, &night);
    memory.whole = if night.is_whole() { Some(today) } else { memory.whole };
    memory.last = Some(night.clone());
    remember(app, memory);
    night
}

/// The last day that is known to have been.
fn known(app: &App, memory: &Memory) -> Option<Day> {
    let closed = app.store.last_days(1).next();
    [closed, memory.whole, memory.begun].into_iter().flatten().max()
}

fn remember(app: &App, memory: Memory) {
    if let Err(error) = app.retention.remember(memory) {
        tracing::warn!(%error, "what retention did could not be kept");
    }
}

fn erase(app: &App, today: Day, memory: &mut Memory) -> Vec<Line> {
    let limits = app.retention.limits();
    let oldest = years_before(today, limits.years);
    people::note(app, today, memory);
    let mut lines = keys(app, today);
    lines.push(contacts(app));
    // The store first: a record that is gone could not make sums any more.
    let store = store(app, oldest);
    let is_stored = store.iter().all(|line| line.fault.is_none());
    lines.push(record(app, oldest, is_stored));
    lines.extend(store);
    lines.push(inspection_photos(app, today));
    lines.push(people::erase_names(app, years_before(today, limits.staff_years), memory));
    // A day of the record may go some days late; its profile goes a month later.
    let unneeded = years_before(days_before(today, MONTH_DAYS), limits.years);
    lines.push(people::remove_profiles(app, unneeded, memory));
    lines.push(trail(app, today));
    let written = |secs: i64| app.clock.day(hall::time::Timestamp(secs * 1_000)).to_string();
    let backups = (files::now_secs(), &written as &dyn Fn(i64) -> String);
    lines.push(files::remove_backups(app.backups.folder(), limits.backup_days, backups));
    let trail_days = app.audit.months_kept() * MONTH_DAYS;
    lines.push(files::remove_aside(&app.data, ASIDE_DAYS, trail_days));
    lines
}

fn line(sort: Sort) -> Line {
    Line { sort, oldest: None, erased: 0, fault: None }
}

fn keys(app: &App, today: Day) -> Vec<Line> {
    let (of_day, of_bookings) = app.persons.made();
    let open = app.read(Hall::day);
    let is_over = of_day.is_some_and(|day| Some(day) != open);
    let followed = app.persons.follow(open).and_then(|()| app.persons.expire(today));
    let fault = followed.as_ref().err().map(ToString::to_string);
    let after = app.persons.made();
    let gone = of_bookings.len().saturating_sub(after.1.len());
    vec![
        Line {
            oldest: after.0.map(|day| day.to_string()),
            erased: u64::from(is_over && after.0 != of_day),
            fault: fault.clone(),
            ..line(Sort::DayKey)
        },
        Line {
            oldest: after.1.iter().min().map(ToString::to_string),
            erased: gone as u64,
            fault,
            ..line(Sort::BookingKeys)
        },
    ]
}

/// How people of home visits are reached, some days after the visit.
fn contacts(app: &App) -> Line {
    let (kept, now) = (app.contacts.kept(), app.now());
    let due = app.read(|hall| contacts::due(hall, &kept, now));
    let erased = app.contacts.erase_all(&due);
    let oldest = app.contacts.kept().first().map(|visit| visit.0.to_string());
    match erased {
        Ok(erased) => Line { erased, oldest, ..line(Sort::Contacts) },
        Err(fault) => Line { fault: Some(fault.to_string()), oldest, ..line(Sort::Contacts) },
    }
}

/// What people took pictures of on 日巡查; people may be seen there.
fn inspection_photos(app: &App, today: Day) -> Line {
    let months = i64::from(inspection_photos::KEPT_MONTHS).months();
    let limit = back(today, |date| date.checked_sub(months).ok());
    let erased = app.inspection_photos.erase_before(limit);
    let oldest = app.inspection_photos.days().first().map(Day::to_string);
    match erased {
        Ok(erased) => Line { erased, oldest, ..line(Sort::InspectionPhotos) },
        Err(fault) => {
            Line { fault: Some(fault.to_string()), oldest, ..line(Sort::InspectionPhotos) }
        }
    }
}

fn store(app: &App, oldest: Day) -> Vec<Line> {
    let files = &app.retention.state.files;
    let erased = if app.store.condition() == "ok" {
        app.store.erase_before(oldest, files).map_err(|fault| fault.to_string())
    } else {
        Err(format!("store {}", app.store.condition()))
    };
    let fault = erased.as_ref().err().cloned();
    let erased = erased.unwrap_or_default();
    let (said, inspected) = app.store.oldest_said();
    let first = app.store.days().first().copied();
    let of = |sort, oldest: Option<String>, erased| Line {
        oldest,
        erased,
        fault: fault.clone(),
        ..line(sort)
    };
    let day = |day: Option<Day>| day.map(|day| day.to_string());
    let year = app.store.years().first().map(|year| format!("{year:04}"));
    vec![
        of(Sort::Tickets, day(first), erased.days),
        of(Sort::Words, day(said), erased.words),
        of(Sort::Inspections, day(inspected), erased.inspections),
        Line { oldest: year, ..line(Sort::Sums) },
    ]
}

fn record(app: &App, oldest: Day, is_stored: bool) -> Line {
    let state = &app.retention.state;
    let mut of_record = line(Sort::Record);
    if let (Some(closed), true) = (app.retention.closed(), is_stored) {
        match kept::forget_before(&state.data, &state.files, &closed, oldest) {
            Ok(Some(forgotten)) => {
                of_record.erased = forgotten.days;
                let about = format!("record kept from {}", forgotten.kept.from);
                app.audit.note(Act::of_hall(Kind::Retention, &about, Outcome::Done));
            }
            Ok(None) => {}
            Err(fault) => of_record.fault = Some(fault.sentence()),
        }
    }
    if !is_stored {
        of_record.fault = Some("the store comes first".to_owned());
    }
    let found = kept::oldest(&state.data, &state.files);
    of_record.oldest = found.ok().flatten().map(|day| day.to_string());
    of_record
}

/// The trail forgets by itself; here it is looked whether it did.
fn trail(app: &App, today: Day) -> Line {
    let state = &app.retention.state;
    let folder = crate::audit::folder(&state.data);
    let names = journal::read::segments(&folder, state.files.as_ref()).unwrap_or_default();
    let oldest = names.iter().find_map(|name| name.hint.parse::<Day>().ok());
    let months = i64::from(app.audit.months_kept()).months();
    let limit = date_of(today).and_then(|date| date.checked_sub(months).ok()).map(day_of);
    let lags = oldest.zip(limit).is_some_and(|(oldest, limit)| {
        let next = names.iter().filter_map(|name| name.hint.parse::<Day>().ok()).nth(1);
        // The first segment stays while the day of the limit is in it.
        next.is_some_and(|next| days_between(next, limit) > TRAIL_LAG_DAYS) && oldest < limit
    });
    Line {
        oldest: oldest.map(|day| day.to_string()),
        fault: lags.then(|| "the trail has not forgotten in its time".to_owned()),
        ..line(Sort::Trail)
    }
}

fn tell(app: &App, night: &Night) {
    let outcome = if night.is_whole() { Outcome::Done } else { Outcome::Failed };
    let told = |line: &&Line| line.erased > 0 || line.fault.is_some();
    let lines = night.lines.iter().filter(told).map(|line| {
        let fault = line.fault.as_ref().map_or(String::new(), |_| " !".to_owned());
        format!("{} {}{fault}", line.sort.word(), line.erased)
    });
    let about = lines.collect::<Vec<_>>().join(", ");
    let about = match (night.doubt, about.is_empty()) {
        (Some(_), _) => "the clock jumped".to_owned(),
        (None, true) => "nothing was due".to_owned(),
        (None, false) => about,
    };
    app.audit.note(Act::of_hall(Kind::Retention, &about, outcome));
    for line in night.lines.iter().filter(|line| line.fault.is_some()) {
        let (sort, why) = (line.sort.word(), line.fault.as_deref().unwrap_or_default());
        tracing::warn!(sort, why, "data could not be erased in its time");
    }
    tracing::info!(erased = night.erased(), about, "what was due was erased");
}

fn years_before(today: Day, years: u32) -> Day {
    back(today, |date| date.checked_sub(i64::from(years).years()).ok())
}

fn days_before(today: Day, days: u32) -> Day {
    back(today, |date| date.checked_sub(i64::from(days).days()).ok())
}

fn back(today: Day, step: impl Fn(Date) -> Option<Date>) -> Day {
    date_of(today).and_then(step).map_or(today, day_of)
}
