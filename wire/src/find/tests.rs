//! What people type, and what is found first.

use super::*;
use crate::{catalogue::CatalogueItem, words::CaseKind};

fn item(code: &str, name: &str, aliases: &[&str], english: &str) -> CatalogueItem {
    CatalogueItem {
        id: code.parse().unwrap(),
        name: name.to_owned(),
        queue: "L".parse().unwrap(),
        kind: CaseKind::OnTheSpot,
        limit_working_days: None,
        bring: Vec::new(),
        mean_minutes: 9,
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        english_name: (!english.is_empty()).then(|| english.to_owned()),
    }
}

fn finder() -> Finder {
    Finder::new(&catalogue(vec![
        item("A01", "企业设立登记（一件事）", &["公司注册"], "Company registration"),
        item("L01", "居民身份证申领/换领/补领", &["办身份证"], "Identity card"),
        item("L03", "临时身份证", &[], "Temporary identity card"),
        item("L04", "居住证", &["暂住证"], "Residence permit"),
        item("H01", "城乡居民基本医疗保险参保登记", &["医保"], ""),
        item("C02", "银行账户备案", &[], ""),
        item("J01", "女职工生育津贴", &[], ""),
        item("E04", "不动产信息查询", &["房产证查询"], ""),
    ]))
}

fn catalogue(items: Vec<CatalogueItem>) -> Catalogue {
    Catalogue {
        version: "1".to_owned(),
        hall: "yunxi".parse().unwrap(),
        hall_english_name: None,
        further: Vec::new(),
        hall_name: String::new(),
        complaint_phone: String::new(),
        guide_phone: String::new(),
        supervision_phone: String::new(),
        duty_leader: None,
        zones: Vec::new(),
        queues: Vec::new(),
        items,
        english_papers: BTreeMap::new(),
        popular: Vec::new(),
        items_max: 3,
        elderly_from_years: 60,
        map: None,
        books: false,
        texts: BTreeMap::new(),
    }
}

/// "L01 Start, L03 Inside" for what is typed.
fn found(typed: &str) -> String {
    let hits = finder().find(typed);
    let said: Vec<_> = hits.iter().map(|hit| format!("{} {:?}", hit.item, hit.how)).collect();
    said.join(", ")
}

#[test]
fn what_people_type_finds_what_they_mean() {
    for (typed, expected) in [
        // Initials of the whole beginning, as the keyboard's hint says.
        ("JMSFZ", "L01 Start"),
        ("jms", "L01 Start"),
        // Inside a name; its own name before 俗称, the earlier place before the later.
        ("sfz", "L03 Inside, L01 Inside"),
        ("身份证", "L03 Inside, L01 Inside"),
        // The beginning of a part, behind a bracket or a stroke.
        ("hl", "L01 Part"),
        ("一件事", "A01 Part"),
        // Whole readings, unfinished ones, and a mix with characters and initials.
        ("linshi", "L03 Start"),
        ("linsh", "L03 Start"),
        ("身fz", "L03 Inside, L01 Inside"),
        ("shenfz", "L03 Inside, L01 Inside"),
        ("jumin", "L01 Start, H01 Inside"),
        // 俗称.
        ("zzz", "L04 Whole"),
        ("gongsi", "A01 Start"),
        ("医保", "H01 Whole"),
        // Each reading of a character with several fits.
        ("yinhang", "C02 Start"),
        ("yx", "C02 Start"),
        ("yh", "C02 Start"),
        // ü is typed as v or as u.
        ("nvzhigong", "J01 Start"),
        ("nuzhi", "J01 Start"),
        // The whole name first.
        ("居住证", "L04 Whole"),
        // Two pieces, or characters in their order.
        ("sfzbl", "L01 Pieces"),
        ("身份证补领", "L01 Pieces"),
        ("居民医保", "H01 Pieces"),
        // English by the beginnings of words, in any order.
        ("identity", "L01 Start, L03 Part"),
        ("identitycard", "L01 Whole, L03 Part"),
        ("card temp", "L03 Pieces"),
        ("RESIDENCE", "L04 Start"),
        ("ompany", ""),
        // Full-width letters, blanks and signs.
        ("ＪＭＳＦＺ", "L01 Start"),
        ("j m s f z", "L01 Start"),
        ("", ""),
        ("……", ""),
        ("xyzw", ""),
    ] {
        assert_eq!(found(typed), expected, "typed {typed:?}");
    }
}

#[test]
fn the_shorter_name_and_then_the_catalogues_order_stand_first() {
    let finder = Finder::new(&catalogue(vec![
        item("A1", "社保卡补换（含密码重置）", &[], ""),
        item("A2", "社保卡申领", &[], ""),
        item("A3", "社保卡查询", &[], ""),
    ]));
    let order: Vec<_> = finder.find("sbk").iter().map(|hit| hit.item.to_string()).collect();
    assert_eq!(order, ["A2", "A3", "A1"]);
}

#[test]
fn what_is_found_is_bounded_and_so_is_what_is_read() {
    let many = (0..200).map(|n| item(&format!("X{n}"), &"证明开具".repeat(40), &[], ""));
    let finder = Finder::new(&catalogue(many.collect()));
    assert_eq!(finder.find("zm").len(), FOUND_MAX);
    assert_eq!(finder.find(&"zmkj".repeat(1000)).len(), FOUND_MAX);
    assert!(finder.find(&"q".repeat(100_000)).is_empty());
}

#[test]
fn characters_that_may_follow_are_offered_and_always_lead_somewhere() {
    let finder = finder();
    let offered = |typed: &str| finder.next_characters(typed, 8).into_iter().collect::<String>();
    assert_eq!(offered("shen"), "身申生信参");
    // Behind 居, 住 leads somewhere and 证 does not.
    assert_eq!(offered("居z"), "住");
    assert_eq!(offered("身份证"), "");
    assert_eq!(offered("q"), "企");
    for typed in ["s", "z", "居m", "身f"] {
        let (before, _) = split_letters(typed);
        for next in finder.next_characters(typed, 8) {
            assert!(!finder.find(&format!("{before}{next}")).is_empty(), "{typed} {next}");
        }
    }
}

#[test]
fn what_many_come_for_stands_before_what_is_shorter() {
    let items = vec![
        item("L01", "居民身份证申领/换领/补领", &[], ""),
        item("L03", "临时身份证", &[], ""),
        item("L09", "身份证查询", &[], ""),
    ];
    let order = |popular: &[&str]| {
        let popular = popular.iter().map(|item| item.parse().unwrap()).collect();
        let finder = Finder::new(&Catalogue { popular, ..catalogue(items.clone()) });
        let found = finder.find("sfz");
        found.iter().map(|hit| hit.item.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(order(&[]), ["L09", "L03", "L01"]);
    // The beginning of a name still goes first.
    assert_eq!(order(&["L01"]), ["L09", "L01", "L03"]);
}
