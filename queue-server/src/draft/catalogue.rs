//! 目录变更 that were decided over the interface, and the draft: a draft that changes such an item takes the
//! change in first, so that neither writes over the other.

use std::collections::{BTreeMap, BTreeSet};

use hall::{
    event::people::CatalogueChanged,
    setup::{Item, Setup},
    time::Day,
    words::people::ChangeKind,
};

use crate::profile::{
    Sources,
    forms::{
        self, BETWEEN, EditFault, Form, Shape,
        compare::Change,
        own::{Settings, put_setting},
    },
};

const FILE: &str = "hall.toml";
const UP_TO: &[&str] = &["rules", "catalogue", "written_up_to"];
const ON: &[&str] = &["rules", "catalogue", "written_on"];

/// Milliseconds of a minute.
const MINUTE: f64 = 60_000.0;

/// Changes that the draft's catalogue does not hold, in the order in which they take effect.
#[must_use]
pub fn unwritten(changes: &[CatalogueChanged], sources: &Sources) -> Vec<CatalogueChanged> {
    let settings = Settings::of(sources, FILE);
    let said = |path| settings.at(path);
    let up_to = said(UP_TO).and_then(|number| number.parse().ok()).unwrap_or(0);
    let on = said(ON).and_then(|day| day.parse::<Day>().ok());
    let is_held = |change: &CatalogueChanged| {
        change.number <= up_to && on.is_some_and(|day| change.effective <= day)
    };
    let mut all: Vec<_> = changes.iter().filter(|each| !is_held(each)).cloned().collect();
    all.sort_by_key(|change| (change.effective, change.number));
    all
}

/// Items that the draft changes though a change of them was decided that it does not hold.
#[must_use]
pub fn crossed(changes: &[Change], unwritten: &[CatalogueChanged]) -> Vec<String> {
    let drafted = changes.iter().filter(|change| change.form == Some("items"));
    let drafted: BTreeSet<&str> = drafted.map(|change| change.key.as_str()).collect();
    let items: BTreeSet<String> = unwritten.iter().map(|each| each.item.to_string()).collect();
    items.into_iter().filter(|item| drafted.contains(item.as_str())).collect()
}

/// Takes what is in force by now into the draft's catalogue: of an item only what the change made
/// another, so that what the draft itself changed stays.
///
/// # Errors
/// [`EditFault`]; nothing has changed.
pub fn take_in(
    sources: &mut Sources,
    unwritten: &[CatalogueChanged],
    before: &Setup,
    today: Day,
) -> Result<(), EditFault> {
    let form = Form::of("items").ok_or(EditFault::Gone)?;
    let mut up_to = None;
    for change in unwritten.iter().filter(|change| change.effective <= today) {
        up_to = up_to.max(Some(change.number));
        let key = change.item.to_string();
        let is_there = forms::rows(sources, form).iter().any(|row| row.key == key);
        match (change.kind, &change.to) {
            (ChangeKind::HandedDown | ChangeKind::Cancelled, _) if is_there => {
                forms::remove(sources, form, &key)?;
            }
            (ChangeKind::HandedDown | ChangeKind::Cancelled, _) => {}
            (ChangeKind::TakenOver | ChangeKind::Adjusted, Some(to)) => {
                let mut cells = cells(to);
                if let Some(known) = before.item(change.item).map(self::cells) {
                    cells.retain(|field, said| known.get(field) != Some(said));
                } else {
                    cells.retain(|_, said| is_there || !said.is_empty());
                }
                // An item that the draft has taken out stays out.
                if is_there || before.item(change.item).is_none() {
                    forms::put(sources, form, is_there.then_some(key.as_str()), &cells)?;
                }
            }
            (ChangeKind::TakenOver | ChangeKind::Adjusted, None) => {}
        }
    }
    let Some(up_to) = up_to else { return Ok(()) };
    put_setting(sources, FILE, UP_TO, Shape::Number, &up_to.to_string())?;
    put_setting(sources, FILE, ON, Shape::Date, &today.to_string())
}

/// An item as the sheet writes it.
fn cells(item: &Item) -> BTreeMap<String, String> {
    let minutes = |millis: u64| {
        let minutes = millis as f64 / MINUTE;
        if millis == 0 { String::new() } else { minutes.to_string() }
    };
    let number = |number: Option<u16>| number.map_or(String::new(), |number| number.to_string());
    let list = |words: &[String]| words.join(&BETWEEN.to_string());
    let published = &item.published;
    let guide = &published.guide;
    let tiers: Vec<String> = published.tiers.iter().map(ToString::to_string).collect();
    let tags: Vec<String> = published.tags.iter().map(ToString::to_string).collect();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        ("code", item.id.to_string()),
        ("name", item.name.clone()),
        ("queue", item.queue.to_string()),
        ("kind", item.kind.to_string()),
        ("limit_working_days", number(item.limit_working_days)),
        ("statutory_working_days", number(published.statutory_working_days)),
        ("mean_minutes", minutes(item.mean_service.0)),
        ("sd_minutes", minutes(item.sd_service.0)),
        ("per_day", number(Some(item.per_day).filter(|count| *count > 0))),
        ("bring", list(&item.bring)),
        ("aliases", list(&published.aliases)),
        ("english_name", text(&published.english_name)),
        ("national_code", text(&published.national_code)),
        ("tiers", list(&tiers)),
        ("tags", list(&tags)),
        ("content", guide.content.clone()),
        ("basis", guide.basis.clone()),
        ("conditions", guide.conditions.clone()),
        ("materials", list(&guide.materials)),
        ("procedure", guide.procedure.clone()),
        ("limit", guide.limit.clone()),
        ("fees", guide.fees.clone()),
        ("result", guide.result.clone()),
    ]
    .into_iter()
    .map(|(field, said)| (field.to_owned(), said))
    .collect()
}
