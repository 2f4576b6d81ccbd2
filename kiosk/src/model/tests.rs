//! Update as a table: what is touched, and where that leads.

mod alone;
mod identity;
mod lacking;
mod names;
mod operator;
mod search;
mod services;
mod several;
mod telling;

use super::{
    message::{Effect, Msg, Touch},
    page::{Help, Notice, Page, Shown, Taken},
    update::update,
    *,
};
use crate::gallery::{self, NOW};

struct Bench {
    model: Model,
    now: Moment,
}

impl Bench {
    fn new() -> Self {
        Self { model: gallery::sample(), now: NOW }
    }

    /// Touches after the page has long been there.
    fn touch(&mut self, touch: Touch) -> Vec<Effect> {
        self.now = self.now.after_millis(1_000);
        update(&mut self.model, Msg::Touch(touch), self.now)
    }

    fn tell(&mut self, msg: Msg) -> Vec<Effect> {
        self.now = self.now.after_millis(100);
        update(&mut self.model, msg, self.now)
    }

    fn wait_secs(&mut self, secs: u32) {
        self.now = self.now.after_secs(secs);
        update(&mut self.model, Msg::Tick, self.now);
    }

    fn walk_to_confirm(&mut self) {
        self.touch(Touch::Take);
        self.touch(Touch::Queue(id("L")));
        self.touch(Touch::Item("L01".parse().unwrap()));
    }

    fn walk_to_taking(&mut self) -> Vec<Effect> {
        self.walk_to_confirm();
        self.touch(Touch::Confirm)
    }
}

fn id(letter: &str) -> QueueId {
    letter.parse().unwrap()
}

fn taken(paper: bool) -> Msg {
    let Some(Model { page: Page::Ticket { taken, .. }, .. }) = gallery::page("ticket") else {
        panic!("the gallery has a ticket");
    };
    Msg::Taken(Box::new(Taken { slip: taken.slip, paper }))
}

#[test]
fn from_the_start_page_to_an_order_in_four_touches() {
    let mut bench = Bench::new();
    let effects = bench.walk_to_taking();
    let [Effect::Take(order)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(order.choice.queue, id("L"));
    assert_eq!(order.choice.item, "L01".parse().ok());
    assert!(order.paper);
    assert!(matches!(bench.model.page, Page::Taking { printing: false, .. }));
    bench.tell(Msg::Reserved);
    assert!(matches!(bench.model.page, Page::Taking { printing: true, .. }));
    bench.tell(taken(true));
    assert!(matches!(bench.model.page, Page::Ticket { .. }));
    bench.wait_secs(7);
    assert!(matches!(bench.model.page, Page::Ticket { .. }));
    bench.wait_secs(2);
    assert_eq!(bench.model.page, Page::Start);
}

#[test]
fn who_stands_there_still_is_asked_aloud_once_and_has_the_page_said_again() {
    let mut bench = Bench::new();
    bench.model.voice = true;
    bench.touch(Touch::Take);
    let said = |effects: Vec<Effect>| -> Vec<String> {
        let text = |effect| if let Effect::Say { text, .. } = effect { Some(text) } else { None };
        effects.into_iter().filter_map(text).collect()
    };
    let ends = bench.model.returns_at().unwrap();
    let before = bench.model.asks_before_secs();
    let mut heard = Vec::new();
    while bench.now < ends && bench.now.secs_until(ends) > before - 3 {
        bench.now = bench.now.after_millis(500);
        heard.extend(said(update(&mut bench.model, Msg::Tick, bench.now)));
    }
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].starts_with("还在办理吗？"), "{heard:?}");
    let again = said(bench.touch(Touch::MoreTime));
    assert_eq!(again, ["请选择您要办理的业务。"]);
}

#[test]
fn a_double_tap_orders_once() {
    let mut bench = Bench::new();
    assert_eq!(bench.walk_to_taking().len(), 1);
    for _ in 0..20 {
        bench.now = bench.now.after_millis(30);
        assert!(update(&mut bench.model, Msg::Touch(Touch::Confirm), bench.now).is_empty());
    }
    assert_eq!(bench.touch(Touch::Confirm), []);
}

#[test]
fn the_second_half_of_a_double_tap_does_not_press_what_comes_next() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    bench.now = bench.now.after_millis(120);
    update(&mut bench.model, Msg::Touch(Touch::Queue(id("A"))), bench.now);
    assert!(matches!(bench.model.page, Page::Queues { .. }));
    bench.touch(Touch::Queue(id("A")));
    assert!(matches!(bench.model.page, Page::Items { .. }));
}

