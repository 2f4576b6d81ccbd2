//! Every row of a clerk's and a manager's day is walked with a keyboard alone, on the full desk and on the
//! strip, at the sizes of an office's screens and of a tablet held both ways: `journeys/*.txt` says what is
//! done and what must be seen.

use serde_json::json;
use tests::{
    api::Api,
    browser::Browser,
    demo::Demo,
    hands::{Hands, Sizes},
    journey::{self, Around, Row},
    root,
};

/// An office's usual screen, a large one, and a tablet held level and upright.
const SIZES: Sizes = &[(1366, 768), (1920, 1080), (1024, 768), (768, 1024)];

/// The strip beside the department's own program is as wide as the screen.
const STRIPS: Sizes = &[(1366, 96), (1920, 96), (1024, 96)];

/// Monday morning.
const MORNING: &str = "2026-11-23 09:00";

/// Who stands in at window 1 while its clerk is away.
const B: &str = "1002";

#[test]
fn a_clerk_s_day_goes_by_keyboard_on_the_full_desk() {
    let Some(browser) = Browser::open(1366, 768) else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "10", "--start", MORNING]);
    let mut hall = Hall::of(&demo);
    let hands = Hands::at(&browser, SIZES);
    browser.go(&format!("{}/signin", demo.http));
    journey::walk(&table("desk"), &hands, &mut hall);
    hands.tab_to("小条");
    hands.press("Enter");
    browser.newest_window();
    let strip = Hands::at(&browser, STRIPS);
    journey::walk(&table("strip"), &strip, &mut hall);
    assert_nothing(&browser, &[&hands, &strip]);
}

#[test]
fn a_clerk_s_day_ends_by_keyboard() {
    let Some(browser) = Browser::open(1366, 768) else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "40", "--start", "2026-11-23 17:08"]);
    let mut hall = Hall::of(&demo);
    let hands = Hands::at(&browser, SIZES);
    browser.go(&format!("{}/signin", demo.http));
    journey::walk(&table("evening"), &hands, &mut hall);
    assert_nothing(&browser, &[&hands]);
}

#[test]
fn a_manager_s_day_goes_by_keyboard() {
    let Some(browser) = Browser::open(1366, 768) else { return };
    let demo = Demo::open(&["--no-crowd", "--speed", "30", "--start", MORNING]);
    let mut hall = Hall::of(&demo);
    let hands = Hands::at(&browser, SIZES);
    browser.go(&format!("{}/signin", demo.http));
    journey::walk(&table("manager"), &hands, &mut hall);
    assert_nothing(&browser, &[&hands]);
}

/// What a clerk does in a day; what the hall says by itself is proved where it is said.
const CLERK: [&str; 21] = [
    "上岗",
    "叫号",
    "重呼",
    "开始办理",
    "核验证件",
    "实际办理事项与份数",
    "一次性告知",
    "受理",
    "不予受理",
    "转移",
    "转收费",
    "联办下一环节",
    "挂起",
    "回呼",
    "件类与办结",
    "过号",
    "暂停",
    "B角顶岗",
    "停止取号",
    "下岗",
    "日小结",
];

/// What has no place on the strip: it is done before the strip is opened, or after.
const NOT_ON_STRIP: [&str; 6] =
    ["上岗", "实际办理事项与份数", "B角顶岗", "停止取号", "下岗", "日小结"];

/// What a manager does in a day.
const MANAGER: [&str; 15] = [
    "看板",
    "设备与自检",
    "广播",
    "警报与说明",
    "潮汐窗口",
    "借办队列",
    "限号",
    "特事特办",
    "批准顶岗",
    "日巡查",
    "差评到办结",
    "日报",
    "月小结",
    "季通报",
    "年考核",
];

