//! The slip says what the hall's ticket says, on both papers.

use paper::{encode, faces::Faces, preview, profile::Profile, slip::Block};
use wire::texts::{Language, Texts};

use crate::{gallery, model::page::Page};

fn body() -> wire::http::SlipBody {
    let Some(Page::Ticket { taken, .. }) = gallery::page("ticket-priority").map(|model| model.page)
    else {
        panic!("the gallery has a ticket");
    };
    taken.slip
}

fn words(slip: &paper::slip::Slip) -> String {
    let mut words = String::new();
    for block in &slip.blocks {
        match block {
            Block::Text { text, .. } | Block::Big { text } | Block::Label { text } => {
                words.push_str(text);
            }
            Block::Pair { left, right, .. } => words.push_str(&format!("{left}:{right}")),
            Block::Qr { caption, .. } => words.push_str(&caption.join("/")),
            Block::Rule { .. } => words.push_str("----"),
            Block::Feed { .. } | Block::Cut { .. } => continue,
        }
        words.push('\n');
    }
    words
}

#[test]
fn who_does_not_hear_is_not_told_to_listen() {
    let body = wire::http::SlipBody { silent: true, ..body() };
    let said = words(&super::set(&body, Texts::of(Language::Chinese)));
    assert!(said.contains("绿色通道\n无声叫号\n----\n"), "{said}");
    assert!(
        said.contains("\n请在等候区就座，留意屏幕。叫到本号不用语音，窗口人员会走出来请您。\n"),
        "{said}"
    );
    assert!(!said.contains("语音叫号"), "{said}");
}

#[test]
fn the_slip_reads_as_the_hall_prints_it() {
    let slip = super::set(&body(), Texts::of(Language::Chinese));
    let expected = "\
云溪县政务服务中心
排队号票
----
A012
企业开办
绿色通道
----
前面等候:5 人
办理窗口:1、2号　一楼A区
预计等候:10~20 分钟
取号时间:2026-11-23 09:14
----
请在等候区就座，留意屏幕和语音叫号。
叫号三次未到视为过号，30分钟内可到导办台激活一次。本号当日有效。
----
扫码查进度/办结后可评价/不扫码也能办事
评价码:7k3m 9qf2 x4w8 a
----
咨询投诉:12345
监督电话:0576-8610 0110
";
    assert_eq!(words(&slip), expected);
}

#[test]
fn a_slip_without_anybody_ahead_says_so_in_words() {
    let body = wire::http::SlipBody { ahead: 0, ..body() };
    assert!(words(&super::set(&body, Texts::of(Language::Chinese))).contains("前面等候:没有人\n"));
    assert!(words(&super::set(&body, Texts::of(Language::English))).contains("Ahead:nobody\n"));
}

#[test]
fn a_hall_without_telephone_pages_prints_no_code() {
    let mut body = body();
    body.follow_url.clear();
    let slip = super::set(&body, Texts::of(Language::English));
    assert!(!slip.blocks.iter().any(|block| matches!(block, Block::Qr { .. })));
}

#[test]
fn both_widths_of_paper_take_it() {
    let faces = Faces::new(look::fonts::REGULAR, look::fonts::BOLD).unwrap();
    let slip = super::set(&body(), Texts::of(Language::Chinese));
    for name in ["generic-80", "generic-58", "sprt-58-gb2312"] {
        let profile = Profile::find(name).unwrap();
        let bytes = encode::encode(&slip, &profile, &faces).unwrap();
        let picture = preview::preview(&bytes, &profile, &faces);
        if let Some(folder) = std::env::var_os("SLIP_PICTURES") {
            let path = std::path::Path::new(&folder).join(format!("slip-{name}.png"));
            std::fs::write(path, picture.png()).unwrap();
        }
    }
}

#[test]
fn the_slip_says_where_the_same_number_goes_next() {
    let stop = |queue_name: &str, item_name: Option<&str>, windows: &[&str]| wire::http::StopBody {
        queue_name: queue_name.to_owned(),
        item_name: item_name.map(str::to_owned),
        windows: windows.iter().map(|window| window.parse().unwrap()).collect(),
        place: "一楼A区".to_owned(),
    };
    let stops = vec![stop("税务办理", None, &["4", "5"]), stop("住房公积金", Some("提取"), &[])];
    let body = wire::http::SlipBody { stops, ..body() };
    let said = words(&super::set(&body, Texts::of(Language::Chinese)));
    let expected = "接着办理:税务办理（4、5号窗口）\n然后:提取\n用同一个号，不用重新取号。\n";
    assert!(said.contains(expected), "{said}");
    let said = words(&super::set(&body, Texts::of(Language::English)));
    assert!(said.contains("Keep this number"), "{said}");
}

#[test]
fn a_slip_given_out_without_the_server_says_so_and_promises_nothing() {
    let body = wire::http::SlipBody { ahead: 0, wait: None, offline: true, ..body() };
    let slip = words(&super::set(&body, Texts::of(Language::Chinese)));
    assert!(slip.contains("离线\n绿色通道\n"), "{slip}");
    assert!(!slip.contains("前面等候") && !slip.contains("预计等候"), "{slip}");
    assert!(slip.contains("恢复后按取号时间排队"), "{slip}");
}

#[test]
fn who_reads_english_has_both_names_and_who_reads_chinese_only_theirs() {
    let english = wire::http::EnglishSlip {
        hall: Some("Yunxi Government Services".to_owned()),
        queue: Some("Starting a business".to_owned()),
        item: None,
        place: Some("Area A, floor 1".to_owned()),
    };
    let body = wire::http::SlipBody { english, ..body() };
    let said = words(&super::set(&body, Texts::of(Language::English)));
    for part in
        ["云溪县政务服务中心\nYunxi Government Services\n", "企业开办\nStarting a business\n"]
    {
        assert!(said.contains(part), "{said}");
    }
    assert!(said.contains("Area A, floor 1") && !said.contains("一楼A区"), "{said}");
    let said = words(&super::set(&body, Texts::of(Language::Chinese)));
    assert!(said.contains("一楼A区") && !said.contains("Starting"), "{said}");
}

#[test]
fn who_is_called_already_is_not_told_to_wait() {
    let body = wire::http::SlipBody {
        window: "19".parse().ok(),
        mark: Some(wire::http::SlipMark::Reprinted),
        ..body()
    };
    let said = words(&super::set(&body, Texts::of(Language::Chinese)));
    assert!(said.contains("正在办理:19 号窗口\n") && said.contains("不用再等叫号"), "{said}");
    for waits in ["前面等候", "预计等候", "办理窗口", "请在等候区就座"] {
        assert!(!said.contains(waits), "{waits}: {said}");
    }
}
