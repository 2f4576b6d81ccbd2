//! The guide desk's page: what a kiosk does, for others, once each.

use axum::http::StatusCode;
use hall::{
    answer::Answer,
    command::{
        Command,
        people::{Book, BookableDay},
    },
    words::{Channel, EvaluationChannel, PriorityClass, alert::DeviceTrouble},
};

use super::{Hall, LANGUAGE_COOKIE, OURS, THEIRS, WINDOW};
use crate::{access::Role, person::Document};

/// The value of a hidden field of the first form that has it.
fn hidden(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let from = page.find(&mark).unwrap_or_else(|| panic!("no field {name}: {page}")) + mark.len();
    page[from..].split('"').next().unwrap().to_owned()
}

fn tickets(hall: &Hall) -> usize {
    hall.app.read(|hall| hall.tickets().count())
}

#[tokio::test(flavor = "multi_thread")]
async fn guides_and_the_office_open_the_guide_desk_and_clerks_do_not() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    assert_eq!(hall.get("/", &guide).await.to(), "/guide");
    let page = hall.get("/guide", &guide).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("href=\"/office\"") && !page.text.contains("href=\"/desk\""));
    for path in ["/desk", "/board", "/office", "/office.csv", "/room"] {
        assert_eq!(hall.get(path, &guide).await.to(), "/guide", "{path}");
    }
    let office = hall.cookie(Role::Office, &[]);
    assert_eq!(hall.get("/guide", &office).await.status, StatusCode::OK);
    let clerk = hall.cookie(Role::Desk, &[WINDOW]);
    assert_eq!(hall.get("/guide", &clerk).await.to(), "/desk");
    for path in [
        "take",
        "find",
        "ticket",
        "help",
        "booking",
        "check-in",
        "give-back",
        "case",
        "rate",
        "matter",
        "receipt",
        "wish",
    ] {
        let form = "again=1&ticket=1&does=cancel&id=1&what=A001&booking=1&case=1&receipt=1";
        let page = hall.post(&format!("/guide/{path}"), &clerk, OURS, form).await;
        assert_eq!(page.to(), "/desk", "{path}");
        let page = hall.post(&format!("/guide/{path}"), &guide, THEIRS, form).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{path}: another site sends nothing");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_taken_for_an_elder_and_once_however_often_the_form_is_sent() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let item = hall.app.profile.setup.items_of("M".parse().unwrap()).next().unwrap().clone();
    let found = hall.get(&format!("/guide?do=take&find={}", item.id), &guide).await.text;
    assert!(found.contains(&format!("href=\"/guide?do=take&#38;item={}\"", item.id)), "{found}");
    let page = hall.get(&format!("/guide?do=take&item={}", item.id), &guide).await.text;
    for bring in &item.bring {
        assert!(page.contains(&format!("<li>{bring}</li>")), "{bring}: {page}");
    }
    let again = hidden(&page, "again");
    let form = format!(
        "again={again}&item={}&queue=M&then=&grant=elderly&silent=on&document=&print=1",
        item.id
    );
    let first = hall.post("/guide/take", &guide, OURS, &form).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.text);
    let second = hall.post("/guide/take", &guide, OURS, &form).await;
    assert_eq!((first.to(), tickets(&hall)), (second.to(), 1));
    let (channel, silent, class) = hall.app.read(|hall| {
        let ticket = hall.tickets().next().unwrap();
        (ticket.channel, ticket.silent, ticket.class)
    });
    assert_eq!((channel, silent, class.as_str()), (Channel::GuideDesk, true, "vulnerable"));
    let shown = hall.led(&first, &guide).await.text;
    for words in ["M001", "绿色通道", "无声叫号", "id=\"slip\"", "data-print-now"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_items_are_one_number_in_their_order() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let setup = &hall.app.profile.setup;
    let first = setup.items_of("M".parse().unwrap()).next().unwrap().id;
    let second = setup.items_of("A".parse().unwrap()).next().unwrap().id;
    let page = format!("/guide?do=take&item={first}&then={second}");
    let page = hall.get(&page, &guide).await.text;
    assert!(page.contains("<ol class=\"stops\">"), "{page}");
    let form = format!("again={}&item={first}&then={second}", hidden(&page, "again"));
    let taken = hall.post("/guide/take", &guide, OURS, &form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let stops = hall.app.read(|hall| hall.tickets().next().unwrap().stops.clone());
    assert_eq!(stops.len(), 1);
    assert_eq!(stops[0].item, Some(second));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_looked_up_waits_again_and_is_given_up() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    hall.issue("1").await;
    let page = hall.post("/guide/find", &guide, OURS, "what=m001").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let place = page.to().to_owned();
    let page = hall.get(&place, &guide).await.text;
    assert!(page.contains("value=\"cancel\"") && !page.contains("value=\"reactivate\""), "{page}");
    let unknown = hall.post("/guide/find", &guide, OURS, "what=M099").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.text.contains("没有这张号票"), "{}", unknown.text);
    let empty = hall.post("/guide/find", &guide, OURS, "what=+").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let bad = hall.post("/guide/find", &guide, OURS, "what=12").await;
    assert!(bad.text.contains("证件号码不对"), "{}", bad.text);

    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    hall.happens("call", Command::CallNext { window, finish_current: false }).await;
    let ticket = place.rsplit_once('=').unwrap().1.to_owned();
    let silent = format!("again=s&ticket={ticket}&does=silent");
    let told = hall.post("/guide/ticket", &guide, OURS, &silent).await;
    assert_eq!(told.to(), format!("{place}&said=silent"), "{}", told.text);
    assert!(hall.led(&told, &guide).await.text.contains("不出声"));
    let cancel = format!("again=c&ticket={ticket}&does=cancel");
    let gone = hall.post("/guide/ticket", &guide, OURS, &cancel).await;
    assert_eq!(gone.to(), format!("{place}&said=cancelled"), "{}", gone.text);
    let no = hall.post("/guide/ticket", &guide, OURS, &cancel.replace("=c&", "=d&")).await;
    assert_eq!(no.status, StatusCode::CONFLICT, "{}", no.text);
    assert!(no.text.contains("已取消"), "{}", no.text);
}