#[test]
fn the_tables_hold_a_row_for_everything_that_a_clerk_and_a_manager_do() {
    let names = |tables: &[&str]| -> Vec<String> {
        tables.iter().flat_map(|name| table(name)).map(|row| row.name).collect()
    };
    let missing = |wanted: &[&str], found: &[String]| -> Vec<String> {
        let is_there = |row: &&&str| !found.iter().any(|name| name == **row);
        wanted.iter().filter(is_there).map(ToString::to_string).collect()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(missing(&CLERK, &names(&["desk", "evening"])), none);
    assert_eq!(missing(&MANAGER, &names(&["manager"])), none);
    let on_strip: Vec<&str> = CLERK.into_iter().filter(|row| !NOT_ON_STRIP.contains(row)).collect();
    assert_eq!(missing(&on_strip, &names(&["strip"])), none);
    for name in ["desk", "evening", "strip", "manager"] {
        for row in table(name) {
            let sees = row.steps.iter().any(|step| !step.sees.is_empty());
            let writes_only = row.name == "实际办理事项与份数";
            assert!(sees || writes_only, "{name}: {} sees nothing", row.name);
        }
    }
}

/// The rows of a table.
fn table(name: &str) -> Vec<Row> {
    let file = root().join("tests/tests/it/journeys").join(name).with_extension("txt");
    journey::read(&std::fs::read_to_string(file).unwrap())
}

/// No eye found anything, and no script complained; a refusal is an answer.
#[track_caller]
fn assert_nothing(browser: &Browser, all: &[&Hands]) {
    let mut found: Vec<String> = all.iter().flat_map(|hands| hands.found()).collect();
    let complaints = browser.complaints().into_iter();
    found.extend(complaints.filter(|each| !each.contains("409 (Conflict)")));
    assert!(found.is_empty(), "{} findings:\n{}", found.len(), found.join("\n"));
}

/// The hall around a keyboard: who comes, and who may sign in.
pub(crate) struct Hall {
    kiosk: Api,
    desks: Api,
    words: Vec<(String, String)>,
    came: usize,
}

/// Windows of the sample hall that have somebody in the morning, but for the tide window.
const STAFFED: std::ops::RangeInclusive<u32> = 1..=23;

/// The window whose clerk goes away.
const AWAY: &str = "2";

impl Hall {
    pub(crate) fn of(demo: &Demo) -> Self {
        let token = |role: &str| demo.command(&["token", "add", "--role", role, "--name", role]);
        let (kiosk, desks) = (token("kiosk"), token("desk"));
        let (no, password) = demo.sign_in("desk");
        let (manager, managers) = demo.sign_in("board");
        let b = ["staff", "add", "--no", B, "--window", "1", "--window", "2"];
        let words = [
            ("no", no),
            ("password", password),
            ("b", B.to_owned()),
            ("b password", demo.command(&b)),
            ("manager", manager),
            ("manager password", managers),
        ];
        Self {
            kiosk: Api::new(&demo.http, &kiosk),
            desks: Api::new(&demo.http, &desks),
            words: words.map(|(name, value)| (name.to_owned(), value)).to_vec(),
            came: 0,
        }
    }

    /// Somebody takes a number: `A`, `A01` for an item, `A elderly` for a class, `A 12` for so many.
    fn comes(&mut self, of: &str) {
        let (what, more) = of.split_once(' ').unwrap_or((of, ""));
        let times = more.parse().unwrap_or(1);
        for _ in 0..times {
            self.takes(what, if times == 1 { more } else { "" });
        }
    }

    fn takes(&mut self, what: &str, class: &str) {
        self.came += 1;
        let queue = &what[..1];
        let mut body = json!({ "queue": queue, "request_id": format!("walk-{}", self.came) });
        if what != queue {
            body["item"] = json!(what);
        }
        if !class.is_empty() {
            body["priority"] = json!("vulnerable");
            body["priority_reason"] = json!(class);
        }
        let (status, answer) = self.kiosk.post("/tickets", &body).unwrap();
        assert_eq!(status, 201, "{answer}");
        let no = answer["ticket"]["no"].as_str().unwrap().to_owned();
        self.words.push((self.came.to_string(), no));
    }

    /// Every window has somebody, and one of them goes away.
    fn staffed(&self) {
        STAFFED.for_each(|window| self.desks.sign_on(&window.to_string()));
        let body = json!({ "request_id": "away", "reason": "meeting" });
        let (status, answer) = self.desks.post(&format!("/windows/{AWAY}/pause"), &body).unwrap();
        assert_eq!(status, 200, "{answer}");
    }

    /// Somebody is served at a window and says that it was bad.
    fn poor(&mut self, window: &str) {
        self.takes("A", "");
        for order in ["call-next", "start", "finish"] {
            let (status, answer) = self.desks.window(window, order, order).unwrap();
            assert_eq!(status, 200, "{order}: {answer}");
        }
        let body = json!({ "request_id": "poor", "window": window, "rating": "dissatisfied",
            "reasons": ["long_wait"] });
        let (status, answer) = self.kiosk.post("/evaluations", &body).unwrap();
        assert!(status < 300, "{answer}");
    }
}

impl Around for Hall {
    fn happen(&mut self, word: &str, of: &str) -> bool {
        match word {
            "comes" => self.comes(of),
            "staffed" => self.staffed(),
            "poor" => self.poor(of),
            _ => return false,
        }
        true
    }

    fn fill(&self, words: &str) -> String {
        let fill = |text: String, (name, value): &(String, String)| {
            text.replace(&format!("{{{name}}}"), value)
        };
        self.words.iter().fold(words.to_owned(), fill)
    }
}
