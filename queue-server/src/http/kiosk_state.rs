//! `POST /kiosk/state`: how the calling kiosk is.

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, header},
};
use wire::http::{KioskStateAnswer, KioskStateRequest};

use super::{Shared, body::Body, caller::Caller, problem::Refused};
use crate::{app::Notice, fleet::trials::Outcome};

/// The longest code.
const WHY_CHARS_MAX: usize = 40;

/// Memory is told in steps of so much.
const MEMORY_STEP_MIB: u32 = 64;

/// The slowest frame is told in steps of so much.
const FRAME_STEP_MILLIS: u32 = 100;

/// The longest name of a program.
const PROGRAM_CHARS_MAX: usize = 60;

/// What the calling program says it is: `kiosk/0.1.0 no-window` is told as `kiosk 0.1.0 no-window`.
fn program(headers: &HeaderMap) -> String {
    let said = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let said = said.filter(|said| said.starts_with("kiosk/")).unwrap_or_default();
    said.chars().take(PROGRAM_CHARS_MAX).collect::<String>().replacen('/', " ", 1)
}

/// Memory and the slowest frame, rounded up: what changes a little is no news.
fn vitals(body: &KioskStateRequest) -> String {
    let memory = body.memory_mib.map(|mib| mib.div_ceil(MEMORY_STEP_MIB) * MEMORY_STEP_MIB);
    let frame = body.slowest_frame_millis.filter(|millis| *millis > 0);
    let frame = frame.map(|millis| millis.div_ceil(FRAME_STEP_MILLIS) * FRAME_STEP_MILLIS);
    let memory = memory.map_or_else(String::new, |mib| format!(" ≤{mib}MiB"));
    memory + &frame.map_or_else(String::new, |millis| format!(" ≤{millis}ms"))
}

/// Notes how the calling kiosk is; the device room shows it, and may ask for a test slip.
#[utoipa::path(
    post, path = "/kiosk/state", tag = "kiosks", request_body = KioskStateRequest,
    responses((status = 200, body = KioskStateAnswer))
)]
pub async fn kiosk_state(
    State(app): Shared,
    caller: Caller,
    headers: HeaderMap,
    Body(body): Body<KioskStateRequest>,
) -> Result<Json<KioskStateAnswer>, Refused> {
    let why = body.why.chars().filter(|each| !each.is_control()).take(WHY_CHARS_MAX).collect();
    let kiosk = caller.identity.name;
    let about = program(&headers) + &vitals(&body);
    app.tell(Notice::Kiosk { kiosk, why, about });
    if let Some(tested) = body.tested
        && app.fleet.note_tried(kiosk, tested.test, Outcome::of_print(tested.outcome))
    {
        app.devices_changed();
    }
    Ok(Json(KioskStateAnswer { test: app.fleet.slip_wanted_of(kiosk) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_a_little_is_told_the_same() {
        let about = |memory_mib, slowest_frame_millis| {
            let why = String::new();
            vitals(&KioskStateRequest { why, tested: None, memory_mib, slowest_frame_millis })
        };
        assert_eq!(about(Some(112), Some(41)), " ≤128MiB ≤100ms");
        assert_eq!(about(Some(120), Some(43)), about(Some(112), Some(41)));
        assert_eq!(about(Some(20), Some(0)), " ≤64MiB", "nothing was drawn");
        assert_eq!(about(None, None), "", "an older kiosk");
    }
}
