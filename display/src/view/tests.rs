//! What stands on the screen in each state, as text, in both languages.

use std::fmt::Write as _;

use wire::{
    board::Wait,
    device::ZoneWaiting,
    texts::{Language, Texts},
};

use super::{
    BottomView, HallView, Room, hall_view,
    notes::{NotesBody, NotesRoom},
    running, with_wait,
};
use crate::{
    gallery::{Page, staged},
    model::{Moment, Msg, update},
};

const ROOM: Room =
    Room { running: 38, broadcast: 87, notes: NotesRoom { characters: 36, people: 2 } };

fn view(page: Page, language: Language) -> HallView {
    let texts = Texts::of(language);
    let (model, now) = staged(page, texts);
    hall_view(&model, texts, ROOM, now)
}

/// The view as lines of text.
fn page(page: Page, language: Language) -> String {
    let view = view(page, language);
    let mut lines = String::new();
    let header = &view.header;
    let head = [&header.title, &header.leader, &header.date, &header.time];
    writeln!(lines, "{}", head.map(String::as_str).join(" | ")).unwrap();
    if let Some(notice) = &view.notice {
        let since = notice.since.as_deref().unwrap_or("-");
        writeln!(lines, "! {} / {} / {since}", notice.title, notice.todo).unwrap();
    }
    for row in &view.rows {
        let window = format!("{}{}{}", row.window.before, row.window.number, row.window.after);
        let cells = [&row.number, &window, &row.business, &row.state];
        let light = row.light;
        writeln!(lines, "{} ({light:?})", cells.map(String::as_str).join(" ")).unwrap();
    }
    let counts: Vec<String> =
        view.waiting.iter().map(|count| format!("{} {}", count.label, count.count)).collect();
    writeln!(lines, "{}", counts.join(", ")).unwrap();
    match &view.bottom {
        BottomView::Running(text) => writeln!(lines, "> {text}"),
        BottomView::Spoken { word, text } | BottomView::Broadcast { word, text } => {
            writeln!(lines, ") {word}: {text}")
        }
        BottomView::VoiceIll(text) => writeln!(lines, "x {text}"),
    }
    .unwrap();
    lines
}

#[test]
fn an_ordinary_morning_reads_like_this() {
    let expected = "\
云溪县政务服务中心 | 值班领导：值班长 | 11月23日 星期一 | 09:42
F026 10号窗口 社会保险 请办理 (Lamp)
C031 4号窗口 税务办理 再次呼叫 (Letters)
A018 1号窗口 企业开办 办理中 (Plain)
D006 6号窗口 投资项目综合受理 办理中 (Plain)
M011 20号窗口 出入境证件 办理中 (Plain)
E022 7号窗口 不动产登记 办理中 (Plain)
H019 12号窗口 医疗保障 办理中 (Plain)
— 3号窗口 经营许可 暂停服务 (Dim)
等候共 73, A区 14, B区 9, C区 28, D区 21, 咨询 1
> 请在等候区就座，留意屏幕和语音叫号。
";
    assert_eq!(page(Page::Live, Language::Chinese), expected);
}

#[test]
fn the_same_in_english() {
    let english = page(Page::Live, Language::English);
    assert!(english.contains("F026 Window 10 社会保险 Please go (Lamp)"), "{english}");
    assert!(english.contains("Monday 23/11"), "{english}");
}

#[test]
fn a_cut_screen_shows_old_rows_as_old_and_no_counts() {
    let lost = page(Page::Lost, Language::Chinese);
    assert!(lost.contains("本屏连接中断，信息已停更"), "{lost}");
    assert!(lost.contains("以下为 09:42 中断前的叫号，可能已变化"), "{lost}");
    assert!(lost.contains("F026 10号窗口 社会保险 中断前 (Dim)"), "{lost}");
    assert!(!lost.contains("暂停服务") && lost.contains("等候共 —, A区 —"), "{lost}");
    let gone = page(Page::Gone, Language::Chinese);
    assert!(!gone.contains("F026") && gone.contains("旧的叫号已撤下"), "{gone}");
}

#[test]
fn the_dark_half_of_a_blink_keeps_the_letters() {
    assert!(
        page(Page::Blink, Language::Chinese).contains("F026 10号窗口 社会保险 请办理 (Letters)")
    );
}

#[test]
fn nobody_called_and_nothing_heard_are_said_in_words() {
    assert!(page(Page::Empty, Language::Chinese).contains("! 暂无叫号 / "));
    assert!(page(Page::Connecting, Language::Chinese).contains("! 正在连接叫号系统 / "));
}

#[test]
fn a_screen_that_nobody_listed_says_what_to_do_in_both_languages() {
    let chinese = page(Page::Unfound, Language::Chinese);
    let todo = "本厅设备里没有3A 号窗口的窗口屏；同类的有：window-screen-1、window-screen-4。";
    assert!(chinese.contains(&format!("! 找不到这块屏 / {todo}")), "{chinese}");
    let english = page(Page::Unfound, Language::English);
    assert!(english.contains("The hall has no window screen at window 3A."), "{english}");
}

