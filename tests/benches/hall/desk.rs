//! From a clerk's key to the page that shows what it did, in a real Chromium, while every other window of
//! the sample hall works.

use std::{
    sync::atomic::{AtomicBool, Ordering::SeqCst},
    time::Duration,
};

use queue_server::access::{Access, Person, Role};
use serde_json::json;
use tests::{
    browser::{Browser, F2},
    wait_until,
};

use crate::{
    halls,
    options::Options,
    rates,
    report::{short, table},
    serving::Serving,
    stats::{millis, part},
};

/// The heading of what is written down.
pub const HEADING: &str = "A key at the desk";

const NO: &str = "2101";
const PASSWORD: &str = "bench-pass-word-1";
/// The window of the clerk; it serves this queue.
const WINDOW: &str = "20";
const QUEUE: &str = "M";

const F4: &str = "\u{e034}";
const F8: &str = "\u{e038}";

/// The other windows, each of which does something so often: the hall's busiest hour many times over.
const OTHERS: std::ops::RangeInclusive<usize> = 1..=19;
const STEP_EVERY: Duration = Duration::from_millis(100);

/// A bar: the page shows it within this.
const BAR_MILLIS: f64 = 100.0;

/// The keys of a visit, each with what the page shows once it is done, and what it does not show any more.
const KEYS: [(&str, &str, &str, &str); 3] = [
    ("F2, the next", F2, "#k-F4:not([disabled])", "#none"),
    ("F4, the service begins", F4, "#k-F8:not([disabled])", "#k-F4:not([disabled])"),
    ("F8, it is done", F8, "#k-F2:not([disabled])", "#k-F8:not([disabled])"),
];

/// Notes when a key comes down and when the page shows what it did; where the page is drawn next; and how
/// long of it was spent on askings.
const WATCH: &str = "
    var bench = window.bench = { at: 0, done: 0, drawn: 0, wanted: '', left: '' };
    document.addEventListener('keydown', function () {
        performance.clearResourceTimings();
        bench.at = performance.now(); bench.done = 0; bench.drawn = 0;
    }, true);
    new MutationObserver(function () {
        if (!bench.at || bench.done || !document.querySelector(bench.wanted)) { return; }
        if (bench.left && document.querySelector(bench.left)) { return; }
        bench.done = performance.now();
        requestAnimationFrame(function () { bench.drawn = performance.now(); });
    }).observe(document.body, { subtree: true, childList: true, attributes: true });";

const READ: &str = "
    var bench = window.bench, asked = 0;
    if (!bench.done || !bench.drawn) { return null; }
    performance.getEntriesByType('resource').forEach(function (each) {
        var from = Math.max(each.startTime, bench.at), until = Math.min(each.responseEnd, bench.done);
        if (until > from) { asked += until - from; }
    });
    return [bench.done - bench.at, bench.drawn - bench.at, asked];";

/// What was found of a key.
struct Key {
    name: &'static str,
    shown: Vec<Duration>,
    drawn: Vec<Duration>,
    asked: Vec<Duration>,
}

/// What was found.
pub struct Desk {
    keys: Vec<Key>,
    steps: usize,
}

/// Measures; none if there is no Chromium.
///
/// # Panics
/// If the hall refuses, or the page does not follow.
#[must_use]
pub fn measure(options: &Options) -> Option<Desk> {
    let data = rates::fresh(options, "desk");
    let access = Access::open(&data).expect("the bench's data can be made");
    let person = Person {
        no: NO.parse().expect("a literal number is valid"),
        name: NO.to_owned(),
        role: Role::Desk,
        windows: vec![WINDOW.parse().expect("a literal id is valid")],
    };
    access.add_person(person, PASSWORD).expect("a person can be added");
    let server = Serving::start(&tests::county(), &data, Duration::ZERO);
    let visits = options.presses() / KEYS.len();
    let kiosk = server.kiosk();
    for turn in 0..visits + 2 {
        kiosk.issue(QUEUE, &format!("m-{turn}")).expect("the server answers");
    }
    let browser = Browser::open(1366, 768)?;
    let base = format!("http://{}", server.door.address);
    browser.sign_in(&base, NO, PASSWORD);
    browser.go(&format!("{base}/desk?window={WINDOW}"));
    shows(&browser, "#k-F2:not([disabled])");
    browser.press(F2);
    wait_until("the clerk is on duty", Duration::from_secs(30), || {
        let (_, board) = server.desk().get("/board")?;
        let windows = board["windows"].as_array().cloned().unwrap_or_default();
        let own = windows.iter().find(|window| window["id"] == WINDOW);
        if own.is_some_and(|own| own["state"] == "free") { Ok(()) } else { Err(format!("{own:?}")) }
    });
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let others = scope.spawn(|| work(&server, &over));
        // What was drawn when the page was opened settles first.
        std::thread::sleep(Duration::from_secs(2));
        shows(&browser, "#k-F2:not([disabled])");
        let _ = browser.run(WATCH);
        let keys = press(&browser, visits);
        over.store(true, SeqCst);
        let steps = others.join().expect("the other clerks go home");
        Some(Desk { keys, steps })
    })
}

