//! What a hall screen of one zone shows, and what runs at which hour.

use hall::{
    Hall,
    command::{Command, Issue},
    ids::WindowId,
    words::{PauseReason, post::Whereabouts},
};
use wire::{
    device::HallScreenFace,
    texts::{Language, Texts},
};

use crate::{
    engine::Engine,
    faces::View,
    http::limits::LimitSettings,
    profile::{
        Minute,
        running::{Notice, Running},
    },
    testing::{self, MemoryJournal},
};

fn ask(engine: &Engine, name: &str, command: Command) {
    engine.ask_blocking(testing::wish("test", name, command)).unwrap();
}

fn face(engine: &Engine, zone: Option<&str>, moment: &str) -> HallScreenFace {
    let (profile, hall) = (testing::county(), engine.hall());
    let clock = testing::clock_at(moment);
    let (texts, now) = (Texts::of(Language::Chinese), clock.now());
    let view = View { hall: &hall, profile: &profile, clock, texts, now, forecasts: None };
    view.hall_screen(zone.map(|zone| zone.parse().unwrap()))
}

#[test]
fn a_zone_shows_its_own_windows_its_queues_and_who_is_away() {
    let engine = testing::open_engine(MemoryJournal::default());
    let Command::Issue(issue) = testing::issue_command() else { panic!("it issues") };
    for (window, staff, queue) in [("1", "1001", "A"), ("20", "1020", "M")] {
        let window: WindowId = window.parse().unwrap();
        let queue = queue.parse().unwrap();
        ask(
            &engine,
            &format!("on {staff}"),
            Command::SignOn { window, staff: staff.parse().unwrap() },
        );
        ask(&engine, &format!("one {staff}"), Command::Issue(Issue { queue, ..issue.clone() }));
        ask(&engine, &format!("two {staff}"), Command::Issue(Issue { queue, ..issue.clone() }));
        ask(&engine, &format!("call {staff}"), Command::CallNext { window, finish_current: true });
    }
    let (window, staff) = ("4".parse().unwrap(), "1004".parse().unwrap());
    ask(&engine, "on 4", Command::SignOn { window, staff });
    let whereabouts = Some(Whereabouts::Meeting);
    ask(&engine, "off 4", Command::Pause { window, reason: PauseReason::Meeting, whereabouts });
    let now = "2026-11-23 09:00";
    let whole = face(&engine, None, now);
    assert_eq!((whole.rows.len(), whole.waiting, whole.zones.len()), (3, 2, 6));
    assert_eq!(whole.away.len(), 1, "{:?}", whole.away);
    let of_d = face(&engine, Some("D"), now);
    let rows: Vec<String> = of_d.rows.iter().map(|row| format!("{}", row.window)).collect();
    assert_eq!((rows, of_d.waiting), (vec!["20".to_owned()], 1));
    assert_eq!(of_d.zone.as_deref(), Some("D区 便民服务"));
    assert!(of_d.zones.iter().any(|queue| queue.label == "M" && queue.waiting == 1));
    assert!(of_d.away.is_empty());
    assert_eq!(face(&engine, Some("A"), now).rows.len(), 2, "a call and a window that pauses");
}

#[test]
fn a_text_runs_by_its_days_and_hours() {
    let engine = testing::open_engine(MemoryJournal::default());
    let runs = |moment: &str| {
        let running = face(&engine, None, moment).running;
        (running.len(), running.iter().any(|text| text.contains("11:45")))
    };
    assert_eq!(runs("2026-11-23 11:14"), (3, false));
    assert_eq!(runs("2026-11-23 11:15"), (4, true), "a Monday");
    assert_eq!(runs("2026-11-23 11:45"), (3, false));
    assert_eq!(runs("2026-11-22 11:20"), (3, false), "a Sunday");
}

#[test]
fn a_notice_stands_by_its_days_and_hours_until_its_last_day() {
    let mut profile = testing::county();
    let body = Running {
        days: [true, true, true, true, true, false, false],
        from: Minute(9 * 60),
        until: Minute(17 * 60),
        last_day: Some("2026-11-24".parse().unwrap()),
        ..Running::always("11月25日起改在二楼办理。".to_owned())
    };
    profile.details.notices = vec![Notice { title: "窗口调整".to_owned(), body }];
    let hall = Hall::new(profile.setup.clone());
    let stands = |moment: &str| {
        let clock = testing::clock_at(moment);
        let (texts, now) = (Texts::of(Language::Chinese), clock.now());
        let view = View { hall: &hall, profile: &profile, clock, texts, now, forecasts: None };
        view.hall_screen(None).notices.into_iter().map(|notice| notice.title).collect::<Vec<_>>()
    };
    assert_eq!(stands("2026-11-24 09:00"), ["窗口调整"]);
    for moment in ["2026-11-24 08:59", "2026-11-24 17:00", "2026-11-25 10:00", "2026-11-22 10:00"] {
        assert_eq!(stands(moment), [""; 0], "{moment}");
    }
}

#[tokio::test]
async fn a_screen_tells_of_each_zone_how_long_somebody_waits_who_comes_now() {
    let (app, _data, _stop) = testing::app(LimitSettings::default());
    let queue = "M".parse().unwrap();
    let window = app.profile.setup.windows_serving(queue).next().unwrap();
    let staff = app.profile.posts.iter().find(|it| it.windows.contains(&window.id)).unwrap().no;
    let on = Command::SignOn { window: window.id, staff };
    app.engine.ask(testing::wish("admin", "on", on)).await.unwrap();
    for person in ["one", "two", "three"] {
        let wish = testing::wish("kiosk-1", person, testing::issue_command());
        app.engine.ask(wish).await.unwrap();
    }
    app.forecast_now();
    let told = app.board(Language::Chinese);
    let told = told.queues.iter().find(|line| line.id == queue).unwrap().wait;
    assert!(told.is_some());
    let hall = app.engine.hall();
    let view = crate::outbox::view(&app, &hall);
    let zone = hall.setup().queue(queue).unwrap().zone;
    let of_zone = view.hall_screen(Some(zone)).zones;
    let of_queue = of_zone.iter().find(|line| line.label == "M").unwrap();
    assert_eq!((of_queue.waiting, of_queue.wait), (3, told));
    let whole = view.hall_screen(None).zones;
    let found = whole.iter().filter(|zone| zone.wait.is_some()).collect::<Vec<_>>();
    assert_eq!(found.len(), 1, "where nobody waits nothing is told");
    assert_eq!((found[0].waiting, found[0].wait), (3, told));
}
