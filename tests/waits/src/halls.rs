//! The halls of the scenarios. What is true of them is the world's secret; what the setup says of
//! service times is only about right.

use hall::{
    forecast::outlook::{Outlook, Shut},
    ids::{ItemId, QueueId, StaffNo, WindowId},
    setup::{
        Department, Item, Parts, Queue, Rules, Setup, Window, Zone,
        booking::Slots,
        item::Published,
        staff::{Grant, Staff},
    },
    time::{Millis, TimeOfDay},
    words::{
        CaseKind, WindowKind,
        order::{ClassOrder, ListOrder},
    },
};

use super::day::{MIDNIGHT, OPENS_MINUTE};
use crate::luck::Luck;

const HALLS: &str = include_str!("halls.txt");

/// Letters of tickets, without those that look like digits.
const LETTERS: &str = "ABCDEFGHJKLMNPRSTVWX";

/// People of a day in each half hour.
const COURSE: [f64; 16] =
    [0.55, 0.9, 1.35, 1.45, 1.25, 0.85, 0.6, 0.75, 1.1, 1.35, 1.3, 1.05, 0.85, 0.7, 0.45, 0.2];

/// A hall and what happens to it.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name.
    pub name: &'static str,
    hall: &'static str,
    load: f64,
    /// Services are longer than before, on the days that are predicted.
    pub(super) slower: f64,
    /// And more people come.
    pub(super) busier: f64,
    /// Windows that stay shut on these days.
    pub(super) shut: usize,
    /// So many windows of the list stand there twice.
    twice: usize,
    /// The hall goes by the rules that a profile has if it says nothing: each window its own queue
    /// first, classes with their guard, recalls; some who did not come come back, and some who were
    /// served go on to another queue.
    pub(super) by_default: bool,
}

/// The first hall by the rules that a profile has if it says nothing.
pub const BY_DEFAULT: Scenario =
    Scenario { by_default: true, ..scenario("default rules", "base", 0.82, 1.0, 1.0, 0) };

/// The largest hall of the sources has 114 windows: how long does a forecast take there?
pub const LARGEST: Scenario =
    Scenario { name: "114 windows", twice: 14, ..scenario("big", "big", 0.93, 1.0, 1.0, 0) };

/// The scenarios of the reference.
pub const SCENARIOS: [Scenario; 6] = [
    scenario("base", "base", 0.9, 1.0, 1.0, 0),
    scenario("big", "big", 0.93, 1.0, 1.0, 0),
    scenario("town", "town", 0.75, 1.0, 1.0, 0),
    scenario("single", "single", 0.85, 1.0, 1.0, 0),
    scenario("staff", "base", 0.82, 1.0, 1.0, 3),
    scenario("drift", "base", 0.82, 1.2, 1.1, 0),
];

const fn scenario(
    name: &'static str,
    hall: &'static str,
    load: f64,
    slower: f64,
    busier: f64,
    shut: usize,
) -> Scenario {
    Scenario { name, hall, load, slower, busier, shut, twice: 0, by_default: false }
}

/// What is true of a hall.
#[derive(Debug, Clone, Default)]
pub(super) struct Truth {
    /// Mean in seconds, variation, share of people.
    pub services: Vec<[f64; 3]>,
    /// How slow, and which services.
    pub windows: Vec<(f64, Vec<bool>)>,
    /// A window's own service, by windows.
    own: Vec<usize>,
    /// People of a day in each half hour, of all services.
    pub people: [f64; 16],
}

impl Truth {
    /// A window's own services: one, and those that are nobody's and that it is the first to serve.
    fn owns(&self, at: usize) -> impl Iterator<Item = usize> {
        let first = |service: usize| self.windows.iter().position(|(_, able)| able[service]);
        (0..self.services.len()).filter(move |service| {
            let nobodys = !self.own.contains(service) && first(*service) == Some(at);
            self.own[at] == *service || nobodys
        })
    }
}

