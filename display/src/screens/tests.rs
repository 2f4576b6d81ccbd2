//! Every page is drawn with our letters, and each row is found by its words.

use egui::{Rect, Vec2, pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use wire::texts::{Language, Texts};

use super::{Shape, hall, test_picture, zoom_for};
use crate::{
    gallery::{Page, staged},
    view::{HallView, hall_view},
};

fn drawn(page: Page, language: Language, size: Vec2) -> Harness<'static> {
    let texts = Texts::of(language);
    let (model, now) = staged(page, texts);
    let area = Rect::from_min_size(pos2(0.0, 0.0), size);
    let view: HallView = hall_view(&model, texts, Shape::of(area).running_room(area), now);
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(look::theme::install)
        .build_ui(move |ui| hall::hall_ui(ui, area, &view));
    harness.run();
    harness
}

const LYING: Vec2 = vec2(1920.0, 1080.0);
const UPRIGHT: Vec2 = vec2(1080.0, 1920.0);

#[test]
fn a_called_row_is_found_by_its_words_lying_and_upright() {
    for size in [LYING, UPRIGHT] {
        let harness = drawn(Page::Live, Language::Chinese, size);
        harness.get_by_label("F026 10号窗口 社会保险 请办理");
        harness.get_by_label("— 3号窗口 经营许可 暂停服务");
        harness.get_by_label("A区 注册登记 14 人");
        harness.get_by_label_contains("云溪县政务服务中心");
        harness.get_by_label_contains("值班领导");
    }
}

#[test]
fn every_page_is_drawn_without_a_missing_letter() {
    for (page, _) in Page::ALL {
        for language in [Language::Chinese, Language::English] {
            drawn(page, language, LYING);
            drawn(page, language, UPRIGHT);
        }
    }
}

#[test]
fn a_cut_screen_says_so() {
    let harness = drawn(Page::Lost, Language::Chinese, LYING);
    harness.get_by_label("本屏连接中断，信息已停更");
    harness.get_by_label("等候共 —");
    assert!(harness.query_by_label_contains("73").is_none());
}

#[test]
fn the_row_that_calls_is_inside_the_page_and_forty_millimetres_high() {
    let harness = drawn(Page::Live, Language::Chinese, LYING);
    let row = harness.get_by_label("F026 10号窗口 社会保险 请办理").rect();
    assert!(row.top() >= 112.0 && row.right() <= 1920.0);
    // A 55-inch screen is 1218 mm wide; its digits fill 0.73 of a font size of 90.
    let digit_mm = 90.0 * look::measure::DIGIT_FILLS * 1218.0 / 1920.0;
    assert!(digit_mm >= 40.0, "{digit_mm}");
}

#[test]
fn the_test_picture_names_the_device() {
    let view = test_picture::TestView {
        title: "T".to_owned(),
        device: "screen-1".to_owned(),
        letters: "ABC 0123".to_owned(),
        todo: "U".to_owned(),
    };
    let mut harness = Harness::builder()
        .with_size(LYING)
        .with_context_setup(look::theme::install)
        .build_ui(move |ui| test_picture::test_ui(ui, ui.max_rect(), &view));
    harness.run();
    harness.get_by_label("screen-1");
}

#[test]
fn the_zoom_fits_the_design_into_any_window() {
    assert!((zoom_for(vec2(3840.0, 2160.0)) - 2.0).abs() < 0.01);
    assert!((zoom_for(vec2(1080.0, 1920.0)) - 1.0).abs() < 0.01);
    assert!((zoom_for(vec2(1280.0, 720.0)) - 0.666).abs() < 0.01);
}