#[test]
fn who_presses_done_twice_has_not_asked_for_help() {
    let mut bench = Bench::new();
    bench.walk_to_taking();
    bench.model.page = gallery::page("ticket").unwrap().page;
    bench.touch(Touch::Done);
    assert_eq!(bench.model.page, Page::Start);
    bench.now = bench.now.after_millis(600);
    assert_eq!(update(&mut bench.model, Msg::Touch(Touch::Help), bench.now), []);
    assert_eq!(bench.model.page, Page::Start);
    bench.now = bench.now.after_millis(400);
    assert_ne!(update(&mut bench.model, Msg::Touch(Touch::Help), bench.now), []);
}

#[test]
fn nobody_there_leads_back_after_a_minute_and_elders_have_two() {
    for (elder, secs) in [(false, 60), (true, 120)] {
        let mut bench = Bench::new();
        if elder {
            bench.touch(Touch::Elder);
        }
        bench.touch(Touch::Take);
        bench.wait_secs(secs - 1);
        assert_ne!(bench.model.page, Page::Start);
        assert!(bench.model.asks_still_there(bench.now));
        bench.wait_secs(1);
        assert_eq!(bench.model.page, Page::Start);
        assert!(bench.model.at_rest());
    }
}

#[test]
fn more_time_begins_the_countdown_again() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    bench.wait_secs(54);
    assert!(bench.model.asks_still_there(bench.now));
    bench.touch(Touch::MoreTime);
    assert!(!bench.model.asks_still_there(bench.now));
    bench.wait_secs(54);
    assert!(matches!(bench.model.page, Page::Queues { .. }));
}

#[test]
fn a_touch_beside_the_keys_shows_that_somebody_is_there_and_does_nothing_else() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    let page = bench.model.page.clone();
    bench.wait_secs(54);
    bench.touch(Touch::Beside);
    assert!(!bench.model.asks_still_there(bench.now));
    bench.wait_secs(54);
    assert_eq!(bench.model.page, page);
}

#[test]
fn elder_is_one_touch_away_from_every_page_and_back() {
    for name in gallery::PAGES {
        let mut model = gallery::page(name).unwrap();
        if matches!(model.page, Page::Taking { .. }) || model.page.is_operators() {
            continue;
        }
        model.touched = NOW;
        update(&mut model, Msg::Touch(Touch::Elder), NOW.after_secs(1));
        assert!(model.elder, "{name}");
        update(&mut model, Msg::Touch(Touch::Ordinary), NOW.after_secs(2));
        assert!(!model.elder, "{name}");
    }
}

#[test]
fn a_closed_tile_explains_and_goes_back() {
    for (queue, notice) in [("M", Notice::SoldOut), ("D", Notice::NotNow)] {
        let mut bench = Bench::new();
        bench.touch(Touch::Take);
        assert_eq!(bench.touch(Touch::Queue(id(queue))), []);
        assert_eq!(bench.model.page, Page::Notice(notice));
        bench.touch(Touch::Back);
        assert!(matches!(bench.model.page, Page::Queues { .. }));
    }
}

#[test]
fn a_refusal_is_said_in_the_servers_words_and_leads_back_to_the_item() {
    let mut bench = Bench::new();
    bench.walk_to_taking();
    let title = "这里不能取这类优先号。".to_owned();
    bench.tell(Msg::Refused {
        code: "class_not_granted".into(),
        title: title.clone(),
        detail: None,
        ticket: None,
    });
    assert_eq!(bench.model.page, Page::Notice(Notice::Refused { title, detail: None }));
    bench.touch(Touch::Back);
    assert!(matches!(bench.model.page, Page::Confirm(_)));
}

#[test]
fn paper_that_ends_in_the_middle_leads_on_without_paper() {
    let mut bench = Bench::new();
    bench.walk_to_taking();
    bench.tell(Msg::Reserved);
    let effects = bench.tell(Msg::PaperFailed(PrinterState::PaperOut));
    assert_eq!(effects, [Effect::TellPrinter(PrinterState::PaperOut)]);
    assert!(matches!(bench.model.page, Page::PaperFailed { .. }));
    let effects = bench.touch(Touch::WithoutPaper);
    let [Effect::Take(order)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(!order.paper);
    bench.tell(taken(false));
    bench.wait_secs(20);
    assert!(matches!(bench.model.page, Page::Ticket { .. }), "a number to remember stays longer");
    bench.wait_secs(11);
    assert_eq!(bench.model.shown(), Shown::PaperOut);
}

#[test]
fn a_lost_server_is_shown_after_ten_seconds_and_comes_back_by_itself() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    let board = Box::new(bench.model.board.clone().unwrap().0);
    bench.tell(Msg::BoardCame(board.clone()));
    bench.tell(Msg::ServerSilent { tries: 1 });
    assert!(matches!(bench.model.shown(), Shown::Page(_)), "a hiccup is not shown");
    bench.now = bench.now.after_secs(11);
    bench.tell(Msg::ServerSilent { tries: 5 });
    assert_eq!(bench.model.shown(), Shown::NoServer);
    bench.tell(Msg::BoardCame(board));
    assert!(matches!(bench.model.shown(), Shown::Page(Page::Queues { .. })));
}

