//! Text in, text out: a line says when, what is asked, and what comes of it.
//!
//! `12s call 1 | A001 priority`: twelve seconds after eight o'clock window 1 calls the next and it
//! is A001, by the rule `priority`. `with recalls_max=0` before the first line changes a rule,
//! `with alerts.queue_red=3` one of a part, `with staff z3 a=1 items=A01` names a person.

mod figures;
mod legs;
mod matters;
mod people;
mod visits;
mod windows;

use std::{eprintln, format, fs, path::Path, println, string::ToString, vec};

use alloc::{string::String, vec::Vec};

use self::people::named;
use super::{hall_of, parts};
use crate::{
    Hall,
    answer::Answer,
    command::{Command, Evaluate, EvaluationTarget, Input, Issue, SessionTimes},
    ids::{RequestId, TicketId},
    invariants,
    setup::Rules,
    time::{Day, Millis, Timestamp},
    words::{
        Actor, CaseKind, Channel, EvaluationChannel, PauseReason, PriorityClass, Rating, Reason,
        post::Whereabouts,
    },
};

const EIGHT: Timestamp = Timestamp(1_700_006_400_000);

#[test]
fn every_script_comes_out_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts");
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= 10, "the scripts are gone");
    let mut wrong = 0;
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let now = run(&text);
        if now != text {
            eprintln!("--- {}\n{now}", path.display());
            wrong += 1;
        }
        if std::env::var_os("WRITE_SCRIPTS").is_some() {
            fs::write(&path, now).unwrap();
        }
    }
    assert_eq!(wrong, 0, "scripts came out otherwise; see above, WRITE_SCRIPTS=1 takes it over");
}

/// Runs a script and writes down what came of each line.
fn run(text: &str) -> String {
    let mut parts = parts();
    let mut hall = None;
    let mut out = String::new();
    for line in text.lines() {
        if let Some(rule) = line.strip_prefix("with ") {
            if !windows::set(&mut parts, rule) && !legs::set(&mut parts, rule) {
                set(&mut parts.rules, rule);
            }
        } else if !line.is_empty() && !line.starts_with('#') {
            let hall = hall.get_or_insert_with(|| hall_of(parts.clone()));
            let asked = line.split(" | ").next().unwrap().trim_end();
            let came = step(hall, asked);
            out += &format!("{asked:<40} | {}\n", came.trim_end());
            continue;
        }
        out += line;
        out.push('\n');
    }
    println!("{out}");
    out
}

fn set(rules: &mut Rules, text: &str) {
    let (name, value) = text.split_once('=').unwrap();
    let mut json = serde_json::to_value(&*rules).unwrap();
    *json.pointer_mut(&format!("/{}", name.replace('.', "/"))).unwrap() =
        serde_json::from_str(value).unwrap();
    *rules = serde_json::from_value(json).unwrap();
}

fn step(hall: &mut Hall, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let at = EIGHT + Millis(seconds(words[0]));
    if words[1] == "show" {
        return show(hall, at, &words[2..]);
    }
    let request = words.iter().find_map(|word| word.strip_prefix("again="));
    let request = request.map(|id| RequestId([id.parse().unwrap(); 16]));
    let input = Input {
        at,
        luck: at.0 as u64,
        by: match named(&words, "as") {
            Some(staff) => Actor::Staff(staff.parse().unwrap()),
            None => {
                named(&words, "from").map_or(Actor::Hall, |id| Actor::Device(id.parse().unwrap()))
            }
        },
        request,
        command: command(hall, at, &words[1..]),
    };
    match hall.decide(&input) {
        Err(refusal) => format!("no: {refusal}"),
        Ok(events) => {
            for event in &events {
                hall.apply(event);
                invariants::check(hall).unwrap();
            }
            told(hall, hall.answer_to(&input, &events), events.len())
        }
    }
}

/// `90s` or `1m30s`, in milliseconds; `1500ms` too; `2d90s` two days later.
fn seconds(text: &str) -> u64 {
    if let Some((days, rest)) = text.split_once('d') {
        return Millis::from_days(days.parse().unwrap()).0 + seconds(rest);
    }
    if let Some(millis) = text.strip_suffix("ms") {
        return millis.parse().unwrap();
    }
    let (minutes, rest) = text.split_once('m').unwrap_or(("0", text));
    let rest = rest.strip_suffix('s').unwrap_or("0");
    (minutes.parse::<u64>().unwrap() * 60 + rest.parse::<u64>().unwrap()) * 1_000
}

