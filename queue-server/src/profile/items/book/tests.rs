//! A spreadsheet is read as the text it would be, and its problems name its rows.

use std::{fs, path::Path};

use super::super::super::{Problem, Profile};

/// The small hall's catalogue as a spreadsheet: Chinese names above, an empty row in between, the
/// papers of one item on two lines of a cell.
const BOOK: &[u8] = include_bytes!("items.xlsx");

/// A folder of the small hall with its catalogue as a spreadsheet.
fn folder(book: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/profile/tests/small");
    for file in ["hall.toml", "calendar.toml", "staff.toml", "devices.toml"] {
        fs::copy(small.join(file), folder.path().join(file)).unwrap();
    }
    fs::write(folder.path().join("items.xlsx"), book).unwrap();
    folder
}

fn told(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|each| format!("{} {}", each.place(), each.code)).collect()
}

#[test]
fn a_spreadsheet_says_what_the_text_says() {
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/profile/tests/small");
    let (text, book) = (Profile::read(&small).unwrap(), folder(BOOK));
    let book = Profile::read(book.path()).unwrap();
    assert_eq!(book.setup.items(), text.setup.items());
    let again = Profile::of((*book.sources).clone()).unwrap();
    assert_eq!((again.version, again.setup), (book.version, book.setup));
}

#[test]
fn a_problem_names_the_sheet_s_row() {
    let folder = folder(BOOK);
    let hall = folder.path().join("hall.toml");
    let text = fs::read_to_string(&hall).unwrap();
    // The queue of the last row is only for transfers.
    let text =
        text.replace("id = \"H\"\nname = \"户籍\"", "id = \"H\"\nissued = false\nname = \"户籍\"");
    fs::write(&hall, text).unwrap();
    assert_eq!(told(&Profile::read(folder.path()).unwrap_err()), ["items.xlsx:5 item_not_issued"]);
}

#[test]
fn two_catalogues_or_one_that_cannot_be_read_are_told() {
    let both = folder(BOOK);
    fs::write(both.path().join("items.csv"), "code").unwrap();
    assert_eq!(told(&Profile::read(both.path()).unwrap_err()), ["items.xlsx two_catalogues"]);
    let broken = folder(b"no spreadsheet");
    let problems = Profile::read(broken.path()).unwrap_err();
    assert_eq!(told(&problems), ["items.xlsx bad_spreadsheet"]);
    assert!(problems[0].to_string().contains("另存为 Excel"), "{}", problems[0]);
}

#[test]
fn a_small_file_that_unpacks_to_gigabytes_is_told_and_not_unpacked() {
    use std::io::Write as _;

    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = zip::write::SimpleFileOptions::default();
    let nothing = vec![0; 1 << 20];
    writer.start_file("xl/worksheets/sheet1.xml", packed).unwrap();
    for _ in 0..200 {
        writer.write_all(&nothing).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    let problems = Profile::read(folder(&bomb).path()).unwrap_err();
    assert_eq!(told(&problems), ["items.xlsx spreadsheet_unpacks"]);
    assert!(problems[0].to_string().contains("64 MiB"), "{}", problems[0]);
}
