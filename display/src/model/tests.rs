//! What happens to the screen, as a table: after these messages, it shows this.

use wire::{
    clock::Clock,
    device::{Face, Tone, Wanted},
};

use super::{Effect, Model, Moment, Msg, Trust, new_model, update};
use crate::{config::ShowConfig, gallery::sample_face};

fn at(since_start: u64) -> Moment {
    Moment { since_start, unix: 1_795_400_000_000 }
}

fn model() -> Model {
    let mut model = new_model(ShowConfig::default(), at(0));
    update(&mut model, Msg::Connected, at(0));
    model
}

/// A face whose rows are the calls with these numbers of announcements, newest first.
fn face(revision: u64, calls: &[u64]) -> Msg {
    let mut face = sample_face();
    let row = face.rows[0].clone();
    let rows = calls.iter().map(|announcement| {
        let mut row = row.clone();
        row.announcement = *announcement;
        row
    });
    face.rows = rows.collect();
    Msg::Face {
        wanted: Box::new(Wanted { revision, face: Face::HallScreen(Box::new(face)) }),
        kept: false,
    }
}

fn heartbeat() -> Msg {
    Msg::Heartbeat(sample_face().clock)
}

#[test]
fn a_face_is_reported_with_its_revision() {
    let mut model = model();
    assert_eq!(update(&mut model, face(7, &[1]), at(10)), [Effect::ReportShown { revision: 7 }]);
    assert_eq!(model.revision(), Some(7));
}

#[test]
fn the_face_of_another_kind_of_device_changes_nothing() {
    let mut model = model();
    update(&mut model, face(7, &[1]), at(10));
    let strip = Face::Strip { text: "A012".to_owned(), tone: Tone::Steady };
    let wanted = Box::new(Wanted { revision: 8, face: strip });
    assert_eq!(update(&mut model, Msg::Face { wanted, kept: false }, at(20)), []);
    assert_eq!(model.revision(), Some(7));
}

#[test]
fn a_new_call_blinks_three_times_and_then_stands() {
    let mut model = model();
    update(&mut model, face(1, &[5]), at(0));
    assert!(!model.blinks(5, at(100)), "what was called before the screen began stands still");
    update(&mut model, face(2, &[6, 5]), at(1_000));
    let dark: Vec<bool> = (0..8).map(|half| model.blinked_out(6, at(1_100 + half * 500))).collect();
    assert_eq!(dark, [false, true, false, true, false, true, false, false]);
    assert!(!model.blinked_out(5, at(1_600)), "the older call does not blink again");
}

#[test]
fn two_calls_at_once_both_blink() {
    let mut model = model();
    update(&mut model, face(1, &[5]), at(0));
    update(&mut model, face(2, &[7, 6, 5]), at(0));
    assert!(model.blinked_out(7, at(600)) && model.blinked_out(6, at(600)));
}

#[test]
fn a_screen_that_has_no_room_shows_each_call_in_its_turn() {
    let mut model = model();
    update(&mut model, face(1, &[5]), at(0));
    update(&mut model, Msg::Drawn { rows: 1 }, at(0));
    update(&mut model, face(2, &[7, 6, 5]), at(1_000));
    let shown = |model: &Model, now| {
        model.rows(at(now)).into_iter().map(|row| row.announcement).collect::<Vec<_>>()
    };
    assert_eq!(shown(&model, 1_000), [6]);
    let next = 8_500 + model.changes_in(at(8_500)).unwrap();
    assert_eq!(next, 9_000, "it draws anew when the next one has room");
    update(&mut model, Msg::Drawn { rows: 1 }, at(next));
    assert_eq!(shown(&model, next), [7]);
    assert!(model.blinks(7, at(next + 100)), "it blinks when it is shown");
}

#[test]
fn the_same_face_again_does_not_blink_again() {
    let mut model = model();
    update(&mut model, face(1, &[5]), at(0));
    update(&mut model, face(2, &[6]), at(0));
    update(&mut model, face(2, &[6]), at(10_000));
    assert!(!model.blinks(6, at(10_100)));
}

#[test]
fn a_cut_connection_is_told_after_ten_seconds_and_not_before() {
    let mut model = model();
    assert_eq!(model.trust(at(60_000)), Trust::Connecting);
    update(&mut model, face(1, &[5]), at(1_000));
    update(&mut model, Msg::Lost, at(2_000));
    assert_eq!(model.trust(at(11_900)), Trust::Live);
    let lost = |rows_gone| Trust::Lost { since: sample_face().clock.at, rows_gone };
    assert_eq!(model.trust(at(12_000)), lost(false));
    assert_eq!(model.trust(at(312_000)), lost(true));
    update(&mut model, Msg::Connected, at(400_000));
    assert_eq!(model.trust(at(400_001)), Trust::Live);
}

