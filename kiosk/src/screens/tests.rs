//! The screens in words (snapshots) and under a finger (by label).

use std::{fmt::Write as _, path::PathBuf};

use egui::{Rect, Vec2, pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use wire::texts::{Language, Texts};

use super::*;
use crate::{
    gallery::{self, NOW},
    model::{
        PrinterState,
        message::{Effect, Msg},
        page::Taken,
        update::update,
    },
};

mod english;

/// A kiosk under a finger: the model, its clock, and what it asked for.
struct Stage {
    model: Model,
    now: Moment,
    effects: Vec<Effect>,
}

impl Stage {
    fn tell(&mut self, msg: Msg) {
        self.now = self.now.after_millis(600);
        self.effects.extend(update(&mut self.model, msg, self.now));
    }
}

fn stage(model: Model, size: Vec2) -> Harness<'static, Stage> {
    let stage = Stage { model, now: NOW.after_millis(500), effects: Vec::new() };
    let mut harness =
        Harness::builder().with_size(size).with_context_setup(look::theme::install).build_ui_state(
            |ui, stage: &mut Stage| {
                stage.model.lies = crate::window::lies(ui.ctx().content_rect().size());
                let view = fill(&stage.model, stage.now);
                let page = Rect::from_min_size(pos2(0.0, 0.0), ui.ctx().content_rect().size());
                if let Some(touch) = show_ui(ui, page, &view) {
                    stage.tell(Msg::Touch(touch));
                }
            },
            stage,
        );
    harness.run();
    harness
}

fn press(harness: &mut Harness<'static, Stage>, label: &str) {
    let found = harness.query_all_by_label(label).next();
    found.unwrap_or_else(|| panic!("nothing is labelled {label}")).click();
    harness.run();
}

const SIZES: [Vec2; 2] = [vec2(1080.0, 1920.0), vec2(1920.0, 1080.0)];

#[test]
fn a_visitor_walks_from_the_start_page_to_the_ticket() {
    for size in SIZES {
        let mut harness = stage(gallery::sample(), size);
        press(&mut harness, "现场取号");
        press(&mut harness, "下一页");
        press(&mut harness, "户籍证件，等候 6 人");
        press(&mut harness, "居民身份证申领/换领/补领");
        press(&mut harness, "材料已齐，取号");
        assert!(matches!(harness.state().effects.last(), Some(Effect::Take(_))));
        harness.get_by_label("正在取号");
        harness.state_mut().tell(Msg::Reserved);
        harness.run();
        harness.get_by_label("正在出票");
        let Some(Page::Ticket { taken, .. }) = gallery::page("ticket").map(|model| model.page)
        else {
            panic!("the gallery has a ticket");
        };
        harness.state_mut().tell(Msg::Taken(taken));
        harness.run();
        harness.get_by_label("A012");
        harness.get_by_label("请到一楼A区等候叫号");
        press(&mut harness, "完成");
        harness.get_by_label("现场取号");
    }
}

#[test]
fn a_visitor_shows_a_card_or_types_a_number_or_goes_on_without() {
    use wire::reader::{CardKind, ReadCard};
    for size in SIZES {
        for form in ["", "-elder"] {
            let at = |page: &str| gallery::page(&format!("{page}{form}")).unwrap();
            let asked = |harness: &Harness<'static, Stage>| match harness.state().effects.last() {
                Some(Effect::Take(order)) => {
                    order.document.clone().map(|document| document.0.len())
                }
                other => panic!("no ticket is asked for: {other:?}"),
            };
            let mut harness = stage(at("identity"), size);
            harness.get_by_label("请将您的身份证靠近感应区域");
            press(&mut harness, "不提供身份证取号");
            // The page's sentence comes after what is asked.
            harness.state_mut().effects.retain(|effect| matches!(effect, Effect::Take(_)));
            assert_eq!(asked(&harness), None);

            let mut harness = stage(at("identity"), size);
            press(&mut harness, "如未带身份证请点击此按钮");
            for key in "99000019900101005X".chars() {
                press(&mut harness, &key.to_string());
            }
            press(&mut harness, "确定，取号");
            harness.state_mut().effects.retain(|effect| matches!(effect, Effect::Take(_)));
            assert_eq!(asked(&harness), Some(18));

            let mut harness = stage(at("identity"), size);
            harness.state_mut().tell(Msg::CardRead(Box::new(ReadCard {
                kind: CardKind::Citizen,
                mark: "0".repeat(32),
                is_elderly: false,
                masked_name: "王*明".to_owned(),
            })));
            harness.run();
            harness.get_by_label("王*明");
            press(&mut harness, "取号");
            harness.state_mut().effects.retain(|effect| matches!(effect, Effect::Take(_)));
            assert_eq!(asked(&harness), Some(37));

            let harness = stage(at("identity-wrong"), size);
            assert!(harness.query_all_by_label("身份证号码格式不正确").next().is_some());
            let harness = stage(at("identity-unread"), size);
            let unread = "未读到身份证，请重新放置或请工作人员协助。";
            assert!(harness.query_all_by_label(unread).next().is_some());
            let mut harness = stage(at("has-ticket"), size);
            press(&mut harness, "补打号票");
            assert!(matches!(harness.state().model.page, Page::Taking { .. }));
        }
    }
}

