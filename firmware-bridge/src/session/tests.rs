//! Conversations without a line.

use std::time::{Duration, Instant};

use wire::{
    device::{Ask, Face, Happening, Health, Job, PadKey, Tone, Wanted, Work},
    ids::{LegId, LegNo, TicketId},
};

use super::{Session, Wish};
use crate::{
    dialects::{Decoded, Frame, a090, ff68},
    shelf::Shelf,
};

mod care;

struct Talk {
    session: Session,
    now: Instant,
}

fn talk(profile: &str, address: u8) -> Talk {
    let profile = Shelf::built_in().get(profile).unwrap();
    let now = Instant::now();
    let mut session = Session::new("d-1".parse().unwrap(), address, profile);
    session.handle_line(true, now);
    Talk { session, now }
}

impl Talk {
    fn later(&mut self, millis: u64) -> &mut Self {
        self.now += Duration::from_millis(millis);
        self.session.handle_timeout(self.now);
        self
    }

    fn strip(&mut self, revision: u64, text: &str, tone: Tone) -> &mut Self {
        let face = Face::Strip { text: text.to_owned(), tone };
        self.session.handle_wanted(Wanted { revision, face }, self.now);
        self
    }

    /// What is sent now, read as a strip reads it.
    fn sends(&mut self) -> Option<String> {
        self.session.wish(self.now)?;
        let transmit = self.session.poll_transmit(self.now)?;
        self.session.handle_sent(self.now, transmit.what);
        let bytes = transmit.bytes;
        if bytes[0] == 0xA0 {
            let text = a090::read_text(&bytes[6..bytes.len() - 1]);
            return Some(text.into_iter().map(|(character, _)| character).collect());
        }
        Some(bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" "))
    }

    fn answers(&mut self) -> &mut Self {
        let Decoded::Frame { frame, .. } = a090::decode(&a090::answer(1)) else {
            panic!("no frame")
        };
        self.session.handle_frame(&frame, self.now);
        self
    }

    fn hears(&mut self, bytes: &[u8]) -> bool {
        let Decoded::Frame { frame, .. } = ff68::decode(bytes) else { panic!("no frame") };
        self.session.handle_frame(&frame, self.now).is_some()
    }

    fn happened(&mut self) -> Vec<Happening> {
        std::iter::from_fn(|| self.session.poll_happening()).collect()
    }
}

#[test]
fn a_face_is_shown_when_the_strip_has_answered() {
    let mut talk = talk("strip-a090", 1);
    assert_eq!(talk.session.health(), (Health::Offline, "no_answer"));
    assert_eq!(talk.strip(7, "欢迎", Tone::Steady).sends().as_deref(), Some("欢迎"));
    assert_eq!(talk.happened(), []);
    talk.answers();
    assert_eq!(talk.happened(), [Happening::Shown { revision: 7 }]);
    assert_eq!(talk.session.health(), (Health::Online, ""));
}

#[test]
fn an_older_or_equal_revision_changes_nothing() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(7, "七", Tone::Steady).sends();
    talk.answers();
    assert_eq!(talk.strip(7, "也是七", Tone::Steady).sends(), None);
    assert_eq!(talk.strip(6, "六", Tone::Steady).sends(), None);
    assert_eq!(talk.strip(8, "八", Tone::Steady).sends().as_deref(), Some("八"));
}

#[test]
fn a_call_blinks_three_times_and_then_stands() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(1, "请A001号", Tone::Calling);
    let mut seen = Vec::new();
    for _ in 0..300 {
        if let Some(text) = talk.sends() {
            seen.push(text);
            talk.answers();
        }
        talk.later(10);
    }
    let (on, off) = ("请A001号", " ");
    assert_eq!(seen, [on, off, on, off, on, off, on]);
}

#[test]
fn a_newer_face_ends_the_blinking() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(1, "请A001号", Tone::Calling).sends();
    talk.answers().later(500);
    assert_eq!(talk.sends().as_deref(), Some(" "));
    talk.strip(2, "A001正在办理", Tone::Steady);
    assert_eq!(talk.sends(), None, "the answer to the last frame is awaited");
    talk.answers();
    assert_eq!(talk.happened(), [Happening::Shown { revision: 1 }]);
    assert_eq!(talk.sends().as_deref(), Some("A001正在办理"));
    talk.answers();
    assert_eq!(talk.happened(), [Happening::Shown { revision: 2 }]);
    assert_eq!(talk.later(2_000).sends(), None);
}

#[test]
fn a_strip_that_does_not_answer_is_tried_again_and_then_counts_as_lost() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(1, "一", Tone::Steady).sends();
    talk.answers();
    talk.strip(2, "二", Tone::Steady);
    for _ in 0..3 {
        assert_eq!(talk.sends().as_deref(), Some("二"));
        talk.later(150);
    }
    assert_eq!(talk.session.health(), (Health::Offline, "no_answer"));
    assert_eq!(talk.sends(), None, "a lost strip does not take the line from the others");
    assert_eq!(talk.later(3_000).sends().as_deref(), Some("二"));
    talk.answers();
    assert_eq!(talk.session.health(), (Health::Online, ""));
    assert_eq!(talk.session.shown(), Some(2));
}

