use super::*;
use proptest::prelude::*;

fn now(question: Question, byte: u8) -> Status {
    let mut status = Status::default();
    assert!(status.learn(question, byte), "{byte:02X} is an answer");
    status
}

#[test]
fn the_answers_of_the_manual_are_understood() {
    let paper = |byte| now(Question::Paper, byte).paper;
    assert_eq!(paper(0x12), PaperState::Ok);
    assert_eq!(paper(0x1e), PaperState::NearEnd);
    assert_eq!(paper(0x72), PaperState::Out);
    assert_eq!(paper(0x7e), PaperState::Out);
    assert!(now(Question::OfflineCause, 0x12).can_print());
    assert!(now(Question::OfflineCause, 0x16).cover_open);
    assert_eq!(now(Question::OfflineCause, 0x32).paper, PaperState::Out);
    assert_eq!(now(Question::OfflineCause, 0x52).error, Some(HeadError::Unnamed));
    assert!(now(Question::Printer, 0x1a).offline);
    assert_eq!(now(Question::ErrorCause, 0x1a).error, Some(HeadError::Cutter));
    assert_eq!(now(Question::ErrorCause, 0x32).error, Some(HeadError::Unrecoverable));
    assert_eq!(now(Question::ErrorCause, 0x52).error, Some(HeadError::SelfRecovering));
}

#[test]
fn a_byte_without_the_fixed_bits_is_no_answer() {
    for byte in [0x00, 0x10, 0x11, 0x13, 0x92, 0xff] {
        assert!(!Status::default().learn(Question::Paper, byte), "{byte:02X}");
    }
}

#[test]
fn automatic_reports_are_understood() {
    let read = |report| Status::from_automatic(report).expect("a report");
    let fine = read([0x14, 0, 0, 0]);
    assert!(fine.can_print() && fine.drawer_high);
    assert!(read([0x3c, 0, 0, 0]).cover_open);
    assert_eq!(read([0x18, 0x08, 0, 0]).error, Some(HeadError::Cutter));
    assert_eq!(read([0x10, 0, 0x03, 0]).paper, PaperState::NearEnd);
    assert_eq!(read([0x18, 0, 0x0f, 0]).paper, PaperState::Out);
    assert_eq!(Status::from_automatic([0x12, 0, 0, 0]), None);
    assert_eq!(Status::from_automatic([0x10, 0x90, 0, 0]), None);
}

#[test]
fn mixed_answers_are_told_apart() {
    let mut listener = Listener::default();
    let bytes = [0x11, 0x00, 0x14, 0x00, 0x12, 0x03, 0x00, 0x13, 0x0f];
    let heard: Vec<Heard> = bytes.iter().filter_map(|byte| listener.hear(*byte)).collect();
    let report = Status::from_automatic([0x14, 0, 3, 0]).expect("a report");
    assert_eq!(
        heard,
        [Heard::Queued(0), Heard::Now(0x12), Heard::Report(report), Heard::Queued(0x0f)]
    );
}

prop_compose! {
    fn a_status()(
        paper in 0..3, cover_open: bool, offline: bool, error in 0..5,
        feeding: bool, drawer_high: bool,
    ) -> Status {
        let paper = [PaperState::Ok, PaperState::NearEnd, PaperState::Out][paper as usize];
        let error = [
            None, Some(HeadError::Recoverable), Some(HeadError::Cutter),
            Some(HeadError::Unrecoverable), Some(HeadError::SelfRecovering),
        ][error as usize];
        Status { paper, cover_open, offline, error, feeding, drawer_high }
    }
}

proptest! {
    #[test]
    fn what_is_told_is_what_is_heard(status in a_status()) {
        prop_assert_eq!(Status::from_automatic(status.automatic()), Some(status));
        let mut heard = Status::default();
        for question in Question::ALL {
            prop_assert!(heard.learn(question, status.answer_now(question)));
        }
        prop_assert_eq!(heard, status);
        prop_assert_eq!(Status::paper_from_queued(status.queued()), Some(status.paper));
    }

    #[test]
    fn noise_is_heard_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..512)) {
        let mut listener = Listener::default();
        let heard = bytes.iter().filter_map(|byte| listener.hear(*byte)).count();
        prop_assert!(heard <= bytes.len());
    }
}