impl Scenario {
    pub(super) fn truth(&self) -> Truth {
        let mut truth = Truth::default();
        let of_hall = HALLS.split('[').find_map(|part| part.strip_prefix(self.hall));
        for line in of_hall.expect("a hall of the list").lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let number = |at: usize| words[at].parse::<f64>().expect("a number");
            match words[0] {
                "service" => truth.services.push([number(1), number(2), number(3)]),
                "window" => {
                    let able = words[2].chars().map(|each| each != '0').collect();
                    truth.windows.push((number(1), able));
                    truth.own.push(words[2].find('2').expect("a window has a service of its own"));
                }
                _ => {}
            }
        }
        truth.windows.extend_from_within(..self.twice);
        truth.own.extend_from_within(..self.twice);
        let seconds = 8.0 * 3_600.0 * truth.windows.len() as f64 * 0.9 * self.load;
        let each: f64 = truth.services.iter().map(|[mean, _, share]| mean * share).sum();
        let (total, course) = (seconds / each, COURSE.iter().sum::<f64>());
        truth.people = COURSE.map(|part| part / course * total);
        truth
    }

    /// Lunch by turns, which everybody knows.
    pub(super) fn outlook(&self, weekday: u8) -> Outlook {
        let mut outlook = Outlook::plain(MIDNIGHT, weekday);
        let windows = self.truth().windows.len();
        for at in 0..windows {
            let minute = OPENS_MINUTE + if at % 2 == 1 { 180 } else { 225 };
            let from = MIDNIGHT + Millis::from_minutes(minute);
            let until = from + Millis::from_minutes(45);
            outlook.shut.push(Shut { window: window_id(at), from, until });
        }
        outlook
    }

    /// The profile of the hall. Where there are more services than letters, two share a queue and
    /// clerks are authorised for one of them or both.
    pub(super) fn setup(&self) -> Setup {
        let truth = self.truth();
        // The profile's means are somebody's guess.
        let mut luck = Luck::new(77);
        let mut guess = |mean: f64| {
            let wrong = 0.75 + 0.5 * (luck.below(1_001) as f64 / 1_000.0);
            Millis((mean * wrong * 1_000.0) as u64)
        };
        let guesses: Vec<Millis> = truth.services.iter().map(|it| guess(it[0])).collect();
        let queues = truth.services.len().min(LETTERS.len());
        let parts = Parts {
            id: "waits".parse().expect("an id"),
            name: String::from("waits"),
            zones: vec![Zone {
                id: "Z".parse().expect("an id"),
                name: String::from("Z"),
                place: String::from("Z"),
                seats: 100,
            }],
            departments: vec![Department {
                id: "D".parse().expect("an id"),
                name: String::from("D"),
            }],
            queues: (0..queues).map(|at| queue(at, guesses[at])).collect(),
            windows: (0..truth.windows.len())
                .map(|at| window(&truth, at, self.by_default))
                .collect(),
            items: guesses.iter().enumerate().map(|(at, mean)| item(at, *mean)).collect(),
            rules: if self.by_default { default_rules(queues) } else { rules(queues) },
            staff: (0..truth.windows.len()).map(|at| staff(&truth, at)).collect(),
            pipelines: Vec::new(),
        };
        Setup::new(parts).unwrap_or_else(|problems| panic!("the hall cannot be: {problems:?}"))
    }
}

pub(super) fn queue_id(service: usize) -> QueueId {
    let at = service % LETTERS.len();
    LETTERS[at..=at].parse().expect("a letter")
}

pub(super) fn item_id(service: usize) -> ItemId {
    format!("{}{:02}", queue_id(service), service).parse().expect("an id")
}

pub(super) fn window_id(at: usize) -> WindowId {
    format!("{}", at + 1).parse().expect("an id")
}

pub(super) fn staff_no(at: usize) -> StaffNo {
    format!("s{}", at + 1).parse().expect("an id")
}

fn queue(at: usize, mean: Millis) -> Queue {
    let id = queue_id(at);
    Queue {
        id,
        letter: id.as_str().chars().next().expect("a letter"),
        name: id.to_string(),
        short_name: id.to_string(),
        department: "D".parse().expect("an id"),
        zone: "Z".parse().expect("an id"),
        mean_service: mean,
        issued: true,
    }
}

fn window(truth: &Truth, at: usize, own_first: bool) -> Window {
    let able = truth.windows[at].1.iter().enumerate().filter(|(_, able)| **able);
    let mut queues: Vec<QueueId> = able.map(|(service, _)| queue_id(service)).collect();
    queues.sort_unstable();
    queues.dedup();
    let (primary, secondary) = if own_first {
        let own = |queue: &QueueId| truth.owns(at).any(|service| queue_id(service) == *queue);
        queues.into_iter().partition(own)
    } else {
        (queues, Vec::new())
    };
    Window {
        id: window_id(at),
        name: (at + 1).to_string(),
        zone: "Z".parse().expect("an id"),
        kind: WindowKind::Dedicated,
        primary,
        secondary,
        only: None,
    }
}

fn staff(truth: &Truth, at: usize) -> Staff {
    let able = truth.windows[at].1.iter().enumerate().filter(|(_, able)| **able);
    let grant = Grant {
        queues: Vec::new(),
        items: able.map(|(service, _)| item_id(service)).collect(),
        from: None,
        until: None,
    };
    let two_share = truth.services.len() > LETTERS.len();
    let grants = if two_share { vec![grant] } else { Vec::new() };
    Staff { no: staff_no(at), posts: Vec::new(), agent: false, grants }
}

fn item(at: usize, mean: Millis) -> Item {
    Item {
        id: item_id(at),
        name: item_id(at).to_string(),
        queue: queue_id(at),
        kind: CaseKind::OnTheSpot,
        limit_working_days: None,
        mean_service: mean,
        sd_service: Millis(mean.0 * 7 / 10),
        per_day: 20,
        bring: Vec::new(),
        published: Published::default(),
    }
}

/// As near to the reference as the hall's own order comes: all queues of a window are one line, a
/// priority class is worth four hours, a booking twenty minutes.
fn rules(queues: usize) -> Rules {
    let mut rules = Rules { recalls_max: 0, reactivation: false, ..Rules::default() };
    rules.order.lists = ListOrder::LongestWait;
    rules.order.classes = ClassOrder::Weights;
    rules.order.weight_vulnerable_minutes = 240;
    rules.order.weight_booked_minutes = 20;
    rules.order.wait_hard_max_minutes = 1_440;
    rules.priority.verify.clear();
    with_slots(rules, queues)
}

fn default_rules(queues: usize) -> Rules {
    let mut rules = Rules::default();
    rules.priority.verify.clear();
    with_slots(rules, queues)
}

fn with_slots(mut rules: Rules, queues: usize) -> Rules {
    rules.alerts.on = false;
    rules.booking.slots = (0..queues)
        .map(|at| Slots {
            queue: queue_id(at),
            item: None,
            from: TimeOfDay(OPENS_MINUTE as u16),
            until: TimeOfDay(OPENS_MINUTE as u16 + 480),
            each_minutes: 20,
            capacity: 500,
        })
        .collect();
    rules
}
