//! 办事指南 at the guide desk: everything that is published of an item, to read and to print.

use askama::Template;
use hall::ids::ItemId;
use wire::texts::Texts;

use super::{Desk, order, written};
use crate::http::{catalogue::item::guide, problem::Refused};

#[derive(Template)]
#[template(path = "guide_read.html")]
struct Panel {
    t: &'static Texts,
    hall: String,
    phone: String,
    item: String,
    name: String,
    code: String,
    materials: Vec<String>,
    /// Label and words of what else is published.
    fields: Vec<(String, String)>,
    printed: String,
    /// Why there is no guide.
    error: String,
}

impl Desk<'_> {
    /// The panel 指南: the search, or what was found.
    pub(super) fn read(&self) -> String {
        let Ok(id) = self.asked.item.parse::<ItemId>() else { return self.search("guide") };
        let texts = self.texts;
        let details = &self.app.profile.details;
        let mut panel = Panel {
            t: texts,
            hall: details.name.clone(),
            phone: details.guide_phone.clone(),
            item: id.to_string(),
            name: String::new(),
            code: id.to_string(),
            materials: Vec::new(),
            fields: Vec::new(),
            printed: self.app.clock.written(self.app.now()),
            error: String::new(),
        };
        match self.app.read(|hall| hall.item_now(id).map(guide)) {
            Err(refusal) => {
                let no = Refused::hall(refusal, self.reader.language, &self.app.clock);
                panel.error = order::words(&no);
            }
            Ok(found) => {
                panel.name = found.name;
                panel.code = found.national_code.unwrap_or(panel.code);
                panel.materials =
                    if found.materials.is_empty() { found.bring } else { found.materials };
                let fields = [
                    ("paper.content", found.content),
                    ("paper.basis", found.basis),
                    ("paper.conditions", found.conditions),
                    ("paper.procedure", found.procedure),
                    ("paper.limit", found.limit),
                    ("paper.fees", found.fees),
                    ("paper.result", found.result),
                ];
                let told = fields.into_iter().filter(|(_, words)| !words.is_empty());
                panel.fields =
                    told.map(|(key, words)| (texts.get(key).to_owned(), words)).collect();
            }
        }
        written(&panel)
    }
}
