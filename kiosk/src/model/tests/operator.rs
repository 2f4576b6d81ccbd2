//! 运维 as a table: the corner, the code, and what may be done behind it.

use super::{
    super::{
        operator::{Behind, CodeEntry, Ending},
        service::Service,
    },
    *,
};
use crate::limits;

impl Bench {
    fn with_code() -> Self {
        let mut bench = Self::new();
        (bench.model.settings.has_code, bench.model.settings.is_kept) = (true, true);
        bench
    }

    fn corner(&mut self, times: usize, millis: u64) {
        for _ in 0..times {
            self.now = self.now.after_millis(millis);
            update(&mut self.model, Msg::Touch(Touch::Corner), self.now);
        }
    }

    fn entry(&self) -> Option<&CodeEntry> {
        let Page::Service(service) = &self.model.page else { return None };
        if let Service::Code(entry) = service.as_ref() { Some(entry) } else { None }
    }

    fn behind(&self) -> Option<Behind> {
        let Page::Service(service) = &self.model.page else { return None };
        if let Service::Behind(behind) = service.as_ref() { Some(*behind) } else { None }
    }

    /// Types a code; true if it is compared.
    fn code(&mut self, is_right: bool) -> bool {
        "246813".chars().for_each(|key| drop(self.touch(Touch::Digit(key))));
        let effects = self.touch(Touch::Seek);
        let compared = effects.iter().any(|effect| matches!(effect, Effect::CheckCode(_)));
        if compared {
            self.tell(Msg::CodeChecked { is_right, memory_mib: Some(92) });
        }
        compared
    }
}

#[test]
fn five_touches_in_the_corner_within_three_seconds_and_no_others_ask_for_the_code() {
    for (times, millis, opens) in [(4, 100, false), (5, 100, true), (5, 700, true), (9, 800, false)]
    {
        let mut bench = Bench::with_code();
        bench.corner(times, millis);
        assert_eq!(bench.entry().is_some(), opens, "{times} touches every {millis} ms");
    }
    let mut bench = Bench::new();
    bench.corner(20, 100);
    assert_eq!(bench.model.page, Page::Start, "where no code is set nothing lies behind it");
}

#[test]
fn the_code_is_asked_for_on_every_page_but_while_a_ticket_is_taken() {
    let mut bench = Bench::with_code();
    bench.walk_to_taking();
    bench.corner(5, 100);
    assert!(matches!(bench.model.page, Page::Taking { .. }));
    for page in ["no-server", "paper-out", "closed", "identity-read", "queues-elder"] {
        let mut bench = Bench { model: gallery::page(page).unwrap(), now: NOW };
        bench.model.settings.has_code = true;
        bench.corner(5, 100);
        assert!(bench.entry().is_some(), "{page}");
        assert_eq!(bench.model.shown(), Shown::Page(&bench.model.page), "{page}");
        assert!(bench.model.presented.is_none(), "nobody's document stays");
    }
}

#[test]
fn the_right_code_opens_and_five_wrong_ones_make_it_deaf_for_a_minute() {
    let mut bench = Bench::with_code();
    bench.corner(5, 100);
    for _ in 0..limits::CODES_WRONG_MAX {
        assert!(bench.code(false));
    }
    assert!(bench.entry().unwrap().locked_secs > 0);
    assert!(!bench.code(true), "not even the right one");
    bench.touch(Touch::Home);
    bench.corner(5, 100);
    assert!(bench.entry().unwrap().locked_secs > 0, "leaving the page does not help");
    bench.now = bench.now.after_secs(limits::CODE_PAUSE_SECS);
    bench.wait_secs(1);
    bench.corner(5, 100);
    assert!(bench.code(true));
    assert_eq!(bench.behind().unwrap().memory_mib, Some(92));
    bench.wait_secs(61);
    assert_eq!(bench.model.page, Page::Start, "nobody there: it closes by itself");
}

#[test]
fn a_locked_page_counts_down_and_opens_by_itself() {
    let mut bench = Bench::with_code();
    bench.corner(5, 100);
    (0..limits::CODES_WRONG_MAX).for_each(|_| assert!(bench.code(false)));
    let said = |bench: &Bench| {
        let entry = bench.entry().expect("the page stays");
        crate::screens::operator::code(&bench.model, entry).wrong
    };
    assert!(said(&bench).unwrap().contains("60 秒"), "{:?}", said(&bench));
    bench.wait_secs(45);
    assert!(said(&bench).unwrap().contains("15 秒"), "{:?}", said(&bench));
    bench.touch(Touch::Beside);
    bench.wait_secs(15);
    assert_eq!(said(&bench), None);
    assert!(bench.code(true));
}

#[test]
fn behind_the_code_a_slip_is_tested_and_the_kiosk_closed_or_begun_again() {
    let mut bench = Bench::with_code();
    for ending in [Ending::Close, Ending::Restart] {
        assert_eq!(bench.touch(Touch::End(ending)), [], "not before the code");
    }
    bench.corner(5, 100);
    bench.code(true);
    assert!(bench.touch(Touch::TestSlip).contains(&Effect::PrintTest));
    assert!(!bench.touch(Touch::TestSlip).contains(&Effect::PrintTest), "one at a time");
    bench.tell(Msg::TestPrinted(true));
    assert_eq!(bench.behind().unwrap().tested, Some(true));
    for ending in [Ending::Restart, Ending::Close] {
        assert!(bench.touch(Touch::End(ending)).contains(&Effect::End(ending)));
    }
    bench.model.settings.is_kept = false;
    assert_eq!(bench.touch(Touch::End(Ending::Restart)), [], "nobody would begin it again");
}

#[test]
fn the_operator_s_pages_have_one_form() {
    for page in ["code", "code-locked", "operator"] {
        let mut bench = Bench { model: gallery::page(page).unwrap(), now: NOW };
        let view = crate::screens::fill(&bench.model, bench.now);
        assert_eq!(view.frame.elder_button, None, "{page}");
        bench.touch(Touch::Elder);
        assert!(!bench.model.elder, "{page}");
    }
}

#[test]
fn a_slip_that_is_scanned_leads_nowhere_from_the_operator_s_pages() {
    for page in ["code", "operator"] {
        let mut bench = Bench { model: gallery::page(page).unwrap(), now: NOW };
        let before = bench.model.page.clone();
        let slip = "http://192.168.1.10:8080/t/7k3m9qf2x4w8a".to_owned();
        assert_eq!(bench.tell(Msg::Scanned(slip)), [], "{page}");
        assert!(bench.model.page == before && bench.model.asking.is_none(), "{page}");
    }
}

#[test]
fn the_code_is_in_no_log() {
    let mut bench = Bench::with_code();
    bench.corner(5, 100);
    "246813".chars().for_each(|key| drop(bench.touch(Touch::Digit(key))));
    assert!(!format!("{:?}", bench.model).contains("246813"));
    assert!(!format!("{:?}", bench.touch(Touch::Seek)).contains("246813"));
}
