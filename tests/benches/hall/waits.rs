//! What the waits cost: a hall at its busiest, where a picture is made after each step and every
//! kiosk, board and telephone that shows a wait reads it anew.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use crate::{halls, machine, options::Options, rates, serving::Serving};

/// Kiosks and screens that read the whole board after each step.
const BOARDS: usize = 6;

/// Telephones that follow a ticket.
const TELEPHONES: usize = 60;

/// A step of the hall each so often. The busiest half hour of the county's hall has 85 tickets, each with
/// five steps: one in some four seconds.
const STEP_EVERY: Duration = Duration::from_secs(4);

/// What was found of a hall.
#[derive(Debug, Default)]
pub struct Waits {
    /// Windows that have a clerk.
    pub windows: usize,
    /// People who wait when it begins.
    pub waiting: usize,
    /// Milliseconds of a core for a picture.
    pub picture_millis: f64,
    /// The forecast's part of a core.
    pub forecast: f64,
    /// The whole server's part of a core, with everybody who reads.
    pub server: f64,
}

/// Measures the county's hall as it is, and grown to the largest.
///
/// # Panics
/// If the hall refuses: then there is nothing to measure.
#[must_use]
pub fn measure(options: &Options, grown: &Path) -> [Waits; 2] {
    let sample: Vec<String> = (1..=24).map(|at: usize| at.to_string()).collect();
    let largest = (0..halls::windows()).map(halls::window).collect::<Vec<_>>();
    let people = |many: usize| if options.quick { many / 4 } else { many };
    [
        of_hall(options, grown, &sample, people(120)),
        of_hall(options, grown, &[sample.clone(), largest].concat(), people(400)),
    ]
}

fn of_hall(options: &Options, hall: &Path, windows: &[String], people: usize) -> Waits {
    let data = rates::fresh(options, "waits");
    let server = Serving::start(hall, &data, Duration::ZERO);
    let (kiosk, desk) = (server.kiosk(), server.desk());
    windows.iter().for_each(|window| desk.sign_on(window));
    let mut telephones = Vec::new();
    for at in 0..people {
        let queue = halls::QUEUES[at % halls::QUEUES.len()];
        let (status, taken) = kiosk.issue(queue, &format!("w-{at}")).expect("the server answers");
        assert_eq!(status, 201, "{taken}");
        let url = taken["slip"]["follow_url"].as_str().unwrap_or_default();
        telephones.extend(url.rsplit_once("/t/").map(|(_, token)| token.to_owned()));
    }
    // Everybody is at work, as they are at the busiest.
    for window in windows {
        call(&desk, window, "first");
    }
    let figures = || figures(&server);
    let lasts = if options.quick { Duration::from_secs(5) } else { Duration::from_secs(40) };
    std::thread::sleep(Duration::from_secs(2));
    let (before, begun) = (figures(), Instant::now());
    let mut steps = 0;
    while begun.elapsed() < lasts {
        let (window, name) = (&windows[steps % windows.len()], format!("s-{steps}"));
        match steps % 2 {
            0 => {
                let queue = halls::QUEUES[steps % halls::QUEUES.len()];
                kiosk.issue(queue, &name).expect("the server answers");
            }
            _ => call(&desk, window, &name),
        }
        steps += 1;
        let next = STEP_EVERY * u32::try_from(steps).unwrap_or(u32::MAX);
        // Once for the step, and once more when the picture has followed.
        for wait in [Duration::from_millis(100), Duration::from_millis(1_200)] {
            std::thread::sleep(wait);
            for _ in 0..BOARDS {
                kiosk.get("/board").expect("the server answers");
            }
            for token in telephones.iter().take(TELEPHONES) {
                page(&server, &format!("/t/{token}"));
            }
        }
        std::thread::sleep(next.saturating_sub(begun.elapsed()));
    }
    let (after, passed) = (figures(), begun.elapsed().as_secs_f64());
    let pictures = (after.pictures - before.pictures).max(1.0);
    drop(server);
    fs::remove_dir_all(data).ok();
    let found = Waits {
        windows: windows.len(),
        waiting: people - windows.len().min(people),
        picture_millis: (after.forecast - before.forecast) * 1_000.0 / pictures,
        forecast: (after.forecast - before.forecast) / passed,
        server: (after.server - before.server) / passed,
    };
    println!("waits: {found:?}");
    found
}

fn call(desk: &tests::api::Api, window: &str, name: &str) {
    // Whoever was served goes; nobody there to go, or to come, is an answer too.
    desk.window(window, "finish", &format!("f-{name}-{window}")).expect("the server answers");
    desk.window(window, "call-next", &format!("c-{name}-{window}")).expect("the server answers");
    desk.window(window, "start", &format!("b-{name}-{window}")).expect("the server answers");
}

struct Figures {
    pictures: f64,
    forecast: f64,
    server: f64,
}

fn figures(server: &Serving) -> Figures {
    let text = page(server, "/metrics");
    let value = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.and_then(|value| value.trim().parse().ok()).expect("the server tells its figures")
    };
    Figures {
        pictures: value("paihao_forecast_pictures_total"),
        forecast: value("paihao_forecast_cpu_seconds_total"),
        server: machine::cpu(server.pid()).expect("the server runs").as_secs_f64(),
    }
}

fn page(server: &Serving, path: &str) -> String {
    let mut answer = ureq::get(format!("http://{}{path}", server.door.address))
        .call()
        .expect("the server answers");
    answer.body_mut().read_to_string().expect("a page is a text")
}
