//! 工作照 of somebody: put into the draft, taken out of it, and looked at before it is approved.

use axum::{
    body::to_bytes,
    extract::{Query, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use hall::ids::StaffNo;
use serde::Deserialize;

use super::{Reader, SetupReader, Shared, may::May, row, said::Said, words::row_href};
use crate::{
    access::Role,
    app::App,
    draft::DraftFault,
    http::{audited::Told, limits::PICTURE_BYTES_MAX},
    pages::upload,
    pictures::{self, PictureFault},
    profile::{
        forms::{self, Form},
        photos,
    },
};

/// Which.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    mark: String,
}

/// `GET /setup/photo?mark=…`: a photograph that the draft brings.
pub async fn page(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    if !sees(&reader) {
        return Err(StatusCode::FORBIDDEN.into_response());
    }
    let read = tokio::task::spawn_blocking(move || app.drafts.picture(&asked.mark));
    let bytes = read.await.ok().flatten();
    let bytes = bytes.ok_or_else(|| StatusCode::NOT_FOUND.into_response())?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], bytes).into_response())
}

/// Who sees the faces of the staff.
pub fn sees(reader: &Reader) -> bool {
    [Role::Admin, Role::Office, Role::Supervisor].contains(&reader.identity.role)
}

/// Why nothing was done.
enum No {
    Picture(PictureFault),
    Draft(DraftFault),
}

/// `POST /setup/photo`: with a file, or with `act=remove`.
pub async fn act(
    State(app): Shared,
    SetupReader(reader): SetupReader,
    request: Request,
) -> Result<Response, Response> {
    let staff = Form::of("staff").filter(|form| May::of(&reader).changes(form));
    let (Some(form), Some(by)) = (staff, reader.identity.staff) else {
        return Err(StatusCode::FORBIDDEN.into_response());
    };
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let bytes = to_bytes(body, PICTURE_BYTES_MAX)
        .await
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
    let found = upload::parts(kind.unwrap_or_default(), &bytes).unwrap_or_default();
    let text = |name: &str| {
        let part = found.iter().find(|part| part.name == name);
        part.map_or(String::new(), |part| String::from_utf8_lossy(part.bytes).into_owned())
    };
    let (no, removes) = (text("no"), text("act") == "remove");
    let known = forms::rows(&app.drafts.sources(&app.profile), form);
    let is_known = known.iter().any(|row| row.key == no);
    let Some(of) = no.parse::<StaffNo>().ok().filter(|_| is_known) else {
        return Err(StatusCode::BAD_REQUEST.into_response());
    };
    let file = found.iter().find(|part| part.name == "file" && !part.bytes.is_empty());
    if file.is_none() && !removes {
        let words = reader.texts.get("setup.no_file").to_owned();
        return Ok(refused(&app, &reader, &no, words));
    }
    let sent = file.map(|part| part.bytes.to_vec()).filter(|_| !removes);
    let about = format!("act={} photos {no}", if removes { "remove" } else { "save" });
    let (acting, now) = (app.clone(), app.now());
    let done = tokio::task::spawn_blocking(move || {
        let made = sent.map(|bytes| pictures::remade(&bytes, photos::KEPT));
        let made = made.transpose().map_err(No::Picture)?;
        let profile = &*acting.profile;
        acting.drafts.put_photo((by, now), profile, of, made.as_deref()).map_err(No::Draft)
    });
    let told = |refused| Told { about, refused, ..Told::default() };
    match done.await.unwrap_or(Err(No::Draft(DraftFault::Changed))) {
        Ok(()) => {
            let said = if removes { "removed" } else { "saved" };
            let to = format!("{}&said={said}", row_href(form, &no));
            let mut response = Redirect::to(&to).into_response();
            response.extensions_mut().insert(told(None));
            Ok(response)
        }
        Err(why) => {
            let (code, words) = match &why {
                No::Picture(fault) => {
                    let key = format!("setup.photo_{}", fault.code());
                    (format!("picture_{}", fault.code()), reader.texts.get(&key).to_owned())
                }
                No::Draft(fault) => {
                    (format!("setup_{}", fault.code()), Said::no(fault, reader.texts).words)
                }
            };
            let mut response = refused(&app, &reader, &no, words);
            response.extensions_mut().insert(told(Some(code)));
            Ok(response)
        }
    }
}

fn refused(app: &App, reader: &Reader, no: &str, words: String) -> Response {
    let said = Said { words, is_no: true, href: String::new() };
    let page = row::of_staff(app, reader, no, said);
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