fn command(hall: &Hall, at: Timestamp, words: &[&str]) -> Command {
    let word = |at: usize| words.get(at).copied().filter(|word| !word.contains('='));
    let value = |name: &str| words.iter().find_map(|each| each.strip_prefix(name));
    let window = || word(1).unwrap().parse().unwrap();
    let ticket = || ticket(hall, word(1).unwrap());
    match words[0] {
        "open" => {
            let day = word(1).map_or(23, |day| day.parse().unwrap());
            let working_days = named(words, "then").map_or_else(Vec::new, |days| {
                days.split(',').map(|day| day.parse().unwrap()).map(november).collect()
            });
            Command::OpenDay { day: november(day), working_days }
        }
        "close" => Command::CloseDay,
        "session" => Command::OpenSession { session: session(at), plan: people::plan(at, words) },
        "end" => Command::CloseSession,
        "on" => Command::SignOn { window: window(), staff: word(2).unwrap().parse().unwrap() },
        "off" => Command::SignOff { window: window() },
        "pause" => Command::Pause {
            window: window(),
            reason: word(2).map_or(PauseReason::Meal, |it| PauseReason::parse(it).unwrap()),
            whereabouts: word(3).map(|it| Whereabouts::parse(it).unwrap()),
        },
        "resume" => Command::Resume { window: window() },
        "issue" | "reserve" => Command::Issue(Issue {
            queue: word(1).unwrap().parse().unwrap(),
            item: named(words, "item").map(|item| item.parse().unwrap()),
            channel: match word(2) {
                Some("special") => Channel::GuideDesk,
                Some(_) | None => people::channel(words),
            },
            class: word(2).map_or(PriorityClass::Ordinary, |at| PriorityClass::parse(at).unwrap()),
            grounds: people::grounds(words),
            paper: words[0] == "reserve",
            person: people::person(words),
            agent: named(words, "agent").map(|agent| agent.parse().unwrap()),
            purpose: legs::purpose(words),
            silent: named(words, "call") == Some("silent"),
            estimate: None,
        }),
        "printed" => Command::ConfirmPrint { ticket: ticket(), certain: true },
        "unknown" => Command::ConfirmPrint { ticket: ticket(), certain: false },
        "failed" => Command::FailPrint { ticket: ticket() },
        "cancel" => Command::Cancel { ticket: ticket() },
        "call" => match word(2) {
            Some(no) => Command::CallChosen { window: window(), no: no.parse().unwrap() },
            None => Command::CallNext { window: window(), finish_current: false },
        },
        "next" => Command::CallNext { window: window(), finish_current: true },
        "recall" => Command::Recall { window: window() },
        "start" => Command::Start { window: window() },
        "finish" => Command::Finish {
            window: window(),
            case: Some(word(2).map_or(CaseKind::OnTheSpot, |it| CaseKind::parse(it).unwrap())),
            item: value("item=").map(|item| item.parse().unwrap()),
            copies: value("copies=").map(|copies| copies.parse().unwrap()),
        },
        "no-show" => Command::NoShow { window: window() },
        "reactivate" => Command::Reactivate { ticket: ticket() },
        "evaluate" => {
            Command::Evaluate(evaluate(hall, word(1).unwrap(), word(2).unwrap(), word(3)))
        }
        "expedite" => {
            let reason = words[2..].join(" ");
            Command::Expedite { ticket: ticket(), reason }
        }
        "sweep" => Command::Sweep,
        "tick" => Command::Tick,
        _ => legs::command(words)
            .or_else(|| matters::command(words))
            .or_else(|| visits::command(hall, words))
            .or_else(|| people::command(hall, at, words))
            .unwrap_or_else(|| windows::command(hall, at, words)),
    }
}

/// A day of the scripts' month; `31` and more are days of December.
fn november(day: u8) -> Day {
    if day > 30 {
        return Day { year: 2026, month: 12, day: day - 30 };
    }
    Day { year: 2026, month: 11, day }
}

