//! 大厅配置 from its pages to the machines: what an administrator changes and a second one approves is on
//! the kiosk and on the hall screen without a restart, outlives a pulled plug, and comes back.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde_json::Value;
use tests::{
    api::Api,
    browser::Browser,
    county, free_port,
    kiosk::{Kiosk, Places},
    log_to,
    printer::Printer,
    program,
    screen::Screen,
    server::Server,
    show_if_failed, wait_until,
};

/// What takes a second or two on a quiet machine.
const SOON: Duration = Duration::from_secs(60);

/// Who changes, and who approves.
const ONE: &str = "9000";
const TWO: &str = "9008";

/// What is changed: the names of a queue, of a window and of an item, and where another item belongs.
const QUEUE: (&str, &str) = ("企业开办", "企业一窗通");
const WINDOW: (&str, &str) = ("企业开办", "一窗通");
const ITEM: (&str, &str) = ("个体工商户登记", "个体户开业");
const MOVED: &str = "企业变更登记";

#[test]
fn what_a_second_person_approves_is_on_kiosk_and_screen_and_comes_back_and_no_number_is_touched() {
    let Some(browser) = Browser::open(1366, 768) else { return };
    let mut server = Server::prepared(&[]);
    server.own_hall();
    server.keep_http_at(free_port());
    server.keep_broker_at(free_port());
    server.start();
    let Some(mut hall) = Hall::open(&server, &browser) else { return };
    let before = hall.screen.rows();
    let record = hall.record(&server);
    let (ticket, named) = (hall.ticket(1), hall.names());
    assert_eq!(named, [QUEUE.0, ITEM.0, "A"]);

    hall.changes_the_draft(&server);
    assert_eq!(hall.names(), named, "a draft is in force nowhere");
    hall.approves();
    // The plug is pulled before anybody has taken a number under the new version.
    server.kill();
    hall.hears(&server, "the server does not answer");
    server.start();
    // The kiosk asks for the catalogue before anything else when it finds the server again.
    hall.hears(&server, "the server answers again");
    let renamed = [QUEUE.1, ITEM.1, "B"];
    wait_until("the new version is in force", SOON, || match hall.names() {
        names if names == renamed => Ok(()),
        names => Err(names.join(" ")),
    });
    hall.screen.comes_to_show("the new name", |rows| *rows != before);
    let fresh = Shown::open(&server, "screen-2").unwrap();
    let after = hall.screen.rows();
    fresh.comes_to_show("what the other shows", |rows| *rows == after);
    drop(fresh);
    // The kiosk gives a number of the queue to which the item has moved; its slip says so.
    hall.kiosk.twin().begin_anew();
    hall.kiosk.is_at_rest();
    hall.kiosk.touch("现场取号");
    hall.kiosk.touch("经营许可");
    hall.kiosk.touch(MOVED);
    let said = hall.kiosk.touch_and_hear("材料已齐，取号", "取号成功");
    assert!(said.contains("B 零 零 一"), "{said}");
    let slip = hall.printer.piece(1, SOON);
    assert!(slip.whole && hall.printer.has_number(&slip, "B001"), "{}", slip.text);
    assert!(slip.text.contains(MOVED), "{}", slip.text);

    // Nothing that was given and written before has changed.
    assert_eq!(hall.ticket(1)["no"], ticket["no"]);
    assert_eq!(hall.ticket(1)["issued_at"], ticket["issued_at"]);
    hall.has_grown(&record);
    hall.compares();
    hall.brings_back();
    wait_until("the old version is back", SOON, || match hall.names() {
        names if names == named => Ok(()),
        names => Err(names.join(" ")),
    });
    hall.screen.comes_to_show("the old name", |rows| *rows == before);
    hall.kiosk.twin().begin_anew();
    hall.kiosk.is_at_rest();
    hall.kiosk.touch("现场取号");
    hall.kiosk.touch(QUEUE.0);
    hall.kiosk.touch(ITEM.0);
    hall.has_grown(&record);
    let _ = server.command(&["journal", "verify"]);
}

/// The hall around an administrator: a kiosk, a hall screen, and one person called to window 1.
struct Hall<'a> {
    browser: &'a Browser,
    http: String,
    passwords: [String; 2],
    office: Api,
    kiosk: Kiosk,
    printer: Printer,
    screen: Shown,
}