#[test]
fn an_order_without_an_answer_ends_in_words() {
    let mut bench = Bench::new();
    bench.walk_to_taking();
    bench.wait_secs(limits::TAKING_SECS_MAX + 1);
    assert_eq!(bench.model.page, Page::Notice(Notice::NoAnswer));
    assert_eq!(bench.tell(taken(true)), [], "a late answer opens no page");
    assert_eq!(bench.model.page, Page::Notice(Notice::NoAnswer));
}

#[test]
fn help_is_called_once_and_answered() {
    let mut bench = Bench::new();
    assert_eq!(bench.touch(Touch::Help), [Effect::CallHelp]);
    assert_eq!(bench.touch(Touch::Help), []);
    bench.tell(Msg::HelpTold(true));
    assert_eq!(bench.model.page, Page::Help(Help::Told));
    bench.tell(Msg::HelpSeen);
    assert_eq!(bench.model.page, Page::Help(Help::Seen));
    bench.touch(Touch::Back);
    assert_eq!(bench.model.page, Page::Start);
    bench.tell(Msg::HelpSeen);
    assert_eq!(bench.model.page, Page::Start, "the next person is told nothing of it");
}

#[test]
fn trouble_that_comes_takes_the_place_of_the_call_for_help() {
    let mut bench = Bench::new();
    bench.touch(Touch::Help);
    bench.tell(Msg::HelpTold(true));
    bench.tell(Msg::PrinterTold(PrinterState::PaperOut));
    assert_eq!(bench.model.shown(), Shown::PaperOut);
    // Whoever asks on the page of trouble keeps the answer.
    bench.touch(Touch::Help);
    bench.tell(Msg::HelpTold(true));
    bench.tell(Msg::PrinterKnown);
    assert_eq!(bench.model.page, Page::Help(Help::Told));
}

