//! The electrician's pages: the list, the trials, the checkup, the pairing.

use super::*;
use crate::fleet::trials::{ANSWER_WITHIN, Outcome};
use wire::device::{DeviceKind, DeviceState, Face, Health, Tone, Wanted};

fn strip_is_there(hall: &Hall) {
    let (why, about) = (String::new(), "strip-a090 @1".to_owned());
    let counters = [("timeouts".to_owned(), 3)].into();
    let state = DeviceState { health: Health::Online, why, shown: Some(4), about, counters };
    let id = "strip-1".parse().unwrap();
    hall.app.fleet.note_state(id, state, hall.app.now());
    let face = Face::Strip { text: "请A007到1号窗口".to_owned(), tone: Tone::Calling };
    hall.app.fleet.note_wanted(id, &Wanted { revision: 5, face });
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_tells_where_each_device_is_what_it_must_show_and_what_it_counts() {
    let hall = Hall::open();
    strip_is_there(&hall);
    let office = hall.cookie(Role::Office, &[]);
    let page = hall.get("/room/devices", &office).await;
    assert_eq!(page.status, StatusCode::OK);
    let row = page.text.split("<tr ").find(|row| row.contains("id=\"dev-strip-1\"")).unwrap();
    for words in
        ["line-1 9600", "strip-a090", "请A007到1号窗口", "应 5 已 4", "超时 3", "try-strip-1-test"]
    {
        assert!(row.contains(words), "{words} is not in {row}");
    }
    assert!(!page.text.contains(">room.") && !page.text.contains("counter."), "words, no keys");
    let file = hall.get("/room/devices.csv", &office).await;
    assert!(file.header(header::CONTENT_DISPOSITION).contains("paihao-devices.csv"));
    let mut reader = csv::Reader::from_reader(file.text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), hall.app.profile.devices.len());
    let strip = rows.iter().find(|row| &row[0] == "strip-1").unwrap();
    let place: Vec<&str> = (3..8).map(|at| &strip[at]).collect();
    assert_eq!(place, ["1", "", "line-1", "9600", "1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_reader_stands_at_its_kiosk_and_is_tried_with_a_card() {
    let hall = Hall::open();
    let mut devices = hall.app.profile.devices.clone();
    let kiosk = devices.iter().find(|device| device.kind == DeviceKind::Kiosk).unwrap();
    let reader = crate::profile::Device {
        id: "reader-1".parse().unwrap(),
        kind: DeviceKind::Reader,
        profile: String::new(),
        kiosk: Some(kiosk.id),
        name: "reader-1".to_owned(),
        ..kiosk.clone()
    };
    let (id, stands_at) = (reader.id, kiosk.name.clone());
    devices.push(reader);
    hall.app.fleet.replace(&devices);
    let (why, about) = ("rubbish".to_owned(), "SAM 115200".to_owned());
    let counters = [("cards".to_owned(), 4)].into();
    let state = DeviceState { health: Health::Ill, why, shown: None, about, counters };
    hall.app.fleet.note_state(id, state, hall.app.now());
    let office = hall.cookie(Role::Office, &[]);
    let row = async || {
        let page = hall.get("/room/devices", &office).await.text;
        page.split("<tr ").find(|row| row.contains("id=\"dev-reader-1\"")).unwrap().to_owned()
    };
    let found = row().await;
    for words in [&*stands_at, "身份证阅读器", "SAM 115200", "收到乱码", "读到的卡 4", "读卡测试"]
    {
        assert!(found.contains(words), "{words} is not in {found}");
    }
    let form = "device=reader-1&what=card";
    assert_eq!(hall.post("/room/try", &office, OURS, form).await.to(), "/room/devices");
    assert!(row().await.contains("请放一张身份证"));
    hall.app.fleet.note_asked(id, 3);
    hall.app.fleet.note_tried(id, 3, Outcome::Done);
    assert!(row().await.contains("读卡正常"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_is_asked_for_by_the_office_on_our_page_and_of_a_device_that_has_it() {
    let hall = Hall::open();
    strip_is_there(&hall);
    let (office, clerk) = (hall.cookie(Role::Office, &[]), hall.cookie(Role::Desk, &[WINDOW]));
    let form = "device=strip-1&what=test";
    assert_eq!(hall.post("/room/try", &clerk, OURS, form).await.to(), "/desk");
    let theirs = hall.post("/room/try", &office, THEIRS, form).await;
    assert_eq!(theirs.status, StatusCode::FORBIDDEN);
    let strip = "strip-1".parse().unwrap();
    assert_eq!(hall.app.fleet.trial(strip), None);
    let no = hall.post("/room/try", &office, OURS, "device=strip-1&what=key").await;
    assert_eq!(no.status, StatusCode::CONFLICT);
    assert!(!no.text.is_empty() && !no.text.contains("room."), "{}", no.text);
    assert_eq!(hall.post("/room/try", &office, OURS, form).await.to(), "/room/devices");
    assert_eq!(hall.app.fleet.trial(strip).unwrap().outcome(), Outcome::Waits);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkup_tells_who_did_not_pass_first() {
    let hall = Hall::open();
    strip_is_there(&hall);
    let office = hall.cookie(Role::Office, &[]);
    let before = hall.get("/room/check", &office).await;
    assert!(before.text.contains("还没有自检过"), "{}", before.text);
    assert_eq!(hall.post("/room/check", &office, OURS, "").await.to(), "/room/check");
    let under_way = hall.get("/room/check", &office).await;
    assert!(under_way.text.contains("正在等"), "{}", under_way.text);
    hall.app.fleet.handle_time(ANSWER_WITHIN);
    let done = hall.get("/room/check", &office).await;
    let (bad, all) = ("没有通过", format!("共 {} 台，0 台通过", hall.app.profile.devices.len()));
    for words in [bad, "没有回答", "离线", &all] {
        assert!(done.text.contains(words), "{words} is not in {}", done.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_says_over_which_windows_a_strip_shows_something_old() {
    let hall = Hall::open();
    strip_is_there(&hall);
    let office = hall.cookie(Role::Office, &[]);
    let old = "条屏未更新";
    assert!(!hall.get("/board", &office).await.text.contains(old));
    hall.app.fleet.handle_time(crate::fleet::STALE_AFTER);
    let page = hall.get("/board", &office).await;
    assert!(page.text.contains(old), "{}", page.text);
    let now = hall.app.now();
    hall.app.fleet.note_shown("strip-1".parse().unwrap(), 5, now);
    assert!(!hall.get("/board", &office).await.text.contains(old));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_the_office_is_good_for_one_credential_and_retiring_takes_it_back() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let make = |form: &'static str| hall.post("/room/pair", &office, OURS, form);
    for wrong in [
        "what=kiosk:kiosk-99",
        "what=admin:me",
        "what=display:server",
        "what=bridge:bridge-1&windows=999",
        "what=kiosk:kiosk-1&windows=1",
    ] {
        let page = make(wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(make("what=bridge:bridge-1&windows=1,2").await.to(), "/room/pair");
    let page = hall.get("/room/pair", &office).await;
    let code = hall.app.pairings.open(std::time::Instant::now())[0].code.clone();
    assert!(page.text.contains(&format!("{} {}", &code[..4], &code[4..])), "{}", page.text);
    assert!(page.text.contains("firmware-bridge pair --server"), "{}", page.text);

    let pair = |code: &str| {
        let request = Request::post("/api/v1/pair")
            .header(header::CONTENT_TYPE, "application/json")
            .extension(ConnectInfo(SocketAddr::from(([192, 168, 1, 9], 9))))
            .body(Body::from(format!("{{\"code\":\"{code}\"}}")));
        hall.send(request.unwrap())
    };
    let paired = pair(&code).await;
    assert_eq!(paired.status, StatusCode::CREATED, "{}", paired.text);
    let answer: wire::http::PairAnswer = serde_json::from_str(&paired.text).unwrap();
    let identity = hall.app.access.bearer(&answer.secret).unwrap();
    assert_eq!((identity.name.as_str(), identity.role), ("bridge-1", Role::Bridge));
    assert!(
        identity.may_act_at("2".parse().unwrap()) && !identity.may_act_at("3".parse().unwrap())
    );
    assert_eq!(pair(&code).await.status, StatusCode::NOT_FOUND, "a code is good once");

    // Replaced: the same name and windows, another secret, and the old one is void at once.
    assert_eq!(make("what=bridge:bridge-1").await.to(), "/room/pair");
    let code = hall.app.pairings.open(std::time::Instant::now())[0].code.clone();
    let again: wire::http::PairAnswer = serde_json::from_str(&pair(&code).await.text).unwrap();
    assert!(hall.app.access.bearer(&answer.secret).is_none());
    let identity = hall.app.access.bearer(&again.secret).unwrap();
    assert!(!identity.may_act_at("3".parse().unwrap()), "its windows are the same");

    let retired = hall.post("/room/retire", &office, OURS, "name=bridge-1").await;
    assert_eq!(retired.to(), "/room/pair");
    assert!(hall.app.access.bearer(&again.secret).is_none());
    let (_, office_secret) = hall
        .app
        .access
        .add_credential(Role::Office, Some("office-1".parse().unwrap()), None)
        .unwrap();
    let not_ours = hall.post("/room/retire", &office, OURS, "name=office-1").await;
    assert_eq!(not_ours.status, StatusCode::NOT_FOUND, "people and programs are not retired here");
    assert!(hall.app.access.bearer(&office_secret).is_some());
}