#[test]
fn a_visitor_looks_a_number_up_and_has_it_wait_again() {
    use crate::model::service::{Answer, Service};
    let Some(Page::Service(service)) = gallery::page("found-passed").map(|model| model.page) else {
        panic!("the gallery has a passed ticket");
    };
    let Service::Found(found) = *service else { panic!("not a ticket") };
    for size in SIZES {
        for elder in [false, true] {
            let mut harness = stage(gallery::page("progress").unwrap(), size);
            harness.state_mut().model.elder = elder;
            harness.run();
            press(&mut harness, "输入号码查询");
            for key in ["A", "1", "2", "查询"] {
                press(&mut harness, key);
            }
            let number = harness.state().model.asking.as_ref().unwrap().number;
            let answer = Box::new(Answer::Tickets(found.tickets.clone()));
            harness.state_mut().tell(Msg::Answered { number, answer });
            harness.run();
            harness.get_by_label("A012");
            harness.get_by_label("已过号");
            let question = "您的号码 A012 已过号，是否重新激活？激活后将排在 3 位之后。";
            assert!(harness.query_all_by_label(question).next().is_some());
            harness.get_by_label("重新激活");
        }
    }
}

#[test]
fn an_elder_walks_the_same_way_with_large_letters() {
    for size in SIZES {
        let mut harness = stage(gallery::sample(), size);
        press(&mut harness, "长者版");
        press(&mut harness, "现场取号");
        press(&mut harness, "下一页");
        press(&mut harness, "便民服务");
        press(&mut harness, "户籍证件，等候 6 人");
        press(&mut harness, "居民身份证申领/换领/补领");
        press(&mut harness, "返回");
        press(&mut harness, "居民身份证申领/换领/补领");
        press(&mut harness, "材料已齐，取号");
        harness.get_by_label("正在取号");
    }
}

#[test]
fn every_bad_page_says_what_where_and_who() {
    for size in SIZES {
        for (page, labels) in [
            ("closed", &["现在不能取号", "请工作人员帮忙"][..]),
            ("no-server", &["系统维护中", "请到导办台取号"]),
            ("paper-out", &["本机缺纸", "请到旁边的取号机取号", "不要纸票，记住号码"]),
            ("paper-out-elder", &["本机缺纸", "请到旁边的取号机取号", "不要纸票，记住号码"]),
            ("sold-out", &["排队号已取完", "若窗口空闲，可直接到窗口办理。"]),
            ("help", &["已通知导办台"]),
            ("still-there", &["还在办理吗？", "我还需要时间"]),
            ("still-there-elder", &["还在办理吗？", "我还需要时间"]),
        ] {
            let harness = stage(gallery::page(page).unwrap(), size);
            for label in labels {
                let found = harness.query_all_by_label(label).next();
                assert!(found.is_some(), "{page} at {size} does not say {label}");
            }
        }
    }
}

#[test]
fn every_page_on_the_way_has_back_home_and_a_countdown() {
    for size in SIZES {
        let services = ["find-number", "found", "found-passed"];
        let pages = ["queues", "items", "confirm", "priority", "progress"];
        for name in pages.into_iter().chain(services) {
            for form in ["", "-elder"] {
                let page = format!("{name}{form}");
                let mut harness = stage(gallery::page(&page).unwrap(), size);
                let left =
                    if form.is_empty() { "剩余操作时间 48 秒" } else { "剩余108秒" };
                for label in ["返回", left, "请工作人员帮忙", "首页"] {
                    let found = harness.query_all_by_label(label).next();
                    assert!(found.is_some(), "{page} at {size} has no {label}");
                }
                press(&mut harness, "首页");
                harness.get_by_label("现场取号");
            }
        }
    }
}

