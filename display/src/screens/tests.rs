//! Every page is drawn with our letters, and each row is found by its words.

use egui::{Rect, Vec2, pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use wire::{
    device::{Face, Wanted},
    texts::{Language, Texts},
};

use super::{Beside, Design, Shape, draw, test_picture, zoom_for};
use crate::{
    config::ShowConfig,
    gallery::{
        Page, Visit, Window,
        plates::{tablet_face, window_face},
        sample_face, staged,
    },
    model::{Effect, Model, Moment, Msg, new_model, update},
    view::picture,
};

fn drawn(page: Page, language: Language, size: Vec2) -> Harness<'static> {
    let texts = Texts::of(language);
    let (model, now) = staged(page, texts);
    let area = Rect::from_min_size(pos2(0.0, 0.0), size);
    let (shape, beside) = measured(&model, area, now);
    let view = picture(&model, texts, shape.room(area, beside), now);
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(look::theme::install)
        .build_ui(move |ui| drop(draw(ui, area, &view, shape)));
    harness.run();
    harness
}

/// The measures of a page, as the window takes them.
fn measured(model: &Model, area: Rect, now: Moment) -> (Shape, Beside) {
    let shape = Shape::of(area, model.row_share_min());
    let said = model.broadcast(now).map(|said| said.text.chars().count());
    let shape = said.map_or(shape, |characters| shape.broadcasting(area, characters));
    (shape, Beside { counts: model.counts(), notes: model.has_notes(now) })
}

const COUNTS: Beside = Beside { counts: 6, notes: false };

const LYING: Vec2 = vec2(1920.0, 1080.0);
const UPRIGHT: Vec2 = vec2(1080.0, 1920.0);
const TABLET: Vec2 = vec2(1280.0, 800.0);

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
            let is_tablet = matches!(page, Page::Tablet(_));
            let sizes = if is_tablet { [TABLET, vec2(800.0, 1280.0)] } else { [LYING, UPRIGHT] };
            for size in sizes {
                drawn(page, language, size);
            }
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
fn a_window_says_its_number_its_state_and_who_works_there() {
    for size in [LYING, UPRIGHT] {
        let harness = drawn(Page::Window(Window::Called), Language::Chinese, size);
        for words in [
            "1号窗口",
            "请办理",
            "A018",
            "本业务等候5人 军人依法优先",
            "工号 1001",
            "监督电话 0576-8610 0110",
        ] {
            harness.get_by_label(words);
        }
        let harness = drawn(Page::Window(Window::Paused), Language::Chinese, size);
        harness.get_by_label("暂停原因：就餐");
        harness.get_by_label("请稍候，或到导办台询问");
        assert!(harness.query_by_label("A018").is_none(), "nobody is at a window that pauses");
    }
}

#[test]
fn a_window_that_is_cut_off_shows_no_number_as_live() {
    let harness = drawn(Page::Window(Window::Lost), Language::Chinese, UPRIGHT);
    harness.get_by_label("请听工作人员叫号");
    harness.get_by_label("—");
    assert!(harness.query_by_label("A018").is_none());
    assert!(harness.query_by_label_contains("本业务等候5").is_none());
}

#[test]
fn forty_screens_of_a_hall_paint_from_what_the_broker_kept_for_each() {
    let texts = Texts::of(Language::Chinese);
    let start = Moment { since_start: 0, unix: 0 };
    let area = Rect::from_min_size(pos2(0.0, 0.0), LYING);
    let painted = |n: u64| {
        let mut face = window_face();
        face.sign.window = n.to_string().parse().unwrap();
        let face = match n % 3 {
            0 => Face::Tablet(Box::new(tablet_face())),
            1 => Face::WindowScreen(Box::new(face)),
            _ => Face::HallScreen(Box::new(sample_face())),
        };
        let kept = serde_json::to_vec(&Wanted { revision: n, face }).unwrap();
        let wanted = Box::new(serde_json::from_slice(&kept).unwrap());
        let mut model = new_model(ShowConfig::default(), start);
        update(&mut model, Msg::Connected, start);
        let shown = update(&mut model, Msg::Face { wanted, kept: true }, start);
        assert_eq!(shown, [Effect::ReportShown { revision: n }]);
        let (shape, beside) = measured(&model, area, start);
        (picture(&model, texts, shape.room(area, beside), start), shape)
    };
    // One context draws them all: a program of its own would load the letters forty times.
    let mut harness = Harness::builder()
        .with_size(LYING)
        .with_context_setup(look::theme::install)
        .build_ui_state(|ui, (view, shape)| drop(draw(ui, area, view, *shape)), painted(1));
    for n in 1..=40 {
        *harness.state_mut() = painted(n);
        harness.run();
        let words = match n % 3 {
            0 => "A018".to_owned(),
            1 => format!("{n}号窗口"),
            _ => "F026 10号窗口 社会保险 请办理".to_owned(),
        };
        assert!(harness.query_all_by_label(&words).next().is_some(), "screen {n}: {words}");
    }
}

