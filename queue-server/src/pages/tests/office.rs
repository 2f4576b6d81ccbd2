//! What the manager reads of what people said.

use axum::http::StatusCode;
use hall::{command::Command, event::unfound::Unfound};

use super::Hall;
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
