use wire::texts::{Language, Texts};

use super::{spoken_number, spoken_window};

#[test]
fn numbers_are_spoken_digit_by_digit_and_windows_as_numbers() {
    let texts = Texts::of(Language::Chinese);
    let number = |text: &str| spoken_number(text.parse().unwrap(), texts);
    let window = |text: &str| spoken_window(text.parse().unwrap(), texts);
    assert_eq!(number("A012"), "A 零 一 二");
    assert_eq!(number("A1000"), "A 一 零 零 零");
    let windows = ["1", "10", "12", "20", "24", "3A", "114"].map(window);
    assert_eq!(windows, ["一", "十", "十二", "二十", "二十四", "三 A", "一 一 四"]);
}

#[test]
fn english_says_plain_numbers() {
    let texts = Texts::of(Language::English);
    assert_eq!(spoken_window("24".parse().unwrap(), texts), "24");
    assert_eq!(spoken_number("B007".parse().unwrap(), texts), "B zero zero seven");
}
