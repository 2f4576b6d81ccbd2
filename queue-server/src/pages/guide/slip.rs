//! 号票 in the browser: the lines of a slip as the page sets and prints them.

use wire::{http::SlipBody, texts::Texts, words::PriorityClass};

/// A slip as the page lays it out.
pub struct Slip {
    pub hall: String,
    pub no: String,
    pub queue: String,
    pub item: String,
    /// 离线, 补打, 过号激活, 绿色通道.
    pub marks: Vec<String>,
    /// Label, value, and whether it is set large.
    pub pairs: Vec<(String, String, bool)>,
    pub notes: Vec<String>,
    /// What it leads to with a telephone, and the code to type.
    pub follow: Option<(String, String)>,
    pub phones: Vec<(String, String)>,
}

impl Slip {
    /// Sets a slip as a kiosk does.
    pub fn of(body: &SlipBody, texts: &Texts) -> Self {
        let said = |key: &str| texts.get(key).to_owned();
        let offline = body.offline.then(|| said("slip.offline"));
        let mark = body.mark.map(|mark| said(mark.key()));
        let class = (body.class != PriorityClass::Ordinary)
            .then(|| texts.get(&format!("class.{}", body.class)).to_owned());
        let silent = body.silent.then(|| said("slip.silent"));
        let phones = [
            ("slip.complaint", &body.complaint_phone),
            ("slip.supervision", &body.supervision_phone),
        ];
        let phones = phones.into_iter().filter(|(_, phone)| !phone.is_empty());
        Self {
            hall: body.hall_name.clone(),
            no: body.no.to_string(),
            queue: body.queue_name.clone(),
            item: body.item_name.clone().unwrap_or_default(),
            marks: offline.into_iter().chain(mark).chain(class).chain(silent).collect(),
            pairs: pairs(body, texts),
            notes: vec![said(body.notice_key()), body.missed_words(texts)],
            follow: follow(body),
            phones: phones.map(|(key, phone)| (said(key), phone.clone())).collect(),
        }
    }
}

fn pairs(body: &SlipBody, texts: &Texts) -> Vec<(String, String, bool)> {
    let said = |key: &str| texts.get(key).to_owned();
    let join = |windows: &[wire::ids::WindowId]| {
        let each: Vec<String> = windows.iter().map(ToString::to_string).collect();
        each.join(texts.get("pages.join"))
    };
    let mut pairs = Vec::new();
    if let Some(window) = body.window {
        pairs.push((
            said("slip.called"),
            texts.fill("slip.called_value", &[("window", &window)]),
            true,
        ));
    } else if !body.offline {
        let people = match body.ahead {
            0 => said("slip.nobody"),
            ahead => texts.fill("slip.people", &[("n", &ahead)]),
        };
        pairs.push((said("slip.ahead"), people, true));
    }
    if body.window.is_none() && !body.windows.is_empty() {
        let windows = join(&body.windows);
        let value =
            texts.fill("slip.windows_value", &[("windows", &windows), ("place", &body.place)]);
        pairs.push((said("slip.windows"), value.trim_end().to_owned(), true));
    } else if !body.place.is_empty() {
        pairs.push((said("slip.place"), body.place.clone(), true));
    }
    for (place, stop) in body.stops.iter().enumerate() {
        let (key, value) = stop.words(place, &join(&stop.windows), texts);
        pairs.push((said(key), value, false));
    }
    if !body.offline {
        pairs.push((said("slip.wait"), body.wait_words(texts), false));
    }
    pairs.push((said("slip.issued"), body.issued.clone(), false));
    pairs
}

/// The address, and the code in groups of four as people type it.
fn follow(body: &SlipBody) -> Option<(String, String)> {
    let (_, token) = body.follow_url.rsplit_once("/t/")?;
    let letters: Vec<char> = token.to_uppercase().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Some((body.follow_url.clone(), groups.join(" ")))
}
