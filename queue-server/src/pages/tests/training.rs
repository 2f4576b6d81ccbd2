//! 练习: what a training hall says on every page, and how its script card judges.

use std::sync::Arc;

use hall::{
    command::{Command, Issue},
    words::CaseKind,
};

use super::{Hall, WINDOW};
use crate::{access::Role, http::limits::LimitSettings, testing};

fn training() -> Hall {
    let settings = LimitSettings { requests_per_second: 0, ..LimitSettings::default() };
    let (mut app, data, stop) = testing::app(settings);
    Arc::get_mut(&mut app).expect("nobody has the app yet").training.is_here = true;
    Hall::of((app, data, stop))
}

/// Somebody comes for an item, is called and started.
async fn comes(hall: &Hall, item: &str, turn: u32) {
    let Command::Issue(issue) = testing::issue_command() else { unreachable!() };
    let command = Command::Issue(Issue { item: Some(item.parse().unwrap()), ..issue });
    let wish = testing::wish("kiosk-1", &format!("take {turn}"), command);
    hall.app.engine.ask(wish).await.unwrap();
    let window = WINDOW.parse().unwrap();
    let call = Command::CallNext { window, finish_current: false };
    hall.happens(&format!("call {turn}"), call).await;
    hall.happens(&format!("start {turn}"), Command::Start { window }).await;
}

async fn finish(hall: &Hall, turn: u32) {
    let window = WINDOW.parse().unwrap();
    let case = Some(CaseKind::OnTheSpot);
    let finish = Command::Finish { window, case, item: None, copies: None };
    hall.happens(&format!("finish {turn}"), finish).await;
}

#[tokio::test]
async fn only_a_training_hall_says_that_nothing_counts_and_has_a_card() {
    for (hall, is_training) in [(Hall::open(), false), (training(), true)] {
        let all = hall.cookie(Role::Admin, &[]);
        for path in ["/desk?window=20", "/board", "/office", "/guide", "/room", "/setup"] {
            let page = hall.get(path, &all).await.text;
            assert_eq!(page.contains("一切都不算数"), is_training, "{path}");
        }
        let desk = hall.get("/desk?window=20", &all).await.text;
        assert_eq!(desk.contains("id=\"script\""), is_training);
    }
}

#[tokio::test]
async fn a_desk_leads_to_the_training_hall_where_there_is_one() {
    let settings = LimitSettings { requests_per_second: 0, ..LimitSettings::default() };
    let (mut app, data, stop) = testing::app(settings);
    Arc::get_mut(&mut app).unwrap().training.address = Some("http://10.0.0.9:8090".into());
    let hall = Hall::of((app, data, stop));
    let desk = hall.get("/desk?window=20", &hall.cookie(Role::Desk, &[WINDOW])).await.text;
    assert!(desk.contains("href=\"http://10.0.0.9:8090\""), "{desk}");
}

/// Of eight visitors every scene comes at least once; whoever only presses start and finish has done
/// right by those alone who brought everything.
#[tokio::test]
async fn whoever_only_starts_and_finishes_is_told_what_was_right() {
    let hall = training();
    let clerk = hall.cookie(Role::Desk, &[WINDOW]);
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    let mut told: Vec<String> = Vec::new();
    for turn in 0..8 {
        comes(&hall, "M03", turn).await;
        let card = hall.get("/desk", &clerk).await.text;
        assert!(card.contains("情景：") && card.contains("不这样说"), "{card}");
        finish(&hall, turn).await;
        let page = hall.get("/desk", &clerk).await.text;
        let (_, last) = page.split_once("<p class=\"last ").expect("the last one is judged");
        told.push(last.split("</span>").next().unwrap().to_owned());
    }
    let of = |words: &str| told.iter().filter(|each| each.contains(words)).count();
    assert_eq!(of("材料齐全：做对了"), 3, "{told:#?}");
    for words in ["应打印一次性告知单", "应重呼后过号", "应先挂起", "应转到对的业务", "应勾选理由"]
    {
        assert_eq!(of(words), 1, "{words}: {told:#?}");
    }
    let page = hall.get("/desk", &clerk).await.text;
    assert!(page.contains("材料齐全 3/3") && page.contains("要去复印 0/1"), "{page}");
}

/// 护照 is a promised case: without 受理 it is not done right.
#[tokio::test]
async fn a_promised_case_is_accepted_first() {
    let hall = training();
    let clerk = hall.cookie(Role::Desk, &[WINDOW]);
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    let mut judged = Vec::new();
    for turn in 0..8 {
        comes(&hall, "M01", turn).await;
        let card = hall.get("/desk", &clerk).await.text;
        if card.contains("情景：材料齐全") && turn > 3 {
            assert!(card.contains("2 受理"), "{card}");
            let accept = Command::Accept { window, case: None, item: None, due: None };
            hall.happens(&format!("accept {turn}"), accept).await;
        }
        finish(&hall, turn).await;
        judged.push(hall.get("/desk", &clerk).await.text);
    }
    let of = |words: &str| judged.iter().filter(|page| page.contains(words)).count();
    assert!(of("承诺件应先受理") >= 1, "who forgot it is told");
    assert!(of("材料齐全：做对了") >= 1, "who did it is told too");
}