impl<'a> Hall<'a> {
    fn open(server: &Server, browser: &'a Browser) -> Option<Self> {
        let password = |no| server.command(&["staff", "add", "--no", no, "--role", "admin"]);
        let (desk, taker) = (server.api("desk", "desks"), server.api("kiosk", "kiosk-2"));
        desk.sign_on("1");
        taker.issue("A", "first").unwrap();
        desk.window("1", "call-next", "call").unwrap();
        let printer = Printer::start();
        let credential = server.token("kiosk", "kiosk-1");
        let folder = server.folder();
        let places =
            Places { folder, server: &server.http, credential: &credential, printer: &printer };
        let kiosk = Kiosk::start(&places)?;
        kiosk.has_numbers();
        let screen = Shown::open(server, "screen-1")?;
        screen.rests();
        Some(Self {
            browser,
            http: server.http.clone(),
            passwords: [password(ONE), password(TWO)],
            office: server.api("office", "office-1"),
            kiosk,
            printer,
            screen,
        })
    }

    /// Waits until the kiosk has noted something.
    fn hears(&self, server: &Server, words: &str) {
        let log = server.folder().join("kiosk/log");
        wait_until(&format!("the kiosk notes: {words}"), SOON, || {
            let log = fs::read_to_string(&log).unwrap_or_default();
            if log.contains(words) { Ok(()) } else { Err(log) }
        });
    }

    fn ticket(&self, id: u64) -> Value {
        let (_, answer) = self.office.get(&format!("/tickets/{id}")).unwrap_or_default();
        answer["ticket"].clone()
    }

    /// What the catalogue in force calls the queue and the item, and where the other item belongs.
    fn names(&self) -> [String; 3] {
        let (_, catalogue) = self.office.get("/catalogue").unwrap_or_default();
        let of = |list: &str, id: &str, field: &str| {
            let rows = catalogue[list].as_array().cloned().unwrap_or_default();
            let row = rows.into_iter().find(|row| row["id"] == id).unwrap_or_default();
            row[field].as_str().unwrap_or_default().to_owned()
        };
        [of("queues", "A", "name"), of("items", "A02", "name"), of("items", "A03", "queue")]
    }

    fn sign_in(&self, who: usize) {
        let no = [ONE, TWO][who];
        self.browser.sign_in(&self.http, no, &self.passwords[who]);
    }

    fn go(&self, path: &str) {
        self.browser.go(&format!("{}{path}", self.http));
    }

    /// Names a row anew on its page.
    fn renames(&self, list: &str, key: &str, name: &str) {
        self.go(&format!("/setup/row?list={list}&key={key}"));
        self.browser.write("#f-name", &format!("\u{e009}a\u{e000}{name}"));
        self.browser.click(".rowform [value=save]");
        self.browser.wait_for(".chain[role=alert]", "草稿");
    }

    /// Two rows by their pages, and a sheet: first with a row that cannot be, then as it is meant.
    fn changes_the_draft(&self, server: &Server) {
        self.sign_in(0);
        self.renames("queues", "A", QUEUE.1);
        self.renames("windows", "1", WINDOW.1);
        let items = fs::read_to_string(county().join("items.csv")).unwrap();
        let right = items.replace(&format!("A02,{},A", ITEM.0), &format!("A02,{},A", ITEM.1));
        let right = right.replace(&format!("A03,{MOVED},A"), &format!("A03,{MOVED},B"));
        let wrong = right.replace(&format!("A03,{MOVED},B"), &format!("A03,{MOVED},QQ"));
        self.looks_at(&write(server.folder(), "wrong.csv", &wrong));
        self.browser.wait_for("main", "1 个错误");
        let told = self.browser.text(".devlist tbody tr:first-child");
        assert!(told.starts_with('4') && told.contains("队列") && told.contains("QQ"), "{told}");
        let offers = self.browser.run("return !!document.querySelector('form.take');");
        assert!(offers == false, "a sheet with an error cannot be taken");
        self.looks_at(&write(server.folder(), "right.csv", &right));
        self.browser.wait_for("main", ITEM.1);
        self.browser.click("form.take button");
        self.browser.wait_for(".draft", ITEM.1);
        self.browser.wait_for(".draft", QUEUE.1);
    }

    fn looks_at(&self, file: &Path) {
        self.go("/setup/import");
        self.browser.write("#file", &file.display().to_string());
        self.browser.click("form[enctype] button");
    }

    /// The first proposes and may not approve; the second approves.
    fn approves(&self) {
        self.go("/setup");
        let own = self.browser.run("return !!document.querySelector('[value=approve]');");
        assert!(own == false, "nobody approves what they changed");
        self.browser.write("input[name=reason]", "一窗通办");
        self.browser.click("[value=propose]");
        self.browser.wait_for(".draft", "一窗通办");
        self.sign_in(1);
        self.go("/setup");
        self.browser.click("[value=approve]");
        self.browser.wait_for(".chain[role=alert]", "新配置已生效");
    }

    /// The page of the newest version says what is another than before.
    fn compares(&self) {
        self.sign_in(1);
        self.go("/setup");
        self.browser.click("tbody tr:first-child a.btn");
        for words in [QUEUE.1, WINDOW.1, ITEM.0, ITEM.1, MOVED] {
            self.browser.wait_for("main", words);
        }
    }

