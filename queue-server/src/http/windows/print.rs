//! `POST /windows/{window}/print`: 打印单据.

use axum::{Json, extract::State};
use hall::ids::{DeviceId, WindowId};
use wire::{
    device::{DeviceKind, Health},
    http::{
        Problem,
        desk::{PrintAnswer, PrintRequest},
    },
    papers::{Paper, SlipOutcome},
    texts::Texts,
};

use super::window_of;
use crate::{
    app::App,
    http::{
        Shared,
        address::Path,
        body::Body,
        caller::Caller,
        problem::{ApiCode, Refused},
    },
    outbox,
    papers::{Visit, Which},
    printroom::SlipNews,
};

/// Prints a paper at the window's slip printer, and says which printer and whether it came out.
///
/// Without a printer there, or when nothing came out, the answer names the page to print it from.
#[utoipa::path(
    post, path = "/windows/{window}/print", tag = "windows", params(("window" = String, Path)),
    request_body = PrintRequest,
    responses(
        (status = 200, body = PrintAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn print(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<PrintRequest>,
) -> Result<Json<PrintAnswer>, Refused> {
    let window = window_of(&app, &caller, &window)?;
    let texts = Texts::of(caller.language);
    let found = app.read(|hall| {
        let view = outbox::view(&app, hall);
        let visit = Visit::at(&view, window)?;
        Some((visit.paper(body.paper)?, visit.which(body.paper)))
    });
    let (paper, which) = found.ok_or_else(|| caller.refused(ApiCode::NoSuchPaper))?;
    let paper = Paper { again: app.printroom.was_printed(&which), ..paper };
    let page = format!("/desk/paper?window={window}&kind={}", paper.kind.as_str());
    let name = format!("paper.{}", paper.kind.as_str());
    let name = texts.get(&name);
    let Some((device, printer)) = printer_of(&app, window) else {
        let said = texts.fill("paper.no_printer", &[("paper", &name)]);
        return Ok(Json(PrintAnswer { printer: None, outcome: None, said, page: Some(page) }));
    };
    let news = send(&app, device, paper, which).await;
    let outcome = news.outcome;
    let key = format!("paper.came_{}", outcome.as_str());
    let why = reason(texts, &news.why);
    let said = texts.fill(&key, &[("printer", &printer), ("paper", &name), ("why", &why)]);
    let page = matches!(outcome, SlipOutcome::Failed | SlipOutcome::Expired).then_some(page);
    Ok(Json(PrintAnswer { printer: Some(printer), outcome: Some(outcome), said, page }))
}

/// Sends it, unless the printer is known to be away.
async fn send(app: &App, device: DeviceId, paper: Paper, which: Which) -> SlipNews {
    let away = app.fleet.device(device).and_then(|known| known.state);
    if app.fleet.health(device) == Health::Offline {
        let why = away.map_or(String::new(), |state| state.why);
        return SlipNews { outcome: SlipOutcome::Failed, why };
    }
    let mut stopping = app.stopping.clone();
    let news = tokio::select! {
        news = app.printroom.print(device, paper) => news,
        // Nobody waits for a printer while the server ends.
        _ = stopping.wait_for(|stop| *stop) => {
            SlipNews { outcome: SlipOutcome::Unknown, why: "no_word".to_owned() }
        }
    };
    match news.outcome {
        SlipOutcome::Printed | SlipOutcome::Taken | SlipOutcome::Unknown => {
            app.printroom.note_printed(which);
        }
        SlipOutcome::Failed | SlipOutcome::Expired => {}
    }
    news
}

/// The window's slip printer, and its name.
fn printer_of(app: &App, window: WindowId) -> Option<(DeviceId, String)> {
    let devices = &app.profile.devices;
    let printer = devices
        .iter()
        .find(|device| device.kind == DeviceKind::Printer && device.window == Some(window))?;
    Some((printer.id, printer.name.clone()))
}

/// Why, in words.
fn reason(texts: &Texts, why: &str) -> String {
    let key = format!("room.why_{why}");
    let key = if texts.has(&key) { key.as_str() } else { "paper.why_unknown" };
    texts.get(key).to_owned()
}
