//! The measures agree with the rules behind the pictures, and each widget is found by its words.

use egui::{Rect, pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};

use super::{bars, button, colour, countdown, icon::Icon, measure, notice, number, state, tile};

#[test]
fn millimetre_rules_come_out_as_the_sizes_of_the_table() {
    assert_eq!(measure::hanzi_mm(10.0).round(), 44.0);
    assert_eq!(measure::hanzi_mm(14.0).round(), 61.0);
    assert!(measure::digits_mm(30.0) <= measure::letters::TICKET_MIN);
    assert!((measure::zoom_for_panel(1080.0, 1080.0 * 0.248) - 1.0).abs() < 0.001);
    assert!((measure::zoom_to_fit(vec2(960.0, 1080.0), measure::HALL_SCREEN) - 0.5).abs() < 0.001);
}

#[test]
fn every_widget_is_found_by_its_words() {
    let mut harness = Harness::builder()
        .with_size(vec2(1080.0, 1920.0))
        .with_context_setup(super::theme::install)
        .build_ui(|ui| {
            let place = |y: f32, h: f32| Rect::from_min_size(pos2(48.0, y), vec2(984.0, h));
            let head = bars::Header {
                title: "云溪县政务服务中心",
                under: "自助取号",
                time: "09:14",
                date: None,
                button: Some("长者版"),
            };
            bars::header(ui, place(0.0, 168.0), &head);
            button::primary("取号").show(ui, place(180.0, 104.0));
            button::secondary("返回").icon(Icon::Back).show(ui, place(300.0, 104.0));
            let tile = tile::Tile {
                badge: Some("A"),
                title: "企业开办",
                state: None,
                parts: &[tile::Part::Word("等候".into()), tile::Part::Number("5".into())],
                under: "1、2 号窗口",
                open: true,
                says: "企业开办，等候 5 人",
            };
            tile.show(ui, Rect::from_min_size(pos2(48.0, 420.0), vec2(480.0, 222.0)));
            state::chip(ui, place(660.0, 72.0), state::State::Paused, "暂停服务");
            countdown::ring(ui, place(740.0, 120.0), 48, 60, "48 秒");
            number::ticket_number(ui, place(870.0, 300.0), "A012", colour::INK);
            notice::strip(ui, place(1180.0, 104.0), notice::Tone::Attention, "打印机缺纸");
            notice::dialog(
                ui,
                place(1290.0, 500.0),
                notice::Tone::Question,
                "还在办理吗？",
                "稍后返回",
            );
        });
    harness.run();
    for words in ["取号", "返回", "企业开办，等候 5 人", "暂停服务", "48 秒", "A012", "打印机缺纸"]
    {
        harness.get_by_label(words);
    }
    harness.get_by_label("长者版").click();
    harness.run();
}

#[test]
fn long_words_keep_clear_of_a_button_s_border() {
    assert_eq!(button::side_margin(984.0), 48.0);
    assert_eq!(button::side_margin(100.0), 16.0);
    let words = "All here, take a ticket and wait for the call";
    let mut seen = None;
    Harness::builder()
        .with_size(vec2(1080.0, 300.0))
        .with_context_setup(super::theme::install)
        .build_ui(|ui| {
            let area = Rect::from_min_size(pos2(48.0, 48.0), vec2(984.0, 200.0));
            button::primary(words).size(84.0).show(ui, area);
            let drawn = ui.ctx().graphics(|all| {
                let list = all.get(ui.layer_id()).into_iter().flat_map(|list| list.all_entries());
                let texts = list.filter_map(|clipped| {
                    let egui::Shape::Text(text) = &clipped.shape else { return None };
                    Some(text.visual_bounding_rect())
                });
                texts.reduce(Rect::union)
            });
            seen = drawn.map(|drawn| (drawn.left() - area.left(), area.right() - drawn.right()));
        })
        .run();
    let (left, right) = seen.unwrap();
    assert!(left >= 40.0 && right >= 40.0, "{left} and {right} are free");
}
