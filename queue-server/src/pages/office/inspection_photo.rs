//! 巡查照片: added to what was found on the day, looked at, and taken away again.

use axum::{
    body::to_bytes,
    extract::{Query, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use hall::{Hall, ids::WindowId, time::Timestamp};
use serde::Deserialize;

use super::{inspections, report::period::Period, tasks};
use crate::{
    access::Role,
    app::App,
    clock::date_of,
    http::{audited::Told, limits::PICTURE_BYTES_MAX},
    inspection_photos::{Finding, KEPT, OF_A_DAY_MAX, OF_A_FINDING_MAX, PhotoFault, PhotoName},
    pages::{
        Shared,
        guard::{HallReader, Reader},
        upload,
    },
    pictures::{self, PictureFault},
};

/// Which.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    name: String,
}

/// `GET /office/inspection/photo?name=…`.
pub async fn page(
    State(app): Shared,
    HallReader(_): HallReader,
    Query(asked): Query<Asked>,
) -> Result<Response, Response> {
    let name = asked.name.parse::<PhotoName>();
    let name = name.map_err(|_| StatusCode::NOT_FOUND.into_response())?;
    let read = tokio::task::spawn_blocking(move || app.inspection_photos.read(&name)).await;
    let bytes = read.ok().flatten().ok_or_else(|| StatusCode::NOT_FOUND.into_response())?;
    // By its name a picture is always the same; when it is taken away nobody keeps it for long.
    let headers =
        [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=600")];
    Ok((headers, bytes).into_response())
}

/// What a form asks.
enum Order {
    Put(Finding, Vec<u8>),
    Remove(PhotoName),
}

/// Why nothing was done.
enum No {
    /// No picture was sent.
    None,
    /// It is not today's, or nobody looked there.
    Late,
    Picture(PictureFault),
    Photo(PhotoFault),
}

impl No {
    const fn code(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Late => "late",
            Self::Picture(fault) => fault.code(),
            Self::Photo(PhotoFault::Full) => "full",
            Self::Photo(PhotoFault::File { .. }) => "disk",
        }
    }
}

/// `POST /office/inspection/photo`: with a file, or with `act=remove`.
pub async fn act(
    State(app): Shared,
    reader: Reader,
    request: Request,
) -> Result<Response, Response> {
    reader.must_be(&[Role::Office])?;
    let (parts, body) = request.into_parts();
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let bytes = to_bytes(body, PICTURE_BYTES_MAX)
        .await
        .map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
    let found = upload::parts(kind.unwrap_or_default(), &bytes).unwrap_or_default();
    let order = order(&app, &found);
    let order = order.ok_or_else(|| StatusCode::BAD_REQUEST.into_response())?;
    let (about, day) = match &order {
        Ok(Order::Put(of, _)) => (put_words(of), of.day),
        Ok(Order::Remove(name)) => (format!("act=remove {name}"), name.of.day),
        Err(_) => ("act=put".to_owned(), app.clock.day(app.now())),
    };
    let done = match order {
        Err(no) => Err(no),
        Ok(order) => {
            let app = app.clone();
            let done = tokio::task::spawn_blocking(move || carry_out(&app, order)).await;
            done.unwrap_or(Err(No::None))
        }
    };
    let period =
        date_of(day).map(|date| tasks::month_of(&app, Some(&date.strftime("%Y-%m").to_string())));
    let period = period.unwrap_or_else(|| tasks::month_of(&app, None));
    Ok(answer(&app, &reader, period, about, done))
}

fn put_words(of: &Finding) -> String {
    let place = of.window.map_or_else(|| "hall".to_owned(), |window| format!("window {window}"));
    format!("act=put {} {place}", of.day)
}

/// What was asked; nothing if no form of ours asks so.
fn order(app: &App, found: &[upload::Part<'_>]) -> Option<Result<Order, No>> {
    let text = |name: &str| {
        let part = found.iter().find(|part| part.name == name)?;
        Some(String::from_utf8_lossy(part.bytes).into_owned())
    };
    if text("act").as_deref() == Some("remove") {
        return Some(Ok(Order::Remove(text("name")?.parse().ok()?)));
    }
    let at = Timestamp(text("at")?.parse().ok()?);
    let window = match text("window")?.as_str() {
        "" => None,
        window => Some(window.parse::<WindowId>().ok()?),
    };
    let of = Finding { day: app.clock.day(at), at, window };
    if !is_of_today(app, &of) {
        return Some(Err(No::Late));
    }
    let file = found.iter().find(|part| part.name == "file" && !part.bytes.is_empty());
    Some(file.map_or(Err(No::None), |file| Ok(Order::Put(of, file.bytes.to_vec()))))
}

/// Somebody looked there today.
fn is_of_today(app: &App, of: &Finding) -> bool {
    app.read(|hall: &Hall| {
        let looked =
            |window| move |each: &hall::event::inspected::WindowInspected| each.window == window;
        hall.day() == Some(of.day)
            && hall.inspections().iter().filter(|each| each.at == of.at).any(|each| {
                of.window.is_none_or(|window| each.found.windows.iter().any(looked(window)))
            })
    })
}

fn carry_out(app: &App, order: Order) -> Result<(), No> {
    match order {
        Order::Put(of, sent) => {
            let made = pictures::remade(&sent, KEPT).map_err(No::Picture)?;
            app.inspection_photos.put(of, &made).map(|_| ()).map_err(No::Photo)
        }
        // Removed twice it is removed.
        Order::Remove(name) => app.inspection_photos.erase(&name).map(|_| ()).map_err(No::Photo),
    }
}

fn answer(
    app: &App,
    reader: &Reader,
    period: Period,
    about: String,
    done: Result<(), No>,
) -> Response {
    let told = |refused| Told { about, refused, ..Told::default() };
    let no = match done {
        Ok(()) => {
            let to = format!("/office/inspections?month={}", period.written());
            let mut response = Redirect::to(&to).into_response();
            response.extensions_mut().insert(told(None));
            return response;
        }
        Err(no) => no,
    };
    if let No::Photo(fault) = &no {
        tracing::warn!(%fault, "a picture of an inspection");
    }
    let words = reader.texts.fill(
        &format!("inspection.photo_{}", no.code()),
        &[("n", &KEPT.side_min), ("each", &OF_A_FINDING_MAX), ("day", &OF_A_DAY_MAX)],
    );
    let page = inspections::shown(app, reader, period, Some(words));
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, page).into_response();
    response.extensions_mut().insert(told(Some(format!("picture_{}", no.code()))));
    response
}
