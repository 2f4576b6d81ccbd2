//! What a short strip shows.

use super::to_cells;

#[test]
fn a_strip_of_four_characters_always_shows_the_number() {
    let shown = [
        ("请 A012 号", "请A012号"),
        ("A012 正在办理", "A012"),
        ("请 A1012 号", "A1012"),
        ("企业开办 热情为您服务", "企业开办"),
        ("延时服务中", "延时服务"),
        ("A012 please", "A012"),
    ];
    for (text, expected) in shown {
        assert_eq!(to_cells(text, 8), expected, "{text}");
    }
    assert_eq!(to_cells("请 A012 号", 0), "请 A012 号");
}

#[test]
fn a_name_is_cut_between_characters_however_rare_or_long_it_is() {
    let staff = include_str!("../../../../assets/halls/county-24/staff.toml");
    let names = staff.lines().filter_map(|line| line.strip_prefix("name = \""));
    let names = names.filter_map(|line| line.strip_suffix('"'));
    let planted: Vec<&str> =
        names.filter(|name| name.contains('𠮷') || name.contains('·')).collect();
    assert_eq!(planted.len(), 2);
    for name in planted {
        for cells in 1..=64 {
            let shown = to_cells(name, cells);
            assert!(name.starts_with(&shown), "{shown} of {name} in {cells}");
            let room = usize::from(cells) / 2;
            assert_eq!(shown.chars().count(), room.min(name.chars().count()), "{name} in {cells}");
        }
    }
}
