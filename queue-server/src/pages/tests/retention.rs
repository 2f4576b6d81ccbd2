//! 到期清理 on its page, on the board and on its wall.

use super::*;
use crate::retention::{Sort, run};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_tells_every_sort_its_limit_and_what_the_night_erased() {
    let hall = Hall::open();
    let auditor = hall.cookie(Role::Auditor, &[]);
    let before = hall.get("/retention", &auditor).await;
    assert!(before.text.contains("还没有清理过"), "{}", before.text);
    run(&hall.app, true);
    let page = hall.get("/retention", &auditor).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.text.matches("<tr>").count(), Sort::ALL.len() + 1);
    for told in ["上次清理：2026-11-23", "3 年", "离岗后 2 年", "12 个月", "240 天", "60 天"]
    {
        assert!(page.text.contains(told), "{told}");
    }
    assert!(
        !page.text.contains("method=\"post\" action=\"/retention\""),
        "an auditor changes nothing"
    );
    let admin = hall.cookie(Role::Admin, &[]);
    let page = hall.get("/retention", &admin).await;
    assert!(page.text.contains("method=\"post\" action=\"/retention\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_administrator_asks_for_it_and_only_two_roles_read_it() {
    let hall = Hall::open();
    for role in [Role::Office, Role::Desk, Role::Guide, Role::Security, Role::Supervisor] {
        let cookie = hall.cookie(role, &[]);
        assert_eq!(hall.get("/retention", &cookie).await.status, StatusCode::SEE_OTHER, "{role:?}");
    }
    let auditor = hall.cookie(Role::Auditor, &[]);
    let asked = hall.post("/retention", &auditor, OURS, "").await;
    assert_ne!(asked.to(), "/retention", "led to their own page");
    let admin = hall.cookie(Role::Admin, &[]);
    assert_eq!(hall.post("/retention", &admin, OURS, "").await.to(), "/retention");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_jumped_is_told_on_the_page_the_board_and_the_wall() {
    let hall = Hall::open();
    let told = "到期清理没有做成";
    let good_day = Hall::open();
    let office = good_day.cookie(Role::Office, &[]);
    for path in ["/board", "/board/wall"] {
        assert!(!good_day.get(path, &office).await.text.contains(told), "{path}");
    }
    hall.app.retention.know("2020-01-02".parse().unwrap());
    run(&hall.app, false);
    let admin = hall.cookie(Role::Admin, &[]);
    let page = hall.get("/retention", &admin).await;
    assert!(page.text.contains("2020-01-02"), "{}", page.text);
    let office = hall.cookie(Role::Office, &[]);
    for path in ["/board", "/board/wall"] {
        assert!(hall.get(path, &office).await.text.contains(told), "{path}");
    }
}
