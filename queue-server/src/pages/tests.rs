//! Pages as people, strangers and other sites meet them.

mod backup;
mod board;
mod desk;
mod golden;
mod guide;
mod idle;
mod inspections;
mod ledgers;
mod office;
mod people;
mod phone;
mod photos;
mod plain;
mod retention;
mod room;
mod setup;
mod sheets;
mod stand_in;
mod tasks;
mod training;
mod trust;
mod visits;
mod webhooks;

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use hall::{
    answer::Answer,
    command::{ChangeItem, Command},
    ids::{ItemId, TicketId},
    setup::{Item, Rules, Setup},
    words::{
        Actor, CaseKind, Channel, PauseReason, PriorityClass,
        people::{ChangeKind, GrantReason},
    },
};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::{
    access::{Person, Role},
    app::App,
    clock::HallClock,
    engine::{Wish, request_id},
    http::{
        caller::{LANGUAGE_COOKIE, SESSION_COOKIE},
        limits::LimitSettings,
        service,
    },
    testing,
};

const PASSWORD: &str = "a long enough password";

/// The window of the clerk in these tests; it serves queue M.
const WINDOW: &str = "20";

struct Hall {
    app: Arc<App>,
    service: Router,
    _data: tempfile::TempDir,
    _stop: watch::Sender<bool>,
}

/// An answer: its status, its head and its text.
struct Page {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Page {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn to(&self) -> &str {
        self.header(header::LOCATION)
    }
}

impl Hall {
    fn open() -> Self {
        let settings = LimitSettings { requests_per_second: 0, ..LimitSettings::default() };
        Self::of(testing::app(settings))
    }

    /// The same under other rules, where a minute takes a second.
    fn open_by(change: impl FnOnce(&mut Rules)) -> Self {
        let settings = LimitSettings { requests_per_second: 0, ..LimitSettings::default() };
        let mut profile = testing::county();
        let mut parts = profile.setup.parts().clone();
        change(&mut parts.rules);
        profile.setup = Arc::new(Setup::new(parts).unwrap());
        let start = testing::clock_at("2026-11-23 09:00").now();
        Self::of(testing::app_of(settings, profile, HallClock::scaled(480, start, 60.0)))
    }

    fn of((app, data, stop): (Arc<App>, tempfile::TempDir, watch::Sender<bool>)) -> Self {
        let service = service(app.clone(), super::router());
        Self { app, service, _data: data, _stop: stop }
    }

    /// The cookie of somebody who has signed in.
    fn cookie(&self, role: Role, windows: &[&str]) -> String {
        let no = match role {
            Role::Desk => self.clerk(),
            Role::Guide => "9003".to_owned(),
            Role::Kiosk
            | Role::Display
            | Role::Bridge
            | Role::Office
            | Role::Supervisor
            | Role::Operator
            | Role::Admin
            | Role::Security
            | Role::Auditor => "9001".to_owned(),
        };
        let windows = windows.iter().map(|window| window.parse().unwrap()).collect();
        let person = Person { no: no.parse().unwrap(), name: "N".into(), role, windows };
        self.app.access.add_person(person, PASSWORD).unwrap();
        let secret = self.app.access.begin_session(no.parse().unwrap());
        format!("{SESSION_COOKIE}={secret}")
    }

    /// The cookie of somebody else.
    fn cookie_of(&self, no: &str, role: Role) -> String {
        let no = no.parse().unwrap();
        let person = Person { no, name: "N".into(), role, windows: Vec::new() };
        self.app.access.add_person(person, PASSWORD).unwrap();
        format!("{SESSION_COOKIE}={}", self.app.access.begin_session(no))
    }

    fn clerk(&self) -> String {
        let window = WINDOW.parse().unwrap();
        let mut posts = self.app.profile.posts.iter();
        posts.find(|post| post.windows.contains(&window)).unwrap().no.to_string()
    }

