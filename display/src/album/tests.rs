//! A photograph is asked for once, kept, made small, and asked for again if it did not come.

use std::sync::{
    atomic::{AtomicUsize, Ordering::SeqCst},
    mpsc::channel,
};

use image::{ImageFormat, RgbImage};

use super::*;

const MARK: &str = "0123456789abcdef";

/// A made-up picture: nobody's.
fn picture(wide: u32, high: u32, format: ImageFormat) -> Vec<u8> {
    let drawn =
        RgbImage::from_fn(wide, high, |x, y| image::Rgb([(x % 256) as u8, (y % 256) as u8, 90]));
    let mut bytes = Cursor::new(Vec::new());
    drawn.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn asks(folder: Option<PathBuf>, bytes: Vec<u8>) -> (Portrait, usize) {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    let fetch: Fetch = Box::new(move |_| {
        counted.fetch_add(1, SeqCst);
        Ok(bytes.clone())
    });
    let (tell, told) = channel();
    let album = Album::start(folder, fetch, move |portrait| drop(tell.send(portrait))).unwrap();
    album.want(MARK.to_owned());
    let portrait = told.recv_timeout(Duration::from_secs(20)).expect("a photograph comes");
    (portrait, asked.load(SeqCst))
}

#[test]
fn a_photograph_is_asked_for_once_and_is_there_without_the_server_afterwards() {
    let folder = tempfile::tempdir().unwrap();
    let place = || Some(folder.path().join("photos"));
    let (first, asked) = asks(place(), picture(300, 400, ImageFormat::Jpeg));
    assert_eq!((first.mark.as_str(), first.image.size, asked), (MARK, [300, 400], 1));
    let (again, asked) = asks(place(), b"nothing".to_vec());
    assert_eq!((again, asked), (first, 0));
}

#[test]
fn a_kept_one_that_is_broken_is_asked_for_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(MARK), b"half a pict").unwrap();
    let (portrait, asked) =
        asks(Some(folder.path().to_owned()), picture(300, 400, ImageFormat::Png));
    assert_eq!((portrait.image.size, asked), ([300, 400], 1));
}

#[test]
fn a_large_one_is_made_as_small_as_it_is_shown() {
    let (portrait, _) = asks(None, picture(2_400, 2_000, ImageFormat::Png));
    assert_eq!(portrait.image.size, [480, 400]);
}

#[test]
fn what_is_no_picture_or_would_fill_the_memory_is_not_shown() {
    assert!(decoded(b"hello").is_err());
    assert!(decoded(&picture(2_401, 10, ImageFormat::Png)).is_err());
    let whole = picture(300, 400, ImageFormat::Jpeg);
    assert!(decoded(&whole[..20]).is_err());
}

#[test]
fn a_mark_names_no_file_outside_the_folder() {
    let shelf = Shelf { folder: Some(PathBuf::from("/srv")), fetch: Box::new(|_| Ok(Vec::new())) };
    for mark in ["../../etc/passwd", "", "0123456789abcdeg", "0123"] {
        assert_eq!(shelf.place(mark), None, "{mark}");
    }
    assert!(shelf.place(MARK).is_some());
}

/// What is logged by this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn one_that_does_not_come_is_warned_of_once() {
    let fault = || Err(AlbumFault::Server("away".to_owned()));
    let shelf = Shelf { folder: None, fetch: Box::new(move |_| fault()) };
    let (ring, rung) = sync_channel(8);
    (0..8).for_each(|_| ring.send(()).unwrap());
    drop(ring);
    let log = Log::default();
    let to = log.clone();
    let logs = tracing_subscriber::fmt().with_writer(move || to.clone()).finish();
    tracing::subscriber::with_default(logs, || {
        shelf.run(&Mutex::new(Some(MARK.to_owned())), &rung, &|_| panic!("nothing comes"));
    });
    let said = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert_eq!(said.matches(MARK).count(), 1, "{said}");
}
