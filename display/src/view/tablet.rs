//! What stands on the evaluation tablet.

use wire::{plates::TabletFace, texts::Texts, words::Rating};

use super::window::{PlateView, SignView, phones, plate_view, sign};
use crate::model::{
    Model, Moment, Photo, Trust,
    tablet::{Added, Stage},
};

/// One picture of the tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TabletPage {
    /// 监督牌: nobody is asked.
    Plate(IdlePage),
    /// Which level?
    Levels(LevelsPage),
    /// Why so low?
    Reasons(ReasonsPage),
    /// What else?
    Words(WordsPage),
    /// 感谢您的评价.
    Thanks(ThanksPage),
}

/// 监督牌.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdlePage {
    /// The window.
    pub sign: SignView,
    /// Who works there.
    pub plate: PlateView,
    /// The hall's telephones.
    pub phones: [(String, String); 2],
    /// The connection is broken: what works all the same.
    pub notice: Option<String>,
}

/// Who is evaluated, and by which number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhoView {
    /// 工作照.
    pub portrait: Option<Photo>,
    /// Name and staff number.
    pub name: String,
    /// Window, business, department.
    pub place: String,
    /// 您的号码.
    pub number_label: String,
    /// "A018".
    pub number: String,
}

/// Which level?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelsPage {
    /// Who.
    pub who: WhoView,
    /// 您好，请对本次服务进行评价.
    pub title: String,
    /// 请选一项.
    pub hint: String,
    /// Best first.
    pub levels: Vec<(Rating, String)>,
    /// What happens if nothing is chosen.
    pub foot: String,
    /// 暂不评价.
    pub skip: SkipView,
}

/// 暂不评价 and how long there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkipView {
    /// 暂不评价.
    pub word: String,
    /// "30 秒".
    pub seconds: String,
}

/// Why so low?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonsPage {
    /// Who.
    pub who: WhoView,
    /// The question, with the level chosen.
    pub title: String,
    /// 可多选.
    pub hint: String,
    /// Code, words, ticked.
    pub reasons: Vec<(String, String, bool)>,
    /// 补充几句, and whether something was added.
    pub add: (String, bool),
    /// 返回.
    pub back: String,
    /// 提交.
    pub submit: String,
    /// At least one is ticked.
    pub may_submit: bool,
    /// 暂不评价.
    pub skip: SkipView,
}

/// What else? Phrases, letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsPage {
    /// 补充几句.
    pub title: String,
    /// No names, no telephone.
    pub hint: String,
    /// What was added so far; what could be, if nothing was.
    pub text: String,
    /// Something was added.
    pub is_written: bool,
    /// Words, ticked.
    pub phrases: Vec<(String, bool)>,
    /// 空格, 删除.
    pub blank: String,
    /// 删除.
    pub erase: String,
    /// 写好了.
    pub done: String,
    /// 暂不评价.
    pub skip: SkipView,
}

/// 感谢您的评价.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThanksPage {
    /// 感谢您的评价.
    pub title: String,
    /// 祝您生活愉快，请带好随身物品。
    pub wish: String,
    /// The broker was away: it is kept.
    pub kept: Option<String>,
}

/// The picture for this moment.
#[must_use]
pub fn tablet_page(model: &Model, face: &TabletFace, texts: &Texts, now: Moment) -> TabletPage {
    let text = |key: &str| texts.get(&format!("tablet.{key}")).to_owned();
    let is_lost = matches!(model.trust(now), Trust::Lost { .. });
    match model.tablet().stage(now.since_start) {
        Stage::Idle => TabletPage::Plate(IdlePage {
            sign: sign(model, &face.sign, texts, now),
            plate: {
                let plate = face.plate.as_ref();
                let portrait = plate.and_then(|its| model.photo_of(its));
                plate_view(plate, portrait, &face.sign, texts)
            },
            phones: phones(&face.sign, texts),
            notice: is_lost.then(|| text("lost")),
        }),
        Stage::Levels => TabletPage::Levels(LevelsPage {
            who: who(model, face, texts),
            title: text("title"),
            hint: text("hint"),
            levels: Rating::ALL
                .iter()
                .rev()
                .map(|level| (*level, level_word(*level, texts)))
                .collect(),
            foot: text("foot"),
            skip: skip(model, texts, now),
        }),
        Stage::Reasons { rating, ticked, added } => {
            let known = face.reasons.iter().filter(|code| texts.has(&format!("reason.{code}")));
            let reason = |code: &String| {
                let words = texts.get(&format!("reason.{code}")).to_owned();
                (code.clone(), words, ticked.contains(code))
            };
            TabletPage::Reasons(ReasonsPage {
                who: who(model, face, texts),
                title: texts.fill("tablet.why", &[("level", &level_word(*rating, texts))]),
                hint: text("why_hint"),
                reasons: known.map(reason).collect(),
                add: if added.text().is_empty() {
                    (text("add"), false)
                } else {
                    (text("added"), true)
                },
                back: text("back"),
                submit: text("submit"),
                may_submit: !ticked.is_empty(),
                skip: skip(model, texts, now),
            })
        }
        Stage::Words { added, .. } => TabletPage::Words(words(model, added, texts, now)),
        Stage::Thanks { kept } => TabletPage::Thanks(ThanksPage {
            title: text("thanks"),
            wish: text("wish"),
            kept: kept.then(|| text("kept")),
        }),
    }
}

fn words(model: &Model, added: &Added, texts: &Texts, now: Moment) -> WordsPage {
    let text = |key: &str| texts.get(&format!("tablet.{key}")).to_owned();
    let phrases = texts.get("tablet.phrases").split('|').map(|phrase| {
        let is_ticked = added.phrases.iter().any(|each| each == phrase);
        (phrase.to_owned(), is_ticked)
    });
    let written = added.text();
    let is_written = !written.is_empty();
    WordsPage {
        title: text("words"),
        hint: text("words_hint"),
        text: if is_written { written } else { text("words_none") },
        is_written,
        phrases: phrases.collect(),
        blank: text("blank"),
        erase: text("erase"),
        done: text("words_done"),
        skip: skip(model, texts, now),
    }
}

fn level_word(level: Rating, texts: &Texts) -> String {
    texts.get(&format!("rating.{level}")).to_owned()
}

fn skip(model: &Model, texts: &Texts, now: Moment) -> SkipView {
    let seconds = model.tablet().seconds(now.since_start).unwrap_or(0);
    SkipView {
        word: texts.get("tablet.skip").to_owned(),
        seconds: texts.fill("tablet.seconds", &[("n", &seconds)]),
    }
}

fn who(model: &Model, face: &TabletFace, texts: &Texts) -> WhoView {
    let join = |words: Vec<String>| {
        let words = words.into_iter().filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(texts.get("tablet.gap"))
    };
    let name = face.plate.as_ref().map_or_else(String::new, |plate| {
        let no = texts.fill("tablet.staff_no", &[("no", &plate.no)]);
        join(vec![plate.name.clone(), no])
    });
    let sign = &face.sign;
    let window = texts.fill("screen.window_no", &[("n", &sign.window)]);
    let department = sign.department.clone().unwrap_or_default();
    WhoView {
        portrait: face.plate.as_ref().and_then(|plate| model.photo_of(plate)).cloned(),
        name,
        place: join(vec![window, sign.business.clone(), department]),
        number_label: texts.get("tablet.number").to_owned(),
        number: model.tablet().number().map_or_else(String::new, |no| no.to_string()),
    }
}
