//! 与平常比: today beside the usual day of the same weekday, in four figures and a small picture.

use wire::{board::Board, texts::Texts};

use crate::{
    app::App,
    pages::written,
    readings::usual::{self, Compared, Usual},
};

/// The picture's size, in its own units.
const WIDTH: u32 = 480;
const HEIGHT: u32 = 88;

/// A figure of today beside the usual one.
pub struct Line {
    pub name: String,
    pub now: String,
    pub mid: String,
    pub band: String,
    /// More than on any of the days.
    pub above: bool,
}

/// The card.
pub struct Card {
    pub title: String,
    pub made: String,
    pub lines: Vec<Line>,
    pub picture: Picture,
}

/// Who waited, half hour by half hour: the usual days as a band with their middle, today as a line.
pub struct Picture {
    pub size: (u32, u32),
    pub band: String,
    pub mid: String,
    pub today: String,
    /// The last point of today.
    pub here: Option<(u32, u32)>,
    /// The times at both ends.
    pub ends: (String, String),
    pub says: String,
    pub legend: String,
}

/// Today beside the usual day; none if there are too few of them.
pub fn of(app: &App, board: &Board, texts: &Texts) -> Option<Card> {
    let (hall, now) = (app.engine.hall(), app.now());
    let compared = usual::of(app, &hall, now)?;
    let weekday = app.clock.date(now).weekday().to_monday_one_offset();
    let weekday = texts.get(&format!("kiosk.weekday_{weekday}")).to_owned();
    let told: [(&str, &dyn std::fmt::Display); 2] = [("n", &compared.days), ("day", &weekday)];
    let [waiting, longest, issued, served] = compared.at_this_time;
    let plain = |figure: u32| figure.to_string();
    let minutes = |secs: u32| written::minutes(secs.into());
    let longest_now = u32::try_from(board.longest_wait_secs).unwrap_or(u32::MAX);
    let lines = vec![
        line(texts, "board.waiting", board.waiting, waiting, plain),
        line(texts, "board.longest", longest_now, longest, minutes),
        line(texts, "board.issued", board.issued, issued, plain),
        line(texts, "board.usual_served", board.served, served, plain),
    ];
    let says = lines.first().map_or(String::new(), |line| format!("{}: {}", line.name, line.mid));
    Some(Card {
        title: texts.fill("board.usual", &told),
        made: texts.fill("board.usual_made", &told),
        picture: Picture { says, ..picture(&compared, texts) },
        lines,
    })
}

fn line(texts: &Texts, name: &str, now: u32, usual: Usual, shown: impl Fn(u32) -> String) -> Line {
    let (low, high) = (shown(usual.low), shown(usual.high));
    Line {
        name: texts.get(name).to_owned(),
        now: shown(now),
        mid: shown(usual.mid),
        band: if low == high { low } else { format!("{low}~{high}") },
        above: now > usual.high,
    }
}

fn picture(compared: &Compared, texts: &Texts) -> Picture {
    let line = &compared.line;
    let most = line.iter().flat_map(|(_, usual, today)| [usual.high, today.unwrap_or(0)]);
    let most = most.max().unwrap_or(0).max(1);
    let steps = u32::try_from(line.len().saturating_sub(1)).unwrap_or(0).max(1);
    let x = |place: usize| u32::try_from(place).unwrap_or(0) * WIDTH / steps;
    let y = |people: u32| HEIGHT - people * HEIGHT / most;
    let drawn = |points: &mut dyn Iterator<Item = (usize, u32)>| -> String {
        let points = points.map(|(place, people)| format!("{},{}", x(place), y(people)));
        points.collect::<Vec<_>>().join(" ")
    };
    let every = || line.iter().enumerate();
    let up_to_now = || every().filter_map(|(place, (.., today))| Some((place, (*today)?)));
    let highs = drawn(&mut every().map(|(place, (_, usual, _))| (place, usual.high)));
    let lows = drawn(&mut every().rev().map(|(place, (_, usual, _))| (place, usual.low)));
    let time = |minute: Option<u32>| {
        minute.map_or(String::new(), |minute| format!("{:02}:{:02}", minute / 60, minute % 60))
    };
    Picture {
        size: (WIDTH, HEIGHT),
        band: format!("{highs} {lows}"),
        mid: drawn(&mut every().map(|(place, (_, usual, _))| (place, usual.mid))),
        today: drawn(&mut up_to_now()),
        here: up_to_now().next_back().map(|(place, people)| (x(place), y(people))),
        ends: (time(line.first().map(|each| each.0)), time(line.last().map(|each| each.0))),
        says: String::new(),
        legend: texts.fill("board.usual_legend", &[("n", &most)]),
    }
}