#[test]
fn what_is_spoken_is_shown() {
    let speaking = page(Page::Speaking, Language::Chinese);
    assert!(speaking.contains(") 正在播报: 请 F026 号，到10号窗口办理。"), "{speaking}");
    assert!(page(Page::VoiceIll, Language::Chinese).contains("x 语音故障"));
}

#[test]
fn the_running_text_breaks_after_a_stop_and_loses_nothing() {
    let text = "请在等候区就座，留意屏幕和语音叫号。军人依法优先。".to_owned();
    assert_eq!(
        running::pages(std::slice::from_ref(&text), 12),
        ["请在等候区就座，", "留意屏幕和语音叫号。", "军人依法优先。"]
    );
    assert_eq!(running::pages(std::slice::from_ref(&text), 3).concat(), text);
    let latin = "Please take a seat and watch the screens.".to_owned();
    let pages = running::pages(&[latin], 10);
    assert_eq!(pages, ["Please take a seat", "and watch the", "screens."]);
    assert!(running::pages(&[String::new()], 10).is_empty());
}

#[test]
fn a_broadcast_is_written_with_its_time_and_gives_way_to_nothing() {
    let said = page(Page::Broadcast, Language::Chinese);
    assert!(said.contains(") 广播 09:41: 请车牌尾号 3K7 的车主到一楼大门口挪车。"), "{said}");
    let urgent = page(Page::Urgent, Language::Chinese);
    assert!(urgent.contains(") 紧急广播 09:41: 请注意："), "{urgent}");
    assert!(page(Page::Urgent, Language::English).contains(") Urgent 09:41: "));
}

#[test]
fn every_notice_and_everybody_who_is_away_has_a_turn_in_their_own_place() {
    let texts = Texts::of(Language::Chinese);
    let (model, start) = staged(Page::Notes, texts);
    let mut seen = Vec::new();
    for turn in 0..5 {
        let now = Moment { since_start: start.since_start + turn * 8_000, ..start };
        // A sign of life, so that the screen stays live.
        let mut model = model.clone();
        update(&mut model, Msg::Connected, now);
        let view = hall_view(&model, texts, ROOM, now);
        let notes = view.notes.expect("there is something to tell");
        let body = match notes.body {
            NotesBody::Text(text) => text,
            NotesBody::Away(people) => {
                let words = people.iter().map(|one| {
                    format!("{} {} {}", one.window, one.name, one.place).trim().to_owned()
                });
                words.collect::<Vec<_>>().join("；")
            }
        };
        seen.push(format!("{} {} {}: {body}", notes.page, notes.kind, notes.title));
    }
    assert_eq!(
        seen,
        [
            "1/5 公告 窗口调整: 11月25日起，不动产登记改在二楼B区7、8号窗口办理。",
            "2/5 公告 窗口调整: 已取的号继续有效，请到原窗口等候叫号。",
            "3/5 公告 系统升级: 本周五17:00起税务系统停机，请提前办理。",
            "4/5 去向 : 值班长 会议；3号窗口 窗口三号 外出办事",
            "5/5 去向 : 12号窗口 窗口十二号 学习",
        ]
    );
}

#[test]
fn a_screen_that_is_cut_off_shows_no_old_broadcast_and_nobody_as_away() {
    let texts = Texts::of(Language::Chinese);
    let (mut model, start) = staged(Page::Urgent, texts);
    update(&mut model, Msg::Lost, start);
    let now = Moment { since_start: start.since_start + 60_000, ..start };
    let view = hall_view(&model, texts, ROOM, now);
    assert_eq!(view.notes, None);
    assert!(matches!(view.bottom, BottomView::Running(_)), "{:?}", view.bottom);
}

#[test]
fn a_zone_says_how_long_somebody_waits_who_comes_now_up_to_an_hour() {
    let said = |wait: Option<(u16, u16)>, live, language| {
        let wait = wait.map(|(low_minutes, high_minutes)| Wait { low_minutes, high_minutes });
        let name = "注册登记".to_owned();
        let zone = ZoneWaiting { label: "A区".to_owned(), name, waiting: 3, wait };
        with_wait(&zone, Texts::of(language), live)
    };
    let chinese = |wait, live| said(wait, live, Language::Chinese);
    assert_eq!(chinese(Some((10, 20)), true), "注册登记　约 10~20 分");
    assert_eq!(chinese(Some((60, 95)), true), "注册登记　1 小时以上");
    assert_eq!(chinese(None, true), "注册登记");
    assert_eq!(chinese(Some((10, 20)), false), "注册登记", "an old picture promises nothing");
    assert_eq!(said(Some((10, 20)), true, Language::English), "注册登记 · 10~20 min");
}