fn shows(browser: &Browser, selector: &str) {
    let script = format!("return !!document.querySelector({});", json!(selector));
    wait_until(&format!("the page shows {selector}"), Duration::from_secs(20), || {
        if browser.run(&script) == true { Ok(()) } else { Err(browser.text("body")) }
    });
}

fn press(browser: &Browser, visits: usize) -> Vec<Key> {
    let key = |(name, _, _, _): &(&'static str, &str, &str, &str)| Key {
        name,
        shown: Vec::new(),
        drawn: Vec::new(),
        asked: Vec::new(),
    };
    let mut keys: Vec<Key> = KEYS.iter().map(key).collect();
    for _ in 0..visits {
        for (at, (name, press, wanted, left)) in KEYS.iter().enumerate() {
            let _ = browser.run(&format!(
                "window.bench.at = 0; window.bench.wanted = {}; window.bench.left = {};",
                json!(wanted),
                json!(left)
            ));
            browser.press(press);
            let found = wait_until(&format!("{name} is shown"), Duration::from_secs(20), || {
                let found = browser.run(READ);
                if found.is_array() { Ok(found) } else { Err(browser.text("body")) }
            });
            let millis =
                |at: usize| Duration::from_secs_f64(found[at].as_f64().unwrap_or(0.0) / 1e3);
            keys[at].shown.push(millis(0));
            keys[at].drawn.push(millis(1));
            keys[at].asked.push(millis(2));
            // Two calls within a second are one press.
            std::thread::sleep(Duration::from_millis(400));
        }
    }
    keys
}

/// The other clerks, one after the other; how much they did.
fn work(server: &Serving, over: &AtomicBool) -> usize {
    let (kiosk, desk) = (server.kiosk(), server.desk());
    OTHERS.for_each(|window| desk.sign_on(&window.to_string()));
    let mut steps = 0;
    while !over.load(SeqCst) {
        for window in OTHERS.map(|window| window.to_string()) {
            let queue = halls::QUEUES[steps % halls::QUEUES.len()];
            // Queues without anybody, and people of this one's own queue, are no matter.
            if queue != QUEUE {
                kiosk.issue(queue, &format!("o-{steps}")).ok();
            }
            for order in ["finish", "call-next", "start"] {
                desk.window(&window, order, &format!("{order}-{steps}")).ok();
            }
            steps += 4;
            if over.load(SeqCst) {
                break;
            }
            std::thread::sleep(STEP_EVERY * 4);
        }
    }
    steps
}

impl Desk {
    /// Its section.
    #[must_use]
    pub fn written(&self) -> String {
        let all = |of: fn(&Key) -> &Vec<Duration>| -> Vec<Duration> {
            let mut all: Vec<Duration> = self.keys.iter().flat_map(of).copied().collect();
            all.sort_unstable();
            all
        };
        let figures = |sorted: &[Duration]| {
            let at = |of: f64| part(sorted, of).map_or(0.0, millis);
            [at(0.5), at(0.99), at(1.0)].map(short).join(" | ")
        };
        let shown = all(|key| &key.shown);
        let middle = |of: &[Duration]| part(of, 0.5).map_or(0.0, millis);
        let share = middle(&all(|key| &key.asked)) / middle(&shown).max(0.001);
        let worst = shown.last().copied().map_or(0.0, millis);
        let p99 = part(&shown, 0.99).map_or(0.0, millis);
        let verdict = if p99 <= BAR_MILLIS { "held" } else { "**missed**" };
        let line =
            |(name, sorted): (String, Vec<Duration>)| format!("| {name} | {} |", figures(&sorted));
        let mut lines: Vec<(String, Vec<Duration>)> = Vec::new();
        for key in &self.keys {
            let mut shown = key.shown.clone();
            shown.sort_unstable();
            lines.push((key.name.to_owned(), shown));
        }
        lines.push(("all keys".to_owned(), shown.clone()));
        lines.push(("… until it is drawn".to_owned(), all(|key| &key.drawn)));
        lines.push(("… of it the server's and the way's".to_owned(), all(|key| &key.asked)));
        format!(
            "Written by `cargo bench -- --only desk`. A clerk of *county-24* presses {} keys in a real Chromium\n\
             without a screen, on these same cores; meanwhile the clerks of nineteen other windows press\n\
             {} times. From the key's coming down, as the page hears it, until the page shows what it did: the\n\
             asking is answered after the disk, and then the page has fetched itself anew.\n\n\
             The bar is {} ms: p99 {} ms, {verdict}; the slowest {} ms. Askings are {} % of the middle.\n\n{}",
            shown.len(),
            self.steps,
            short(BAR_MILLIS),
            short(p99),
            short(worst),
            short(share * 100.0),
            table("| | p50 ms | p99 ms | worst ms |", lines.into_iter().map(line))
        )
    }
}