#[test]
fn nobody_ahead_is_said_as_nobody_and_not_as_a_number() {
    let mut model = gallery::page("ticket").unwrap();
    if let Page::Ticket { taken, .. } = &mut model.page {
        taken.slip.ahead = 0;
    }
    if let Some((board, _)) = &mut model.board {
        board.waiting = 0;
    }
    for (language, ahead, spoken, now) in [
        (
            Language::Chinese,
            "没有人",
            "取号成功，您的号码是 A 零 一 二，前面没有人，请到一楼A区等候叫号。",
            "现在没有人等候，15 个窗口在办",
        ),
        (
            Language::English,
            "nobody",
            "Your number is A 0 1 2, nobody is ahead of you. Please wait at Area A, floor 1.",
            "Nobody is waiting, 15 windows open",
        ),
    ] {
        model.language = language;
        let view = fill(&model, NOW);
        let Body::Ticket(ticket) = view.body else { panic!("not the ticket page") };
        assert_eq!(ticket.facts[0].1, ahead);
        assert_eq!(view.frame.spoken, spoken);
        assert_eq!(start::fill(&model).now.as_deref(), Some(now));
    }
}

#[test]
fn a_page_of_trouble_names_the_guide_desks_telephone() {
    for (page, label) in [("no-server", "0576-8610 0100"), ("paper-out", "电话 0576-8610 0100")] {
        for size in SIZES {
            let harness = stage(gallery::page(page).unwrap(), size);
            harness.get_by_label(label);
        }
        // A profile without one has no empty card.
        let mut model = gallery::page(page).unwrap();
        if let Some(catalogue) = &mut model.catalogue {
            catalogue.guide_phone.clear();
        }
        let Body::Trouble(view) = fill(&model, NOW).body else { panic!("{page} is no trouble") };
        assert!(view.places.iter().all(|place| !place.name.is_empty()), "{view:?}");
        assert_eq!(view.places.last().unwrap().hint, "可直接取号");
    }
}

#[test]
fn without_paper_a_person_still_gets_a_number() {
    let mut harness = stage(gallery::sample(), SIZES[0]);
    harness.state_mut().tell(Msg::PrinterTold(PrinterState::PaperOut));
    harness.run();
    press(&mut harness, "不要纸票，记住号码");
    press(&mut harness, "企业开办，等候 5 人");
    press(&mut harness, "个体工商户登记");
    press(&mut harness, "不要纸票，取号");
    let Some(Effect::Take(order)) = harness.state().effects.last().cloned() else {
        panic!("{:?}", harness.state().effects);
    };
    assert!(!order.paper);
    let Some(Page::Ticket { taken, .. }) = gallery::page("ticket").map(|model| model.page) else {
        panic!("the gallery has a ticket");
    };
    let slip = taken.slip;
    harness.state_mut().tell(Msg::Taken(Box::new(Taken { slip, paper: false })));
    harness.run();
    harness.get_by_label("取号成功，请记住号码");
}

#[test]
fn every_page_in_every_form_draws_with_letters_that_exist() {
    // The harness fails on any character that the fonts lack.
    for size in SIZES {
        let mut harness = stage(gallery::page("zones-elder").unwrap(), size);
        for name in gallery::PAGES {
            for form in ["", "-elder", "-en", "-elder-en"] {
                harness.state_mut().model = gallery::page(&format!("{name}{form}")).unwrap();
                harness.run();
            }
        }
    }
}

#[test]
fn what_an_elder_touches_is_thirty_millimetres_both_ways() {
    for size in SIZES {
        let mut harness = stage(gallery::page("zones-elder").unwrap(), size);
        for name in gallery::PAGES {
            harness.state_mut().model = gallery::page(&format!("{name}-elder")).unwrap();
            harness.run();
            for button in harness.query_all_by_role(egui::accesskit::Role::Button) {
                let area = button.rect();
                if !harness.state().model.elder {
                    // 运维 is never in 长者版.
                    continue;
                }
                // The spoken line is a sentence first; it may be lower than a button.
                let sentence = area.width() > size.x * 0.9;
                let least = area.width().min(area.height());
                assert!(sentence || least >= 119.0, "{name} at {size}: {button:?} is {area}");
            }
        }
    }
}

