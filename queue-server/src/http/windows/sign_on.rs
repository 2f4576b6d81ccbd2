//! `POST /windows/{window}/sign-on`: 登录.

use axum::{Json, extract::State};
use hall::{
    command::Command,
    ids::{StaffNo, WindowId},
};
use wire::http::{Problem, SignOnRequest, WindowAnswer};

use super::at_window;
use crate::{
    app::App,
    http::{
        Shared,
        address::Path,
        body::Body,
        caller::Caller,
        problem::{ApiCode, Refused},
    },
    profile::Post,
};

/// Puts a clerk at the window. A signed-in person signs on only themselves.
#[utoipa::path(
    post, path = "/windows/{window}/sign-on", tag = "windows", params(("window" = String, Path)),
    request_body = SignOnRequest,
    responses(
        (status = 200, body = WindowAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn sign_on(
    State(app): Shared,
    caller: Caller,
    Path(window): Path<String>,
    Body(body): Body<SignOnRequest>,
) -> Result<Json<WindowAnswer>, Refused> {
    let window_id = window.parse::<WindowId>().ok();
    let staff = who(&app, &caller, body.staff, window_id)?;
    if let Some(id) = window_id {
        may_work_at(&app, &caller, staff, id)?;
    }
    let command = |window| Command::SignOn { window, staff };
    at_window(&app, &caller, &window, &body.request_id, command).await
}

/// A signed-in person signs on only themselves. A desk's credential vouches for whom it names, and
/// without a name means whoever has the post at the window.
fn who(
    app: &App,
    caller: &Caller,
    asked: Option<StaffNo>,
    window: Option<WindowId>,
) -> Result<StaffNo, Refused> {
    match (caller.identity.staff, asked) {
        (Some(own), None) => Ok(own),
        (Some(own), Some(asked)) if own == asked => Ok(own),
        (Some(_), Some(_)) => Err(caller.refused(ApiCode::NotAllowed)),
        (None, Some(asked)) => Ok(asked),
        (None, None) => {
            let here = |post: &&Post| window.is_some_and(|window| post.windows.contains(&window));
            let post = app.profile.posts.iter().find(here);
            post.map(|post| post.no).ok_or_else(|| caller.refused(ApiCode::NoSuchStaff))
        }
    }
}

/// A post names the windows where its person works; who was approved for another works there too.
fn may_work_at(
    app: &App,
    caller: &Caller,
    staff: StaffNo,
    window: WindowId,
) -> Result<(), Refused> {
    let post = app.profile.posts.iter().find(|post| post.no == staff);
    let anywhere = |post: &Post| post.windows.is_empty() && post.stand_in.is_empty();
    let allowed = post.is_none_or(|post| anywhere(post) || post.may_work_at(window));
    let allowed = allowed || app.read(|hall| hall.is_approved(window, staff, app.now()));
    if allowed { Ok(()) } else { Err(caller.refused(ApiCode::NotYourWindow)) }
}