#[test]
fn the_five_levels_are_equal_and_large_enough_for_a_finger() {
    for (language, size) in [
        (Language::Chinese, TABLET),
        (Language::English, TABLET),
        (Language::Chinese, vec2(800.0, 1280.0)),
    ] {
        let harness = drawn(Page::Tablet(Visit::Levels), language, size);
        let texts = Texts::of(language);
        let cards = ["very_satisfied", "satisfied", "fair", "dissatisfied", "very_dissatisfied"];
        let cards = cards.map(|level| {
            let word = texts.get(&format!("rating.{level}")).to_owned();
            let all: Vec<_> =
                harness.get_all_by_label(&word).map(|node| node.rect().size()).collect();
            all[0]
        });
        for card in cards {
            assert!((card - cards[0]).length() < 1.0, "{cards:?}");
            assert!(card.x >= 80.0 && card.y >= 80.0, "{card:?}");
        }
    }
}

#[test]
fn reasons_stand_only_after_a_lower_level_and_cannot_be_sent_empty() {
    let levels = drawn(Page::Tablet(Visit::Levels), Language::Chinese, TABLET);
    assert!(levels.query_by_label("等候时间过长").is_none());
    let reasons = drawn(Page::Tablet(Visit::Reasons), Language::Chinese, TABLET);
    let cell = reasons.get_by_label("等候时间过长").rect();
    assert!(cell.height() >= 80.0, "{cell:?}");
    reasons.get_by_label("其他");
    reasons.get_by_label("提交评价");
    let thanks = drawn(Page::Tablet(Visit::Kept), Language::Chinese, TABLET);
    thanks.get_by_label("感谢您的评价");
    thanks.get_by_label("祝您生活愉快，请带好随身物品。");
    thanks.get_by_label_contains("您的评价已记下");
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
fn rows_are_as_high_as_the_distance_asks_for_and_at_least_one_is_left() {
    let page = Rect::from_min_size(pos2(0.0, 0.0), LYING);
    for (distance_m, height_mm) in [(10, 680), (15, 400), (20, 1_600), (12, 300), (40, 300)] {
        let show = ShowConfig {
            distance_m: std::num::NonZeroU16::new(distance_m),
            height_mm: std::num::NonZeroU16::new(height_mm),
            ..ShowConfig::default()
        };
        let shape = Shape::of(page, show.row_share_min());
        let row_mm = shape.row / page.height() * f32::from(height_mm);
        let must_mm = f32::from(distance_m) * 1_000.0 / 250.0;
        let rows = shape.rows_room(page, COUNTS);
        assert!(rows >= 1, "{distance_m} m, {height_mm} mm");
        assert!(row_mm >= must_mm - 0.1 || rows == 1, "{row_mm} < {must_mm} mm");
    }
    assert_eq!(Shape::of(page, 0.0).rows_room(page, COUNTS), 8, "the picture's eight rows");
}

#[test]
fn a_very_wide_wall_has_columns_of_rows_and_letters_that_its_diodes_can_show() {
    for (width, height, columns) in [(3840.0, 640.0, 4), (1536.0, 256.0, 2), (1920.0, 1080.0, 1)] {
        let zoom = zoom_for(vec2(width, height), Design::Screen);
        let page = Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height) / zoom);
        let shape = Shape::of(page, 0.0);
        assert_eq!(shape.columns(shape.rows_area(page, COUNTS)), columns, "{width} × {height}");
        assert!(52.0 * zoom >= 18.0, "a state's word has {} pixels", 52.0 * zoom);
        assert!(shape.rows_room(page, COUNTS) >= 8, "{width} × {height}");
        drawn(Page::Live, Language::Chinese, page.size());
    }
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
    assert!((zoom_for(vec2(2560.0, 1600.0), Design::Tablet) - 2.0).abs() < 0.01);
    assert!((zoom_for(vec2(3840.0, 2160.0), Design::Screen) - 2.0).abs() < 0.01);
    assert!((zoom_for(vec2(1080.0, 1920.0), Design::Screen) - 1.0).abs() < 0.01);
    assert!((zoom_for(vec2(1280.0, 720.0), Design::Screen) - 0.666).abs() < 0.01);
}