#[test]
fn a_class_is_claimed_only_by_asking_and_leaves_with_the_person() {
    let mut bench = Bench::new();
    bench.touch(Touch::Priority);
    bench.touch(Touch::Class(PriorityClass::Vulnerable, Some(GrantReason::Pregnant)));
    assert!(matches!(bench.model.page, Page::Queues { .. }));
    bench.touch(Touch::Queue(id("L")));
    bench.touch(Touch::OtherItem(id("L")));
    let effects = bench.touch(Touch::Confirm);
    let [Effect::Take(order)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(order.class, PriorityClass::Vulnerable);
    assert_eq!(order.reason, Some(GrantReason::Pregnant));
    bench.tell(taken(true));
    bench.touch(Touch::Done);
    assert!(bench.model.at_rest() && bench.model.reason.is_none());
}

#[test]
fn who_does_not_hear_is_called_without_the_voice_and_the_next_person_with_it() {
    let mut bench = Bench::new();
    bench.touch(Touch::Priority);
    bench.touch(Touch::Silent);
    assert_eq!(bench.model.page, Page::Priority, "a switch beside the answers");
    bench.touch(Touch::Class(PriorityClass::Vulnerable, Some(GrantReason::Elderly)));
    bench.touch(Touch::Queue(id("L")));
    bench.touch(Touch::OtherItem(id("L")));
    let effects = bench.touch(Touch::Confirm);
    let [Effect::Take(order)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((order.silent, order.reason), (true, Some(GrantReason::Elderly)));
    bench.tell(taken(true));
    bench.touch(Touch::Done);
    assert!(!bench.model.silent);
    bench.touch(Touch::Priority);
    bench.touch(Touch::Silent);
    bench.touch(Touch::Class(PriorityClass::Ordinary, None));
    assert!(bench.model.silent && bench.model.reason.is_none(), "nobody is of a class by it");
    bench.touch(Touch::Priority);
    bench.touch(Touch::Silent);
    assert!(!bench.model.silent, "a second touch takes it back");
}

#[test]
fn the_guide_still_opens_when_no_ticket_can_be_had() {
    let mut bench = Bench::new();
    bench.model.link = Link::Down { tries: 9 };
    assert_eq!(bench.model.shown(), Shown::NoServer);
    bench.touch(Touch::Guide);
    bench.touch(Touch::Queue(id("M")));
    assert!(matches!(bench.model.shown(), Shown::Page(Page::Items { .. } | Page::Confirm(_))));
    bench.touch(Touch::Home);
    assert_eq!(bench.model.shown(), Shown::NoServer);
}

#[test]
fn no_stale_count_stands_behind_a_card() {
    let mut bench = Bench::new();
    bench.model.link = Link::Down { tries: 9 };
    bench.touch(Touch::Help);
    bench.tell(Msg::HelpTold(false));
    assert_eq!(bench.model.shown_behind(), Shown::NoServer);
}

#[test]
fn that_the_guide_desk_knows_is_only_said_when_it_does() {
    let mut bench = Bench::new();
    bench.tell(Msg::PrinterTold(PrinterState::PaperOut));
    assert!(!bench.model.printer_known);
    bench.tell(Msg::PrinterKnown);
    assert!(bench.model.printer_known);
    bench.tell(Msg::PrinterTold(PrinterState::CoverOpen));
    assert!(!bench.model.printer_known);
}

#[test]
fn leaves_turn_and_stop_at_both_ends() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    bench.touch(Touch::Previous);
    assert_eq!(bench.model.page, Page::Queues { zone: None, leaf: 0 });
    for _ in 0..5 {
        bench.touch(Touch::Next);
    }
    assert_eq!(bench.model.page, Page::Queues { zone: None, leaf: 1 });
}

#[test]
fn who_turns_back_from_a_part_that_is_no_more_turns_from_the_last_one() {
    for (touch, leaf) in [(Touch::Previous, 0), (Touch::Next, 1)] {
        let mut bench = Bench::new();
        bench.touch(Touch::Take);
        // The second of two is shown.
        bench.model.page = Page::Queues { zone: None, leaf: 7 };
        bench.touch(touch);
        assert_eq!(bench.model.page, Page::Queues { zone: None, leaf }, "{touch:?}");
    }
}

#[test]
fn the_lists_behind_begin_anew_in_another_form_of_the_pages() {
    for (there, back) in [(Touch::Elder, Touch::Ordinary), (Touch::Low, Touch::Low)] {
        let mut bench = Bench::new();
        for touch in [Touch::Take, Touch::Queue(id("L")), Touch::Back] {
            bench.touch(touch);
        }
        bench.touch(there);
        bench.touch(Touch::Zone(Some("D".parse().unwrap())));
        bench.touch(Touch::Next);
        assert!(matches!(bench.model.page, Page::Queues { leaf: 1.., .. }), "{there:?}");
        bench.touch(Touch::Queue(id("L")));
        bench.touch(back);
        bench.touch(Touch::Back);
        assert!(matches!(bench.model.page, Page::Queues { leaf: 0, .. }), "{:?}", bench.model.page);
    }
}

#[test]
fn another_language_stays_for_the_person_and_not_for_the_next() {
    let mut bench = Bench::new();
    bench.touch(Touch::Language);
    bench.touch(Touch::Take);
    bench.touch(Touch::Home);
    assert_eq!(bench.model.language, Language::English);
    bench.wait_secs(61);
    assert_eq!(bench.model.language, Language::Chinese);
}

#[test]
fn a_voice_that_one_person_made_softer_or_still_is_as_ever_for_the_next() {
    for touch in [Touch::Softer, Touch::Louder, Touch::Voice] {
        let mut bench = Bench { model: gallery::page("start").unwrap(), now: NOW };
        assert!(bench.model.at_rest() && bench.model.voice);
        let before = (bench.model.voice, bench.model.volume);
        bench.touch(touch);
        bench.touch(Touch::Take);
        bench.touch(Touch::Home);
        assert_ne!((bench.model.voice, bench.model.volume), before, "the person has not gone");
        bench.wait_secs(61);
        assert_eq!((bench.model.voice, bench.model.volume), before, "{touch:?}");
        assert!(bench.model.at_rest());
    }
}

#[test]
fn the_screen_wakes_when_the_countdown_steps() {
    let mut bench = Bench::new();
    bench.touch(Touch::Take);
    bench.now = bench.now.after_millis(400);
    let next = bench.model.next_deadline(bench.now);
    assert_eq!(bench.now.millis_until(next), 600);
}

#[test]
fn the_guide_desk_s_telephone_is_kept_once_and_shown_when_no_server_has_ever_answered() {
    let catalogue = gallery::sample().catalogue.unwrap();
    let phone = catalogue.guide_phone.clone();
    let mut model = Model::new(Settings::default());
    let came = |model: &mut Model| {
        update(model, Msg::CatalogueCame(Box::new(catalogue.clone())), Moment::default())
    };
    let kept = [Effect::KeepCatalogue, Effect::KeepGuidePhone(phone.clone())];
    assert_eq!(came(&mut model), kept);
    assert_eq!(came(&mut model), [], "the same is kept already");
    let settings = Settings { guide_phone: Some(phone.clone()), ..Settings::default() };
    let mut model = Model::new(settings);
    update(&mut model, Msg::ServerSilent { tries: 20 }, Moment::default());
    let view = crate::screens::trouble::no_server(&model);
    assert!(view.places.iter().any(|place| place.name == phone), "{:?}", view.places);
}
