//! Contacts are sealed, found by their visit alone, and gone when they are erased.

use std::fs;

use super::*;
use crate::record::real_files;

fn contact() -> VisitContact {
    VisitContact {
        who: "王奶奶".into(),
        phone: "138 0000 1111".into(),
        place: "石门村三组，祠堂后面".into(),
    }
}

#[test]
fn a_contact_is_sealed_on_the_disk_and_read_after_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let contacts = Contacts::open(data.path(), real_files()).unwrap();
    contacts.keep(VisitId(17), &contact()).unwrap();
    let path = data.path().join("contacts/17.sealed");
    let bytes = fs::read(&path).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(!text.contains("王奶奶") && !text.contains("138") && !text.contains("祠堂"));
    drop(contacts);
    let again = Contacts::open(data.path(), real_files()).unwrap();
    assert_eq!(again.of(VisitId(17)), Some(contact()));
    // Under another visit's number it opens nothing.
    fs::copy(&path, data.path().join("contacts/18.sealed")).unwrap();
    assert_eq!(again.of(VisitId(18)), None);
    assert_eq!(again.kept(), [VisitId(17), VisitId(18)]);
    assert!(again.erase(VisitId(17)).unwrap());
    assert!(!path.exists() && again.of(VisitId(17)).is_none());
    assert!(!again.erase(VisitId(17)).unwrap());
}

#[test]
fn a_contact_of_a_visit_that_nobody_knows_goes_at_night() {
    let data = tempfile::tempdir().unwrap();
    let contacts = Contacts::open(data.path(), real_files()).unwrap();
    contacts.keep(VisitId(1), &contact()).unwrap();
    let hall = Hall::new(crate::testing::county().setup.clone());
    let due = due(&hall, &contacts.kept(), Timestamp(0));
    assert_eq!(contacts.erase_all(&due).unwrap(), 1);
    assert!(contacts.kept().is_empty());
}

#[test]
fn what_fits_is_taken_as_people_write_it() {
    let said = VisitContact { who: "  王 奶奶 ".into(), ..contact() };
    assert_eq!(fit(said).unwrap().who, "王 奶奶");
    let no_phone = VisitContact { phone: "村部电话".into(), ..contact() };
    assert_eq!(fit(no_phone), Err(Unfit::NoPhone));
    let long = VisitContact { place: "远".repeat(81), ..contact() };
    assert_eq!(fit(long), Err(Unfit::TooLong));
    assert!(fit(VisitContact::default()).unwrap().is_empty());
    assert_eq!(format!("{:?}", contact()), "VisitContact(…)");
}

#[test]
fn a_key_that_is_none_is_put_aside_and_the_hall_opens() {
    let data = tempfile::tempdir().unwrap();
    let contacts = Contacts::open(data.path(), real_files()).unwrap();
    contacts.keep(VisitId(1), &contact()).unwrap();
    fs::write(data.path().join("contacts/key"), b"half").unwrap();
    let again = Contacts::open(data.path(), real_files()).unwrap();
    assert_eq!(again.of(VisitId(1)), None, "it was sealed with another");
    again.keep(VisitId(2), &contact()).unwrap();
    assert_eq!(again.of(VisitId(2)), Some(contact()));
    assert_eq!(fs::read(data.path().join("contacts/key.damaged")).unwrap(), b"half");
}
