//! The sample halls, each by the table it was drawn from, and what was planted in them to go wrong.

use std::collections::BTreeSet;

use hall::{
    setup::Window,
    words::{CaseKind, WindowKind},
};
use wire::device::DeviceKind;

use super::{super::Profile, sample};

fn hall(name: &str) -> Profile {
    Profile::read(&sample(name)).unwrap()
}

/// The queues of a window: "A then B".
fn lists(window: &Window) -> String {
    let joined = |list: &[hall::ids::QueueId]| {
        list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let (primary, secondary) = (joined(&window.primary), joined(&window.secondary));
    if secondary.is_empty() { primary } else { format!("{primary} then {secondary}") }
}

fn counted(profile: &Profile, kind: DeviceKind) -> usize {
    profile.devices.iter().filter(|device| device.kind == kind).count()
}

fn per_day(profile: &Profile) -> u32 {
    profile.setup.items().iter().map(|item| u32::from(item.per_day)).sum()
}

#[test]
fn the_county_hall_is_the_table_it_was_drawn_from() {
    let county = hall("county-24");
    let windows: Vec<String> =
        county.setup.windows().iter().map(|each| format!("{} {}", each.id, lists(each))).collect();
    assert_eq!(
        windows,
        [
            "1 A then B",
            "2 A",
            "3 B then A",
            "4 C",
            "5 C",
            "6 D then K",
            "7 E",
            "8 E",
            "9 E",
            "10 F",
            "11 F",
            "12 H",
            "13 H",
            "14 G then F",
            "15 J",
            "16 K then G H",
            "17 K then B J",
            "18 L",
            "19 L",
            "20 M",
            "21 N",
            "22 P",
            "23 R",
            "24 ",
            "25 W",
            "26 S",
        ]
    );
    assert_eq!(county.setup.items().len(), 69, "68 items and W");
    assert_eq!(per_day(&county), 574);
    assert_eq!(county.setup.pipelines().len(), 7);
    let zones = county.setup.zones().iter();
    assert_eq!(zones.map(|zone| zone.seats).sum::<u16>(), 120);
    let devices = [DeviceKind::Strip, DeviceKind::Evaluator, DeviceKind::Kiosk];
    assert_eq!(devices.map(|kind| counted(&county, kind)), [24, 24, 3]);
}

#[test]
fn the_tide_window_serves_on_mondays_early_in_a_month_and_late_in_the_tax_period() {
    let calendar = hall("county-24").calendar;
    let queues = |date: &str, time: &str| {
        let tides = calendar.tides_at(date.parse().unwrap(), time.parse().unwrap());
        tides.map(|tide| format!("{} {}", tide.window, tide.queues.len())).collect::<Vec<_>>()
    };
    assert_eq!(queues("2026-11-23", "09:30"), ["24 5"], "a Monday");
    assert_eq!(queues("2026-11-23", "11:30"), <[&str; 0]>::default());
    assert_eq!(queues("2026-11-23", "15:29"), ["24 5"]);
    assert_eq!(queues("2026-11-24", "10:00"), <[&str; 0]>::default(), "a Tuesday");
    assert_eq!(queues("2026-12-02", "10:00"), ["24 5"], "the second of a month");
    assert_eq!(queues("2026-12-15", "10:00"), ["24 5"], "the tax period ends");
}

#[test]
fn letters_that_sound_alike_were_planted_in_one_zone_and_are_told() {
    for name in ["county-24", "county-114"] {
        let told: Vec<String> = hall(name).warnings.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert!(told[0].contains("字母 E 和 D 读音相近"), "{}", told[0]);
    }
    for name in ["township-6", "village-1"] {
        assert_eq!(hall(name).warnings, [], "{name}");
    }
}

#[test]
fn a_window_has_an_evaluator_of_four_keys_and_a_strip_of_four_characters() {
    let odd = |name: &str| {
        let devices = hall(name).devices.into_iter();
        let evaluators = devices.filter(|device| device.kind == DeviceKind::Evaluator);
        let odd = evaluators.filter(|device| device.profile != "evaluator-5key");
        odd.map(|device| format!("{} {}", device.id, device.profile)).collect::<Vec<_>>()
    };
    assert_eq!(odd("county-24"), ["evaluator-24 evaluator-s11"]);
    let devices = hall("county-24").devices;
    let narrow = devices.iter().filter(|device| device.profile == "strip-a090-4");
    assert_eq!(narrow.map(|device| device.id.to_string()).collect::<Vec<_>>(), ["strip-24"]);
    assert_eq!(odd("county-114"), ["evaluator-112 evaluator-s4", "evaluator-113 evaluator-s4"]);
}

#[test]
fn the_large_hall_has_what_its_source_counts() {
    let large = hall("county-114");
    assert_eq!(large.setup.windows().len(), 114);
    assert_eq!(large.setup.parts().departments.len(), 42 + 6);
    assert_eq!(large.setup.zones().len(), 5);
    assert_eq!(counted(&large, DeviceKind::Kiosk), 10);
    assert_eq!(counted(&large, DeviceKind::HallScreen), 6);
    let items = large.setup.items().iter();
    assert_eq!(items.filter(|item| item.kind == CaseKind::Promised).count(), 98);
    assert_eq!(per_day(&large), 750);
    let posts = large.posts.iter().filter_map(|post| post.department);
    assert_eq!(posts.collect::<BTreeSet<_>>().len(), 48, "somebody of each is there");
    let window = large.setup.window("3A".parse().unwrap()).unwrap();
    assert_eq!(lists(window), "A");
}

#[test]
fn a_window_of_the_large_hall_serves_one_class_only() {
    let large = hall("county-114");
    let of_one_class = large.setup.windows().iter().filter(|window| window.only.is_some());
    let told = of_one_class.map(|window| format!("{} {}", window.id, lists(window)));
    assert_eq!(told.collect::<Vec<_>>(), ["74 K then G H"]);
}

#[test]
fn a_queue_of_the_township_has_its_own_hours_and_numbers_in_the_morning() {
    let township = hall("township-6");
    let segments = township.calendar.sessions.iter().flat_map(|session| &session.segments);
    let told = segments.map(|each| {
        format!("{} {}-{} {}", each.queue, each.from, each.until, each.cap.unwrap_or(0))
    });
    assert_eq!(told.collect::<Vec<_>>(), ["H 08:15-10:00 20", "H 10:00-11:30 15"]);
}

#[test]
fn somebody_of_the_county_hall_may_do_some_items_for_a_time() {
    let county = hall("county-24");
    let handles = |no: &str, day: &str, queue: &str, item: &str| {
        let person = county.setup.person(no.parse().unwrap()).unwrap();
        let item = Some(item.parse().unwrap());
        person.may_handle(&county.setup, day.parse().unwrap(), queue.parse().unwrap(), item)
    };
    assert!(handles("1027", "2026-11-23", "L", "L04") && handles("1027", "2026-11-23", "L", "L01"));
    assert!(!handles("1027", "2026-11-23", "L", "L02"), "only some items");
    assert!(!handles("1027", "2027-01-01", "L", "L01"), "one has run out");
    assert!(handles("1027", "2027-01-01", "L", "L04") && handles("1018", "2027-01-01", "L", "L01"));
    let stand_ins = county.setup.stand_ins_at("10".parse().unwrap());
    assert_eq!(stand_ins.map(|no| no.to_string()).collect::<Vec<_>>(), ["1011", "1028"]);
}

#[test]
fn every_item_of_the_county_hall_says_where_and_how_it_is_done_and_many_say_all() {
    let county = hall("county-24");
    for item in county.setup.items() {
        let published = &item.published;
        assert!(!published.tiers.is_empty() && !published.tags.is_empty(), "{}", item.id);
    }
    let guides = county.setup.items().iter().map(|item| &item.published.guide);
    let guides: Vec<_> = guides.filter(|guide| !guide.is_empty()).collect();
    assert!(guides.len() >= 20, "{}", guides.len());
    for guide in guides {
        let texts = [&guide.content, &guide.basis, &guide.conditions, &guide.procedure];
        let more = [&guide.limit, &guide.fees, &guide.result];
        assert!(texts.into_iter().chain(more).all(|text| !text.is_empty()), "{guide:?}");
        assert!(!guide.materials.is_empty(), "{guide:?}");
    }
}

#[test]
fn windows_that_are_somebody_s_own_should_be_staffed_where_a_session_names_none() {
    let county = hall("county-24").calendar;
    let windows = |at: usize| county.sessions[at].windows.len();
    // Monday to Friday morning, the Saturday of five windows, the afternoon.
    assert_eq!([0, 1, 2].map(windows), [25, 5, 25], "all but the tide window");
    let tide = "24".parse().unwrap();
    assert!(county.sessions.iter().all(|session| !session.windows.contains(&tide)));
}

#[test]
fn a_session_of_some_queues_asks_for_their_windows_only_and_for_none_if_it_says_none() {
    let windows = |line: &str| {
        let saturday = "windows = [\"10\", \"12\", \"16\", \"18\", \"23\"]";
        let calendar = super::file("calendar.toml").replace(saturday, line);
        let [hall, items, staff, devices] =
            ["hall.toml", "items.csv", "staff.toml", "devices.toml"].map(super::file);
        let read = Profile::parse(&hall, &items, &calendar, &staff, &devices).unwrap();
        let windows = &read.calendar.sessions[1].windows;
        windows.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    // Those of F, H, K, L and R, and whoever has them beside their own.
    assert_eq!(windows(""), "6 10 11 12 13 14 16 17 18 19 23");
    assert_eq!(windows("windows = []"), "");
}

#[test]
fn the_township_centre_takes_everybody_at_two_windows_and_marks_market_days() {
    let township = hall("township-6");
    let windows: Vec<String> = township.setup.windows().iter().map(lists).collect();
    assert_eq!(windows, ["Z then Y M S B", "Z then Y M S B", "Y then Z", "M then Z", "H", "S B W"]);
    assert_eq!(township.setup.items().len(), 30);
    assert_eq!(per_day(&township), 45);
    let devices = [DeviceKind::Strip, DeviceKind::Evaluator, DeviceKind::Kiosk];
    assert_eq!(devices.map(|kind| counted(&township, kind)), [6, 6, 1]);
    let kind = |date: &str| township.calendar.kind(date.parse().unwrap()).as_str();
    assert_eq!((kind("2026-12-08"), kind("2026-12-09")), ("market", "ordinary"));
}

#[test]
fn the_village_point_is_one_window_two_agents_and_no_kiosk() {
    let village = hall("village-1");
    assert_eq!(village.setup.windows()[0].kind, WindowKind::Integrated);
    assert_eq!((village.setup.windows().len(), village.posts.len()), (1, 2));
    assert_eq!(village.setup.items().len(), 15);
    assert_eq!(counted(&village, DeviceKind::Kiosk), 0);
    assert_eq!(village.lines, []);
}