#[test]
fn a_face_that_comes_while_a_strip_is_met_does_not_wait_for_the_next_repaint() {
    let mut talk = talk("strip-a090", 1);
    assert_eq!(talk.strip(1, "一", Tone::Steady).sends().as_deref(), Some("一"));
    talk.strip(2, "二", Tone::Steady).answers();
    assert_eq!(talk.later(10).sends().as_deref(), Some("二"));
}

#[test]
fn a_strip_gets_the_whole_face_again_in_time_and_after_the_line_came_back() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(1, "请A001号", Tone::Steady).sends();
    talk.answers();
    assert_eq!(talk.later(7_000).sends(), None);
    talk.later(1_000);
    assert_eq!(talk.session.wish(talk.now), Some(Wish::Again));
    assert_eq!(talk.sends().as_deref(), Some("请A001号"));
    talk.answers();
    let now = talk.now;
    talk.session.handle_line(false, now);
    assert_eq!(talk.sends(), None);
    talk.session.handle_line(true, now);
    assert_eq!(talk.sends().as_deref(), Some("请A001号"));
}

#[test]
fn a_repeated_frame_is_one_press_and_is_acknowledged_each_time() {
    let mut talk = talk("pad-s11", 1);
    let call = ff68::frame(1, ff68::FUNC_KEY, &[0x0C]);
    for _ in 0..6 {
        assert!(talk.hears(&call));
        talk.later(300);
    }
    assert_eq!(talk.happened(), [Happening::Pressed(PadKey::CallNext)]);
    talk.later(1_000);
    assert!(talk.hears(&call));
    assert_eq!(talk.happened(), [Happening::Pressed(PadKey::CallNext)]);
    let recall = ff68::frame(1, ff68::FUNC_KEY, &[0x0D]);
    assert!(talk.hears(&recall));
    assert_eq!(talk.happened(), [Happening::Pressed(PadKey::Recall)]);
}

#[test]
fn a_bounced_key_is_acknowledged_and_does_nothing() {
    let mut talk = talk("pad-s4", 1);
    assert!(talk.hears(&ff68::frame(1, ff68::FUNC_KEY, &[0x0C, 0x0C])), "else it is said again");
    assert_eq!(talk.happened(), []);
    assert_eq!(talk.session.counters()["unknown"], 1);
    assert!(talk.hears(&ff68::frame(1, ff68::FUNC_KEY, &[0x0C])));
    assert_eq!(talk.happened(), [Happening::Pressed(PadKey::CallNext)]);
    assert!(!talk.hears(&ff68::frame(1, ff68::FUNC_KEY, &[])), "a host's frame");
}

#[test]
fn how_late_a_face_was_is_counted_from_its_coming_to_the_answer() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(1, "一", Tone::Steady).sends();
    talk.later(120).answers();
    let late = |talk: &Talk| {
        let counters = talk.session.counters();
        (counters["late_millis"], counters["late_millis_max"])
    };
    assert_eq!(late(&talk), (120, 120));
    talk.later(500).strip(2, "二", Tone::Steady).sends();
    talk.later(40).answers();
    assert_eq!(late(&talk), (40, 120));
    // One that a newer one overtook never came, and is counted as that.
    talk.strip(3, "三", Tone::Steady).sends();
    talk.later(100).strip(4, "四", Tone::Steady).answers();
    talk.sends();
    talk.later(30).answers();
    assert_eq!((late(&talk), talk.session.counters()["coalesced"]), ((30, 120), 1));
}

#[test]
fn a_host_frame_or_a_short_acknowledgement_is_no_press() {
    let mut talk = talk("evaluator-s4", 0x81);
    let frame = Frame { address: 0x81, func: 1, data: vec![], bare: true, answer: false };
    assert_eq!(talk.session.handle_frame(&frame, talk.now), None);
    assert!(!talk.hears(&ff68::frame(0x81, 1, &[0x0B])));
    assert_eq!(talk.happened(), []);
}

#[test]
fn a_grade_names_the_leg_that_was_asked_about() {
    let mut talk = talk("evaluator-5key", 0x81);
    let leg = LegId { ticket: TicketId(9), leg: LegNo(0) };
    let ask = Ask { leg, no: "A012".parse().unwrap(), lasts_millis: 30_000 };
    let wanted = Wanted { revision: 1, face: Face::Evaluator { ask: Some(ask) } };
    talk.session.handle_wanted(wanted, talk.now);
    assert_eq!(talk.sends().as_deref(), Some("FF 68 03 03 68 81 01 0B 8D 16"));
    assert!(talk.hears(&ff68::frame(0x81, 0x11, &[4])));
    let shown = Happening::Shown { revision: 1 };
    let graded = Happening::Graded {
        level: 5,
        scale: 5,
        leg: Some(leg),
        reasons: Vec::new(),
        text: String::new(),
    };
    assert_eq!(talk.happened(), [shown, graded]);
    talk.later(31_000);
    assert!(talk.hears(&ff68::frame(0x81, 0x11, &[0])));
    assert_eq!(
        talk.happened(),
        [Happening::Graded {
            level: 1,
            scale: 5,
            leg: None,
            reasons: Vec::new(),
            text: String::new()
        }]
    );
}

