//! What the manager reads of what people said.

use axum::http::StatusCode;
use hall::{
    answer::Answer,
    command::Command,
    event::unfound::Unfound,
    words::{Reason, indicator::Grouping},
};
use wire::texts::{Language, Texts};

use super::{Hall, OURS};
use crate::{access::Role, engine::ClosedDay, http::caller::LANGUAGE_COOKIE};

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
    let early = hall.post("/office/matters", &office, OURS, "id=1&outcome=explained&note=x").await;
    assert!(early.text.contains("请先填写核实结论"), "{}", early.text);
    assert!(!page.text.contains("name=\"outcome\""), "nothing to close yet: {}", page.text);
    let grade = "id=1&does=grade&value=simple";
    assert_eq!(hall.post("/office/task", &office, OURS, grade).await.status, StatusCode::SEE_OTHER);
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
    let known = crate::forecasts::Knowledge::clone(&forecasts.knowledge());
    let silent = ["M".parse().unwrap()].into();
    forecasts.know(crate::forecasts::Knowledge { silent, ..known });
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

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_every_length_and_grouping_opens_in_both_languages() {
    let hall = Hall::open();
    hall.lives().await;
    let office = hall.cookie(Role::Office, &[]);
    for language in [Language::Chinese, Language::English] {
        let cookie = format!("{office}; {LANGUAGE_COOKIE}={}", language.tag());
        for period in ["day", "week", "month", "quarter", "year"] {
            for by in Grouping::ALL {
                let path = format!("/office/report?period={period}&by={by}");
                let page = hall.get(&path, &cookie).await;
                assert_eq!(page.status, StatusCode::OK, "{path}");
                let key = Texts::of(language).keys().find(|key| {
                    let shown = format!(">{key}<");
                    page.text.contains(&shown)
                });
                assert_eq!(key, None, "{path}");
                // Four people came today, whatever the report is called.
                assert!(page.text.contains("<b>4</b>"), "{path}: {}", page.text);
            }
        }
    }
    let odd = hall.get("/office/report?period=age&day=soon&by=colour", &office).await;
    assert!(odd.text.contains("日报"), "{}", odd.text);
    let none = hall.get("/office/report?period=month&day=2001-02-03&by=window", &office).await;
    assert!(none.text.contains("2001-02-01 至 2001-02-28 ") || none.text.contains("2001-02-28"));
    assert!(none.text.contains("0 个开放日"), "{}", none.text);
    // Of nothing there is no share; the day before says nothing either.
    assert!(!none.text.contains('%'), "{}", none.text);
    let desk = hall.cookie(Role::Desk, &["20"]);
    for path in ["/office/report", "/office/report.csv"] {
        assert_eq!(hall.get(path, &desk).await.status, StatusCode::SEE_OTHER, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_months_report_is_the_sum_of_its_ledgers() {
    let hall = Hall::open();
    hall.lives().await;
    let office = hall.cookie(Role::Office, &[]);
    let day = hall.app.read(hall::Hall::last_day).unwrap();
    let file = |query: &str| {
        let path = format!("/office/report.csv?{query}");
        let (hall, office) = (&hall, &office);
        async move { rows(&hall.get(&path, office).await.text) }
    };
    // The same day is kept as two closed ones before today: three days in all.
    hall.happens("close", Command::CloseDay).await;
    let before = ["2026-10-05", "2026-10-20"];
    for each in before {
        let closed = ClosedDay {
            day: each.parse().unwrap(),
            sequence: 1,
            hall: hall.app.read(Clone::clone),
        };
        hall.app.store.keep(&closed, &hall.app.clock).unwrap();
    }
    let by = "period=month&day=2026-10-09";
    let (month, first) =
        (file(&format!("{by}&by=queue")).await, file("period=day&day=2026-10-05&by=queue").await);
    assert_eq!(month.len(), first.len());
    assert!(first.len() >= 2, "a queue and the sum: {first:?}");
    for (of_month, of_day) in month.iter().zip(&first) {
        // 取号量 and 办结量 are the first and the fourth indicator, each with its base behind it.
        for column in [2, 8] {
            let number = |row: &[String]| row[column].parse::<u32>().unwrap();
            assert_eq!(number(of_month), 2 * number(of_day), "{of_month:?}");
        }
        // A mean of two equal days is that of either.
        assert_eq!(of_month[14], of_day[14], "{of_month:?}");
    }
    assert_eq!(month.last().unwrap()[2], "8", "four people on each of two days");
    let windows = file(&format!("{by}&by=window")).await;
    assert!(windows.iter().any(|row| row[0] == "20"), "{windows:?}");
    // A day stands beside the last one that was open, not beside the closed one of yesterday.
    let day_report = hall.get("/office/report?period=day&day=2026-10-20&by=queue", &office).await;
    assert!(day_report.text.contains("上期 2026-10-05"), "{}", day_report.text);
    let first_report = hall.get("/office/report?period=day&day=2026-10-05", &office).await;
    assert!(first_report.text.contains("上期 2026-10-04"), "there is no open one before it");
    // Columns say their unit, and a share of four people says that they are few.
    assert!(day_report.text.contains("平均等候（分钟）"), "{}", day_report.text);
    assert!(day_report.text.contains("基数小"), "{}", day_report.text);
    // A day that is open no more and was kept is read from the store, and only once.
    let closed = ClosedDay { day, sequence: 1, hall: hall.app.read(Clone::clone) };
    hall.app.store.keep(&closed, &hall.app.clock).unwrap();
    let today = file(&format!("period=month&day={day}&by=hall")).await;
    assert_eq!(today[0][2], "4", "{today:?}");
    let page = hall.get(&format!("/office/report?{by}&by=clerk"), &office).await;
    assert!(page.text.contains("2026-10-05") && page.text.contains("2 个开放日"), "{}", page.text);
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Nothing happened before the first year: that is no zero, and nothing rose against it.
#[tokio::test(flavor = "multi_thread")]
async fn a_period_before_the_first_day_is_compared_with_nothing() {
    let hall = Hall::open();
    hall.lives().await;
    let office = hall.cookie(Role::Office, &[]);
    let year = hall.get("/office/report?period=year", &office).await.text;
    let rows = year.split("<tr>").filter(|row| row.contains("class=\"r\""));
    let rose = rows.filter(|row| row.contains("<td class=\"r\">+")).count();
    assert_eq!(rose, 0, "{year}");
    assert!(year.contains("<td class=\"r\">–</td><td class=\"r\"></td>"), "{year}");
}