    async fn send(&self, request: Request<Body>) -> Page {
        let response = self.service.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        Page { status, headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn get(&self, path: &str, cookie: &str) -> Page {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    /// Goes where a redirect leads, as a browser does.
    async fn led(&self, from: &Page, cookie: &str) -> Page {
        let mark = from.header(header::SET_COOKIE).split(';').next().unwrap_or_default();
        self.get(from.to(), &format!("{cookie}; {mark}")).await
    }

    /// Sends a form, as a page of ours or of somebody else.
    async fn post(&self, path: &str, cookie: &str, origin: &str, form: &str) -> Page {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, "hall.example")
            .header(header::ORIGIN, origin)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))))
            .body(Body::from(form.to_owned()));
        self.send(request.unwrap()).await
    }

    /// What a page's own script asks of the interface.
    async fn press(&self, path: &str, cookie: &str, body: &str) -> Page {
        let request = Request::builder()
            .method(Method::POST)
            .uri(path)
            .header(header::HOST, "hall.example")
            .header(header::ORIGIN, OURS)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/json")
            .extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))))
            .body(Body::from(body.to_owned()));
        self.send(request.unwrap()).await
    }

    /// Something happens in the hall, by the clerk's hand.
    async fn happens(&self, request: &str, command: Command) -> Answer {
        let by = Actor::Staff(self.clerk().parse().unwrap());
        let request = Some(request_id("test", request));
        self.app.engine.ask(Wish { by, request, command }).await.unwrap().answer
    }

    /// Takes a ticket of queue M.
    async fn issue(&self, request: &str) -> TicketId {
        let wish = testing::wish("kiosk-1", request, testing::issue_command());
        testing::ticket_of(self.app.engine.ask(wish).await.unwrap())
    }

    /// A morning: one served, one at the window, two who wait, one window pauses.
    async fn lives(&self) {
        let window = WINDOW.parse().unwrap();
        let staff = self.clerk().parse().unwrap();
        let other = "1".parse().unwrap();
        let mut posts = self.app.profile.posts.iter();
        let colleague = posts.find(|post| post.windows.contains(&other)).unwrap().no;
        self.happens("on", Command::SignOn { window, staff }).await;
        self.happens("on-1", Command::SignOn { window: other, staff: colleague }).await;
        self.happens(
            "rest-1",
            Command::Pause { window: other, reason: PauseReason::Meal, whereabouts: None },
        )
        .await;
        for each in ["1", "2", "3", "4"] {
            self.issue(each).await;
        }
        self.happens("call", Command::CallNext { window, finish_current: false }).await;
        self.happens("start", Command::Start { window }).await;
        let case = Some(CaseKind::OnTheSpot);
        self.happens("finish", Command::Finish { window, case, item: None, copies: None }).await;
        self.happens("call-2", Command::CallNext { window, finish_current: false }).await;
        self.happens("start-2", Command::Start { window }).await;
    }
}

const OURS: &str = "http://hall.example";
const THEIRS: &str = "http://elsewhere.example";

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_led_to_the_sign_in() {
    let hall = Hall::open();
    for path in [
        "/desk",
        "/guide",
        "/board",
        "/office",
        "/office.csv",
        "/office/report",
        "/office/report.csv",
        "/room",
        "/room/picture.png",
        "/room/devices",
        "/room/check",
        "/",
    ] {
        let page = hall.get(path, "").await;
        assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, "/signin"), "{path}");
        let forged = hall.get(path, &format!("{SESSION_COOKIE}=forged")).await;
        assert_eq!(forged.to(), "/signin", "{path}");
    }
    let fragment = hall.get("/board?fragment=1", "").await;
    assert_eq!(fragment.status, StatusCode::UNAUTHORIZED, "a page that is open must reload itself");
    assert_eq!(hall.get("/signin", "").await.status, StatusCode::OK);
}

