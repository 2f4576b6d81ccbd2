//! A start that was counted stays counted.

use std::path::Path;

use journal::false_files::FalseFiles;

use super::count;

#[test]
fn starts_go_on_counting_over_power_cuts() {
    let data = Path::new("/data");
    let mut disk = FalseFiles::new();
    for start in 1..=40_u64 {
        assert_eq!(count(data, &disk), start);
        let mut luck = start;
        disk = disk.power_cut(&mut || {
            luck = luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            luck >> 33
        });
    }
}