#[test]
fn a_letter_of_the_search_is_fifteen_millimetres_both_ways() {
    for size in SIZES {
        let harness = stage(gallery::page("search-typed").unwrap(), size);
        for key in ('A'..='Z').map(String::from).chain(["身".into(), "删除".into()]) {
            let area = harness.get_by_label(&key).rect();
            let least = look::measure::mm(15.0);
            assert!(area.width() >= least && area.height() >= least, "{key} at {size}: {area}");
        }
    }
}

#[test]
fn the_words_of_each_page_are_as_written_down() {
    for language in [Language::Chinese, Language::English] {
        let mut all = String::new();
        for name in gallery::PAGES {
            for form in ["", "-elder"] {
                let mut model = gallery::page(&format!("{name}{form}")).unwrap();
                model.language = language;
                writeln!(all, "==== {name}{form}\n{:#?}", fill(&model, NOW)).unwrap();
            }
        }
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden")
            .join(format!("pages.{}.txt", language.tag()));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &all).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        if let Some((at, (now, was))) =
            all.lines().zip(kept.lines()).enumerate().find(|(_, (now, was))| now != was)
        {
            panic!(
                "{}:{}: was {was}, is {now}; if that is meant, run with UPDATE_GOLDEN=1",
                path.display(),
                at + 1
            );
        }
        assert_eq!(all.lines().count(), kept.lines().count(), "{}", path.display());
    }
}

#[test]
fn every_text_of_the_kiosk_is_there_in_both_languages() {
    let keys = |language| {
        let texts = Texts::of(language);
        let ours = texts.keys().filter(|key| key.starts_with("kiosk.") || key.starts_with("slip."));
        ours.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(keys(Language::Chinese), keys(Language::English));
}

#[test]
fn a_window_of_any_size_is_drawn_on() {
    // While it is being opened a window may have any size; a screen never dies of it.
    for size in [vec2(10.0, 10.0), vec2(160.0, 90.0), vec2(300.0, 700.0), vec2(5_000.0, 400.0)] {
        for page in gallery::PAGES {
            let view = fill(&gallery::page(page).unwrap(), NOW);
            let draw = move |ui: &mut egui::Ui| {
                crate::window::draw(ui, &view);
            };
            let setup = Harness::builder().with_size(size);
            setup.with_context_setup(look::theme::install).build_ui(draw).step();
        }
    }
}

#[test]
fn a_queue_that_nobody_serves_yet_is_not_shown_as_free() {
    let mut model = gallery::page("queues").unwrap();
    let lines = model.board.iter_mut().flat_map(|(board, _)| &mut board.queues);
    lines.filter(|line| line.letter == 'B').for_each(|line| line.open_windows = 0);
    let state = list::state(&model, "B".parse().ok());
    assert_eq!(state, list::TileState::Quiet("暂无窗口".to_owned()));
}

#[test]
fn where_nobody_knows_how_long_no_dash_stands() {
    let mut model = gallery::page("confirm").unwrap();
    let lines = model.board.iter_mut().flat_map(|(board, _)| &mut board.queues);
    lines.for_each(|line| line.wait = None);
    let Body::Confirm(view) = fill(&model, NOW).body else { panic!("not the item") };
    assert!(view.facts.contains(&("约需等候".to_owned(), "请留意屏幕".to_owned())), "{view:?}");
    // After a class was chosen the board's count of all is not this person's, and it can be mended.
    model.class = wire::words::PriorityClass::Vulnerable;
    model.silent = true;
    let Body::Confirm(view) = fill(&model, NOW).body else { panic!("not the item") };
    assert_eq!(view.facts[0], ("绿色通道".to_owned(), "优先叫号".to_owned()));
    assert!(!view.priority.is_empty() && view.class.unwrap().contains("无声叫号"));
}

#[test]
fn a_kiosk_without_a_reader_asks_for_no_card() {
    let mut model = gallery::page("progress").unwrap();
    for (reader, words) in [(false, "输入身份证号"), (true, "刷身份证查询")] {
        model.reader = reader;
        let Body::Progress(view) = fill(&model, NOW).body else { panic!("not the progress") };
        assert_eq!(view.actions[1].name, words);
    }
}