/// Read from the table of routes itself, so that no form is forgotten.
#[tokio::test(flavor = "multi_thread")]
async fn no_form_is_taken_from_another_site() {
    let hall = Hall::open();
    let all = hall.cookie(Role::Admin, &[]);
    let routes = include_str!("../pages.rs").lines().filter(|line| line.contains("post("));
    let paths: Vec<&str> =
        routes.filter_map(|line| line.split_once(".route(\"")?.1.split('"').next()).collect();
    assert!(paths.len() > 30, "{paths:?}");
    for path in paths.iter().filter(|path| !path.starts_with("/t/")) {
        let page = hall.post(path, &all, THEIRS, "").await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_led_to_their_own_pages() {
    let hall = Hall::open();
    let (clerk, office) = (hall.cookie(Role::Desk, &[WINDOW]), hall.cookie(Role::Office, &[]));
    for path in [
        "/board",
        "/office",
        "/office.csv",
        "/room",
        "/room/picture.png",
        "/room/devices",
        "/room/devices.csv",
        "/room/check",
    ] {
        let page = hall.get(path, &clerk).await;
        assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, "/desk"), "{path}");
    }
    assert_eq!(hall.get("/desk", &office).await.to(), "/board");
    assert_eq!(hall.get("/", &clerk).await.to(), "/desk");
    for path in ["/board", "/office", "/office.csv", "/room"] {
        assert_eq!(hall.get(path, &office).await.status, StatusCode::OK, "{path}");
    }
    let press = hall.post("/room/press", &clerk, OURS, "device=pad-20&key=call").await;
    assert_eq!(press.to(), "/desk", "a clerk presses no keys of the device room");
    let all = hall.cookie(Role::Admin, &[]);
    for path in ["/desk", "/board", "/office", "/room"] {
        assert_eq!(hall.get(path, &all).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clerk_gets_their_window_and_no_other() {
    let hall = Hall::open();
    let clerk = hall.cookie(Role::Desk, &[WINDOW]);
    for path in ["/desk", "/desk?window=20", "/desk?window=1", "/desk?window=%22%3E%3Cu%3E"] {
        let page = hall.get(path, &clerk).await;
        assert!(page.text.contains("data-window=\"20\""), "{path}");
        assert!(!page.text.contains("<u>"), "{path}: what one asks with is escaped");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_who_goes_first_is_shown_with_the_reason_and_who_gave_it() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    let Command::Issue(mut issue) = testing::issue_command() else { panic!("no issue") };
    issue.class = PriorityClass::Vulnerable;
    issue.grounds.reason = Some(GrantReason::Elderly);
    hall.happens("take", Command::Issue(issue.clone())).await;
    (issue.class, issue.channel) = (PriorityClass::Special, Channel::GuideDesk);
    (issue.grounds.reason, issue.grounds.note) = (None, Some("当日手术".to_owned()));
    hall.happens("special", Command::Issue(issue)).await;
    hall.happens("call", Command::CallNext { window, finish_current: false }).await;
    let page = hall.get("/desk", &cookie).await.text;
    let line = format!("特事特办（当日手术），导办台 工号 {staff}");
    assert!(page.contains(&line) && !page.contains("data-order=\"verify\""), "{page}");
    hall.happens("start", Command::Start { window }).await;
    hall.happens("end", Command::Finish { window, case: None, item: None, copies: None }).await;
    hall.happens("next", Command::CallNext { window, finish_current: false }).await;
    let page = hall.get("/desk", &cookie).await.text;
    let line = format!("绿色通道（老年人），取号机 工号 {staff}：请查看有效证件");
    assert!(page.contains(&line) && page.contains("data-order=\"verify\""), "{page}");
    hall.happens("fits", Command::Verify { window, fits: true }).await;
    let page = hall.get("/desk", &cookie).await.text;
    assert!(
        page.contains("绿色通道（老年人）") && !page.contains("data-order=\"verify\""),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_offers_every_kind_of_case_and_the_items_of_today() {
    let hall = Hall::open();
    hall.lives().await;
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    let page = hall.get("/desk", &cookie).await.text;
    for kind in CaseKind::ALL {
        assert!(page.contains(&format!("name=\"case\" value=\"{kind}\"")), "{kind}: {page}");
    }
    let item = hall.app.profile.setup.items_of("M".parse().unwrap()).next().unwrap().clone();
    let offered = |page: &str, no: &str| page.contains(&format!("<option value=\"{no}\""));
    assert!(offered(&page, item.id.as_str()) && !offered(&page, "M99"), "{page}");
    let today = hall.app.read(hall::Hall::day).unwrap();
    let change = |item: ItemId, kind, to| {
        let approver = "9001".parse().unwrap();
        Command::ChangeItem(ChangeItem { item, kind, to, effective: today, approver })
    };
    let new =
        Item { id: "M99".parse().unwrap(), name: "往来港澳签注".to_owned(), ..item.clone() };
    let taken_over = change(new.id, ChangeKind::TakenOver, Some(Box::new(new)));
    hall.happens("taken over", taken_over).await;
    hall.happens("cancelled", change(item.id, ChangeKind::Cancelled, None)).await;
    let page = hall.get("/desk", &cookie).await.text;
    assert!(!offered(&page, item.id.as_str()) && offered(&page, "M99"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_closed_day_the_desk_says_when_the_hall_opens_next() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.happens("close", Command::CloseDay).await;
    let page = hall.get("/desk", &cookie).await;
    let opens = hall.app.daybook.next_opening(hall.app.now()).unwrap();
    let time = hall.app.clock.written(opens)[11..16].to_owned();
    assert!(page.text.contains(&format!("大厅 11月23日 星期一 {time} 开门")), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_gives_a_cookie_that_scripts_cannot_read_and_a_sign_out_ends_it() {
    let hall = Hall::open();
    hall.cookie(Role::Office, &[]);
    let form = format!("no=9001&password={}", PASSWORD.replace(' ', "+"));
    let page = hall.post("/signin", "", OURS, &form).await;
    assert_eq!((page.status, page.to()), (StatusCode::SEE_OTHER, "/board"));
    let cookie = page.header(header::SET_COOKIE).to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite="), "{cookie}");
    assert!(cookie.contains("; Secure"), "the hall's address is https: {cookie}");
    let cookie = cookie.split(';').next().unwrap();
    assert_eq!(hall.get("/board", cookie).await.status, StatusCode::OK);
    let theirs = hall.post("/signout", cookie, THEIRS, "").await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    assert_eq!(hall.get("/board", cookie).await.status, StatusCode::OK);
    assert_eq!(hall.post("/signout", cookie, OURS, "").await.to(), "/signin");
    assert_eq!(hall.get("/board", cookie).await.to(), "/signin");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_sign_in_keeps_the_number_escaped_and_forgets_the_password() {
    let hall = Hall::open();
    let form = "no=%22%3E%3Cscript%3E1%3C%2Fscript%3E&password=guessed-password";
    let page = hall.post("/signin", "", OURS, form).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert!(page.text.contains("role=\"alert\""));
    assert!(!page.text.contains("<script>1") && !page.text.contains("guessed-password"));
    let theirs = hall.post("/signin", "", THEIRS, form).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    assert!(theirs.text.is_empty(), "another site's form is not even looked at");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chosen_language_is_remembered_and_nobody_is_led_away() {
    let hall = Hall::open();
    let form = "language=en&back=%2Fsignin";
    let page = hall.post("/language", "", OURS, form).await;
    assert_eq!(page.to(), "/signin");
    let cookie = page.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    let page = hall.get("/signin", &cookie).await;
    assert!(page.text.contains("<html lang=\"en\">"));
    for back in [
        "%2F%2Fevil.example",
        "https%3A%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "%2F%09%2Fevil.example",
    ] {
        let page = hall.post("/language", "", OURS, &format!("language=en&back={back}")).await;
        assert_eq!(page.to(), "/", "{back}");
    }
    let theirs = hall.post("/language", "", THEIRS, form).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own_text() {
    let hall = Hall::open();
    hall.lives().await;
    let cookie = hall.cookie(Role::Admin, &[]);
    for path in ["/signin", "/desk", "/desk?window=20", "/board", "/office", "/room", "/t/none"] {
        let page = hall.get(path, &cookie).await;
        let policy = page.header(header::CONTENT_SECURITY_POLICY);
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(page.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store", "{path}");
        let text = page.text.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        for forbidden in
            ["<script>", "<style", " style=\"", " onclick=", "=\"http://", "=\"https://", "=\"//"]
        {
            assert!(!text.contains(forbidden), "{path} has {forbidden}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_has_a_file_is_told_so() {
    let hall = Hall::open();
    for name in [
        "tokens.css",
        "web.css",
        "pages.css",
        "live.js",
        "desk.js",
        "board.js",
        "room.js",
        "icon.svg",
    ] {
        let path = format!("/web/{name}");
        let page = hall.get(&path, "").await;
        assert_eq!(page.status, StatusCode::OK, "{name}");
        let tag = page.header(header::ETAG).to_owned();
        let request = Request::get(&path).header(header::IF_NONE_MATCH, &tag);
        let again = hall.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{name}");
    }
    assert_eq!(hall.get("/web/..%2Fpages.rs", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_table_opens_in_a_spreadsheet_and_agrees_with_the_figures() {
    let hall = Hall::open();
    hall.lives().await;
    let page = hall.get("/office.csv", &hall.cookie(Role::Office, &[])).await;
    assert_eq!(page.header(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    let name = page.header(header::CONTENT_DISPOSITION);
    assert_eq!(name, "attachment; filename=\"paihao-2026-11-23.csv\"");
    let text = page.text.strip_prefix('\u{feff}').expect("Excel knows UTF-8 by its mark");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let queues = hall.app.profile.setup.queues().len();
    assert_eq!(rows.len(), queues + 1, "a row for each queue and the sum");
    let issued = |row: &csv::StringRecord| row[2].parse::<u32>().unwrap();
    let sum: u32 = rows[..queues].iter().map(issued).sum();
    assert_eq!((sum, issued(&rows[queues])), (4, 4));
    let served = rows.iter().find(|row| &row[0] == "M").unwrap();
    assert_eq!((&served[2], &served[3]), ("4", "1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_address_is_told_to_a_person_in_a_page_and_to_a_program_in_a_document() {
    let hall = Hall::open();
    let ask = |path: &str, accept: &str| {
        Request::get(path).header(header::ACCEPT, accept).body(Body::empty()).unwrap()
    };
    for path in ["/nowhere", "/web/none.css"] {
        let page = hall.send(ask(path, "text/html,*/*")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.text.contains("没有这个页面") && page.text.contains("href=\"/\""), "{path}");
        assert!(!page.header(header::CONTENT_SECURITY_POLICY).is_empty(), "{path}");
    }
    for (path, accept) in [("/nowhere", "*/*"), ("/api/v1/nowhere", "text/html")] {
        let page = hall.send(ask(path, accept)).await;
        assert_eq!(page.header(header::CONTENT_TYPE), "application/problem+json", "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_office_opens_in_a_spreadsheet() {
    let hall = Hall::open();
    hall.lives().await;
    let office = hall.cookie(Role::Office, &[]);
    let windows = hall.app.profile.setup.windows().len();
    let tables =
        [("windows", windows), ("clerks", 2), ("evaluations", windows + 1), ("half_hours", 1)];
    for (table, length) in tables {
        let page = hall.get(&format!("/office.csv?table={table}"), &office).await;
        assert_eq!(page.status, StatusCode::OK, "{table}");
        let text = page.text.strip_prefix('\u{feff}').unwrap();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        assert_eq!(reader.records().map(Result::unwrap).count(), length, "{table}: {text}");
        assert!(!text.contains("office."), "{table}: {text}");
    }
    let page = hall.get("/office.csv?table=tickets", &office).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND, "no table tells of single tickets");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_of_the_device_room_needs_our_page_and_a_virtual_device() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let theirs = hall.post("/room/press", &office, THEIRS, "device=pad-20&key=call").await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    for device in ["pad-20", "nowhere"] {
        let form = format!("device={device}&key=call");
        let page = hall.post("/room/press", &office, OURS, &form).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{device}: {}", page.text);
        assert!(!page.text.is_empty() && !page.text.contains("room."), "{}", page.text);
    }
    assert_eq!(hall.get("/room/picture.png", &office).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fragment_is_the_page_without_what_stands_around_it() {
    let hall = Hall::open();
    hall.lives().await;
    let admin = hall.cookie(Role::Admin, &[]);
    let languages =
        [format!("{admin}; {LANGUAGE_COOKIE}=zh-CN"), format!("{admin}; {LANGUAGE_COOKIE}=en")];
    for cookie in languages {
        for path in [
            "/desk?window=20&",
            "/board?",
            "/office?",
            "/room?",
            "/room/devices?",
            "/room/check?",
            "/room/pair?",
        ] {
            let page = hall.get(&format!("{path}fragment=1"), &cookie).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(page.text.contains("data-region="), "{path}");
            assert!(page.text.contains("data-at=") && !page.text.contains("<html"), "{path}");
        }
    }
}