#[test]
fn a_job_is_done_once_and_not_after_its_expiry() {
    let mut talk = talk("pad-s11", 1);
    let job = |id| Job { id, boot: 5, expires_in_millis: 1_000, work: Work::Beep };
    let expires = talk.now + Duration::from_secs(1);
    talk.session.handle_job(job(1), expires);
    talk.session.handle_job(job(1), expires);
    assert_eq!(talk.sends().as_deref(), Some("FF 68 02 02 68 01 03 04 16"));
    assert_eq!(talk.sends(), None);
    talk.session.handle_job(job(2), expires);
    assert_eq!(talk.later(2_000).sends(), None);
    assert_eq!(talk.happened(), [unseen(1), Happening::job_done(2, 5, false)]);
}

/// Done as far as can be known.
fn unseen(id: u64) -> Happening {
    Happening::JobDone { id, boot: 5, done: true, why: "unseen".to_owned() }
}

#[test]
fn feedback_that_an_evaluator_cannot_show_is_no_failure_and_a_beep_is_one() {
    let mut talk = talk("evaluator-s11", 0x81);
    let expires = talk.now + Duration::from_secs(1);
    let job = |id, work| Job { id, boot: 5, expires_in_millis: 1_000, work };
    talk.session.handle_job(job(1, Work::Feedback { done: true }), expires);
    talk.session.handle_job(job(2, Work::Feedback { done: false }), expires);
    talk.session.handle_job(job(3, Work::Beep), expires);
    assert_eq!(talk.sends(), None);
    let ends = |talk: &mut Talk| -> Vec<(u64, bool)> {
        let mut ends = Vec::new();
        for what in talk.happened() {
            let Happening::JobDone { id, done, .. } = what else { panic!("{what:?}") };
            ends.push((id, done));
        }
        ends
    };
    assert_eq!(ends(&mut talk), [(1, true), (2, true), (3, false)]);
    talk.session.handle_job(job(4, Work::Feedback { done: true }), expires);
    assert_eq!(talk.later(1_000).sends(), None);
    assert_eq!(ends(&mut talk), [(4, false)], "too late is too late");
}

fn test(id: u64) -> Job {
    let work = Work::Test { window: Some("3".parse().unwrap()) };
    Job { id, boot: 5, expires_in_millis: 10_000, work }
}

#[test]
fn a_strip_has_passed_its_test_when_it_has_answered_and_failed_when_it_does_not() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(1, "A012", Tone::Steady);
    talk.sends();
    talk.answers();
    let expires = talk.now + Duration::from_secs(10);
    talk.session.handle_job(test(1), expires);
    assert_eq!(talk.sends().as_deref(), Some("测试 3号窗口 ABC123 一二三"));
    assert_eq!(talk.happened(), [Happening::Shown { revision: 1 }], "it has not answered yet");
    talk.answers();
    assert_eq!(talk.happened(), [Happening::job_done(1, 5, true)]);
    assert_eq!(talk.sends(), None, "it stands for a while");
    assert_eq!(talk.later(3_000).sends().as_deref(), Some("A012"));
    talk.answers();
    talk.session.handle_job(test(2), expires);
    for _ in 0..10 {
        talk.sends();
        talk.later(1_000);
    }
    assert_eq!(talk.happened(), [Happening::job_done(2, 5, false)]);
}

#[test]
fn a_call_in_the_midst_of_a_test_is_shown_and_passes_it() {
    let mut talk = talk("strip-a090", 1);
    talk.strip(1, "A012", Tone::Steady);
    talk.sends();
    talk.answers();
    talk.session.handle_job(test(1), talk.now + Duration::from_secs(10));
    talk.sends();
    talk.strip(2, "请 A013", Tone::Calling);
    talk.answers();
    assert_eq!(talk.sends().as_deref(), Some("请 A013"));
    talk.answers();
    let done = Happening::job_done(1, 5, true);
    let shown = |revision| Happening::Shown { revision };
    assert_eq!(talk.happened(), [shown(1), done, shown(2)]);
}

#[test]
fn a_pad_that_is_tested_beeps_and_shows_its_address() {
    let mut talk = talk("pad-s11", 7);
    talk.session.handle_job(test(1), talk.now + Duration::from_secs(10));
    let hex = |frame: Vec<u8>| {
        frame.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
    };
    let show = |digits: [u8; 6]| hex(ff68::frame(7, 0x02, &digits));
    assert_eq!(talk.sends(), Some(hex(ff68::frame(7, 0x03, &[]))));
    assert_eq!(talk.later(1_000).sends(), Some(show([10, 10, 10, 0, 0, 7])));
    assert_eq!(talk.later(1_000).sends(), Some(show([0, 0, 0, 10, 10, 10])));
    assert_eq!(talk.happened(), [unseen(1)]);
}
