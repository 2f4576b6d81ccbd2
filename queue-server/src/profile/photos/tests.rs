//! Pictures are read by their first bytes, and what no screen can show is told with its file.

use super::*;

/// The first bytes of a PNG of this size; no picture follows.
fn png(wide: u32, high: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(wide.to_be_bytes());
    bytes.extend(high.to_be_bytes());
    bytes
}

/// The first bytes of a JPEG: a comment, then the frame's header.
fn jpeg(wide: u16, high: u16) -> Vec<u8> {
    let mut bytes =
        vec![0xff, 0xd8, 0xff, 0xfe, 0, 5, b'a', b'b', b'c', 0xff, 0xff, 0xc2, 0, 17, 8];
    bytes.extend(high.to_be_bytes());
    bytes.extend(wide.to_be_bytes());
    bytes
}

#[test]
fn the_first_bytes_say_kind_and_size() {
    let png = header::of(&png(300, 400)).unwrap();
    assert_eq!((png.kind, png.wide, png.high), ("image/png", 300, 400));
    let jpeg_of = header::of(&jpeg(300, 400)).unwrap();
    assert_eq!((jpeg_of.kind, jpeg_of.wide, jpeg_of.high), ("image/jpeg", 300, 400));
    let whole = jpeg(300, 400);
    for end in 0..whole.len() {
        assert_eq!(header::of(&whole[..end]), None, "cut after {end}");
    }
    for strange in [b"GIF89a".as_slice(), b"", b"\xff\xd8\xff\xc4\0\0", b"\xff\xd8rubbish"] {
        assert_eq!(header::of(strange), None);
    }
}

fn told(files: &[(&str, Vec<u8>)], staff: &[&str]) -> (Vec<String>, Photos) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(FOLDER)).unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(FOLDER).join(name), bytes).unwrap();
    }
    let mut problems = Vec::new();
    let list = list(folder.path(), &mut problems);
    let staff: Vec<StaffNo> = staff.iter().map(|no| no.parse().unwrap()).collect();
    let photos = read(&list, &staff, &mut problems);
    for photo in photos.values() {
        assert!(bytes(folder.path(), photo).is_some());
    }
    (problems.iter().map(|problem| format!("{} {}", problem.file, problem.code)).collect(), photos)
}

#[test]
fn photographs_are_found_by_the_numbers_of_the_staff() {
    let (problems, photos) =
        told(&[("1001.jpg", jpeg(480, 640)), ("1002.png", png(300, 400))], &["1001", "1002"]);
    assert_eq!(problems, [""; 0]);
    let files: Vec<&str> = photos.values().map(|photo| photo.file.as_str()).collect();
    assert_eq!(files, ["1001.jpg", "1002.png"]);
    assert_ne!(photos.values().next().unwrap().mark, photos.values().last().unwrap().mark);
}

#[test]
fn what_no_screen_can_show_is_told_with_its_file() {
    let large = [jpeg(300, 400), vec![0; 600 * 1_024]].concat();
    let (problems, photos) = told(
        &[
            ("1001.jpg", large),
            ("1002.png", png(80, 90)),
            ("1003.jpg", b"hello".to_vec()),
            ("1004.gif", png(300, 400)),
            ("1005.png", png(300, 400)),
            ("1006.jpg", jpeg(300, 400)),
            ("1006.png", png(300, 400)),
        ],
        &["1006"],
    );
    assert_eq!(
        problems,
        [
            "photos/1001.jpg photo_large",
            "photos/1002.png photo_size",
            "photos/1003.jpg photo_strange",
            "photos/1004.gif photo_name",
            "photos/1005.png photo_of_nobody",
            "photos/1006.png photo_twice",
        ]
    );
    assert_eq!(photos.len(), 2);
}

#[test]
fn one_that_was_changed_since_it_was_checked_is_not_given_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FOLDER);
    fs::create_dir(&path).unwrap();
    fs::write(path.join("1001.png"), png(300, 400)).unwrap();
    let (mut problems, staff) = (Vec::new(), ["1001".parse().unwrap()]);
    let list = list(folder.path(), &mut problems);
    let photos = read(&list, &staff, &mut problems);
    let photo = photos.values().next().unwrap();
    assert_eq!(bytes(folder.path(), photo), Some(png(300, 400)));
    fs::write(path.join("1001.png"), png(400, 300)).unwrap();
    assert_eq!(bytes(folder.path(), photo), None);
}
