use super::*;
use proptest::prelude::*;

#[test]
fn closing_marks_begin_no_line_and_opening_marks_end_none() {
    assert_eq!(wrap("请在等候区就座，留意", 14), ["请在等候区就", "座，留意"]);
    assert_eq!(wrap("到窗口（一楼）", 8), ["到窗口", "（一楼）"]);
}

#[test]
fn a_word_stays_whole_if_it_can() {
    assert_eq!(wrap("wait in area A012", 9), ["wait in", "area A012"]);
    assert_eq!(wrap("ABCDEFGHIJ", 4), ["ABCD", "EFGH", "IJ"]);
}

#[test]
fn a_title_leaves_no_character_alone() {
    assert_eq!(wrap("云溪县政务服务中心", 16), ["云溪县政务服务中", "心"]);
    assert_eq!(wrap_evenly("云溪县政务服务中心", 16), ["云溪县政务", "服务中心"]);
    assert_eq!(wrap_evenly("云溪县", 16), ["云溪县"]);
    assert_eq!(wrap_evenly("", 16), [""]);
}

proptest! {
    #[test]
    fn nothing_is_lost_and_no_line_is_too_long(
        letters in proptest::collection::vec(
            proptest::sample::select("云溪县，。（）【】ABC 012:.\n".chars().collect::<Vec<_>>()), 0..80),
        limit in 2_usize..50,
    ) {
        let text: String = letters.into_iter().collect();
        let solid = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        for lines in [wrap(&text, limit), wrap_evenly(&text, limit)] {
            prop_assert_eq!(solid(&lines.concat()), solid(&text));
            prop_assert!(lines.iter().all(|line| width(line) <= limit), "{:?}", lines);
        }
        prop_assert_eq!(wrap(&text, limit).len(), wrap_evenly(&text, limit).len());
    }
}
