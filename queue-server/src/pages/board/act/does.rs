//! One touch that does what was shown, and the one that ends it.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use hall::{
    command::{
        Command,
        plan::{CloseEarly, LimitIssue},
        staffing::{ApproveStandIn, Staffing},
    },
    ids::{QueueId, TicketId, WindowId},
    time::{Millis, Timestamp},
    words::people::EarlyReason,
};
use serde::Deserialize;

use crate::{
    access::Role,
    app::App,
    http::problem,
    pages::{Shared, board::ask, guard::Reader},
};

/// What a form of the page says.
#[derive(Deserialize)]
pub struct Done {
    does: String,
    /// The queue whose page it is; empty: none.
    #[serde(default)]
    of: String,
    #[serde(default)]
    queues: String,
    #[serde(default)]
    window: String,
    #[serde(default)]
    minutes: u16,
    #[serde(default)]
    ticket: u64,
    /// 限号: so many more numbers.
    #[serde(default)]
    more: u32,
    /// 提前闭厅: when numbers end …
    #[serde(default)]
    issue_until: i64,
    /// … and windows close …
    #[serde(default)]
    closes: i64,
    /// … by one of the reasons …
    #[serde(default)]
    why: String,
    /// … for the rest of the day.
    #[serde(default)]
    day: Option<String>,
    /// 顶岗: who comes.
    #[serde(default)]
    staff: String,
    /// Why; it goes nowhere but into the record.
    #[serde(default)]
    reason: String,
    #[serde(default)]
    again: String,
}

/// `POST /board/act`.
pub async fn act(
    State(app): Shared,
    reader: Reader,
    Form(form): Form<Done>,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let command = command(&app, &form).ok_or_else(|| StatusCode::BAD_REQUEST.into_response())?;
    let told = |words: String| (StatusCode::CONFLICT, words).into_response();
    let again = if form.again.is_empty() {
        String::new()
    } else {
        format!("{} {} {} {}{}", form.again, form.does, form.window, form.queues, form.staff)
    };
    ask(&app, &reader, &again, command)
        .await
        .map_err(|why| told(problem::why(&why, reader.texts, &app.clock)))?;
    let of: Option<QueueId> = form.of.parse().ok();
    let queue = of.map_or(String::new(), |queue| format!("queue={queue}&"));
    Ok(Redirect::to(&format!("/board/act?{queue}said={}", form.does)).into_response())
}

fn command(app: &App, form: &Done) -> Option<Command> {
    let window = || form.window.parse::<WindowId>().ok();
    let queues = || -> Option<Vec<QueueId>> {
        form.queues.split(',').map(|queue| queue.parse().ok()).collect()
    };
    let queue = || queues().and_then(|queues| queues.first().copied());
    Some(match form.does.as_str() {
        "tide" => {
            let minutes = Some(form.minutes);
            Command::OpenTide { window: window()?, queues: queues()?, minutes }
        }
        "end-tide" => Command::CloseTide { window: window()?, scheduled: false },
        "lend" => {
            let until = app.now() + Millis::from_minutes(form.minutes.into());
            Command::Lend { queue: queue()?, window: window()?, until: Some(until) }
        }
        "end-lend" => Command::EndLend { queue: queue()?, window: window()? },
        "stop" => {
            let until = Some(app.now() + Millis::from_minutes(form.minutes.into()));
            let reason = form.reason.trim().to_owned();
            Command::LimitIssue(LimitIssue { queue: queue()?, more: form.more, until, reason })
        }
        "end-stop" => Command::EndLimit { queue: queue()? },
        "close" => Command::CloseEarly(CloseEarly {
            issue_until: Timestamp(form.issue_until),
            closes: Timestamp(form.closes),
            reason: EarlyReason::parse(&form.why)?,
            for_the_day: form.day.is_some(),
        }),
        "stand-in" => {
            let minutes = Some(form.minutes).filter(|minutes| *minutes > 0);
            let until = minutes.map(|minutes| app.now() + Millis::from_minutes(minutes.into()));
            let (window, staff) = (window()?, form.staff.parse().ok()?);
            let reason = form.reason.trim().to_owned();
            let wish = ApproveStandIn { window, staff, until, reason };
            Command::Staffing(Staffing::ApproveStandIn(wish))
        }
        "decline-stand-in" => {
            let (window, reason) = (window()?, form.reason.trim().to_owned());
            Command::Staffing(Staffing::DeclineStandIn { window, reason })
        }
        "end-stand-in" => Command::Staffing(Staffing::EndStandIn { window: window()? }),
        "expedite" => {
            let reason = form.reason.trim().to_owned();
            Command::Expedite { ticket: TicketId(form.ticket), reason }
        }
        _ => return None,
    })
}
