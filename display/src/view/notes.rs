//! 公告 and 去向栏: a place of their own beside the calls, one page after another.

use wire::{
    device::{Away, HallScreenFace},
    texts::Texts,
};

use super::running;
use crate::model::{Model, Moment};

/// A page of the notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotesView {
    /// 公告, or 去向.
    pub kind: String,
    /// What the notice is about; empty over 去向栏.
    pub title: String,
    /// "1/3", if there are more.
    pub page: String,
    /// What stands there.
    pub body: NotesBody,
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotesBody {
    /// A notice.
    Text(String),
    /// 去向栏.
    Away(Vec<AwayView>),
}

/// Who is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwayView {
    /// The name.
    pub name: String,
    /// Where.
    pub place: String,
    /// "3号窗口"; empty of who has none.
    pub window: String,
}

/// What a page of the notices holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotesRoom {
    /// Chinese characters of a notice.
    pub characters: usize,
    /// People of 去向栏.
    pub people: usize,
}

/// The page that stands at this moment; none if there is nothing to tell.
pub fn notes(
    model: &Model,
    face: &HallScreenFace,
    texts: &Texts,
    room: NotesRoom,
    now: Moment,
) -> Option<NotesView> {
    let text = |key: &str| texts.get(&format!("screen.{key}")).to_owned();
    let notices = face.notices.iter().flat_map(|notice| {
        let pages = running::pages(std::slice::from_ref(&notice.text), room.characters);
        pages.into_iter().map(|page| (notice.title.clone(), NotesBody::Text(page)))
    });
    let is_known = |away: &&Away| texts.has(&format!("whereabouts.{}", away.whereabouts));
    let people: Vec<AwayView> =
        face.away.iter().filter(is_known).map(|away| away_view(away, texts)).collect();
    let away = people.chunks(room.people.max(1));
    let away = away.map(|some| (String::new(), NotesBody::Away(some.to_vec())));
    let mut pages: Vec<(String, NotesBody)> = notices.chain(away).collect();
    if pages.is_empty() {
        return None;
    }
    let (count, shown) = (pages.len(), model.running_page(pages.len(), now));
    let (title, body) = pages.swap_remove(shown);
    let page = if count > 1 { format!("{}/{count}", shown + 1) } else { String::new() };
    let kind = match body {
        NotesBody::Text(_) => text("notice"),
        NotesBody::Away(_) => text("away"),
    };
    Some(NotesView { kind, title, page, body })
}

fn away_view(away: &Away, texts: &Texts) -> AwayView {
    let place = texts.get(&format!("whereabouts.{}", away.whereabouts)).to_owned();
    let window = away.window.map(|window| texts.fill("screen.window_no", &[("n", &window)]));
    AwayView { name: away.name.clone(), place, window: window.unwrap_or_default() }
}
