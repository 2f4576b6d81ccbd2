//! 找事项: what somebody came for, by words, by department and queue.

use std::collections::BTreeMap;

use hall::{
    Hall, forecast,
    ids::{ItemId, QueueId},
    setup::{Item, Queue},
    words::PriorityClass,
};

use wire::find::Finder;

use super::Desk;
use crate::{
    app::App,
    http::{catalogue, problem},
    pages::written,
};

/// Items that are shown for some words; who sees more types more.
const FOUND_MAX: usize = 12;

/// An item, or a whole queue, that a number can be taken for.
pub struct Row {
    /// Its code; empty for a whole queue.
    pub item: String,
    pub queue: String,
    pub letter: char,
    pub name: String,
    /// Who is responsible.
    pub department: String,
    /// "5 人 · 15~30 分", or why not.
    pub state: String,
    /// A number can be taken.
    pub open: bool,
}

/// The queues of a department.
pub struct Department {
    pub name: String,
    pub queues: Vec<Row>,
}

/// Words longer than this are none of an item.
const WORDS_CHARS_MAX: usize = 40;

fn bounded(words: &str) -> String {
    words.trim().chars().take(WORDS_CHARS_MAX).collect()
}

/// What the kiosks' matcher finds. It looks at the hall itself: never inside [`App::read`].
pub(super) fn hits(app: &App, words: &str) -> Vec<ItemId> {
    let words = bounded(words);
    if words.is_empty() {
        return Vec::new();
    }
    Finder::new(&catalogue::of(app)).find(&words).into_iter().map(|hit| hit.item).collect()
}

/// Items in force that fit some words, the best first: by the matcher of the kiosks, then those
/// whose code, queue or department has the words. Without words none.
///
/// The one place where the page looks for items.
fn matching<'h>(app: &App, hall: &'h Hall, words: &str, hits: &[ItemId]) -> Vec<&'h Item> {
    let words = bounded(words);
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<&Item> = hits.iter().filter_map(|id| hall.item(*id)).collect();
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let fits = |item: &&'h Item| {
        let around = around(app, item).to_lowercase();
        words.iter().all(|word| around.contains(word.as_str()))
    };
    for item in hall.items().filter(fits) {
        if !found.iter().any(|known| known.id == item.id) {
            found.push(item);
        }
    }
    found.truncate(FOUND_MAX);
    found
}

/// The words around an item: its code, its queue, its department.
fn around(app: &App, item: &Item) -> String {
    let queue = app.profile.setup.queue(item.queue);
    let name = queue.map_or("", |queue| queue.name.as_str());
    let department = queue.and_then(|queue| app.profile.setup.department(queue.department));
    let department = department.map_or("", |department| department.name.as_str());
    format!("{} {name} {department}", item.id)
}

impl Desk<'_> {
    /// Items that fit the words.
    pub(super) fn found(&self, hall: &Hall, words: &str, hits: &[ItemId]) -> Vec<Row> {
        let found = matching(self.app, hall, words, hits);
        found.into_iter().filter_map(|item| self.row(hall, item.queue, Some(item))).collect()
    }

    /// The items of a queue, and the queue itself.
    pub(super) fn of_queue(&self, hall: &Hall, queue: QueueId) -> Vec<Row> {
        let items = hall.items().filter(|item| item.queue == queue);
        let whole = self.row(hall, queue, None);
        items.filter_map(|item| self.row(hall, queue, Some(item))).chain(whole).collect()
    }

    /// Every queue that gives numbers, by department, in the hall's order.
    pub(super) fn departments(&self, hall: &Hall) -> Vec<Department> {
        let mut all: Vec<Department> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for queue in hall.setup().queues().iter().filter(|queue| queue.issued) {
            let Some(row) = self.row(hall, queue.id, None) else { continue };
            let place = *places.entry(row.department.clone()).or_insert_with(|| {
                all.push(Department { name: row.department.clone(), queues: Vec::new() });
                all.len() - 1
            });
            all[place].queues.push(row);
        }
        all
    }

    fn row(&self, hall: &Hall, id: QueueId, item: Option<&Item>) -> Option<Row> {
        let queue = hall.setup().queue(id)?;
        let (state, open) = self.state_of(hall, queue, item.map(|item| item.id));
        let names = self.names();
        Some(Row {
            item: item.map_or_else(String::new, |item| item.id.to_string()),
            queue: queue.id.to_string(),
            letter: queue.letter,
            name: item.map_or_else(|| names.queue(queue.id), |item| names.item(item)),
            department: names.department(queue.department),
            state,
            open,
        })
    }

    /// How many wait and how long, or why no number can be taken.
    pub(super) fn state_of(
        &self,
        hall: &Hall,
        queue: &Queue,
        item: Option<ItemId>,
    ) -> (String, bool) {
        let now = self.app.now();
        let not_today = item.is_some_and(|item| !hall.is_of_today(item));
        let refused = hall.may_issue(queue, now).err();
        let refused = refused.or(not_today.then_some(hall::refusal::Refusal::ItemNotToday));
        if let Some(refusal) = refused {
            let words = problem::words(&refusal, self.texts, &self.app.clock);
            return (words.trim_end_matches(['。', '.']).to_owned(), false);
        }
        let class = PriorityClass::Ordinary;
        let ahead = forecast::ahead_of_newcomer(hall, queue.id, class, now);
        let wait = self.app.forecasts.wait_of_newcomer(hall, (queue.id, class), now);
        // Nothing is promised where no window serves.
        let Some(wait) = wait else {
            return (self.texts.fill("guide.waits_only", &[("n", &ahead)]), true);
        };
        let wait = written::wait_said(Some(wait.into()), self.texts);
        (self.texts.fill("guide.waits", &[("n", &ahead), ("wait", &wait)]), true)
    }
}
