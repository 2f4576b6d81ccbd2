//! A profile is changed while the hall is open: nothing is lost, and a crash changes nothing.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use hall::{command::Command, words::Actor};
use wire::texts::{Language, Texts};

use super::{ReloadFault, Reloaded, words};
use crate::{
    access::Role,
    app::App,
    clock::HallClock,
    serve::{DemoClock, Running, ServeConfig, StartAt, serve},
    testing::{issue_command, ticket_of, wait_until, wish},
};

const FILES: [&str; 5] = ["hall.toml", "items.csv", "calendar.toml", "staff.toml", "devices.toml"];

/// The county hall in folders of its own, so that it can be changed.
struct County {
    folder: tempfile::TempDir,
    data: tempfile::TempDir,
}

impl County {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let county = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/halls/county-24");
        for file in FILES {
            fs::copy(county.join(file), folder.path().join(file)).unwrap();
        }
        Self { folder, data: tempfile::tempdir().unwrap() }
    }

    fn change(&self, file: &str, from: &str, to: &str) {
        let path: PathBuf = self.folder.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} holds no {from:?}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    /// Takes queue M, its window and whatever names them out of the profile.
    fn take_m_away(&self) {
        let path = self.folder.path().join("hall.toml");
        let text = fs::read_to_string(&path).unwrap();
        let (head, tables) = text.split_once("\n[[").unwrap();
        let about_m = |table: &str| {
            ["id = \"M\"", "queue = \"M\"", "id = \"20\""].iter().any(|each| table.contains(each))
        };
        let kept = tables.split("\n[[").filter(|table| !about_m(table));
        let kept: Vec<&str> = std::iter::once(head).chain(kept).collect();
        fs::write(&path, kept.join("\n[[")).unwrap();
        let path = self.folder.path().join("items.csv");
        let text = fs::read_to_string(&path).unwrap();
        let kept: Vec<&str> = text.lines().filter(|line| !line.starts_with("M0")).collect();
        fs::write(path, kept.join("\n")).unwrap();
        self.change("hall.toml", "\"19\", \"20\", \"21\"", "\"19\", \"21\"");
        self.change("staff.toml", "windows = [\"20\"]", "windows = []");
        self.change("devices.toml", "\"19\", \"20\",", "\"19\",");
    }

    async fn open(&self) -> Running {
        let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
        let (folder, data) = (self.folder.path().to_owned(), self.data.path().to_owned());
        let mut config = ServeConfig::new(folder, data, any, any);
        let start = StartAt::Moment(HallClock::read("2026-11-23 09:00", 480).unwrap());
        config.demo = Some(DemoClock { speed: 1.0, start: Some(start) });
        config.on_fault = Arc::new(|fault| panic!("{fault}"));
        let running = serve(config).await.unwrap();
        let engine = running.app.engine.clone();
        wait_until("a session is open", || engine.read(|hall| hall.session().is_some()));
        running
    }
}

async fn reload(app: &Arc<App>) -> Result<Reloaded, ReloadFault> {
    app.reload(Actor::Hall).await
}

