//! `GET /staff`: where the hall's people are; `POST /staff/{staff}/whereabouts`: 去向 of somebody who
//! is at no window now.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use hall::{Hall, command::Command, ids::StaffNo, words::post::Whereabouts};
use wire::http::{
    Done, Problem,
    desk::WhereaboutsRequest,
    people::{People, StaffLine, StandInAsked, StandInDecided},
};

use super::{
    Shared,
    address::Path,
    ask,
    body::Body,
    caller::Caller,
    problem::{ApiCode, Refused},
};
use crate::access::Role;

/// Says where somebody is. A clerk speaks for themselves, a manager for everybody.
#[utoipa::path(
    post, path = "/staff/{staff}/whereabouts", tag = "staff", params(("staff" = String, Path)),
    request_body = WhereaboutsRequest,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn whereabouts(
    State(app): Shared,
    caller: Caller,
    Path(staff): Path<String>,
    Body(body): Body<WhereaboutsRequest>,
) -> Result<Json<Done>, Refused> {
    let staff: StaffNo = staff.parse().map_err(|_| caller.refused(ApiCode::NoSuchStaff))?;
    if caller.identity.staff != Some(staff) {
        caller.must_be(&[Role::Office])?;
    }
    let command = Command::SetWhereabouts { staff, whereabouts: body.whereabouts };
    ask(&app, &caller, &body.request_id, command).await?;
    Ok(Json(Done { done: true }))
}

/// 去向栏: everybody, where they are and since when, and where a B角 was asked to come.
#[utoipa::path(
    get, path = "/staff", tag = "staff",
    responses(
        (status = 200, body = People),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn people(State(app): Shared, _caller: Caller) -> Result<Json<People>, Refused> {
    let posts = app.profile.posts.iter().map(|post| (post.no, post.name.clone()));
    let names: Vec<(StaffNo, String)> = posts.collect();
    Ok(Json(app.read(|hall| of(hall, &names))))
}

fn of(hall: &Hall, names: &[(StaffNo, String)]) -> People {
    let windows = hall.setup().windows().iter();
    let at_work = windows.filter_map(|window| Some((hall.window(window.id)?.staff()?, window.id)));
    let at_work: BTreeMap<_, _> = at_work.collect();
    let line = |no: StaffNo, name: String| {
        let known = hall.whereabouts_of(no);
        StaffLine {
            no,
            name,
            whereabouts: known.map_or(Whereabouts::OffDuty, |(place, _)| place),
            since: known.map(|(_, since)| since.0),
            window: at_work.get(&no).copied(),
        }
    };
    let of_profile = names.iter().map(|(no, name)| line(*no, name.clone()));
    let others = hall.whereabouts().map(|(no, ..)| no);
    let others = others.filter(|no| names.iter().all(|(known, _)| known != no));
    let others = others.map(|no| line(no, String::new()));
    let asked = hall.stand_ins_asked();
    People {
        staff: of_profile.chain(others).collect(),
        stand_ins_asked: asked
            .map(|(window, since)| StandInAsked { window, since: since.0 })
            .collect(),
        stand_ins_decided: hall
            .stand_in_verdicts()
            .map(|(window, it)| StandInDecided {
                window,
                staff: it.staff,
                absent: it.absent,
                until: it.until.map(|until| until.0),
            })
            .collect(),
    }
}