    fn brings_back(&self) {
        self.sign_in(0);
        self.go("/setup");
        self.browser.click("tbody tr:last-child [value=bring_back]");
        self.browser.wait_for(".draft", QUEUE.0);
        self.browser.write("input[name=reason]", "试行结束");
        self.browser.click("[value=propose]");
        self.browser.wait_for(".draft", "试行结束");
        self.sign_in(1);
        self.go("/setup");
        self.browser.click("[value=approve]");
        self.browser.wait_for(".chain[role=alert]", "新配置已生效");
    }

    /// The bytes of the record as they are on the disk.
    fn record(&self, server: &Server) -> Vec<(PathBuf, Vec<u8>)> {
        let folder = server.data().join("journal");
        let files = fs::read_dir(&folder).unwrap().flatten().map(|entry| entry.path());
        let segments = files.filter(|path| path.extension().is_some_and(|end| end == "log"));
        let read: Vec<(PathBuf, Vec<u8>)> =
            segments.map(|path| (path.clone(), fs::read(&path).unwrap())).collect();
        assert!(!read.is_empty(), "the record is in {}", folder.display());
        read
    }

    /// What was on record is there byte by byte, and more has come behind it.
    fn has_grown(&self, before: &[(PathBuf, Vec<u8>)]) {
        let written = |bytes: &[u8]| bytes.iter().rposition(|byte| *byte != 0).unwrap_or(0);
        let mut grown = 0;
        for (path, old) in before {
            // Room that is not written yet is zeros.
            let (new, end) = (fs::read(path).unwrap(), written(old));
            assert!(new.starts_with(&old[..end]), "{} was changed", path.display());
            grown += written(&new) - end;
        }
        assert!(grown > 0, "nothing was written since");
    }
}

/// A hall screen of its own, as people see it.
struct Shown {
    process: Child,
    screen: Screen,
    log: PathBuf,
}

impl Shown {
    fn open(server: &Server, device: &str) -> Option<Self> {
        let screen = Screen::open(960, 540)?;
        let folder = server.folder().join(device);
        fs::create_dir_all(&folder).unwrap();
        let secret = write(&folder, "secret", &server.token("display", device));
        let (host, port) = server.mqtt.rsplit_once(':').unwrap();
        let config = format!(
            "hall = \"yunxi\"\nscreen = \"{device}\"\ndata = \"{}\"\n[broker]\nhost = \
             \"{host}\"\nport = {port}\nuser = \"{device}\"\npassword_file = \"{}\"\n",
            folder.join("data").display(),
            secret.display()
        );
        let log = folder.join("log");
        let process = Command::new(program("display"))
            .arg("--config")
            .arg(write(&folder, "display.toml", &config))
            .env("DISPLAY", &screen.display)
            .env("LP_NUM_THREADS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log_to(&log))
            .spawn()
            .unwrap();
        Some(Self { process, screen, log })
    }

    /// The calls: below the head, in which a clock runs, and beside the counts of who waits.
    fn rows(&self) -> Vec<[u8; 3]> {
        let (width, height) = self.screen.size();
        let (width, height) = (usize::from(width), usize::from(height));
        let pixels = self.screen.pixels();
        let lines = pixels.chunks_exact(width).take(height / 2).skip(height / 8);
        lines.flat_map(|line| &line[..width * 3 / 4]).copied().collect()
    }

    /// Waits until somebody is called on it and nothing blinks any more.
    fn rests(&self) {
        let mut last = Vec::new();
        let mut same = 0;
        wait_until("the screen shows a call and rests", SOON, || {
            let rows = self.rows();
            let is_plain = rows.iter().all(|pixel| *pixel == rows[0]);
            same = if rows == last && !is_plain { same + 1 } else { 0 };
            last = rows;
            std::thread::sleep(Duration::from_millis(200));
            if same > STILL { Ok(()) } else { Err(format!("the same {same} times")) }
        });
    }

    #[track_caller]
    fn comes_to_show(&self, what: &str, is_so: impl Fn(&Vec<[u8; 3]>) -> bool) {
        wait_until(&format!("the screen shows {what}"), SOON, || {
            if is_so(&self.rows()) { Ok(()) } else { Err("something else".to_owned()) }
        });
    }
}

/// So often in a row a picture must be the same: a row blinks more slowly than one looks.
const STILL: usize = 15;

impl Drop for Shown {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let picture = program("display").with_file_name("display-last-seen.png");
            self.screen.picture(&picture);
            eprintln!("the screen is kept in {}", picture.display());
        }
        show_if_failed(&self.log);
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}
