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
