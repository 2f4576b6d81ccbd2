//! No page in English leaves a foreigner with Chinese to guess at.

use super::{
    super::fill,
    gallery::{self, NOW},
};

/// What may stay: the ways to Chinese and back, a person's own name, and papers and guides, which
/// are published in Chinese only.
const MAY_STAY: [&str; 3] = ["长者版", "中文", "王*明"];

fn is_hanzi(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Everything that is published of the sample's items in Chinese.
fn published() -> Vec<String> {
    let guide = gallery::guide();
    let items = gallery::sample().catalogue.into_iter().flat_map(|catalogue| catalogue.items);
    let long = [guide.content, guide.basis, guide.conditions, guide.procedure, guide.limit];
    let papers = items.flat_map(|item| item.bring).chain(guide.materials);
    let all = papers.chain(long).chain([guide.fees, guide.result]);
    all.chain(MAY_STAY.map(str::to_owned)).collect()
}

#[test]
fn a_page_in_english_has_no_chinese_that_must_be_understood() {
    let mut may_stay = published();
    // A long text goes first: a short one may be a part of it.
    may_stay.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let mut wrong = Vec::new();
    for name in gallery::PAGES.into_iter().chain(["zones"]) {
        for form in ["-en", "-elder-en", "-low-en", "-elder-low-en"] {
            let page = format!("{name}{form}");
            let mut words = format!("{:#?}", fill(&gallery::page(&page).unwrap(), NOW));
            // Fields of a guide are broken into pieces at the ends of sentences.
            for text in &may_stay {
                words = words.replace(text.as_str(), "");
            }
            let lines = words.lines().filter(|line| line.contains(is_hanzi));
            wrong.extend(lines.map(|line| format!("{page}: {}", line.trim())));
        }
    }
    assert!(wrong.is_empty(), "{} lines:\n{}", wrong.len(), wrong.join("\n"));
}