fn evaluate(hall: &Hall, who: &str, level: &str, reason: Option<&str>) -> Evaluate {
    let by_window = who.len() == 1;
    let token = || hall.ticket_by_no(who.parse().unwrap()).unwrap().token;
    Evaluate {
        target: if by_window {
            EvaluationTarget::Window(who.parse().unwrap())
        } else {
            EvaluationTarget::Token(token())
        },
        rating: Rating::from_level(level.parse().unwrap()).unwrap(),
        reasons: reason.map_or(vec![], |_| vec![Reason::Manner]),
        text: String::new(),
        channel: if by_window { EvaluationChannel::Device } else { EvaluationChannel::Phone },
        scale: 5,
    }
}

fn session(at: Timestamp) -> SessionTimes {
    SessionTimes {
        issue_from: at,
        opens: at,
        issue_until: at + Millis::from_minutes(180),
        closes: at + Millis::from_minutes(210),
    }
}

fn ticket(hall: &Hall, no: &str) -> TicketId {
    hall.ticket_by_no(no.parse().unwrap()).map_or(TicketId(9_999), |ticket| ticket.id)
}

fn told(hall: &Hall, answer: Answer, events: usize) -> String {
    match answer {
        Answer::Issued(ticket) => {
            let ticket = hall.ticket(ticket).unwrap();
            let wait = ticket.wait.map_or(String::from("no estimate"), |wait| {
                format!("{}-{} min", wait.low_minutes, wait.high_minutes)
            });
            format!("{} ahead {} {wait}", ticket.no, ticket.ahead)
        }
        Answer::Called { leg, why } => {
            format!("{} {} {}", hall.ticket(leg.ticket).unwrap().no, why.list, why.rule)
        }
        Answer::Ticket(ticket) => {
            let ticket = hall.ticket(ticket).unwrap();
            format!("{} {}", ticket.no, ticket.state)
        }
        Answer::Window(window) => {
            format!("window {window} {}", hall.window_state(window, EIGHT))
        }
        Answer::Evaluated(leg) => {
            let of_before = hall.open_evaluations().iter().find(|each| each.leg_id() == leg);
            let no = hall.ticket(leg.ticket).map(|ticket| ticket.no);
            let no = no.or_else(|| Some(of_before?.no)).unwrap();
            format!("thanks from {no}")
        }
        Answer::Booking(no) => {
            format!("{no} {}", hall.booking(no).map_or("gone", |each| each.state.as_str()))
        }
        Answer::Visit(id) => visits::told(hall, id),
        Answer::Told(receipt) => format!("told as {receipt}"),
        Answer::Done => format!("done, {events} events"),
    }
}

fn show(hall: &Hall, at: Timestamp, words: &[&str]) -> String {
    match words[0] {
        "ticket" => {
            let ticket = hall.ticket_by_no(words[1].parse().unwrap()).unwrap();
            let ahead = crate::forecast::ahead_of(hall, ticket, at);
            let rating = ticket.leg().evaluation.as_ref().map(|each| each.rating.to_string());
            let rating = rating.unwrap_or_else(|| String::from("not evaluated"));
            let silent = if ticket.silent { ", silent" } else { "" };
            let helped = ticket.helped.map(|helped| format!(", helped by {}", helped.by));
            let helped = helped.unwrap_or_default();
            format!("{} ahead {ahead}, {rating}{silent}{helped}", ticket.state)
        }
        "matter" => matters::show(hall, words),
        "visit" => visits::show(hall, words),
        "window" => hall.window_state(words[1].parse().unwrap(), at).to_string(),
        "deadline" => match hall.next_deadline() {
            Some(due) => format!("in {} s", due.since(at).as_secs()),
            None => String::from("none"),
        },
        "tally" => {
            let tally = crate::views::indicators::of_hall(hall, at);
            format!(
                "issued {} served {} no-shows {} swept {} extended {} recalls {}",
                tally.issued,
                tally.served,
                tally.no_shows,
                tally.swept,
                tally.extended,
                tally.recalls
            )
        }
        "figure" => figures::show(hall, at, words),
        _ => legs::show(hall, at, words)
            .or_else(|| people::show(hall, at, words))
            .unwrap_or_else(|| windows::show(hall, at, words)),
    }
}
