//! Words of scripts about windows at work, cases at the desk and alerts.

use std::{format, string::ToString, vec};

use alloc::{string::String, vec::Vec};

use super::EIGHT;
use crate::{
    Hall,
    command::{
        Command, Evaluate, EvaluationTarget,
        staffing::{ApproveStandIn, AskChange, Staffing},
    },
    event::{calls::CallsReported, unfound::Unfound},
    ids::{AlertId, MatterId, Token},
    setup::{
        Parts,
        staff::{Grant, Post, Staff},
    },
    state::alerts::AlertNow,
    time::{Millis, Timestamp},
    words::{
        EvaluationChannel, PriorityClass, Rating, Reason,
        alert::{AlertLevel, DeviceTrouble},
        desk::{DeclineReason, Delivery, Material},
        matter::MatterOutcome,
        post::{ChangeOutcome, PostRole, Whereabouts},
    },
};

/// `only 3=vulnerable` (one more window like 1), `staff z3 a=1 b=2 items=A01 queues=B from=… until=…`; false for a rule.
pub(super) fn set(parts: &mut Parts, text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[0] {
        "only" => {
            let (id, class) = words[1].split_once('=').unwrap();
            let mut window = parts.windows[0].clone();
            (window.id, window.only) = (id.parse().unwrap(), PriorityClass::parse(class));
            parts.windows.push(window);
        }
        "staff" => parts.staff.push(staff(&words[1..])),
        _ => return false,
    }
    true
}

fn staff(words: &[&str]) -> Staff {
    let all = |name: &str| -> Vec<&str> {
        let found = words.iter().filter_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        found.flat_map(|list| list.split(',')).collect()
    };
    let post = |name: &str, role| -> Vec<Post> {
        let windows = all(name).into_iter();
        windows.map(|window| Post { window: window.parse().unwrap(), role }).collect()
    };
    let grant = Grant {
        queues: all("queues").iter().map(|id| id.parse().unwrap()).collect(),
        items: all("items").iter().map(|id| id.parse().unwrap()).collect(),
        from: all("from").first().map(|day| day.parse().unwrap()),
        until: all("until").first().map(|day| day.parse().unwrap()),
    };
    let restricted = !grant.queues.is_empty() || !grant.items.is_empty();
    Staff {
        no: words[0].parse().unwrap(),
        posts: [post("a", PostRole::Primary), post("b", PostRole::StandIn)].concat(),
        agent: all("agent") == ["yes"],
        grants: restricted.then_some(grant).into_iter().collect(),
    }
}

