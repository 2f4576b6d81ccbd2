//! 日巡查, on a tablet and in its ledger.

use axum::http::{StatusCode, header};
use hall::{command::Command, time::Timestamp};

use super::{Hall, OURS, THEIRS, WINDOW};
use crate::{access::Role, engine::ClosedDay, inspection_photos::Finding, retention::run, testing};

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_noted_with_few_touches_and_stands_in_the_ledger_of_its_month() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    let form = hall.get("/office/inspection", &office).await.text;
    let windows = hall.app.profile.setup.windows().len();
    assert_eq!(form.matches("name=\"seen.").count(), windows, "{form}");
    assert!(!form.contains("value=\"1\" checked"), "nothing was looked at yet: {form}");
    let zones = hall.app.profile.setup.zones().iter();
    let zones = zones.filter(|zone| form.contains(&format!("name=\"zone.{}\"", zone.id)));
    assert_eq!(zones.count(), 6, "{form}");
    assert_eq!(form.matches("name=\"hall.").count(), 13, "six headings and seven: {form}");
    for words in ["在岗", "仪容", "物品", "态度", "公示", "上午 10:00"] {
        assert!(form.contains(words), "{words}");
    }
    let empty = hall.post("/office/inspection", &office, OURS, "round=morning&note=&again=a").await;
    assert_eq!(empty.status, StatusCode::CONFLICT);
    assert!(empty.text.contains("没有查看任何窗口"), "{}", empty.text);
    let said = "round=morning&at_post.20=1&notices.20=1&note.20=left%20the%20desk&seen.1=1&hall.order=1&note=&again=b";
    assert_eq!(
        hall.post("/office/inspection", &office, THEIRS, said).await.status,
        StatusCode::FORBIDDEN
    );
    // Pressed twice it is noted once.
    for _ in 0..2 {
        let noted = hall.post("/office/inspection", &office, OURS, said).await;
        assert_eq!(noted.to(), "/office/inspections", "{}", noted.text);
    }
    let fine = "round=afternoon&seen.1=1&note=&again=c";
    hall.post("/office/inspection", &office, OURS, fine).await;
    let clerk = hall.clerk();
    let file = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    let rows = file(&hall.get("/office/inspections.csv", &office).await.text);
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(
        rows[0]
            .ends_with(&format!(",上午 10:00,9001,20 号窗口,{clerk},在岗、公示,left the desk,0")),
        "{rows:?}"
    );
    assert!(rows[1].ends_with(",大厅,,秩序管理,,0"), "{rows:?}");
    assert!(rows[2].ends_with(",大厅,,查看 1 个窗口，没有问题,,0"), "{rows:?}");
    // A zone is its windows where somebody is: of this one the clerk's alone.
    let zone = hall.app.profile.setup.window(window).unwrap().zone;
    let of_zone = format!("round=unannounced&zone.{zone}=1&note=&again=z");
    hall.post("/office/inspection", &office, OURS, &of_zone).await;
    let seen = hall.app.read(|hall| hall.inspections()[2].found.windows.clone());
    assert_eq!(seen.iter().map(|each| each.window).collect::<Vec<_>>(), [window]);
    let rows = file(&hall.get("/office/inspections.csv", &office).await.text);
    let page = hall.get("/office/inspections", &office).await.text;
    assert!(page.contains("巡查 3 次，查看窗口 4 个次，其中有问题 1 个次"), "{page}");
    // What was typed stays when it is refused.
    let long = "x".repeat(201);
    let refused = format!("round=afternoon&seen.20=1&attitude.20=1&note.20={long}&again=d");
    let refused = hall.post("/office/inspection", &office, OURS, &refused).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.text.contains("name=\"attitude.20\" value=\"1\" checked"), "{}", refused.text);
    assert!(refused.text.contains(&long), "{}", refused.text);
    hall.happens("night", Command::CloseDay).await;
    let day = hall.app.read(hall::Hall::last_day).unwrap();
    let closed = ClosedDay { day, sequence: 1, hall: hall.app.read(Clone::clone) };
    hall.app.store.keep(&closed, &hall.app.clock).unwrap();
    let kept = file(&hall.get("/office/inspections.csv?month=2026-11", &office).await.text);
    assert_eq!(kept, rows, "a day that is over is kept");
    let shut = hall.get("/office/inspection", &office).await.text;
    assert!(shut.contains("大厅没有开放"), "{shut}");
    let supervisor = hall.cookie_of("9005", Role::Supervisor);
    let read = hall.get("/office/inspections", &supervisor).await.text;
    assert!(read.contains("left the desk") && !read.contains("/office/inspection\""), "{read}");
    assert_eq!(hall.post("/office/inspection", &supervisor, OURS, fine).await.to(), "/board");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_added_on_the_day_to_what_was_looked_at_and_goes_again() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let said = "round=morning&seen.20=1&at_post.20=1&hall.order=1&note=&again=a";
    hall.post("/office/inspection", &office, OURS, said).await;
    let at = hall.app.read(|hall| hall.inspections()[0].at.0.to_string());
    let ledger = hall.get("/office/inspections", &office).await.text;
    assert_eq!(ledger.matches("capture=\"environment\"").count(), 2, "window and hall: {ledger}");
    let to = "/office/inspection/photo";
    let put = async |at: &str, window: &str, cookie: &str, file: &[u8]| {
        hall.picture(to, cookie, &[("at", at), ("window", window)], file).await
    };
    let shot = testing::jpeg(1_600, 1_200);
    for (at, window, file, why) in [
        (at.as_str(), "20", b"GIF89a".to_vec(), "这不是完整的 JPEG 或 PNG"),
        (&at, "20", testing::jpeg(100, 300), "每边至少 120 像素"),
        (&at, "20", Vec::new(), "还没有选照片"),
        (&at, "1", shot.clone(), "只有当天巡查过的地方"),
        ("1", "20", shot.clone(), "只有当天巡查过的地方"),
    ] {
        let refused = put(at, window, &office, &file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert!(refused.text.contains(why), "{why}: {}", refused.text);
    }
    for fields in [&[("at", "x"), ("window", "20")][..], &[("act", "remove"), ("name", "../x")]] {
        let refused = hall.picture(to, &office, fields, &shot).await;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{fields:?}");
    }
    // Sent twice it is there once.
    for _ in 0..2 {
        let kept = put(&at, "20", &office, &shot).await;
        assert_eq!(kept.to(), "/office/inspections?month=2026-11", "{}", kept.text);
    }
    let ledger = hall.get("/office/inspections", &office).await.text;
    let picture = ledger.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(ledger.matches("<img src=\"").count(), 1, "{ledger}");
    assert!(ledger.contains("20 号窗口\" loading"), "{ledger}");
    let supervisor = hall.cookie_of("9005", Role::Supervisor);
    for cookie in [&office, &supervisor] {
        let shown = hall.get(picture, cookie).await;
        assert_eq!(shown.header(header::CONTENT_TYPE), "image/jpeg");
    }
    let read = hall.get("/office/inspections", &supervisor).await.text;
    assert!(read.contains("<img src") && !read.contains("type=\"file\""), "{read}");
    assert!(
        hall.get("/office/inspections.csv", &office)
            .await
            .text
            .lines()
            .any(|line| line.ends_with(",1"))
    );
    let auditor = hall.cookie_of("9006", Role::Auditor);
    let clerk = hall.cookie(Role::Desk, &[WINDOW]);
    for cookie in [&auditor, &clerk] {
        assert_ne!(hall.get(picture, cookie).await.status, StatusCode::OK);
        assert_eq!(put(&at, "20", cookie, &shot).await.status, StatusCode::SEE_OTHER);
    }
    for side in [200, 201] {
        put(&at, "20", &office, &testing::jpeg(side, 200)).await;
    }
    let full = put(&at, "20", &office, &testing::jpeg(202, 200)).await;
    assert!(full.text.contains("每处最多 3 张"), "{}", full.text);
    let name = picture.split("name=").nth(1).unwrap();
    for _ in 0..2 {
        let fields = [("act", "remove"), ("name", name)];
        let gone = hall.picture(to, &office, &fields, b"").await;
        assert_eq!(gone.to(), "/office/inspections?month=2026-11", "{}", gone.text);
    }
    assert_eq!(hall.get(picture, &office).await.status, StatusCode::NOT_FOUND);
    // The next night nothing more is added, and a year later nothing is there.
    hall.happens("night", Command::CloseDay).await;
    assert!(put(&at, "20", &office, &shot).await.text.contains("只有当天"));
    let photos = &hall.app.inspection_photos;
    for day in ["2025-11-22", "2025-11-23"] {
        let of = Finding { day: day.parse().unwrap(), at: Timestamp(1), window: None };
        photos.put(of, b"of last year").unwrap();
    }
    run(&hall.app, true);
    let kept: Vec<String> = photos.days().iter().map(ToString::to_string).collect();
    assert_eq!(kept, ["2025-11-23", "2026-11-23"]);
}
