//! A guide in parts.

use super::*;

#[test]
fn a_long_field_is_broken_after_a_sentence_and_nothing_is_lost() {
    let room = Room { rows: 5, chars: 25 };
    let words = "第一句说明办理条件。".repeat(40);
    let long = pieces(&words, room);
    assert!(long.len() >= 4, "{}", long.len());
    assert!(long.iter().all(|(piece, rows)| *rows <= 4 && piece.chars().count() <= 100));
    assert!(long.iter().all(|(piece, _)| piece.ends_with('。')));
    let whole: String = long.into_iter().map(|(piece, _)| piece).collect();
    assert_eq!(whole, words);
    assert_eq!(pieces("", room), [(String::new(), 0)]);
    assert_eq!(pieces(&"一".repeat(250), room).len(), 3);
    let listed = "一\n二\n三\n四\n五";
    assert_eq!(pieces(listed, room), [("一\n二\n三\n四".to_owned(), 4), ("五".to_owned(), 1)]);
}