/// A booking for today, as if it had been made some days ago.
async fn booked(hall: &Hall, from: &str, document: &str) -> String {
    let app = &hall.app;
    let (now, today) = (app.now(), app.clock.date(app.now()));
    let open = app.daybook.sessions(today).map(|session| (session.opens, session.closes));
    let (day, begins) = (app.clock.day(now), app.clock.moment(today, 0));
    let day = BookableDay { day, begins, open: open.collect(), items: None };
    let document = Document::read(document).unwrap();
    let book = Command::Book(Book {
        booker: Some(app.persons.booker(&document, day.day).unwrap()),
        agent: None,
        queue: "H".parse().unwrap(),
        item: None,
        day: day.day,
        from: from.parse().unwrap(),
        channel: Channel::Phone,
        days: vec![day],
    });
    let told = hall.happens(from, book).await;
    let Answer::Booking(no) = told else { panic!("{told:?}") };
    no.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_in_time_gets_its_number_and_an_early_one_is_told_when_to_come() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let in_time = booked(&hall, "09:30", "331023195001011234").await;
    let place = format!("/guide?do=booking&booking={in_time}");
    let found = hall.post("/guide/booking", &guide, OURS, "what=331023+19500101+1234").await;
    assert_eq!(found.to(), place, "{}", found.text);
    let page = hall.get(&place, &guide).await.text;
    assert!(page.contains("action=\"/guide/check-in\"") && page.contains("09:30"), "{page}");
    assert!(!page.contains("name=\"silent\"") && !page.contains("name=\"late\""), "{page}");
    let form = format!("again=b1&booking={in_time}&grant=disabled&print=1");
    let first = hall.post("/guide/check-in", &guide, OURS, &form).await;
    let second = hall.post("/guide/check-in", &guide, OURS, &form).await;
    assert_eq!((first.to(), tickets(&hall)), (second.to(), 1), "{}", first.text);
    assert!(first.to().ends_with("&said=checked_in&print=first"), "{}", first.to());
    let channel = hall.app.read(|hall| hall.tickets().next().unwrap().channel);
    assert_eq!(channel, Channel::GuideDesk);
    assert!(hall.get(&place, &guide).await.text.contains("看已取的号"));

    let early = booked(&hall, "15:00", "331023195502020001").await;
    let found = hall.post("/guide/booking", &guide, OURS, &format!("what={early}")).await;
    let page = hall.led(&found, &guide).await.text;
    assert!(page.contains("请于") && !page.contains("action=\"/guide/check-in\""), "{page}");
    let back = format!("again=g&booking={early}");
    let told = hall.post("/guide/give-back", &guide, OURS, &back).await;
    assert!(hall.led(&told, &guide).await.text.contains("预约已取消"), "{}", told.text);
    let none = hall.post("/guide/booking", &guide, OURS, "what=000000000000").await;
    assert!(none.text.contains("没有找到您的预约"), "{}", none.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_result_is_fetched_by_its_case_and_a_wrong_case_is_told() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let bad = hall.post("/guide/case", &guide, OURS, "again=1&case=!").await;
    assert!(bad.text.contains("办件编号不对"), "{}", bad.text);
    let form = "again=2&case=SL20261101001&grant=pregnant";
    let taken = hall.post("/guide/case", &guide, OURS, form).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let twice = hall.post("/guide/case", &guide, OURS, &form.replace("=2", "=3")).await;
    assert!(twice.text.contains("已取号"), "{}", twice.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guide_is_read_and_a_cancelled_item_says_so() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let item = hall.app.profile.setup.items_of("F".parse().unwrap()).next().unwrap().clone();
    let page = hall.get(&format!("/guide?do=guide&item={}", item.id), &guide).await.text;
    assert!(page.contains(&item.name) && page.contains("data-print"), "{page}");
    let of_search = hall.get(&format!("/guide?do=guide&find={}", item.id), &guide).await.text;
    assert!(of_search.contains(&format!("do=guide&#38;item={}", item.id)), "{of_search}");
    let day = hall.app.read(hall::Hall::day).unwrap();
    let change = hall::command::ChangeItem {
        item: item.id,
        kind: hall::words::people::ChangeKind::Cancelled,
        to: None,
        effective: day,
        approver: "9001".parse().unwrap(),
    };
    hall.happens("gone", Command::ChangeItem(change)).await;
    let page = hall.get(&format!("/guide?do=guide&item={}", item.id), &guide).await.text;
    assert!(page.contains("该事项已取消，无需办理"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_level_is_taken_down_by_the_code_of_the_slip() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    hall.issue("1").await;
    let (window, staff) = (WINDOW.parse().unwrap(), hall.clerk().parse().unwrap());
    hall.happens("on", Command::SignOn { window, staff }).await;
    hall.happens("call", Command::CallNext { window, finish_current: false }).await;
    hall.happens("start", Command::Start { window }).await;
    hall.happens("end", Command::Finish { window, case: None, item: None, copies: None }).await;
    let code = hall.app.read(|hall| hall.tickets().next().unwrap().token.to_string());
    let form = |more: &str| format!("again=e&code={}{more}", code.to_uppercase());
    let none = hall.post("/guide/rate", &guide, OURS, "again=0&code=123&rating=fair").await;
    assert!(none.text.contains("评价码不对"), "{}", none.text);
    let none = hall.post("/guide/rate", &guide, OURS, &form("")).await;
    assert!(none.text.contains("请先选一个评价"), "{}", none.text);
    let why = hall.post("/guide/rate", &guide, OURS, &form("&rating=dissatisfied")).await;
    assert!(why.text.contains("请至少说明一个原因"), "{}", why.text);
    let told =
        hall.post("/guide/rate", &guide, OURS, &form("&rating=dissatisfied&long_wait=1")).await;
    assert_eq!(told.to(), "/guide?do=rate&said=rated", "{}", told.text);
    let given = hall.app.read(|hall| hall.tickets().next().unwrap().leg().evaluation.clone());
    assert_eq!(given.unwrap().channel, EvaluationChannel::GuideDesk);
    let other = form("&rating=fair").replace("again=e", "again=f");
    let twice = hall.post("/guide/rate", &guide, OURS, &other).await;
    assert!(twice.text.contains("已评价过"), "{}", twice.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_help_is_shown_with_the_kiosk_and_answered() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let from = "kiosk-1".parse().unwrap();
    hall.happens("help", Command::AskHelp { from, place: "一楼大门右侧".to_owned() }).await;
    let mut page = String::new();
    for _ in 0..100 {
        page = hall.get("/guide", &guide).await.text;
        if page.contains("1号取号机（一楼大门右侧）") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let id = hidden(&page, "id");
    let form = format!("id={id}&does=go&again={}", hidden(&page, "again"));
    for _ in 0..2 {
        let told = hall.post("/guide/help", &guide, OURS, &form).await;
        assert_eq!(told.to(), "/guide", "{}", told.text);
    }
    let page = hall.get("/guide", &guide).await.text;
    assert!(page.contains("工号 9003 已前往") && page.contains("data-open=\"0\""), "{page}");
    let office = hall.cookie(Role::Office, &[]);
    let late = hall.post("/guide/help", &office, OURS, &form.replace("again=", "again=o")).await;
    assert!(late.text.contains("工号 9003 已前往"), "the second is told who goes: {}", late.text);
    // Who presses again has not been helped, and somebody goes there again.
    hall.happens("help-2", Command::AskHelp { from, place: "一楼大门右侧".to_owned() }).await;
    let page = hall.get("/guide", &guide).await.text;
    assert!(page.contains("data-open=\"1\"") && !page.contains("已前往"), "{page}");
    // The clock of this hall stands, so that the second going needs a name of its own.
    hall.post("/guide/help", &guide, OURS, &format!("id={id}&does=go&again=go-2")).await;
    let page = hall.get("/guide", &guide).await.text;
    assert!(page.contains("工号 9003 已前往") && page.contains("data-open=\"0\""), "{page}");
    let done = format!("id={id}&does=done&again={}", hidden(&page, "again"));
    hall.post("/guide/help", &guide, OURS, &done).await;
    assert!(hall.get("/guide", &guide).await.text.contains("没有人求助"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_item_is_found_by_its_initials_and_what_is_not_found_is_kept_once() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let found = hall.get("/guide?do=take&find=hzsl", &guide).await.text;
    assert!(found.contains("护照申领"), "{found}");
    let none = hall.get("/guide?do=take&find=qqqq", &guide).await.text;
    assert!(none.contains("没有找到"), "{none}");
    let department = hall.app.profile.setup.departments()[0].name.clone();
    let form = format!("again=w&words=养蜂证&department={department}");
    for _ in 0..2 {
        let told = hall.post("/guide/wish", &guide, OURS, &form).await;
        assert_eq!(told.to(), "/guide", "{}", told.text);
    }
    let kept: Vec<_> = hall.app.read(|hall| hall.unfound().to_vec());
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].words.as_deref(), Some("养蜂证"));
    let number = hall.post("/guide/wish", &guide, OURS, "again=x&words=13800000000").await;
    assert!(number.text.contains("不写号码"), "{}", number.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_not_done_is_told_for_a_receipt_and_asked_for_with_it() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let none = hall.post("/guide/matter", &guide, OURS, "again=1").await;
    assert!(none.text.contains("请至少说明一个原因"), "{}", none.text);
    let form = "again=2&department=&sent_around=1";
    let first = hall.post("/guide/matter", &guide, OURS, form).await;
    let second = hall.post("/guide/matter", &guide, OURS, form).await;
    assert_eq!(first.to(), second.to(), "{}", first.text);
    let page = hall.led(&first, &guide).await.text;
    assert!(page.contains("正在办理") && page.contains("data-print-now"), "{page}");
    let receipt = first.to().split(['=', '&']).nth(3).unwrap().to_owned();
    let asked = hall.post("/guide/receipt", &guide, OURS, &format!("receipt={receipt}")).await;
    assert_eq!(asked.to(), format!("/guide?do=matter&receipt={receipt}"), "{}", asked.text);
    let bad = hall.post("/guide/receipt", &guide, OURS, "receipt=12").await;
    assert!(bad.text.contains("12 位数字"), "{}", bad.text);
    let unknown = hall.post("/guide/receipt", &guide, OURS, "receipt=99999999").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND, "{}", unknown.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_supervisor_puts_a_waiting_number_in_front_and_says_why() {
    let hall = Hall::open();
    let (guide, office) = (hall.cookie(Role::Guide, &[]), hall.cookie(Role::Office, &[]));
    let ticket = hall.issue("1").await.0;
    let place = format!("/guide?do=find&tickets={ticket}");
    assert!(!hall.get(&place, &guide).await.text.contains("value=\"expedite\""));
    assert!(hall.get(&place, &office).await.text.contains("value=\"expedite\""));
    let form = |again: &str, note: &str| {
        format!("again={again}&ticket={ticket}&does=expedite&note={note}")
    };
    let no = hall.post("/guide/ticket", &guide, OURS, &form("1", "x")).await;
    assert_eq!(no.status, StatusCode::FORBIDDEN, "{}", no.text);
    let no = hall.post("/guide/ticket", &office, OURS, &form("2", "+")).await;
    assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", no.text);
    let told = hall.post("/guide/ticket", &office, OURS, &form("3", "当日手术")).await;
    assert_eq!(told.to(), format!("{place}&said=expedited"), "{}", told.text);
    assert!(hall.led(&told, &office).await.text.contains("特事特办"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kiosk_without_paper_is_told_at_the_desk_until_it_has_some_and_silence_is_not() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let report = |device: &str, trouble| Command::ReportDevice {
        device: device.parse().unwrap(),
        trouble,
        since: hall.app.now(),
    };
    hall.happens("silent", report("pad-20", Some(DeviceTrouble::Silent))).await;
    hall.happens("out", report("kiosk-1", Some(DeviceTrouble::PaperOut))).await;
    let told = async |is_told: bool| {
        for _ in 0..100 {
            let page = hall.get("/guide", &guide).await.text;
            if page.contains("class=\"call trouble\"") == is_told {
                return page;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{}", hall.get("/guide", &guide).await.text)
    };
    let page = told(true).await;
    let line = page.split("class=\"call trouble\"").nth(1).unwrap();
    assert!(line.split("</b>").next().unwrap().contains("1号取号机"), "{page}");
    assert_eq!(page.matches("class=\"call trouble\"").count(), 1, "{page}");
    hall.happens("paper", report("kiosk-1", None)).await;
    told(false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_leads_from_the_desk_to_the_windows_that_serve_and_back_to_the_item() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let queue = "M".parse().unwrap();
    let item = hall.app.profile.setup.items_of(queue).next().unwrap().id;
    let take = hall.get(&format!("/guide?do=take&item={item}"), &guide).await.text;
    assert!(take.contains(&format!("/guide?do=map&amp;queue=M&amp;item={item}")), "{take}");
    let page = hall.get(&format!("/guide?do=map&queue=M&item={item}"), &guide).await.text;
    let windows = hall.app.read(|hall| hall.windows_to_go(queue, PriorityClass::Ordinary));
    assert!(!windows.is_empty());
    assert_eq!(page.matches("class=\"plate sought\"").count(), windows.len(), "{page}");
    assert!(page.contains("class=\"way\""), "{page}");
    assert!(page.contains(&format!("href=\"/guide?do=take&#38;item={item}\"")), "{page}");
    // Without a queue it is the plan alone.
    let page = hall.get("/guide?do=map", &guide).await.text;
    assert!(page.contains("class=\"plan\"") && !page.contains("class=\"way\""), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_reads_english_reads_the_names_that_the_hall_gave_in_english() {
    let hall = Hall::open();
    let cookie = format!("{}; {LANGUAGE_COOKIE}=en", hall.cookie(Role::Guide, &[]));
    let names = &hall.app.profile.details.english;
    let page = hall.get("/guide", &cookie).await.text;
    for queue in hall.app.profile.setup.queues().iter().filter(|queue| queue.issued) {
        let english = names.queues[&queue.id].replace('&', "&#38;");
        assert!(page.contains(&format!(">{english}<")), "{english}: {page}");
        assert!(!page.contains(&format!(">{}<", queue.name)), "{}: {page}", queue.name);
    }
    let office = format!("{}; {LANGUAGE_COOKIE}=en", hall.cookie(Role::Office, &[]));
    let page = hall.get("/office", &office).await.text;
    for window in hall.app.profile.setup.windows() {
        let english = names.windows[&window.id].replace('&', "&#38;");
        assert!(page.contains(&english), "{english}: {page}");
        assert!(!page.contains(&window.name), "{}: {page}", window.name);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guide_takes_a_number_goes_along_and_may_take_that_back() {
    let hall = Hall::open();
    let guide = hall.cookie(Role::Guide, &[]);
    let item = hall.app.profile.setup.items_of("M".parse().unwrap()).next().unwrap().id;
    let page = hall.get(&format!("/guide?do=take&item={item}"), &guide).await.text;
    assert!(page.contains("name=\"helper\" value=\"9003\""), "{page}");
    let form = format!("again={}&item={item}&helper=9003", hidden(&page, "again"));
    let taken = hall.post("/guide/take", &guide, OURS, &form).await;
    let by = || hall.app.read(|hall| hall.tickets().next()?.helped).map(|now| now.by.to_string());
    assert_eq!(by().as_deref(), Some("9003"), "{}", taken.text);
    let shown = hall.led(&taken, &guide).await.text;
    for words in ["<span class=\"tag\">9003 帮办</span>", "撤回帮办", ">9003 本人</option>"]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(
        hall.get("/guide", &guide).await.text.contains("<span class=\"soft\">9003 帮办</span>")
    );
    let ticket = hall.app.read(|hall| hall.tickets().next().unwrap().id.0);
    let order = |does: &str, more: &str| format!("again={does}&ticket={ticket}&does={does}{more}");
    let told = hall.post("/guide/ticket", &guide, OURS, &order("unhelp", "")).await;
    assert_eq!((told.status, by()), (StatusCode::SEE_OTHER, None), "{}", told.text);
    assert!(hall.led(&told, &guide).await.text.contains("已撤回帮办。"));
    // Somebody else goes along, whom the hall knows.
    let clerk = hall.clerk();
    let form = order("helper", &format!("&helper={clerk}"));
    let told = hall.post("/guide/ticket", &guide, OURS, &form).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.text);
    assert_eq!(by(), Some(clerk));
    let form = order("helper", "&helper=").replace("again=helper", "again=none");
    let nobody = hall.post("/guide/ticket", &guide, OURS, &form).await;
    assert_eq!(nobody.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nobody.text.contains("请选由谁帮办"), "{}", nobody.text);
}