#[test]
fn a_photograph_takes_the_place_of_the_silhouette_on_window_screen_and_tablet() {
    for (page, size) in [
        (Page::Window(Window::Photo), LYING),
        (Page::Window(Window::Photo), UPRIGHT),
        (Page::Tablet(Visit::Photo), TABLET),
    ] {
        let harness = drawn(page, Language::Chinese, size);
        let place = harness.get_by_label("工作照").rect();
        assert!((place.height() / place.width() - 4.0 / 3.0).abs() < 0.05, "{place:?}");
        let without = drawn(Page::Window(Window::Serving), Language::Chinese, size);
        assert!(without.query_by_label("工作照").is_none(), "a silhouette says nothing");
    }
}

/// What is told beside the calls is inside the page, whole, at every shape of screen: 16:9, a wall, a
/// small wall of diodes, upright.
#[test]
fn notices_who_is_away_and_broadcasts_are_never_cut() {
    use egui::epaint::Shape as Painted;
    let shapes =
        [(1920.0, 1080.0), (1280.0, 720.0), (3840.0, 1080.0), (1024.0, 256.0), (1080.0, 1920.0)];
    let painted = |page: Rect, shown: Page, language: Language| {
        let texts = Texts::of(language);
        let (model, now) = staged(shown, texts);
        let (shape, beside) = measured(&model, page, now);
        let rows = shape.rows_area(page, beside);
        assert!(rows.height() >= shape.row, "a call has room beside {shown:?} on {page:?}");
        let room = shape.room(page, beside);
        assert!(room.notes.characters >= 24 && room.notes.people >= 2, "{room:?} on {page:?}");
        (page, picture(&model, texts, room, now), shape)
    };
    let first = Rect::from_min_size(pos2(0.0, 0.0), LYING);
    // One context draws them all: a program of its own would load the letters each time.
    let mut harness = Harness::builder()
        .with_size(vec2(6_480.0, 1_920.0))
        .with_context_setup(look::theme::install)
        .build_ui_state(
            |ui, (page, view, shape): &mut (Rect, _, _)| drop(draw(ui, *page, view, *shape)),
            painted(first, Page::Live, Language::Chinese),
        );
    for (wide, high) in shapes {
        let size = vec2(wide, high) / zoom_for(vec2(wide, high), Design::Screen);
        let page = Rect::from_min_size(pos2(0.0, 0.0), size);
        for shown in [Page::Notes, Page::Away, Page::Broadcast, Page::Urgent] {
            for language in [Language::Chinese, Language::English] {
                *harness.state_mut() = painted(page, shown, language);
                harness.run();
                let texts = harness.output().shapes.iter().filter_map(|clipped| {
                    if let Painted::Text(text) = &clipped.shape { Some(text) } else { None }
                });
                for text in texts.filter(|text| !text.galley.text().is_empty()) {
                    let place = text.visual_bounding_rect();
                    assert!(
                        page.expand(1.0).contains_rect(place),
                        "{shown:?} on {wide} × {high}: {:?} stands at {place:?} of {page:?}",
                        text.galley.text()
                    );
                }
            }
        }
    }
}
