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
