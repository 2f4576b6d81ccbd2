//! What the manager reads of what people said.

use axum::http::StatusCode;
use hall::{answer::Answer, command::Command, event::unfound::Unfound, words::Reason};

use super::{Hall, OURS};
use crate::access::Role;

#[tokio::test]
async fn the_weekly_list_counts_what_people_did_not_find_and_leaves_other_weeks_out() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let (now, long_ago) = (hall.app.now(), hall::time::Timestamp(0));
    for (request, at, words) in
        [("a", now, "BT"), ("b", now, "bt"), ("c", now, "<b>"), ("d", long_ago, "OLD")]
    {
        let said = Unfound { at, department: None, words: Some(words.to_owned()) };
        hall.happens(request, Command::NoteUnfound(said)).await;
    }
    let file = hall.get("/office/unfound.csv", &office).await;
    assert_eq!(file.text, "\u{feff}部门,要办什么,次数\n说不清,BT,2\n说不清,<B>,1\n");
    let page = hall.get("/office/unfound", &office).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("3 人次"), "{}", page.text);
    assert!(page.text.contains("&#60;B&#62;") && !page.text.contains("<B>"), "words stay words");
    let early = hall.get("/office/unfound?week=1970-01-01", &office).await;
    assert!(early.text.contains("OLD") && !early.text.contains("BT"), "{}", early.text);
    let none = hall.get("/office/unfound?week=2001-01-01", &office).await;
    assert!(none.text.contains("这一周没有人反映找不到事项"), "{}", none.text);
    let desk = hall.cookie(Role::Desk, &["20"]);
    assert_eq!(hall.get("/office/unfound", &desk).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn what_somebody_told_is_found_by_its_receipt_and_closed_with_what_came_of_it() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let tell = Command::TellMatter { department: None, reasons: vec![Reason::SentAround] };
    let Answer::Told(receipt) = hall.happens("tell", tell).await else { panic!("no receipt") };
    let asked = format!("/office/matters?receipt={receipt}");
    let page = hall.get(&asked, &office).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["推诿扯皮，让我多次跑", "办不成事", "正在办理"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let nothing = hall.post("/office/matters", &office, OURS, "id=1&outcome=explained&note=").await;
    assert_eq!(nothing.status, StatusCode::CONFLICT);
    let note = "id=1&outcome=explained&note=said";
    assert_eq!(
        hall.post("/office/matters", &office, OURS, note).await.status,
        StatusCode::SEE_OTHER
    );
    let page = hall.get(&asked, &office).await;
    assert!(page.text.contains("已解释"), "{}", page.text);
    let wrong = hall.get("/office/matters?receipt=12", &office).await;
    assert!(wrong.text.contains("没有这个回执号"), "{}", wrong.text);
}

#[tokio::test]
async fn how_good_the_word_was_is_told_by_queue_and_hour_with_the_rule_by_which_it_falls_silent() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let nothing = hall.get("/office/accuracy", &office).await;
    assert!(nothing.text.contains("还没有可以对照的预计"), "{}", nothing.text);
    hall.lives().await;
    let page = hall.get("/office/accuracy", &office).await;
    assert_eq!(page.status, StatusCode::OK);
    let rule = "近 5 日满 50 人而命中不到 60% 的队列停报预计";
    for words in ["预计准确度", "在所告知的时间内叫到", rule, "出入境证件", "配置里的办理时长"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(!page.text.contains("停报</span>"), "no queue is silent");
    let file = hall.get("/office/accuracy.csv", &office).await.text;
    let mut lines = file.lines();
    assert!(
        lines.next().unwrap().starts_with("\u{feff}队列,名称,时段,人,停报 人,按队长 人,命中 %")
    );
    assert!(lines.next().unwrap().starts_with("M,出入境证件,9:00,"), "{file}");
    let before = hall.get("/office/accuracy?days=5", &office).await;
    assert!(before.text.contains("还没有可以对照的预计"), "no day is closed yet");
    let forecasts = &hall.app.forecasts;
    let learned = forecasts.knowledge().learned.clone();
    let silent = ["M".parse().unwrap()].into();
    forecasts.know(crate::forecasts::Knowledge { learned, silent });
    let page = hall.get("/office/accuracy", &office).await;
    assert!(page.text.contains("停报</span>"), "{}", page.text);
    let desk = hall.cookie(Role::Desk, &["20"]);
    assert_eq!(hall.get("/office/accuracy", &desk).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_office_plans_a_day_and_takes_the_week_along_as_a_file() {
    let hall = Hall::open();
    let office = hall.cookie(Role::Office, &[]);
    let page = hall.get("/office/plan?day=2026-11-25&wait=15", &office).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["排班建议", "平均等候不超过 15 分钟", "企业开办", "窗口合计", "08:30"]
    {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let closed = hall.get("/office/plan?day=2026-11-29", &office).await;
    assert!(closed.text.contains("2026-11-29 不开放"), "{}", closed.text);
    let file = hall.get("/office/plan.csv?day=2026-11-23", &office).await.text;
    let mut lines = file.lines();
    assert!(lines.next().unwrap().starts_with("\u{feff}日期,时段,队列,名称,预计人数"), "{file}");
    assert!(lines.next().unwrap().starts_with("2026-11-23,08:30,A,企业开办,"), "{file}");
    assert!(file.contains("\n2026-11-28,") && !file.contains("\n2026-11-29,"), "{file}");
    let desk = hall.cookie(Role::Desk, &["20"]);
    assert_eq!(hall.get("/office/plan", &desk).await.status, StatusCode::SEE_OTHER);
}