pub(super) fn command(hall: &Hall, at: Timestamp, words: &[&str]) -> Command {
    let word = |at: usize| words.get(at).copied().filter(|word| !word.contains('='));
    let window = || word(1).unwrap().parse().unwrap();
    let queues = |text: &str| -> Vec<_> { text.split(',').map(|id| id.parse().unwrap()).collect() };
    match words[0] {
        "tide" => Command::OpenTide {
            window: window(),
            queues: queues(word(2).unwrap()),
            minutes: word(3).map(|minutes| minutes.parse().unwrap()),
        },
        "ebb" => Command::CloseTide { window: window(), scheduled: word(2).is_some() },
        // `let 1 z5 30 ill`, `let-not 1 quiet`, `unlet 1`.
        "let" => Command::Staffing(Staffing::ApproveStandIn(ApproveStandIn {
            window: window(),
            staff: word(2).unwrap().parse().unwrap(),
            until: word(3)
                .filter(|it| *it != "-")
                .map(|it| at + Millis::from_minutes(it.parse().unwrap())),
            reason: word(4).unwrap_or_default().into(),
        })),
        "let-not" => Command::Staffing(Staffing::DeclineStandIn {
            window: window(),
            reason: word(2).unwrap_or_default().into(),
        }),
        // `move z6 1 2026-11-23 2026-11-25 ill`, `move-is 1 granted as=z1 fits`.
        "move" => Command::Staffing(Staffing::AskChange(AskChange {
            staff: word(1).unwrap().parse().unwrap(),
            window: word(2).unwrap().parse().unwrap(),
            from: word(3).unwrap().parse().unwrap(),
            until: word(4).unwrap().parse().unwrap(),
            reason: word(5).unwrap_or_default().into(),
        })),
        "move-is" => Command::Staffing(Staffing::DecideChange {
            number: word(1).unwrap().parse().unwrap(),
            outcome: ChangeOutcome::parse(word(2).unwrap()).unwrap(),
            note: words[3..].iter().find(|it| !it.contains('=')).copied().unwrap_or("").into(),
        }),
        "unlet" => Command::Staffing(Staffing::EndStandIn { window: window() }),
        "lend" => Command::Lend {
            window: window(),
            queue: word(2).unwrap().parse().unwrap(),
            until: word(3).map(|until| EIGHT + Millis(super::seconds(until))),
        },
        "take-back" => {
            Command::EndLend { window: window(), queue: word(2).unwrap().parse().unwrap() }
        }
        "goes" => Command::SetWhereabouts {
            staff: word(1).unwrap().parse().unwrap(),
            whereabouts: Whereabouts::parse(word(2).unwrap()).unwrap(),
        },
        "ack" | "shut" => alert(hall, words),
        "tell" => Command::TellMatter {
            department: super::named(words, "of").map(Into::into),
            reasons: super::named(words, "because")
                .map_or_else(Vec::new, |reason| vec![Reason::parse(reason).unwrap()]),
        },
        "settle" => Command::CloseMatter {
            matter: MatterId(word(1).unwrap().parse().unwrap()),
            outcome: MatterOutcome::parse(word(2).unwrap()).unwrap(),
            note: word(3).unwrap_or_default().into(),
        },
        "unfound" => Command::NoteUnfound(Unfound {
            at: super::named(words, "at").map_or(at, |at| EIGHT + Millis(super::seconds(at))),
            department: super::named(words, "of").map(Into::into),
            words: super::named(words, "words").map(|words| words.replace('_', " ")),
        }),
        "device" => Command::ReportDevice {
            device: word(1).unwrap().parse().unwrap(),
            trouble: word(2).filter(|it| *it != "well").map(|it| DeviceTrouble::parse(it).unwrap()),
            since: at,
        },
        "arrived" => Command::ReportCalls(CallsReported {
            window: window(),
            calls: super::named(words, "calls").unwrap().parse().unwrap(),
            in_time: super::named(words, "in_time").unwrap().parse().unwrap(),
        }),
        "help" => Command::AskHelp {
            from: word(1).unwrap().parse().unwrap(),
            place: word(2).unwrap_or_default().into(),
        },
        "silent" | "aloud" => {
            let ticket = super::ticket(hall, word(1).unwrap());
            Command::SetSilent { ticket, silent: words[0] == "silent" }
        }
        // `helped A001 z7`; `helped A001`: taken back.
        "helped" => Command::SetHelper {
            ticket: super::ticket(hall, word(1).unwrap()),
            helper: word(2).map(|helper| helper.parse().unwrap()),
        },
        "announce" | "alarm" => Command::Announce {
            text: words[1..].iter().filter(|it| !it.contains('=')).copied().collect(),
            urgent: words[0] == "alarm",
            zone: super::named(words, "zone").map(|zone| zone.parse().unwrap()),
        },
        "schedule" => Command::ScheduleWindows {
            windows: word(1).unwrap().split(',').map(|id| id.parse().unwrap()).collect(),
            from: EIGHT + Millis(super::seconds(word(2).unwrap())),
            until: EIGHT + Millis(super::seconds(word(3).unwrap())),
        },
        "late" => {
            Command::Evaluate(late(hall, word(1).unwrap(), word(2).unwrap(), word(3).is_some()))
        }
        _ => desk(words),
    }
}

/// `ack long_wait A`, `shut long_wait A done`: an alert by its kind and subject.
fn alert(hall: &Hall, words: &[&str]) -> Command {
    let about = |alert: &&AlertNow| {
        alert.kind.as_str() == words[1] && alert.subject.to_string() == words[2]
    };
    let alert = hall.alerts().find(about).map_or(AlertId(u32::MAX), |alert| alert.id);
    let note = words.get(3).map(ToString::to_string);
    match words[0] {
        "ack" => Command::AcknowledgeAlert { alert, note },
        _ => Command::CloseAlert { alert, note: note.unwrap_or_default() },
    }
}

