//! The false disk must be as bad as a real one, or the journal's tests prove nothing.

use super::*;

const DIR: &str = "/j";

fn path() -> PathBuf {
    Path::new(DIR).join("a")
}

fn never() -> u64 {
    0
}

/// Makes a safe file that holds "old".
fn with_old() -> (FalseFiles, Box<dyn File>) {
    let disk = FalseFiles::new();
    let file = disk.create(&path()).unwrap();
    file.write_at(0, b"old").unwrap();
    file.sync().unwrap();
    disk.sync_dir(Path::new(DIR)).unwrap();
    (disk, file)
}

#[test]
fn unsynced_bytes_are_read_back_and_lost_with_the_power() {
    let (disk, file) = with_old();
    file.write_at(0, b"new").unwrap();
    assert_eq!(disk.bytes(&path()).unwrap(), b"new");
    assert_eq!(disk.power_cut(&mut || 0).bytes(&path()).unwrap(), b"old");
    file.sync().unwrap();
    assert_eq!(disk.power_cut(&mut || 0).bytes(&path()).unwrap(), b"new");
}

#[test]
fn a_later_write_may_survive_an_earlier_one() {
    let (disk, file) = with_old();
    file.write_at(3, b"12").unwrap();
    file.write_at(5, b"34").unwrap();
    let mut fates = [0, 3].into_iter();
    let after = disk.power_cut(&mut || fates.next().unwrap());
    assert_eq!(after.bytes(&path()).unwrap(), b"old\0\x0034");
}

#[test]
fn a_write_may_be_torn() {
    let (disk, file) = with_old();
    file.write_at(3, b"12345").unwrap();
    let mut fates = [1, 2].into_iter();
    let after = disk.power_cut(&mut || fates.next().unwrap());
    assert_eq!(after.bytes(&path()).unwrap(), b"old12");
}

#[test]
fn a_name_is_lost_until_the_folder_is_synced() {
    let disk = FalseFiles::new();
    disk.create(&path()).unwrap().sync().unwrap();
    assert_eq!(disk.power_cut(&mut || 1).bytes(&path()), None);
    disk.sync_dir(Path::new(DIR)).unwrap();
    assert_eq!(disk.power_cut(&mut || 1).bytes(&path()), Some(Vec::new()));
}

#[test]
fn after_a_failed_sync_bytes_are_seen_but_never_safe() {
    let (disk, file) = with_old();
    file.write_at(0, b"new").unwrap();
    disk.fail_sync(1);
    assert!(file.sync().is_err());
    assert!(file.sync().is_ok());
    assert_eq!(disk.bytes(&path()).unwrap(), b"new");
    assert_eq!(disk.power_cut(&mut || 3).bytes(&path()).unwrap(), b"old");
}

#[test]
fn a_full_disk_takes_what_fits() {
    let (disk, file) = with_old();
    disk.fill_after(2);
    let error = file.write_at(0, b"newest").unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    assert_eq!(disk.bytes(&path()).unwrap(), b"newes");
    file.cut(1).unwrap();
    assert!(file.write_at(0, b"abcde").is_ok());
    disk.fill_after_writing(2);
    assert!(file.write_at(0, b"xyz").is_err());
    assert_eq!(disk.bytes(&path()).unwrap(), b"xycde");
}

#[test]
fn once_stopped_nothing_works() {
    let (disk, file) = with_old();
    disk.stop_at(2);
    assert!(file.write_at(0, b"1").is_ok());
    assert!(file.sync().is_err());
    assert!(file.sync().is_err());
    assert_eq!(disk.power_cut(&mut never).bytes(&path()).unwrap(), b"old");
}
