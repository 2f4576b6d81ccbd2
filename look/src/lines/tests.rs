//! Lines of the sample hall's own texts, in columns: a Chinese character is two wide.

use super::{break_lines, is_hanzi};

fn column(c: char) -> f32 {
    if c.is_ascii() { 1.0 } else { 2.0 }
}

/// Breaks a text and writes the lines with a stroke between.
fn check(text: &str, columns: f32, lines: &str) {
    assert_eq!(break_lines(text, columns, column).join("|"), lines, "{text} in {columns}");
}

/// The names of the sample hall's items, and what each asks one to bring.
fn sample_texts() -> Vec<String> {
    let items = include_str!("../../../assets/halls/county-24/items.csv");
    let cells = items.lines().skip(1).flat_map(|line| line.split(','));
    cells.filter(|cell| cell.contains(is_hanzi)).map(str::to_owned).collect()
}

#[test]
fn no_line_of_the_sample_hall_begins_or_ends_with_what_it_must_not() {
    for text in sample_texts() {
        for columns in 8..40 {
            let lines = break_lines(&text, columns as f32, column);
            for (n, line) in lines.iter().enumerate() {
                let wide: f32 = line.chars().map(column).sum();
                assert!(wide <= columns as f32, "{text} in {columns}: {lines:?}");
                let first = line.chars().next().unwrap();
                let last = line.chars().next_back().unwrap();
                let begins = n > 0 && "，。、；：？！）》”/)—·".contains(first);
                let ends = n + 1 < lines.len() && "（《“(".contains(last);
                assert!(!begins && !ends, "{text} in {columns}: {lines:?}");
            }
            assert_eq!(lines.concat(), text.replace(' ', ""), "in {columns}");
        }
    }
}

#[test]
fn a_name_of_two_lines_breaks_at_its_marks() {
    check("居民身份证申领/换领/补领", 21.0, "居民身份证申领/|换领/补领");
    check("户口迁移、立户、分户", 19.0, "户口迁移、|立户、分户");
    check(
        "居住证办理与签注（含流动人口信息登记）",
        22.0,
        "居住证办理与签注|（含流动人口信息登记）",
    );
    check("企业设立登记(一件事)", 16.0, "企业设立登记|(一件事)");
    check("老年人、残疾人、孕妇、携带婴幼儿", 30.0, "老年人、残疾人、|孕妇、携带婴幼儿");
}

#[test]
fn no_character_is_left_alone_where_there_is_another_way() {
    check("投资项目综合受理", 14.0, "投资项目|综合受理");
    let lines = break_lines("没有列出材料。到窗口后，工作人员会一次说清要带什么。", 48.0, column);
    assert!(lines.iter().all(|line| line.chars().count() > 2), "{lines:?}");
}

#[test]
fn a_number_stays_with_what_it_counts() {
    for columns in 12..60 {
        let text = "取号成功，您的号码是 A 零 一 二，前面还有 5 位等候，请到一楼A区等候叫号。";
        let lines = break_lines(text, columns as f32, column);
        for together in ["A 零 一 二，", "5 位"] {
            let whole = lines.iter().any(|line| line.contains(together));
            assert!(whole, "{together} in {columns}: {lines:?}");
        }
    }
    check("上午 8:15—11:45，下午 13:45—17:15", 24.0, "上午 8:15—11:45，|下午 13:45—17:15");
    for columns in 16..40 {
        let lines = break_lines("您的预约时段为 10:00—10:30，请准时。", columns as f32, column);
        assert!(lines.iter().any(|line| line.contains("10:00—10:30")), "{columns}: {lines:?}");
    }
}

#[test]
fn words_are_whole_and_nothing_is_lost() {
    check(
        "Please take a seat and watch the screen.",
        24.0,
        "Please take a seat|and watch the screen.",
    );
    check("带齐后，请按“材料已齐，取号”。", 24.0, "带齐后，请按|“材料已齐，取号”。");
    // Only what is wider than the line is torn.
    check("abcdefghij kl", 6.0, "abcdef|ghij|kl");
    check("", 10.0, "");
    check("甲\n乙", 10.0, "甲|乙");
}