/// `done case=X-1`, `notice 1 2 照片 case=X-1`, `accept 1 case=X-1 due=2026-12-01`, `decline 1 not_ours`, `deliver 1 post`.
fn desk(words: &[&str]) -> Command {
    let value = |name: &str| words.iter().find_map(|each| each.strip_prefix(name));
    let plain = words[1..].iter().copied().filter(|each| !each.contains('='));
    let case = value("case=").map(|case| case.parse().unwrap());
    if words[0] == "done" {
        return Command::CloseCase { case: case.unwrap() };
    }
    let window = words[1].parse().unwrap();
    let item = value("item=").map(|item| item.parse().unwrap());
    match words[0] {
        "name" => Command::NameCase { window, case: case.unwrap() },
        "notice" => Command::Notice {
            window,
            case,
            item,
            missing: plain
                .skip(1)
                .map(|each| match each.parse() {
                    Ok(number) => Material::Numbered(number),
                    Err(_) => Material::Named(each.into()),
                })
                .collect(),
        },
        "accept" => {
            let due = value("due=").map(|due| due.parse().unwrap());
            Command::Accept { window, case, item, due }
        }
        "decline" => {
            let reasons = plain.skip(1).map(|each| DeclineReason::parse(each).unwrap()).collect();
            Command::Decline { window, case, item, reasons }
        }
        "deliver" => Command::Deliver { window, delivery: Delivery::parse(words[2]).unwrap() },
        other => panic!("no such word: {other}"),
    }
}

/// `late A001 5` by a leg's own secret: of today, or of the day before; `late A001 5 slip` by the
/// slip of a day before.
fn late(hall: &Hall, no: &str, level: &str, slip: bool) -> Evaluate {
    let no = no.parse().unwrap();
    let before = hall.open_evaluations().iter().rfind(|each| each.no == no);
    let today = hall.ticket_by_no(no).and_then(|ticket| ticket.legs[0].secret);
    let secret = before.and_then(|each| if slip { Some(each.token) } else { each.secret });
    Evaluate {
        target: EvaluationTarget::Token(secret.or(today).unwrap_or(Token(1))),
        rating: Rating::from_level(level.parse().unwrap()).unwrap(),
        reasons: vec![Reason::Other],
        text: String::new(),
        channel: EvaluationChannel::Kiosk,
        scale: 5,
    }
}

