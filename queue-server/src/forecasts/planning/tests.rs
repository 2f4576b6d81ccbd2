//! A plan of the sample hall: closed days, the week, the table and the file.

use hall::forecast::learned::Learned;
use jiff::civil::date;
use wire::texts::{Language, Texts};

use super::{of_date, rests_on, rows, table, week_from};
use crate::testing::county;

#[test]
fn a_week_of_the_county_s_hall_is_planned_and_its_sunday_is_closed() {
    let profile = county();
    let learned = Learned::of_profile(&profile.setup);
    let texts = Texts::of(Language::Chinese);
    let week: Vec<_> = week_from(date(2026, 11, 23)).collect();
    let plans: Vec<_> =
        week.iter().filter_map(|day| of_date(&profile, &learned, *day, 10)).collect();
    assert_eq!((week.len(), plans.len()), (7, 6), "Sunday is closed");
    let monday = &plans[0];
    // 08:30 to 12:00 and 14:00 to 17:30.
    assert_eq!(monday.half_hours().len(), 14);
    assert!(rests_on(monday, texts).contains("还没有历史数据"));
    let rows = rows(&profile.setup, &plans, texts);
    assert_eq!(rows[0].len(), rows[1].len());
    assert_eq!(rows[1][..4], ["2026-11-23", "08:30", "A", "企业开办"]);
    let table = table(monday, texts);
    assert!(table.iter().all(|row| row.len() == 16), "{table:?}");
    assert_eq!(table[table.len() - 2][0], "窗口合计");
    // 571 people of a day, most of them some ten minutes: the work of ten windows or so.
    let work: f64 = table[table.len() - 1][5].parse().unwrap();
    assert!((9.0..16.0).contains(&work), "{work}");
}
