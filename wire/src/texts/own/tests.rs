//! Own words are laid over, and taken away again; the rest stays.

use std::collections::BTreeMap;

use super::{OwnTexts, lay_over, may_be_own, places};
use crate::texts::{Language, Texts};

#[test]
fn the_hall_s_words_are_read_wherever_they_are_laid_and_no_others() {
    let own = |key: &str, text: &str| {
        let words = BTreeMap::from([(key.to_owned(), text.to_owned())]);
        OwnTexts::from([(Language::Chinese, words)])
    };
    let welcome = || Texts::of(Language::Chinese).get("strip.paused");
    let built_in = Texts::built_in(Language::Chinese).get("strip.paused");
    lay_over(&own("strip.paused", "请稍候"));
    assert_eq!(welcome(), "请稍候");
    assert_eq!(Texts::of(Language::English).get("strip.paused"), "Paused".to_owned().as_str());
    lay_over(&own("check.empty", "改不得"));
    assert_eq!(welcome(), built_in);
    assert_ne!(Texts::of(Language::Chinese).get("check.empty"), "改不得");
    lay_over(&OwnTexts::new());
}

#[test]
fn places_are_told_by_their_names() {
    assert_eq!(
        places("{n} {n|case|cases} of {what}").into_iter().collect::<Vec<_>>(),
        ["n", "what"]
    );
    assert!(places("nothing").is_empty());
    assert!(may_be_own("strip.paused") && !may_be_own("strip.pause") && !may_be_own("check.empty"));
}
