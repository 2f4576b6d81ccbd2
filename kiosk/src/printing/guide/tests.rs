//! A guide on paper.

use paper::slip::Block;

use super::*;
use crate::gallery;

#[test]
fn a_guide_on_paper_has_what_is_published_and_nothing_that_is_not() {
    let guide = ItemGuide { fees: String::new(), ..gallery::guide() };
    let slip = set(&guide, Texts::of(Language::Chinese));
    let words: Vec<String> = slip
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Text { text, .. } => Some(text.clone()),
            Block::Big { .. }
            | Block::Pair { .. }
            | Block::Rule { .. }
            | Block::Qr { .. }
            | Block::Feed { .. }
            | Block::Label { .. }
            | Block::Cut { .. } => None,
        })
        .collect();
    assert_eq!(words[1], "居民身份证申领/换领/补领");
    assert!(words.iter().any(|line| line.contains("1. 居民户口簿原件")), "{words:?}");
    assert!(words.iter().any(|line| line.starts_with("办理程序：")), "{words:?}");
    assert!(!words.iter().any(|line| line.contains("收费标准")), "{words:?}");
}