#[test]
fn a_second_loss_does_not_prolong_the_first() {
    let mut model = model();
    update(&mut model, face(1, &[5]), at(0));
    update(&mut model, Msg::Lost, at(1_000));
    update(&mut model, Msg::Lost, at(9_000));
    assert_ne!(model.trust(at(11_000)), Trust::Live);
}

#[test]
fn a_broker_without_a_server_is_no_live_picture() {
    let mut model = model();
    update(&mut model, face(1, &[5]), at(0));
    update(&mut model, heartbeat(), at(30_000));
    assert_eq!(model.trust(at(64_000)), Trust::Live);
    assert_ne!(model.trust(at(66_000)), Trust::Live);
}

#[test]
fn the_clock_runs_at_the_halls_pace() {
    let mut model = model();
    let clock = Clock { at: 0, speed: 60.0, utc_offset_minutes: 480 };
    update(&mut model, Msg::Heartbeat(clock), at(1_000));
    assert_eq!(model.hall_time(at(3_000)), Some((120_000, 480)));
}

#[test]
fn a_kept_face_brings_no_old_clock_into_a_real_hall() {
    let mut model = model();
    let wanted = Box::new(Wanted { revision: 1, face: Face::HallScreen(Box::new(sample_face())) });
    update(&mut model, Msg::Face { wanted, kept: true }, at(0));
    assert_eq!(model.hall_time(at(0)).unwrap().0, at(0).unix);
}

#[test]
fn the_sentence_is_shown_while_it_is_spoken_and_a_broken_voice_is_told() {
    let mut model = model();
    update(&mut model, Msg::SpeechBegan("A".to_owned()), at(0));
    assert_eq!(model.spoken(), Some("A"));
    update(&mut model, Msg::SpeechEnded { done: false }, at(1));
    assert_eq!((model.spoken(), model.voice_ill()), (None, true));
    update(&mut model, Msg::SpeechEnded { done: true }, at(2));
    assert!(!model.voice_ill());
}

#[test]
fn the_test_picture_stands_for_ten_seconds() {
    let mut model = model();
    let effects = update(&mut model, Msg::TestAsked { id: 3, boot: 4 }, at(0));
    assert_eq!(effects, [Effect::ReportJob { id: 3, boot: 4, done: true }]);
    assert!(model.testing(at(9_999)) && !model.testing(at(10_000)));
}

#[test]
fn the_screen_is_drawn_again_only_when_something_changes() {
    let mut model = model();
    assert_eq!(model.changes_in(at(0)), Some(35_000), "nothing but the silence");
    update(&mut model, face(1, &[5]), at(0));
    // The sample's clock stands at a whole minute; the running text turns after 8 s.
    assert_eq!(model.changes_in(at(1_000)), Some(7_000));
    update(&mut model, face(2, &[6]), at(1_000));
    assert_eq!(model.changes_in(at(1_100)), Some(400), "the blink's other half");
    let fast = Clock { at: 0, speed: 10_000.0, utc_offset_minutes: 0 };
    update(&mut model, Msg::Heartbeat(fast), at(5_000));
    assert_eq!(model.changes_in(at(5_001)), Some(200), "however fast the hall's minutes pass");
}

#[test]
fn a_photograph_is_wanted_until_it_is_there_and_only_on_its_own_plate() {
    use crate::gallery::plates::window_face;
    let start = Moment { since_start: 0, unix: 0 };
    let mut model = new_model(ShowConfig::default(), start);
    let mark = "0123456789abcdef";
    let shows = |model: &mut Model, photo: Option<&str>| {
        let mut face = window_face();
        if let Some(plate) = &mut face.plate {
            plate.photo = photo.map(str::to_owned);
        }
        let wanted = Box::new(Wanted { revision: 1, face: Face::WindowScreen(Box::new(face)) });
        let effects = update(model, Msg::Face { wanted, kept: false }, start);
        effects.into_iter().any(|effect| effect == Effect::WantPhoto(mark.to_owned()))
    };
    let is_there = |model: &Model| {
        let plate = model.window_face().and_then(|face| face.plate.as_ref()).unwrap();
        model.photo_of(plate).is_some()
    };
    assert!(!shows(&mut model, None) && !is_there(&model));
    assert!(shows(&mut model, Some(mark)) && !is_there(&model));
    let texture = egui::TextureId::default();
    let photo = super::Photo { mark: mark.to_owned(), texture, wide: 300, high: 400 };
    update(&mut model, Msg::PhotoReady(photo.clone()), start);
    assert!(is_there(&model) && !shows(&mut model, Some(mark)));
    let late = super::Photo { mark: "fedcba9876543210".to_owned(), ..photo.clone() };
    update(&mut model, Msg::PhotoReady(late), start);
    assert!(is_there(&model), "one that comes late takes nobody's place");
    shows(&mut model, Some("fedcba9876543210"));
    assert!(!is_there(&model), "somebody else sits there: no wrong face");
}
