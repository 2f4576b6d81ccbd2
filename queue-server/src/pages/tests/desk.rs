//! The clerk's page: what it counts, what it offers, and how it tells a pause.

use hall::{
    command::{Command, Issue, Purpose},
    ids::{ItemId, WindowId},
    words::{PauseReason, post::Whereabouts},
};

use super::{Hall, Page, WINDOW};
use crate::{access::Role, testing};

fn window() -> WindowId {
    WINDOW.parse().unwrap()
}

impl Hall {
    async fn signs_on(&self) {
        let staff = self.clerk().parse().unwrap();
        self.happens("on", Command::SignOn { window: window(), staff }).await;
    }

    async fn begins(&self) {
        let call = Command::CallNext { window: window(), finish_current: false };
        self.happens("call", call).await;
        self.happens("start", Command::Start { window: window() }).await;
    }

    async fn ends(&self) {
        let (case, item, copies) = (None, None, None);
        let end = Command::Finish { window: window(), case, item, copies };
        self.happens("end", end).await;
    }
}

/// The text of a region of the page, up to the end of its section.
fn section<'a>(page: &'a Page, id: &str) -> &'a str {
    let at = page.text.find(&format!("id=\"{id}\"")).unwrap();
    page.text[at..].split("</section>").next().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_served_for_seconds_counts_as_finished() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    let fresh = hall.get("/desk", &cookie).await;
    assert!(section(&fresh, "now").contains("还没有办结的号"), "{}", fresh.text);
    hall.issue("one").await;
    hall.begins().await;
    hall.ends().await;
    let page = hall.get("/desk", &cookie).await;
    let now = section(&page, "now");
    assert!(now.contains("用时太短") && !now.contains("还没有办结的号"), "{now}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_hear_is_told_of_at_the_window() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    let ticket = hall.issue("one").await;
    let call = Command::CallNext { window: window(), finish_current: false };
    hall.happens("call", call).await;
    let page = hall.get("/desk", &cookie).await;
    assert!(!section(&page, "now").contains("无声叫号"));
    hall.happens("flag", Command::SetSilent { ticket, silent: true }).await;
    let page = hall.get("/desk", &cookie).await;
    let now = section(&page, "now");
    assert!(now.contains("无声叫号") && now.contains("请走出窗口示意"), "{now}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_along_stands_beside_the_visitor_on_both_desks() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    let ticket = hall.issue("one").await;
    let call = Command::CallNext { window: window(), finish_current: false };
    hall.happens("call", call).await;
    for path in ["/desk", "/desk?bar=1"] {
        let now = section(&hall.get(path, &cookie).await, "now").to_owned();
        assert!(now.contains("data-key=\"Alt B\"") && !now.contains("help-off"), "{now}");
    }
    let helper = Some(hall.clerk().parse().unwrap());
    hall.happens("help", Command::SetHelper { ticket, helper }).await;
    for path in ["/desk", "/desk?bar=1"] {
        let now = section(&hall.get(path, &cookie).await, "now").to_owned();
        let by = format!("{} 帮办", hall.clerk());
        assert!(now.contains(&by) && now.contains("help-off"), "{now}");
        assert!(!now.contains("data-key=\"Alt B\""), "{now}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_start_that_nobody_pressed_is_counted_down_and_can_be_a_no_show() {
    let hall = Hall::open_by(|rules| {
        (rules.start_after_secs, rules.recalls_max, rules.no_show_after_secs) = (90, 0, 0);
    });
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    hall.issue("one").await;
    let call = Command::CallNext { window: window(), finish_current: false };
    hall.happens("call", call).await;
    let starts = hall.app.read(|hall| hall.starts_by_itself(window())).unwrap();
    let page = hall.get("/desk", &cookie).await;
    let counted = format!("data-until=\"{}\"", starts.0);
    assert!(section(&page, "now").contains(&counted), "{}", page.text);
    let strip = hall.get("/desk?bar=1", &cookie).await;
    assert!(section(&strip, "now").contains(&counted), "{}", strip.text);
    testing::wait_until("it starts by itself", || {
        hall.app.read(|hall| hall.has_started_by_itself(window()))
    });
    let page = hall.get("/desk", &cookie).await;
    let keys = section(&page, "keys");
    assert!(keys.contains("自动开始；没来按 F3、F6"), "{keys}");
    let key = &keys[keys.find("id=\"k-F6\"").unwrap()..];
    assert!(!key[..key.find('>').unwrap()].contains("disabled"), "nobody may have come: {key}");
    hall.happens("gone", Command::NoShow { window: window() }).await;
    let page = hall.get("/desk", &cookie).await;
    assert!(section(&page, "past").contains("过号"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_of_two_items_is_listed_while_the_second_is_served_and_leads_nowhere_back() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    let items = hall.app.profile.setup.items_of("M".parse().unwrap());
    let items: Vec<(ItemId, String)> = items.map(|item| (item.id, item.name.clone())).collect();
    let Command::Issue(issue) = testing::issue_command() else { panic!("no issue") };
    let (item, purpose) = (Some(items[0].0), Purpose::Several(vec![items[1].0]));
    hall.signs_on().await;
    hall.happens("take", Command::Issue(Issue { item, purpose, ..issue })).await;
    hall.begins().await;
    let ahead = hall.get("/desk", &cookie).await;
    assert!(section(&ahead, "past").contains("今天还没有办理"), "{}", ahead.text);
    hall.ends().await;
    let page = hall.get("/desk", &cookie).await;
    assert!(section(&page, "now").contains(&items[1].1), "the second item is here: {}", page.text);
    let past = section(&page, "past");
    assert!(past.contains(&items[0].1) && past.contains("已办结"), "{past}");
    assert!(!past.contains(&items[1].1), "{past}");
    let sends = section(&page, "sends");
    assert!(!sends.contains("value=\"return\""), "{sends}");
    let places = sends.split_once("name=\"to\">").unwrap().1;
    assert!(places.starts_with("<option value=\"\">请选择…</option>"), "{places}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_tells_why_where_to_and_since_when() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    let (reason, whereabouts) = (PauseReason::Meal, Some(Whereabouts::Errand));
    hall.happens("pause", Command::Pause { window: window(), reason, whereabouts }).await;
    let since = hall.app.read(|hall| hall.window(window()).unwrap().paused.unwrap().1).0;
    let page = hall.get("/desk", &cookie).await;
    let now = section(&page, "now");
    for told in ["就餐", "外出办事", "已停", &format!("data-since=\"{since}\"")] {
        assert!(now.contains(told), "{told}: {now}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_big_key_says_what_it_did() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    let page = hall.get("/desk", &cookie).await;
    assert!(section(&page, "keys").contains("data-done=\"已上岗。\""), "{}", page.text);
    hall.signs_on().await;
    let (reason, whereabouts) = (PauseReason::Meeting, None);
    hall.happens("pause", Command::Pause { window: window(), reason, whereabouts }).await;
    let page = hall.get("/desk", &cookie).await;
    assert!(section(&page, "keys").contains("data-done=\"已恢复服务。\""), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_press_is_offered_to_be_taken_back_and_only_that() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    let fresh = hall.get("/desk", &cookie).await;
    assert!(!fresh.text.contains("id=\"take-back\""), "nothing was pressed");
    hall.issue("one").await;
    hall.begins().await;
    let serving = hall.get("/desk", &cookie).await;
    assert!(!serving.text.contains("id=\"take-back\""), "who is served was called in earnest");
    hall.ends().await;
    let page = hall.get("/desk", &cookie).await;
    let past = section(&page, "past");
    assert!(past.contains("撤回 M001 的办结") && past.contains("Alt Z"), "{past}");
    let bar = hall.get("/desk?bar=1", &cookie).await;
    assert!(bar.text.contains("撤回 M001 的办结"), "{}", bar.text);
    hall.happens("back", Command::TakeBack { window: window() }).await;
    let page = hall.get("/desk", &cookie).await;
    assert!(section(&page, "now").contains("M001"), "{}", page.text);
    assert!(!page.text.contains("id=\"take-back\""), "nothing is taken back twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_stands_there_for_a_reason_that_is_told() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    hall.issue("one").await;
    let page = hall.get("/desk", &cookie).await;
    let waiting = section(&page, "waiting");
    assert!(waiting.contains("先到先叫"), "{waiting}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bar_has_the_keys_and_nothing_around_them() {
    let hall = Hall::open();
    let cookie = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    let bar = hall.get("/desk?bar=1", &cookie).await;
    for key in ["F2", "F3", "F4", "F6", "F7", "F8", "F9", "F10"] {
        assert!(bar.text.contains(&format!("data-key=\"{key}\"")), "{key}: {}", bar.text);
    }
    assert!(!bar.text.contains("class=\"top\""), "no header: {}", bar.text);
    let live = hall.get("/desk?bar=1&fragment=1", &cookie).await;
    assert!(live.text.contains("id=\"bar-why\"") && !live.text.contains("<html"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_session_a_window_without_anybody_is_told_that_it_may_go() {
    let hall = Hall::open();
    let clerk = hall.cookie(Role::Desk, &[WINDOW]);
    hall.signs_on().await;
    let desk = async || hall.get(&format!("/desk?window={WINDOW}"), &clerk).await.text;
    assert!(!desk().await.contains("可以下岗"));
    hall.happens("over", Command::CloseSession).await;
    let page = desk().await;
    assert!(page.contains("没有人等候了，可以下岗") && !page.contains("（延时服务）"), "{page}");
}