pub(super) fn show(hall: &Hall, at: Timestamp, words: &[&str]) -> String {
    match words[0] {
        "lists" => {
            let lists = hall.lists_of(words[1].parse().unwrap()).unwrap();
            let write = |list: &[crate::ids::QueueId]| {
                list.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
            };
            format!("{}, then {}", write(lists.primary), write(lists.secondary))
        }
        "waiting" => {
            let window = hall.setup().window(words[1].parse().unwrap()).unwrap();
            let tickets = crate::views::board::waiting_for(hall, window, at, 10).into_iter();
            let numbers = tickets.map(|id| hall.ticket(id).unwrap().no.to_string());
            numbers.collect::<Vec<_>>().join(" ")
        }
        "stands-by" => {
            let people = crate::views::absences::stand_by(hall, words[1].parse().unwrap(), at);
            people.iter().map(|each| each.staff.to_string()).collect::<Vec<_>>().join(" ")
        }
        "open-evaluations" => {
            let legs = hall.open_evaluations().iter().map(|each| each.no.to_string());
            let late =
                hall.late_evaluations().map(|(leg, said)| format!("{} {}", leg.no, said.rating));
            let tally = crate::views::indicators::of_hall(hall, at);
            format!(
                "{}; late: {}; counted {:?}",
                legs.collect::<Vec<_>>().join(" "),
                late.collect::<Vec<_>>().join(" "),
                tally.late_evaluations
            )
        }
        "case" => {
            let told = hall.case(words[1].parse().unwrap(), at).map(|case| {
                let due = case.due.map_or(String::new(), |due| format!(" due {due}"));
                let closed = case.closed.map_or(String::new(), |day| format!(" closed {day}"));
                format!(
                    "visits {} notices {} accepted {} declined {}{due}{closed}",
                    case.visits, case.notices, case.accepted, case.declined
                )
            });
            told.unwrap_or_else(|| String::from("unknown"))
        }
        "handles" => {
            let items = hall.items_to_handle(words[1].parse().unwrap(), words[2].parse().unwrap());
            items.iter().map(|item| item.id.to_string()).collect::<Vec<_>>().join(" ")
        }
        "desk" => {
            let ticket = hall.ticket_by_no(words[1].parse().unwrap()).unwrap();
            let desk = &ticket.leg().desk;
            let case = desk.case.map_or(String::from("no case"), |case| case.to_string());
            format!(
                "{case} copies {} missing {} declined {} {}{}",
                desk.copies,
                desk.missing.len(),
                desk.declined.len(),
                desk.delivery.map_or("no delivery", Delivery::as_str),
                if desk.unnoticed { " unnoticed" } else { "" }
            )
        }
        "cases" => {
            let tally = crate::views::indicators::of_hall(hall, at);
            format!(
                "{:?} copies {} noticed {}, {} of returns, unnoticed {} accepted {} declined {} posted {}",
                tally.cases,
                tally.copies,
                tally.noticed,
                tally.returns_noticed,
                tally.unnoticed,
                tally.accepted,
                tally.declined,
                tally.posted
            )
        }
        "told" => match hall.told(words[1].parse().unwrap()) {
            Some(Ok(matter)) => format!("open, {} reasons", matter.reasons.len()),
            Some(Err(answered)) => answered.outcome.to_string(),
            None => String::from("nothing"),
        },
        "unfound" => {
            let each = hall.unfound().iter().map(|each| {
                let (of, words) = (each.department.as_deref(), each.words.as_deref());
                format!("{} {}", of.unwrap_or("-"), words.unwrap_or("-"))
            });
            let each: Vec<String> = each.collect();
            if each.is_empty() { String::from("none") } else { each.join(", ") }
        }
        "matters" => {
            let open = hall.matters().map(|matter| {
                let due = matter.due.map_or(String::from("no limit"), |due| due.to_string());
                let level =
                    hall.matter_level(matter).map_or(String::new(), |level| format!(" {level}"));
                let no = matter.no.map_or(String::new(), |no| no.to_string());
                let seen = if matter.seen { "seen" } else { "unseen" };
                format!("{} of {no} {seen} by {due}{level}", matter.id.0)
            });
            let closed = hall
                .matters_closed()
                .iter()
                .map(|closed| format!("{} {}", closed.matter.id.0, closed.outcome));
            let told = open.chain(closed).collect::<Vec<_>>().join(", ");
            if told.is_empty() { String::from("none") } else { told }
        }
        "in-time" => {
            let tally = crate::views::indicators::of_hall(hall, at);
            format!("{} of {}", tally.cases_in_time, tally.cases_closed)
        }
        "alerts" => {
            let told = hall.alerts().map(|alert| {
                let level = alert.level.map_or("passed", AlertLevel::as_str);
                let seen = if alert.acknowledged.is_some() { " seen" } else { "" };
                format!("{} {} {level}{seen}", alert.kind, alert.subject)
            });
            let told = told.collect::<Vec<_>>().join(", ");
            if told.is_empty() { String::from("none") } else { told }
        }
        "without-window" => {
            let left_out = |queue: &str| hall.items_left_out(queue.parse().unwrap());
            let items: Vec<String> = match words.get(1) {
                Some(queue) => left_out(queue).map(|item| item.id.to_string()).collect(),
                None => hall.items_without_window().map(|item| item.id.to_string()).collect(),
            };
            if items.is_empty() { String::from("none") } else { items.join(" ") }
        }
        "people" => {
            let people = hall.whereabouts().map(|(no, place, _)| format!("{no} {place}"));
            let asked = hall.stand_ins_asked().map(|(window, _)| format!("asked at {window}"));
            people.chain(asked).collect::<Vec<_>>().join(", ")
        }
        "approved" => {
            let told = hall.stand_in_verdicts().map(|(window, it)| {
                let staff = it.staff.map_or(String::from("nobody"), |staff| staff.to_string());
                let absent = it.absent.map_or(String::from("-"), |absent| absent.to_string());
                format!("{staff} for {absent} at {window}")
            });
            let told = told.collect::<Vec<_>>().join(", ");
            if told.is_empty() { String::from("none") } else { told }
        }
        "changes" => {
            let told = hall.post_changes().iter().map(|each| {
                let decided = each.decided.as_ref().map(|decided| decided.outcome);
                let outcome = decided.map_or("waits", ChangeOutcome::as_str);
                format!("{}: {} at {} {outcome}", each.number, each.staff, each.window)
            });
            let told = told.collect::<Vec<_>>().join(", ");
            if told.is_empty() { String::from("none") } else { told }
        }
        "stand-ins" => {
            let told = hall.stand_ins().map(|each| {
                let until = each.until.map_or(String::from("now"), |until| {
                    format!("{} s", until.since(EIGHT).as_secs())
                });
                let since = each.since.since(EIGHT).as_secs();
                format!(
                    "{} for {} at {}: {since} s to {until}",
                    each.staff, each.absent, each.window
                )
            });
            told.collect::<Vec<_>>().join(", ")
        }
        other => panic!("nothing to show: {other}"),
    }
}