fn name_of_m(app: &App) -> Option<String> {
    let of_hall = app.read(|hall| Some(hall.setup().queue("M".parse().unwrap())?.name.clone()));
    let of_pages = app.profile.setup.queue("M".parse().unwrap()).map(|queue| queue.name.clone());
    assert_eq!(of_hall, of_pages);
    of_hall
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_take_effect_does_and_a_crash_after_it_changes_nothing() {
    let county = County::new();
    let running = county.open().await;
    let app = running.app.clone();
    let told = app.engine.ask(wish("kiosk-1", "1", issue_command())).await.unwrap();
    assert_eq!(reload(&app).await.unwrap(), Reloaded::Unchanged);
    county.change("hall.toml", "name = \"出入境证件\"", "name = \"出入境\"");
    county.change("devices.toml", "id = \"screen-2\"", "id = \"screen-9\"");
    county.change("staff.toml", "name = \"20号窗口工作人员\"", "name = \"二十号窗口工作人员\"");
    assert_eq!(name_of_m(&app).unwrap(), "出入境证件", "nobody has asked yet");
    assert_eq!(reload(&app).await.unwrap(), Reloaded::Now);
    assert_eq!(name_of_m(&app).unwrap(), "出入境");
    let ticket = ticket_of(told);
    let waits = |app: &App| app.read(|hall| hall.ticket(ticket).map(|found| found.state));
    assert_eq!(waits(&app), Some(hall::words::TicketState::Waiting));
    assert!(app.fleet.device("screen-9".parse().unwrap()).is_some());
    assert!(app.fleet.device("screen-2".parse().unwrap()).is_none());
    let after = app.engine.ask(wish("kiosk-1", "2", issue_command())).await.unwrap();
    let (before, version) = (app.engine.hall(), app.profile.version);
    drop(app);
    running.stop().await;
    // Somebody edits on, and the power goes: the record knows what was in force.
    county.change("hall.toml", "name = \"出入境\"", "name = \"出入境大厅\"");
    let profiles = crate::profiles::Profiles::of(county.data.path(), crate::record::real_files());
    let opened = crate::record::open(county.data.path(), &crate::record::real_files()).unwrap();
    let today = crate::profile::Profile::read(county.folder.path()).unwrap().setup;
    let mut find = |version| profiles.setup(version);
    let records = opened.records();
    let recovered = crate::engine::recover_finding(today, &mut find, records).unwrap();
    assert_eq!(recovered.hall.setup().version(), Some(version));
    assert!(recovered.hall == before, "replay equals live");
    drop(opened);
    // The server that opens then takes what the folder says by now.
    let again = county.open().await;
    wait_until("the folder's profile is in force", || {
        name_of_m(&again.app).as_deref() == Some("出入境大厅")
    });
    assert!(again.app.read(|hall| hall.ticket(ticket_of(after)).is_some()));
    again.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_today_uses_waits_for_the_night_and_says_why() {
    let county = County::new();
    let running = county.open().await;
    let app = running.app.clone();
    let told = app.engine.ask(wish("kiosk-1", "1", issue_command())).await.unwrap();
    county.take_m_away();
    let outcome = reload(&app).await;
    let lines = words::lines(&outcome, Texts::of(Language::Chinese));
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(lines[0].contains("今晚生效") && lines[1].contains("队列 M 今天有号"), "{lines:?}");
    assert!(lines[2].contains("窗口 20 今天") && lines[2].contains("排了班"), "{lines:?}");
    assert_eq!(name_of_m(&app).unwrap(), "出入境证件");
    drop(app);
    running.stop().await;
    // A server that is started again in between asks for the night again.
    let running = county.open().await;
    let app = running.app.clone();
    assert_eq!(name_of_m(&app).unwrap(), "出入境证件");
    assert!(app.read(|hall| hall.ticket(ticket_of(told)).is_some()));
    app.engine.ask(wish("admin", "close", Command::CloseDay)).await.unwrap();
    wait_until("the night has come", || {
        app.read(|hall| hall.setup().queue("M".parse().unwrap()).is_none())
            && app.profile.setup.queue("M".parse().unwrap()).is_none()
    });
    drop(app);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_with_problems_or_of_another_hall_changes_nothing() {
    let county = County::new();
    let running = county.open().await;
    let app = running.app.clone();
    let before = app.engine.hall();
    county.change("hall.toml", "recalls_max = 2", "recall_max = 2");
    let outcome = reload(&app).await;
    assert!(matches!(&outcome, Err(ReloadFault::Profile(_))));
    let lines = words::lines(&outcome, Texts::of(Language::English));
    assert!(lines[1].starts_with("hall.toml:") && lines[1].contains("recalls_max"), "{lines:?}");
    county.change("hall.toml", "recall_max = 2", "recalls_max = 2");
    county.change("hall.toml", "id = \"yunxi\"", "id = \"another\"");
    assert_eq!(reload(&app).await.unwrap(), Reloaded::Restart);
    assert!(app.engine.hall() == before);
    drop(app);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tide_that_is_no_more_in_the_calendar_ends_and_another_begins() {
    let county = County::new();
    let running = county.open().await;
    let app = running.app.clone();
    let tide_at = |window: &str| {
        let window = window.parse().unwrap();
        app.read(|hall| hall.scheduled_tides().any(|(id, _)| id == window))
    };
    county.change("calendar.toml", "from = \"09:30\"", "from = \"08:30\"");
    assert_eq!(reload(&app).await.unwrap(), Reloaded::Now);
    wait_until("the tide is open", || tide_at("24"));
    county.change("calendar.toml", "window = \"24\"", "window = \"20\"");
    assert_eq!(reload(&app).await.unwrap(), Reloaded::Now);
    wait_until("the other tide is open", || tide_at("20") && !tide_at("24"));
    drop(app);
    running.stop().await;
}

/// Asks for a photograph over the wire as a credential; the answer's head and its bytes.
async fn photo(running: &Running, secret: &str, mark: &str) -> (String, Vec<u8>) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut line = tokio::net::TcpStream::connect(running.http.to_string()).await.unwrap();
    let asked = format!(
        "GET /api/v1/photos/{mark} HTTP/1.1\r\nhost: hall\r\nconnection: close\r\n\
         authorization: Bearer {secret}\r\n\r\n"
    );
    line.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    line.read_to_end(&mut answer).await.unwrap();
    let at = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
    (String::from_utf8_lossy(&answer[..at]).to_lowercase(), answer[at + 4..].to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photograph_that_is_laid_into_the_folder_is_given_to_displays_alone() {
    let county = County::new();
    let running = county.open().await;
    let app = running.app.clone();
    assert!(app.profile.photos.is_empty());
    let folder = county.folder.path().join("photos");
    fs::create_dir(&folder).unwrap();
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(300_u32.to_be_bytes());
    bytes.extend(400_u32.to_be_bytes());
    fs::write(folder.join("1001.png"), &bytes).unwrap();
    fs::write(folder.join("1002.jpg"), b"no picture").unwrap();
    assert_eq!(reload(&app).await.unwrap(), Reloaded::Now);
    let told: Vec<&str> = app.profile.warnings.iter().map(|one| one.code.as_str()).collect();
    assert!(told.contains(&"photo_strange"), "the hall opens all the same: {told:?}");
    let mark = app.profile.photos.values().next().unwrap().mark.clone();
    let secret = |role| app.access.add_credential(role, None, []).unwrap().1;
    let display = secret(Role::Display);
    let (head, body) = photo(&running, &display, &mark).await;
    assert!(head.starts_with("http/1.1 200") && head.contains("image/png"), "{head}");
    assert_eq!(body, bytes);
    assert!(photo(&running, &display, "fedcba9876543210").await.0.starts_with("http/1.1 404"));
    let kiosk = secret(Role::Kiosk);
    assert!(photo(&running, &kiosk, &mark).await.0.starts_with("http/1.1 403"));
    drop(app);
    running.stop().await;
}
